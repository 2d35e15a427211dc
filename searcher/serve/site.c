/* Reads a site's settings and opens its index. */
#include "searcher/serve/site.h"

#include "common/base/decimal.h"

#define DEFAULT_INDEX "dx.index" /* in the current folder */

void dx_site_log_error(dx_buf *log, const char *what, const dx_error *err)
{
    if (*err->msg)
        dx_buf_printf(log, "%s\n", err->msg);
    else
        dx_buf_printf(log, "%s: %s\n", what, dx_status_text(err->status));
}

/* The value of a setting that is there and not empty, or NULL. */
static const char *value_of(dx_setting_of setting_of, void *ctx,
    const char *name)
{
    const char *value = setting_of(ctx, name);

    return value && *value ? value : NULL;
}

void dx_site_read(dx_site *site, dx_setting_of setting_of, void *ctx,
    dx_buf *log)
{
    const char *index = value_of(setting_of, ctx, "DX_INDEX");
    const char *freshness = value_of(setting_of, ctx, "DX_FRESHNESS");

    *site = (dx_site){.index = index ? index : DEFAULT_INDEX,
        .synonyms = value_of(setting_of, ctx, "DX_SYNONYMS"),
        .log = value_of(setting_of, ctx, "DXSEARCH_LOG")};
    if (freshness &&
        !dx_decimal_read(freshness, DX_FRESHNESS_MAX, &site->freshness))
        dx_buf_printf(log, "DX_FRESHNESS=%s: not from 0 to %g\n", freshness,
            DX_FRESHNESS_MAX);
}

dx_status dx_site_open(const dx_site *site, dx_index **out, dx_buf *log)
{
    dx_error err = {0};
    dx_status rc = dx_index_open(site->index, out, &err);

    if (rc != DX_OK)
        dx_site_log_error(log, site->index, &err);
    else if (site->synonyms &&
             dx_index_add_synonyms(*out, site->synonyms, &err) != DX_OK)
        dx_site_log_error(log, site->synonyms, &err);
    return rc;
}
