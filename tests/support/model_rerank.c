/* The second stage of ranking as its definition says it (searcher/match/rank/
 * rerank.h): every window of a text is looked at, every word of it compared. */
#include <math.h>
#include <stdlib.h>

#include "searcher/match/evaluate/node_role.h"
#include "searcher/match/rank/rerank.h"
#include "searcher/match/summand.h"
#include "tests/support/model.h"

typedef struct part {
    const dx_query_word *word;
    uint32_t number; /* in the query */
    double boost;
} part;

typedef struct parts {
    const model_query *mq;
    part list[WORDS_MAX];
    uint32_t count;
} parts;

static double idf(const model_query *mq, uint64_t df)
{
    return log(1 + ((double)mq->m->count - (double)df + 0.5) /
                       ((double)df + 0.5));
}

static double steps(double worth) { return floor(worth * 65536 + 0.5); }

/* ---- the words of the query ---- */

static bool is_strict(const model_query *mq, const dx_query_word *w)
{
    return mq->exact_accents || w->strict;
}

static bool is_read(const model_query *mq, const dx_query_word *w)
{
    return w->reading.len && !is_strict(mq, w);
}

static bool same_spelling(const dx_query_word *a, const dx_query_word *b)
{
    return dx_str_eq(a->exact, b->exact) && dx_str_eq(a->folded, b->folded) &&
           dx_str_eq(a->reading, b->reading);
}

static void add_word(parts *p, uint32_t number, double boost)
{
    const dx_query_word *w = &p->mq->q->words[number];

    if (w->kind != DX_WORD_TERM)
        return;
    for (uint32_t i = 0; i < p->count; i++) {
        const dx_query_word *other = p->list[i].word;
        if (!same_spelling(w, other) ||
            is_strict(p->mq, w) != is_strict(p->mq, other) ||
            (is_read(p->mq, w) && w->fallback != other->fallback))
            continue;
        p->list[i].boost = fmax(p->list[i].boost, boost);
        return;
    }
    p->list[p->count++] = (part){w, number, boost};
}

static void add_words(parts *p, const dx_node *n, double boost)
{
    const dx_node *nodes = p->mq->q->nodes;

    if (n->kind == DX_NODE_NOT)
        return;
    boost *= n->boost;
    for (uint32_t w = n->first; w < n->first + n->count; w++)
        add_word(p, w, boost);
    for (uint32_t c = n->child; c != DX_NODE_NONE; c = nodes[c].next)
        add_words(p, &nodes[c], boost);
}

/* ---- what a word is worth ---- */

static bool has_exact(const model_query *mq, const dx_query_word *w)
{
    return w->marked || is_strict(mq, w) || is_read(mq, w);
}

static double exact_worth(const model_query *mq, const part *p)
{
    const dx_query_word *w = p->word;
    double exact = idf(mq, mq->exact_df[p->number]);

    if (is_read(mq, w) && !dx_str_eq(w->reading, w->exact))
        exact = (exact + idf(mq, mq->folded_df[p->number])) / 2;
    return steps(p->boost * exact);
}

static double folded_share(const model_query *mq, const dx_query_word *w)
{
    return is_strict(mq, w)  ? 0
           : is_read(mq, w)  ? w->fallback
           : w->marked       ? DX_WEIGHT_FALLBACK
                             : 1;
}

static double folded_worth(const model_query *mq, const part *p)
{
    return steps(p->boost * idf(mq, mq->folded_df[p->number]) *
                 folded_share(mq, p->word));
}

static double worth(const model_query *mq, const part *p)
{
    double exact = has_exact(mq, p->word) ? exact_worth(mq, p) : 0;

    return fmax(exact, folded_worth(mq, p));
}

/* Whether the row that ends at token `i` is the alternative's. */
static bool ends_alternative(const model_query *mq, const model_doc *d,
    size_t i, const dx_node *a)
{
    for (uint32_t back = 0; back < a->count; back++) {
        const dx_query_word *w = &mq->q->words[a->first + a->count - 1 - back];
        const model_token *t = &d->tokens[i];
        if (w->kind != DX_WORD_TERM || !model_token_is(t, w, w->marked) ||
            (a->count > 1 && t->overlay))
            return false;
        if (back + 1 == a->count)
            return true;
        for (;; i--) {
            if (i == 0)
                return false;
            if (!d->tokens[i - 1].overlay)
                break;
        }
        i--;
        if (d->tokens[i].field != t->field || d->tokens[i].pos + 1 != t->pos)
            return false;
    }
    return false;
}

static double alternative_worth(const model_query *mq, const model_doc *d,
    size_t token, const part *p, const dx_node *n, double boost)
{
    const dx_node *nodes = mq->q->nodes;
    double best = 0;

    if (n->kind == DX_NODE_NOT)
        return 0;
    boost *= n->boost;
    if (dx_node_has_own_list(mq->q, n) &&
        same_spelling(&mq->q->words[n->first], p->word))
        for (uint32_t a = n->alternative; a != DX_NODE_NONE; a = nodes[a].next)
            if (ends_alternative(mq, d, token, &nodes[a]))
                best = fmax(best, steps(boost * nodes[a].boost *
                                        idf(mq, mq->node_df[a])));
    if (dx_node_is_group(n->kind))
        for (uint32_t c = n->child; c != DX_NODE_NONE; c = nodes[c].next)
            best = fmax(best,
                alternative_worth(mq, d, token, p, &nodes[c], boost));
    return best;
}

/* What a token is worth as a mention of a word; 0: it is none. */
static double mention(const model_query *mq, const model_doc *d, size_t token,
    const part *p)
{
    const dx_query_word *w = p->word;
    const model_token *t = &d->tokens[token];
    dx_query_word read = *w;
    double best = 0;

    if (is_read(mq, w))
        read.exact = w->reading;
    if (has_exact(mq, w) && model_token_is(t, &read, true))
        best = exact_worth(mq, p);
    if ((!has_exact(mq, w) || folded_share(mq, w) >= 0.1) &&
        model_token_is(t, w, false))
        best = fmax(best, folded_worth(mq, p));
    double instead = alternative_worth(mq, d, token, p, &mq->q->nodes[0], 1);
    return fmax(best, fmin(instead, worth(mq, p)));
}

/* ---- a document ---- */

/* The sum over words of their best mention among the tokens that `in` lets in. */
typedef struct span {
    bool title;              /* tokens of the title, */
    uint32_t first_words;    /* these of what follows; or */
    bool is_window;          /* a window: of `field`, */
    uint8_t field;
    const uint32_t *at;      /* by these positions, */
    uint32_t from, to;       /* both included */
} span;

static bool lets_in(const span *s, const model_token *t, uint32_t at,
    uint32_t lead_words)
{
    if (s->is_window)
        return t->field == s->field && at >= s->from && at <= s->to;
    if (t->field == DX_FIELD_TITLE)
        return s->title;
    return t->pos + (t->field == DX_FIELD_BODY ? lead_words : 0) <
           s->first_words;
}

static double sum(const parts *p, const model_doc *d, const double *mentions,
    const span *s, uint32_t lead_words)
{
    double all = 0;

    for (uint32_t w = 0; w < p->count; w++) {
        double best = 0;
        for (size_t i = 0; i < d->count; i++)
            if (lets_in(s, &d->tokens[i], s->at[i], lead_words))
                best = fmax(best, mentions[i * p->count + w]);
        all += best;
    }
    return all;
}

static double best_window(const parts *p, const model_doc *d,
    const double *mentions, const uint32_t *at)
{
    double best = 0;

    for (size_t i = 0; i < d->count; i++) {
        span s = {.is_window = true, .field = d->tokens[i].field, .at = at,
            .from = at[i], .to = at[i] + 39};
        bool any = false;
        for (uint32_t w = 0; w < p->count; w++)
            any |= mentions[i * p->count + w] > 0;
        if (any)
            best = fmax(best, sum(p, d, mentions, &s, 0));
    }
    return best;
}

static double gain(const parts *p, const model_doc *d)
{
    double *mentions = calloc(d->count * p->count + 1, sizeof *mentions);
    uint32_t *at = calloc(d->count + 1, sizeof *at), lead_words = 0;
    double total = 0;

    for (uint32_t w = 0; w < p->count; w++)
        total += worth(p->mq, &p->list[w]);
    for (size_t i = 0, last = 0; i < d->count; i++) {
        const model_token *t = &d->tokens[i];
        bool any = false;
        for (uint32_t w = 0; w < p->count; w++) {
            mentions[i * p->count + w] = mention(p->mq, d, i, &p->list[w]);
            any |= mentions[i * p->count + w] > 0;
        }
        at[i] = t->pos; /* what is whole comes after its parts */
        if (any && i > 0 && d->tokens[last].field == t->field &&
            at[last] > at[i])
            at[i] = at[last];
        if (any)
            last = i;
        if (t->field == DX_FIELD_LEAD && !t->overlay)
            lead_words = t->pos + 1;
    }
    span title = {.title = true, .at = at};
    span head = {.title = true, .first_words = 50, .at = at};
    double t = sum(p, d, mentions, &title, lead_words) / total;
    double h = sum(p, d, mentions, &head, lead_words) / total;
    double b = best_window(p, d, mentions, at) / total;
    free(mentions);
    free(at);
    return total > 0
               ? total / 65536 * (1.2 * b * b + 0.8 * h * h + 0.2 * t * t)
               : 0;
}

static int by_score(const void *a, const void *b)
{
    const model_hit *x = a, *y = b;

    return x->score != y->score ? (x->score < y->score ? 1 : -1)
                                : (x->doc < y->doc ? -1 : 1);
}

void model_rerank(const model_query *mq, bool mixed, model_hit *hits,
    size_t count)
{
    parts p = {.mq = mq};

    add_words(&p, &mq->q->nodes[0], 1);
    if (count > DX_RERANK_HITS)
        count = DX_RERANK_HITS;
    for (size_t i = 0; i < count; i++)
        hits[i].score += gain(&p, hits[i].doc) * model_freshness(mq, hits[i].doc);
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1;
             end < count && (mixed || hits[end].match == hits[first].match);)
            end++;
        qsort(hits + first, end - first, sizeof *hits, by_score);
    }
}
