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

static void tell_done(dx_checker *c, uint64_t pass_done)
{
    c->done += pass_done - c->pass_told;
    c->pass_told = pass_done;
    if (c->options->on_progress)
        c->options->on_progress(c->options->ctx, c->done, c->total);
}

void dx_check_begin(dx_checker *c, dx_check_pass pass, uint64_t docs)
{
    tell_done(c, c->pass_steps);
    c->pass_steps = docs * pass;
    c->pass_told = 0;
}

void dx_check_at(dx_checker *c, uint64_t i, uint64_t of)
{
    if (i < of)
        tell_done(c, (uint64_t)((double)c->pass_steps * (double)i / (double)of));
}
