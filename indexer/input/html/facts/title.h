/* title.h -- which of the texts that may be a page's title is its article's. */
#ifndef DX_INDEXER_INPUT_HTML_FACTS_TITLE_H
#define DX_INDEXER_INPUT_HTML_FACTS_TITLE_H

#include "indexer/input/html/facts/page.h"

#define DX_HEADINGS_MAX 32u

typedef enum dx_title_place { /* in the order in which they are believed */
    DX_TITLE_LINKED_DATA,
    DX_TITLE_MICRODATA,
    DX_TITLE_SHARED, /* og:title, twitter:title */
    DX_TITLE_DUBLIN_CORE,
    DX_TITLE_H1,
    DX_TITLE_NAMED,    /* an element with a class of titles */
    DX_TITLE_DOCUMENT, /* <title> */
    DX_TITLE_HEADING,  /* h2, h3, a class of any heading: where something else
                          says the same, or nothing else says anything */
    DX_TITLE_PLACES
} dx_title_place;

typedef struct dx_title_said {
    dx_str text;   /* as it stands there, in one line */
    uint32_t node; /* DX_DOM_NONE: not on the page itself */
    dx_title_place place;
    bool is_link;  /* it leads elsewhere: perhaps another article's */
} dx_title_said;

typedef struct dx_title_evidence {
    dx_title_said said[DX_TITLE_PLACES + DX_HEADINGS_MAX];
    size_t count;
} dx_title_evidence;

typedef struct dx_title_choice {
    dx_str text; /* borrowed from the evidence; empty when there is nothing */
    const char *from; /* "h1", "og:title" … */
    uint32_t node;
    bool is_certain; /* two places say the same, or only one says anything */
    bool linked_data_is_stale; /* other places agree on another title than its */
} dx_title_choice;

/** Gathers what may be the title. Fails only with NOMEM. */
DX_NODISCARD dx_status dx_title_gather(const dx_page *p,
    dx_title_evidence *out);

/** What the document's own title begins and ends with, set apart, where four words or
 *  more are left without it; else empty. */
void dx_title_ends(const dx_title_evidence *e, dx_str *front, dx_str *behind);

/** Chooses: what most places say, once the site's name is cut from either end.
 *  p->sites holds its names: those that the page itself tells, and any that are
 *  known from elsewhere, such as what all pages of a host begin or end with. */
dx_title_choice dx_title_choose(const dx_page *p, const dx_title_evidence *e);

#endif
