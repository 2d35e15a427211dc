/* query_log.h -- a line about each search, for whoever wants to know what readers
 * look for and do not find. Off unless a file is named.
 *
 *     2026-11-25T14:16:03Z<TAB>35<TAB>0.421<TAB>0<TAB>-<TAB>chuyen doi so
 *
 * Time (UTC), articles, milliseconds, results skipped, flags (docs/embed.md, 4) and
 * the query as it was typed, control characters being blanks. Nothing tells who
 * asked.
 *
 * Each line is one write to the end of the file, so those of several processes do
 * not mix. A search never fails because of the log. */
#ifndef DX_SEARCHER_OUTPUT_QUERY_LOG_H
#define DX_SEARCHER_OUTPUT_QUERY_LOG_H

#include <stdatomic.h>
#include <stdbool.h>

#include "searcher/include/dx/search.h"

typedef struct dx_query_log {
    int fd; /* -1: there is none */
    atomic_bool failed;
} dx_query_log;

/** Opens or makes the file `path`; NULL and "" mean no log. False, with errno,
 *  when that fails: then there is none. */
bool dx_query_log_open(dx_query_log *log, const char *path);
void dx_query_log_close(dx_query_log *log);

/** Adds the line of `query`, or of the id `like` unless that is NULL. False, with
 *  errno, when it fails and the line before did not: a full disk is told once. Thread-safe. */
bool dx_query_log_put(dx_query_log *log, const char *query, const char *like,
    const dx_request *request, const dx_results *rs);

#endif
