/* The title: the text on which most places of the page agree.
 *
 * No place is right on all sites: h1 holds the site's name or the section's,
 * og:title a name behind the title, <title> in front of it, linked data may be
 * another article's. Two that agree are right nearly always. */
#include "indexer/input/html/facts/title.h"

#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/date.h"
#include "indexer/input/html/facts/names.h"

#define SEGMENTS_MAX 8u
#define TITLE_MAX_BYTES 500u

static const char *const place_names[DX_TITLE_PLACES] = {"json-ld",
    "microdata", "og:title", "dc.title", "h1", "class", "title", "heading"};

/* ---- gathering ---- */

/* "… (12/03/2024)": when it appeared, set into the heading. */
static dx_str without_date(dx_str s)
{
    const size_t date_max = 20;
    const char *open = s.len ? memrchr(s.ptr, '(', s.len) : NULL;

    if (!open || open == s.ptr || s.ptr[s.len - 1] != ')')
        return s;
    size_t at = (size_t)(open - s.ptr);
    dx_str date = {open + 1, s.len - at - 2};
    return date.len <= date_max && dx_date_parse(date) != DX_DATE_UNKNOWN
               ? dx_trim((dx_str){s.ptr, at})
               : s;
}

static dx_status add(const dx_page *p, dx_title_evidence *e, dx_str text,
    dx_title_place place, uint32_t node)
{
    dx_title_said said = {.place = place, .node = node};

    if (e->count == sizeof e->said / sizeof *e->said)
        return DX_OK;
    DX_TRY(dx_page_line(p, text, &said.text));
    said.text = node == DX_DOM_NONE ? said.text : without_date(said.text);
    if (node != DX_DOM_NONE)
        said.is_link = p->lines.looks[node] & DX_LINE_LINK;
    if (said.text.len && said.text.len <= TITLE_MAX_BYTES)
        e->said[e->count++] = said;
    return DX_OK;
}

static bool is_link_inside(const dx_dom *dom, uint32_t i)
{
    uint32_t k = dx_dom_find(dom, "a[href]", i, dom->nodes[i].end);

    return k != DX_DOM_NONE;
}

static dx_status add_node(const dx_page *p, dx_title_evidence *e, uint32_t i,
    dx_title_place place)
{
    size_t before = e->count;
    dx_str text = {NULL, 0};

    DX_TRY(dx_page_said_by(p, i, &text));
    DX_TRY(add(p, e, text, place, i));
    if (e->count > before && is_link_inside(p->dom, i))
        e->said[before].is_link = true;
    return DX_OK;
}

static bool is_named_title(const dx_dom *dom, uint32_t i)
{
    static const char *const titles[] = {"title-detail", "detail-title",
        "detail__title", "detail_title", "post-title", "article-title",
        "article__title", "news-title", "news_title", "title-page",
        "entry-title", "title-news", "titlenews", "title_news", "newstitle",
        "titledetail", "title_detail", "articletitle", "title-article",
        "title_article", "story-title", "post_title", "page-title", "item-title",
        "tieude", "tieu-de", "tieu_de", NULL};

    return dom->nodes[i].attr_count && dx_node_is_named(dom, i, titles, 0);
}

/* <font size=4>: how pages were written that know no headings. */
static bool is_large_type(const dx_dom_node *node)
{
    const char *size = strcmp(node->tag, "font") == 0
                           ? dx_dom_attr_of(node, "size")
                           : NULL;

    return size && (size[0] == '+' || (size[0] >= '4' && size[0] <= '7'));
}

/* What an element may be of the title's: DX_TITLE_PLACES for nothing. */
static dx_title_place place_of(const dx_page *p, uint32_t i)
{
    static const char *const any[] = {"title", NULL};
    const dx_dom_node *node = &p->dom->nodes[i];
    const char *prop = dx_dom_attr_of(node, "itemprop");

    if (node->kind == DX_DOM_TEXT || strcmp(node->tag, "meta") == 0 ||
        (p->lines.looks[i] & (DX_LINE_ASIDE | DX_LINE_HIDDEN)))
        return DX_TITLE_PLACES;
    if (prop && strcmp(prop, "headline") == 0)
        return DX_TITLE_MICRODATA;
    if (node->tag[0] == 'h' && node->tag[1] == '1')
        return DX_TITLE_H1;
    if (is_named_title(p->dom, i))
        return DX_TITLE_NAMED;
    bool lower = node->tag[0] == 'h' &&
                 (node->tag[1] == '2' || node->tag[1] == '3');
    bool named = node->attr_count && dx_node_is_named(p->dom, i, any, 0);
    return lower || named || is_large_type(node)
               ? DX_TITLE_HEADING
               : DX_TITLE_PLACES;
}

static dx_status add_headings(const dx_page *p, dx_title_evidence *e)
{
    uint32_t counts[DX_TITLE_PLACES] = {0};

    for (uint32_t i = 0; i < p->dom->count; i++) {
        DX_TRY(dx_page_check_stop(p, i));
        dx_title_place place = place_of(p, i);
        uint32_t most = place == DX_TITLE_HEADING ? DX_HEADINGS_MAX / 2
                                                  : DX_HEADINGS_MAX / 6;
        if (place == DX_TITLE_PLACES || counts[place] == most)
            continue;
        size_t before = e->count;
        DX_TRY(add_node(p, e, i, place));
        /* Elements within one another say the same. */
        if (e->count > before && before > 0 && place == DX_TITLE_HEADING &&
            dx_str_eq(e->said[before].text, e->said[before - 1].text))
            e->count = before;
        counts[place] += e->count > before;
    }
    return DX_OK;
}

dx_status dx_title_gather(const dx_page *p, dx_title_evidence *e)
{
    dx_str shared = dx_page_meta(p, "og:title");

    e->count = 0;
    DX_TRY(add(p, e, p->ld.headline, DX_TITLE_LINKED_DATA, DX_DOM_NONE));
    if (!shared.len)
        shared = dx_page_meta(p, "twitter:title");
    DX_TRY(add(p, e, shared, DX_TITLE_SHARED, DX_DOM_NONE));
    DX_TRY(add(p, e, dx_page_meta(p, "headline"), DX_TITLE_MICRODATA,
        DX_DOM_NONE));
    DX_TRY(add(p, e, dx_page_meta(p, "dc.title"), DX_TITLE_DUBLIN_CORE,
        DX_DOM_NONE));
    uint32_t i = dx_dom_find(p->dom, "head title", 0, p->dom->count);
    dx_str document = {NULL, 0};
    if (i != DX_DOM_NONE) {
        DX_TRY(dx_dom_line(p->dom, i, p->arena, &document, p->err));
        DX_TRY(add(p, e, document, DX_TITLE_DOCUMENT, DX_DOM_NONE));
    }
    return add_headings(p, e);
}

/* ---- comparing ---- */

static dx_str without_dots(dx_str s)
{
    while (s.len && s.ptr[s.len - 1] == '.')
        s.len--;
    if (s.len > 3 && memcmp(dx_str_end(s) - 3, "…", 3) == 0)
        s.len -= 3;
    return dx_trim(s);
}

static bool is_cut(dx_str s)
{
    return without_dots(s).len + 3 <= s.len;
}

typedef struct cut { /* a title without the site's name */
    dx_str text;
    uint64_t key; /* dx_name_key() */
} cut;

/* The same, or one of them cut short with dots behind. */
static bool agree(const cut *x, const cut *y)
{
    const size_t enough_bytes = 20;
    dx_str a = x->text, b = y->text;

    if (x->key == y->key)
        return x->key != 0;
    dx_str shorter = a.len < b.len ? a : b, longer = a.len < b.len ? b : a;
    if (!is_cut(shorter))
        return false;
    dx_str stem = without_dots(shorter);
    return stem.len >= enough_bytes && stem.len <= longer.len &&
           memcmp(stem.ptr, longer.ptr, stem.len) == 0;
}

/* ---- the site's name ---- */

typedef struct segments {
    dx_str items[SEGMENTS_MAX];
    size_t count;
    bool has_bar; /* set apart by "|": hardly within a title */
} segments;

/* Length of a separator with its blanks at `at`, or 0. */
static size_t separator_at(dx_str s, size_t at)
{
    static const char *const separators[] = {" | ", " - ", " – ", " — ",
        " :: ", " » ", " « ", " • ", " · ", " › "};

    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        size_t n = strlen(separators[i]);
        if (at + n <= s.len && memcmp(s.ptr + at, separators[i], n) == 0)
            return n;
    }
    return 0;
}

static segments split(dx_str s)
{
    segments out = {.count = 0};
    size_t from = 0, n;

    for (size_t at = 0; at < s.len; at++) {
        if (s.ptr[at] != ' ' || (n = separator_at(s, at)) == 0 ||
            out.count + 1 == SEGMENTS_MAX)
            continue;
        out.has_bar |= s.ptr[at + 1] == '|';
        out.items[out.count++] = (dx_str){s.ptr + from, at - from};
        from = at + n;
        at = from - 1;
    }
    out.items[out.count++] = dx_str_from_offset(s, from);
    return out;
}

static dx_str run_of(const segments *s, size_t from, size_t to)
{
    return dx_trim((dx_str){s->items[from].ptr,
        (size_t)(dx_str_end(s->items[to]) - s->items[from].ptr)});
}

void dx_title_ends(const dx_title_evidence *e, dx_str *front, dx_str *behind)
{
    const size_t telling_words = 4;
    size_t i = 0;

    *front = *behind = (dx_str){NULL, 0};
    while (i < e->count && e->said[i].place != DX_TITLE_DOCUMENT)
        i++;
    if (i == e->count)
        return;
    segments s = split(e->said[i].text);
    if (s.count < 2)
        return;
    if (dx_count_words(run_of(&s, 1, s.count - 1)) >= telling_words)
        *front = dx_trim(s.items[0]);
    if (dx_count_words(run_of(&s, 0, s.count - 2)) >= telling_words)
        *behind = dx_trim(s.items[s.count - 1]);
}

static bool is_site(const dx_page *p, dx_str s)
{
    return dx_name_is_site(p, s) || dx_find_ascii(s, ".vn") >= 0 ||
           dx_find_ascii(s, ".com") >= 0;
}

/* Behind a title "Sở Công Thương" is who publishes; in front of it it may be of
 * whom it speaks. */
static bool is_site_in_front(const dx_page *p, dx_str s)
{
    static const char *const starts[] = {"cổng thông tin", "trang thông tin",
        "trang tin ", "trang chủ", "báo ", "website"};

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (dx_starts_with(s, starts[i]))
            return true;
    return is_site(p, s);
}

static bool is_site_behind(const dx_page *p, dx_str s)
{
    static const char *const starts[] = {"tin tức", "thông tin", "vtv", "vov",
        "trang "};

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (dx_starts_with(s, starts[i]))
            return true;
    return is_site(p, s) || dx_name_is_publisher(s);
}

/* `said` without the site; where a heading is a part of it, that is it. */
static dx_str without_site(const dx_page *p, const dx_title_evidence *e,
    dx_str said)
{
    segments s = split(said);
    size_t first = 0, last = s.count - 1;
    const size_t few = 3, many = 6, enough_bytes = 15;

    for (size_t i = 0; i < e->count; i++) {
        dx_str heading = e->said[i].text;
        if (e->said[i].node == DX_DOM_NONE || is_site_in_front(p, heading) ||
            (dx_count_words(heading) <= few && dx_name_is_publisher(heading)))
            continue;
        for (size_t from = 0; from < s.count && s.count > 1; from++)
            for (size_t to = from; to < s.count; to++)
                if (dx_names_equal(run_of(&s, from, to), heading) &&
                    2 * dx_count_words(heading) >= dx_count_words(said) / 2)
                    return run_of(&s, from, to);
    }
    while (last > first && is_site_behind(p, s.items[last]))
        last--;
    while (first < last && is_site_in_front(p, s.items[first]))
        first++;
    bool whole = first == 0 && last + 1 == s.count;
    if (whole && s.has_bar && last > 0) { /* one of them is the site */
        if (dx_count_words(s.items[0]) <= few && dx_count_words(s.items[1]) >= many)
            first++;
        else
            last--;
    }
    dx_str rest = run_of(&s, first, last);
    return rest.len >= enough_bytes || !whole ? rest : said;
}

/* ---- choosing ---- */

/* Templates with one title for all pages ("Chi tiết tin") are no help. */
static bool is_usable(const dx_page *p, dx_str title)
{
    static const char *const generic[] = {"tin tức", "chi tiết tin",
        "chi tiết tin tức", "chi tiết bài viết", "trang chủ", "tin tức sự kiện",
        "tin tức - sự kiện", "tin tức & sự kiện", "thông báo", "bài viết",
        "chi tiết", "chi tiết văn bản", "văn bản", "nội dung", "home", "news",
        "mobile", "untitled", "untitled document", "default"};

    for (size_t i = 0; i < sizeof generic / sizeof *generic; i++)
        if (dx_equals(title, generic[i]))
            return false;
    return title.len && !dx_name_is_of_page(p, title) && !dx_starts_with(title, "cổng thông tin") &&
           !dx_starts_with(title, "trang thông tin");
}

/* All that stands on the page counts once: another article's title may stand
 * there in several lists. */
static unsigned group_of(const dx_title_said *said)
{
    return 1u << (said->node == DX_DOM_NONE ? said->place : DX_TITLE_H1);
}

/* How many other places agree with the i-th. */
static unsigned supporters(const dx_title_evidence *e, const cut *cuts,
    size_t i)
{
    unsigned groups = 0;

    for (size_t k = 0; k < e->count; k++)
        if (agree(&cuts[k], &cuts[i]))
            groups |= group_of(&e->said[k]);
    groups &= ~group_of(&e->said[i]);
    return (unsigned)__builtin_popcount(groups);
}

static bool has_mark(dx_str s)
{
    const char *p = s.ptr, *end = dx_str_end(s);

    while (p < end) {
        uint32_t c = dx_char_lower(dx_char_next(&p, end));
        if (c >= 0x80 && dx_vowel_at(c) >= 0)
            return true;
    }
    return false;
}

/* "So NN&PTNT Binh Hoa" on a page with headings in Vietnamese: a name that
 * somebody typed for all of the site's pages. */
static bool is_unmarked_site(const dx_title_evidence *e, const cut *cuts,
    size_t i)
{
    const size_t telling_words = 4;

    if (e->said[i].place != DX_TITLE_DOCUMENT || has_mark(cuts[i].text))
        return false;
    for (size_t k = 0; k < e->count; k++)
        if (e->said[k].node != DX_DOM_NONE && !e->said[k].is_link &&
            dx_count_words(cuts[k].text) >= telling_words &&
            has_mark(cuts[k].text))
            return true;
    return false;
}

static int worth(const dx_page *p, const dx_title_evidence *e,
    const cut *cuts, size_t i)
{
    const size_t telling_words = 4, name_words = 8;
    const dx_title_said *said = &e->said[i];
    unsigned support = supporters(e, cuts, i);
    bool is_h1 = said->place == DX_TITLE_H1;

    if (!is_usable(p, cuts[i].text))
        return -1;
    if (support == 0 && (said->is_link || said->place == DX_TITLE_HEADING))
        return !said->is_link && dx_count_words(cuts[i].text) >= telling_words;
    if (support == 0 && is_unmarked_site(e, cuts, i))
        return 0;
    if (support == 0 && said->node == DX_DOM_NONE &&
        dx_name_is_publisher(cuts[i].text) &&
        dx_count_words(cuts[i].text) <= name_words)
        return 0; /* "UBND xã Tân Hòa" */
    return (support ? 200 : 0) + 10 * (int)support +
           (dx_count_words(cuts[i].text) >= telling_words ? 100 : 0) +
           2 * (int)(DX_TITLE_PLACES - said->place) +
           (is_h1 && is_named_title(p->dom, said->node));
}

static bool is_upper(dx_str s)
{
    const char *p = s.ptr, *end = dx_str_end(s);
    size_t small = 0;

    while (p < end) {
        uint32_t c = dx_char_next(&p, end);
        small += dx_char_is_letter(c) && dx_char_lower(c) == c;
    }
    return small == 0;
}

/* Of those that agree the one that a reader sees, unless it is cut or in
 * capitals and another is not. */
static size_t best_form(const dx_title_evidence *e, const cut *cuts,
    size_t best)
{
    for (size_t i = 0; i < e->count; i++) {
        if (i == best || !agree(&cuts[i], &cuts[best]) ||
            (is_cut(cuts[i].text) && !is_cut(cuts[best].text)) ||
            (is_upper(cuts[i].text) && !is_upper(cuts[best].text)))
            continue;
        bool better = (is_cut(cuts[best].text) && !is_cut(cuts[i].text)) ||
                      (is_upper(cuts[best].text) && !is_upper(cuts[i].text)) ||
                      (e->said[i].node != DX_DOM_NONE &&
                          e->said[best].node == DX_DOM_NONE);
        if (better)
            best = i;
    }
    return best;
}

static uint32_t node_of(const dx_title_evidence *e, const cut *cuts,
    size_t best)
{
    if (e->said[best].node != DX_DOM_NONE)
        return e->said[best].node;
    for (size_t i = 0; i < e->count; i++)
        if (e->said[i].node != DX_DOM_NONE && agree(&cuts[i], &cuts[best]))
            return e->said[i].node;
    return DX_DOM_NONE;
}

dx_title_choice dx_title_choose(const dx_page *p, const dx_title_evidence *e)
{
    cut cuts[sizeof e->said / sizeof *e->said];
    int highest = -2;
    size_t best = 0;

    if (e->count == 0)
        return (dx_title_choice){.node = DX_DOM_NONE};
    for (size_t i = 0; i < e->count; i++) {
        cuts[i].text = without_site(p, e, e->said[i].text);
        cuts[i].key = dx_name_key(cuts[i].text);
    }
    for (size_t i = 0; i < e->count; i++) {
        int w = worth(p, e, cuts, i);
        if (w > highest) {
            highest = w;
            best = i;
        }
    }
    unsigned support = supporters(e, cuts, best);
    bool has_linked = e->said[0].place == DX_TITLE_LINKED_DATA;
    best = best_form(e, cuts, best);
    return (dx_title_choice){.text = cuts[best].text,
        .from = place_names[e->said[best].place],
        .node = node_of(e, cuts, best),
        .is_certain = support > 0 || e->count == 1,
        .linked_data_is_stale =
            has_linked && support > 0 && !agree(&cuts[0], &cuts[best])};
}
