/* mentions.h -- which terms of a segment's texts mention the words of a query, and
 * what each of them is worth.
 *
 * A *mention* is a word of the query in a spelling that counts (summand.h), or what
 * may stand for it instead: several terms in a row. It is worth the weight of its
 * list. Spellings that count for less than DX_MENTION_LEAST of the one that was
 * meant are none: they would have to be looked for in every text, and change next
 * to nothing. */
#ifndef DX_SEARCHER_MATCH_RANK_MENTIONS_H
#define DX_SEARCHER_MATCH_RANK_MENTIONS_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/find/term_finder.h"
#include "searcher/match/score/plan.h"

#define DX_MENTION_LEAST 0.1
#define DX_MENTION_UNIT 65536.0 /* steps of worth in one of idf; whole numbers add up
                                   to the same in any order */

#define DX_MENTION_ROW_MAX 64u /* terms in a row */
#define DX_MENTIONS_TABLE 4096u
#define DX_MENTION_ANY 254u
#define DX_MENTION_NONE 255u

typedef struct dx_mention {
    uint32_t word;  /* number among the query's different words */
    uint64_t worth; /* in steps */
    uint32_t count; /* terms in a row */
    const dx_id_spans *terms; /* [count]: exact ids of each */
} dx_mention;

typedef struct dx_mentions { /* of one segment; arrays in the caller's arena */
    dx_mention *list;        /* those of a word are neighbours */
    uint32_t count;
    dx_term_finder terms; /* all of them */
    /* For each exact id modulo DX_MENTIONS_TABLE: number of the only mention that it
     * may be of, DX_MENTION_NONE, or DX_MENTION_ANY: then each has to be tried. */
    uint8_t of_id[DX_MENTIONS_TABLE];
} dx_mentions;

/** What a summand that is a word is worth at best. */
uint64_t dx_mention_worth(const dx_plan *plan, uint32_t summand);

/** Whether something may stand for that word instead. */
bool dx_mention_is_replaceable(const dx_plan *plan, uint32_t summand);

/** Lists what mentions the plan's words in a segment; what `*`, `?` or `~` stands for
 *  are none. The plan was weighed. Fails with NOMEM. */
DX_NODISCARD dx_status dx_mentions_find(const dx_plan *plan, uint32_t segment,
    dx_arena *arena, dx_mentions *out);

#endif
