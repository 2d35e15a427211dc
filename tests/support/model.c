#include "tests/support/model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/civil.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/meta.h"
#include "common/index/segment/segment.h"
#include "tests/support/random_query.h"

static void copy_long(char *to, size_t size, dx_str s)
{
    assert_true(s.len < size);
    if (s.len > 0) /* NULL when there is no value */
        memcpy(to, s.ptr, s.len);
    to[s.len] = '\0';
}

static void copy_str(char to[64], dx_str s) { copy_long(to, 64, s); }

static void load_meta(const dx_segment *s, uint32_t doc, model_doc *out)
{
    dx_meta_reader r;
    dx_meta meta;

    dx_meta_reader_init(&r);
    assert_int_equal(dx_segment_read_meta(s, doc, &r, &meta), DX_OK);
    copy_str(out->source, meta.source);
    copy_str(out->category, meta.category);
    copy_str(out->url, meta.url);
    copy_long(out->tags, sizeof out->tags, meta.tags);
    dx_meta_reader_free(&r);
}

static void load_doc(const dx_segment *s, uint32_t doc, model_doc *out)
{
    dx_doc d;

    dx_doc_init(&d);
    assert_int_equal(dx_segment_read_doc(s, doc, false, &d), DX_OK);
    out->tokens = calloc(d.token_count + 1, sizeof *out->tokens);
    out->count = d.token_count;
    for (size_t i = 0; i < d.token_count; i++) {
        model_token *t = &out->tokens[i];
        uint32_t first, end, f = 0;
        copy_str(t->exact, dx_segment_exact_string(s, d.tokens[i].exact_id));
        for (;; f++) { /* naive indeed: which folded term has this one? */
            dx_segment_exact_range(s, f, f + 1, &first, &end);
            if (d.tokens[i].exact_id >= first && d.tokens[i].exact_id < end)
                break;
        }
        copy_str(t->folded, dx_segment_folded_string(s, f));
        t->pos = d.tokens[i].pos;
        t->field = d.tokens[i].field;
        t->overlay = d.tokens[i].overlay;
        out->length += t->overlay ? 0 : t->field == DX_FIELD_TITLE ? 2 : 1;
    }
    dx_doc_free(&d);
}

void model_load(const dx_generation *g, model *m)
{
    uint64_t sum = 0;

    m->docs = calloc(g->docs + 1, sizeof *m->docs);
    m->count = 0;
    for (uint32_t s = 0; s < g->segment_count; s++) {
        const dx_segment *segment = g->segments[s];
        for (uint32_t d = 0; d < dx_segment_docs(segment); d++) {
            model_doc *doc = &m->docs[m->count++];
            load_doc(segment, d, doc);
            load_meta(segment, d, doc);
            doc->segment = s;
            doc->doc = d;
            doc->day = dx_segment_date(segment, d);
            doc->deleted = dx_deleted_at(dx_segment_deleted(segment), d);
            assert_int_equal(doc->length,
                dx_length_at(dx_segment_lengths(segment, d, 1), d));
            sum += doc->length;
        }
    }
    m->average_length = m->count ? (double)sum / (double)m->count : 1;
}

void model_free(model *m)
{
    for (size_t i = 0; i < m->count; i++)
        free(m->docs[i].tokens);
    free(m->docs);
}

static bool is(const char *have, dx_str wanted)
{
    return strlen(have) == wanted.len &&
           memcmp(have, wanted.ptr, wanted.len) == 0;
}

static bool starts_with(const char *have, dx_str prefix)
{
    return strlen(have) >= prefix.len &&
           memcmp(have, prefix.ptr, prefix.len) == 0;
}

/* '*' only where it is: naive by going back at every letter. */
static bool fits(const char *pattern, const char *have)
{
    if (*pattern == '*')
        return fits(pattern + 1, have) || (*have && fits(pattern, have + 1));
    if (*pattern == '?') {
        const char *next = have + (*have != '\0');
        while (((unsigned char)*next & 0xC0) == 0x80)
            next++;
        return *have && fits(pattern + 1, next);
    }
    return *pattern == *have && (!*have || fits(pattern + 1, have + 1));
}

/* Damerau's distance is at most one: tries every edit of ASCII letters. */
static bool is_like(const char *have, dx_str wanted)
{
    char edited[80];
    size_t n = wanted.len;

    if (is(have, wanted))
        return true;
    for (size_t i = 0; i <= n; i++) {
        for (int edit = 0; edit < 4; edit++) {
            size_t skipped = edit == 0 ? 0 : edit == 3 ? 2 : 1;
            size_t len = i;
            if (i + skipped > n)
                continue;
            memcpy(edited, wanted.ptr, i);
            if (edit < 2) /* inserted or replaced by whatever is there */
                edited[len++] = i < strlen(have) ? have[i] : '\x7F';
            if (edit == 3) {
                edited[len++] = wanted.ptr[i + 1];
                edited[len++] = wanted.ptr[i];
            }
            memcpy(edited + len, wanted.ptr + i + skipped, n - i - skipped);
            len += n - i - skipped;
            if (is(have, (dx_str){edited, len}))
                return true;
        }
    }
    return false;
}

bool model_token_is(const model_token *t, const dx_query_word *w, bool strict)
{
    switch (w->kind) {
    case DX_WORD_PREFIX:
        return strict ? starts_with(t->exact, w->exact)
                      : starts_with(t->folded, w->exact) ||
                            is(t->folded, w->folded);
    case DX_WORD_WILDCARD:
        return strict ? fits(w->exact.ptr, t->exact)
                      : fits(w->folded.ptr, t->folded);
    case DX_WORD_FUZZY:
        return is_like(t->folded, w->folded);
    case DX_WORD_TERM:
        break;
    }
    return is(t->folded, w->folded) && (!strict || is(t->exact, w->exact));
}

uint32_t model_tf(const model_doc *d, const dx_query_word *w, bool strict)
{
    uint32_t tf = 0;

    for (size_t i = 0; i < d->count; i++)
        if (model_token_is(&d->tokens[i], w, strict))
            tf += d->tokens[i].field == DX_FIELD_TITLE ? 2 : 1;
    return tf;
}

static const model_token *next_running(const model_doc *d, size_t i)
{
    const model_token *t = &d->tokens[i];

    for (size_t k = i + 1; k < d->count; k++)
        if (!d->tokens[k].overlay)
            return d->tokens[k].field == t->field ? &d->tokens[k] : NULL;
    return NULL;
}

uint32_t model_pair_tf(const model_doc *d, const dx_query_word *a,
    const dx_query_word *b)
{
    uint32_t tf = 0;

    for (size_t i = 0; i < d->count; i++) {
        const model_token *t = &d->tokens[i];
        const model_token *next = t->overlay ? NULL : next_running(d, i);
        if (next && model_token_is(t, a, false) &&
            model_token_is(next, b, false))
            tf++;
    }
    return tf;
}

/* ---- what matches ---- */

bool model_in_field(const dx_node *n, const model_token *t)
{
    return n->field == DX_IN_TITLE  ? t->field == DX_FIELD_TITLE
           : n->field == DX_IN_LEAD ? t->field == DX_FIELD_LEAD
           : n->field == DX_IN_BODY ? t->field == DX_FIELD_BODY
                                    : true;
}

static bool word_is_strict(const model_query *mq, const dx_query_word *w,
    const dx_node *n, bool exactly)
{
    return mq->exact_accents || w->strict ||
           (w->marked && (exactly || n->kind != DX_NODE_WORD ||
                             w->kind != DX_WORD_TERM));
}

/* Whether the node's words stand at token `i`; the last one's position. */
static bool row_at(const model_query *mq, const model_doc *d, const dx_node *n,
    bool exactly, size_t i, uint32_t *last)
{
    const model_token *t = &d->tokens[i];

    if (n->at_start && t->pos != 0)
        return false;
    for (uint32_t k = 0; k < n->count; k++) {
        const dx_query_word *w = &mq->q->words[n->first + k];
        if (!t || !model_token_is(t, w, word_is_strict(mq, w, n, exactly)) ||
            !model_in_field(n, t) || (n->count > 1 && t->overlay))
            return false;
        *last = t->pos;
        if (k + 1 < n->count)
            t = next_running(d, (size_t)(t - d->tokens));
    }
    return true;
}

static bool pairs_hold(const model_query *mq, const model_doc *d,
    const dx_node *n, bool exactly)
{
    for (uint32_t i = 0; i < n->count; i++) {
        const dx_query_word *w = &mq->q->words[n->first + i];
        if (word_is_strict(mq, w, n, exactly) && model_tf(d, w, true) == 0)
            return false;
        if (i + 1 < n->count && model_pair_tf(d, w, w + 1) == 0)
            return false;
    }
    return true;
}

bool model_row_holds(const model_query *mq, const model_doc *d,
    const dx_node *n, bool exactly)
{
    uint32_t last;

    if (n->by_pairs)
        return pairs_hold(mq, d, n, exactly);
    for (size_t i = 0; i < d->count; i++)
        if (row_at(mq, d, n, exactly, i, &last))
            return true;
    return false;
}

/* Tries every choice of places: child `c` and those after it. */
static bool near_holds(const model_query *mq, const model_doc *d,
    const dx_node *near, uint32_t c, uint8_t field, uint32_t first,
    uint32_t last, uint32_t after)
{
    const dx_node *n = &mq->q->nodes[c];
    uint32_t end = 0;

    if (c == DX_NODE_NONE)
        return last - first <= near->span;
    for (size_t i = 0; i < d->count; i++) {
        const model_token *t = &d->tokens[i];
        bool is_first = after == UINT32_MAX;
        if (!row_at(mq, d, n, true, i, &end) ||
            (!is_first && t->field != field) ||
            (!is_first && near->ordered && t->pos < after))
            continue;
        uint32_t low = is_first || t->pos < first ? t->pos : first;
        uint32_t high = is_first || end > last ? end : last;
        if (high - low <= near->span &&
            near_holds(mq, d, near, n->next, t->field, low, high, end + 1))
            return true;
    }
    return false;
}

static bool quorum_holds(const model_query *mq, const model_doc *d,
    const dx_node *n)
{
    uint32_t there = 0;

    for (uint32_t k = 0; k < n->count; k++) {
        const dx_query_word *w = &mq->q->words[n->first + k];
        bool strict = word_is_strict(mq, w, n, true), has = false;
        for (size_t i = 0; i < d->count; i++)
            has = has || (model_token_is(&d->tokens[i], w, strict) &&
                             model_in_field(n, &d->tokens[i]));
        there += has;
    }
    return there >= n->quorum;
}

static uint32_t count_held(const model_query *mq, const model_doc *d,
    const dx_node *n, bool exactly, uint32_t *of)
{
    const dx_node *nodes = mq->q->nodes;
    uint32_t held = 0;

    *of = 0;
    for (uint32_t c = n->child; c != DX_NODE_NONE; c = nodes[c].next) {
        held += model_node_holds(mq, d, &nodes[c], exactly);
        ++*of;
    }
    return held;
}

static bool words_hold(const model_query *mq, const model_doc *d,
    const dx_node *n, bool exactly)
{
    const dx_node *nodes = mq->q->nodes;

    if (model_row_holds(mq, d, n, exactly))
        return true;
    for (uint32_t a = n->alternative; a != DX_NODE_NONE && !exactly;
         a = nodes[a].next)
        if (model_row_holds(mq, d, &nodes[a], false))
            return true;
    return false;
}

/* ---- filters ---- */

/* One of "Thời sự, Đời sống". */
static bool tags_have(const char *tags, dx_str asked)
{
    char tag[64];

    while (*tags) {
        size_t n = strcspn(tags, ",");
        copy_str(tag, (dx_str){tags, n});
        if (random_name_is(tag, asked))
            return true;
        tags += n;
        tags += strspn(tags, ", ");
    }
    return false;
}

/* Of "https://a.vtv.vn/tin": a.vtv.vn or vtv.vn or vn. */
static bool is_under_host(const char *url, dx_str asked)
{
    const char *host = strstr(url, "//");

    if (!host)
        return false;
    size_t n = strcspn(host + 2, "/");
    if (n < asked.len)
        return false;
    const char *end = host + 2 + n - asked.len;
    return memcmp(end, asked.ptr, asked.len) == 0 &&
           (n == asked.len || end[-1] == '.');
}

static bool filter_holds(const model_doc *d, const dx_node *n)
{
    char part[64];

    switch ((int)n->field) { /* not all: a new field is a row of field.h alone */
    case DX_IN_SOURCE:
        return random_name_is(d->source, n->value);
    case DX_IN_CATEGORY:
        return random_name_is(d->category, n->value);
    case DX_IN_TAGS:
        return tags_have(d->tags, n->value);
    case DX_IN_SITE:
        return is_under_host(d->url, n->value);
    case DX_IN_URL:
        copy_str(part, n->value);
        return strstr(d->url, part) != NULL;
    case DX_IN_DATE:
        return d->day != DX_DATE_UNKNOWN && d->day >= n->from_day &&
               d->day <= n->to_day;
    default: /* no filters, or none that random_tree() makes */
        fail_msg("filter field %d", (int)n->field);
        return false;
    }
}

bool model_node_holds(const model_query *mq, const model_doc *d,
    const dx_node *n, bool exactly)
{
    uint32_t of, held;

    switch (n->kind) {
    case DX_NODE_AND:
        held = count_held(mq, d, n, exactly, &of);
        return held == of;
    case DX_NODE_OR:
        return count_held(mq, d, n, exactly, &of) > 0;
    case DX_NODE_NOT:
        return !model_node_holds(mq, d, &mq->q->nodes[n->child], true);
    case DX_NODE_NEAR:
        return near_holds(mq, d, n, n->child, 0, 0, 0, UINT32_MAX);
    case DX_NODE_QUORUM:
        return quorum_holds(mq, d, n);
    case DX_NODE_FILTER:
        return filter_holds(d, n);
    case DX_NODE_EVERY:
        return true;
    case DX_NODE_WORD:
    case DX_NODE_PHRASE:
        break;
    }
    return words_hold(mq, d, n, exactly);
}
