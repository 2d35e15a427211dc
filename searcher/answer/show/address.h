/* address.h -- where articles are on the web, when their files or their old addresses say it
 * by a rule: what is in /srv/www is https://tinh.example. */
#ifndef DX_SEARCHER_ANSWER_SHOW_ADDRESS_H
#define DX_SEARCHER_ANSWER_SHOW_ADDRESS_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"

typedef struct dx_address_map {
    char *from, *to;
} dx_address_map;

typedef struct dx_address_maps { /* {0}: none */
    dx_address_map *list; /* those of an index are owned, with their strings */
    size_t count, cap;
} dx_address_maps;

/** Adds one after the others; strings are copied. Fails with NOMEM. */
DX_NODISCARD dx_status dx_address_maps_add(dx_address_maps *maps, const char *from,
    const char *to);
void dx_address_maps_free(dx_address_maps *maps);

/** A copy in `arena`, not to be freed. Fails with NOMEM. */
DX_NODISCARD dx_status dx_address_maps_copy(const dx_address_maps *maps,
    dx_arena *arena, dx_address_maps *out);

/** The address of an article by the first map whose `from` its `url` begins with, or, where
 *  it has none, its `path`: both are "" or NULL if it has none. What follows in a path is
 *  percent-encoded. NUL-terminated, in `arena`; `url` when no map is for it, and when memory
 *  is short. */
dx_str dx_address_of(const dx_address_maps *maps, dx_str url, dx_str path,
    dx_arena *arena);

#endif
