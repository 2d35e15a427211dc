/* facts.h -- what a page says about its article.
 *
 *     lines ─┐
 *     metas ─┼─▶ title ─▶ properties ─▶ lead, dates, category, people ─▶ article
 *     JSON-LD┘
 *
 * Where the title stands tells the rest what is beside it. */
#ifndef DX_INDEXER_INPUT_HTML_FACTS_FACTS_H
#define DX_INDEXER_INPUT_HTML_FACTS_FACTS_H

#include "indexer/input/html/facts/page.h"
#include "indexer/input/source.h"

/** Reads title, lead, author, source, category, tags, address and dates of the
 *  page, and what a portal says of a legal document, into *article, each with
 *  where it came from; strings in `arena`. Of `record` the day on which the page
 *  was saved, after which nothing was published, and what it was told. *page is what
 *  dx_facts_read_late() goes on with, and page->ld.body the text that linked data
 *  gives as the article's. Fails only with NOMEM, and with INTERRUPTED when `stop`,
 *  which may be NULL, asks. */
DX_NODISCARD dx_status dx_facts_read(const dx_dom *dom, const dx_record *record,
    const atomic_bool *stop, dx_arena *arena, dx_article *article, dx_page *page,
    dx_error *err);

/** What is left to say once the body's own byline and labels were read. */
DX_NODISCARD dx_status dx_facts_read_late(const dx_page *page);

#endif
