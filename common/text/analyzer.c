#include "common/text/analyzer.h"

#include <string.h>

#include "common/base/mem.h"
#include "common/text/analyzer_internal.h"
#include "common/text/letter.h"
#include "common/text/utf8.h"

dx_analyzer *dx_analyzer_new(void)
{
    dx_analyzer *a = dx_malloc(sizeof *a);

    if (!a)
        return NULL;
    /* The rest is room, tens of kilobytes, of which a query needs hardly any. */
    a->count = a->text_len = a->letter_count = 0;
    a->pos = 0;
    a->stemmer = dx_stemmer_new();
    if (!a->stemmer) {
        dx_free(a);
        return NULL;
    }
    return a;
}

void dx_analyzer_free(dx_analyzer *a)
{
    if (!a)
        return;
    dx_stemmer_free(a->stemmer);
    dx_free(a);
}

/* ---- terms ---- */

static dx_str keep(dx_analyzer *a, dx_str s)
{
    char *to = a->text + a->text_len;

    if (s.len > sizeof a->text - a->text_len)
        s.len = 0; /* cannot be: DX_ANALYZER_TEXT_BYTES is the worst case */
    memcpy(to, s.ptr, s.len);
    a->text_len += s.len;
    return (dx_str){to, s.len};
}

void dx_analyzer_add(dx_analyzer *a, dx_str exact, dx_str folded,
    dx_term_kind kind, size_t start, size_t end, bool overlay)
{
    if (a->count == DX_WORD_MAX_TERMS || exact.len == 0)
        return;
    dx_term *t = &a->terms[a->count++];
    *t = (dx_term){.start = (uint16_t)start, .end = (uint16_t)end,
        .pos = a->pos, .kind = (uint8_t)kind, .overlay = overlay};
    t->exact = keep(a, exact);
    t->folded = dx_str_eq(exact, folded) ? t->exact : keep(a, folded);
    a->pos = (uint16_t)(a->pos + !overlay);
}

void dx_analyzer_rename(dx_analyzer *a, size_t i, dx_str exact, dx_str folded)
{
    a->terms[i].exact = keep(a, exact);
    a->terms[i].folded =
        dx_str_eq(exact, folded) ? a->terms[i].exact : keep(a, folded);
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

/* 05 is 5, as in days and months; 007 and telephone numbers stay. */
static dx_str without_zero(dx_str digits)
{
    bool zero = digits.len == 2 && digits.ptr[0] == '0';

    return (dx_str){digits.ptr + zero, digits.len - zero};
}

/* Gives the finished exact and folded forms their kind; foreign words are
 * folded to their stem. */
static void add_run(dx_analyzer *a, dx_str exact, dx_str folded, size_t start,
    size_t end)
{
    dx_term_kind kind = DX_TERM_WORD;

    if (is_number(exact)) {
        kind = DX_TERM_NUMBER;
        exact = folded = without_zero(exact);
    } else if (is_small_letters(folded) &&
             dx_syllable_of_bases(folded.ptr, folded.len)) {
        kind = DX_TERM_SYLLABLE;
    } else if (folded.len >= DX_STEM_MIN_LETTERS && is_small_letters(folded)) {
        folded = dx_stem(a->stemmer, folded);
    }
    dx_analyzer_add(a, exact, folded, kind, start, end, false);
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

/* What the letters would give, for nearly every word of another language. */
static void add_ascii(dx_analyzer *a, dx_str s, size_t start)
{
    char lower[DX_WORD_MAX_BYTES];

    for (size_t i = 0; i < s.len; i++)
        lower[i] = (char)(s.ptr[i] >= 'A' && s.ptr[i] <= 'Z' ? s.ptr[i] | 0x20
                                                              : s.ptr[i]);
    dx_str exact = {lower, s.len};
    add_run(a, exact, exact, start, start + s.len);
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

/* Composed, because some scripts' letters come in parts that are no marks. */
static size_t write_letters(uint32_t *chars, size_t count, char *out)
{
    size_t len = 0;

    count = dx_chars_compose(chars, count);
    for (size_t i = 0; i < count; i++)
        len = put_char(out, len, chars[i]);
    return len;
}

static size_t fold(const dx_analyzer *a, char *out)
{
    uint32_t chars[DX_RUN_LETTERS_MAX];

    for (size_t i = 0; i < a->letter_count; i++) {
        uint32_t c = a->letters[i].base;
        chars[i] = c == DX_LETTER_D_STROKE ? 'd' : c;
    }
    return write_letters(chars, a->letter_count, out);
}

static bool is_tone(uint32_t mark)
{
    return mark == DX_TONE_GRAVE || mark == DX_TONE_ACUTE ||
           mark == DX_TONE_TILDE || mark == DX_TONE_HOOK ||
           mark == DX_TONE_DOT;
}

/* The quality comes before the tone, so that the composition finds ế; and the
 * marks of other languages between them, but for second tones. */
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

static size_t compose(const dx_analyzer *a, char *out)
{
    uint32_t chars[DX_RUN_LETTERS_MAX * (3 + DX_LETTER_MARKS_MAX)];
    size_t count = 0;

    for (size_t i = 0; i < a->letter_count; i++)
        count += put_letter(&a->letters[i], chars + count);
    return write_letters(chars, count, out);
}

static void end_run(dx_analyzer *a)
{
    char exact[DX_TERM_MAX_BYTES], folded[DX_TERM_MAX_BYTES];

    if (a->letter_count == 0)
        return;
    dx_tone_place(a->letters, a->letter_count);
    dx_str e = {exact, compose(a, exact)}, f = {folded, fold(a, folded)};
    add_run(a, e, f, a->run_start, a->run_end);
    a->letter_count = 0;
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

/* Đ and what is typed for it: eth, African D, hooked d. */
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

static void add_char(dx_analyzer *a, uint32_t c)
{
    uint32_t parts[DX_DECOMPOSED_MAX];
    size_t n = dx_char_decompose(look_alike(c), parts);

    for (size_t i = 0; i < n; i++) {
        bool mark = parts[i] >= 0x300 && parts[i] <= 0x36F;
        if (mark && a->letter_count)
            add_mark(&a->letters[a->letter_count - 1], parts[i]);
        else if (!mark && a->letter_count < DX_RUN_LETTERS_MAX)
            a->letters[a->letter_count++] = (dx_letter){.base = parts[i]};
    }
}

static void take_char(dx_analyzer *a, uint32_t c, size_t start, size_t end)
{
    dx_char_class class = dx_char_class_of(c);

    switch (class) {
    case DX_CHAR_IGNORED:
        return;
    case DX_CHAR_MARK:
        if (a->letter_count == 0)
            return;
        break;
    case DX_CHAR_PUNCTUATION:
        end_run(a);
        return;
    case DX_CHAR_IDEOGRAPH:
        end_run(a);
        break;
    case DX_CHAR_LETTER:
        break;
    }
    if (a->letter_count == 0)
        a->run_start = start;
    add_char(a, c);
    a->run_end = end;
    if (class == DX_CHAR_IDEOGRAPH)
        end_run(a);
}

void dx_analyzer_runs(dx_analyzer *a, dx_str s, size_t offset)
{
    const char *p = s.ptr, *end = dx_str_end(s);
    uint32_t c;

    if (is_ascii_run(s)) {
        add_ascii(a, s, offset);
        return;
    }
    while (p < end) {
        size_t n = dx_utf8_decode(p, end, &c);
        size_t at = offset + (size_t)(p - s.ptr);
        if (n == 0)
            end_run(a);
        else
            take_char(a, c, at, at + n);
        p += n ? n : 1;
    }
    end_run(a);
}

dx_status dx_analyzer_word(dx_analyzer *a, dx_str word, const dx_term **terms,
    size_t *count)
{
    if (word.len > DX_WORD_MAX_BYTES)
        word.len = DX_WORD_MAX_BYTES;
    a->count = 0;
    a->text_len = 0;
    a->pos = 0;
    if (!dx_analyzer_digits(a, word))
        dx_analyzer_runs(a, word, 0);
    *terms = a->terms;
    *count = a->count;
    return DX_OK;
}

bool dx_term_is_marked(const dx_term *t)
{
    if (t->kind > DX_TERM_WORD || dx_str_eq(t->exact, t->folded))
        return false;
    for (size_t i = 0; i < t->exact.len; i++)
        if ((unsigned char)t->exact.ptr[i] >= 0x80)
            return true;
    return false;
}
