/* Which lines of a page are the article, and what the others tell about it.
 *
 * Each rule is narrow, because losing a paragraph is worse than keeping a
 * stray line: a related headline in the body costs some precision, a missing
 * paragraph cannot be found at all. */
#include "indexer/input/text/boilerplate.h"

#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/date.h"
#include "indexer/input/chars/date_line.h"
#include "indexer/input/text/headline.h"

#define LABEL_MAX_BYTES 300u
#define NAME_MAX_BYTES 80u
#define EDGE_PARAS 6u /* how far from either end date lines are looked for */

/* {keywords}, {photo_1}: what a CMS leaves where a picture was. */
static bool is_marker(dx_str line)
{
    if (line.len < 3 || line.len > 40 || line.ptr[0] != '{' ||
        line.ptr[line.len - 1] != '}')
        return false;
    return !memchr(line.ptr, ' ', line.len);
}

/* Paragraphs to remove are marked by an empty text and dropped together: moving
 * the rest down for each would take quadratic time in a file of many. */
static void mark(dx_paras *p, size_t at, size_t count)
{
    for (size_t i = at; i < at + count; i++)
        p->items[i].text.len = 0;
}

static void drop_marked(dx_paras *p)
{
    size_t kept = 0;

    for (size_t i = 0; i < p->count; i++)
        if (p->items[i].text.len)
            p->items[kept++] = p->items[i];
    p->count = kept;
}

static void remove_markers(dx_paras *p)
{
    for (size_t i = 0; i < p->count; i++) {
        if (!is_marker(p->items[i].text))
            continue;
        bool caption = i + 1 < p->count && !p->items[i + 1].after_blank;
        mark(p, i, caption ? 2 : 1);
    }
    drop_marked(p);
}

/* "… tại hội nghị. Ảnh: Minh Châu", "(Ảnh minh họa)": a photo's caption. */
static bool is_caption(dx_str line)
{
    static const char *const credits[] = {"ảnh:", "ảnh :", "ảnh minh họa",
        "ảnh minh hoạ", "ảnh tư liệu", "ảnh internet", "ảnh chụp màn hình",
        "nguồn ảnh:"};
    const size_t tail_max = 64;
    size_t from = line.len > tail_max ? line.len - tail_max : 0;

    if (line.len > 400)
        return false;
    for (size_t at = from; at < line.len; at++) {
        if (at > 0 && !strchr(" (.-/\x93", line.ptr[at - 1]))
            continue;
        dx_str tail = dx_str_from_offset(line, at);
        for (size_t i = 0; i < sizeof credits / sizeof *credits; i++) {
            size_t n = dx_starts_with(tail, credits[i]);
            /* more text after the credit is a sentence about a picture */
            if (n && dx_find_ascii(dx_str_from_offset(tail, n), ". ") < 0)
                return true;
        }
    }
    return false;
}

static void remove_captions(dx_paras *p)
{
    for (size_t i = 0; i < p->count; i++)
        if (is_caption(p->items[i].text))
            mark(p, i, 1);
    drop_marked(p);
}

static size_t total_bytes(const dx_paras *p)
{
    size_t bytes = 0;

    for (size_t i = 0; i < p->count; i++)
        bytes += p->items[i].text.len;
    return bytes;
}

/* Another article's headline, twice (picture link and text link), and its
 * summary. The article is the larger part: what follows may only be cut when it
 * is the smaller. */
static void cut_repeated_headline(dx_paras *p)
{
    size_t total = total_bytes(p), before = 0;

    for (size_t i = 0; i + 1 < p->count; i++) {
        dx_str line = p->items[i].text;
        if (before >= total - before && i > 0 &&
            dx_str_eq(line, p->items[i + 1].text) &&
            dx_looks_like_headline(line)) {
            p->count = i;
            return;
        }
        before += line.len;
    }
}

typedef enum label_kind {
    LABEL_AUTHOR,
    LABEL_SOURCE,
    LABEL_TAGS,
    LABEL_CATEGORY,
    LABEL_NOISE,  /* the line goes, its value too */
    LABEL_RELATED, /* the line and the list under it go */
    LABEL_END     /* nothing of the article comes after it */
} label_kind;

static const struct label {
    const char *text;
    label_kind kind;
} labels[] = {
    {"tác giả", LABEL_AUTHOR}, {"người viết", LABEL_AUTHOR},
    {"bài, ảnh", LABEL_AUTHOR}, {"bài và ảnh", LABEL_AUTHOR},
    {"tin, ảnh", LABEL_AUTHOR}, {"tin, bài", LABEL_AUTHOR},
    {"bài viết", LABEL_AUTHOR},
    {"nguồn tin", LABEL_SOURCE}, {"nguồn", LABEL_SOURCE},
    {"theo nguồn", LABEL_SOURCE},
    {"từ khóa", LABEL_TAGS}, {"từ khoá", LABEL_TAGS}, {"tags", LABEL_TAGS},
    {"tag", LABEL_TAGS}, {"chủ đề", LABEL_TAGS},
    {"chuyên mục", LABEL_CATEGORY},
    {"lượt xem", LABEL_NOISE}, {"số lượt xem", LABEL_NOISE},
    {"lượt đọc", LABEL_NOISE}, {"chia sẻ", LABEL_NOISE},
    {"chia sẻ bài viết", LABEL_NOISE}, {"in bài viết", LABEL_NOISE},
    {"gửi bài viết", LABEL_NOISE}, {"cỡ chữ", LABEL_NOISE},
    {"đánh giá bài viết", LABEL_NOISE}, {"in trang", LABEL_NOISE},
    {"nghe đọc bài", LABEL_NOISE}, {"theo dõi", LABEL_NOISE},
    {"xem thêm", LABEL_RELATED}, {"đọc thêm", LABEL_RELATED},
    {"xem tiếp", LABEL_RELATED}, {"mời xem thêm", LABEL_RELATED},
    {"mời bạn đọc xem thêm", LABEL_RELATED}, {"đọc tiếp", LABEL_RELATED},
    {"có thể bạn quan tâm", LABEL_RELATED}, {"liên quan", LABEL_RELATED},
    {"tin liên quan", LABEL_END}, {"tin bài liên quan", LABEL_END},
    {"tin, bài liên quan", LABEL_END}, {"bài liên quan", LABEL_END},
    {"bài viết liên quan", LABEL_END}, {"tin tức liên quan", LABEL_END},
    {"các tin liên quan", LABEL_END}, {"các bài viết liên quan", LABEL_END},
    {"tin cùng chuyên mục", LABEL_END}, {"cùng chuyên mục", LABEL_END},
    {"bài cùng chuyên mục", LABEL_END}, {"tin khác", LABEL_END},
    {"các tin khác", LABEL_END}, {"bài viết khác", LABEL_END},
    {"các bài viết khác", LABEL_END}, {"tin bài khác", LABEL_END},
    {"các tin bài khác", LABEL_END}, {"tin đã đưa", LABEL_END},
    {"các tin đã đưa", LABEL_END}, {"tin mới hơn", LABEL_END},
    {"tin cũ hơn", LABEL_END}, {"những tin mới hơn", LABEL_END},
    {"những tin cũ hơn", LABEL_END}, {"các tin cũ hơn", LABEL_END},
    {"các tin mới hơn", LABEL_END}, {"tin mới nhất", LABEL_END},
    {"tin đọc nhiều", LABEL_END}, {"đọc nhiều nhất", LABEL_END},
    {"xem nhiều nhất", LABEL_END}, {"tin nổi bật", LABEL_END},
    {"ý kiến bạn đọc", LABEL_END}, {"bình luận", LABEL_END},
    {"source", LABEL_SOURCE}, {"read more", LABEL_RELATED},
    {"see also", LABEL_RELATED}, {"related stories", LABEL_END},
    {"related news", LABEL_END}, {"related articles", LABEL_END},
};

/* The label a line starts with: the label alone, or with a colon and *value
 * after it. */
static const struct label *label_of(dx_str line, dx_str *value)
{
    const struct label *found = NULL;

    *value = (dx_str){NULL, 0};
    while (line.len && strchr("*->[(\x7C ", line.ptr[0]))
        line = dx_str_from_offset(line, 1);
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        size_t n = dx_starts_with_typed(line, labels[i].text);
        if (n == 0)
            continue;
        dx_str rest = dx_trim(dx_str_from_offset(line, n));
        if (rest.len && rest.ptr[0] == ':') {
            *value = dx_trim(dx_str_from_offset(rest, 1));
            return &labels[i];
        }
        /* Without a colon, "nguồn" or "bài viết" alone says nothing. */
        if (rest.len == 0 && labels[i].kind >= LABEL_NOISE)
            found = &labels[i];
    }
    return found;
}

static void set_absent(dx_str *field, dx_str value)
{
    if (field->len == 0 && value.len)
        *field = value;
}

/* Headlines listed under "Xem thêm"; the article goes on at the first line
 * that reads like a sentence of text. */
static size_t related_list_end(const dx_paras *p, size_t i)
{
    while (i < p->count) {
        dx_str line = p->items[i].text;
        char last = line.ptr[line.len - 1];
        if (line.len > 200 || last == '.' || last == ':' || last == '!')
            break;
        i++;
    }
    return i;
}

/* Small words between and after names: "Thu Hà và Minh Đức (tổng hợp)". */
static bool is_byline_word(dx_str word)
{
    static const char *const words[] = {"–", "và", "vn", "tổng", "hợp", "th",
        "lược", "dịch", "ghi", "thực", "hiện", "biên", "soạn"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (dx_equals(word, words[i]))
            return true;
    return false;
}

/* Names only: every word has a capital first, or is a byline's small word. */
static bool looks_like_names(dx_str line)
{
    const char *p = line.ptr, *end = p + line.len;
    size_t words = 0;

    if (line.len == 0 || line.len > NAME_MAX_BYTES)
        return false;
    while (p < end) {
        while (p < end && strchr(" -/&,+();.", *p))
            p++;
        if (p >= end)
            break;
        const char *start = p;
        uint32_t first = dx_char_next(&p, end);
        while (p < end && !strchr(" -/&,+();.", *p))
            p++;
        if (dx_char_is_upper(first))
            words++;
        else if (!is_byline_word((dx_str){start, (size_t)(p - start)}))
            return false;
    }
    return words >= 1 && words <= 9;
}

/* "Nguồn: Báo Bắc Giang", "Nguồn: chinhphu.vn", not "Nguồn: vốn vay". */
static bool looks_like_source(dx_str value)
{
    const char *p = value.ptr, *end = p + value.len;

    return value.len && value.len <= NAME_MAX_BYTES &&
           (dx_char_is_upper(dx_char_next(&p, end)) ||
               memchr(value.ptr, '.', value.len - 1));
}

/* Applies the label in paragraph i; how many paragraphs it takes away. `tail`:
 * the larger part of the text came before. */
static size_t apply_label(const dx_paras *p, size_t i,
    const struct label *label, dx_str value, bool tail, dx_article *out)
{
    switch (label->kind) {
    case LABEL_AUTHOR:
        if (!looks_like_names(value))
            return 0;
        set_absent(&out->author, value);
        return 1;
    case LABEL_SOURCE:
        if (!looks_like_source(value))
            return 0;
        set_absent(&out->source, value);
        return 1;
    case LABEL_TAGS:
        set_absent(&out->tags, value);
        return 1;
    case LABEL_CATEGORY:
        if (value.len > NAME_MAX_BYTES || !value.len)
            return 0;
        set_absent(&out->category, value);
        return 1;
    case LABEL_NOISE:
        return value.len > 40 ? 0 : 1;
    case LABEL_RELATED:
        return value.len ? 1 : related_list_end(p, i + 1) - i;
    case LABEL_END:
        if (value.len)
            return 1;
        return tail ? p->count - i : related_list_end(p, i + 1) - i;
    }
    return 0;
}

static dx_status apply_labels(dx_paras *p, const atomic_bool *stop,
    dx_article *out, dx_error *err)
{
    size_t total = total_bytes(p), before = 0, gone = 0, n = 0;

    for (size_t i = 0; i < p->count; i += gone ? gone : 1) {
        if (n++ % 1024 == 0)
            DX_TRY(dx_stop_check(stop, err));
        dx_str value, line = p->items[i].text;
        const struct label *label =
            line.len > LABEL_MAX_BYTES ? NULL : label_of(line, &value);
        gone = label ? apply_label(p, i, label, value,
                           before >= total - before, out)
                     : 0;
        for (size_t k = i; k < i + gone; k++)
            total -= p->items[k].text.len;
        mark(p, i, gone);
        if (!gone)
            before += line.len;
    }
    drop_marked(p);
    return DX_OK;
}

/* "5 phút đọc", "Thu Hà, Jan 20, 2025, 2 min read" */
static bool tells_reading_time(dx_str line)
{
    static const char *const endings[] = {"phút đọc", "min read", "minute read",
        "minutes read"};
    const size_t longest = 120;

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (line.len <= longest && dx_ends_with(line, endings[i]))
            return true;
    return line.len <= longest && dx_starts_with(line, "thời gian đọc:") > 0;
}

static void remove_date_lines(dx_paras *p, dx_article *out)
{
    for (size_t i = 0; i < p->count; i++) {
        int32_t date;
        bool edge = i < EDGE_PARAS || i + EDGE_PARAS >= p->count;
        if (edge && tells_reading_time(p->items[i].text))
            date = DX_DATE_UNKNOWN;
        else if (!edge || !dx_date_line(p->items[i].text, &date))
            continue;
        if (out->date == DX_DATE_UNKNOWN)
            out->date = date;
        mark(p, i, 1);
    }
    drop_marked(p);
}

/* "Ban biên tập Công báo điện tử", "Nhóm PV Báo Bắc Ninh", "By staff
 * reporters": an author who is no name. */
static bool is_staff(dx_str line)
{
    static const char *const starts[] = {"ban biên tập", "bbt", "nhóm pv",
        "nhóm phóng viên", "phóng viên", "pv ", "tổ phóng viên", "by "};

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (dx_starts_with_typed(line, starts[i]))
            return true;
    return false;
}

/* The article's last line as author or source: "Vân Anh", "PV/TTXVN",
 * "(Theo Chinhphu.vn)". */
static bool take_byline(dx_str line, dx_article *out)
{
    char last = line.ptr[line.len - 1];
    const char *bracket = memrchr(line.ptr, '(', line.len);

    if (last == ')' && line.ptr[0] == '(' && line.len > 2) {
        line = dx_trim((dx_str){line.ptr + 1, line.len - 2});
    } else if (last == ')' && bracket && line.len <= NAME_MAX_BYTES) {
        size_t n = (size_t)(bracket - line.ptr); /* "Thu Hà (10/02/2026)" */
        int32_t date = dx_date_parse(dx_str_from_offset(line, n));
        if (date != DX_DATE_UNKNOWN) {
            line = dx_trim((dx_str){line.ptr, n});
            if (out->date == DX_DATE_UNKNOWN)
                out->date = date;
        }
    }
    size_t theo = dx_starts_with(line, "theo ");
    if (theo && line.len <= NAME_MAX_BYTES && last != '.' && last != ':') {
        set_absent(&out->source, dx_trim(dx_str_from_offset(line, theo)));
        return true;
    }
    /* "T.H." is a name's initials, "Xin cảm ơn Ông." a sentence. */
    if ((last == '.' && line.len > 8) || strchr(":!?,", last) ||
        line.len > NAME_MAX_BYTES ||
        (!looks_like_names(line) && !is_staff(line)))
        return false;
    set_absent(&out->author,
        dx_str_from_offset(line, dx_starts_with(line, "by ")));
    return true;
}

static void remove_bylines(dx_paras *p, dx_article *out)
{
    for (int n = 0; n < 3 && p->count > 1; n++) {
        if (!take_byline(p->items[p->count - 1].text, out))
            return;
        p->count--;
    }
}

void dx_boilerplate_remove_head(dx_paras *p, dx_article *out)
{
    size_t n = 0;

    for (; n + 1 < p->count; n++) {
        int32_t date;
        dx_str value, line = p->items[n].text;
        bool is_date = dx_date_line(line, &date);
        const struct label *label = label_of(line, &value);
        if (is_date && out->date == DX_DATE_UNKNOWN)
            out->date = date;
        else if (!is_date &&
                 (!label || label->kind >= LABEL_RELATED ||
                     !apply_label(p, n, label, value, false, out)))
            break;
    }
    dx_paras_remove(p, 0, n);
}

dx_status dx_boilerplate_remove(dx_paras *p, const atomic_bool *stop,
    dx_article *out, dx_error *err)
{
    remove_markers(p);
    DX_TRY(dx_stop_check(stop, err));
    cut_repeated_headline(p);
    DX_TRY(apply_labels(p, stop, out, err));
    remove_date_lines(p, out);
    DX_TRY(dx_stop_check(stop, err));
    remove_captions(p);
    remove_bylines(p, out);
    return DX_OK;
}

/* "VOV.VN", "Baoquangninh.com.vn": a name that needs no brackets to be one. */
static bool is_domain(dx_str name)
{
    static const char *const endings[] = {".vn", ".com", ".net", ".org"};

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t n = strlen(endings[i]);
        if (name.len > n &&
            dx_equals(dx_str_from_offset(name, name.len - n), endings[i]))
            return true;
    }
    return false;
}

/* Length of the agency's name with its brackets, 0 when there is none. */
static size_t agency_len(dx_str s, dx_str *name)
{
    const size_t name_max = 48;
    bool bracketed = s.len > 2 && s.ptr[0] == '(';
    size_t n = bracketed;

    while (n < s.len && n <= name_max && s.ptr[n] != ')' &&
           (bracketed || s.ptr[n] != ' '))
        n++;
    *name = (dx_str){s.ptr + bracketed, n - bracketed};
    if (name->len < 2 || n >= s.len || n > name_max)
        return 0;
    if (!bracketed)
        return is_domain(*name) ? n : 0;
    const char *p = name->ptr, *end = p + name->len;
    bool capital = dx_char_is_upper(dx_char_next(&p, end));
    return s.ptr[n] == ')' && (capital || is_domain(*name)) ? n + 1 : 0;
}

void dx_boilerplate_remove_agency(dx_str *para, dx_article *out)
{
    static const char *const dashes[] = {"-", "–", "—"};
    dx_str name;
    size_t n = agency_len(*para, &name), dash = 0;
    dx_str rest = dx_trim(dx_str_from_offset(*para, n));

    for (size_t i = 0; n && i < 3 && !dash; i++)
        dash = dx_starts_with(rest, dashes[i]);
    if (!dash)
        return;
    set_absent(&out->source, name);
    *para = dx_trim(dx_str_from_offset(rest, dash));
}
