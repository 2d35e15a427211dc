/* names.h -- finds the names of provinces and bodies, and the types of
 * documents, in running text.
 *
 * When a word is first seen, it is decided once and for all what it can be:
 * part of a name, capitalised, a document number … (its *facts*, one number). A
 * text is then a row of facts. One bit of each says whether a name may begin
 * there, and only then is there more to do.
 *
 *     tại   tỉnh   Hòa     Bình   ,    chị    Hòa     Bình
 *           rank   start   part   gap  other  start   part
 *                  └─ a province              └─ none: her name
 *
 * Names match by their exact terms. Each word of a province must be
 * capitalised, or "tỉnh" must precede it; a name wholly without accents matches
 * too: "Bac Giang". The words before it decide whether it is part of another
 * name: of a street, a river, a person. Of 110 provinces found in randomly
 * picked news, 109 were right (and the other one is handled now). A statistical
 * recogniser could hardly do better, and is a thousand times slower.
 *
 * Immutable once made: any number of threads may use it. */
#ifndef DX_NAMES_NAMES_H
#define DX_NAMES_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/base/str.h"
#include "common/text/analyzer.h"
#include "common/text/term.h"

/* A word's facts. What the token means, only names.c knows. */
#define DX_FACT_TOKEN_MASK 0x3FFu
#define DX_FACT_START (1u << 10)    /* a name may begin with or after it */
#define DX_FACT_CAPITAL (1u << 11)  /* its first letter is one */
#define DX_FACT_CAPITALS (1u << 12) /* several capitals, no small letter */
#define DX_FACT_NUMBER (1u << 13)   /* a document number of a known type */
#define DX_FACT_GAP (1u << 14)      /* no word, but a gap between two */
#define DX_FACT_JOINT (1u << 15)    /* a gap that may occur within a name */
#define DX_FACT_BREAK (1u << 16)    /* a gap that ends a paragraph */
#define DX_FACT_FIELD_END (1u << 17)
#define DX_FACT_ENGLISH (1u << 18)  /* the, of, and … */
#define DX_FACT_OPEN (1u << 19)     /* a gap that is "(" after a blank */
/* For guessing the language: counts of its terms, up to 3 each. */
#define DX_FACT_WORDS_SHIFT 20u
#define DX_FACT_SYLLABLES_SHIFT 22u /* possible Vietnamese ones among them */
#define DX_FACT_MARKED_SHIFT 24u    /* with a mark or đ */
#define DX_FACT_COUNT_MASK 3u

typedef struct dx_names dx_names;

/** Fails with NOMEM. */
DX_NODISCARD dx_status dx_names_new(dx_names **out);
void dx_names_free(dx_names *n); /* NULL is a no-op */

/** The facts of a word with these terms, and those of a gap between words. */
uint32_t dx_names_word(const dx_names *n, dx_str word, const dx_term *terms,
    size_t count);
uint32_t dx_names_gap(dx_str gap);

typedef enum dx_name_kind {
    DX_NAME_NOT,      /* looks like a name, but is none */
    DX_NAME_PROVINCE,    /* number in dx_provinces */
    DX_NAME_AGENCY,   /* in dx_agencies */
    DX_NAME_DOCTYPE   /* in dx_doctypes */
} dx_name_kind;

/* The facts of a text. A gap of a single blank is left out. */
typedef struct dx_fact_row {
    const uint32_t *at; /* borrowed */
    size_t count;
} dx_fact_row;

/** Calls `each` for a name that begins with or after the word at `i`. There can
 *  be one only where the facts have a bit of DX_FACTS_LOOK. Returns the last
 *  word of what was found, or i. */
#define DX_FACTS_LOOK (DX_FACT_START | DX_FACT_NUMBER)
typedef void (*dx_name_each)(void *ctx, dx_name_kind kind, size_t number);
size_t dx_names_at(const dx_names *n, dx_fact_row facts, size_t i,
    dx_name_each each, void *ctx);

/** Calls `each` for every name in a text, each time it occurs. Fails with
 *  NOMEM. */
DX_NODISCARD dx_status dx_names_find_in(const dx_names *n, dx_analyzer *a,
    dx_str text, dx_name_each each, void *ctx);

#endif
