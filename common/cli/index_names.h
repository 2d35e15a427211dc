/* index_names.h -- the indexes that a program is told to search as one: given one
 * by one (--index a.dx --index b.dx), or in a setting with one a line (DX_INDEX). */
#ifndef DX_CLI_INDEX_NAMES_H
#define DX_CLI_INDEX_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where no other is named: in the current folder. */
#define DX_INDEX_NAME_DEFAULT "dx.index"

typedef struct dx_index_names {
    const char **list; /* [count], owned; the names are borrowed or in `lines` */
    uint32_t count;
    size_t cap;
    char *lines; /* owned; NULL without a setting */
} dx_index_names;

/** Adds a name, which must live as long. False: no memory. */
bool dx_index_names_add(dx_index_names *n, const char *name);

/** Adds the names in `setting`, one a line, empty lines aside; "dx.index", in the
 *  current folder, if there is none or `setting` is NULL. To be called at most
 *  once. False: no memory. */
bool dx_index_names_read(dx_index_names *n, const char *setting);

/** Zeroed names are fine, too. */
void dx_index_names_free(dx_index_names *n);

#endif
