/* Any text as a query: a tree whose links and words fit. */
#include <string.h>

#include "common/base/mem.h"
#include "searcher/query.h"
#include "tests/fuzz/fuzz.h"

static void check_node(const dx_query *q, uint32_t id, uint32_t depth)
{
    const dx_node *n = &q->nodes[id];
    uint32_t children = 0;

    FUZZ_CHECK(depth <= DX_QUERY_MAX_DEPTH + 2);
    FUZZ_CHECK(n->first <= q->word_count);
    FUZZ_CHECK(n->count <= q->word_count - n->first);
    FUZZ_CHECK(n->start <= n->end && n->end <= q->text.len);
    for (uint32_t c = n->child; c != DX_NODE_NONE; c = q->nodes[c].next) {
        FUZZ_CHECK(c > 0 && c < q->node_count);
        FUZZ_CHECK(!q->nodes[c].joined || children > 0);
        check_node(q, c, depth + 1);
        children++;
    }
    if (n->kind == DX_NODE_WORD || n->kind == DX_NODE_PHRASE)
        FUZZ_CHECK(n->count > 0 && children == 0);
    if (n->kind == DX_NODE_WORD)
        FUZZ_CHECK(n->count == 1);
    if (n->kind == DX_NODE_NOT)
        FUZZ_CHECK(children == 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = dx_strndup((const char *)data, size);
    dx_error err = {DX_OK, ""};
    dx_query q;

    if (text && dx_query_parse(text, &q, &err) == DX_OK) {
        for (uint32_t i = 0; i < q.word_count; i++)
            FUZZ_CHECK(q.words[i].exact.len && q.words[i].folded.len);
        FUZZ_CHECK(q.nodes[0].kind == DX_NODE_AND);
        check_node(&q, 0, 0);
        for (uint32_t i = 0; i < q.warning_count; i++)
            FUZZ_CHECK(fuzz_is_clean(dx_str_from(q.warnings[i].vi)));
        dx_query_free(&q);
    }
    dx_free(text);
    return 0;
}
