#include "indexer/input/json/json.h"

#include <errno.h>
#include <stdlib.h>

#include "common/base/buf.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/clean.h"
#include "indexer/input/chars/date.h"
#include "indexer/input/byte_stream.h"
#include "indexer/input/json/tree.h"

#define EXTRA_MAX_BYTES (64u << 10)

/* ---- values ---- */

/* The text of a string or number; none of other values. */
static dx_status put_scalar(const dx_json_value *value, dx_clean_form form,
    dx_arena *arena, dx_str *out, dx_error *err)
{
    *out = (dx_str){NULL, 0};
    if (!dx_json_is(value, DX_JSON_STRING) &&
        !dx_json_is(value, DX_JSON_NUMBER))
        return DX_OK;
    return dx_clean(value->text, form, arena, out, err);
}

/* A scalar, or the "name" of an object such as {"@type": "Person", …}. */
static dx_status put_value(const dx_json_value *value, dx_clean_form form,
    dx_arena *arena, dx_str *out, dx_error *err)
{
    if (dx_json_is(value, DX_JSON_OBJECT)) {
        const dx_json_value *inner = dx_json_get(value, "name");
        value = inner ? inner : dx_json_get(value, "@id");
    }
    return put_scalar(value, form, arena, out, err);
}

/* As put_value(), and the values of an array joined by `separator`. Absent
 * (empty *out) when there is nothing to make text of. */
static dx_status put_text(const dx_json_value *value, dx_clean_form form,
    const char *separator, dx_arena *arena, dx_str *out, dx_error *err)
{
    if (!dx_json_is(value, DX_JSON_ARRAY))
        return put_value(value, form, arena, out, err);
    dx_buf joined;
    dx_status status = DX_OK;
    dx_buf_init(&joined, DX_INPUT_LINE_MAX_BYTES);
    for (value = value->first; value && status == DX_OK; value = value->next) {
        dx_str part;
        status = put_value(value, form, arena, &part, err);
        if (status == DX_OK && part.len) {
            if (joined.len)
                dx_buf_puts(&joined, separator);
            dx_buf_put_str(&joined, part);
        }
    }
    *out = (dx_str){NULL, 0};
    if (status == DX_OK && joined.status != DX_OK)
        status = dx_fail(err, joined.status, "a JSON array is too long");
    if (status == DX_OK && joined.len) {
        *out = (dx_str){(const char *)joined.data, joined.len};
        status = dx_clean_copy(*out, form, arena, out, err);
    }
    dx_buf_free(&joined);
    return status;
}

static int32_t date_of_number(const char *text)
{
    char *end;

    errno = 0;
    long long whole = strtoll(text, &end, 10);
    if (*end == '\0')
        return errno ? DX_DATE_NONE : dx_date_from_number(whole);
    double real = strtod(text, NULL);
    return real > 0 && real < 1e15 ? dx_date_from_number((int64_t)real)
                                   : DX_DATE_NONE;
}

static int32_t date_of(const dx_json_value *value)
{
    if (dx_json_is(value, DX_JSON_NUMBER))
        return date_of_number(value->text.ptr);
    return dx_json_is(value, DX_JSON_STRING) ? dx_date_parse(value->text)
                                             : DX_DATE_NONE;
}

/* ---- an article ---- */

#define MAX_ALIASES 4

static const struct field {
    const char *names[MAX_ALIASES]; /* the first present and usable counts */
    size_t at;                      /* of the dx_str in dx_article */
    dx_clean_form form;
    const char *separator; /* of an array's values */
} fields[] = {
    {{"id"}, offsetof(dx_article, id), DX_CLEAN_LINE, " "},
    {{"title"}, offsetof(dx_article, title), DX_CLEAN_LINE, " "},
    {{"lead", "abstract", "sapo", "description"}, offsetof(dx_article, lead),
        DX_CLEAN_TEXT, "\n"},
    {{"body", "content", "text"}, offsetof(dx_article, body), DX_CLEAN_TEXT,
        "\n"},
    {{"source"}, offsetof(dx_article, source), DX_CLEAN_LINE, ", "},
    {{"author"}, offsetof(dx_article, author), DX_CLEAN_LINE, ", "},
    {{"category"}, offsetof(dx_article, category), DX_CLEAN_LINE, ", "},
    {{"url"}, offsetof(dx_article, url), DX_CLEAN_LINE, " "},
    {{"tags"}, offsetof(dx_article, tags), DX_CLEAN_LINE, ", "},
};
#define FIELDS (sizeof fields / sizeof *fields)

static const char *const date_names[] = {"date", "published", "pubdate"};
#define DATE_NAMES (sizeof date_names / sizeof *date_names)

/* Which key gave each field, so that all others go to `extra`. */
typedef struct used_keys {
    const char *names[FIELDS + 1];
} used_keys;

static dx_status take_field(const dx_json_value *object, const struct field *f,
    dx_arena *arena, dx_article *out, const char **used, dx_error *err)
{
    dx_str value = {NULL, 0};

    for (size_t i = 0; i < MAX_ALIASES && f->names[i]; i++) {
        const dx_json_value *json = dx_json_get(object, f->names[i]);
        if (!json)
            continue;
        DX_TRY(put_text(json, f->form, f->separator, arena, &value, err));
        if (value.len) {
            *used = f->names[i];
            break;
        }
    }
    memcpy((char *)out + f->at, &value, sizeof value);
    return DX_OK;
}

static bool is_empty(const dx_json_value *value)
{
    switch (value->type) {
    case DX_JSON_NULL:
        return true;
    case DX_JSON_STRING:
        return value->text.len == 0;
    case DX_JSON_ARRAY:
    case DX_JSON_OBJECT:
        return !value->first;
    default:
        return false;
    }
}

static bool is_used(dx_str key, const used_keys *used)
{
    for (size_t i = 0; i < FIELDS + 1; i++)
        if (used->names[i] && dx_str_eq(dx_str_from(used->names[i]), key))
            return true;
    return false;
}

static bool is_known(dx_str key)
{
    for (size_t i = 0; i < FIELDS; i++)
        for (size_t k = 0; k < MAX_ALIASES && fields[i].names[k]; k++)
            if (dx_str_eq(dx_str_from(fields[i].names[k]), key))
                return true;
    for (size_t i = 0; i < DATE_NAMES; i++)
        if (dx_str_eq(dx_str_from(date_names[i]), key))
            return true;
    return false;
}

/* One "key":value of `extra`; left out when it would not fit. */
static void put_member(dx_buf *b, const dx_json_value *member)
{
    size_t before = b->len;

    dx_buf_putc(b, before ? ',' : '{');
    dx_json_write_member(b, member);
    if (b->status == DX_ERR_LIMIT) {
        b->len = before;
        b->status = DX_OK;
    }
}

static dx_status take_extra(const dx_json_value *object, const used_keys *used,
    dx_arena *arena, dx_article *out, dx_error *err)
{
    dx_buf b;

    dx_buf_init(&b, EXTRA_MAX_BYTES - 1);
    for (const dx_json_value *v = object->first; v; v = v->next)
        if (!is_used(v->key, used) && !(is_known(v->key) && is_empty(v)) &&
            !dx_json_is_overridden(v))
            put_member(&b, v);
    if (b.len) {
        b.max = EXTRA_MAX_BYTES;
        dx_buf_putc(&b, '}');
        out->extra.ptr = dx_arena_strndup(arena, (const char *)b.data, b.len);
        out->extra.len = b.len;
    }
    bool failed = b.status != DX_OK || (b.len && !out->extra.ptr);
    dx_buf_free(&b);
    return failed ? dx_fail_nomem(err) : DX_OK;
}

/* Many exports put the lead at the head of the body as well; it counts once. */
static void drop_repeated_lead(dx_article *a)
{
    if (a->lead.len == 0 || a->body.len < a->lead.len ||
        memcmp(a->body.ptr, a->lead.ptr, a->lead.len) != 0)
        return;
    dx_str rest = dx_str_from_offset(a->body, a->lead.len);
    if (rest.len == 0)
        a->lead = rest;
    else if (rest.ptr[0] == '\n')
        a->body = dx_trim(rest);
}

static dx_status from_object(const dx_json_value *object, dx_arena *arena,
    dx_article *out, dx_error *err)
{
    used_keys used = {{NULL}};

    for (size_t i = 0; i < FIELDS; i++)
        DX_TRY(take_field(object, &fields[i], arena, out, &used.names[i],
            err));
    for (size_t i = 0; i < DATE_NAMES && out->date == DX_DATE_NONE; i++) {
        out->date = date_of(dx_json_get(object, date_names[i]));
        if (out->date != DX_DATE_NONE)
            used.names[FIELDS] = date_names[i];
    }
    DX_TRY(take_extra(object, &used, arena, out, err));
    drop_repeated_lead(out);
    return DX_OK;
}

dx_status dx_article_from_json(const dx_record *record, dx_arena *arena,
    dx_article *out, dx_error *err)
{
    const dx_json_value *json;
    dx_error why = {0};

    dx_status status = dx_json_parse(record->bytes, arena, &json, &why);
    if (status == DX_ERR_NOMEM)
        return dx_fail_nomem(err);
    if (status != DX_OK)
        return dx_fail(err, status, "not valid JSON: %s", why.msg);
    if (!dx_json_is(json, DX_JSON_OBJECT))
        return dx_fail(err, DX_ERR_FORMAT,
            "an article must be a JSON object {…}");
    return from_object(json, arena, out, err);
}

/* ---- linked data ---- */

static bool type_ends_with(const dx_json_value *node, const char *ending)
{
    const dx_json_value *type = dx_json_get(node, "@type");
    size_t n = strlen(ending);

    if (dx_json_is(type, DX_JSON_ARRAY))
        type = type->first;
    return dx_json_is(type, DX_JSON_STRING) && type->text.len >= n &&
           memcmp(dx_str_end(type->text) - n, ending, n) == 0;
}

static dx_status take(const dx_json_value *node, const char *key,
    dx_arena *arena, dx_str *field, dx_error *err)
{
    bool text = strcmp(key, "articleBody") == 0;

    if (field->len)
        return DX_OK;
    return put_text(dx_json_get(node, key),
        text ? DX_CLEAN_TEXT : DX_CLEAN_LINE, text ? "\n" : ", ", arena, field,
        err);
}

static dx_status take_article(const dx_json_value *node, dx_arena *arena,
    dx_jsonld *out, dx_error *err)
{
    DX_TRY(take(node, "headline", arena, &out->headline, err));
    DX_TRY(take(node, "name", arena, &out->headline, err));
    DX_TRY(take(node, "description", arena, &out->description, err));
    DX_TRY(take(node, "author", arena, &out->author, err));
    DX_TRY(take(node, "publisher", arena, &out->publisher, err));
    DX_TRY(take(node, "articleSection", arena, &out->section, err));
    DX_TRY(take(node, "keywords", arena, &out->keywords, err));
    DX_TRY(take(node, "url", arena, &out->url, err));
    DX_TRY(take(node, "mainEntityOfPage", arena, &out->url, err));
    DX_TRY(take(node, "articleBody", arena, &out->body, err));
    if (out->date == DX_DATE_NONE)
        out->date = date_of(dx_json_get(node, "datePublished"));
    if (out->date == DX_DATE_NONE)
        out->date = date_of(dx_json_get(node, "dateCreated"));
    return DX_OK;
}

static dx_status take_breadcrumb(const dx_json_value *node, dx_arena *arena,
    dx_jsonld *out, dx_error *err)
{
    const dx_json_value *page = dx_json_get(node, "itemListElement");

    if (!dx_json_is(page, DX_JSON_ARRAY) || !page->first)
        return DX_OK;
    for (page = page->first->next; page; page = page->next) {
        dx_str name;
        DX_TRY(put_value(page, DX_CLEAN_LINE, arena, &name, err));
        if (!name.len)
            DX_TRY(put_value(dx_json_get(page, "item"), DX_CLEAN_LINE,
                arena, &name, err));
        if (name.len && !dx_str_eq(name, out->headline))
            out->breadcrumb = name;
    }
    return DX_OK;
}

/* Articles are found at the top, in a list, in "@graph" or as the main thing
 * of a page; deeper there are only other articles. */
static dx_status walk(const dx_json_value *node, int depth, dx_arena *arena,
    dx_jsonld *out, dx_error *err)
{
    if (depth > 4)
        return DX_OK;
    if (dx_json_is(node, DX_JSON_ARRAY))
        for (const dx_json_value *v = node->first; v; v = v->next)
            DX_TRY(walk(v, depth + 1, arena, out, err));
    if (!dx_json_is(node, DX_JSON_OBJECT))
        return DX_OK;
    if (type_ends_with(node, "Article") || type_ends_with(node, "BlogPosting"))
        return take_article(node, arena, out, err);
    if (type_ends_with(node, "BreadcrumbList"))
        return take_breadcrumb(node, arena, out, err);
    DX_TRY(walk(dx_json_get(node, "@graph"), depth + 1, arena, out, err));
    return walk(dx_json_get(node, "mainEntity"), depth + 1, arena, out,
        err);
}

dx_status dx_jsonld_read(dx_str text, dx_arena *arena, dx_jsonld *out,
    dx_error *err)
{
    const dx_json_value *json;
    dx_status status = dx_json_parse(text, arena, &json, err);

    if (status == DX_ERR_FORMAT)
        return DX_OK;
    return status == DX_OK ? walk(json, 0, arena, out, err) : status;
}
