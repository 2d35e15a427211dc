/* package.h -- office documents as they are since 2003: a zip file of XML parts. */
#ifndef DX_INDEXER_INPUT_DOCUMENTS_OFFICE_PACKAGE_H
#define DX_INDEXER_INPUT_DOCUMENTS_OFFICE_PACKAGE_H

#include <stdbool.h>

#include "common/base/status.h"
#include "common/base/str.h"
#include "indexer/input/xml/xml.h"

#define DX_PACKAGE_MAX_BYTES (512u << 20) /* unpacked, of the parts that are read */

/** Whether a file looks like one, by its first bytes. */
bool dx_package_is(dx_str first);

/** Says who reads the part `name` ("word/document.xml"): *out, which is copied. False:
 *  nobody. */
typedef bool (*dx_package_want)(void *ctx, dx_str name, dx_xml_reader *out);

/** Goes through the parts of `zip` in their order and has those read that are wanted.
 *  Parts are unpacked piece by piece, so a long one takes no memory. Fails with NOMEM;
 *  with LIMIT when they are too long; with FORMAT when the file is damaged; or with
 *  what a reader returned. */
DX_NODISCARD dx_status dx_package_read(dx_str zip, dx_package_want want, void *ctx,
    dx_error *err);

#endif
