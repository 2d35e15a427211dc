/* Title, lead, names and date of a page, each from the surest place that has
 * it. */
#include "indexer/input/html/facts.h"

#include "common/base/buf.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/clean.h"
#include "indexer/input/chars/date.h"
#include "indexer/input/chars/date_line.h"
#include "indexer/input/json/linked_data.h"

#define LEAD_MIN_BYTES 40u
#define LEAD_MAX_BYTES 1500u
#define NAME_MAX_BYTES 120u

static const char *const title_selectors[] = {"h1[itemprop=headline]",
    "h1.News_Detail_Title", "#divArticleDescription3 h1", "#news_content h1",
    "#news-title", "h1[data-role=title]", "h1.detail-title",
    "h1.article__title", "h1.cms-title", ".article-header h1",
    "h1.title-detail", "h1.content-detail-title", "h1.title-page",
    ".article-detail-title", ".post-title", ".article-title",
    ".title-detail", ".tieude", "h1"};
static const char *const lead_selectors[] = {"[data-role=sapo]",
    ".hometext", "#divArticleDescription1", "#divArticleDescription",
    "#news-des", "#show_description", ".detail-sapo", ".article__sapo",
    "p.description", "h2.content-detail-sapo", ".content-detail-sapo",
    ".singular-sapo", ".dt-news__sapo", ".article-sapo", ".sapo", ".chapeau"};
static const char *const date_selectors[] = {".News_Time_Post",
    "[data-role=publishdate]", ".bread-crumb-detail__time", ".detail-time",
    ".article__meta", ".publish-date", ".post-date", ".article-date",
    ".news-date", ".ngaydang", ".ngay-dang", ".time", ".date", "p.meta"};
static const char *const author_selectors[] = {"[data-role=author]",
    ".detail-author", ".article__author", ".author-name", ".author",
    ".tac-gia", ".tacgia"};
static const char *const source_selectors[] = {"[data-role=source]",
    "[id$=_pnNguontin]", ".nguontin", ".nguon-tin", ".article-source",
    ".source"};
#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef struct page {
    const dx_dom *dom;
    dx_arena *arena;
    dx_article *out;
    dx_str site; /* the portal's own name */
    dx_error *err;
} page;

/* ---- where facts come from ---- */

static dx_status set_line(const page *p, dx_str *field, dx_str value)
{
    if (field->len || !value.len)
        return DX_OK;
    return dx_clean_copy(value, DX_CLEAN_LINE, p->arena, field, p->err);
}

/* The meta at or after *from whose name or property is `name`, ignoring case;
 * NULL at the end. */
static const char *next_meta(const dx_dom *dom, const char *name,
    uint32_t *from)
{
    while (*from < dom->count) {
        const dx_dom_node *node = &dom->nodes[(*from)++];
        if (strcmp(node->tag, "meta") != 0)
            continue;
        dx_str key = dx_str_from(dx_dom_attr_of(node, "property"));
        dx_str other = dx_str_from(dx_dom_attr_of(node, "name"));
        const char *content = dx_dom_attr_of(node, "content");
        if (content && *content &&
            (dx_equals(key, name) || dx_equals(other, name)))
            return content;
    }
    return NULL;
}

static dx_str meta(const page *p, const char *name)
{
    uint32_t from = 0;

    return dx_trim(dx_str_from(next_meta(p->dom, name, &from)));
}

static dx_status set_meta(const page *p, dx_str *field, const char *name)
{
    return set_line(p, field, meta(p, name));
}

/* Text of the first element that matches; microdata may say it better in an
 * attribute than in the text. */
static dx_status set_selected(const page *p, dx_str *field,
    const char *selector)
{
    uint32_t i = 0;

    while (!field->len) {
        i = dx_dom_find(p->dom, selector, i, p->dom->count);
        if (i == DX_DOM_NONE)
            break;
        const char *content = dx_dom_attr_of(&p->dom->nodes[i], "content");
        if (content && *content)
            DX_TRY(set_line(p, field, dx_str_from(content)));
        else
            DX_TRY(dx_dom_line(p->dom, i, p->arena, field, p->err));
        i++;
    }
    return DX_OK;
}

/* ---- title ---- */

/* "… | Báo Tuyên Quang", "… - Cổng thông tin điện tử": without the site. */
static dx_str without_site(dx_str title, dx_str site)
{
    static const char *const separators[] = {" | ", " - ", " – ", " — ",
        " :: "};
    static const char *const sites[] = {"cổng", "báo", "trang", "bộ ", "sở ",
        "ubnd", "tạp chí", "đài", "cục ", "ủy ban", "uỷ ban", "thông tấn",
        "tin tức", "thông tin", "vtv", "vov"};

    for (size_t s = 0; s < COUNT(separators); s++) {
        size_t n = strlen(separators[s]);
        for (size_t at = title.len; at-- > 15;) {
            if (at + n > title.len ||
                memcmp(title.ptr + at, separators[s], n) != 0)
                continue;
            dx_str tail = dx_trim(dx_str_from_offset(title, at + n));
            bool is_site = s == 0 || dx_str_eq(tail, site) ||
                           dx_find_ascii(tail, ".vn") >= 0 ||
                           dx_find_ascii(tail, ".com") >= 0;
            for (size_t i = 0; i < COUNT(sites) && !is_site; i++)
                is_site = dx_starts_with(tail, sites[i]) != 0;
            if (is_site)
                return dx_trim((dx_str){title.ptr, at});
            break;
        }
    }
    return title;
}

/* Templates with one title for all pages ("Chi tiết tin") are no help. */
static bool is_usable_title(dx_str title, dx_str site)
{
    size_t words = 1;

    for (size_t i = 0; i < title.len; i++)
        words += title.ptr[i] == ' ';
    return title.len && words >= 4 && !dx_str_eq(title, site) &&
           !dx_starts_with(title, "cổng thông tin") &&
           !dx_starts_with(title, "trang thông tin");
}

static dx_status find_title(const page *p, const dx_jsonld *ld)
{
    dx_str any = {NULL, 0};
    uint32_t i = 0;
    size_t sources = 4 + COUNT(title_selectors) + 1;

    for (size_t s = 0; s < sources; s++) {
        dx_str t = {NULL, 0};
        if (s == 0)
            t = ld->headline;
        else if (s == 1)
            DX_TRY(set_selected(p, &t, "[itemprop=headline]"));
        else if (s == 2)
            DX_TRY(set_meta(p, &t, "og:title"));
        else if (s == 3)
            DX_TRY(set_meta(p, &t, "dc.title"));
        else if (s + 1 < sources)
            DX_TRY(set_selected(p, &t, title_selectors[s - 4]));
        else if ((i = dx_dom_find(p->dom, "title", 0, p->dom->count)) !=
                 DX_DOM_NONE)
            DX_TRY(dx_dom_line(p->dom, i, p->arena, &t, p->err));
        t = without_site(t, p->site);
        if (is_usable_title(t, p->site)) {
            p->out->title = t;
            return DX_OK;
        }
        if (t.len && (!any.len || dx_str_eq(any, p->site)))
            any = t;
    }
    p->out->title = any;
    return DX_OK;
}

/* ---- lead, date ---- */

static bool is_usable_lead(const page *p, dx_str lead)
{
    return lead.len >= LEAD_MIN_BYTES && lead.len <= LEAD_MAX_BYTES &&
           !dx_str_eq(lead, p->site) && !dx_str_eq(lead, p->out->title);
}

/* The page's own lead goes before linked data and metas, which hold the same
 * text cut short, or a description of the site. */
static dx_status find_lead(const page *p, const dx_jsonld *ld)
{
    static const char *const metas[] = {"og:description", "dc.description",
        "description"};
    dx_str lead = {NULL, 0};

    for (size_t i = 0; i < COUNT(lead_selectors); i++) {
        lead.len = 0;
        DX_TRY(set_selected(p, &lead, lead_selectors[i]));
        if (is_usable_lead(p, lead))
            goto found;
    }
    lead = ld->description;
    if (is_usable_lead(p, lead))
        goto found;
    lead.len = 0;
    DX_TRY(set_selected(p, &lead, "[itemprop=description]"));
    for (size_t i = 0; i < COUNT(metas) && !is_usable_lead(p, lead); i++) {
        lead.len = 0;
        DX_TRY(set_meta(p, &lead, metas[i]));
    }
    if (!is_usable_lead(p, lead))
        return DX_OK;
found:
    p->out->lead = lead;
    return DX_OK;
}

static void set_date(const page *p, dx_str text)
{
    if (p->out->date == DX_DATE_UNKNOWN && text.len)
        p->out->date = dx_date_parse(text);
}

static dx_status find_date(const page *p, const dx_jsonld *ld)
{
    static const char *const metas[] = {"article:published_time",
        "article:published", "og:published_time", "pubdate", "publish-date",
        "publishdate", "dc.date.issued", "dcterms.issued", "dcterms.created",
        "dc.date.created", "dc.date", "dcterms.date", "date"};
    const dx_dom *dom = p->dom;

    p->out->date = ld->date;
    uint32_t i = dx_dom_find(dom, "[itemprop=datePublished]", 0, dom->count);
    if (i != DX_DOM_NONE) {
        set_date(p, dx_str_from(dx_dom_attr_of(&dom->nodes[i], "content")));
        set_date(p, dx_str_from(dx_dom_attr_of(&dom->nodes[i], "datetime")));
        dx_str text = {NULL, 0};
        DX_TRY(dx_dom_line(dom, i, p->arena, &text, p->err));
        set_date(p, text);
    }
    for (size_t m = 0; m < COUNT(metas); m++)
        set_date(p, meta(p, metas[m]));
    i = dx_dom_find(dom, "time[datetime]", 0, dom->count);
    if (i != DX_DOM_NONE)
        set_date(p, dx_str_from(dx_dom_attr_of(&dom->nodes[i], "datetime")));
    for (size_t s = 0; s < COUNT(date_selectors) &&
                       p->out->date == DX_DATE_UNKNOWN; s++) {
        dx_str text = {NULL, 0};
        DX_TRY(set_selected(p, &text, date_selectors[s]));
        set_date(p, text);
    }
    /* Last, a date line of its own anywhere: "Thứ Tư - 27/03/2024 08:42". */
    for (uint32_t k = 0; k < dom->count && p->out->date == DX_DATE_UNKNOWN; k++) {
        int32_t date;
        if (dom->nodes[k].kind == DX_DOM_TEXT &&
            dx_date_line(dx_trim(dom->nodes[k].text), &date))
            p->out->date = date;
    }
    return DX_OK;
}

/* ---- names ---- */

/* Without "Tác giả:" and the like in front. */
static dx_str without_label(dx_str s)
{
    static const char *const names[] = {"tác giả bài viết", "tác giả",
        "nguồn tin", "nguồn", "theo", "bài, ảnh", "bởi", "by"};

    for (size_t i = 0; i < COUNT(names); i++) {
        size_t n = dx_starts_with(s, names[i]);
        if (n == 0 || n == s.len)
            continue;
        dx_str rest = dx_trim(dx_str_from_offset(s, n));
        if (rest.ptr != s.ptr + n || rest.ptr[0] == ':') {
            if (rest.len && rest.ptr[0] == ':')
                rest = dx_trim(dx_str_from_offset(rest, 1));
            return rest;
        }
    }
    return s;
}

static bool is_name(const page *p, dx_str s)
{
    return s.len > 1 && s.len <= NAME_MAX_BYTES && !dx_str_eq(s, p->site) &&
           dx_find_ascii(s, "://") < 0 && !dx_equals(s, "admin") &&
           !dx_starts_with(s, "cổng thông tin") &&
           !dx_starts_with(s, "trang thông tin");
}

static dx_status set_name(const page *p, dx_str *field, const char *selector)
{
    dx_str s = {NULL, 0};

    if (field->len)
        return DX_OK;
    DX_TRY(set_selected(p, &s, selector));
    s = without_label(s);
    if (is_name(p, s))
        *field = s;
    return DX_OK;
}

/* "Nguồn tin: …" and "Tác giả: …" stand in short blocks outside the body. */
static dx_status find_labelled(const page *p)
{
    static const char *const starts[] = {"tác giả", "nguồn tin", "nguồn:"};
    const dx_dom *dom = p->dom;

    for (uint32_t i = 0; i < dom->count; i++) {
        dx_str text = dx_trim(dom->nodes[i].text), line;
        if (text.len == 0)
            continue;
        for (size_t s = 0; s < COUNT(starts); s++) {
            dx_str *field = s ? &p->out->source : &p->out->author;
            if (field->len || !dx_starts_with(text, starts[s]))
                continue;
            uint32_t up = i;
            while (dom->nodes[up].kind != DX_DOM_BLOCK &&
                   dom->nodes[up].parent != DX_DOM_NONE)
                up = dom->nodes[up].parent;
            DX_TRY(dx_dom_line(dom, up, p->arena, &line, p->err));
            dx_str value = without_label(line);
            if (value.len < line.len && memchr(line.ptr, ':', line.len) &&
                is_name(p, value))
                *field = value;
        }
    }
    return DX_OK;
}

static dx_status find_names(const page *p, const dx_jsonld *ld)
{
    dx_article *out = p->out;

    if (is_name(p, ld->author) && !dx_str_eq(ld->author, ld->publisher))
        out->author = ld->author;
    DX_TRY(set_name(p, &out->author, "[itemprop=author] [itemprop=name]"));
    DX_TRY(set_name(p, &out->author, "[itemprop=author]"));
    for (size_t i = 0; i < COUNT(author_selectors); i++)
        DX_TRY(set_name(p, &out->author, author_selectors[i]));
    for (size_t i = 0; i < COUNT(source_selectors); i++)
        DX_TRY(set_name(p, &out->source, source_selectors[i]));
    return find_labelled(p);
}

/* ---- category, tags, address ---- */

static dx_status find_category(const page *p, const dx_jsonld *ld)
{
    static const char *const crumbs[] = {"[class*=breadcrumb]",
        "[class*=bread-crumb]", "[id*=breadcrumb]"};
    dx_article *out = p->out;

    out->category = ld->section;
    DX_TRY(set_meta(p, &out->category, "article:section"));
    for (size_t c = 0; c < COUNT(crumbs) && !out->category.len; c++) {
        uint32_t i = dx_dom_find(p->dom, crumbs[c], 0, p->dom->count);
        uint32_t end = i == DX_DOM_NONE ? 0 : p->dom->nodes[i].end;
        while ((i = dx_dom_find(p->dom, "a", i, end)) != DX_DOM_NONE) {
            dx_str name;
            DX_TRY(dx_dom_line(p->dom, i, p->arena, &name, p->err));
            if (name.len && name.len <= NAME_MAX_BYTES &&
                !dx_equals(name, "trang chủ") && !dx_equals(name, "home") &&
                !dx_str_eq(name, out->title))
                out->category = name;
            i++;
        }
    }
    return set_line(p, &out->category, ld->breadcrumb);
}

static dx_status find_tags(const page *p, const dx_jsonld *ld)
{
    dx_buf b;
    uint32_t from = 0;
    const char *tag;
    dx_status status = DX_OK;

    dx_buf_init(&b, 64u << 10);
    while ((tag = next_meta(p->dom, "article:tag", &from)) != NULL) {
        if (b.len)
            dx_buf_puts(&b, ", ");
        dx_buf_puts(&b, tag);
    }
    if (b.status == DX_ERR_NOMEM)
        status = dx_fail_nomem(p->err);
    else if (b.len)
        status = set_line(p, &p->out->tags,
            (dx_str){(const char *)b.data, b.len});
    dx_buf_free(&b);
    DX_TRY(status);
    DX_TRY(set_line(p, &p->out->tags, ld->keywords));
    DX_TRY(set_meta(p, &p->out->tags, "news_keywords"));
    return set_meta(p, &p->out->tags, "keywords");
}

static dx_status find_url(const page *p, const dx_jsonld *ld)
{
    dx_str url = {NULL, 0};
    uint32_t i =
        dx_dom_find(p->dom, "link[rel=canonical]", 0, p->dom->count);

    if (i != DX_DOM_NONE)
        url = dx_str_from(dx_dom_attr_of(&p->dom->nodes[i], "href"));
    if (dx_find_ascii(url, "http") != 0)
        url = meta(p, "og:url");
    if (dx_find_ascii(url, "http") != 0)
        url = ld->url;
    if (dx_find_ascii(url, "http") != 0)
        url = meta(p, "url");
    return dx_find_ascii(url, "http") == 0 ? set_line(p, &p->out->url, url)
                                           : DX_OK;
}

static dx_status read_linked_data(const page *p, dx_jsonld *ld)
{
    const dx_dom *dom = p->dom;
    uint32_t i = 0;

    while ((i = dx_dom_find(dom, "script[type=application/ld+json]", i,
                dom->count)) != DX_DOM_NONE) {
        if (i + 1 < dom->nodes[i].end)
            DX_TRY(dx_jsonld_read(dom->nodes[i + 1].text, p->arena, ld,
                p->err));
        i++;
    }
    return DX_OK;
}

dx_status dx_html_facts(const dx_dom *dom, dx_arena *arena, dx_article *out,
    dx_str *ld_body, dx_error *err)
{
    dx_jsonld ld = {.date = DX_DATE_UNKNOWN};
    page p = {.dom = dom, .arena = arena, .out = out, .err = err};

    DX_TRY(set_meta(&p, &p.site, "og:site_name"));
    DX_TRY(read_linked_data(&p, &ld));
    *ld_body = ld.body;
    DX_TRY(find_url(&p, &ld));
    DX_TRY(find_title(&p, &ld));
    DX_TRY(find_lead(&p, &ld));
    DX_TRY(find_date(&p, &ld));
    DX_TRY(find_names(&p, &ld));
    DX_TRY(find_category(&p, &ld));
    DX_TRY(find_tags(&p, &ld));
    return DX_OK;
}

dx_status dx_html_late_facts(const dx_dom *dom, dx_arena *arena,
    dx_article *out, dx_error *err)
{
    static const char *const authors[] = {"author", "article:author",
        "dc.creator", "dcterms.creator"};
    dx_jsonld ld = {.date = DX_DATE_UNKNOWN};
    page p = {.dom = dom, .arena = arena, .out = out, .err = err};

    DX_TRY(set_meta(&p, &p.site, "og:site_name"));
    DX_TRY(read_linked_data(&p, &ld));
    DX_TRY(set_line(&p, &out->source, ld.publisher));
    DX_TRY(set_selected(&p, &out->source,
        "[itemprop=publisher] [itemprop=name]"));
    DX_TRY(set_meta(&p, &out->source, "dc.publisher"));
    DX_TRY(set_line(&p, &out->source, p.site));
    for (size_t i = 0; i < COUNT(authors); i++) {
        dx_str name = meta(&p, authors[i]);
        if (is_name(&p, name) && !dx_str_eq(name, out->source))
            DX_TRY(set_line(&p, &out->author, name));
    }
    return DX_OK;
}
