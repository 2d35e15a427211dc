/* Gathers a feed's entries while its XML is parsed. */
#include "indexer/input/feeds/gather.h"

#include <strings.h>

#include "common/base/mem.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/feeds/entry.h"
#include "indexer/input/feeds/shortcode.h"
#include "indexer/input/xml/xml.h"

#define PART_MAX_BYTES (32u << 20)
#define NO_PART DX_ENTRY_PARTS

/* Besides the entry's parts: what WordPress says of it in its exports, and before all
 * entries of each author. */
enum { KIND = DX_ENTRY_PARTS + 1, STATUS, PASSWORD, LOGIN, NAME, SLOTS };

#define AUTHORS_MAX_BYTES (1u << 20)

struct dx_feed_gatherer {
    dx_xml *xml; /* owned */
    const char *encoding;
    dx_record_each each;
    void *ctx;
    dx_buf parts[SLOTS];
    dx_buf record;
    dx_buf authors; /* "login\nname\n" of each */
    uint64_t number;
    unsigned depth;
    unsigned entry;  /* depth of the entry at hand; 0: outside */
    unsigned begun;  /* depth of the element that the part at hand is from */
    unsigned muted;  /* depth of an element whose text is not wanted; 0: none */
    unsigned part;   /* where text goes; NO_PART: nowhere */
    bool is_markup;  /* of the part: its elements are HTML's, its text is not */
    bool is_sitemap;
    bool id_is_no_address;
    const char *fault; /* no feed */
};

typedef struct dx_feed_gatherer gathering;

/* Elements of an entry; the first of those that fill a part counts. */
static const struct {
    const char *name;
    unsigned part;
} names[] = {{"title", DX_ENTRY_TITLE}, {"atom:title", DX_ENTRY_TITLE},
    {"rss:title", DX_ENTRY_TITLE}, {"link", DX_ENTRY_URL},
    {"atom:link", DX_ENTRY_URL}, {"rss:link", DX_ENTRY_URL},
    {"guid", DX_ENTRY_ID}, {"id", DX_ENTRY_ID}, {"atom:id", DX_ENTRY_ID},
    {"pubdate", DX_ENTRY_DATE}, {"published", DX_ENTRY_DATE},
    {"atom:published", DX_ENTRY_DATE}, {"dc:date", DX_ENTRY_DATE},
    {"issued", DX_ENTRY_DATE}, {"dcterms:issued", DX_ENTRY_DATE},
    {"dcterms:created", DX_ENTRY_DATE}, {"updated", DX_ENTRY_UPDATED},
    {"atom:updated", DX_ENTRY_UPDATED}, {"modified", DX_ENTRY_UPDATED},
    {"dcterms:modified", DX_ENTRY_UPDATED}, {"author", DX_ENTRY_AUTHOR},
    {"atom:author", DX_ENTRY_AUTHOR}, {"dc:creator", DX_ENTRY_AUTHOR},
    {"category", DX_ENTRY_CATEGORY}, {"atom:category", DX_ENTRY_CATEGORY},
    {"dc:subject", DX_ENTRY_CATEGORY}, {"description", DX_ENTRY_SUMMARY},
    {"rss:description", DX_ENTRY_SUMMARY}, {"summary", DX_ENTRY_SUMMARY},
    {"atom:summary", DX_ENTRY_SUMMARY}, {"dc:description", DX_ENTRY_SUMMARY},
    {"content:encoded", DX_ENTRY_CONTENT}, {"content", DX_ENTRY_CONTENT},
    {"atom:content", DX_ENTRY_CONTENT}, {"body", DX_ENTRY_CONTENT},
    {"xhtml:body", DX_ENTRY_CONTENT}, {"fulltext", DX_ENTRY_CONTENT},
    {"source", DX_ENTRY_SOURCE}, {"dc:publisher", DX_ENTRY_SOURCE},
    {"wp:post_type", KIND}, {"wp:status", STATUS},
    {"wp:post_password", PASSWORD}, {"wp:post_date", DX_ENTRY_DATE},
    {"excerpt:encoded", DX_ENTRY_SUMMARY}};

/* Elements of an author. */
static unsigned author_part_of(const char *name)
{
    if (strcasecmp(name, "wp:author_login") == 0)
        return LOGIN;
    return strcasecmp(name, "wp:author_display_name") == 0 ? NAME : NO_PART;
}

static unsigned part_of(const char *name)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcasecmp(names[i].name, name) == 0)
            return names[i].part;
    return NO_PART;
}

static dx_str text_of(const gathering *g, unsigned part)
{
    const dx_buf *b = &g->parts[part];

    return dx_str_trim((dx_str){(const char *)b->data, b->len});
}

static void begin_part(gathering *g, unsigned part)
{
    bool has_several = part == DX_ENTRY_CATEGORY || part == DX_ENTRY_TAGS ||
                       part == DX_ENTRY_AUTHOR;
    dx_buf *b = &g->parts[part];

    if (b->len && !has_several)
        return;
    if (b->len)
        dx_buf_puts(b, part == DX_ENTRY_AUTHOR ? ", " : "; ");
    g->part = part;
    g->begun = g->depth;
}

/* WordPress names the taxonomy of each category; that of posts without one is no
 * category. Others give an address there, or nothing. */
static unsigned taxonomy_of(const char *const *attributes)
{
    static const char *const others[] = {"post_format", "nav_menu", "link_category"};
    static const char *const none[] = {"uncategorized", "chua-phan-loai",
        "khong-phan-loai"};
    const char *domain = dx_xml_attribute(attributes, "domain");
    const char *nicename = dx_xml_attribute(attributes, "nicename");

    if (!domain || !nicename)
        return DX_ENTRY_CATEGORY;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(domain, others[i]) == 0)
            return NO_PART;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (strcmp(nicename, none[i]) == 0)
            return NO_PART;
    return strcmp(domain, "post_tag") == 0 ? DX_ENTRY_TAGS : DX_ENTRY_CATEGORY;
}

/* Atom's links and categories say it in attributes. */
static void take_attributes(gathering *g, unsigned part,
    const char *const *attributes)
{
    const char *value = NULL, *rel = dx_xml_attribute(attributes, "rel");
    const char *type = dx_xml_attribute(attributes, "type");
    const char *is_link = dx_xml_attribute(attributes, "isPermaLink");

    if (part == DX_ENTRY_URL)
        value = dx_xml_attribute(attributes, "href");
    else if (part == DX_ENTRY_CATEGORY)
        value = dx_xml_attribute(attributes, "term");
    if (value && (!rel || strcasecmp(rel, "alternate") == 0))
        dx_buf_puts(&g->parts[part], value);
    if (value)
        g->part = NO_PART;
    if (part == DX_ENTRY_ID)
        g->id_is_no_address = is_link && strcasecmp(is_link, "false") == 0;
    g->is_markup = type && strcasecmp(type, "xhtml") == 0;
}

static void open_root(gathering *g, const char *name)
{
    static const char *const feeds[] = {"rss", "rdf", "feed", "channel"};
    static const char *const sitemaps[] = {"urlset", "sitemapindex"};

    for (size_t i = 0; i < sizeof feeds / sizeof *feeds; i++)
        if (strcasecmp(name, feeds[i]) == 0)
            return;
    for (size_t i = 0; i < sizeof sitemaps / sizeof *sitemaps; i++)
        if (strcasecmp(name, sitemaps[i]) == 0) {
            g->is_sitemap = true;
            return;
        }
    g->fault = "XML that is no feed";
}

/* An element within a part: of XHTML, or of an Atom author. */
static void open_within(gathering *g, const char *name)
{
    if (g->muted)
        return;
    if (g->part == DX_ENTRY_SUMMARY || g->part == DX_ENTRY_CONTENT ||
        g->part == DX_ENTRY_TITLE)
        dx_buf_printf(&g->parts[g->part], "<%s>", name);
    else if (strcasecmp(name, "name") != 0)
        g->muted = g->depth;
}

static dx_status on_open(void *ctx, const char *name,
    const char *const *attributes)
{
    gathering *g = ctx;
    const char *local = dx_xml_local(name);

    if (++g->depth == 1)
        open_root(g, local);
    if (g->fault)
        return DX_ERR_FORMAT;
    if (g->part != NO_PART) {
        open_within(g, local);
    } else if (!g->entry) {
        if (!g->is_sitemap && (strcasecmp(local, "item") == 0 ||
                                  strcasecmp(local, "entry") == 0))
            g->entry = g->depth;
        else if (author_part_of(name) != NO_PART)
            begin_part(g, author_part_of(name));
    } else if (g->depth == g->entry + 1) {
        unsigned part = part_of(name);
        if (part == DX_ENTRY_CATEGORY)
            part = taxonomy_of(attributes);
        if (part == NO_PART)
            return DX_OK;
        begin_part(g, part);
        if (g->part != NO_PART)
            take_attributes(g, part, attributes);
    }
    return DX_OK;
}

static dx_status on_text(void *ctx, dx_str text)
{
    gathering *g = ctx;

    if (g->part == NO_PART || g->muted)
        return DX_OK;
    dx_buf *b = &g->parts[g->part];
    if (!g->is_markup) {
        dx_buf_put_str(b, text);
        return DX_OK;
    }
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == '<' || text.ptr[i] == '&')
            dx_buf_puts(b, text.ptr[i] == '<' ? "&lt;" : "&amp;");
        else
            dx_buf_putc(b, text.ptr[i]);
    return DX_OK;
}

static bool is_site_part(dx_str kind)
{
    static const char *const kinds[] = {"nav_menu_item", "custom_css",
        "customize_changeset", "revision", "oembed_cache", "user_request"};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (dx_equals(kind, kinds[i]))
            return true;
    return dx_starts_with(kind, "wp_") > 0;
}

/* What stands in an export of WordPress besides what it shows. */
static dx_left_out left_out(const gathering *g)
{
    dx_str kind = text_of(g, KIND), status = text_of(g, STATUS);
    bool is_empty = true;

    if (dx_equals(kind, "attachment"))
        return DX_LEFT_MEDIA;
    if (is_site_part(kind))
        return DX_LEFT_SITE_PART;
    if ((status.len && !dx_equals(status, "publish")) ||
        text_of(g, PASSWORD).len)
        return DX_LEFT_UNPUBLISHED;
    for (unsigned i = 0; i < DX_ENTRY_PARTS; i++)
        if (i == DX_ENTRY_TITLE || i == DX_ENTRY_SUMMARY || i == DX_ENTRY_CONTENT)
            is_empty &= text_of(g, i).len == 0;
    return is_empty ? DX_LEFT_EMPTY : DX_LEFT_NOT;
}

static void put_line(dx_buf *out, dx_str text)
{
    for (size_t i = 0; i < text.len; i++)
        dx_buf_putc(out, text.ptr[i] == '\n' ? ' ' : text.ptr[i]);
    dx_buf_putc(out, '\n');
}

/* Notes the author at hand. Of more than a mebibyte of them, none is known. */
static void end_author(gathering *g)
{
    dx_str login = text_of(g, LOGIN), name = text_of(g, NAME);

    if (login.len) {
        put_line(&g->authors, login);
        put_line(&g->authors, name);
    }
    dx_buf_clear(&g->parts[LOGIN]);
    dx_buf_clear(&g->parts[NAME]);
}

static dx_str cut_line(dx_str *rest)
{
    const char *end = memchr(rest->ptr, '\n', rest->len);
    dx_str line = {rest->ptr, (size_t)(end - rest->ptr)};

    *rest = dx_str_from_offset(*rest, line.len + 1);
    return line;
}

/* The name that readers see in place of an account's; none where nobody has given
 * one. */
static dx_str name_of(const gathering *g, dx_str author)
{
    dx_str rest = {(const char *)g->authors.data,
        g->authors.status == DX_OK ? g->authors.len : 0};

    while (rest.len) {
        dx_str login = cut_line(&rest), name = cut_line(&rest);
        if (dx_str_eq(login, author))
            return dx_str_eq(name, login) ? (dx_str){NULL, 0} : name;
    }
    return author;
}

static bool is_address(dx_str s)
{
    return dx_starts_with(s, "http://") || dx_starts_with(s, "https://");
}

static dx_status end_entry(gathering *g)
{
    dx_entry entry = {.left_out = left_out(g)};
    dx_record record = {.number = ++g->number, .encoding = g->encoding};
    dx_status status = DX_OK;

    for (unsigned i = 0; i < SLOTS; i++)
        if (g->parts[i].status != DX_OK)
            status = g->parts[i].status;
    if (text_of(g, KIND).len)
        dx_shortcodes_remove(&g->parts[DX_ENTRY_CONTENT]);
    for (unsigned i = 0; i < DX_ENTRY_PARTS; i++)
        entry.parts[i] = text_of(g, i);
    if (!is_address(entry.parts[DX_ENTRY_URL]) && !g->id_is_no_address &&
        is_address(entry.parts[DX_ENTRY_ID]))
        entry.parts[DX_ENTRY_URL] = entry.parts[DX_ENTRY_ID];
    entry.parts[DX_ENTRY_AUTHOR] = name_of(g, entry.parts[DX_ENTRY_AUTHOR]);
    dx_buf_clear(&g->record);
    dx_entry_put(&entry, &g->record);
    if (status == DX_OK)
        status = g->record.status;
    if (status == DX_ERR_LIMIT)
        record.fault = "an entry of more than 32 MiB";
    else if (status != DX_OK)
        return status;
    record.bytes = (dx_str){(const char *)g->record.data, g->record.len};
    return g->each(g->ctx, &record);
}

static dx_status on_close(void *ctx, const char *name)
{
    gathering *g = ctx;
    dx_status rc = DX_OK;

    if (g->part != NO_PART && g->depth == g->begun) {
        g->part = NO_PART;
        g->is_markup = false;
    } else if (g->part != NO_PART && !g->muted && g->part != DX_ENTRY_AUTHOR) {
        dx_buf_printf(&g->parts[g->part], "</%s>", dx_xml_local(name));
    }
    if (g->muted == g->depth)
        g->muted = 0;
    if (!g->entry && strcasecmp(name, "wp:author") == 0)
        end_author(g);
    if (g->entry == g->depth) {
        g->entry = 0;
        rc = end_entry(g);
        for (unsigned i = 0; i < SLOTS; i++)
            dx_buf_clear(&g->parts[i]);
        g->id_is_no_address = false;
    }
    g->depth--;
    return rc;
}

dx_feed_gatherer *dx_feed_gatherer_new(const char *encoding,
    dx_record_each each, void *ctx)
{
    dx_feed_gatherer *g = dx_calloc(1, sizeof *g);

    if (!g)
        return NULL;
    dx_xml_reader reader = {g, on_open, on_close, on_text};
    g->encoding = encoding;
    g->each = each;
    g->ctx = ctx;
    g->part = NO_PART;
    for (unsigned i = 0; i < SLOTS; i++)
        dx_buf_init(&g->parts[i], PART_MAX_BYTES);
    dx_buf_init(&g->record, SIZE_MAX);
    dx_buf_init(&g->authors, AUTHORS_MAX_BYTES);
    g->xml = dx_xml_new(&reader, true);
    if (g->xml)
        return g;
    dx_feed_gatherer_free(g);
    return NULL;
}

void dx_feed_gatherer_free(dx_feed_gatherer *g)
{
    if (!g)
        return;
    dx_xml_free(g->xml);
    for (unsigned i = 0; i < SLOTS; i++)
        dx_buf_free(&g->parts[i]);
    dx_buf_free(&g->record);
    dx_buf_free(&g->authors);
    dx_free(g);
}

static dx_status tell_sitemap(dx_feed_gatherer *g, dx_error *err)
{
    dx_entry_put(&(dx_entry){.left_out = DX_LEFT_METADATA}, &g->record);
    dx_record record = {.bytes = {(const char *)g->record.data, g->record.len},
        .encoding = g->encoding};
    return g->record.status == DX_OK ? g->each(g->ctx, &record)
                                     : dx_fail_nomem(err);
}

dx_status dx_feed_gatherer_put(dx_feed_gatherer *g, dx_str xml, bool is_last,
    dx_error *err)
{
    dx_status rc = dx_xml_put(g->xml, xml, is_last, err);

    if (g->fault)
        return dx_fail(err, DX_ERR_FORMAT, "%s", g->fault);
    return rc == DX_OK && is_last && g->is_sitemap ? tell_sitemap(g, err) : rc;
}
