/* segment.h -- reading one immutable segment of an index.
 *
 * Questions answered: which lists has this term; what are the words of this
 * document; what was it called. Ids:
 *
 *   folded id  0.. in byte order of the folded strings
 *   exact id   0.. in order of (folded string, exact string), so the exact
 *              forms of one folded term, and of one folded prefix, are a range
 *   doc        0.. in order of arrival
 *
 * Title terms are terms of their own: the folded and exact strings of a title
 * word are also indexed with the byte DX_TITLE_MARK before them, so
 * `title:word` is an ordinary lookup.
 *
 * Everything read from disk is checked where it is used: damage is an error or
 * a missing result, never a fault. Thread-safe after open. Lists live as long as
 * the snapshot, strings as long as the segment is open. */
#ifndef DX_INDEX_SEGMENT_SEGMENT_H
#define DX_INDEX_SEGMENT_SEGMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/hash.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/codec/huffman.h"
#include "common/index/codec/id_filter.h"
#include "common/index/codec/list.h"
#include "common/index/codec/signature.h"
#include "common/index/store/store.h"

#define DX_TITLE_MARK '\x01'
#define DX_ID_NONE UINT32_MAX
#define DX_DATE_UNKNOWN INT32_MIN

/* Fields, in the order they stand in the stored document. */
typedef enum dx_field { DX_FIELD_TITLE, DX_FIELD_LEAD, DX_FIELD_BODY } dx_field;
#define DX_FIELD_COUNT 3

typedef struct dx_segment dx_segment;

uint32_t dx_segment_docs(const dx_segment *s);      /* deleted ones included */
uint64_t dx_segment_length_sum(const dx_segment *s); /* of all doc lengths */

/** Weighted length in syllables as BM25 uses it, saturated at 65,535. */
const uint8_t *dx_segment_lengths(const dx_segment *s); /* u16 LE per doc */
static inline uint32_t dx_length_at(const uint8_t *lengths, uint32_t doc)
{
    return (uint32_t)lengths[2 * (size_t)doc] |
           (uint32_t)lengths[2 * (size_t)doc + 1] << 8;
}

/** Days since 1970-01-01 or DX_DATE_UNKNOWN. */
int32_t dx_segment_date(const dx_segment *s, uint32_t doc);

/** Deleted documents: bit per doc, 64 per word in window order, or NULL when
 *  none is deleted. Room for whole windows. */
const uint64_t *dx_segment_deleted(const dx_segment *s);
static inline bool dx_deleted_at(const uint64_t *deleted, uint32_t doc)
{
    return deleted && (deleted[doc >> 6] >> (doc & 63) & 1);
}

/* ---- terms ---- */

/** Ids, or DX_ID_NONE. `folded`/`exact` as the analyzer gives them. */
uint32_t dx_segment_find_folded(const dx_segment *s, dx_str folded);
uint32_t dx_segment_find_exact(const dx_segment *s, uint32_t folded_id,
    dx_str exact);
/** Folded ids of the terms that start with `prefix`: [*first, *end). */
void dx_segment_find_prefix(const dx_segment *s, dx_str prefix, uint32_t *first,
    uint32_t *end);
uint32_t dx_segment_folded_count(const dx_segment *s);
uint32_t dx_segment_exact_count(const dx_segment *s);
/** {NULL,0} when damaged. */
dx_str dx_segment_folded_string(const dx_segment *s, uint32_t folded_id);
dx_str dx_segment_exact_string(const dx_segment *s, uint32_t exact_id);
/** Exact ids of folded terms [folded_first, folded_end). */
void dx_segment_exact_range(const dx_segment *s, uint32_t folded_first,
    uint32_t folded_end, uint32_t *exact_first, uint32_t *exact_end);
/** The folded term that `exact_id` belongs to, or DX_ID_NONE when damaged. */
uint32_t dx_segment_folded_of(const dx_segment *s, uint32_t exact_id);

/** The lists. Absent pairs give an empty list (df 0) with DX_OK. */
DX_NODISCARD dx_status dx_segment_folded_list(const dx_segment *s,
    uint32_t folded_id, dx_list *out);
DX_NODISCARD dx_status dx_segment_exact_list(const dx_segment *s,
    uint32_t exact_id, dx_list *out);
/** Documents where a syllable folded to `first` stands directly before one
 *  folded to `second`, in one field. */
DX_NODISCARD dx_status dx_segment_pair_list(const dx_segment *s, uint32_t first,
    uint32_t second, dx_list *out);

/** Documents where `first`, `second` and `third` stand in a row in one field,
 *  if the segment keeps that list: *known. It does so where both pairs are
 *  frequent (format.h). */
DX_NODISCARD dx_status dx_segment_triple_list(const dx_segment *s,
    uint32_t first, uint32_t second, uint32_t third, bool *known, dx_list *out);

/** The pairs whose triples are kept, ascending; {NONE, NONE} past the end. */
uint32_t dx_segment_triples_count(const dx_segment *s);
void dx_segment_triples_pair(const dx_segment *s, uint32_t i, uint32_t *first,
    uint32_t *second);

/** Walks the pairs that start with `first`, or the triples that start with
 *  pair number `i`, ascending by the last syllable. */
typedef dx_status (*dx_pair_each)(void *ctx, uint32_t last,
    const dx_list *list);
DX_NODISCARD dx_status dx_segment_each_triple(const dx_segment *s, uint32_t i,
    dx_pair_each each, void *ctx);
DX_NODISCARD dx_status dx_segment_each_pair(const dx_segment *s, uint32_t first,
    dx_pair_each each, void *ctx);
/** Only those whose last syllable is in [last_first, last_end). */
DX_NODISCARD dx_status dx_segment_each_pair_in(const dx_segment *s,
    uint32_t first, uint32_t last_first, uint32_t last_end, dx_pair_each each,
    void *ctx);

/* ---- documents ---- */

typedef struct dx_token { /* one running or overlay term of a document */
    uint32_t exact_id;
    uint32_t pos;         /* syllable position in its field, from 0 */
    uint32_t start, end;  /* byte range in dx_doc.text */
    uint8_t field;        /* dx_field */
    bool overlay;
} dx_token;

/* A decoded document; reusable. It knows the text that it has by the address of the
 * segment, so it is freed before segments are closed. */
typedef struct dx_doc {
    dx_buf text;                       /* title, lead and body, back to back */
    uint32_t field_end[DX_FIELD_COUNT]; /* end offset of each in text */
    dx_token *tokens;                  /* owned */
    size_t token_count, token_cap;
    dx_buf coded; /* the text as it is stored, … */
    const dx_segment *coded_segment; /* … of which segment, or NULL, … */
    uint32_t coded_doc;              /* … and document */
} dx_doc;

void dx_doc_init(dx_doc *d);
void dx_doc_free(dx_doc *d);

/** Decodes document `doc`'s text and tokens (title only, when `title_only`).
 *  About 5 ns a word. Fails with CORRUPT or NOMEM. */
DX_NODISCARD dx_status dx_segment_read_doc(const dx_segment *s, uint32_t doc,
    bool title_only, dx_doc *out);

/** The same without text, byte ranges zero, up to and with field `last`, and of
 *  its tokens only those that `words` lets through (NULL: all): for whoever
 *  wants to know where words stand. A third of the time. */
DX_NODISCARD dx_status dx_segment_find_terms(const dx_segment *s, uint32_t doc,
    dx_field last, const dx_id_filter *words, dx_doc *out);

/** The tokens that `words` lets through, with their byte ranges, and where the
 *  fields end, of a text that out->text has the length of and whose bytes are
 *  not set. Fails with CORRUPT, LIMIT or NOMEM. */
DX_NODISCARD dx_status dx_segment_locate_terms(const dx_segment *s,
    uint32_t doc, const dx_id_filter *words, dx_doc *out);

/** After that, with the same `out`: sets the bytes [from, end) of that text (some
 *  more, to whole words), and puts all tokens that reach into them into `words`,
 *  which need not have a text. Fails with CORRUPT or NOMEM. */
DX_NODISCARD dx_status dx_segment_fill_text(const dx_segment *s, uint32_t from,
    uint32_t end, dx_doc *out, dx_doc *words);

/* The same bit by bit, for whoever may know enough before the end. */
typedef struct dx_term_scan { /* all but `positions` is doc.c's own */
    const dx_segment *s;
    dx_bit_reader bits;
    uint32_t field, pos, fields; /* it ends with field `fields` - 1 */
    uint32_t positions; /* only tokens at the first so many of each field; all,
                           unless changed after the beginning */
    bool after_word;    /* a word follows a word: one space was left out */
    bool with_text;
    const dx_id_filter *words;
} dx_term_scan;

/** Empties `out`. Fails with CORRUPT. */
DX_NODISCARD dx_status dx_term_scan_begin(dx_term_scan *c, const dx_segment *s,
    uint32_t doc, dx_field last, const dx_id_filter *words, dx_doc *out);

/** Adds tokens to `out` until it has `enough` of them or, with fewer, all there
 *  are. Fails with CORRUPT or NOMEM. */
DX_NODISCARD dx_status dx_term_scan_go_on(dx_term_scan *c, size_t enough,
    dx_doc *out);

typedef struct dx_id_span { /* exact ids [first, end); empty holds none */
    uint32_t first, end;
} dx_id_span;
#define DX_ROW_WORDS_MAX 64u

/** Whether running terms with ids in words[0], words[1] … words[count - 1]
 *  (1..DX_ROW_WORDS_MAX) stand in a row in one field of `doc`: of the title
 *  only, or of any. About 4 ns a word of the text. Fails with CORRUPT. */
DX_NODISCARD dx_status dx_segment_has_row(const dx_segment *s, uint32_t doc,
    const dx_id_span *words, uint32_t count, bool title_only, bool *has);

typedef struct dx_meta { /* stored fields */
    dx_str id, path, url, source, author, category, tags, extra;
    int32_t date;
} dx_meta;

/* Reads stored fields, which are compressed by blocks. It keeps its place in the
 * block that it read last, so to go through documents in order, also of some only,
 * takes no block twice. For one thread at a time. */
typedef struct dx_meta_reader { /* all common/index's own */
    dx_buf packed, block; /* of `segment`, NULL at the beginning */
    const dx_segment *segment;
    uint32_t number, next; /* the block's, and a document's within it, … */
    size_t at;             /* … which begins at this byte */
} dx_meta_reader;

void dx_meta_reader_init(dx_meta_reader *r);
/** Leaves `r` as it was at the beginning. */
void dx_meta_reader_free(dx_meta_reader *r);
/** Stored fields of `doc`; the strings live in `r` until it reads again, and have
 *  no NUL at their ends. Fails with CORRUPT or NOMEM, all fields being empty. */
DX_NODISCARD dx_status dx_segment_read_meta(const dx_segment *s, uint32_t doc,
    dx_meta_reader *r, dx_meta *out);
/** Copies the strings of `m` into `arena`, with NULs. False: no memory; then some
 *  are NULL. */
DX_NODISCARD bool dx_meta_keep(dx_meta *m, dx_arena *arena);

/** First document with this id's hash (dx_hash128_of the id string), deleted or
 *  not, or DX_ID_NONE; and the next one after `doc`. At most one of them is
 *  not deleted. */
uint32_t dx_segment_find_id(const dx_segment *s, dx_hash128 id);
uint32_t dx_segment_find_id_after(const dx_segment *s, dx_hash128 id,
    uint32_t doc);
/** Entry `i` (< docs) of the segment's ids in order of their hashes. */
uint32_t dx_segment_id_entry(const dx_segment *s, uint32_t i, dx_hash128 *id);
uint64_t dx_segment_content_hash(const dx_segment *s, uint32_t doc);
/** The signature of `doc`, all 0 when it is damaged: see signature.h. */
dx_signature dx_segment_signature(const dx_segment *s, uint32_t doc);
/** Number of the input file (files.h) that `doc` came from. */
uint32_t dx_segment_file(const dx_segment *s, uint32_t doc);

/* ---- a whole index ---- */

/** All segments of a snapshot, as published together. */
typedef struct dx_generation {
    dx_snapshot *snapshot; /* borrowed */
    uint64_t number;       /* counts publications */
    dx_segment **segments; /* owned, in document order */
    size_t segment_count;
    uint64_t docs, deleted;
    uint64_t length_sum; /* over all docs, deleted ones included */
} dx_generation;

/** Reads the manifest of `snapshot` and opens its segments. An index without
 *  any is fine. DX_ERR_VERSION says what to do. */
DX_NODISCARD dx_status dx_generation_open(dx_snapshot *snapshot,
    dx_generation *out, dx_error *err);
void dx_generation_close(dx_generation *g);

#endif
