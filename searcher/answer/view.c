/* Opening indexes as one, and closing them after the last who looks. */
#include "searcher/answer/view.h"

#include <string.h>

#include "common/base/mem.h"
#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "common/index/store/snapshot.h"

static dx_status add_index(dx_view *v, const char *path, dx_error *err)
{
    dx_view_index *to = &v->indexes[v->index_count++];

    to->path = dx_strndup(path, strlen(path));
    if (!to->path)
        return dx_fail_nomem(err);
    DX_TRY(dx_snapshot_open(path, &to->snapshot, err));
    DX_TRY(dx_generation_add(&v->generation, to->snapshot, err));
    to->segment_end = v->generation.segment_count;
    return DX_OK;
}

/* Segments before the snapshots that they are in. */
static void close_view(dx_view *v)
{
    dx_generation_close(&v->generation);
    for (uint32_t i = 0; i < v->index_count; i++) {
        dx_snapshot_close(v->indexes[i].snapshot);
        dx_free(v->indexes[i].path);
    }
    dx_free(v);
}

dx_status dx_view_open(const char *const *paths, uint32_t count, dx_view **out,
    dx_error *err)
{
    dx_view *v = dx_calloc(1, sizeof *v + count * sizeof v->indexes[0]);
    dx_status rc = DX_OK;

    *out = NULL;
    if (!v)
        return dx_fail_nomem(err);
    atomic_init(&v->holders, 1);
    for (uint32_t i = 0; rc == DX_OK && i < count; i++)
        rc = add_index(v, paths[i], err);
    if (rc == DX_OK)
        *out = v;
    else
        close_view(v);
    return rc;
}

dx_status dx_view_reopen(const dx_view *old, dx_view **out, dx_error *err)
{
    const char **paths = dx_calloc(old->index_count, sizeof *paths);

    *out = NULL;
    if (!paths)
        return dx_fail_nomem(err);
    for (uint32_t i = 0; i < old->index_count; i++)
        paths[i] = old->indexes[i].path;
    dx_status rc = dx_view_open(paths, old->index_count, out, err);
    dx_free(paths);
    return rc;
}

bool dx_view_is_stale(const dx_view *v)
{
    for (uint32_t i = 0; i < v->index_count; i++)
        if (dx_snapshot_is_stale(v->indexes[i].snapshot))
            return true;
    return false;
}

dx_view *dx_view_hold(dx_view *v)
{
    atomic_fetch_add(&v->holders, 1);
    return v;
}

void dx_view_release(dx_view *v)
{
    if (v && atomic_fetch_sub(&v->holders, 1) == 1)
        close_view(v);
}

const char *dx_view_path(const dx_view *v, size_t segment)
{
    uint32_t i = 0;

    while (i + 1 < v->index_count && segment >= v->indexes[i].segment_end)
        i++;
    return v->indexes[i].path;
}
