/* Titles and capitals that a word has in the index. */
#include "searcher/understand/typos/written.h"

#include <string.h>

#include "common/base/arena.h"
#include "common/base/str.h"
#include "common/index/codec/bits.h"
#include "common/index/codec/cursor.h"
#include "common/index/codec/list.h"
#include "common/index/codec/window.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/layout/id.h"
#include "common/text/term.h"
#include "searcher/understand/count.h"

#define DOCS_MAX 8u /* that are read */

/* The term of the same word in titles. */
static dx_str in_title(dx_str term, char out[DX_TERM_MAX_BYTES + 1])
{
    size_t len = term.len < DX_TERM_MAX_BYTES ? term.len : DX_TERM_MAX_BYTES;

    out[0] = DX_TITLE_MARK;
    memcpy(out + 1, term.ptr, len);
    return (dx_str){out, len + 1};
}

dx_status dx_written_in_title(const dx_generation *g, const dx_query_word *w,
    bool *is)
{
    char folded[DX_TERM_MAX_BYTES + 1], exact[DX_TERM_MAX_BYTES + 1];
    uint64_t documents;

    DX_TRY(dx_count_spelling(g, in_title(w->folded, folded),
        in_title(w->exact, exact), &documents));
    *is = documents > 0;
    return DX_OK;
}

/* ---- capitals ---- */

typedef struct sample {
    uint64_t step, at; /* every so many documents; at: passed by */
    uint32_t places, capitals;
    dx_doc doc;
    dx_arena arena;
} sample;

static bool is_in_capitals(const dx_doc *doc, const dx_token *t)
{
    const uint8_t *text = doc->text.data;

    for (uint32_t i = t->start; i < t->end; i++)
        if (text[i] < 'A' || text[i] > 'Z')
            return false;
    return true;
}

static dx_status read_document(sample *of, const dx_segment *segment,
    uint32_t document, uint32_t exact)
{
    DX_TRY(dx_segment_read_doc(segment, document, false, &of->doc));
    for (size_t i = 0; i < of->doc.token_count; i++) {
        if (of->doc.tokens[i].exact_id != exact)
            continue;
        of->places++;
        of->capitals += is_in_capitals(&of->doc, &of->doc.tokens[i]);
    }
    return DX_OK;
}

static dx_status read_segment(sample *of, const dx_segment *segment,
    uint32_t exact)
{
    dx_list list;
    dx_cursor c;

    DX_TRY(dx_segment_exact_list(segment, exact, &list));
    DX_TRY(dx_cursor_open(&c, &list, &of->arena));
    for (uint32_t w = 0; w < dx_window_count(dx_segment_docs(segment)); w++) {
        if (dx_cursor_load(&c, w) == 0)
            continue;
        for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++)
            for (uint64_t bits = c.bits[k]; bits; bits &= bits - 1)
                if (of->at++ % of->step == 0)
                    DX_TRY(read_document(of, segment,
                        (w << DX_WINDOW_BITS) + k * 64 + dx_ctz64(bits),
                        exact));
    }
    return c.status;
}

static dx_status read_all(sample *of, const dx_generation *g,
    const dx_query_word *w)
{
    for (size_t s = 0; s < g->segment_count; s++) {
        uint32_t id = dx_segment_find_folded(g->segments[s], w->folded);
        if (id != DX_ID_NONE)
            id = dx_segment_find_exact(g->segments[s], id, w->exact);
        if (id != DX_ID_NONE)
            DX_TRY(read_segment(of, g->segments[s], id));
    }
    return DX_OK;
}

dx_status dx_written_in_capitals(const dx_generation *g,
    const dx_query_word *w, bool *is)
{
    sample of = {.arena = DX_ARENA_INIT};
    uint64_t documents;

    *is = false;
    DX_TRY(dx_count_spelling(g, w->folded, w->exact, &documents));
    of.step = 1 + documents / DOCS_MAX;
    dx_doc_init(&of.doc);
    dx_status rc = read_all(&of, g, w);
    dx_doc_free(&of.doc);
    dx_arena_free(&of.arena);
    *is = 2 * of.capitals > of.places;
    return rc;
}
