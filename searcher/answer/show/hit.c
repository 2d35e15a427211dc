/* Reading hits: stored fields, titles, and passages with the words marked. */
#include "searcher/answer/show/hit.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/civil.h"
#include "common/base/str.h"
#include "common/index/field/article_id.h"
#include "common/index/segment/excerpt.h"
#include "common/index/segment/identity/find.h"
#include "searcher/answer/show/snippet.h"

#define SNIPPET_MAX_BYTES ((size_t)1 << 20)
#define TEXT_MAX_BYTES ((size_t)1 << 30)

struct dx_hit_fields {
    dx_meta meta; /* with NULs */
    size_t id_bytes; /* of the id as it is stored: what is shown may be longer */
    char date[DX_CIVIL_BYTES];
    const char *title; /* NULL until asked for */
};

/* In the arena; NULL: no memory. */
static dx_hit *make_hits(dx_hit_reader *r, const dx_ranked *ranked,
    uint32_t count, uint32_t first)
{
    dx_hit *hits = dx_arena_alloc(r->arena, count * sizeof *hits);
    dx_hit_fields **fields = dx_arena_calloc(r->arena, count, sizeof(void *));

    if (!hits || !fields)
        return NULL;
    for (uint32_t i = 0; i < count; i++)
        hits[i] = (dx_hit){r, &ranked[i], first + i, &fields[i]};
    return hits;
}

dx_status dx_hit_reader_init(dx_hit_reader *r, const dx_ranked *ranked,
    uint32_t count, uint32_t first)
{
    dx_meta_reader_init(&r->meta);
    dx_doc_init(&r->doc);
    dx_doc_init(&r->words);
    if (count == 0)
        return DX_OK;
    r->hits = make_hits(r, ranked, count, first);
    r->count = r->hits ? count : 0;
    return r->hits ? DX_OK : DX_ERR_NOMEM;
}

void dx_hit_reader_free(dx_hit_reader *r)
{
    dx_meta_reader_free(&r->meta);
    dx_doc_free(&r->doc);
    dx_doc_free(&r->words);
}

double dx_hit_score(const dx_hit *hit) { return hit ? hit->ranked->score : 0; }

uint32_t dx_hit_rank(const dx_hit *hit) { return hit ? hit->rank : 0; }

bool dx_hit_is_partial(const dx_hit *hit)
{
    return hit && hit->ranked->partial;
}

bool dx_hit_is_loose(const dx_hit *hit) { return hit && hit->ranked->loose; }

bool dx_hit_is_pinned(const dx_hit *hit) { return hit && hit->ranked->pinned; }

uint32_t dx_hit_similar(const dx_hit *hit)
{
    return hit ? hit->ranked->similar : 0;
}

static const dx_segment *segment_of(const dx_hit_reader *r,
    const dx_ranked *ranked)
{
    return r->collection->generation.segments[ranked->segment];
}

const dx_hit *dx_hit_similar_hit(const dx_hit *hit, uint32_t i)
{
    const dx_ranked *other = hit ? hit->ranked->alike : NULL;

    for (; other && i > 0; i--)
        other = other->alike;
    return other ? make_hits(hit->reader, other, 1, hit->rank) : NULL;
}

/* ---- the document ---- */

/* Looks the query's words up once a segment. */
static bool asks_few(dx_hit_reader *r, const dx_segment *s)
{
    if (r->asked_in != s)
        r->asks_few =
            dx_highlight_filter(s, r->highlight.query,
                r->highlight.exact_accents, &r->asked);
    r->asked_in = s;
    return r->asks_few;
}

/* Decodes a hit's document once, and no more of it than is asked for. Where its
 * words are located, the title's text is not there until it is filled in. */
static bool load_doc(dx_hit_reader *r, const dx_ranked *ranked, bool title_only)
{
    const dx_segment *s = segment_of(r, ranked);
    dx_doc_state state = title_only        ? DX_DOC_TITLE
                         : asks_few(r, s) ? DX_DOC_LOCATED
                                           : DX_DOC_WHOLE;

    if (!title_only && !r->weighed &&
        dx_highlight_weigh(&r->highlight, &r->collection->generation) != DX_OK)
        return false;
    r->weighed |= !title_only;
    if (r->doc_of == ranked &&
        (r->doc_state == state || r->doc_state == DX_DOC_WHOLE))
        return true;
    r->doc_of = NULL;
    dx_status rc =
        state == DX_DOC_LOCATED
            ? dx_segment_locate_terms(s, ranked->doc, &r->asked, &r->doc)
            : dx_segment_read_doc(s, ranked->doc, title_only, &r->doc);
    if (rc != DX_OK)
        return false;
    r->doc_of = ranked;
    r->doc_state = state;
    if (!title_only)
        r->range_count = dx_highlight_ranges(&r->highlight, s, &r->doc, r->ranges);
    return true;
}

static dx_status fill_doc(void *ctx, uint32_t from, uint32_t end)
{
    dx_hit_reader *r = ctx;

    return dx_segment_fill_text(segment_of(r, r->doc_of), from, end, &r->doc,
        &r->words);
}

/* ---- fields ---- */

/* A file of many articles is no address of one. */
static void set_address(const dx_hit_reader *r, dx_meta *meta)
{
    dx_str path = meta->at[DX_FIELD_PATH], *url = &meta->at[DX_FIELD_URL];

    if (r->maps->count > 0)
        *url = dx_address_of(r->maps, *url,
            dx_str_eq(meta->id, path) ? path : (dx_str){NULL, 0}, r->arena);
}

/* Those of a hit, read when one is first asked for; NULL: no memory. */
static dx_hit_fields *fields_of(const dx_hit *hit)
{
    dx_hit_reader *r = hit->reader;
    const dx_ranked *ranked = hit->ranked;
    dx_hit_fields *f = *hit->fields;

    if (f)
        return f;
    f = dx_arena_calloc(r->arena, 1, sizeof *f);
    if (!f)
        return NULL;
    if (dx_segment_read_meta(segment_of(r, ranked), ranked->doc, &r->meta,
            &f->meta) != DX_OK ||
        !dx_meta_keep(&f->meta, r->arena))
        f->meta = (dx_meta){.date = DX_DATE_UNKNOWN};
    f->id_bytes = f->meta.id.len;
    set_address(r, &f->meta);
    f->meta.id = dx_article_shown_id(&r->collection->generation,
        ranked->segment, ranked->doc, f->meta.id, r->arena);
    dx_civil_put(f->meta.date, f->date);
    *hit->fields = f;
    return f;
}

static const char *title_of(const dx_hit *hit, dx_hit_fields *f)
{
    dx_hit_reader *r = hit->reader;

    if (!f->title && load_doc(r, hit->ranked, true))
        f->title = dx_arena_strndup(r->arena, (const char *)r->doc.text.data,
            r->doc.field_end[DX_FIELD_TITLE]);
    return f->title;
}

static const char *key_of(const dx_hit *hit, const dx_hit_fields *f)
{
    return f->meta.id.len ? dx_id_key(f->meta.id, f->id_bytes, hit->reader->arena).ptr
                          : NULL;
}

const char *dx_hit_field(const dx_hit *hit, const char *name)
{
    dx_hit_fields *f = hit && name ? fields_of(hit) : NULL;
    dx_field field = dx_field_named(dx_str_from(name));
    const char *value = NULL;

    if (!f)
        value = NULL;
    else if (field == DX_FIELD_TITLE)
        value = title_of(hit, f);
    else if (field == DX_FIELD_DATE)
        value = f->date;
    else if (field < DX_FIELDS)
        value = f->meta.at[field].ptr;
    else if (strcmp(name, "key") == 0)
        value = key_of(hit, f);
    else if (strcmp(name, "index") == 0)
        value = dx_collection_path(hit->reader->collection, hit->ranked->segment);
    return value ? value : "";
}

/* ---- passages ---- */

typedef dx_status (*snippet_maker)(const dx_snippet_source *source,
    const dx_id_range *ranges, size_t count, const dx_snippet_options *opt,
    dx_buf *out);

static const char *make_snippet(const dx_hit *hit,
    const dx_snippet_options *from, snippet_maker make, size_t bytes_max,
    uint32_t *place)
{
    dx_snippet_options opt = DX_SNIPPET_INIT;
    const char *text = NULL;
    dx_buf out;

    if (!hit || (from && from->size == 0) ||
        !load_doc(hit->reader, hit->ranked, false))
        return "";
    if (from)
        memcpy(&opt, from, from->size < sizeof opt ? from->size : sizeof opt);
    opt.mark_open = opt.mark_open ? opt.mark_open : "";
    opt.mark_close = opt.mark_close ? opt.mark_close : "";
    dx_hit_reader *r = hit->reader;
    bool whole = r->doc_state == DX_DOC_WHOLE;
    dx_snippet_source source = {&r->doc, whole ? &r->doc : &r->words,
        whole ? NULL : fill_doc, r, hit->ranked->passage, place};
    dx_buf_init(&out, bytes_max);
    if (make(&source, r->ranges, r->range_count, &opt, &out) == DX_OK)
        text = dx_arena_strndup(r->arena, (const char *)out.data, out.len);
    dx_buf_free(&out);
    return text ? text : "";
}

const char *dx_hit_snippet(const dx_hit *hit, const dx_snippet_options *opt)
{
    return make_snippet(hit, opt, dx_snippet_passage, SNIPPET_MAX_BYTES, NULL);
}

const char *dx_hit_title(const dx_hit *hit, const dx_snippet_options *opt)
{
    return make_snippet(hit, opt, dx_snippet_title, SNIPPET_MAX_BYTES, NULL);
}

const char *dx_hit_text(const dx_hit *hit, const dx_snippet_options *opt)
{
    dx_snippet_options all = DX_SNIPPET_INIT;

    all.max_bytes = UINT32_MAX;
    return make_snippet(hit, opt ? opt : &all, dx_snippet_text, TEXT_MAX_BYTES, NULL);
}

/* Which page has byte `at` of the body: `starts` has, of each page from the second on,
 * how many bytes it is behind the one before. */
static uint32_t page_at(const char *starts, uint32_t at)
{
    uint64_t start = 0;
    uint32_t page = 1;

    for (char *end; *starts; starts = end + (*end == ' '), page++) {
        start += strtoul(starts, &end, 10);
        if (end == starts || start > at)
            break;
    }
    return page;
}

uint32_t dx_hit_page(const dx_hit *hit)
{
    const char *starts = dx_hit_field(hit, "page_starts");
    uint32_t place = UINT32_MAX;

    if (!*starts)
        return 0;
    (void)make_snippet(hit, NULL, dx_snippet_passage, SNIPPET_MAX_BYTES, &place);
    if (place == UINT32_MAX)
        return 0;
    uint32_t body = hit->reader->doc.field_end[DX_FIELD_LEAD];
    return place < body ? 1 : page_at(starts, place - body);
}
