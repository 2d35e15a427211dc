/* Judges how a table begins: its delimiter, its names, and whether it has articles. */
#include "indexer/input/tables/head.h"

#include <string.h>

#include "common/base/buf.h"
#include "common/index/field/input_name.h"
#include "indexer/input/chars/chars.h"

#define NO_DELIMITER '\x1F' /* a table of one column */
#define ROWS_LOOKED_AT 50u
#define TEXT_WORDS 15u /* that a column has on average, where its name does not tell */

/* ---- rows of the sample ---- */

typedef struct sample {
    dx_str bytes; /* from the first row on */
    bool is_all;
} sample;

/* The next whole row, without its line end; false: there is none. */
static bool next_row(const dx_dialect *d, sample *s, dx_str *row)
{
    dx_row_scan scan = {0};

    if (s->bytes.len == 0)
        return false;
    while (!dx_row_find_end(&scan, d, s->bytes, s->is_all))
        if (!scan.suspect)
            return false;
    *row = dx_row_trim(d, (dx_str){s->bytes.ptr, scan.at});
    s->bytes = dx_str_from_offset(s->bytes, scan.at);
    return true;
}

/* ---- names ---- */

/* The field that a column's name means; DX_FIELDS for none, which "Tên" is as well:
 * whatever a table is about has names. */
static dx_field field_of(dx_str name, const dx_input_options *options)
{
    unsigned which;
    dx_field field = dx_field_map_find(&options->map, name, &which);

    if (field != DX_FIELDS)
        return field;
    field = dx_field_of_input(name, &which);
    return field == DX_FIELD_TITLE && dx_field_is_weak_title(which) ? DX_FIELDS
                                                                    : field;
}

static size_t count_known(const dx_dialect *d, dx_str row,
    const dx_input_options *options)
{
    dx_row_rest rest = dx_row_values(d, row);
    dx_row_value value;
    size_t n = 0;

    while (dx_row_next(&rest, &value))
        n += field_of(value.raw, options) != DX_FIELDS;
    return n;
}

/* ---- the delimiter ---- */

typedef struct fit { /* of a delimiter to the sample */
    bool is_even; /* nearly all rows have as many values as the first one */
    size_t known, columns;
} fit;

static fit fit_of(const dx_dialect *d, sample s,
    const dx_input_options *options)
{
    dx_str row;
    fit f = {.columns = 0};
    size_t rows = 0, even = 0;

    if (!next_row(d, &s, &row))
        return f;
    f.columns = dx_row_count(d, row);
    f.known = count_known(d, row, options);
    while (rows < ROWS_LOOKED_AT && next_row(d, &s, &row)) {
        if (row.len == 0)
            continue;
        rows++;
        even += dx_row_count(d, row) == f.columns;
    }
    f.is_even = even * 5 >= rows * 4;
    return f;
}

static bool is_better(const fit *a, const fit *b)
{
    if (a->is_even != b->is_even)
        return a->is_even;
    return a->known != b->known ? a->known > b->known
                                : a->columns > b->columns;
}

static void find_delimiter(dx_dialect *d, const sample *s, bool is_tsv,
    const dx_input_options *options)
{
    static const char delimiters[] = {',', ';', '\t', '|'};
    fit best = {.columns = 0};
    char found = NO_DELIMITER;

    d->delimiter = '\t';
    if (is_tsv && fit_of(d, *s, options).columns > 1)
        return;
    for (size_t i = 0; i < sizeof delimiters; i++) {
        d->delimiter = delimiters[i];
        fit f = fit_of(d, *s, options);
        if (f.columns > 1 && (best.columns == 0 || is_better(&f, &best))) {
            best = f;
            found = delimiters[i];
        }
    }
    d->delimiter = found;
}

/* ---- quotes and backslashes of TSV ---- */

/* Excel quotes a value that has a quote, a tab or a line end in it; databases quote
 * nothing, so that a title may just begin with a quote. */
static bool has_quoted_values(const dx_dialect *d, sample s)
{
    dx_dialect quoted = *d;
    dx_str row;
    size_t lone = 0, quoted_values = 0;

    quoted.has_quotes = true;
    while (next_row(&quoted, &s, &row)) {
        dx_row_rest rest = dx_row_values(&quoted, row);
        for (dx_row_value v; dx_row_next(&rest, &v);) {
            const char *end = dx_str_end(v.raw), *q = v.raw.ptr;
            quoted_values += v.is_quoted;
            lone += !v.is_quoted && v.raw.len && *q == '"';
            while (v.is_quoted && q < end &&
                   (q = memchr(q, '"', (size_t)(end - q)))) {
                lone += q + 1 == end || q[1] != '"';
                q += 2;
            }
        }
    }
    return quoted_values > 0 && lone == 0;
}

/* Databases write a backslash as two: one in front of another letter is itself. */
static bool has_plain_backslashes(dx_str bytes)
{
    const char *end = dx_str_end(bytes), *p = bytes.ptr;

    while (p < end && (p = memchr(p, '\\', (size_t)(end - p)))) {
        if (p + 1 < end && !strchr("ntr0bfv\\N", p[1]))
            return true;
        p += 2;
    }
    return false;
}

/* ---- articles, or figures? ---- */

typedef struct column {
    dx_field field; /* DX_FIELDS: unknown */
    size_t filled, figures, words;
} column;

/* 1, "2,870", 12.5 %, 01/02/2024: digits and what stands among them. */
static bool is_figure(dx_str s)
{
    bool has_digit = false;

    for (size_t i = 0; i < s.len; i++) {
        has_digit |= dx_is_digit(s.ptr[i]);
        if (!dx_is_digit(s.ptr[i]) && !strchr(".,-+%/: ", s.ptr[i]))
            return false;
    }
    return has_digit;
}

static size_t count_words(dx_str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++)
        n += s.ptr[i] > ' ' || (unsigned char)s.ptr[i] >= 0x80
                 ? i == 0 || (unsigned char)s.ptr[i - 1] <= ' '
                 : 0;
    return n;
}

static void look_at_row(const dx_dialect *d, dx_str row, column *columns,
    size_t count)
{
    dx_row_rest rest = dx_row_values(d, row);
    dx_row_value v;

    for (size_t i = 0; i < count && dx_row_next(&rest, &v); i++) {
        dx_str text = dx_trim(v.raw);
        if (text.len == 0 || dx_row_is_null(&v))
            continue;
        columns[i].filled++;
        columns[i].figures += is_figure(text);
        columns[i].words += count_words(text);
    }
}

static size_t mean_words(const column *c)
{
    return c->filled ? c->words / c->filled : 0;
}

static bool is_mostly_figures(const column *c)
{
    return c->field == DX_FIELDS && c->filled > 0 &&
           c->figures * 5 >= c->filled * 4;
}

/* Statistics have names such as "Nội dung", too: figures beside short texts, which no
 * address and no date goes with, are no articles. Long texts are, under any name. */
static dx_table_kind kind_of(const column *columns, size_t count)
{
    bool has[DX_FIELDS + 1] = {false};
    size_t figures = 0, words = 0, most = 0;

    for (size_t i = 0; i < count; i++) {
        size_t mean = mean_words(&columns[i]);
        has[columns[i].field] = true;
        figures += is_mostly_figures(&columns[i]);
        words += columns[i].field < DX_TEXT_FIELDS ? mean : 0;
        most = mean > most ? mean : most;
    }
    if (!has[DX_FIELD_TITLE] && !has[DX_FIELD_LEAD] && !has[DX_FIELD_BODY])
        return most >= TEXT_WORDS ? DX_TABLE_ARTICLES : DX_TABLE_FIGURES;
    return figures * 2 > count && words < TEXT_WORDS && !has[DX_FIELD_URL] &&
                   !has[DX_FIELD_DATE]
               ? DX_TABLE_FIGURES
               : DX_TABLE_ARTICLES;
}

/* What the user has named is articles. */
static bool has_mapped_text(const dx_input_options *options, dx_str name)
{
    unsigned rank;

    return dx_field_map_find(&options->map, name, &rank) < DX_TEXT_FIELDS;
}

static dx_status find_kind(dx_table_head *head, sample rows,
    const dx_input_options *options, dx_arena *arena, dx_error *err)
{
    column *columns = dx_arena_calloc(arena, head->columns, sizeof *columns);
    dx_str names = head->names, row;
    bool is_mapped = false;

    if (!columns)
        return dx_fail_nomem(err);
    for (size_t i = 0; i < head->columns; i++) {
        dx_str name = dx_table_head_next(&names);
        is_mapped |= has_mapped_text(options, name);
        columns[i].field = field_of(name, options);
    }
    for (size_t n = 0;
         n < ROWS_LOOKED_AT && next_row(&head->dialect, &rows, &row); n++)
        look_at_row(&head->dialect, row, columns, head->columns);
    head->kind = is_mapped ? DX_TABLE_ARTICLES
                           : kind_of(columns, head->columns);
    return DX_OK;
}

/* ---- the first row ---- */

/* What ends the first line outside of quotes; lines within may end otherwise. */
static char line_end_of(dx_str bytes)
{
    const char *p = bytes.ptr, *end = dx_str_end(bytes);
    bool in_quotes = false;

    for (; p < end; p++) {
        if (*p == '"')
            in_quotes = !in_quotes &&
                        (p == bytes.ptr || strchr(" ,;\t|\"\xBF", p[-1]));
        else if (!in_quotes && *p == '\n')
            return '\n';
        else if (!in_quotes && *p == '\r')
            return p + 1 < end && p[1] == '\n' ? '\n' : '\r';
    }
    return '\n';
}

/* "sep=;", which Excel takes as the delimiter, and blank rows in front. */
static void skip_preamble(dx_dialect *d, sample *s, bool *is_said)
{
    sample after = *s;
    dx_str row;

    *is_said = false;
    while (next_row(d, &after, &row)) {
        if (row.len == 5 && memcmp(row.ptr, "sep=", 4) == 0) {
            d->delimiter = row.ptr[4];
            *is_said = true;
        } else if (dx_trim(row).len > 0) {
            break;
        }
        *s = after;
    }
}

static dx_status put_names(dx_table_head *head, dx_str row, dx_arena *arena,
    dx_error *err)
{
    dx_row_rest rest = dx_row_values(&head->dialect, row);
    dx_buf names;
    dx_status rc = DX_OK;

    dx_buf_init(&names, SIZE_MAX);
    for (dx_row_value v; rc == DX_OK && dx_row_next(&rest, &v);) {
        dx_str text, utf8;
        rc = dx_row_text(&head->dialect, &v, arena, &text, err);
        if (rc == DX_OK)
            rc = dx_charset_decode(head->charset, text, arena, &utf8, err);
        if (rc != DX_OK)
            break;
        utf8 = dx_trim(utf8);
        dx_buf_put(&names, utf8.ptr, strnlen(utf8.ptr, utf8.len));
        dx_buf_putc(&names, '\0');
        head->columns++;
    }
    head->names.len = names.len;
    head->names.ptr =
        dx_arena_strndup(arena, (const char *)names.data, names.len);
    if (rc == DX_OK && (names.status != DX_OK || !head->names.ptr))
        rc = dx_fail_nomem(err);
    dx_buf_free(&names);
    return rc;
}

dx_status dx_table_head_judge(dx_str bytes, bool is_all, bool is_tsv,
    const dx_input_options *options, dx_arena *arena, dx_table_head *head,
    dx_error *err)
{
    sample s = {bytes, is_all};
    dx_dialect *d = &head->dialect;
    bool is_said, has_row;
    size_t mark;
    dx_str row;

    *head = (dx_table_head){.dialect = {.has_quotes = true}};
    d->line_end = line_end_of(bytes);
    DX_TRY(dx_charset_detect(bytes, &head->charset, &mark, err));
    s.bytes = dx_str_from_offset(bytes, mark);
    d->has_quotes = !is_tsv;
    skip_preamble(d, &s, &is_said);
    if (!is_said)
        find_delimiter(d, &s, is_tsv, options);
    if (is_tsv) {
        d->has_quotes = d->delimiter != '\t' || has_quoted_values(d, s);
        d->has_backslashes =
            !d->has_quotes && !has_plain_backslashes(s.bytes);
    }
    has_row = next_row(d, &s, &row);
    if (!has_row || dx_row_count(d, row) > DX_TABLE_COLUMNS_MAX) {
        head->kind = dx_trim(s.bytes).len ? DX_TABLE_HEADLESS : DX_TABLE_EMPTY;
        return DX_OK;
    }
    head->bytes = bytes.len - s.bytes.len;
    DX_TRY(put_names(head, row, arena, err));
    return find_kind(head, s, options, arena, err);
}

/* ---- as bytes ---- */

#define FIXED_BYTES 5u
#define FLAG_QUOTES 1
#define FLAG_BACKSLASHES 2

dx_status dx_table_head_write(const dx_table_head *head, dx_arena *arena,
    dx_str *out, dx_error *err)
{
    const dx_dialect *d = &head->dialect;
    size_t len = FIXED_BYTES + head->names.len;
    char *p = dx_arena_alloc(arena, len);

    if (!p)
        return dx_fail_nomem(err);
    p[0] = (char)head->kind;
    p[1] = d->delimiter;
    p[2] = d->line_end;
    p[3] = (char)((d->has_quotes ? FLAG_QUOTES : 0) |
                  (d->has_backslashes ? FLAG_BACKSLASHES : 0));
    p[4] = (char)head->charset;
    if (head->names.len)
        memcpy(p + FIXED_BYTES, head->names.ptr, head->names.len);
    *out = (dx_str){p, len};
    return DX_OK;
}

dx_table_head dx_table_head_read(dx_str bytes)
{
    const char *p = bytes.ptr;

    if (bytes.len < FIXED_BYTES)
        return (dx_table_head){.kind = DX_TABLE_EMPTY};
    dx_table_head head = {.kind = (dx_table_kind)p[0],
        .dialect = {p[1], p[2], (p[3] & FLAG_QUOTES) != 0,
            (p[3] & FLAG_BACKSLASHES) != 0},
        .charset = (dx_charset)p[4],
        .names = dx_str_from_offset(bytes, FIXED_BYTES)};

    for (size_t i = 0; i < head.names.len; i++)
        head.columns += head.names.ptr[i] == '\0';
    return head;
}

dx_str dx_table_head_next(dx_str *names)
{
    size_t len = strnlen(names->ptr, names->len);
    dx_str name = {names->ptr, len};

    *names = dx_str_from_offset(*names, len < names->len ? len + 1 : len);
    return name;
}
