/* Any text as a query: a tree whose links and words fit, and an echo that is
 * understood as the same tree. */
#include <string.h>

#include "common/base/mem.h"
#include "common/text/analyzer.h"
#include "common/text/lexer.h"
#include "common/text/term.h"
#include "searcher/include/dx/search.h"
#include "searcher/query/echo.h"
#include "searcher/query/fields.h"
#include "searcher/query/parse/parse.h"
#include "searcher/query/query.h"
#include "tests/fuzz/fuzz.h"

/* One parenthesis can be an OR of ANDs of NOTs. */
#define TREE_DEPTH_MAX (3 * (DX_QUERY_MAX_DEPTH + 1))
#define ECHO_MAX_BYTES (64u * DX_QUERY_MAX_BYTES)

/* ---- one tree ---- */

static void check_words(const dx_query *q, const dx_node *n)
{
    bool one = n->kind == DX_NODE_WORD;
    bool several = n->kind == DX_NODE_PHRASE || n->kind == DX_NODE_QUORUM;

    FUZZ_CHECK(n->first <= q->word_count);
    FUZZ_CHECK(n->count <= q->word_count - n->first);
    FUZZ_CHECK(one ? n->count == 1 : several ? n->count > 1 : n->count == 0);
    for (uint32_t w = n->first; w < n->first + n->count; w++)
        FUZZ_CHECK(one || q->words[w].kind == DX_WORD_TERM);
    if (n->kind == DX_NODE_QUORUM)
        FUZZ_CHECK(n->quorum > 0 && n->quorum <= n->count);
}

static void check_children(const dx_node *n, uint32_t children)
{
    bool near = n->kind == DX_NODE_NEAR;

    if (dx_node_is_group(n->kind) || near)
        FUZZ_CHECK(children > 1 || n->kind == DX_NODE_AND);
    else
        FUZZ_CHECK(children == (n->kind == DX_NODE_NOT));
    if (near)
        FUZZ_CHECK(n->span > 0 && n->span <= DX_QUERY_MAX_SPAN);
}

static void check_node(const dx_query *q, uint32_t id, uint32_t depth)
{
    const dx_node *n = &q->nodes[id];
    uint32_t children = 0;

    FUZZ_CHECK(depth <= TREE_DEPTH_MAX);
    FUZZ_CHECK(n->start <= n->end && n->end <= q->text.len);
    FUZZ_CHECK(n->boost >= 0.01 && n->boost <= DX_QUERY_MAX_BOOST);
    check_words(q, n);
    for (uint32_t c = n->child; c != DX_NODE_NONE; c = q->nodes[c].next) {
        const dx_node *child = &q->nodes[c];
        FUZZ_CHECK(c > 0 && c < q->node_count);
        FUZZ_CHECK(!child->joined || children > 0);
        FUZZ_CHECK(child->kind != DX_NODE_NOT || n->kind == DX_NODE_AND);
        FUZZ_CHECK(child->kind != n->kind);
        FUZZ_CHECK(children < q->node_count);
        check_node(q, c, depth + 1);
        children++;
    }
    check_children(n, children);
}

static void check(const dx_query *q)
{
    FUZZ_CHECK(q->word_count <= DX_QUERY_MAX_TERMS);
    FUZZ_CHECK(q->node_count > 0 && q->node_count <= DX_QUERY_MAX_NODES);
    for (uint32_t i = 0; i < q->word_count; i++)
        FUZZ_CHECK(q->words[i].exact.len && q->words[i].folded.len);
    FUZZ_CHECK(q->nodes[0].kind == DX_NODE_AND);
    check_node(q, 0, 0);
    for (uint32_t i = 0; i < q->warning_count; i++) {
        const dx_query_warning *w = &q->warnings[i];
        FUZZ_CHECK(fuzz_is_clean(dx_str_from(w->vi)) && *w->vi);
        FUZZ_CHECK(fuzz_is_clean(dx_str_from(w->en)) && *w->en);
        FUZZ_CHECK(w->start <= w->end && w->end <= q->text.len);
    }
}

/* ---- two trees ---- */

static void compare_words(const dx_query *a, const dx_node *x,
    const dx_query *b, const dx_node *y)
{
    FUZZ_CHECK(x->count == y->count);
    for (uint32_t i = 0; i < x->count; i++) {
        const dx_query_word *v = &a->words[x->first + i];
        const dx_query_word *w = &b->words[y->first + i];
        FUZZ_CHECK(dx_str_eq(v->exact, w->exact));
        FUZZ_CHECK(v->kind == w->kind && v->strict == w->strict);
        FUZZ_CHECK(v->overlay == w->overlay);
    }
}

static void compare(const dx_query *a, uint32_t first, const dx_query *b,
    uint32_t second)
{
    const dx_node *x = &a->nodes[first], *y = &b->nodes[second];
    uint32_t c = x->child, d = y->child;

    FUZZ_CHECK(x->kind == y->kind && x->field == y->field);
    FUZZ_CHECK(x->required == y->required && x->joined == y->joined);
    FUZZ_CHECK(x->at_start == y->at_start && x->ordered == y->ordered);
    FUZZ_CHECK(x->span == y->span && x->quorum == y->quorum);
    FUZZ_CHECK(x->from_day == y->from_day && x->to_day == y->to_day);
    FUZZ_CHECK((int)(x->boost * 100.0 + 0.5) == (int)(y->boost * 100.0 + 0.5));
    FUZZ_CHECK(dx_query_is_date(x->field) || dx_str_eq(x->value, y->value));
    compare_words(a, x, b, y);
    for (; c != DX_NODE_NONE && d != DX_NODE_NONE;
         c = a->nodes[c].next, d = b->nodes[d].next)
        compare(a, c, b, d);
    FUZZ_CHECK(c == d);
}

static bool get_echo(const dx_query *q, dx_buf *out)
{
    dx_buf_init(out, ECHO_MAX_BYTES);
    dx_query_echo(q, out);
    FUZZ_CHECK(fuzz_is_clean((dx_str){(const char *)out->data, out->len}));
    return out->status == DX_OK;
}

/* Whether the analyzer gives this form back when it gets it: of a few signs, as
 * circled letters, it does not. */
static bool is_settled(dx_analyzer *a, dx_str exact)
{
    dx_lexer lx = dx_lexer_new(exact);
    const dx_term *terms;
    dx_str gap, word;
    size_t count;

    return dx_lexer_next(&lx, &gap, &word) && word.len == exact.len &&
           dx_analyzer_word(a, word, &terms, &count) == DX_OK && count > 0 &&
           dx_str_eq(terms->exact, exact);
}

/* The same for the letters between wildcards. */
static bool is_settled_pattern(dx_analyzer *a, dx_str pattern)
{
    const char *at = pattern.ptr, *end = dx_str_end(pattern);

    while (at < end) {
        const char *from = at;
        while (at < end && *at != '*' && *at != '?')
            at++;
        dx_str letters = {from, (size_t)(at - from)};
        if (letters.len && !is_settled(a, letters))
            return false;
        at += at < end;
    }
    return true;
}

static bool can_be_echoed(const dx_query *q)
{
    dx_analyzer *a = dx_analyzer_new();
    bool settled = a != NULL;

    for (uint32_t i = 0; i < q->word_count && settled; i++)
        settled = memchr(q->words[i].exact.ptr, ',', q->words[i].exact.len) ||
                  is_settled_pattern(a, q->words[i].exact);
    dx_analyzer_free(a);
    return settled;
}

/* An echo has parentheses that were not typed, which may be too deep. */
static bool is_too_deep(const dx_query *q)
{
    for (uint32_t i = 0; i < q->warning_count; i++)
        if (strstr(q->warnings[i].en, "too deep"))
            return true;
    return false;
}

/* It may be longer than a query may be, too. */
static void check_echo(const dx_query *q)
{
    dx_buf echo, again;
    dx_query second;

    if (!can_be_echoed(q))
        return;
    if (get_echo(q, &echo) && echo.len <= DX_QUERY_MAX_BYTES &&
        dx_query_parse(dx_buf_cstr(&echo), &second, NULL) == DX_OK) {
        bool deep = is_too_deep(&second);
        if (!deep)
            compare(q, 0, &second, 0);
        if (get_echo(&second, &again) && !deep)
            FUZZ_CHECK(strcmp(dx_buf_cstr(&echo), dx_buf_cstr(&again)) == 0);
        dx_buf_free(&again);
        dx_query_free(&second);
    }
    dx_buf_free(&echo);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = dx_strndup((const char *)data, size);
    dx_error err = {DX_OK, ""};
    dx_query q;

    if (text && dx_query_parse(text, &q, &err) == DX_OK) {
        check(&q);
        check_echo(&q);
        dx_query_free(&q);
    }
    dx_free(text);
    return 0;
}
