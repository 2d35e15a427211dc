/* Cuts a table into rows, and finds the next one behind a damaged one. */
#include "indexer/input/tables/cutting.h"

#include <string.h>

#include "indexer/input/chars/chars.h"

#define FIT_MAX_BYTES (1u << 20)     /* of a row that cutting goes on with */
#define LOOKED_AT_MAX_BYTES (256u << 20) /* while one is looked for, in all */
#define KEPT_BYTES 8u /* of what is passed over: what is behind looks back at it */

typedef struct cutter {
    dx_byte_stream *in;
    dx_table_head head;
    dx_str bytes; /* at hand: from the beginning of the row on */
    uint64_t looked_at;
} cutter;

/* More bytes behind those at hand. */
static dx_status load(cutter *c, dx_error *err)
{
    return dx_byte_stream_ahead(c->in, c->bytes.len + 1, &c->bytes, err);
}

/* ---- going on behind a damaged row ---- */

/* Prose has a blank behind its commas. */
static bool has_value_after_blank(const dx_dialect *d, dx_str row)
{
    dx_row_rest rest = dx_row_values(d, row);

    for (dx_row_value v; dx_row_next(&rest, &v);)
        if (!v.is_quoted && v.raw.len > 1 && v.raw.ptr[0] == ' ')
            return true;
    return false;
}

/* Whether a row begins at `from` that has a value for each column. */
static dx_status fits(cutter *c, size_t from, bool *does, dx_error *err)
{
    const dx_dialect *d = &c->head.dialect;
    dx_row_scan scan = {0};

    *does = false;
    while (c->looked_at < LOOKED_AT_MAX_BYTES) {
        dx_str bytes = dx_str_from_offset(c->bytes, from);
        size_t before = scan.at;
        bool has_end = dx_row_find_end(&scan, d, bytes,
            dx_byte_stream_is_at_end(c->in));
        c->looked_at += scan.at - before + 1;
        if (has_end) {
            dx_str row = dx_row_trim(d, (dx_str){bytes.ptr, scan.at});
            *does = dx_row_count(d, row) == c->head.columns &&
                    !has_value_after_blank(d, row);
            return DX_OK;
        }
        if (scan.suspect || bytes.len > FIT_MAX_BYTES ||
            dx_byte_stream_is_at_end(c->in))
            return DX_OK;
        DX_TRY(load(c, err));
    }
    return DX_OK;
}

/* The first line behind the first one, and before `limit`, that is a row; 0: none. */
static dx_status find_next(cutter *c, size_t limit, size_t *next, dx_error *err)
{
    const char line_end = c->head.dialect.line_end;

    *next = 0;
    if (c->head.columns < 2)
        return DX_OK;
    for (size_t at = 0; at < limit;) {
        const char *p = memchr(c->bytes.ptr + at, line_end, limit - at);
        bool does;
        at = p ? (size_t)(p - c->bytes.ptr) + 1 : limit;
        if (at == limit)
            return DX_OK;
        DX_TRY(fits(c, at, &does, err));
        if (does) {
            *next = at;
            return DX_OK;
        }
    }
    return DX_OK;
}

/* ---- a row ---- */

typedef enum found { ROW, END, UNCLOSED, TOO_LONG } found;

/* Whether the line at `suspect` is a row, and so the one at hand is damaged. */
static dx_status check_suspect(cutter *c, size_t suspect, size_t *len,
    dx_error *err)
{
    bool does;

    *len = 0;
    c->looked_at = 0;
    if (suspect >= DX_TABLE_ROW_MAX_BYTES || c->head.columns < 2)
        return DX_OK;
    DX_TRY(fits(c, suspect, &does, err));
    return does ? find_next(c, suspect + 1, len, err) : DX_OK;
}

/* Takes the rest of a row that is too long to be kept. */
static dx_status pass_over(cutter *c, dx_row_scan *scan, dx_error *err)
{
    for (;;) {
        size_t passed = scan->at > KEPT_BYTES ? scan->at - KEPT_BYTES : 0;
        dx_byte_stream_take(c->in, passed, false);
        scan->at -= passed;
        scan->line = 0;
        c->bytes.len -= passed;
        DX_TRY(load(c, err));
        bool is_all = dx_byte_stream_is_at_end(c->in);
        bool has_end =
            dx_row_find_end(scan, &c->head.dialect, c->bytes, is_all);
        if (has_end || is_all) {
            c->bytes.len = has_end ? scan->at : c->bytes.len;
            return DX_OK;
        }
    }
}

/* The row's bytes, or those to leave out, begin c->bytes; *len are so many. */
static dx_status find_row(cutter *c, found *what, size_t *len, dx_error *err)
{
    dx_row_scan scan = {0};

    c->bytes.len = 0;
    for (;;) {
        DX_TRY(load(c, err));
        bool is_all = dx_byte_stream_is_at_end(c->in);
        if (is_all && c->bytes.len == 0) {
            *what = END;
            return DX_OK;
        }
        bool has_end;
        while (!(has_end = dx_row_find_end(&scan, &c->head.dialect, c->bytes,
                     is_all)) &&
               scan.suspect) {
            *what = UNCLOSED;
            DX_TRY(check_suspect(c, scan.suspect, len, err));
            if (*len)
                return DX_OK;
            is_all = dx_byte_stream_is_at_end(c->in);
        }
        bool is_long = (has_end ? scan.at : c->bytes.len) > DX_TABLE_ROW_MAX_BYTES;
        *what = is_long ? TOO_LONG : has_end ? ROW : UNCLOSED;
        *len = has_end ? scan.at : c->bytes.len;
        if (has_end)
            return DX_OK;
        if (!is_long && !is_all)
            continue;
        c->looked_at = 0;
        DX_TRY(find_next(c, is_long ? DX_TABLE_ROW_MAX_BYTES : c->bytes.len, len,
            err));
        if (*len) {
            *what = UNCLOSED;
            return DX_OK;
        }
        if (is_long)
            DX_TRY(pass_over(c, &scan, err));
        *len = c->bytes.len;
        return DX_OK;
    }
}

static bool is_blank(const cutter *c, dx_str row)
{
    for (size_t i = 0; i < row.len; i++)
        if (row.ptr[i] != c->head.dialect.delimiter &&
            !strchr(" \t\r\n", row.ptr[i]))
            return false;
    return true;
}

dx_status dx_table_cut(dx_byte_stream *in, dx_str head, uint64_t number,
    dx_record_each each, void *ctx, dx_error *err)
{
    cutter c = {.in = in, .head = dx_table_head_read(head)};
    dx_record record = {.head = head, .number = number};
    dx_error too_long;
    found what;
    size_t len;

    (void)dx_fail(&too_long, DX_ERR_LIMIT, "a row of more than %u MiB",
        DX_TABLE_ROW_MAX_BYTES >> 20);
    for (;;) {
        DX_TRY(find_row(&c, &what, &len, err));
        if (what == END)
            return DX_OK;
        dx_str row = {c.bytes.ptr, len};
        bool has_ended =
            row.ptr && len && row.ptr[len - 1] == c.head.dialect.line_end;
        dx_byte_stream_take(in, len, has_ended);
        record.number++;
        record.bytes = dx_row_trim(&c.head.dialect, row);
        record.fault = what == TOO_LONG ? too_long.msg
                       : what == UNCLOSED
                           ? "a quote that opens a value of this row is not closed"
                           : NULL;
        if (record.fault)
            record.bytes = (dx_str){NULL, 0};
        if (record.fault || !is_blank(&c, record.bytes))
            DX_TRY(each(ctx, &record));
    }
}
