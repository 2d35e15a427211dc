/* measure.h -- how much of a page is text of its own, and how much leads
 * elsewhere.
 *
 *     <ul> <li><a>Huyện Mẫu mở hội</a> Sáng nay, …</li>  │ a listing: its items
 * look <li><a>Xã Mẫu có điện</a> Tối qua, …</li>     │ alike, each has a link
 * and <li>…</li> </ul>                              │ little text <p>Sáng nay,
 * huyện Mẫu khai mạc …</p>              │ prose <p>Giấy phép số 12/GP-TTĐT
 * …</p>                   │ furniture, as is what │ stands in <footer>, <nav>
 *
 * Counted are words between blanks; two ideographs are a word. */
#ifndef DX_INDEXER_INPUT_HTML_KIND_MEASURE_H
#define DX_INDEXER_INPUT_HTML_KIND_MEASURE_H

#include "indexer/input/html/dom.h"

/* What the walks know of each node: counts are of its subtree. */
typedef struct dx_html_share {
    uint32_t plain_words, link_words; /* outside and within links */
    uint32_t links;                   /* that lead elsewhere and have words */
    uint32_t title_links;             /* headings that are links as a whole */
    uint32_t block;                   /* nearest block at or above */
    uint8_t flags;
} dx_html_share;

typedef struct dx_html_measure {
    uint32_t prose_words;   /* in sentences outside of links and listings */
    uint32_t longest_words; /* of them in the longest paragraph */
    uint32_t item_words;    /* in listings, outside of links */
    uint32_t items;
    uint32_t plain_words, link_words, links; /* of the page */
    const dx_html_share *shares;             /* a node each, in the arena */
} dx_html_measure;

/** Whether node i is shown, stands outside of links and listings, and is no
 *  furniture. */
bool dx_html_is_own(const dx_html_measure *m, uint32_t i);

/** Words of a text. */
uint32_t dx_html_words(dx_str s);

/** Measures the page. Fails only with NOMEM. */
DX_NODISCARD dx_status dx_html_measure_page(const dx_dom *dom, dx_arena *arena,
    dx_html_measure *out, dx_error *err);

#endif
