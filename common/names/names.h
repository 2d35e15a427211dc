/* names.h -- finds the names of provinces and bodies, and the types of
 * documents, in running text.
 *
 * A word tells once and for all, when it is first seen, what it can be: a part
 * of a name, capitalised, a document number … (its *facts*, one number). A text
 * is then a row of facts, and only where a word begins a name is there more to
 * do than to look at one bit of it.
 *
 *     tại   tỉnh   Hòa     Bình   ,    chị    Hòa     Bình
 *           rank   start   part   gap  other  start   part
 *                  └─ a province              └─ none: her name
 *
 * Names match by their exact terms, every word of a province capitalised (or
 * after "tỉnh"), also without accents when all of it is: "Bac Giang". What
 * precedes decides whether it is another's name: a street's, a river's, a
 * person's. Of 110 provinces found so in news articles, picked at random, 109
 * were right (the other is told apart since); a statistical recogniser could
 * hardly do better, and is a thousand times slower.
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

/* A word's facts. What its token says is names.c's own business. */
#define DX_FACT_TOKEN_MASK 0x3FFu
#define DX_FACT_START (1u << 10)    /* a name may begin with it, or after it */
#define DX_FACT_CAPITAL (1u << 11)  /* its first letter is one */
#define DX_FACT_CAPITALS (1u << 12) /* it has several and no small letter */
#define DX_FACT_NUMBER (1u << 13)   /* a document's number, of a known type */
#define DX_FACT_GAP (1u << 14)      /* no word, but what is between two */
#define DX_FACT_JOINT (1u << 15)    /* such that may stand within a name */
#define DX_FACT_BREAK (1u << 16)    /* such that ends a paragraph */
#define DX_FACT_FIELD_END (1u << 17)
#define DX_FACT_ENGLISH (1u << 18)  /* the, of, and … */
#define DX_FACT_OPEN (1u << 19)     /* a gap that is "(" after a blank */
/* For telling the language: counts of its terms, at most 3 each. */
#define DX_FACT_WORDS_SHIFT 20u
#define DX_FACT_SYLLABLES_SHIFT 22u /* possible Vietnamese ones among them */
#define DX_FACT_MARKED_SHIFT 24u    /* with a mark or đ */
#define DX_FACT_COUNT_MASK 3u

typedef struct dx_names dx_names;

/** Fails with NOMEM. */
DX_NODISCARD dx_status dx_names_new(dx_names **out);
void dx_names_free(dx_names *n); /* NULL is a no-op */

/** Facts of a word that has these terms, and of what stands between words. */
uint32_t dx_names_word(const dx_names *n, dx_str word, const dx_term *terms,
    size_t count);
uint32_t dx_names_gap(dx_str gap);

typedef enum dx_name_kind {
    DX_NAME_NOT,      /* like a name, but none */
    DX_NAME_PLACE,    /* number in dx_places */
    DX_NAME_AGENCY,   /* in dx_agencies */
    DX_NAME_DOCTYPE   /* in dx_doctypes */
} dx_name_kind;

/* A text's facts. One blank between two words is left out. */
typedef struct dx_fact_row {
    const uint32_t *at; /* borrowed */
    size_t count;
} dx_fact_row;

/** Calls `each` for the name that begins with the word at `i`, or after it;
 *  only where DX_FACTS_LOOK are there may be one. Returns the last word of what
 *  was found, or i. */
#define DX_FACTS_LOOK (DX_FACT_START | DX_FACT_NUMBER)
typedef void (*dx_name_each)(void *ctx, dx_name_kind kind, size_t number);
size_t dx_names_at(const dx_names *n, dx_fact_row facts, size_t i,
    dx_name_each each, void *ctx);

/** Finds every name in a text, as often as it stands there. Fails with NOMEM. */
DX_NODISCARD dx_status dx_names_find_in(const dx_names *n, dx_analyzer *a,
    dx_str text, dx_name_each each, void *ctx);

#endif
