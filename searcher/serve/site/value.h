/* value.h -- one value of one setting: is it of its kind, and where is it kept? */
#ifndef DX_SEARCHER_SERVE_SITE_VALUE_H
#define DX_SEARCHER_SERVE_SITE_VALUE_H

#include "common/base/buf.h"
#include "searcher/serve/site/settings.h"

#define DX_SITE_PIECE_BYTES_MAX ((size_t)128 << 10) /* of a header, footer, style sheet */

/** Sets it to `value`, which is copied. Names of files that are relative count from
 *  `folder`, which ends with '/', or is "". False: `value` is none of this kind, and what
 *  is wrong and what to do was appended to `why`; the site is as it was. */
bool dx_setting_take(dx_site *site, const dx_setting *setting, dx_str value,
    const char *folder, dx_buf *why);

#endif
