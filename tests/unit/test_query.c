/* The query language: its limits, each at n and at n + 1. What is understood how
 * is in tests/spec/query.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "searcher/include/dx/search.h"
#include "searcher/query/parse/parse.h"
#include "searcher/query/query.h"

#define TEXT_MAX_BYTES 8192

static dx_query parse(const char *text)
{
    dx_query q;

    assert_int_equal(dx_query_parse(text, &q, NULL), DX_OK);
    return q;
}

static bool warns(const dx_query *q, const char *text)
{
    for (uint32_t i = 0; i < q->warning_count; i++)
        if (strstr(q->warnings[i].en, text))
            return true;
    return false;
}

/* `count` times `piece`. */
static const char *repeat(const char *piece, uint32_t count)
{
    static char text[TEXT_MAX_BYTES];
    size_t len = strlen(piece);

    assert_true(len * count < sizeof text);
    for (uint32_t i = 0; i < count; i++)
        memcpy(text + i * len, piece, len);
    text[len * count] = '\0';
    return text;
}

static uint32_t count_children(const dx_query *q, uint32_t node)
{
    uint32_t count = 0;

    for (uint32_t c = q->nodes[node].child; c != DX_NODE_NONE;
         c = q->nodes[c].next)
        count++;
    return count;
}

static void longer_queries_are_cut_between_characters(void **state)
{
    char text[DX_QUERY_MAX_BYTES + 2];

    (void)state;
    memset(text, '.', sizeof text);
    text[DX_QUERY_MAX_BYTES] = '\0';
    dx_query q = parse(text);
    assert_int_equal(q.text.len, DX_QUERY_MAX_BYTES);
    assert_int_equal(q.warning_count, 0);
    dx_query_free(&q);

    memset(text, '.', sizeof text);
    memcpy(text + DX_QUERY_MAX_BYTES - 1, "é", 2);
    text[DX_QUERY_MAX_BYTES + 1] = '\0';
    q = parse(text);
    assert_int_equal(q.text.len, DX_QUERY_MAX_BYTES - 1);
    assert_true(warns(&q, "too long"));
    assert_int_equal(q.warnings[0].start, DX_QUERY_MAX_BYTES - 1);
    dx_query_free(&q);
}

static void words_beyond_the_limit_are_ignored(void **state)
{
    char limit[64];

    (void)state;
    dx_query q = parse(repeat("a ", DX_QUERY_MAX_TERMS));
    assert_int_equal(q.word_count, DX_QUERY_MAX_TERMS);
    assert_int_equal(q.warning_count, 0);
    dx_query_free(&q);

    q = parse(repeat("a ", DX_QUERY_MAX_TERMS + 1));
    assert_int_equal(q.word_count, DX_QUERY_MAX_TERMS);
    assert_int_equal(q.warning_count, 1);
    assert_int_equal(q.warnings[0].start, 2 * DX_QUERY_MAX_TERMS);
    snprintf(limit, sizeof limit, "only the first %d are", DX_QUERY_MAX_TERMS);
    assert_true(warns(&q, limit));
    dx_query_free(&q);
}

/* The root is a node, too. */
static void nodes_beyond_the_limit_are_ignored(void **state)
{
    (void)state;
    dx_query q = parse(repeat("tag:a ", DX_QUERY_MAX_NODES - 1));
    assert_int_equal(q.node_count, DX_QUERY_MAX_NODES);
    assert_int_equal(q.warning_count, 0);
    dx_query_free(&q);

    q = parse(repeat("tag:a ", DX_QUERY_MAX_NODES));
    assert_int_equal(q.node_count, DX_QUERY_MAX_NODES);
    assert_int_equal(count_children(&q, 0), DX_QUERY_MAX_NODES - 1);
    assert_true(warns(&q, "too many parts"));
    dx_query_free(&q);
}

/* What is excluded must not be searched for when there is no room for NOT. */
static void no_room_for_an_operator_takes_its_operands_away(void **state)
{
    char text[TEXT_MAX_BYTES + 16];

    (void)state;
    snprintf(text, sizeof text, "%s NOT bão",
        repeat("tag:a ", DX_QUERY_MAX_NODES - 2));
    dx_query q = parse(text);
    assert_int_equal(q.word_count, 0);
    assert_int_equal(count_children(&q, 0), DX_QUERY_MAX_NODES - 2);
    assert_true(warns(&q, "too many parts"));
    dx_query_free(&q);

    snprintf(text, sizeof text, "%s lũ OR bão",
        repeat("tag:a ", DX_QUERY_MAX_NODES - 3));
    q = parse(text);
    assert_int_equal(q.word_count, 0);
    assert_true(warns(&q, "too many parts"));
    dx_query_free(&q);
}

static void parentheses_beyond_the_limit_are_ignored(void **state)
{
    char text[TEXT_MAX_BYTES], limit[64];

    (void)state;
    for (uint32_t depth = DX_QUERY_MAX_DEPTH; depth <= DX_QUERY_MAX_DEPTH + 1;
         depth++) {
        size_t len = 0;
        for (uint32_t i = 0; i < depth; i++)
            len += (size_t)snprintf(text + len, sizeof text - len, "(a OR ");
        len += (size_t)snprintf(text + len, sizeof text - len, "b");
        for (uint32_t i = 0; i < depth; i++)
            len += (size_t)snprintf(text + len, sizeof text - len, ")");
        snprintf(text + len, sizeof text - len, " c");
        dx_query q = parse(text);
        assert_int_equal(q.word_count, depth + 2);
        assert_int_equal(count_children(&q, 0), 2); /* a OR …, c */
        snprintf(limit, sizeof limit, "deeper than %u", DX_QUERY_MAX_DEPTH);
        assert_int_equal(warns(&q, limit), depth > DX_QUERY_MAX_DEPTH);
        dx_query_free(&q);
    }
}

static void check_span(const char *format, uint32_t n, uint32_t span, bool fits)
{
    char text[64];

    snprintf(text, sizeof text, format, n);
    dx_query q = parse(text);
    const dx_node *near = &q.nodes[q.nodes[0].child];
    assert_int_equal(near->kind, DX_NODE_NEAR);
    assert_int_equal(near->span, span);
    assert_int_equal(q.warning_count, !fits);
    dx_query_free(&q);
}

static void distances_are_limited(void **state)
{
    (void)state;
    check_span("a NEAR/%u b", 1, 1, true);
    check_span("a NEAR/%u b", 0, 1, false);
    check_span("a NEAR/%u b", DX_QUERY_MAX_SPAN, DX_QUERY_MAX_SPAN, true);
    check_span("a NEAR/%u b", DX_QUERY_MAX_SPAN + 1, DX_QUERY_MAX_SPAN, false);
    check_span("\"a b\"~%u", DX_QUERY_MAX_SPAN - 1, DX_QUERY_MAX_SPAN, true);
    check_span("\"a b\"~%u", DX_QUERY_MAX_SPAN, DX_QUERY_MAX_SPAN, false);
    check_span("\"a b\"~%u", 4000000000u, DX_QUERY_MAX_SPAN, false);
}

static void check_boost(const char *text, double boost, bool fits)
{
    dx_query q = parse(text);

    assert_true(q.nodes[q.nodes[0].child].boost == boost);
    assert_int_equal(q.warning_count, !fits);
    dx_query_free(&q);
}

static void weights_are_limited(void **state)
{
    (void)state;
    check_boost("a^100", DX_QUERY_MAX_BOOST, true);
    check_boost("a^100.01", DX_QUERY_MAX_BOOST, false);
    check_boost("a^0.01", 0.01, true);
    check_boost("a^0.00", 0.01, false);
    check_boost("a^99999999999999999999", DX_QUERY_MAX_BOOST, false);
    check_boost("(a^100 b)^2", DX_QUERY_MAX_BOOST, true);
}

static void check_kind(const char *text, dx_word_kind kind, bool fits)
{
    dx_query q = parse(text);

    assert_int_equal(q.word_count, 1);
    assert_int_equal(q.words[0].kind, kind);
    assert_int_equal(q.warning_count, !fits);
    dx_query_free(&q);
}

static void prefixes_and_patterns_need_letters(void **state)
{
    (void)state;
    assert_int_equal(DX_PREFIX_MIN_LETTERS, 2);
    check_kind("đư*", DX_WORD_PREFIX, true);
    check_kind("đ*", DX_WORD_TERM, false);
    check_kind("đ*ư", DX_WORD_WILDCARD, true);
    check_kind("đ*?", DX_WORD_TERM, false);
}

static void approximate_words_need_letters(void **state)
{
    (void)state;
    assert_int_equal(DX_FUZZY_MIN_LETTERS, 4);
    check_kind("đườn~", DX_WORD_FUZZY, true);
    check_kind("đườ~", DX_WORD_TERM, false);
    check_kind("covi19~", DX_WORD_FUZZY, true);
    check_kind("cov19~", DX_WORD_TERM, false);
}

static void quorums_are_limited_by_the_words(void **state)
{
    (void)state;
    for (uint32_t n = 1; n <= 4; n++) {
        char text[32];
        snprintf(text, sizeof text, "\"a b c\"/%u", n);
        dx_query q = parse(text);
        const dx_node *quorum = &q.nodes[q.nodes[0].child];
        assert_int_equal(quorum->kind, DX_NODE_QUORUM);
        assert_int_equal(quorum->quorum, n > 3 ? 3 : n);
        assert_int_equal(q.warning_count, n > 3);
        dx_query_free(&q);
    }
}

static void warnings_are_limited(void **state)
{
    (void)state;
    dx_query q = parse(repeat("date:x ", DX_QUERY_MAX_WARNINGS));
    assert_int_equal(q.warning_count, DX_QUERY_MAX_WARNINGS);
    dx_query_free(&q);
    q = parse(repeat("date:x ", DX_QUERY_MAX_WARNINGS + 1));
    assert_int_equal(q.warning_count, DX_QUERY_MAX_WARNINGS);
    dx_query_free(&q);
}

static void check_joined(const char *text, const char *joined)
{
    dx_query q = parse(text);
    size_t i = 0;

    for (uint32_t c = q.nodes[0].child; c != DX_NODE_NONE;
         c = q.nodes[c].next, i++) {
        assert_true(i < strlen(joined));
        assert_int_equal(q.nodes[c].joined, joined[i] == 'j');
    }
    assert_int_equal(i, strlen(joined));
    dx_query_free(&q);
}

/* Pairs count, so what makes one must not change with the language. */
static void running_text_is_joined(void **state)
{
    (void)state;
    check_joined("a b c", "-jj");
    check_joined("a \"b c\" d", "-jj");
    check_joined("a (b c) d", "-jjj");
    check_joined("a * b", "-j");
    check_joined("a -b c", "---");
    check_joined("a +b c", "---");
    check_joined("a AND b c", "---");
    check_joined("a b OR c d", "---");
    check_joined("a 16/12/2021 b", "---");
    check_joined("a tag:x b", "---");
    check_joined("a title:b title:c", "--j");
    check_joined("a bc* d", "---");
}

static void only_words_alone_are_plain(void **state)
{
    static const char *const others[] = {"", "\"a b\"", "+a", "-a", "a OR b",
        "title:a", "ab*", "=a", "a^2", "^a", "tag:a", "*", "a NEAR b"};

    (void)state;
    dx_query q = parse("chuyển đổi số, (2024) 16/12/2021");
    assert_true(dx_query_is_plain(&q));
    dx_query_free(&q);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        q = parse(others[i]);
        if (dx_query_is_plain(&q))
            fail_msg("plain: %s", others[i]);
        dx_query_free(&q);
    }
}

static void what_finds_documents_is_positive(void **state)
{
    static const char *const positive[] = {"a", "tag:a", "*", "-a *", "-a b",
        "a OR b", "date:2024"};
    static const char *const negative[] = {"", "-a", "-a -b", "-(a OR b)",
        "date:x", "-tag:a"};

    (void)state;
    for (size_t i = 0; i < sizeof positive / sizeof *positive; i++) {
        dx_query q = parse(positive[i]);
        if (!dx_query_has_positive(&q))
            fail_msg("finds nothing: %s", positive[i]);
        dx_query_free(&q);
    }
    for (size_t i = 0; i < sizeof negative / sizeof *negative; i++) {
        dx_query q = parse(negative[i]);
        if (dx_query_has_positive(&q))
            fail_msg("finds something: %s", negative[i]);
        dx_query_free(&q);
    }
}

static void added_words_and_nodes_are_limited(void **state)
{
    uint32_t id, words = 0, nodes = 0;
    dx_query q = parse("a");

    (void)state;
    while (dx_query_add_word(&q, DX_STR_LIT("b"), DX_STR_LIT("b"), false,
               &id) == DX_OK)
        words++;
    assert_int_equal(words, DX_QUERY_MAX_TERMS + DX_QUERY_MAX_ADDED - 1);
    while (dx_query_add_node(&q, DX_NODE_WORD, &id) == DX_OK)
        nodes++;
    assert_int_equal(nodes, DX_QUERY_MAX_NODES + DX_QUERY_MAX_ADDED - 2);
    dx_query_free(&q);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(longer_queries_are_cut_between_characters),
        cmocka_unit_test(words_beyond_the_limit_are_ignored),
        cmocka_unit_test(nodes_beyond_the_limit_are_ignored),
        cmocka_unit_test(no_room_for_an_operator_takes_its_operands_away),
        cmocka_unit_test(parentheses_beyond_the_limit_are_ignored),
        cmocka_unit_test(distances_are_limited),
        cmocka_unit_test(weights_are_limited),
        cmocka_unit_test(prefixes_and_patterns_need_letters),
        cmocka_unit_test(approximate_words_need_letters),
        cmocka_unit_test(quorums_are_limited_by_the_words),
        cmocka_unit_test(warnings_are_limited),
        cmocka_unit_test(running_text_is_joined),
        cmocka_unit_test(only_words_alone_are_plain),
        cmocka_unit_test(what_finds_documents_is_positive),
        cmocka_unit_test(added_words_and_nodes_are_limited),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
