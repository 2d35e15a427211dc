/* The element whose paragraphs score best, and its siblings that go on with the
 * article.
 *
 * A paragraph scores by its length and its commas, since headlines and menus have
 * few; the element around it gets the score, the one above half of it. Links take
 * their share of the text away from the score. */
#include "indexer/input/html/body/choose.h"

#include <stdlib.h>

#include "indexer/input/chars/chars.h"

#define NO_PROSE (DX_IN_NOISE | DX_IN_CAPTION | DX_IN_LINK)
#define PARA_MIN_BYTES 25u
#define GOOD_MIN_BYTES 100u /* of a paragraph that a headline cannot be */
#define LEVELS 5u /* of elements around a paragraph that its score reaches */
#define BOX_MAX_BYTES 1000u
#define REST_MIN_BYTES 1000u
#define KNOWN_MIN_BYTES 200u /* of text outside links, to be believed */

/* Elements known to hold an article's text, the surest first. */
static const char *const known[] = {"[itemprop=articleBody]",
    "#news-bodyhtml", "#divArticleDescription2", "#divArticleContent",
    "#news-detail", "#show_content", "[data-role=content]", ".afcbc-body",
    ".detail-content", ".cms-body", ".zce-content-body", ".article__body",
    ".fck_detail", ".singular-content", ".dt-news__content",
    ".__MASTERCMS_CONTENT", ".cmscontents", ".article-body", ".maincontent",
    ".contentDetail", ".bodytext", ".News_Detail_Content", ".article-content",
    ".entry-content", ".post-content", ".detail__content", ".news-content",
    ".content-detail", "#content-detail", ".journal-content-article"};

static bool is_tag(const dx_dom_node *node, const char *const *tags,
    size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(node->tag, tags[i]) == 0)
            return true;
    return false;
}

#define IS_TAG(node, tags) is_tag(node, tags, sizeof tags / sizeof *tags)

/* The nearest element at or above i that may be a part: a block or a cell. */
static uint32_t container(const dx_dom *dom, uint32_t i)
{
    while (dom->nodes[i].parent != DX_DOM_NONE &&
           (dom->nodes[i].kind == DX_DOM_INLINE ||
               dom->nodes[i].kind == DX_DOM_TEXT))
        i = dom->nodes[i].parent;
    return i;
}

static uint32_t container_above(const dx_dom *dom, uint32_t i)
{
    uint32_t parent = dom->nodes[i].parent;

    return parent == DX_DOM_NONE ? i : container(dom, parent);
}

/* Whether a block is a paragraph by its tag, or since no other is in it. */
static bool is_paragraph(const dx_dom *dom, uint32_t i)
{
    static const char *const tags[] = {"p", "li", "blockquote", "h1", "h2",
        "h3", "h4", "h5", "h6", "dd", "dt", "pre"};
    const dx_dom_node *node = &dom->nodes[i];

    if (IS_TAG(node, tags))
        return true;
    if (node->kind != DX_DOM_BLOCK)
        return false;
    for (uint32_t k = i + 1; k < node->end; k++)
        if (dom->nodes[k].kind == DX_DOM_BLOCK ||
            dom->nodes[k].kind == DX_DOM_CELL)
            return false;
    return true;
}

typedef struct scorer {
    const dx_layout *lay;
    float *score;
    uint32_t *good[2]; /* [count + 1]: bytes of long paragraphs before node i, in
                          languages of few and of many letters with marks */
    uint32_t *doubtful; /* [count + 1]: nodes in doubt before node i */
    uint32_t host;   /* container of the paragraph so far */
    uint32_t judged; /* the host whether it is_paragraph() was last asked of */
    bool judged_is;
    uint32_t start;  /* its first text */
    uint32_t bytes, commas, high; /* of it, outside links; not ASCII */
} scorer;

static void count_letters(scorer *s, dx_str text)
{
    uint32_t commas = 0, high = 0;

    for (size_t i = 0; i < text.len; i++) {
        commas += text.ptr[i] == ',';
        high += (unsigned char)text.ptr[i] >> 7;
    }
    s->commas += commas;
    s->high += high;
}

static void end_paragraph(scorer *s)
{
    const dx_dom *dom = s->lay->dom;

    if (s->bytes >= GOOD_MIN_BYTES)
        s->good[s->high > s->bytes / 8][s->start + 1] = s->bytes;
    if (s->bytes >= PARA_MIN_BYTES) {
        float length = (float)s->bytes / 100;
        float score = 2 + (float)s->commas + (length < 3 ? length : 3);
        if (s->judged != s->host) { /* once for all texts in a block */
            s->judged_is = is_paragraph(dom, s->host);
            s->judged = s->host;
        }
        uint32_t host = s->judged_is ? container_above(dom, s->host) : s->host;
        s->score[host] += score;
        for (unsigned level = 1; level < LEVELS && host != 0; level++) {
            host = container_above(dom, host);
            s->score[host] += score / (level == 1 ? 2 : 3 * (float)level);
        }
    }
    s->bytes = s->commas = s->high = 0;
}

static dx_status score_paragraphs(scorer *s, dx_error *err)
{
    const dx_dom *dom = s->lay->dom;

    for (uint32_t i = 0; i < dom->count; i++) {
        DX_TRY(dx_layout_check_stop(s->lay, i, err));
        const dx_dom_node *node = &dom->nodes[i];
        if (node->kind != DX_DOM_TEXT) {
            if (node->kind != DX_DOM_INLINE)
                end_paragraph(s);
            continue;
        }
        if (s->lay->within[i] & NO_PROSE)
            continue;
        dx_str text = dx_trim(node->text);
        if (text.len == 0)
            continue;
        uint32_t host = container(dom, i);
        if (host != s->host)
            end_paragraph(s);
        if (s->bytes == 0)
            s->start = i;
        s->host = host;
        s->bytes += (uint32_t)text.len;
        count_letters(s, text);
    }
    end_paragraph(s);
    for (uint32_t i = 0; i < dom->count; i++) {
        s->good[0][i + 1] += s->good[0][i];
        s->good[1][i + 1] += s->good[1][i];
        s->doubtful[i + 1] = s->doubtful[i] +
                             !!(s->lay->within[i] & DX_IN_DOUBT);
    }
    return DX_OK;
}

static uint32_t good_in(const scorer *s, unsigned marks, uint32_t i)
{
    return s->good[marks][s->lay->dom->nodes[i].end] - s->good[marks][i];
}

static uint32_t doubtful_in(const scorer *s, uint32_t i)
{
    return s->doubtful[s->lay->dom->nodes[i].end] - s->doubtful[i];
}

static float link_density(const dx_layout *lay, uint32_t i)
{
    uint32_t linked = dx_layout_linked(lay, i);
    uint32_t all = linked + dx_layout_plain(lay, i);

    return all ? (float)linked / (float)all : 0;
}

/* What its tag and names promise of an element. */
static float promise(const dx_dom_node *node)
{
    static const char *const good[] = {"article", "body", "content", "entry",
        "hentry", "main", "page", "post", "text", "blog", "story", "detail",
        "chitiet", "noidung"};
    static const char *const good_tags[] = {"div", "article", "section", "main"};
    static const char *const bad_tags[] = {"ol", "ul", "li", "dl", "dd", "dt",
        "form", "address", "aside"};
    float p = IS_TAG(node, good_tags) ? 5.0F : IS_TAG(node, bad_tags) ? -3.0F : 0;
    dx_str names[] = {dx_str_from(dx_dom_attr_of(node, "class")),
        dx_str_from(dx_dom_attr_of(node, "id"))};

    for (size_t n = 0; n < 2; n++)
        for (size_t i = 0; i < sizeof good / sizeof *good; i++)
            if (dx_find_ascii(names[n], good[i]) >= 0) {
                p += 25;
                break;
            }
    return p;
}

static dx_status find_best(const scorer *s, uint32_t *out, dx_error *err)
{
    uint32_t best = 0;

    for (uint32_t i = 0; i < s->lay->dom->count; i++) {
        DX_TRY(dx_layout_check_stop(s->lay, i, err));
        if (s->score[i] <= 0)
            continue;
        s->score[i] += promise(&s->lay->dom->nodes[i]);
        if (s->lay->within[i] & DX_IN_DOUBT)
            s->score[i] -= 25;
        s->score[i] *= 1 - link_density(s->lay, i);
        if (s->score[i] > s->score[best])
            best = i;
    }
    *out = best;
    return DX_OK;
}

/* An element of a known name, if it has not much less than the best one. */
static uint32_t known_body(const dx_layout *lay, uint32_t best)
{
    uint32_t least = dx_layout_plain(lay, best) / 2;

    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        uint32_t i = dx_dom_find(lay->dom, known[k], 0, lay->dom->count);
        for (; i != DX_DOM_NONE;
             i = dx_dom_find(lay->dom, known[k], i + 1, lay->dom->count)) {
            uint32_t bytes = dx_layout_plain(lay, i);
            if (bytes >= KNOWN_MIN_BYTES && bytes >= least)
                return i;
        }
    }
    return best;
}

/* Whether a cell holds paragraphs, as where a table lays out the page. */
static bool is_page_column(const dx_dom *dom, uint32_t i)
{
    unsigned blocks = 0;

    for (uint32_t k = i + 1; k < dom->nodes[i].end && blocks < 2; k++)
        blocks += dom->nodes[k].kind == DX_DOM_BLOCK;
    return blocks >= 2;
}

/* Up from a cell or row to the table, unless it is a column of the page. */
static uint32_t out_of_table(const dx_layout *lay, uint32_t i)
{
    static const char *const parts[] = {"td", "th", "tr", "tbody", "thead"};
    const dx_dom *dom = lay->dom;
    uint32_t table = i;

    while (dom->nodes[table].parent != DX_DOM_NONE &&
           IS_TAG(&dom->nodes[table], parts))
        table = dom->nodes[table].parent;
    bool most = dx_layout_plain(lay, i) > dx_layout_plain(lay, table) / 2;
    return most && is_page_column(dom, i) ? i : table;
}

static uint32_t all_in(const dx_layout *lay, uint32_t i)
{
    return dx_layout_plain(lay, i) + dx_layout_linked(lay, i);
}

/* Up to where the text goes on in other elements: around a good deal more of
 * it in the same language, which is long paragraphs for the most part, not menus
 * and lists. */
static uint32_t around_the_rest(const scorer *s, uint32_t best)
{
    static const char *const frames[] = {"main", "article"};
    const dx_dom *dom = s->lay->dom;
    unsigned marks = good_in(s, 1, best) > good_in(s, 0, best);

    bool in_doubt = s->lay->within[best] & DX_IN_DOUBT;

    for (uint32_t up = dom->nodes[best].parent; up != DX_DOM_NONE;
         up = dom->nodes[up].parent) {
        if (!in_doubt && doubtful_in(s, up))
            break;
        uint32_t have = good_in(s, marks, best);
        uint32_t more = good_in(s, marks, up) - have;
        uint32_t all = all_in(s->lay, up) - all_in(s->lay, best);
        float pure = IS_TAG(&dom->nodes[up], frames) ? 0.4F : 0.65F;
        if (more >= REST_MIN_BYTES && more >= have * 2 / 5 &&
            (float)more >= pure * (float)all)
            best = up;
    }
    return best;
}

/* Up to the element that has siblings with text, from one that holds so little
 * that each paragraph seems to have a box of its own. */
static uint32_t out_of_wrappers(const dx_layout *lay, uint32_t i)
{
    const dx_dom *dom = lay->dom;
    uint32_t parent;

    if (dx_layout_plain(lay, i) > BOX_MAX_BYTES)
        return i;
    while ((parent = dom->nodes[i].parent) != DX_DOM_NONE &&
           all_in(lay, parent) == all_in(lay, i))
        i = parent;
    return i;
}

static bool is_of_one_kind(const dx_dom_node *a, const dx_dom_node *b)
{
    return strcmp(a->tag, b->tag) == 0 &&
           dx_str_eq(dx_str_from(dx_dom_attr_of(a, "class")),
               dx_str_from(dx_dom_attr_of(b, "class")));
}

static bool goes_on(const scorer *s, uint32_t best, uint32_t sibling,
    float least)
{
    const dx_dom_node *node = &s->lay->dom->nodes[sibling];

    if (node->kind == DX_DOM_TEXT)
        return false;
    if (s->score[sibling] >= least)
        return true;
    bool box = dx_layout_plain(s->lay, best) <= BOX_MAX_BYTES &&
               is_of_one_kind(node, &s->lay->dom->nodes[best]);
    if (!box && strcmp(node->tag, "p") != 0)
        return false;
    return dx_layout_plain(s->lay, sibling) >= GOOD_MIN_BYTES &&
           link_density(s->lay, sibling) < 0.25F;
}

static dx_status with_siblings(const scorer *s, uint32_t best, float least,
    dx_arena *arena, dx_parts *out, dx_error *err)
{
    const dx_dom *dom = s->lay->dom;
    uint32_t parent = dom->nodes[best].parent;
    uint32_t from = parent == DX_DOM_NONE ? best : parent + 1;
    uint32_t end = parent == DX_DOM_NONE ? best + 1 : dom->nodes[parent].end;
    uint32_t count = 0;

    for (uint32_t i = from; i < end; i = dom->nodes[i].end)
        count++;
    out->nodes = dx_arena_calloc(arena, count, sizeof *out->nodes);
    if (!out->nodes)
        return dx_fail_nomem(err);
    out->count = 0;
    for (uint32_t i = from; i < end; i = dom->nodes[i].end)
        if (i == best || goes_on(s, best, i, least))
            out->nodes[out->count++] = i;
    return DX_OK;
}

dx_status dx_parts_choose(const dx_layout *lay, dx_arena *arena, dx_parts *out,
    dx_error *err)
{
    scorer s = {.lay = lay, .judged = DX_DOM_NONE};

    s.score = dx_arena_calloc(arena, lay->dom->count, sizeof *s.score);
    for (unsigned k = 0; k < 2; k++)
        s.good[k] = dx_arena_calloc(arena, lay->dom->count + 1, sizeof **s.good);
    s.doubtful = dx_arena_calloc(arena, lay->dom->count + 1, sizeof *s.doubtful);
    if (!s.score || !s.good[0] || !s.good[1] || !s.doubtful)
        return dx_fail_nomem(err);
    uint32_t best;
    DX_TRY(score_paragraphs(&s, err));
    DX_TRY(find_best(&s, &best, err));
    best = known_body(lay, best);
    DX_TRY(dx_stop_check(lay->stop, err));
    best = out_of_table(lay, best);
    best = around_the_rest(&s, best);
    float least = s.score[best] / 5;
    best = out_of_wrappers(lay, best);
    return with_siblings(&s, best, least > 10 ? least : 10, arena, out, err);
}
