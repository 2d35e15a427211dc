/* Finds the ends of rows, and takes rows apart. */
#include "indexer/input/tables/rows.h"

#include <string.h>

static const char *find(const char *from, const char *end, char what)
{
    return from < end ? memchr(from, what, (size_t)(end - from)) : NULL;
}

/* ---- quotes ---- */

/* Whether the quote at `q` is the first character of a value of the row that
 * starts at `start`. */
static bool opens(const dx_dialect *d, const char *start, const char *q)
{
    while (q > start && q[-1] == ' ')
        q--;
    return q == start || q[-1] == d->delimiter;
}

/* Whether backslashes in front of `p` make it a plain character. */
static bool is_escaped(const dx_dialect *d, const char *start, const char *p)
{
    size_t n = 0;

    while (d->has_backslashes && p > start && p[-1] == '\\') {
        p--;
        n++;
    }
    return n % 2 == 1;
}

typedef enum quote { CLOSES, DOUBLED, LONE, UNDECIDED } quote;

/* What the quote at `q` within a quoted value is. */
static quote kind_of(const dx_dialect *d, const char *q, const char *end,
    bool is_all)
{
    const char *p = q + 1;

    if (p < end && *p == '"')
        return DOUBLED;
    while (p < end && *p == ' ')
        p++;
    if (p == end)
        return is_all ? CLOSES : UNDECIDED;
    if (*p == d->delimiter || *p == d->line_end)
        return CLOSES;
    if (*p == '\r')
        return p + 1 == end ? (is_all ? CLOSES : UNDECIDED)
                            : (p[1] == d->line_end ? CLOSES : LONE);
    return LONE;
}

/* ---- the end of a row ---- */

/* A quote like that of the next row's first quoted value, while this row's value
 * has not been closed. */
static bool is_suspect(const dx_row_scan *scan, const dx_dialect *d,
    dx_str bytes, const char *q)
{
    return scan->line > 0 && opens(d, bytes.ptr + scan->line, q);
}

/* Within quotes; true: they are closed. */
static bool leave_quotes(dx_row_scan *scan, const dx_dialect *d, dx_str bytes,
    bool is_all)
{
    const char *end = dx_str_end(bytes), *p = bytes.ptr + scan->at;

    for (;;) {
        const char *q = find(p, end, '"');
        for (const char *l; (l = find(p, q ? q : end, d->line_end)); p = l + 1)
            scan->line = (size_t)(l + 1 - bytes.ptr);
        scan->at = (size_t)((q ? q : end) - bytes.ptr);
        if (!q)
            return false;
        quote kind = is_escaped(d, bytes.ptr, q) ? LONE
                                                 : kind_of(d, q, end, is_all);
        if (kind == UNDECIDED)
            return false;
        p = q + (kind == DOUBLED ? 2 : 1);
        scan->at = (size_t)(p - bytes.ptr);
        if (kind == CLOSES)
            return true;
        if (kind == LONE && is_suspect(scan, d, bytes, q)) {
            scan->suspect = scan->line;
            return false;
        }
    }
}

/* Outside of quotes; true: the row ends, or a quote opens. */
static bool leave_plain(dx_row_scan *scan, const dx_dialect *d, dx_str bytes)
{
    const char *end = dx_str_end(bytes), *p = bytes.ptr + scan->at;
    const char *l = find(p, end, d->line_end), *q = NULL;

    while (l && is_escaped(d, bytes.ptr, l))
        l = find(l + 1, end, d->line_end);
    for (const char *stop = l ? l : end;
         d->has_quotes && (q = find(p, stop, '"')); p = q + 1)
        if (opens(d, bytes.ptr, q))
            break;
    scan->in_quotes = q != NULL;
    scan->at = (size_t)((q ? q + 1 : l ? l + 1 : end) - bytes.ptr);
    return q || l;
}

bool dx_row_find_end(dx_row_scan *scan, const dx_dialect *d, dx_str bytes,
    bool is_all)
{
    scan->suspect = 0;
    for (;;) {
        if (scan->in_quotes) {
            if (!leave_quotes(scan, d, bytes, is_all))
                return false;
            scan->in_quotes = false;
        }
        if (!leave_plain(scan, d, bytes))
            return is_all;
        if (!scan->in_quotes)
            return true;
    }
}

dx_str dx_row_trim(const dx_dialect *d, dx_str row)
{
    if (row.len && row.ptr[row.len - 1] == d->line_end)
        row.len--;
    if (row.len && row.ptr[row.len - 1] == '\r')
        row.len--;
    return row;
}

/* ---- values ---- */

dx_row_rest dx_row_values(const dx_dialect *d, dx_str row)
{
    return (dx_row_rest){d, row.ptr ? row : DX_STR_LIT("")};
}

/* The quote that closes the value whose first character is at `p`, or NULL. */
static const char *closing_quote(const dx_dialect *d, const char *p,
    const char *end)
{
    const char *start = p;

    while ((p = find(p, end, '"'))) {
        quote kind = is_escaped(d, start, p) ? LONE : kind_of(d, p, end, true);
        if (kind == CLOSES)
            return p;
        p += kind == DOUBLED ? 2 : 1;
    }
    return NULL;
}

static const char *skip_blanks(const char *p, const char *end)
{
    while (p < end && *p == ' ')
        p++;
    return p;
}

bool dx_row_next(dx_row_rest *rest, dx_row_value *out)
{
    const dx_dialect *d = rest->dialect;
    const char *p = rest->bytes.ptr, *end = dx_str_end(rest->bytes);

    if (!p)
        return false;
    const char *first = skip_blanks(p, end), *close = NULL;
    if (d->has_quotes && first < end && *first == '"')
        close = closing_quote(d, first + 1, end);
    const char *stop = find(close ? close + 1 : p, end, d->delimiter);
    while (!close && stop && is_escaped(d, p, stop))
        stop = find(stop + 1, end, d->delimiter);
    out->is_quoted = close != NULL;
    out->raw = close ? (dx_str){first + 1, (size_t)(close - first - 1)}
                     : (dx_str){p, (size_t)((stop ? stop : end) - p)};
    rest->bytes = stop ? (dx_str){stop + 1, (size_t)(end - stop - 1)}
                       : (dx_str){NULL, 0};
    return true;
}

size_t dx_row_count(const dx_dialect *d, dx_str row)
{
    dx_row_rest rest = dx_row_values(d, row);
    dx_row_value value;
    size_t n = 0;

    while (dx_row_next(&rest, &value))
        n++;
    return n;
}

bool dx_row_is_null(const dx_row_value *value)
{
    return !value->is_quoted && (dx_str_eq(value->raw, DX_STR_LIT("NULL")) ||
                                    dx_str_eq(value->raw, DX_STR_LIT("\\N")));
}

static char unescaped(char c)
{
    switch (c) {
    case 'n': return '\n';
    case 't': return '\t';
    case 'r': return '\r';
    case 'b':
    case 'f':
    case 'v':
    case '0': return ' '; /* control characters are no text */
    default: return c;
    }
}

dx_status dx_row_text(const dx_dialect *d, const dx_row_value *value,
    dx_arena *arena, dx_str *out, dx_error *err)
{
    dx_str raw = value->raw;
    char *text = dx_arena_strndup(arena, raw.ptr, raw.len);
    size_t n = 0;

    if (!text)
        return dx_fail_nomem(err);
    bool is_plain = !(value->is_quoted && find(raw.ptr, dx_str_end(raw), '"')) &&
                    !(d->has_backslashes && find(raw.ptr, dx_str_end(raw), '\\'));
    for (size_t i = 0; !is_plain && i < raw.len; i++) {
        char c = raw.ptr[i];
        bool has_next = i + 1 < raw.len;
        if (d->has_backslashes && c == '\\' && has_next)
            c = unescaped(raw.ptr[++i]);
        else if (value->is_quoted && c == '"' && has_next &&
                 raw.ptr[i + 1] == '"')
            i++;
        text[n++] = c;
    }
    if (!is_plain)
        text[n] = '\0';
    *out = (dx_str){text, is_plain ? raw.len : n};
    return DX_OK;
}
