/* Markdown's marks, and those of OCR programs. */
#include "indexer/input/text/markdown.h"

#include <string.h>

#include "indexer/input/chars/chars.h"

/* "# Heading": 1 to 6 and a blank. */
static size_t heading_mark(dx_str s)
{
    size_t n = 0;

    while (n < s.len && n < 7 && s.ptr[n] == '#')
        n++;
    return n >= 1 && n <= 6 && n < s.len && s.ptr[n] == ' ' ? n + 1 : 0;
}

static bool is_line_of(dx_str s, const char *chars)
{
    for (size_t i = 0; i < s.len; i++)
        if (!strchr(chars, s.ptr[i]))
            return false;
    return s.len >= 3;
}

/* What an OCR program says about its own work. */
static bool is_ocr_note(dx_str s)
{
    static const char *const notes[] = {"ocr output", "generated:", "page ",
        "trang ", "source:", "file:", "confidence:", "language:", "engine:",
        "total pages", "pages:"};

    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        size_t n = dx_starts_with(s, notes[i]);
        bool page = s.ptr[n - (n > 0)] == ' ';
        if (n && (!page || (n < s.len && dx_is_digit(s.ptr[n]))))
            return s.len < 100;
    }
    return false;
}

/* "**Ngày đăng:** 12/03/2024" to "Ngày đăng: 12/03/2024". */
static dx_status without_stars(dx_str s, dx_arena *arena, dx_str *out,
    dx_error *err)
{
    *out = s;
    if (s.len < 5 || memcmp(s.ptr, "**", 2) != 0)
        return DX_OK;
    char *text = dx_arena_alloc(arena, s.len);
    size_t n = 0;
    if (!text)
        return dx_fail_nomem(err);
    for (size_t i = 0; i < s.len;) {
        bool stars = i + 1 < s.len && memcmp(s.ptr + i, "**", 2) == 0;
        if (!stars)
            text[n++] = s.ptr[i];
        i += stars ? 2 : 1;
    }
    *out = dx_trim((dx_str){text, n});
    return DX_OK;
}

dx_status dx_markdown_remove(dx_paras *p, dx_arena *arena, dx_error *err)
{
    size_t kept = 0;
    bool blank = false;

    for (size_t i = 0; i < p->count; i++) {
        dx_str text = p->items[i].text;
        size_t mark = heading_mark(text);
        dx_str inner = dx_trim(dx_str_from_offset(text, mark));
        blank |= p->items[i].after_blank;
        DX_TRY(without_stars(inner, arena, &inner, err));
        if (is_line_of(text, "=") || (mark && is_ocr_note(inner)) ||
            inner.len == 0) {
            blank = true;
            continue;
        }
        p->items[kept++] = (dx_para){inner, blank || mark};
        blank = mark > 0;
    }
    p->count = kept;
    return DX_OK;
}
