#include "searcher/query.h"

#include <string.h>

#include "common/text/analyzer.h"
#include "searcher/include/dx/search.h"

static const char too_long[] =
    "Câu hỏi quá dài: chỉ phần đầu được dùng.";
static const char too_many[] =
    "Câu hỏi có quá nhiều từ: chỉ 64 từ đầu được dùng.";

static const char *const title_names[] = {"title:", "tieude:", "tiêu_đề:",
    "tieu_de:", "tiêuđề:"};

/* Quotation marks come in pairs that people mix, so any of them opens and any
 * closes a phrase. */
static const char *const quotes[] = {"\"", "“", "”", "„", "«", "»"};

typedef struct parser {
    dx_query *q;
    dx_analyzer *analyzer;
    const char *at, *end;
    uint32_t word_cap;
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

static dx_status add_word(parser *p, const dx_term *t)
{
    dx_query_word *w = &p->q->words[p->q->word_count];
    char *exact = dx_arena_strndup(&p->q->arena, t->exact.ptr, t->exact.len);
    char *folded =
        dx_arena_strndup(&p->q->arena, t->folded.ptr, t->folded.len);

    if (!exact || !folded)
        return DX_ERR_NOMEM;
    *w = (dx_query_word){.exact = {exact, t->exact.len},
        .folded = {folded, t->folded.len}, .marked = dx_term_is_marked(t),
        .overlay = t->overlay};
    p->q->word_count++;
    return DX_OK;
}

static void add_clause(parser *p, uint32_t first, bool phrase, prefix pre)
{
    dx_query *q = p->q;
    uint32_t count = q->word_count - first;

    if (count == 0)
        return;
    q->clauses[q->clause_count++] = (dx_clause){.first = first, .count = count,
        .phrase = phrase && count > 1, .negated = pre.negated,
        .title = pre.title,
        .joined = p->follows && !pre.negated && !q->words[first].overlay};
    p->follows = !pre.negated && !q->words[q->word_count - 1].overlay;
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
            if (p->q->word_count == p->word_cap) {
                p->q->warning = too_many;
                break;
            }
            DX_TRY(add_word(p, &terms[i]));
            if (!together) {
                add_clause(p, first, false, pre);
                first = p->q->word_count;
            }
        }
    }
    if (together)
        add_clause(p, first, true, pre);
    return DX_OK;
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

dx_status dx_query_parse(const char *text, dx_query *out, dx_error *err)
{
    size_t len = strnlen(text, DX_QUERY_MAX_BYTES + 1);

    *out = (dx_query){.warning = ""};
    if (len > DX_QUERY_MAX_BYTES) {
        out->warning = too_long;
        len = DX_QUERY_MAX_BYTES;
        while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
            len--;
    }
    parser p = {.q = out, .analyzer = dx_analyzer_new(), .at = text,
        .end = text + len, .word_cap = DX_QUERY_MAX_TERMS};
    out->words = dx_arena_calloc(&out->arena, p.word_cap, sizeof *out->words);
    out->clauses =
        dx_arena_calloc(&out->arena, p.word_cap, sizeof *out->clauses);
    dx_status rc = p.analyzer && out->words && out->clauses ? DX_OK
                                                           : DX_ERR_NOMEM;
    if (rc == DX_OK)
        rc = read_all(&p);
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
    *q = (dx_query){.warning = ""};
}
