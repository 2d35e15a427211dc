/* Finds the articles that this run has lost, kills them and tells of each. */
#include "indexer/run/removal.h"

#include "common/base/arena.h"
#include "common/index/segment/meta.h"
#include "common/index/segment/segment.h"

typedef struct removal {
    dx_indexed *indexed;
    const dx_files *files;
    dx_event_sink *events;
    dx_meta_reader reader;
    dx_arena arena; /* for the path of one article */
} removal;

static bool is_lost(const removal *r, dx_indexed_doc d, uint32_t file)
{
    dx_file_state state = dx_files_state(r->files, file);

    return state == DX_FILE_GONE ||
           (state == DX_FILE_READ && !dx_indexed_is_seen(r->indexed, d));
}

static dx_status tell_removed(removal *r, const dx_segment *s, uint32_t doc,
    dx_error *err)
{
    const char *path = "";
    dx_meta meta;

    if (r->events->on_event) { /* else nobody wants to know its path */
        dx_arena_reset(&r->arena);
        dx_status rc = dx_segment_read_meta(s, doc, &r->reader, &meta);
        if (rc == DX_OK)
            path = dx_arena_strndup(&r->arena, meta.path.ptr, meta.path.len);
        if (!path)
            rc = DX_ERR_NOMEM;
        if (rc != DX_OK)
            return dx_fail(err, rc, "reading an article to be removed: %s",
                dx_status_text(rc));
    }
    dx_event_tell(r->events, DX_EVENT_REMOVED, path, "");
    return DX_OK;
}

static dx_status kill_lost_of(removal *r, uint32_t segment, dx_error *err)
{
    const dx_segment *s = r->indexed->segments[segment].segment;

    for (uint32_t doc = 0; doc < dx_segment_docs(s); doc++) {
        dx_indexed_doc d = {segment, doc};
        if (!is_lost(r, d, dx_segment_file(s, doc)) ||
            dx_indexed_is_dead(r->indexed, d))
            continue;
        dx_indexed_kill(r->indexed, d);
        DX_TRY(tell_removed(r, s, doc, err));
    }
    return DX_OK;
}

dx_status dx_removal_kill_lost(dx_indexed *indexed, size_t old_count,
    const dx_files *files, dx_event_sink *events, dx_error *err)
{
    removal r = {.indexed = indexed, .files = files, .events = events,
        .arena = DX_ARENA_INIT};
    dx_status rc = DX_OK;

    dx_meta_reader_init(&r.reader);
    for (size_t i = 0; i < old_count && rc == DX_OK; i++)
        rc = kill_lost_of(&r, (uint32_t)i, err);
    dx_meta_reader_free(&r.reader);
    dx_arena_free(&r.arena);
    return rc;
}
