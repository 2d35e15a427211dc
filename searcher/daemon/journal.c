/* Lines on standard error. */
#include "searcher/daemon/journal.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <time.h>

#include "common/cli/terminal.h"

#define LINE_BYTES_MAX 1024
#define AGAIN_SECONDS 60

static struct {
    pthread_mutex_t lock;
    dx_language language;
    char last[LINE_BYTES_MAX];
    unsigned long again; /* times that `last` came since it was written */
    time_t written;
} journal = {.lock = PTHREAD_MUTEX_INITIALIZER};

void dx_journal_open(dx_language language) { journal.language = language; }

static void write_line(const char *line)
{
    flockfile(stderr);
    fputs("dxserve: ", stderr);
    dx_terminal_printf(stderr, "%s", line);
    fputc('\n', stderr);
    fflush(stderr);
    funlockfile(stderr);
}

static void tell(dx_daemon_message message, va_list args)
{
    flockfile(stderr);
    fputs("dxserve: ", stderr);
    dx_terminal_vprintf(stderr, dx_daemon_text(journal.language, message), args);
    fputc('\n', stderr);
    fflush(stderr);
    funlockfile(stderr);
}

void dx_journal_tell(dx_daemon_message message, ...)
{
    va_list args;

    va_start(args, message);
    tell(message, args);
    va_end(args);
}

static time_t seconds(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

static void put_line(const char *line)
{
    time_t now = seconds();
    char times[24];

    if (strcmp(line, journal.last) == 0 &&
        now - journal.written < AGAIN_SECONDS) {
        journal.again++;
        return;
    }
    if (journal.again) {
        snprintf(times, sizeof times, "%lu", journal.again);
        dx_journal_tell(DX_TELL_AGAIN, times, journal.last);
    }
    snprintf(journal.last, sizeof journal.last, "%s", line);
    journal.again = 0;
    journal.written = now;
    write_line(line);
}

void dx_journal_put(const dx_buf *lines)
{
    const char *line = (const char *)lines->data, *end = line + lines->len;
    char text[LINE_BYTES_MAX];

    if (lines->len == 0)
        return;
    pthread_mutex_lock(&journal.lock);
    while (line < end) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        snprintf(text, sizeof text, "%.*s",
            (int)((stop ? stop : end) - line), line);
        put_line(text);
        line = stop ? stop + 1 : end;
    }
    pthread_mutex_unlock(&journal.lock);
}
