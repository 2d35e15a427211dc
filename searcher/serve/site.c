/* Reads a site's settings and opens its index. */
#include "searcher/serve/site.h"

#include "common/base/decimal.h"
#include "common/cli/index_names.h"

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

static void read_timeout(dx_site *site, const char *value, dx_buf *log)
{
    double ms = 0.0;

    if (dx_decimal_read(value, DX_SITE_TIMEOUT_MAX_MS, &ms) && ms >= 1.0)
        site->timeout_ms = (uint32_t)ms;
    else
        dx_buf_printf(log, "DX_TIMEOUT_MS=%s: not from 1 to %u\n", value,
            DX_SITE_TIMEOUT_MAX_MS);
}

void dx_site_read(dx_site *site, dx_setting_of setting_of, void *ctx,
    dx_buf *log)
{
    const dx_request usual = DX_REQUEST_INIT;
    const char *freshness = value_of(setting_of, ctx, "DX_FRESHNESS");
    const char *timeout = value_of(setting_of, ctx, "DX_TIMEOUT_MS");

    *site = (dx_site){.timeout_ms = usual.timeout_ms, .face = DX_FACE_INIT,
        .indexes = value_of(setting_of, ctx, "DX_INDEX"),
        .synonyms = value_of(setting_of, ctx, "DX_SYNONYMS"),
        .log = value_of(setting_of, ctx, "DXSEARCH_LOG")};
    if (freshness &&
        !dx_decimal_read(freshness, DX_FRESHNESS_MAX, &site->freshness))
        dx_buf_printf(log, "DX_FRESHNESS=%s: not from 0 to %g\n", freshness,
            DX_FRESHNESS_MAX);
    if (timeout)
        read_timeout(site, timeout, log);
}

dx_status dx_site_open(const dx_site *site, dx_index **out, dx_buf *log)
{
    dx_index_names names = {0};
    dx_error err = {.status = DX_ERR_NOMEM};
    dx_status rc = DX_ERR_NOMEM;

    *out = NULL;
    if (dx_index_names_read(&names, site->indexes))
        rc = dx_index_open_many(names.list, names.count, out, &err);
    dx_index_names_free(&names);
    if (rc != DX_OK)
        dx_site_log_error(log, "DX_INDEX", &err);
    else if (site->synonyms &&
             dx_index_add_synonyms(*out, site->synonyms, &err) != DX_OK)
        dx_site_log_error(log, site->synonyms, &err);
    return rc;
}
