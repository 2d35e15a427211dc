#include "indexer/gather/attributes.h"

#include <assert.h>
#include <string.h>

#include "common/base/mem.h"
#include "indexer/gather/explained.h"
#include "indexer/gather/tokenize.h"

#define LANGUAGE_WORDS_MAX 300u /* of the text are looked at */
#define TYPE_MAX_BYTES 8u
#define EXPLAINED_MAX_PIECES 24u /* words and gaps: what an abbreviation is for */
#define LETTERS_MAX_PIECES 7u    /* LĐ-TB&XH and the end */
#define PIECE_MAX_BYTES (DX_WORD_MAX_BYTES + 1u)
#define LOOK (DX_FACTS_LOOK | DX_FACT_FIELD_END | DX_FACT_OPEN)

static_assert(DX_PLACES_COUNT <= 64 && DX_AGENCIES_MAX < 32,
    "what is found is kept as bits");

void dx_labeler_init(dx_labeler *l, dx_forms *table)
{
    memset(l, 0, sizeof *l);
    l->table = table;
    l->names = dx_forms_names(table);
    dx_buf_init(&l->key, 2 * DX_ATTRIBUTE_KEY_MAX_BYTES);
    dx_buf_init(&l->before, EXPLAINED_MAX_PIECES * PIECE_MAX_BYTES);
    dx_buf_init(&l->letters, LETTERS_MAX_PIECES * PIECE_MAX_BYTES);
}

void dx_labeler_free(dx_labeler *l)
{
    dx_free(l->facts);
    dx_free(l->row);
    dx_free(l->forms);
    dx_free(l->looks);
    dx_buf_free(&l->key);
    dx_buf_free(&l->before);
    dx_buf_free(&l->letters);
}

dx_status dx_labeler_learn(dx_labeler *l, uint32_t form, uint32_t facts)
{
    void *p = l->facts;

    if (dx_grow(&p, &l->facts_cap, (size_t)form + 1, sizeof *l->facts) != 0)
        return DX_ERR_NOMEM;
    l->facts = p;
    l->facts[form] = facts;
    l->facts[DX_FORM_ID_FIELD_END] = DX_FACT_FIELD_END;
    return DX_OK;
}

/* ---- keys ---- */

typedef struct label {
    dx_labeler *l;
    dx_label_put put;
    void *ctx;
    uint32_t form; /* of the key put last */
} label;

/* Sets *put to whether there was anything to put. */
static dx_status put_value(label *b, dx_attribute attribute, dx_str value,
    bool *put)
{
    dx_buf *key = &b->l->key;

    *put = false;
    if (value.len == 0)
        return DX_OK;
    dx_buf_clear(key);
    dx_attribute_exact(attribute, value, key);
    if (key->status != DX_OK || key->len == DX_ATTRIBUTE_PREFIX_BYTES)
        return key->status;
    *put = true;
    return b->put(b->ctx, (dx_str){(const char *)key->data, key->len},
        &b->form);
}

static dx_status put_known(label *b, dx_attribute attribute, const char *value)
{
    bool put;

    return put_value(b, attribute, dx_str_from(value), &put);
}

/* ---- stored fields ---- */

static dx_str trim(dx_str s)
{
    while (s.len && *s.ptr == ' ')
        s = (dx_str){s.ptr + 1, s.len - 1};
    while (s.len && s.ptr[s.len - 1] == ' ')
        s.len--;
    return s;
}

static dx_status put_tags(label *b, dx_str tags)
{
    const char *at = tags.ptr, *end = dx_str_end(tags);
    bool put;

    for (unsigned i = 0; i < DX_LABEL_TAGS_MAX && at < end; i++) {
        const char *comma = memchr(at, ',', (size_t)(end - at));
        const char *stop = comma ? comma : end;
        DX_TRY(put_value(b, DX_ATTRIBUTE_TAG,
            trim((dx_str){at, (size_t)(stop - at)}), &put));
        at = comma ? comma + 1 : end;
    }
    return DX_OK;
}

/* Host of a URL in small letters; false when there is none, or when it is too
 * long to be one. */
static bool host_of(dx_str url, char out[DX_ATTRIBUTE_MAX_BYTES],
    dx_str *host)
{
    const char *end = dx_str_end(url), *p, *colon;
    size_t n = 0;

    colon = url.len ? memchr(url.ptr, ':', url.len) : NULL;
    if (!colon || end - colon < 4 || memcmp(colon, "://", 3) != 0)
        return false;
    for (p = colon + 3; p < end && !strchr("/?#:", *p); p++) {
        if (*p == '@') /* that was a user's name */
            n = 0;
        else if (n == DX_ATTRIBUTE_MAX_BYTES)
            return false;
        else
            out[n++] = *p >= 'A' && *p <= 'Z' ? (char)(*p + 'a' - 'A') : *p;
    }
    *host = (dx_str){out, n};
    if (n > 4 && memcmp(out, "www.", 4) == 0)
        *host = (dx_str){out + 4, n - 4};
    return true;
}

static bool ends_with(dx_str s, const char *suffix)
{
    size_t n = strlen(suffix);

    return s.len > n && memcmp(s.ptr + s.len - n, suffix, n) == 0;
}

/* Ending of the file's name in small letters, but of what it was compressed
 * with, and of its line. */
static bool type_of(dx_str path, char out[TYPE_MAX_BYTES], dx_str *type)
{
    size_t n = path.len;

    while (n > 0 && path.ptr[n - 1] >= '0' && path.ptr[n - 1] <= '9')
        n--;
    if (n > 1 && n < path.len && path.ptr[n - 1] == '#')
        path.len = n - 1;
    if (ends_with(path, ".gz"))
        path.len -= 3;
    else if (ends_with(path, ".zst"))
        path.len -= 4;
    for (n = 0; n < path.len; n++) {
        char c = path.ptr[path.len - 1 - n];
        if (c == '.' || c == '/' || n == TYPE_MAX_BYTES)
            break;
    }
    if (n == 0 || n >= TYPE_MAX_BYTES || n == path.len ||
        path.ptr[path.len - 1 - n] != '.')
        return false;
    for (size_t i = 0; i < n; i++) {
        char c = path.ptr[path.len - n + i];
        out[i] = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
    }
    *type = (dx_str){out, n};
    return true;
}

static void take_agencies(label *b, bool put)
{
    if (put)
        b->l->agencies |= b->l->facts[b->form];
}

static dx_status put_fields(label *b, const dx_meta *meta)
{
    char text[DX_ATTRIBUTE_MAX_BYTES];
    dx_str value;
    bool put;

    DX_TRY(put_value(b, DX_ATTRIBUTE_SOURCE, meta->source, &put));
    take_agencies(b, put);
    DX_TRY(put_value(b, DX_ATTRIBUTE_AUTHOR, meta->author, &put));
    take_agencies(b, put);
    DX_TRY(put_value(b, DX_ATTRIBUTE_CATEGORY, meta->category, &put));
    DX_TRY(put_tags(b, meta->tags));
    if (host_of(meta->url, text, &value))
        DX_TRY(put_value(b, DX_ATTRIBUTE_SITE, value, &put));
    if (type_of(meta->path, text, &value))
        DX_TRY(put_value(b, DX_ATTRIBUTE_TYPE, value, &put));
    return DX_OK;
}

/* ---- words ---- */

static void note_any(void *ctx, dx_name_kind kind, size_t number)
{
    dx_labeler *l = ctx;

    if (kind == DX_NAME_PLACE)
        l->places |= (uint64_t)1 << number;
    else if (kind == DX_NAME_AGENCY)
        l->agencies |= 1u << number;
    else if (kind == DX_NAME_DOCTYPE)
        l->doctypes |= 1u << number;
}

/* A body may name many articles; it labels those that it leads. */
static void note_place(void *ctx, dx_name_kind kind, size_t number)
{
    if (kind == DX_NAME_PLACE)
        note_any(ctx, kind, number);
}

static void note_agency(void *ctx, dx_name_kind kind, size_t number)
{
    uint32_t *agencies = ctx;

    if (kind == DX_NAME_AGENCY)
        *agencies |= 1u << number;
}

dx_status dx_label_facts(const dx_names *names, dx_analyzer *a, dx_str key,
    uint32_t *facts)
{
    dx_str value = {key.ptr + DX_ATTRIBUTE_PREFIX_BYTES,
        key.len - DX_ATTRIBUTE_PREFIX_BYTES};
    bool names_some =
        key.ptr[1] == DX_ATTRIBUTE_SOURCE || key.ptr[1] == DX_ATTRIBUTE_AUTHOR;

    *facts = 0;
    return names_some ? dx_names_find_in(names, a, value, note_agency, facts)
                      : DX_OK;
}

static dx_status make_room(dx_labeler *l, size_t units)
{
    void *row = l->row, *forms = l->forms, *looks = l->looks;

    if (dx_grow(&row, &l->row_cap, units + 1, sizeof *l->row) != 0)
        return DX_ERR_NOMEM;
    l->row = row;
    if (dx_grow(&forms, &l->forms_cap, units + 1, sizeof *l->forms) != 0)
        return DX_ERR_NOMEM;
    l->forms = forms;
    if (dx_grow(&looks, &l->looks_cap, units + 1, sizeof *l->looks) != 0)
        return DX_ERR_NOMEM;
    l->looks = looks;
    return DX_OK;
}

typedef struct doc_words { /* of a document */
    size_t count, look_count;      /* in l->row, in l->looks */
    size_t fields[DX_FIELD_COUNT]; /* where in l->row each ends */
} doc_words;

/* Without a branch: where something is to be seen no processor foresees. */
static dx_status fill_row(dx_labeler *l, const uint16_t *at,
    const uint16_t *end, doc_words *w)
{
    size_t n = 0, looks = 0;

    DX_TRY(make_room(l, (size_t)(end - at)));
    while (at < end) {
        uint32_t form = dx_stream_next(&at), facts = l->facts[form];
        l->row[n] = facts;
        l->forms[n] = form;
        l->looks[looks] = (uint32_t)n++;
        looks += (facts & LOOK) != 0;
    }
    w->count = n;
    w->look_count = looks;
    return DX_OK;
}

static void find_fields(const dx_labeler *l, doc_words *w)
{
    size_t field = 0;

    for (size_t i = 0; i < w->look_count && field < DX_FIELD_COUNT; i++)
        if (l->row[l->looks[i]] & DX_FACT_FIELD_END)
            w->fields[field++] = l->looks[i];
    assert(field == DX_FIELD_COUNT);
}

/* Where the lead ends: without one, the body's first paragraph is it. */
static size_t lead_end(const dx_labeler *l, const doc_words *w)
{
    size_t i = w->fields[DX_FIELD_LEAD];

    if (i > w->fields[DX_FIELD_TITLE] + 1)
        return i;
    for (i++; i < w->fields[DX_FIELD_BODY]; i++)
        if (l->row[i] & DX_FACT_BREAK)
            break;
    return i;
}

/* Vietnamese is told by its marks, where it has any: a fifth of the words at
 * least. Without, nearly all its words are possible syllables, which in other
 * languages few are. */
static const char *language(const uint32_t *row, size_t count)
{
    uint32_t words = 0, syllables = 0, marked = 0, english = 0;

    if (count > LANGUAGE_WORDS_MAX)
        count = LANGUAGE_WORDS_MAX;
    for (size_t i = 0; i < count; i++) {
        uint32_t f = row[i];
        words += f >> DX_FACT_WORDS_SHIFT & DX_FACT_COUNT_MASK;
        syllables += f >> DX_FACT_SYLLABLES_SHIFT & DX_FACT_COUNT_MASK;
        marked += f >> DX_FACT_MARKED_SHIFT & DX_FACT_COUNT_MASK;
        english += (f & DX_FACT_ENGLISH) != 0;
    }
    if (words == 0)
        return "other";
    if (marked * 5 >= words || syllables * 10 >= words * 8)
        return "vi";
    return english * 10 >= words ? "en" : "other";
}

static void find_names(dx_labeler *l, const doc_words *w)
{
    dx_fact_row row = {l->row, w->count};
    size_t lead = lead_end(l, w), next = 0;

    for (size_t k = 0; k < w->look_count; k++) {
        size_t i = l->looks[k];
        if (i < next || !(l->row[i] & DX_FACTS_LOOK))
            continue;
        next = dx_names_at(l->names, row, i, i < lead ? note_any : note_place,
                   l) + 1;
    }
}

/* ---- abbreviations ---- */

static bool is_gap(const dx_labeler *l, size_t i)
{
    return l->row[i] & DX_FACT_GAP;
}

/* The blank between two words is not in the row. */
static void put_piece(const dx_labeler *l, size_t i, dx_buf *text)
{
    if (text->len > 0 && !is_gap(l, i) && !is_gap(l, i - 1))
        dx_buf_putc(text, ' ');
    dx_buf_put_str(text, dx_forms_text(l->table, l->forms[i]));
}

/* The words of the paragraph before the parenthesis that opens at `i`. */
static void read_before(dx_labeler *l, size_t i)
{
    size_t from = i;

    dx_buf_clear(&l->before);
    while (from > 0 && i - from < EXPLAINED_MAX_PIECES &&
           !(l->row[from - 1] & (DX_FACT_BREAK | DX_FACT_FIELD_END)))
        from--;
    for (; from < i; from++)
        put_piece(l, from, &l->before);
}

/* What is in the parenthesis; false when it is not for an abbreviation. */
static bool read_letters(dx_labeler *l, size_t i, size_t count)
{
    size_t first = i;

    dx_buf_clear(&l->letters);
    for (; i < count && i - first < LETTERS_MAX_PIECES; i++) {
        if (l->row[i] & DX_FACT_FIELD_END)
            return false;
        if (is_gap(l, i) && *dx_forms_text(l->table, l->forms[i]).ptr == ')')
            return true;
        put_piece(l, i, &l->letters);
    }
    return false;
}

static dx_status put_short(label *b, size_t i, size_t count, bool *put)
{
    char text[DX_ATTRIBUTE_MAX_BYTES];
    dx_labeler *l = b->l;
    dx_str value;

    *put = false;
    if (!(l->row[i + 1] & DX_FACT_CAPITALS) || !read_letters(l, i + 1, count))
        return DX_OK;
    read_before(l, i);
    DX_TRY(l->before.status);
    DX_TRY(l->letters.status);
    return dx_explained(
               (dx_str){(const char *)l->before.data, l->before.len},
               (dx_str){(const char *)l->letters.data, l->letters.len}, text,
               &value)
               ? put_value(b, DX_ATTRIBUTE_SHORT, value, put)
               : DX_OK;
}

static dx_status put_shorts(label *b, const doc_words *w)
{
    const dx_labeler *l = b->l;
    size_t shorts = 0;
    bool put;

    for (size_t k = 0; k < w->look_count; k++) {
        if (!(l->row[l->looks[k]] & DX_FACT_OPEN))
            continue;
        DX_TRY(put_short(b, l->looks[k], w->count, &put));
        if (put && ++shorts == DX_LABEL_SHORTS_MAX)
            break;
    }
    return DX_OK;
}

/* ---- a document ---- */

static dx_status put_words(label *b, const uint16_t *at, const uint16_t *end)
{
    doc_words w = {0};

    DX_TRY(fill_row(b->l, at, end, &w));
    find_fields(b->l, &w);
    find_names(b->l, &w);
    DX_TRY(put_shorts(b, &w));
    return put_known(b, DX_ATTRIBUTE_LANG, language(b->l->row, w.count));
}

static dx_status put_found(label *b)
{
    for (size_t i = 0; i < DX_PLACES_COUNT; i++)
        if (b->l->places >> i & 1)
            DX_TRY(put_known(b, DX_ATTRIBUTE_PROVINCE, dx_places[i].name));
    for (size_t i = 0; i < dx_agencies_count; i++)
        if (b->l->agencies >> i & 1)
            DX_TRY(put_known(b, DX_ATTRIBUTE_AGENCY, dx_agencies[i].name));
    for (size_t i = 0; i < dx_doctypes_count; i++)
        if (b->l->doctypes >> i & 1)
            DX_TRY(put_known(b, DX_ATTRIBUTE_DOCTYPE, dx_doctypes[i].name));
    return DX_OK;
}

dx_status dx_label(dx_labeler *l, const uint16_t *at, const uint16_t *end,
    const dx_meta *meta, dx_label_put put, void *ctx)
{
    label b = {.l = l, .put = put, .ctx = ctx};

    l->places = l->doctypes = 0;
    l->agencies = 0;
    if (!l->facts) /* not one word in any document so far */
        DX_TRY(dx_labeler_learn(l, DX_FORM_ID_FIELD_END, DX_FACT_FIELD_END));
    DX_TRY(put_words(&b, at, end));
    DX_TRY(put_fields(&b, meta));
    return put_found(&b);
}
