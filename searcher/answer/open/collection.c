/* Opening indexes as one, and closing them after the last who looks. */
#include "searcher/answer/open/collection.h"

#include <string.h>

#include "common/base/mem.h"
#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "common/index/store/snapshot.h"

static dx_status add_index(dx_collection *c, const char *path, dx_error *err)
{
    dx_collection_index *to = &c->indexes[c->index_count++];

    to->path = dx_strndup(path, strlen(path));
    if (!to->path)
        return dx_fail_nomem(err);
    DX_TRY(dx_snapshot_open(path, &to->snapshot, err));
    DX_TRY(dx_generation_add(&c->generation, to->snapshot, err));
    to->segment_end = c->generation.segment_count;
    return DX_OK;
}

/* Segments before the snapshots that they are in. */
static void close_collection(dx_collection *c)
{
    dx_generation_close(&c->generation);
    for (uint32_t i = 0; i < c->index_count; i++) {
        dx_snapshot_close(c->indexes[i].snapshot);
        dx_free(c->indexes[i].path);
    }
    dx_free(c);
}

dx_status dx_collection_open(const char *const *paths, uint32_t count,
    dx_collection **out, dx_error *err)
{
    dx_collection *c = dx_calloc(1, sizeof *c + count * sizeof c->indexes[0]);
    dx_status rc = DX_OK;

    *out = NULL;
    if (!c)
        return dx_fail_nomem(err);
    atomic_init(&c->holders, 1);
    for (uint32_t i = 0; rc == DX_OK && i < count; i++)
        rc = add_index(c, paths[i], err);
    if (rc == DX_OK)
        *out = c;
    else
        close_collection(c);
    return rc;
}

dx_status dx_collection_reopen(const dx_collection *old, dx_collection **out,
    dx_error *err)
{
    const char **paths = dx_calloc(old->index_count, sizeof *paths);

    *out = NULL;
    if (!paths)
        return dx_fail_nomem(err);
    for (uint32_t i = 0; i < old->index_count; i++)
        paths[i] = old->indexes[i].path;
    dx_status rc = dx_collection_open(paths, old->index_count, out, err);
    dx_free(paths);
    return rc;
}

bool dx_collection_is_stale(const dx_collection *c)
{
    for (uint32_t i = 0; i < c->index_count; i++)
        if (dx_snapshot_is_stale(c->indexes[i].snapshot))
            return true;
    return false;
}

dx_collection *dx_collection_hold(dx_collection *c)
{
    atomic_fetch_add(&c->holders, 1);
    return c;
}

void dx_collection_release(dx_collection *c)
{
    if (c && atomic_fetch_sub(&c->holders, 1) == 1)
        close_collection(c);
}

dx_status dx_collection_settle(const dx_collection *c, dx_status rc,
    dx_error *err)
{
    dx_error damage = {0};
    size_t segment;

    if (dx_generation_damage(&c->generation, &segment, &damage) == DX_OK)
        return rc;
    return dx_fail(err, DX_ERR_CORRUPT, "%s: %s", dx_collection_path(c, segment),
        damage.msg);
}

const char *dx_collection_path(const dx_collection *c, size_t segment)
{
    uint32_t i = 0;

    while (i + 1 < c->index_count && segment >= c->indexes[i].segment_end)
        i++;
    return c->indexes[i].path;
}
