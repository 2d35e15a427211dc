#include "searcher/snippet.h"

#include <string.h>

#include "common/base/mem.h"

#define SENTENCE_BACK_SHARE 2u /* of the room left, at most a half before */
#define STRETCH_BYTES 16u      /* looked at to end at a blank, not a word */

typedef struct match {
    uint32_t start, end, pos;
    uint32_t word; /* of the query */
    uint8_t field;
} match;

typedef struct matches {
    match *at; /* owned */
    size_t count, cap;
} matches;

/* ---- finding ---- */

static bool word_of(const dx_id_range *ranges, size_t count, uint32_t id,
    uint32_t *word)
{
    for (size_t i = 0; i < count; i++) {
        if (id - ranges[i].first < ranges[i].end - ranges[i].first) {
            *word = ranges[i].word;
            return true;
        }
    }
    return false;
}

static dx_status find_matches(const dx_doc *doc, const dx_id_range *ranges,
    size_t count, matches *out)
{
    uint32_t word;

    for (size_t i = 0; i < doc->token_count; i++) {
        const dx_token *t = &doc->tokens[i];
        void *p = out->at;
        if (!word_of(ranges, count, t->exact_id, &word))
            continue;
        bool within = out->count && t->start < out->at[out->count - 1].end;
        if (within) /* a part of a date or number that is marked as a whole */
            continue;
        if (dx_grow(&p, &out->cap, out->count + 1, sizeof *out->at) != 0)
            return DX_ERR_NOMEM;
        out->at = p;
        out->at[out->count++] =
            (match){t->start, t->end, t->pos, word, t->field};
    }
    return DX_OK;
}

/* ---- choosing ---- */

/* What a stretch of text shows: different words of the query, and such as
 * directly follow one another as they do there. */
typedef struct tally {
    uint16_t words[DX_QUERY_MAX_TERMS], pairs[DX_QUERY_MAX_TERMS];
    uint32_t different_words, different_pairs;
} tally;

static bool is_pair(const match *a, const match *b)
{
    return a->field == b->field && b->pos == a->pos + 1 &&
           b->word == a->word + 1;
}

static void count_in(uint16_t *of, uint32_t *different, int step)
{
    if (step > 0 && (*of)++ == 0)
        (*different)++;
    if (step < 0 && --*of == 0)
        (*different)--;
}

static uint32_t worth(const tally *t)
{
    return 2 * t->different_words + 3 * t->different_pairs;
}

typedef struct stretch {
    size_t first, end; /* matches */
} stretch;

/* The first of the best stretches of at most `max_bytes` among the matches
 * [from, m->count). */
static stretch best_stretch(const matches *m, size_t from, uint32_t max_bytes)
{
    stretch best = {from, from};
    tally t = {0};
    uint32_t best_worth = 0;
    size_t first = from;

    for (size_t i = from; i < m->count; i++) {
        count_in(&t.words[m->at[i].word], &t.different_words, 1);
        if (i > first && is_pair(&m->at[i - 1], &m->at[i]))
            count_in(&t.pairs[m->at[i].word], &t.different_pairs, 1);
        while (m->at[i].end - m->at[first].start > max_bytes && first < i) {
            count_in(&t.words[m->at[first].word], &t.different_words, -1);
            if (is_pair(&m->at[first], &m->at[first + 1]))
                count_in(&t.pairs[m->at[first + 1].word], &t.different_pairs,
                    -1);
            first++;
        }
        if (worth(&t) > best_worth) {
            best_worth = worth(&t);
            best = (stretch){first, i + 1};
        }
    }
    return best;
}

static bool is_blank(char c) { return (unsigned char)c <= ' '; }

static bool ends_sentence(const char *text, size_t at)
{
    char c = text[at];

    return c == '\n' || ((c == '.' || c == '!' || c == '?') &&
                            is_blank(text[at + 1]));
}

/* Where the passage begins: at the start of the match's sentence if that is not
 * too far back, else at a word. */
static size_t passage_start(const char *text, size_t lowest, size_t at,
    size_t room)
{
    size_t limit = at - lowest > room ? at - room : lowest;
    size_t word = at;

    for (size_t i = at; i > limit; i--) {
        if (ends_sentence(text, i - 1)) {
            while (i < at && is_blank(text[i]))
                i++;
            return i;
        }
        if (is_blank(text[i - 1]) && at - i <= room / SENTENCE_BACK_SHARE)
            word = i;
    }
    return limit == lowest ? lowest : word;
}

/* The last token's end in [from, limit], with what is written directly after
 * it if that is little. Tokens end where characters do. */
static size_t passage_end(const dx_doc *doc, size_t from, size_t limit,
    size_t highest)
{
    const char *text = (const char *)doc->text.data;
    size_t end = from;

    if (limit >= highest)
        return highest;
    for (size_t i = 0; i < doc->token_count; i++)
        if (doc->tokens[i].end <= limit && doc->tokens[i].end > end)
            end = doc->tokens[i].end;
    for (size_t i = end; i < highest && i < end + STRETCH_BYTES; i++)
        if (is_blank(text[i]))
            return i;
    return end;
}

/* ---- printing ---- */

static void put_char(dx_buf *out, char c, bool escape)
{
    const char *entity = !escape     ? NULL
                         : c == '<'  ? "&lt;"
                         : c == '>'  ? "&gt;"
                         : c == '&'  ? "&amp;"
                         : c == '"'  ? "&quot;"
                         : c == '\'' ? "&#39;"
                                     : NULL;

    if (entity)
        dx_buf_puts(out, entity);
    else
        dx_buf_putc(out, c);
}

typedef struct printer {
    const dx_snippet_options *opt;
    const char *text;
    dx_buf *out;
    bool blank; /* one is due before the next character */
    bool began;
} printer;

static void put_range(printer *p, size_t from, size_t end)
{
    for (size_t i = from; i < end; i++) {
        if (is_blank(p->text[i])) {
            p->blank = p->began;
            continue;
        }
        if (p->blank)
            dx_buf_putc(p->out, ' ');
        p->blank = false;
        p->began = true;
        put_char(p->out, p->text[i], p->opt->escape_html);
    }
}

static bool only_blanks(const char *text, size_t from, size_t end)
{
    for (size_t i = from; i < end; i++)
        if (!is_blank(text[i]))
            return false;
    return true;
}

static void flush_blank(printer *p)
{
    if (p->blank)
        dx_buf_putc(p->out, ' ');
    p->blank = false;
    p->began = true;
}

/* Text [from, end) with its matches marked; neighbours share one mark. Fields
 * stand back to back, so a blank is put between two. */
static void put_marked(printer *p, const dx_doc *doc, const matches *m,
    size_t from, size_t end)
{
    size_t lead_end = doc->field_end[DX_FIELD_LEAD], at = from;

    for (size_t i = 0; i < m->count; i++) {
        const match *first = &m->at[i];
        if (first->start < from || first->end > end)
            continue;
        size_t stop = first->end;
        while (i + 1 < m->count && m->at[i + 1].end <= end &&
               m->at[i + 1].field == first->field &&
               only_blanks(p->text, stop, m->at[i + 1].start))
            stop = m->at[++i].end;
        if (at < lead_end && first->start >= lead_end) {
            put_range(p, at, lead_end);
            p->blank = p->began;
            at = lead_end;
        }
        put_range(p, at, first->start);
        flush_blank(p);
        dx_buf_puts(p->out, p->opt->mark_open);
        put_range(p, first->start, stop);
        dx_buf_puts(p->out, p->opt->mark_close);
        at = stop;
    }
    if (at < lead_end && end > lead_end) {
        put_range(p, at, lead_end);
        p->blank = p->began;
        at = lead_end;
    }
    put_range(p, at, end);
}

dx_status dx_snippet_title(const dx_doc *doc, const dx_id_range *ranges,
    size_t count, const dx_snippet_options *opt, dx_buf *out)
{
    matches m = {0};
    printer p = {.opt = opt, .text = (const char *)doc->text.data, .out = out};
    dx_status rc = find_matches(doc, ranges, count, &m);

    if (rc == DX_OK)
        put_marked(&p, doc, &m, 0, doc->field_end[DX_FIELD_TITLE]);
    dx_free(m.at);
    return rc == DX_OK ? out->status : rc;
}

dx_status dx_snippet_passage(const dx_doc *doc, const dx_id_range *ranges,
    size_t count, const dx_snippet_options *opt, dx_buf *out)
{
    size_t lowest = doc->field_end[DX_FIELD_TITLE], highest = doc->text.len;
    const char *text = (const char *)doc->text.data;
    printer p = {.opt = opt, .text = text, .out = out};
    matches m = {0};
    size_t first = 0;
    dx_status rc = find_matches(doc, ranges, count, &m);

    if (only_blanks(text, lowest, highest)) {
        highest = lowest; /* the title is all there is */
        lowest = 0;
    }
    while (first < m.count && m.at[first].start < lowest)
        first++;
    stretch best = best_stretch(&m, first, opt->max_bytes);
    size_t start = lowest;
    if (m.at && best.end > best.first) {
        size_t used = m.at[best.end - 1].end - m.at[best.first].start;
        size_t room = opt->max_bytes > used ? opt->max_bytes - used : 0;
        start = passage_start(text, lowest, m.at[best.first].start, room);
    }
    size_t end = passage_end(doc, start, start + opt->max_bytes, highest);
    if (rc == DX_OK) {
        if (start > lowest)
            dx_buf_puts(out, "…");
        put_marked(&p, doc, &m, start, end);
        if (end < highest)
            dx_buf_puts(out, "…");
    }
    dx_free(m.at);
    return rc == DX_OK ? out->status : rc;
}
