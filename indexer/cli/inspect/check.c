/* dxindex check: reads everything in an index and compares it with itself. */
#include "indexer/cli/inspect/check.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/cli/terminal.h"
#include "common/index/check/check.h"
#include "common/index/segment/layout/manifest.h"
#include "common/index/store/snapshot.h"
#include "indexer/cli/arguments.h"
#include "indexer/cli/exit_status.h"
#include "indexer/cli/notices.h"
#include "indexer/cli/progress.h"
#include "indexer/run/files/check.h"
#include "indexer/run/takedown/takedowns.h"

static const char *const usage[] = {
    [DX_ENGLISH] =
        "Usage: dxindex check [--index DIR] [--quiet]\n"
        "Verifies all checksums, decodes everything, counts the texts anew and\n"
        "compares each list with them. One line for each problem found.\n\n"
        "  -i, --index DIR      the index; default $DX_INDEX, else ./dx.index\n"
        "  -q, --quiet          print problems only\n"
        "  -h, --help           this help\n\n"
        "Exit status: 0 sound, 1 problems found, 2 wrong usage, 3 it could not be\n"
        "checked.\n",
    [DX_VIETNAMESE] =
        "Cách dùng: dxindex check [--index THƯ_MỤC] [--quiet]\n"
        "Kiểm tra mọi mã kiểm, giải mã tất cả, đếm lại các văn bản rồi so từng danh\n"
        "sách với chúng. Mỗi lỗi tìm thấy là một dòng.\n\n"
        "  -i, --index THƯ_MỤC  chỉ mục; mặc định $DX_INDEX, rồi ./dx.index\n"
        "  -q, --quiet          chỉ in các lỗi\n"
        "  -h, --help           hướng dẫn này\n\n"
        "Mã thoát: 0 không có lỗi, 1 có lỗi, 2 dùng sai, 3 không kiểm tra được.\n",
};

enum { OPT_QUIET };

static const dx_option options[] = {DX_OPTION_ROW_INDEX,
    {"quiet", 'q', DX_VALUE_NONE, OPT_QUIET, NULL}, DX_OPTION_ROW_HELP, {0}};

typedef struct view { /* what the user sees */
    bool quiet;
    dx_progress progress;
} view;

static void on_problem(void *ctx, const char *problem)
{
    view *v = ctx;

    dx_progress_wipe(&v->progress);
    dx_terminal_printf(stdout, "%s\n", problem);
}

static void on_progress(void *ctx, uint64_t done, uint64_t total)
{
    view *v = ctx;
    unsigned percent = total ? (unsigned)(done * 100 / total) : 100;
    char number[DX_FORMAT_BYTES], line[64];

    if (!dx_progress_begin(&v->progress, false))
        return;
    snprintf(line, sizeof line, dx_notice_text(DX_NOTICE_CHECKING),
        dx_notice_number(percent, number));
    dx_progress_add(&v->progress, line);
    dx_progress_show(&v->progress);
}

static void print_problems(uint64_t problems)
{
    char n[DX_FORMAT_BYTES];

    dx_notice_put(stdout,
        problems == 1 ? DX_NOTICE_ONE_PROBLEM : DX_NOTICE_PROBLEMS,
        dx_notice_number(problems, n));
    putchar('\n');
}

static void print_sound(const dx_check_totals *t)
{
    char n[5][DX_FORMAT_BYTES], segments[64];

    dx_notice_put(stdout, DX_NOTICE_SOUND,
        dx_notice_number(t->docs - t->deleted, n[0]),
        dx_notice_segments(t->segments, segments),
        dx_notice_number(t->lists, n[1]), dx_notice_number(t->pairs, n[2]),
        dx_notice_number(t->triples, n[3]),
        dx_notice_decimal((double)t->bytes / 1e6, n[4]));
    putchar('\n');
    if (!t->left_over)
        return;
    dx_notice_put(stdout, DX_NOTICE_LEFT_OVER,
        dx_notice_number(t->left_over, n[0]));
    putchar('\n');
}

static dx_status check_files(dx_snapshot *s, view *v, uint64_t *problems,
    dx_error *err)
{
    dx_str record;
    dx_manifest m;

    DX_TRY(dx_snapshot_get_first(s, DX_MANIFEST_KEY, &record, err));
    DX_TRY(dx_manifest_read(record, &m, err));
    dx_status rc = dx_files_check(s, m.next_file, on_problem, v, problems, err);
    if (rc == DX_OK)
        rc = dx_takedowns_check(s, m.next_file, on_problem, v, problems, err);
    dx_manifest_free(&m);
    return rc;
}

static dx_status check(const char *index, view *v, dx_check_totals *totals,
    uint64_t *problems, dx_error *err)
{
    dx_check_options wishes = {.ctx = v, .on_problem = on_problem,
        .on_progress = on_progress};
    dx_snapshot *s;

    DX_TRY(dx_snapshot_open(index, &s, err));
    dx_status rc = dx_check(s, &wishes, totals, err);
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

    dx_progress_wipe(&v->progress);
    if (rc == DX_ERR_CORRUPT) {
        dx_terminal_printf(stdout, "%s\n", err.msg);
        problems++;
    } else if (rc != DX_OK) {
        dx_notice_failure(index, &err);
        return DX_EXIT_FAILED;
    }
    if (problems)
        print_problems(problems);
    else if (!v->quiet)
        print_sound(&totals);
    int status = dx_exit_after_output();
    return status == DX_EXIT_OK && problems ? DX_EXIT_SKIPPED : status;
}

/* LMDB trusts its own pages, so damage there may end the process that reads
 * them: let that be another one. */
static int run_guarded(const char *index, view *v)
{
    char number[DX_FORMAT_BYTES];
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
        if (errno != EINTR) {
            dx_notice_error(DX_NOTICE_FAULT, index, strerror(errno));
            return DX_EXIT_FAILED;
        }
    if (WIFEXITED(status))
        return WEXITSTATUS(status);
    v->progress.is_shown = v->progress.is_wanted; /* by the child, as it may be */
    dx_progress_wipe(&v->progress);
    snprintf(number, sizeof number, "%d", WTERMSIG(status));
    dx_notice_put(stdout, DX_NOTICE_DEADLY, index, number,
        strsignal(WTERMSIG(status)));
    putchar('\n');
    print_problems(1);
    fflush(stdout);
    return DX_EXIT_SKIPPED;
}

static int take(void *ctx, const dx_option_reader *r)
{
    view *v = ctx;

    (void)r; /* there is but one option */
    v->quiet = true;
    return -1;
}

int dx_command_check(int argc, char **argv)
{
    dx_option_reader r =
        dx_option_reader_new("dxindex check", options, argc, argv);
    view v = {.quiet = false};
    dx_arguments arguments;
    int status = dx_arguments_read(&r, usage, 0, take, &v, &arguments);

    return status >= 0 ? status : dx_check_guarded(arguments.index, v.quiet);
}

int dx_check_guarded(const char *index, bool quiet)
{
    view v = {.quiet = quiet};

    dx_progress_init(&v.progress, !quiet);
    return run_guarded(index, &v);
}
