/* Decodes Telex and VNI keys, one after another. */
#include "common/text/keys.h"

#include <string.h>

#include "common/text/letter.h"
#include "common/text/syllable.h"
#include "common/text/tone.h"
#include "common/text/utf8.h"

typedef struct decoder {
    dx_letter letters[DX_KEYS_MAX_LETTERS];
    size_t count;
    dx_tone tone;
    bool used; /* a key was more than a letter */
} decoder;

static bool is_vowel(uint32_t base)
{
    return base < 0x80 && strchr("aeiouy", (int)base) != NULL;
}

static bool has_vowel(const decoder *d)
{
    for (size_t i = 0; i < d->count; i++)
        if (is_vowel(d->letters[i].base))
            return true;
    return false;
}

static bool add_letter(decoder *d, uint32_t base, dx_quality quality)
{
    if (d->count == DX_KEYS_MAX_LETTERS)
        return false;
    d->letters[d->count++] =
        (dx_letter){.base = base, .quality = (uint16_t)quality};
    return true;
}

/* ---- keys that change a letter before them ---- */

static bool set_tone(decoder *d, dx_tone tone)
{
    if (!has_vowel(d) || d->tone != DX_TONE_NONE)
        return false;
    d->tone = tone;
    return d->used = true;
}

/* The last letter that is one of `bases`, if it has no mark yet. */
static dx_letter *last_plain(decoder *d, const char *bases)
{
    for (size_t i = d->count; i-- > 0;) {
        dx_letter *l = &d->letters[i];
        if (l->base < 0x80 && strchr(bases, (int)l->base))
            return l->quality == DX_QUALITY_NONE ? l : NULL;
    }
    return NULL;
}

static bool set_quality(decoder *d, const char *bases, dx_quality quality)
{
    dx_letter *l = last_plain(d, bases);

    if (!l)
        return false;
    l->quality = (uint16_t)quality;
    return d->used = true;
}

/* One key may stand for both horns of ươ; see close_horns(). */
static bool set_horn(decoder *d)
{
    dx_letter *l = last_plain(d, "ou");

    if (!l)
        return false;
    if (l > d->letters && l->base == 'o' && l[-1].base == 'u' &&
        !(l - 1 > d->letters && l[-2].base == 'q'))
        l[-1].quality = DX_QUALITY_HORN;
    l->quality = DX_QUALITY_HORN;
    return d->used = true;
}

static bool set_stroke(decoder *d)
{
    if (d->count == 0 || d->letters[0].base != 'd')
        return false;
    d->letters[0].base = DX_LETTER_D_STROKE;
    return d->used = true;
}

/* Telex's w: a breve on a, except that ua becomes ưa; otherwise a horn. */
static bool press_w(decoder *d)
{
    size_t n = d->count;

    if (n == 0)
        return false;
    if (!has_vowel(d)) {
        d->used = true;
        return add_letter(d, 'u', DX_QUALITY_HORN);
    }
    dx_letter *a = last_plain(d, "aou");
    if (!a || a->base != 'a')
        return set_horn(d);
    bool after_u = a > d->letters && a[-1].base == 'u' &&
                   !(a - 1 > d->letters && a[-2].base == 'q');
    if (after_u) {
        if (a[-1].quality != DX_QUALITY_NONE)
            return false;
        a[-1].quality = DX_QUALITY_HORN;
    } else {
        a->quality = DX_QUALITY_BREVE;
    }
    return d->used = true;
}

/* ---- the two ways of typing ---- */

static dx_tone telex_tone(char c)
{
    switch (c) {
    case 's': return DX_TONE_ACUTE;
    case 'f': return DX_TONE_GRAVE;
    case 'r': return DX_TONE_HOOK;
    case 'x': return DX_TONE_TILDE;
    case 'j': return DX_TONE_DOT;
    default: return DX_TONE_NONE;
    }
}

static bool press_telex(decoder *d, char c)
{
    char base[2] = {c, '\0'};
    const dx_letter *last = d->count ? &d->letters[d->count - 1] : NULL;
    bool doubled = last && last->base == (uint32_t)c &&
                   last->quality == DX_QUALITY_NONE;

    if (c < 'a' || c > 'z')
        return false;
    if (telex_tone(c) != DX_TONE_NONE && has_vowel(d))
        return set_tone(d, telex_tone(c));
    if (c == 'w')
        return press_w(d);
    if (strchr("aeo", c) && doubled)
        return set_quality(d, base, DX_QUALITY_CIRCUMFLEX);
    if (c == 'd' && d->count > 0)
        return set_stroke(d);
    return add_letter(d, (uint32_t)c, DX_QUALITY_NONE);
}

static bool press_vni(decoder *d, char c)
{
    static const dx_tone tones[] = {DX_TONE_ACUTE, DX_TONE_GRAVE, DX_TONE_HOOK,
        DX_TONE_TILDE, DX_TONE_DOT};

    if (c >= 'a' && c <= 'z')
        return add_letter(d, (uint32_t)c, DX_QUALITY_NONE);
    switch (c) {
    case '1':
    case '2':
    case '3':
    case '4':
    case '5': return set_tone(d, tones[c - '1']);
    case '6': return set_quality(d, "aeo", DX_QUALITY_CIRCUMFLEX);
    case '7': return set_horn(d);
    case '8': return set_quality(d, "a", DX_QUALITY_BREVE);
    case '9': return set_stroke(d);
    default: return false;
    }
}

/* ---- the syllable ---- */

/* An open uơ has one horn (thuở), a closed ươ has two (thương), however many
 * were typed. */
static void close_horns(decoder *d)
{
    for (size_t i = 1; i < d->count; i++) {
        dx_letter *u = &d->letters[i - 1], *o = &d->letters[i];
        if (u->base != 'u' || o->base != 'o' || o->quality != DX_QUALITY_HORN ||
            (i > 1 && d->letters[i - 2].base == 'q'))
            continue;
        u->quality = i + 1 == d->count ? DX_QUALITY_NONE : DX_QUALITY_HORN;
    }
}

static bool can_be_syllable(const decoder *d)
{
    char bases[DX_KEYS_MAX_LETTERS];

    for (size_t i = 0; i < d->count; i++) {
        uint32_t base = d->letters[i].base;
        bases[i] = base == DX_LETTER_D_STROKE ? 'd' : (char)base;
    }
    return dx_syllable_of_bases(bases, d->count);
}

/* Before a stop only these two tones occur. */
static bool tone_fits(const decoder *d)
{
    uint32_t last = d->letters[d->count - 1].base;
    bool ch = last == 'h' && d->letters[d->count - 2].base == 'c';
    bool stop = last == 'c' || last == 'p' || last == 't' || ch;

    return !stop || d->tone == DX_TONE_ACUTE || d->tone == DX_TONE_DOT;
}

static void place_tone(decoder *d)
{
    size_t i = 0;

    while (i < d->count && !is_vowel(d->letters[i].base))
        i++;
    if (i == d->count)
        return;
    d->letters[i].tone = (uint16_t)d->tone;
    dx_tone_place(d->letters, d->count);
}

static size_t write_syllable(const decoder *d, char out[DX_KEYS_MAX_BYTES])
{
    uint32_t chars[3 * DX_KEYS_MAX_LETTERS];
    size_t count = 0, len = 0;

    for (size_t i = 0; i < d->count; i++) {
        const dx_letter *l = &d->letters[i];
        chars[count++] = l->base;
        if (l->quality != DX_QUALITY_NONE)
            chars[count++] = l->quality;
        if (l->tone != DX_TONE_NONE)
            chars[count++] = l->tone;
    }
    count = dx_chars_compose(chars, count);
    if (count > d->count) /* a mark that fits no letter: not Vietnamese */
        return 0;
    for (size_t i = 0; i < count; i++) {
        char bytes[4];
        size_t n = dx_utf8_encode(chars[i], bytes);
        memcpy(out + len, bytes, n);
        len += n;
    }
    return len;
}

static char small(char c) { return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c; }

/* Sets *tone to the tone that was typed. */
static size_t decode_syllable(dx_keys keys, dx_str word, dx_tone *tone,
    char out[DX_KEYS_MAX_BYTES])
{
    decoder d = {.tone = DX_TONE_NONE};

    for (size_t i = 0; i < word.len; i++) {
        char c = small(word.ptr[i]);
        if (!(keys == DX_KEYS_TELEX ? press_telex(&d, c) : press_vni(&d, c)))
            return 0;
    }
    if (!d.used || d.count == 0 || !can_be_syllable(&d) || !tone_fits(&d))
        return 0;
    close_horns(&d);
    place_tone(&d);
    *tone = d.tone;
    return write_syllable(&d, out);
}

/* ---- what is no syllable ---- */

/* Two syllables written as one word, both with marks and without tones: ootoo. */
static size_t decode_two(dx_keys keys, dx_str word, char out[DX_KEYS_MAX_BYTES])
{
    char first[DX_KEYS_MAX_BYTES], second[DX_KEYS_MAX_BYTES];
    dx_tone tones[2];

    if (word.len > DX_KEYS_MAX_LETTERS)
        return 0;
    for (size_t i = 2; i + 2 <= word.len; i++) {
        size_t a = decode_syllable(keys, (dx_str){word.ptr, i}, &tones[0], first);
        size_t b = a ? decode_syllable(keys,
                           (dx_str){word.ptr + i, word.len - i}, &tones[1],
                           second)
                     : 0;
        if (b == 0 || tones[0] != DX_TONE_NONE || tones[1] != DX_TONE_NONE ||
            a + b > DX_KEYS_MAX_BYTES)
            continue;
        memcpy(out, first, a);
        memcpy(out + a, second, b);
        return a + b;
    }
    return 0;
}

#define LETTER_BYTES 2u /* of đ, which alone is no abbreviation */

/* An abbreviation in capitals with đ: DDH, HddQT, D9H. */
static size_t decode_capitals(dx_keys keys, dx_str word,
    char out[DX_KEYS_MAX_BYTES])
{
    char stroke = keys == DX_KEYS_TELEX ? 'd' : '9';
    size_t len = 0, strokes = 0;

    if (word.len > DX_KEYS_MAX_LETTERS)
        return 0;
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        if (small(c) == 'd' && i + 1 < word.len &&
            small(word.ptr[i + 1]) == stroke) {
            len += dx_utf8_encode(DX_LETTER_D_STROKE, out + len);
            strokes++;
            i++;
        } else if (c >= 'A' && c <= 'Z') {
            out[len++] = small(c);
        } else {
            return 0;
        }
    }
    return strokes && len > LETTER_BYTES ? len : 0;
}

size_t dx_keys_decode(dx_keys keys, dx_str word, char out[DX_KEYS_MAX_BYTES])
{
    dx_tone tone;
    size_t len = decode_syllable(keys, word, &tone, out);

    if (len == 0)
        len = decode_two(keys, word, out);
    return len ? len : decode_capitals(keys, word, out);
}
