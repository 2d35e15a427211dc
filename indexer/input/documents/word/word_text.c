/* Pieces of a Word file to text. */
#include "indexer/input/documents/word/word_text.h"

#include "common/base/bytes.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/documents/code_page.h"
#include "indexer/input/documents/written.h"

/* Offsets in the file's information block, of Word 97 on and of those before. */
enum { IDENT = 0, FORMAT = 2, FLAGS = 10, TEXT_START = 24 };
enum { LENGTH_97 = 0x4C, PIECES_97 = 0x1A2 };
enum { LENGTH_6 = 0x34, PIECES_6 = 0x160 };
#define IDENT_97 0xA5ECu
#define IDENT_6 0xA5DCu
#define FORMAT_97 0xC1u
#define IS_COMPLEX 0x0004u
#define IS_ENCRYPTED 0x0100u
#define TABLE_1 0x0200u
#define ONE_BYTE 0x40000000u /* of where a piece lies */
#define FIELDS_MAX 32u       /* within one another */

typedef struct reader {
    dx_str file; /* the stream WordDocument */
    dx_buf *text;
    bool hidden[FIELDS_MAX]; /* in each open field: what it is made of */
    unsigned fields;
    unsigned cell_marks; /* that came in a row */
    uint32_t high;       /* half a character beyond U+FFFF, or 0 */
    bool is_wide; /* some of its letters have two bytes */
} reader;

static uint32_t number(dx_str s, size_t at)
{
    return at + 4 <= s.len ? dx_load_u32((const uint8_t *)s.ptr + at) : 0;
}

static unsigned half(dx_str s, size_t at)
{
    return at + 2 <= s.len ? dx_load_u16((const uint8_t *)s.ptr + at) : 0;
}

/* ---- letters and marks ---- */

static bool is_hidden(const reader *r)
{
    for (unsigned i = 0; i < r->fields && i < FIELDS_MAX; i++)
        if (r->hidden[i])
            return true;
    return false;
}

static void open_field(reader *r)
{
    if (r->fields < FIELDS_MAX)
        r->hidden[r->fields] = true;
    r->fields++;
}

/* From here on it is what the field shows. */
static void show_field(reader *r)
{
    if (r->fields > 0 && r->fields <= FIELDS_MAX)
        r->hidden[r->fields - 1] = false;
}

/* A mark ends a cell, a second one the row. */
static void end_cells(reader *r)
{
    if (r->cell_marks)
        dx_buf_putc(r->text,
            r->cell_marks == 1 ? DX_WRITTEN_CELL : DX_WRITTEN_ROW);
    r->cell_marks = 0;
}

/* What is written for it, or 0: many marks stand for things that are no text. */
static uint32_t letter_of(uint32_t c)
{
    switch (c) {
    case '\r':
        return '\n';
    case '\t':
    case '\v':
    case '\f':
        return c;
    case 0x0E: /* a column's end */
        return '\n';
    case 0x1E:
        return '-';
    case 0xA0:
        return ' ';
    default:
        return c >= ' ' ? c : 0;
    }
}

static void put(reader *r, uint32_t c)
{
    char bytes[4];

    if (c >= 0xDC00 && c < 0xE000 && r->high)
        c = 0x10000 + ((r->high & 0x3FF) << 10) + (c & 0x3FF);
    r->high = c >= 0xD800 && c < 0xDC00 ? c : 0;
    c = c >= 0xD800 && c < 0xE000 ? 0 : letter_of(c);
    if (!c || is_hidden(r))
        return;
    end_cells(r);
    dx_buf_put(r->text, bytes, dx_char_put(bytes, c));
}

static void take(reader *r, uint32_t c)
{
    if (c == 0x13)
        open_field(r);
    else if (c == 0x14)
        show_field(r);
    else if (c == 0x15)
        r->fields -= r->fields > 0;
    else if (c == 0x07)
        r->cell_marks++;
    else
        put(r, c);
}

/* `count` letters from byte `at` on, as far as the file goes. */
static void read_letters(reader *r, uint64_t at, uint32_t count, bool one_byte)
{
    r->is_wide |= count && !one_byte;
    for (; count && r->text->status == DX_OK; count--) {
        if (at + (one_byte ? 1 : 2) > r->file.len)
            return;
        take(r, one_byte ? dx_code_page_char(1252,
                               (unsigned char)r->file.ptr[at])
                         : half(r->file, (size_t)at));
        at += one_byte ? 1 : 2;
    }
}

/* ---- pieces ---- */

/* The table of pieces in what the file has of the text's order: behind changes of
 * format, which are passed over. */
static dx_str find_pieces(dx_str order)
{
    while (order.len >= 5 && order.ptr[0] == 1) {
        size_t n = 3 + (size_t)half(order, 1);
        if (n > order.len)
            break;
        order = dx_str_from_offset(order, n);
    }
    if (order.len < 5 || order.ptr[0] != 2)
        return (dx_str){NULL, 0};
    size_t n = number(order, 1);
    order = dx_str_from_offset(order, 5);
    order.len = n < order.len ? n : order.len;
    return order;
}

/* Letter numbers where pieces begin, one more than there are pieces, and 8 bytes for
 * each piece. */
static void read_pieces(reader *r, dx_str table, uint32_t letters, bool is_97)
{
    size_t count = table.len >= 4 ? (table.len - 4) / 12 : 0;

    for (size_t i = 0; i < count; i++) {
        uint32_t from = number(table, 4 * i), to = number(table, 4 * i + 4);
        uint32_t at = number(table, 4 * (count + 1) + 8 * i + 2);
        bool one_byte = !is_97 || (at & ONE_BYTE);
        if (to > letters)
            to = letters;
        if (to <= from)
            continue;
        if (is_97 && one_byte)
            at = (at & ~ONE_BYTE) / 2;
        read_letters(r, at, to - from, one_byte);
    }
}

static dx_str part(dx_str s, uint32_t at, uint32_t len)
{
    if (at > s.len)
        return (dx_str){NULL, 0};
    s = dx_str_from_offset(s, at);
    return (dx_str){s.ptr, len < s.len ? len : s.len};
}

static dx_status read_97(reader *r, dx_compound *c, dx_error *err)
{
    dx_str table, file = r->file;
    const char *name = half(file, FLAGS) & TABLE_1 ? "1Table" : "0Table";

    DX_TRY(dx_compound_stream(c, name, &table, err));
    read_pieces(r,
        find_pieces(part(table, number(file, PIECES_97),
            number(file, PIECES_97 + 4))),
        number(file, LENGTH_97), true);
    return DX_OK;
}

static void read_6(reader *r)
{
    dx_str file = r->file;
    uint32_t letters = number(file, LENGTH_6);

    if (half(file, FLAGS) & IS_COMPLEX)
        read_pieces(r,
            find_pieces(part(file, number(file, PIECES_6),
                number(file, PIECES_6 + 4))),
            letters, false);
    else
        read_letters(r, number(file, TEXT_START), letters, true);
}

static dx_status fail_foreign(dx_compound *c, dx_error *err)
{
    static const struct {
        const char *stream, *why;
    } others[] = {
        {"Workbook", "an old Excel file; save it as .xlsx"},
        {"Book", "an old Excel file; save it as .xlsx"},
        {"PowerPoint Document", "an old PowerPoint file; save it as .pdf"},
        {"EncryptedPackage", "it needs a password; save it without one"},
    };
    dx_str s;

    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        DX_TRY(dx_compound_stream(c, others[i].stream, &s, err));
        if (s.len)
            return dx_fail(err, DX_ERR_FORMAT, "%s", others[i].why);
    }
    return dx_fail(err, DX_ERR_FORMAT, "no Word, Excel or PowerPoint document in it");
}

dx_status dx_word_text(dx_compound *file, dx_buf *text, const char **encoding,
    dx_error *err)
{
    reader r = {.text = text};

    DX_TRY(dx_compound_stream(file, "WordDocument", &r.file, err));
    unsigned ident = half(r.file, IDENT);
    if (ident != IDENT_97 && ident != IDENT_6)
        return fail_foreign(file, err);
    if (half(r.file, FLAGS) & IS_ENCRYPTED)
        return dx_fail(err, DX_ERR_FORMAT,
            "it needs a password; save it without one");
    if (half(r.file, FORMAT) >= FORMAT_97)
        DX_TRY(read_97(&r, file, err));
    else
        read_6(&r);
    end_cells(&r);
    *encoding = r.is_wide ? "UTF-16" : "windows-1252";
    if (text->status == DX_ERR_LIMIT)
        return dx_fail(err, DX_ERR_LIMIT, "more than %zu MiB of text",
            text->max >> 20);
    return text->status == DX_OK ? DX_OK : dx_fail_nomem(err);
}
