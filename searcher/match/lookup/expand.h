/* expand.h -- the terms of a segment that a word with `*`, `?` or `~` stands
 * for, and the documents that have any of them.
 *
 *     chuy*     terms whose folded form starts so or is its stem (services*:
 *               servic); typed with marks (chuyển*) those whose spelling does
 *     ch?y*n    likewise a pattern, of the whole term
 *     chuyen~   folded terms at most one letter inserted, left out, replaced or
 *               exchanged with its neighbour away; the first one too
 *
 * What the dictionary holds beside words -- titles, attributes -- is never
 * among them. */
#ifndef DX_SEARCHER_MATCH_LOOKUP_EXPAND_H
#define DX_SEARCHER_MATCH_LOOKUP_EXPAND_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/segment.h"
#include "searcher/match/lookup/deadline.h"
#include "searcher/query/query.h"

#define DX_EXPANSIONS_MAX 4096u /* the most frequent ones are taken */

typedef struct dx_expansion { /* of one word in one segment */
    const uint64_t *set;      /* documents with any of the terms in the field
                                 (docset.h),      deleted ones too */
    uint64_t df;              /* how many */
    const dx_id_span *spans;  /* exact ids in running text, ascending */
    uint32_t span_count;
} dx_expansion;

/** Finds the terms that `w` stands for in `s`, and the documents that have any
 * in `field`, if that is title or body, else anywhere (the spans are those of
 * running text in whatever field). Sets *cut when there are more than
 * DX_EXPANSIONS_MAX, else leaves it. When the deadline passes, only some are
 * found. Memory is `arena`'s. Thread-safe. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_expand(const dx_segment *s, const dx_query_word *w,
    dx_query_field field, bool exact_accents, dx_deadline *deadline,
    dx_arena *arena, dx_expansion *out, bool *cut);

/** Whether `w` stands for a term: its folded form and its spelling. */
bool dx_word_stands_for(const dx_query_word *w, bool by_exact, dx_str folded,
    dx_str exact);

/** Whether it goes by the spelling. */
static inline bool dx_word_goes_by_exact(const dx_query_word *w,
    bool exact_accents)
{
    return w->kind != DX_WORD_FUZZY &&
           (w->marked || w->strict || exact_accents);
}

#endif
