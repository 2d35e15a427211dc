/* Keystrokes of Telex and VNI as words. */
#include "searcher/understand/keys/keystrokes.h"

#include "common/text/analyzer.h"
#include "common/text/keys.h"
#include "common/text/term.h"
#include "searcher/understand/count.h"
#include "searcher/understand/respell.h"

/* Typed in Telex, three words in four have such keystrokes. Where fewer than one
 * in three does, it is chance: Noo, TW. */
#define WORDS_PER_KEYSTROKES 3u

typedef struct decoder {
    const dx_generation *generation;
    const dx_query *query;
    dx_keys keys;
    bool unknown_only;
    dx_analyzer *analyzer;
    dx_arena *arena;
} decoder;

/* Whether the index has the decoded word more often than the typed one. What was
 * typed is counted by its spelling, since its folded form is an English stem:
 * "hoas" is folded to "hoa", a flower. */
static dx_status is_known_better(const decoder *d, const dx_query_word *typed,
    const dx_term *decoded, bool *better)
{
    uint64_t as_typed, as_decoded;

    DX_TRY(dx_count_spelling(d->generation, typed->folded, typed->exact,
        &as_typed));
    DX_TRY(dx_count_spelling(d->generation, decoded->folded, decoded->exact,
        &as_decoded));
    *better = as_decoded > as_typed && !(d->unknown_only && as_typed > 0);
    return DX_OK;
}

/* Sets *spelling to the decoded word, or to nothing. */
static dx_status decode_word(const decoder *d, const dx_query_word *w,
    dx_str *spelling)
{
    char decoded[DX_KEYS_MAX_BYTES];
    dx_str typed = {d->query->text.ptr + w->start, w->end - w->start};
    size_t len = dx_keys_decode(d->keys, typed, decoded), count;
    const dx_term *terms;
    bool better;

    *spelling = (dx_str){NULL, 0};
    if (len == 0)
        return DX_OK;
    DX_TRY(dx_analyzer_word(d->analyzer, (dx_str){decoded, len}, &terms,
        &count));
    if (count != 1)
        return DX_OK;
    DX_TRY(is_known_better(d, w, &terms[0], &better));
    if (!better)
        return DX_OK;
    spelling->ptr = dx_arena_strndup(d->arena, decoded, len);
    spelling->len = len;
    return spelling->ptr ? DX_OK : DX_ERR_NOMEM;
}

/* *count words become another in `spelling`. */
static dx_status decode_words(decoder *d, dx_keys keys, dx_str *spelling,
    uint32_t *count)
{
    d->keys = keys;
    *count = 0;
    for (uint32_t w = 0; w < d->query->typed_count; w++) {
        DX_TRY(decode_word(d, &d->query->words[w], &spelling[w]));
        *count += spelling[w].len > 0;
    }
    return DX_OK;
}

static dx_status decode(decoder *d, const char **out)
{
    dx_str telex[DX_QUERY_MAX_TERMS], vni[DX_QUERY_MAX_TERMS];
    uint32_t telex_count, vni_count;

    DX_TRY(decode_words(d, DX_KEYS_TELEX, telex, &telex_count));
    DX_TRY(decode_words(d, DX_KEYS_VNI, vni, &vni_count));
    uint32_t count = telex_count > vni_count ? telex_count : vni_count;
    if (count == 0 || count * WORDS_PER_KEYSTROKES < d->query->typed_count)
        return DX_OK;
    return dx_query_respell(d->query, telex_count == count ? telex : vni,
        d->arena, out);
}

dx_status dx_keystrokes_decode(const dx_generation *g, const dx_query *q,
    bool unknown_only, dx_arena *arena, const char **out)
{
    decoder d = {.generation = g, .query = q, .unknown_only = unknown_only,
        .arena = arena};

    *out = NULL;
    d.analyzer = dx_analyzer_new();
    dx_status rc = d.analyzer ? decode(&d, out) : DX_ERR_NOMEM;
    dx_analyzer_free(d.analyzer);
    return rc;
}
