#include "searcher/understand/synonyms.h"

#include <string.h>

#include "common/base/hash.h"
#include "common/base/mem.h"
#include "common/names/abbreviations.h"
#include "common/names/renames.h"
#include "common/names/spell.h"

#define FIRST_SLOTS 2048u /* a power of two; for the abbreviations */

/* A beginning of a form is known by the hash of its words: what looks alike by
 * chance is told apart by the words of the forms themselves. */
typedef struct dx_synonym_slot {
    uint64_t hash; /* 0: free */
    uint32_t form; /* the first that ends here */
} dx_synonym_slot;

/* ---- the hash table ---- */

static uint64_t hash_on(uint64_t at, dx_str folded)
{
    uint64_t h = at * 0x9E3779B97F4A7C15u ^ dx_hash64(folded.ptr, folded.len);

    return h | 1; /* never 0 */
}

static dx_synonym_slot *slot_of(const dx_synonyms *s, uint64_t hash)
{
    size_t i = (hash >> 20) & (s->slot_cap - 1);

    while (s->slots[i].hash && s->slots[i].hash != hash)
        i = (i + 1) & (s->slot_cap - 1);
    return &s->slots[i];
}

static dx_status grow_slots(dx_synonyms *s)
{
    size_t cap = s->slot_cap ? 2 * s->slot_cap : FIRST_SLOTS;
    dx_synonyms grown = {.slots = dx_calloc(cap, sizeof *s->slots),
        .slot_cap = cap};

    if (!grown.slots)
        return DX_ERR_NOMEM;
    for (size_t i = 0; i < s->slot_cap; i++)
        if (s->slots[i].hash)
            *slot_of(&grown, s->slots[i].hash) = s->slots[i];
    dx_free(s->slots);
    s->slots = grown.slots;
    s->slot_cap = cap;
    return DX_OK;
}

static dx_status add_slot(dx_synonyms *s, uint64_t hash, dx_synonym_slot **out)
{
    if (2 * (s->slot_count + 1) > s->slot_cap)
        DX_TRY(grow_slots(s));
    *out = slot_of(s, hash);
    if (!(*out)->hash) {
        **out = (dx_synonym_slot){hash, DX_SYNONYM_NONE};
        s->slot_count++;
    }
    return DX_OK;
}

bool dx_synonyms_step(const dx_synonyms *s, uint64_t *at, dx_str folded)
{
    *at = hash_on(*at, folded);
    return slot_of(s, *at)->hash != 0;
}

uint32_t dx_synonyms_form_at(const dx_synonyms *s, uint64_t at)
{
    return slot_of(s, at)->form;
}

/* ---- forms and relations ---- */

static dx_status append_form(dx_synonyms *s, dx_str shown, uint32_t next,
    uint32_t *out)
{
    void *p = s->forms;

    if (dx_grow(&p, &s->form_cap, s->form_count + 1, sizeof *s->forms) != 0)
        return DX_ERR_NOMEM;
    s->forms = p;
    *out = (uint32_t)s->form_count++;
    s->forms[*out] = (dx_synonym_form){shown, DX_SYNONYM_NONE, next,
        DX_SYNONYM_NONE};
    return DX_OK;
}

/* `folded` are its words with one blank between; `shown` is borrowed. */
static dx_status add_form(dx_synonyms *s, dx_str shown, dx_str folded,
    uint32_t *out)
{
    dx_synonym_slot *slot = NULL;
    uint64_t at = DX_SYNONYM_START;

    while (folded.len > 0) {
        const char *blank = memchr(folded.ptr, ' ', folded.len);
        size_t n = blank ? (size_t)(blank - folded.ptr) : folded.len;
        at = hash_on(at, (dx_str){folded.ptr, n});
        DX_TRY(add_slot(s, at, &slot));
        n += blank != NULL;
        folded = (dx_str){folded.ptr + n, folded.len - n};
    }
    *out = DX_SYNONYM_NONE;
    if (!slot)
        return DX_OK;
    DX_TRY(append_form(s, shown, slot->form, out));
    slot->form = *out;
    return DX_OK;
}

dx_status dx_synonyms_add(dx_synonyms *s, dx_analyzer *a, dx_str shown,
    uint32_t *out)
{
    char folded[DX_NAME_TEXT_BYTES];
    dx_name_words words;
    size_t len = 0;

    DX_TRY(dx_name_words_of(a, shown, &words));
    for (size_t i = 0; i < words.count; i++) {
        dx_str w = words.folded[i];
        if (w.len + 1 > sizeof folded - len)
            return DX_ERR_LIMIT;
        if (i > 0)
            folded[len++] = ' ';
        memcpy(folded + len, w.ptr, w.len);
        len += w.len;
    }
    shown.ptr = dx_arena_strndup(&s->arena, shown.ptr, shown.len);
    return shown.ptr ? add_form(s, shown, (dx_str){folded, len}, out)
                     : DX_ERR_NOMEM;
}

dx_status dx_synonyms_relate(dx_synonyms *s, uint32_t from, uint32_t to)
{
    void *p = s->relations;

    if (dx_grow(&p, &s->relation_cap, s->relation_count + 1,
            sizeof *s->relations) != 0)
        return DX_ERR_NOMEM;
    s->relations = p;
    uint32_t *link = &s->forms[from].first;
    while (*link != DX_SYNONYM_NONE)
        link = &s->relations[*link].next;
    *link = (uint32_t)s->relation_count++;
    s->relations[*link] = (dx_synonym_relation){to, DX_SYNONYM_NONE};
    return DX_OK;
}

/* ---- abbreviations ---- */

#define SPELLINGS_MAX 8u

/* Capitals, Đ and Ư, and what may stand between: as the analyzer folds it, or
 * with nothing between. */
static dx_status fold(dx_synonyms *s, dx_str spelling, bool joined,
    dx_str *out)
{
    char *to = dx_arena_alloc(&s->arena, spelling.len);

    *out = (dx_str){to, 0};
    for (size_t i = 0; to && i < spelling.len; i++) {
        char c = spelling.ptr[i];
        if ((unsigned char)c >= 0x80)
            to[out->len++] = c == '\xC6' ? 'u' : 'd';
        else if (!strchr(" &-.", c))
            to[out->len++] = (char)(c | 0x20);
        else if (!joined)
            to[out->len++] = ' ';
        i += (unsigned char)c >= 0x80;
    }
    return to ? DX_OK : DX_ERR_NOMEM;
}

static dx_status add_joined(dx_synonyms *s, dx_str spelling, uint32_t *out)
{
    char *shown = dx_arena_alloc(&s->arena, spelling.len);
    dx_str folded;
    size_t len = 0;

    DX_TRY(fold(s, spelling, true, &folded));
    for (size_t i = 0; shown && i < spelling.len; i++)
        if (!strchr(" &-.", spelling.ptr[i]))
            shown[len++] = spelling.ptr[i];
    *out = DX_SYNONYM_NONE;
    if (len == spelling.len)
        return DX_OK;
    return shown ? add_form(s, (dx_str){shown, len}, folded, out)
                 : DX_ERR_NOMEM;
}

static dx_status relate_all(dx_synonyms *s, const uint32_t *short_forms,
    size_t count, uint32_t phrase, bool one_way)
{
    for (size_t i = 0; i < count; i++) {
        DX_TRY(dx_synonyms_relate(s, short_forms[i], phrase));
        for (size_t k = 0; k < count; k++)
            if (k != i)
                DX_TRY(dx_synonyms_relate(s, short_forms[i], short_forms[k]));
        if (!one_way)
            DX_TRY(dx_synonyms_relate(s, phrase, short_forms[i]));
    }
    return DX_OK;
}

static dx_status add_abbreviation(dx_synonyms *s,
    const dx_abbreviation *abbreviation)
{
    const char *at = abbreviation->spellings;
    uint32_t forms[SPELLINGS_MAX], phrase;
    dx_str first = {at, strcspn(at, "|")}, folded;
    size_t count = 0;

    while (*at && count + 1 < SPELLINGS_MAX) {
        dx_str spelling = dx_names_next(&at);
        DX_TRY(fold(s, spelling, false, &folded));
        DX_TRY(add_form(s, spelling, folded, &forms[count++]));
    }
    DX_TRY(add_joined(s, first, &forms[count]));
    count += forms[count] != DX_SYNONYM_NONE;
    DX_TRY(add_form(s, dx_str_from(abbreviation->phrase),
        dx_str_from(abbreviation->folded), &phrase));
    return relate_all(s, forms, count, phrase, abbreviation->one_way);
}

/* ---- names that changed ---- */

static dx_status add_changed_name(dx_synonyms *s, uint32_t i)
{
    const char *at = dx_changed_names[i].folded;
    dx_str shown = dx_str_from(dx_changed_names[i].name);
    uint32_t form;

    for (dx_str w = dx_names_next(&at); w.ptr; w = dx_names_next(&at)) {
        DX_TRY(add_form(s, shown, w, &form));
        s->forms[form].changed = i;
    }
    return DX_OK;
}

dx_status dx_synonyms_init(dx_synonyms *s)
{
    dx_status rc;

    *s = (dx_synonyms){.arena = DX_ARENA_INIT};
    rc = grow_slots(s);
    for (size_t i = 0; i < dx_abbreviations_count && rc == DX_OK; i++)
        rc = add_abbreviation(s, &dx_abbreviations[i]);
    for (size_t i = 0; i < dx_changed_names_count && rc == DX_OK; i++)
        rc = add_changed_name(s, (uint32_t)i);
    if (rc != DX_OK)
        dx_synonyms_free(s);
    return rc;
}

void dx_synonyms_free(dx_synonyms *s)
{
    dx_arena_free(&s->arena);
    dx_free(s->forms);
    dx_free(s->relations);
    dx_free(s->slots);
    *s = (dx_synonyms){.arena = DX_ARENA_INIT};
}
