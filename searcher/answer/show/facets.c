/* Counting the values of attributes and dates among the matches. */
#include "searcher/answer/show/facets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/civil.h"
#include "common/base/mem.h"
#include "common/index/codec/cursor.h"
#include "common/index/codec/list.h"
#include "common/index/codec/list_decode.h"
#include "common/index/codec/window.h"
#include "common/index/field/attribute.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/segment.h"
#include "common/names/provinces.h"
#include "common/names/renames.h"
#include "searcher/match/lookup/docset.h"

typedef struct value {
    dx_str text; /* without the prefix; in the index, or static */
    uint64_t count;
} value;

typedef struct counter {
    const dx_generation *g;
    uint64_t *const *matches;
    uint32_t most;
    dx_arena *arena;
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

/* Most values have few documents: these are looked up one by one. */
static dx_status count_short(const dx_list *list, const uint64_t *matches,
    dx_arena *scratch, uint64_t *count)
{
    uint32_t *docs = dx_arena_alloc(scratch, list->df * sizeof *docs);
    uint16_t *tfs = dx_arena_alloc(scratch, list->df * sizeof *tfs);

    if (!docs || !tfs)
        return DX_ERR_NOMEM;
    DX_TRY(dx_list_decode(list, docs, tfs, scratch));
    for (uint32_t i = 0; i < list->df; i++)
        *count += matches[docs[i] >> 6] >> (docs[i] & 63) & 1;
    return DX_OK;
}

static dx_status count_list(const dx_segment *s, uint32_t exact_id,
    const uint64_t *matches, dx_arena *scratch, uint64_t *count)
{
    uint32_t windows = dx_window_count(dx_segment_docs(s));
    dx_cursor cursor;
    dx_list list;

    *count = 0;
    dx_arena_reset(scratch);
    DX_TRY(dx_segment_exact_list(s, exact_id, &list));
    if (!dx_list_is_windowed(list.df, list.segment_docs))
        return list.df ? count_short(&list, matches, scratch, count) : DX_OK;
    DX_TRY(dx_cursor_open(&cursor, &list, scratch));
    for (uint32_t w = 0; w < windows; w++) {
        if (!dx_cursor_load(&cursor, w))
            continue;
        const uint64_t *set = matches + (size_t)w * DX_WINDOW_WORDS;
        for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++)
            *count += dx_popcount64(cursor.bits[k] & set[k]);
    }
    return cursor.status;
}

static dx_status add_value(counter *c, dx_str text, uint64_t count)
{
    void *p = c->values;

    if (dx_grow(&p, &c->cap, c->count + 1, sizeof *c->values) != 0)
        return DX_ERR_NOMEM;
    c->values = p;
    c->values[c->count++] = (value){text, count};
    return DX_OK;
}

static dx_status count_values(counter *c, size_t segment, dx_field field,
    dx_arena *scratch)
{
    const dx_segment *s = c->g->segments[segment];
    char key[DX_ATTRIBUTE_PREFIX_BYTES] = {DX_ATTRIBUTE_MARK,
        dx_attribute_sign(field)};
    uint32_t first, end, exact_first, exact_end;
    uint64_t count;

    dx_segment_find_prefix(s, (dx_str){key, sizeof key}, &first, &end);
    if (first == end)
        return DX_OK;
    dx_segment_exact_range(s, first, end, &exact_first, &exact_end);
    for (uint32_t id = exact_first; id < exact_end; id++) {
        DX_TRY(count_list(s, id, c->matches[segment], scratch, &count));
        if (count == 0)
            continue;
        dx_str text = dx_segment_exact_string(s, id);
        if (text.len <= DX_ATTRIBUTE_PREFIX_BYTES)
            return DX_ERR_CORRUPT;
        DX_TRY(add_value(c, dx_attribute_value(text), count));
    }
    return DX_OK;
}

/* ---- provinces ---- */

/* The exact ids of their labels in a segment, or NONE. */
static void find_labels(const dx_segment *s, uint32_t ids[DX_PROVINCES_COUNT])
{
    char key[DX_ATTRIBUTE_PREFIX_BYTES] = {DX_ATTRIBUTE_MARK,
        dx_attribute_sign(DX_FIELD_PROVINCE)};
    uint32_t first, end, exact, exact_end;

    for (size_t i = 0; i < DX_PROVINCES_COUNT; i++)
        ids[i] = DX_ID_NONE;
    dx_segment_find_prefix(s, (dx_str){key, sizeof key}, &first, &end);
    if (first == end)
        return;
    dx_segment_exact_range(s, first, end, &exact, &exact_end);
    for (; exact < exact_end; exact++) {
        dx_str text = dx_segment_exact_string(s, exact);
        for (size_t i = 0; i < DX_PROVINCES_COUNT && text.len > sizeof key; i++)
            if (dx_str_eq(dx_str_from(dx_provinces[i].name),
                    (dx_str){text.ptr + sizeof key, text.len - sizeof key}))
                ids[i] = exact;
    }
}

static uint64_t count_both(const uint64_t *a, const uint64_t *b, size_t words)
{
    uint64_t count = 0;

    for (size_t i = 0; i < words; i++)
        count += dx_popcount64(a[i] & b[i]);
    return count;
}

/* As the filter finds them: with those that became it, each article once. */
static dx_status count_place(const counter *c, size_t segment, size_t place,
    const uint32_t ids[DX_PROVINCES_COUNT], dx_arena *scratch, uint64_t *count)
{
    const dx_segment *s = c->g->segments[segment];
    uint32_t docs = dx_segment_docs(s);
    size_t labels[DX_PROVINCE_LABELS_MAX], label_count;
    dx_list list;

    *count = 0;
    dx_province_with_former(place, labels, &label_count);
    if (label_count == 1)
        return ids[place] == DX_ID_NONE
                   ? DX_OK
                   : count_list(s, ids[place], c->matches[segment], scratch,
                         count);
    dx_arena_reset(scratch);
    uint64_t *bits = dx_docset_new(docs, scratch);
    if (!bits)
        return DX_ERR_NOMEM;
    for (size_t i = 0; i < label_count; i++) {
        if (ids[labels[i]] == DX_ID_NONE)
            continue;
        DX_TRY(dx_segment_exact_list(s, ids[labels[i]], &list));
        DX_TRY(dx_docset_add_list(bits, &list, scratch));
    }
    *count = count_both(bits, c->matches[segment],
        (size_t)dx_window_count(docs) * DX_WINDOW_WORDS);
    return DX_OK;
}

static dx_status count_places(counter *c, size_t segment, dx_arena *scratch)
{
    uint32_t ids[DX_PROVINCES_COUNT];
    uint64_t count;

    find_labels(c->g->segments[segment], ids);
    for (size_t i = 0; i < DX_PROVINCES_COUNT; i++) {
        DX_TRY(count_place(c, segment, i, ids, scratch, &count));
        if (count > 0)
            DX_TRY(add_value(c, dx_str_from(dx_provinces[i].name), count));
    }
    return DX_OK;
}

/* ---- fields ---- */

static int by_text(const void *a, const void *b)
{
    const value *x = a, *y = b;

    return dx_str_cmp(x->text, y->text);
}

static int by_count(const void *a, const void *b)
{
    const value *x = a, *y = b;

    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return dx_str_cmp(x->text, y->text);
}

/* Adds up what several segments have of one value. */
static void join_values(counter *c)
{
    size_t kept = 0;

    qsort(c->values, c->count, sizeof *c->values, by_text);
    for (size_t i = 0; i < c->count; i++) {
        if (kept && dx_str_eq(c->values[kept - 1].text, c->values[i].text))
            c->values[kept - 1].count += c->values[i].count;
        else
            c->values[kept++] = c->values[i];
    }
    c->count = kept;
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
    qsort(c->values, c->count, sizeof *c->values, by_count);
    for (size_t i = 0; i < c->count && i < c->most; i++)
        DX_TRY(add_facet(c, dx_field_asked(field), c->values[i].text,
            c->values[i].count));
    return DX_OK;
}

/* ---- dates ---- */

#define MONTHS                                                                 \
    (400 * 12) /* from FIRST_YEAR on; other dates are not counted              \
                */
#define FIRST_YEAR 1800

/* Months since FIRST_YEAR. */
static int64_t month_of(int32_t day)
{
    dx_civil c = dx_civil_of_day(day);

    return ((int64_t)c.year - FIRST_YEAR) * 12 + c.month - 1;
}

static void count_dates(const counter *c, uint64_t months[MONTHS])
{
    for (size_t s = 0; s < c->g->segment_count; s++) {
        const dx_segment *segment = c->g->segments[s];
        size_t words =
            (size_t)dx_window_count(dx_segment_docs(segment)) * DX_WINDOW_WORDS;
        for (size_t k = 0; k < words; k++) {
            for (uint64_t left = c->matches[s][k]; left; left &= left - 1) {
                int32_t day = dx_segment_date(segment,
                    (uint32_t)(k << 6 | dx_ctz64(left)));
                int64_t month = day == DX_DATE_UNKNOWN ? -1 : month_of(day);
                if (month >= 0 && month < MONTHS)
                    months[month]++;
            }
        }
    }
}

static dx_status add_dates(counter *c)
{
    uint64_t *months = dx_arena_calloc(c->arena, MONTHS, sizeof *months);
    char text[32];
    uint32_t added = 0;

    if (!months)
        return DX_ERR_NOMEM;
    count_dates(c, months);
    for (int year = MONTHS / 12; year-- > 0;) {
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

static dx_status count_all(counter *c, dx_arena *scratch)
{
    DX_TRY(add_dates(c));
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
