/* The live line of a command that takes long. */
#include "indexer/cli/progress.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common/cli/terminal.h"

#define REDRAW_SECONDS 0.1
#define WIPE "\r\033[K"

double dx_progress_now_s(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void dx_progress_init(dx_progress *p, bool is_wanted)
{
    *p = (dx_progress){.is_wanted = is_wanted && isatty(STDERR_FILENO)};
}

bool dx_progress_begin(dx_progress *p, bool at_once)
{
    double now_s = dx_progress_now_s();

    if (!p->is_wanted || (!at_once && now_s - p->shown_s < REDRAW_SECONDS))
        return false;
    p->shown_s = now_s;
    p->bytes = p->columns = 0;
    /* The last column stays free: some terminals wrap as soon as it is taken. */
    p->width = dx_terminal_columns(STDERR_FILENO) - 1;
    return true;
}

/* Our own texts have no letter that takes two columns, or none. */
static size_t columns_of(const char *s)
{
    size_t n = 0;

    for (; *s; s++)
        n += ((unsigned char)*s & 0xC0) != 0x80;
    return n;
}

void dx_progress_add(dx_progress *p, const char *piece)
{
    const char *comma = p->bytes ? ", " : "";
    size_t columns = p->columns + strlen(comma) + columns_of(piece);
    size_t bytes = p->bytes + strlen(comma) + strlen(piece);

    if (columns > p->width || bytes >= sizeof p->line)
        return;
    snprintf(p->line + p->bytes, sizeof p->line - p->bytes, "%s%s", comma,
        piece);
    p->bytes = bytes;
    p->columns = columns;
}

void dx_progress_show(dx_progress *p)
{
    fprintf(stderr, WIPE "%.*s", (int)p->bytes, p->line);
    fflush(stderr);
    p->is_shown = true;
}

void dx_progress_wipe(dx_progress *p)
{
    if (p->is_shown)
        fputs(WIPE, stderr);
    p->is_shown = false;
}
