/* Telling articles from lists, home, search, print and error pages. */
#include "indexer/input/html/kind/kind.h"

#include <string.h>

#include "common/base/civil.h"
#include "common/base/stop.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/html/facts/names.h"
#include "indexer/input/html/kind/measure.h"
#include "indexer/input/html/kind/notice.h"

#define HEADLINE_WORDS 5u /* from here on it is none of a list, as a rule */
#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef struct page {
    const dx_dom *dom;
    const dx_article *article;
    dx_arena *arena;
    dx_html_measure m;
    const dx_jsonld *ld;
    dx_str title;            /* of <title> */
    dx_str folded_titles[2]; /* of <title>, og:title: small words */
    uint32_t headline_words; /* of the longest heading that is in the title */
    const atomic_bool *stop;
    dx_error *err;
} page;

/* ---- what the page says of itself ---- */

static bool is_robots(const char *name)
{
    static const char *const names[] = {
        "robots", "googlebot", "googlebot-news"};

    for (size_t i = 0; i < COUNT(names); i++)
        if (name && dx_equals(dx_str_from(name), names[i]))
            return true;
    return false;
}

bool dx_html_is_noindex(const dx_dom *dom)
{
    for (uint32_t i = 0; i < dom->count; i++) {
        const dx_dom_node *node = &dom->nodes[i];
        if (strcmp(node->tag, "meta") != 0 ||
            !is_robots(dx_dom_attr_of(node, "name")))
            continue;
        dx_str content = dx_str_from(dx_dom_attr_of(node, "content"));
        if (dx_find_ascii(content, "noindex") >= 0 ||
            dx_equals(content, "none"))
            return true;
    }
    return false;
}

static bool is_marked_article(const page *p)
{
    static const char *const marks[] = {"[itemprop=articleBody]",
        "[itemtype$=/NewsArticle]", "[itemtype$=/Legislation]"};

    if (p->ld->is_article && !p->ld->is_list)
        return true;
    for (size_t i = 0; i < COUNT(marks); i++) {
        uint32_t at = dx_dom_find(p->dom, marks[i], 0, p->dom->count);
        if (at != DX_DOM_NONE &&
            dx_dom_find(p->dom, marks[i], at + 1, p->dom->count) == DX_DOM_NONE)
            return true;
    }
    return false;
}

/* Content systems name the kind of page in the classes of <body>. */
static bool body_has_class(const page *p, const char *const *classes,
    size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (dx_dom_find(p->dom, classes[i], 0, p->dom->count) != DX_DOM_NONE)
            return true;
    return false;
}

/* "https://a.example", "https://a.example/" */
static bool is_root_address(dx_str url)
{
    const char *host = url.len ? memmem(url.ptr, url.len, "://", 3) : NULL;

    if (!host)
        return false;
    dx_str rest = dx_str_from_offset(url, (size_t)(host + 3 - url.ptr));
    const char *slash = memchr(rest.ptr, '/', rest.len);
    return !slash || slash + 1 == dx_str_end(rest);
}

static bool is_home_title(dx_str title)
{
    static const char *const names[] = {"trang chủ", "trang nhất", "home",
        "homepage", "home page", "startseite", "accueil", "trang đầu"};
    static const char *const ends = "|-–—:»·";

    for (size_t i = 0; i < COUNT(names); i++) {
        size_t n = dx_starts_with(title, names[i]);
        dx_str rest = dx_trim(dx_str_from_offset(title, n));
        if (n && (rest.len == 0 || strchr(ends, rest.ptr[0]) ||
                     (unsigned char)rest.ptr[0] == 0xE2))
            return true;
    }
    return false;
}

static bool is_overview(const page *p)
{
    static const char *const classes[] = {"body.home", "body.blog",
        "body.archive", "body.category", "body.front", "body.path-frontpage",
        "body.homepage"};

    return p->ld->is_list || is_root_address(p->article->url) ||
           is_home_title(p->title) ||
           body_has_class(p, classes, COUNT(classes));
}

/* ---- the headline ---- */

/* Small words with one blank between them. */
static dx_status fold(dx_str s, dx_arena *arena, dx_str *out, dx_error *err)
{
    char *text = dx_arena_alloc(arena, s.len * 2 + 1);
    const char *p = s.ptr, *end = dx_str_end(s);
    size_t n = 0;

    if (!text)
        return dx_fail_nomem(err);
    while (p < end) {
        uint32_t c = dx_char_next(&p, end);
        if (dx_char_is_letter(c) || (c < 0x80 && dx_is_digit((char)c)))
            n += dx_char_put(text + n, dx_char_lower(c));
        else if (n && text[n - 1] != ' ')
            text[n++] = ' ';
    }
    while (n && text[n - 1] == ' ')
        n--;
    *out = (dx_str){text, n};
    return DX_OK;
}

static dx_status find_titles(page *p)
{
    uint32_t i = dx_dom_find(p->dom, "title", 0, p->dom->count);
    dx_str og = {NULL, 0};

    if (i != DX_DOM_NONE)
        DX_TRY(dx_dom_line(p->dom, i, p->arena, &p->title, p->err));
    i = dx_dom_find(p->dom, "meta[property=og:title]", 0, p->dom->count);
    if (i != DX_DOM_NONE)
        og = dx_str_from(dx_dom_attr_of(&p->dom->nodes[i], "content"));
    DX_TRY(fold(p->title, p->arena, &p->folded_titles[0], p->err));
    return fold(og, p->arena, &p->folded_titles[1], p->err);
}

/* The name of a portal stands on all of its pages. */
static bool is_site_name(dx_str heading)
{
    static const char *const starts[] = {"cổng thông tin", "trang thông tin",
        "cổng dữ liệu", "cổng dịch vụ", "báo điện tử", "tạp chí điện tử",
        "website", "chào mừng", "welcome to"};

    for (size_t i = 0; i < COUNT(starts); i++)
        if (dx_starts_with(heading, starts[i]))
            return true;
    return false;
}

static bool is_heading(const dx_dom_node *node)
{
    return node->tag[0] == 'h' && node->tag[1] >= '1' && node->tag[1] <= '4' &&
           !node->tag[2];
}

/* A heading within the page's title is the headline; that of a list is short,
 * and its teasers' titles are not in it. */
static dx_status find_headline(page *p)
{
    for (uint32_t i = 0; i < p->dom->count; i++) {
        dx_str line = {NULL, 0}, folded = {NULL, 0};
        if (!is_heading(&p->dom->nodes[i]))
            continue;
        DX_TRY(dx_dom_line(p->dom, i, p->arena, &line, p->err));
        DX_TRY(fold(line, p->arena, &folded, p->err));
        uint32_t words = dx_html_words(folded);
        if (words <= p->headline_words || is_site_name(line) ||
            (!p->m.shares[i].plain_words && dx_name_is_publisher(line)))
            continue; /* the logo may be a heading, too */
        for (size_t t = 0; t < COUNT(p->folded_titles); t++)
            if (memmem(p->folded_titles[t].ptr, p->folded_titles[t].len,
                    folded.ptr, folded.len))
                p->headline_words = words;
    }
    return DX_OK;
}

/* ---- kinds ---- */

/* What calls print() when a page has been loaded, not when a button is pressed.
 */
static bool prints_on_load(dx_str code, bool is_script)
{
    static const char *const starts[] = {"window.print(", "self.print(",
        "print(", "javascript:print(", "javascript:window.print("};
    static const char *const asked[] = {"click", "function print"};
    ptrdiff_t at = dx_find_ascii(code, "window.print(");

    for (size_t i = 0; i < COUNT(starts); i++)
        if (dx_starts_with(code, starts[i]))
            return true;
    if (at < 0 || !is_script)
        return at >= 0;
    for (size_t i = 0; i < COUNT(asked); i++)
        if (dx_find_ascii(code, asked[i]) >= 0)
            return false;
    return at < 200 && dx_find_ascii(code, "onload") >= 0;
}

bool dx_html_prints_itself(dx_str html)
{
    static const char call[] = "window.print(", open[] = "<script",
                      end[] = "</script";
    const char *p = html.ptr, *last = dx_str_end(html);
    const size_t far = 2000; /* what is longer does more than print */

    for (int calls = 0; calls < 16 && p < last; calls++) {
        p = memmem(p, (size_t)(last - p), call, sizeof call - 1);
        if (!p)
            break;
        size_t before =
            (size_t)(p - html.ptr) < far ? (size_t)(p - html.ptr) : far;
        size_t after = (size_t)(last - p) < far ? (size_t)(last - p) : far;
        const char *start = NULL, *from = p - before;
        for (const char *at = from;
             (at = memmem(at, (size_t)(p - at), open, sizeof open - 1)); at++)
            start = at;
        const char *code =
            start ? memchr(start, '>', (size_t)(p - start)) : NULL;
        const char *stop = memmem(p, after, end, sizeof end - 1);
        if (code && stop &&
            !memmem(code, (size_t)(p - code), end, sizeof end - 1) &&
            prints_on_load(dx_trim((dx_str){
                               code + 1, (size_t)(stop - code - 1)}),
                true))
            return true;
        p += sizeof call - 1;
    }
    return false;
}

static bool is_print_page(const page *p)
{
    uint32_t i = dx_dom_find(p->dom, "body[onload]", 0, p->dom->count);

    return i != DX_DOM_NONE &&
           prints_on_load(dx_str_from(dx_dom_attr_of(&p->dom->nodes[i],
                              "onload")),
               false);
}

/* The notice of the page, if it has next to nothing else to say. Below a
 * headline it is a part of the template, to be shown when something fails. */
static dx_status find_notice(const page *p, dx_left_out *out)
{
    const uint32_t other_max_words = 40, line_max_words = 40;
    const dx_html_measure *m = &p->m;
    bool has_headline = p->headline_words >= HEADLINE_WORDS;
    uint32_t block = DX_DOM_NONE;

    *out = DX_LEFT_NOT;
    if (m->prose_words >
        (has_headline ? other_max_words : other_max_words + line_max_words))
        return DX_OK;
    *out = dx_html_notice(p->title);
    if (has_headline)
        return DX_OK;
    for (uint32_t i = 0; i < p->dom->count && *out == DX_LEFT_NOT; i++) {
        dx_str line = {NULL, 0};
        if (i % 256 == 0)
            DX_TRY(dx_stop_check(p->stop, p->err));
        if (p->dom->nodes[i].kind != DX_DOM_TEXT || !dx_html_is_own(m, i) ||
            dx_trim(p->dom->nodes[i].text).len == 0 ||
            m->shares[i].block == block)
            continue;
        block = m->shares[i].block;
        if (m->shares[block].plain_words > line_max_words)
            DX_TRY(dx_dom_line(p->dom, i, p->arena, &line, p->err));
        else
            DX_TRY(dx_dom_line(p->dom, block, p->arena, &line, p->err));
        uint32_t words = dx_html_words(line);
        uint32_t other = m->prose_words > words ? m->prose_words - words : 0;
        if (words <= line_max_words && other <= other_max_words)
            *out = dx_html_notice(line);
    }
    return DX_OK;
}

/* Measured on pages of many sites: see docs/DECISIONS.md. An article's text has
 * more words of its own than a list's, and its headline is the page's title. */
static bool is_list(const page *p)
{
    const dx_html_measure *m = &p->m;
    uint32_t prose = m->prose_words, body = dx_html_words(p->article->body);
    uint32_t elsewhere = m->link_words + m->item_words;

    if (p->headline_words >= HEADLINE_WORDS)
        return prose < 40 && m->item_words >= 60 &&
               (p->headline_words < 8 || is_overview(p));
    if (prose < 60 && m->links >= 5 &&
        (m->longest_words < 25 || prose * 5 < elsewhere))
        return true;
    if (prose < 100 && prose * 5 < m->plain_words + m->link_words &&
        (elsewhere > prose * 2 || p->article->date == DX_DATE_UNKNOWN) &&
        m->plain_words + m->link_words >= 300)
        return true;
    if (prose >= 400 || prose >= m->link_words)
        return false;
    return body * 10 < m->link_words || is_overview(p);
}

static dx_status find_kind(page *p, dx_left_out *out)
{
    static const char *const errors[] = {
        "body.error404", "body.error-404", "body.page-404"};
    static const char *const searches[] = {
        "body.search-results", "body.search-no-results"};

    DX_TRY(find_titles(p));
    if (is_print_page(p)) {
        *out = DX_LEFT_PRINT;
        return DX_OK;
    }
    if (is_marked_article(p))
        return DX_OK;
    DX_TRY(dx_html_measure_page(p->dom, p->arena, &p->m, p->err));
    DX_TRY(dx_stop_check(p->stop, p->err));
    if (body_has_class(p, errors, COUNT(errors))) {
        *out = DX_LEFT_ERROR_PAGE;
        return DX_OK;
    }
    DX_TRY(find_headline(p));
    DX_TRY(find_notice(p, out));
    bool search = body_has_class(p, searches, COUNT(searches));
    if (*out == DX_LEFT_NOT && (search || is_list(p)))
        *out = search || dx_html_is_search_title(p->title) ? DX_LEFT_SEARCH
                                                           : DX_LEFT_LIST;
    return DX_OK;
}

dx_status dx_html_kind(const dx_dom *dom, const dx_article *a, const dx_jsonld *ld,
    const atomic_bool *stop, dx_arena *arena, dx_left_out *out, dx_error *err)
{
    page p = {.dom = dom, .article = a, .ld = ld, .stop = stop, .arena = arena,
        .err = err};

    *out = DX_LEFT_NOT;
    return find_kind(&p, out);
}
