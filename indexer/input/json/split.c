/* Cuts a .json file into its records without parsing it: the parser sees one record
 * at a time, so memory is that of the text, not of a tree over it. */
#include "indexer/input/json/split.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "indexer/input/chars/charset.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/json/json.h"
#include "indexer/input/json/outline.h"
#include "indexer/input/json/parts.h"
#include "indexer/input/json/scan.h"

typedef struct handing { /* records to who wants them */
    dx_record record;    /* the last one */
    const dx_input_options *options;
    dx_record_each each;
    void *ctx;
} handing;

static dx_status hand_over(handing *h, dx_str object, dx_error *err)
{
    h->record.bytes = object;
    if (h->options->split_articles)
        return dx_json_each_part(object, h->options, &h->record.number, h->each,
            h->ctx, err);
    h->record.number++;
    return h->each(h->ctx, &h->record);
}

static dx_status hand_over_by_id(handing *h, dx_str list, dx_error *err)
{
    dx_json_scan scan = dx_json_scan_start(list);

    while (dx_json_scan_next(&scan))
        DX_TRY(hand_over(h, scan.value, err));
    return DX_OK;
}

/* A row as an object: {"title": …, "body": …}. */
static void put_row(dx_str row, dx_str names, dx_buf *out)
{
    dx_json_scan values = dx_json_scan_start(row), name = dx_json_scan_start(names);

    dx_buf_clear(out);
    dx_buf_putc(out, '{');
    while (dx_json_scan_next(&values) && dx_json_scan_next(&name)) {
        if (out->len > 1)
            dx_buf_putc(out, ',');
        dx_buf_putc(out, '"');
        dx_buf_put_str(out, dx_json_column_name(name.value));
        dx_buf_puts(out, "\":");
        dx_buf_put_str(out, values.value);
    }
    dx_buf_putc(out, '}');
}

static dx_status hand_over_rows(handing *h, const dx_json_rows *table, dx_error *err)
{
    dx_json_scan scan = dx_json_scan_start(table->rows);
    dx_status rc = DX_OK;
    dx_buf object;

    dx_buf_init(&object, DX_INPUT_FILE_MAX_BYTES);
    while (rc == DX_OK && dx_json_scan_next(&scan)) {
        if (scan.value.ptr[0] != '[')
            continue;
        put_row(scan.value, table->names, &object);
        rc = object.status == DX_OK
                 ? hand_over(h, (dx_str){(const char *)object.data, object.len}, err)
                 : dx_fail(err, object.status, "too long a row of a table");
    }
    dx_buf_free(&object);
    return rc;
}

/* Objects one after another, within an array or at the top level (a JSONL
 * file that was given a .json name). */
static dx_status split(dx_str text, const char *encoding,
    const dx_input_options *options, dx_record_each each, void *ctx, dx_error *err)
{
    handing h = {{.encoding = encoding}, options, each, ctx};
    const char *start = text.ptr, *p = start, *end = p + text.len;
    bool in_array = false, first = true;

    for (;;) {
        p = dx_json_skip_blanks(p, end);
        if (p < end && *p == ',' && in_array && !first)
            p = dx_json_skip_blanks(p + 1, end);
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
        const char *after = dx_json_value_end(p, end);
        if (!after)
            return dx_fail(err, DX_ERR_FORMAT,
                "the JSON object at byte %zu does not end; is the file "
                "complete?",
                (size_t)(p - start));
        dx_str object = {p, (size_t)(after - p)};
        dx_str list = first && !in_array
                          ? dx_json_list_of_records(object, &options->map)
                          : (dx_str){NULL, 0};
        if (list.len && list.ptr[0] == '{')
            return hand_over_by_id(&h, list, err);
        if (list.len) {
            p = list.ptr;
            end = list.ptr + list.len;
            continue;
        }
        dx_json_rows table;
        if (first && !in_array && dx_json_find_rows(object, &options->map, &table))
            DX_TRY(hand_over_rows(&h, &table, err));
        else
            DX_TRY(hand_over(&h, object, err));
        first = false;
        p = after;
    }
    if (in_array)
        return dx_fail(err, DX_ERR_FORMAT,
            "the JSON array does not end; is the file complete?");
    return DX_OK;
}

dx_status dx_json_split(dx_str bytes, const dx_input_options *options,
    dx_record_each each, void *ctx, dx_error *err)
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
        status = split(text,
            !utf16              ? NULL
            : bytes.ptr[0] == '\xFF' ? "UTF-16LE"
                                : "UTF-16BE",
            options, each, ctx, err);
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
    dx_str bytes;

    DX_TRY(dx_byte_stream_all(in, &bytes, err));
    return dx_json_split(bytes, options, each, ctx, err);
}

const dx_source dx_source_json = {
    .name = "json",
    .extensions = {".json"},
    .sniff = sniff,
    .is_sure = dx_json_is_sure,
    .cut = cut,
    .read = dx_article_from_json,
};
