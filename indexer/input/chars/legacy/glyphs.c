/* Vietnamese in old fonts, kept as characters of Latin-1. */
#include "indexer/input/chars/legacy/glyphs.h"

#include <stdint.h>
#include <string.h>

#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/legacy/plausible.h"

static const dx_charset fonts[DX_GLYPHS_FONTS] = {DX_CHARSET_TCVN3,
    DX_CHARSET_VNI, DX_CHARSET_VISCII, DX_CHARSET_CP1258};

#define NONE (-1)

/* Of Vietnamese, and of no encoding of one byte for the West. */
static bool is_unicode_letter(uint32_t c)
{
    return c == 0x102 || c == 0x103 || c == 0x110 || c == 0x111 ||
           c == 0x128 || c == 0x129 || c == 0x168 || c == 0x169 ||
           c == 0x1A0 || c == 0x1A1 || c == 0x1AF || c == 0x1B0 ||
           (c >= 0x1EA0 && c <= 0x1EF9) || (c >= 0x300 && c < 0x330);
}

static bool has_unicode(dx_str piece)
{
    const char *p = piece.ptr, *end = dx_str_end(piece);

    while (p < end)
        if ((unsigned char)*p < 0x80)
            p++;
        else if (is_unicode_letter(dx_char_next(&p, end)))
            return true;
    return false;
}

/* The next stretch of characters that stand for bytes, whole words, at or after
 * *p, and these bytes: *count of them, 0 when they are all ASCII. False at the
 * end. */
static bool next_run(const char **p, const char *end, dx_str *run, char *bytes,
    size_t *count)
{
    const char *start = *p, *word = NULL; /* the word begun last */
    size_t n = 0, n_word = 0;
    bool marked = false, cut = false;

    while (*p < end) {
        const char *at = *p;
        uint32_t c = dx_char_next(p, end);
        int byte = dx_legacy_byte_shown_as(c);
        bool whole = byte >= 0 && (c != DX_CHAR_UNKNOWN);
        if (!whole) {
            cut = is_unicode_letter(c);
            *p = at;
            break;
        }
        if (byte <= ' ') {
            word = NULL;
        } else if (!word) {
            word = at;
            n_word = n;
        }
        marked |= byte >= 0x80 && byte != 0xA0;
        bytes[n++] = (char)byte;
    }
    const char *stop = *p;
    if (cut && word) { /* its end is a letter of Unicode */
        n = n_word;
        stop = word;
    }
    *run = (dx_str){start, (size_t)(stop - start)};
    *count = marked ? n : 0;
    if (*p < end) /* past what stopped it, and the rest of a word with it */
        dx_char_next(p, end);
    while (cut && *p < end && (unsigned char)**p > ' ')
        ++*p;
    return run->len > 0 || *p < end;
}

typedef struct verdict {
    int font; /* or NONE */
    dx_plausible found;
} verdict;

static bool is_part_of_word(char c)
{
    unsigned char b = (unsigned char)c;

    return b >= 0xC0 || ((b | 32) >= 'a' && (b | 32) <= 'z');
}

/* "ằ" begins no word, so » behind no letter is a quotation mark, as in »name« and
 * « name », and all its like are. */
static bool has_guillemets(const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if ((unsigned char)bytes[i] == 0xBB &&
            !(i > 0 && is_part_of_word(bytes[i - 1])))
            return true;
    return false;
}

/* The bytes to judge by: quotation marks and a sign on its own tell nothing,
 * though it may be "ô" or "Ư". */
static void prepare(dx_glyphs *g, size_t count)
{
    bool quoting = has_guillemets(g->bytes, count);

    for (size_t i = 0; i < count; i++) {
        unsigned char b = (unsigned char)g->bytes[i];
        bool alone = b > 0xA0 && b < 0xC0 &&
                     !(i > 0 && is_part_of_word(g->bytes[i - 1])) &&
                     !(i + 1 < count && is_part_of_word(g->bytes[i + 1]));
        bool quote = quoting && (b == 0xAB || b == 0xBB);
        g->judged[i] = alone || quote ? ' ' : g->bytes[i];
    }
}

static dx_plausible count_decoded(dx_glyphs *g, int font, size_t count)
{
    size_t n = dx_legacy_decode(fonts[font], (dx_str){g->judged, count}, false,
        g->text);

    return dx_plausible_count((dx_str){g->text, n});
}

/* « » soft hyphen, © ® ° ² ³ ·: they stand behind letters in sound text, too. */
static bool is_usual_sign(uint32_t c)
{
    return c == 0xAB || c == 0xBB || c == 0xAD || c == 0xA9 || c == 0xAE ||
           c == 0xB0 || c == 0xB2 || c == 0xB3 || c == 0xB7;
}

/* Whether a letter is followed by a sign, or a small one by a capital beyond
 * ASCII, as in no language: "c¸c", "HuÕ". Two letters may be a slip: "tÊ". */
static bool has_odd_word(dx_str run)
{
    const char *p = run.ptr, *end = dx_str_end(run);
    uint32_t before = ' ';

    if (dx_count_chars(run) < 3)
        return false;
    while (p < end) {
        uint32_t c = dx_char_next(&p, end);
        if (c > 0xA0 && c < 0x100 && !is_usual_sign(c) &&
            dx_char_is_letter(before) &&
            (!dx_char_is_letter(c) ||
                (dx_char_is_upper(c) && !dx_char_is_upper(before))))
            return true;
        before = c;
    }
    return false;
}

/* "công trïnh" is a slip in sound text: one word that becomes a syllable is no
 * font, unless it has what no slip has. */
static bool enough_words(dx_plausible found, dx_plausible before, dx_str run,
    bool mixed)
{
    unsigned share = dx_plausible_share(found);
    unsigned gain = found.valid > before.valid ? found.valid - before.valid : 0;

    if (mixed)
        return gain >= 3 && share >= 850;
    if (found.valid == 1)
        return found.marked == 1 && has_odd_word(run);
    return share >= 700 && (gain >= 2 || has_odd_word(run));
}

static unsigned count_high(const dx_glyphs *g, size_t count)
{
    unsigned high = 0;

    for (size_t i = 0; i < count; i++)
        high += (unsigned char)g->bytes[i] >> 7;
    return high;
}

/* No more words can become syllables than there are letters beyond ASCII, which
 * says of most sound text that no font gives enough_words(). */
static verdict judge(dx_glyphs *g, dx_str run, size_t count, bool mixed)
{
    unsigned high = count_high(g, count), least = mixed ? 3 : 2;
    bool odd = !mixed && has_odd_word(run);
    verdict best = {NONE, {0, 0, 0, 0}};

    if (high < least && !odd)
        return best;
    dx_plausible before = dx_plausible_count(run);
    if (high < before.valid + least && !odd)
        return best;
    /* What no language has needs no more than to become sound. */
    unsigned more = odd ? 1 : 200;
    unsigned least_share = dx_plausible_share(before) + more;

    prepare(g, count);
    for (int i = 0; i < DX_GLYPHS_FONTS; i++) {
        dx_plausible found = count_decoded(g, i, count);
        if (dx_plausible_share(found) >= least_share &&
            enough_words(found, before, run, mixed) &&
            (best.font == NONE || dx_plausible_is_better(found, best.found)))
            best = (verdict){i, found};
    }
    return best;
}

void dx_glyphs_note(dx_glyphs *g, dx_str piece)
{
    const char *p = piece.ptr, *end = dx_str_end(piece);
    bool mixed = has_unicode(piece);
    size_t count;
    dx_str run;

    g->has_unicode |= mixed;
    while (p < end && next_run(&p, end, &run, g->bytes, &count)) {
        verdict v = count ? judge(g, run, count, mixed) : (verdict){NONE, {0, 0, 0, 0}};
        if (v.font != NONE)
            g->valid[v.font] += v.found.valid;
    }
}

static int usual_font(const dx_glyphs *g)
{
    int best = NONE;

    for (int i = 0; i < DX_GLYPHS_FONTS; i++)
        if (g->valid[i] > (best == NONE ? 0 : g->valid[best]))
            best = i;
    return best;
}

dx_charset dx_glyphs_usual(const dx_glyphs *g)
{
    int font = usual_font(g);

    return font == NONE ? DX_CHARSET_UTF8 : fonts[font];
}

/* A run that says too little itself is in the font of the rest. */
static int font_of(dx_glyphs *g, dx_str run, size_t count, bool mixed)
{
    int font = judge(g, run, count, mixed).font, usual = usual_font(g);

    if (font != NONE || usual == NONE || mixed)
        return font;
    dx_plausible found = count_decoded(g, usual, count);
    dx_plausible before = dx_plausible_count(run);
    bool sound = before.valid == before.marked;
    return found.marked > 0 && found.valid == found.marked &&
               (!sound || !g->has_unicode) ? usual : NONE;
}

size_t dx_glyphs_decode(dx_glyphs *g, dx_str piece, char *out, bool *changed)
{
    const char *p = piece.ptr, *end = dx_str_end(piece), *done = p;
    bool mixed = has_unicode(piece);
    size_t n = 0, count;
    dx_str run;

    while (p < end && next_run(&p, end, &run, g->bytes, &count)) {
        int font = count ? font_of(g, run, count, mixed) : NONE;
        if (font == NONE)
            continue;
        memcpy(out + n, done, (size_t)(run.ptr - done));
        n += (size_t)(run.ptr - done);
        n += dx_legacy_decode(fonts[font], (dx_str){g->bytes, count}, true,
            out + n);
        done = dx_str_end(run);
        *changed = true;
    }
    memcpy(out + n, done, (size_t)(end - done));
    return n + (size_t)(end - done);
}
