/* Compares the texts of articles with one address. */
#include "indexer/run/settle/fuller.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/index/field/article_id.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/meta.h"
#include "common/index/segment/segment.h"
#include "indexer/run/files/files.h"

#define SHARE_PERCENT 75u /* of the pairs; the rest is "Read on at …" */

typedef struct text { /* what an article says */
    dx_indexed_doc doc;
    uint64_t title;  /* hash of its words */
    uint64_t *pairs; /* owned: hashes of adjacent words, ascending, each once */
    size_t count;
    size_t field_bytes; /* of what is stored of it */
    uint64_t content;
} text;

static void sort_pairs(text *t)
{
    size_t kept = 0;

    if (t->count)
        qsort(t->pairs, t->count, sizeof *t->pairs, dx_hash64_order);
    for (size_t i = 0; i < t->count; i++)
        if (kept == 0 || t->pairs[kept - 1] != t->pairs[i])
            t->pairs[kept++] = t->pairs[i];
    t->count = kept;
}

static dx_status take_words(text *t, const dx_segment *s, const dx_doc *d)
{
    uint64_t last = 0;

    t->pairs = dx_calloc(d->token_count + 1, sizeof *t->pairs);
    if (!t->pairs)
        return DX_ERR_NOMEM;
    for (size_t i = 0; i < d->token_count; i++) {
        const dx_token *token = &d->tokens[i];
        if (token->overlay)
            continue;
        dx_str word = dx_segment_exact_string(s, token->exact_id);
        uint64_t hash = dx_hash64(word.ptr, word.len);
        if (token->field == DX_FIELD_TITLE)
            t->title = dx_hash64_join(t->title, hash);
        else if (token->pos > 0)
            t->pairs[t->count++] = dx_hash64_join(last, hash);
        last = hash;
    }
    sort_pairs(t);
    return DX_OK;
}

static dx_status read_text(text *t, const dx_indexed *ix, dx_doc *d)
{
    const dx_segment *s = ix->segments[t->doc.segment].segment;

    DX_TRY(dx_segment_read_doc(s, t->doc.doc, false, d));
    return take_words(t, s, d);
}

static dx_status read_fields(text *t, const dx_indexed *ix, dx_meta_reader *r,
    bool *is_address)
{
    const dx_segment *s = ix->segments[t->doc.segment].segment;
    dx_meta meta;

    DX_TRY(dx_segment_read_meta(s, t->doc.doc, r, &meta));
    *is_address = dx_id_is_address(meta.id);
    t->field_bytes = meta.stored.len;
    t->content = dx_segment_content_hash(s, t->doc.doc);
    return DX_OK;
}

static bool says_all_of(const text *fuller, const text *t)
{
    size_t found = 0, k = 0;

    if (fuller->title != t->title)
        return false;
    for (size_t i = 0; i < t->count; i++) {
        while (k < fuller->count && fuller->pairs[k] < t->pairs[i])
            k++;
        found += k < fuller->count && fuller->pairs[k] == t->pairs[i];
    }
    return found * 100 >= t->count * SHARE_PERCENT;
}

/* The fullest first. */
static int by_fullness(const void *a, const void *b)
{
    const text *x = a, *y = b;

    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    if (x->field_bytes != y->field_bytes)
        return x->field_bytes < y->field_bytes ? 1 : -1;
    return (x->content > y->content) - (x->content < y->content);
}

/* Only one that stays lets another go. */
static void compare(const dx_indexed *ix, text *texts, size_t count,
    dx_indexed_doc *out, size_t *found)
{
    size_t stay = 0;

    qsort(texts, count, sizeof *texts, by_fullness);
    for (size_t i = 0; i < count; i++) {
        bool goes = false;
        for (size_t k = 0; k < stay && !goes; k++)
            goes = says_all_of(&texts[k], &texts[i]);
        if (goes && dx_indexed_file(ix, texts[i].doc) != DX_FILE_NONE) {
            out[(*found)++] = texts[i].doc;
            continue;
        }
        text t = texts[stay];
        texts[stay++] = texts[i];
        texts[i] = t;
    }
}

static dx_status read_all(const dx_indexed *ix, text *texts, size_t count,
    bool *are_addresses)
{
    dx_meta_reader fields;
    dx_status rc = DX_OK;
    dx_doc d;

    dx_meta_reader_init(&fields);
    dx_doc_init(&d);
    for (size_t i = 0; rc == DX_OK && i < count && *are_addresses; i++) {
        rc = read_fields(&texts[i], ix, &fields, are_addresses);
        if (rc == DX_OK && *are_addresses)
            rc = read_text(&texts[i], ix, &d);
    }
    dx_doc_free(&d);
    dx_meta_reader_free(&fields);
    return rc;
}

dx_status dx_fuller_find(const dx_indexed *ix, dx_hash128 id,
    dx_indexed_doc out[DX_FULLER_MAX], size_t *count)
{
    text texts[DX_FULLER_MAX] = {{.count = 0}};
    dx_indexed_cursor c = dx_indexed_cursor_new(ix, id, ix->count);
    bool are_addresses = true;
    size_t n = 0;

    *count = 0;
    while (dx_indexed_next(&c)) {
        if (n == DX_FULLER_MAX)
            return DX_OK;
        texts[n++].doc = c.at;
    }
    dx_status rc = n > 1 ? read_all(ix, texts, n, &are_addresses) : DX_OK;
    if (rc == DX_OK && n > 1 && are_addresses)
        compare(ix, texts, n, out, count);
    for (size_t i = 0; i < n; i++)
        dx_free(texts[i].pairs);
    return rc;
}
