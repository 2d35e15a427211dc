/* feed.h -- an answer as a feed, Atom (RFC 4287) or RSS 2.0: a reader that has subscribed to a
 * query is told of new articles.
 *
 * What makes an entry the same one tomorrow is its article's address, or, where it has none
 * on the web, a name made of its id. Its time is that of its date in Vietnam; an
 * article without a date is as old as time. */
#ifndef DX_SEARCHER_OUTPUT_XML_FEED_H
#define DX_SEARCHER_OUTPUT_XML_FEED_H

#include "searcher/output/format.h"

extern const dx_format dx_format_atom, dx_format_rss;

#endif
