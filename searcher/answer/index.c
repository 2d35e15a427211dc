/* Opening an index, following what is published, and closing it. */
#include "searcher/answer/index.h"

#include <string.h>

#include "common/base/mem.h"
#include "common/base/status.h"
#include "searcher/understand/names/synonyms_file.h"

const char *dx_version(void) { return DX_VERSION; }

static dx_status open_generation(dx_index *ix, dx_error *err)
{
    DX_TRY(dx_snapshot_open(ix->path, &ix->snapshot, err));
    dx_status rc = dx_generation_open(ix->snapshot, &ix->generation, err);
    if (rc != DX_OK) {
        dx_snapshot_close(ix->snapshot);
        ix->snapshot = NULL;
    }
    return rc;
}

static void close_generation(dx_index *ix)
{
    dx_generation_close(&ix->generation);
    dx_snapshot_close(ix->snapshot);
    ix->snapshot = NULL;
}

dx_status dx_index_open(const char *path, dx_index **out, dx_error *err)
{
    dx_index *ix = dx_calloc(1, sizeof *ix);

    *out = NULL;
    if (ix)
        ix->path = dx_strndup(path, strlen(path));
    if (!ix || !ix->path) {
        dx_free(ix);
        return dx_fail_nomem(err);
    }
    ix->synonyms = DX_SYNONYMS_BUILTIN;
    dx_status rc = open_generation(ix, err);
    if (rc != DX_OK) {
        dx_index_close(ix);
        return rc;
    }
    *out = ix;
    return DX_OK;
}

/* The old generation stays when the new one cannot be opened. */
dx_status dx_index_refresh(dx_index *ix, dx_error *err)
{
    dx_index fresh = *ix;

    if (!dx_snapshot_is_stale(ix->snapshot))
        return DX_OK;
    DX_TRY(open_generation(&fresh, err));
    close_generation(ix);
    *ix = fresh;
    return DX_OK;
}

dx_status dx_index_add_synonyms(dx_index *ix, const char *path, dx_error *err)
{
    if (err)
        *err = (dx_error){.status = DX_OK};
    return dx_synonyms_load(&ix->synonyms, path, err);
}

void dx_index_close(dx_index *ix)
{
    if (!ix)
        return;
    close_generation(ix);
    dx_synonyms_free(&ix->synonyms);
    dx_free(ix->path);
    dx_free(ix);
}

uint64_t dx_index_articles(const dx_index *ix)
{
    return ix ? ix->generation.docs - ix->generation.deleted : 0;
}
