/* boilerplate.h -- what a portal or newsroom puts around an article's text. */
#ifndef DX_INDEXER_INPUT_TEXT_BOILERPLATE_H
#define DX_INDEXER_INPUT_TEXT_BOILERPLATE_H

#include "common/base/stop.h"
#include "indexer/input/article.h"
#include "indexer/input/text/paras.h"

/** Removes what is not the article's text: image markers such as {keywords}
 *  with the caption below them, photo captions, lists of related articles and
 *  other articles' headlines at the end, date and label lines, the byline.
 *  What those lines say goes to the author, source, tags, category and date of
 *  `out` where these are still absent. Strings are borrowed from `p`. Fails only with
 *  INTERRUPTED, when `stop`, which may be NULL, asks. */
DX_NODISCARD dx_status dx_boilerplate_remove(dx_paras *p,
    const atomic_bool *stop, dx_article *out, dx_error *err);

/** Removes date and label lines that stand before the headline. */
void dx_boilerplate_remove_head(dx_paras *p, dx_article *out);

/** Removes the agency in front of a first paragraph: "(Chinhphu.vn) - Sáng
 *  nay…"; its name becomes the source when there is none. */
void dx_boilerplate_remove_agency(dx_str *para, dx_article *out);

#endif
