/* CSV and TSV: an article a row. A row is read as an object whose members are named by
 * the first row, so a column means what a member of JSON of that name does. */
#include <string.h>

#include "indexer/input/json/json.h"
#include "indexer/input/source.h"
#include "indexer/input/tables/cutting.h"
#include "indexer/input/tables/head.h"

/* ---- the head ---- */

static dx_status judge(dx_byte_stream *in, const dx_input_options *options,
    bool is_tsv, dx_arena *arena, dx_table_head *head, dx_error *err)
{
    dx_str first;

    DX_TRY(dx_byte_stream_peek(in, &first, err));
    bool is_all = dx_byte_stream_is_at_end(in);
    if (first.len > DX_TABLE_SAMPLE_BYTES) {
        first.len = DX_TABLE_SAMPLE_BYTES;
        is_all = false;
    }
    return dx_table_head_judge(first, is_all, is_tsv, options, arena, head, err);
}

static dx_status find_head(dx_byte_stream *in, const dx_input_options *options,
    bool is_tsv, dx_arena *arena, dx_str *out, dx_error *err)
{
    dx_table_head head;

    DX_TRY(judge(in, options, is_tsv, arena, &head, err));
    return dx_table_head_write(&head, arena, out, err);
}

/* ---- cutting ---- */

static dx_status take_all(dx_byte_stream *in, dx_error *err)
{
    dx_str bytes;

    do {
        DX_TRY(dx_byte_stream_ahead(in, 1, &bytes, err));
        bool has_ended = bytes.len && bytes.ptr[bytes.len - 1] == '\n';
        dx_byte_stream_take(in, bytes.len, has_ended);
    } while (bytes.len);
    return DX_OK;
}

/* From the first row on. */
static dx_status cut_rows(dx_byte_stream *in, dx_str bytes,
    dx_record_each each, void *ctx, dx_error *err)
{
    dx_table_head head = dx_table_head_read(bytes);
    dx_record whole = {.head = bytes};
    bool is_beginning = dx_byte_stream_head(in).len == 0;

    switch (head.kind) {
    case DX_TABLE_ARTICLES:
        return dx_table_cut(in, bytes, is_beginning, each, ctx, err);
    case DX_TABLE_FIGURES:
        DX_TRY(take_all(in, err));
        return is_beginning ? each(ctx, &whole) : DX_OK;
    case DX_TABLE_HEADLESS:
        return dx_fail(err, DX_ERR_FORMAT,
            "the row of names at its head does not end within %u KiB, or names "
            "over %u columns; is a quote not closed?",
            DX_TABLE_SAMPLE_BYTES >> 10, DX_TABLE_COLUMNS_MAX);
    case DX_TABLE_EMPTY:
        break;
    }
    return DX_OK;
}

static dx_status cut(dx_byte_stream *in, const dx_input_options *options,
    bool is_tsv, dx_record_each each, void *ctx, dx_error *err)
{
    dx_arena arena = DX_ARENA_INIT;
    dx_str bytes = dx_byte_stream_head(in);
    dx_table_head head;
    dx_status rc = DX_OK;

    if (bytes.len == 0) {
        rc = judge(in, options, is_tsv, &arena, &head, err);
        if (rc == DX_OK)
            rc = dx_table_head_write(&head, &arena, &bytes, err);
        if (rc == DX_OK)
            dx_byte_stream_take(in, head.bytes, true);
    }
    if (rc == DX_OK)
        rc = cut_rows(in, bytes, each, ctx, err);
    dx_arena_free(&arena);
    return rc;
}

/* ---- reading ---- */

/* A row may be of another encoding than the head of its file. */
static dx_status to_utf8(const dx_table_head *head, dx_str row, dx_arena *arena,
    dx_str *out, const char **encoding, dx_error *err)
{
    dx_charset charset = DX_CHARSET_UTF8;
    size_t mark;

    if (dx_utf8_valid_prefix(row) < row.len)
        charset = head->charset;
    if (dx_utf8_valid_prefix(row) < row.len && charset == DX_CHARSET_UTF8)
        DX_TRY(dx_charset_detect(row, &charset, &mark, err));
    *encoding = dx_charset_name(charset);
    return dx_charset_decode(charset, row, arena, out, err);
}

static dx_status fail_count(const dx_table_head *head, size_t count,
    dx_error *err)
{
    return dx_fail(err, DX_ERR_FORMAT,
        "it has %zu values for %zu columns; a value that has the delimiter or a "
        "quote in it belongs in quotes",
        count, head->columns);
}

/* Values more than there are columns are no harm as long as they are empty. */
static bool has_more(dx_row_rest rest)
{
    for (dx_row_value v; dx_row_next(&rest, &v);)
        if (v.raw.len)
            return true;
    return false;
}

static dx_status object_of(const dx_table_head *head, dx_str row,
    dx_arena *arena, dx_json_value *object, dx_error *err)
{
    dx_json_value *members =
        dx_arena_calloc(arena, head->columns, sizeof *members);
    dx_row_rest rest = dx_row_values(&head->dialect, row);
    dx_str names = head->names;
    dx_json_value *last = NULL;
    dx_row_value v;

    if (!members)
        return dx_fail_nomem(err);
    *object = (dx_json_value){.type = DX_JSON_OBJECT};
    for (size_t i = 0; i < head->columns && dx_row_next(&rest, &v); i++) {
        dx_json_value *m = &members[i];
        m->key = dx_table_head_next(&names);
        m->type = DX_JSON_STRING;
        if (m->key.len == 0 || v.raw.len == 0 || dx_row_is_null(&v))
            continue;
        DX_TRY(dx_row_text(&head->dialect, &v, arena, &m->text, err));
        if (last)
            last->next = m;
        else
            object->first = m;
        last = m;
    }
    return has_more(rest)
               ? fail_count(head, dx_row_count(&head->dialect, row), err)
               : DX_OK;
}

static dx_status read(const dx_record *record, const dx_input_options *options,
    dx_arena *arena, dx_article *out, dx_error *err)
{
    dx_table_head head = dx_table_head_read(record->head);
    dx_json_value object;
    dx_str row;

    if (head.kind != DX_TABLE_ARTICLES) {
        out->left_out = DX_LEFT_TABLE;
        return DX_OK;
    }
    DX_TRY(to_utf8(&head, record->bytes, arena, &row, &out->from.encoding, err));
    DX_TRY(object_of(&head, row, arena, &object, err));
    DX_TRY(dx_article_from_object(&object, options, arena, out, err));
    out->from.extractor = NULL; /* the type's name */
    return DX_OK;
}

/* ---- the types ---- */

static dx_status find_csv_head(dx_byte_stream *in,
    const dx_input_options *options, dx_arena *arena, dx_str *out,
    dx_error *err)
{
    return find_head(in, options, false, arena, out, err);
}

static dx_status find_tsv_head(dx_byte_stream *in,
    const dx_input_options *options, dx_arena *arena, dx_str *out,
    dx_error *err)
{
    return find_head(in, options, true, arena, out, err);
}

static dx_status cut_csv(dx_byte_stream *in, const dx_input_options *options,
    dx_record_each each, void *ctx, dx_error *err)
{
    return cut(in, options, false, each, ctx, err);
}

static dx_status cut_tsv(dx_byte_stream *in, const dx_input_options *options,
    dx_record_each each, void *ctx, dx_error *err)
{
    return cut(in, options, true, each, ctx, err);
}

const dx_source dx_source_csv = {
    .name = "csv",
    .extensions = {".csv"},
    .is_stream = true,
    .head = find_csv_head,
    .cut = cut_csv,
    .read = read,
};

const dx_source dx_source_tsv = {
    .name = "tsv",
    .extensions = {".tsv", ".tab"},
    .is_stream = true,
    .head = find_tsv_head,
    .cut = cut_tsv,
    .read = read,
};
