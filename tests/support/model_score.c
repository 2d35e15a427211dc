#include "tests/support/model.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/civil.h"
#include "searcher/match/score/weights.h"
#include "searcher/match/summand.h"

/* While it is set, what is there counts by its idf alone. */
static bool only_idf;

static double idf(const model *m, uint64_t df)
{
    return log(1 + ((double)m->count - (double)df + 0.5) / ((double)df + 0.5));
}

static double bm25(const model *m, uint32_t tf, uint64_t df, uint32_t length)
{
    double norm = 1 - 0.75 + 0.75 * length / m->average_length;

    return only_idf ? idf(m, df) : idf(m, df) * 2.3 * tf / (tf + 1.3 * norm);
}

/* ---- what it scores ---- */

static bool reads(const model_query *mq, const dx_query_word *w)
{
    return w->reading.len && !mq->exact_accents && !w->strict;
}

/* The word as its exact list has it. */
static dx_query_word as_read(const model_query *mq, const dx_query_word *w)
{
    dx_query_word read = *w;

    if (reads(mq, w))
        read.exact = w->reading;
    return read;
}

static bool has_expanded(const model_query *mq, const model_doc *d,
    const dx_node *n, const dx_query_word *w)
{
    bool strict = mq->exact_accents || w->marked || w->strict;

    for (size_t i = 0; i < d->count; i++)
        if (model_token_is(&d->tokens[i], w, strict) &&
            ((n->field != DX_IN_TITLE && n->field != DX_IN_BODY) ||
                model_in_field(n, &d->tokens[i])))
            return true;
    return false;
}

static const dx_query_word *word_before(const dx_query *q, const dx_node *n,
    uint32_t w, const dx_node *before)
{
    if (w > n->first)
        return &q->words[w - 1];
    return n->joined && before ? &q->words[before->first + before->count - 1]
                               : NULL;
}

/* Of the node's own words and of it as a whole. */
static void count_node(model_query *mq, const dx_node *n,
    const dx_node *before)
{
    const dx_query *q = mq->q;

    for (size_t i = 0; i < mq->m->count; i++) {
        const model_doc *d = &mq->m->docs[i];
        for (uint32_t w = n->first; w < n->first + n->count; w++) {
            const dx_query_word *word = &q->words[w];
            const dx_query_word *a = word_before(q, n, w, before);
            dx_query_word read = as_read(mq, word);
            mq->exact_df[w] += model_tf(d, &read, true) > 0;
            mq->folded_df[w] += model_tf(d, word, false) > 0;
            mq->made_df[w] += has_expanded(mq, d, n, word);
            mq->pair_df[w] += a && model_pair_tf(d, a, word) > 0;
        }
        if (n->count && !mq->counted[n - q->nodes])
            mq->node_df[n - q->nodes] += model_row_holds(mq, d, n, false);
    }
    mq->counted[n - q->nodes] = true;
}

void model_count_dfs(model_query *mq, uint32_t first)
{
    const dx_node *nodes = mq->q->nodes, *before = NULL;

    for (uint32_t c = first; c != DX_NODE_NONE; c = nodes[c].next) {
        count_node(mq, &nodes[c], before);
        model_count_dfs(mq, nodes[c].child);
        model_count_dfs(mq, nodes[c].alternative);
        before = &nodes[c];
    }
}

static double word_score(const model_query *mq, const model_doc *d,
    const dx_node *n, uint32_t i)
{
    const dx_query_word *w = &mq->q->words[i];
    bool strict = mq->exact_accents || w->strict, read_too = reads(mq, w);
    dx_query_word read = as_read(mq, w);

    if (w->kind != DX_WORD_TERM)
        return has_expanded(mq, d, n, w)
                   ? bm25(mq->m, 1, mq->made_df[i], d->length)
                   : 0;
    uint32_t exact = model_tf(d, &read, true), folded = model_tf(d, w, false);
    if ((w->marked || strict || read_too) && exact) {
        double score = bm25(mq->m, exact, mq->exact_df[i], d->length);
        bool guessed = read_too && !dx_str_eq(w->reading, w->exact);
        return guessed ? (score + bm25(mq->m, exact, mq->folded_df[i],
                                      d->length)) / 2
                       : score;
    }
    if (strict || !folded)
        return 0;
    return bm25(mq->m, folded, mq->folded_df[i], d->length) *
           (read_too    ? w->fallback
            : w->marked ? DX_WEIGHT_FALLBACK
                        : 1);
}

/* What a document has of the word that has it as it counts most, by idf. */
static double word_worth(const model_query *mq, uint32_t i)
{
    const dx_query_word *w = &mq->q->words[i];
    bool strict = mq->exact_accents || w->strict, read_too = reads(mq, w);
    double exact = idf(mq->m, mq->exact_df[i]);
    double folded = idf(mq->m, mq->folded_df[i]);

    if (w->kind != DX_WORD_TERM)
        return mq->made_df[i] ? idf(mq->m, mq->made_df[i]) : 0;
    if ((w->marked || strict || read_too) && mq->exact_df[i])
        return read_too && !dx_str_eq(w->reading, w->exact)
                   ? (exact + folded) / 2
                   : exact;
    if (strict || !mq->folded_df[i])
        return 0;
    return folded * (read_too    ? w->fallback
                     : w->marked ? DX_WEIGHT_FALLBACK
                                 : 1);
}

static double pair_score(const model_query *mq, const model_doc *d,
    const dx_query_word *a, uint32_t i)
{
    const dx_query_word *b = &mq->q->words[i];

    if (!a || a->kind != DX_WORD_TERM || b->kind != DX_WORD_TERM)
        return 0;
    uint32_t tf = model_pair_tf(d, a, b);
    return tf ? DX_WEIGHT_PAIR * bm25(mq->m, tf, mq->pair_df[i], d->length) : 0;
}

/* What is in the query more than once counts once, with its largest boost. */
typedef struct model_part {
    const dx_query_word *first, *second; /* of a word `second` is NULL */
    double value, boost;
    double worth; /* of a word, in idf: for who has it */
} model_part;

#define MODEL_PARTS_MAX 4096
static model_part model_parts[MODEL_PARTS_MAX];
static uint32_t part_count;

static bool same_text(dx_str a, dx_str b, dx_str c, dx_str d)
{
    return dx_str_eq(a, b) && dx_str_eq(c, d);
}

static bool same_part(const model_query *mq, const model_part *p,
    const model_part *q)
{
    const dx_query_word *a = p->first, *b = q->first;

    if (!a || !b || !p->second != !q->second)
        return false;
    if (p->second)
        return same_text(a->folded, b->folded, p->second->folded,
            q->second->folded);
    return a->kind == DX_WORD_TERM && b->kind == DX_WORD_TERM &&
           same_text(a->exact, b->exact, a->folded, b->folded) &&
           dx_str_eq(a->reading, b->reading) &&
           (mq->exact_accents || a->strict == b->strict) &&
           (!reads(mq, a) || a->fallback == b->fallback);
}

static void add_part(const model_query *mq, model_part part)
{
    for (uint32_t i = 0; i < part_count; i++) {
        if (!same_part(mq, &model_parts[i], &part))
            continue;
        if (part.boost > model_parts[i].boost)
            model_parts[i].boost = part.boost;
        return;
    }
    if (part_count < MODEL_PARTS_MAX)
        model_parts[part_count++] = part;
}

/* The first alternative that holds, where the node itself does not. */
static double alternative_score(const model_query *mq, const model_doc *d,
    const dx_node *n)
{
    const dx_node *nodes = mq->q->nodes;

    if (n->alternative == DX_NODE_NONE || model_row_holds(mq, d, n, false))
        return 0;
    for (uint32_t a = n->alternative; a != DX_NODE_NONE; a = nodes[a].next)
        if (model_row_holds(mq, d, &nodes[a], false))
            return nodes[a].boost *
                   bm25(mq->m, 1, mq->node_df[a], d->length);
    return 0;
}

static void add_parts(const model_query *mq, const model_doc *d,
    const dx_node *n, const dx_node *before, bool near, double boost)
{
    const dx_node *nodes = mq->q->nodes, *last = NULL;

    if (n->kind == DX_NODE_NOT)
        return;
    boost *= n->boost;
    for (uint32_t i = n->first; i < n->first + n->count; i++) {
        const dx_query_word *a = word_before(mq->q, n, i, before);
        const dx_query_word *w = &mq->q->words[i];
        add_part(mq, (model_part){w, NULL, word_score(mq, d, n, i), boost,
                         word_worth(mq, i)});
        if (a && a->kind == DX_WORD_TERM && w->kind == DX_WORD_TERM)
            add_part(mq, (model_part){a, w, pair_score(mq, d, a, i), boost, 0});
    }
    if (!near)
        add_part(mq,
            (model_part){NULL, NULL, alternative_score(mq, d, n), boost, 0});
    for (uint32_t c = n->child; c != DX_NODE_NONE; c = nodes[c].next) {
        add_parts(mq, d, &nodes[c], last, n->kind == DX_NODE_NEAR, boost);
        last = &nodes[c];
    }
}

static double model_score(const model_query *mq, const model_doc *d)
{
    double sum = 0;

    part_count = 0;
    add_parts(mq, d, &mq->q->nodes[0], NULL, false, 1);
    for (uint32_t i = 0; i < part_count; i++)
        sum += model_parts[i].value * model_parts[i].boost;
    return sum;
}

/* ---- what a part of it is ---- */

static int by_worth(const void *a, const void *b)
{
    double x = ((const model_part *)a)->worth * ((const model_part *)a)->boost;
    double y = ((const model_part *)b)->worth * ((const model_part *)b)->boost;

    return x < y ? 1 : x > y ? -1 : 0;
}

/* A partial match has half of the idf of the query's words, of more than six half of
 * that of the first four; what stands in for some counts as well. */
static bool has_enough(const model_query *mq, const model_doc *d)
{
    double have = 0, worth = 0;
    uint32_t words = 0;

    part_count = 0;
    only_idf = true;
    add_parts(mq, d, &mq->q->nodes[0], NULL, false, 1);
    only_idf = false;
    for (uint32_t i = 0; i < part_count; i++) {
        const model_part *p = &model_parts[i];
        have += p->second ? 0 : p->value * p->boost;
        words += p->worth > 0;
    }
    qsort(model_parts, part_count, sizeof *model_parts, by_worth);
    for (uint32_t i = 0; i < part_count && i < (words > 6 ? 4 : words); i++)
        worth += model_parts[i].worth * model_parts[i].boost;
    return have >= worth / 2 * (1 - 1e-9);
}

/* As searcher/match/score/freshness.h says. */
double model_freshness(const model_query *mq, const model_doc *d)
{
    if (mq->freshness == 0.0 || d->day == DX_DATE_UNKNOWN)
        return 1.0;
    double age = d->day > mq->newest ? 0.0 : mq->newest - d->day;
    return 1.0 + mq->freshness * 180.0 / (180.0 + age);
}

static bool scores(const dx_query *q, const dx_node *n)
{
    bool group = n->kind == DX_NODE_AND || n->kind == DX_NODE_OR, any = false;

    if (!group)
        return n->kind != DX_NODE_NOT && n->kind != DX_NODE_FILTER &&
               n->kind != DX_NODE_EVERY;
    for (uint32_t c = n->child; c != DX_NODE_NONE; c = q->nodes[c].next)
        any = any || scores(q, &q->nodes[c]);
    return any;
}

static bool is_plain(const dx_query *q, const dx_node *n)
{
    bool plain = !n->required;

    if (n->kind == DX_NODE_WORD)
        return plain && n->field == DX_IN_ANY && !n->at_start &&
               q->words[n->first].kind == DX_WORD_TERM &&
               !q->words[n->first].strict;
    for (uint32_t c = n->child; c != DX_NODE_NONE; c = q->nodes[c].next)
        plain = plain && q->nodes[c].kind == DX_NODE_WORD &&
                is_plain(q, &q->nodes[c]);
    return plain && n->kind == DX_NODE_OR;
}

/* Six plain words make quotation marks those of a headline. */
static bool asks_by_name(const dx_query *q)
{
    uint32_t phrases = 0, names = 0, words = 0;

    for (uint32_t c = q->nodes[0].child; c != DX_NODE_NONE;
         c = q->nodes[c].next) {
        const dx_node *n = &q->nodes[c];
        if (is_plain(q, n))
            words++;
        else if (n->kind == DX_NODE_PHRASE && n->field == DX_IN_ANY &&
                 !n->at_start && !n->required)
            phrases++;
        else
            names += scores(q, n);
    }
    return names || (phrases && words < 6);
}

/* 2: everything; 1: a partial match; 0 none. `any`: at least one thing. */
static int model_match(const model_query *mq, const model_doc *d, bool any)
{
    const dx_node *nodes = mq->q->nodes;
    bool by_name = !any && asks_by_name(mq->q);
    bool everything = true, lacks_name = false;
    uint32_t parts = 0, held = 0, needed = 0;

    if (d->deleted)
        return 0;
    for (uint32_t c = nodes[0].child; c != DX_NODE_NONE; c = nodes[c].next) {
        const dx_node *n = &nodes[c];
        bool holds = model_node_holds(mq, d, n, false);
        bool must = n->required || !scores(mq->q, n);
        if (must && !holds)
            return 0;
        everything = everything && holds;
        lacks_name |= !holds && !is_plain(mq->q, n);
        needed += n->required && scores(mq->q, n);
        parts += !must;
        held += !must && holds;
    }
    if (everything)
        return 2;
    return by_name ? !lacks_name : held || needed || !parts;
}

static int by_score(const void *a, const void *b)
{
    const model_hit *x = a, *y = b;

    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    return x->doc < y->doc ? -1 : 1;
}

static int by_day(const void *a, const void *b)
{
    const model_hit *x = a, *y = b;

    if (x->doc->day != y->doc->day)
        return x->doc->day < y->doc->day ? 1 : -1;
    return x->doc < y->doc ? -1 : 1;
}

static int by_match(const void *a, const void *b)
{
    const model_hit *x = a, *y = b;

    return x->match != y->match ? y->match - x->match : by_score(a, b);
}

/* Of which a document can have some. */
static uint32_t parts_of(const dx_query *q)
{
    uint32_t parts = 0;

    for (uint32_t c = q->nodes[0].child; c != DX_NODE_NONE;
         c = q->nodes[c].next)
        parts += scores(q, &q->nodes[c]);
    return parts;
}

size_t model_rank(const model_query *mq, dx_rank_match match, uint32_t wanted,
    model_hit *hits, uint64_t *total, uint64_t *partial)
{
    bool any = match == DX_RANK_ANY, mixed = !asks_by_name(mq->q);
    size_t count = 0;

    *total = *partial = 0;
    for (size_t i = 0; i < mq->m->count && dx_query_has_positive(mq->q); i++) {
        const model_doc *d = &mq->m->docs[i];
        int m = model_match(mq, d, any);
        if (m && any)
            m = 2; /* nothing is partial */
        if (m == 1 && (match == DX_RANK_ALL || !has_enough(mq, d)))
            continue;
        *partial += m == 1;
        *total += m == 2;
        if (m)
            hits[count++] =
                (model_hit){model_score(mq, d) * model_freshness(mq, d), d, m};
    }
    if (!scores(mq->q, &mq->q->nodes[0]))
        qsort(hits, count, sizeof *hits, by_day);
    else
        qsort(hits, count, sizeof *hits, mixed || any ? by_score : by_match);
    if (match == DX_RANK_AUTO && parts_of(mq->q) > 1)
        model_rerank(mq, mixed, hits, count);
    return count < wanted ? count : wanted;
}
