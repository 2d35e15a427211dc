/* Words that are shortened: places, units, kinds of documents, chat. */
#include "searcher/understand/forms/short_words.h"

#include <string.h>

#include "searcher/understand/names/synonyms.h"

typedef struct short_word {
    const char *brief, *whole;
    const char *first; /* the first syllable of the whole, folded */
} short_word;

/* Before a name or a number. */
static const short_word places[] = {
    {"p", "phường", "phuong"}, {"q", "quận", "quan"}, {"h", "huyện", "huyen"},
    {"x", "xã", "xa"}, {"tx", "thị xã", "thi"}, {"tt", "thị trấn", "thi"},
    {"tp", "thành phố", "thanh"}, {"t", "tỉnh", "tinh"},
    {"đ", "đường", "duong"}, {"kp", "khu phố", "khu"},
};

/* Behind a number. */
static const short_word units[] = {
    {"tr", "triệu", "trieu"}, {"ty", "tỷ", "ty"}, {"tỉ", "tỷ", "ty"},
    {"k", "nghìn", "nghin"}, {"k", "ngàn", "ngan"}, {"đ", "đồng", "dong"},
    {"h", "giờ", "gio"}, {"p", "phút", "phut"}, {"t", "tấn", "tan"},
    {"m", "mét", "met"}, {"m2", "mét vuông", "met"}, {"kg", "ký", "ky"},
    {"kg", "cân", "can"}, {"km", "cây số", "cay"}, {"ha", "hecta", "hecta"},
    {"ha", "héc ta", "hec"}, {"l", "lít", "lit"}, {"usd", "đô la", "do"},
};

/* Counts only where the words themselves find little. */
static const short_word chat[] = {
    {"ko", "không", "khong"}, {"k", "không", "khong"},
    {"hok", "không", "khong"}, {"kh", "không", "khong"},
    {"hông", "không", "khong"}, {"đc", "được", "duoc"}, {"dc", "được", "duoc"},
    {"đk", "được", "duoc"}, {"ntn", "như thế nào", "nhu"}, {"j", "gì", "gi"},
    {"gj", "gì", "gi"}, {"bn", "bao nhiêu", "bao"},
    {"bnhiu", "bao nhiêu", "bao"}, {"lm", "làm", "lam"},
    {"ng", "người", "nguoi"}, {"ngta", "người ta", "nguoi"},
    {"mn", "mọi người", "moi"}, {"vs", "với", "voi"}, {"cx", "cũng", "cung"},
    {"trc", "trước", "truoc"}, {"bt", "biết", "biet"},
    {"bt", "bình thường", "binh"}, {"tg", "thời gian", "thoi"},
    {"đt", "điện thoại", "dien"}, {"sđt", "số điện thoại", "so"},
    {"sdt", "số điện thoại", "so"}, {"nv", "nhân viên", "nhan"},
    {"hs", "học sinh", "hoc"}, {"sv", "sinh viên", "sinh"},
    {"gv", "giáo viên", "giao"}, {"ck", "chuyển khoản", "chuyen"},
    {"fb", "Facebook", "facebook"}, {"yt", "YouTube", "youtube"},
    {"ytb", "YouTube", "youtube"},
};

/* Two numbers that are one character. */
static const short_word fractions[] = {
    {"½", "1/2", "1"}, {"⅓", "1/3", "1"}, {"⅔", "2/3", "2"}, {"¼", "1/4", "1"},
    {"¾", "3/4", "3"}, {"⅕", "1/5", "1"}, {"⅖", "2/5", "2"}, {"⅗", "3/5", "3"},
    {"⅘", "4/5", "4"}, {"⅙", "1/6", "1"}, {"⅚", "5/6", "5"}, {"⅛", "1/8", "1"},
    {"⅜", "3/8", "3"}, {"⅝", "5/8", "5"}, {"⅞", "7/8", "7"}, {"⅒", "1/10", "1"},
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool is_number(dx_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!is_digit(s.ptr[i]) && s.ptr[i] != ',')
            return false;
    return s.len > 0;
}

/* ---- letters and digits in one word ---- */

/* Cuts "20tr" or "q1" where digits meet letters; false when it is not of just
 * two parts. */
static bool cut(dx_str s, dx_str *first, dx_str *rest)
{
    size_t at = 1;

    while (at < s.len && is_digit(s.ptr[at]) == is_digit(s.ptr[0]))
        at++;
    *first = (dx_str){s.ptr, at};
    *rest = (dx_str){s.ptr + at, s.len - at};
    for (size_t i = at; i < s.len; i++)
        if (is_digit(s.ptr[i]) != is_digit(s.ptr[at]))
            return false;
    return at < s.len;
}

/* What the index takes for a document: NQ18 is 18-NQ/TW, or nghị quyết 18. */
static dx_status offer_document(dx_wordings *w, dx_str letters, dx_str digits)
{
    dx_synonym_walk at = dx_synonyms_begin(w->finder->synonyms);
    dx_name_words words;

    if (letters.len < 2)
        return DX_OK;
    DX_TRY(dx_wordings_offer(w, "%.*s %.*s", DX_WORDING_STR(digits),
        DX_WORDING_STR(letters)));
    DX_TRY(dx_finder_analyse(w->finder, letters, &words));
    if (words.count != 1 || !dx_synonyms_step(&at, words.folded[0]) ||
        at.from == at.ended)
        return DX_OK;
    dx_str whole = {at.from->instead, strcspn(at.from->instead, "\n")};
    DX_TRY(dx_wordings_offer(w, "%.*s %.*s", DX_WORDING_STR(whole),
        DX_WORDING_STR(digits)));
    return dx_wordings_offer(w, "%.*s số %.*s", DX_WORDING_STR(whole),
        DX_WORDING_STR(digits));
}

static dx_status offer_letters_first(dx_wordings *w, dx_str letters,
    dx_str digits)
{
    for (size_t i = 0; i < COUNT(places); i++)
        if (dx_str_eq(letters, dx_str_from(places[i].brief)))
            DX_TRY(dx_wordings_offer(w, "%s %.*s", places[i].whole,
                DX_WORDING_STR(digits)));
    DX_TRY(dx_wordings_offer(w, "%.*s %.*s", DX_WORDING_STR(letters),
        DX_WORDING_STR(digits)));
    return offer_document(w, letters, digits);
}

static dx_status offer_digits_first(dx_wordings *w, dx_str digits,
    dx_str letters)
{
    for (size_t i = 0; i < COUNT(units); i++)
        if (dx_str_eq(letters, dx_str_from(units[i].brief)))
            DX_TRY(dx_wordings_offer(w, "%.*s %s", DX_WORDING_STR(digits),
                units[i].whole));
    return dx_wordings_offer(w, "%.*s %.*s", DX_WORDING_STR(digits),
        DX_WORDING_STR(letters));
}

/* 8h30, 2tr5 */
static dx_status offer_two_numbers(dx_wordings *w, dx_str s)
{
    dx_str first, middle, last, rest;

    (void)cut(s, &first, &rest);
    if (!is_number(first) || !cut(rest, &middle, &last) || !is_number(last))
        return DX_OK;
    if (dx_str_eq(middle, DX_STR_LIT("h")))
        return dx_wordings_offer(w, "%.*s giờ %.*s", DX_WORDING_STR(first),
            DX_WORDING_STR(last));
    for (size_t i = 0; i < COUNT(units); i++)
        if (dx_str_eq(middle, dx_str_from(units[i].brief)))
            DX_TRY(dx_wordings_offer(w, "%.*s,%.*s %s", DX_WORDING_STR(first),
                DX_WORDING_STR(last), units[i].whole));
    return DX_OK;
}

static dx_status offer_mixed(dx_wordings *w, dx_str s)
{
    dx_str first, rest;

    if (!cut(s, &first, &rest))
        return rest.len > 0 ? offer_two_numbers(w, s) : DX_OK;
    return is_digit(*s.ptr) ? offer_digits_first(w, first, rest)
                            : offer_letters_first(w, first, rest);
}

/* ---- words of a table ---- */

/* Whether the words from `at` on are these, with the marks that were typed;
 * *count of them. */
static dx_status is_whole(dx_finder *f, uint32_t at, const short_word *s,
    uint32_t *count)
{
    dx_name_words words;

    *count = 0;
    if (!dx_str_eq(dx_finder_word(f, at)->folded, dx_str_from(s->first)))
        return DX_OK;
    DX_TRY(dx_finder_analyse(f, dx_str_from(s->whole), &words));
    if (at + words.count > f->count)
        return DX_OK;
    for (uint32_t i = 0; i < words.count; i++) {
        const dx_query_word *w = dx_finder_word(f, at + i);
        if (!dx_str_eq(w->folded, words.folded[i]) ||
            (w->marked && !dx_str_eq(w->exact, words.exact[i])))
            return DX_OK;
    }
    *count = (uint32_t)words.count;
    return DX_OK;
}

static bool is_brief(const dx_finder *f, uint32_t at, const short_word *s)
{
    return dx_str_eq(dx_finder_word(f, at)->exact, dx_str_from(s->brief));
}

static dx_str typed(const dx_finder *f, uint32_t at)
{
    const dx_query_word *w = dx_finder_word(f, at);

    return (dx_str){f->query->text.ptr + w->start, w->end - w->start};
}

/* P. Tân Định, TX. Thuận An, Q.3 */
static dx_status offer_brief(dx_wordings *w, const char *brief, bool number,
    dx_str next)
{
    char print[8];
    size_t len = 0;

    for (; brief[len] && len + 1 < sizeof print; len++)
        print[len] = brief[len] >= 'a' && brief[len] <= 'z'
                         ? (char)(brief[len] & ~0x20)
                         : brief[len];
    print[len] = '\0';
    DX_TRY(dx_wordings_offer(w, "%s.%s%.*s", print, number ? "" : " ",
        DX_WORDING_STR(next)));
    return number
               ? dx_wordings_offer(w, "%s%.*s", print, DX_WORDING_STR(next))
               : DX_OK;
}

/* A name says enough of itself beside the place; of a number the place is all
 * that there is. */
static dx_status reword_place(dx_wordings *w, uint32_t at,
    const short_word *place, uint32_t *taken)
{
    dx_finder *f = w->finder;
    uint32_t whole;

    DX_TRY(is_whole(f, at, place, &whole));
    uint32_t count = is_brief(f, at, place) ? 1 : whole;
    *taken = 0;
    if (count == 0 || at + count >= f->count)
        return DX_OK;
    dx_str next = typed(f, at + count);
    bool number = is_number(dx_finder_word(f, at + count)->exact);
    dx_span both = {at, count + 1};
    if (whole)
        DX_TRY(offer_brief(w, place->brief, number, next));
    else
        DX_TRY(dx_wordings_offer(w, "%s %.*s", place->whole,
            DX_WORDING_STR(next)));
    return dx_wordings_take(w, number ? both : (dx_span){at, count}, both,
        taken);
}

static dx_status reword_unit(dx_wordings *w, uint32_t at,
    const short_word *unit, uint32_t *taken)
{
    dx_finder *f = w->finder;
    dx_str number = dx_finder_word(f, at)->exact;
    uint32_t whole;

    DX_TRY(is_whole(f, at + 1, unit, &whole));
    uint32_t count = is_brief(f, at + 1, unit) ? 1 : whole;
    *taken = 0;
    if (count == 0)
        return DX_OK;
    DX_TRY(dx_wordings_offer(w, "%.*s %s", DX_WORDING_STR(number),
        whole ? unit->brief : unit->whole));
    DX_TRY(dx_wordings_offer(w, "%.*s%s", DX_WORDING_STR(number), unit->whole));
    DX_TRY(dx_wordings_offer(w, "%.*s%s", DX_WORDING_STR(number), unit->brief));
    dx_span both = {at, count + 1};
    return dx_wordings_take(w, both, both, taken);
}

static dx_status reword_fraction(dx_wordings *w, uint32_t at,
    const short_word *fraction, uint32_t *taken)
{
    uint32_t whole;

    DX_TRY(is_whole(w->finder, at, fraction, &whole));
    bool brief = is_brief(w->finder, at, fraction);
    *taken = 0;
    if (brief || whole)
        DX_TRY(dx_wordings_offer(w, "%s", brief ? fraction->whole
                                                : fraction->brief));
    dx_span words = {at, brief ? 1 : whole};
    return dx_wordings_take(w, words, words, taken);
}

static dx_status reword_chat(dx_wordings *w, uint32_t at, uint32_t *taken)
{
    for (size_t i = 0; i < COUNT(chat); i++)
        if (is_brief(w->finder, at, &chat[i]))
            DX_TRY(dx_wordings_offer(w, "%s", chat[i].whole));
    return dx_wordings_take(w, (dx_span){at, 1}, (dx_span){at, 1}, taken);
}

dx_status dx_short_words_reword(dx_wordings *w, uint32_t at, uint32_t *taken)
{
    const dx_finder *f = w->finder;
    dx_str word = dx_finder_word(f, at)->exact;

    DX_TRY(offer_mixed(w, word));
    DX_TRY(dx_wordings_take(w, (dx_span){at, 1}, (dx_span){at, 1}, taken));
    for (size_t i = 0; i < COUNT(places) && *taken == 0; i++)
        DX_TRY(reword_place(w, at, &places[i], taken));
    bool number = is_number(word) && at + 1 < f->count;
    for (size_t i = 0; number && i < COUNT(units) && *taken == 0; i++)
        DX_TRY(reword_unit(w, at, &units[i], taken));
    for (size_t i = 0; i < COUNT(fractions) && *taken == 0; i++)
        DX_TRY(reword_fraction(w, at, &fractions[i], taken));
    return *taken == 0 ? reword_chat(w, at, taken) : DX_OK;
}
