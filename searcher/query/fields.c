/* The names of fields, in both languages, and where they stand. */
#include "searcher/query/fields.h"

#include <string.h>

#include "common/text/lexer.h"
#include "common/text/term.h"
#include "searcher/query/lex.h"

#define NAME_MAX_BYTES 48

/* The names of fields are in field.h: both spellings of a Vietnamese one, but
 * nothing between them: tính: is not tỉnh:. These are the others. */
static const struct {
    const char *text;
    dx_query_name means;
} names[] = {
    {"after", {DX_IN_DATE, DX_SIDE_AFTER}},
    {"before", {DX_IN_DATE, DX_SIDE_BEFORE}},
    {"dup", {DX_IN_DUP, DX_SIDE_ON}},
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

static bool is_name_of(dx_field field, dx_str typed)
{
    const char *const *name = dx_fields[field].query_names;

    if (dx_fields[field].find == DX_FIND_NOT ||
        dx_fields[field].find == DX_FIND_SELF)
        return false;
    while (*name && !dx_str_eq(dx_str_from(*name), typed))
        name++;
    return *name != NULL;
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
    for (unsigned f = 0; f < DX_FIELDS; f++)
        if (is_name_of((dx_field)f, (dx_str){text, len})) {
            *out = (dx_query_name){(dx_query_field)(DX_IN_ANY + 1 + f),
                DX_SIDE_ON};
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
    dx_field of = dx_query_field_of(field);

    if (of < DX_FIELDS)
        return dx_field_asked(of);
    return field == DX_IN_DUP ? "dup" : "";
}
