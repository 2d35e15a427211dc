/* snippet.h -- the passage of a document that shows why it was found. */
#ifndef DX_SEARCHER_ANSWER_SHOW_SNIPPET_H
#define DX_SEARCHER_ANSWER_SHOW_SNIPPET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/index/segment/doc.h"
#include "searcher/answer/show/highlight.h"
#include "searcher/include/dx/search.h"
#include "searcher/match/rank/ranked.h"

/** Sets bytes [from, end) of the text, and the tokens there. */
typedef dx_status (*dx_snippet_fill)(void *ctx, uint32_t from, uint32_t end);

typedef struct dx_snippet_source {
    const dx_doc *doc;   /* tokens of the words looked for, at least */
    const dx_doc *words; /* all tokens of the part of the text that is set */
    dx_snippet_fill fill; /* asked for what is needed; NULL: all is there */
    void *ctx;
    dx_passage_place passage; /* is shown rather than another; or empty */
    uint32_t *place; /* NULL, or gets where in the text the first match of the
                        passage begins; unchanged when it shows none */
} dx_snippet_source;

/** Appends to `out` the best passage of lead and body (of the title when there
 *  is no other text), that of source->passage where there is one, or the best two
 *  when one does not show every pair that the text has: at most opt->max_bytes of
 *  article text, "…" where it was cut; runs of white space are one blank. A word is
 *  marked when its exact id is in one of the `count` ranges (and, where that says so,
 *  it is beside its neighbour); neighbouring marked words share one mark. Cut at word
 *  boundaries, and never within a character and its marks. Linear in the document's
 *  length. */
DX_NODISCARD dx_status dx_snippet_passage(const dx_snippet_source *source,
    const dx_id_range *ranges, size_t count, const dx_snippet_options *opt,
    dx_buf *out);

/** Lead and body up to opt->max_bytes, marked and escaped likewise, "…" where it was cut.
 *  White space is one blank, with an end of line in it one end of line, which also stands
 *  between lead and body; no mark goes over one. */
DX_NODISCARD dx_status dx_snippet_text(const dx_snippet_source *source,
    const dx_id_range *ranges, size_t count, const dx_snippet_options *opt,
    dx_buf *out);

/** The whole title, marked and escaped likewise; never cut. */
DX_NODISCARD dx_status dx_snippet_title(const dx_snippet_source *source,
    const dx_id_range *ranges, size_t count, const dx_snippet_options *opt,
    dx_buf *out);

#endif
