/* Sitemaps, by the addresses in them. */
#include "indexer/input/feeds/sitemap.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/buf.h"
#include "common/base/civil.h"
#include "common/base/hash.h"
#include "common/base/mem.h"
#include "indexer/input/byte_stream.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/clean.h"
#include "indexer/input/chars/date.h"
#include "indexer/input/xml/xml.h"

#define PATH_MAX_BYTES 4096u
#define TEXT_MAX_BYTES (64u << 10)

struct dx_sitemap_page {
    uint64_t address; /* hash, of the url without its scheme */
    int32_t date;
    bool is_published; /* the date, else it was changed then */
    dx_str title, source, tags;
};

typedef enum part { LOC, LASTMOD, PUBLISHED, TITLE, SOURCE, KEYWORDS, PARTS } part;

typedef struct gathering {
    dx_sitemap *map;
    dx_buf parts[PARTS];
    unsigned part; /* where text goes; PARTS: nowhere */
} gathering;

static uint64_t address_of(dx_str url)
{
    const char *colon = url.len ? memmem(url.ptr, url.len, "://", 3) : NULL;
    size_t start = colon ? (size_t)(colon - url.ptr) + 3 : 0;
    dx_str rest = dx_str_from_offset(url, start);
    const char *mark = rest.len ? memchr(rest.ptr, '#', rest.len) : NULL;

    return dx_hash64(rest.ptr, mark ? (size_t)(mark - rest.ptr) : rest.len);
}

/* ---- reading ---- */

static dx_status on_open(void *ctx, const char *name,
    const char *const *attributes)
{
    static const char *const names[PARTS] = {[LOC] = "loc",
        [LASTMOD] = "lastmod", [PUBLISHED] = "news:publication_date",
        [TITLE] = "news:title", [SOURCE] = "news:name",
        [KEYWORDS] = "news:keywords"};
    gathering *g = ctx;

    (void)attributes;
    g->part = PARTS;
    for (unsigned i = 0; i < PARTS; i++)
        if (strcasecmp(name, names[i]) == 0)
            g->part = i;
    return DX_OK;
}

static dx_status on_text(void *ctx, dx_str text)
{
    gathering *g = ctx;

    if (g->part < PARTS)
        dx_buf_put_str(&g->parts[g->part], text);
    return DX_OK;
}

static dx_str text_of(const gathering *g, part which)
{
    const dx_buf *b = &g->parts[which];

    return b->status == DX_OK
               ? dx_str_trim((dx_str){(const char *)b->data, b->len})
               : (dx_str){NULL, 0};
}

static dx_status keep(gathering *g, part which, dx_str *out)
{
    dx_str text = text_of(g, which);

    return text.len ? dx_clean_copy(text, DX_CLEAN_LINE, &g->map->arena, out, NULL)
                    : DX_OK;
}

static dx_status add_page(gathering *g)
{
    dx_sitemap *map = g->map;
    void *pages = map->pages;
    int32_t published = dx_date_parse(text_of(g, PUBLISHED));
    struct dx_sitemap_page page = {.address = address_of(text_of(g, LOC)),
        .date = published, .is_published = published != DX_DATE_UNKNOWN};

    if (text_of(g, LOC).len == 0 || map->count == DX_SITEMAP_PAGES_MAX)
        return DX_OK;
    if (!page.is_published)
        page.date = dx_date_parse(text_of(g, LASTMOD));
    DX_TRY(keep(g, TITLE, &page.title));
    DX_TRY(keep(g, SOURCE, &page.source));
    DX_TRY(keep(g, KEYWORDS, &page.tags));
    if (dx_grow(&pages, &map->cap, map->count + 1, sizeof page) != 0)
        return DX_ERR_NOMEM;
    map->pages = pages;
    map->pages[map->count++] = page;
    return DX_OK;
}

static dx_status on_close(void *ctx, const char *name)
{
    gathering *g = ctx;

    g->part = PARTS;
    if (strcasecmp(dx_xml_local(name), "url") != 0)
        return DX_OK;
    dx_status rc = add_page(g);
    for (unsigned i = 0; i < PARTS; i++)
        dx_buf_clear(&g->parts[i]);
    return rc;
}

static dx_status parse(dx_byte_stream *in, gathering *g)
{
    dx_xml_reader reader = {g, on_open, on_close, on_text};
    dx_xml *x = dx_xml_new(&reader, false);
    dx_status rc = x ? DX_OK : DX_ERR_NOMEM;
    dx_str bytes;

    while (rc == DX_OK) {
        rc = dx_byte_stream_ahead(in, 1, &bytes, NULL);
        if (rc == DX_OK)
            rc = dx_xml_put(x, bytes, bytes.len == 0, NULL);
        if (rc == DX_OK && bytes.len == 0)
            break;
        if (rc == DX_OK)
            rc = dx_byte_stream_pass(in, bytes.len, NULL);
    }
    dx_xml_free(x);
    return rc;
}

static dx_status add_file(dx_sitemap *s, const char *path)
{
    gathering g = {.map = s, .part = PARTS};
    dx_byte_stream *in;
    dx_status rc = dx_byte_stream_open(path, &in, NULL);

    if (rc != DX_OK)
        return rc == DX_ERR_NOMEM ? rc : DX_OK;
    for (unsigned i = 0; i < PARTS; i++)
        dx_buf_init(&g.parts[i], TEXT_MAX_BYTES);
    rc = parse(in, &g);
    for (unsigned i = 0; i < PARTS; i++)
        dx_buf_free(&g.parts[i]);
    dx_byte_stream_close(in);
    return rc == DX_ERR_NOMEM ? rc : DX_OK;
}

/* ---- folders ---- */

static bool is_sitemap_name(const char *name)
{
    return strcasestr(name, "sitemap") && strcasestr(name, ".xml");
}

/* Of what is no file, a pipe might never answer. */
static int is_looked_into(const struct dirent *entry)
{
    bool may_be_file = entry->d_type == DT_REG || entry->d_type == DT_LNK ||
                       entry->d_type == DT_UNKNOWN;

    return entry->d_name[0] != '.' &&
           (entry->d_type == DT_DIR ||
               (may_be_file && is_sitemap_name(entry->d_name)));
}

static dx_status add_folder(dx_sitemap *s, const char *folder, unsigned depth)
{
    struct dirent **entries;
    char path[PATH_MAX_BYTES];
    dx_status rc = DX_OK;
    int count = scandir(folder, &entries, is_looked_into, alphasort);

    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        int n = snprintf(path, sizeof path, "%s/%s", folder, name);
        bool fits = n > 0 && (size_t)n < sizeof path;
        bool is_folder = entries[i]->d_type == DT_DIR;
        if (rc == DX_OK && fits && !is_folder)
            rc = add_file(s, path);
        else if (rc == DX_OK && fits && is_folder && depth > 0)
            rc = add_folder(s, path, depth - 1);
        free(entries[i]); /* from libc, not from mem.h */
    }
    if (count >= 0)
        free(entries);
    return rc;
}

dx_status dx_sitemap_add_folder(dx_sitemap *s, const char *folder)
{
    return add_folder(s, folder, 1);
}

void dx_sitemap_free(dx_sitemap *s)
{
    dx_free(s->pages);
    dx_arena_free(&s->arena);
    *s = (dx_sitemap){.pages = NULL};
}

/* ---- looking up ---- */

/* What says more of a page comes first: its publication, a later day. */
static int compare(const void *a, const void *b)
{
    const struct dx_sitemap_page *x = a, *y = b;

    if (x->address != y->address)
        return x->address < y->address ? -1 : 1;
    if (x->is_published != y->is_published)
        return x->is_published ? -1 : 1;
    return (x->date < y->date) - (x->date > y->date);
}

void dx_sitemap_sort(dx_sitemap *s)
{
    if (s->count)
        qsort(s->pages, s->count, sizeof *s->pages, compare);
}

static const struct dx_sitemap_page *find(const dx_sitemap *s, dx_str url)
{
    uint64_t address = address_of(url);
    size_t from = 0, to = s->count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (s->pages[middle].address < address)
            from = middle + 1;
        else
            to = middle;
    }
    return from < s->count && s->pages[from].address == address
               ? &s->pages[from]
               : NULL;
}

void dx_sitemap_help(const dx_sitemap *s, dx_article *a)
{
    const struct dx_sitemap_page *page = s && a->url.len ? find(s, a->url) : NULL;

    if (!page)
        return;
    const struct { dx_field field; dx_str value; } lines[] = {
        {DX_FIELD_TITLE, page->title}, {DX_FIELD_SOURCE, page->source},
        {DX_FIELD_TAGS, page->tags}};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (a->at[lines[i].field].len || lines[i].value.len == 0)
            continue;
        a->at[lines[i].field] = lines[i].value;
        a->from.field[lines[i].field] = "sitemap";
    }
    if (a->date == DX_DATE_UNKNOWN && page->date != DX_DATE_UNKNOWN) {
        a->date = page->date;
        a->from.field[DX_FIELD_DATE] = "sitemap";
    }
}
