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
#include "indexer/run/settle/fuller.h"

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

static bool is_contested(const dx_namesakes *n, dx_hash128 id)
{
    dx_indexed_cursor c =
        dx_indexed_cursor_new(n->indexed, id, n->indexed->count);

    bool has_one = dx_indexed_next(&c);
    return has_one && dx_indexed_next(&c);
}

typedef struct telling {
    const dx_namesakes *n;
    dx_meta_reader reader;
    dx_arena arena; /* of one article's fields */
} telling;

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

/* ---- those that say no more than another ---- */

typedef struct summary { /* an article that gave way */
    uint64_t key; /* dx_article_key().lo */
    uint64_t id;  /* dx_article_id_key() */
} summary;

typedef struct summaries {
    summary *items; /* owned */
    size_t count, cap;
    size_t of_before; /* so many of them were there before the run */
    dx_borrowing *found; /* owned */
    size_t found_count, found_cap;
} summaries;

static int by_key(const void *a, const void *b)
{
    const summary *x = a, *y = b;

    return (x->key > y->key) - (x->key < y->key);
}

static dx_status add_summary(summaries *s, dx_hash128 id, uint64_t content)
{
    void *p = s->items;

    if (dx_grow(&p, &s->cap, s->count + 1, sizeof *s->items) != 0)
        return DX_ERR_NOMEM;
    s->items = p;
    s->items[s->count++] =
        (summary){dx_article_key(id, content).lo, dx_article_id_key(id)};
    return DX_OK;
}

/* A block that borrows it waits, too. */
static dx_status note_borrower(void *ctx, dx_borrowing b)
{
    summaries *s = ctx;
    summary wanted = {.key = b.key};
    const summary *found =
        b.is_past ? NULL
                  : bsearch(&wanted, s->items, s->count, sizeof *s->items, by_key);
    void *p = s->found;

    if (!found)
        return DX_OK;
    if (dx_grow(&p, &s->found_cap, s->found_count + 1, sizeof *s->found) != 0)
        return DX_ERR_NOMEM;
    s->found = p;
    s->found[s->found_count++] =
        (dx_borrowing){.number = b.number, .key = found->id};
    return DX_OK;
}

static dx_status add_borrowers(const dx_namesakes *n, summaries *s, dx_error *err)
{
    if (s->count == 0)
        return DX_OK;
    qsort(s->items, s->count, sizeof *s->items, by_key);
    DX_TRY(dx_borrowed_each(n->borrowed, n->files, n->snapshot, note_borrower, s,
        err));
    for (size_t i = 0; i < s->found_count; i++)
        DX_TRY(dx_borrowed_add(n->borrowed, s->found[i].number, s->found[i].key));
    return DX_OK;
}

/* How many articles more were told than there are. */
static int64_t surplus(const dx_namesakes *n)
{
    const uint64_t *counts = n->events->counts;

    return (int64_t)(n->live_before + counts[DX_EVENT_ADDED]) -
           (int64_t)(dx_indexed_live_count(n->indexed) + counts[DX_EVENT_REMOVED]);
}

/* Of one of before, the fuller one takes the place, unless that was no news; one of
 * this run was none itself. */
static void count_summary(const dx_namesakes *n, bool is_of_before)
{
    uint64_t *counts = n->events->counts;

    if (counts[DX_EVENT_ADDED]) {
        counts[DX_EVENT_ADDED]--;
        counts[DX_EVENT_UPDATED] += is_of_before;
        return;
    }
    counts[DX_EVENT_REMOVED]++;
    if (!is_of_before && counts[DX_EVENT_UPDATED])
        counts[DX_EVENT_UPDATED]--; /* what it took the place of is gone */
}

/* A block that was read once more may have brought some untold: they go as they came. */
static void count_summaries(const dx_namesakes *n, const summaries *s)
{
    int64_t left = s->count ? surplus(n) : 0;

    for (size_t i = 0; i < s->count && left > 0; i++, left--)
        count_summary(n, i < s->of_before);
}

static dx_status leave_out(telling *t, dx_indexed_doc d, dx_hash128 id,
    summaries *s)
{
    const dx_namesakes *n = t->n;
    dx_meta meta;

    DX_TRY(dx_indexed_read_fields(t->n->indexed, d, &t->reader, &t->arena, &meta));
    if (d.segment < n->old_count) {
        s->of_before++;
        if (is_held(n, d) && n->events->counts[DX_EVENT_UNCHANGED])
            n->events->counts[DX_EVENT_UNCHANGED]--;
    }
    dx_indexed_kill(n->indexed, d);
    dx_event_tell(n->events,
        &(dx_event){.kind = DX_EVENT_LEFT_OUT, .path = meta.path.ptr,
            .id = meta.id.ptr, .reason = "", .left_out = DX_LEFT_SUMMARY});
    DX_TRY(add_summary(s, id, dx_indexed_content(n->indexed, d)));
    return dx_borrowed_add(n->borrowed, dx_indexed_file(n->indexed, d),
        dx_article_id_key(id));
}

/* Leaves those ids that are still contested. */
static dx_status leave_out_summaries(telling *t, id_list *ids, summaries *s)
{
    dx_indexed_doc found[DX_FULLER_MAX];
    size_t kept = 0, count;

    for (size_t i = 0; i < ids->count; i++) {
        dx_hash128 id = ids->items[i];
        if (i > 0 && dx_hash128_eq(id, ids->items[i - 1]))
            continue;
        DX_TRY(dx_fuller_find(t->n->indexed, id, found, &count));
        for (size_t k = 0; k < count; k++)
            DX_TRY(leave_out(t, found[k], id, s));
        if (is_contested(t->n, id))
            ids->items[kept++] = id;
    }
    ids->count = kept;
    return DX_OK;
}

/* ---- contested ids ---- */

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

    DX_TRY(dx_indexed_read_fields(t->n->indexed, d, &t->reader, &t->arena, &meta));
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

static dx_status tell_contested(telling *t, const id_list *ids)
{
    for (size_t i = 0; i < ids->count; i++) {
        dx_indexed_cursor c = dx_indexed_cursor_new(t->n->indexed,
            ids->items[i], t->n->indexed->count);
        while (dx_indexed_next(&c))
            DX_TRY(tell(t, c.at));
    }
    return DX_OK;
}

static dx_status settle_contested(const dx_namesakes *n, id_list *ids,
    dx_error *err)
{
    summaries left = {.count = 0};
    telling t = {.n = n, .arena = DX_ARENA_INIT};

    dx_meta_reader_init(&t.reader);
    dx_status rc = leave_out_summaries(&t, ids, &left);
    if (rc == DX_OK)
        count_summaries(n, &left);
    if (rc == DX_OK)
        rc = add_borrowers(n, &left, err);
    if (rc == DX_OK)
        rc = tell_contested(&t, ids);
    dx_free(left.items);
    dx_free(left.found);
    dx_meta_reader_free(&t.reader);
    dx_arena_free(&t.arena);
    return rc;
}

/* Ids that were contested and still are. */
static dx_status add_older(const dx_namesakes *n, id_list *contested)
{
    for (size_t i = 0; i < n->before->count; i++) {
        dx_hash128 id = dx_contested_at(n->before, i);
        if (is_contested(n, id))
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
    dx_error why = {0};
    dx_status rc = DX_OK;

    for (size_t i = n->old_count; rc == DX_OK && i < n->indexed->count; i++)
        rc = settle_segment(n, (uint32_t)i, &contested);
    if (contested.count)
        qsort(contested.items, contested.count, sizeof *contested.items,
            by_hash);
    if (rc == DX_OK)
        rc = settle_contested(n, &contested, &why);
    if (rc == DX_OK)
        rc = add_older(n, &contested);
    if (rc == DX_OK)
        dx_contested_write(contested.items, contested.count, record);
    dx_free(contested.items);
    if (rc == DX_OK)
        rc = record->status;
    return rc == DX_OK ? rc
                       : dx_fail(err, rc, "articles with one id: %s",
                             why.msg[0] ? why.msg : dx_status_text(rc));
}
