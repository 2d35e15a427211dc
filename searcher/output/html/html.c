/* Pages as a format of answers. */
#include "searcher/output/html/html.h"

#include "searcher/output/html/article/article.h"
#include "searcher/output/html/page.h"

#define FACET_VALUES 60u /* of each field: so many months; of others the page shows fewer */

const dx_format dx_format_html = {.name = "html", .mime = "text/html",
    .use = DX_FORMAT_WEB, .facets = FACET_VALUES, .end = dx_page_put_results,
    .fail = dx_page_put_failure, .start = dx_page_put_start,
    .article = dx_article_put};
