/* host.h -- what the pages of a host have in common, where one page alone does not
 * tell: what their titles begin or end with is the site's name, and figures that
 * may be day/month or month/day are what they surely are on other pages.
 *
 * Each page gives evidence, which depends on nothing but the page. What a host's
 * pages say together depends on which there are, not on their order; so it is the
 * same in whatever runs they came. */
#ifndef DX_INDEXER_INPUT_HTML_HOST_H
#define DX_INDEXER_INPUT_HTML_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/str.h"

/* dx_of_host.flags, as they are stored (docs/FORMAT.md, 11) */
#define DX_HOST_DAY_FIRST 1u   /* its date surely has the day first, … */
#define DX_HOST_MONTH_FIRST 2u /* … or the month */
#define DX_HOST_ASKS_TITLE 4u  /* it is not sure of its title, … */
#define DX_HOST_ASKS_DATE 8u   /* … or which of them its date has first */
#define DX_HOST_FRONT 16u      /* it was read so: its title begins with the site's name, … */
#define DX_HOST_BEHIND 32u     /* … or ends with it, … */
#define DX_HOST_MONTH 64u      /* … and its date has the month first */
#define DX_HOST_WAITS 128u     /* it was not read yet: all others come first */
#define DX_HOST_ASKS (DX_HOST_ASKS_TITLE | DX_HOST_ASKS_DATE)
#define DX_HOST_TOLD (DX_HOST_FRONT | DX_HOST_BEHIND | DX_HOST_MONTH)
#define DX_HOST_FLAGS 255u

typedef struct dx_of_host { /* of one page */
    uint64_t host;   /* dx_host_key(); 0: it is not known */
    uint64_t front;  /* dx_name_key() of what its <title> begins with, set apart … */
    uint64_t behind; /* … or ends with; 0: nothing, or too little is left */
    uint32_t flags;
} dx_of_host;

/** The same for "A.example" and "www.a.example"; 0 for no host. */
uint64_t dx_host_key(dx_str host);

/* What the pages of a host say together; 0 for what they do not. */
typedef struct dx_host_verdict {
    uint64_t front, behind; /* more than half of them, at least three, have it */
    bool month_first;       /* two or more surely have the month first, and none the
                               day */
} dx_host_verdict;

/** Of all pages of one host, in any order. */
dx_host_verdict dx_host_judge(const dx_of_host *pages, size_t count);

/** What of it a page is to be told: flags of DX_HOST_TOLD. */
uint32_t dx_host_tell(const dx_host_verdict *verdict, const dx_of_host *page);

#endif
