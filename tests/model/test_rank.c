/* The ranking against a scorer that looks at every document: same documents,
 * same order, same scores, same totals, for random corpora and queries. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/mem.h"
#include "common/text/analyzer.h"
#include "indexer/run.h"
#include "searcher/include/dx/search.h"
#include "searcher/plan.h"
#include "searcher/rank.h"

#define WANTED 10
#define WORDS_MAX (DX_QUERY_MAX_TERMS + DX_QUERY_MAX_ADDED)
#define NODES_MAX (DX_QUERY_MAX_NODES + DX_QUERY_MAX_ADDED)

/* A small vocabulary, so that phrases, pairs and accents meet by chance; the
 * first words are common, the last ones rare. */
static const char *const vocabulary[] = {"của", "và", "so", "số", "sổ", "đổi",
    "đôi", "doi", "chuyển", "chuyen", "chuyện", "bắc", "bac", "bạc", "giang",
    "giảng", "tỉnh", "tinh", "hội", "hoi", "nghị", "749", "3.600", "dịch", "vụ",
    "công", "cong", "trực", "tuyến", "lũ", "lụt", "miền", "trung", "hòa",
    "hoà", "thuỷ", "services", "16/12/2021", "749/QĐ-TTg", "xã"};
#define VOCABULARY (sizeof vocabulary / sizeof *vocabulary)

static uint64_t random_state = 20211216;

static uint32_t random_below(uint32_t n)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((random_state >> 33) % n);
}

static const char *random_word(void)
{
    uint32_t a = random_below(VOCABULARY), b = random_below(VOCABULARY);
    uint32_t c = random_below(VOCABULARY);

    a = a < b ? a : b;
    return vocabulary[a < c ? a : c];
}

/* ---- corpora ---- */

static char folder[] = "/tmp/dx-rank-XXXXXX";
static char index_path[64], corpus_path[64];

static void put_words(FILE *f, const char *field, uint32_t count)
{
    fprintf(f, ",\"%s\":\"", field);
    for (uint32_t i = 0; i < count; i++)
        fprintf(f, "%s%s", i ? " " : "", random_word());
    fputc('"', f);
}

static void write_corpus(uint32_t first, uint32_t docs)
{
    FILE *f = fopen(corpus_path, "w");

    assert_non_null(f);
    for (uint32_t i = first; i < first + docs; i++) {
        fprintf(f, "{\"id\":\"d%u\"", i);
        if (random_below(5))
            fprintf(f, ",\"date\":\"2021-%02u-%02u\"", 1 + random_below(12),
                1 + random_below(28));
        put_words(f, "title", 1 + random_below(6));
        if (random_below(2))
            put_words(f, "lead", random_below(12));
        put_words(f, "body", random_below(random_below(10) ? 40 : 400));
        fputs("}\n", f);
    }
    fclose(f);
}

static void index_corpus(bool no_delete)
{
    dx_run_options options = {.index = index_path, .threads = 2,
        .memory_bytes = DX_MEMORY_MIN_BYTES, .no_delete = no_delete};
    const char *paths[] = {corpus_path};
    dx_run_totals totals;
    dx_error err = {0};

    if (dx_run(&options, paths, 1, &totals, &err) != DX_OK)
        fail_msg("%s", err.msg);
}

static int make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(index_path, sizeof index_path, "%s/index", folder);
    snprintf(corpus_path, sizeof corpus_path, "%s/corpus.jsonl", folder);
    return 0;
}

static int remove_folder(void **state)
{
    char command[128];

    (void)state;
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command) == 0 ? 0 : -1;
}

static void start_anew(void)
{
    char command[128];

    snprintf(command, sizeof command, "rm -rf '%s'", index_path);
    assert_int_equal(system(command), 0);
}

/* ---- the naive model ---- */

typedef struct model_token {
    char exact[64], folded[64];
    uint32_t pos;
    uint8_t field;
    bool overlay;
} model_token;

typedef struct model_doc {
    model_token *tokens;
    size_t count;
    uint32_t segment, doc, length;
    int32_t day;
    bool deleted;
} model_doc;

typedef struct model {
    model_doc *docs;
    size_t count;
    double average_length;
} model;

static void copy_str(char to[64], dx_str s)
{
    assert_true(s.len < 64);
    memcpy(to, s.ptr, s.len);
    to[s.len] = '\0';
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

static void load_model(const dx_generation *g, model *m)
{
    uint64_t sum = 0;

    m->docs = calloc(g->docs + 1, sizeof *m->docs);
    m->count = 0;
    for (uint32_t s = 0; s < g->segment_count; s++) {
        const dx_segment *segment = g->segments[s];
        for (uint32_t d = 0; d < dx_segment_docs(segment); d++) {
            model_doc *doc = &m->docs[m->count++];
            load_doc(segment, d, doc);
            doc->segment = s;
            doc->doc = d;
            doc->day = dx_segment_date(segment, d);
            doc->deleted = dx_deleted_at(dx_segment_deleted(segment), d);
            assert_int_equal(doc->length,
                dx_length_at(dx_segment_lengths(segment), d));
            sum += doc->length;
        }
    }
    m->average_length = m->count ? (double)sum / (double)m->count : 1;
}

static void free_model(model *m)
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

static bool token_is(const model_token *t, const dx_query_word *w, bool strict)
{
    switch (w->kind) {
    case DX_WORD_PREFIX:
        return strict ? starts_with(t->exact, w->exact)
                      : starts_with(t->folded, w->folded);
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

static uint32_t tf_of(const model_doc *d, const dx_query_word *w, bool strict)
{
    uint32_t tf = 0;

    for (size_t i = 0; i < d->count; i++)
        if (token_is(&d->tokens[i], w, strict))
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

static uint32_t pair_tf(const model_doc *d, const dx_query_word *a,
    const dx_query_word *b)
{
    uint32_t tf = 0;

    for (size_t i = 0; i < d->count; i++) {
        const model_token *t = &d->tokens[i];
        const model_token *next = t->overlay ? NULL : next_running(d, i);
        if (next && token_is(t, a, false) && token_is(next, b, false))
            tf++;
    }
    return tf;
}

typedef struct model_query {
    const model *m;
    const dx_query *q;
    bool exact_accents;
    /* Document frequencies: by word, of a pair by its second one; of nodes
     * that stand in for another. */
    uint64_t exact_df[WORDS_MAX], folded_df[WORDS_MAX], made_df[WORDS_MAX];
    uint64_t pair_df[WORDS_MAX], node_df[NODES_MAX];
} model_query;

static double bm25(const model *m, uint32_t tf, uint64_t df, uint32_t length)
{
    double norm = 1 - 0.75 + 0.75 * length / m->average_length;

    return log(1 + ((double)m->count - (double)df + 0.5) / ((double)df + 0.5)) *
           2.2 * tf / (tf + 1.2 * norm);
}

/* ---- what matches ---- */

static bool in_field(const dx_node *n, const model_token *t)
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
        if (!t || !token_is(t, w, word_is_strict(mq, w, n, exactly)) ||
            !in_field(n, t) || (n->count > 1 && t->overlay))
            return false;
        *last = t->pos;
        if (k + 1 < n->count)
            t = next_running(d, (size_t)(t - d->tokens));
    }
    return true;
}

static bool row_holds(const model_query *mq, const model_doc *d,
    const dx_node *n, bool exactly)
{
    uint32_t last;

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
            has = has || (token_is(&d->tokens[i], w, strict) &&
                             in_field(n, &d->tokens[i]));
        there += has;
    }
    return there >= n->quorum;
}

static bool node_holds(const model_query *mq, const model_doc *d,
    const dx_node *n, bool exactly);

static uint32_t count_held(const model_query *mq, const model_doc *d,
    const dx_node *n, bool exactly, uint32_t *of)
{
    const dx_node *nodes = mq->q->nodes;
    uint32_t held = 0;

    *of = 0;
    for (uint32_t c = n->child; c != DX_NODE_NONE; c = nodes[c].next) {
        held += node_holds(mq, d, &nodes[c], exactly);
        ++*of;
    }
    return held;
}

static bool words_hold(const model_query *mq, const model_doc *d,
    const dx_node *n, bool exactly)
{
    const dx_node *nodes = mq->q->nodes;

    if (row_holds(mq, d, n, exactly))
        return true;
    for (uint32_t a = n->alternative; a != DX_NODE_NONE && !exactly;
         a = nodes[a].next)
        if (row_holds(mq, d, &nodes[a], false))
            return true;
    return false;
}

static bool node_holds(const model_query *mq, const model_doc *d,
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
        return !node_holds(mq, d, &mq->q->nodes[n->child], true);
    case DX_NODE_NEAR:
        return near_holds(mq, d, n, n->child, 0, 0, 0, UINT32_MAX);
    case DX_NODE_QUORUM:
        return quorum_holds(mq, d, n);
    case DX_NODE_FILTER: /* of dates */
        return d->day != DX_DATE_UNKNOWN && d->day >= n->from_day &&
               d->day <= n->to_day;
    case DX_NODE_EVERY:
        return true;
    case DX_NODE_WORD:
    case DX_NODE_PHRASE:
        break;
    }
    return words_hold(mq, d, n, exactly);
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
        if (token_is(&d->tokens[i], w, strict) &&
            (n->field != DX_IN_TITLE || in_field(n, &d->tokens[i])))
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
            mq->exact_df[w] += tf_of(d, &read, true) > 0;
            mq->folded_df[w] += tf_of(d, word, false) > 0;
            mq->made_df[w] += has_expanded(mq, d, n, word);
            mq->pair_df[w] += a && pair_tf(d, a, word) > 0;
        }
        if (n->count)
            mq->node_df[n - q->nodes] += row_holds(mq, d, n, false);
    }
}

static void count_dfs(model_query *mq, uint32_t first)
{
    const dx_node *nodes = mq->q->nodes, *before = NULL;

    for (uint32_t c = first; c != DX_NODE_NONE; c = nodes[c].next) {
        count_node(mq, &nodes[c], before);
        count_dfs(mq, nodes[c].child);
        count_dfs(mq, nodes[c].alternative);
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
    uint32_t exact = tf_of(d, &read, true), folded = tf_of(d, w, false);
    if ((w->marked || strict || read_too) && exact)
        return bm25(mq->m, exact, mq->exact_df[i], d->length);
    if (strict || !folded)
        return 0;
    return bm25(mq->m, folded, mq->folded_df[i], d->length) *
           (read_too    ? w->fallback
            : w->marked ? DX_WEIGHT_FALLBACK
                        : 1);
}

static double pair_score(const model_query *mq, const model_doc *d,
    const dx_query_word *a, uint32_t i)
{
    const dx_query_word *b = &mq->q->words[i];

    if (!a || a->kind != DX_WORD_TERM || b->kind != DX_WORD_TERM)
        return 0;
    uint32_t tf = pair_tf(d, a, b);
    return tf ? DX_WEIGHT_PAIR * bm25(mq->m, tf, mq->pair_df[i], d->length) : 0;
}

/* The first alternative that holds, where the node itself does not. */
static double alternative_score(const model_query *mq, const model_doc *d,
    const dx_node *n)
{
    const dx_node *nodes = mq->q->nodes;

    if (n->alternative == DX_NODE_NONE || row_holds(mq, d, n, false))
        return 0;
    for (uint32_t a = n->alternative; a != DX_NODE_NONE; a = nodes[a].next)
        if (row_holds(mq, d, &nodes[a], false))
            return nodes[a].boost *
                   bm25(mq->m, 1, mq->node_df[a], d->length);
    return 0;
}

static double node_score(const model_query *mq, const model_doc *d,
    const dx_node *n, const dx_node *before, bool near)
{
    const dx_node *nodes = mq->q->nodes, *last = NULL;
    double sum = 0;

    if (n->kind == DX_NODE_NOT)
        return 0;
    for (uint32_t i = n->first; i < n->first + n->count; i++) {
        sum += word_score(mq, d, n, i);
        sum += pair_score(mq, d, word_before(mq->q, n, i, before), i);
    }
    if (!near)
        sum += alternative_score(mq, d, n);
    for (uint32_t c = n->child; c != DX_NODE_NONE; c = nodes[c].next) {
        sum += node_score(mq, d, &nodes[c], last, n->kind == DX_NODE_NEAR);
        last = &nodes[c];
    }
    return sum * n->boost;
}

static double model_score(const model_query *mq, const model_doc *d)
{
    return node_score(mq, d, &mq->q->nodes[0], NULL, false);
}

/* ---- what a part of it is ---- */

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
        bool holds = node_holds(mq, d, n, false);
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

typedef struct model_hit {
    double score;
    const model_doc *doc;
    int match;
} model_hit;

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

static size_t model_rank(const model_query *mq, dx_rank_match match,
    model_hit *hits, uint64_t *total)
{
    bool any = match == DX_RANK_ANY, mixed = !asks_by_name(mq->q);
    size_t count = 0;

    *total = 0;
    for (size_t i = 0; i < mq->m->count && dx_query_has_positive(mq->q); i++) {
        const model_doc *d = &mq->m->docs[i];
        int m = model_match(mq, d, any);
        if (m == 1 && match == DX_RANK_ALL)
            continue;
        if (m && any)
            m = 2; /* nothing is partial */
        *total += m == 2;
        if (m)
            hits[count++] = (model_hit){model_score(mq, d), d, m};
    }
    if (!scores(mq->q, &mq->q->nodes[0]))
        qsort(hits, count, sizeof *hits, by_day);
    else
        qsort(hits, count, sizeof *hits, mixed || any ? by_score : by_match);
    return count < WANTED ? count : WANTED;
}

/* ---- comparing ---- */

static void random_query(char *out, size_t size)
{
    uint32_t words = 1 + random_below(10);
    bool open = false;
    size_t len = 0;

    for (uint32_t i = 0; i < words; i++) {
        const char *prefix = "";
        if (!open && random_below(8) == 0)
            prefix = "-";
        else if (!open && random_below(8) == 0)
            prefix = "title:";
        bool opens = !open && random_below(4) == 0;
        bool closes = (open || opens) && random_below(2) == 0;
        len += (size_t)snprintf(out + len, size - len, "%s%s%s%s%s",
            i ? " " : "", prefix, opens ? "\"" : "", random_word(),
            closes ? "\"" : "");
        open = (open || opens) && !closes;
    }
}

/* Scores are summed in another order here, so they may differ in the last
 * digits; then so may the order of documents that score the same. */
static void compare(const dx_generation *g, const model *m, const dx_query *q,
    const char *text, dx_rank_match match, bool exact_accents)
{
    dx_rank_options options = {WANTED, match, exact_accents, 0};
    model_hit *hits = calloc(m->count + 1, sizeof *hits);
    dx_arena arena = DX_ARENA_INIT;
    dx_ranking ranking;
    uint64_t total;

    model_query *mq = calloc(1, sizeof *mq);

    assert_non_null(mq);
    mq->m = m;
    mq->q = q;
    mq->exact_accents = exact_accents;
    count_dfs(mq, q->nodes[0].child);
    assert_int_equal(dx_rank(g, q, &options, &arena, &ranking, NULL), DX_OK);
    size_t count = model_rank(mq, match, hits, &total);
    if (ranking.total != total || ranking.count != count)
        fail_msg("'%s' match %d exact %d: total %llu, wanted %llu; %u hits, "
                 "wanted %zu", text, match, exact_accents,
            (unsigned long long)ranking.total, (unsigned long long)total,
            ranking.count, count);
    for (size_t i = 0; i < count; i++) {
        const dx_ranked *have = &ranking.hits[i];
        bool same_score = fabs(have->score - hits[i].score) < 1e-9;
        bool same_doc = have->segment == hits[i].doc->segment &&
                        have->doc == hits[i].doc->doc;
        bool tied = (i > 0 && hits[i].score - hits[i - 1].score > -1e-9) ||
                    fabs(hits[i + 1].score - hits[i].score) < 1e-9;
        if (!same_score || have->partial != (hits[i].match == 1) ||
            (!same_doc && !tied))
            fail_msg("'%s' match %d exact %d, rank %zu: doc %u:%u score %.12f, "
                     "wanted %u:%u %.12f", text, match, exact_accents, i,
                have->segment, have->doc, have->score, hits[i].doc->segment,
                hits[i].doc->doc, hits[i].score);
    }
    dx_arena_free(&arena);
    free(mq);
    free(hits);
}

static void compare_text(const dx_generation *g, const model *m)
{
    char text[1024];
    dx_query q;

    random_query(text, sizeof text);
    assert_int_equal(dx_query_parse(text, &q, NULL), DX_OK);
    compare(g, m, &q, text, DX_RANK_AUTO, false);
    compare(g, m, &q, text, DX_RANK_ALL, random_below(3) == 0);
    compare(g, m, &q, text, DX_RANK_ANY, random_below(3) == 0);
    dx_query_free(&q);
}

/* ---- random trees ---- */

static uint32_t add_random_word(dx_query *q, bool plain)
{
    dx_analyzer *a = dx_analyzer_new();
    dx_lexer lx = dx_lexer_new(dx_str_from(random_word()));
    const dx_term *terms;
    dx_str gap, word;
    size_t count;
    uint32_t id;

    assert_non_null(a);
    assert_true(dx_lexer_next(&lx, &gap, &word));
    assert_int_equal(dx_analyzer_word(a, word, &terms, &count), DX_OK);
    const dx_term *t = &terms[random_below((uint32_t)count)];
    dx_str exact = t->exact, folded = t->folded;
    bool ascii = dx_str_eq(exact, folded), cut = !plain && !random_below(4);
    if (cut && ascii && folded.len > 2 && !t->overlay) {
        char text[2][64];
        size_t n = folded.len;
        dx_word_kind kind = (dx_word_kind)(1 + random_below(3));
        snprintf(text[0], sizeof text[0], "%.*s", (int)n, folded.ptr);
        if (kind == DX_WORD_PREFIX)
            n = 2;
        else if (kind == DX_WORD_WILDCARD)
            text[0][random_below((uint32_t)n)] = random_below(2) ? '?' : '*';
        folded = (dx_str){text[0], n};
        assert_int_equal(dx_query_add_word(q, folded, folded, false, &id),
            DX_OK);
        q->words[id].kind = kind;
    } else {
        assert_int_equal(dx_query_add_word(q, exact, folded,
            dx_term_is_marked(t), &id), DX_OK);
        q->words[id].overlay = t->overlay;
        q->words[id].strict = !plain && !random_below(8);
        if (!q->words[id].marked && !t->overlay && !random_below(3)) {
            static const char *const readings[] = {"số", "đổi", "bắc", "tỉnh"};
            q->words[id].reading = dx_str_from(readings[random_below(4)]);
            q->words[id].fallback = 0.25;
        }
    }
    dx_analyzer_free(a);
    return id;
}

/* `count` words in a node of their own. */
static uint32_t add_words_node(dx_query *q, dx_node_kind kind, uint32_t count)
{
    uint32_t id;

    assert_int_equal(dx_query_add_node(q, kind, &id), DX_OK);
    q->nodes[id].first = q->word_count;
    q->nodes[id].count = count;
    for (uint32_t i = 0; i < count; i++)
        (void)add_random_word(q, kind != DX_NODE_WORD);
    return id;
}

static void add_alternatives(dx_query *q, uint32_t node)
{
    uint32_t *link = &q->nodes[node].alternative;

    for (uint32_t i = 1 + random_below(2); i > 0; i--) {
        uint32_t words = 1 + random_below(3);
        uint32_t id = add_words_node(q,
            words > 1 ? DX_NODE_PHRASE : DX_NODE_WORD, words);
        q->nodes[id].boost = 0.25 * (1 + random_below(3));
        *link = id;
        link = &q->nodes[id].next;
    }
}

static uint32_t add_random_node(dx_query *q, uint32_t depth);

static void add_random_children(dx_query *q, uint32_t parent, uint32_t count,
    uint32_t depth)
{
    uint32_t last = DX_NODE_NONE;

    for (uint32_t i = 0; i < count; i++) {
        bool near = q->nodes[parent].kind == DX_NODE_NEAR;
        uint32_t words = 1 + random_below(2), id;
        if (near)
            id = add_words_node(q, words > 1 ? DX_NODE_PHRASE : DX_NODE_WORD,
                words);
        else
            id = add_random_node(q, depth);
        if (i > 0 && q->nodes[last].count && q->nodes[id].count &&
            q->nodes[id].kind != DX_NODE_QUORUM)
            q->nodes[id].joined = random_below(2);
        if (i == 0)
            q->nodes[parent].child = id;
        else
            q->nodes[last].next = id;
        last = id;
    }
}

static uint32_t add_random_leaf(dx_query *q)
{
    static const dx_query_field fields[] = {DX_IN_TITLE, DX_IN_LEAD,
        DX_IN_BODY};
    uint32_t words = random_below(3) ? 1 : 2 + random_below(3);
    uint32_t id = add_words_node(q,
        words > 1 ? DX_NODE_PHRASE : DX_NODE_WORD, words);
    dx_node *n = &q->nodes[id];

    if (!random_below(6))
        n->field = fields[random_below(3)];
    n->at_start = !random_below(10);
    if (!random_below(5))
        add_alternatives(q, id);
    return id;
}

static uint32_t add_random_node(dx_query *q, uint32_t depth)
{
    uint32_t kind = random_below(depth ? 16 : 8), id;

    if (kind < 8) {
        id = add_random_leaf(q);
    } else if (kind == 8) {
        assert_int_equal(dx_query_add_node(q, DX_NODE_FILTER, &id), DX_OK);
        q->nodes[id].field = DX_IN_DATE;
        q->nodes[id].from_day = 18628 + (int32_t)random_below(200);
        q->nodes[id].to_day = q->nodes[id].from_day + 150;
    } else if (kind == 9) {
        id = add_words_node(q, DX_NODE_QUORUM, 2 + random_below(5));
        q->nodes[id].quorum = 1 + random_below(q->nodes[id].count);
    } else if (kind < 12) {
        assert_int_equal(dx_query_add_node(q, DX_NODE_NEAR, &id), DX_OK);
        q->nodes[id].span = 1 + random_below(12);
        q->nodes[id].ordered = random_below(2);
        add_random_children(q, id, 2 + random_below(2), 0);
    } else if (kind == 12) {
        assert_int_equal(dx_query_add_node(q, DX_NODE_EVERY, &id), DX_OK);
    } else {
        assert_int_equal(dx_query_add_node(q,
            kind == 13 ? DX_NODE_AND : DX_NODE_OR, &id), DX_OK);
        add_random_children(q, id, 2 + random_below(2), depth - 1);
    }
    q->nodes[id].required = !random_below(8);
    if (!random_below(5))
        q->nodes[id].boost = 0.5 * (1 + random_below(5));
    return id;
}

/* Below the root and within groups of its own, what is excluded. */
static void add_random_exclusion(dx_query *q)
{
    uint32_t id, *link = &q->nodes[0].child;

    assert_int_equal(dx_query_add_node(q, DX_NODE_NOT, &id), DX_OK);
    q->nodes[id].child = add_random_node(q, 1);
    while (*link != DX_NODE_NONE)
        link = &q->nodes[*link].next;
    *link = id;
}

static void describe(const dx_query *q, uint32_t id, char *out, size_t size)
{
    static const char *const kinds[] = {"AND", "OR", "NOT", "WORD", "PHRASE",
        "NEAR", "QUORUM", "FILTER", "EVERY"};
    const dx_node *n = &q->nodes[id];
    size_t len = strlen(out);

    len += (size_t)snprintf(out + len, size - len,
        "(%s%s%s f%d ^%g j%d s%d%s n%u q%u", n->required ? "+" : "",
        kinds[n->kind], n->at_start ? "^" : "", (int)n->field, n->boost,
        n->joined, (int)n->span, n->ordered ? "o" : "", n->count, n->quorum);
    for (uint32_t w = n->first; w < n->first + n->count; w++)
        len += (size_t)snprintf(out + len, size - len, " %d:%s%s",
            (int)q->words[w].kind, q->words[w].strict ? "=" : "",
            q->words[w].exact.ptr);
    for (uint32_t c = n->alternative; c != DX_NODE_NONE; c = q->nodes[c].next)
        describe(q, c, out, size);
    for (uint32_t c = n->child; c != DX_NODE_NONE; c = q->nodes[c].next)
        describe(q, c, out, size);
    len = strlen(out);
    snprintf(out + len, size - len, ")");
}

static void compare_tree(const dx_generation *g, const model *m)
{
    char text[8192] = "";
    dx_query q;

    assert_int_equal(dx_query_parse("", &q, NULL), DX_OK);
    add_random_children(&q, 0, 1 + random_below(4), 2);
    if (!random_below(3))
        add_random_exclusion(&q);
    describe(&q, 0, text, sizeof text);
    compare(g, m, &q, text, DX_RANK_AUTO, random_below(4) == 0);
    compare(g, m, &q, text, DX_RANK_ALL, random_below(3) == 0);
    compare(g, m, &q, text, DX_RANK_ANY, random_below(3) == 0);
    dx_query_free(&q);
}

static void compare_many(uint32_t queries)
{
    dx_snapshot *snapshot;
    dx_generation g;
    model m;

    assert_int_equal(dx_snapshot_open(index_path, &snapshot, NULL), DX_OK);
    assert_int_equal(dx_generation_open(snapshot, &g, NULL), DX_OK);
    load_model(&g, &m);
    for (uint32_t i = 0; i < queries; i++) {
        compare_text(&g, &m);
        compare_tree(&g, &m);
    }
    free_model(&m);
    dx_generation_close(&g);
    dx_snapshot_close(snapshot);
}

static void ranks_one_segment_as_the_naive_scorer(void **state)
{
    (void)state;
    for (uint32_t round = 0; round < 4; round++) {
        start_anew();
        write_corpus(0, 1 + random_below(300));
        index_corpus(false);
        compare_many(25);
    }
}

static void ranks_many_segments_with_deletions_as_the_naive_scorer(void **state)
{
    (void)state;
    start_anew();
    for (uint32_t round = 0; round < 5; round++) {
        write_corpus(round * 40, 120); /* overlaps: replaced documents */
        index_corpus(true);
        compare_many(12);
    }
}

/* Windows hold 4,096 documents: more than one, dense and sparse lists. */
static void ranks_several_windows_as_the_naive_scorer(void **state)
{
    (void)state;
    start_anew();
    write_corpus(0, 9000);
    index_corpus(false);
    compare_many(2);
}

/* One that passed long ago, and one far away. */
static void answers_with_what_there_is_when_time_is_up(void **state)
{
    dx_rank_options options = {WANTED, DX_RANK_AUTO, false, 1e-3};
    dx_arena arena = DX_ARENA_INIT;
    dx_snapshot *snapshot;
    dx_generation g;
    dx_ranking ranking;
    dx_query q;

    (void)state;
    start_anew();
    write_corpus(0, 100);
    index_corpus(false);
    assert_int_equal(dx_snapshot_open(index_path, &snapshot, NULL), DX_OK);
    assert_int_equal(dx_generation_open(snapshot, &g, NULL), DX_OK);
    assert_int_equal(dx_query_parse("của", &q, NULL), DX_OK);
    assert_int_equal(dx_rank(&g, &q, &options, &arena, &ranking, NULL), DX_OK);
    assert_true(ranking.timed_out);
    assert_int_equal(ranking.count, 0);
    options.deadline_ms = 1e15;
    assert_int_equal(dx_rank(&g, &q, &options, &arena, &ranking, NULL), DX_OK);
    assert_false(ranking.timed_out);
    assert_int_equal(ranking.count, WANTED);
    dx_query_free(&q);
    dx_arena_free(&arena);
    dx_generation_close(&g);
    dx_snapshot_close(snapshot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_one_segment_as_the_naive_scorer),
        cmocka_unit_test(
            ranks_many_segments_with_deletions_as_the_naive_scorer),
        cmocka_unit_test(ranks_several_windows_as_the_naive_scorer),
        cmocka_unit_test(answers_with_what_there_is_when_time_is_up),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
