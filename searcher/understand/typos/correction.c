/* What was typed, beside what was meant. */
#include "searcher/understand/typos/correction.h"

#include "common/base/str.h"

/* A word without marks weighs as much among words with marks. */
#define FALLBACK_TYPED 0.3

static uint32_t node_of(const dx_query *q, uint32_t word)
{
    uint32_t n = q->nodes[0].child;

    while (n != DX_NODE_NONE && q->nodes[n].first != word)
        n = q->nodes[n].next;
    return n;
}

static dx_status add_typed(dx_query *q, const dx_query_word *typed,
    uint32_t *node)
{
    uint32_t word;

    DX_TRY(dx_query_add_node(q, DX_NODE_WORD, node));
    DX_TRY(dx_query_add_word(q, typed->exact, typed->folded, typed->marked,
        &word));
    q->words[word].strict = true;
    q->nodes[*node].first = word;
    q->nodes[*node].count = 1;
    return DX_OK;
}

dx_status dx_correction_keep_typed(dx_query *corrected, const dx_query *typed,
    const dx_slip *slip)
{
    const dx_query_word *as_typed = &typed->words[slip->word];
    uint32_t n = node_of(corrected, slip->word), stand_in;

    if (corrected->typed_count != typed->typed_count || n == DX_NODE_NONE ||
        corrected->nodes[n].alternative != DX_NODE_NONE)
        return DX_OK;
    dx_query_word *meant = &corrected->words[slip->word];
    if (dx_str_eq(meant->folded, as_typed->folded)) {
        meant->reading = meant->exact;
        meant->fallback = FALLBACK_TYPED;
        return DX_OK;
    }
    dx_status rc = add_typed(corrected, as_typed, &stand_in);
    if (rc == DX_OK)
        corrected->nodes[n].alternative = stand_in;
    return rc == DX_ERR_LIMIT ? DX_OK : rc; /* the query is full */
}
