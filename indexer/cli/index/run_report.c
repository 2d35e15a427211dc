/* Progress, events and totals of a run, for people and as JSONL. */
#include "indexer/cli/index/run_report.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "common/base/buf.h"
#include "common/base/escape.h"
#include "common/base/hash.h"
#include "common/cli/terminal.h"
#include "common/index/segment/layout/format.h"
#include "indexer/cli/faults.h"
#include "indexer/cli/notices.h"

#define SKIPS_TOLD_MAX 20u /* without --verbose; the file has them all */
#define DONE_MIN 0.02      /* of the work, to guess when it ends */
#define PIECE_BYTES 128

static const struct {
    const char *key; /* in the file */
    dx_notice notice;
} events[DX_EVENT_KINDS] = {
    [DX_EVENT_ADDED] = {"added", DX_NOTICE_ADDED},
    [DX_EVENT_UPDATED] = {"updated", DX_NOTICE_UPDATED},
    [DX_EVENT_UNCHANGED] = {"unchanged", DX_NOTICE_UNCHANGED},
    [DX_EVENT_REMOVED] = {"removed", DX_NOTICE_REMOVED},
    [DX_EVENT_KEPT] = {"kept", DX_NOTICE_KEPT},
    [DX_EVENT_REPEATED] = {"repeated", DX_NOTICE_REPEATED},
    [DX_EVENT_CONTESTED] = {"contested", DX_NOTICE_CONTESTED},
    [DX_EVENT_SKIPPED] = {"skipped", DX_NOTICE_SKIPPED},
    [DX_EVENT_LEFT_OUT] = {"left-out", DX_NOTICE_LEFT_OUT},
    [DX_EVENT_IGNORED] = {"ignored", DX_NOTICE_IGNORED},
    [DX_EVENT_MISSED] = {"missed-name", DX_NOTICE_MISSED},
};

/* ---- progress ---- */

static void add(dx_progress *p, dx_notice notice, const char *text)
{
    char piece[PIECE_BYTES];

    snprintf(piece, sizeof piece, dx_notice_text(notice), text);
    dx_progress_add(p, piece);
}

static void add_time_left(dx_progress *p, double done, double seconds)
{
    char minutes[DX_FORMAT_BYTES], rest[8], piece[PIECE_BYTES];

    if (done <= DONE_MIN || seconds < 1)
        return;
    uint64_t left = (uint64_t)(seconds * (1 - done) / done + 0.5);
    snprintf(rest, sizeof rest, "%02u", (unsigned)(left % 60));
    snprintf(piece, sizeof piece, dx_notice_text(DX_NOTICE_TIME_LEFT),
        dx_notice_number(left / 60, minutes), rest);
    dx_progress_add(p, piece);
}

/* The most wanted first: the line may be too short for all. */
static void describe(dx_run_report *report, const dx_run_progress *now)
{
    dx_progress *p = &report->progress;
    double seconds = dx_progress_now_s() - report->started_s;
    char number[DX_FORMAT_BYTES];

    if (now->phase == DX_PHASE_OPENING) {
        add(p, DX_NOTICE_OPENING, "");
        return;
    }
    if (now->phase == DX_PHASE_SETTLING || now->phase == DX_PHASE_MERGING) {
        add(p, now->phase == DX_PHASE_MERGING ? DX_NOTICE_MERGING
                                              : DX_NOTICE_SETTLING, "");
        add(p, DX_NOTICE_PERCENT, dx_notice_number(now->percent, number));
        return;
    }
    add(p, DX_NOTICE_ARTICLES, dx_notice_number(now->articles, number));
    if (now->phase == DX_PHASE_WRITING) {
        add(p, DX_NOTICE_WRITING, "");
        add(p, DX_NOTICE_PERCENT, dx_notice_number(now->percent, number));
    } else if (now->bytes_total) {
        double done = (double)now->bytes / (double)now->bytes_total;
        done = done > 1 ? 1 : done;
        add(p, DX_NOTICE_PERCENT,
            dx_notice_number((uint64_t)(done * 100), number));
        add_time_left(p, done, seconds);
    }
    if (seconds > 0)
        add(p, DX_NOTICE_SPEED,
            dx_notice_decimal((double)now->bytes / 1e6 / seconds, number));
}

static void on_progress(void *ctx, const dx_run_progress *now)
{
    dx_run_report *report = ctx;

    if (!dx_progress_begin(&report->progress, now->phase != report->phase))
        return;
    report->phase = now->phase;
    describe(report, now);
    dx_progress_show(&report->progress);
}

/* ---- events ---- */

/* How it was read: "fields" has those that were found, and where. */
static void put_provenance(const dx_provenance *from, dx_buf *out)
{
    const char *before = ",\"fields\":{";

    dx_json_put_member(out, "extractor", from->extractor);
    dx_json_put_member(out, "encoding", from->encoding);
    for (size_t f = 0; f < DX_FIELDS; f++) {
        if (!from->field[f])
            continue;
        dx_buf_printf(out, "%s\"%s\":", before, dx_fields[f].name);
        dx_json_put(out, dx_str_from(from->field[f]));
        before = ",";
    }
    if (*before == ',' && before[1] == '\0')
        dx_buf_putc(out, '}');
}

static void write_event(dx_run_report *report, const dx_event *e)
{
    dx_buf line;

    dx_buf_init(&line, 1u << 20);
    dx_buf_printf(&line, "{\"event\":\"%s\",\"path\":", events[e->kind].key);
    dx_json_put(&line, dx_str_from(e->path));
    if (e->kind == DX_EVENT_MISSED)
        dx_json_put_member(&line, "field", dx_fields[e->meant].name);
    if (*e->id)
        dx_json_put_member(&line, e->kind == DX_EVENT_MISSED ? "name" : "id", e->id);
    if (*e->reason)
        dx_json_put_member(&line, "reason", e->reason);
    if (e->from)
        put_provenance(e->from, &line);
    if (e->kind == DX_EVENT_LEFT_OUT)
        dx_json_put_member(&line, "reason", dx_left_out_key(e->left_out));
    dx_buf_puts(&line, "}\n");
    if (line.status == DX_OK)
        fwrite(line.data, 1, line.len, report->file);
    dx_buf_free(&line);
}

/* By its path, and by its id where that tells more. */
static void name_article(const dx_event *e)
{
    bool was_there = e->kind == DX_EVENT_REMOVED || e->kind == DX_EVENT_KEPT;
    bool with_id = (was_there && strcmp(e->id, e->path) != 0) ||
                   e->kind == DX_EVENT_CONTESTED;

    dx_terminal_printf(stderr, "%s %s", dx_notice_text(events[e->kind].notice), e->path);
    if (with_id)
        dx_terminal_printf(stderr, " (%s)", e->id);
    if (e->kind == DX_EVENT_LEFT_OUT)
        dx_terminal_printf(stderr, ": %s", dx_notice_left_out(e->left_out));
    putc('\n', stderr);
}

/* The extension of its name: ".png"; "" of a name without one. */
static dx_str type_of(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');

    return dx_str_from(dot && dot > name ? dot : "");
}

/* A file that cannot be read is tried again by each run. */
static bool is_news(dx_said *said, const dx_event *e)
{
    const size_t max = sizeof said->skips / sizeof *said->skips;
    const dx_hash128 parts[] = {dx_hash128_of(e->path, strlen(e->path)),
        dx_hash128_of(e->reason, strlen(e->reason))};
    uint64_t hash = dx_hash128_of(parts, sizeof parts).lo;

    for (size_t i = 0; i < said->count && i < max; i++)
        if (said->skips[i] == hash)
            return false;
    said->skips[said->count++ % max] = hash;
    return true;
}

/* With --quiet one line of a file is enough: "tin.jsonl#4" stands for the others. */
static bool is_of_same_file(dx_run_report *report, const char *path)
{
    const char *number = strrchr(path, '#');
    bool is_record = number && number[1] &&
                     number[1 + strspn(number + 1, "0123456789")] == '\0';
    size_t len = is_record ? (size_t)(number - path) : strlen(path);
    uint64_t hash = dx_hash128_of(path, len).lo;
    bool is_same = hash == report->skipped_file;

    report->skipped_file = hash;
    return is_same && is_record;
}

/* A path that was given, and is not there, cannot be entered or is empty: it may be a
 * folder that is not mounted. */
static bool is_lost_path(const dx_run_report *report, const char *path)
{
    const dx_arguments *given = &report->options->paths;
    struct stat info;

    for (size_t i = 0; i < given->count; i++)
        if (strcmp(given->texts[i], path) == 0)
            return stat(path, &info) != 0 || S_ISDIR(info.st_mode);
    return false;
}

static void tell_skipped(dx_run_report *report, const dx_event *e)
{
    bool verbose = report->options->verbose;
    char fault[DX_FAULT_BYTES];

    dx_reasons_add(&report->reasons, dx_str_from(e->reason));
    report->has_lost_path |= is_lost_path(report, e->path);
    if (report->said && !is_news(report->said, e))
        return;
    bool is_same = is_of_same_file(report, e->path) && report->options->quiet;
    if (!verbose && (is_same || report->lines_told >= SKIPS_TOLD_MAX)) {
        report->skips_untold++;
        return;
    }
    report->lines_told++;
    dx_progress_wipe(&report->progress);
    dx_notice_error(DX_NOTICE_SKIPPED, e->path, dx_fault_text(e->reason, fault));
}

static void on_event(void *ctx, const dx_event *e)
{
    dx_run_report *report = ctx;
    bool verbose = report->options->verbose;

    if (report->file)
        write_event(report, e);
    if (e->kind == DX_EVENT_IGNORED)
        dx_reasons_add(&report->types, type_of(e->path));
    if (e->kind == DX_EVENT_SKIPPED) {
        tell_skipped(report, e);
    } else if (e->kind == DX_EVENT_MISSED) {
        if (report->options->quiet)
            return;
        dx_progress_wipe(&report->progress);
        dx_notice_error(DX_NOTICE_MISSED, e->id, dx_fields[e->meant].name, e->id);
    } else if (verbose) {
        dx_progress_wipe(&report->progress);
        name_article(e);
    }
}

/* ---- start and end ---- */

bool dx_run_report_start(dx_run_report *report, dx_index_options *options,
    dx_said *said)
{
    const char *mode = said && said->runs ? "a" : "w";

    *report = (dx_run_report){.options = options, .said = said,
        .started_s = dx_progress_now_s()};
    dx_progress_init(&report->progress, !options->quiet);
    options->run.ctx = report;
    options->run.on_event = on_event;
    if (report->progress.is_wanted)
        options->run.on_progress = on_progress;
    if (!options->report)
        return true;
    report->file = strcmp(options->report, "-") ? fopen(options->report, mode)
                                                : stdout;
    if (!report->file)
        dx_notice_error(DX_NOTICE_CANNOT_OPEN_REPORT, options->report,
            strerror(errno));
    return report->file != NULL;
}

static bool close_file(dx_run_report *report)
{
    bool sound = true;

    if (report->file) {
        sound = fflush(report->file) == 0 && !ferror(report->file);
        if (report->file != stdout)
            sound = fclose(report->file) == 0 && sound;
    }
    if (!sound)
        dx_notice_error(DX_NOTICE_CANNOT_WRITE_REPORT, report->options->report,
            strerror(errno));
    report->file = NULL;
    return sound;
}

static void write_left_out(dx_run_report *report, const dx_run_totals *t)
{
    const char *before = ",\"left_out_reasons\":{";

    for (int why = 1; why < DX_LEFT_OUT_COUNT; why++) {
        if (t->left_out[why] == 0)
            continue;
        fprintf(report->file, "%s\"%s\":%llu", before,
            dx_left_out_key((dx_left_out)why),
            (unsigned long long)t->left_out[why]);
        before = ",";
    }
    if (before[1] == '\0')
        putc('}', report->file);
}

static void write_reasons(dx_run_report *report, const char *name,
    const dx_reasons *reasons)
{
    dx_buf out;

    if (reasons->used == 0)
        return;
    dx_buf_init(&out, 1u << 20);
    for (size_t i = 0; i < reasons->used; i++) {
        if (i == 0)
            dx_buf_printf(&out, ",\"%s\":{", name);
        else
            dx_buf_putc(&out, ',');
        dx_json_put(&out, dx_str_from(reasons->rows[i].text));
        dx_buf_printf(&out, ":%llu", (unsigned long long)reasons->rows[i].count);
    }
    dx_buf_putc(&out, '}');
    if (out.status == DX_OK)
        fwrite(out.data, 1, out.len, report->file);
    dx_buf_free(&out);
}

static void write_summary(dx_run_report *report, const dx_run_totals *t)
{
    fputs("{\"event\":\"summary\"", report->file);
    for (int i = 0; i < DX_EVENT_KINDS; i++)
        fprintf(report->file, ",\"%s\":%llu", events[i].key,
            (unsigned long long)t->events[i]);
    write_left_out(report, t);
    write_reasons(report, "skip_reasons", &report->reasons);
    write_reasons(report, "ignored_types", &report->types);
    fprintf(report->file, ",\"articles\":%llu,\"index_bytes\":%llu}\n",
        (unsigned long long)t->articles, (unsigned long long)t->index_bytes);
}

static void print_more(dx_notice notice, uint64_t count)
{
    char number[DX_FORMAT_BYTES];

    if (count)
        dx_notice_put(stdout, notice, dx_notice_number(count, number));
}

/* What was read and is no article: a line a reason. */
static void print_left_out(const dx_run_totals *t)
{
    char number[DX_FORMAT_BYTES];

    for (int why = 1; why < DX_LEFT_OUT_COUNT; why++) {
        if (t->left_out[why] == 0)
            continue;
        dx_notice_put(stdout, DX_NOTICE_LEFT_OUT_COUNT,
            dx_notice_number(t->left_out[why], number),
            dx_notice_left_out((dx_left_out)why));
        putchar('\n');
    }
}

/* What was not read, and why: a line a reason. */
static void print_reasons(dx_reasons *reasons)
{
    char number[DX_FORMAT_BYTES], fault[DX_FAULT_BYTES];

    dx_reasons_sort(reasons);
    for (size_t i = 0; i < reasons->used; i++) {
        dx_notice_put(stdout, DX_NOTICE_SKIPPED_COUNT,
            dx_notice_number(reasons->rows[i].count, number),
            dx_fault_text(reasons->rows[i].text, fault));
        putchar('\n');
    }
    if (reasons->others == 0)
        return;
    dx_notice_put(stdout, DX_NOTICE_SKIPPED_COUNT,
        dx_notice_number(reasons->others, number),
        dx_notice_text(DX_NOTICE_OTHER_REASONS));
    putchar('\n');
}

/* "ignored 41 files of other types: .png 30, .css 11" */
static void print_types(dx_reasons *types, uint64_t count)
{
    char number[DX_FORMAT_BYTES];

    if (count == 0)
        return;
    dx_reasons_sort(types);
    dx_notice_put(stdout, DX_NOTICE_IGNORED_COUNT, dx_notice_number(count, number));
    for (size_t i = 0; i < types->used; i++)
        dx_terminal_printf(stdout, "%s %s %s", i ? "," : ":",
            *types->rows[i].text ? types->rows[i].text
                                 : dx_notice_text(DX_NOTICE_NO_EXTENSION),
            dx_notice_number(types->rows[i].count, number));
    if (types->others)
        fputs(", …", stdout);
    putchar('\n');
}

static void print_counts(const dx_run_totals *t, bool dry_run)
{
    static const dx_event_kind shown[] = {DX_EVENT_ADDED, DX_EVENT_UPDATED,
        DX_EVENT_UNCHANGED, DX_EVENT_REMOVED, DX_EVENT_SKIPPED};
    const char *n[sizeof shown / sizeof *shown];
    char numbers[sizeof shown / sizeof *shown][DX_FORMAT_BYTES];

    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        n[i] = dx_notice_number(t->events[shown[i]], numbers[i]);
    if (dry_run)
        dx_notice_put(stdout, DX_NOTICE_WOULD_BE);
    dx_notice_put(stdout, DX_NOTICE_COUNTS, n[0], n[1], n[2], n[3], n[4]);
    print_more(DX_NOTICE_REPEATED_COUNT, t->events[DX_EVENT_REPEATED]);
    print_more(DX_NOTICE_CONTESTED_COUNT, t->events[DX_EVENT_CONTESTED]);
    print_more(DX_NOTICE_KEPT_COUNT, t->events[DX_EVENT_KEPT]);
    putchar('\n');
    print_left_out(t);
}

static void print_summary(dx_run_report *report, const dx_run_totals *t)
{
    char articles[DX_FORMAT_BYTES], mb[DX_FORMAT_BYTES], s[DX_FORMAT_BYTES];
    char segments[64];
    const dx_run_options *run = &report->options->run;

    print_counts(t, run->dry_run);
    print_reasons(&report->reasons);
    print_types(&report->types, t->events[DX_EVENT_IGNORED]);
    if (run->dry_run)
        return;
    dx_notice_put(stdout, DX_NOTICE_INDEX_NOW, run->index,
        dx_notice_number(t->articles, articles),
        dx_notice_decimal((double)t->index_bytes / 1e6, mb),
        dx_notice_segments(t->segments, segments),
        dx_notice_decimal(dx_progress_now_s() - report->started_s, s));
    putchar('\n');
    if (run->optimize && t->segments > 1 && !t->is_published) {
        dx_notice_put(stdout, DX_NOTICE_SEGMENTS_FULL,
            dx_notice_number(DX_SEGMENT_DOCS_MAX, articles));
        putchar('\n');
    }
}

/* Of many runs those that change nothing are not told. */
static bool has_news(const dx_run_report *report, const dx_run_totals *t)
{
    return !report->said || report->said->runs == 1 ||
           t->events[DX_EVENT_ADDED] || t->events[DX_EVENT_UPDATED] ||
           t->events[DX_EVENT_REMOVED];
}

/* Of many runs, when there are others than before. */
static void tell_kept(dx_run_report *report, uint64_t count)
{
    char number[DX_FORMAT_BYTES];
    bool is_news = !report->said || report->said->kept != count;

    if (report->said)
        report->said->kept = count;
    if (count && is_news)
        dx_notice_error(DX_NOTICE_KEPT_MANY, dx_notice_number(count, number));
}

bool dx_run_report_finish(dx_run_report *report, const dx_run_totals *t)
{
    char number[DX_FORMAT_BYTES];

    dx_progress_wipe(&report->progress);
    if (report->skips_untold)
        dx_notice_error(DX_NOTICE_MORE_SKIPPED,
            dx_notice_number(report->skips_untold, number));
    tell_kept(report, t->events[DX_EVENT_KEPT]);
    if (report->file)
        write_summary(report, t);
    bool sound = close_file(report);
    if (!report->options->quiet && has_news(report, t))
        print_summary(report, t);
    return sound && fflush(stdout) == 0;
}

void dx_run_report_abandon(dx_run_report *report)
{
    dx_progress_wipe(&report->progress);
    close_file(report);
}

void dx_run_report_tell_nothing(const dx_run_report *report)
{
    if (!report->said || report->said->runs == 1)
        dx_notice_error(DX_NOTICE_NOTHING_TAKEN);
}
