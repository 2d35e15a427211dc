/* Takes the characters of runs apart, puts their marks in order, makes
 * terms. */
#include "common/text/runs.h"

#include <string.h>

#include "common/text/syllable.h"
#include "common/text/tone.h"
#include "common/text/utf8.h"

#define STEM_MIN_LETTERS 4

bool dx_runs_init(dx_runs *r)
{
    /* The rest need not be zeroed: tens of KB, of which a query uses little. */
    r->letter_count = 0;
    dx_runs_begin(r);
    r->stemmer = dx_stemmer_new();
    return r->stemmer != NULL;
}

void dx_runs_free(dx_runs *r) { dx_stemmer_free(r->stemmer); }

void dx_runs_begin(dx_runs *r)
{
    r->count = 0;
    r->text_len = 0;
    r->pos = 0;
}

/* ---- terms ---- */

static dx_str keep(dx_runs *r, dx_str s)
{
    char *to = r->text + r->text_len;

    if (s.len > sizeof r->text - r->text_len)
        s.len = 0; /* cannot be: DX_RUNS_TEXT_BYTES is the worst case */
    memcpy(to, s.ptr, s.len);
    r->text_len += s.len;
    return (dx_str){to, s.len};
}

void dx_runs_add_term(dx_runs *r, dx_str exact, dx_str folded,
    dx_term_kind kind, size_t start, size_t end, bool overlay)
{
    if (r->count == DX_WORD_MAX_TERMS || exact.len == 0)
        return;
    dx_term *t = &r->terms[r->count++];
    *t = (dx_term){.start = (uint16_t)start, .end = (uint16_t)end,
        .pos = r->pos, .kind = (uint8_t)kind, .overlay = overlay};
    t->exact = keep(r, exact);
    t->folded = dx_str_eq(exact, folded) ? t->exact : keep(r, folded);
    r->pos = (uint16_t)(r->pos + !overlay);
}

void dx_runs_rename_term(dx_runs *r, size_t i, dx_str exact, dx_str folded)
{
    r->terms[i].exact = keep(r, exact);
    r->terms[i].folded =
        dx_str_eq(exact, folded) ? r->terms[i].exact : keep(r, folded);
}

/* ---- runs of letters ---- */

static bool is_small_letters(dx_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < 'a' || s.ptr[i] > 'z')
            return false;
    return true;
}

static bool is_number(dx_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return true;
}

/* 05 becomes 5, as in days and months; 007 and telephone numbers stay. */
static dx_str without_zero(dx_str digits)
{
    bool zero = digits.len == 2 && digits.ptr[0] == '0';

    return (dx_str){digits.ptr + zero, digits.len - zero};
}

/* Decides the kind of the finished forms, and folds foreign words to their
 * stem. */
static void add_run(dx_runs *r, dx_str exact, dx_str folded, size_t start,
    size_t end)
{
    dx_term_kind kind = DX_TERM_WORD;

    if (is_number(exact)) {
        kind = DX_TERM_NUMBER;
        exact = folded = without_zero(exact);
    } else if (is_small_letters(folded) &&
             dx_syllable_of_bases(folded.ptr, folded.len)) {
        kind = DX_TERM_SYLLABLE;
    } else if (folded.len >= STEM_MIN_LETTERS && is_small_letters(folded)) {
        folded = dx_stem(r->stemmer, folded);
    }
    dx_runs_add_term(r, exact, folded, kind, start, end, false);
}

static bool is_ascii_run(dx_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!((s.ptr[i] >= '0' && s.ptr[i] <= '9') ||
                (s.ptr[i] >= 'A' && s.ptr[i] <= 'Z') ||
                (s.ptr[i] >= 'a' && s.ptr[i] <= 'z')))
            return false;
    return s.len > 0;
}

/* The same as letter by letter, faster, for nearly every foreign word. */
static void add_ascii(dx_runs *r, dx_str s, size_t start)
{
    char lower[DX_WORD_MAX_BYTES];

    for (size_t i = 0; i < s.len; i++)
        lower[i] = (char)(s.ptr[i] >= 'A' && s.ptr[i] <= 'Z' ? s.ptr[i] | 0x20
                                                              : s.ptr[i]);
    dx_str exact = {lower, s.len};
    add_run(r, exact, exact, start, start + s.len);
}

static size_t put_char(char *out, size_t len, uint32_t c)
{
    char bytes[4];
    size_t n = dx_utf8_encode(c, bytes);

    if (len + n > DX_TERM_MAX_BYTES)
        return len;
    memcpy(out + len, bytes, n);
    return len + n;
}

/* Composes again, because letters of some scripts come apart in what are no
 * marks. */
static size_t write_letters(uint32_t *chars, size_t count, char *out)
{
    size_t len = 0;

    count = dx_chars_compose(chars, count);
    for (size_t i = 0; i < count; i++)
        len = put_char(out, len, chars[i]);
    return len;
}

static size_t fold(const dx_runs *r, char *out)
{
    uint32_t chars[DX_RUN_LETTERS_MAX];

    for (size_t i = 0; i < r->letter_count; i++) {
        uint32_t c = r->letters[i].base;
        chars[i] = c == DX_LETTER_D_STROKE ? 'd' : c;
    }
    return write_letters(chars, r->letter_count, out);
}

static bool is_tone(uint32_t mark)
{
    return mark == DX_TONE_GRAVE || mark == DX_TONE_ACUTE ||
           mark == DX_TONE_TILDE || mark == DX_TONE_HOOK ||
           mark == DX_TONE_DOT;
}

/* The quality goes before the tone, so that composing finds ế. Marks of other
 * languages go between them, second tones last. */
static size_t put_letter(const dx_letter *l, uint32_t *chars)
{
    size_t count = 0;

    chars[count++] = l->base;
    if (l->quality)
        chars[count++] = l->quality;
    for (size_t i = 0; i < DX_LETTER_MARKS_MAX && l->marks[i]; i++)
        if (!is_tone(l->marks[i]))
            chars[count++] = l->marks[i];
    if (l->tone)
        chars[count++] = l->tone;
    for (size_t i = 0; i < DX_LETTER_MARKS_MAX && l->marks[i]; i++)
        if (is_tone(l->marks[i]))
            chars[count++] = l->marks[i];
    return count;
}

static size_t compose(const dx_runs *r, char *out)
{
    uint32_t chars[DX_RUN_LETTERS_MAX * (3 + DX_LETTER_MARKS_MAX)];
    size_t count = 0;

    for (size_t i = 0; i < r->letter_count; i++)
        count += put_letter(&r->letters[i], chars + count);
    return write_letters(chars, count, out);
}

static void end_run(dx_runs *r)
{
    char exact[DX_TERM_MAX_BYTES], folded[DX_TERM_MAX_BYTES];

    if (r->letter_count == 0)
        return;
    dx_tone_place(r->letters, r->letter_count);
    dx_str e = {exact, compose(r, exact)}, f = {folded, fold(r, folded)};
    add_run(r, e, f, r->run_start, r->run_end);
    r->letter_count = 0;
}

/* ---- characters ---- */

static bool is_quality(uint32_t mark)
{
    return mark == DX_QUALITY_CIRCUMFLEX || mark == DX_QUALITY_BREVE ||
           mark == DX_QUALITY_HORN;
}

static void add_mark(dx_letter *l, uint32_t mark)
{
    if (is_quality(mark) && l->quality == DX_QUALITY_NONE) {
        l->quality = (uint16_t)mark;
        return;
    }
    if (is_tone(mark) && l->tone == DX_TONE_NONE) {
        l->tone = (uint16_t)mark;
        return;
    }
    for (size_t i = 0; i < DX_LETTER_MARKS_MAX; i++)
        if (!l->marks[i]) {
            l->marks[i] = (uint16_t)mark;
            return;
        }
}

/* Đ and the letters that people type for it: eth, African D, hooked d. */
static uint32_t look_alike(uint32_t c)
{
    switch (c) {
    case 0xD0:
    case 0xF0:
    case 0x110:
    case 0x189:
    case 0x256:
        return DX_LETTER_D_STROKE;
    default:
        return c;
    }
}

/* The parts of ⑴ or ㏂ that are no letters are left out. */
static void add_char(dx_runs *r, uint32_t c)
{
    uint32_t parts[DX_DECOMPOSED_MAX];
    size_t n = dx_char_decompose(look_alike(c), parts);

    for (size_t i = 0; i < n; i++) {
        bool mark = parts[i] >= 0x300 && parts[i] <= 0x36F;
        if (n > 1 && !mark && dx_char_class_of(parts[i]) == DX_CHAR_PUNCTUATION)
            continue;
        if (mark && r->letter_count)
            add_mark(&r->letters[r->letter_count - 1], parts[i]);
        else if (!mark && r->letter_count < DX_RUN_LETTERS_MAX)
            r->letters[r->letter_count++] = (dx_letter){.base = parts[i]};
    }
}

/* ½ ⅓: no digit of the number before it. */
static bool is_fraction(uint32_t c)
{
    return (c >= 0xBC && c <= 0xBE) || (c >= 0x2150 && c <= 0x215F) ||
           c == 0x2189;
}

static void take_char(dx_runs *r, uint32_t c, size_t start, size_t end)
{
    dx_char_class class = dx_char_class_of(c);

    switch (class) {
    case DX_CHAR_IGNORED:
        return;
    case DX_CHAR_MARK:
        if (r->letter_count == 0)
            return;
        break;
    case DX_CHAR_PUNCTUATION:
        end_run(r);
        return;
    case DX_CHAR_IDEOGRAPH:
        end_run(r);
        break;
    case DX_CHAR_LETTER:
        if (is_fraction(c))
            end_run(r);
        break;
    }
    if (r->letter_count == 0)
        r->run_start = start;
    add_char(r, c);
    r->run_end = end;
    if (class == DX_CHAR_IDEOGRAPH || is_fraction(c))
        end_run(r);
}

void dx_runs_add(dx_runs *r, dx_str s, size_t offset)
{
    const char *p = s.ptr, *end = dx_str_end(s);
    uint32_t c;

    if (is_ascii_run(s)) {
        add_ascii(r, s, offset);
        return;
    }
    while (p < end) {
        size_t n = dx_utf8_decode(p, end, &c);
        size_t at = offset + (size_t)(p - s.ptr);
        if (n == 0)
            end_run(r);
        else
            take_char(r, c, at, at + n);
        p += n ? n : 1;
    }
    end_run(r);
}
