/* Numbers in digits, in Roman letters and in words. */
#include "searcher/understand/forms/numerals.h"

#include <stdio.h>
#include <string.h>

#include "common/text/syllable.h"

#define NUMBER_MAX 29u
#define ROMAN_BYTES 8u /* XXVIII */
#define WORDS_BYTES 32u

/* Words that are counted with numbers behind them. */
typedef struct counter {
    const char *folded, *shown;
    unsigned max;
    bool ordinal; /* thứ may stand between: kỳ họp thứ 10, đại hội lần thứ XIII */
} counter;

static const counter counters[] = {
    {"quy", "quý", 4, false},     {"khoa", "khóa", NUMBER_MAX, false},
    {"ky", "kỷ", NUMBER_MAX, false}, /* thế kỷ */
    {"ki", "kỉ", NUMBER_MAX, false}, {"thu", "thứ", NUMBER_MAX, false},
    {"lan", "lần", NUMBER_MAX, true}, {"hoi", "hội", NUMBER_MAX, true},
    {"hop", "họp", NUMBER_MAX, true}, {"nghi", "nghị", NUMBER_MAX, true},
    {"chuong", "chương", NUMBER_MAX, false},
    {"phan", "phần", NUMBER_MAX, false}, {"muc", "mục", NUMBER_MAX, false},
    {"luc", "lục", NUMBER_MAX, false},   {"tap", "tập", NUMBER_MAX, false},
    {"quyen", "quyển", NUMBER_MAX, false}, {"hoi", "hồi", NUMBER_MAX, false},
    {"vung", "vùng", 9, false},   {"khu", "khu", 9, false},
    {"loai", "loại", 9, false},   {"cap", "cấp", 9, false},
    {"hang", "hạng", 9, false},   {"bac", "bậc", 9, false},
    {"nhom", "nhóm", 9, false},   {"doan", "đoạn", 9, false},
    {"dot", "đợt", NUMBER_MAX, false}, {"vong", "vòng", 9, false},
    {"lop", "lớp", 12, false},    {"tuan", "tuần", NUMBER_MAX, false},
    {"chien", "chiến", 2, true},  {"gioi", "giới", 2, true},
};

static const char *const digits[] = {"", "một", "hai", "ba", "bốn", "năm",
    "sáu", "bảy", "tám", "chín", "mười"};

/* Other words for them: thứ nhất, thứ tư, mười lăm, hai mươi mốt. */
static const struct variant {
    const char *word;
    unsigned value;
} variants[] = {{"nhất", 1}, {"nhì", 2}, {"tư", 4}, {"lăm", 5}, {"bẩy", 7},
    {"mốt", 1}, {"mươi", 10}};

typedef struct number {
    unsigned value; /* 0: none */
    uint32_t words;
} number;

/* ---- reading ---- */

static bool is_spelt(const dx_query_word *w, const char *shown)
{
    return dx_str_eq(w->reading.len > 0 ? w->reading : w->exact,
        dx_str_from(shown));
}

static unsigned value_of_word(const dx_query_word *w)
{
    for (unsigned i = 1; i < sizeof digits / sizeof *digits; i++)
        if (is_spelt(w, digits[i]))
            return i;
    for (size_t i = 0; i < sizeof variants / sizeof *variants; i++)
        if (is_spelt(w, variants[i].word))
            return variants[i].value;
    return 0;
}

static unsigned value_of_digits(dx_str s)
{
    unsigned value = 0;

    if (s.len == 0 || s.len > 2)
        return 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return 0;
        value = value * 10 + (unsigned)(s.ptr[i] - '0');
    }
    return value;
}

/* Whether `text` is `small`, but for its capitals. */
static bool is_same(const char *text, dx_str small)
{
    size_t i = 0;

    for (; i < small.len && text[i]; i++)
        if (small.ptr[i] !=
            (text[i] >= 'A' && text[i] <= 'Z' ? text[i] | 0x20 : text[i]))
            return false;
    return i == small.len && text[i] == '\0';
}

static void put_roman(unsigned value, char out[ROMAN_BYTES])
{
    static const char *const tens[] = {"", "X", "XX"};
    static const char *const ones[] = {"", "I", "II", "III", "IV", "V", "VI",
        "VII", "VIII", "IX"};

    snprintf(out, ROMAN_BYTES, "%s%s", tens[value / 10], ones[value % 10]);
}

/* vi and xi are syllables, too: in small letters they are no numbers. */
static unsigned value_of_roman(const dx_query *q, const dx_query_word *w)
{
    char roman[ROMAN_BYTES];
    char first = q->text.ptr[w->start];

    if (!memchr("ivx", *w->exact.ptr, 3))
        return 0;
    if ((first < 'A' || first > 'Z') && w->exact.len == 2 &&
        w->exact.ptr[1] == 'i' && dx_syllable_is_valid(w->exact))
        return 0;
    for (unsigned value = 1; value <= NUMBER_MAX; value++) {
        put_roman(value, roman);
        if (is_same(roman, w->exact))
            return value;
    }
    return 0;
}

/* mười, mười một, hai mươi, hai mươi mốt */
static number read_words(const dx_finder *f, uint32_t at)
{
    unsigned values[3] = {0, 0, 0};
    uint32_t count = 0;

    while (count < 3 && at + count < f->count &&
           (values[count] = value_of_word(dx_finder_word(f, at + count))) > 0)
        count++;
    if (count >= 2 && values[0] < 3 && values[1] == 10)
        return count == 3 && values[2] < 10
                   ? (number){values[0] * 10 + values[2], 3}
                   : (number){values[0] * 10, 2};
    if (count >= 2 && values[0] == 10 && values[1] < 10)
        return (number){10 + values[1], 2};
    return (number){values[0], count > 0};
}

static number read_figures(const dx_finder *f, uint32_t at)
{
    const dx_query_word *w = dx_finder_word(f, at);
    unsigned value = value_of_digits(w->exact);

    if (value == 0)
        value = value_of_roman(f->query, w);
    return (number){value, 1};
}

static const counter *counter_of(const dx_query_word *w)
{
    for (size_t i = 0; i < sizeof counters / sizeof *counters; i++)
        if (dx_str_eq(w->folded, dx_str_from(counters[i].folded)) &&
            (!w->marked || is_spelt(w, counters[i].shown)))
            return &counters[i];
    return NULL;
}

/* ---- writing ---- */

static void put_words(unsigned value, bool other, char out[WORDS_BYTES])
{
    unsigned tens = value / 10, one = value % 10;
    const char *last = digits[one];

    if (value == 1 && other)
        last = "nhất";
    else if (tens > 1 && one == 1)
        last = "mốt";
    else if (one == 4 && other)
        last = "tư";
    else if (tens > 0 && one == 5)
        last = "lăm";
    const char *before = tens == 0 ? "" : tens == 1 ? "mười" : digits[tens];
    snprintf(out, WORDS_BYTES, "%s%s%s%s", before, tens > 1 ? " mươi" : "",
        tens > 0 && one > 0 ? " " : "", last);
}

/* Whether the number was typed so. */
static bool is_typed(const dx_finder *f, uint32_t at, uint32_t count,
    const char *text)
{
    char typed[4 * WORDS_BYTES];
    size_t len = 0;

    for (uint32_t i = at; i < at + count; i++) {
        const dx_query_word *w = dx_finder_word(f, i);
        dx_str s = w->reading.len > 0 ? w->reading : w->exact;
        if (s.len >= WORDS_BYTES)
            return false;
        if (i > at)
            typed[len++] = ' ';
        memcpy(typed + len, s.ptr, s.len);
        len += s.len;
    }
    return is_same(text, (dx_str){typed, len});
}

static dx_status offer(dx_wordings *w, const char *before, uint32_t at,
    number n)
{
    char ways[4][WORDS_BYTES]; /* in digits, Roman, in words, in other words */

    snprintf(ways[0], WORDS_BYTES, "%u", n.value);
    put_roman(n.value, ways[1]);
    put_words(n.value, false, ways[2]);
    put_words(n.value, true, ways[3]);
    for (size_t i = 0; i < 4; i++)
        if (!is_typed(w->finder, at, n.words, ways[i]) &&
            (i < 3 || strcmp(ways[3], ways[2]) != 0))
            DX_TRY(dx_wordings_offer(w, "%s %s", before, ways[i]));
    return DX_OK;
}

/* Elizabeth II, Apollo 11: in a name that is no syllable. */
static dx_status offer_name(dx_wordings *w, const dx_query_word *name,
    uint32_t at, number n)
{
    char roman[ROMAN_BYTES];

    if (name->exact.len < 3 || dx_syllable_is_valid(name->exact) ||
        name->exact.ptr[0] <= '9')
        return DX_OK;
    put_roman(n.value, roman);
    return is_typed(w->finder, at, n.words, roman)
               ? dx_wordings_offer(w, "%.*s %u", DX_WORDING_STR(name->exact),
                     n.value)
               : dx_wordings_offer(w, "%.*s %s", DX_WORDING_STR(name->exact),
                     roman);
}

dx_status dx_numerals_reword(dx_wordings *w, uint32_t at, uint32_t *taken)
{
    const dx_finder *f = w->finder;

    *taken = 0;
    if (at == 0)
        return DX_OK;
    const dx_query_word *before = dx_finder_word(f, at - 1);
    const counter *c = counter_of(before);
    number n = read_figures(f, at);
    if (c && n.value == 0)
        n = read_words(f, at);
    if (n.value == 0 || n.value > (c ? c->max : NUMBER_MAX))
        return DX_OK;
    if (c)
        DX_TRY(offer(w, c->shown, at, n));
    else
        DX_TRY(offer_name(w, before, at, n));
    dx_span words = {at, n.words}, replaced = {at - 1, n.words + 1};
    if (w->lines.len == 0)
        replaced = words;
    if (c && c->ordinal)
        DX_TRY(offer(w, "thứ", at, n));
    return dx_wordings_take(w, words, replaced, taken);
}
