/* Text of word processors to clean lines. */
#include "indexer/input/documents/written.h"

#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/clean.h"
#include "indexer/input/chars/repair.h"

typedef struct writer {
    char *text; /* in the arena, room for all */
    size_t len, line; /* where the line begins that is being written */
    bool after_blank; /* the one before it was empty */
} writer;

/* Adds to the line that is being written. */
static dx_status put(writer *w, dx_str raw, dx_arena *arena, dx_error *err)
{
    dx_str part;

    DX_TRY(dx_clean(raw, DX_CLEAN_LINE, arena, &part, err));
    if (part.len == 0)
        return DX_OK;
    if (w->len > w->line) {
        w->text[w->len++] = ' ';
    } else if (w->after_blank && w->len) {
        w->text[w->len++] = '\n';
        w->line = w->len;
    }
    memcpy(w->text + w->len, part.ptr, part.len);
    w->len += part.len;
    return DX_OK;
}

static void end_line(writer *w)
{
    w->after_blank = w->len == w->line;
    if (!w->after_blank)
        w->text[w->len++] = '\n';
    w->line = w->len;
}

/* Up to one of `ends`, which becomes *by; *rest goes on behind it. */
static dx_str next(dx_str *rest, const char *ends, char *by)
{
    size_t n = 0;

    while (n < rest->len && (!rest->ptr[n] || !strchr(ends, rest->ptr[n])))
        n++;
    dx_str found = {rest->ptr, n};
    *by = n < rest->len ? rest->ptr[n] : '\0';
    *rest = dx_str_from_offset(*rest, n + (n < rest->len));
    return found;
}

static const char cell_end[] = {DX_WRITTEN_CELL, '\0'};
static const char line_ends[] = {'\n', '\v', '\f', DX_WRITTEN_ROW, '\0'};

/* Whether a row is one of a letterhead, though its cells are single lines. */
static bool is_letterhead(dx_str row)
{
    static const char *const marks[] = {"cộng hòa xã hội", "cộng hoà xã hội",
        "độc lập", "số:"};
    char by;

    while (row.len) {
        dx_str cell = dx_trim(next(&row, cell_end, &by));
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
            if (dx_starts_with(cell, marks[i]))
                return true;
    }
    return false;
}

/* Cells of a row of single lines are one line; others a line each. */
static dx_status put_cells(writer *w, dx_str cells, bool is_row, dx_arena *arena,
    dx_error *err)
{
    char by;

    while (cells.len) {
        DX_TRY(put(w, next(&cells, cell_end, &by), arena, err));
        if (!is_row)
            end_line(w);
    }
    return DX_OK;
}

dx_status dx_written_read(dx_str text, dx_arena *arena, dx_str *out,
    const char **encoding, dx_error *err)
{
    writer w = {0};
    char by;

    /* Before single lines are looked at: it takes some words to be sure. */
    DX_TRY(dx_repair(text, arena, &text, encoding, err));
    w.text = dx_arena_alloc(arena, 2 * text.len + 2);
    if (!w.text)
        return dx_fail_nomem(err);
    while (text.len) {
        dx_str line = next(&text, line_ends, &by);
        bool is_row = by == DX_WRITTEN_ROW && !is_letterhead(line);
        DX_TRY(put_cells(&w, line, is_row, arena, err));
        if (is_row || line.len == 0)
            end_line(&w);
    }
    *out = (dx_str){w.text, w.len};
    return DX_OK;
}
