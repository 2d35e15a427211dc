/* JSONL: an article a line. */
#include "indexer/input/source.h"

#include "indexer/input/json/json.h"
#include "indexer/input/json/objects.h"
#include "indexer/input/lines.h"

static bool is_blank(dx_str line)
{
    size_t n = 0;

    while (n < line.len && (line.ptr[n] == ' ' || line.ptr[n] == '\t' ||
                               line.ptr[n] == '\r'))
        n++;
    return n == line.len;
}

/* An object that ends in its line; one over several lines is a .json file's. */
static bool sniff(dx_str first)
{
    const char *nl = first.len ? memchr(first.ptr, '\n', first.len) : NULL;
    size_t n = nl ? (size_t)(nl - first.ptr) : first.len;

    while (n > 0 && is_blank((dx_str){first.ptr + n - 1, 1}))
        n--;
    return n > 0 && first.ptr[0] == '{' && first.ptr[n - 1] == '}';
}

static bool is_sure(dx_str first)
{
    return dx_json_is_sure(first) && sniff(first);
}

static dx_status cut_lines(dx_byte_stream *in, dx_record_each each, void *ctx,
    dx_error *err)
{
    dx_error why = {0};
    dx_record record = {0};

    for (;;) {
        dx_status rc = dx_byte_stream_line(in, &record.bytes, &why);
        if (rc != DX_OK && rc != DX_ERR_LIMIT) {
            if (err)
                *err = why;
            return rc;
        }
        if (rc == DX_OK && !record.bytes.ptr)
            return DX_OK;
        record.number++;
        record.fault = rc == DX_ERR_LIMIT ? why.msg : NULL;
        if (record.fault || !is_blank(record.bytes))
            DX_TRY(each(ctx, &record));
    }
}

/* Lines that end with '\r' alone: the first one does, and another object is next. */
static bool has_cr_lines(dx_str first, bool is_all)
{
    const char *end = dx_str_end(first), *p = first.ptr;

    if (first.len == 0 || memchr(p, '\n', first.len) ||
        !(p = memchr(p, '\r', first.len)))
        return false;
    while (p < end && is_blank((dx_str){p, 1}))
        p++;
    return p == end ? is_all : *p == '{';
}

static dx_status cut(dx_byte_stream *in, const dx_input_options *options,
    dx_record_each each, void *ctx, dx_error *err)
{
    dx_str first;

    (void)options;
    DX_TRY(dx_byte_stream_peek(in, &first, err));
    if (dx_json_is_over_lines(first) ||
        has_cr_lines(first, dx_byte_stream_is_at_end(in)))
        return dx_json_cut_objects(in, each, ctx, err);
    return cut_lines(in, each, ctx, err);
}

const dx_source dx_source_jsonl = {
    .name = "jsonl",
    .extensions = {".jsonl", ".ndjson"},
    .sniff = sniff,
    .is_sure = is_sure,
    .is_stream = true,
    .cut = cut,
    .read = dx_article_from_json,
};
