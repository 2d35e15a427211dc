/* Phrases: what mostly follows the words that were typed, as it is spelt. */
#include "searcher/suggest/phrase.h"

#include <string.h>

#include "common/base/arena.h"
#include "common/index/codec/cursor.h"
#include "common/index/codec/list.h"
#include "common/index/codec/window.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/hidden.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/pairs.h"
#include "common/index/segment/segment.h"

#define CONTEXT_WORDS 5u   /* typed words that a phrase begins with, at most */
#define ADDED_WORDS_MAX 3u /* after the word being typed */
#define STARTS_MAX 24u     /* most frequent words for the unfinished one */
#define SAMPLES 3u         /* documents that tell how a phrase is spelt */
#define TRIES_MAX 4u       /* documents that are looked at for that */
#define WINDOWS_MAX 16u    /* windows that are looked at */
#define RARE_SHARE 50u /* so many times rarer than the most frequent: left out */

/* Words in a row, and which of the newest documents have each two of them side by
 * side: nearly always as that row. */
typedef struct context {
    uint32_t ids[CONTEXT_WORDS]; /* folded */
    uint32_t count;
    uint32_t first_word;           /* in what was typed */
    uint32_t window, window_count; /* of the sets; the newest there are */
    uint64_t sets[WINDOWS_MAX][DX_WINDOW_WORDS];
} context;

/* The most frequent continuations met so far, best first. */
typedef struct best {
    uint32_t ids[STARTS_MAX], dfs[STARTS_MAX];
    uint32_t count;
    uint32_t first, end; /* which ids are wanted */
} best;

static void put(best *b, uint32_t at, uint32_t id, uint32_t df)
{
    for (; at > 0 && b->dfs[at - 1] < df; at--) {
        b->dfs[at] = b->dfs[at - 1];
        b->ids[at] = b->ids[at - 1];
    }
    b->dfs[at] = df;
    b->ids[at] = id;
}

static dx_status offer(void *ctx, uint32_t id, const dx_list *list)
{
    best *b = ctx;

    if (id < b->first || id >= b->end)
        return DX_OK;
    if (b->count < STARTS_MAX)
        put(b, b->count++, id, list->df);
    else if (b->dfs[STARTS_MAX - 1] < list->df)
        put(b, STARTS_MAX - 1, id, list->df);
    return DX_OK;
}

/* ---- finding phrases ---- */

static dx_status open_pair(const dx_typed *typed, uint32_t first,
    uint32_t second, dx_cursor **out)
{
    dx_list list;

    *out = dx_arena_alloc(typed->arena, sizeof **out);
    if (!*out)
        return DX_ERR_NOMEM;
    DX_TRY(dx_segment_pair_list(typed->segment, first, second, &list));
    return dx_cursor_open(*out, &list, typed->arena);
}

/* Terms that begin like the unfinished word, or any running term. */
static void wanted_ids(const dx_typed *typed, best *b)
{
    uint32_t unused;

    if (typed->unfinished) {
        dx_segment_find_prefix(typed->segment,
            typed->words[typed->count - 1].folded, &b->first, &b->end);
        return;
    }
    /* Title terms and the like begin with a control character. */
    dx_segment_find_prefix(typed->segment, (dx_str){"!", 1}, &b->first,
        &unused);
    b->end = dx_segment_folded_count(typed->segment);
}

static dx_status intersect(const dx_typed *typed, context *c, uint32_t first,
    uint32_t second)
{
    dx_cursor *pair;

    DX_TRY(open_pair(typed, first, second, &pair));
    for (uint32_t w = 0; w < c->window_count; w++) {
        (void)dx_cursor_load(pair, c->window + w);
        for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++)
            c->sets[w][k] &= pair->bits[k];
    }
    return pair->status;
}

/* Of one word: all documents that may be results. */
static void begin_context(const dx_typed *typed, context *c)
{
    const uint64_t *withheld = dx_segment_withheld(typed->segment);
    uint32_t windows = dx_window_count(dx_segment_docs(typed->segment));

    c->window = windows > WINDOWS_MAX ? windows - WINDOWS_MAX : 0;
    c->window_count = windows - c->window;
    for (uint32_t w = 0; w < c->window_count; w++)
        for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++)
            c->sets[w][k] =
                withheld
                    ? ~withheld[(size_t)(c->window + w) * DX_WINDOW_WORDS + k]
                    : ~(uint64_t)0;
}

/* The whole words that were typed last and stand in a row in the index. */
static dx_status find_context(const dx_typed *typed, context *c)
{
    uint32_t end = typed->unfinished ? typed->count - 1 : typed->count,
             from = end;
    dx_list list;

    begin_context(typed, c);
    while (from > 0 && end - from < CONTEXT_WORDS) {
        uint32_t id = typed->words[from - 1].folded_id;
        if (id == DX_ID_NONE)
            break;
        if (from < end) {
            uint32_t next = typed->words[from].folded_id;
            DX_TRY(dx_segment_pair_list(typed->segment, id, next, &list));
            if (list.df == 0)
                break;
            DX_TRY(intersect(typed, c, id, next));
        }
        from--;
    }
    c->first_word = from;
    c->count = 0;
    for (uint32_t i = from; i < end; i++)
        c->ids[c->count++] = typed->words[i].folded_id;
    return DX_OK;
}

/* In how many of the context's documents its last word stands before `next`:
 * "hiểm cho" is frequent, but not after "bảo". */
static dx_status count_after(const dx_typed *typed, const context *c,
    uint32_t next, uint32_t *count)
{
    dx_cursor *pair;

    *count = 0;
    DX_TRY(open_pair(typed, c->ids[c->count - 1], next, &pair));
    for (uint32_t w = 0; w < c->window_count; w++)
        if (dx_cursor_load(pair, c->window + w))
            for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++)
                *count += dx_popcount64(pair->bits[k] & c->sets[w][k]);
    return pair->status;
}

static dx_status order_after(const dx_typed *typed, const context *c, best *b)
{
    uint32_t count = b->count, df;

    b->count = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t id = b->ids[i];
        DX_TRY(count_after(typed, c, id, &df));
        if (df > 0)
            put(b, b->count++, id, df);
    }
    return DX_OK;
}

static dx_status find_starts(const dx_typed *typed, const context *c, best *b)
{
    dx_list list;

    *b = (best){.count = 0};
    wanted_ids(typed, b);
    if (c->count) {
        DX_TRY(dx_segment_each_pair_in(typed->segment, c->ids[c->count - 1],
            b->first, b->end, offer, b));
        return c->count > 1 ? order_after(typed, c, b) : DX_OK;
    }
    for (uint32_t id = b->first; id < b->end && typed->unfinished; id++) {
        DX_TRY(dx_segment_folded_list(typed->segment, id, &list));
        DX_TRY(offer(b, id, &list));
    }
    return DX_OK;
}

/* ---- spelling them, and going on ---- */

/* A place where the phrase stands: it, it and one word more …, as long as these
 * are separated by single blanks. */
typedef struct sample {
    uint32_t ids[CONTEXT_WORDS + 1 + ADDED_WORDS_MAX]; /* exact: case aside */
    dx_str texts[ADDED_WORDS_MAX + 1]; /* in the arena; {NULL,0} beyond */
} sample;

typedef struct sampler {
    const dx_typed *typed;
    const context *c;
    uint32_t next; /* the word after the context */
    dx_id_span words[CONTEXT_WORDS + 1];
    dx_doc doc;
    sample samples[SAMPLES];
    uint32_t count, tried;
} sampler;

/* What word `i` of the phrase may be: as it was typed, else any spelling. */
static dx_id_span word_span(const sampler *m, uint32_t i)
{
    uint32_t at = m->c->first_word + i;
    uint32_t id = i < m->c->count ? m->c->ids[i] : m->next;
    dx_id_span span = {0, 0};

    if (at < m->typed->count && m->typed->words[at].folded_id == id)
        return m->typed->words[at].exacts;
    dx_segment_exact_range(m->typed->segment, id, id + 1, &span.first,
        &span.end);
    return span;
}

/* The running token after `t`, if just a blank lies between; else the count. */
static size_t next_token(const dx_doc *doc, size_t t)
{
    size_t next = t + 1;

    while (next < doc->token_count && doc->tokens[next].overlay)
        next++;
    if (next == doc->token_count || doc->text.data[doc->tokens[t].end] != ' ' ||
        doc->tokens[next].start != doc->tokens[t].end + 1)
        return doc->token_count;
    return next;
}

static bool matches_at(const sampler *m, size_t t)
{
    for (uint32_t i = 0; i <= m->c->count; i++) {
        if (i > 0)
            t = next_token(&m->doc, t);
        if (t == m->doc.token_count ||
            m->doc.tokens[t].exact_id < m->words[i].first ||
            m->doc.tokens[t].exact_id >= m->words[i].end)
            return false;
    }
    return true;
}

static dx_status take_sample(sampler *m, size_t first)
{
    const dx_token *tokens = m->doc.tokens;
    sample *to = &m->samples[m->count++];
    size_t t = first;

    for (uint32_t i = 0; i <= m->c->count + ADDED_WORDS_MAX; i++) {
        to->ids[i] = tokens[t].exact_id;
        if (i >= m->c->count) {
            size_t len = tokens[t].end - tokens[first].start;
            dx_str *text = &to->texts[i - m->c->count];
            *text = (dx_str){
                dx_arena_strndup(m->typed->arena,
                    (const char *)m->doc.text.data + tokens[first].start, len),
                len};
            if (!text->ptr)
                return DX_ERR_NOMEM;
        }
        t = next_token(&m->doc, t);
        if (t == m->doc.token_count)
            break;
    }
    return DX_OK;
}

/* Prefers a place that is not the beginning of a field, where the first letter
 * is a capital whatever the word. */
static dx_status look_in(sampler *m, uint32_t doc)
{
    size_t count, found;
    bool has;

    m->tried++;
    DX_TRY(dx_segment_has_row(m->typed->segment, doc, m->words, m->c->count + 1,
        false, &has));
    if (!has)
        return DX_OK;
    DX_TRY(dx_segment_read_doc(m->typed->segment, doc, false, &m->doc));
    found = count = m->doc.token_count;
    for (size_t t = 0; t < count; t++) {
        if (m->doc.tokens[t].overlay || !matches_at(m, t))
            continue;
        if (found == count || m->doc.tokens[t].pos > 0)
            found = t;
        if (m->doc.tokens[t].pos > 0)
            break;
    }
    return found < count ? take_sample(m, found) : DX_OK;
}

/* The latest documents tell the spelling of today. */
static dx_status take_samples(sampler *m)
{
    dx_cursor *pair;

    for (uint32_t i = 0; i <= m->c->count; i++)
        m->words[i] = word_span(m, i);
    DX_TRY(open_pair(m->typed, m->c->ids[m->c->count - 1], m->next, &pair));
    for (uint32_t w = m->c->window_count; w-- > 0;) {
        if (!dx_cursor_load(pair, m->c->window + w))
            continue;
        for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++) {
            uint64_t set = pair->bits[k] & m->c->sets[w][k];
            for (; set; set &= set - 1) {
                if (m->tried == TRIES_MAX || m->count == SAMPLES)
                    return DX_OK;
                DX_TRY(look_in(m, (m->c->window + w) << DX_WINDOW_BITS |
                                      k << 6 | dx_ctz64(set)));
            }
        }
    }
    return pair->status;
}

static bool same_words(const sampler *m, const sample *a, const sample *b,
    uint32_t added)
{
    size_t bytes = (m->c->count + 1 + added) * sizeof *a->ids;

    return a->texts[added].len && b->texts[added].len &&
           memcmp(a->ids, b->ids, bytes) == 0;
}

/* The sample with whose first words most others agree, and how many do. */
static const sample *most_shared(const sampler *m, uint32_t added,
    uint32_t *shared)
{
    const sample *won = NULL;

    *shared = 0;
    for (uint32_t i = 0; i < m->count; i++) {
        uint32_t same = 0;
        for (uint32_t k = 0; k < m->count; k++)
            same += same_words(m, &m->samples[i], &m->samples[k], added);
        if (same > *shared) {
            *shared = same;
            won = &m->samples[i];
        }
    }
    return won;
}

/* The phrase as it is mostly spelt, with the words after it that all samples
 * but one have. */
static dx_str choose_text(const sampler *m)
{
    uint32_t shared;
    const sample *won = most_shared(m, 0, &shared);
    dx_str text = won ? won->texts[0] : (dx_str){NULL, 0};

    for (uint32_t added = 1; added <= ADDED_WORDS_MAX; added++) {
        won = most_shared(m, added, &shared);
        if (shared < 2 || shared + 1 < m->count)
            break;
        text = won->texts[added];
    }
    return text;
}

/* Suggests the context and the word after it, and what was typed before. */
static dx_status suggest(const dx_typed *typed, const context *c, uint32_t next,
    dx_suggest_list *out)
{
    sampler m = {.typed = typed, .c = c, .next = next};
    uint32_t before = c->first_word < typed->count
                          ? typed->words[c->first_word].start
                          : (uint32_t)typed->text.len;

    dx_doc_init(&m.doc);
    dx_status rc = take_samples(&m);
    dx_doc_free(&m.doc);
    dx_str text = choose_text(&m);
    if (rc != DX_OK || text.len == 0)
        return rc;
    char *whole = dx_arena_alloc(typed->arena, before + text.len);
    if (!whole)
        return DX_ERR_NOMEM;
    memcpy(whole, typed->text.ptr, before);
    memcpy(whole + before, text.ptr, text.len);
    return dx_suggest_list_add(out, (dx_str){whole, before + text.len});
}

/* A single word says nothing: it is shown with the word that follows it most. */
static dx_status suggest_first(const dx_typed *typed, context *c, uint32_t id,
    dx_suggest_list *out)
{
    best b = {.end = DX_ID_NONE};

    DX_TRY(dx_segment_each_pair(typed->segment, id, offer, &b));
    c->ids[0] = id;
    c->count = 1;
    return b.count ? suggest(typed, c, b.ids[0], out) : DX_OK;
}

dx_status dx_suggest_phrases(const dx_typed *typed, uint32_t most,
    dx_suggest_list *out)
{
    context *c = dx_arena_alloc(typed->arena, sizeof *c);
    best starts;

    if (!c)
        return DX_ERR_NOMEM;
    DX_TRY(find_context(typed, c));
    DX_TRY(find_starts(typed, c, &starts));
    bool first = c->count == 0;
    for (uint32_t i = 0; i < starts.count && out->count < most &&
                         starts.dfs[i] >= starts.dfs[0] / RARE_SHARE;
         i++)
        DX_TRY(first ? suggest_first(typed, c, starts.ids[i], out)
                     : suggest(typed, c, starts.ids[i], out));
    return DX_OK;
}
