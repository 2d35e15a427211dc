/* Text and dates of JSON values, whatever type a writer gave them. */
#include "indexer/input/json/value_text.h"

#include <errno.h>
#include <stdlib.h>

#include "common/base/buf.h"

#define ARRAY_MAX_BYTES (64u << 20)

dx_status dx_json_scalar_text(const dx_json_value *value, dx_clean_form form,
    dx_arena *arena, dx_str *out, dx_error *err)
{
    *out = (dx_str){NULL, 0};
    if (!dx_json_is(value, DX_JSON_STRING) &&
        !dx_json_is(value, DX_JSON_NUMBER))
        return DX_OK;
    return dx_clean(value->text, form, arena, out, err);
}

/* An object in the place of a value has it under one of these: a person's name,
 * WordPress's {"rendered": …}, XML that was made JSON, mongoexport's {"$date": …},
 * PHP's and Firestore's times, a text in several languages. */
const dx_json_value *dx_json_inner(const dx_json_value *value)
{
    static const char *const keys[] = {"name", "rendered", "value", "text", "#text",
        "_text", "$t", "__cdata", "#cdata", "_", "content", "html", "title", "ten",
        "main", "label", "displayName", "vi", "@value", "$oid", "$date",
        "$numberLong", "$numberInt", "date", "seconds", "_seconds", "@id", "url",
        "src", "href", "data", "attributes", "node"};
    const int depth_max = 4;

    for (int depth = 0; dx_json_is(value, DX_JSON_OBJECT); depth++) {
        const dx_json_value *inner = NULL;
        for (size_t i = 0; !inner && i < sizeof keys / sizeof *keys; i++)
            inner = dx_json_get(value, keys[i]);
        if (!inner || depth == depth_max)
            return NULL;
        value = inner;
    }
    return value;
}

dx_status dx_json_value_text(const dx_json_value *value, dx_clean_form form,
    dx_arena *arena, dx_str *out, dx_error *err)
{
    return dx_json_scalar_text(dx_json_inner(value), form, arena, out, err);
}

dx_status dx_json_text(const dx_json_value *value, dx_clean_form form,
    const char *separator, dx_arena *arena, dx_str *out, dx_error *err)
{
    if (!dx_json_is(value, DX_JSON_ARRAY))
        return dx_json_value_text(value, form, arena, out, err);
    dx_buf joined;
    dx_status status = DX_OK;
    dx_buf_init(&joined, ARRAY_MAX_BYTES);
    for (value = value->first; value && status == DX_OK; value = value->next) {
        dx_str part;
        status = dx_json_value_text(value, form, arena, &part, err);
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
        return errno ? DX_DATE_UNKNOWN : dx_date_from_number(whole);
    double real = strtod(text, NULL);
    return real > 0 && real < 1e15 ? dx_date_from_number((int64_t)real)
                                   : DX_DATE_UNKNOWN;
}

dx_date_reading dx_json_date(const dx_json_value *value)
{
    value = dx_json_inner(value);
    if (dx_json_is(value, DX_JSON_NUMBER))
        return (dx_date_reading){date_of_number(value->text.ptr),
            DX_DATE_UNKNOWN, DX_DATE_ORDER_OPEN};
    dx_str text = dx_json_is(value, DX_JSON_STRING) ? value->text
                                                    : (dx_str){NULL, 0};
    return dx_date_read(text);
}
