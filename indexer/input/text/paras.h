/* paras.h -- an article as a list of paragraphs, between a reader that knows
 * the file's form (text, HTML) and the rules that tell the article from what
 * the portal put around it. */
#ifndef DX_INDEXER_INPUT_TEXT_PARAS_H
#define DX_INDEXER_INPUT_TEXT_PARAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "indexer/input/article.h"

typedef struct dx_para {
    dx_str text;      /* borrowed; one cleaned line, never empty */
    bool after_blank; /* an empty line, or a block of HTML, came before */
} dx_para;

typedef struct dx_paras { /* start from {0}; free with dx_paras_free() */
    dx_para *items;       /* owned */
    size_t count, cap;
} dx_paras;

DX_NODISCARD dx_status dx_paras_add(dx_paras *p, dx_str text, bool after_blank,
    dx_error *err);
void dx_paras_remove(dx_paras *p, size_t at, size_t count);
void dx_paras_free(dx_paras *p);

/** Paragraphs [from, count) joined by '\n', in `arena`. */
DX_NODISCARD dx_status dx_paras_join(const dx_paras *p, size_t from,
    dx_arena *arena, dx_str *out, dx_error *err);

/* ---- boilerplate ---- */

/** Removes what is not the article's text: image markers such as {keywords}
 *  with the caption below them, photo captions, lists of related articles and
 *  other articles' headlines at the end, date and label lines, the byline.
 *  What those lines say goes to the author, source, tags, category and date of
 *  `out` where these are still absent. Strings are borrowed from `p`. */
void dx_boilerplate_remove(dx_paras *p, dx_article *out);

/** Removes date and label lines that stand before the headline. */
void dx_boilerplate_remove_head(dx_paras *p, dx_article *out);

/** Removes the agency in front of a first paragraph: "(Chinhphu.vn) - Sáng
 *  nay…"; its name becomes the source when there is none. */
void dx_boilerplate_remove_agency(dx_str *para, dx_article *out);

/** Whether a line looks like a headline: at least three words, at most 200
 *  bytes, a capital, digit or quote first, no full stop, colon or comma
 *  last. */
bool dx_looks_like_headline(dx_str line);

/* ---- finishing ---- */

/** A title for an article that came without: the first line of the body that
 *  looks like a heading of ten words or more over a longer paragraph, else the
 *  first sentence, at most about 120 characters, cut between words. Empty only
 *  when lead and body are. */
DX_NODISCARD dx_status dx_title_from_text(dx_str lead, dx_str body,
    dx_arena *arena, dx_str *out, dx_error *err);

/** Fills what every reader owes: a title, an id (url or path), the path, the
 *  date in the url when there is no other, and the content hash. DX_ERR_FORMAT
 *  when there is neither title nor text. */
DX_NODISCARD dx_status dx_article_finish(dx_article *a, dx_str path,
    dx_arena *arena, dx_error *err);

#endif
