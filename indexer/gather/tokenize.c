/* Cuts text into words and gaps, and looks each up in the thread's own
 * cache. */
#include "indexer/gather/tokenize.h"

#include <assert.h>
#include <string.h>

#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "common/base/mem.h"
#include "common/base/stop.h"
#include "common/index/codec/bm25.h"
#include "common/text/analyzer.h"
#include "common/text/lexer.h"
#include "common/text/plain.h"
#include "common/text/term.h"
#include "indexer/gather/attributes.h"
#include "indexer/gather/outside.h"
#include "indexer/gather/shingles.h"

#define STRETCH_BYTES (64u << 10) /* of a text, between looks at the stop flag */
#define GAP_MAX_BYTES 64u /* longer ones are several forms */
#define META_MAX_BYTES (1u << 20) /* so that any 32 documents fit a block */

/* Nearly all words are so short that two numbers hold all of their bytes. If
 * these are equal, so are the words (no text has a NUL): no need to look at the
 * text. */
#define SHORT_MAX_BYTES 16u

typedef struct form_key {
    uint64_t head, tail; /* its bytes; of a longer word its hash and 0 */
    size_t len;
} form_key;

/* What the shared table has told this thread. Two fit a cache line. */
typedef struct cached_form {
    uint64_t head;
    union {
        uint64_t tail;    /* of a short one */
        const char *text; /* of a longer one, in the shared table */
    };
    uint32_t form; /* 0, which is DX_WORD_FORM_FIELD_END, if this is free */
    uint16_t len;
    uint8_t running;
    bool plain; /* a plain word: see plain.h */
    uint32_t signs; /* dx_shingles_word() */
} cached_form;

static_assert(DX_WORD_MAX_TERMS <= UINT8_MAX, "cached_form.running");
static_assert(sizeof(cached_form) == 32, "two fit a cache line");

struct dx_tokenizer {
    dx_word_forms *forms; /* borrowed */
    const atomic_bool *stop; /* borrowed; may be NULL */
    dx_analyzer *analyzer;
    cached_form *cache;
    size_t cap, count; /* a power of two, at most 1/2 full */
    dx_attribute_finder attributes;
    dx_outside_finder outside;
    dx_shingles shingles;
};

/* ---- the cache ---- */

dx_tokenizer *dx_tokenizer_new(dx_word_forms *forms, const atomic_bool *stop)
{
    dx_tokenizer *t = dx_calloc(1, sizeof *t);

    if (!t)
        return NULL;
    t->forms = forms;
    t->stop = stop;
    dx_attribute_finder_init(&t->attributes, forms);
    dx_outside_finder_init(&t->outside, forms);
    dx_shingles_start(&t->shingles);
    t->cap = 1u << 15;
    t->cache = dx_calloc_scattered(t->cap, sizeof *t->cache);
    t->analyzer = dx_analyzer_new();
    if (!t->cache || !t->analyzer) {
        dx_tokenizer_free(t);
        return NULL;
    }
    return t;
}

void dx_tokenizer_free(dx_tokenizer *t)
{
    if (!t)
        return;
    dx_analyzer_free(t->analyzer);
    dx_attribute_finder_free(&t->attributes);
    dx_outside_finder_free(&t->outside);
    dx_free(t->cache);
    dx_free(t);
}

/* The processor cannot predict the length of a word, so there is no branch on
 * it: sixteen bytes are read, if there are so many before `end`, and those
 * after the word are masked. */
static inline form_key key_of(dx_str text, const char *end)
{
    static const unsigned char kept[2 * SHORT_MAX_BYTES] = {0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF};
    const char *p = text.ptr;
    char padded[SHORT_MAX_BYTES] = {0};

    if (text.len > SHORT_MAX_BYTES)
        return (form_key){dx_hash64(p, text.len), 0, text.len};
    if (end - p < (ptrdiff_t)SHORT_MAX_BYTES)
        p = text.len ? memcpy(padded, p, text.len) : padded;
    const unsigned char *mask = kept + SHORT_MAX_BYTES - text.len;
    return (form_key){
        dx_load_u64((const uint8_t *)p) & dx_load_u64(mask),
        dx_load_u64((const uint8_t *)p + 8) & dx_load_u64(mask + 8), text.len};
}

static inline size_t place_of(form_key key, size_t mask)
{
    uint64_t h = key.head * 0x9E3779B97F4A7C15u; /* 2^64 / golden ratio */

    h = ((h ^ h >> 32) + key.tail) * 0xD6E8FEB86659FD93u;
    return (size_t)(h >> 32) & mask;
}

static inline bool holds(const cached_form *c, form_key key, const char *text)
{
    return c->head == key.head && c->len == key.len &&
           (key.len <= SHORT_MAX_BYTES ? c->tail == key.tail
                                       : memcmp(c->text, text, key.len) == 0);
}

/* The entry of a text, or the free one that it would take. */
static inline cached_form *find(const dx_tokenizer *t, form_key key,
    const char *text)
{
    size_t mask = t->cap - 1, at = place_of(key, mask);

    while (t->cache[at].form && !holds(&t->cache[at], key, text))
        at = (at + 1) & mask;
    return &t->cache[at];
}

/* The entry of a run if that is a plain word, else some entry that is not plain. As
 * bytes are compared all the same, a long word's entry may be taken for it: that is
 * not plain either. */
static inline const cached_form *find_plain(const dx_tokenizer *t, dx_plain_run run)
{
    size_t mask = t->cap - 1;
    size_t at = place_of((form_key){run.head, run.tail, run.len}, mask);
    const cached_form *c = &t->cache[at];

    while (((c->head ^ run.head) | (c->tail ^ run.tail)) != 0 && c->form) {
        at = (at + 1) & mask;
        c = &t->cache[at];
    }
    return c;
}

static form_key key_of_entry(const cached_form *c)
{
    return (form_key){c->head, c->len <= SHORT_MAX_BYTES ? c->tail : 0, c->len};
}

static const char *text_of_entry(const cached_form *c)
{
    return c->len <= SHORT_MAX_BYTES ? NULL : c->text;
}

static dx_status cache_grow(dx_tokenizer *t)
{
    dx_tokenizer bigger = *t;

    bigger.cap *= 2;
    bigger.cache = dx_calloc_scattered(bigger.cap, sizeof *bigger.cache);
    if (!bigger.cache)
        return DX_ERR_NOMEM;
    for (size_t i = 0; i < t->cap; i++) {
        const cached_form *c = &t->cache[i];
        if (c->form)
            *find(&bigger, key_of_entry(c), text_of_entry(c)) = *c;
    }
    dx_free(t->cache);
    t->cap = bigger.cap;
    t->cache = bigger.cache;
    return DX_OK;
}

/* Asks the shared table and keeps its answer, also in *out. */
static dx_status cache_miss(dx_tokenizer *t, form_key key, dx_str text,
    dx_form_kind kind, cached_form *out)
{
    uint32_t id;
    dx_word_form form;

    DX_TRY(dx_word_forms_intern(t->forms, t->analyzer, text, kind, &id, &form));
    DX_TRY(dx_attribute_finder_learn(&t->attributes, id, form.facts));
    if (kind == DX_FORM_KIND_WORD || kind == DX_FORM_KIND_GAP)
        DX_TRY(dx_outside_finder_learn(&t->outside, id));
    dx_plain_run run = {key.head, key.tail, key.len};
    *out = (cached_form){.head = key.head, .tail = key.tail, .form = id,
        .len = (uint16_t)key.len, .running = (uint8_t)form.running,
        .signs = dx_shingles_word(key.head * 3 + key.tail),
        .plain = kind == DX_FORM_KIND_WORD && key.len < DX_PLAIN_ROOM &&
                 dx_plain_is_word(run)};
    if (key.len > SHORT_MAX_BYTES)
        out->text = form.text.ptr;
    if ((t->count + 1) * 2 > t->cap)
        DX_TRY(cache_grow(t));
    *find(t, key, text.ptr) = *out;
    t->count++;
    return DX_OK;
}

/* The cache needs no kind: no word, gap or attribute begins like one of another
 * kind, and the empty text is always a gap. */
static dx_status put_form(dx_tokenizer *t, form_key key, const char *text,
    dx_form_kind kind, dx_batch *b, uint32_t *running)
{
    const cached_form *c = find(t, key, text);
    cached_form fresh;

    if (!c->form) {
        DX_TRY(cache_miss(t, key, (dx_str){text, key.len}, kind, &fresh));
        c = &fresh;
    }
    if (kind == DX_FORM_KIND_WORD)
        dx_shingles_put(&t->shingles, c->signs);
    *running += c->running;
    return dx_form_stream_put(&b->stream, c->form);
}

static dx_status end_field(dx_tokenizer *t, dx_batch *b)
{
    dx_shingles_break(&t->shingles);
    return dx_form_stream_put(&b->stream, DX_WORD_FORM_FIELD_END);
}

/* ---- attributes ---- */

typedef struct doc_attributes {
    dx_tokenizer *t;
    dx_batch *b;
    size_t first; /* unit of the stream where they begin */
} doc_attributes;

static bool is_put(const doc_attributes *d, uint32_t form)
{
    const uint16_t *at = d->b->stream.units + d->first;
    const uint16_t *end = d->b->stream.units + d->b->stream.count;

    while (at < end)
        if (dx_form_stream_next(&at) == form)
            return true;
    return false;
}

static dx_status put_attribute(void *ctx, dx_str key, uint32_t *form)
{
    doc_attributes *d = ctx;
    form_key as = key_of(key, dx_str_end(key));
    const cached_form *c = find(d->t, as, key.ptr);
    cached_form fresh;

    if (!c->form) {
        DX_TRY(cache_miss(d->t, as, key, DX_FORM_KIND_ATTRIBUTE, &fresh));
        c = &fresh;
    }
    *form = c->form;
    return is_put(d, *form) ? DX_OK : dx_form_stream_put(&d->b->stream, *form);
}

/* Attributes come first: which are put already is looked for from d->first on. */
static dx_status put_labels(doc_attributes *d, size_t start,
    const dx_str *fields)
{
    dx_form_stream *s = &d->b->stream;
    dx_outside_finder *outside = &d->t->outside;

    DX_TRY(dx_outside_finder_find(outside, s->units + start,
        s->units + s->count));
    DX_TRY(dx_attribute_finder_find(&d->t->attributes, s->units + start,
        s->units + s->count, fields, put_attribute, d));
    for (size_t i = 0; i < outside->found_count; i++)
        DX_TRY(dx_form_stream_put(s, outside->found[i]));
    return DX_OK;
}

/* Finds the attributes and the signature of the document under way, and the words
 * that its body lacks. `length` is weighted. */
static dx_status end_doc(dx_tokenizer *t, dx_batch *b, uint32_t length,
    const dx_doc_columns *columns, const dx_str *fields)
{
    doc_attributes d = {t, b, b->stream.count};
    size_t start = b->doc_count ? b->docs[b->doc_count - 1].end : 0;

    dx_doc_columns signed_columns = *columns;
    signed_columns.signature = dx_shingles_end(&t->shingles);
    dx_shingles_start(&t->shingles);
    DX_TRY(put_labels(&d, start, fields));
    return dx_batch_end_doc(b, length, &signed_columns, fields);
}

/* ---- articles ---- */

static dx_status put_gap(dx_tokenizer *t, dx_str gap, const char *end,
    dx_batch *b)
{
    uint32_t none = 0;

    do {
        size_t n = gap.len < GAP_MAX_BYTES ? gap.len : GAP_MAX_BYTES;
        while (n < gap.len && ((unsigned char)gap.ptr[n] & 0xC0) == 0x80)
            n--; /* cut between characters, so that put_form() is right */
        DX_TRY(put_form(t, key_of((dx_str){gap.ptr, n}, end), gap.ptr,
            DX_FORM_KIND_GAP, b, &none));
        gap = (dx_str){gap.ptr + n, gap.len - n};
    } while (gap.len);
    return DX_OK;
}

/* Nearly all of a text is plain words with one space before each. The cache
 * tells whether a run is such a word. Ends after a stretch of text at the latest. */
static dx_status put_plain(dx_tokenizer *t, dx_lexer *lx, dx_batch *b,
    uint32_t *running)
{
    const char *at = lx->at, *last = lx->end - DX_PLAIN_ROOM;
    uint32_t more = 0;

    if (lx->end - at <= (ptrdiff_t)DX_PLAIN_ROOM)
        return DX_OK;
    if (last - at > (ptrdiff_t)STRETCH_BYTES)
        last = at + STRETCH_BYTES;
    if (b->stream.count + (size_t)(last - at) + 1 > b->stream.cap)
        DX_TRY(dx_form_stream_reserve(&b->stream, (size_t)(last - at) + 1));
    uint16_t *to = b->stream.units + b->stream.count;
    while (at < last && *at == ' ') {
        dx_plain_run run = dx_plain_run_at(at + 1);
        const cached_form *c = find_plain(t, run);
        if (!c->plain)
            break;
        dx_shingles_put(&t->shingles, c->signs);
        more += c->running;
        to = dx_form_stream_write(to, c->form);
        at += 1 + run.len;
    }
    b->stream.count = (size_t)(to - b->stream.units);
    *running += more;
    lx->at = at;
    return DX_OK;
}

static dx_status put_field(dx_tokenizer *t, dx_str text, dx_batch *b,
    uint32_t *running)
{
    dx_lexer lx = dx_lexer_new(text);
    bool after_word = false;
    dx_str gap, word;

    while (text.len && dx_lexer_next(&lx, &gap, &word)) {
        if (dx_stop_is_asked(t->stop))
            return DX_ERR_INTERRUPTED;
        bool one_space = gap.len == 1 && *gap.ptr == ' ';
        bool implied = after_word ? one_space && word.len : gap.len == 0;
        if (!implied && (gap.len || word.len))
            DX_TRY(put_gap(t, gap, lx.end, b));
        after_word = word.len != 0;
        if (after_word) {
            DX_TRY(put_form(t, key_of(word, lx.end), word.ptr,
                DX_FORM_KIND_WORD, b, running));
            DX_TRY(put_plain(t, &lx, b, running));
        }
    }
    return end_field(t, b);
}

static size_t meta_bytes(const dx_article *a)
{
    size_t bytes = 0;

    for (unsigned f = DX_TEXT_FIELDS; f < DX_FIELDS; f++)
        bytes += a->at[f].len;
    return bytes;
}

static dx_status put_article(dx_tokenizer *t, const dx_article *a,
    uint32_t file, dx_batch *b)
{
    uint32_t title = 0, lead = 0, body = 0;

    if (meta_bytes(a) > META_MAX_BYTES)
        return DX_ERR_LIMIT;
    DX_TRY(put_field(t, a->title, b, &title));
    DX_TRY(put_field(t, a->lead, b, &lead));
    DX_TRY(put_field(t, a->body, b, &body));
    uint64_t length = (uint64_t)title * DX_WEIGHT_TITLE +
                      (uint64_t)lead * DX_WEIGHT_LEAD +
                      (uint64_t)body * DX_WEIGHT_BODY;
    dx_doc_columns columns = {.date = a->date,
        .file = file,
        .content = a->content.lo,
        .id = dx_hash128_of(a->id.ptr, a->id.len)};
    return end_doc(t, b,
        length > UINT16_MAX ? UINT16_MAX : (uint32_t)length, &columns, a->at);
}

dx_status dx_tokenizer_put_article(dx_tokenizer *t, const dx_article *article,
    uint32_t file, dx_batch *b)
{
    size_t before = b->stream.count;
    dx_status rc = put_article(t, article, file, b);

    if (rc != DX_OK) {
        b->stream.count = before;
        dx_shingles_start(&t->shingles);
    }
    return rc;
}
