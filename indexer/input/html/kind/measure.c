/* Counting a page's prose, links and listings. */
#include "indexer/input/html/kind/measure.h"

#include <string.h>

#include "indexer/input/chars/chars.h"

#define ITEM_MAX_WORDS 80u   /* of an item without a title that is a link */
#define ITEMS_MIN 3u         /* that look alike, to be a listing */
#define PROSE_MIN_WORDS 10u  /* of a paragraph */
#define TEASER_MAX_WORDS 60u /* of a paragraph below a title that is a link */
#define LINK_MAX_WORDS 60u   /* of links to one address, one after another */

enum { IN_LINK = 1, HIDDEN = 2, FURNITURE = 4, LISTED = 8, SENTENCE = 16 };

uint32_t dx_html_words(dx_str s)
{
    uint32_t words = 0, ideographs = 0;
    bool within = false;

    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        ideographs += c >= 0xE3 && c <= 0xEC; /* how they and kana begin */
        if (c <= ' ') {
            within = false;
        } else if (!within &&
                   (c >= 0x80 || ((c | 32) >= 'a' && (c | 32) <= 'z'))) {
            within = true;
            words++;
        }
    }
    return words + ideographs / 2;
}

static bool is_any_of(const char *tag, const char *const *tags, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(tag, tags[i]) == 0)
            return true;
    return false;
}
#define IS_ANY_OF(tag, tags) is_any_of(tag, tags, sizeof(tags) / sizeof *(tags))

static bool is_heading(const char *tag)
{
    return tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6' && !tag[2];
}

/* A link to another page, not to a place on this one. */
static bool leads_elsewhere(const dx_dom_node *node)
{
    static const char *const not [] = {"#", "javascript:", "mailto:", "tel:"};
    const char *href =
        strcmp(node->tag, "a") == 0 ? dx_dom_attr_of(node, "href") : NULL;

    if (!href || !*href)
        return false;
    for (size_t i = 0; i < sizeof not / sizeof *not ; i++)
        if (strncmp(href, not [i], strlen(not [i])) == 0)
            return false;
    return true;
}

static bool is_furniture_tag(const char *tag)
{
    static const char *const tags[] = {"nav", "footer", "aside"};

    return IS_ANY_OF(tag, tags);
}

static bool is_footer_name(const char *name)
{
    for (; name && *name; name += *name == ' ')
        if (strncmp(name, "footer", 6) == 0 || strncmp(name, "Footer", 6) == 0)
            return true;
        else
            name += strcspn(name, " ");
    return false;
}

static bool is_furniture(const dx_dom_node *node)
{
    return is_furniture_tag(node->tag) ||
           (node->attr_count && strcmp(node->tag, "body") != 0 &&
               (is_footer_name(dx_dom_attr_of(node, "class")) ||
                   is_footer_name(dx_dom_attr_of(node, "id"))));
}

static bool is_hidden(const dx_dom_node *node)
{
    if (node->kind >= DX_DOM_ASIDE && !is_furniture_tag(node->tag))
        return true;
    if (node->attr_count == 0)
        return false;
    const char *style = dx_dom_attr_of(node, "style");
    return dx_dom_attr_of(node, "hidden") ||
           (style && (strstr(style, "display:none") ||
                         strstr(style, "display: none")));
}

static bool is_block(const dx_dom_node *node)
{
    return node->parent == DX_DOM_NONE || node->kind == DX_DOM_CELL ||
           node->kind == DX_DOM_ASIDE ||
           (node->kind == DX_DOM_BLOCK && strcmp(node->tag, "br") != 0);
}

static void mark(const dx_dom *dom, dx_html_share *shares)
{
    for (uint32_t i = 0; i < dom->count; i++) {
        const dx_dom_node *node = &dom->nodes[i];
        bool root = node->parent == DX_DOM_NONE;
        uint8_t flags = root ? 0 : shares[node->parent].flags;
        if (leads_elsewhere(node))
            flags |= IN_LINK;
        if (is_hidden(node))
            flags |= HIDDEN;
        shares[i].flags = flags;
        shares[i].block = is_block(node) ? i : shares[node->parent].block;
    }
}

/* A link that was left open, or wraps a whole text, is none; a parser may have
 * cut it into one a paragraph. */
static void unlink_texts(const dx_dom *dom, dx_html_share *shares)
{
    const char *last = "";
    uint32_t words = 0, first = 0, end = 0;

    for (uint32_t i = 0; i < dom->count; i++) {
        const dx_dom_node *node = &dom->nodes[i];
        if (i < end || !leads_elsewhere(node))
            continue;
        const char *href = dx_dom_attr_of(node, "href");
        if (strcmp(href, last) != 0) {
            words = 0;
            first = i;
        }
        last = href;
        end = node->end;
        for (uint32_t k = i; k < end; k++)
            if (dom->nodes[k].kind == DX_DOM_TEXT)
                words += dx_html_words(dom->nodes[k].text);
        for (; words > LINK_MAX_WORDS && first < end; first++)
            shares[first].flags &= (uint8_t)~IN_LINK;
    }
}

static void count(const dx_dom *dom, dx_html_share *shares)
{
    for (uint32_t i = dom->count; i-- > 0;) {
        const dx_dom_node *node = &dom->nodes[i];
        dx_html_share *s = &shares[i];
        bool hidden = s->flags & HIDDEN;
        if (node->kind == DX_DOM_TEXT && !hidden)
            *(s->flags & IN_LINK ? &s->link_words : &s->plain_words) =
                dx_html_words(node->text);
        s->links += !hidden && s->link_words && leads_elsewhere(node);
        s->title_links +=
            is_heading(node->tag) && s->link_words && !s->plain_words;
        if (node->parent == DX_DOM_NONE)
            continue;
        dx_html_share *up = &shares[node->parent];
        up->plain_words += s->plain_words;
        up->link_words += s->link_words;
        up->links += s->links;
        up->title_links += s->title_links;
    }
}

/* What holds most of a page's text is no furniture, whatever its name. */
static void furnish(const dx_dom *dom, dx_html_share *shares)
{
    for (uint32_t i = 1; i < dom->count; i++) {
        shares[i].flags |= shares[dom->nodes[i].parent].flags & FURNITURE;
        if (shares[i].plain_words * 2 <= shares[0].plain_words &&
            is_furniture(&dom->nodes[i]))
            shares[i].flags |= FURNITURE;
    }
}

/* ---- listings ---- */

/* Paragraphs and what stands within a line are no items: an article's text has
 * links, too. */
static bool may_be_item(const dx_dom_node *node, const dx_html_share *share)
{
    static const char *const never[] = {"p", "a", "span", "b", "i", "strong",
        "em", "u", "font", "sup", "label"};

    return node->kind != DX_DOM_TEXT && share->links > 0 &&
           !IS_ANY_OF(node->tag, never);
}

/* An entry of a blog, of any size, below its title: the first text of some
 * length is that link. */
static bool is_entry(const dx_dom *dom, uint32_t i, const dx_html_share *shares)
{
    const uint32_t min_words = 5; /* no date, no name of a category */

    if (shares[i].title_links != 1)
        return false;
    for (uint32_t k = i; k < dom->nodes[i].end; k++)
        if (dom->nodes[k].kind == DX_DOM_TEXT &&
            shares[k].plain_words + shares[k].link_words >= min_words)
            return shares[k].flags & IN_LINK;
    return false;
}

/* What items of one listing have in common: the tag, and the first class or
 * else the id, but for numbers ("post-12"). */
static uint8_t look_of(const dx_dom_node *node)
{
    const char *name = dx_dom_attr_of(node, "class");
    uint32_t h = 2166136261u; /* FNV-1a */

    if (!name || !*name)
        name = dx_dom_attr_of(node, "id");
    for (const char *t = node->tag; *t; t++)
        h = (h ^ (unsigned char)*t) * 16777619u;
    for (; name && *name && *name != ' '; name++)
        if (!dx_is_digit(*name))
            h = (h ^ (unsigned char)*name) * 16777619u;
    return (uint8_t)(h ^ h >> 8 ^ h >> 16 ^ h >> 24);
}

/* Lists those children that look like at least two others. */
static void list_items(const dx_dom *dom, uint32_t parent,
    dx_html_share *shares, dx_html_measure *out)
{
    uint8_t small[256] = {0},
            entries[256] = {0}; /* how many, up to ITEMS_MIN */
    uint32_t end = dom->nodes[parent].end;
    const dx_dom_node *nodes = dom->nodes;

    for (uint32_t c = parent + 1; c < end; c = nodes[c].end) {
        if (!may_be_item(&nodes[c], &shares[c]))
            continue;
        uint8_t look = look_of(&nodes[c]);
        if (shares[c].plain_words <= ITEM_MAX_WORDS && small[look] < ITEMS_MIN)
            small[look]++;
        if (entries[look] < ITEMS_MIN && is_entry(dom, c, shares))
            entries[look]++;
    }
    for (uint32_t c = parent + 1; c < end; c = nodes[c].end) {
        if (!may_be_item(&nodes[c], &shares[c]))
            continue;
        uint8_t look = look_of(&nodes[c]);
        if ((shares[c].plain_words <= ITEM_MAX_WORDS &&
                small[look] == ITEMS_MIN) ||
            (entries[look] == ITEMS_MIN && is_entry(dom, c, shares))) {
            shares[c].flags |= LISTED;
            out->items++;
            out->item_words += shares[c].plain_words;
        }
    }
}

/* Titles that are links, each with its teaser below it and nothing around both.
 */
static void list_teasers(const dx_dom *dom, uint32_t parent,
    dx_html_share *shares, dx_html_measure *out)
{
    uint32_t titles = 0, end = dom->nodes[parent].end;
    bool below = false;

    for (uint32_t c = parent + 1; c < end; c = dom->nodes[c].end)
        titles += is_heading(dom->nodes[c].tag) && shares[c].title_links;
    for (uint32_t c = parent + 1; titles >= ITEMS_MIN && c < end;
         c = dom->nodes[c].end) {
        if (is_heading(dom->nodes[c].tag))
            below = shares[c].title_links > 0;
        else if (below && shares[c].plain_words <= TEASER_MAX_WORDS) {
            shares[c].flags |= LISTED;
            out->item_words += shares[c].plain_words;
        }
        out->items += below && is_heading(dom->nodes[c].tag);
    }
}

static void find_listings(const dx_dom *dom, dx_html_share *shares,
    dx_html_measure *out)
{
    for (uint32_t i = 0; i < dom->count; i++) {
        const dx_dom_node *node = &dom->nodes[i];
        if (node->parent != DX_DOM_NONE)
            shares[i].flags |= shares[node->parent].flags & LISTED;
        if (shares[i].flags & LISTED || shares[i].links < ITEMS_MIN)
            continue;
        list_items(dom, i, shares, out);
        if (shares[i].title_links >= ITEMS_MIN)
            list_teasers(dom, i, shares, out);
    }
}

/* ---- prose ---- */

/* Who runs the site, at the end of every page. */
static bool is_imprint(dx_str line)
{
    static const char *const starts[] = {"©", "®", "bản quyền", "copyright",
        "ghi rõ nguồn", "giấy phép", "chịu trách nhiệm",
        "người chịu trách nhiệm", "trưởng ban biên tập", "tổng biên tập",
        "tòa soạn", "toà soạn", "cơ quan chủ quản", "địa chỉ:", "trụ sở",
        "điện thoại:", "email:", "tel:", "fax:", "hotline", "đường dây nóng",
        "all rights reserved", "powered by", "thiết kế bởi", "phát triển bởi"};

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (dx_starts_with(line, starts[i]))
            return true;
    return false;
}

static bool ends_sentence(dx_str s)
{
    static const char *const ends[] = {
        ".", "!", "?", ":", ";", "\"", "…", "”", "»", "。", "」"};

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t n = strlen(ends[i]);
        if (s.len >= n && memcmp(dx_str_end(s) - n, ends[i], n) == 0)
            return true;
    }
    return memmem(s.ptr, s.len, ". ", 2) || memmem(s.ptr, s.len, "。", 3);
}

bool dx_html_is_own(const dx_html_measure *m, uint32_t i)
{
    return !(m->shares[i].flags & (IN_LINK | HIDDEN | FURNITURE | LISTED));
}

/* Words of each block itself, without the blocks in it. */
typedef struct line_words {
    uint32_t plain, link;
} line_words;

static dx_status count_prose(const dx_dom *dom, dx_html_share *shares,
    dx_arena *arena, dx_html_measure *out, dx_error *err)
{
    line_words *lines = dx_arena_calloc(arena, dom->count, sizeof *lines);

    if (!lines)
        return dx_fail_nomem(err);
    for (uint32_t i = 0; i < dom->count; i++) {
        const dx_dom_node *node = &dom->nodes[i];
        dx_str text = dx_trim(node->text);
        uint32_t block = shares[i].block;
        if (node->kind != DX_DOM_TEXT || text.len == 0)
            continue;
        if (shares[i].flags & IN_LINK)
            lines[block].link += shares[i].link_words;
        if (!dx_html_is_own(out, i) || is_imprint(text))
            continue;
        lines[block].plain += shares[i].plain_words;
        if (ends_sentence(text))
            shares[block].flags |= SENTENCE;
    }
    for (uint32_t i = 0; i < dom->count; i++) {
        uint32_t words = lines[i].plain;
        if (words < PROSE_MIN_WORDS || words <= lines[i].link ||
            !(shares[i].flags & SENTENCE) || is_heading(dom->nodes[i].tag))
            continue;
        out->prose_words += words;
        if (words > out->longest_words)
            out->longest_words = words;
    }
    return DX_OK;
}

dx_status dx_html_measure_page(const dx_dom *dom, dx_arena *arena,
    dx_html_measure *out, dx_error *err)
{
    dx_html_share *shares = dx_arena_calloc(arena, dom->count, sizeof *shares);

    if (!shares)
        return dx_fail_nomem(err);
    *out = (dx_html_measure){.shares = shares};
    mark(dom, shares);
    unlink_texts(dom, shares);
    count(dom, shares);
    furnish(dom, shares);
    out->plain_words = shares[0].plain_words;
    out->link_words = shares[0].link_words;
    out->links = shares[0].links;
    find_listings(dom, shares, out);
    return count_prose(dom, shares, arena, out, err);
}
