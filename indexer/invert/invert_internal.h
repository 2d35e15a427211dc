/* invert_internal.h -- what invert.c, numbering.c and postings.c share. */
#ifndef DX_INDEXER_INVERT_INVERT_INTERNAL_H
#define DX_INDEXER_INVERT_INVERT_INTERNAL_H

#include "common/index/segment/write/segment_writer.h"
#include "indexer/gather/gathered.h"
#include "indexer/invert/invert.h"

#define DX_NUMBER_NONE UINT32_MAX
/* form_exact[], form_folded[]: the form has several terms, or an overlay: see
 * its refs. */
#define DX_NUMBER_MANY (UINT32_MAX - 1)
/* form_folded[]: the form has no term and parts no neighbours: a gap. That of
 * the end of a field is DX_NUMBER_NONE. */
#define DX_NUMBER_SKIP (UINT32_MAX - 2)
#define DX_NUMBER_MAX (UINT32_MAX - 3) /* of those that are numbers */

/* Dictionary numbers are those of the segment: title terms (marked with
 * DX_TITLE_MARK, hence first) and then plain ones, each in byte order of
 * (folded, exact). */
typedef struct dx_numbering { /* all arrays owned */
    uint64_t *form_count;  /* occurrences of each form */
    uint64_t *title_count; /* those in titles */
    uint32_t *form_order;  /* used forms: those of the text by falling count,
                              then attributes */
    uint32_t used_forms, text_forms;
    uint32_t *form_exact;  /* plain exact number of a one-term form; of others
                              NONE or MANY */
    uint32_t *form_folded; /* and its folded number; of others see above */
    uint32_t *term_exact;  /* plain exact number of each term, or NONE */
    uint32_t *term_title;  /* exact number of its title term, or NONE */
    uint32_t *exact_term;  /* term of each exact number */
    uint32_t *exact_folded; /* folded number of each exact number */
    uint32_t *folded_first; /* first exact of each folded, and the end */
    uint64_t *exact_load;  /* postings keys of each exact number */
    uint64_t *folded_load; /* pair keys at most, of each folded number */
    uint32_t title_exacts; /* exact numbers below are title terms */
    uint32_t exacts, foldeds;
} dx_numbering;

DX_NODISCARD dx_status dx_numbering_make(const dx_gathered *b, dx_numbering *n);
void dx_numbering_free(dx_numbering *n);

typedef struct dx_places { /* where lists were put; all owned */
    uint32_t *exact_list, *folded_list, *folded_row;
} dx_places;

typedef enum dx_slice_kind {
    DX_SLICE_EXACT,  /* a bucket per exact number */
    DX_SLICE_PAIRS,  /* per folded number of the first syllable */
    DX_SLICE_TRIPLES /* per frequent pair */
} dx_slice_kind;

/* Neighbouring buckets that are filled together. */
typedef struct dx_slice {
    dx_slice_kind kind;
    uint32_t first, end; /* buckets */
    size_t keys;         /* in them, at most */
} dx_slice;

typedef struct dx_postings dx_postings;

/** Plans the slices of exact forms and pairs. `options->threads` workers will
 *  call dx_postings_slice(). */
DX_NODISCARD dx_status dx_postings_new(const dx_gathered *b, const dx_numbering *n,
    dx_segment_writer *w, dx_places *places, const dx_invert_options *options,
    dx_postings **out);
void dx_postings_free(dx_postings *p);
/** How many there are, and how many of them, the first ones, are of pairs. */
size_t dx_postings_slices(const dx_postings *p);
size_t dx_postings_pair_slices(const dx_postings *p);
DX_NODISCARD dx_status dx_postings_slice(dx_postings *p, unsigned worker,
    size_t slice);

/** Helps others with their slices until all slices, or all of pairs, are done.
 *  Call when each of these has been begun. Fails when anybody has. */
DX_NODISCARD dx_status dx_postings_help(dx_postings *p, unsigned worker,
    bool pairs);
/** To be called when something else failed and slices may stay undone: nobody
 *  waits for them any more. */
void dx_postings_fail(dx_postings *p, dx_status why);

/** When all slices of pairs are done, others perhaps not yet: plans those of
 *  triples. */
DX_NODISCARD dx_status dx_postings_plan_triples(dx_postings *p);
/** Does slices of triples until none is left, or planned. */
DX_NODISCARD dx_status dx_postings_triples(dx_postings *p, unsigned worker);
/** When these are done, too: puts the table of triples. */
void dx_postings_put_triples(const dx_postings *p);

#endif
