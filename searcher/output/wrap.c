/* Breaks text into lines for a terminal, and makes it safe to show there. */
#include "searcher/output/wrap.h"

#include <string.h>

#include "common/text/utf8.h"

#define REPLACEMENT "\xEF\xBF\xBD"

typedef struct piece { /* what a line is not broken within */
    const char *ptr, *end;
    unsigned columns;
    bool plain; /* to be copied as it is */
} piece;

typedef enum kind { BLANK, MARK_OPEN, MARK_CLOSE, DROPPED, BAD, TEXT } kind;

/* Direction overrides and isolates: text could be made to show as another. */
static bool is_direction(uint32_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/* Bytes of the character at `p` if it is most of a text, and takes one column:
 * ASCII that is no blank, or a letter beyond it that Vietnamese is written in, or
 * one of their neighbours (U+00C0..01BF, U+1E80..1EFF). Else 0. */
static inline size_t plain_bytes(const char *p, const char *end)
{
    unsigned char a = (unsigned char)p[0];

    if (a > ' ' && a < 0x7F)
        return 1;
    if (a < 0xC3 || end - p < 2)
        return 0;
    unsigned char b = (unsigned char)p[1];
    if (a <= 0xC6 && (b & 0xC0) == 0x80)
        return 2;
    if (a == 0xE1 && (b & 0xFE) == 0xBA && end - p > 2 &&
        ((unsigned char)p[2] & 0xC0) == 0x80)
        return 3;
    return 0;
}

/* What is at `p`; its bytes in *len and its columns in *columns. */
static kind look(const char *p, const char *end, size_t *len, unsigned *columns,
    bool *ideograph)
{
    uint32_t c;

    *columns = 0;
    *ideograph = false;
    if (*p == ' ') {
        *len = 1;
        return BLANK;
    }
    *len = plain_bytes(p, end);
    if (*len > 0) {
        *columns = 1;
        return TEXT;
    }
    *len = dx_utf8_decode(p, end, &c);
    if (*len == 0) {
        *len = *columns = 1;
        return BAD;
    }
    if (c >= '\t' && c <= '\r')
        return BLANK;
    if (c == (unsigned char)*DX_WRAP_MARK_OPEN)
        return MARK_OPEN;
    if (c == (unsigned char)*DX_WRAP_MARK_CLOSE)
        return MARK_CLOSE;
    if (is_direction(c))
        return DROPPED;
    if (c < 0x20 || (c >= 0x7F && c < 0xA0)) {
        *columns = 1;
        return BAD;
    }
    *columns = dx_char_columns(c);
    *ideograph = c >= 0x3040 && dx_char_class_of(c) == DX_CHAR_IDEOGRAPH;
    return TEXT;
}

static piece next_piece(const char *p, const char *end)
{
    piece out = {p, p, 0, true};
    bool has_text = false;

    while (out.end < end) {
        size_t len;
        unsigned columns;
        bool ideograph;
        for (; out.end < end && (len = plain_bytes(out.end, end)) > 0;
             out.columns++) {
            out.end += len;
            has_text = true;
        }
        if (out.end == end)
            break;
        kind k = look(out.end, end, &len, &columns, &ideograph);
        if (k == BLANK || (ideograph && has_text))
            break;
        out.end += len;
        out.columns += columns;
        has_text = has_text || k == TEXT;
        out.plain = out.plain && k == TEXT;
    }
    return out;
}

static void put_piece(dx_wrap *w, piece word, bool *is_marked)
{
    w->column += word.columns;
    if (word.plain) {
        dx_buf_put(w->out, word.ptr, (size_t)(word.end - word.ptr));
        return;
    }
    for (const char *p = word.ptr; p < word.end;) {
        size_t len;
        unsigned columns;
        bool ideograph;
        switch (look(p, word.end, &len, &columns, &ideograph)) {
        case MARK_OPEN:
            dx_buf_puts(w->out, w->marked);
            *is_marked = true;
            break;
        case MARK_CLOSE:
            dx_buf_puts(w->out, w->reset);
            dx_buf_puts(w->out, w->style);
            *is_marked = false;
            break;
        case BAD:
            dx_buf_puts(w->out, REPLACEMENT);
            break;
        case TEXT:
            dx_buf_put(w->out, p, len);
            break;
        case BLANK:
        case DROPPED:
            break;
        }
        p += len;
    }
}

static void end_style(dx_wrap *w, bool is_marked)
{
    if (is_marked || *w->style)
        dx_buf_puts(w->out, w->reset);
}

/* Colours end with a line and begin again on the next, because pagers show
 * line by line. */
static void break_line(dx_wrap *w, bool is_marked)
{
    end_style(w, is_marked);
    dx_buf_putc(w->out, '\n');
    for (unsigned i = 0; i < w->indent; i++)
        dx_buf_putc(w->out, ' ');
    dx_buf_puts(w->out, is_marked ? w->marked : w->style);
    w->column = w->indent;
}

void dx_wrap_put(dx_wrap *w, const char *text)
{
    const char *end = text + strlen(text);
    bool is_marked = false;

    dx_buf_puts(w->out, w->style);
    while (text < end) {
        size_t len;
        unsigned columns;
        bool ideograph;
        if (look(text, end, &len, &columns, &ideograph) == BLANK) {
            w->blank = true;
            text += len;
            continue;
        }
        piece word = next_piece(text, end);
        if (w->column > w->indent &&
            w->column + w->blank + word.columns > w->width) {
            break_line(w, is_marked);
        } else if (w->blank && w->column > w->indent) {
            dx_buf_putc(w->out, ' ');
            w->column++;
        }
        put_piece(w, word, &is_marked);
        text = word.end;
        w->blank = false;
    }
    end_style(w, is_marked);
}

void dx_wrap_end(dx_wrap *w)
{
    dx_buf_putc(w->out, '\n');
    w->column = 0;
    w->blank = false;
}

void dx_wrap_put_clean(dx_buf *out, const char *text)
{
    dx_wrap w = {.out = out, .width = ~0u, .style = "", .marked = "",
        .reset = ""};

    dx_wrap_put(&w, text);
}
