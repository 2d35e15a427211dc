/* Counts queries. */
#include "searcher/report/queries.h"

#include <string.h>

#include "common/base/mem.h"
#include "common/text/utf8.h"

#define KEY_BYTES_MAX 4096u
#define D_STROKE 0x111u
#define PLACES_LEAST 64u

/* ---- what makes two spellings the same query ---- */

typedef struct folding {
    char text[KEY_BYTES_MAX];
    size_t len;
    bool blank;          /* one is due before the next letter */
} folding;

static void put(folding *f, uint32_t c)
{
    char bytes[4];

    if (f->len + 5 > sizeof f->text)
        return;
    if (f->blank && f->len > 0)
        f->text[f->len++] = ' ';
    f->blank = false;
    size_t n = dx_utf8_encode(c == D_STROKE ? 'd' : c, bytes);
    memcpy(f->text + f->len, bytes, n);
    f->len += n;
}

static dx_hash128 key_of(dx_str query)
{
    const char *p = query.ptr, *end = dx_str_end(query);
    folding f = {.len = 0};
    uint32_t c, parts[DX_DECOMPOSED_MAX];

    while (p < end) {
        size_t n = dx_utf8_decode(p, end, &c);
        p += n ? n : 1;
        if (n == 0 || c <= ' ' || c == 0xA0) {
            f.blank = true;
            continue;
        }
        size_t count = dx_char_decompose(c, parts);
        for (size_t i = 0; i < count; i++)
            if (dx_char_class_of(parts[i]) != DX_CHAR_MARK &&
                dx_char_class_of(parts[i]) != DX_CHAR_IGNORED)
                put(&f, parts[i]);
    }
    dx_hash128 key = dx_hash128_of(f.text, f.len);
    key.lo |= key.hi == 0; /* a free place has 0 in both */
    return key;
}

/* ---- the table ---- */

static bool is_free(const dx_report_query *e) { return e->key.lo == 0 && e->key.hi == 0; }

static dx_report_query *place_of(const dx_report_queries *q, dx_hash128 key)
{
    size_t i = (size_t)key.lo & (q->size - 1);

    while (!is_free(&q->at[i]) && !dx_hash128_eq(q->at[i].key, key))
        i = (i + 1) & (q->size - 1);
    return &q->at[i];
}

dx_status dx_report_queries_init(dx_report_queries *q, size_t count_max,
    size_t text_bytes_max)
{
    *q = (dx_report_queries){.size = PLACES_LEAST, .count_max = count_max,
        .text_bytes_max = text_bytes_max};
    q->at = dx_calloc(q->size, sizeof *q->at);
    return q->at ? DX_OK : DX_ERR_NOMEM;
}

void dx_report_queries_free(dx_report_queries *q)
{
    for (size_t i = 0; q->at && i < q->size; i++)
        dx_free(q->at[i].text);
    dx_free(q->at);
    *q = (dx_report_queries){0};
}

/* The smallest count that, with all below, at least half of the queries have. */
static uint64_t middle_of(const dx_report_queries *q)
{
    for (uint64_t mark = q->mark + 1;; mark *= 2) {
        size_t below = 0;
        for (size_t i = 0; i < q->size; i++)
            below += !is_free(&q->at[i]) &&
                     q->at[i].searches + q->at[i].missed <= mark;
        if (below * 2 >= q->count)
            return mark;
    }
}

/* Into a new table of `size` places, since places follow from what was there before, those
 * that were asked more often than `mark`. */
static dx_status rebuild(dx_report_queries *q, size_t size, uint64_t mark)
{
    dx_report_queries fresh = *q;

    fresh.mark = mark;
    fresh.size = size;
    fresh.count = fresh.text_bytes = 0;
    fresh.at = dx_calloc(size, sizeof *fresh.at);
    if (!fresh.at)
        return DX_ERR_NOMEM;
    for (size_t i = 0; i < q->size; i++) {
        dx_report_query *e = &q->at[i];
        if (is_free(e) || e->searches + e->missed <= mark) {
            dx_free(e->text);
            continue;
        }
        *place_of(&fresh, e->key) = *e;
        fresh.count++;
        fresh.text_bytes += strlen(e->text);
    }
    dx_free(q->at);
    *q = fresh;
    return DX_OK;
}

/* So that there is a free place, at least one in two. */
static dx_status make_room(dx_report_queries *q)
{
    if (q->count >= q->count_max || q->text_bytes >= q->text_bytes_max)
        return rebuild(q, q->size, middle_of(q));
    return 2 * (q->count + 1) > q->size ? rebuild(q, 2 * q->size, q->mark) : DX_OK;
}

/* Bytes of letters that are none of ASCII. */
static size_t accents_of(dx_str text)
{
    size_t n = 0;

    for (size_t i = 0; i < text.len; i++)
        n += (unsigned char)text.ptr[i] >= 0x80;
    return n;
}

static dx_status show(dx_report_queries *q, dx_report_query *e, dx_str query)
{
    size_t before = e->text ? strlen(e->text) : 0;

    if (e->text && accents_of(query) <= accents_of((dx_str){e->text, before}))
        return DX_OK;
    char *text = dx_strndup(query.ptr, query.len);
    if (!text)
        return DX_ERR_NOMEM;
    dx_free(e->text);
    e->text = text;
    q->text_bytes = q->text_bytes + query.len - before;
    return DX_OK;
}

dx_status dx_report_queries_add(dx_report_queries *q, dx_str query,
    uint64_t articles, double ms)
{
    dx_hash128 key = key_of(query = dx_str_trim(query));
    dx_report_query *e = place_of(q, key);

    if (is_free(e)) {
        DX_TRY(make_room(q));
        e = place_of(q, key);
    }
    DX_TRY(show(q, e, query));
    if (is_free(e)) {
        e->key = key;
        e->missed = q->mark;
        q->count++;
    }
    e->searches++;
    e->nothing += articles == 0;
    e->articles = articles;
    e->ms += ms;
    return DX_OK;
}

/* ---- lists ---- */

/* Ties by text, so that a report is the same however it was counted. */
int dx_report_by_searches(const dx_report_query *a, const dx_report_query *b)
{
    return a->searches != b->searches ? (a->searches > b->searches ? -1 : 1)
                                      : strcmp(a->text, b->text);
}

int dx_report_by_nothing(const dx_report_query *a, const dx_report_query *b)
{
    return a->nothing != b->nothing ? (a->nothing > b->nothing ? -1 : 1)
                                    : strcmp(a->text, b->text);
}

size_t dx_report_queries_top(const dx_report_queries *q, dx_report_order order,
    size_t max, const dx_report_query **out)
{
    size_t count = 0;

    for (size_t i = 0; i < q->size && max > 0; i++) {
        const dx_report_query *e = &q->at[i];
        if (is_free(e) || (order == dx_report_by_nothing && e->nothing == 0))
            continue;
        if (count == max && order(e, out[count - 1]) >= 0)
            continue;
        size_t at = count < max ? count++ : count - 1;
        for (; at > 0 && order(e, out[at - 1]) < 0; at--)
            out[at] = out[at - 1];
        out[at] = e;
    }
    return count;
}
