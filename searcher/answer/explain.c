/* Why a document scores what it scores, a line for each summand. */
#include "searcher/answer/explain.h"

#include <assert.h>

#include "common/base/arena.h"
#include "common/base/mem.h"
#include "common/index/codec/bm25.h"
#include "common/index/codec/list.h"
#include "common/index/codec/window.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/segment.h"
#include "searcher/answer/call.h"
#include "searcher/answer/open/index.h"
#include "searcher/answer/request.h"
#include "searcher/answer/select/doc_ref.h"
#include "searcher/include/dx/search.h"
#include "searcher/match/evaluate/cursor_pool.h"
#include "searcher/match/lookup/deadline.h"
#include "searcher/match/rank/passage.h"
#include "searcher/match/rank/rank.h"
#include "searcher/match/rank/rerank.h"
#include "searcher/match/score/freshness.h"
#include "searcher/match/score/plan.h"
#include "searcher/match/score/score.h"
#include "searcher/match/stats.h"
#include "searcher/match/summand.h"
#include "searcher/query/parse/parse.h"
#include "searcher/understand/notes.h"
#include "searcher/understand/understand.h"

#define EXPLAIN_MAX_BYTES (1u << 20)

static void put_words(const dx_query *q, uint32_t first, uint32_t count,
    dx_buf *out)
{
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            dx_buf_putc(out, ' ');
        dx_buf_put_str(out, q->words[first + i].folded);
    }
}

static void put_quoted(const dx_query *q, const char *what, uint32_t first,
    uint32_t count, dx_buf *out)
{
    dx_buf_printf(out, "%s \"", what);
    put_words(q, first, count, out);
    dx_buf_putc(out, '"');
}

static void put_expansion(const dx_query *q, uint32_t word, dx_buf *out)
{
    dx_word_kind kind = q->words[word].kind;

    put_quoted(q,
        kind == DX_WORD_FUZZY      ? "like"
        : kind == DX_WORD_WILDCARD ? "pattern"
                                   : "prefix",
        word, 1, out);
}

static void put_word(const dx_query *q, const dx_summand *t, bool by_exact,
    dx_buf *out)
{
    const dx_query_word *w = &q->words[t->word];
    bool read = w->reading.len && t->by_exact && t->by_folded;

    dx_buf_puts(out, by_exact && read ? "read as \""
                     : by_exact       ? "exact \""
                                      : "word \"");
    dx_buf_put_str(out, !by_exact ? w->folded : read ? w->reading : w->exact);
    dx_buf_putc(out, '"');
    if (!by_exact && t->by_exact)
        dx_buf_puts(out, " (other marks)");
}

static void put_label(const dx_query *q, const dx_summand *t, bool by_exact,
    dx_buf *out)
{
    switch (t->kind) {
    case DX_SUMMAND_WORD:
        put_word(q, t, by_exact, out);
        break;
    case DX_SUMMAND_PAIR:
        dx_buf_puts(out, "pair \"");
        put_words(q, t->word, 1, out);
        dx_buf_putc(out, ' ');
        put_words(q, t->second, 1, out);
        dx_buf_putc(out, '"');
        break;
    case DX_SUMMAND_EXPANSION:
        put_expansion(q, t->word, out);
        break;
    case DX_SUMMAND_ALTERNATIVE:
        put_quoted(q, "instead", t->word, q->nodes[t->node].count, out);
        break;
    }
}

static void put_part(dx_scorer *s, uint32_t i, const dx_plan *plan,
    uint32_t window, uint32_t d, dx_buf *out)
{
    const dx_summand *t = &plan->summands.list[s->lists[i].summand];
    const dx_summand_df *dfs = &plan->stats.dfs[s->lists[i].summand];
    uint32_t tf;
    bool by_exact;
    double part = dx_scorer_part(s, i, window, d, &tf, &by_exact);

    if (tf == 0)
        return;
    uint64_t df = by_exact ? dfs->exact : dfs->folded;
    dx_buf_printf(out, "%9.4f  ", part);
    put_label(plan->lookup.query, t, by_exact, out);
    dx_buf_printf(out, "  tf %u, df %llu, idf %.4f", tf, (unsigned long long)df,
        dx_bm25_idf(plan->stats.docs, df));
    if (t->count > 1)
        dx_buf_printf(out, ", %u times in the query", t->count);
    if (t->boost != 1.0)
        dx_buf_printf(out, ", boost %g", t->boost);
    dx_buf_putc(out, '\n');
}

/* ---- the second stage ---- */

static const dx_ranked *find_hit(const dx_ranking *r, uint32_t segment,
    uint32_t doc)
{
    for (uint32_t i = 0; i < r->count; i++)
        if (r->hits[i].segment == segment && r->hits[i].doc == doc)
            return &r->hits[i];
    return NULL;
}

static void put_share(const char *what, double gain, double share, dx_buf *out)
{
    dx_buf_printf(out, "%9.4f  %s  share %.4f of the words' idf\n", gain, what,
        share);
}

/* What each share adds alone. */
static void put_passage(const dx_passage *p, double scale, dx_buf *out)
{
    dx_passage best = {.best = p->best}, head = {.head = p->head},
               title = {.title = p->title};

    put_share("best passage", dx_rerank_gain(&best, scale), p->best, out);
    put_share("title and beginning", dx_rerank_gain(&head, scale), p->head,
        out);
    put_share("title", dx_rerank_gain(&title, scale), p->title, out);
}

/* Sets *gain to what the text adds, where the document is one of the first
 * hits. */
static dx_status put_gain(const dx_plan *plan, const dx_rank_options *options,
    const dx_ranked *doc, dx_deadline *deadline, dx_arena *arena, double *gain,
    dx_buf *out)
{
    dx_rank_options first = *options;
    dx_passage_finder finder;
    dx_passage passage;
    dx_ranking ranking;

    *gain = 0.0;
    first.wanted = DX_RERANK_HITS;
    first.keep_matches = false;
    if (!dx_rank_looks_twice(plan->lookup.query, &first))
        return DX_OK;
    DX_TRY(dx_rank_plan(plan, &first, deadline, arena, &ranking));
    const dx_ranked *hit = find_hit(&ranking, doc->segment, doc->doc);
    if (!hit) {
        dx_buf_printf(out, "%9.4f  by its text: not among the first %u hits\n",
            0.0, DX_RERANK_HITS);
        return DX_OK;
    }
    dx_status rc = dx_passage_finder_init(&finder, plan, arena);
    if (rc == DX_OK)
        rc = dx_passage_begin(&finder, hit, &passage);
    if (rc == DX_OK)
        rc = dx_passage_go_on(&finder, &passage);
    if (rc == DX_OK) {
        *gain = dx_rerank_gain(&passage, dx_passage_scale(&finder));
        put_passage(&passage, dx_passage_scale(&finder), out);
    }
    dx_passage_finder_free(&finder);
    return rc;
}

static dx_status put_all(const dx_plan *plan, const dx_rank_options *options,
    const dx_ranked *doc, dx_deadline *deadline, dx_arena *arena, dx_buf *out)
{
    uint32_t window = doc->doc >> DX_WINDOW_BITS;
    uint32_t d = doc->doc & (DX_WINDOW_DOCS - 1);
    dx_cursor_pool pool;
    dx_scorer s;
    uint64_t has;
    double gain;

    dx_cursor_pool_init(&pool, &plan->lookup, &plan->alternatives, doc->segment,
        arena);
    DX_TRY(dx_scorer_init(&s, plan, &pool));
    DX_TRY(dx_scorer_seek(&s, window, false));
    for (uint32_t i = 0; i < s.count; i++)
        put_part(&s, i, plan, window, d, out);
    DX_TRY(put_gain(plan, options, doc, deadline, arena, &gain, out));
    double factor = dx_freshness_factor(&options->freshness,
        dx_segment_date(pool.segment, doc->doc));
    if (options->freshness.weight > 0.0)
        dx_buf_printf(out, "%9.4f  times that: freshness\n", factor);
    dx_buf_printf(out,
        "%9.4f  = score; length %u, average length %.1f, %llu articles\n",
        (dx_scorer_score(&s, window, d, &has) + gain) * factor,
        dx_length_at(s.lengths, doc->doc), plan->weights.average_length,
        (unsigned long long)plan->stats.docs);
    return out->status;
}

dx_status dx_explain_score(const dx_generation *g, const dx_query *q,
    const dx_rank_options *options, uint32_t segment, uint32_t doc, dx_buf *out,
    dx_error *err)
{
    dx_arena arena = DX_ARENA_INIT;
    dx_deadline deadline = {.at_ms = options->deadline_ms};
    dx_plan plan;
    dx_status rc =
        dx_plan_make(g, q, options->exact_accents, &deadline, &arena, &plan);

    if (rc == DX_OK)
        rc = dx_plan_weigh(&plan, &plan.stats, &arena);
    if (rc == DX_OK)
        rc = put_all(&plan, options,
            &(dx_ranked){.segment = segment, .doc = doc}, &deadline, &arena,
            out);
    dx_arena_free(&arena);
    return rc == DX_OK ? rc : dx_fail(err, rc, "%s", dx_status_text(rc));
}

/* ---- as dx/search.h shows it ---- */

typedef struct question {
    const char *query, *id;
    const dx_request *request;
    const dx_synonyms *synonyms;
} question;

static dx_status explain_parsed(const dx_generation *g, const question *ask,
    const dx_request *request, dx_query *q, dx_buf *out, dx_error *err)
{
    dx_rank_options options = dx_request_rank_options(request, g, dx_now_ms());
    dx_arena arena = DX_ARENA_INIT;
    dx_notes notes = {.arena = &arena};
    dx_status rc = DX_OK;
    dx_doc_ref article;

    DX_TRY(dx_doc_ref_find(g, ask->id, &article, err));
    if (dx_request_understands(request))
        rc = dx_understand(g, ask->synonyms, q, &notes);
    if (rc == DX_OK)
        rc = dx_explain_score(g, q, &options, article.segment, article.doc, out,
            err);
    dx_arena_free(&arena);
    return rc;
}

static dx_status explain(const dx_generation *g, const question *ask,
    char **text, dx_error *err)
{
    dx_request request;
    dx_query q;
    dx_buf out;

    assert(text);
    DX_TRY(dx_request_read(ask->request, &request, err));
    DX_TRY(dx_query_parse(ask->query, &q, err));
    dx_buf_init(&out, EXPLAIN_MAX_BYTES);
    dx_status rc = explain_parsed(g, ask, &request, &q, &out, err);
    if (rc == DX_OK) {
        *text = dx_strndup((const char *)out.data, out.len);
        rc = *text ? DX_OK : DX_ERR_NOMEM;
    }
    dx_buf_free(&out);
    dx_query_free(&q);
    return rc;
}

dx_status dx_explain(dx_index *ix, const char *query, const char *id,
    const dx_request *req, char **text, dx_error *err)
{
    dx_call_begin(err);
    if (text)
        *text = NULL;
    DX_TRY(DX_CALL_CHECK("dx_explain", err, ix, query, id, text));
    dx_collection *collection = dx_index_collection(ix);
    dx_status rc = explain(&collection->generation,
        &(question){query, id, req, &ix->synonyms}, text, err);
    rc = dx_collection_settle(collection, rc, err);
    if (rc != DX_OK && *text) {
        dx_text_free(*text);
        *text = NULL;
    }
    dx_collection_release(collection);
    return dx_call_end(rc, err);
}

void dx_text_free(char *text) { dx_free(text); }
