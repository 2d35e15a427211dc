/* A JSON object to an article. */
#include "indexer/input/json/json.h"

#include <string.h>

#include "common/base/buf.h"
#include "common/base/civil.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/date.h"
#include "indexer/input/finish.h"
#include "indexer/input/html/fragment.h"
#include "indexer/input/json/members.h"
#include "indexer/input/json/prose.h"
#include "indexer/input/json/tree.h"
#include "indexer/input/json/value_text.h"
#include "indexer/input/settle.h"
#include "indexer/input/text/state_line.h"

#define EXTRA_MAX_BYTES (64u << 10)
#define PARTS_MAX 32u /* members that are the text together */

static const char all_text[] = "all text"; /* where a text without a name is from */

/* An object on its way to an article. */
typedef struct reading {
    const dx_input_options *options;
    dx_arena *arena;
    dx_article *out;
    dx_error *err;
    dx_json_members members;
    const dx_json_value *taken[DX_FIELDS + PARTS_MAX]; /* not for `extra` */
    unsigned taken_count;
    dx_str page; /* a whole HTML page that a field holds */
} reading;

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

    if (value->type == DX_JSON_TRUE)
        return DX_STR_LIT("1");
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (dx_str_eq(value->text, dx_str_from(yes[i])))
            return DX_STR_LIT("1");
    return (dx_str){NULL, 0};
}

/* What a database says of how far an article's making has come. */
static bool is_workflow(dx_str status)
{
    static const char *const words[] = {"publish", "published", "draft", "private",
        "pending", "active", "open", "ok", "success"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (dx_equals(status, words[i]))
            return true;
    return false;
}

/* Paragraphs of a string, or of whatever the value consists of. */
static dx_status take_text(reading *r, dx_field field, const dx_json_value *value)
{
    dx_str *at = &r->out->at[field];
    const dx_json_value *inner = dx_json_inner(value);

    if (inner && (inner->type == DX_JSON_STRING || inner->type == DX_JSON_NUMBER)) {
        if (field == DX_FIELD_BODY && dx_html_is_page(inner->text)) {
            r->page = inner->text;
            return DX_OK;
        }
        DX_TRY(dx_json_scalar_text(inner, DX_CLEAN_TEXT, r->arena, at, r->err));
        return dx_html_field_text(*at, DX_CLEAN_TEXT, r->arena, at, r->err);
    }
    return dx_json_prose(value, r->arena, at, r->err);
}

static dx_status take_line(reading *r, dx_field field, const dx_json_value *value,
    const char *separator)
{
    dx_str *at = &r->out->at[field];

    DX_TRY(dx_json_text(value, DX_CLEAN_LINE, separator, r->arena, at, r->err));
    if (field != DX_FIELD_ID && field != DX_FIELD_URL && field != DX_FIELD_IMAGE)
        DX_TRY(dx_html_field_text(*at, DX_CLEAN_LINE, r->arena, at, r->err));
    if (field == DX_FIELD_STATUS && is_workflow(*at))
        *at = (dx_str){NULL, 0};
    return DX_OK;
}

static dx_status take_day(reading *r, dx_field field, const dx_json_value *value)
{
    dx_date_reading read = dx_json_date(value);

    if (field == DX_FIELD_DATE) {
        r->out->date = read.day;
        r->out->other_date = read.other;
        return DX_OK;
    }
    return read.day == DX_DATE_UNKNOWN
               ? DX_OK
               : put_day(read.day, r->arena, &r->out->at[field], r->err);
}

/* One of several pictures or addresses. */
static const dx_json_value *first_of(const dx_json_value *value)
{
    return dx_json_is(value, DX_JSON_ARRAY) && value->first ? value->first : value;
}

/* Sets *taken to whether the value could be used. */
static dx_status take_value(reading *r, dx_field field, const dx_json_value *value,
    bool *taken)
{
    dx_str *at = &r->out->at[field];

    switch ((dx_field_kind)dx_fields[field].kind) {
    case DX_KIND_TEXT:
        DX_TRY(take_text(r, field, value));
        break;
    case DX_KIND_LINE:
        if (field == DX_FIELD_URL || field == DX_FIELD_IMAGE)
            value = first_of(value);
        DX_TRY(take_line(r, field, value, " "));
        break;
    case DX_KIND_VALUE:
    case DX_KIND_MAKER:
    case DX_KIND_LIST:
        DX_TRY(take_line(r, field, value, ", "));
        break;
    case DX_KIND_VALUES:
        DX_TRY(take_line(r, field, value, "; "));
        break;
    case DX_KIND_NUMBER:
        DX_TRY(dx_json_scalar_text(value, DX_CLEAN_LINE, r->arena, at, r->err));
        if (!is_number(*at))
            *at = (dx_str){NULL, 0};
        break;
    case DX_KIND_DATE:
        DX_TRY(take_day(r, field, value));
        break;
    case DX_KIND_DAY:
        DX_TRY(take_day(r, field, value));
        *taken = r->out->date != DX_DATE_UNKNOWN;
        return DX_OK;
    case DX_KIND_FLAG:
        *at = flag_of(value);
        *taken = true;
        return DX_OK;
    case DX_KIND_OBJECT:
    case DX_KIND_FOUND:
        break; /* no input has them */
    }
    *taken = at->len > 0 || (field == DX_FIELD_BODY && r->page.len);
    return DX_OK;
}

static const char *name_of(dx_field field, unsigned which)
{
    return which < DX_JSON_MAPPED_NAMES
               ? "map"
               : dx_fields[field].input_names[which - DX_JSON_MAPPED_NAMES];
}

/* The first name that has something usable. */
static dx_status take_field(reading *r, dx_field field)
{
    const dx_json_members *m = &r->members;
    bool taken = false;

    for (uint64_t left = m->have[field]; left && !taken; left &= left - 1) {
        unsigned i = (unsigned)__builtin_ctzll(left);
        DX_TRY(take_value(r, field, m->named[field][i], &taken));
        if (taken) {
            r->taken[r->taken_count++] = m->named[field][i];
            r->out->from.field[field] = name_of(field, i);
        }
    }
    return DX_OK;
}

/* ---- a text without a name, and a page ---- */

/* What the members hold that are text by what is in them. */
static dx_status take_nameless_text(reading *r)
{
    dx_buf b;
    dx_status rc = DX_OK;
    unsigned parts = 0, which;

    dx_buf_init(&b, 64u << 20);
    for (const dx_json_value *v = r->members.object->first; v && rc == DX_OK;
         v = v->next) {
        dx_str text;
        dx_field field = dx_json_field_of(&r->options->map, v->key, &which);
        if (parts == PARTS_MAX || (field != DX_FIELDS && field != DX_FIELD_BODY) ||
            !dx_json_is_prose(v))
            continue;
        rc = dx_json_prose(v, r->arena, &text, r->err);
        if (rc != DX_OK || text.len == 0)
            continue;
        if (parts++)
            dx_buf_putc(&b, '\n');
        dx_buf_put_str(&b, text);
        r->taken[r->taken_count++] = v;
    }
    if (rc == DX_OK && b.status != DX_OK)
        rc = dx_fail(r->err, b.status, "too long a text");
    if (rc == DX_OK && b.len) {
        r->out->from.field[DX_FIELD_BODY] = all_text;
        rc = dx_clean_copy((dx_str){(const char *)b.data, b.len}, DX_CLEAN_TEXT,
            r->arena, &r->out->body, r->err);
    }
    dx_buf_free(&b);
    return rc;
}

/* A document in parts may have a number alone; its first heading is none of its own. */
static void name_document(dx_article *a)
{
    if (a->docno.len == 0 && dx_state_is_number(a->id)) {
        a->docno = a->id;
        a->from.field[DX_FIELD_DOCNO] = a->from.field[DX_FIELD_ID];
    }
    if (a->title.len == 0 && a->lead.len == 0 && a->docno.len &&
        a->from.field[DX_FIELD_BODY] == all_text) {
        a->title = a->docno;
        a->from.field[DX_FIELD_TITLE] = a->from.field[DX_FIELD_DOCNO];
    }
}

/* Crawlers keep whole pages: what the record does not say is read from there. */
static dx_status take_page(reading *r)
{
    dx_article page = {.date = DX_DATE_UNKNOWN, .other_date = DX_DATE_UNKNOWN};
    dx_error why = {0};
    dx_status rc = dx_source_html.read(&(dx_record){.bytes = r->page}, r->options,
        r->arena, &page, &why);

    if (rc != DX_OK)
        return rc == DX_ERR_NOMEM ? dx_fail_nomem(r->err)
                                  : dx_fail(r->err, rc, "%s", why.msg);
    r->out->left_out = page.left_out;
    dx_article_take_absent(r->out, &page);
    return DX_OK;
}

/* ---- all else ---- */

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

static bool is_taken(const reading *r, const dx_json_value *member)
{
    for (unsigned i = 0; i < r->taken_count; i++)
        if (r->taken[i] == member)
            return true;
    return false;
}

/* Whether a member says something that no field has taken. */
static bool is_extra(const reading *r, const dx_json_value *member)
{
    unsigned which;

    if (is_taken(r, member) || dx_json_is_overridden(member))
        return false;
    return !is_empty(member) || dx_json_field_of(&r->options->map, member->key,
                                    &which) == DX_FIELDS;
}

static dx_status take_extra(reading *r)
{
    dx_buf b;
    dx_article *out = r->out;

    dx_buf_init(&b, EXTRA_MAX_BYTES - 1);
    for (const dx_json_value *v = r->members.object->first; v; v = v->next) {
        if (!is_extra(r, v))
            continue;
        put_member(&b, v);
        dx_article_note_missed(out, v->key, v->text);
    }
    if (b.len) {
        b.max = EXTRA_MAX_BYTES;
        dx_buf_putc(&b, '}');
        out->extra.ptr = dx_arena_strndup(r->arena, (const char *)b.data, b.len);
        out->extra.len = b.len;
    }
    bool failed = b.status != DX_OK || (b.len && !out->extra.ptr);
    dx_buf_free(&b);
    return failed ? dx_fail_nomem(r->err) : DX_OK;
}

static dx_status from_object(reading *r, const dx_json_value *object)
{
    DX_TRY(dx_json_find_members(object, &r->options->map, r->arena, &r->members,
        r->err));
    for (unsigned f = 0; f < DX_FIELDS; f++)
        DX_TRY(take_field(r, (dx_field)f));
    if (r->page.len)
        DX_TRY(take_page(r));
    if (r->out->body.len == 0)
        DX_TRY(take_nameless_text(r));
    name_document(r->out);
    DX_TRY(take_extra(r));
    return dx_article_settle(r->out, r->arena, r->err);
}

dx_status dx_article_from_object(const dx_json_value *object,
    const dx_input_options *options, dx_arena *arena, dx_article *out,
    dx_error *err)
{
    reading r;

    r.options = options;
    r.arena = arena;
    r.out = out;
    r.err = err;
    r.taken_count = 0;
    r.page = (dx_str){NULL, 0};
    return from_object(&r, object);
}

dx_status dx_article_from_json(const dx_record *record,
    const dx_input_options *options, dx_arena *arena, dx_article *out,
    dx_error *err)
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
    out->from.extractor = "json";
    out->from.encoding = "UTF-8";
    return dx_article_from_object(json, options, arena, out, err);
}

bool dx_json_is_sure(dx_str first)
{
    bool is_object = false;

    for (size_t i = 0; i < first.len; i++) {
        char c = first.ptr[i];
        if (is_object && c == '"')
            return true;
        if (c == '{' && !is_object)
            is_object = true;
        else if (is_object || c != '[')
            if (c != ' ' && c != '\t' && c != '\r' && c != '\n')
                return false;
    }
    return false;
}
