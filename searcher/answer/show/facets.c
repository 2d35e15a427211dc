/* Counting the values of attributes and dates among the matches. */
#include "searcher/answer/show/facets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/bytes.h"
#include "common/base/civil.h"
#include "common/base/mem.h"
#include "common/index/codec/bits.h"
#include "common/index/codec/cursor.h"
#include "common/index/codec/list.h"
#include "common/index/codec/window.h"
#include "common/index/field/attribute.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/segment.h"
#include "common/names/provinces.h"
#include "common/names/renames.h"

/* A spelling of a value. Filters find all spellings of it, so these are counted
 * together: with the first of them in a segment. */
typedef struct value {
    dx_str folded, text; /* without the prefix; in the index, or static */
    uint64_t count;
    uint64_t documents;  /* of the index that have this spelling */
} value;

typedef struct counter {
    const dx_generation *g;
    uint64_t *const *matches;
    uint32_t most;
    dx_arena *arena;
    uint32_t **windows; /* of each segment: those that have matches, … */
    uint32_t *window_counts; /* … and how many these are */
    value *values; /* owned: of the field under way */
    size_t count, cap;
    dx_facet *facets; /* owned, until they are all there */
    size_t facet_count, facet_cap;
} counter;

static dx_status add_facet(counter *c, const char *field, dx_str text,
    uint64_t count)
{
    void *p = c->facets;
    char *copy = dx_arena_strndup(c->arena, text.ptr, text.len);

    if (!copy ||
        dx_grow(&p, &c->facet_cap, c->facet_count + 1, sizeof *c->facets) != 0)
        return DX_ERR_NOMEM;
    c->facets = p;
    c->facets[c->facet_count++] = (dx_facet){field, copy, count};
    return DX_OK;
}

/* ---- attributes ---- */

DX_POPCNT_CLONES
static uint32_t count_both(const uint64_t *a, const uint64_t *b)
{
    uint32_t count = 0;

#pragma GCC unroll 8
    for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++)
        count += dx_popcount64(a[k] & b[k]);
    return count;
}

static const uint64_t *matches_of(const counter *c, size_t segment, uint32_t i)
{
    return c->matches[segment] + (size_t)c->windows[segment][i] * DX_WINDOW_WORDS;
}

/* Most values have few documents: these are looked up one by one. */
static dx_status count_short(const dx_list *list, const uint64_t *matches,
    uint64_t *count)
{
    uint32_t both;

    if (!dx_ef_count(list->data, list->end, list->df, list->segment_docs, matches,
            &both))
        return DX_ERR_CORRUPT;
    *count = both;
    return DX_OK;
}

static dx_status count_list(const counter *c, size_t segment,
    const dx_list *list, dx_arena *scratch, uint64_t *count)
{
    dx_cursor cursor;

    *count = 0;
    dx_arena_reset(scratch);
    if (!dx_list_is_windowed(list->df, list->segment_docs))
        return list->df ? count_short(list, c->matches[segment], count) : DX_OK;
    DX_TRY(dx_cursor_open(&cursor, list, scratch));
    for (uint32_t i = 0; i < c->window_counts[segment]; i++)
        if (dx_cursor_load(&cursor, c->windows[segment][i]))
            *count += count_both(cursor.bits, matches_of(c, segment, i));
    return cursor.status;
}

static dx_status add_value(counter *c, value v)
{
    void *p = c->values;

    if (dx_grow(&p, &c->cap, c->count + 1, sizeof *c->values) != 0)
        return DX_ERR_NOMEM;
    c->values = p;
    c->values[c->count++] = v;
    return DX_OK;
}

/* `count` articles have one or more of the spellings of a value. */
static dx_status add_spellings(counter *c, const dx_segment *s, uint32_t folded,
    uint64_t count)
{
    dx_str key = dx_segment_folded_string(s, folded);
    uint32_t id, end;
    dx_list list;

    dx_segment_exact_range(s, folded, folded + 1, &id, &end);
    for (; id < end; id++, count = 0) {
        dx_str text = dx_segment_exact_string(s, id);
        if (text.len <= DX_ATTRIBUTE_PREFIX_BYTES)
            return DX_ERR_CORRUPT;
        DX_TRY(dx_segment_exact_list(s, id, &list));
        DX_TRY(add_value(c, (value){dx_attribute_value(key),
                                dx_attribute_value(text), count, list.df}));
    }
    return DX_OK;
}

static dx_status count_values(counter *c, size_t segment, dx_field field,
    dx_arena *scratch)
{
    const dx_segment *s = c->g->segments[segment];
    char key[DX_ATTRIBUTE_PREFIX_BYTES] = {DX_ATTRIBUTE_MARK,
        dx_attribute_sign(field)};
    uint32_t folded, end;
    uint64_t count;
    dx_list list;

    dx_segment_find_prefix(s, (dx_str){key, sizeof key}, &folded, &end);
    for (; folded < end; folded++) {
        DX_TRY(dx_segment_folded_list(s, folded, &list));
        DX_TRY(count_list(c, segment, &list, scratch, &count));
        if (count > 0)
            DX_TRY(add_spellings(c, s, folded, count));
    }
    return DX_OK;
}

/* ---- provinces ---- */

typedef struct places { /* of a segment */
    dx_cursor *labels[DX_PROVINCES_COUNT]; /* NULL: not there */
    /* With it, those that became it. */
    size_t with[DX_PROVINCES_COUNT][DX_PROVINCE_LABELS_MAX];
    size_t with_count[DX_PROVINCES_COUNT];
    uint64_t counts[DX_PROVINCES_COUNT];
} places;

static dx_status open_label(const dx_segment *s, uint32_t exact_id,
    dx_arena *scratch, dx_cursor **out)
{
    dx_list list;

    DX_TRY(dx_segment_exact_list(s, exact_id, &list));
    *out = dx_arena_alloc(scratch, sizeof **out);
    return *out ? dx_cursor_open(*out, &list, scratch) : DX_ERR_NOMEM;
}

static dx_status open_labels(const dx_segment *s, dx_arena *scratch, places *p)
{
    char key[DX_ATTRIBUTE_PREFIX_BYTES] = {DX_ATTRIBUTE_MARK,
        dx_attribute_sign(DX_FIELD_PROVINCE)};
    uint32_t first, end, exact, exact_end;

    dx_segment_find_prefix(s, (dx_str){key, sizeof key}, &first, &end);
    if (first == end)
        return DX_OK;
    dx_segment_exact_range(s, first, end, &exact, &exact_end);
    for (; exact < exact_end; exact++) {
        dx_str text = dx_segment_exact_string(s, exact);
        if (text.len <= sizeof key)
            continue;
        text = dx_attribute_value(text);
        size_t i = 0;
        while (i < DX_PROVINCES_COUNT &&
               !dx_str_eq(dx_str_from(dx_provinces[i].name), text))
            i++;
        if (i < DX_PROVINCES_COUNT && !p->labels[i])
            DX_TRY(open_label(s, exact, scratch, &p->labels[i]));
    }
    return DX_OK;
}

/* As the filter finds them: with those that became it, each article once. */
static void count_place(places *p, size_t place, const uint64_t *matches)
{
    uint64_t any[DX_WINDOW_WORDS];
    const uint64_t *bits = NULL;

    for (size_t i = 0; i < p->with_count[place]; i++) {
        const dx_cursor *label = p->labels[p->with[place][i]];
        if (!label || label->count == 0)
            continue;
        for (uint32_t k = 0; bits && k < DX_WINDOW_WORDS; k++)
            any[k] = bits[k] | label->bits[k];
        bits = bits ? any : label->bits;
    }
    if (bits)
        p->counts[place] += count_both(bits, matches);
}

static dx_status add_place(counter *c, size_t place, uint64_t count)
{
    dx_str name = dx_str_from(dx_provinces[place].name);

    return add_value(c, (value){name, name, count, count});
}

static dx_status count_places(counter *c, size_t segment, dx_arena *scratch)
{
    places p = {.counts = {0}};

    dx_arena_reset(scratch);
    DX_TRY(open_labels(c->g->segments[segment], scratch, &p));
    for (size_t i = 0; i < DX_PROVINCES_COUNT; i++)
        dx_province_with_former(i, p.with[i], &p.with_count[i]);
    for (uint32_t w = 0; w < c->window_counts[segment]; w++) {
        for (size_t i = 0; i < DX_PROVINCES_COUNT; i++) {
            if (!p.labels[i])
                continue;
            (void)dx_cursor_load(p.labels[i], c->windows[segment][w]);
            if (p.labels[i]->status != DX_OK)
                return p.labels[i]->status;
        }
        for (size_t i = 0; i < DX_PROVINCES_COUNT; i++)
            count_place(&p, i, matches_of(c, segment, w));
    }
    for (size_t i = 0; i < DX_PROVINCES_COUNT; i++)
        if (p.counts[i] > 0)
            DX_TRY(add_place(c, i, p.counts[i]));
    return DX_OK;
}

/* ---- fields ---- */

static int by_text(const void *a, const void *b)
{
    const value *x = a, *y = b;
    int c = dx_str_cmp(x->folded, y->folded);

    return c ? c : dx_str_cmp(x->text, y->text);
}

static int by_count(const void *a, const void *b)
{
    const value *x = a, *y = b;

    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return dx_str_cmp(x->text, y->text);
}

/* Adds up what several segments have of one spelling. */
static void join_spellings(counter *c)
{
    size_t kept = 0;

    for (size_t i = 0; i < c->count; i++) {
        value *last = kept ? &c->values[kept - 1] : NULL;
        if (last && by_text(last, &c->values[i]) == 0) {
            last->count += c->values[i].count;
            last->documents += c->values[i].documents;
        } else {
            c->values[kept++] = c->values[i];
        }
    }
    c->count = kept;
}

/* Each value once, in its most frequent spelling. */
static void join_values(counter *c)
{
    size_t kept = 0;

    qsort(c->values, c->count, sizeof *c->values, by_text);
    join_spellings(c);
    for (size_t i = 0; i < c->count; i++) {
        value *last = kept ? &c->values[kept - 1] : NULL;
        value next = c->values[i];
        if (last && dx_str_eq(last->folded, next.folded)) {
            next.count += last->count;
            last->count = next.count;
            if (next.documents > last->documents)
                *last = next;
        } else {
            c->values[kept++] = next;
        }
    }
    c->count = kept;
}

static int by_shown(const void *a, const void *b)
{
    const value *x = a, *y = b;

    return dx_str_cmp(x->text, y->text);
}

/* A host is found with those under it. An article has one. */
static void add_hosts_under(counter *c)
{
    qsort(c->values, c->count, sizeof *c->values, by_shown);
    for (size_t i = 0; i < c->count; i++)
        c->values[i].documents = c->values[i].count;
    for (size_t i = 0; i < c->count; i++) {
        value above = c->values[i];
        while (above.text.len > 0) {
            bool at_point = *above.text.ptr == '.';
            above.text = (dx_str){above.text.ptr + 1, above.text.len - 1};
            value *host = at_point ? bsearch(&above, c->values, c->count,
                                         sizeof above, by_shown)
                                   : NULL;
            if (host)
                host->count += above.documents;
        }
    }
}

static dx_status count_field(counter *c, dx_field field, dx_arena *scratch)
{
    c->count = 0;
    for (size_t s = 0; s < c->g->segment_count; s++)
        DX_TRY(dx_fields[field].find == DX_FIND_PROVINCE
                   ? count_places(c, s, scratch)
                   : count_values(c, s, field, scratch));
    if (c->count == 0)
        return DX_OK;
    join_values(c);
    if (dx_fields[field].find == DX_FIND_HOST)
        add_hosts_under(c);
    qsort(c->values, c->count, sizeof *c->values, by_count);
    for (size_t i = 0; i < c->count && i < c->most; i++)
        DX_TRY(add_facet(c, dx_field_asked(field), c->values[i].text,
            c->values[i].count));
    return DX_OK;
}

/* ---- dates ---- */

#define FIRST_YEAR 1800
#define YEARS 400 /* from then on; other dates are not counted */
#define MONTHS (YEARS * 12)

/* Adds a segment's matches to those of each day from `first_day` on. */
static void count_days(const counter *c, size_t segment, int32_t first_day,
    uint32_t days, uint32_t *counts)
{
    for (uint32_t i = 0; i < c->window_counts[segment]; i++) {
        const uint64_t *matches = matches_of(c, segment, i);
        uint32_t first = c->windows[segment][i] << DX_WINDOW_BITS;
        const uint8_t *dates = dx_segment_dates(c->g->segments[segment], first,
            DX_WINDOW_DOCS);
        for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++) {
            for (uint64_t left = matches[k]; left; left &= left - 1) {
                size_t doc = first + (k << 6 | dx_ctz64(left));
                uint32_t day = dx_load_u32(dates + 4 * doc) - (uint32_t)first_day;
                if (day < days)
                    counts[day]++;
            }
        }
    }
}

/* From the earliest day of any article to the latest, of those that count. */
static void find_days(const counter *c, int32_t *first_day, uint32_t *days)
{
    int32_t least = dx_civil_to_day((dx_civil){FIRST_YEAR, 1, 1});
    int32_t most = dx_civil_to_day((dx_civil){FIRST_YEAR + YEARS, 1, 1}) - 1;
    int32_t from = most, to = least;
    uint32_t first, end;

    for (size_t i = 0; i < c->g->segment_count; i++) {
        const dx_segment *s = c->g->segments[i];
        dx_segment_date_run(s, least, most, &first, &end);
        if (first == end)
            continue;
        int32_t day = dx_segment_date(s, dx_segment_by_date(s, end - 1));
        from = day < from ? day : from;
        day = dx_segment_date(s, dx_segment_by_date(s, first));
        to = day > to ? day : to;
    }
    *first_day = from > least ? from : least; /* whatever a damaged index says */
    to = to < most ? to : most;
    *days = to >= *first_day ? (uint32_t)(to - *first_day) + 1 : 0;
}

static dx_status count_dates(const counter *c, dx_arena *scratch,
    uint64_t months[MONTHS])
{
    int32_t first_day;
    uint32_t days;

    dx_arena_reset(scratch);
    find_days(c, &first_day, &days);
    uint32_t *counts = dx_arena_calloc(scratch, days + (size_t)1, sizeof *counts);
    if (!counts)
        return DX_ERR_NOMEM;
    for (size_t s = 0; s < c->g->segment_count; s++)
        count_days(c, s, first_day, days, counts);
    for (uint32_t d = 0; d < days;) {
        dx_civil date = dx_civil_of_day(first_day + (int32_t)d);
        int left = dx_civil_month_days(date.year, date.month) - date.day + 1;
        uint64_t *month = &months[(date.year - FIRST_YEAR) * 12 + date.month - 1];
        for (; left > 0 && d < days; left--)
            *month += counts[d++];
    }
    return DX_OK;
}

static dx_status add_dates(counter *c, dx_arena *scratch)
{
    uint64_t *months = dx_arena_calloc(c->arena, MONTHS, sizeof *months);
    char text[32];
    uint32_t added = 0;

    if (!months)
        return DX_ERR_NOMEM;
    DX_TRY(count_dates(c, scratch, months));
    for (int year = YEARS; year-- > 0;) {
        uint64_t count = 0;
        for (int m = 0; m < 12; m++)
            count += months[12 * year + m];
        int n = snprintf(text, sizeof text, "%04d", FIRST_YEAR + year);
        if (count)
            DX_TRY(add_facet(c, "year", (dx_str){text, (size_t)n}, count));
    }
    for (int m = MONTHS; m-- > 0 && added < c->most;) {
        if (!months[m])
            continue;
        int n = snprintf(text, sizeof text, "%04d-%02d", FIRST_YEAR + m / 12,
            m % 12 + 1);
        DX_TRY(add_facet(c, "month", (dx_str){text, (size_t)n}, months[m]));
        added++;
    }
    return DX_OK;
}

/* ---- all ---- */

static bool is_empty(const uint64_t *window)
{
    uint64_t all = 0;

    for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++)
        all |= window[k];
    return all == 0;
}

static dx_status find_windows(counter *c)
{
    size_t segments = c->g->segment_count;

    c->windows = dx_arena_calloc(c->arena, segments + 1, sizeof *c->windows);
    c->window_counts =
        dx_arena_calloc(c->arena, segments + 1, sizeof *c->window_counts);
    if (!c->windows || !c->window_counts)
        return DX_ERR_NOMEM;
    for (size_t s = 0; s < segments; s++) {
        uint32_t count = dx_window_count(dx_segment_docs(c->g->segments[s]));
        c->windows[s] = dx_arena_alloc(c->arena, count * sizeof **c->windows);
        if (!c->windows[s])
            return DX_ERR_NOMEM;
        for (uint32_t w = 0; w < count; w++)
            if (!is_empty(c->matches[s] + (size_t)w * DX_WINDOW_WORDS))
                c->windows[s][c->window_counts[s]++] = w;
    }
    return DX_OK;
}

static dx_status count_all(counter *c, dx_arena *scratch)
{
    DX_TRY(find_windows(c));
    DX_TRY(add_dates(c, scratch));
    for (unsigned f = 0; f < DX_FIELDS; f++)
        if (dx_fields[f].show & DX_SHOW_FACET)
            DX_TRY(count_field(c, (dx_field)f, scratch));
    return DX_OK;
}

dx_status dx_facets_count(const dx_generation *g, uint64_t *const *matches,
    uint32_t most, dx_arena *arena, dx_facet_list *out)
{
    counter c = {.g = g, .matches = matches, .most = most, .arena = arena};
    dx_arena scratch = DX_ARENA_INIT;

    *out = (dx_facet_list){0};
    dx_status rc = count_all(&c, &scratch);
    if (rc == DX_OK && c.facet_count) {
        out->at = dx_arena_alloc(arena, c.facet_count * sizeof *out->at);
        rc = out->at ? DX_OK : DX_ERR_NOMEM;
    }
    if (rc == DX_OK && c.facet_count) {
        memcpy(out->at, c.facets, c.facet_count * sizeof *out->at);
        out->count = (uint32_t)c.facet_count;
    }
    dx_arena_free(&scratch);
    dx_free(c.values);
    dx_free(c.facets);
    return rc;
}
