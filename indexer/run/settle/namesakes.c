/* Looks for articles with the ids of this run's. */
#include "indexer/run/settle/namesakes.h"

#include <stdlib.h>

#include "common/base/arena.h"
#include "common/base/mem.h"
#include "common/index/field/article_id.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/ids.h"
#include "common/index/segment/meta.h"
#include "common/index/segment/segment.h"
#include "indexer/gather/article_key.h"

typedef struct id_list {
    dx_hash128 *items; /* owned */
    size_t count, cap;
} id_list;

static dx_status add_id(id_list *l, dx_hash128 id)
{
    void *p = l->items;

    if (dx_grow(&p, &l->cap, l->count + 1, sizeof *l->items) != 0)
        return DX_ERR_NOMEM;
    l->items = p;
    l->items[l->count++] = id;
    return DX_OK;
}

static bool is_same(dx_indexed_doc a, dx_indexed_doc b)
{
    return a.segment == b.segment && a.doc == b.doc;
}

/* ---- articles of this run ---- */

/* Whether the block that an article came from has it still. */
static bool is_held(const dx_namesakes *n, dx_indexed_doc d)
{
    dx_file_state state =
        dx_files_state(n->files, dx_indexed_file(n->indexed, d));

    return d.segment >= n->old_count || state == DX_FILE_UNSEEN ||
           state == DX_FILE_KEPT ||
           dx_indexed_is(n->indexed, d, DX_INDEXED_HELD);
}

/* `d`, of this run, says the same as `before`, and one of them has to go: not that
 * of standard input, which cannot be read again. */
static dx_status kill_either(const dx_namesakes *n, dx_indexed_doc before,
    dx_indexed_doc d, uint64_t key)
{
    bool is_copy = dx_indexed_file(n->indexed, d) == DX_FILE_NONE &&
                   dx_indexed_file(n->indexed, before) != DX_FILE_NONE;
    dx_indexed_doc dead = is_copy ? before : d, kept = is_copy ? d : before;
    uint32_t file = dx_indexed_file(n->indexed, dead);
    uint64_t *counts = n->events->counts;

    dx_indexed_kill(n->indexed, dead);
    if (before.segment >= n->old_count) {
        counts[DX_EVENT_REPEATED]++;
        counts[counts[DX_EVENT_ADDED] ? DX_EVENT_ADDED : DX_EVENT_UPDATED]--;
    }
    return file != DX_FILE_NONE && file != dx_indexed_file(n->indexed, kept) &&
                   is_held(n, dead)
               ? dx_borrowed_add(n->borrowed, file, key)
               : DX_OK;
}

static dx_status settle_doc(const dx_namesakes *n, dx_indexed_doc d,
    dx_hash128 id, id_list *contested)
{
    uint64_t content = dx_indexed_content(n->indexed, d);
    dx_indexed_cursor c =
        dx_indexed_cursor_new(n->indexed, id, (size_t)d.segment + 1);
    bool has_namesake = false;

    while (dx_indexed_next(&c)) {
        if (is_same(c.at, d))
            continue;
        if (dx_indexed_content(n->indexed, c.at) != content) {
            has_namesake = true;
            continue;
        }
        DX_TRY(kill_either(n, c.at, d, dx_article_key(id, content).lo));
        if (dx_indexed_is(n->indexed, d, DX_INDEXED_DEAD))
            return DX_OK;
    }
    return has_namesake ? add_id(contested, id) : DX_OK;
}

static dx_status settle_segment(const dx_namesakes *n, uint32_t segment,
    id_list *contested)
{
    const dx_segment *s = n->indexed->segments[segment].segment;
    dx_hash128 id;

    for (uint32_t i = 0; i < dx_segment_docs(s); i++) {
        dx_indexed_doc d = {segment, dx_segment_id_entry(s, i, &id)};
        dx_progress_settling(n->progress, i, dx_segment_docs(s));
        if (d.doc != DX_ID_NONE &&
            !dx_indexed_is(n->indexed, d, DX_INDEXED_DEAD))
            DX_TRY(settle_doc(n, d, id, contested));
    }
    return DX_OK;
}

/* ---- contested ids ---- */

typedef struct telling {
    const dx_namesakes *n;
    dx_meta_reader reader;
    dx_arena arena; /* of one article's fields */
} telling;

/* Ids that are made of what an article says are nobody's claim. */
static bool is_made(const dx_meta *meta)
{
    return dx_id_tells_path(meta->id, meta->path) &&
           !dx_str_eq(meta->id, meta->path);
}

static dx_status tell(telling *t, dx_indexed_doc d)
{
    const dx_segment *s = t->n->indexed->segments[d.segment].segment;
    dx_meta meta;

    dx_arena_reset(&t->arena);
    DX_TRY(dx_segment_read_meta(s, d.doc, &t->reader, &meta));
    if (!dx_meta_keep(&meta, &t->arena))
        return DX_ERR_NOMEM;
    if (is_made(&meta))
        return DX_OK;
    dx_str shown = dx_id_with_hash(meta.id, dx_segment_content_hash(s, d.doc),
        &t->arena);
    if (!shown.ptr)
        return DX_ERR_NOMEM;
    dx_event_tell(t->n->events,
        &(dx_event){.kind = DX_EVENT_CONTESTED, .path = meta.path.ptr,
            .id = shown.ptr, .reason = ""});
    return DX_OK;
}

static dx_status tell_contested(const dx_namesakes *n, const id_list *ids)
{
    telling t = {.n = n, .arena = DX_ARENA_INIT};
    dx_status rc = DX_OK;

    dx_meta_reader_init(&t.reader);
    for (size_t i = 0; i < ids->count; i++) {
        bool was_told = i > 0 && ids->items[i].hi == ids->items[i - 1].hi &&
                        ids->items[i].lo == ids->items[i - 1].lo;
        dx_indexed_cursor c = dx_indexed_cursor_new(n->indexed, ids->items[i],
            was_told ? 0 : n->indexed->count);
        while (rc == DX_OK && dx_indexed_next(&c))
            rc = tell(&t, c.at);
    }
    dx_meta_reader_free(&t.reader);
    dx_arena_free(&t.arena);
    return rc;
}

/* Ids that were contested and still are. */
static dx_status add_older(const dx_namesakes *n, id_list *contested)
{
    for (size_t i = 0; i < n->before->count; i++) {
        dx_hash128 id = dx_contested_at(n->before, i);
        dx_indexed_cursor c =
            dx_indexed_cursor_new(n->indexed, id, n->indexed->count);
        bool is_there = dx_indexed_next(&c);
        if (is_there && dx_indexed_next(&c)) /* and another one */
            DX_TRY(add_id(contested, id));
    }
    return DX_OK;
}

static int by_hash(const void *a, const void *b)
{
    const dx_hash128 *x = a, *y = b;

    return x->hi != y->hi ? (x->hi > y->hi) - (x->hi < y->hi)
                          : (x->lo > y->lo) - (x->lo < y->lo);
}

dx_status dx_namesakes_settle(const dx_namesakes *n, dx_buf *record,
    dx_error *err)
{
    id_list contested = {0};
    dx_status rc = DX_OK;

    for (size_t i = n->old_count; rc == DX_OK && i < n->indexed->count; i++)
        rc = settle_segment(n, (uint32_t)i, &contested);
    if (contested.count)
        qsort(contested.items, contested.count, sizeof *contested.items,
            by_hash);
    if (rc == DX_OK)
        rc = tell_contested(n, &contested);
    if (rc == DX_OK)
        rc = add_older(n, &contested);
    if (rc == DX_OK)
        dx_contested_write(contested.items, contested.count, record);
    dx_free(contested.items);
    if (rc == DX_OK)
        rc = record->status;
    return rc == DX_OK ? rc
                       : dx_fail(err, rc, "articles with one id: %s",
                             dx_status_text(rc));
}
