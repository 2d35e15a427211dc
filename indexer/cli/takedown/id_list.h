/* id_list.h -- names of articles, as they were given or read. */
#ifndef DX_INDEXER_CLI_TAKEDOWN_ID_LIST_H
#define DX_INDEXER_CLI_TAKEDOWN_ID_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "common/base/arena.h"

typedef struct dx_id_list { /* start from {0} */
    const char **items;     /* owned; strings of their own are in the arena */
    size_t count, cap;
    dx_arena arena;
} dx_id_list;

void dx_id_list_free(dx_id_list *l);

/** Adds a string that outlives the list. False: no memory. */
bool dx_id_list_add(dx_id_list *l, const char *id);

/** Adds a copy of `len` bytes. False likewise. */
bool dx_id_list_copy(dx_id_list *l, const char *id, size_t len);

/** Adds the lines of a stream that are not empty. False likewise, or when it cannot be
 *  read. */
bool dx_id_list_read(dx_id_list *l, FILE *in);

#endif
