/* Writes a line about each search. */
#include "searcher/output/query_log.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common/base/buf.h"
#include "common/text/utf8.h"

#define LINE_BYTES_MAX ((size_t)1 << 14)
#define TIME_BYTES 32
#define REPLACEMENT "\xEF\xBF\xBD"

bool dx_query_log_open(dx_query_log *log, const char *path)
{
    bool wanted = path && *path;

    atomic_init(&log->failed, false);
    log->fd = wanted ? open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC,
                           S_IRUSR | S_IWUSR | S_IRGRP)
                     : -1;
    return !wanted || log->fd >= 0;
}

void dx_query_log_close(dx_query_log *log)
{
    if (log->fd >= 0)
        close(log->fd);
    log->fd = -1;
}

static void put_time(dx_buf *out)
{
    char text[TIME_BYTES] = "";
    time_t now = time(NULL);
    struct tm utc;

    if (gmtime_r(&now, &utc))
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    dx_buf_puts(out, text);
}

static void put_flag(dx_buf *out, const char *name, bool is_set, bool *any)
{
    if (!is_set)
        return;
    if (*any)
        dx_buf_putc(out, ',');
    dx_buf_puts(out, name);
    *any = true;
}

static void put_flags(dx_buf *out, bool is_like, const dx_request *request,
    const dx_results *rs)
{
    bool any = false;

    put_flag(out, "like", is_like, &any);
    put_flag(out, "all", request->match == DX_MATCH_ALL, &any);
    put_flag(out, "any", request->match == DX_MATCH_ANY, &any);
    put_flag(out, "exact-accents", request->exact_accents, &any);
    put_flag(out, "literal", request->literal, &any);
    put_flag(out, "exact", request->scope == DX_SCOPE_EXACT, &any);
    put_flag(out, "others", request->scope == DX_SCOPE_OTHERS, &any);
    put_flag(out, "newest", request->order == DX_ORDER_NEWEST, &any);
    put_flag(out, "oldest", request->order == DX_ORDER_OLDEST, &any);
    put_flag(out, "timed-out", dx_results_timed_out(rs), &any);
    dx_buf_puts(out, any ? "" : "-");
}

/* Cut where the searcher cuts it, and so between characters. */
static void put_query(dx_buf *out, const char *p)
{
    size_t len = strnlen(p, DX_QUERY_MAX_BYTES + 1);
    uint32_t c;

    if (len > DX_QUERY_MAX_BYTES)
        for (len--; len > 0 && ((unsigned char)p[len] & 0xC0) == 0x80;)
            len--;
    const char *end = p + len;
    while (p < end) {
        size_t n = dx_utf8_decode(p, end, &c);
        if (n == 0)
            dx_buf_puts(out, REPLACEMENT);
        else if (c < ' ' || (c >= 0x7F && c < 0xA0))
            dx_buf_putc(out, ' ');
        else
            dx_buf_put(out, p, n);
        p += n ? n : 1;
    }
}

static bool write_line(int fd, const dx_buf *line)
{
    ssize_t n;

    if (line->status != DX_OK) {
        errno = ENOMEM;
        return false;
    }
    do
        n = write(fd, line->data, line->len);
    while (n < 0 && errno == EINTR);
    if (n >= 0 && (size_t)n < line->len)
        errno = ENOSPC;
    return n >= 0 && (size_t)n == line->len;
}

bool dx_query_log_put(dx_query_log *log, const char *query, const char *like,
    const dx_request *request, const dx_results *rs)
{
    dx_buf line;

    if (log->fd < 0)
        return true;
    dx_buf_init(&line, LINE_BYTES_MAX);
    put_time(&line);
    dx_buf_printf(&line, "\t%llu\t%.3f\t%lu\t",
        (unsigned long long)dx_results_total(rs), dx_results_time_ms(rs),
        (unsigned long)request->offset);
    put_flags(&line, like != NULL, request, rs);
    dx_buf_putc(&line, '\t');
    put_query(&line, like ? like : query);
    dx_buf_putc(&line, '\n');
    bool done = write_line(log->fd, &line);
    int error = errno;
    dx_buf_free(&line);
    errno = error;
    return !atomic_exchange(&log->failed, !done) ? done : true;
}
