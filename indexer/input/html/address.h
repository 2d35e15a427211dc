/* address.h -- hosts and sites of pages. */
#ifndef DX_INDEXER_INPUT_HTML_ADDRESS_H
#define DX_INDEXER_INPUT_HTML_ADDRESS_H

#include <stdbool.h>

#include "common/base/str.h"

/** "tin.mau.example" of "https://tin.mau.example:8080/a"; empty where there is
 * none. */
dx_str dx_host_of(dx_str url);

/** The host that a mirror's folder is named after, of a file's path:
 *  "mau.example" of "luu/mau.example/tin/1.html"; empty where there is none. */
dx_str dx_host_of_path(dx_str path);

/** Whether two hosts are of one site: tin.mau.gov.vn and mau.gov.vn are,
 * sonla.gov.vn is another. Ignores case. */
bool dx_is_same_site(dx_str host, dx_str other);

#endif
