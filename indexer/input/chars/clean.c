/* Text without what no reader sees: control characters, stray blanks, damage. */
#include "indexer/input/chars/clean.h"

#include "common/base/simd.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/repair.h"

static bool is_dropped(uint32_t c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0) ||
           c == 0xAD || c == 0x200B || c == 0xFEFF || c == 0xFFFD;
}

static bool is_line_end(uint32_t c)
{
    return c == 0x2028 || c == 0x2029 || c == 0x85;
}

/* Whether no character that starts in the block from `p` on needs work. Two
 * bytes behind the block are read. Without a branch, see chars.c. */
static inline bool is_plain(const unsigned char *s, dx_clean_form form)
{
    const bool line = form == DX_CLEAN_LINE;
    unsigned char odd = 0;

    for (int i = 0; i < DX_CHARS_BLOCK_BYTES; i++) {
        unsigned char b = s[i], next = s[i + 1], third = s[i + 2];
        int control = (b < 0x20) & (line | ((b != '\n') & (b != '\t')));
        int blanks = line & (b == ' ') & (next == ' ');
        int latin = (b == 0xC2) & ((next < 0xA0 + line) | (next == 0xAD));
        int general = (b == 0xE2) & (next == 0x80) &
                      ((third == 0x8B) | ((third & 0xFE) == 0xA8));
        odd |= (unsigned char)(control | blanks | latin | general |
                               (b == 0x7F) | (b == 0xEF));
    }
    return odd == 0;
}

DX_SIMD_CLONES static size_t plain_in_text(const unsigned char *s, size_t count)
{
    size_t n = 0;

    while (n < count && is_plain(s + n * DX_CHARS_BLOCK_BYTES, DX_CLEAN_TEXT))
        n++;
    return n;
}

DX_SIMD_CLONES static size_t plain_in_line(const unsigned char *s, size_t count)
{
    size_t n = 0;

    while (n < count && is_plain(s + n * DX_CHARS_BLOCK_BYTES, DX_CLEAN_LINE))
        n++;
    return n;
}

/* Two passes over a few blocks: each then has its constants in registers. */
static const char *skip_plain_blocks(const char *p, const char *end,
    dx_clean_form form)
{
    const size_t few = 16;
    const char *start = p;
    size_t n = few;

    while (n == few && end - p >= DX_CHARS_BLOCK_BYTES + 2) {
        size_t left = (size_t)(end - p - 2) / DX_CHARS_BLOCK_BYTES;
        n = dx_chars_sound_blocks(p, left < few ? left : few);
        n = form == DX_CLEAN_LINE
                ? plain_in_line((const unsigned char *)p, n)
                : plain_in_text((const unsigned char *)p, n);
        p += n * DX_CHARS_BLOCK_BYTES;
    }
    if (p > start) /* whose last character may be cut off */
        p = dx_char_start(p - 1);
    return p;
}

/* The bytes of the character at `p`, 0 when cleaning would change it. The lead
 * bytes of characters that may need work (C2: controls, NBSP; E2: zero-width,
 * line ends; EF: byte order mark, U+FFFD) are looked at closely, the others
 * only for well-formedness. */
static size_t clean_char_len(const char *p, const char *end, dx_clean_form form)
{
    unsigned char b = (unsigned char)*p;

    if (b >= 0x20 && b < 0x7F) {
        bool line = form == DX_CLEAN_LINE;
        return line && b == ' ' && end - p > 1 && p[1] == ' ' ? 0 : 1;
    }
    if (b < 0x80)
        return (b == '\n' || b == '\t') && form != DX_CLEAN_LINE ? 1 : 0;
    size_t n = dx_char_len(p, end);
    if (n && (b == 0xC2 || b == 0xE2 || b == 0xEF)) {
        const char *at = p;
        uint32_t c = dx_char_next(&at, end);
        if (is_dropped(c) || is_line_end(c) ||
            (form == DX_CLEAN_LINE && c == 0xA0))
            return 0;
    }
    return n;
}

/* How much of the first block, as far as the text goes, is plain for certain: most
 * lines are shorter than one. */
static size_t plain_head(dx_str in, dx_clean_form form)
{
    char head[2 + DX_CHARS_BLOCK_BYTES + 2];
    const size_t most = DX_CHARS_BLOCK_BYTES + 2;
    const char *block = head + 2;

    memset(head, 'x', sizeof head);
    memcpy(head + 2, in.ptr, in.len < most ? in.len : most);
    if (!dx_chars_sound_blocks(block, 1) ||
        !(form == DX_CLEAN_LINE
                ? plain_in_line((const unsigned char *)block, 1)
                : plain_in_text((const unsigned char *)block, 1)))
        return 0;
    if (in.len < DX_CHARS_BLOCK_BYTES)
        return in.len;
    return (size_t)(dx_char_start(in.ptr + DX_CHARS_BLOCK_BYTES - 1) - in.ptr);
}

/* Offset of the first byte that cleaning would change, or the length. */
static size_t clean_prefix(dx_str in, dx_clean_form form)
{
    const char *p = in.ptr, *end = dx_str_end(in);

    if (in.len == 0)
        return 0; /* not even from NULL on */
    p += plain_head(in, form);
    while (p < end) {
        const char *stop = end - p > DX_CHARS_BLOCK_BYTES
            ? p + DX_CHARS_BLOCK_BYTES : end;
        while (p < stop) {
            size_t n = clean_char_len(p, end, form);
            if (n == 0)
                return (size_t)(p - in.ptr);
            p += n;
        }
        p = skip_plain_blocks(p, end, form);
    }
    return in.len;
}

static bool is_space(uint32_t c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == 0xA0;
}

/* Cleans in[at..] to `out`, which has room for as many bytes. */
static size_t clean_rest(dx_str in, size_t at, dx_clean_form form, char *out)
{
    const char *p = in.ptr + at, *end = dx_str_end(in);
    size_t n = 0;
    bool after_space = at > 0 && in.ptr[at - 1] == ' ';

    while (p < end) {
        uint32_t c = (unsigned char)*p;
        if (c < 0x80) /* so that an ill-formed byte cannot hide in U+FFFD */
            p++;
        else
            c = dx_char_next(&p, end);
        if (c == '\r')
            c = p < end && *p == '\n' ? 0 : '\n';
        else if (is_line_end(c))
            c = '\n';
        if (is_dropped(c))
            continue;
        if (form == DX_CLEAN_LINE) {
            bool space = is_space(c);
            if (space && after_space)
                continue;
            after_space = space;
            if (space)
                c = ' ';
        }
        n += dx_char_put(out + n, c);
    }
    return n;
}

static dx_status clean(dx_str in, dx_clean_form form, bool copy,
    dx_arena *arena, dx_str *out, dx_error *err)
{
    *out = in;
    size_t same = clean_prefix(in, form);
    if (in.len == 0 || (same == in.len && !copy))
        return DX_OK;
    char *text = dx_arena_alloc(arena, in.len + 1);
    if (!text)
        return dx_fail_nomem(err);
    memcpy(text, in.ptr, same);
    size_t len = same;
    if (same < in.len)
        len += clean_rest(in, same, form, text + same);
    text[len] = '\0';
    *out = dx_trim((dx_str){text, len});
    return DX_OK;
}

dx_status dx_clean(dx_str in, dx_clean_form form, dx_arena *arena, dx_str *out,
    dx_error *err)
{
    DX_TRY(dx_repair(dx_trim(in), arena, &in, NULL, err));
    return clean(in, form, false, arena, out, err);
}

dx_status dx_clean_sound(dx_str in, dx_clean_form form, dx_arena *arena,
    dx_str *out, dx_error *err)
{
    return clean(dx_trim(in), form, false, arena, out, err);
}

dx_status dx_clean_copy(dx_str in, dx_clean_form form, dx_arena *arena,
    dx_str *out, dx_error *err)
{
    DX_TRY(dx_repair(dx_trim(in), arena, &in, NULL, err));
    return clean(in, form, true, arena, out, err);
}
