/* Authors and sources. */
#include "indexer/input/html/facts/people.h"

#include "indexer/input/chars/chars.h"
#include "indexer/input/html/facts/names.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define LABELLED_MAX_BYTES 120u

/* The first ones mean it wherever they stand in a line; "tin" ends "nguồn tin". */
#define SURE_AUTHOR_LABELS 6u
static const char *const author_labels[] = {"tác giả bài viết", "tác giả",
    "người viết", "đăng bởi", "viết bởi", "posted by", "người đăng", "bài, ảnh",
    "bài và ảnh", "tin, ảnh", "tin và ảnh", "tin, bài", "bài", "tin",
    "thực hiện", "author", "bút danh"};
static const char *const source_labels[] = {"nguồn tin", "theo nguồn", "nguồn",
    "source"};

/* Likewise, of a label anywhere in a line: "12/03/2024 Tác giả: Lý Văn Phúc". */
static dx_str behind_any_label(dx_str line, const char *const *labels,
    size_t count)
{
    const char *colon = line.len ? memchr(line.ptr, ':', line.len) : NULL;

    for (size_t at = 0; colon && at < line.len; at++) {
        if (at > 0 && line.ptr[at - 1] != ' ')
            continue;
        dx_str rest = dx_str_from_offset(line, at);
        dx_str value = dx_behind_label(rest, labels, count);
        if (value.len < rest.len)
            return value;
    }
    return line;
}

/* ---- one value ---- */

/* One word that no place vouches for ("Email", "Facebook"), unless it is
 * initials: "PV", "T.H". */
static bool is_doubtful(dx_str s, const char *from)
{
    const size_t initials_bytes = 6;
    const char *p = s.ptr, *end = dx_str_end(s);
    bool initials = s.len <= initials_bytes;

    if (memchr(s.ptr, ' ', s.len) || strcmp(from, "json-ld") == 0 ||
        strcmp(from, "microdata") == 0)
        return false;
    while (p < end && initials) {
        uint32_t c = dx_char_next(&p, end);
        initials = !dx_char_is_letter(c) || dx_char_is_upper(c);
    }
    return !initials;
}

static bool is_author(const dx_page *p, dx_str s, const char *from)
{
    return dx_names_are_people(s) && !is_doubtful(s, from) && !dx_name_is_site(p, s) &&
           !dx_names_equal(s, p->out->title) &&
           !dx_names_equal(s, p->out->category);
}

/* "Mai Hà maiha@bao.example", "Việt Anh - 11/06/2023": the name in front. */
static dx_str before_figures(dx_str s)
{
    size_t word = 0;

    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == ' ' || s.ptr[i] == '/')
            word = i;
        if (dx_is_digit(s.ptr[i]) || s.ptr[i] == '@')
            return dx_trim((dx_str){s.ptr, word});
    }
    return s;
}

/* "Kim Anh/VOV1", "Bài: Lê Hiếu; ảnh: Tuấn Minh": the first of them. */
static dx_str first_of(dx_str s)
{
    static const char *const others[] = {"/", ";", ", ảnh", "- ảnh", "– ảnh",
        " ảnh:", " thứ ", " lúc", " ngày", " vào"};

    for (size_t i = 1; i < s.len; i++)
        for (size_t k = 0; k < COUNT(others); k++)
            if (dx_starts_with(dx_str_from_offset(s, i), others[k]))
                return dx_trim((dx_str){s.ptr, i});
    return s;
}

/* "Quang Huy Thứ Ba, …": the name in front of the day. */
static dx_str before_weekday(dx_str s)
{
    static const char *const days[] = {" thứ hai", " thứ ba", " thứ tư", " thứ năm",
        " thứ sáu", " thứ bảy", " chủ nhật"};

    for (size_t i = 1; i < s.len; i++)
        for (size_t k = 0; k < COUNT(days); k++)
            if (dx_starts_with(dx_str_from_offset(s, i), days[k]))
                return dx_trim((dx_str){s.ptr, i});
    return s;
}

static dx_status set_author(const dx_page *p, dx_str said, const char *from)
{
    static const char *const by[] = {"được gửi bởi ", "được đăng bởi ",
        "submitted by ", "bởi ", "by ", "theo "};
    dx_str name, bracketed;

    if (p->out->author.len || !said.len)
        return DX_OK;
    DX_TRY(dx_page_line(p, said, &name));
    name = dx_behind_label(name, author_labels, COUNT(author_labels));
    for (size_t i = 0; i < COUNT(by); i++)
        name = dx_str_from_offset(name, dx_starts_with(name, by[i]));
    name = dx_name_without_bracket(before_weekday(before_figures(name)), &bracketed);
    if (!is_author(p, name, from))
        name = dx_name_without_bracket(first_of(name), &bracketed);
    return is_author(p, name, from) ? dx_page_set(p, DX_FIELD_AUTHOR, name, from)
                              : DX_OK;
}

static bool is_source(dx_str s)
{
    const char *p = s.ptr, *end = dx_str_end(s);

    return s.len > 1 && s.len <= LABELLED_MAX_BYTES &&
           dx_find_ascii(s, "://") < 0 &&
           (dx_char_is_upper(dx_char_next(&p, end)) ||
               memchr(s.ptr, '.', s.len - 1));
}

static dx_status set_source(const dx_page *p, dx_str said, const char *from)
{
    dx_str name, bracketed;

    if (p->out->source.len || !said.len)
        return DX_OK;
    DX_TRY(dx_page_line(p, said, &name));
    name = dx_behind_label(name, source_labels, COUNT(source_labels));
    name = dx_str_from_offset(name, dx_starts_with(name, "theo "));
    name = dx_name_without_bracket(name, &bracketed);
    return is_source(name) ? dx_page_set(p, DX_FIELD_SOURCE, name, from) : DX_OK;
}

/* ---- elements named for them ---- */

/* Of the page's article, not of a list of others or of its comments. */
static bool may_hold_name(const dx_page *p, uint32_t i)
{
    const dx_dom_node *node = &p->dom->nodes[i];

    return node->kind != DX_DOM_TEXT && node->attr_count > 0 &&
           strcmp(node->tag, "meta") != 0 &&
           !(p->lines.looks[i] & DX_LINE_ASIDE);
}

/* A box about the author begins with the name. */
static dx_status set_first_line(const dx_page *p, uint32_t i)
{
    uint32_t line = dx_lines_at(&p->lines, i);

    if (line >= p->lines.count || p->lines.items[line].first >= p->dom->nodes[i].end)
        return DX_OK;
    return set_author(p, p->lines.items[line].text, "class");
}

static dx_status find_named(const dx_page *p)
{
    static const char *const authors[] = {"author", "tacgia", "tac-gia",
        "tac_gia", "byline", "butdanh", "but-danh", "but_danh", "nguoiviet",
        "nguoi-viet", NULL};
    static const char *const sources[] = {"nguontin", "nguon-tin", "nguon_tin",
        "article-source", "news-source", "data-source", NULL};
    static const char *const exact[] = {".source", "[data-role=source]",
        "[data-field=source]", ".nguon"};
    dx_str text;
    uint32_t i;

    for (i = 0; i < p->dom->count; i++) {
        DX_TRY(dx_page_check_stop(p, i));
        if (!may_hold_name(p, i))
            continue;
        bool author = dx_node_is_named(p->dom, i, authors, 0);
        if (!author && !dx_node_is_named(p->dom, i, sources, 0))
            continue;
        DX_TRY(dx_page_said_by(p, i, &text));
        DX_TRY(author ? set_author(p, text, "class")
                      : set_source(p, text, "class"));
        if (author)
            DX_TRY(set_first_line(p, i));
    }
    for (size_t k = 0; k < COUNT(exact); k++) {
        i = dx_dom_find(p->dom, exact[k], 0, p->dom->count);
        if (i == DX_DOM_NONE || !may_hold_name(p, i))
            continue;
        DX_TRY(dx_page_said_by(p, i, &text));
        DX_TRY(set_source(p, text, "class"));
    }
    return DX_OK;
}

/* A link to what else somebody has written. */
static dx_status find_linked(const dx_page *p)
{
    static const char *const places[] = {"/tac-gia", "/author/", "/authors/",
        "/phong-vien/", "/@"};
    uint32_t i = p->title_line < p->lines.count
                     ? p->lines.items[p->title_line].first
                     : p->dom->count;

    for (; (i = dx_dom_find(p->dom, "a[href]", i, p->dom->count)) != DX_DOM_NONE;
         i++) {
        dx_str href = dx_str_from(dx_dom_attr_of(&p->dom->nodes[i], "href"));
        dx_str text = {NULL, 0};
        for (size_t k = 0; k < COUNT(places) && !text.len; k++)
            if (dx_find_ascii(href, places[k]) >= 0 && may_hold_name(p, i))
                DX_TRY(dx_page_said_by(p, i, &text));
        DX_TRY(set_author(p, text, "link"));
    }
    return DX_OK;
}

static dx_status find_marked(const dx_page *p)
{
    static const char *const selectors[] = {"[itemprop=author] [itemprop=name]",
        "[itemprop=author]"};
    dx_str text;

    for (size_t s = 0; s < COUNT(selectors); s++)
        for (uint32_t i = 0; (i = dx_dom_find(p->dom, selectors[s], i,
                                  p->dom->count)) != DX_DOM_NONE; i++) {
            DX_TRY(dx_page_said_by(p, i, &text));
            DX_TRY(set_author(p, text, "microdata"));
        }
    return DX_OK;
}

/* ---- labels ---- */

static dx_status find_labelled(const dx_page *p)
{
    for (uint32_t i = 0; i < p->lines.count; i++) {
        const dx_line *line = &p->lines.items[i];
        DX_TRY(dx_page_check_stop(p, i));
        if (line->text.len > LABELLED_MAX_BYTES ||
            (line->looks & DX_LINE_ASIDE))
            continue;
        dx_str author = dx_behind_label(line->text, author_labels,
            COUNT(author_labels));
        if (author.len == line->text.len)
            author = behind_any_label(line->text, author_labels,
                SURE_AUTHOR_LABELS);
        dx_str source = behind_any_label(line->text, source_labels,
            COUNT(source_labels));
        bool next = i + 1 < p->lines.count;
        dx_str value = author.len < line->text.len ? author : source;
        if (value.len == line->text.len)
            continue;
        if (!value.len && next && (line->looks & DX_LINE_CELL))
            value = p->lines.items[i + 1].text;
        DX_TRY(author.len < line->text.len ? set_author(p, value, "label")
                                           : set_source(p, value, "label"));
    }
    return DX_OK;
}

/* ---- the signature ---- */

/* Text of an article: long, and leading nowhere. */
static bool is_text(const dx_line *line)
{
    const size_t enough_bytes = 80;

    return line->text.len >= enough_bytes &&
           !(line->looks & (DX_LINE_LINK | DX_LINE_ASIDE));
}

/* Whether line i ends what it stands in: text before it in the element around it,
 * or in the one around that, and none behind it. */
static bool ends_text(const dx_page *p, uint32_t i)
{
    const size_t enough_bytes = 300;
    const uint32_t near = 4;
    bool follows = false;
    uint32_t around = p->lines.items[i].block;

    for (uint32_t k = i; k > 0 && i - k < near && !follows; k--)
        follows = is_text(&p->lines.items[k - 1]);
    for (int level = 0; follows && level < 4 && around != DX_DOM_NONE; level++) {
        uint32_t first = dx_lines_at(&p->lines, around);
        uint32_t end = dx_lines_at(&p->lines, p->dom->nodes[around].end);
        size_t before = 0, behind = 0;
        for (uint32_t k = first; k < end; k++)
            if (k != i && is_text(&p->lines.items[k]))
                *(k < i ? &before : &behind) += p->lines.items[k].text.len;
        if (behind)
            return false;
        if (before >= enough_bytes)
            return true;
        around = p->dom->nodes[around].parent;
    }
    return false;
}

/* "Theo", in front of a name: the name may be a paper's or a reporter's. */
static dx_status set_signature(const dx_page *p, dx_str said)
{
    dx_str bracketed, name = dx_name_without_bracket(said, &bracketed);
    size_t theo = dx_starts_with(name, "theo ");

    name = dx_trim(dx_str_from_offset(name, theo));
    if (theo && dx_name_is_publisher(name))
        return set_source(p, name, "signature");
    if (dx_starts_with(bracketed, "theo "))
        DX_TRY(set_source(p, bracketed, "signature"));
    if (!dx_name_is_publisher(name))
        return set_author(p, name, "signature");
    return set_source(p, name, "signature");
}

/* The article ends in who wrote it: at the right, in bold, or behind "Theo". */
static dx_status find_signature(const dx_page *p)
{
    uint32_t from = p->title_line < p->lines.count ? p->title_line + 1 : 0;

    for (uint32_t i = from; i < p->lines.count; i++) {
        const dx_line *line = &p->lines.items[i];
        DX_TRY(dx_page_check_stop(p, i));
        bool set_apart = line->looks & (DX_LINE_RIGHT | DX_LINE_BOLD) ||
                         dx_starts_with(line->text, "theo ") ||
                         dx_starts_with(line->text, "(theo ");
        if (!set_apart || line->text.len > LABELLED_MAX_BYTES ||
            (line->looks & (DX_LINE_LINK | DX_LINE_ASIDE | DX_LINE_HEADING)) ||
            !ends_text(p, i))
            continue;
        DX_TRY(set_signature(p, line->text));
        if (p->out->author.len && p->out->source.len)
            break;
    }
    return DX_OK;
}

/* A short line between title and lead, in an element for such: "HN". */
static dx_status find_below_title(const dx_page *p)
{
    static const char *const names[] = {"meta", "info", "sub", "by", NULL};
    const uint32_t below = 3;

    for (uint32_t i = p->title_line + 1;
         i < p->lines.count && i <= p->title_line + below; i++) {
        const dx_line *line = &p->lines.items[i];
        if (is_text(line))
            break;
        if (!(line->looks & (DX_LINE_LINK | DX_LINE_HEADING | DX_LINE_ASIDE)) &&
            dx_node_is_named(p->dom, line->block, names, 0))
            DX_TRY(set_author(p, line->text, "below title"));
    }
    return DX_OK;
}

/* ---- together ---- */

dx_status dx_people_find(const dx_page *p)
{
    if (!dx_names_equal(p->ld.author, p->ld.publisher))
        DX_TRY(set_author(p, p->ld.author, "json-ld"));
    DX_TRY(find_marked(p));
    DX_TRY(find_labelled(p));
    DX_TRY(find_named(p));
    DX_TRY(find_linked(p));
    DX_TRY(find_signature(p));
    return find_below_title(p);
}

/* Not the address that linked data calls it by. */
static dx_status set_publisher(const dx_page *p, dx_str said, const char *from)
{
    return dx_find_ascii(said, "://") < 0
               ? dx_page_set(p, DX_FIELD_SOURCE, said, from)
               : DX_OK;
}

dx_status dx_people_find_late(const dx_page *p)
{
    static const char *const authors[] = {"author", "article:author",
        "dc.creator", "dcterms.creator"};
    uint32_t i = dx_dom_find(p->dom, "[itemprop=publisher] [itemprop=name]", 0,
        p->dom->count);
    dx_str text = {NULL, 0};

    DX_TRY(set_publisher(p, p->ld.publisher, "json-ld"));
    if (i != DX_DOM_NONE) {
        DX_TRY(dx_page_said_by(p, i, &text));
        DX_TRY(set_publisher(p, text, "microdata"));
    }
    DX_TRY(set_publisher(p, dx_page_meta(p, "dc.publisher"), "meta"));
    DX_TRY(set_publisher(p, dx_page_meta(p, "og:site_name"), "og:site_name"));
    for (size_t k = 0; k < COUNT(authors); k++) {
        dx_str name = dx_page_meta(p, authors[k]);
        if (!dx_names_equal(name, p->out->source))
            DX_TRY(set_author(p, name, "meta"));
    }
    return DX_OK;
}
