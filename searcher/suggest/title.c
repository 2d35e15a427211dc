/* Titles: those of the newest articles with the words in a row. */
#include "searcher/suggest/title.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/arena.h"
#include "common/index/codec/cursor.h"
#include "common/index/codec/list.h"
#include "common/index/codec/window.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/hidden.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/segment.h"
#include "common/text/term.h"

#define TITLES_SEEN 200u /* newest documents that are looked at */
#define PREFIX_TERMS 16u /* most frequent title words that begin so */

typedef struct found {
    int32_t date;
    uint32_t doc;
} found;

typedef struct title_search {
    const dx_typed *typed;
    dx_cursor *words[DX_TYPED_WORDS_MAX]; /* whole words: all must be there */
    uint32_t word_count;
    dx_cursor *ends[PREFIX_TERMS]; /* of the unfinished word: one must */
    uint32_t end_count;
    found docs[TITLES_SEEN];
    uint32_t doc_count;
} title_search;

static dx_str title_key(char out[DX_TERM_MAX_BYTES + 1], dx_str folded)
{
    out[0] = DX_TITLE_MARK;
    memcpy(out + 1, folded.ptr, folded.len);
    return (dx_str){out, folded.len + 1};
}

static dx_status open_list(title_search *t, uint32_t folded_id, dx_cursor **out)
{
    dx_list list;

    *out = dx_arena_alloc(t->typed->arena, sizeof **out);
    if (!*out)
        return DX_ERR_NOMEM;
    DX_TRY(dx_segment_folded_list(t->typed->segment, folded_id, &list));
    return dx_cursor_open(*out, &list, t->typed->arena);
}

/* Keeps the most frequent of the words that begin like the unfinished one. */
static dx_status find_ends(title_search *t, dx_str prefix)
{
    char key[DX_TERM_MAX_BYTES + 1];
    uint32_t first, end, ids[PREFIX_TERMS], dfs[PREFIX_TERMS], count = 0;
    dx_list list;

    dx_segment_find_prefix(t->typed->segment, title_key(key, prefix), &first,
        &end);
    for (uint32_t id = first; id < end; id++) {
        DX_TRY(dx_segment_folded_list(t->typed->segment, id, &list));
        if (count == PREFIX_TERMS && dfs[count - 1] >= list.df)
            continue;
        uint32_t at = count < PREFIX_TERMS ? count++ : count - 1;
        for (; at > 0 && dfs[at - 1] < list.df; at--) {
            dfs[at] = dfs[at - 1];
            ids[at] = ids[at - 1];
        }
        dfs[at] = list.df;
        ids[at] = id;
    }
    for (uint32_t i = 0; i < count; i++)
        DX_TRY(open_list(t, ids[i], &t->ends[t->end_count++]));
    return DX_OK;
}

/* False when some word is in no title. */
static dx_status open_words(title_search *t, bool *possible)
{
    const dx_typed *typed = t->typed;
    char key[DX_TERM_MAX_BYTES + 1];

    *possible = true;
    for (uint32_t i = 0; i < typed->count && *possible; i++) {
        if (i + 1 == typed->count && typed->unfinished) {
            DX_TRY(find_ends(t, typed->words[i].folded));
            *possible = t->end_count > 0;
            break;
        }
        uint32_t id = dx_segment_find_folded(typed->segment,
            title_key(key, typed->words[i].folded));
        *possible = id != DX_ID_NONE;
        if (*possible)
            DX_TRY(open_list(t, id, &t->words[t->word_count++]));
    }
    return DX_OK;
}

static bool in_window(title_search *t, uint32_t window,
    uint64_t set[DX_WINDOW_WORDS])
{
    const uint64_t *withheld = dx_segment_withheld(t->typed->segment);

    memset(set, 0, DX_WINDOW_WORDS * sizeof *set);
    for (uint32_t i = 0; i < t->end_count; i++)
        if (dx_cursor_load(t->ends[i], window))
            for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++)
                set[k] |= t->ends[i]->bits[k];
    if (t->end_count == 0)
        memset(set, 0xFF, DX_WINDOW_WORDS * sizeof *set);
    for (uint32_t i = 0; i < t->word_count; i++) {
        if (!dx_cursor_load(t->words[i], window))
            return false;
        for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++)
            set[k] &= t->words[i]->bits[k];
    }
    for (uint32_t k = 0; k < DX_WINDOW_WORDS && withheld; k++)
        set[k] &= ~withheld[(size_t)window * DX_WINDOW_WORDS + k];
    return true;
}

/* Newest arrivals first: they are likely to be the newest articles. */
static void find_docs(title_search *t)
{
    uint64_t set[DX_WINDOW_WORDS];

    for (uint32_t w = dx_window_count(dx_segment_docs(t->typed->segment));
         w-- > 0 && t->doc_count < TITLES_SEEN;) {
        if (!in_window(t, w, set))
            continue;
        for (uint32_t d = DX_WINDOW_DOCS;
             d-- > 0 && t->doc_count < TITLES_SEEN;) {
            if (!(set[d >> 6] >> (d & 63) & 1))
                continue;
            uint32_t doc = w << DX_WINDOW_BITS | d;
            t->docs[t->doc_count++] =
                (found){dx_segment_date(t->typed->segment, doc), doc};
        }
    }
}

static int by_date(const void *a, const void *b)
{
    const found *x = a, *y = b;

    if (x->date != y->date)
        return x->date > y->date ? -1 : 1;
    return x->doc > y->doc ? -1 : x->doc < y->doc;
}

/* Keeps the documents whose title has the words in a row, the unfinished one
 * being any that begins so: terms with a common beginning are neighbours. */
static dx_status keep_rows(title_search *t)
{
    const dx_typed *typed = t->typed;
    dx_id_span words[DX_TYPED_WORDS_MAX];
    uint32_t kept = 0, first, end;
    bool has;

    for (uint32_t i = 0; i < typed->count; i++) {
        words[i] = typed->words[i].exacts;
        if (i + 1 < typed->count || !typed->unfinished)
            continue;
        dx_segment_find_prefix(typed->segment, typed->words[i].folded, &first,
            &end);
        dx_segment_exact_range(typed->segment, first, end, &words[i].first,
            &words[i].end);
    }
    for (uint32_t i = 0; i < t->doc_count; i++) {
        DX_TRY(dx_segment_has_row(typed->segment, t->docs[i].doc, words,
            typed->count, true, &has));
        if (has)
            t->docs[kept++] = t->docs[i];
    }
    t->doc_count = kept;
    return DX_OK;
}

static dx_status add_titles(const title_search *t, uint32_t most,
    dx_suggest_list *out)
{
    const dx_segment *segment = t->typed->segment;
    dx_status rc = DX_OK;
    dx_doc doc;

    dx_doc_init(&doc);
    for (uint32_t i = 0; i < t->doc_count && out->count < most && !rc; i++) {
        rc = dx_segment_read_doc(segment, t->docs[i].doc, true, &doc);
        if (rc == DX_OK)
            rc = dx_suggest_list_add(out, (dx_str){(const char *)doc.text.data,
                                              doc.field_end[DX_FIELD_TITLE]});
    }
    dx_doc_free(&doc);
    return rc;
}

dx_status dx_suggest_titles(const dx_typed *typed, uint32_t most,
    dx_suggest_list *out)
{
    title_search t = {.typed = typed};
    bool possible;

    /* One letter says too little about a title. */
    if (typed->count == 1 && typed->unfinished &&
        typed->words[0].folded.len < 2)
        return DX_OK;
    DX_TRY(open_words(&t, &possible));
    if (!possible)
        return DX_OK;
    find_docs(&t);
    DX_TRY(keep_rows(&t));
    qsort(t.docs, t.doc_count, sizeof *t.docs, by_date);
    return add_titles(&t, most, out);
}
