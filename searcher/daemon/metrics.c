/* Counts for Prometheus. */
#include "searcher/daemon/metrics.h"

#include <stdlib.h>

static const double bounds_s[DX_METRICS_BUCKETS] = {0.001, 0.0025, 0.005, 0.01,
    0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5};

static void add(atomic_ulong *count, unsigned long n)
{
    atomic_fetch_add_explicit(count, n, memory_order_relaxed);
}

static unsigned long read_count(const atomic_ulong *count)
{
    return atomic_load_explicit(count, memory_order_relaxed);
}

void dx_metrics_count(dx_metrics *m, const char *status, uint64_t microseconds)
{
    unsigned long code = strtoul(status, NULL, 10);
    unsigned i = 0;

    while (i < DX_METRICS_BUCKETS &&
           (double)microseconds > bounds_s[i] * 1e6)
        i++;
    add(&m->by_status[code < DX_METRICS_STATUSES ? code : 0], 1);
    add(&m->buckets[i], 1);
    add(&m->microseconds, microseconds);
}

static void put_head(dx_buf *out, const char *name, const char *type,
    const char *help)
{
    dx_buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void put_one(dx_buf *out, const char *name, const char *type,
    const char *help, double value)
{
    put_head(out, name, type, help);
    dx_buf_printf(out, "%s %.15g\n", name, value);
}

static void put_statuses(const dx_metrics *m, dx_buf *out)
{
    put_head(out, "dx_requests_total", "counter", "Requests answered, by status.");
    for (unsigned i = 0; i < DX_METRICS_STATUSES; i++) {
        unsigned long n = read_count(&m->by_status[i]);
        if (n)
            dx_buf_printf(out, "dx_requests_total{code=\"%u\"} %lu\n", i, n);
    }
}

static void put_times(const dx_metrics *m, dx_buf *out)
{
    unsigned long sum = 0;

    put_head(out, "dx_request_seconds", "histogram",
        "Time from a request's head to its response.");
    for (unsigned i = 0; i < DX_METRICS_BUCKETS; i++) {
        sum += read_count(&m->buckets[i]);
        dx_buf_printf(out, "dx_request_seconds_bucket{le=\"%g\"} %lu\n",
            bounds_s[i], sum);
    }
    sum += read_count(&m->buckets[DX_METRICS_BUCKETS]);
    dx_buf_printf(out,
        "dx_request_seconds_bucket{le=\"+Inf\"} %lu\n"
        "dx_request_seconds_sum %.6f\ndx_request_seconds_count %lu\n",
        sum, (double)read_count(&m->microseconds) / 1e6, sum);
}

void dx_metrics_put(const dx_metrics *m, const dx_metrics_now *now, dx_buf *out)
{
    put_statuses(m, out);
    put_times(m, out);
    put_one(out, "dx_requests_in_flight", "gauge", "Requests being answered.",
        (double)read_count(&m->in_flight));
    put_one(out, "dx_index_up", "gauge", "1 when an index answers.",
        now->has_index);
    put_one(out, "dx_index_articles", "gauge", "Articles that can be found.",
        (double)now->articles);
    put_head(out, "dx_index_info", "gauge",
        "What the index holds: another generation after whatever was published.");
    dx_buf_printf(out, "dx_index_info{generation=\"%016llx\"} %d\n",
        (unsigned long long)now->generation, now->has_index);
    put_one(out, "dx_index_written_timestamp_seconds", "gauge",
        "When the index had last been written.", (double)now->written);
    put_one(out, "dx_index_errors_total", "counter",
        "Times that the index could not be opened or read.",
        (double)read_count(&m->index_errors));
    put_one(out, "dx_reloads_total", "counter", "Times that settings were read again.",
        (double)read_count(&m->reloads));
    put_one(out, "dx_uptime_seconds", "gauge", "Time since the start.",
        now->uptime_s);
    put_head(out, "dx_build_info", "gauge", "The version.");
    dx_buf_puts(out, "dx_build_info{version=\"" DX_VERSION "\"} 1\n");
}
