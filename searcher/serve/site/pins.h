/* pins.h -- “tin ghim”: which articles an editor wants first for which query.
 *
 *     # query = id id …
 *     tuyển sinh lớp 10 = https://tinh.example/tuyen-sinh bantin-0001
 *
 * A line is for a query with the same words in the same order: case, blanks, punctuation
 * and where a tone mark stands (hoà, hòa) make no difference. Words without accents are
 * also those of a line with them, as readers type so; other accents are other words. */
#ifndef DX_SEARCHER_SERVE_SITE_PINS_H
#define DX_SEARCHER_SERVE_SITE_PINS_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/buf.h"

#define DX_PINS_FILE_BYTES_MAX ((size_t)1 << 20)

typedef struct dx_pin_line {
    const char *exact, *folded; /* the query's words, with accents and without */
    const char *const *ids;
    uint32_t count; /* 1..DX_PINNED_MAX */
} dx_pin_line;

typedef struct dx_pins { /* {0}: none */
    dx_pin_line *lines;  /* owned */
    size_t count, cap;
} dx_pins;

/** Reads the file `path`; strings go to `arena`. Appends a line to `log` for each mistake,
 *  with its line; the others count. `out` is zeroed, and to be freed. */
void dx_pins_read(dx_pins *out, const char *path, dx_arena *arena, dx_buf *log);
void dx_pins_free(dx_pins *pins);

/** How many articles are pinned for `query`, and *ids, their ids; 0 if none is, also when
 *  memory is short, and for a query that excludes words. A line with the query's accents
 *  goes before one that only has its letters. Thread-safe. */
uint32_t dx_pins_find(const dx_pins *pins, const char *query,
    const char *const **ids);

#endif
