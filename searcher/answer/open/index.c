/* Opening an index, following what is published, and closing it. */
#include "searcher/answer/open/index.h"

#include <assert.h>

#include "common/base/escape.h"
#include "common/base/hash.h"
#include "common/base/mem.h"
#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "searcher/answer/call.h"
#include "searcher/answer/open/collection.h"
#include "searcher/include/dx/search.h"
#include "searcher/understand/names/synonyms.h"
#include "searcher/understand/names/synonyms_file.h"

const char *dx_version(void) { return DX_VERSION; }

dx_status dx_index_open(const char *path, dx_index **out, dx_error *err)
{
    return dx_index_open_many(&path, 1, out, err);
}

static dx_status check_paths(const char *const *paths, uint32_t count,
    dx_index **out, dx_error *err)
{
    DX_TRY(DX_CALL_CHECK("dx_index_open", err, paths, out));
    if (count == 0)
        return dx_fail(err, DX_ERR_INVALID, "dx_index_open_many: no index");
    for (uint32_t i = 0; i < count; i++)
        DX_TRY(DX_CALL_CHECK("dx_index_open", err, paths[i]));
    return DX_OK;
}

dx_status dx_index_open_many(const char *const *paths, uint32_t count,
    dx_index **out, dx_error *err)
{
    dx_call_begin(err);
    if (out)
        *out = NULL;
    DX_TRY(check_paths(paths, count, out, err));
    assert(out);
    dx_index *ix = dx_calloc(1, sizeof *ix);
    if (!ix)
        return dx_fail_nomem(err);
    ix->synonyms = DX_SYNONYMS_BUILTIN;
    pthread_mutex_init(&ix->refreshing, NULL); /* cannot fail */
    pthread_mutex_init(&ix->lock, NULL);
    dx_status rc = dx_collection_open(paths, count, &ix->collection, err);
    if (rc != DX_OK) {
        dx_index_close(ix);
        return dx_call_end(rc, err);
    }
    *out = ix;
    return DX_OK;
}

dx_collection *dx_index_collection(dx_index *ix)
{
    pthread_mutex_lock(&ix->lock);
    dx_collection *c = dx_collection_hold(ix->collection);
    pthread_mutex_unlock(&ix->lock);
    return c;
}

static void set_collection(dx_index *ix, dx_collection *fresh)
{
    pthread_mutex_lock(&ix->lock);
    dx_collection *old = ix->collection;
    ix->collection = fresh;
    pthread_mutex_unlock(&ix->lock);
    dx_collection_release(old);
}

/* The old collection stays when the new one cannot be opened. */
dx_status dx_index_refresh(dx_index *ix, dx_error *err)
{
    dx_collection *fresh = NULL;
    dx_status rc = DX_OK;

    dx_call_begin(err);
    DX_TRY(DX_CALL_CHECK("dx_index_refresh", err, ix));
    pthread_mutex_lock(&ix->refreshing); /* nobody else sets ix->collection */
    if (dx_collection_is_stale(ix->collection))
        rc = dx_collection_reopen(ix->collection, &fresh, err);
    if (fresh)
        set_collection(ix, fresh);
    pthread_mutex_unlock(&ix->refreshing);
    return dx_call_end(rc, err);
}

dx_status dx_index_add_synonyms(dx_index *ix, const char *path, dx_error *err)
{
    dx_call_begin(err);
    DX_TRY(DX_CALL_CHECK("dx_index_add_synonyms", err, ix, path));
    return dx_call_end(dx_synonyms_load(&ix->synonyms, path, err), err);
}

dx_status dx_index_add_map(dx_index *ix, const char *from, const char *to, dx_error *err)
{
    dx_call_begin(err);
    DX_TRY(DX_CALL_CHECK("dx_index_add_map", err, ix, from, to));
    if (!*from || !dx_url_is_web(to))
        return dx_fail(err, DX_ERR_INVALID,
            "dx_index_add_map: '%s' to '%s': not from something to an address on the web",
            from, to);
    dx_status rc = dx_address_maps_add(&ix->maps, from, to);
    return rc == DX_OK ? rc : dx_fail_nomem(err);
}

void dx_index_close(dx_index *ix)
{
    if (!ix)
        return;
    dx_collection_release(ix->collection);
    pthread_mutex_destroy(&ix->lock);
    pthread_mutex_destroy(&ix->refreshing);
    dx_synonyms_free(&ix->synonyms);
    dx_address_maps_free(&ix->maps);
    dx_free(ix);
}

uint64_t dx_index_generation(dx_index *ix)
{
    if (!ix)
        return 0;
    dx_collection *c = dx_index_collection(ix);
    uint64_t digest = c->generation.digest;
    for (uint32_t i = 0; i < c->index_count; i++)
        digest = dx_hash64_join(digest,
            (uint64_t)dx_snapshot_written_ns(c->indexes[i].snapshot));
    dx_collection_release(c);
    return digest;
}

int64_t dx_index_written(dx_index *ix)
{
    int64_t last = 0;

    if (!ix)
        return 0;
    dx_collection *c = dx_index_collection(ix);
    for (uint32_t i = 0; i < c->index_count; i++) {
        int64_t at = dx_snapshot_written_ns(c->indexes[i].snapshot);
        last = at > last ? at : last;
    }
    dx_collection_release(c);
    return last / 1000000000;
}

uint64_t dx_index_articles(dx_index *ix)
{
    if (!ix)
        return 0;
    dx_collection *c = dx_index_collection(ix);
    uint64_t articles = c->generation.docs - c->generation.deleted -
                        c->generation.hidden;
    dx_collection_release(c);
    return articles;
}
