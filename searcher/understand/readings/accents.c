/* Restoring accents: the likeliest of all ways to spell the words. */
#include "searcher/understand/readings/accents.h"

#include <math.h>

#include "common/base/str.h"
#include "searcher/query/typing.h"
#include "searcher/understand/readings/sightings.h"
#include "searcher/understand/readings/slots.h"

/* All measured on headlines and on the question sets: docs/DECISIONS.md,
 * "Understanding". */
#define SMOOTHING 1.0      /* sightings that chance is worth */
#define LEAD_LEAST 1.0     /* of a reading before the next one, in nats … */
#define LEAD_FULL 20.0     /* … and that where other spellings hardly count */
/* Where a reader may be told: how likely some word of the query means another. A short
 * query is mostly whole words and phrases, which are read better than they seem. */
#define DOUBT_SURE 0.02
#define DOUBT_SURE_SHORT 0.04
#define SHORT_WORDS 6u
#define FALLBACK_SURE 0.05 /* of DX_WEIGHT_FALLBACK's kind */
#define FALLBACK_AMONG_MARKED 0.3
/* A longer query finds as much as it was typed: its many pairs say what each
 * word means. Reading it would take longest and gain nothing. */
#define READ_WORDS_MAX 32u

/* ---- the likeliest of all ways to spell the words ----
 *
 * A chain of cliques of three words that share pairs (a junction tree: Lauritzen &
 * Spiegelhalter, JRSS B 1988): the score of a way is the product of its triples'
 * shares over that of the pairs that two of them have in common. `before` and
 * `after` are the two halves of a Viterbi search over pairs; together they tell how
 * good the best way through each pair is. Only ratios matter, so each half is scaled
 * to be at most 1. */

typedef double grid[DX_SPELLINGS_MAX][DX_SPELLINGS_MAX];

typedef struct link { /* a slot and the one before */
    grid pair, before, after;
    double norm; /* of the triples that end here, as their pairs have them */
} link;

typedef struct chain {
    const dx_query *query;
    const dx_slot *slots;
    link *links; /* of each slot but the first */
    uint32_t count;
} chain;

static uint32_t choices(const dx_slot *s) { return s->count ? s->count : 1; }

static double share_of(const dx_slot *s, uint32_t k)
{
    return s->count ? s->spellings[k].share : 1.0;
}

static void set_pair(const chain *c, uint32_t i)
{
    const dx_slot *s = &c->slots[i];

    for (uint32_t a = 0; a < choices(s - 1); a++)
        for (uint32_t b = 0; b < choices(s); b++) {
            double chance = SMOOTHING * share_of(s - 1, a) * share_of(s, b);
            c->links[i].pair[a][b] =
                (s->seen[a][b] + chance) / (s->seen_sum + SMOOTHING);
        }
}

/* What all triples would come to if a word depended on its neighbour only. */
static void set_norm(const chain *c, uint32_t i)
{
    const dx_slot *s = &c->slots[i];
    link *l = &c->links[i];

    l->norm = 0.0;
    for (uint32_t a = 0; a < choices(s - 1); a++) {
        double left = 0.0, right = 0.0;
        for (uint32_t z = 0; z < choices(s - 2); z++)
            left += l[-1].pair[z][a];
        for (uint32_t b = 0; b < choices(s); b++)
            right += l->pair[a][b];
        l->norm += left * right / share_of(s - 1, a);
    }
}

static inline double triple(const chain *c, uint32_t i, uint32_t z, uint32_t a,
    uint32_t b)
{
    const dx_slot *s = &c->slots[i];
    const link *l = &c->links[i];
    double chance = SMOOTHING * l[-1].pair[z][a] * l->pair[a][b] /
                    (share_of(s - 1, a) * l->norm);

    return (s->triples[z][a][b] + chance) / (s->triples_sum + SMOOTHING);
}

static void scale(grid g, uint32_t rows, uint32_t columns)
{
    double most = 0.0;

    for (uint32_t a = 0; a < rows; a++)
        for (uint32_t b = 0; b < columns; b++)
            most = fmax(most, g[a][b]);
    for (uint32_t a = 0; a < rows; a++)
        for (uint32_t b = 0; b < columns; b++)
            g[a][b] /= most;
}

/* The share of a pair that two triples have in common. */
static double shared(const chain *c, uint32_t i, uint32_t a, uint32_t b)
{
    return i > 1 && i + 1 < c->count ? c->links[i].pair[a][b] : 1.0;
}

static void look_back(const chain *c, uint32_t i)
{
    const dx_slot *s = &c->slots[i];
    const link *l = &c->links[i];

    for (uint32_t a = 0; a < choices(s - 1); a++)
        for (uint32_t b = 0; b < choices(s); b++) {
            double best = 0.0;
            for (uint32_t z = 0; z < choices(s - 2); z++)
                best = fmax(best, l[-1].before[z][a] / shared(c, i - 1, z, a) *
                                      triple(c, i, z, a, b));
            c->links[i].before[a][b] = best;
        }
    scale(c->links[i].before, choices(s - 1), choices(s));
}

static void look_ahead(const chain *c, uint32_t i)
{
    const dx_slot *s = &c->slots[i];
    const link *next = &c->links[i + 1];

    for (uint32_t z = 0; z < choices(s - 1); z++)
        for (uint32_t a = 0; a < choices(s); a++) {
            double best = 0.0;
            for (uint32_t b = 0; b < choices(s + 1); b++)
                best = fmax(best, next->after[a][b] / shared(c, i + 1, a, b) *
                                      triple(c, i + 1, z, a, b));
            c->links[i].after[z][a] = best;
        }
    scale(c->links[i].after, choices(s - 1), choices(s));
}

static void set_all(grid g, double value)
{
    for (uint32_t a = 0; a < DX_SPELLINGS_MAX; a++)
        for (uint32_t b = 0; b < DX_SPELLINGS_MAX; b++)
            g[a][b] = value;
}

static void look_both_ways(const chain *c)
{
    uint32_t last = c->count - 1;

    for (uint32_t i = 1; i < c->count; i++) {
        set_pair(c, i);
        if (i > 1)
            set_norm(c, i);
    }
    set_all(c->links[1].before, 1.0);
    set_all(c->links[last].after, 1.0);
    for (uint32_t i = 2; i < c->count; i++)
        look_back(c, i);
    for (uint32_t i = last; i-- > 1;)
        look_ahead(c, i);
}

/* How good the best way is that spells slot `i` and the one before so. */
static double best_through(const chain *c, uint32_t i, uint32_t a, uint32_t b)
{
    const link *l = &c->links[i];

    return c->count == 2 ? l->pair[a][b]
                         : l->before[a][b] * l->after[a][b] / shared(c, i, a, b);
}

/* The same for a spelling of slot `i` alone. */
static double score_of(const chain *c, uint32_t i, uint32_t k)
{
    const dx_slot *s = &c->slots[i];
    double best = 0.0;

    if (c->count == 1)
        return share_of(s, k);
    for (uint32_t o = 0; i > 0 && o < choices(s - 1); o++)
        best = fmax(best, best_through(c, i, o, k));
    for (uint32_t o = 0; i == 0 && o < choices(s + 1); o++)
        best = fmax(best, best_through(c, 1, k, o));
    return best;
}

/* The best spelling of slot `i`, and how far it leads. */
static uint32_t best_spelling(const chain *c, uint32_t i, double *lead)
{
    double best = 0.0, second = 0.0;
    uint32_t at = 0;

    for (uint32_t k = 0; k < c->slots[i].count; k++) {
        double score = score_of(c, i, k);
        if (score > best) {
            second = best;
            best = score;
            at = k;
        } else if (score > second) {
            second = score;
        }
    }
    *lead = log(best / second);
    return at;
}

/* Words in capitals among others are mostly abbreviations, which have no marks. */
static bool is_shouted(const dx_query *q, const dx_query_word *w)
{
    return w->end - w->start > 1 && dx_typed_in_capitals(q, w) &&
           dx_typed_small_letters(q);
}

/* Reads slot `i`. How likely it means another word: 1 where nothing was read. */
static double read_slot(const chain *c, uint32_t i)
{
    const dx_slot *s = &c->slots[i];
    double lead;

    if (s->word->marked || s->count == 0)
        return 0.0;
    uint32_t best = best_spelling(c, i, &lead);
    if (lead < LEAD_LEAST)
        return 1.0;
    double doubt = lead < LEAD_FULL ? 1.0 - lead / LEAD_FULL : 0.0;
    s->word->reading = s->spellings[best].text;
    s->word->fallback = FALLBACK_SURE + (1.0 - FALLBACK_SURE) * doubt;
    if (!dx_str_eq(s->word->reading, s->word->exact) &&
        is_shouted(c->query, s->word))
        return 1.0;
    s->word->told = exp(-lead) <= DOUBT_SURE;
    return exp(-lead);
}

/* Repeated words count once, as sure as the surer one: ranking merges only words
 * that are the same in all. Two words of the same letters that read differently
 * are not each other in doubt: in "vợ của Võ Nguyên Giáp", "võ" says nothing
 * about "vợ". */
static void compare_slots(dx_slot *a, dx_slot *b)
{
    dx_query_word *x = a->word, *y = b->word;

    if (x->reading.len == 0 || y->reading.len == 0 ||
        !dx_str_eq(x->folded, y->folded))
        return;
    double fallback = dx_str_eq(x->reading, y->reading)
                          ? fmin(x->fallback, y->fallback)
                          : FALLBACK_SURE;
    x->fallback = y->fallback = fallback;
}

static void settle(dx_slots *row)
{
    for (uint32_t i = 1; i < row->count; i++)
        for (uint32_t k = 0; k < i; k++)
            compare_slots(&row->slots[k], &row->slots[i]);
}

/* ---- the words ---- */

static bool typed_with_marks(const dx_slots *row)
{
    uint32_t marked = 0;

    for (uint32_t i = 0; i < row->count; i++)
        marked += row->slots[i].word->marked;
    return dx_typed_with_marks(marked, row->count);
}

static void take_literally(dx_slots *row)
{
    for (uint32_t i = 0; i < row->count; i++) {
        dx_query_word *w = row->slots[i].word;
        if (w->marked)
            continue;
        w->reading = w->exact;
        w->fallback = FALLBACK_AMONG_MARKED;
    }
}

static dx_status read_words(const dx_query *q, dx_slots *row,
    dx_sureness *sureness)
{
    chain c = {.query = q, .slots = row->slots, .count = row->count};

    DX_TRY(dx_slots_find_spellings(row));
    DX_TRY(dx_sightings_collect(row));
    c.links = dx_arena_alloc(&row->arena, row->count * sizeof *c.links);
    if (!c.links)
        return DX_ERR_NOMEM;
    if (c.count > 1)
        look_both_ways(&c);
    double doubt = 0.0;
    for (uint32_t i = 0; i < row->count; i++)
        doubt += read_slot(&c, i);
    double most = row->count <= SHORT_WORDS ? DOUBT_SURE_SHORT : DOUBT_SURE;
    *sureness = doubt <= most ? DX_ACCENTS_SURE : DX_ACCENTS_UNSURE;
    settle(row);
    return DX_OK;
}

dx_status dx_accents_restore(const dx_generation *g, dx_query *q,
    dx_sureness *sureness)
{
    dx_slots slots;

    *sureness = DX_ACCENTS_NONE;
    if (g->segment_count == 0 || q->word_count == 0)
        return DX_OK;
    dx_status rc = dx_slots_make(q, g, &slots);
    if (rc == DX_OK && typed_with_marks(&slots))
        take_literally(&slots);
    else if (rc == DX_OK && slots.count > 0 && slots.count <= READ_WORDS_MAX)
        rc = read_words(q, &slots, sureness);
    dx_slots_free(&slots);
    return rc;
}
