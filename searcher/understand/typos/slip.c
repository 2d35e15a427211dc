/* Did you mean: the likeliest word, given what was typed and its neighbours. */
#include "searcher/understand/typos/slip.h"

#include <math.h>
#include <string.h>

#include "common/index/segment/dictionary.h"
#include "common/text/syllable.h"
#include "common/text/term.h"
#include "searcher/query/typing.h"
#include "searcher/understand/count.h"
#include "searcher/understand/typos/edits.h"
#include "searcher/understand/typos/likelihood.h"
#include "searcher/understand/typos/row.h"
#include "searcher/understand/typos/written.h"

/* All measured on headlines: docs/DECISIONS.md, "Understanding a query". */
#define LETTERS_MIN 2u
/* A word in more documents than HANDFUL is known. Then it takes more to doubt it,
 * and if it is no syllable it is an abbreviation or a foreign word. */
#define HANDFUL 5u
#define ODDS_UNKNOWN 3.0 /* natural logarithms */
#define ODDS_KNOWN 5.2
#define ODDS_SURE 6.0
/* Beside its neighbours in no more documents, or one of so many that have the
 * neighbour, it was perhaps not meant. Newspapers have slips, too. */
#define RARE 2u
/* Of a longer query the other words tell what is meant: only a pair that the index
 * does not know in any spelling is worth a closer look. */
#define WORDS_MAX 8u
#define RARE_AMONG 4000u
#define SLIP_TIMES 200u
/* Of so many documents with the word in any spelling, one has this spelling: it is
 * meant, if the pair is known at all. A wrong mark mostly makes a rarer one. */
#define COMMON_AMONG 8u
/* A slip is in one word of so many: its logarithm. */
#define SLIP_PRIOR (-3.0)
#define SLIP_MAX (-3.0) /* of dx_slip_likelihood() */
/* The share of pairs that the index has not: they are as likely as their words
 * (Jelinek and Mercer, 1980). */
#define UNSEEN 0.05
#define CANDIDATES_MAX 8u
/* What is so much less likely hardly counts, in natural logarithms. */
#define FAR 7.0

enum { BEFORE, AFTER, SIDES };

typedef struct candidate {
    dx_query_word word;
    dx_row_word in_row; /* `word`, as the row's words */
    uint64_t pairs[SIDES];
    double slip, score; /* natural logarithms; score: at most, until weighed */
} candidate;

typedef struct corrector {
    dx_row row;
    const dx_query *query;
    dx_arena *arena;
    const dx_row_word *typed;         /* the word under way */
    const dx_row_word *sides[SIDES];  /* or NULL */
    double needed;                    /* least score of a candidate */
    uint32_t *ids;                    /* room for one in each segment */
    candidate list[CANDIDATES_MAX];   /* best first */
    uint32_t count;
} corrector;

/* ---- how well a word fits between its neighbours ---- */

static dx_status count_pair(const corrector *c, const dx_row_word *w, int side,
    uint64_t enough, uint64_t *count)
{
    return side == BEFORE
               ? dx_row_count_pair(&c->row, c->sides[BEFORE], w, enough, count)
               : dx_row_count_pair(&c->row, w, c->sides[AFTER], enough, count);
}

/* In any spelling. */
static dx_status count_folded(const corrector *c, const uint32_t *folded,
    int side, uint64_t *count)
{
    const uint32_t *other = c->sides[side]->folded;

    return side == BEFORE
               ? dx_row_count_folded(&c->row, other, folded, count)
               : dx_row_count_folded(&c->row, folded, other, count);
}

/* A chain of pairs: the logarithm of the share of such words among all words, or
 * behind the one before, and of the next one behind these. */
static double weigh(const corrector *c, uint64_t documents,
    const uint64_t pairs[SIDES])
{
    double words = (double)c->row.generation->length_sum;
    double count = documents ? (double)documents : 0.1;
    double share = count / words;
    double score = 0.0;

    if (c->sides[BEFORE])
        share = (1 - UNSEEN) * (double)pairs[BEFORE] /
                    (double)c->sides[BEFORE]->documents +
                UNSEEN * share;
    if (c->sides[AFTER])
        score = log((1 - UNSEEN) * (double)pairs[AFTER] / count +
                    UNSEEN * (double)c->sides[AFTER]->documents / words);
    return log(share) + score;
}

/* What that is for words of any frequency, with so many pairs at most. */
static double at_most(const corrector *c, const uint64_t pairs[SIDES])
{
    double words = (double)c->row.generation->length_sum;
    double score = SLIP_MAX + SLIP_PRIOR;

    if (c->sides[BEFORE])
        score += log((double)pairs[BEFORE] /
                         (double)c->sides[BEFORE]->documents +
                     UNSEEN * (double)c->row.generation->docs / words);
    if (c->sides[AFTER] && pairs[AFTER] == 0)
        score += log(UNSEEN * (double)c->sides[AFTER]->documents / words);
    return score;
}

/* ---- what may have been meant ---- */

static uint64_t least(uint64_t a, uint64_t b) { return a < b ? a : b; }

static dx_status keep(corrector *c, const candidate *n)
{
    uint32_t at = c->count;

    while (at > 0 && c->list[at - 1].score < n->score)
        at--;
    if (at == CANDIDATES_MAX)
        return DX_OK;
    if (c->count < CANDIDATES_MAX)
        c->count++;
    memmove(&c->list[at + 1], &c->list[at],
        (c->count - 1 - at) * sizeof *c->list);
    c->list[at] = *n;
    dx_str *exact = &c->list[at].word.exact, *folded = &c->list[at].word.folded;
    exact->ptr = dx_arena_strndup(c->arena, exact->ptr, exact->len);
    folded->ptr = dx_arena_strndup(c->arena, folded->ptr, folded->len);
    return exact->ptr && folded->ptr ? DX_OK : DX_ERR_NOMEM;
}

static bool has_candidate(const corrector *c, dx_str exact)
{
    uint32_t i = 0;

    while (i < c->count && !dx_str_eq(c->list[i].word.exact, exact))
        i++;
    return i < c->count;
}

/* `pairs`: with the neighbours, in any spelling. */
static dx_status try_word(corrector *c, dx_str exact, dx_str folded,
    const uint64_t pairs[SIDES])
{
    const dx_generation *g = c->row.generation;
    double slip = dx_slip_likelihood(c->typed->word->exact, exact);
    dx_term term = {.exact = exact, .folded = folded};
    candidate n = {.word = {.exact = exact, .folded = folded},
        .slip = slip + SLIP_PRIOR};
    uint64_t most[SIDES];

    if (slip == -INFINITY || has_candidate(c, exact))
        return DX_OK;
    n.word.marked = dx_term_is_marked(&term);
    n.in_row.spelt = c->row.accented;
    DX_TRY(n.in_row.spelt
               ? dx_count_spelling(g, folded, exact, &n.in_row.documents)
               : dx_count_word(g, folded, &n.in_row.documents));
    for (int side = 0; side < SIDES; side++)
        most[side] = least(pairs[side], n.in_row.documents);
    n.score = n.slip + weigh(c, n.in_row.documents, most);
    return n.score < c->needed ? DX_OK : keep(c, &n);
}

static dx_status try_syllable(void *ctx, dx_str folded)
{
    corrector *c = ctx;
    const dx_generation *g = c->row.generation;
    uint64_t pairs[SIDES] = {0, 0};
    uint32_t first, end;
    bool fits = !c->sides[BEFORE] && !c->sides[AFTER];

    if (folded.len < LETTERS_MIN)
        return DX_OK;
    dx_row_find(&c->row, folded, c->ids);
    for (int side = 0; side < SIDES; side++) {
        if (c->sides[side])
            DX_TRY(count_folded(c, c->ids, side, &pairs[side]));
        fits |= pairs[side] > 0;
    }
    if (!fits || at_most(c, pairs) < c->needed)
        return DX_OK;
    if (!c->row.accented)
        return try_word(c, folded, folded, pairs);
    for (size_t s = 0; s < g->segment_count; s++) {
        if (c->ids[s] == DX_ID_NONE)
            continue;
        dx_segment_exact_range(g->segments[s], c->ids[s], c->ids[s] + 1, &first,
            &end);
        for (uint32_t k = first; k < end; k++)
            DX_TRY(try_word(c, dx_segment_exact_string(g->segments[s], k),
                folded, pairs));
    }
    return DX_OK;
}

/* What can be no better than the best keeps what it is at most. */
static dx_status weigh_candidates(corrector *c)
{
    double best = -INFINITY;

    for (uint32_t i = 0; i < c->count && c->list[i].score > best - FAR; i++) {
        candidate *n = &c->list[i];
        n->in_row.word = &n->word;
        for (int side = 0; side < SIDES; side++)
            if (c->sides[side])
                DX_TRY(count_pair(c, &n->in_row, side, UINT64_MAX,
                    &n->pairs[side]));
        n->score = n->slip + weigh(c, n->in_row.documents, n->pairs);
        best = fmax(best, n->score);
    }
    return DX_OK;
}

/* The best against all others, and what was typed. Where that stands beside a
 * neighbour once in many times that the best does, those are slips, too. */
static const candidate *choose(const corrector *c, const uint64_t typed[SIDES],
    double *odds)
{
    const candidate *best = &c->list[0];
    uint64_t meant[SIDES];
    double others;

    for (uint32_t i = 1; i < c->count; i++)
        if (c->list[i].score > best->score)
            best = &c->list[i];
    for (int side = 0; side < SIDES; side++)
        meant[side] =
            typed[side] * SLIP_TIMES > best->pairs[side] ? typed[side] : 0;
    others = exp(weigh(c, c->typed->documents, meant) - best->score);
    for (uint32_t i = 0; i < c->count; i++)
        if (&c->list[i] != best)
            others += exp(c->list[i].score - best->score);
    *odds = -log(others);
    return best;
}

/* ---- which words are doubted ---- */

static bool is_letters(dx_str w)
{
    for (size_t i = 0; i < w.len; i++)
        if (w.ptr[i] < 'a' || w.ptr[i] > 'z')
            return false;
    return true;
}

/* An abbreviation, among words that are none. */
static bool is_in_capitals(const dx_query *q, const dx_query_word *w)
{
    return dx_typed_in_capitals(q, w) &&
           (q->typed_count == 1 || dx_typed_small_letters(q));
}

static bool is_rare(const dx_row_word *side, uint64_t pairs)
{
    return pairs <= RARE || pairs <= side->documents / RARE_AMONG;
}

/* `pairs`: with its neighbours, in any spelling. */
static dx_status is_usual_there(const corrector *c, const uint64_t pairs[SIDES],
    bool *usual)
{
    const dx_row_word *w = c->typed;

    *usual = w->documents > HANDFUL &&
             w->documents * COMMON_AMONG > w->in_all;
    for (int side = 0; side < SIDES && w->documents > HANDFUL && !*usual; side++)
        if (pairs[side] > RARE)
            DX_TRY(side == BEFORE ? dx_row_is_usual(&c->row, w,
                                        c->sides[side]->folded, w->folded, usual)
                                  : dx_row_is_usual(&c->row, w, w->folded,
                                        c->sides[side]->folded, usual));
    return DX_OK;
}

/* Beside its neighbours. Sets `pairs`. */
static dx_status is_rare_there(corrector *c, bool *rare, uint64_t pairs[SIDES])
{
    const dx_row_word *w = c->typed;

    *rare = true;
    for (int side = 0; side < SIDES; side++) {
        if (!c->sides[side])
            continue;
        pairs[side] = side == BEFORE ? w->pairs : w[1].pairs;
        *rare = *rare && pairs[side] <= RARE;
    }
    if (!w->spelt || *rare ||
        (w->documents > HANDFUL && c->row.count > WORDS_MAX))
        return DX_OK;
    DX_TRY(is_usual_there(c, pairs, rare));
    *rare = !*rare;
    for (int side = 0; side < SIDES && *rare; side++) {
        if (!c->sides[side])
            continue;
        DX_TRY(count_pair(c, w, side, 1, &pairs[side]));
        *rare = is_rare(c->sides[side], pairs[side]);
    }
    return DX_OK;
}

/* A word that only the reader knows, or that the index has otherwise. */
static dx_status is_doubted(corrector *c, bool *doubted, uint64_t pairs[SIDES])
{
    const dx_row_word *w = c->typed;
    bool known = w->documents > HANDFUL;

    *doubted = false;
    if (!w->word->marked && (is_in_capitals(c->query, w->word) ||
                                (known && !dx_syllable_is_valid(w->word->exact))))
        return DX_OK;
    if (known && !c->sides[BEFORE] && !c->sides[AFTER])
        return DX_OK;
    return is_rare_there(c, doubted, pairs);
}

/* An abbreviation or a name of the index, however it was typed. */
static dx_status is_written_so(const corrector *c, bool *is)
{
    const dx_generation *g = c->row.generation;
    const dx_query_word *w = c->typed->word;

    *is = false;
    if (w->marked || c->typed->documents == 0)
        return DX_OK;
    if (!dx_syllable_is_valid(w->exact))
        DX_TRY(dx_written_in_title(g, w, is));
    return *is ? DX_OK : dx_written_in_capitals(g, w, is);
}

static dx_status correct_word(corrector *c, dx_slip *out)
{
    const dx_row_word *w = c->typed;
    dx_str letters = w->word->marked ? w->word->folded : w->word->exact;
    double least_odds = w->documents > HANDFUL ? ODDS_KNOWN : ODDS_UNKNOWN;
    uint64_t pairs[SIDES] = {0, 0};
    bool doubted, written;
    double odds;

    if (letters.len < LETTERS_MIN || letters.len > DX_EDITS_MAX_LETTERS ||
        !is_letters(letters))
        return DX_OK;
    DX_TRY(is_doubted(c, &doubted, pairs));
    if (!doubted)
        return DX_OK;
    out->doubted++;
    c->needed =
        weigh(c, w->documents, (const uint64_t[SIDES]){0, 0}) + least_odds;
    c->count = 0;
    DX_TRY(dx_edits_each(letters, w->documents > HANDFUL, try_syllable, c));
    if (c->row.accented)
        DX_TRY(try_syllable(c, letters));
    if (c->count == 0)
        return DX_OK;
    DX_TRY(weigh_candidates(c));
    const candidate *best = choose(c, pairs, &odds);
    if (odds < least_odds || odds <= out->odds)
        return DX_OK;
    DX_TRY(is_written_so(c, &written));
    if (!written)
        *out = (dx_slip){.meant = best->word.exact, .word = w->number,
            .odds = odds, .sure = w->documents == 0 || odds >= ODDS_SURE,
            .doubted = out->doubted};
    return DX_OK;
}

static const dx_row_word *if_known(const dx_row_word *w)
{
    return w->documents > 0 ? w : NULL;
}

static void set_sides(corrector *c, uint32_t i)
{
    const dx_row_word *w = &c->row.words[i];
    bool goes_on = i + 1 < c->row.count && w[1].follows;

    c->typed = w;
    c->sides[BEFORE] = w->follows ? if_known(w - 1) : NULL;
    c->sides[AFTER] = goes_on ? if_known(w + 1) : NULL;
}

dx_status dx_slip_find(const dx_generation *g, const dx_query *q,
    dx_arena *arena, dx_slip *out)
{
    corrector c = {.query = q, .arena = arena};

    *out = (dx_slip){.meant = {NULL, 0}};
    if (g->segment_count == 0)
        return DX_OK;
    c.ids = dx_arena_alloc(arena, g->segment_count * sizeof *c.ids);
    if (!c.ids)
        return DX_ERR_NOMEM;
    DX_TRY(dx_row_make(g, q, arena, &c.row));
    for (uint32_t i = 0; i < c.row.count; i++) {
        set_sides(&c, i);
        DX_TRY(correct_word(&c, out));
    }
    return DX_OK;
}
