/* Where the forms of synonyms.h stand in a query, and what that adds to it. */
#include <string.h>

#include "common/base/arena.h"
#include "common/index/segment/generation.h"
#include "common/text/analyzer.h"
#include "common/text/term.h"
#include "common/text/utf8.h"
#include "searcher/match/evaluate/node_role.h"
#include "searcher/understand/count.h"
#include "searcher/understand/names/explained.h"
#include "searcher/understand/names/i_or_y.h"
#include "searcher/understand/names/renamed.h"

/* What stands in weighs so much of what a word of its rarity does: a document
 * that says it in the words of the query is the better answer. */
#define WEIGHT_INSTEAD 0.8
#define STAND_INS_MAX 4u /* for one word or phrase */
#define NOTES_MAX 3u
#define SHORT_BYTES 32u  /* of an abbreviation as it was typed */
#define NOTE_MAX_BYTES (4u * DX_QUERY_MAX_BYTES)

typedef struct match { /* words of the run, and the forms that they are */
    uint32_t from, count;
    const dx_synonym_form *forms[STAND_INS_MAX];
    uint32_t form_count;
    dx_str mined; /* or what articles say that they are */
} match;

const dx_query_word *dx_applier_word(const dx_applier *x, uint32_t i)
{
    return &x->query->words[x->query->nodes[x->run[i]].first];
}

dx_status dx_applier_analyse(dx_applier *x, dx_str text, dx_name_words *out)
{
    if (!x->analyzer)
        x->analyzer = dx_analyzer_new();
    return x->analyzer ? dx_name_words_of(x->analyzer, text, out)
                       : DX_ERR_NOMEM;
}

/* ---- finding ---- */

/* Marks that were typed are meant. */
static bool fits(const dx_applier *x, const match *m, const dx_name_words *words)
{
    if (words->count != m->count)
        return false;
    for (uint32_t i = 0; i < m->count; i++) {
        const dx_query_word *w = dx_applier_word(x, m->from + i);
        if (!dx_str_eq(w->folded, words->folded[i]) ||
            (w->marked && !dx_str_eq(w->exact, words->exact[i])))
            return false;
    }
    return true;
}

/* The forms among those that end at `at` that the words are. */
static dx_status take_forms(dx_applier *x, match *m, const dx_synonym_walk *at)
{
    dx_name_words words;

    for (const dx_synonym_form *f = at->from; f < at->ended; f++) {
        if (!*f->instead)
            continue;
        DX_TRY(dx_applier_analyse(x, dx_str_from(f->shown), &words));
        if (fits(x, m, &words) && m->form_count < STAND_INS_MAX)
            m->forms[m->form_count++] = f;
    }
    return DX_OK;
}

/* The longest form that begins at `from`; *out has no form when there is
 * none. */
static dx_status find_longest(dx_applier *x, uint32_t from, match *out)
{
    dx_synonym_walk at = dx_synonyms_begin(x->synonyms);

    *out = (match){.from = from};
    for (uint32_t i = from; i < x->count; i++) {
        if (!dx_synonyms_step(&at, dx_applier_word(x, i)->folded))
            break;
        match m = {.from = from, .count = i + 1 - from};
        DX_TRY(take_forms(x, &m, &at));
        if (m.form_count > 0)
            *out = m;
    }
    return DX_OK;
}

static bool is_joint(const dx_applier *x, uint32_t i)
{
    const dx_query *q = x->query;
    uint32_t from = dx_applier_word(x, i)->end, to = dx_applier_word(x, i + 1)->start;

    for (uint32_t at = from; at < to; at++)
        if (!strchr("&-.", q->text.ptr[at]))
            return false;
    return to > from;
}

/* The words from `from` on as far as only "&", "-" or "." is between them,
 * without those: LĐTB&XH is LĐTBXH. */
static bool join(const dx_applier *x, uint32_t from, char text[SHORT_BYTES],
    size_t *len, uint32_t *count)
{
    uint32_t end = from;

    *len = 0;
    do {
        const dx_query_word *w = dx_applier_word(x, end);
        if (w->end - w->start > SHORT_BYTES - *len)
            return false;
        memcpy(text + *len, x->query->text.ptr + w->start, w->end - w->start);
        *len += w->end - w->start;
    } while (++end < x->count && is_joint(x, end - 1));
    *count = end - from;
    return *count > 1;
}

/* What is joined from `from` on as one word, of `*count` words; 0 when nothing
 * is. */
static dx_status analyse_joined(dx_applier *x, uint32_t from,
    dx_name_words *words, uint32_t *count)
{
    char text[SHORT_BYTES];
    uint32_t joined;
    size_t len;

    *count = 0;
    if (from + 1 >= x->count || !is_joint(x, from) ||
        !join(x, from, text, &len, &joined))
        return DX_OK;
    *count = joined;
    return dx_applier_analyse(x, (dx_str){text, len}, words);
}

static dx_status find_jointed(dx_applier *x, uint32_t from, match *out)
{
    dx_synonym_walk at = dx_synonyms_begin(x->synonyms);
    dx_name_words words;
    uint32_t count;

    *out = (match){.from = from};
    DX_TRY(analyse_joined(x, from, &words, &count));
    if (count == 0 || words.count != 1 ||
        !dx_synonyms_step(&at, words.folded[0]))
        return DX_OK;
    while (at.from < at.ended && !*at.from->instead)
        at.from++;
    if (at.from < at.ended)
        *out = (match){.from = from, .count = count, .forms = {at.from},
            .form_count = 1};
    return DX_OK;
}

/* ---- what articles explain, see explained.h ---- */

static dx_status find_phrase(dx_applier *x, uint32_t from, match *out)
{
    dx_name_words words;
    dx_explanation mined;

    *out = (match){.from = from};
    DX_TRY(dx_explained_phrase(x, from, &out->count, &mined));
    if (mined.phrase.len == 0)
        return DX_OK;
    DX_TRY(dx_applier_analyse(x, mined.phrase, &words));
    if (fits(x, out, &words))
        out->mined = mined.letters;
    return DX_OK;
}

static dx_status find_letters(dx_applier *x, uint32_t from, match *out)
{
    const dx_query_word *w = dx_applier_word(x, from);
    dx_str folded = w->folded, exact = w->marked ? w->exact : (dx_str){"", 0};
    dx_name_words words;
    dx_explanation mined;
    uint32_t count;

    DX_TRY(analyse_joined(x, from, &words, &count));
    *out = (match){.from = from, .count = count ? count : 1};
    if (count > 0 && words.count != 1)
        return DX_OK;
    if (count > 0) {
        folded = words.folded[0];
        exact = (dx_str){"", 0};
    }
    DX_TRY(dx_explained_letters(x, folded, exact, &mined));
    out->mined = mined.phrase;
    return DX_OK;
}

static dx_status find_mined(dx_applier *x, uint32_t from, match *out)
{
    dx_status rc = find_phrase(x, from, out);

    if (rc == DX_OK && out->mined.len == 0)
        rc = find_letters(x, from, out);
    if (rc != DX_OK || out->mined.len == 0)
        *out = (match){.from = from};
    return rc == DX_ERR_LIMIT ? DX_OK : rc; /* more words than a form has */
}

/* ---- adding ---- */

static bool is_marked(const dx_name_words *words, size_t i)
{
    dx_term term = {.exact = words->exact[i], .folded = words->folded[i]};

    return dx_term_is_marked(&term);
}

dx_status dx_applier_index_has(const dx_applier *x,
    const dx_name_words *words, bool *has)
{
    uint64_t documents;

    *has = true;
    for (size_t i = 0; i < words->count && *has; i++) {
        DX_TRY(is_marked(words, i)
                   ? dx_count_spelling(x->generation, words->folded[i],
                         words->exact[i], &documents)
                   : dx_count_word(x->generation, words->folded[i],
                         &documents));
        *has = documents > 0;
    }
    return DX_OK;
}

static bool is_typed(const dx_applier *x, const match *m,
    const dx_name_words *words)
{
    if (words->count != m->count)
        return false;
    for (uint32_t i = 0; i < m->count; i++)
        if (!dx_str_eq(dx_applier_word(x, m->from + i)->folded, words->folded[i]))
            return false;
    return true;
}

typedef struct stand_ins { /* nodes; how many */
    uint32_t first, last, added;
} stand_ins;

static bool is_added(const dx_applier *x, const stand_ins *s,
    const dx_name_words *words)
{
    const dx_query *q = x->query;

    for (uint32_t n = s->first; n != DX_NODE_NONE; n = q->nodes[n].next) {
        uint32_t i = 0;
        while (i < words->count && q->nodes[n].count == words->count &&
               dx_str_eq(q->words[q->nodes[n].first + i].exact,
                   words->exact[i]))
            i++;
        if (i == words->count)
            return true;
    }
    return false;
}

/* LIMIT: the query is full. */
static dx_status add_node(dx_query *q, const dx_name_words *words,
    double boost, uint32_t *out)
{
    uint32_t count = (uint32_t)words->count, word;

    if (q->word_cap - q->word_count < count)
        return DX_ERR_LIMIT;
    DX_TRY(dx_query_add_node(q, count > 1 ? DX_NODE_PHRASE : DX_NODE_WORD,
        out));
    dx_node *node = &q->nodes[*out];
    node->first = q->word_count;
    node->count = count;
    node->boost = boost;
    node->by_pairs = count > 1;
    for (uint32_t i = 0; i < count; i++) {
        bool marked = is_marked(words, i);
        DX_TRY(dx_query_add_word(q, words->exact[i], words->folded[i], marked,
            &word));
        q->words[word].strict = marked;
    }
    return DX_OK;
}

dx_status dx_applier_note(dx_applier *x, dx_note_kind kind, uint32_t start,
    uint32_t end, dx_str shown, const char *detail)
{
    dx_str text = x->query->text;
    dx_arena *arena = x->notes->arena;
    const char *query = NULL;
    dx_buf out;

    dx_buf_init(&out, NOTE_MAX_BYTES);
    dx_buf_put(&out, text.ptr, start);
    dx_buf_put_str(&out, shown);
    dx_buf_put(&out, text.ptr + end, text.len - end);
    dx_utf8_clean((char *)out.data, out.len);
    if (out.status == DX_OK)
        query = dx_arena_strndup(arena, (const char *)out.data, out.len);
    dx_buf_free(&out);
    const char *copy = dx_arena_strndup(arena, shown.ptr, shown.len);
    if (!query || !copy)
        return DX_ERR_NOMEM;
    dx_notes_add(x->notes, (dx_note){kind, copy, detail, query});
    return DX_OK;
}

static dx_status note(dx_applier *x, const match *m, dx_str shown)
{
    if (x->note_count++ >= NOTES_MAX)
        return DX_OK;
    return dx_applier_note(x, DX_NOTE_ABBREVIATION,
        dx_applier_word(x, m->from)->start,
        dx_applier_word(x, m->from + m->count - 1)->end, shown, "");
}

/* LIMIT: there is no room for more. */
static dx_status add_stand_in(dx_applier *x, const match *m, stand_ins *s,
    dx_str shown)
{
    dx_name_words words;
    uint32_t node;
    bool has;

    DX_TRY(dx_applier_analyse(x, shown, &words));
    if (is_typed(x, m, &words) || is_added(x, s, &words))
        return DX_OK;
    DX_TRY(dx_applier_index_has(x, &words, &has));
    if (!has)
        return DX_OK;
    DX_TRY(s->added == STAND_INS_MAX
               ? DX_ERR_LIMIT
               : add_node(x->query, &words, WEIGHT_INSTEAD / m->count, &node));
    if (s->added++ == 0)
        s->first = node;
    else
        x->query->nodes[s->last].next = node;
    s->last = node;
    return s->added == 1 ? note(x, m, shown) : DX_OK;
}

static dx_status add_related(dx_applier *x, const match *m, stand_ins *s,
    const dx_synonym_form *form)
{
    for (const char *at = form->instead; *at;) {
        dx_str line = {at, strcspn(at, "\n")};
        DX_TRY(add_stand_in(x, m, s, line));
        at += line.len + (line.ptr[line.len] == '\n');
    }
    /* when it was typed with marks in it */
    return add_stand_in(x, m, s, dx_str_from(form->shown));
}

/* Each of the words holds where what stands in for all of them does, and gets
 * its part of the weight: so a document that has some of them gets more than
 * one that has none, and less than one that has all. */
static dx_status stand_in(dx_applier *x, const match *m)
{
    stand_ins s = {.first = DX_NODE_NONE};
    dx_status rc = DX_OK;

    for (uint32_t i = 0; i < m->form_count && rc == DX_OK; i++)
        rc = add_related(x, m, &s, m->forms[i]);
    if (m->mined.len > 0)
        rc = add_stand_in(x, m, &s, m->mined);
    for (uint32_t i = m->from; i < m->from + m->count; i++)
        x->query->nodes[x->run[i]].alternative = s.first;
    return rc == DX_ERR_LIMIT ? DX_OK : rc;
}

/* ---- the query ---- */

static dx_status apply_run(dx_applier *x)
{
    match m;

    for (uint32_t i = 0; i < x->count; i += m.count ? m.count : 1) {
        DX_TRY(find_jointed(x, i, &m));
        if (m.form_count == 0)
            DX_TRY(find_longest(x, i, &m));
        if (m.form_count == 0)
            DX_TRY(find_mined(x, i, &m));
        if (m.count > 0)
            DX_TRY(stand_in(x, &m));
    }
    DX_TRY(dx_i_or_y_add(x));
    return dx_renamed_find(x);
}

static bool is_plain(const dx_query *q, const dx_node *n)
{
    return n->kind == DX_NODE_WORD && dx_node_is_optional(q, n) &&
           !q->words[n->first].overlay;
}

static dx_status apply_below(dx_applier *x, uint32_t parent)
{
    const dx_query *q = x->query;

    x->count = 0;
    for (uint32_t c = q->nodes[parent].child; c != DX_NODE_NONE;
         c = q->nodes[c].next) {
        const dx_node *n = &q->nodes[c];
        bool plain = is_plain(q, n);
        if (x->count > 0 && !(plain && n->joined)) {
            DX_TRY(apply_run(x));
            x->count = 0;
        }
        if (plain && x->count < DX_QUERY_MAX_TERMS)
            x->run[x->count++] = c;
        else if (n->kind == DX_NODE_AND || n->kind == DX_NODE_OR)
            DX_TRY(apply_below(x, c));
    }
    DX_TRY(apply_run(x));
    x->count = 0;
    return DX_OK;
}

dx_status dx_synonyms_apply(const dx_synonyms *s, const dx_generation *g,
    dx_query *q, dx_notes *notes)
{
    dx_applier x = {.synonyms = s, .generation = g, .query = q, .notes = notes};

    dx_status rc = apply_below(&x, 0);
    if (rc == DX_OK)
        rc = dx_renamed_note(&x);
    dx_analyzer_free(x.analyzer);
    return rc;
}
