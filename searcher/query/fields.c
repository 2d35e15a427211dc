/* The names of fields, in both languages, and where they stand. */
#include "searcher/query/fields.h"

#include <string.h>

#include "common/text/lexer.h"
#include "common/text/term.h"
#include "searcher/query/lex.h"

#define NAME_MAX_BYTES 48

typedef struct name {
    const char *text; /* lower case, canonical tones, without underscores */
    dx_query_name means;
} name;

/* Both spellings of a Vietnamese name, but nothing between them: tính: is not
 * tỉnh:. The first of a field is the one that the echo uses. */
static const name names[] = {
    {"title", {DX_IN_TITLE, DX_SIDE_ON}},
    {"intitle", {DX_IN_TITLE, DX_SIDE_ON}},
    {"tieude", {DX_IN_TITLE, DX_SIDE_ON}},
    {"tiêuđề", {DX_IN_TITLE, DX_SIDE_ON}},
    {"lead", {DX_IN_LEAD, DX_SIDE_ON}},
    {"sapo", {DX_IN_LEAD, DX_SIDE_ON}},
    {"body", {DX_IN_BODY, DX_SIDE_ON}},
    {"intext", {DX_IN_BODY, DX_SIDE_ON}},
    {"noidung", {DX_IN_BODY, DX_SIDE_ON}},
    {"nộidung", {DX_IN_BODY, DX_SIDE_ON}},
    {"author", {DX_IN_AUTHOR, DX_SIDE_ON}},
    {"tacgia", {DX_IN_AUTHOR, DX_SIDE_ON}},
    {"tácgiả", {DX_IN_AUTHOR, DX_SIDE_ON}},
    {"source", {DX_IN_SOURCE, DX_SIDE_ON}},
    {"nguon", {DX_IN_SOURCE, DX_SIDE_ON}},
    {"nguồn", {DX_IN_SOURCE, DX_SIDE_ON}},
    {"category", {DX_IN_CATEGORY, DX_SIDE_ON}},
    {"chuyenmuc", {DX_IN_CATEGORY, DX_SIDE_ON}},
    {"chuyênmục", {DX_IN_CATEGORY, DX_SIDE_ON}},
    {"agency", {DX_IN_AGENCY, DX_SIDE_ON}},
    {"coquan", {DX_IN_AGENCY, DX_SIDE_ON}},
    {"cơquan", {DX_IN_AGENCY, DX_SIDE_ON}},
    {"docno", {DX_IN_DOCNO, DX_SIDE_ON}},
    {"sohieu", {DX_IN_DOCNO, DX_SIDE_ON}},
    {"sốhiệu", {DX_IN_DOCNO, DX_SIDE_ON}},
    {"doctype", {DX_IN_DOCTYPE, DX_SIDE_ON}},
    {"loai", {DX_IN_DOCTYPE, DX_SIDE_ON}},
    {"loại", {DX_IN_DOCTYPE, DX_SIDE_ON}},
    {"loaivanban", {DX_IN_DOCTYPE, DX_SIDE_ON}},
    {"loạivănbản", {DX_IN_DOCTYPE, DX_SIDE_ON}},
    {"province", {DX_IN_PROVINCE, DX_SIDE_ON}},
    {"tinh", {DX_IN_PROVINCE, DX_SIDE_ON}},
    {"tỉnh", {DX_IN_PROVINCE, DX_SIDE_ON}},
    {"tag", {DX_IN_TAG, DX_SIDE_ON}},
    {"site", {DX_IN_SITE, DX_SIDE_ON}},
    {"url", {DX_IN_URL, DX_SIDE_ON}},
    {"inurl", {DX_IN_URL, DX_SIDE_ON}},
    {"type", {DX_IN_TYPE, DX_SIDE_ON}},
    {"filetype", {DX_IN_TYPE, DX_SIDE_ON}},
    {"lang", {DX_IN_LANG, DX_SIDE_ON}},
    {"dup", {DX_IN_DUP, DX_SIDE_ON}},
    {"date", {DX_IN_DATE, DX_SIDE_ON}},
    {"ngay", {DX_IN_DATE, DX_SIDE_ON}},
    {"ngày", {DX_IN_DATE, DX_SIDE_ON}},
    {"after", {DX_IN_DATE, DX_SIDE_AFTER}},
    {"before", {DX_IN_DATE, DX_SIDE_BEFORE}},
};
#define NAME_COUNT (sizeof names / sizeof *names)

/* The letters of `s` as the analyzer gives them, one after the other; false
 * when they cannot be a name. */
static bool spell(dx_analyzer *a, dx_str s, char *out, size_t *len)
{
    dx_lexer lx = dx_lexer_new(s);
    dx_str gap, word;

    *len = 0;
    while (dx_lexer_next(&lx, &gap, &word)) {
        const dx_term *terms;
        size_t count;
        if (dx_analyzer_word(a, word, &terms, &count) != DX_OK)
            return false;
        for (size_t i = 0; i < count; i++) {
            if (*len + terms[i].exact.len > NAME_MAX_BYTES)
                return false;
            memcpy(out + *len, terms[i].exact.ptr, terms[i].exact.len);
            *len += terms[i].exact.len;
        }
    }
    return *len > 0;
}

static bool find(dx_analyzer *a, dx_str typed, dx_query_name *out)
{
    char text[NAME_MAX_BYTES];
    size_t len;

    if (typed.len == 0 || !spell(a, typed, text, &len))
        return false;
    for (size_t i = 0; i < NAME_COUNT; i++)
        if (dx_str_eq(dx_str_from(names[i].text), (dx_str){text, len})) {
            *out = names[i].means;
            return true;
        }
    return false;
}

/* ':' and a blank is the punctuation of "Hà Nội: mưa". */
static bool takes(dx_query_field field, const char *p, const char *end)
{
    if (p == end)
        return false;
    if (*p == '(' || dx_query_starts_word(p, end))
        return true;
    if (dx_query_is_filter(field))
        return !dx_query_is_blank(*p) && *p != ')' && *p != '|';
    return dx_query_starts_marked(p, end);
}

const char *dx_query_field_at(dx_analyzer *a, const char *p, const char *end,
    dx_query_name *out)
{
    const char *from = p < end && *p == '@' ? p + 1 : p, *at = from;

    while (at < end && (dx_query_is_letter(*at) || *at == '_') &&
           at - from < NAME_MAX_BYTES)
        at++;
    if (at == end)
        return NULL;
    dx_str typed = {from, (size_t)(at - from)};
    const char *after = at + 1;
    if (from > p) {
        after = dx_query_skip_blanks(at, end);
        if (after == at)
            return NULL;
    } else if (*at != ':') {
        return NULL;
    }
    return find(a, typed, out) && takes(out->field, after, end) ? after : NULL;
}

const char *dx_query_field_name(dx_query_field field)
{
    for (size_t i = 0; i < NAME_COUNT; i++)
        if (names[i].means.field == field)
            return names[i].text;
    return "";
}
