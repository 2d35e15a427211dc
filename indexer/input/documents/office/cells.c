/* Sheets to rows of cells. */
#include "indexer/input/documents/office/cells.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/documents/written.h"

#define SHARED_MAX_BYTES (256u << 20)
#define VALUE_MAX_BYTES (1u << 20) /* Excel allows 32,767 characters */

void dx_cells_init(dx_cells *c, dx_buf *text)
{
    *c = (dx_cells){.text = text};
    dx_buf_init(&c->shared, SHARED_MAX_BYTES);
    dx_buf_init(&c->value, VALUE_MAX_BYTES);
}

void dx_cells_free(dx_cells *c)
{
    dx_buf_free(&c->shared);
    dx_buf_free(&c->value);
    dx_free(c->starts);
    c->starts = NULL;
}

static bool is(const char *name, const char *local)
{
    return strcmp(dx_xml_local(name), local) == 0;
}

/* ---- the texts that are shared ---- */

static dx_status open_shared(void *ctx, const char *name,
    const char *const *attributes)
{
    dx_cells *c = ctx;
    void *starts = c->starts;

    (void)attributes;
    if (is(name, "rPh")) /* how it is pronounced */
        c->skipped++;
    c->is_value = is(name, "t") && !c->skipped;
    if (!is(name, "si"))
        return DX_OK;
    if (dx_grow(&starts, &c->cap, c->count + 1, sizeof *c->starts) != 0)
        return DX_ERR_NOMEM;
    c->starts = starts;
    c->starts[c->count++] = c->shared.len;
    return DX_OK;
}

static dx_status close_shared(void *ctx, const char *name)
{
    dx_cells *c = ctx;

    c->is_value = false;
    c->skipped -= c->skipped && is(name, "rPh");
    return DX_OK;
}

static dx_status take_shared(void *ctx, dx_str text)
{
    dx_cells *c = ctx;

    if (c->is_value)
        dx_buf_put_str(&c->shared, text);
    return c->shared.status;
}

dx_xml_reader dx_cells_shared_reader(dx_cells *c)
{
    return (dx_xml_reader){c, open_shared, close_shared, take_shared};
}

static dx_str shared_text(const dx_cells *c, const char *number)
{
    char *end;

    errno = 0;
    unsigned long long i = strtoull(number, &end, 10);
    if (errno || end == number || i >= c->count)
        return (dx_str){NULL, 0};
    size_t from = c->starts[i];
    size_t to = i + 1 < c->count ? c->starts[i + 1] : c->shared.len;
    if (from == to)
        return (dx_str){NULL, 0};
    return (dx_str){(const char *)c->shared.data + from, to - from};
}

/* ---- a sheet ---- */

static dx_status open_sheet(void *ctx, const char *name,
    const char *const *attributes)
{
    dx_cells *c = ctx;

    if (is(name, "c")) {
        const char *type = dx_xml_attribute(attributes, "t");
        c->is_shared = type && strcmp(type, "s") == 0;
        dx_buf_clear(&c->value);
    }
    c->is_value = is(name, "v") || is(name, "t");
    return DX_OK;
}

/* A text of several lines stays one cell. */
static void put_cell(dx_cells *c)
{
    dx_str text = {(const char *)c->value.data, c->value.len};

    if (c->is_shared)
        text = shared_text(c, dx_buf_cstr(&c->value));
    for (size_t i = 0; i < text.len; i++)
        dx_buf_putc(c->text, (unsigned char)text.ptr[i] < ' ' ? ' '
                                                              : text.ptr[i]);
    dx_buf_putc(c->text, DX_WRITTEN_CELL);
}

static dx_status close_sheet(void *ctx, const char *name)
{
    dx_cells *c = ctx;

    c->is_value = false;
    if (is(name, "c"))
        put_cell(c);
    else if (is(name, "row"))
        dx_buf_putc(c->text, DX_WRITTEN_ROW);
    return c->text->status;
}

static dx_status take_sheet(void *ctx, dx_str text)
{
    dx_cells *c = ctx;

    if (c->is_value)
        dx_buf_put_str(&c->value, text);
    return c->value.status;
}

dx_xml_reader dx_cells_sheet_reader(dx_cells *c)
{
    return (dx_xml_reader){c, open_sheet, close_sheet, take_sheet};
}

/* ---- figures or sentences ---- */

#define SENTENCE_WORDS 20u /* in a cell among others … */
#define LINE_WORDS 8u      /* … and in one that has the row to itself */

static size_t count_words(dx_str s)
{
    size_t words = 0;
    bool inside = false;

    for (size_t i = 0; i < s.len; i++) {
        bool blank = (unsigned char)s.ptr[i] <= ' ';
        words += !blank && !inside;
        inside = !blank;
    }
    return words;
}

static dx_str next(dx_str *rest, char end)
{
    const char *at = rest->len ? memchr(rest->ptr, end, rest->len) : NULL;
    size_t n = at ? (size_t)(at - rest->ptr) : rest->len;
    dx_str found = {rest->ptr, n};

    *rest = dx_str_from_offset(*rest, at ? n + 1 : n);
    return found;
}

bool dx_cells_are_table(dx_str text)
{
    size_t all = 0, prose = 0;

    while (text.len) {
        dx_str row = next(&text, DX_WRITTEN_ROW);
        size_t words = count_words(row), in_cells = 0, long_ones = 0;
        for (size_t n; row.len; long_ones += n >= SENTENCE_WORDS ? n : 0) {
            n = count_words(next(&row, DX_WRITTEN_CELL));
            in_cells = n > in_cells ? n : in_cells;
        }
        bool is_alone = in_cells == words && words >= LINE_WORDS;
        prose += is_alone ? words : long_ones;
        all += words;
    }
    return prose * 2 < all;
}
