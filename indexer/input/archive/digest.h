/* digest.h -- check sums as crawlers write them: "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ".
 * The one adapter of nettle. Why it: libarchive brings it along, and SHA-1 is not to be
 * written once more. */
#ifndef DX_INDEXER_INPUT_ARCHIVE_DIGEST_H
#define DX_INDEXER_INPUT_ARCHIVE_DIGEST_H

#include <stdbool.h>

#include "common/base/str.h"

/** Whether `bytes` have another check sum than `label` says. SHA-1 and SHA-256, in base
 *  32 (RFC 4648) or hexadecimal, of either case; what is called otherwise is never
 *  wrong, and neither is a value of another length. Thread-safe. */
bool dx_digest_is_wrong(dx_str label, dx_str bytes);

#endif
