#include "searcher/understand/names/i_or_y.h"

#include <string.h>

#include "searcher/understand/count.h"

#define WEIGHT_OTHER_I 0.9
#define SYLLABLE_BYTES 8u

/* With a mark in exact spelling; of the same tone. */
static const char *const vowels[][2] = {{"ì", "ỳ"}, {"í", "ý"}, {"ỉ", "ỷ"},
    {"ĩ", "ỹ"}, {"ị", "ỵ"}};

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

static dx_status add(dx_applier *x, uint32_t i, dx_str exact, dx_str folded)
{
    dx_query *q = x->query;
    uint32_t node, word;

    if (q->word_count == q->word_cap || q->node_count == q->node_cap)
        return DX_OK;
    DX_TRY(dx_query_add_node(q, DX_NODE_WORD, &node));
    DX_TRY(dx_query_add_word(q, exact, folded, true, &word));
    q->words[word].strict = true;
    q->nodes[node].first = word;
    q->nodes[node].count = 1;
    q->nodes[node].boost = WEIGHT_OTHER_I;
    q->nodes[x->run[i]].alternative = node;
    return DX_OK;
}

dx_status dx_i_or_y_add(dx_applier *x)
{
    char exact[SYLLABLE_BYTES], folded[SYLLABLE_BYTES];
    uint64_t documents;

    for (uint32_t i = 0; i < x->count; i++) {
        const dx_query_word *w = dx_applier_word(x, i);
        if (!w->marked || w->folded.len >= SYLLABLE_BYTES ||
            x->query->nodes[x->run[i]].alternative != DX_NODE_NONE)
            continue;
        memcpy(folded, w->folded.ptr, w->folded.len);
        size_t len = respell(w->exact, exact, &folded[w->folded.len - 1]);
        if (len == 0)
            continue;
        dx_str e = {exact, len}, f = {folded, w->folded.len};
        DX_TRY(dx_count_spelling(x->generation, f, e, &documents));
        if (documents > 0)
            DX_TRY(add(x, i, e, f));
    }
    return DX_OK;
}
