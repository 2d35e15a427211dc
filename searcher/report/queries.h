/* queries.h -- how often each query of a log was asked, in bounded memory.
 *
 * Queries are the same that are spelt the same but for accents, capitals and blanks; of the
 * spellings the one with the most accents is shown, "chuyển đổi số" for "chuyen doi so".
 *
 * When there are too many, the rarest half is dropped and a mark set: how often a dropped one
 * may have been asked at most (lossy counting: Manku, Motwani, Approximate frequency counts
 * over data streams, VLDB 2002). A query that comes anew may have been asked as often before,
 * so its count may be too small by that mark; none that was asked more often than the mark is
 * missing. */
#ifndef DX_SEARCHER_REPORT_QUERIES_H
#define DX_SEARCHER_REPORT_QUERIES_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/hash.h"
#include "common/base/status.h"
#include "common/base/str.h"

#define DX_REPORT_QUERIES_MAX 200000u
#define DX_REPORT_TEXT_BYTES_MAX ((size_t)64 << 20)

typedef struct dx_report_query {
    dx_hash128 key;    /* of the folded text; 0 in both halves: the place is free */
    char *text;        /* owned: as it is shown */
    uint64_t searches; /* that were counted, and … */
    uint64_t missed;   /* … how many may be missing at most */
    uint64_t nothing;  /* searches that found no article with everything */
    uint64_t articles; /* of the last search */
    double ms;         /* together */
} dx_report_query;

typedef struct dx_report_queries {
    dx_report_query *at; /* owned: an open table of `size` places, a power of two */
    size_t size, count, count_max;
    size_t text_bytes, text_bytes_max;
    uint64_t mark;
} dx_report_queries;

/** With room for `count_max` >= 1 queries and about that many bytes of their texts. Fails
 *  with NOMEM. */
DX_NODISCARD dx_status dx_report_queries_init(dx_report_queries *q, size_t count_max,
    size_t text_bytes_max);
/** Zeroed ones are fine, too. */
void dx_report_queries_free(dx_report_queries *q);

/** Counts one search. Fails with NOMEM. */
DX_NODISCARD dx_status dx_report_queries_add(dx_report_queries *q, dx_str query,
    uint64_t articles, double ms);

/** Which of two goes first in a list: < 0, 0, > 0. */
typedef int (*dx_report_order)(const dx_report_query *a, const dx_report_query *b);
int dx_report_by_searches(const dx_report_query *a, const dx_report_query *b);
/** Those that found nothing; where neither did, it does not matter. */
int dx_report_by_nothing(const dx_report_query *a, const dx_report_query *b);

/** Stores the first queries in this order in `out`, which has room for `max` and borrows
 *  them; returns how many there are. */
size_t dx_report_queries_top(const dx_report_queries *q, dx_report_order order,
    size_t max, const dx_report_query **out);

#endif
