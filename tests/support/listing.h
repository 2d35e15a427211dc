/* listing.h -- what a file is read as, as a text that a test can compare. */
#ifndef DX_TESTS_SUPPORT_LISTING_H
#define DX_TESTS_SUPPORT_LISTING_H

#include <stddef.h>

#include "common/base/status.h"
#include "indexer/input/source.h"

/** Lists what a file of this type and these bytes gives, until the next call:
 *
 *     [bao.zip/tin.html#2]
 *     title: …            every field that is not empty, but path and content
 *     [bao.zip/anh.png] left out: media
 *     [bao.zip/hong.html] fault: …
 *     failed: …           of cutting
 *
 *  NULL when memory is short. */
const char *listing_of(const dx_source *source, const char *file_name,
    const void *bytes, size_t len);

#endif
