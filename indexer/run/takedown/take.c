/* Takes articles down: kills them, and notes what they are known by. */
#include "indexer/run/takedown/take.h"

#include <stdlib.h>

#include "common/base/mem.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/meta.h"
#include "common/index/segment/segment.h"
#include "indexer/gather/article_key.h"

typedef struct mark { /* of an entry: what it is found by */
    uint64_t hash;
    uint32_t entry;
    bool is_claimed; /* by an article that stays */
} mark;

typedef struct taking {
    dx_takedowns *to;
    const dx_takedown_order *order;
    dx_meta_reader meta;
    dx_doc doc;
    mark *keys; /* owned: dx_article_key().lo of those taken, … */
    mark *urls; /* owned: … and their addresses */
    size_t key_count, url_count;
} taking;

static int by_hash(const void *a, const void *b)
{
    const mark *x = a, *y = b;

    return (x->hash > y->hash) - (x->hash < y->hash);
}

static void sort_marks(mark *marks, size_t count)
{
    if (count)
        qsort(marks, count, sizeof *marks, by_hash);
}

/* The first one with this hash, or the end. */
static mark *find_mark(mark *marks, size_t count, uint64_t hash)
{
    size_t lo = 0, hi = count;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (marks[mid].hash < hash)
            lo = mid + 1;
        else
            hi = mid;
    }
    return &marks[lo];
}

/* ---- one article ---- */

static const dx_segment *segment_of(const taking *k, dx_indexed_doc d)
{
    return k->order->indexed->segments[d.segment].segment;
}

static dx_status read_text(taking *k, dx_indexed_doc d, dx_takedown *what)
{
    DX_TRY(dx_segment_read_doc(segment_of(k, d), d.doc, false, &k->doc));
    if (k->doc.field_end[DX_FIELD_BODY] == k->doc.field_end[DX_FIELD_TITLE])
        return DX_OK; /* a title alone is no text to know it by */
    dx_str all = {(const char *)k->doc.text.data, k->doc.text.len};
    what->flags |= DX_TAKEDOWN_TEXT;
    return dx_takedown_text(&all, 1, &what->text);
}

static void add_marks(taking *k, const dx_takedown *what)
{
    uint32_t entry = (uint32_t)k->to->count - 1;
    uint64_t url = dx_takedown_url(what->url);
    dx_hash128 id = dx_hash128_of(what->id.ptr, what->id.len);

    k->keys[k->key_count++] =
        (mark){.hash = dx_article_key(id, what->content).lo, .entry = entry};
    if (url)
        k->urls[k->url_count++] = (mark){.hash = url, .entry = entry};
}

/* It may have been taken down before, by an index that this one was restored over. */
static void keep_reason(const dx_takedowns *t, dx_takedown *what)
{
    for (size_t i = 0; i < t->count; i++) {
        const dx_takedown *old = &t->items[i].what;
        if (old->content != what->content || !dx_str_eq(old->id, what->id))
            continue;
        what->time_s = old->time_s;
        what->reason = old->reason;
    }
}

static dx_status add_article(taking *k, dx_indexed_doc d)
{
    const dx_takedown_order *o = k->order;
    uint32_t number = dx_indexed_file(o->indexed, d);
    dx_takedown what = {.time_s = o->time_s,
        .flags = DX_TAKEDOWN_CONTENT | (o->only ? DX_TAKEDOWN_ONLY : 0u),
        .content = dx_indexed_content(o->indexed, d),
        .reason = dx_str_from(o->reason)};
    dx_meta meta;

    DX_TRY(read_text(k, d, &what));
    DX_TRY(dx_segment_read_meta(segment_of(k, d), d.doc, &k->meta, &meta));
    what.id = meta.id;
    what.url = meta.url;
    keep_reason(k->to, &what);
    DX_TRY(dx_takedowns_add(k->to, &what));
    add_marks(k, &what);
    return number == DX_FILE_NONE
               ? DX_OK
               : dx_takedowns_note(k->to, (uint32_t)k->to->count - 1, number);
}

/* ---- what others have, too ---- */

static dx_status note_borrower(void *ctx, dx_borrowing b)
{
    taking *k = ctx;

    if (b.is_past)
        return DX_OK;
    for (mark *m = find_mark(k->keys, k->key_count, b.key);
         m < k->keys + k->key_count && m->hash == b.key; m++)
        DX_TRY(dx_takedowns_note(k->to, m->entry, b.number));
    return DX_OK;
}

static void claim(taking *k, uint64_t url)
{
    for (mark *m = find_mark(k->urls, k->url_count, url);
         m < k->urls + k->url_count && m->hash == url; m++)
        m->is_claimed = true;
}

static dx_status claim_segment(taking *k, uint32_t number)
{
    const dx_indexed *ix = k->order->indexed;
    dx_meta meta;

    for (uint32_t doc = 0; doc < dx_segment_docs(ix->segments[number].segment);
         doc++) {
        dx_indexed_doc d = {number, doc};
        if (dx_indexed_is(ix, d, DX_INDEXED_DEAD))
            continue;
        DX_TRY(dx_segment_read_meta(segment_of(k, d), doc, &k->meta, &meta));
        claim(k, dx_takedown_url(meta.url));
    }
    return DX_OK;
}

/* An address that an article has that stays names none. */
static dx_status settle_urls(taking *k)
{
    sort_marks(k->urls, k->url_count);
    for (uint32_t i = 0; k->url_count && i < k->order->indexed->count; i++)
        DX_TRY(claim_segment(k, i));
    for (size_t i = 0; i < k->url_count; i++)
        if (!k->urls[i].is_claimed)
            k->to->items[k->urls[i].entry].what.flags |= DX_TAKEDOWN_URL;
    return DX_OK;
}

/* ---- all of them ---- */

static dx_status take(taking *k, const dx_indexed_doc *docs, size_t count,
    dx_error *err)
{
    const dx_takedown_order *o = k->order;

    k->keys = dx_calloc(count, sizeof *k->keys);
    k->urls = dx_calloc(count, sizeof *k->urls);
    if (!k->keys || !k->urls)
        return DX_ERR_NOMEM;
    for (size_t i = 0; i < count; i++) {
        DX_TRY(add_article(k, docs[i]));
        if (o->each)
            DX_TRY(o->each(o->ctx, docs[i]));
        dx_indexed_kill(o->indexed, docs[i]);
    }
    DX_TRY(settle_urls(k));
    sort_marks(k->keys, k->key_count);
    return dx_borrowed_each(o->borrowed, o->files, o->snapshot, note_borrower, k,
        err);
}

dx_status dx_takedowns_take(dx_takedowns *t, const dx_takedown_order *o,
    const dx_indexed_doc *docs, size_t count, dx_error *err)
{
    taking k = {.to = t, .order = o};
    dx_error why = {0};

    if (count == 0)
        return DX_OK;
    dx_meta_reader_init(&k.meta);
    dx_doc_init(&k.doc);
    dx_status rc = take(&k, docs, count, &why);
    dx_meta_reader_free(&k.meta);
    dx_doc_free(&k.doc);
    dx_free(k.keys);
    dx_free(k.urls);
    return rc == DX_OK ? rc
                       : dx_fail(err, rc, "taking articles down: %s",
                             why.msg[0] ? why.msg : dx_status_text(rc));
}

/* ---- what records ask for ---- */

dx_status dx_doc_list_add(dx_doc_list *l, dx_indexed_doc d)
{
    void *p = l->items;

    if (dx_grow(&p, &l->cap, l->count + 1, sizeof *l->items) != 0)
        return DX_ERR_NOMEM;
    l->items = p;
    l->items[l->count++] = d;
    return DX_OK;
}

static bool is_listed(const dx_takedowns *t, dx_str id)
{
    for (size_t i = 0; i < t->count; i++)
        if ((t->items[i].what.flags & DX_TAKEDOWN_ONLY) == 0 &&
            dx_str_eq(t->items[i].what.id, id))
            return true;
    return false;
}

/* Its articles are put into `docs`; if there are none, the id alone is remembered. */
static dx_status find_asked(dx_takedowns *t, const dx_takedown_order *o, dx_str id,
    dx_doc_list *docs)
{
    dx_indexed_cursor c = dx_indexed_cursor_new(o->indexed,
        dx_hash128_of(id.ptr, id.len), o->indexed->count);
    size_t before = docs->count;

    while (dx_indexed_next(&c))
        DX_TRY(dx_doc_list_add(docs, c.at));
    if (docs->count > before || is_listed(t, id))
        return DX_OK;
    dx_takedown what = {.time_s = o->time_s, .id = id,
        .reason = dx_str_from(o->reason)};
    return dx_takedowns_add(t, &what);
}

static int by_str(const void *a, const void *b)
{
    return dx_str_cmp(*(const dx_str *)a, *(const dx_str *)b);
}

dx_status dx_takedowns_take_asked(dx_takedowns *t, const dx_takedown_order *o,
    dx_error *err)
{
    dx_doc_list docs = {0};
    dx_status rc = DX_OK;

    if (t->asked_count)
        qsort(t->asked, t->asked_count, sizeof *t->asked, by_str);
    for (size_t i = 0; rc == DX_OK && i < t->asked_count; i++)
        if (i == 0 || !dx_str_eq(t->asked[i - 1], t->asked[i]))
            rc = find_asked(t, o, t->asked[i], &docs);
    if (rc == DX_ERR_NOMEM)
        dx_fail_nomem(err);
    if (rc == DX_OK)
        rc = dx_takedowns_take(t, o, docs.items, docs.count, err);
    dx_free(docs.items);
    return rc;
}
