/* Laying two texts side by side, to see whether they tell the same. */
#include "searcher/answer/select/same_article.h"

#include <string.h>

#include "common/base/civil.h"
#include "common/base/hash.h"
#include "common/base/mem.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/segment.h"
#include "common/text/utf8.h"

/* Found by tests/eval/duplicates.py (docs/DECISIONS.md, "Different articles are
 * not hidden"). */
#define RUN_WORDS 3u        /* texts meet again where so many words are equal */
#define RESUME_WORDS 6u     /* … and go on after a passage that one has */
#define PASSAGE_WORDS 1000u /* … within so many of both together */
#define SHORT_WORDS 8u      /* left out or added: less is an edit, more a passage */
#define LAST_LINE_WORDS 15u /* "Theo Cổng thông tin điện tử …" */
#define REPLACED_SHARE 33u  /* words replaced: one in so many may be, … */
#define EDITED_SHARE 16u    /* … with short ones left out or added, … */
#define RETITLED_SHARE 500u /* … and replaced under another headline, … */
#define RETITLED_WORDS 100u /* … of a text that is not shorter than this */
#define SAME_NEWS_DAYS 7    /* two papers, one headline */

void dx_same_reader_init(dx_same_reader *r, const dx_generation *g)
{
    *r = (dx_same_reader){.generation = g};
    dx_doc_init(&r->doc);
    dx_meta_reader_init(&r->meta);
}

void dx_same_reader_free(dx_same_reader *r)
{
    dx_free(r->first.words);
    dx_free(r->second.words);
    dx_meta_reader_free(&r->meta);
    dx_doc_free(&r->doc);
}

bool dx_same_signature(const dx_generation *g, dx_doc_ref a, dx_doc_ref b)
{
    dx_signature x = dx_segment_signature(g->segments[a.segment], a.doc);
    dx_signature y = dx_segment_signature(g->segments[b.segment], b.doc);

    return dx_signature_is_near(&x, &y);
}

/* ---- reading ---- */

static bool has_digit(const char *p, const char *end)
{
    for (; p < end; p++)
        if (*p >= '0' && *p <= '9')
            return true;
    return false;
}

static dx_side_word word_of(const dx_segment *s, const dx_doc *doc,
    const dx_token *t)
{
    const char *p = (const char *)doc->text.data + t->start;
    const char *end = (const char *)doc->text.data + t->end;
    dx_str exact = dx_segment_exact_string(s, t->exact_id);
    uint32_t c;

    return (dx_side_word){
        .hash = exact.len ? dx_hash64(exact.ptr, exact.len) : t->exact_id,
        .is_number = has_digit(p, end),
        .is_name = dx_utf8_decode(p, end, &c) && dx_char_is_capital(c)};
}

static dx_status read_side(dx_same_reader *r, dx_doc_ref ref, dx_side *side)
{
    const dx_segment *s = r->generation->segments[ref.segment];
    void *words = side->words;

    if (side->is_read && side->ref.segment == ref.segment &&
        side->ref.doc == ref.doc)
        return DX_OK;
    side->is_read = false;
    side->count = side->title_count = 0;
    DX_TRY(dx_segment_read_doc(s, ref.doc, false, &r->doc));
    if (dx_grow(&words, &side->cap, r->doc.token_count + 1,
            sizeof *side->words) != 0)
        return DX_ERR_NOMEM;
    side->words = words;
    for (size_t i = 0; i < r->doc.token_count; i++) {
        const dx_token *t = &r->doc.tokens[i];
        if (t->overlay)
            continue;
        side->words[side->count++] = word_of(s, &r->doc, t);
        side->title_count += t->field == DX_FIELD_TITLE;
    }
    side->ref = ref;
    side->is_read = true;
    return DX_OK;
}

/* ---- what one has and the other lacks ---- */

typedef struct span {
    const dx_side_word *at;
    size_t count;
} span;

static bool has_word(span of, uint64_t hash)
{
    for (size_t i = 0; i < of.count; i++)
        if (of.at[i].hash == hash)
            return true;
    return false;
}

/* Whether `a` has a number (or a name) that `b` lacks. */
static bool tells_more(span a, span b, bool names)
{
    for (size_t i = 0; i < a.count; i++)
        if ((a.at[i].is_number || (names && a.at[i].is_name)) &&
            !has_word(b, a.at[i].hash))
            return true;
    return false;
}

/* A name that only one of them has may have been left out. */
static bool tell_apart(span a, span b, bool names)
{
    return tells_more(a, b, names) && tells_more(b, a, names);
}

static bool equal(span a, span b)
{
    if (a.count != b.count)
        return false;
    for (size_t i = 0; i < a.count; i++)
        if (a.at[i].hash != b.at[i].hash)
            return false;
    return true;
}

/* ---- side by side ---- */

typedef struct edits {
    size_t replaced, moved; /* words; left out and added ones, of short runs */
    size_t only_a, only_b;  /* words of passages that one of them has */
    bool numbers, names;    /* each text has some that the other lacks */
} edits;

/* `a` stands in place of `b`; either may be empty. */
static void put_edit(edits *e, span a, span b, bool last)
{
    size_t less = a.count < b.count ? a.count : b.count;
    size_t more = a.count < b.count ? b.count : a.count;

    e->numbers |= tell_apart(a, b, false);
    if (last && less <= LAST_LINE_WORDS)
        return;
    if (less == 0 && more < SHORT_WORDS) {
        e->moved += more;
    } else if (more > 3 * less + 4 && more >= SHORT_WORDS) {
        e->only_a += a.count;
        e->only_b += b.count;
    } else {
        e->names |= tell_apart(a, b, true);
        e->replaced += more;
    }
}

static bool starts_alike(span a, size_t skip_a, span b, size_t skip_b,
    size_t words)
{
    return skip_a + words <= a.count && skip_b + words <= b.count &&
           equal((span){a.at + skip_a, words}, (span){b.at + skip_b, words});
}

/* How many words `a` has before it goes on as `b` does; 0: it does not, within a
 * passage. */
static size_t passage_before(span a, span b)
{
    for (size_t i = 1; i <= PASSAGE_WORDS && i < a.count; i++)
        if (starts_alike(a, i, b, 0, RESUME_WORDS))
            return i;
    return 0;
}

/* Where both have the same run again: `skip_a` and `skip_b` words on, together as
 * few as can be, unless one of them just has a passage more. False: not within a
 * passage. */
static bool meet_again(span a, span b, size_t *skip_a, size_t *skip_b)
{
    *skip_a = passage_before(a, b);
    *skip_b = *skip_a ? 0 : passage_before(b, a);
    if (*skip_a || *skip_b)
        return true;
    for (size_t both = 1; both <= PASSAGE_WORDS; both++)
        for (size_t i = 0; i <= both; i++)
            if (starts_alike(a, i, b, both - i, RUN_WORDS)) {
                *skip_a = i;
                *skip_b = both - i;
                return true;
            }
    return false;
}

static void skip(span *s, size_t count)
{
    s->at += count;
    s->count -= count;
}

static edits compare(span a, span b)
{
    edits e = {0, 0, 0, 0, false, false};
    size_t skip_a, skip_b;

    while (a.count && b.count && !e.numbers) {
        if (a.at->hash == b.at->hash) {
            skip(&a, 1);
            skip(&b, 1);
            continue;
        }
        if (!meet_again(a, b, &skip_a, &skip_b))
            break;
        put_edit(&e, (span){a.at, skip_a}, (span){b.at, skip_b}, false);
        skip(&a, skip_a);
        skip(&b, skip_b);
    }
    put_edit(&e, a, b, true);
    return e;
}

static bool is_same_text(const edits *e, size_t words, bool retitled)
{
    size_t both = e->only_a < e->only_b ? e->only_a : e->only_b;

    if (e->names || both >= SHORT_WORDS || e->replaced * REPLACED_SHARE > words ||
        (e->replaced + e->moved) * EDITED_SHARE > words)
        return false;
    return !retitled || (words >= RETITLED_WORDS &&
                            e->replaced * RETITLED_SHARE <= words);
}

/* ---- what is stored of both ---- */

typedef struct facts {
    int32_t day;
    char source[128], docno[128]; /* "" for none, and cut */
} facts;

static void keep(dx_str from, char to[128])
{
    size_t len = from.len < 127 ? from.len : 127;

    if (len)
        memcpy(to, from.ptr, len);
    to[len] = '\0';
}

static dx_status read_facts(dx_same_reader *r, dx_doc_ref ref, facts *out)
{
    dx_meta meta;

    DX_TRY(dx_segment_read_meta(r->generation->segments[ref.segment], ref.doc,
        &r->meta, &meta));
    out->day = meta.date;
    keep(meta.source, out->source);
    keep(meta.docno, out->docno);
    return DX_OK;
}

static bool differ(const char *a, const char *b)
{
    return *a && *b && strcmp(a, b) != 0;
}

/* Two papers under one headline within days, each of which has edited the text. */
static bool is_same_news(const facts *a, const facts *b)
{
    int64_t apart = (int64_t)a->day - b->day;

    return a->day != DX_DATE_UNKNOWN && b->day != DX_DATE_UNKNOWN &&
           apart >= -SAME_NEWS_DAYS && apart <= SAME_NEWS_DAYS &&
           differ(a->source, b->source);
}

dx_status dx_same_article(dx_same_reader *r, dx_doc_ref a, dx_doc_ref b,
    bool *same)
{
    *same = false;
    DX_TRY(read_side(r, a, &r->first));
    DX_TRY(read_side(r, b, &r->second));
    const dx_side *x = &r->first, *y = &r->second;
    span title_x = {x->words, x->title_count};
    span title_y = {y->words, y->title_count};
    span rest_x = {x->words + x->title_count, x->count - x->title_count};
    span rest_y = {y->words + y->title_count, y->count - y->title_count};
    size_t words = rest_x.count < rest_y.count ? rest_x.count : rest_y.count;
    bool retitled = !equal(title_x, title_y);
    facts of_a, of_b;

    if (words == 0 || tell_apart(title_x, title_y, false))
        return DX_OK;
    edits e = compare(rest_x, rest_y);
    bool same_text = is_same_text(&e, words, retitled);
    if (e.numbers || (!same_text && (retitled || title_x.count < RUN_WORDS)))
        return DX_OK;
    DX_TRY(read_facts(r, a, &of_a));
    DX_TRY(read_facts(r, b, &of_b));
    *same = !differ(of_a.docno, of_b.docno) &&
            (same_text || is_same_news(&of_a, &of_b));
    return DX_OK;
}
