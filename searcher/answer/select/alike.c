/* Finding an article's other publications by its own words. */
#include "searcher/answer/select/alike.h"

#include "common/base/arena.h"
#include "common/base/str.h"
#include "searcher/answer/select/doc_ref.h"
#include "searcher/answer/select/like.h"
#include "searcher/answer/select/same_article.h"
#include "searcher/match/lookup/docset.h"
#include "searcher/match/rank/rank.h"
#include "searcher/query/parse/parse.h"

static const struct {
    dx_str text;
    dx_dup_value means;
} words[] = {
    {{"yes", 3}, DX_DUP_YES},
    {{"co", 2}, DX_DUP_YES},
    {{"có", sizeof "có" - 1}, DX_DUP_YES},
    {{"no", 2}, DX_DUP_NO},
    {{"khong", 5}, DX_DUP_NO},
    {{"không", sizeof "không" - 1}, DX_DUP_NO},
};

dx_dup_value dx_dup_value_of(dx_str value)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (dx_str_eq(value, words[i].text))
            return words[i].means;
    return DX_DUP_ID;
}

static void put(uint64_t **sets, dx_doc_ref ref)
{
    sets[ref.segment][ref.doc >> 6] |= (uint64_t)1 << (ref.doc & 63);
}

static dx_status put_same(const dx_generation *g, dx_doc_ref article,
    const dx_ranking *found, uint64_t **sets)
{
    dx_same_reader reader;
    dx_status rc = DX_OK;

    dx_same_reader_init(&reader, g);
    for (uint32_t i = 0; i < found->count && rc == DX_OK; i++) {
        dx_doc_ref other = {found->hits[i].segment, found->hits[i].doc};
        bool same = false;
        if (dx_same_signature(g, article, other))
            rc = dx_same_article(&reader, article, other, &same);
        if (same)
            put(sets, other);
    }
    dx_same_reader_free(&reader);
    return rc;
}

/* The query that an article makes finds its like first. */
static dx_status search(const dx_generation *g, dx_doc_ref article,
    uint64_t **sets)
{
    dx_rank_options options = {.wanted = DX_ALIKE_REACH, .match = DX_RANK_ANY};
    dx_arena arena = {0};
    dx_query like = {0};
    dx_ranking found;

    dx_status rc = dx_query_parse("", &like, NULL);
    if (rc == DX_OK)
        rc = dx_like_query(g, article, &like);
    if (rc == DX_OK)
        rc = dx_rank(g, &like, &options, &arena, &found);
    if (rc == DX_OK)
        rc = put_same(g, article, &found, sets);
    dx_query_free(&like);
    dx_arena_free(&arena);
    return rc;
}

static dx_status find(const dx_generation *g, dx_query *q, dx_node *node)
{
    uint64_t **sets =
        dx_arena_calloc(&q->arena, g->segment_count + 1, sizeof *sets);
    dx_doc_ref article;
    dx_error err;

    if (!sets)
        return DX_ERR_NOMEM;
    for (size_t s = 0; s < g->segment_count; s++)
        if (!(sets[s] =
                    dx_docset_new(dx_segment_docs(g->segments[s]), &q->arena)))
            return DX_ERR_NOMEM;
    node->documents = (const uint64_t *const *)sets;
    const char *id =
        dx_arena_strndup(&q->arena, node->value.ptr, node->value.len);
    if (!id)
        return DX_ERR_NOMEM;
    if (dx_doc_ref_find(g, id, &article, &err) != DX_OK)
        return DX_OK;
    put(sets, article);
    return search(g, article, sets);
}

dx_status dx_alike_find(const dx_generation *g, dx_query *q)
{
    for (uint32_t i = 0; i < q->node_count; i++) {
        dx_node *node = &q->nodes[i];
        if (node->kind == DX_NODE_FILTER && node->field == DX_IN_DUP &&
            dx_dup_value_of(node->value) == DX_DUP_ID)
            DX_TRY(find(g, q, node));
    }
    return DX_OK;
}
