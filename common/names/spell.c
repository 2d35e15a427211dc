/* Names as the analyzer spells them, and comparing with them. */
#include "common/names/spell.h"

#include <string.h>

#include "common/text/lexer.h"
#include "common/text/term.h"

static bool keep(dx_name_words *w, dx_str s, dx_str *out)
{
    if (s.len > sizeof w->text - w->text_len)
        return false;
    memcpy(w->text + w->text_len, s.ptr, s.len);
    *out = (dx_str){w->text + w->text_len, s.len};
    w->text_len += s.len;
    return true;
}

static dx_status add_terms(dx_name_words *w, const dx_term *terms,
    size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (terms[i].overlay)
            continue;
        if (w->count == DX_NAME_WORDS_MAX ||
            !keep(w, terms[i].exact, &w->exact[w->count]) ||
            !keep(w, terms[i].folded, &w->folded[w->count]))
            return DX_ERR_LIMIT;
        w->count++;
    }
    return DX_OK;
}

dx_status dx_name_words_of(dx_analyzer *a, dx_str name, dx_name_words *out)
{
    dx_lexer lx = dx_lexer_new(name);
    dx_str gap, word;
    const dx_term *terms;
    size_t count;

    out->count = out->text_len = 0;
    while (dx_lexer_next(&lx, &gap, &word)) {
        DX_TRY(dx_analyzer_word(a, word, &terms, &count));
        DX_TRY(add_terms(out, terms, count));
    }
    return DX_OK;
}

dx_str dx_names_next(const char **at)
{
    dx_str name = {*at, strcspn(*at, "|")};

    if (name.len == 0)
        return (dx_str){NULL, 0};
    *at += name.len + (name.ptr[name.len] == '|');
    return name;
}

static bool is_joined(const dx_name_words *w, dx_str folded)
{
    for (size_t i = 0; i < w->count; i++) {
        dx_str word = w->folded[i];
        size_t all = word.len + (i + 1 < w->count);
        if (folded.len < all || memcmp(folded.ptr, word.ptr, word.len) != 0 ||
            (all > word.len && folded.ptr[word.len] != ' '))
            return false;
        folded = (dx_str){folded.ptr + all, folded.len - all};
    }
    return folded.len == 0;
}

dx_status dx_names_same(dx_analyzer *a, const char *name, const char *aliases,
    dx_str folded, bool *same)
{
    dx_str next = dx_str_from(name);
    dx_name_words words;

    *same = false;
    while (next.ptr && !*same) {
        if (*next.ptr == '+' || *next.ptr == '=')
            next = (dx_str){next.ptr + 1, next.len - 1};
        DX_TRY(dx_name_words_of(a, next, &words));
        *same = words.count > 0 && is_joined(&words, folded);
        next = dx_names_next(&aliases);
    }
    return DX_OK;
}
