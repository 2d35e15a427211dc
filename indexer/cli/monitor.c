#include "indexer/cli/monitor.h"

#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common/base/json.h"

#define LIVE_SECONDS 0.1 /* between redrawings on a terminal */
#define LINE_SECONDS 5.0 /* between lines elsewhere */
#define SKIPS_TOLD_MAX 20u /* without --verbose; the report has them all */

static const char *const event_names[DX_EVENT_KINDS] = {
    [DX_EVENT_ADDED] = "added",       [DX_EVENT_UPDATED] = "updated",
    [DX_EVENT_UNCHANGED] = "unchanged", [DX_EVENT_REMOVED] = "removed",
    [DX_EVENT_REPLACED] = "replaced", [DX_EVENT_SKIPPED] = "skipped",
    [DX_EVENT_IGNORED] = "ignored",
};

static double now_s(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* 1234567 as "1,234,567". */
static const char *grouped(uint64_t n, char out[32])
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%llu", (unsigned long long)n);
    int at = 0;

    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            out[at++] = ',';
        out[at++] = digits[i];
    }
    out[at] = '\0';
    return out;
}

/* ---- progress ---- */

static void wipe(dx_monitor *m)
{
    if (m->line_is_shown)
        fputs("\r\033[K", stderr);
    m->line_is_shown = false;
}

static void put_time_left(dx_buf *line, double done, double seconds)
{
    if (done <= 0.02 || seconds < 1)
        return;
    unsigned left = (unsigned)(seconds * (1 - done) / done + 0.5);
    dx_buf_printf(line, ", %u:%02u left", left / 60, left % 60);
}

static void describe(dx_monitor *m, const dx_run_progress *p, double now)
{
    double seconds = now - m->started_s;
    char number[32];

    dx_buf_clear(&m->line);
    if (p->phase == DX_PHASE_MERGING) {
        dx_buf_puts(&m->line, "merging segments");
        return;
    }
    dx_buf_printf(&m->line, "%s articles", grouped(p->articles, number));
    if (seconds > 0)
        dx_buf_printf(&m->line, ", %.1f MB/s", (double)p->bytes / 1e6 / seconds);
    if (p->phase == DX_PHASE_WRITING) {
        dx_buf_puts(&m->line, ", writing a segment");
    } else if (p->bytes_total) {
        double done = (double)p->bytes / (double)p->bytes_total;
        done = done > 1 ? 1 : done;
        dx_buf_printf(&m->line, ", %.0f %%", done * 100);
        put_time_left(&m->line, done, seconds);
    }
}

static void on_progress(void *ctx, const dx_run_progress *p)
{
    dx_monitor *m = ctx;
    double now = now_s();
    bool due = now - m->shown_s >= (m->is_terminal ? LIVE_SECONDS
                                                   : LINE_SECONDS);

    if (!due && !(m->is_terminal && p->phase != DX_PHASE_READING))
        return;
    m->shown_s = now;
    describe(m, p, now);
    if (m->is_terminal)
        fprintf(stderr, "\r\033[K%s", dx_buf_cstr(&m->line));
    else
        fprintf(stderr, "dxindex: %s\n", dx_buf_cstr(&m->line));
    fflush(stderr);
    m->line_is_shown = m->is_terminal;
}

/* ---- events ---- */

static void report(dx_monitor *m, const dx_event *e)
{
    dx_buf line;

    dx_buf_init(&line, 1u << 20);
    dx_buf_printf(&line, "{\"event\":\"%s\",\"path\":", event_names[e->kind]);
    dx_json_put(&line, dx_str_from(e->path));
    if (*e->reason) {
        dx_buf_puts(&line, ",\"reason\":");
        dx_json_put(&line, dx_str_from(e->reason));
    }
    dx_buf_puts(&line, "}\n");
    if (line.status == DX_OK)
        fwrite(line.data, 1, line.len, m->report);
    dx_buf_free(&line);
}

static void on_event(void *ctx, const dx_event *e)
{
    dx_monitor *m = ctx;
    const dx_cli_options *o = m->options;

    if (m->report)
        report(m, e);
    if (e->kind == DX_EVENT_SKIPPED) {
        if (m->skips_told++ >= SKIPS_TOLD_MAX && !o->verbose)
            return;
        wipe(m);
        fprintf(stderr, "dxindex: skipped %s: %s\n", e->path, e->reason);
    } else if (o->verbose) {
        wipe(m);
        fprintf(stderr, "%s %s\n", event_names[e->kind], e->path);
    }
}

/* ---- start and end ---- */

bool dx_monitor_start(dx_monitor *m, dx_cli_options *options)
{
    double now = now_s();

    *m = (dx_monitor){.options = options, .started_s = now, .shown_s = now,
        .is_terminal = isatty(STDERR_FILENO) != 0};
    dx_buf_init(&m->line, 4096);
    options->run.ctx = m;
    options->run.on_event = on_event;
    if (!options->quiet)
        options->run.on_progress = on_progress;
    if (!options->report)
        return true;
    m->report = strcmp(options->report, "-") ? fopen(options->report, "w")
                                             : stdout;
    if (!m->report)
        fprintf(stderr, "dxindex: --report %s: %s\n", options->report,
            strerror(errno));
    return m->report != NULL;
}

static bool close_report(dx_monitor *m)
{
    bool sound = true;

    if (m->report) {
        sound = fflush(m->report) == 0 && !ferror(m->report);
        if (m->report != stdout)
            sound = fclose(m->report) == 0 && sound;
    }
    if (!sound)
        fprintf(stderr, "dxindex: --report %s: could not be written: %s\n",
            m->options->report, strerror(errno));
    m->report = NULL;
    return sound;
}

static void report_summary(dx_monitor *m, const dx_run_totals *t)
{
    fputs("{\"event\":\"summary\"", m->report);
    for (int i = 0; i < DX_EVENT_KINDS; i++)
        fprintf(m->report, ",\"%s\":%llu", event_names[i],
            (unsigned long long)t->events[i]);
    fprintf(m->report, ",\"articles\":%llu,\"index_bytes\":%llu}\n",
        (unsigned long long)t->articles, (unsigned long long)t->index_bytes);
}

static void put_counts(dx_buf *line, const dx_run_totals *t, bool dry_run)
{
    static const dx_event_kind always[] = {DX_EVENT_ADDED, DX_EVENT_UPDATED,
        DX_EVENT_UNCHANGED, DX_EVENT_REMOVED, DX_EVENT_SKIPPED};
    char number[32];

    if (dry_run)
        dx_buf_puts(line, "would be: ");
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        dx_buf_printf(line, "%s%s %s", i ? ", " : "",
            grouped(t->events[always[i]], number), event_names[always[i]]);
    if (t->events[DX_EVENT_REPLACED])
        dx_buf_printf(line, " (%s given twice, the last one kept)",
            grouped(t->events[DX_EVENT_REPLACED], number));
}

static void print_summary(dx_monitor *m, const dx_run_totals *t)
{
    char number[32];
    double seconds = now_s() - m->started_s;
    bool dry_run = m->options->run.dry_run;

    dx_buf_clear(&m->line);
    put_counts(&m->line, t, dry_run);
    printf("%s\n", dx_buf_cstr(&m->line));
    if (dry_run)
        return;
    printf("%s: %s articles, %.1f MB in %llu segment%s; %.1f s\n",
        m->options->run.index, grouped(t->articles, number),
        (double)t->index_bytes / 1e6, (unsigned long long)t->segments,
        t->segments == 1 ? "" : "s", seconds);
}

bool dx_monitor_finish(dx_monitor *m, const dx_run_totals *t)
{
    uint64_t untold = m->options->verbose || m->skips_told <= SKIPS_TOLD_MAX
                          ? 0
                          : m->skips_told - SKIPS_TOLD_MAX;

    wipe(m);
    if (untold)
        fprintf(stderr,
            "dxindex: … and %llu more skipped; --verbose or --report FILE "
            "tells all\n",
            (unsigned long long)untold);
    if (m->report)
        report_summary(m, t);
    bool sound = close_report(m);
    if (!m->options->quiet)
        print_summary(m, t);
    dx_buf_free(&m->line);
    return sound && fflush(stdout) == 0;
}

void dx_monitor_abandon(dx_monitor *m)
{
    wipe(m);
    close_report(m);
    dx_buf_free(&m->line);
}
