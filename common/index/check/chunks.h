/* chunks.h -- checks that the records of a segment are what its head says. */
#ifndef DX_INDEX_CHECK_CHUNKS_H
#define DX_INDEX_CHECK_CHUNKS_H

#include "common/base/status.h"
#include "common/index/check/report.h"
#include "common/index/segment/layout/manifest.h"

/** Compares the chunks of an entry's segment with the checksums in its head,
 *  and the head with its own checksum and with the manifest. Fails with NOMEM
 *  or IO. */
DX_NODISCARD dx_status dx_check_chunks(dx_checker *c,
    const dx_segment_entry *entry, dx_error *err);

#endif
