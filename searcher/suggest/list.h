/* list.h -- the suggestions found so far, best first. */
#ifndef DX_SEARCHER_SUGGEST_LIST_H
#define DX_SEARCHER_SUGGEST_LIST_H

#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"

#define DX_SUGGEST_MAX 20u

typedef struct dx_suggest_list {
    dx_arena *arena;                  /* borrowed */
    const char *text[DX_SUGGEST_MAX]; /* in `arena` */
    uint32_t count, limit;            /* limit <= DX_SUGGEST_MAX */
} dx_suggest_list;

/** Adds a copy of `text`, with ill-formed bytes of UTF-8 replaced; nothing when
 *  the list has it already, letter case aside, or is full. Fails with NOMEM. */
DX_NODISCARD dx_status dx_suggest_list_add(dx_suggest_list *list, dx_str text);

#endif
