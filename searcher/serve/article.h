/* article.h -- answers a request for one article: its stored text, its fields, and what is
 * like it. */
#ifndef DX_SEARCHER_SERVE_ARTICLE_H
#define DX_SEARCHER_SERVE_ARTICLE_H

#include "searcher/output/format.h"
#include "searcher/serve/request.h"
#include "searcher/serve/response.h"
#include "searcher/serve/site.h"

/** Whether the site shows articles, and the format has a form for them. */
bool dx_web_shows_article(const dx_site *site, const dx_web_request *request);

/** Writes the article request->id into the body, with the words of the query marked. Fails
 *  with INVALID when there is no such article, or it is not to be seen; else as dx_search()
 *  does, having told r->log. */
DX_NODISCARD dx_status dx_web_article(const dx_site *site, dx_index *ix,
    const dx_web_request *request, const dx_view *view, dx_response *r);

#endif
