/* text_code.h -- a code for texts that can be searched without being decoded.
 *
 * A text is a row of *forms*: words and unusual gaps, as they stand in it
 * ("spaceless words": Moura, Navarro, Ziviani & Baeza-Yates, Fast and flexible
 * word searching on compressed text, TOIS 2000). The code of a form is a first
 * byte, and up to 20 bits more where many forms share that byte. First bytes
 * stand together, the bits behind them:
 *
 *     forms        nước   ,  Việt  tăng-ti-mét
 *     first bytes  17   03     5a           f9
 *     more bits     -    -     01       010011
 *
 * So form number i of a text is byte i, and a search looks at 32 forms at once;
 * only where the first byte is one of those that it wants the other bits matter,
 * and where they begin is told by the first bytes before.
 *
 * Forms are numbered in *runs*, each of one kind and width: first bytes of a run
 * are its own, and so each of them is of words or of gaps. Eight first bytes that
 * agree in all but their last three bits have one width, so a table of 32 tells
 * it. Within a run forms stand in an order that the code leaves free. */
#ifndef DX_INDEX_CODEC_TEXT_CODE_H
#define DX_INDEX_CODEC_TEXT_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/index/codec/bits.h"

#define DX_TEXT_FIRST_BYTES 256u
#define DX_TEXT_GROUP 8u /* first bytes of one width */
#define DX_TEXT_GROUPS (DX_TEXT_FIRST_BYTES / DX_TEXT_GROUP)
#define DX_TEXT_WIDTH_MAX 20u
#define DX_TEXT_FORMS_MAX (1u << 23)
#define DX_TEXT_PARTS 3u

typedef enum dx_text_kind {
    DX_TEXT_WORDS,  /* each is one running term */
    DX_TEXT_GAPS,   /* no term */
    DX_TEXT_OTHERS, /* words of any number of terms */
    DX_TEXT_KINDS
} dx_text_kind;

/* Ascending by width, then kind. */
#define DX_TEXT_RUNS_MAX ((DX_TEXT_WIDTH_MAX + 1) * DX_TEXT_KINDS)

typedef struct dx_text_run {
    uint8_t width; /* bits behind the first byte */
    uint8_t kind;  /* dx_text_kind */
    uint32_t forms; /* >= 1 */
    /* Follows from the runs before: */
    uint32_t first_form;
    uint16_t first_byte, end_byte;
} dx_text_run;

typedef struct dx_text_code {
    struct {
        uint32_t form, mask; /* form + (bits & mask) */
    } of[DX_TEXT_FIRST_BYTES];
    uint8_t width[DX_TEXT_FIRST_BYTES];
    uint8_t group_width[DX_TEXT_GROUPS];
    uint8_t run_of[DX_TEXT_FIRST_BYTES]; /* 0 where there is none */
    uint32_t forms;
    dx_text_run runs[DX_TEXT_RUNS_MAX];
    uint32_t run_count;
} dx_text_code;

/** Makes the code of runs whose `width`, `kind` and `forms` are set. False when
 *  there is no such code: out of order, too many forms or first bytes. */
bool dx_text_code_init(dx_text_code *c, const dx_text_run *runs, uint32_t count);

/** A run as it is stored, and back. What was stored may be anything. */
uint32_t dx_text_run_pack(const dx_text_run *run);
dx_text_run dx_text_run_unpack(uint32_t packed);

/** The first byte of `form` (< c->forms). The bits behind it are form - that
 *  byte's first form, in c->width[] of it. */
uint8_t dx_text_first_byte(const dx_text_code *c, uint32_t form);

/* ---- a text ---- */

typedef struct dx_text { /* borrows */
    const uint8_t *first; /* bytes, one for each form */
    uint32_t end[DX_TEXT_PARTS]; /* forms up to the end of each field */
    const uint8_t *more, *limit;  /* bits, which end before `limit` */
} dx_text;

/** Opens the text that begins at `p`. False when it does not end by `limit`. */
bool dx_text_open(dx_text *t, const uint8_t *p, const uint8_t *limit);

/* A place in a text. {t.first, 0} is its beginning. */
typedef struct dx_text_place {
    const uint8_t *first;
    size_t bit; /* in the bits behind first bytes */
} dx_text_place;

/** The form at `*at`, which must be before the end of the text; moves `*at`
 *  behind it. At least c->forms where the text is damaged. */
static inline uint32_t dx_text_next(const dx_text_code *c, const dx_text *t,
    dx_text_place *at)
{
    uint8_t b = *at->first++;
    uint32_t bits = (uint32_t)dx_bits_peek(t->more, t->limit, at->bit);

    at->bit += c->width[b];
    return c->of[b].form + (bits & c->of[b].mask);
}

#endif
