/* The date of an article among all the dates of its page. */
#include "indexer/input/html/facts/dates.h"

#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/date.h"
#include "indexer/input/chars/date_line.h"

#define SHORT_BYTES 80u /* a line beside the title that is no sentence */
#define NAMED_BYTES 200u

static const char *const published_labels[] = {"ngày đăng tin", "ngày đăng bài",
    "ngày đăng", "đăng ngày", "đăng lúc", "đăng vào", "đã đăng",
    "ngày xuất bản", "xuất bản ngày", "xuất bản lúc", "xuất bản",
    "thời gian đăng", "được viết ngày", "được đăng ngày", "viết ngày",
    "ngày viết", "đăng tải", "ngày tạo", "ngày phát hành", "ngày gửi",
    "gửi lúc", "date published", "publish date", "published on", "published",
    "posted on", "posted", NULL};
static const char *const updated_labels[] = {"cập nhật lần cuối",
    "lần cập nhật cuối", "cập nhật lúc", "cập nhật ngày", "ngày cập nhật",
    "cập nhật", "last updated", "updated", "ngày sửa", NULL};

typedef enum rank { /* the surest first */
    RANK_ONLY_LABEL,
    RANK_LINKED_DATA,
    RANK_MICRODATA,
    RANK_META,
    RANK_LABEL,
    RANK_TIME,
    RANK_NEAR_NAMED,
    RANK_NEAR_TITLE,
    RANK_NEAR_ABOVE,
    RANK_UPDATED,
    RANK_NAMED,
    RANK_NAMED_ASIDE,
    RANK_SIGNED,
    RANK_LINE,
    RANK_ABOVE,
    RANKS
} rank;

static const char *const rank_names[RANKS] = {"label", "json-ld", "microdata",
    "meta", "label", "time", "class", "near title", "near title",
    "updated label",     "class", "class", "signature", "line", "line"};

typedef struct search {
    const dx_page *p;
    dx_date_reading found[RANKS]; /* the first one of each rank */
    size_t labels;                /* labels that say when it was published */
} search;

static bool is_known(dx_date_reading read)
{
    return read.day != DX_DATE_UNKNOWN;
}

/* A day that is still to come may be read the other way round. */
static dx_date_reading until(dx_date_reading read, int32_t latest)
{
    if (is_known(read) && read.day > latest)
        read = (dx_date_reading){read.other, DX_DATE_UNKNOWN, DX_DATE_ORDER_OPEN};
    if (is_known(read) && read.day > latest)
        read.day = DX_DATE_UNKNOWN;
    if (read.other != DX_DATE_UNKNOWN && read.other > latest)
        read.other = DX_DATE_UNKNOWN;
    return read;
}

static void take(search *s, rank at, dx_date_reading read)
{
    if (!is_known(s->found[at]))
        s->found[at] = until(read, s->p->latest);
}

/* ---- what the page hides ---- */

static dx_status take_hidden(search *s)
{
    static const char *const metas[] = {"article:published_time",
        "article:published", "og:published_time", "datepublished", "pubdate",
        "publish-date", "publishdate", "dc.date.issued", "dcterms.issued",
        "dcterms.created", "dc.date.created", "dc.date", "dcterms.date",
        "date"};
    const dx_page *p = s->p;
    uint32_t i = dx_dom_find(p->dom, "[itemprop=datePublished]", 0,
        p->dom->count);

    take(s, RANK_LINKED_DATA, p->ld.date);
    if (i != DX_DOM_NONE) {
        const char *when = dx_dom_attr_of(&p->dom->nodes[i], "datetime");
        dx_str text = {NULL, 0};
        take(s, RANK_MICRODATA, dx_date_read(dx_str_from(when)));
        DX_TRY(dx_page_said_by(p, i, &text));
        take(s, RANK_MICRODATA, dx_date_read(text));
    }
    for (size_t m = 0; m < sizeof metas / sizeof *metas; m++)
        take(s, RANK_META, dx_date_read(dx_page_meta(p, metas[m])));
    for (i = 0; (i = dx_dom_find(p->dom, "time[datetime]", i,
                     p->dom->count)) != DX_DOM_NONE; i++)
        if (!(p->lines.looks[i] & (DX_LINE_ASIDE | DX_LINE_LINK)))
            take(s, RANK_TIME,
                dx_date_read(dx_str_from(dx_dom_attr_of(&p->dom->nodes[i],
                    "datetime"))));
    return DX_OK;
}

/* ---- lines ---- */

/* "Hôm nay: Thứ Hai, 30/11/2026": what day it was when the page was fetched. */
static bool is_clock(const dx_page *p, const dx_line *line)
{
    static const char *const starts[] = {"hôm nay", "bây giờ", "today"};
    static const char *const names[] = {"clock", "dong-ho", "dongho", "hom-nay",
        "homnay", "today", "current-date", "currentdate", "datenow", "date-now",
        "time-now", "timenow", "hientai", NULL};

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (dx_starts_with_typed(line->text, starts[i]))
            return true;
    return dx_node_is_named(p->dom, line->block, names, 1);
}

/* What follows a label, as far as a date may stand: nothing, or "lúc", "thứ
 * ba". A word that goes on ("Ngày đăng ký") makes another label of it. */
static bool follows_label(dx_str rest, dx_str *value)
{
    static const char *const words[] = {"thứ", "chủ nhật", "ngày", "lúc", "vào",
        "on ", "at ", "mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    bool colon = false;

    while (rest.len && strchr(" :-|(", rest.ptr[0])) {
        colon |= rest.ptr[0] == ':';
        rest = dx_str_from_offset(rest, 1);
    }
    *value = rest;
    for (size_t i = 0; i < sizeof words / sizeof *words && !colon; i++)
        colon |= dx_starts_with_typed(rest, words[i]) > 0;
    return colon || rest.len == 0 || dx_is_digit(rest.ptr[0]);
}

/* Whether a label may begin at `at`: of the line, behind a sign, or, with a colon,
 * behind a word. "Cuốn sách được xuất bản ngày 5/6/2019" is a sentence. */
static bool may_begin(dx_str line, size_t at, bool has_colon)
{
    size_t before = at;

    while (before > 0 && line.ptr[before - 1] == ' ')
        before--;
    if (before == 0 || strchr("|-(:.,", line.ptr[before - 1]))
        return true;
    return before < at && has_colon;
}

/* The same for a letter in both cases, and for d, đ and Đ (C4 …). */
static uint32_t first_bit(char c) { return 1u << (c & 31); }

/* Finds one of `labels` in a short line; *value is what stands behind it. */
static bool find_label(dx_str line, const char *const *labels, dx_str *value)
{
    uint32_t firsts = 0;

    for (size_t i = 0; labels[i]; i++)
        firsts |= first_bit(labels[i][0]);
    for (size_t at = 0; at < line.len; at++) {
        uint32_t first = first_bit(line.ptr[at]);
        if (!(firsts & first) || !may_begin(line, at, true))
            continue;
        dx_str rest = dx_str_from_offset(line, at);
        for (size_t i = 0; labels[i]; i++) {
            size_t n = first_bit(labels[i][0]) == first
                           ? dx_starts_with_typed(rest, labels[i])
                           : 0;
            dx_str behind = dx_trim(dx_str_from_offset(rest, n));
            bool colon = behind.len && behind.ptr[0] == ':';
            if (n && (colon || line.len <= SHORT_BYTES) &&
                may_begin(line, at, colon) && follows_label(behind, value))
                return true;
        }
    }
    return false;
}

static bool has_digit(dx_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (dx_is_digit(s.ptr[i]))
            return true;
    return false;
}

/* The date that a label in line i has; it may stand in the next cell. */
static bool labelled(const dx_page *p, uint32_t i, const char *const *labels,
    dx_date_reading *out)
{
    const size_t value_max = 60;
    const size_t label_max = 40;
    dx_str value, line = p->lines.items[i].text;

    if ((line.len > label_max && !has_digit(line)) ||
        !find_label(line, labels, &value))
        return false;
    if (value.len == 0 && i + 1 < p->lines.count &&
        p->lines.items[i + 1].text.len <= value_max)
        value = p->lines.items[i + 1].text;
    if (value.len > value_max)
        value.len = value_max;
    *out = dx_date_read(value);
    return is_known(*out);
}

/* "Bắc Giang, ngày 12 tháng 3 năm 2024" */
static bool is_signed(dx_str line, dx_date_reading *out)
{
    const char *p = line.ptr, *end = dx_str_end(line);
    const char *comma = line.len ? memchr(line.ptr, ',', line.len) : NULL;

    if (!comma || line.len > SHORT_BYTES ||
        !dx_char_is_upper(dx_char_next(&p, end)))
        return false;
    dx_str rest = dx_trim(dx_str_from_offset(line,
        (size_t)(comma - line.ptr) + 1));
    if (!dx_starts_with_typed(rest, "ngày"))
        return false;
    *out = dx_date_read(rest);
    return is_known(*out);
}

/* The lines between the title and the text, a few above it as well. */
typedef struct near_title {
    uint32_t from, to; /* [from, to) */
} near_title;

static near_title lines_near_title(const dx_page *p)
{
    const uint32_t above = 3, below = 15;
    const size_t text_max = 600;
    uint32_t t = p->title_line, to = t;
    size_t bytes = 0;

    if (t >= p->lines.count)
        return (near_title){0, 0};
    while (to < p->lines.count && to <= t + below && bytes <= text_max)
        bytes += to++ == t ? 0 : p->lines.items[to - 1].text.len;
    return (near_title){t > above ? t - above : 0, to};
}

/* Where a line stands that nothing but its look or name makes a date of. */
static rank place_of(const dx_page *p, near_title n, uint32_t i, bool is_named)
{
    bool above = i < p->title_line && p->title_line < p->lines.count;
    bool near = i >= n.from && i < n.to;

    if (near && above)
        return RANK_NEAR_ABOVE;
    if (near)
        return is_named ? RANK_NEAR_NAMED : RANK_NEAR_TITLE;
    return above ? RANK_ABOVE : is_named ? RANK_NAMED : RANK_LINE;
}

static bool is_day_of_fetching(const dx_page *p, dx_date_reading read)
{
    return p->latest != INT32_MAX && read.day + 1 >= p->latest;
}

/* The day of fetching above the title is the page's clock, most likely; right above
 * it, it may still be the article's, where there is no other. */
static void take_at(search *s, rank place, dx_date_reading read)
{
    bool fetched = is_day_of_fetching(s->p, read);

    if (fetched && place == RANK_ABOVE)
        return;
    take(s, fetched && place == RANK_NEAR_ABOVE ? RANK_ABOVE : place, read);
}

static void take_unlabelled(search *s, uint32_t i, near_title n)
{
    const dx_page *p = s->p;
    const dx_line *line = &p->lines.items[i];
    dx_date_reading read = DX_DATE_READING_NONE;
    int32_t day;

    if (is_signed(line->text, &read)) {
        take(s, RANK_SIGNED, read);
        return;
    }
    rank place = place_of(p, n, i, false);
    bool is_short = line->text.len <= SHORT_BYTES && place == RANK_NEAR_TITLE;
    if (!is_short && !dx_date_line(line->text, &day))
        return;
    take_at(s, place, dx_date_read(line->text));
}

static dx_status take_lines(search *s)
{
    const dx_page *p = s->p;
    const size_t line_max = 160;
    near_title n = lines_near_title(p);
    uint32_t start = p->title_line < p->lines.count ? p->title_line : 0;

    /* Below the title first, then what stands above it. */
    for (uint32_t k = 0; k < p->lines.count; k++) {
        uint32_t i = k < p->lines.count - start ? start + k
                                                : k - (p->lines.count - start);
        const dx_line *line = &p->lines.items[i];
        dx_date_reading read;
        DX_TRY(dx_page_check_stop(p, k));
        if (line->text.len > line_max || is_clock(p, line) ||
            (line->looks & (DX_LINE_ASIDE | DX_LINE_LINK)))
            continue;
        if (labelled(p, i, published_labels, &read)) {
            s->labels++;
            take(s, RANK_LABEL, read);
        } else if (labelled(p, i, updated_labels, &read)) {
            take(s, RANK_UPDATED, read);
        } else {
            take_unlabelled(s, i, n);
        }
    }
    return DX_OK;
}

/* ---- elements named for dates ---- */

/* The text of node i, its lines set apart by blanks: "12 Tháng 3 2024". */
static size_t text_of(const dx_page *p, uint32_t i, char out[NAMED_BYTES])
{
    uint32_t end = p->dom->nodes[i].end;
    size_t n = 0;

    for (; i < end; i++) {
        dx_str text = dx_trim(p->dom->nodes[i].text);
        if (text.len == 0)
            continue;
        if (n + text.len + 1 > NAMED_BYTES)
            return 0;
        memcpy(out + n, text.ptr, text.len);
        n += text.len;
        out[n++] = ' ';
    }
    return n;
}

/* A page's clock is named so, too; it stands above the title. */
static void take_named(search *s)
{
    static const char *const names[] = {"date", "time", "ngay", "publish",
        "posted", "pubdate", "meta", NULL};
    /* A bar that is named like a menu may hold the article's date. */
    static const char *const sure_names[] = {"publish", "pubdate", "post-time",
        "post-date", "posttime", "postdate", "ngaydang", "ngay-dang",
        "article-date", "article-time", "detail-time", NULL};
    const dx_page *p = s->p;
    near_title near = lines_near_title(p);
    char text[NAMED_BYTES];

    for (uint32_t i = 0; i < p->dom->count; i++) {
        bool aside = p->lines.looks[i] & DX_LINE_ASIDE;
        const dx_dom_node *node = &p->dom->nodes[i];
        bool is_time = strcmp(node->tag, "time") == 0 && !aside;
        if ((p->lines.looks[i] & DX_LINE_LINK) ||
            (!is_time && (node->attr_count == 0 ||
                !dx_node_is_named(p->dom, i, aside ? sure_names : names, 0))))
            continue;
        uint32_t line = dx_lines_at(&p->lines, i);
        size_t n = text_of(p, i, text);
        if (n == 0 || (line < p->lines.count && is_clock(p, &p->lines.items[line])))
            continue;
        dx_date_reading read = dx_date_read((dx_str){text, n});
        take_at(s, aside ? RANK_NAMED_ASIDE : place_of(p, near, line, true),
            read);
    }
}

/* ---- together ---- */

static dx_status set_modified(const search *s)
{
    const dx_page *p = s->p;
    dx_str said = dx_page_meta(p, "article:modified_time");
    dx_date_reading read = until(p->ld.modified, p->latest);
    const char *from = "json-ld";
    char day[DX_CIVIL_BYTES];

    if (!is_known(read)) {
        read = until(dx_date_read(said), p->latest);
        from = "meta";
    }
    if (!is_known(read)) {
        read = s->found[RANK_UPDATED];
        from = "label";
    }
    if (!is_known(read) || p->out->date == DX_DATE_UNKNOWN ||
        read.day <= p->out->date)
        return DX_OK;
    size_t n = dx_civil_put(read.day, day);
    return dx_page_set(p, DX_FIELD_MODIFIED, (dx_str){day, n}, from);
}

dx_status dx_dates_find(const dx_page *p)
{
    search s = {.p = p};

    for (int r = 0; r < RANKS; r++)
        s.found[r] = DX_DATE_READING_NONE;
    DX_TRY(take_hidden(&s));
    DX_TRY(take_lines(&s));
    DX_TRY(dx_page_check_stop(p, 0));
    take_named(&s);
    if (s.labels == 1)
        s.found[RANK_ONLY_LABEL] = s.found[RANK_LABEL];
    for (int r = 0; r < RANKS && p->out->date == DX_DATE_UNKNOWN; r++) {
        p->out->date = s.found[r].day;
        p->out->other_date = s.found[r].other;
        p->out->date_order = s.found[r].order;
        if (is_known(s.found[r]))
            p->out->from.field[DX_FIELD_DATE] = rank_names[r];
    }
    return set_modified(&s);
}
