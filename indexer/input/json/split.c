/* Cuts a .json file into its objects without parsing them: the parser sees one
 * object at a time, so memory is that of the text, not of a tree over it. */
#include "indexer/input/json/split.h"

#include "common/base/arena.h"
#include "indexer/input/chars/charset.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/json/json.h"

/* Past the object or array that starts at `p`; NULL when it does not end. */
static const char *value_end(const char *p, const char *end)
{
    size_t depth = 0;
    bool in_string = false;

    for (; p < end; p++) {
        if (in_string) {
            if (*p == '\\' && p + 1 < end)
                p++;
            else if (*p == '"')
                in_string = false;
        } else if (*p == '"') {
            in_string = true;
        } else if (*p == '{' || *p == '[') {
            depth++;
        } else if ((*p == '}' || *p == ']') && --depth == 0) {
            return p + 1;
        }
    }
    return NULL;
}

static const char *skip_blanks(const char *p, const char *end)
{
    while (p < end && strchr(" \t\r\n", *p) && *p)
        p++;
    return p;
}

/* Past a string that starts at `p`, or NULL. */
static const char *string_end(const char *p, const char *end)
{
    for (p++; p < end; p++) {
        if (*p == '\\')
            p++;
        else if (*p == '"')
            return p + 1;
    }
    return NULL;
}

static bool is_wrapper_key(dx_str key)
{
    static const char *const keys[] = {"\"articles\"", "\"items\"",
        "\"data\"", "\"results\"", "\"documents\"", "\"docs\"",
        "\"posts\"", "\"news\""};

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (dx_str_eq(key, dx_str_from(keys[i])))
            return true;
    return false;
}

/* Exports wrap their list: {"total": 2, "articles": [{…}, {…}]}. The list's
 * text, or an empty one when `object` is an article itself: a title decides. */
static dx_str wrapped_list(dx_str object)
{
    const char *p = object.ptr + 1, *end = object.ptr + object.len;
    dx_str list = {NULL, 0};

    for (;;) {
        p = skip_blanks(p, end);
        const char *key = p;
        if (p >= end || *p != '"' || !(p = string_end(p, end)))
            return list;
        dx_str name = {key, (size_t)(p - key)};
        if (dx_str_eq(name, DX_STR_LIT("\"title\"")))
            return (dx_str){NULL, 0};
        p = skip_blanks(p, end);
        if (p >= end || *p != ':')
            return list;
        const char *value = skip_blanks(p + 1, end);
        p = value;
        if (p < end && (*p == '{' || *p == '['))
            p = value_end(p, end);
        else if (p < end && *p == '"')
            p = string_end(p, end);
        while (p && p < end && *p != ',')
            p++;
        if (!p)
            return list;
        if (*value == '[' && is_wrapper_key(name)) {
            const char *first = skip_blanks(value + 1, end);
            if (first < end && *first == '{')
                list = (dx_str){value, (size_t)(p - value)};
        }
        if (p < end)
            p++;
    }
}

/* Objects one after another, within an array or at the top level (a JSONL
 * file that was given a .json name). */
static dx_status split(dx_str text, dx_record_each each, void *ctx,
    dx_error *err)
{
    dx_record record = {0};
    const char *start = text.ptr, *p = start, *end = p + text.len;
    bool in_array = false, first = true;

    for (;;) {
        p = skip_blanks(p, end);
        if (p < end && *p == ',' && in_array && !first)
            p = skip_blanks(p + 1, end);
        if (p >= end)
            break;
        if (*p == '[' && first && !in_array) {
            in_array = true;
            p++;
            continue;
        }
        if (*p == ']' && in_array)
            return DX_OK;
        if (*p != '{')
            return dx_fail(err, DX_ERR_FORMAT,
                "not JSON articles: expected an object {…} at byte %zu",
                (size_t)(p - start));
        const char *after = value_end(p, end);
        if (!after)
            return dx_fail(err, DX_ERR_FORMAT,
                "the JSON object at byte %zu does not end; is the file "
                "complete?",
                (size_t)(p - start));
        record.bytes = (dx_str){p, (size_t)(after - p)};
        dx_str list = first && !in_array ? wrapped_list(record.bytes)
                                         : (dx_str){NULL, 0};
        if (list.len) {
            p = list.ptr;
            end = list.ptr + list.len;
            continue;
        }
        record.number++;
        DX_TRY(each(ctx, &record));
        first = false;
        p = after;
    }
    if (in_array)
        return dx_fail(err, DX_ERR_FORMAT,
            "the JSON array does not end; is the file complete?");
    if (first)
        return dx_fail(err, DX_ERR_FORMAT, "empty: no JSON object in it");
    return DX_OK;
}

dx_status dx_json_split(dx_str bytes, dx_record_each each, void *ctx,
    dx_error *err)
{
    dx_arena arena = DX_ARENA_INIT;
    dx_str text = bytes;
    bool utf16 = bytes.len >= 2 && (memcmp(bytes.ptr, "\xFF\xFE", 2) == 0 ||
                                       memcmp(bytes.ptr, "\xFE\xFF", 2) == 0);
    dx_status status = DX_OK;

    if (utf16)
        status = dx_charset_to_utf8(bytes, &arena, &text, err);
    else if (bytes.len >= 3 && memcmp(bytes.ptr, "\xEF\xBB\xBF", 3) == 0)
        text = dx_str_from_offset(bytes, 3);
    if (status == DX_OK)
        status = split(text, each, ctx, err);
    dx_arena_free(&arena);
    return status;
}

/* Objects over several lines, or in a list. */
static bool sniff(dx_str first)
{
    return first.len && (first.ptr[0] == '[' || first.ptr[0] == '{');
}

static dx_status cut(dx_byte_stream *in, const dx_input_options *options,
    dx_record_each each, void *ctx, dx_error *err)
{
    (void)options;
    dx_str bytes;

    DX_TRY(dx_byte_stream_all(in, &bytes, err));
    return dx_json_split(bytes, each, ctx, err);
}

const dx_source dx_source_json = {
    .name = "json",
    .extensions = {".json"},
    .sniff = sniff,
    .is_sure = dx_json_is_sure,
    .cut = cut,
    .read = dx_article_from_json,
};
