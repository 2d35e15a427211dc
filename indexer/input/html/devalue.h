/* devalue.h -- values as Nuxt 3 writes them into its pages (the npm package devalue):
 * an array of all values, in which members and items are places in that array.
 *
 *     [{"title": 1, "tags": 2}, "Lúa", [1]]     {"title": "Lúa", "tags": ["Lúa"]} */
#ifndef DX_INDEXER_INPUT_HTML_DEVALUE_H
#define DX_INDEXER_INPUT_HTML_DEVALUE_H

#include "indexer/input/json/tree.h"

/** The value that the array stands for, in `arena`: what is nested more than 24 deep, or
 *  beyond 65,536 values, is null. *out is NULL where it is no such array. Fails with
 *  NOMEM. */
DX_NODISCARD dx_status dx_devalue(const dx_json_value *array, dx_arena *arena,
    const dx_json_value **out, dx_error *err);

#endif
