/* Syllables that end in i or y: the other spelling. */
#include "searcher/understand/names/i_or_y.h"

#include <string.h>

#include "searcher/understand/count.h"

#define WEIGHT_OTHER_I 0.9
#define SYLLABLE_BYTES 8u

/* With a mark in exact spelling; of the same tone. */
static const char *const vowels[][2] = {
    {"ì", "ỳ"}, {"í", "ý"}, {"ỉ", "ỷ"}, {"ĩ", "ỹ"}, {"ị", "ỵ"}};

/* After h k l m s t, and qu, either is right; uy and ui are two syllables. */
static bool may_be_either(dx_str onset)
{
    return (onset.len == 1 && memchr("hklmst", *onset.ptr, 6)) ||
           (onset.len == 2 && memcmp(onset.ptr, "qu", 2) == 0);
}

static bool ends_with(dx_str s, const char *end, dx_str *rest)
{
    size_t n = strlen(end);

    if (s.len <= n || memcmp(dx_str_end(s) - n, end, n) != 0)
        return false;
    *rest = (dx_str){s.ptr, s.len - n};
    return true;
}

/* Writes the other spelling of `exact`; its length, or 0. */
static size_t respell(dx_str exact, char out[SYLLABLE_BYTES], char *folded)
{
    dx_str onset;

    for (size_t i = 0; i < sizeof vowels / sizeof *vowels; i++) {
        for (size_t k = 0; k < 2; k++) {
            const char *other = vowels[i][!k];
            if (!ends_with(exact, vowels[i][k], &onset) ||
                !may_be_either(onset))
                continue;
            memcpy(out, onset.ptr, onset.len);
            memcpy(out + onset.len, other, strlen(other));
            *folded = k ? 'i' : 'y';
            return onset.len + strlen(other);
        }
    }
    return 0;
}

static dx_status add(dx_finder *f, uint32_t i, dx_str exact, dx_str folded)
{
    dx_name_words words = {.exact = {exact}, .folded = {folded}, .count = 1};
    uint32_t node;

    dx_status rc = dx_finder_add_node(f, &words, WEIGHT_OTHER_I, &node);
    if (rc == DX_OK)
        f->query->nodes[f->row[i]].alternative = node;
    return rc == DX_ERR_LIMIT ? DX_OK : rc; /* the query is full */
}

dx_status dx_i_or_y_add(dx_finder *f)
{
    char exact[SYLLABLE_BYTES], folded[SYLLABLE_BYTES];
    uint64_t documents;

    for (uint32_t i = 0; i < f->count; i++) {
        const dx_query_word *w = dx_finder_word(f, i);
        if (!w->marked || w->folded.len >= SYLLABLE_BYTES ||
            f->query->nodes[f->row[i]].alternative != DX_NODE_NONE)
            continue;
        memcpy(folded, w->folded.ptr, w->folded.len);
        size_t len = respell(w->exact, exact, &folded[w->folded.len - 1]);
        if (len == 0)
            continue;
        dx_str e = {exact, len}, bare = {folded, w->folded.len};
        DX_TRY(dx_count_spelling(f->generation, bare, e, &documents));
        if (documents > 0)
            DX_TRY(add(f, i, e, bare));
    }
    return DX_OK;
}
