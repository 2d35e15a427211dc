/* index_names.h -- the indexes to search as one. They are named one by one
 * (--index a.dx --index b.dx), or in a setting with one a line (DX_INDEX). */
#ifndef DX_CLI_INDEX_NAMES_H
#define DX_CLI_INDEX_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The one in the current folder, if none is named. */
#define DX_INDEX_NAME_DEFAULT "dx.index"

typedef struct dx_index_names {
    const char **list; /* [count], owned; the names are borrowed or in `lines` */
    uint32_t count;
    size_t cap;
    char *lines; /* owned; NULL without a setting */
} dx_index_names;

/** Adds a name, which must outlive `n`. False when memory is short. */
bool dx_index_names_add(dx_index_names *n, const char *name);

/** Adds the names in `setting`, one a line, ignoring empty lines. If there are
 *  none or `setting` is NULL, adds "dx.index" in the current folder. Call it
 *  once at most. False when memory is short. */
bool dx_index_names_read(dx_index_names *n, const char *setting);

/** Zeroed names are fine too. */
void dx_index_names_free(dx_index_names *n);

#endif
