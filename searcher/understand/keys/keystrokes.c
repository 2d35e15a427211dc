/* Keystrokes of Telex and VNI as words. */
#include "searcher/understand/keys/keystrokes.h"

#include "common/text/analyzer.h"
#include "common/text/keys.h"
#include "common/text/syllable.h"
#include "common/text/term.h"
#include "searcher/understand/count.h"
#include "searcher/understand/respell.h"
#include "searcher/understand/typos/spelt_pair.h"

/* Newspapers forget the input method, too: an abbreviation like HDDQT may stand in
 * the index once in so many times. No foreign word is decoded to one. */
#define SLIP_TIMES 50u
/* Beside a neighbour in so many documents, a decoded word may have been meant. */
#define PAIR_MIN 3u

typedef struct key_word {
    dx_str decoded; /* {NULL, 0}: it is none, or the index has it not so often */
    dx_str folded;  /* of that, or of the word as typed */
    bool unknown;   /* the index does not have it as typed */
    bool meant;
} key_word;

typedef struct decoder {
    const dx_generation *generation;
    const dx_query *query;
    dx_keys keys;
    bool unknown_only;
    dx_analyzer *analyzer;
    dx_arena *arena;
    key_word words[DX_QUERY_MAX_TERMS];
} decoder;

/* ---- a word ---- */

/* Sets `out` if the index has the decoded word more often than the typed one. What
 * was typed is counted by its spelling, since its folded form is an English stem:
 * "hoas" is folded to "hoa", a flower. */
static dx_status compare(const decoder *d, const dx_query_word *typed,
    const dx_term *decoded, key_word *out)
{
    uint64_t as_typed, as_decoded;

    DX_TRY(dx_count_spelling(d->generation, decoded->folded, decoded->exact,
        &as_decoded));
    if (as_decoded == 0)
        return DX_OK;
    DX_TRY(dx_count_spelling(d->generation, typed->folded, typed->exact,
        &as_typed));
    if (as_decoded <= as_typed || (d->unknown_only && as_typed > 0))
        return DX_OK;
    out->meant = !dx_syllable_is_valid(decoded->exact) &&
                 as_decoded / SLIP_TIMES >= as_typed;
    const char *exact = dx_arena_strndup(d->arena, decoded->exact.ptr,
        decoded->exact.len);
    const char *folded = dx_arena_strndup(d->arena, decoded->folded.ptr,
        decoded->folded.len);
    if (!exact || !folded)
        return DX_ERR_NOMEM;
    out->decoded = (dx_str){exact, decoded->exact.len};
    out->folded = (dx_str){folded, decoded->folded.len};
    out->unknown = as_typed == 0;
    return DX_OK;
}

static dx_status decode_word(const decoder *d, const dx_query_word *w,
    key_word *out)
{
    char decoded[DX_KEYS_MAX_BYTES];
    dx_str typed = {d->query->text.ptr + w->start, w->end - w->start};
    size_t len = dx_keys_decode(d->keys, typed, decoded), count;
    const dx_term *terms;

    *out = (key_word){.folded = w->folded};
    if (len == 0)
        return DX_OK;
    DX_TRY(dx_analyzer_word(d->analyzer, (dx_str){decoded, len}, &terms,
        &count));
    return count == 1 ? compare(d, w, &terms[0], out) : DX_OK;
}

/* ---- the query ---- */

static bool is_number(const decoder *d, const dx_query_word *w)
{
    char first = d->query->text.ptr[w->start];

    return first >= '0' && first <= '9';
}

/* Whether so many words are keystrokes that the index does not know that the reader
 * typed all in keys. What the index holds as typed may else be a foreign word. */
static bool are_all_keys(const decoder *d)
{
    uint32_t unknown = 0, count = 0;

    for (uint32_t w = 0; w < d->query->typed_count; w++) {
        unknown += d->words[w].unknown;
        count += !is_number(d, &d->query->words[w]);
    }
    return 2 * unknown > count || (unknown > 1 && 3 * unknown >= count);
}

static dx_query_word as_read(const decoder *d, uint32_t w)
{
    dx_query_word word = d->query->words[w];

    if (d->words[w].decoded.len == 0)
        return word;
    return (dx_query_word){.exact = d->words[w].decoded,
        .folded = d->words[w].folded, .marked = true};
}

static dx_status is_pair_known(const decoder *d, uint32_t w, bool *known)
{
    dx_query_word first = as_read(d, w), second = as_read(d, w + 1);
    uint64_t documents;

    DX_TRY(dx_count_spelt_pair(d->generation, &first, &second, UINT64_MAX,
        &documents));
    *known = documents >= PAIR_MIN;
    return DX_OK;
}

/* Of fewer keystrokes, those are meant that make a known pair, one of them unknown
 * as typed: "Vinamilk thu mua suwax", but not "Sir Alex". */
static dx_status find_pairs(decoder *d)
{
    bool known;

    for (uint32_t w = 0; w + 1 < d->query->typed_count; w++) {
        key_word *a = &d->words[w], *b = a + 1;
        if (!a->unknown && !b->unknown)
            continue;
        DX_TRY(is_pair_known(d, w, &known));
        a->meant |= known && a->decoded.len > 0;
        b->meant |= known && b->decoded.len > 0;
    }
    return DX_OK;
}

/* Sets *count to how many words are meant as keystrokes. */
static dx_status decode_words(decoder *d, dx_keys keys, uint32_t *count)
{
    d->keys = keys;
    *count = 0;
    for (uint32_t w = 0; w < d->query->typed_count; w++)
        DX_TRY(decode_word(d, &d->query->words[w], &d->words[w]));
    bool all = are_all_keys(d);
    if (!all)
        DX_TRY(find_pairs(d));
    for (uint32_t w = 0; w < d->query->typed_count; w++) {
        d->words[w].meant |= all && d->words[w].decoded.len > 0;
        *count += d->words[w].meant;
    }
    return DX_OK;
}

static dx_status decode(decoder *d, const char **out)
{
    dx_str spelling[DX_QUERY_MAX_TERMS] = {{NULL, 0}};
    uint32_t telex, vni;

    DX_TRY(decode_words(d, DX_KEYS_VNI, &vni));
    DX_TRY(decode_words(d, DX_KEYS_TELEX, &telex));
    if (vni > telex) /* rare, and decoding costs little */
        DX_TRY(decode_words(d, DX_KEYS_VNI, &vni));
    if (vni == 0 && telex == 0)
        return DX_OK;
    for (uint32_t w = 0; w < d->query->typed_count; w++)
        if (d->words[w].meant)
            spelling[w] = d->words[w].decoded;
    return dx_query_respell(d->query, spelling, d->arena, out);
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
