/* Opens a site's index. */
#include "searcher/serve/site.h"

#include "common/base/mem.h"
#include "common/cli/index_names.h"
#include "searcher/output/html/look/look.h"

void dx_site_log_error(dx_buf *log, const char *what, const dx_error *err)
{
    if (*err->msg)
        dx_buf_printf(log, "%s\n", err->msg);
    else
        dx_buf_printf(log, "%s: %s\n", what, dx_status_text(err->status));
}

dx_status dx_site_open(const dx_site *site, dx_index **out, dx_buf *log)
{
    static const char *const usual[] = {DX_INDEX_NAME_DEFAULT};
    bool is_named = site->index_count > 0;
    dx_error err = {0};
    dx_status rc = dx_index_open_many(is_named ? site->indexes : usual,
        is_named ? (uint32_t)site->index_count : 1, out, &err);

    if (rc != DX_OK) {
        dx_site_log_error(log, "DX_INDEX", &err);
        return rc;
    }
    if (*site->synonyms &&
        dx_index_add_synonyms(*out, site->synonyms, &err) != DX_OK)
        dx_site_log_error(log, site->synonyms, &err);
    for (size_t i = 0; i < site->map_count; i++)
        if (dx_index_add_map(*out, site->maps[i].from, site->maps[i].to, &err) != DX_OK)
            dx_site_log_error(log, site->maps[i].from, &err);
    return DX_OK;
}

void dx_site_free(dx_site *site)
{
    dx_free((void *)site->indexes);
    dx_free(site->maps);
    dx_look_free(site->look);
    dx_pins_free(&site->pinned);
    dx_arena_free(&site->memory);
    *site = (dx_site){0};
}
