/* contested.h -- the ids that several articles of an index have: a record of their
 * hashes, in ascending order. It is nearly always empty, but there, as whether it is
 * decides how articles are shown. */
#ifndef DX_INDEX_SEGMENT_IDENTITY_CONTESTED_H
#define DX_INDEX_SEGMENT_IDENTITY_CONTESTED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/hash.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/store/snapshot.h"

#define DX_CONTESTED_KEY DX_STR_LIT("namesakes")

typedef struct dx_contested { /* {0}: none */
    const uint8_t *ids;       /* borrowed from the snapshot */
    size_t count;
} dx_contested;

/** Fails with CORRUPT, which a record that is not there is, too, or IO. */
DX_NODISCARD dx_status dx_contested_open(dx_snapshot *s, dx_contested *out,
    dx_error *err);

/** The i-th of its ids' hashes, i < count. */
dx_hash128 dx_contested_at(const dx_contested *c, size_t i);
bool dx_contested_has(const dx_contested *c, dx_hash128 id);

/** Appends the record of `count` hashes, which it puts in order; the same one
 *  may be there several times. A failure latches in `out`. */
void dx_contested_write(dx_hash128 *ids, size_t count, dx_buf *out);

/** What is wrong with a record, or NULL. */
const char *dx_contested_fault(dx_str record);

#endif
