/* A trie of names over the words of a text, and what the words beside them
 * say. */
#include "common/names/names.h"

#include <assert.h>
#include <string.h>

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/hash.h"
#include "common/base/mem.h"
#include "common/names/agencies.h"
#include "common/names/doctypes.h"
#include "common/names/provinces.h"
#include "common/names/roles.h"
#include "common/names/spell.h"
#include "common/text/lexer.h"
#include "common/text/utf8.h"

#define TOKENS_MAX (DX_FACT_TOKEN_MASK + 1u) /* 0 is no token */
#define TOKEN_SLOTS 2048u
#define NODES_MAX 2048u
#define EDGE_SLOTS 4096u
#define JOINT_MAX_BYTES 5u
#define NUMBER_TYPE_BITS 5u

#define NEEDS_RANK 1u     /* without "thành phố" before it, a person */
#define NEEDS_CAPITALS 2u /* an abbreviation */
#define MAY_CROSS 4u      /* "-" and "." may stand in it */

typedef struct node { /* of the trie of names, over tokens */
    uint8_t kind, flags; /* kind + 1; 0: no name ends here */
    uint16_t number;
} node;

typedef struct edge {
    uint32_t key; /* node << 10 | token */
    uint32_t to;  /* 0: free; no edge leads to the root */
} edge;

struct dx_names {
    dx_arena arena; /* the tokens' strings */
    dx_str tokens[TOKENS_MAX];
    uint16_t roles[TOKENS_MAX];
    bool starts[TOKENS_MAX];
    uint16_t slots[TOKEN_SLOTS]; /* hash table of tokens */
    uint32_t token_count;
    node nodes[NODES_MAX];
    uint32_t node_count;
    edge edges[EDGE_SLOTS];
};

static_assert(sizeof(((dx_names *)NULL)->slots) / 2 >= 2 * TOKENS_MAX,
    "the hash table of tokens always has a free slot");

/* ---- tokens ---- */

static size_t token_slot(const dx_names *n, dx_str s)
{
    size_t at = dx_hash64(s.ptr, s.len) & (TOKEN_SLOTS - 1);

    while (n->slots[at] && !dx_str_eq(n->tokens[n->slots[at]], s))
        at = (at + 1) & (TOKEN_SLOTS - 1);
    return at;
}

static uint32_t token_of(const dx_names *n, dx_str s)
{
    return n->slots[token_slot(n, s)];
}

static dx_status add_token(dx_names *n, dx_str s, uint32_t *token)
{
    uint16_t *slot = &n->slots[token_slot(n, s)];

    if (!*slot) {
        char *copy = dx_arena_strndup(&n->arena, s.ptr, s.len);
        if (!copy)
            return DX_ERR_NOMEM;
        assert(n->token_count + 1 < TOKENS_MAX);
        n->tokens[++n->token_count] = (dx_str){copy, s.len};
        *slot = (uint16_t)n->token_count;
    }
    *token = *slot;
    return DX_OK;
}

/* ---- the trie ---- */

static uint32_t edge_slot(const dx_names *n, uint32_t from, uint32_t token)
{
    uint32_t key = from << 10 | token;
    uint32_t at = key * 0x9E3779B1u >> 20;

    while (n->edges[at].to && n->edges[at].key != key)
        at = (at + 1) & (EDGE_SLOTS - 1);
    return at;
}

static dx_status add_sequence(dx_names *n, const dx_str *words, size_t count,
    node name)
{
    uint32_t at = 0, token = 0;

    for (size_t i = 0; i < count; i++) {
        DX_TRY(add_token(n, words[i], &token));
        if (i == 0)
            n->starts[token] = true;
        edge *e = &n->edges[edge_slot(n, at, token)];
        if (!e->to) {
            assert(n->node_count < NODES_MAX - 1);
            *e = (edge){at << 10 | token, ++n->node_count};
        }
        at = e->to;
    }
    if (count && !n->nodes[at].kind)
        n->nodes[at] = name;
    return DX_OK;
}

static bool has_joint(dx_str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (strchr("-.&,", name.ptr[i]))
            return true;
    return false;
}

static dx_status add_name(dx_names *n, dx_analyzer *a, dx_str text,
    dx_name_kind kind, size_t number)
{
    node name = {(uint8_t)(kind + 1), 0, (uint16_t)number};
    dx_name_words w;
    bool folds = false;

    if (*text.ptr == '+')
        name.flags |= NEEDS_RANK;
    if (*text.ptr == '=')
        name.flags |= NEEDS_CAPITALS;
    if (name.flags)
        text = (dx_str){text.ptr + 1, text.len - 1};
    DX_TRY(dx_name_words_of(a, text, &w));
    if (kind != DX_NAME_PROVINCE || w.count > 2 || has_joint(text))
        name.flags |= MAY_CROSS;
    DX_TRY(add_sequence(n, w.exact, w.count, name));
    for (size_t i = 0; i < w.count; i++)
        folds |= !dx_str_eq(w.exact[i], w.folded[i]);
    /* A single syllable without marks could be any word. */
    return folds && w.count > 1 ? add_sequence(n, w.folded, w.count, name)
                                : DX_OK;
}

static dx_status add_names(dx_names *n, dx_analyzer *a, const char *name,
    const char *aliases, dx_name_kind kind, size_t number)
{
    dx_str next = dx_str_from(name);

    for (; next.ptr; next = dx_names_next(&aliases))
        DX_TRY(add_name(n, a, next, kind, number));
    return DX_OK;
}

static dx_status add_role(dx_names *n, const dx_role_words *r)
{
    const char *at = r->words;
    uint32_t token;

    for (dx_str w = dx_names_next(&at); w.ptr; w = dx_names_next(&at)) {
        DX_TRY(add_token(n, w, &token));
        n->roles[token] |= (uint16_t)r->role;
    }
    return DX_OK;
}

static dx_status add_all(dx_names *n, dx_analyzer *a)
{
    for (size_t i = 0; i < DX_PROVINCES_COUNT; i++)
        DX_TRY(add_names(n, a, dx_provinces[i].name, dx_provinces[i].aliases,
            DX_NAME_PROVINCE, i));
    for (size_t i = 0; dx_provinces_not[i]; i++)
        DX_TRY(add_names(n, a, dx_provinces_not[i], "", DX_NAME_NOT, 0));
    for (size_t i = 0; i < dx_agencies_count; i++)
        DX_TRY(add_names(n, a, dx_agencies[i].name, dx_agencies[i].aliases,
            DX_NAME_AGENCY, i));
    for (size_t i = 0; i < dx_role_table_count; i++)
        DX_TRY(add_role(n, &dx_role_table[i]));
    return DX_OK;
}

dx_status dx_names_new(dx_names **out)
{
    dx_names *n = dx_calloc(1, sizeof *n);
    dx_analyzer *a = dx_analyzer_new();
    dx_status rc = n && a ? add_all(n, a) : DX_ERR_NOMEM;

    dx_analyzer_free(a);
    if (rc != DX_OK) {
        dx_names_free(n);
        n = NULL;
    }
    *out = n;
    return rc;
}

void dx_names_free(dx_names *n)
{
    if (!n)
        return;
    dx_arena_free(&n->arena);
    dx_free(n);
}

/* ---- facts ---- */

static uint32_t capitals(dx_str word)
{
    const char *p = word.ptr, *end = dx_str_end(word);
    uint32_t facts = 0, c;
    size_t letters = 0, big = 0, n;

    for (; p < end && (n = dx_utf8_decode(p, end, &c)) > 0; p += n) {
        if (dx_char_class_of(c) != DX_CHAR_LETTER)
            continue;
        bool is_big = dx_char_is_capital(c);
        if (letters == 0 && is_big)
            facts |= DX_FACT_CAPITAL;
        letters++;
        big += is_big;
    }
    return letters > 1 && big == letters ? facts | DX_FACT_CAPITALS : facts;
}

static uint32_t number_facts(dx_str number)
{
    size_t type = dx_doctype_of_number(number);
    size_t agency = dx_agency_of_number(number);

    if (type == DX_DOCTYPE_NONE && agency == DX_AGENCY_NONE)
        return 0;
    type = type == DX_DOCTYPE_NONE ? 0 : type + 1;
    agency = agency == DX_AGENCY_NONE ? 0 : agency + 1;
    return DX_FACT_NUMBER | (uint32_t)(agency << NUMBER_TYPE_BITS | type);
}

static uint32_t at_most_3(uint32_t count) { return count < 3 ? count : 3; }

static uint32_t count_terms(const dx_term *terms, size_t count)
{
    uint32_t words = 0, syllables = 0, marked = 0;

    for (size_t i = 0; i < count; i++) {
        if (terms[i].overlay || terms[i].kind == DX_TERM_NUMBER)
            continue;
        words++;
        syllables += terms[i].kind == DX_TERM_SYLLABLE;
        marked += terms[i].kind == DX_TERM_SYLLABLE &&
                  dx_term_is_marked(&terms[i]);
    }
    return at_most_3(words) << DX_FACT_WORDS_SHIFT |
           at_most_3(syllables) << DX_FACT_SYLLABLES_SHIFT |
           at_most_3(marked) << DX_FACT_MARKED_SHIFT;
}

uint32_t dx_names_word(const dx_names *n, dx_str word, const dx_term *terms,
    size_t count)
{
    uint32_t facts = count_terms(terms, count) | capitals(word);

    if (count && terms[0].overlay && terms[0].kind == DX_TERM_DOCNO)
        return facts | number_facts(terms[0].exact);
    if (count != 1)
        return facts;
    uint32_t token = token_of(n, terms[0].exact);
    if ((n->starts[token] && (facts & DX_FACT_CAPITAL)) ||
        (n->roles[token] & (DX_ROLE_RANK | DX_ROLE_CITY)))
        facts |= DX_FACT_START;
    if (n->roles[token] & DX_ROLE_ENGLISH)
        facts |= DX_FACT_ENGLISH;
    return facts | token;
}

uint32_t dx_names_gap(dx_str gap)
{
    bool joint = gap.len > 0 && gap.len <= JOINT_MAX_BYTES;
    uint32_t facts = DX_FACT_GAP;

    for (size_t i = 0; i < gap.len; i++) {
        joint = joint && (strchr(" .,-&(/", gap.ptr[i]) ||
                             (unsigned char)gap.ptr[i] >= 0x80);
        if (gap.ptr[i] == '\n')
            facts |= DX_FACT_BREAK;
    }
    if (dx_str_eq(gap, DX_STR_LIT(" (")))
        facts |= DX_FACT_OPEN;
    return joint ? facts | DX_FACT_JOINT : facts;
}

/* ---- the words beside a name ---- */

typedef struct row {
    const dx_names *n;
    const uint32_t *at;
    size_t count;
} row;

static bool is_word(const row *r, size_t i)
{
    return i < r->count && !(r->at[i] & (DX_FACT_GAP | DX_FACT_FIELD_END));
}

/* The roles of the word at i; none past either end (i wraps below 0). */
static unsigned roles_at(const row *r, size_t i)
{
    if (!is_word(r, i) || (r->at[i] & DX_FACT_NUMBER))
        return 0;
    return r->n->roles[r->at[i] & DX_FACT_TOKEN_MASK];
}

/* "tỉnh", "TP", "thành phố": a province follows. */
static bool is_rank(const row *r, size_t i)
{
    unsigned roles = roles_at(r, i);

    return (roles & DX_ROLE_RANK) ||
           ((roles & DX_ROLE_CITY) && (roles_at(r, i - 1) & DX_ROLE_CITY_OF));
}

/* Whether the word at i has its capital because it begins a sentence. */
static bool opens_sentence(const row *r, size_t i)
{
    return i == 0 || !is_word(r, i - 1);
}

/* Whether the capitalised word at i may begin a person's name that what follows
 * belongs to. */
static bool is_person(const row *r, size_t i, bool is_word)
{
    if (roles_at(r, i) & DX_ROLE_SURNAME)
        return true;
    if (opens_sentence(r, i))
        return false;
    if (is_word)
        return !(roles_at(r, i) & DX_ROLE_OPEN);
    return (r->at[i - 1] & DX_FACT_CAPITAL) &&
           (roles_at(r, i - 1) & DX_ROLE_SURNAME);
}

/* Whether the name of a province at `from` is no part of another name. */
static bool province_holds(const row *r, size_t from,
    const dx_province *province, bool shouted)
{
    size_t i = from - 1;
    unsigned roles = roles_at(r, i);

    if (shouted && province->is_word)
        return false;
    if (from == 0 || !is_word(r, i))
        return true;
    if ((roles & (DX_ROLE_OTHER | DX_ROLE_CITY)) ||
        (province->is_word && (roles & DX_ROLE_VENUE)) ||
        ((roles & DX_ROLE_TOWN) && !(roles_at(r, i - 1) & DX_ROLE_TOWN_OF)))
        return false;
    if (!(r->at[i] & DX_FACT_CAPITAL))
        return true;
    if (r->at[i] & DX_FACT_CAPITALS)
        return !(shouted && (roles & DX_ROLE_SURNAME));
    return !is_person(r, i, province->is_word);
}

static bool is_foreign(const row *r, size_t i)
{
    return roles_at(r, i) & DX_ROLE_FOREIGN;
}

/* Whether a body named from `from` to `last` is one of Viet Nam's. */
static bool agency_holds(const row *r, size_t from, size_t last)
{
    if (from > 0 && (roles_at(r, from - 1) & DX_ROLE_PARTY))
        return false;
    return !is_foreign(r, last + 1) &&
           !((roles_at(r, last + 1) & DX_ROLE_OF) && is_foreign(r, last + 2));
}

/* ---- finding ---- */

typedef struct match {
    const node *name; /* NULL: none */
    size_t last;
    bool shouted; /* all in capitals */
} match;

static bool accepts(const node *name, bool ranked, bool capital, bool shouted,
    bool crossed)
{
    if (!name->kind || (crossed && !(name->flags & MAY_CROSS)) ||
        ((name->flags & NEEDS_CAPITALS) && !shouted) ||
        ((name->flags & NEEDS_RANK) && !ranked))
        return false;
    return name->kind == DX_NAME_AGENCY + 1 || ranked || capital;
}

/* The longest name that begins at `from`. */
static match longest(const row *r, size_t from, bool ranked)
{
    match best = {NULL, from, false};
    bool capital = true, shouted = true, crossed = false;
    uint32_t at = 0;

    for (size_t i = from; is_word(r, i); i++) {
        uint32_t f = r->at[i];
        if (f & DX_FACT_NUMBER)
            break;
        at = r->n->edges[edge_slot(r->n, at, f & DX_FACT_TOKEN_MASK)].to;
        if (!at)
            break;
        capital = capital && (f & DX_FACT_CAPITAL);
        shouted = shouted && (f & DX_FACT_CAPITALS);
        if (accepts(&r->n->nodes[at], ranked, capital, shouted, crossed))
            best = (match){&r->n->nodes[at], i, shouted};
        if (i + 1 < r->count && (r->at[i + 1] & DX_FACT_JOINT)) {
            crossed = true;
            i++;
        }
    }
    return best;
}

/* A province after its rank at `i`. */
static size_t find_ranked(const row *r, size_t i, dx_name_each each, void *ctx)
{
    size_t from = i + 1;

    if (from < r->count && (r->at[from] & DX_FACT_JOINT)) /* TP.HCM */
        from++;
    match m = longest(r, from, true);
    if (!m.name || m.name->kind != DX_NAME_PROVINCE + 1)
        return i;
    each(ctx, DX_NAME_PROVINCE, m.name->number);
    return m.last;
}

static size_t find_name(const row *r, size_t from, dx_name_each each,
    void *ctx)
{
    match m = longest(r, from, false);

    if (!m.name)
        return from;
    if (m.name->kind == DX_NAME_PROVINCE + 1 &&
        province_holds(r, from, &dx_provinces[m.name->number], m.shouted))
        each(ctx, DX_NAME_PROVINCE, m.name->number);
    if (m.name->kind == DX_NAME_AGENCY + 1 && agency_holds(r, from, m.last))
        each(ctx, DX_NAME_AGENCY, m.name->number);
    return m.last;
}

static bool follows(const row *r, size_t i, unsigned role)
{
    return ((roles_at(r, i - 1) | roles_at(r, i - 2)) & role) != 0;
}

static void find_number(const row *r, size_t i, dx_name_each each, void *ctx)
{
    uint32_t bits = r->at[i] & DX_FACT_TOKEN_MASK;
    size_t type = bits & ((1u << NUMBER_TYPE_BITS) - 1);
    size_t agency = bits >> NUMBER_TYPE_BITS;

    if (type == dx_doctype_law + 1 && follows(r, i, DX_ROLE_RESOLUTION))
        type = dx_doctype_resolution + 1;
    if (type == dx_doctype_resolution + 1 && follows(r, i, DX_ROLE_ORDINANCE))
        type = dx_doctype_ordinance + 1;
    if (type)
        each(ctx, DX_NAME_DOCTYPE, type - 1);
    if (agency)
        each(ctx, DX_NAME_AGENCY, agency - 1);
}

size_t dx_names_at(const dx_names *n, dx_fact_row facts, size_t i,
    dx_name_each each, void *ctx)
{
    row r = {n, facts.at, facts.count};
    size_t last = i;

    if (facts.at[i] & DX_FACT_NUMBER)
        find_number(&r, i, each, ctx);
    else if (is_rank(&r, i))
        last = find_ranked(&r, i, each, ctx);
    if (last == i && (facts.at[i] & DX_FACT_CAPITAL) &&
        !(facts.at[i] & DX_FACT_NUMBER))
        last = find_name(&r, i, each, ctx);
    return last;
}

/* ---- text ---- */

static dx_status add_fact(dx_buf *facts, uint32_t fact)
{
    dx_buf_put(facts, &fact, sizeof fact);
    return facts->status;
}

static void find_all(const dx_names *n, dx_fact_row facts, dx_name_each each,
    void *ctx)
{
    for (size_t i = 0; facts.at && i < facts.count; i++)
        if (facts.at[i] & DX_FACTS_LOOK)
            i = dx_names_at(n, facts, i, each, ctx);
}

dx_status dx_names_find_in(const dx_names *n, dx_analyzer *a, dx_str text,
    dx_name_each each, void *ctx)
{
    dx_lexer lx = dx_lexer_new(text);
    dx_status rc = DX_OK;
    dx_str gap, word;
    const dx_term *terms;
    size_t count;
    dx_buf facts;

    dx_buf_init(&facts, SIZE_MAX);
    while (rc == DX_OK && dx_lexer_next(&lx, &gap, &word)) {
        if (gap.len > 1 || (gap.len && *gap.ptr != ' '))
            rc = add_fact(&facts, dx_names_gap(gap));
        if (rc == DX_OK)
            rc = dx_analyzer_word(a, word, &terms, &count);
        if (rc == DX_OK && word.len)
            rc = add_fact(&facts, dx_names_word(n, word, terms, count));
    }
    if (rc == DX_OK)
        find_all(n, (dx_fact_row){(const uint32_t *)(const void *)facts.data,
            facts.len / sizeof(uint32_t)}, each, ctx);
    dx_buf_free(&facts);
    return rc;
}
