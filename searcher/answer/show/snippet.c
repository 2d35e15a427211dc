/* The passages of a text that show best why it was found. */
#include "searcher/answer/show/snippet.h"

#include <string.h>

#include "common/base/escape.h"
#include "common/base/mem.h"
#include "common/index/codec/id_filter.h"

#define SENTENCE_BACK_SHARE 2u /* of the room left, at most a half before */
#define STRETCH_BYTES 16u      /* looked at to end at a blank, not a word */

typedef struct match {
    uint32_t start, end, pos;
    uint32_t word; /* of the query */
    uint8_t field;
    bool beside; /* is one only beside its neighbour */
} match;

typedef struct matches {
    match *at; /* owned */
    size_t count, cap;
} matches;

/* ---- finding ---- */

static const dx_id_range *range_of(const dx_id_range *ranges, size_t count,
    uint32_t id)
{
    for (size_t i = 0; i < count; i++)
        if (id - ranges[i].first < ranges[i].end - ranges[i].first)
            return &ranges[i];
    return NULL;
}

static bool is_pair(const match *a, const match *b)
{
    return a->field == b->field && b->pos == a->pos + 1 &&
           b->word == a->word + 1;
}

/* Drops those that count beside a neighbour only, and have none. */
static void drop_lone(matches *m)
{
    size_t kept = 0;
    match before = {0};

    for (size_t i = 0; i < m->count; i++) {
        match here = m->at[i];
        bool follows = i > 0 && is_pair(&before, &here);
        bool leads = i + 1 < m->count && is_pair(&here, &m->at[i + 1]);
        if (!here.beside || follows || leads)
            m->at[kept++] = here;
        before = here;
    }
    m->count = kept;
}

/* In the fields up to `last`. */
static dx_status find_matches(const dx_doc *doc, const dx_id_range *ranges,
    size_t count, dx_field last, matches *out)
{
    dx_id_filter ids = {{0}};

    for (size_t i = 0; i < count; i++)
        dx_id_filter_add(&ids, ranges[i].first, ranges[i].end);
    for (size_t i = 0; i < doc->token_count; i++) {
        const dx_token *t = &doc->tokens[i];
        void *p = out->at;
        if (t->field > (uint8_t)last)
            break;
        if (!dx_id_filter_may_have(&ids, t->exact_id))
            continue;
        const dx_id_range *of = range_of(ranges, count, t->exact_id);
        if (!of)
            continue;
        bool within = out->count && t->start < out->at[out->count - 1].end;
        if (within) /* a part of a date or number that is marked as a whole */
            continue;
        if (dx_grow(&p, &out->cap, out->count + 1, sizeof *out->at) != 0)
            return DX_ERR_NOMEM;
        out->at = p;
        out->at[out->count++] =
            (match){t->start, t->end, t->pos, of->word, t->field, of->beside};
    }
    drop_lone(out);
    return DX_OK;
}

/* ---- choosing ---- */

#define WORDS_MAX (DX_QUERY_MAX_TERMS + DX_QUERY_MAX_ADDED)

/* What a stretch of text shows: different words of the query, and such as
 * directly follow one another as they do there. */
typedef struct tally {
    uint16_t words[WORDS_MAX], pairs[WORDS_MAX];
    uint32_t different_words, different_pairs;
} tally;

static void count_in(uint16_t *of, uint32_t *different, int step)
{
    if (step > 0 && (*of)++ == 0)
        (*different)++;
    if (step < 0 && --*of == 0)
        (*different)--;
}

#define WORD_WORTH 2u
#define PAIR_WORTH 3u
/* A second passage has to show a pair: single syllables stand anywhere. */
#define SECOND_WORTH_MIN (2 * WORD_WORTH + PAIR_WORTH)

static uint32_t worth(const tally *t)
{
    return WORD_WORTH * t->different_words + PAIR_WORTH * t->different_pairs;
}

typedef struct stretch {
    size_t first, end; /* matches */
    uint32_t worth;
} stretch;

static void tell(tally *t, const matches *m, size_t i, const bool *shown,
    int step)
{
    if (!shown[m->at[i].word])
        count_in(&t->words[m->at[i].word], &t->different_words, step);
}

/* Match `i` as the follower of the one before. */
static void tell_pair(tally *t, const matches *m, size_t i, const bool *shown,
    int step)
{
    uint32_t word = m->at[i].word;

    if (is_pair(&m->at[i - 1], &m->at[i]) &&
        !(shown[word] && shown[m->at[i - 1].word]))
        count_in(&t->pairs[word], &t->different_pairs, step);
}

/* The first of the best stretches of at most `max_bytes` among the matches
 * [from, end); words that were shown before are worth nothing. */
static stretch best_stretch(const matches *m, size_t from, size_t end,
    uint32_t max_bytes, const bool *shown)
{
    stretch best = {from, from, 0};
    tally t = {0};
    size_t first = from;

    for (size_t i = from; i < end; i++) {
        tell(&t, m, i, shown, 1);
        if (i > first)
            tell_pair(&t, m, i, shown, 1);
        while (first < i && m->at[i].end - m->at[first].start > max_bytes) {
            tell(&t, m, first, shown, -1);
            tell_pair(&t, m, first + 1, shown, -1);
            first++;
        }
        if (worth(&t) > best.worth)
            best = (stretch){first, i + 1, worth(&t)};
    }
    return best;
}

static bool shows_all(const matches *m, size_t from, const bool *shown)
{
    for (size_t i = from; i < m->count; i++)
        if (!shown[m->at[i].word])
            return false;
    return true;
}

static void mark_shown(const matches *m, stretch s, bool *shown)
{
    for (size_t i = s.first; i < s.end; i++)
        shown[m->at[i].word] = true;
}

/* The matches of [*from, m->count) that are in `place`; all where none is. */
static size_t keep_place(const matches *m, dx_passage_place place, size_t *from)
{
    size_t first = *from, end;

    while (first < m->count && (m->at[first].field != place.field ||
                                   m->at[first].pos < place.first))
        first++;
    for (end = first; end < m->count && m->at[end].field == place.field &&
                      m->at[end].pos < place.end;)
        end++;
    if (first == end)
        return m->count;
    *from = first;
    return end;
}

/* One stretch, of `place` if it can be, when it has all words of the text that were
 * asked for; else the best of half the length, and another for what that lacks, in
 * order. Returns how many. */
static size_t choose(const matches *m, size_t from, dx_passage_place place,
    uint32_t max_bytes, stretch out[2])
{
    bool shown[WORDS_MAX] = {false};
    size_t first = from, end = keep_place(m, place, &first);

    out[0] = best_stretch(m, first, end, max_bytes, shown);
    mark_shown(m, out[0], shown);
    if (shows_all(m, from, shown))
        return 1;
    stretch whole = out[0];
    memset(shown, 0, sizeof shown);
    out[0] = best_stretch(m, first, end, max_bytes / 2, shown);
    mark_shown(m, out[0], shown);
    out[1] = best_stretch(m, from, m->count, max_bytes / 2, shown);
    size_t near = out[0].first < out[1].first ? out[0].end : out[1].end;
    size_t far = out[0].first < out[1].first ? out[1].first : out[0].first;
    if (out[1].worth < SECOND_WORTH_MIN || near > far ||
        m->at[far].start - m->at[near - 1].end < max_bytes / 2) {
        out[0] = whole; /* too near one another for a gap to be worth it */
        return 1;
    }
    if (out[1].first < out[0].first) {
        stretch second = out[0];
        out[0] = out[1];
        out[1] = second;
    }
    return 2;
}

static bool is_blank(char c) { return (unsigned char)c <= ' '; }

static bool ends_sentence(const char *text, size_t at)
{
    char c = text[at];

    return c == '\n' ||
           ((c == '.' || c == '!' || c == '?') && is_blank(text[at + 1]));
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
static size_t passage_end(const char *text, const dx_doc *words, size_t from,
    size_t limit, size_t highest)
{
    size_t end = from;

    if (limit >= highest)
        return highest;
    for (size_t i = 0; i < words->token_count; i++)
        if (words->tokens[i].end <= limit && words->tokens[i].end > end)
            end = words->tokens[i].end;
    for (size_t i = end; i < highest && i < end + STRETCH_BYTES; i++)
        if (is_blank(text[i]))
            return i;
    return end;
}

/* ---- printing ---- */

static void put_word(dx_buf *out, const char *text, size_t len, bool escape)
{
    size_t done = 0;

    for (size_t i = 0; escape && i < len; i++) {
        const char *entity = dx_html_entity((unsigned char)text[i]);
        if (!entity)
            continue;
        dx_buf_put(out, text + done, i - done);
        dx_buf_puts(out, entity);
        done = i + 1;
    }
    dx_buf_put(out, text + done, len - done);
}

typedef struct printer {
    const dx_snippet_options *opt;
    const char *text;
    dx_buf *out;
    char blank; /* due before the next character, ' ' or '\n'; or 0 */
    bool began;
    bool keep_lines; /* ends of lines stay what they are */
} printer;

/* White space `c` goes by, or is what parts two fields. */
static void pass_blank(printer *p, char c)
{
    if (p->began && p->blank != '\n')
        p->blank = p->keep_lines && c == '\n' ? '\n' : ' ';
}

static void flush_blank(printer *p)
{
    if (p->blank)
        dx_buf_putc(p->out, p->blank);
    p->blank = 0;
    p->began = true;
}

static void put_range(printer *p, size_t from, size_t end)
{
    for (size_t i = from; i < end;) {
        size_t word = i;
        while (i < end && !is_blank(p->text[i]))
            i++;
        if (i == word) {
            pass_blank(p, p->text[i++]);
            continue;
        }
        flush_blank(p);
        put_word(p->out, p->text + word, i - word, p->opt->escape_html);
    }
}

static bool only_blanks(const char *text, size_t from, size_t end)
{
    for (size_t i = from; i < end; i++)
        if (!is_blank(text[i]))
            return false;
    return true;
}

/* Whether matches with that between them share a mark. */
static bool share_mark(const printer *p, size_t from, size_t end)
{
    return only_blanks(p->text, from, end) &&
           !(p->keep_lines && memchr(p->text + from, '\n', end - from));
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
               share_mark(p, stop, m->at[i + 1].start))
            stop = m->at[++i].end;
        if (at < lead_end && first->start >= lead_end) {
            put_range(p, at, lead_end);
            pass_blank(p, '\n');
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
        pass_blank(p, '\n');
        at = lead_end;
    }
    put_range(p, at, end);
}

static dx_status fill(const dx_snippet_source *source, size_t from, size_t end)
{
    return source->fill
               ? source->fill(source->ctx, (uint32_t)from, (uint32_t)end)
               : DX_OK;
}

dx_status dx_snippet_title(const dx_snippet_source *source,
    const dx_id_range *ranges, size_t count, const dx_snippet_options *opt,
    dx_buf *out)
{
    const dx_doc *doc = source->doc;
    uint32_t end = doc->field_end[DX_FIELD_TITLE];
    matches m = {0};

    DX_TRY(fill(source, 0, end));
    printer p = {.opt = opt, .text = (const char *)doc->text.data, .out = out};
    dx_status rc = find_matches(doc, ranges, count, DX_FIELD_TITLE, &m);
    if (rc == DX_OK)
        put_marked(&p, doc, &m, 0, end);
    dx_free(m.at);
    return rc == DX_OK ? out->status : rc;
}

/* What is shown of a text. */
typedef struct passages {
    stretch stretches[2];
    size_t count;
    uint32_t bytes; /* of each */
    size_t lowest, highest;
} passages;

static size_t room_before(const matches *m, stretch s, uint32_t bytes)
{
    size_t used = m->at[s.end - 1].end - m->at[s.first].start;

    return bytes > used ? bytes - used : 0;
}

/* The passage around a stretch, or from `lowest` on when there is none, after
 * `gap` where text is left out; returns where it ends. */
static size_t put_passage(printer *p, const dx_snippet_source *source,
    const matches *m, const passages *shown, size_t i, size_t lowest)
{
    const char *gap = i == 0 ? "…" : " … ";
    stretch s = shown->stretches[i];
    size_t start = lowest;

    if (s.end > s.first)
        start = passage_start(p->text, lowest, m->at[s.first].start,
            room_before(m, s, shown->bytes));
    size_t end = passage_end(p->text, source->words, start,
        start + shown->bytes, shown->highest);
    dx_buf_puts(p->out, start > lowest ? gap : *gap == ' ' ? " " : "");
    put_marked(p, source->doc, m, start, end);
    return end;
}

/* All that put_passage() can look at. */
static dx_status fill_passages(const dx_snippet_source *source,
    const matches *m, const passages *shown)
{
    size_t from = shown->highest, end = shown->lowest;

    for (size_t i = 0; i < shown->count; i++) {
        stretch s = shown->stretches[i];
        size_t first = shown->lowest, last = first, before = 0;
        if (s.end > s.first) {
            first = m->at[s.first].start;
            last = m->at[s.end - 1].end;
            before = room_before(m, s, shown->bytes) + 1;
        }
        first -= first - shown->lowest < before ? first - shown->lowest : before;
        last = (last > first + before + shown->bytes ? last
                : first + before + shown->bytes) + STRETCH_BYTES + 1;
        from = from < first ? from : first;
        end = end > last ? end : last;
    }
    return fill(source, from, end < shown->highest ? end : shown->highest);
}

/* Whether there is nothing but the title. Longer texts have something to see. */
static dx_status has_title_only(const dx_snippet_source *source,
    const passages *shown, bool *only)
{
    const char *text = (const char *)source->doc->text.data;

    *only = false;
    if (source->fill && shown->highest - shown->lowest > STRETCH_BYTES)
        return DX_OK;
    DX_TRY(fill(source, shown->lowest, shown->highest));
    *only = only_blanks(text, shown->lowest, shown->highest);
    return DX_OK;
}

static void put_passages(const dx_snippet_source *source, const matches *m,
    const passages *shown, const dx_snippet_options *opt, dx_buf *out)
{
    printer p = {.opt = opt, .text = (const char *)source->doc->text.data,
        .out = out};
    size_t end = shown->lowest;

    for (size_t i = 0; i < shown->count; i++) {
        p.began = false;
        p.blank = 0;
        end = put_passage(&p, source, m, shown, i, end);
    }
    if (end < shown->highest)
        dx_buf_puts(out, "…");
}

dx_status dx_snippet_passage(const dx_snippet_source *source,
    const dx_id_range *ranges, size_t count, const dx_snippet_options *opt,
    dx_buf *out)
{
    const dx_doc *doc = source->doc;
    passages shown = {.lowest = doc->field_end[DX_FIELD_TITLE],
        .highest = doc->text.len};
    matches m = {0};
    size_t first = 0;
    bool title_only;

    DX_TRY(has_title_only(source, &shown, &title_only));
    if (title_only) {
        shown.highest = shown.lowest;
        shown.lowest = 0;
    }
    dx_status rc = find_matches(doc, ranges, count, DX_FIELD_BODY, &m);
    if (rc == DX_OK) {
        while (first < m.count && m.at[first].start < shown.lowest)
            first++;
        shown.count = choose(&m, first, source->passage, opt->max_bytes,
            shown.stretches);
        shown.bytes = opt->max_bytes / (uint32_t)shown.count;
        rc = fill_passages(source, &m, &shown);
    }
    if (rc == DX_OK)
        put_passages(source, &m, &shown, opt, out);
    if (rc == DX_OK && source->place &&
        shown.stretches[0].end > shown.stretches[0].first)
        *source->place = (uint32_t)m.at[shown.stretches[0].first].start;
    dx_free(m.at);
    return rc == DX_OK ? out->status : rc;
}

dx_status dx_snippet_text(const dx_snippet_source *source,
    const dx_id_range *ranges, size_t count, const dx_snippet_options *opt,
    dx_buf *out)
{
    const dx_doc *doc = source->doc;
    size_t from = doc->field_end[DX_FIELD_TITLE], highest = doc->text.len;
    size_t limit = opt->max_bytes < highest - from ? from + opt->max_bytes : highest;
    matches m = {0};

    DX_TRY(fill(source, from, highest));
    printer p = {.opt = opt, .text = (const char *)doc->text.data, .out = out,
        .keep_lines = true};
    dx_status rc = find_matches(doc, ranges, count, DX_FIELD_BODY, &m);
    if (rc == DX_OK) {
        size_t end = limit > from
                         ? passage_end(p.text, source->words, from, limit, highest)
                         : from;
        put_marked(&p, doc, &m, from, end);
        dx_buf_puts(out, end < highest ? "…" : "");
    }
    dx_free(m.at);
    return rc == DX_OK ? out->status : rc;
}
