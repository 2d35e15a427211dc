/* Places where words stand near one another, found in coded texts, against all tokens of
 * the decoded documents. The documents are random: words of all frequencies, so that
 * codes have every width, numbers and names that are several words or none, fields of any
 * length. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/index/codec/bm25.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/find/term_finder.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/segment.h"
#include "common/index/segment/word_finder.h"
#include "common/index/store/snapshot.h"
#include "tests/support/fixture.h"

#define DOCS 120u
#define WORDS_MAX 7u /* more than have sets of their own */
#define SPANS_MAX 3u

static char folder[64];
static dx_snapshot *snapshot;
static dx_generation generation;
static const dx_segment *segment;
static uint64_t seed = 13;

static uint32_t random_below(uint32_t n)
{
    return fixture_random_below(&seed, n);
}

/* ---- documents ---- */

/* The more bits, the rarer; the same word with other marks is another form of it. */
static void put_word(FILE *f)
{
    static const char *const onsets[] = {"b", "d", "đ", "ng", "nh", "th", "tr", "x"};
    static const char *const vowels[] = {"a", "á", "à", "ơ", "ở", "u", "ủ", "Ế"};
    uint32_t bits = random_below(16), number = random_below(1u << bits);

    do {
        fputs(onsets[number & 7], f);
        number >>= 3;
        fputs(vowels[number & 7], f);
        number >>= 3;
    } while (number > 0);
}

static void put_text(FILE *f, uint32_t words)
{
    static const char *const others[] = {"12/2024/QĐ-TTg", "3,5", "UBND.TP", "a@b.vn",
        "www.chinhphu.vn/thu-tuc", "T.Ư", "COVID-19", "1.000.000"};
    static const char *const gaps[] = {" ", " ", " ", " ", " ", ", ", ". ", " – ", " (", "\\n"};

    while (words-- > 0) {
        if (random_below(12) == 0)
            fputs(others[random_below(8)], f);
        else
            put_word(f);
        fputs(gaps[random_below(10)], f);
        if (random_below(60) == 0) /* no position for long */
            for (uint32_t i = random_below(90); i > 0; i--)
                fputs(" – ", f);
    }
}

static uint32_t random_length(uint32_t i)
{
    static const uint32_t most[] = {3, 20, 70, 200, 700, 4000};

    return random_below(most[(i + random_below(3)) % 6]);
}

static int set_up(void **state)
{
    (void)state;
    fixture_folder(folder);
    FILE *f = fixture_create(folder, "a.jsonl");
    for (uint32_t i = 0; i < DOCS; i++) {
        fprintf(f, "{\"id\":\"%u\",\"title\":\"", i);
        put_text(f, 1 + random_below(20));
        fputs("\",\"lead\":\"", f);
        put_text(f, random_length(i + 1));
        fputs("\",\"body\":\"", f);
        put_text(f, random_length(i));
        fputs("\"}\n", f);
    }
    assert_int_equal(fclose(f), 0);
    fixture_index_file(folder, "a.jsonl");
    fixture_open_segments(folder, &snapshot, &generation);
    segment = generation.segments[0];
    assert_int_equal(dx_segment_docs(segment), DOCS);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_close_segments(folder, snapshot, &generation);
    return 0;
}

/* ---- words ---- */

typedef struct wanted {
    dx_id_span room[WORDS_MAX][SPANS_MAX];
    dx_id_spans words[WORDS_MAX];
    uint32_t count;
} wanted;

static int compare_spans(const void *a, const void *b)
{
    const dx_id_span *x = a, *y = b;

    return (x->first > y->first) - (x->first < y->first);
}

/* A term of the document, or any; in this spelling, or in all. */
static dx_id_span random_span(const dx_doc *d)
{
    uint32_t exact = random_below(dx_segment_exact_count(segment));
    dx_id_span span;

    if (d->token_count > 0 && random_below(8) > 0)
        exact = d->tokens[random_below((uint32_t)d->token_count)].exact_id;
    span = (dx_id_span){exact, exact + 1};
    if (random_below(2)) {
        uint32_t folded = dx_segment_folded_of(segment, exact);
        dx_segment_exact_range(segment, folded, folded + 1, &span.first, &span.end);
    }
    return span;
}

static void make_wanted(const dx_doc *d, wanted *w)
{
    w->count = 1 + random_below(WORDS_MAX);
    if (random_below(2))
        w->count = 2;
    for (uint32_t i = 0; i < w->count; i++) {
        dx_id_span *at = w->room[i];
        uint32_t spans = random_below(4) ? 1 : 1 + random_below(SPANS_MAX), kept = 1;
        for (uint32_t k = 0; k < spans; k++)
            at[k] = random_span(d);
        qsort(at, spans, sizeof *at, compare_spans);
        for (uint32_t k = 1; k < spans; k++)
            if (at[k].first >= at[kept - 1].end)
                at[kept++] = at[k];
        w->words[i] = (dx_id_spans){at, kept};
    }
}

static bool is_wanted(const wanted *w, uint32_t exact_id)
{
    for (uint32_t i = 0; i < w->count; i++)
        if (dx_id_spans_have(w->words[i], exact_id))
            return true;
    return false;
}

/* ---- places ---- */

typedef struct places { /* owned: those of a document, one after another */
    dx_token *tokens;
    size_t *ends;
    size_t count;
} places;

static void keep_place(places *p, const dx_doc *place)
{
    size_t begin = p->count > 0 ? p->ends[p->count - 1] : 0;
    size_t end = begin + place->token_count;

    p->ends = realloc(p->ends, (p->count + 1) * sizeof *p->ends);
    p->tokens = realloc(p->tokens, (end + 1) * sizeof *p->tokens);
    assert_non_null(p->ends);
    assert_non_null(p->tokens);
    if (place->token_count > 0)
        memcpy(p->tokens + begin, place->tokens, place->token_count * sizeof *p->tokens);
    p->ends[p->count++] = end;
}

static bool has_token(const dx_token *tokens, size_t count, const dx_token *t,
    uint32_t shift, int field)
{
    for (size_t i = 0; i < count; i++)
        if (tokens[i].exact_id == t->exact_id && tokens[i].pos == t->pos + shift &&
            tokens[i].overlay == t->overlay &&
            (field < 0 || tokens[i].field == field))
            return true;
    return false;
}

/* Whether all of `part` that are wanted (or all) are in `whole`, from wherever positions
 * count in `part`. */
static bool is_part(const wanted *only, const dx_token *part, size_t part_count,
    const dx_token *whole, size_t whole_count, int field)
{
    const dx_token *first = NULL;

    for (size_t i = 0; i < part_count && !first; i++)
        if (!only || is_wanted(only, part[i].exact_id))
            first = &part[i];
    for (size_t k = 0; first && k < whole_count; k++) {
        uint32_t shift = whole[k].pos - first->pos;
        bool all = whole[k].exact_id == first->exact_id;
        for (size_t i = 0; i < part_count && all; i++)
            all = (only && !is_wanted(only, part[i].exact_id)) ||
                  has_token(whole, whole_count, &part[i], shift, field);
        if (all)
            return true;
    }
    return !first;
}

/* Every place is somewhere in the text. */
static void places_are_true(const places *p, const dx_doc *d)
{
    for (size_t i = 0, begin = 0; i < p->count; begin = p->ends[i++]) {
        bool found = false;
        for (int field = 0; field <= DX_FIELD_BODY && !found; field++)
            found = is_part(NULL, p->tokens + begin, p->ends[i] - begin, d->tokens,
                d->token_count, field);
        assert_true(found);
    }
}

static bool is_in_a_place(const places *p, const wanted *w, const dx_token *at,
    size_t count)
{
    for (size_t i = 0, begin = 0; i < p->count; begin = p->ends[i++])
        if (is_part(w, at, count, p->tokens + begin, p->ends[i] - begin, -1))
            return true;
    return false;
}

/* Whether all words are among some tokens. */
static bool has_all(const wanted *w, const dx_token *at, size_t count)
{
    for (uint32_t i = 0; i < w->count; i++) {
        bool has = false;
        for (size_t k = 0; k < count && !has; k++)
            has = dx_id_spans_have(w->words[i], at[k].exact_id);
        if (!has)
            return false;
    }
    return true;
}

/* Tokens of one field that are at most `reach` positions behind number `first`. */
static size_t reached(const dx_doc *d, size_t first, uint32_t reach)
{
    size_t end = first;

    while (end < d->token_count && d->tokens[end].field == d->tokens[first].field &&
           d->tokens[end].pos <= d->tokens[first].pos + reach)
        end++;
    return end - first;
}

static uint32_t places_are_all(const places *p, const wanted *w, const dx_doc *d,
    uint32_t reach, dx_field first, dx_field last)
{
    uint32_t windows = 0;

    for (size_t i = 0; i < d->token_count; i++) {
        const dx_token *at = &d->tokens[i];
        size_t count = reached(d, i, reach);
        if (at->field < first || at->field > last || !is_wanted(w, at->exact_id) ||
            (i > 0 && at[-1].pos == at->pos && at[-1].field == at->field) ||
            !has_all(w, at, count))
            continue;
        assert_true(is_in_a_place(p, w, at, count));
        windows++;
    }
    return windows;
}

static void random_fields(dx_field *first, dx_field *last)
{
    *first = DX_FIELD_TITLE;
    *last = DX_FIELD_BODY;
    if (random_below(2))
        *first = *last = (dx_field)random_below(DX_TEXT_FIELDS);
}

static void make_finder(dx_word_finder *f, const wanted *w, uint32_t reach,
    bool in_any_order)
{
    dx_word_finder_init(f, segment, reach);
    f->in_any_order = in_any_order;
    for (uint32_t i = 0; i < w->count; i++)
        dx_word_finder_add(f, w->words[i]);
}

/* How often each word stands in a document, as lists count it, or now and then that it
 * is unknown. NULL: all is. */
static const uint32_t *random_times(const wanted *w, const dx_doc *d,
    dx_field first, dx_field last, uint32_t times[DX_FINDER_WORDS])
{
    static const uint32_t weights[] = {DX_WEIGHT_TITLE, DX_WEIGHT_LEAD, DX_WEIGHT_BODY};

    if (first != DX_FIELD_TITLE || last != DX_FIELD_BODY || !random_below(3) ||
        w->count > DX_FINDER_WORDS)
        return NULL;
    for (uint32_t i = 0; i < w->count; i++) {
        times[i] = 0;
        for (size_t k = 0; k < d->token_count; k++)
            if (dx_id_spans_have(w->words[i], d->tokens[k].exact_id))
                times[i] += weights[d->tokens[k].field];
        if (!random_below(4))
            times[i] = 0;
    }
    return times;
}

static void words_near_one_another_are_found(void **state)
{
    static const uint32_t reaches[] = {0, 1, 2, 5, 10, 31, 64, 300};
    uint32_t windows = 0, looked_at = 0;
    dx_word_search search;
    dx_doc d;

    (void)state;
    dx_doc_init(&d);
    dx_word_search_init(&search);
    for (uint32_t round = 0; round < (fixture_is_long() ? 40000u : 800u); round++) {
        uint32_t doc = random_below(DOCS), reach = reaches[random_below(8)];
        places p = {0};
        wanted w;
        dx_word_finder f;
        dx_field first, last;
        uint32_t times[DX_FINDER_WORDS];
        bool found = true;

        assert_int_equal(dx_segment_read_doc(segment, doc, false, &d), DX_OK);
        make_wanted(&d, &w);
        make_finder(&f, &w, reach, false);
        random_fields(&first, &last);
        assert_int_equal(dx_word_search_begin(&f, doc, first, last,
                             random_times(&w, &d, first, last, times), &search), DX_OK);
        while (found) {
            assert_int_equal(dx_word_search_next(&f, &search, &found), DX_OK);
            if (found)
                keep_place(&p, &search.place);
        }
        places_are_true(&p, &d);
        windows += places_are_all(&p, &w, &d, reach, first, last);
        looked_at += (uint32_t)p.count;
        free(p.tokens);
        free(p.ends);
    }
    assert_true(windows > 300);
    assert_true(looked_at < 8 * windows); /* hardly in vain */
    dx_word_search_free(&search);
    dx_doc_free(&d);
}

/* One place a field, whose positions count from 0. */
static void starts_are_all(const places *p, const wanted *w, const dx_doc *d,
    uint32_t reach)
{
    size_t count = p->count > 0 ? p->ends[p->count - 1] : 0;

    for (size_t i = 0; i < d->token_count; i++)
        assert_true(d->tokens[i].pos > reach || !is_wanted(w, d->tokens[i].exact_id) ||
                    has_token(p->tokens, count, &d->tokens[i], 0, -1));
    for (size_t i = 0, begin = 0; i < p->count; begin = p->ends[i++])
        for (size_t k = begin; k < p->ends[i]; k++) {
            bool found = false;
            for (int field = 0; field <= DX_FIELD_BODY && !found; field++)
                found = has_token(d->tokens, d->token_count, &p->tokens[k], 0, field);
            assert_true(found);
        }
}

/* In any order: where it is sure, it is so; and where it never is, either no place has
 * all or one says so. */
static void it_is_sure_only_where_it_is_so(void **state)
{
    uint32_t sure = 0, unsure = 0;
    dx_word_search search;
    dx_doc d;

    (void)state;
    dx_doc_init(&d);
    dx_word_search_init(&search);
    for (uint32_t round = 0; round < 2000; round++) {
        uint32_t doc = random_below(DOCS), reach = random_below(30);
        wanted w;
        dx_word_finder f;
        uint32_t times[DX_FINDER_WORDS];
        bool found = true, is_so = false, by_place = false;

        assert_int_equal(dx_segment_read_doc(segment, doc, false, &d), DX_OK);
        make_wanted(&d, &w);
        make_finder(&f, &w, reach, true);
        assert_int_equal(dx_word_search_begin(&f, doc, DX_FIELD_TITLE, DX_FIELD_BODY,
                             random_times(&w, &d, DX_FIELD_TITLE, DX_FIELD_BODY, times),
                             &search), DX_OK);
        for (size_t i = 0; i < d.token_count && !is_so; i++)
            is_so = has_all(&w, &d.tokens[i], reached(&d, i, reach));
        while (found && !search.sure) {
            assert_int_equal(dx_word_search_next(&f, &search, &found), DX_OK);
            const dx_doc *place = &search.place;
            for (size_t i = 0; i < place->token_count && found && !search.sure; i++)
                by_place |= has_all(&w, &place->tokens[i], reached(place, i, reach));
        }
        assert_true(!search.sure || (w.count == 2 && is_so));
        assert_true(!is_so || search.sure || by_place);
        sure += search.sure;
        unsure += is_so && !search.sure;
    }
    assert_true(sure > 100);
    assert_true(unsure > 10);
    dx_word_search_free(&search);
    dx_doc_free(&d);
}

static void starts_of_fields_are_read(void **state)
{
    dx_word_search search;
    dx_doc d;

    (void)state;
    dx_doc_init(&d);
    dx_word_search_init(&search);
    for (uint32_t round = 0; round < 500; round++) {
        uint32_t doc = random_below(DOCS), reach = random_below(6);
        places p = {0};
        wanted w;
        dx_word_finder f;
        bool found = true;

        assert_int_equal(dx_segment_read_doc(segment, doc, false, &d), DX_OK);
        make_wanted(&d, &w);
        make_finder(&f, &w, reach, false);
        assert_int_equal(dx_word_search_begin(&f, doc, DX_FIELD_TITLE, DX_FIELD_BODY,
                             NULL, &search), DX_OK);
        while (found) {
            assert_int_equal(dx_word_search_next_start(&f, &search, &found), DX_OK);
            if (found)
                keep_place(&p, &search.place);
        }
        assert_true(p.count <= DX_TEXT_FIELDS);
        starts_are_all(&p, &w, &d, reach);
        free(p.tokens);
        free(p.ends);
    }
    dx_word_search_free(&search);
    dx_doc_free(&d);
}

/* ---- any of the words ---- */

/* The wanted tokens of `d` from *next on are among those that were given, in order;
 * whatever else was given is in the text, too. */
static void given_are_all(const dx_doc *given, const wanted *w, const dx_doc *d)
{
    size_t next = 0;

    for (size_t i = 0; i < d->token_count; i++) {
        if (!is_wanted(w, d->tokens[i].exact_id))
            continue;
        while (next < given->token_count &&
               !(given->tokens[next].exact_id == d->tokens[i].exact_id &&
                   given->tokens[next].pos == d->tokens[i].pos &&
                   given->tokens[next].field == d->tokens[i].field &&
                   given->tokens[next].overlay == d->tokens[i].overlay))
            next++;
        assert_true(next++ < given->token_count);
    }
    for (size_t i = 0; i < given->token_count; i++)
        assert_true(has_token(d->tokens, d->token_count, &given->tokens[i], 0,
            given->tokens[i].field));
}

static uint32_t positions_of(const dx_doc *d, uint8_t field)
{
    uint32_t positions = 0;

    for (size_t i = 0; i < d->token_count; i++)
        if (d->tokens[i].field == field && !d->tokens[i].overlay)
            positions = d->tokens[i].pos + 1;
    return positions;
}

static void terms_are_found_in_order(void **state)
{
    dx_doc d, given;

    (void)state;
    dx_doc_init(&d);
    dx_doc_init(&given);
    for (uint32_t round = 0; round < (fixture_is_long() ? 40000u : 1500u); round++) {
        uint32_t doc = random_below(DOCS);
        dx_term_search search;
        dx_term_finder f;
        bool more = true;
        wanted w;

        assert_int_equal(dx_segment_read_doc(segment, doc, false, &d), DX_OK);
        make_wanted(&d, &w);
        dx_term_finder_init(&f, segment);
        for (uint32_t i = 0; i < w.count; i++)
            dx_term_finder_add(&f, w.words[i]);
        assert_int_equal(dx_term_search_begin(&f, doc, &search), DX_OK);
        given.token_count = 0;
        while (more)
            assert_int_equal(dx_term_search_go_on(&f, &search,
                                 DX_TERM_SEARCH_MANY, &given, &more), DX_OK);
        given_are_all(&given, &w, &d);
        assert_int_equal(search.pos, positions_of(&d, DX_FIELD_BODY));
    }
    dx_doc_free(&given);
    dx_doc_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_near_one_another_are_found),
        cmocka_unit_test(it_is_sure_only_where_it_is_so),
        cmocka_unit_test(starts_of_fields_are_read),
        cmocka_unit_test(terms_are_found_in_order),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
