/* Finds what needs repair, and has it repaired paragraph by paragraph. */
#include "indexer/input/chars/repair.h"

#include <string.h>

#include "common/base/mem.h"
#include "common/base/simd.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/escapes.h"
#include "indexer/input/chars/legacy/glyphs.h"
#include "indexer/input/chars/mojibake.h"
#include "indexer/input/chars/legacy/viqr.h"

#define ODD_LETTERS 1u
#define ODD_ESCAPES 2u

/* Whether s[0] and s[1] are a letter or sign of Latin-1 that Vietnamese hardly has:
 * but NBSP ° ² ³ and ÀÁÂÃ ÈÉÊ ÌÍ ÒÓÔÕ ÙÚ Ý. Without a branch, so that compilers
 * make vector code of it; each test is of its own kind, because of several of one
 * gcc makes a table of bits, and no vector code. */
static inline unsigned char is_foreign(const unsigned char *s)
{
    unsigned char b = s[0], next = s[1], x = next & 0x1F; /* in either case */
    unsigned char sign = (next > 0xA0) & ((next & 0xFC) != 0xB0);
    unsigned char letter = ((x & 0x1C) == 4) | (((x + 2) & 0x1C) == 0x10) |
                           ((x & 0x1E) == 0x16) | ((next & 0xDF) == 0x98) |
                           ((next & 0xDF) == 0x9B);

    return (unsigned char)(((b == 0xC2) & sign) | ((b == 0xC3) & letter));
}

/* What nothing sound has in any place; s[-2] to s[1] are looked at. */
static inline unsigned char oddity(const unsigned char *s)
{
    unsigned char first = s[-2], before = s[-1], b = s[0], next = s[1];
    /* windows-1258 writes tones behind their vowels, "êì" */
    unsigned char tone = (first == 0xC3) &
                         (((next & 0xDF) == 0x8C) | ((next & 0xDF) == 0x92));
    /* ^ ~ ` + ( or, which is no matter behind a letter, these and 0x80 */
    unsigned char shape = ((b | 0x20) == '~') | ((b & 0x7F) == '`') |
                          ((b | 0x80) == 0xAB) | ((b | 0x80) == 0xA8);
    unsigned char viqr = shape & ((before & 0xE0) == 0x60);
    unsigned char escape = ((next == '#') & ((b == '&') | (b == ';'))) |
                           ((b == '\\') & (next == 'u'));

    return (unsigned char)(is_foreign(s) | tone | viqr | (escape << 1));
}

/* What many words have of such a text, and few of a sound one: VNI writes marks
 * behind their vowels, "aâ", "eù"; "HuÕ"; "â€". */
static inline unsigned char frequent_oddity(const unsigned char *s)
{
    unsigned char before = s[-1], b = s[0], next = s[1];
    unsigned char vowel = (before & 0xFB) == 'a'; /* or 'e' */
    unsigned char capital = (before >= 'a') & (before <= 'z') & (next < 0xA0);

    return (unsigned char)(((b == 0xC3) & (vowel | capital)) |
                           ((b == 0xE2) & (before == 0xA2)));
}

enum { WINDOW = 32, STEP = 256, WHOLE = 128 };

/* Of s[0] to s[n - 1], n >= WINDOW, as below; the byte behind them is readable. */
DX_SIMD_CLONES static unsigned scan_all(const unsigned char *s, size_t n)
{
    unsigned char odd[WINDOW] = {0}, all = 0;

    for (size_t i = 0; i < n; i += WINDOW) {
        const unsigned char *at = s + (i + WINDOW <= n ? i : n - WINDOW);
        for (size_t k = 0; k < WINDOW; k++)
            odd[k] |= oddity(at + k);
    }
    for (size_t k = 0; k < WINDOW; k++)
        all |= odd[k];
    return all;
}

DX_SIMD_CLONES static unsigned scan_windows(const unsigned char *s, size_t n)
{
    unsigned char odd[WINDOW] = {0}, all = 0;

    for (size_t i = 0; i < n;
         i = i + WINDOW < WHOLE ? i + WINDOW : i - i % STEP + STEP) {
        const unsigned char *at = s + (i + WINDOW <= n ? i : n - WINDOW);
        for (size_t k = 0; k < WINDOW; k++)
            odd[k] |= frequent_oddity(at + k);
    }
    for (size_t k = 0; k < WINDOW; k++)
        all |= odd[k];
    return all;
}

/* What is frequent is looked for in the beginning of a text, and then in a window of
 * each STEP; the rest in all of it, so that one paragraph of many is found. Two bytes
 * before s[0] and one behind s[n - 1] are readable. */
static unsigned scan(const unsigned char *s, size_t n)
{
    return scan_windows(s, n) | scan_all(s, n);
}

static unsigned oddities(dx_str text)
{
    const unsigned char *s = (const unsigned char *)text.ptr;
    const size_t n = text.len, edge = 2;
    unsigned char some[2 + WINDOW + WINDOW + 1]; /* the first, among blanks */

    if (n < 2)
        return 0;
    memset(some, ' ', sizeof some);
    memcpy(some + edge, s, n < 2 * WINDOW ? n : WINDOW + 1);
    if (n < 2 * WINDOW)
        return scan(some + edge, n < WINDOW ? WINDOW : 2 * WINDOW);
    return scan(some + edge, WINDOW) | scan(s + edge, n - edge - 1);
}

bool dx_repair_needed(dx_str text) { return oddities(text) != 0; }

/* ---- pieces ---- */

typedef struct piece {
    dx_str text;
    size_t shapes;  /* signs that VIQR may write behind vowels */
    bool is_ascii;
    bool is_marked; /* it has letters beyond ASCII, not only “ ” */
} piece;

enum { ENDS_PIECE = 1, SHAPE };

static const uint8_t class_of[128] = {['\n'] = ENDS_PIECE, ['<'] = ENDS_PIECE,
    ['>'] = ENDS_PIECE, ['^'] = SHAPE, ['('] = SHAPE, ['+'] = SHAPE,
    ['`'] = SHAPE, ['~'] = SHAPE};

static bool ends_piece(char c)
{
    return (unsigned char)c < 0x80 && class_of[(unsigned char)c] == ENDS_PIECE;
}

static piece piece_of(const char *p, const char *end)
{
    piece out = {.is_ascii = true};
    const char *at = p;

    for (; at < end; at++) {
        unsigned char b = (unsigned char)*at;
        if (b >= 0x80) {
            out.is_ascii = false;
            out.is_marked |= b >= 0xC3 && b != 0xE2;
        } else if (class_of[b]) {
            if (class_of[b] == ENDS_PIECE)
                break;
            out.shapes++;
        }
    }
    out.text = (dx_str){p, (size_t)(at - p)};
    return out;
}

/* The next paragraph, or as much of a long one as fits; line ends and tags stand
 * between, as pieces of their own. */
static piece next_piece(const char *p, const char *end)
{
    const size_t most = DX_GLYPHS_MAX_BYTES - 4;

    if (*p == '\0' || ends_piece(*p))
        return (piece){.text = {p, 1}, .is_ascii = true};
    if ((size_t)(end - p) <= most)
        return piece_of(p, end);
    piece out = piece_of(p, p + most);
    const char *at = dx_str_end(out.text);
    if (out.text.len < most || ends_piece(*at))
        return out;
    while (at < end && ((unsigned char)*at & 0xC0) == 0x80)
        at++;
    const char *blank = at == end || ends_piece(*at)
        ? NULL : memrchr(p + 1, ' ', (size_t)(at - p) - 1);
    return piece_of(p, blank ? blank : at);
}

typedef struct work {
    dx_glyphs glyphs;
    char piece[DX_GLYPHS_MAX_BYTES * 2 + 4];
    bool twice, viqr, decoded;
} work;

/* A piece that is no glyphs: *out is it, or it repaired. */
static bool repair_plain(work *w, const piece *it, char *out, size_t *len)
{
    if (it->shapes && !it->is_marked && dx_viqr_decode(it->text, out, len)) {
        w->viqr = true;
        return true;
    }
    if (it->is_ascii || !dx_mojibake_undo(it->text, out, len))
        return false;
    w->twice = true;
    for (int more = 0; more < 2; more++) { /* three times, four times */
        size_t n;
        if (!dx_mojibake_undo((dx_str){out, *len}, w->glyphs.text, &n))
            break;
        memcpy(out, w->glyphs.text, n);
        *len = n;
    }
    return true;
}

static void note_pieces(work *w, dx_str text)
{
    const char *p = text.ptr, *end = dx_str_end(text);

    while (p < end) {
        piece it = next_piece(p, end);
        size_t n;
        if (it.text.len > 1 && !repair_plain(w, &it, w->piece, &n) &&
            !it.is_ascii)
            dx_glyphs_note(&w->glyphs, it.text);
        p += it.text.len;
    }
}

static size_t write_pieces(work *w, dx_str text, char *out)
{
    const char *p = text.ptr, *end = dx_str_end(text);
    size_t n = 0;

    while (p < end) {
        piece it = next_piece(p, end);
        size_t len;
        if (it.text.len > 1 && repair_plain(w, &it, w->piece, &len)) {
            memcpy(out + n, w->piece, len);
            n += len;
        } else {
            n += dx_glyphs_decode(&w->glyphs, it.text, out + n,
                &w->decoded);
        }
        p += it.text.len;
    }
    return n;
}

static const char *name_of(const work *w)
{
    if (w->decoded)
        switch (dx_glyphs_usual(&w->glyphs)) {
        case DX_CHARSET_VNI: return "VNI glyphs";
        case DX_CHARSET_VISCII: return "VISCII glyphs";
        case DX_CHARSET_CP1258: return "windows-1258 glyphs";
        case DX_CHARSET_TCVN3:
        case DX_CHARSET_UTF8:
        case DX_CHARSET_UTF16LE:
        case DX_CHARSET_UTF16BE: return "TCVN3 glyphs";
        }
    return w->twice ? "UTF-8 twice" : "VIQR";
}

static dx_status repair_pieces(work *w, dx_str text, dx_arena *arena,
    dx_str *out, dx_error *err)
{
    note_pieces(w, text);
    if (!w->viqr && !w->twice && dx_glyphs_usual(&w->glyphs) == DX_CHARSET_UTF8)
        return DX_OK;
    char *copy = dx_arena_alloc(arena, text.len * 2 + 8);
    if (!copy)
        return dx_fail_nomem(err);
    size_t n = write_pieces(w, text, copy);
    if (w->viqr || w->twice || w->decoded)
        *out = (dx_str){copy, n};
    return DX_OK;
}

dx_status dx_repair(dx_str text, dx_arena *arena, dx_str *out,
    const char **encoding, dx_error *err)
{
    unsigned odd = oddities(text);

    *out = text;
    if (odd & ODD_ESCAPES) {
        char *copy = dx_arena_alloc(arena, text.len + 1);
        if (!copy)
            return dx_fail_nomem(err);
        size_t n = dx_escapes_undo(text, false, copy);
        if (n != text.len) {
            *out = text = (dx_str){copy, n};
            odd = oddities(text);
        }
    }
    if (!(odd & ODD_LETTERS))
        return DX_OK;
    work *w = dx_calloc(1, sizeof *w);
    if (!w)
        return dx_fail_nomem(err);
    dx_status status = repair_pieces(w, text, arena, out, err);
    if (status == DX_OK && encoding && (w->viqr || w->twice || w->decoded))
        *encoding = name_of(w);
    dx_free(w);
    return status;
}
