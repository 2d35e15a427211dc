/* Category, tags and address. */
#include "indexer/input/html/facts/topics.h"

#include "common/base/buf.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/date.h"
#include "indexer/input/html/facts/names.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define CATEGORY_MAX_BYTES 120u

/* ---- category ---- */

static bool is_category(const dx_page *p, dx_str s)
{
    static const char *const others[] = {"trang chủ", "trang nhất", "home",
        "quay lại", "trở về", "đăng nhập", "đăng ký", "liên hệ", "xem thêm",
        "in trang", "facebook", "zalo", "chia sẻ", "tiếng việt", "english",
        "giới thiệu", "rss", "chi tiết", "chi tiết tin"};

    for (size_t i = 0; i < COUNT(others); i++)
        if (dx_equals(s, others[i]))
            return false;
    const char *at = s.ptr, *end = dx_str_end(s);
    if (s.len && !dx_char_is_letter(dx_char_next(&at, end)) &&
        !dx_is_digit(s.ptr[0]))
        return false; /* "‹ Quay lại" */
    return s.len > 1 && s.len <= CATEGORY_MAX_BYTES &&
           !dx_names_equal(s, p->out->title) && !dx_name_is_of_page(p, s) &&
           dx_date_parse(s) == DX_DATE_UNKNOWN &&
           dx_find_ascii(s, "://") < 0;
}

static dx_status set_category(const dx_page *p, dx_str said, const char *from)
{
    dx_str name;

    if (p->out->category.len || !said.len)
        return DX_OK;
    DX_TRY(dx_page_line(p, said, &name));
    return is_category(p, name) ? dx_page_set(p, DX_FIELD_CATEGORY, name, from)
                                : DX_OK;
}

/* The last link in node i that is one; links to the article itself and to the
 * first page are none. */
static dx_status innermost(const dx_page *p, uint32_t i, dx_str *out)
{
    uint32_t end = p->dom->nodes[i].end;
    dx_str name;

    for (; (i = dx_dom_find(p->dom, "a", i, end)) != DX_DOM_NONE; i++) {
        DX_TRY(dx_page_said_by(p, i, &name));
        if (is_category(p, name))
            *out = name;
    }
    return DX_OK;
}

static dx_status find_breadcrumb(const dx_page *p)
{
    static const char *const crumbs[] = {"[itemtype*=BreadcrumbList]",
        "[class*=crum]", "[class*=Crum]", "[id*=crum]", "[id*=Crum]",
        "[class*=duongdan]", "[class*=duong-dan]"};
    dx_str name = {NULL, 0};

    for (size_t c = 0; c < COUNT(crumbs) && !name.len; c++)
        for (uint32_t i = 0; (i = dx_dom_find(p->dom, crumbs[c], i,
                                  p->dom->count)) != DX_DOM_NONE &&
                             !name.len; i++)
            DX_TRY(innermost(p, i, &name));
    return set_category(p, name, "breadcrumb");
}

/* The first node of all that a line is in, within its block. */
static uint32_t start_of(const dx_page *p, const dx_line *line)
{
    uint32_t from = line->first;

    while (from != line->block && p->dom->nodes[from].parent != line->block &&
           p->dom->nodes[from].parent != DX_DOM_NONE)
        from = p->dom->nodes[from].parent;
    return from;
}

/* The first link in [from, to) that leads elsewhere, or DX_DOM_NONE. */
static uint32_t next_link(const dx_page *p, uint32_t from, uint32_t to)
{
    uint32_t i = dx_dom_find(p->dom, "a[href]", from, to);

    while (i != DX_DOM_NONE && !(p->lines.looks[i] & DX_LINE_LINK))
        i = dx_dom_find(p->dom, "a[href]", i + 1, to);
    return i;
}

/* The only link of a line, if it is all of it but for a sign in front. */
static dx_status only_link(const dx_page *p, const dx_line *line, dx_str *out)
{
    const size_t sign_bytes = 6;
    uint32_t i = next_link(p, start_of(p, line), line->end);

    *out = (dx_str){NULL, 0};
    if ((line->looks & DX_LINE_ASIDE) ||
        (i != DX_DOM_NONE &&
            next_link(p, p->dom->nodes[i].end, line->end) != DX_DOM_NONE))
        return DX_OK;
    if (line->looks & DX_LINE_LINK) {
        *out = line->text;
        return DX_OK;
    }
    if (i != DX_DOM_NONE)
        DX_TRY(dx_dom_line(p->dom, i, p->arena, out, p->err));
    if (out->len + sign_bytes < line->text.len)
        *out = (dx_str){NULL, 0};
    return DX_OK;
}

static bool leads_to_category(const dx_page *p, uint32_t link)
{
    const char *rel = dx_dom_attr_of(&p->dom->nodes[link], "rel");

    return rel && strstr(rel, "category");
}

/* "Đăng trong A, B": links to categories beside one another are several, while a path
 * is one. From `link` on, those that say so by rel; `any`: all. */
static dx_status set_several(const dx_page *p, uint32_t link, uint32_t end, bool any,
    const char *from)
{
    dx_status status = DX_OK;
    dx_buf b;

    dx_buf_init(&b, 64u << 10);
    for (; status == DX_OK && link != DX_DOM_NONE; link = next_link(p, link + 1, end)) {
        dx_str text = {NULL, 0};
        if (any || leads_to_category(p, link))
            status = dx_dom_line(p->dom, link, p->arena, &text, p->err);
        if (status != DX_OK || !is_category(p, text))
            continue;
        if (b.len)
            dx_buf_puts(&b, "; ");
        dx_buf_put_str(&b, text);
    }
    if (status == DX_OK && b.status == DX_ERR_NOMEM)
        status = dx_fail_nomem(p->err);
    if (status == DX_OK && b.status == DX_OK && b.len)
        status = dx_page_set(p, DX_FIELD_CATEGORY,
            (dx_str){(const char *)b.data, b.len}, from);
    dx_buf_free(&b);
    return status;
}

/* The last link of a line that is named for it: the innermost. */
static dx_status find_named(const dx_page *p, const dx_line *line)
{
    static const char *const names[] = {"cate", "chuyenmuc", "chuyen-muc",
        "chuyen_muc", "section", "folder", NULL};
    uint32_t i = start_of(p, line);
    dx_str text = {NULL, 0}, last = {NULL, 0};

    if (line->looks & DX_LINE_ASIDE)
        return DX_OK;
    for (; (i = next_link(p, i, line->end)) != DX_DOM_NONE; i++) {
        if (leads_to_category(p, i))
            return set_several(p, i, line->end, false, "rel");
        if (!dx_node_is_named(p->dom, i, names, 1))
            continue;
        DX_TRY(dx_dom_line(p->dom, i, p->arena, &text, p->err));
        if (is_category(p, text))
            last = text;
    }
    return set_category(p, last, "class");
}

static const char *const labels[] = {"chuyên mục", "danh mục", "nhãn", "mục",
    "category", "categories", "posted in", "filed under", "đăng trong"};

/* An element of a line that is named for it, and leads nowhere. */
static dx_status find_named_text(const dx_page *p, const dx_line *line)
{
    static const char *const names[] = {"category", "chuyenmuc", "chuyen-muc",
        "chuyen_muc", NULL};
    const size_t most_words = 8;

    if ((line->looks & DX_LINE_ASIDE) ||
        next_link(p, line->block, line->end) != DX_DOM_NONE)
        return DX_OK;
    for (uint32_t i = line->block; i < line->end; i++) {
        dx_str text = {NULL, 0};
        if (p->dom->nodes[i].attr_count == 0 ||
            !dx_node_is_named(p->dom, i, names, 0))
            continue;
        DX_TRY(dx_dom_line(p->dom, i, p->arena, &text, p->err));
        text = dx_behind_label(text, labels, COUNT(labels));
        if (dx_count_words(text) <= most_words)
            DX_TRY(set_category(p, text, "class"));
    }
    return DX_OK;
}

/* An element named for it, within a few lines around the title. */
static dx_status find_near_title(const dx_page *p)
{
    const uint32_t around = 6;
    uint32_t t = p->title_line;

    for (uint32_t k = 1; k <= around && t < p->lines.count; k++) {
        if (k <= t)
            DX_TRY(find_named(p, &p->lines.items[t - k]));
        if (t + k < p->lines.count)
            DX_TRY(find_named(p, &p->lines.items[t + k]));
    }
    for (uint32_t k = 1; k <= around && t + k < p->lines.count; k++)
        DX_TRY(find_named_text(p, &p->lines.items[t + k]));
    return DX_OK;
}

/* "Chuyên mục: Y tế", and at the end of the article what leads to its category. */
static dx_status find_below_title(const dx_page *p)
{
    dx_str value;

    for (uint32_t i = p->title_line; i < p->lines.count; i++) {
        const dx_line *line = &p->lines.items[i];
        DX_TRY(dx_page_check_stop(p, i));
        if ((line->looks & DX_LINE_ASIDE) || line->text.len > CATEGORY_MAX_BYTES)
            continue;
        value = dx_behind_label(line->text, labels, COUNT(labels));
        if (value.len == line->text.len)
            continue;
        uint32_t link = next_link(p, start_of(p, line), line->end);
        bool goes_on = value.len && memchr(value.ptr, ':', value.len);
        if (link != DX_DOM_NONE && !goes_on)
            DX_TRY(set_several(p, link, line->end, true, "label"));
        else if (link != DX_DOM_NONE)
            DX_TRY(dx_dom_line(p->dom, link, p->arena, &value, p->err));
        else if (!value.len && i + 1 < p->lines.count)
            value = p->lines.items[i + 1].text;
        DX_TRY(set_category(p, value, "label"));
    }
    if (p->title_line == p->lines.count)
        return DX_OK;
    for (uint32_t i = p->lines.items[p->title_line].first;
         (i = dx_dom_find(p->dom, "a[rel*=category]", i, p->dom->count)) !=
         DX_DOM_NONE;
         i++)
        if (!(p->lines.looks[i] & DX_LINE_ASIDE))
            return set_several(p, i, p->dom->nodes[p->dom->nodes[i].parent].end, false,
                "rel");
    return DX_OK;
}

/* A link by itself right above the title. */
static dx_status find_above_title(const dx_page *p)
{
    const uint32_t above = 4;
    uint32_t t = p->title_line;

    for (uint32_t k = 1; k <= above && k <= t && t < p->lines.count; k++) {
        dx_str name;
        DX_TRY(only_link(p, &p->lines.items[t - k], &name));
        if (is_category(p, name))
            return set_category(p, name, "above title");
    }
    return DX_OK;
}

/* Menus that are a list to choose from. */
static dx_status find_selected(const dx_page *p)
{
    uint32_t i = 0;

    for (; (i = dx_dom_find(p->dom, "option[selected]", i, p->dom->count)) !=
           DX_DOM_NONE; i++) {
        const char *value = dx_dom_attr_of(&p->dom->nodes[i], "value");
        dx_str text = {NULL, 0};
        if (!value || value[0] != '/')
            continue;
        DX_TRY(dx_dom_line(p->dom, i, p->arena, &text, p->err));
        DX_TRY(set_category(p, text, "menu"));
    }
    return DX_OK;
}

/* Of several sections the one that the breadcrumb ends in, else the last: metas
 * go from the wider to the narrower. */
static dx_status find_section(const dx_page *p)
{
    dx_str section = {NULL, 0}, next, name = {NULL, 0};
    size_t from = 0;

    while ((next = dx_page_next_meta(p, "article:section", &from)).len) {
        DX_TRY(dx_page_line(p, next, &name));
        if (is_category(p, name))
            section = name;
        if (dx_names_equal(name, p->ld.breadcrumb))
            break;
    }
    DX_TRY(set_category(p, p->ld.section, "json-ld"));
    DX_TRY(set_category(p, section, "meta"));
    DX_TRY(set_category(p, dx_page_meta(p, "articleSection"), "microdata"));
    uint32_t i = dx_dom_find(p->dom, "[itemprop=articleSection]", 0,
        p->dom->count);
    if (i != DX_DOM_NONE)
        DX_TRY(dx_page_said_by(p, i, &name));
    return set_category(p, i == DX_DOM_NONE ? (dx_str){NULL, 0} : name,
        "microdata");
}

dx_status dx_category_find(const dx_page *p)
{
    DX_TRY(find_section(p));
    DX_TRY(find_breadcrumb(p));
    DX_TRY(set_category(p, p->ld.breadcrumb, "json-ld"));
    DX_TRY(find_near_title(p));
    DX_TRY(find_below_title(p));
    DX_TRY(find_above_title(p));
    return find_selected(p);
}

/* ---- tags ---- */

dx_status dx_tags_find(const dx_page *p)
{
    static const char *const metas[] = {"news_keywords", "keywords"};
    size_t from = 0;
    dx_str tag;
    dx_status status = DX_OK;
    dx_buf b;

    dx_buf_init(&b, 64u << 10);
    while ((tag = dx_page_next_meta(p, "article:tag", &from)).len) {
        if (b.len)
            dx_buf_puts(&b, ", ");
        dx_buf_put_str(&b, tag);
    }
    if (b.status == DX_ERR_NOMEM)
        status = dx_fail_nomem(p->err);
    else if (b.len)
        status = dx_page_set(p, DX_FIELD_TAGS,
            (dx_str){(const char *)b.data, b.len}, "meta");
    dx_buf_free(&b);
    DX_TRY(status);
    DX_TRY(dx_page_set(p, DX_FIELD_TAGS, p->ld.keywords, "json-ld"));
    for (size_t m = 0; m < COUNT(metas); m++)
        DX_TRY(dx_page_set(p, DX_FIELD_TAGS, dx_page_meta(p, metas[m]),
            "meta"));
    return DX_OK;
}

/* ---- address ---- */

static bool is_address(dx_str s)
{
    return dx_find_ascii(s, "http") == 0;
}

dx_status dx_address_find(const dx_page *p)
{
    uint32_t i = dx_dom_find(p->dom, "link[rel=canonical]", 0, p->dom->count);
    struct {
        dx_str address;
        const char *from;
    } places[] = {{{NULL, 0}, "canonical"},
        {dx_page_meta(p, "og:url"), "og:url"}, {p->ld.url, "json-ld"},
        {dx_page_meta(p, "url"), "meta"}};

    if (i != DX_DOM_NONE)
        places[0].address =
            dx_str_from(dx_dom_attr_of(&p->dom->nodes[i], "href"));
    for (size_t k = 0; k < COUNT(places); k++)
        if (is_address(places[k].address))
            return dx_page_set(p, DX_FIELD_URL, places[k].address,
                places[k].from);
    return DX_OK;
}
