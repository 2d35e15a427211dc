#include "tests/support/random_query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "common/text/analyzer.h"
#include "common/text/lexer.h"
#include "common/text/term.h"
#include "searcher/query/parse/parse.h"

/* A small vocabulary, so that phrases, pairs and accents meet by chance; the
 * first words are common, the last ones rare. */
static const char *const vocabulary[] = {"của", "và", "so", "số", "sổ", "đổi",
    "đôi", "doi", "chuyển", "chuyen", "chuyện", "bắc", "bac", "bạc", "giang",
    "giảng", "tỉnh", "tinh", "hội", "hoi", "nghị", "749", "3.600", "dịch", "vụ",
    "công", "cong", "trực", "tuyến", "lũ", "lụt", "miền", "trung", "hòa",
    "hoà", "thuỷ", "services", "16/12/2021", "749/QĐ-TTg", "xã"};
#define VOCABULARY (sizeof vocabulary / sizeof *vocabulary)

static uint64_t random_state = 20211216;

uint32_t random_below(uint32_t n)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((random_state >> 33) % n);
}

const char *random_word(void)
{
    uint32_t a = random_below(VOCABULARY), b = random_below(VOCABULARY);
    uint32_t c = random_below(VOCABULARY);

    a = a < b ? a : b;
    return vocabulary[a < c ? a : c];
}

/* Names, and how somebody may ask for them. */
static const char *const names[][2] = {{"VTV", "vtv"},
    {"Báo Bắc Giang", "bao bac giang"}, {"Tuổi Trẻ", "TUỔI TRẺ"},
    {"Thời sự", "thoi su"}, {"Đời sống", "doi song"}};
#define NAMES (sizeof names / sizeof *names)

static const char *const hosts[] = {"vtv.vn", "a.vtv.vn", "bacgiang.gov.vn",
    "gov.vn"};
#define HOSTS (sizeof hosts / sizeof *hosts)

const char *random_name(void) { return names[random_below(NAMES)][0]; }

bool random_name_is(const char *name, dx_str asked)
{
    for (size_t i = 0; i < NAMES; i++)
        if (strcmp(names[i][0], name) == 0)
            return dx_str_eq(asked, dx_str_from(names[i][0])) ||
                   dx_str_eq(asked, dx_str_from(names[i][1]));
    return false;
}

void random_url(char *out, size_t size)
{
    snprintf(out, size, "https://%s/tin-%u.html", hosts[random_below(HOSTS)],
        random_below(100));
}

void random_query(char *out, size_t size)
{
    uint32_t words = 1 + random_below(10);
    bool open = false;
    size_t len = 0;

    for (uint32_t i = 0; i < words; i++) {
        const char *prefix = "";
        if (!open && random_below(8) == 0)
            prefix = "-";
        else if (!open && random_below(8) == 0)
            prefix = "title:";
        bool opens = !open && random_below(4) == 0;
        bool closes = (open || opens) && random_below(2) == 0;
        len += (size_t)snprintf(out + len, size - len, "%s%s%s%s%s",
            i ? " " : "", prefix, opens ? "\"" : "", random_word(),
            closes ? "\"" : "");
        open = (open || opens) && !closes;
    }
}

/* ---- random trees ---- */

static uint32_t add_random_word(dx_query *q, bool plain)
{
    dx_analyzer *a = dx_analyzer_new();
    dx_lexer lx = dx_lexer_new(dx_str_from(random_word()));
    const dx_term *terms;
    dx_str gap, word;
    size_t count;
    uint32_t id;

    assert_non_null(a);
    assert_true(dx_lexer_next(&lx, &gap, &word));
    assert_int_equal(dx_analyzer_word(a, word, &terms, &count), DX_OK);
    const dx_term *t = &terms[random_below((uint32_t)count)];
    dx_str exact = t->exact, folded = t->folded;
    bool ascii = dx_str_eq(exact, folded), cut = !plain && !random_below(4);
    if (cut && ascii && folded.len > 2 && !t->overlay) {
        char text[2][64];
        size_t n = folded.len;
        dx_word_kind kind = (dx_word_kind)(1 + random_below(3));
        snprintf(text[0], sizeof text[0], "%.*s", (int)n, folded.ptr);
        if (kind == DX_WORD_PREFIX)
            n = 2;
        else if (kind == DX_WORD_WILDCARD)
            text[0][random_below((uint32_t)n)] = random_below(2) ? '?' : '*';
        folded = (dx_str){text[0], n};
        assert_int_equal(dx_query_add_word(q, folded, folded, false, &id),
            DX_OK);
        q->words[id].kind = kind;
    } else {
        assert_int_equal(dx_query_add_word(q, exact, folded,
            dx_term_is_marked(t), &id), DX_OK);
        q->words[id].overlay = t->overlay;
        q->words[id].strict = !plain && !random_below(8);
        if (!q->words[id].marked && !t->overlay && !random_below(3)) {
            static const char *const readings[] = {"số", "đổi", "bắc", "tỉnh"};
            q->words[id].reading = dx_str_from(readings[random_below(4)]);
            q->words[id].fallback = 0.25;
        }
    }
    dx_analyzer_free(a);
    return id;
}

/* `count` words in a node of their own. */
static uint32_t add_words_node(dx_query *q, dx_node_kind kind, uint32_t count)
{
    uint32_t id;

    assert_int_equal(dx_query_add_node(q, kind, &id), DX_OK);
    q->nodes[id].first = q->word_count;
    q->nodes[id].count = count;
    for (uint32_t i = 0; i < count; i++)
        (void)add_random_word(q, kind != DX_NODE_WORD);
    return id;
}

static bool has_terms_only(const dx_query *q, uint32_t node)
{
    const dx_node *n = &q->nodes[node];

    for (uint32_t w = n->first; w < n->first + n->count; w++)
        if (q->words[w].kind != DX_WORD_TERM)
            return false;
    return true;
}

/* One list holds what it is in. */
static bool is_plain_leaf(const dx_query *q, uint32_t node)
{
    const dx_node *n = &q->nodes[node];

    return n->kind == DX_NODE_WORD && n->field == DX_IN_ANY && !n->at_start &&
           has_terms_only(q, node);
}

/* The words before this one may stand for something together with it. */
static void share_alternatives(dx_query *q, uint32_t node)
{
    for (uint32_t n = node; n-- > 0;) {
        if (q->nodes[n].alternative == DX_NODE_NONE || !is_plain_leaf(q, n))
            continue;
        q->nodes[node].alternative = q->nodes[n].alternative;
        return;
    }
}

static void add_alternatives(dx_query *q, uint32_t node)
{
    uint32_t *link = &q->nodes[node].alternative;

    for (uint32_t i = 1 + random_below(2); i > 0; i--) {
        uint32_t words = 1 + random_below(3);
        uint32_t id = add_words_node(q,
            words > 1 ? DX_NODE_PHRASE : DX_NODE_WORD, words);
        q->nodes[id].boost = 0.25 * (1 + random_below(3));
        q->nodes[id].by_pairs = words > 1 && has_terms_only(q, id) &&
                                random_below(2);
        *link = id;
        link = &q->nodes[id].next;
    }
}

static uint32_t add_random_node(dx_query *q, uint32_t depth);

static void add_random_children(dx_query *q, uint32_t parent, uint32_t count,
    uint32_t depth)
{
    uint32_t last = DX_NODE_NONE;

    for (uint32_t i = 0; i < count; i++) {
        bool near = q->nodes[parent].kind == DX_NODE_NEAR;
        uint32_t words = 1 + random_below(2), id;
        if (near)
            id = add_words_node(q, words > 1 ? DX_NODE_PHRASE : DX_NODE_WORD,
                words);
        else
            id = add_random_node(q, depth);
        if (i > 0 && q->nodes[last].count && q->nodes[id].count &&
            q->nodes[id].kind != DX_NODE_QUORUM)
            q->nodes[id].joined = random_below(2);
        if (i == 0)
            q->nodes[parent].child = id;
        else
            q->nodes[last].next = id;
        last = id;
    }
}

static uint32_t add_random_leaf(dx_query *q)
{
    static const dx_query_field fields[] = {DX_IN_TITLE, DX_IN_LEAD,
        DX_IN_BODY};
    uint32_t words = random_below(3) ? 1 : 2 + random_below(3);
    uint32_t id = add_words_node(q,
        words > 1 ? DX_NODE_PHRASE : DX_NODE_WORD, words);
    dx_node *n = &q->nodes[id];

    if (!random_below(6))
        n->field = fields[random_below(3)];
    n->at_start = !random_below(10);
    if (!random_below(5))
        add_alternatives(q, id);
    else if (is_plain_leaf(q, id) && !random_below(5))
        share_alternatives(q, id);
    return id;
}

static void make_date_filter(dx_node *n)
{
    n->field = DX_IN_DATE;
    n->from_day = 18628 + (int32_t)random_below(200);
    n->to_day = n->from_day - 1 + (int32_t)random_below(random_below(2) ? 300 : 20);
}

static void make_attribute_filter(dx_node *n)
{
    static const dx_query_field fields[] = {DX_IN_SOURCE, DX_IN_CATEGORY,
        DX_IN_TAGS, DX_IN_SITE, DX_IN_URL};
    static const char *const parts[] = {"tin-1", "vtv.vn/", "/tin", "zzz"};

    n->field = fields[random_below(5)];
    n->value = dx_str_from(n->field == DX_IN_SITE  ? hosts[random_below(HOSTS)]
                           : n->field == DX_IN_URL ? parts[random_below(4)]
                           : names[random_below(NAMES)][random_below(2)]);
}

static uint32_t add_random_node(dx_query *q, uint32_t depth)
{
    uint32_t kind = random_below(depth ? 16 : 8), id;

    if (kind < 8) {
        id = add_random_leaf(q);
    } else if (kind == 8) {
        assert_int_equal(dx_query_add_node(q, DX_NODE_FILTER, &id), DX_OK);
        if (random_below(2))
            make_date_filter(&q->nodes[id]);
        else
            make_attribute_filter(&q->nodes[id]);
    } else if (kind == 9) {
        id = add_words_node(q, DX_NODE_QUORUM, 2 + random_below(5));
        q->nodes[id].quorum = 1 + random_below(q->nodes[id].count);
        if (!random_below(3))
            q->nodes[id].field = DX_IN_BODY;
    } else if (kind < 12) {
        assert_int_equal(dx_query_add_node(q, DX_NODE_NEAR, &id), DX_OK);
        q->nodes[id].span = 1 + random_below(12);
        q->nodes[id].ordered = random_below(2);
        add_random_children(q, id, 2 + random_below(2), 0);
    } else if (kind == 12) {
        assert_int_equal(dx_query_add_node(q, DX_NODE_EVERY, &id), DX_OK);
    } else {
        assert_int_equal(dx_query_add_node(q,
            kind == 13 ? DX_NODE_AND : DX_NODE_OR, &id), DX_OK);
        add_random_children(q, id, 2 + random_below(2), depth - 1);
    }
    q->nodes[id].required = !random_below(8);
    if (!random_below(5))
        q->nodes[id].boost = 0.5 * (1 + random_below(5));
    return id;
}

/* Below the root and within groups of its own, what is excluded. */
static void add_random_exclusion(dx_query *q)
{
    uint32_t id, *link = &q->nodes[0].child;

    assert_int_equal(dx_query_add_node(q, DX_NODE_NOT, &id), DX_OK);
    q->nodes[id].child = add_random_node(q, 1);
    while (*link != DX_NODE_NONE)
        link = &q->nodes[*link].next;
    *link = id;
}

void random_tree_describe(const dx_query *q, uint32_t id, char *out,
    size_t size)
{
    static const char *const kinds[] = {"AND", "OR", "NOT", "WORD", "PHRASE",
        "NEAR", "QUORUM", "FILTER", "EVERY"};
    const dx_node *n = &q->nodes[id];
    size_t len = strlen(out);

    len += (size_t)snprintf(out + len, size - len,
        "(%s%s%s f%d '%.*s' ^%g j%d s%d%s n%u q%u", n->required ? "+" : "",
        kinds[n->kind], n->at_start ? "^" : "", (int)n->field,
        (int)n->value.len, n->value.len ? n->value.ptr : "", n->boost,
        n->joined, (int)n->span, n->ordered ? "o" : "", n->count, n->quorum);
    for (uint32_t w = n->first; w < n->first + n->count; w++)
        len += (size_t)snprintf(out + len, size - len, " %d:%s%s",
            (int)q->words[w].kind, q->words[w].strict ? "=" : "",
            q->words[w].exact.ptr);
    for (uint32_t c = n->alternative; c != DX_NODE_NONE; c = q->nodes[c].next)
        random_tree_describe(q, c, out, size);
    for (uint32_t c = n->child; c != DX_NODE_NONE; c = q->nodes[c].next)
        random_tree_describe(q, c, out, size);
    len = strlen(out);
    snprintf(out + len, size - len, ")");
}

void random_tree(dx_query *out)
{
    assert_int_equal(dx_query_parse("", out, NULL), DX_OK);
    add_random_children(out, 0, 1 + random_below(4), 2);
    if (!random_below(3))
        add_random_exclusion(out);
}
