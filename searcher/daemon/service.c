/* Settings, index and counts that all threads share. */
#include "searcher/daemon/service.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/base/mem.h"
#include "searcher/daemon/journal.h"
#include "searcher/daemon/metrics.h"
#include "searcher/output/query_log.h"
#include "searcher/serve/respond.h"

#define LOG_BYTES_MAX ((size_t)1 << 16)
#define RETRY_US 1000000u

typedef struct edition {
    atomic_uint holders;
    dx_site site;
    dx_query_log queries;
    _Atomic(dx_index *) ix; /* NULL until there is one */
    atomic_int opened;      /* why not: dx_status */
    atomic_uint_fast64_t refresh_after; /* microseconds */
} edition;

struct dx_service {
    const char *indexes;  /* borrowed, or NULL */
    pthread_mutex_t lock; /* of `current` */
    edition *current;     /* held */
    dx_metrics metrics;
    uint64_t started;
};

static uint64_t now_us(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}

/* ---- editions ---- */

static const char *setting_of(void *ctx, const char *name)
{
    const dx_service *s = ctx;

    return s->indexes && strcmp(name, "DX_INDEX") == 0 ? s->indexes
                                                       : getenv(name);
}

static void release(edition *e)
{
    if (!e || atomic_fetch_sub(&e->holders, 1) != 1)
        return;
    dx_index_close(atomic_load(&e->ix));
    dx_query_log_close(&e->queries);
    dx_site_free(&e->site);
    dx_free(e);
}

static edition *take(dx_service *s)
{
    pthread_mutex_lock(&s->lock);
    edition *e = s->current;
    atomic_fetch_add(&e->holders, 1);
    pthread_mutex_unlock(&s->lock);
    return e;
}

static void count_index_error(dx_service *s)
{
    atomic_fetch_add(&s->metrics.index_errors, 1);
}

static bool open_index(dx_service *s, edition *e, dx_buf *log)
{
    dx_index *ix = NULL;
    dx_status rc = dx_site_open(&e->site, &ix, log);

    atomic_store(&e->ix, ix); /* before `opened`: who sees that it is, has the index */
    atomic_store(&e->opened, (int)rc);
    if (rc != DX_OK)
        count_index_error(s);
    return rc == DX_OK;
}

/* NULL when memory is short. */
static edition *make_edition(dx_service *s)
{
    edition *e = dx_calloc(1, sizeof *e);
    dx_buf log;

    if (!e)
        return NULL;
    dx_buf_init(&log, LOG_BYTES_MAX);
    atomic_init(&e->holders, 1);
    dx_site_read(&e->site, setting_of, s, &log);
    if (!dx_query_log_open(&e->queries, e->site.log))
        dx_buf_printf(&log, "%s: %s\n", e->site.log, strerror(errno));
    e->site.queries = &e->queries;
    open_index(s, e, &log);
    dx_journal_put(&log);
    dx_buf_free(&log);
    return e;
}

static void set_current(dx_service *s, edition *fresh)
{
    pthread_mutex_lock(&s->lock);
    edition *old = s->current;
    s->current = fresh;
    pthread_mutex_unlock(&s->lock);
    release(old);
}

/* `there` takes the number of articles. */
static void tell_index(dx_index *ix, dx_daemon_message there, dx_daemon_message not_there)
{
    char articles[24];

    snprintf(articles, sizeof articles, "%llu",
        (unsigned long long)dx_index_articles(ix));
    dx_journal_tell(ix ? there : not_there, articles, DX_VERSION);
}

dx_service *dx_service_open(const char *indexes)
{
    dx_service *s = dx_calloc(1, sizeof *s);

    if (!s)
        return NULL;
    s->indexes = indexes;
    s->started = now_us();
    pthread_mutex_init(&s->lock, NULL);
    s->current = make_edition(s);
    if (s->current) {
        tell_index(atomic_load(&s->current->ix), DX_TELL_READY, DX_TELL_NO_INDEX_YET);
        return s;
    }
    dx_service_close(s);
    return NULL;
}

void dx_service_close(dx_service *s)
{
    if (!s)
        return;
    release(s->current);
    pthread_mutex_destroy(&s->lock);
    dx_free(s);
}

void dx_service_reload(dx_service *s)
{
    edition *fresh = make_edition(s);
    bool is_worse = !fresh || (!atomic_load(&fresh->ix) &&
                                  atomic_load(&s->current->ix));

    atomic_fetch_add(&s->metrics.reloads, 1);
    dx_journal_tell(is_worse ? DX_TELL_NOT_RELOADED : DX_TELL_RELOADED);
    if (is_worse)
        release(fresh);
    else
        set_current(s, fresh);
}

/* ---- the index ---- */

/* Looking costs two reads of memory and a stat(): a microsecond. Where moving on fails,
 * it is not tried again at once, since that opens the index. */
static void move_on(dx_service *s, edition *e, dx_index *ix)
{
    dx_error err = {0};
    dx_buf line;

    if (now_us() < atomic_load(&e->refresh_after) ||
        dx_index_refresh(ix, &err) == DX_OK)
        return;
    atomic_store(&e->refresh_after, now_us() + RETRY_US);
    count_index_error(s);
    dx_buf_init(&line, LOG_BYTES_MAX);
    dx_site_log_error(&line, "DX_INDEX", &err);
    dx_journal_put(&line);
    dx_buf_free(&line);
}

void dx_service_tick(dx_service *s)
{
    edition *e = take(s);
    dx_index *ix = atomic_load(&e->ix);
    dx_buf log;

    dx_buf_init(&log, LOG_BYTES_MAX);
    if (ix) {
        move_on(s, e, ix);
    } else if (open_index(s, e, &log)) {
        tell_index(atomic_load(&e->ix), DX_TELL_INDEX_BACK, DX_TELL_NO_INDEX_YET);
    }
    dx_journal_put(&log);
    dx_buf_free(&log);
    release(e);
}

/* ---- answers ---- */

void dx_service_answer(dx_service *s, const dx_web_head *head, dx_response *r)
{
    uint64_t start = now_us();
    dx_web_request request;

    atomic_fetch_add(&s->metrics.in_flight, 1);
    edition *e = take(s);
    /* In this order: an index that is opened meanwhile sets them the other way round. */
    dx_status opened = (dx_status)atomic_load(&e->opened);
    dx_index *ix = atomic_load(&e->ix);
    if (ix)
        move_on(s, e, ix);
    dx_web_request_read(head, &request);
    dx_respond(&e->site, ix, opened, &request, r);
    release(e);
    if (r->status[0] == '5' && ix) /* that there is none is counted by who looks for it */
        count_index_error(s);
    dx_journal_put(&r->log);
    dx_metrics_count(&s->metrics, r->status, now_us() - start);
    atomic_fetch_sub(&s->metrics.in_flight, 1);
}

static void put_plain(dx_response *r)
{
    r->mime = "text/plain";
    dx_response_set(r, "Cache-Control", "no-store");
    dx_response_set(r, "X-Content-Type-Options", "nosniff");
}

void dx_service_put_health(dx_service *s, dx_response *r)
{
    edition *e = take(s);
    dx_status why = (dx_status)atomic_load(&e->opened);

    put_plain(r);
    if (atomic_load(&e->ix)) {
        dx_buf_puts(&r->body, "ok\n");
    } else {
        r->status = "503 Service Unavailable";
        dx_buf_printf(&r->body, "%s\n", dx_status_text(why));
    }
    release(e);
}

void dx_service_put_metrics(dx_service *s, dx_response *r)
{
    edition *e = take(s);
    dx_index *ix = atomic_load(&e->ix);
    dx_metrics_now now = {.has_index = ix != NULL,
        .articles = dx_index_articles(ix),
        .generation = dx_index_generation(ix),
        .written = dx_index_written(ix),
        .uptime_s = (double)(now_us() - s->started) / 1e6};

    put_plain(r);
    r->mime = DX_METRICS_MIME;
    dx_metrics_put(&s->metrics, &now, &r->body);
    release(e);
}
