/* resum.h -- checksums of an index's records, made right again after a change, so that what
 * is behind them meets it. */
#ifndef DX_TESTS_RESUM_H
#define DX_TESTS_RESUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/str.h"

/** Whether a record of this key ends with a checksum of what is before; else it is a chunk,
 *  or has none. */
bool resum_has_own(dx_str key);
bool resum_is_head(dx_str key);
bool resum_is_chunk(dx_str key);

/** Makes the checksum at the end of a record right. */
void resum_record(uint8_t *bytes, size_t len);

/** How much of a chunk of `len` bytes is data: sums of its pages follow. */
size_t resum_data_bytes(size_t len);

/** Has `head`, the head of a segment whose parts are one chunk each, say of the chunk `key`
 *  that it has so many bytes of data and this checksum, and makes its own right. */
void resum_head(uint8_t *head, size_t len, dx_str key, size_t data_bytes,
    uint64_t checksum);

#endif
