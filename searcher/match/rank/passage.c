/* Looks in a document for the passage that has most of a query. */
#include "searcher/match/rank/passage.h"

#include <assert.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/index/segment/segment.h"

/* What words there are worth, each by its best mention. */
typedef struct tally {
    uint32_t *seen; /* [mention]: how often */
    uint64_t *best; /* [word] */
    uint64_t sum;
} tally;

typedef struct mention_at {
    uint32_t mention, pos;
} mention_at;

/* Where a row of terms has been seen so far. */
typedef struct row {
    uint64_t state; /* bit i: terms 0 .. i end at … */
    uint32_t pos;
} row;

typedef struct dx_passage_scan {
    const dx_mentions *mentions;
    tally window, title, head;
    row *rows; /* [mention] */
    mention_at *in_window; /* owned: [first, count) */
    size_t first, count, cap;
    uint8_t field;
    uint32_t lead_words; /* of a body under way: that stand before it */
    uint32_t words; /* of the query, that differ */
    uint64_t most;
    dx_passage_place place;
    uint64_t attainable; /* what all words are worth that the document has */
    dx_term_search at;
    bool more; /* text is left that may tell something */
} scan;

/* ---- what the query asks for ---- */

static uint32_t words_of(const dx_plan *plan)
{
    uint32_t words = 0;

    for (uint32_t i = 0; i < plan->summands.count; i++)
        words += plan->summands.list[i].kind == DX_SUMMAND_WORD;
    return words;
}

static bool make_tally(dx_arena *arena, uint32_t mentions, uint32_t words,
    tally *out)
{
    out->seen = dx_arena_calloc(arena, mentions, sizeof *out->seen);
    out->best = dx_arena_calloc(arena, words, sizeof *out->best);
    return out->seen && out->best;
}

/* Of a word: its spelling, the folded ones; and all alternatives. */
static uint32_t mentions_most(const dx_plan *plan)
{
    uint32_t summands = plan->summands.count;

    return 2 * summands + words_of(plan) * summands + 1;
}

dx_status dx_passage_finder_init(dx_passage_finder *f, const dx_plan *plan,
    dx_arena *arena)
{
    size_t segments = plan->lookup.generation->segment_count;

    *f = (dx_passage_finder){.plan = plan, .arena = arena};
    dx_doc_init(&f->doc);
    f->worths = dx_arena_calloc(arena, plan->summands.count, sizeof *f->worths);
    for (uint32_t i = 0; i < plan->summands.count && f->worths; i++)
        if (plan->summands.list[i].kind == DX_SUMMAND_WORD) {
            f->worths[i] = dx_mention_worth(plan, i);
            f->total += f->worths[i];
            f->replaceable |= (uint64_t)dx_mention_is_replaceable(plan, i)
                              << (i & 63);
        }
    f->of_segment = dx_arena_calloc(arena, segments, sizeof *f->of_segment);
    f->scan = dx_arena_calloc(arena, 1, sizeof *f->scan);
    return f->worths && f->of_segment && f->scan ? DX_OK : DX_ERR_NOMEM;
}

void dx_passage_finder_free(dx_passage_finder *f)
{
    if (f->scan)
        dx_free(f->scan->in_window);
    dx_doc_free(&f->doc);
}

double dx_passage_scale(const dx_passage_finder *f)
{
    return (double)f->total / DX_MENTION_UNIT;
}

/* ---- tallies ---- */

static void set_best(tally *t, const dx_mention *m, uint64_t worth)
{
    t->sum += worth - t->best[m->word];
    t->best[m->word] = worth;
}

static void count(tally *t, const dx_mentions *all, uint32_t mention)
{
    const dx_mention *m = &all->list[mention];

    if (t->seen[mention]++ == 0 && m->worth > t->best[m->word])
        set_best(t, m, m->worth);
}

static void uncount(tally *t, const dx_mentions *all, uint32_t mention)
{
    const dx_mention *m = &all->list[mention];
    uint64_t worth = 0;

    if (--t->seen[mention] > 0 || m->worth < t->best[m->word])
        return;
    while (mention > 0 && all->list[mention - 1].word == m->word)
        mention--;
    for (; mention < all->count && all->list[mention].word == m->word; mention++)
        if (t->seen[mention] && all->list[mention].worth > worth)
            worth = all->list[mention].worth;
    set_best(t, m, worth);
}

static void clear(tally *t, uint32_t mentions, uint32_t words)
{
    memset(t->seen, 0, mentions * sizeof *t->seen);
    memset(t->best, 0, words * sizeof *t->best);
    t->sum = 0;
}

/* ---- a document ---- */

static void drop_first(scan *s)
{
    uncount(&s->window, s->mentions, s->in_window[s->first++].mention);
}

/* A whole date or number comes after its parts, where the last of them is. */
static dx_status add_to_window(scan *s, uint32_t mention, const dx_token *t)
{
    void *p = s->in_window;
    uint32_t pos = t->pos;

    if (s->count == s->cap &&
        dx_grow(&p, &s->cap, s->count + 1, sizeof *s->in_window) != 0)
        return DX_ERR_NOMEM;
    s->in_window = p;
    if (s->count > 0 && s->in_window[s->count - 1].pos > pos)
        pos = s->in_window[s->count - 1].pos;
    s->in_window[s->count++] = (mention_at){mention, pos};
    count(&s->window, s->mentions, mention);
    while (pos - s->in_window[s->first].pos >= DX_PASSAGE_WORDS)
        drop_first(s);
    if (s->window.sum > s->most) {
        s->most = s->window.sum;
        s->place = (dx_passage_place){t->field, s->in_window[s->first].pos,
            pos + 1};
    }
    return DX_OK;
}

static void enter_field(scan *s, uint8_t field)
{
    while (s->first < s->count)
        drop_first(s);
    s->first = s->count = 0;
    s->field = field;
    for (uint32_t i = 0; i < s->mentions->count; i++)
        s->rows[i].state = 0;
}

static dx_status take_mention(scan *s, uint32_t mention, const dx_token *t)
{
    bool title = t->field == DX_FIELD_TITLE;

    if (title)
        count(&s->title, s->mentions, mention);
    if (title || s->lead_words + t->pos < DX_HEAD_WORDS)
        count(&s->head, s->mentions, mention);
    return add_to_window(s, mention, t);
}

/* Shift-And, as in doc.c: whether the last of a mention's terms is `t`. */
static bool ends_row(const dx_mention *m, row *r, const dx_token *t)
{
    uint64_t within = 0;

    assert(m->count > 0 && m->count <= DX_MENTION_ROW_MAX);
    if (t->overlay)
        return false;
    for (uint32_t i = 0; i < m->count; i++)
        within |= (uint64_t)dx_id_spans_have(m->terms[i], t->exact_id) << i;
    r->state = ((r->pos + 1 == t->pos ? r->state << 1 : 0) | 1) & within;
    r->pos = t->pos;
    return r->state >> (m->count - 1) & 1;
}

static dx_status try_mention(scan *s, uint32_t mention, const dx_token *t)
{
    const dx_mention *m = &s->mentions->list[mention];
    bool here = m->count == 1 ? dx_id_spans_have(m->terms[0], t->exact_id)
                              : ends_row(m, &s->rows[mention], t);

    return here ? take_mention(s, mention, t) : DX_OK;
}

static dx_status take_token(scan *s, const dx_token *t)
{
    uint8_t of = s->mentions->of_id[t->exact_id % DX_MENTIONS_TABLE];

    if (t->field != s->field)
        enter_field(s, t->field);
    if (of != DX_MENTION_ANY)
        return of == DX_MENTION_NONE ? DX_OK : try_mention(s, of, t);
    for (uint32_t i = 0; i < s->mentions->count; i++)
        DX_TRY(try_mention(s, i, t));
    return DX_OK;
}

static bool is_past_head(const scan *s)
{
    return s->at.field > DX_FIELD_TITLE &&
           s->lead_words + s->at.pos >= DX_HEAD_WORDS;
}

/* Whether what is left of the text can add nothing. */
static bool is_settled(const scan *s)
{
    return s->most == s->attainable &&
           (is_past_head(s) || s->head.sum == s->attainable);
}

static dx_status read_on(dx_passage_finder *f, uint32_t blocks)
{
    scan *s = f->scan;
    uint32_t lead = s->at.field == DX_FIELD_LEAD ? s->at.pos : s->lead_words;

    f->doc.token_count = 0;
    DX_TRY(dx_term_search_go_on(&s->mentions->terms, &s->at, blocks, &f->doc,
        &s->more));
    if (s->at.field == DX_FIELD_BODY)
        s->lead_words = lead;
    for (size_t i = 0; i < f->doc.token_count; i++)
        DX_TRY(take_token(s, &f->doc.tokens[i]));
    s->more = s->more && !is_settled(s);
    return DX_OK;
}

static dx_status make_room(dx_passage_finder *f)
{
    uint32_t words = words_of(f->plan), most = mentions_most(f->plan);
    scan *s = f->scan;

    s->words = words;
    s->rows = dx_arena_calloc(f->arena, most, sizeof *s->rows);
    return s->rows && make_tally(f->arena, most, words, &s->window) &&
                   make_tally(f->arena, most, words, &s->title) &&
                   make_tally(f->arena, most, words, &s->head)
               ? DX_OK
               : DX_ERR_NOMEM;
}

static dx_status begin(dx_passage_finder *f, uint32_t segment)
{
    dx_mentions *mentions = &f->of_segment[segment];
    scan *s = f->scan;

    if (!s->rows)
        DX_TRY(make_room(f));
    if (!mentions->list)
        DX_TRY(dx_mentions_find(f->plan, segment, f->arena, mentions));
    s->mentions = mentions;
    clear(&s->window, mentions->count, s->words);
    clear(&s->title, mentions->count, s->words);
    clear(&s->head, mentions->count, s->words);
    s->first = s->count = 0;
    s->most = 0;
    s->place = (dx_passage_place){0};
    enter_field(s, DX_FIELD_TITLE);
    return DX_OK;
}

/* What the words are worth that these summands are, or may be replaced. */
static uint64_t attainable(const dx_passage_finder *f, uint64_t has)
{
    uint64_t sum = 0;

    has |= f->replaceable;
    for (uint32_t i = 0; i < f->plan->summands.count; i++)
        sum += has >> (i & 63) & 1 ? f->worths[i] : 0;
    return sum;
}

dx_passage dx_passage_bound(const dx_passage_finder *f, uint64_t has)
{
    double most = f->total ? (double)attainable(f, has) / (double)f->total : 0.0;

    return (dx_passage){.best = most, .title = most, .head = most};
}

dx_status dx_passage_begin(dx_passage_finder *f, const dx_ranked *hit,
    dx_passage *out)
{
    scan *s = f->scan;
    double total = (double)f->total;

    *out = (dx_passage){0};
    s->more = false;
    if (f->total == 0)
        return DX_OK;
    DX_TRY(begin(f, hit->segment));
    s->attainable = attainable(f, hit->has);
    DX_TRY(dx_term_search_begin(&s->mentions->terms, hit->doc, &s->at));
    s->lead_words = 0;
    s->more = !is_settled(s);
    while (s->more && !is_past_head(s))
        DX_TRY(read_on(f, DX_TERM_SEARCH_FEW));
    *out = (dx_passage){.title = (double)s->title.sum / total,
        .head = (double)s->head.sum / total,
        .best = (double)(s->more ? s->attainable : s->most) / total};
    return DX_OK;
}

dx_status dx_passage_go_on(dx_passage_finder *f, dx_passage *out)
{
    scan *s = f->scan;

    if (f->total == 0)
        return DX_OK;
    while (s->more)
        DX_TRY(read_on(f, DX_TERM_SEARCH_MANY));
    out->best = (double)s->most / (double)f->total;
    out->place = s->place;
    return DX_OK;
}
