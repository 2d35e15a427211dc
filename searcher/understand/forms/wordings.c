/* Other wordings of some words of a query. */
#include "searcher/understand/forms/wordings.h"

#include <stdarg.h>
#include <stdio.h>

#include "searcher/understand/count.h"

/* What its words are in, and those that follow one another. */
static dx_status count_words(dx_finder *f, const dx_name_words *words,
    uint64_t *documents)
{
    uint64_t count;
    bool has;

    DX_TRY(dx_finder_index_has(f, words, &has));
    *documents = has && words->count > 0 ? UINT64_MAX : 0;
    for (size_t i = 0; i + 1 < words->count && *documents > 0; i++) {
        DX_TRY(dx_count_pair(f->generation, words->folded[i],
            words->folded[i + 1], &count));
        if (count < *documents)
            *documents = count;
    }
    if (words->count != 1 || !has)
        return DX_OK;
    return dx_str_eq(words->exact[0], words->folded[0])
               ? dx_count_word(f->generation, words->folded[0], documents)
               : dx_count_spelling(f->generation, words->folded[0],
                     words->exact[0], documents);
}

dx_status dx_wording_count(dx_finder *f, dx_str text, uint64_t *documents)
{
    dx_name_words words;
    dx_status rc = dx_finder_analyse(f, text, &words);

    *documents = 0;
    if (rc == DX_OK)
        rc = count_words(f, &words, documents);
    return rc == DX_ERR_LIMIT ? DX_OK : rc;
}

dx_status dx_wordings_offer(dx_wordings *w, const char *format, ...)
{
    char text[DX_WORDING_MAX_BYTES + 1];
    uint64_t documents;
    va_list args;

    va_start(args, format);
    int len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (len <= 0 || (size_t)len >= sizeof text)
        return DX_OK;
    dx_str s = {text, (size_t)len};
    DX_TRY(dx_wording_count(w->finder, s, &documents));
    if (documents == 0)
        return DX_OK;
    dx_buf_put_str(&w->lines, s);
    dx_buf_putc(&w->lines, '\n');
    return w->lines.status;
}

/* A word has one list of alternatives; the first comer's is the surest. */
static bool are_free(const dx_finder *f, dx_span words)
{
    for (uint32_t i = words.from; i < words.from + words.count; i++)
        if (f->query->nodes[f->row[i]].alternative != DX_NODE_NONE)
            return false;
    return true;
}

dx_status dx_wordings_take(dx_wordings *w, dx_span words, dx_span replaced,
    uint32_t *taken)
{
    bool added = false;

    *taken = 0;
    if (w->lines.len == 0)
        return DX_OK;
    const char *lines = dx_buf_cstr(&w->lines);
    dx_status rc = w->lines.status;
    if (rc == DX_OK && are_free(w->finder, words))
        rc = dx_stand_in_add_wordings(w->finder, words, replaced, lines,
            &added);
    dx_buf_clear(&w->lines);
    DX_TRY(rc);
    *taken = added ? words.count : 0;
    w->added += *taken;
    return DX_OK;
}
