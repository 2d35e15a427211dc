/* page.h -- what all that read facts from a page share. */
#ifndef DX_INDEXER_INPUT_HTML_FACTS_PAGE_H
#define DX_INDEXER_INPUT_HTML_FACTS_PAGE_H

#include "common/base/stop.h"
#include "indexer/input/article.h"
#include "indexer/input/html/facts/lines.h"
#include "indexer/input/json/linked_data.h"

#define DX_NAMES_MAX 8u

typedef struct dx_page {
    const dx_dom *dom;
    dx_arena *arena;
    dx_article *out;
    dx_lines lines;
    dx_jsonld ld;
    dx_str host;  /* "a.example", of the page's address */
    dx_str sites[DX_NAMES_MAX]; /* names of the site, the surest first */
    uint64_t site_keys[DX_NAMES_MAX]; /* dx_name_key() of each */
    size_t site_count;
    const uint32_t *metas; /* the nodes that are metas */
    size_t meta_count;
    uint32_t title_line; /* where the title stands; lines.count: nowhere */
    int32_t latest;      /* nothing was published after this day */
    const atomic_bool *stop; /* NULL: nobody will ask (stop.h) */
    dx_error *err;
} dx_page;

/** In a loop over lines or nodes, of which this is the i-th: INTERRUPTED when asked. */
DX_NODISCARD static inline dx_status dx_page_check_stop(const dx_page *p, uint32_t i)
{
    return i % 256 ? DX_OK : dx_stop_check(p->stop, p->err);
}

/** Finds the page's metas. Fails only with NOMEM. */
DX_NODISCARD dx_status dx_page_find_metas(dx_page *p);

/** The content of the meta at or after the *from-th, which is moved behind it,
 *  whose name, property or itemprop is `name`, ignoring case; empty at the
 *  end. */
dx_str dx_page_next_meta(const dx_page *p, const char *name, size_t *from);

/** Likewise, the first one that there is. */
dx_str dx_page_meta(const dx_page *p, const char *name);

/** `value` as one line in the page's arena, with entities that are still in it
 *  resolved, also those escaped twice. Fails only with NOMEM. */
DX_NODISCARD dx_status dx_page_line(const dx_page *p, dx_str value,
    dx_str *out);

/** What node i says: its content or, of microdata, its attribute; else the text
 *  in it. */
DX_NODISCARD dx_status dx_page_said_by(const dx_page *p, uint32_t i,
    dx_str *out);

/** Sets a field that is still absent, and where it came from (static). */
DX_NODISCARD dx_status dx_page_set(const dx_page *p, dx_field field,
    dx_str value, const char *from);

#endif
