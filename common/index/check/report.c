/* Passes problems and progress on to the caller. */
#include "common/index/check/report.h"

#include <stdarg.h>
#include <stdio.h>

void dx_check_tell(dx_checker *c, const char *line)
{
    c->totals->problems++;
    c->options->on_problem(c->options->ctx, line);
}

void dx_check_problem(dx_checker *c, const char *fmt, ...)
{
    char line[512];
    va_list args;

    if (c->segment_problems++ >= DX_CHECK_TOLD_MAX) {
        c->totals->problems++;
        return;
    }
    int n = snprintf(line, sizeof line, "segment %08x: ", c->segment);
    va_start(args, fmt);
    vsnprintf(line + n, sizeof line - (size_t)n, fmt, args);
    va_end(args);
    dx_check_tell(c, line);
}

void dx_check_step(dx_checker *c, uint64_t steps)
{
    c->done += steps;
    if (c->options->on_progress)
        c->options->on_progress(c->options->ctx, c->done, c->total);
}
