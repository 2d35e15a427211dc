/* sitemap.h -- what sitemaps say of pages: days, and what Google News wants to know.
 *
 * A page that does not say it itself is helped by the sitemap of its mirror. */
#ifndef DX_INDEXER_INPUT_FEEDS_SITEMAP_H
#define DX_INDEXER_INPUT_FEEDS_SITEMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "indexer/input/article.h"

typedef struct dx_sitemap { /* {0} is empty */
    struct dx_sitemap_page *pages; /* owned */
    size_t count, cap;
    dx_arena arena; /* of their strings */
} dx_sitemap;

#define DX_SITEMAP_PAGES_MAX (1u << 20) /* those behind are passed over */

void dx_sitemap_free(dx_sitemap *s);

/** Adds what the sitemaps of a mirror say: the files called …sitemap….xml, also
 *  compressed, in this folder and in those in it, which are hosts'. Those that cannot
 *  be read say nothing: reading the folder tells why. Fails with NOMEM. */
DX_NODISCARD dx_status dx_sitemap_add_folder(dx_sitemap *s, const char *folder);

/** To be called when all is added: from then on it is constant, for any thread. */
void dx_sitemap_sort(dx_sitemap *s);

/** Fills what an article of a page, known by its url, lacks: the day, title, source,
 *  tags; strings are borrowed from `s`, which may be NULL. */
void dx_sitemap_help(const dx_sitemap *s, dx_article *a);

#endif
