/* alternative_lists.h -- documents where an alternative holds: what
 * alternative.h finds, and matching and scoring read. */
#ifndef DX_SEARCHER_MATCH_EVALUATE_ALTERNATIVE_LISTS_H
#define DX_SEARCHER_MATCH_EVALUATE_ALTERNATIVE_LISTS_H

#include <stddef.h>
#include <stdint.h>

#define DX_SLOT_NONE UINT32_MAX

typedef struct dx_alternative_list { /* in one segment; deleted documents too */
    const uint64_t *set; /* docset.h */
    uint64_t df; /* of an alternative: of all documents that have it, also where
                    it does not count because something better holds */
} dx_alternative_list;

typedef struct dx_alternative_lists { /* arrays NULL: a query without any */
    uint32_t *slots; /* [node]: of an alternative: where it counts; of what it
                        stands in for: where any of its alternatives holds; else
                        DX_SLOT_NONE. Several nodes may share one */
    dx_alternative_list *lists; /* [segment * slot_cap + slot] */
    uint32_t slot_count, slot_cap;
} dx_alternative_lists;

/** The slot of the query's node number `node`, or DX_SLOT_NONE. */
static inline uint32_t dx_alternative_slot(const dx_alternative_lists *a,
    size_t node)
{
    return a && a->slots ? a->slots[node] : DX_SLOT_NONE;
}

static inline const dx_alternative_list *dx_alternative_list_at(
    const dx_alternative_lists *a, size_t segment, uint32_t slot)
{
    return &a->lists[segment * a->slot_cap + slot];
}

#endif
