/* metrics.h -- counts of what was answered, in the text form that Prometheus reads
 * (https://prometheus.io/docs/instrumenting/exposition_formats/, version 0.0.4). */
#ifndef DX_SEARCHER_DAEMON_METRICS_H
#define DX_SEARCHER_DAEMON_METRICS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/base/buf.h"

#define DX_METRICS_MIME "text/plain; version=0.0.4"
#define DX_METRICS_BUCKETS 11u
#define DX_METRICS_STATUSES 600u

typedef struct dx_metrics { /* zeroed is fine */
    atomic_ulong by_status[DX_METRICS_STATUSES];
    atomic_ulong buckets[DX_METRICS_BUCKETS + 1]; /* the last: longer than all */
    atomic_ulong microseconds;
    atomic_ulong in_flight;
    atomic_ulong reloads;
    atomic_ulong index_errors; /* opening, moving on, reading */
} dx_metrics;

/** What was answered with `status`, "200 OK", after so many microseconds. Thread-safe. */
void dx_metrics_count(dx_metrics *m, const char *status, uint64_t microseconds);

typedef struct dx_metrics_now {
    bool has_index;
    uint64_t articles;
    uint64_t generation; /* dx_index_generation() */
    int64_t written;     /* dx_index_written() */
    double uptime_s;
} dx_metrics_now;

/** Appends all of it. Thread-safe. */
void dx_metrics_put(const dx_metrics *m, const dx_metrics_now *now, dx_buf *out);

#endif
