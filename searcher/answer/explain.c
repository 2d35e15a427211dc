/* Why a document scores what it scores, a line for each summand. */
#include "searcher/answer/explain.h"

#include "common/base/arena.h"
#include "common/base/mem.h"
#include "common/index/codec/bm25.h"
#include "common/index/codec/list.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/segment.h"
#include "searcher/match/evaluate/matcher.h"
#include "searcher/match/lookup/plan.h"
#include "searcher/match/score/score.h"

static void put_words(const dx_plan *plan, uint32_t first, uint32_t count,
    dx_buf *out)
{
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            dx_buf_putc(out, ' ');
        dx_buf_put_str(out, plan->query->words[first + i].folded);
    }
}

static void put_made_label(const dx_plan *plan, const dx_summand *t,
    dx_buf *out)
{
    const dx_query_word *w = &plan->query->words[t->word];
    const dx_node *n = t->node == DX_NODE_NONE ? NULL
                                               : &plan->query->nodes[t->node];

    dx_buf_puts(out, n                             ? "instead \""
                     : w->kind == DX_WORD_FUZZY    ? "like \""
                     : w->kind == DX_WORD_WILDCARD ? "pattern \""
                                                   : "prefix \"");
    put_words(plan, t->word, n ? n->count : 1, out);
    dx_buf_putc(out, '"');
}

static void put_label(const dx_plan *plan, const dx_summand *t, bool by_exact,
    dx_buf *out)
{
    const dx_query_word *a = &plan->query->words[t->word];
    bool pair = t->kind == DX_SUMMAND_PAIR;
    bool read = a->reading.len && t->by_exact && t->by_folded;

    if (t->kind == DX_SUMMAND_MADE) {
        put_made_label(plan, t, out);
        return;
    }
    dx_buf_puts(out, pair                 ? "pair \""
                     : by_exact && read   ? "read as \""
                     : by_exact           ? "exact \""
                                          : "word \"");
    dx_buf_put_str(out, !by_exact ? a->folded : read ? a->reading : a->exact);
    if (pair) {
        dx_buf_putc(out, ' ');
        dx_buf_put_str(out, plan->query->words[t->second].folded);
    }
    dx_buf_putc(out, '"');
    if (!pair && !by_exact && t->by_exact)
        dx_buf_puts(out, " (other marks)");
}

static void put_part(dx_scorer *s, uint32_t i, const dx_plan *plan,
    uint32_t window, uint32_t d, dx_buf *out)
{
    const dx_summand *t = s->lists[i].summand;
    uint32_t tf;
    bool by_exact;
    double part = dx_scorer_part(s, i, window, d, &tf, &by_exact);

    if (tf == 0)
        return;
    uint64_t df = by_exact ? t->exact_df : t->folded_df;
    dx_buf_printf(out, "%9.4f  ", part);
    put_label(plan, t, by_exact, out);
    dx_buf_printf(out, "  tf %u, df %llu, idf %.4f", tf, (unsigned long long)df,
        dx_bm25_idf(plan->generation->docs, df));
    if (t->count > 1)
        dx_buf_printf(out, ", %u times in the query", t->count);
    if (t->boost != 1.0)
        dx_buf_printf(out, ", boost %g", t->boost);
    dx_buf_putc(out, '\n');
}

static dx_status put_all(const dx_plan *plan, const dx_freshness *freshness,
    size_t segment, uint32_t doc, dx_arena *arena, dx_buf *out)
{
    dx_cursor_pool pool = {.segment = plan->generation->segments[segment],
        .made = plan->made ? dx_plan_made(plan, segment, 0) : NULL,
        .arena = arena};
    uint32_t window = doc >> DX_WINDOW_BITS, d = doc & (DX_WINDOW_DOCS - 1);
    double factor = dx_freshness_factor(freshness,
        dx_segment_date(pool.segment, doc));
    dx_scorer s;

    DX_TRY(dx_scorer_init(&s, plan, segment, &pool, arena));
    DX_TRY(dx_scorer_seek(&s, window, false));
    for (uint32_t i = 0; i < s.count; i++)
        put_part(&s, i, plan, window, d, out);
    if (freshness->weight > 0.0)
        dx_buf_printf(out, "%9.4f  times that: freshness\n", factor);
    dx_buf_printf(out,
        "%9.4f  = score; length %u, average length %.1f, %llu articles\n",
        dx_scorer_score(&s, window, d) * factor, dx_length_at(s.lengths, doc),
        plan->average_length, (unsigned long long)plan->generation->docs);
    return out->status;
}

dx_status dx_explain_score(const dx_generation *g, const dx_query *q,
    const dx_rank_options *options, uint32_t segment, uint32_t doc,
    dx_buf *out, dx_error *err)
{
    dx_arena arena = DX_ARENA_INIT;
    dx_deadline deadline = {.at_ms = options->deadline_ms};
    dx_plan plan;
    dx_status rc =
        dx_plan_make(g, q, options->exact_accents, &deadline, &arena, &plan);

    if (rc == DX_OK)
        rc = put_all(&plan, &options->freshness, segment, doc, &arena, out);
    dx_arena_free(&arena);
    return rc == DX_OK ? rc : dx_fail(err, rc, "%s", dx_status_text(rc));
}
