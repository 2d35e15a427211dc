/* dxindex check: reads everything in an index and compares it with itself. */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/index/check/check.h"
#include "common/index/segment/layout/manifest.h"
#include "common/index/store/snapshot.h"
#include "indexer/cli/commands.h"
#include "indexer/cli/options.h"
#include "indexer/cli/reading.h"
#include "indexer/run/files.h"

static const char usage[] =
    "Usage: dxindex check [--index DIR] [--quiet]\n"
    "Verifies all checksums, decodes everything, counts the texts anew and\n"
    "compares each list with them. One line for each problem found.\n\n"
    "  -i, --index DIR      the index; default $DX_INDEX, else ./dx.index\n"
    "  -q, --quiet          print problems only\n"
    "  -h, --help           this help\n\n"
    "Exit status: 0 sound, 1 problems found, 2 wrong usage, 3 it could not be\n"
    "checked.\n";

typedef struct view { /* what the user sees */
    bool quiet, is_terminal, line_is_shown;
    unsigned percent; /* shown last */
} view;

static void wipe(view *v)
{
    if (v->line_is_shown)
        fputs("\r\033[K", stderr);
    v->line_is_shown = false;
}

static void on_problem(void *ctx, const char *problem)
{
    wipe(ctx);
    puts(problem);
}

static void on_progress(void *ctx, uint64_t done, uint64_t total)
{
    view *v = ctx;
    unsigned percent = total ? (unsigned)(done * 100 / total) : 100;

    if (!v->is_terminal || v->quiet || percent == v->percent)
        return;
    v->percent = percent;
    v->line_is_shown = true;
    fprintf(stderr, "\r\033[Kchecking, %u %%", percent);
    fflush(stderr);
}

static void print_summary(const dx_check_totals *t, uint64_t problems)
{
    char n[5][32];

    if (problems) {
        printf("%s problem%s; restore a backup, or index again into a new "
               "directory\n", dx_cli_grouped(problems, n[0]),
            problems == 1 ? "" : "s");
        return;
    }
    printf("sound: %s articles in %llu segment%s; %s lists, %s of pairs, %s of "
           "triples; %.1f MB\n",
        dx_cli_grouped(t->docs - t->deleted, n[0]),
        (unsigned long long)t->segments, t->segments == 1 ? "" : "s",
        dx_cli_grouped(t->lists, n[1]), dx_cli_grouped(t->pairs, n[2]),
        dx_cli_grouped(t->triples, n[3]),
        (double)t->bytes / 1e6);
    if (t->left_over)
        printf("%s records of an interrupted run; the next run removes them\n",
            dx_cli_grouped(t->left_over, n[4]));
}

static dx_status check_files(dx_snapshot *s, view *v, uint64_t *problems,
    dx_error *err)
{
    dx_str record;
    dx_manifest m;

    DX_TRY(dx_snapshot_get(s, DX_MANIFEST_KEY, &record, err));
    DX_TRY(dx_manifest_read(record, &m, err));
    dx_status rc = dx_files_check(s, m.next_file, on_problem, v, problems, err);
    dx_manifest_free(&m);
    return rc;
}

static dx_status check(const char *index, view *v, dx_check_totals *totals,
    uint64_t *problems, dx_error *err)
{
    dx_check_options options = {.ctx = v, .on_problem = on_problem,
        .on_progress = on_progress};
    dx_snapshot *s;

    DX_TRY(dx_snapshot_open(index, &s, err));
    dx_status rc = dx_check(s, &options, totals, err);
    *problems = totals->problems;
    if (rc == DX_OK && *problems == 0)
        rc = check_files(s, v, problems, err);
    dx_snapshot_close(s);
    return rc;
}

static int run(const char *index, view *v)
{
    dx_check_totals totals = {0};
    dx_error err = {0};
    uint64_t problems = 0;
    dx_status rc = check(index, v, &totals, &problems, &err);

    wipe(v);
    if (rc == DX_ERR_CORRUPT) {
        puts(err.msg);
        problems++;
    } else if (rc != DX_OK) {
        fprintf(stderr, "dxindex: %s\n", err.msg);
        return DX_EXIT_FAILED;
    }
    if (problems || !v->quiet)
        print_summary(&totals, problems);
    int status = dx_cli_end_output();
    return status == DX_EXIT_OK && problems ? DX_EXIT_SKIPPED : status;
}

/* LMDB trusts its own pages, so damage there may end the process that reads
 * them: let that be another one. */
static int run_guarded(const char *index, view *v)
{
    int status;

    fflush(stdout);
    pid_t child = fork();
    if (child < 0)
        return run(index, v);
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        setvbuf(stdout, NULL, _IOLBF, BUFSIZ); /* what was found, is told */
        exit(run(index, v));
    }
    while (waitpid(child, &status, 0) < 0)
        continue;
    if (WIFEXITED(status))
        return WEXITSTATUS(status);
    wipe(v);
    printf("%s: so damaged that reading it ends with signal %d (%s)\n", index,
        WTERMSIG(status), strsignal(WTERMSIG(status)));
    print_summary(NULL, 1);
    fflush(stdout);
    return DX_EXIT_SKIPPED;
}

int dx_command_check(int argc, char **argv)
{
    static const struct option options[] = {
        {"index", required_argument, NULL, 'i'},
        {"quiet", no_argument, NULL, 'q'}, {"help", no_argument, NULL, 'h'},
        {0}};
    const char *index = dx_cli_default_index();
    view v = {.is_terminal = isatty(STDERR_FILENO) != 0};
    int option;

    while ((option = getopt_long(argc, argv, "i:qh", options, NULL)) != -1) {
        if (option == 'i')
            index = optarg;
        else if (option == 'q')
            v.quiet = true;
        else {
            fputs(usage, option == 'h' ? stdout : stderr);
            return option == 'h' ? DX_EXIT_OK : DX_EXIT_USAGE;
        }
    }
    if (optind < argc) {
        fputs(usage, stderr);
        return DX_EXIT_USAGE;
    }
    return run_guarded(index, &v);
}
