#include "searcher/query.h"

#include <string.h>

#include "common/text/analyzer.h"
#include "searcher/include/dx/search.h"

static const dx_query_warning too_long = {
    .vi = "Câu hỏi quá dài: chỉ phần đầu được dùng.",
    .en = "The query is too long: only its beginning is used."};
static const dx_query_warning too_many = {
    .vi = "Câu hỏi có quá nhiều từ: chỉ 64 từ đầu được dùng.",
    .en = "The query has too many words: only the first 64 are used."};

static const char *const title_names[] = {"title:", "tieude:", "tiêu_đề:",
    "tieu_de:", "tiêuđề:"};

/* Quotation marks come in pairs that people mix, so any of them opens and any
 * closes a phrase. */
static const char *const quotes[] = {"\"", "“", "”", "„", "«", "»"};

typedef struct parser {
    dx_query *q;
    dx_analyzer *analyzer;
    const char *at, *end;
    uint32_t last_node; /* of the root's children, or DX_NODE_NONE */
    bool follows; /* the next word directly follows a positive plain one */
} parser;

/* What stands before a word or phrase. */
typedef struct prefix {
    bool negated, title;
} prefix;

/* ---- characters ---- */

static bool is_blank(char c) { return (unsigned char)c <= ' '; }

/* Length of the quotation mark at `p`, or 0. */
static size_t quote_len(const char *p, const char *end)
{
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
        size_t n = strlen(quotes[i]);
        if ((size_t)(end - p) >= n && memcmp(p, quotes[i], n) == 0)
            return n;
    }
    return 0;
}

static bool starts_word(const char *p, const char *end)
{
    unsigned char c = p < end ? (unsigned char)*p : ' ';

    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || c >= 0x80 || quote_len(p, end) > 0;
}

/* Case of ASCII letters is nothing to a field's name; its Vietnamese letters
 * are compared as they are. */
static bool has_name(const char *p, const char *end, const char *name)
{
    for (; *name; name++, p++) {
        char c = p < end ? *p : '\0';
        if (c >= 'A' && c <= 'Z')
            c = (char)(c | 0x20);
        if (c != *name)
            return false;
    }
    return true;
}

/* ---- building ---- */

dx_status dx_query_add_word(dx_query *q, dx_str exact, dx_str folded,
    bool marked, uint32_t *out)
{
    if (q->word_count == q->word_cap)
        return DX_ERR_LIMIT;
    char *e = dx_arena_strndup(&q->arena, exact.ptr, exact.len);
    char *f = dx_arena_strndup(&q->arena, folded.ptr, folded.len);
    if (!e || !f)
        return DX_ERR_NOMEM;
    *out = q->word_count++;
    q->words[*out] = (dx_query_word){.exact = {e, exact.len},
        .folded = {f, folded.len}, .marked = marked};
    return DX_OK;
}

dx_status dx_query_add_node(dx_query *q, dx_node_kind kind, uint32_t *out)
{
    if (q->node_count == q->node_cap)
        return DX_ERR_LIMIT;
    *out = q->node_count++;
    q->nodes[*out] = (dx_node){.kind = kind, .child = DX_NODE_NONE,
        .next = DX_NODE_NONE, .boost = 1.0, .alternative = DX_NODE_NONE};
    return DX_OK;
}

static void warn(dx_query *q, const dx_query_warning *w, uint32_t start,
    uint32_t end)
{
    if (q->warning_count == DX_QUERY_MAX_WARNINGS)
        return;
    for (uint32_t i = 0; i < q->warning_count; i++)
        if (q->warnings[i].vi == w->vi)
            return;
    q->warnings[q->warning_count] = *w;
    q->warnings[q->warning_count].start = start;
    q->warnings[q->warning_count++].end = end;
}

/* Makes `node` the last child of the root. */
static void append(parser *p, uint32_t node)
{
    dx_node *nodes = p->q->nodes;

    if (p->last_node == DX_NODE_NONE)
        nodes[0].child = node;
    else
        nodes[p->last_node].next = node;
    p->last_node = node;
}

static dx_status add_clause(parser *p, uint32_t first, bool phrase, prefix pre)
{
    dx_query *q = p->q;
    uint32_t count = q->word_count - first, id, parent;

    if (count == 0)
        return DX_OK;
    DX_TRY(dx_query_add_node(q,
        phrase && count > 1 ? DX_NODE_PHRASE : DX_NODE_WORD, &id));
    dx_node *n = &q->nodes[id];
    n->first = first;
    n->count = count;
    n->field = pre.title ? DX_IN_TITLE : DX_IN_ANY;
    n->joined = p->follows && !pre.negated && !q->words[first].overlay;
    n->start = q->words[first].start;
    n->end = q->words[first + count - 1].end;
    p->follows = !pre.negated && !q->words[q->word_count - 1].overlay;
    if (pre.negated) {
        DX_TRY(dx_query_add_node(q, DX_NODE_NOT, &parent));
        q->nodes[parent].child = id;
        q->nodes[parent].start = n->start;
        q->nodes[parent].end = n->end;
        id = parent;
    }
    append(p, id);
    return DX_OK;
}

/* Whether term `i` is a part of an overlay before it, which stands for it. */
static bool is_named(const dx_term *terms, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (terms[k].overlay && terms[i].start >= terms[k].start &&
            terms[i].end <= terms[k].end)
            return true;
    return false;
}

/* Adds the words of `text`; as one clause each, unless they belong together
 * because of quotation marks or a prefix. Within quotation marks, dates and
 * document numbers are their parts, which stand in the running text. */
static dx_status add_text(parser *p, dx_str text, bool quoted, prefix pre)
{
    bool together = quoted || pre.negated || pre.title;
    uint32_t first = p->q->word_count;
    dx_lexer lx = dx_lexer_new(text);
    dx_str gap, word;

    while (dx_lexer_next(&lx, &gap, &word)) {
        const dx_term *terms;
        size_t count;
        DX_TRY(dx_analyzer_word(p->analyzer, word, &terms, &count));
        for (size_t i = 0; i < count; i++) {
            if (quoted ? terms[i].overlay : is_named(terms, i))
                continue;
            uint32_t from = (uint32_t)(word.ptr - p->q->text.ptr), id;
            if (p->q->word_count == DX_QUERY_MAX_TERMS) {
                warn(p->q, &too_many, from, (uint32_t)p->q->text.len);
                break;
            }
            DX_TRY(dx_query_add_word(p->q, terms[i].exact, terms[i].folded,
                dx_term_is_marked(&terms[i]), &id));
            p->q->words[id].overlay = terms[i].overlay;
            p->q->words[id].start = from + terms[i].start;
            p->q->words[id].end = from + terms[i].end;
            if (!together) {
                DX_TRY(add_clause(p, first, false, pre));
                first = p->q->word_count;
            }
        }
    }
    return together ? add_clause(p, first, true, pre) : DX_OK;
}

/* ---- reading ---- */

static prefix read_prefix(parser *p)
{
    prefix pre = {false, false};

    /* "S -400" and "-5 độ" exclude no number. */
    if (*p->at == '-' && starts_word(p->at + 1, p->end) &&
        !(p->at[1] >= '0' && p->at[1] <= '9')) {
        pre.negated = true;
        p->at++;
    }
    for (size_t i = 0; i < sizeof title_names / sizeof *title_names; i++) {
        size_t len = strlen(title_names[i]);
        if (has_name(p->at, p->end, title_names[i]) &&
            starts_word(p->at + len, p->end)) {
            pre.title = true;
            p->at += len;
            break;
        }
    }
    return pre;
}

/* A phrase up to its closing mark or the end of the query. */
static dx_status read_phrase(parser *p, prefix pre)
{
    const char *from = p->at += quote_len(p->at, p->end);

    while (p->at < p->end && quote_len(p->at, p->end) == 0)
        p->at++;
    dx_str text = {from, (size_t)(p->at - from)};
    if (p->at < p->end)
        p->at += quote_len(p->at, p->end);
    return add_text(p, text, true, pre);
}

static dx_status read_piece(parser *p, prefix pre)
{
    const char *from = p->at;

    while (p->at < p->end && !is_blank(*p->at) &&
           quote_len(p->at, p->end) == 0)
        p->at++;
    return add_text(p, (dx_str){from, (size_t)(p->at - from)}, false, pre);
}

static dx_status read_all(parser *p)
{
    while (p->at < p->end) {
        if (is_blank(*p->at)) {
            p->at++;
            continue;
        }
        prefix pre = read_prefix(p);
        bool quoted = p->at < p->end && quote_len(p->at, p->end) > 0;
        DX_TRY(quoted ? read_phrase(p, pre) : read_piece(p, pre));
    }
    return DX_OK;
}

static dx_status make_room(dx_query *q, const char *text, size_t len)
{
    uint32_t root;
    char *copy = dx_arena_strndup(&q->arena, text, len);

    q->text = (dx_str){copy, len};
    q->word_cap = DX_QUERY_MAX_TERMS + DX_QUERY_MAX_ADDED;
    q->node_cap = DX_QUERY_MAX_NODES + DX_QUERY_MAX_ADDED;
    q->words = dx_arena_alloc(&q->arena, q->word_cap * sizeof *q->words);
    q->nodes = dx_arena_alloc(&q->arena, q->node_cap * sizeof *q->nodes);
    return copy && q->words && q->nodes
               ? dx_query_add_node(q, DX_NODE_AND, &root)
               : DX_ERR_NOMEM;
}

dx_status dx_query_parse(const char *text, dx_query *out, dx_error *err)
{
    size_t len = strnlen(text, DX_QUERY_MAX_BYTES + 1);

    *out = (dx_query){.warning_count = 0};
    if (len > DX_QUERY_MAX_BYTES) {
        warn(out, &too_long, DX_QUERY_MAX_BYTES, DX_QUERY_MAX_BYTES);
        len = DX_QUERY_MAX_BYTES;
        while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
            len--;
    }
    parser p = {.q = out, .analyzer = dx_analyzer_new(),
        .last_node = DX_NODE_NONE};
    dx_status rc = p.analyzer ? make_room(out, text, len) : DX_ERR_NOMEM;
    if (rc == DX_OK) {
        p.at = out->text.ptr;
        p.end = p.at + len;
        rc = read_all(&p);
    }
    dx_analyzer_free(p.analyzer);
    if (rc != DX_OK) {
        dx_query_free(out);
        return dx_fail_nomem(err);
    }
    return DX_OK;
}

void dx_query_free(dx_query *q)
{
    dx_arena_free(&q->arena);
    *q = (dx_query){.warning_count = 0};
}

/* ---- asking ---- */

static bool node_is_positive(const dx_query *q, const dx_node *n)
{
    if (n->kind == DX_NODE_NOT)
        return false;
    if (n->kind != DX_NODE_AND && n->kind != DX_NODE_OR)
        return true;
    for (uint32_t c = n->child; c != DX_NODE_NONE; c = q->nodes[c].next)
        if (node_is_positive(q, &q->nodes[c]))
            return true;
    return false;
}

bool dx_query_has_positive(const dx_query *q)
{
    return node_is_positive(q, &q->nodes[0]);
}

bool dx_query_is_plain(const dx_query *q)
{
    for (uint32_t c = q->nodes[0].child; c != DX_NODE_NONE;
         c = q->nodes[c].next) {
        const dx_node *n = &q->nodes[c];
        if (n->kind != DX_NODE_WORD || n->field != DX_IN_ANY || n->required ||
            n->at_start || n->boost != 1.0)
            return false;
        const dx_query_word *w = &q->words[n->first];
        if (w->kind != DX_WORD_TERM || w->strict || w->overlay)
            return false;
    }
    return q->nodes[0].child != DX_NODE_NONE;
}
