/* A JSON object to an article. */
#include "indexer/input/json/json.h"

#include <assert.h>
#include <string.h>

#include "common/base/buf.h"
#include "common/base/civil.h"
#include "common/index/field/input_name.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/date.h"
#include "indexer/input/json/tree.h"
#include "indexer/input/json/value_text.h"

#define EXTRA_MAX_BYTES (64u << 10)

/* What an object has for each field, by the number of the name; and the name that
 * was taken, plus 1. All else goes to `extra`. */
typedef struct candidates {
    const dx_json_value *named[DX_FIELDS][DX_FIELD_INPUT_NAMES];
    uint64_t have[DX_FIELDS]; /* of these names: bits; the others are not set */
    uint8_t taken[DX_FIELDS];
} candidates;

static_assert(DX_FIELD_INPUT_NAMES <= 64, "names are bits of a number");

/* Of members with the same key the last one counts. */
static void find_candidates(const dx_json_value *object, candidates *c)
{
    unsigned which;

    memset(c->have, 0, sizeof c->have);
    memset(c->taken, 0, sizeof c->taken);
    for (const dx_json_value *v = object->first; v; v = v->next) {
        dx_field field = dx_field_of_input(v->key, &which);
        if (field == DX_FIELDS)
            continue;
        c->named[field][which] = v;
        c->have[field] |= (uint64_t)1 << which;
    }
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

    if (value->type == DX_JSON_TRUE)
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
    dx_date_reading read;
    int32_t day;

    switch ((dx_field_kind)dx_fields[field].kind) {
    case DX_KIND_TEXT:
        DX_TRY(dx_json_text(value, DX_CLEAN_TEXT, "\n", arena, at, err));
        break;
    case DX_KIND_LINE:
        DX_TRY(dx_json_text(value, DX_CLEAN_LINE, " ", arena, at, err));
        break;
    case DX_KIND_VALUE:
    case DX_KIND_MAKER:
    case DX_KIND_LIST:
        DX_TRY(dx_json_text(value, DX_CLEAN_LINE, ", ", arena, at, err));
        break;
    case DX_KIND_NUMBER:
        DX_TRY(dx_json_scalar_text(value, DX_CLEAN_LINE, arena, at, err));
        if (!is_number(*at))
            *at = (dx_str){NULL, 0};
        break;
    case DX_KIND_DATE:
        day = dx_json_date(value).day;
        if (day != DX_DATE_UNKNOWN)
            DX_TRY(put_day(day, arena, at, err));
        break;
    case DX_KIND_DAY:
        read = dx_json_date(value);
        out->date = read.day;
        out->other_date = read.other;
        *taken = out->date != DX_DATE_UNKNOWN;
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

    for (unsigned i = 0; c->have[field] >> i && !taken; i++) {
        if (!(c->have[field] >> i & 1))
            continue;
        DX_TRY(take_value(field, c->named[field][i], arena, out, &taken, err));
        if (taken)
            c->taken[field] = (uint8_t)(i + 1);
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
    unsigned which;
    dx_field field = dx_field_of_input(member->key, &which);

    return field == DX_FIELDS ||
           (c->taken[field] != which + 1 && !is_empty(member));
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

dx_status dx_article_from_json(const dx_record *record,
    const dx_input_options *options, dx_arena *arena, dx_article *out,
    dx_error *err)
{
    (void)options;
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
