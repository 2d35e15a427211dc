/* page.h -- the page that a browser gets, in Vietnamese or English, without scripts. Its
 * parts are templates (template/); here they get their values. */
#ifndef DX_SEARCHER_OUTPUT_HTML_PAGE_H
#define DX_SEARCHER_OUTPUT_HTML_PAGE_H

#include "searcher/output/format.h"
#include "searcher/output/html/template/template.h"

/** Gives `s`, which is initialised here and freed by dx_page_put(), what every page has: the
 *  site's name, the form with the query in it. `title` is that of the window. */
void dx_page_init(dx_values *s, const dx_view *view, const char *title);

/** Appends the page whose main part is the template `part`. Frees `s`. */
void dx_page_put(dx_values *s, const dx_view *view, dx_template_id part,
    dx_buf *out);

/** As dx_format.end, .start and .fail: a page each. */
void dx_page_put_results(const dx_output *o);
void dx_page_put_start(dx_buf *out, const dx_view *view);
void dx_page_put_failure(dx_buf *out, const dx_view *view, const dx_failure *why);

/** The page of the advanced form, filled with what of the query it can hold. */
void dx_page_put_advanced(dx_buf *out, const dx_view *view);

#endif
