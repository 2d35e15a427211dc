/* A JSON object to an article; what linked data says of one. */
#include "indexer/input/json/json.h"

#include <errno.h>
#include <stdlib.h>

#include "common/base/buf.h"
#include "common/base/civil.h"
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

#define NAMES_MAX 8 /* of a field */

/* What an object has for each field, by the number of the name; and the name that
 * was taken, plus 1. All else goes to `extra`. */
typedef struct candidates {
    const dx_json_value *named[DX_FIELDS][NAMES_MAX];
    unsigned taken[DX_FIELDS];
} candidates;

static bool find_name(dx_str key, unsigned *field, unsigned *name)
{
    for (unsigned f = 0; key.len && f < DX_FIELDS; f++) {
        const char *const *names = dx_fields[f].input_names;
        for (unsigned i = 0; names[i]; i++) {
            if (names[i][0] != key.ptr[0] ||
                !dx_str_eq(dx_str_from(names[i]), key))
                continue;
            *field = f;
            *name = i;
            return true;
        }
    }
    return false;
}

/* Of members with the same key the last one counts. */
static void find_candidates(const dx_json_value *object, candidates *c)
{
    unsigned field, name;

    *c = (candidates){0};
    for (const dx_json_value *v = object->first; v; v = v->next)
        if (find_name(v->key, &field, &name) && name < NAMES_MAX)
            c->named[field][name] = v;
}

static dx_status put_day(int32_t day, dx_arena *arena, dx_str *out,
    dx_error *err)
{
    char text[DX_CIVIL_BYTES];
    size_t len = dx_civil_put(day, text);

    *out = (dx_str){dx_arena_strndup(arena, text, len), len};
    return out->ptr ? DX_OK : dx_fail_nomem(err);
}

static bool is_number(dx_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!dx_is_digit(s.ptr[i]))
            return false;
    return s.len > 0;
}

/* "1" for true, 1, "có" …, nothing for what else may stand there. */
static dx_str flag_of(const dx_json_value *value)
{
    static const char *const yes[] = {"1", "true", "yes", "có"};

    if (dx_json_is(value, DX_JSON_TRUE))
        return DX_STR_LIT("1");
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (dx_str_eq(value->text, dx_str_from(yes[i])))
            return DX_STR_LIT("1");
    return (dx_str){NULL, 0};
}

/* Sets *taken to whether the value could be used. */
static dx_status take_value(dx_field field, const dx_json_value *value,
    dx_arena *arena, dx_article *out, bool *taken, dx_error *err)
{
    dx_str *at = &out->at[field];
    int32_t day;

    switch ((dx_field_kind)dx_fields[field].kind) {
    case DX_KIND_TEXT:
        DX_TRY(put_text(value, DX_CLEAN_TEXT, "\n", arena, at, err));
        break;
    case DX_KIND_LINE:
        DX_TRY(put_text(value, DX_CLEAN_LINE, " ", arena, at, err));
        break;
    case DX_KIND_VALUE:
    case DX_KIND_MAKER:
    case DX_KIND_LIST:
        DX_TRY(put_text(value, DX_CLEAN_LINE, ", ", arena, at, err));
        break;
    case DX_KIND_NUMBER:
        DX_TRY(put_scalar(value, DX_CLEAN_LINE, arena, at, err));
        if (!is_number(*at))
            *at = (dx_str){NULL, 0};
        break;
    case DX_KIND_DATE:
        day = date_of(value);
        if (day != DX_DATE_NONE)
            DX_TRY(put_day(day, arena, at, err));
        break;
    case DX_KIND_DAY:
        out->date = date_of(value);
        *taken = out->date != DX_DATE_NONE;
        return DX_OK;
    case DX_KIND_FLAG:
        *at = flag_of(value);
        *taken = true;
        return DX_OK;
    case DX_KIND_OBJECT:
    case DX_KIND_FOUND:
        break; /* no input has them */
    }
    *taken = at->len > 0;
    return DX_OK;
}

/* The first name that has something usable. */
static dx_status take_field(dx_field field, candidates *c, dx_arena *arena,
    dx_article *out, dx_error *err)
{
    bool taken = false;

    for (unsigned i = 0; i < NAMES_MAX && !taken; i++) {
        const dx_json_value *value = c->named[field][i];
        if (!value)
            continue;
        DX_TRY(take_value(field, value, arena, out, &taken, err));
        if (taken)
            c->taken[field] = i + 1;
    }
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
    case DX_JSON_FALSE:
    case DX_JSON_TRUE:
    case DX_JSON_NUMBER:
        break;
    }
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

/* Whether a member says something that no field has taken. */
static bool is_extra(const dx_json_value *member, const candidates *c)
{
    unsigned field, name;

    if (!find_name(member->key, &field, &name))
        return true;
    return c->taken[field] != name + 1 && !is_empty(member);
}

static dx_status take_extra(const dx_json_value *object, const candidates *c,
    dx_arena *arena, dx_article *out, dx_error *err)
{
    dx_buf b;

    dx_buf_init(&b, EXTRA_MAX_BYTES - 1);
    for (const dx_json_value *v = object->first; v; v = v->next)
        if (is_extra(v, c) && !dx_json_is_overridden(v))
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
    candidates c;

    find_candidates(object, &c);
    for (unsigned f = 0; f < DX_FIELDS; f++)
        DX_TRY(take_field((dx_field)f, &c, arena, out, err));
    DX_TRY(take_extra(object, &c, arena, out, err));
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
