/* renames.h -- which provinces and ministries became which, and when.
 *
 * Relations have a direction and a date: what is said of Bắc Giang before
 * 2025-07-01 is not said of today's Bắc Ninh as a whole, nor the other way
 * round. So nothing is ever rewritten; a search may offer the other name. */
#ifndef DX_NAMES_RENAMES_H
#define DX_NAMES_RENAMES_H

#include <stddef.h>

typedef enum dx_rename_kind {
    DX_RENAME_PROVINCE,
    DX_RENAME_MINISTRY
} dx_rename_kind;

typedef struct dx_rename {
    dx_rename_kind kind;
    const char *before, *after; /* names in places.h or agencies.h */
    const char *date;           /* in force from: ISO 8601 */
    const char *basis;          /* the document that says so */
} dx_rename;

extern const dx_rename dx_renames[];
extern const size_t dx_renames_count;

#endif
