/* The terms of a segment that a word with `*`, `?` or `~` stands for. */
#include "searcher/match/lookup/expand.h"

#include <stdlib.h>
#include <string.h>

#include "common/index/codec/list.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/segment.h"
#include "common/text/term.h"
#include "common/text/utf8.h"
#include "searcher/match/lookup/docset.h"

/* ---- words and terms ---- */

static bool starts_with(dx_str s, dx_str prefix)
{
    return s.len >= prefix.len &&
           (prefix.len == 0 || memcmp(s.ptr, prefix.ptr, prefix.len) == 0);
}

static size_t char_len(const char *p, const char *end)
{
    uint32_t c;
    bool ascii = p >= end || (unsigned char)*p < 0x80; /* nearly always */
    size_t n = ascii ? 1 : dx_utf8_decode(p, end, &c);

    return n ? n : 1;
}

/* The usual matching with one point to go back to: only the last '*' matters.
 */
static bool fits_pattern(dx_str pattern, dx_str s)
{
    const char *p = pattern.ptr, *p_end = dx_str_end(pattern);
    const char *t = s.ptr, *t_end = dx_str_end(s);
    const char *star = NULL, *from = NULL;

    while (t < t_end) {
        if (p < p_end && *p == '*') {
            star = ++p;
            from = t;
        } else if (p < p_end && *p == '?') {
            p++;
            t += char_len(t, t_end);
        } else if (p < p_end && *p == *t) {
            p++;
            t++;
        } else if (star) {
            p = star;
            t = from += char_len(from, t_end);
        } else {
            return false;
        }
    }
    while (p < p_end && *p == '*')
        p++;
    return p == p_end && t == t_end;
}

static bool is_inner(char c) { return ((unsigned char)c & 0xC0) == 0x80; }

/* What is left of two strings without their common beginning and end is at most
 * one letter each, or two that are exchanged. */
static bool within_one_edit(dx_str a, dx_str b)
{
    size_t n = a.len < b.len ? a.len : b.len, head = 0, tail = 0;

    if (a.len > b.len + 4 || b.len > a.len + 4)
        return false;
    while (head < n && a.ptr[head] == b.ptr[head])
        head++;
    if (head == a.len && head == b.len)
        return true;
    while (head > 0 && ((head < a.len && is_inner(a.ptr[head])) ||
                           (head < b.len && is_inner(b.ptr[head]))))
        head--;
    while (tail < n - head &&
           a.ptr[a.len - 1 - tail] == b.ptr[b.len - 1 - tail])
        tail++;
    while (tail > 0 && is_inner(a.ptr[a.len - tail]))
        tail--;
    const char *x = a.ptr + head, *x_end = a.ptr + a.len - tail;
    const char *y = b.ptr + head, *y_end = b.ptr + b.len - tail;
    size_t x1 = x < x_end ? char_len(x, x_end) : 0;
    size_t y1 = y < y_end ? char_len(y, y_end) : 0;
    if (x + x1 >= x_end && y + y1 >= y_end)
        return true;
    return (size_t)(x_end - x) == x1 + y1 && x_end - x == y_end - y &&
           memcmp(x, y + y1, x1) == 0 && memcmp(x + x1, y, y1) == 0;
}

bool dx_word_stands_for(const dx_query_word *w, bool by_exact, dx_str folded,
    dx_str exact)
{
    dx_str wanted = by_exact ? w->exact : w->folded;
    dx_str have = by_exact ? exact : folded;

    switch (w->kind) {
    case DX_WORD_PREFIX: /* services*: servic too, which is services folded */
        return starts_with(have, w->exact) || dx_str_eq(have, wanted);
    case DX_WORD_WILDCARD:
        return fits_pattern(wanted, have);
    case DX_WORD_FUZZY:
        return within_one_edit(w->folded, folded);
    case DX_WORD_TERM:
        break;
    }
    return dx_str_eq(have, wanted);
}

/* ---- a word in a segment ---- */

/* What is looked for: terms of the running text, or those of titles. */
typedef struct search {
    const dx_segment *segment;
    const dx_query_word *word;
    bool by_exact, title, body;
    uint32_t *ids; /* exact ones, or folded */
    uint32_t count, cap;
    dx_deadline *deadline;
    dx_arena *arena;
} search;

static dx_str common_start(dx_str a, dx_str b)
{
    size_t n = 0;

    while (n < a.len && n < b.len && a.ptr[n] == b.ptr[n])
        n++;
    return (dx_str){a.ptr, n};
}

/* The part of a word that every term it stands for begins with. */
static dx_str literal_start(const dx_query_word *w)
{
    size_t n = 0;

    if (w->kind == DX_WORD_FUZZY)
        return (dx_str){w->folded.ptr, 0};
    if (w->kind == DX_WORD_PREFIX)
        return w->marked ? w->folded : common_start(w->exact, w->folded);
    while (n < w->folded.len && !strchr("*?", w->folded.ptr[n]))
        n++;
    return (dx_str){w->folded.ptr, n};
}

/* Folded ids of terms with the same beginning. Without any: of titles all; of
 * words all after those with a mark before them. */
static void range_of(const search *s, uint32_t *first, uint32_t *end)
{
    static const char last_mark = DX_OUTSIDE_SPELT_MARK;
    dx_str start = literal_start(s->word);
    char key[DX_TERM_MAX_BYTES + 1] = {DX_TITLE_MARK};
    uint32_t before;

    if (start.len > DX_TERM_MAX_BYTES)
        start.len = DX_TERM_MAX_BYTES;
    if (s->title) {
        memcpy(key + 1, start.ptr, start.len);
        start = (dx_str){key, start.len + 1};
    }
    dx_segment_find_prefix(s->segment, start, first, end);
    if (start.len == 0)
        dx_segment_find_prefix(s->segment, (dx_str){&last_mark, 1}, &before,
            first);
}

static dx_str without_mark(const search *s, dx_str term)
{
    return s->title && term.len ? (dx_str){term.ptr + 1, term.len - 1} : term;
}

static dx_status take(search *s, uint32_t id)
{
    if (s->count == s->cap) {
        uint32_t cap = s->cap ? 4 * s->cap : 64;
        uint32_t *ids = dx_arena_alloc(s->arena, cap * sizeof *ids);
        if (!ids)
            return DX_ERR_NOMEM;
        if (s->count)
            memcpy(ids, s->ids, s->count * sizeof *ids);
        s->ids = ids;
        s->cap = cap;
    }
    s->ids[s->count++] = id;
    return DX_OK;
}

static dx_status find_terms(search *s)
{
    uint32_t first, end, exact_first, exact_end;
    const dx_str none = {"", 0};

    range_of(s, &first, &end);
    if (!s->by_exact) {
        for (uint32_t f = first; f < end && !dx_deadline_step(s->deadline);
             f++) {
            dx_str t = without_mark(s, dx_segment_folded_string(s->segment, f));
            if (t.ptr && dx_word_stands_for(s->word, false, t, none))
                DX_TRY(take(s, f));
        }
        return DX_OK;
    }
    dx_segment_exact_range(s->segment, first, end, &exact_first, &exact_end);
    for (uint32_t e = exact_first;
         e < exact_end && !dx_deadline_step(s->deadline); e++) {
        dx_str t = without_mark(s, dx_segment_exact_string(s->segment, e));
        if (t.ptr && dx_word_stands_for(s->word, true, none, t))
            DX_TRY(take(s, e));
    }
    return DX_OK;
}

static dx_status list_of(const search *s, uint32_t id, dx_list *out)
{
    return s->by_exact ? dx_segment_exact_list(s->segment, id, out)
                       : dx_segment_folded_list(s->segment, id, out);
}

typedef struct frequent {
    uint32_t df, id;
} frequent;

static int by_df(const void *a, const void *b)
{
    const frequent *x = a, *y = b;

    if (x->df != y->df)
        return x->df < y->df ? 1 : -1;
    return x->id < y->id ? -1 : 1;
}

/* Leaves the most frequent terms, in no order. */
static dx_status cut_terms(search *s)
{
    frequent *terms = dx_arena_alloc(s->arena, s->count * sizeof *terms);
    dx_list list;

    if (!terms)
        return DX_ERR_NOMEM;
    for (uint32_t i = 0; i < s->count; i++) {
        DX_TRY(list_of(s, s->ids[i], &list));
        terms[i] = (frequent){list.df, s->ids[i]};
    }
    qsort(terms, s->count, sizeof *terms, by_df);
    s->count = DX_EXPANSIONS_MAX;
    for (uint32_t i = 0; i < s->count; i++)
        s->ids[i] = terms[i].id;
    return DX_OK;
}

/* Where a term is outside the body (dictionary.h). */
static dx_status outside_lists(const search *s, uint32_t id, dx_list out[2])
{
    const dx_segment *segment = s->segment;
    uint32_t folded = s->by_exact ? dx_segment_folded_of(segment, id) : id;
    dx_str term = dx_segment_folded_string(segment, folded);

    out[1] = (dx_list){0};
    if (!s->by_exact)
        return dx_segment_folded_list(segment,
            dx_segment_find_marked(segment, DX_OUTSIDE_MARK, term), &out[0]);
    dx_str exact = dx_segment_exact_string(segment, id);
    DX_TRY(dx_segment_exact_list(segment,
        dx_segment_find_marked_exact(segment, DX_OUTSIDE_MARK, term, exact),
        &out[0]));
    return dx_segment_exact_list(segment,
        dx_segment_find_marked_exact(segment, DX_OUTSIDE_SPELT_MARK, term,
            exact),
        &out[1]);
}

static dx_status add_term(const search *s, uint32_t id, uint64_t *set,
    dx_arena *scratch)
{
    dx_list list, outside[2];

    DX_TRY(list_of(s, id, &list));
    if (!s->body)
        return dx_docset_add_list(set, &list, scratch);
    DX_TRY(outside_lists(s, id, outside));
    return dx_docset_add_difference(set, &list, outside, scratch);
}

static dx_status make_set(search *s, dx_expansion *out)
{
    uint32_t docs = dx_segment_docs(s->segment);
    uint64_t *set = dx_docset_new(docs, s->arena);
    dx_arena scratch = DX_ARENA_INIT;
    dx_status rc = set ? DX_OK : DX_ERR_NOMEM;

    for (uint32_t i = 0;
         i < s->count && rc == DX_OK && !dx_deadline_is_over(s->deadline);
         i++) {
        rc = add_term(s, s->ids[i], set, &scratch);
        dx_arena_reset(&scratch);
    }
    dx_arena_free(&scratch);
    if (rc != DX_OK)
        return rc;
    out->set = set;
    out->df = dx_docset_count(set, docs);
    return DX_OK;
}

/* Ascending: the terms are, and exact ids are in the order of folded ones. */
static dx_status make_spans(search *s, dx_expansion *out)
{
    dx_id_span *spans =
        dx_arena_alloc(s->arena, (s->count + (size_t)1) * sizeof *spans);

    if (!spans)
        return DX_ERR_NOMEM;
    for (uint32_t i = 0; i < s->count; i++) {
        dx_id_span next = {s->ids[i], s->ids[i] + 1};
        if (!s->by_exact)
            dx_segment_exact_range(s->segment, s->ids[i], s->ids[i] + 1,
                &next.first, &next.end);
        if (out->span_count && spans[out->span_count - 1].end == next.first)
            spans[out->span_count - 1].end = next.end;
        else
            spans[out->span_count++] = next;
    }
    out->spans = spans;
    return DX_OK;
}

dx_status dx_expand(const dx_segment *segment, const dx_query_word *w,
    dx_query_field field, bool exact_accents, dx_deadline *deadline,
    dx_arena *arena, dx_expansion *out, bool *cut)
{
    search s = {.segment = segment,
        .word = w,
        .by_exact = dx_word_goes_by_exact(w, exact_accents),
        .body = field == DX_IN_BODY,
        .deadline = deadline,
        .arena = arena};

    *out = (dx_expansion){.set = NULL};
    DX_TRY(find_terms(&s));
    DX_TRY(make_spans(&s, out));
    if (field == DX_IN_TITLE) {
        s.title = true;
        s.count = 0;
        DX_TRY(find_terms(&s));
    }
    if (s.count > DX_EXPANSIONS_MAX) {
        *cut = true;
        DX_TRY(cut_terms(&s));
    }
    return make_set(&s, out);
}
