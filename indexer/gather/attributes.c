/* Finds a document's attributes in its words and in its stored fields. */
#include "indexer/gather/attributes.h"

#include <assert.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/index/field/attribute.h"
#include "common/names/agencies.h"
#include "common/names/doctypes.h"
#include "common/names/provinces.h"
#include "common/text/lexer.h"
#include "indexer/gather/address.h"
#include "indexer/gather/form_stream.h"
#include "indexer/gather/initials.h"

#define LANGUAGE_WORDS_MAX 300u /* of the text are looked at */
#define LONG_FORM_MAX_PIECES 24u /* words and gaps before an abbreviation */
#define LETTERS_MAX_PIECES 7u    /* as in LĐ-TB&XH) */
#define PIECE_MAX_BYTES (DX_WORD_MAX_BYTES + 1u)
#define LOOK (DX_FACTS_LOOK | DX_FACT_FIELD_END | DX_FACT_OPEN)

static_assert(DX_PROVINCES_COUNT <= 64 && DX_AGENCIES_MAX < 32,
    "what is found is kept as bits");

void dx_attribute_finder_init(dx_attribute_finder *f, dx_word_forms *table)
{
    memset(f, 0, sizeof *f);
    f->table = table;
    f->names = dx_word_forms_names(table);
    dx_buf_init(&f->key, 2 * DX_ATTRIBUTE_KEY_MAX_BYTES);
    dx_buf_init(&f->before, LONG_FORM_MAX_PIECES * PIECE_MAX_BYTES);
    dx_buf_init(&f->letters, LETTERS_MAX_PIECES * PIECE_MAX_BYTES);
}

void dx_attribute_finder_free(dx_attribute_finder *f)
{
    dx_free(f->facts);
    dx_free(f->row);
    dx_free(f->forms);
    dx_free(f->looks);
    dx_buf_free(&f->key);
    dx_buf_free(&f->before);
    dx_buf_free(&f->letters);
}

dx_status dx_attribute_finder_learn(dx_attribute_finder *f, uint32_t form,
    uint32_t facts)
{
    void *p = f->facts;

    if (dx_grow(&p, &f->facts_cap, (size_t)form + 1, sizeof *f->facts) != 0)
        return DX_ERR_NOMEM;
    f->facts = p;
    f->facts[form] = facts;
    f->facts[DX_WORD_FORM_FIELD_END] = DX_FACT_FIELD_END;
    return DX_OK;
}

/* ---- keys ---- */

/* Sets *put to whether there was anything to put. */
static dx_status put_value(dx_attribute_finder *f, dx_field field,
    dx_str value, bool *put)
{
    dx_buf *key = &f->key;

    *put = false;
    if (value.len == 0)
        return DX_OK;
    dx_buf_clear(key);
    dx_attribute_exact(field, value, key);
    if (key->status != DX_OK || key->len == DX_ATTRIBUTE_PREFIX_BYTES)
        return key->status;
    *put = true;
    return f->put(f->ctx, (dx_str){(const char *)key->data, key->len},
        &f->put_form);
}

static dx_status put_known(dx_attribute_finder *f, dx_field field,
    const char *value)
{
    bool put;

    return put_value(f, field, dx_str_from(value), &put);
}

/* ---- stored fields ---- */

static dx_status put_list(dx_attribute_finder *f, dx_field field, dx_str values,
    char separator)
{
    const char *at = values.ptr, *end = dx_str_end(values);
    bool put;

    for (unsigned i = 0; i < DX_ATTRIBUTE_LIST_MAX && at < end; i++) {
        const char *next = memchr(at, separator, (size_t)(end - at));
        const char *stop = next ? next : end;
        dx_str value = dx_str_trim((dx_str){at, (size_t)(stop - at)});
        DX_TRY(put_value(f, field, value, &put));
        at = next ? next + 1 : end;
    }
    return DX_OK;
}

static dx_status put_field(dx_attribute_finder *f, dx_field field, dx_str value)
{
    bool put;

    switch ((dx_field_kind)dx_fields[field].kind) {
    case DX_KIND_LIST:
        return put_list(f, field, value, ',');
    case DX_KIND_VALUES:
        return put_list(f, field, value, ';');
    case DX_KIND_MAKER:
        DX_TRY(put_value(f, field, value, &put));
        if (put)
            f->agencies |= f->facts[f->put_form];
        return DX_OK;
    case DX_KIND_TEXT:
    case DX_KIND_LINE:
    case DX_KIND_VALUE:
    case DX_KIND_DATE:
    case DX_KIND_NUMBER:
    case DX_KIND_FLAG:
    case DX_KIND_OBJECT:
        return put_value(f, field, value, &put);
    case DX_KIND_DAY:
    case DX_KIND_FOUND:
        break; /* no string of the article */
    }
    return DX_OK;
}

static dx_status put_fields(dx_attribute_finder *f, const dx_str *fields)
{
    char text[DX_ATTRIBUTE_MAX_BYTES];
    dx_str value;
    bool put;

    for (unsigned i = 0; i < DX_FIELDS; i++)
        if (fields[i].len && dx_field_is_attribute((dx_field)i))
            DX_TRY(put_field(f, (dx_field)i, fields[i]));
    if (dx_address_host(fields[DX_FIELD_URL], text, &value))
        DX_TRY(put_value(f, DX_FIELD_SITE, value, &put));
    if (dx_address_type(fields[DX_FIELD_PATH], text, &value))
        DX_TRY(put_value(f, DX_FIELD_TYPE, value, &put));
    return DX_OK;
}

/* ---- words ---- */

static void note_any(void *ctx, dx_name_kind kind, size_t number)
{
    dx_attribute_finder *f = ctx;

    if (kind == DX_NAME_PROVINCE)
        f->places |= (uint64_t)1 << number;
    else if (kind == DX_NAME_AGENCY)
        f->agencies |= 1u << number;
    else if (kind == DX_NAME_DOCTYPE)
        f->doctypes |= 1u << number;
}

/* Below the lead an agency or a type of document may be named in passing. */
static void note_place(void *ctx, dx_name_kind kind, size_t number)
{
    if (kind == DX_NAME_PROVINCE)
        note_any(ctx, kind, number);
}

static dx_status make_room(dx_attribute_finder *f, size_t units)
{
    void *row = f->row, *forms = f->forms, *looks = f->looks;

    if (dx_grow(&row, &f->row_cap, units + 1, sizeof *f->row) != 0)
        return DX_ERR_NOMEM;
    f->row = row;
    if (dx_grow(&forms, &f->forms_cap, units + 1, sizeof *f->forms) != 0)
        return DX_ERR_NOMEM;
    f->forms = forms;
    if (dx_grow(&looks, &f->looks_cap, units + 1, sizeof *f->looks) != 0)
        return DX_ERR_NOMEM;
    f->looks = looks;
    return DX_OK;
}

typedef struct doc_words {
    size_t count, look_count;      /* in f->row, in f->looks */
    size_t fields[DX_TEXT_FIELDS]; /* where in f->row each ends */
} doc_words;

/* Has no branch, as the processor cannot predict where to look. */
static dx_status fill_row(dx_attribute_finder *f, const uint16_t *at,
    const uint16_t *end, doc_words *w)
{
    size_t n = 0, looks = 0;

    DX_TRY(make_room(f, (size_t)(end - at)));
    while (at < end) {
        uint32_t form = dx_form_stream_next(&at), facts = f->facts[form];
        f->row[n] = facts;
        f->forms[n] = form;
        f->looks[looks] = (uint32_t)n++;
        looks += (facts & LOOK) != 0;
    }
    w->count = n;
    w->look_count = looks;
    return DX_OK;
}

static void find_fields(const dx_attribute_finder *f, doc_words *w)
{
    size_t field = 0;

    for (size_t i = 0; i < w->look_count && field < DX_TEXT_FIELDS; i++)
        if (f->row[f->looks[i]] & DX_FACT_FIELD_END)
            w->fields[field++] = f->looks[i];
    assert(field == DX_TEXT_FIELDS);
}

/* Where the lead ends; without a lead, the body's first paragraph. */
static size_t lead_end(const dx_attribute_finder *f, const doc_words *w)
{
    size_t i = w->fields[DX_FIELD_LEAD];

    if (i > w->fields[DX_FIELD_TITLE] + 1)
        return i;
    for (i++; i < w->fields[DX_FIELD_BODY]; i++)
        if (f->row[i] & DX_FACT_BREAK)
            break;
    return i;
}

/* Vietnamese has marks on a fifth of its words at least. Typed without marks it
 * is still told by nearly all of its words being possible syllables; in other
 * languages few are. */
static const char *language(const uint32_t *row, size_t count)
{
    uint32_t words = 0, syllables = 0, marked = 0, english = 0;

    if (count > LANGUAGE_WORDS_MAX)
        count = LANGUAGE_WORDS_MAX;
    for (size_t i = 0; i < count; i++) {
        uint32_t facts = row[i];
        words += facts >> DX_FACT_WORDS_SHIFT & DX_FACT_COUNT_MASK;
        syllables += facts >> DX_FACT_SYLLABLES_SHIFT & DX_FACT_COUNT_MASK;
        marked += facts >> DX_FACT_MARKED_SHIFT & DX_FACT_COUNT_MASK;
        english += (facts & DX_FACT_ENGLISH) != 0;
    }
    if (words == 0)
        return "other";
    if (marked * 5 >= words || syllables * 10 >= words * 8)
        return "vi";
    return english * 10 >= words ? "en" : "other";
}

static void find_names(dx_attribute_finder *f, const doc_words *w)
{
    dx_fact_row row = {f->row, w->count};
    size_t lead = lead_end(f, w), next = 0;

    for (size_t k = 0; k < w->look_count; k++) {
        size_t i = f->looks[k];
        if (i < next || !(f->row[i] & DX_FACTS_LOOK))
            continue;
        next = dx_names_at(f->names, row, i, i < lead ? note_any : note_place,
                   f) + 1;
    }
}

/* ---- abbreviations ---- */

static bool is_gap(const dx_attribute_finder *f, size_t i)
{
    return f->row[i] & DX_FACT_GAP;
}

/* The single space between two words is not in the row. */
static void put_piece(const dx_attribute_finder *f, size_t i, dx_buf *text)
{
    if (text->len > 0 && !is_gap(f, i) && !is_gap(f, i - 1))
        dx_buf_putc(text, ' ');
    dx_buf_put_str(text, dx_word_forms_text(f->table, f->forms[i]));
}

/* The words of the paragraph before the parenthesis that opens at `i`. */
static void read_before(dx_attribute_finder *f, size_t i)
{
    size_t from = i;

    dx_buf_clear(&f->before);
    while (from > 0 && i - from < LONG_FORM_MAX_PIECES &&
           !(f->row[from - 1] & (DX_FACT_BREAK | DX_FACT_FIELD_END)))
        from--;
    for (; from < i; from++)
        put_piece(f, from, &f->before);
}

/* What is in the parenthesis; false when that is no abbreviation. */
static bool read_letters(dx_attribute_finder *f, size_t i, size_t count)
{
    size_t first = i;

    dx_buf_clear(&f->letters);
    for (; i < count && i - first < LETTERS_MAX_PIECES; i++) {
        if (f->row[i] & DX_FACT_FIELD_END)
            return false;
        if (is_gap(f, i) &&
            *dx_word_forms_text(f->table, f->forms[i]).ptr == ')')
            return true;
        put_piece(f, i, &f->letters);
    }
    return false;
}

static dx_status put_short(dx_attribute_finder *f, size_t i, size_t count,
    bool *put)
{
    char text[DX_ATTRIBUTE_MAX_BYTES];
    dx_str value;

    *put = false;
    if (!(f->row[i + 1] & DX_FACT_CAPITALS) || !read_letters(f, i + 1, count))
        return DX_OK;
    read_before(f, i);
    DX_TRY(f->before.status);
    DX_TRY(f->letters.status);
    return dx_initials_match(
               (dx_str){(const char *)f->before.data, f->before.len},
               (dx_str){(const char *)f->letters.data, f->letters.len}, text,
               &value)
               ? put_value(f, DX_FIELD_SHORT, value, put)
               : DX_OK;
}

static dx_status put_shorts(dx_attribute_finder *f, const doc_words *w)
{
    size_t shorts = 0;
    bool put;

    for (size_t k = 0; k < w->look_count; k++) {
        if (!(f->row[f->looks[k]] & DX_FACT_OPEN))
            continue;
        DX_TRY(put_short(f, f->looks[k], w->count, &put));
        if (put && ++shorts == DX_ATTRIBUTE_SHORTS_MAX)
            break;
    }
    return DX_OK;
}

/* ---- a document ---- */

static dx_status put_words(dx_attribute_finder *f, const uint16_t *at,
    const uint16_t *end)
{
    doc_words w = {0};

    DX_TRY(fill_row(f, at, end, &w));
    find_fields(f, &w);
    find_names(f, &w);
    DX_TRY(put_shorts(f, &w));
    return put_known(f, DX_FIELD_LANG, language(f->row, w.count));
}

static dx_status put_found(dx_attribute_finder *f)
{
    for (size_t i = 0; i < DX_PROVINCES_COUNT; i++)
        if (f->places >> i & 1)
            DX_TRY(put_known(f, DX_FIELD_PROVINCE, dx_provinces[i].name));
    for (size_t i = 0; i < dx_agencies_count; i++)
        if (f->agencies >> i & 1)
            DX_TRY(put_known(f, DX_FIELD_AGENCY, dx_agencies[i].name));
    for (size_t i = 0; i < dx_doctypes_count; i++)
        if (f->doctypes >> i & 1)
            DX_TRY(put_known(f, DX_FIELD_DOCTYPE, dx_doctypes[i].name));
    return DX_OK;
}

dx_status dx_attribute_finder_find(dx_attribute_finder *f, const uint16_t *at,
    const uint16_t *end, const dx_str *fields, dx_attribute_put put, void *ctx)
{
    f->places = f->doctypes = 0;
    f->agencies = 0;
    f->put = put;
    f->ctx = ctx;
    if (!f->facts) /* not one word in any document so far */
        DX_TRY(dx_attribute_finder_learn(f, DX_WORD_FORM_FIELD_END,
            DX_FACT_FIELD_END));
    DX_TRY(put_words(f, at, end));
    DX_TRY(put_fields(f, fields));
    return put_found(f);
}
