/* article.h -- what an article shows of its stored text: as much as the site's owner lets
 * readers see. */
#ifndef DX_SEARCHER_OUTPUT_ARTICLE_H
#define DX_SEARCHER_OUTPUT_ARTICLE_H

#include "searcher/output/format.h"

/* An answer does not get longer than pages are made for, whoever may see how much. */
#define DX_ARTICLE_TEXT_BYTES_MAX (1u << 20)

/** The text of `hit` by dx_hit_text(), up to view->article_chars of its characters and on to
 *  the end of the word. `marks` has what stands about a word of the query, and whether HTML
 *  is escaped. "" when none may be seen. */
const char *dx_article_text(const dx_view *view, const dx_hit *hit,
    const dx_snippet_options *marks);

#endif
