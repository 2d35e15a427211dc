/* Finds the articles that this run has lost, kills them and tells of each. */
#include "indexer/run/settle/lost.h"

#include "common/base/arena.h"
#include "common/index/segment/meta.h"
#include "common/index/segment/segment.h"

typedef struct settling {
    const dx_lost_settling *asked;
    dx_meta_reader reader;
    dx_arena arena; /* for the fields of one article */
    uint64_t unchanged;
} settling;

static dx_status tell_removed(settling *s, dx_indexed_doc d, dx_error *err)
{
    const dx_segment *segment = s->asked->indexed->segments[d.segment].segment;
    dx_event event = {DX_EVENT_REMOVED, "", "", ""};
    dx_meta meta;

    if (s->asked->events->on_event) { /* else nobody wants to know which */
        dx_arena_reset(&s->arena);
        dx_status rc =
            dx_segment_read_meta(segment, d.doc, &s->reader, &meta);
        if (rc == DX_OK && !dx_meta_keep(&meta, &s->arena))
            rc = DX_ERR_NOMEM;
        if (rc != DX_OK)
            return dx_fail(err, rc, "reading an article to be removed: %s",
                dx_status_text(rc));
        event.path = meta.path.ptr;
        event.id = meta.id.ptr;
    }
    dx_event_tell(s->asked->events, &event);
    return DX_OK;
}

static bool is_lost(const settling *s, dx_indexed_doc d, uint32_t file)
{
    const dx_indexed *ix = s->asked->indexed;
    dx_file_state state = dx_files_state(s->asked->files, file);

    if (dx_indexed_is(ix, d, DX_INDEXED_MET) || state == DX_FILE_KEPT)
        return false;
    return dx_indexed_is(ix, d, DX_INDEXED_NAMED) ||
           (state != DX_FILE_UNSEEN && !s->asked->no_delete);
}

/* It was told that another article takes its place, but it is still there. */
static void reinstate(settling *s)
{
    s->asked->events->counts[DX_EVENT_UPDATED]--;
    s->asked->events->counts[DX_EVENT_ADDED]++;
}

static dx_status settle_doc(settling *s, dx_indexed_doc d, uint32_t file,
    dx_error *err)
{
    dx_indexed *ix = s->asked->indexed;

    if (dx_indexed_is(ix, d, DX_INDEXED_DEAD))
        return DX_OK;
    bool is_replaced = dx_indexed_is(ix, d, DX_INDEXED_REPLACED);
    if (!is_lost(s, d, file)) {
        if (is_replaced)
            reinstate(s);
        s->unchanged +=
            dx_indexed_is(ix, d, DX_INDEXED_MET) ||
            dx_files_state(s->asked->files, file) == DX_FILE_KEPT;
        return DX_OK;
    }
    dx_indexed_kill(ix, d);
    return is_replaced ? DX_OK : tell_removed(s, d, err);
}

static dx_status settle_segment(settling *s, uint32_t number, dx_error *err)
{
    const dx_segment *segment = s->asked->indexed->segments[number].segment;

    for (uint32_t doc = 0; doc < dx_segment_docs(segment); doc++)
        DX_TRY(settle_doc(s, (dx_indexed_doc){number, doc},
            dx_segment_file(segment, doc), err));
    return DX_OK;
}

dx_status dx_lost_settle(const dx_lost_settling *asked, dx_error *err)
{
    settling s = {.asked = asked, .arena = DX_ARENA_INIT};
    dx_status rc = DX_OK;

    dx_meta_reader_init(&s.reader);
    for (uint32_t i = 0; i < asked->indexed->count && rc == DX_OK; i++)
        rc = settle_segment(&s, i, err);
    asked->events->counts[DX_EVENT_UNCHANGED] += s.unchanged;
    dx_meta_reader_free(&s.reader);
    dx_arena_free(&s.arena);
    return rc;
}
