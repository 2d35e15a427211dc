/* Pieces: the characters up to a boundary, most often one word; with the signs
 * that stand right behind it. */
#include "searcher/query/parse/piece.h"

#include <string.h>

#include "common/text/analyzer.h"
#include "common/text/lexer.h"
#include "common/text/syllable.h"
#include "common/text/term.h"
#include "searcher/query/lex.h"
#include "searcher/query/parse/boost.h"
#include "searcher/query/parse/filter.h"
#include "searcher/query/parse/warnings.h"
#include "searcher/query/parse/word.h"

typedef struct piece {
    dx_str text;       /* without what stands behind */
    dx_word_kind kind; /* of its last word */
    double boost;
} piece;

static bool has_letter(dx_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (dx_query_is_letter(s.ptr[i]) && !dx_query_is_digit(s.ptr[i]))
            return true;
    return false;
}

static bool ends_in_letter(dx_str s)
{
    return s.len > 0 && dx_query_is_letter(s.ptr[s.len - 1]);
}

/* "^2" at the end. 10^6 is a number, and no boost. */
static void cut_boost(dx_query_parser *p, piece *x)
{
    const char *end = dx_str_end(x->text), *at = end;
    uint32_t hundredths;

    while (at > x->text.ptr && at[-1] != '^')
        at--;
    if (at <= x->text.ptr + 1)
        return;
    dx_str rest = {x->text.ptr, (size_t)(at - 1 - x->text.ptr)};
    char before = rest.ptr[rest.len - 1];
    if ((!dx_query_is_letter(before) && before != '*' && before != '~') ||
        !has_letter(rest) || at == end ||
        dx_query_hundredths(at, end, &hundredths) != end)
        return;
    x->boost = dx_query_boost_of(p, hundredths, at - 1, end);
    x->text = rest;
}

/* "~" or "~1" at the end. */
static bool cut_fuzzy(dx_query_parser *p, piece *x)
{
    size_t n = x->text.len;
    uint32_t edits = 1;

    while (n > 0 && dx_query_is_digit(x->text.ptr[n - 1]))
        n--;
    dx_str rest = {x->text.ptr, n ? n - 1 : 0};
    if (n == 0 || x->text.ptr[n - 1] != '~' || !ends_in_letter(rest) ||
        !has_letter(rest))
        return false;
    const char *sign = x->text.ptr + n - 1, *end = dx_str_end(x->text);
    if (n < x->text.len)
        (void)dx_query_number(sign + 1, end, 100, &edits);
    if (edits > 1)
        dx_query_warn(p->q, DX_FAULT_FAR_FUZZY, sign, end);
    x->text = rest;
    x->kind = edits ? DX_WORD_FUZZY : DX_WORD_TERM;
    return true;
}

static bool has_wildcard(dx_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] == '*' || s.ptr[i] == '?')
            return true;
    return false;
}

/* "ch?yen", "*uyen", "ch*n*": letters and single wildcards. A first '?' is
 * punctuation, and so is the last, which is gone by now. */
static bool is_pattern(dx_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!dx_query_is_letter(s.ptr[i]) &&
            ((s.ptr[i] != '*' && s.ptr[i] != '?') ||
                (i > 0 && s.ptr[i] == '*' && s.ptr[i - 1] == '*')))
            return false;
    return has_letter(s) && has_wildcard(s) && *s.ptr != '?';
}

static piece cut_piece(dx_query_parser *p, dx_str text)
{
    piece x = {.kind = DX_WORD_TERM, .boost = 1.0};

    while (text.len && dx_query_is_point(text.ptr[text.len - 1]))
        text.len--;
    x.text = text;
    cut_boost(p, &x);
    if (cut_fuzzy(p, &x))
        return x;
    dx_str rest = {x.text.ptr, x.text.len ? x.text.len - 1 : 0};
    if (x.text.len && x.text.ptr[rest.len] == '*' && ends_in_letter(rest) &&
        !has_wildcard(rest)) {
        x.text = rest;
        x.kind = DX_WORD_PREFIX;
    } else if (is_pattern(x.text)) {
        x.kind = DX_WORD_WILDCARD;
    }
    return x;
}

static uint32_t count_letters(dx_str s, bool digits)
{
    uint32_t count = 0;

    for (size_t i = 0; i < s.len; i++)
        count += ((unsigned char)s.ptr[i] & 0xC0) != 0x80 &&
                 s.ptr[i] != '*' && s.ptr[i] != '?' &&
                 (digits || !dx_query_is_digit(s.ptr[i]));
    return count;
}

/* ---- patterns ---- */

typedef struct pattern {
    char exact[DX_TERM_MAX_BYTES], folded[DX_TERM_MAX_BYTES];
    size_t exact_len, folded_len;
    bool marked;
} pattern;

static bool put(char *to, size_t *len, dx_str s)
{
    if (s.len > DX_TERM_MAX_BYTES - *len)
        return false;
    memcpy(to + *len, s.ptr, s.len);
    *len += s.len;
    return true;
}

/* The folded form without stemming: a part of a word has no stem. */
static dx_str plain_folded(dx_str exact, dx_str folded, bool marked)
{
    return marked ? folded : exact;
}

/* Adds the forms of the letters between two wildcards. *fits becomes false when
 * they are not one term. */
static dx_status put_letters(dx_query_parser *p, dx_str s, pattern *out,
    bool *fits)
{
    dx_lexer lx = dx_lexer_new(s);
    const dx_term *t;
    dx_str gap, word;
    size_t count = 0;

    if (dx_lexer_next(&lx, &gap, &word) && word.len == s.len)
        DX_TRY(dx_analyzer_word(p->analyzer, word, &t, &count));
    *fits = count == 1;
    if (!*fits)
        return DX_OK;
    bool marked = dx_term_is_marked(t);
    out->marked |= marked;
    *fits = put(out->exact, &out->exact_len, t->exact) &&
            put(out->folded, &out->folded_len,
                plain_folded(t->exact, t->folded, marked));
    return DX_OK;
}

static dx_status make_pattern(dx_query_parser *p, dx_str s, pattern *out,
    bool *fits)
{
    *fits = true;
    for (size_t i = 0, n; i < s.len && *fits; i += n) {
        dx_str rest = {s.ptr + i, 1};
        n = 1;
        if (dx_query_is_letter(s.ptr[i])) {
            while (i + n < s.len && dx_query_is_letter(s.ptr[i + n]))
                n++;
            rest.len = n;
            DX_TRY(put_letters(p, rest, out, fits));
        } else {
            *fits = put(out->exact, &out->exact_len, rest) &&
                    put(out->folded, &out->folded_len, rest);
        }
    }
    return DX_OK;
}

/* *added: the pattern is a word now. If not, it is read as plain text. */
static dx_status add_pattern(dx_query_parser *p, dx_str s, bool *added)
{
    pattern made = {.marked = false};
    uint32_t id;
    bool fits;

    *added = false;
    DX_TRY(make_pattern(p, s, &made, &fits));
    dx_str exact = {made.exact, made.exact_len};
    if (fits && !has_letter(exact))
        return DX_OK;
    if (!fits || count_letters(exact, true) < DX_PREFIX_MIN_LETTERS) {
        dx_query_warn(p->q, fits ? DX_FAULT_SHORT_PREFIX : DX_FAULT_PATTERN, s.ptr,
            dx_str_end(s));
        return DX_OK;
    }
    *added = true;
    if (!dx_query_has_room(p, s.ptr))
        return DX_OK;
    DX_TRY(dx_query_add_word(p->q, exact,
        (dx_str){made.folded, made.folded_len}, made.marked, &id));
    p->q->words[id].kind = DX_WORD_WILDCARD;
    p->q->words[id].start = (uint32_t)(s.ptr - p->q->text.ptr);
    p->q->words[id].end = p->q->words[id].start + (uint32_t)s.len;
    return DX_OK;
}

/* Gives the last word of the piece its kind, if that can be. */
static void set_kind(dx_query_parser *p, const piece *x, uint32_t first)
{
    dx_query *q = p->q;
    const char *end = dx_str_end(x->text);

    if (x->kind == DX_WORD_TERM || q->word_count == first)
        return;
    dx_query_word *w = &q->words[q->word_count - 1];
    if (q->text.ptr + w->end != end)
        return; /* the word itself was one too many */
    bool prefix = x->kind == DX_WORD_PREFIX;
    if (prefix ? count_letters(w->exact, true) < DX_PREFIX_MIN_LETTERS
               : count_letters(w->exact, false) < DX_FUZZY_MIN_LETTERS) {
        dx_query_warn(p->q,
            prefix ? DX_FAULT_SHORT_PREFIX : DX_FAULT_SHORT_FUZZY,
            q->text.ptr + w->start, end + 1);
        return;
    }
    w->kind = x->kind;
    if (!prefix || dx_syllable_is_valid(w->folded)) /* quye* is not quy */
        w->folded = plain_folded(w->exact, w->folded, w->marked);
}

/* ---- reading pieces ---- */

static bool operator_follows(const dx_query_parser *p)
{
    dx_query_op op =
        dx_query_op_at(dx_query_skip_blanks(p->at, p->end), p->end);

    return op.end && dx_query_has_operand(op.end, p->end);
}

static bool has_overlay(const dx_query *q, uint32_t first)
{
    for (uint32_t w = first; w < q->word_count; w++)
        if (q->words[w].overlay)
            return true;
    return false;
}

static dx_status add_piece(dx_query_parser *p, const dx_query_marks *m,
    piece x, bool together, dx_node_list *out)
{
    dx_query *q = p->q;
    uint32_t first = q->word_count;
    bool done = false;

    if (x.kind == DX_WORD_WILDCARD)
        DX_TRY(add_pattern(p, x.text, &done));
    if (!done) {
        DX_TRY(dx_query_add_words(p, x.text, false));
        if (x.kind != DX_WORD_WILDCARD)
            set_kind(p, &x, first);
    }
    uint32_t count = q->word_count - first;
    if (count == 0)
        return DX_OK;
    bool phrase = together && count > 1 &&
                  q->words[q->word_count - 1].kind == DX_WORD_TERM;
    if (phrase && has_overlay(q, first)) {
        q->word_count = first;
        DX_TRY(dx_query_add_words(p, x.text, true));
        count = q->word_count - first;
    }
    if (phrase)
        dx_query_add_words_node(p, m, DX_NODE_PHRASE, first, count, out);
    else
        dx_query_add_each(p, m, first, out);
    dx_query_set_boost(q, *out, x.boost);
    return DX_OK;
}

dx_status dx_query_read_piece(dx_query_parser *p, const dx_query_marks *m,
    bool bound, dx_node_list *out)
{
    const char *from = p->at;

    if (dx_query_is_filter(m->name.field))
        return dx_query_read_value(p, m, out);
    while (!dx_query_is_boundary(p->at, p->end))
        p->at++;
    piece x = cut_piece(p, (dx_str){from, (size_t)(p->at - from)});
    if (dx_str_eq(x.text, DX_STR_LIT("*"))) {
        out->every = true;
        return DX_OK;
    }
    bool marked = m->negated || m->required || m->strict || m->at_start ||
                  m->name.field != DX_IN_ANY || x.boost != 1.0;
    return add_piece(p, m, x, marked || bound || operator_follows(p), out);
}
