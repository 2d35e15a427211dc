#include <signal.h>
#include <stdio.h>

#include "indexer/cli/commands.h"
#include "indexer/cli/monitor.h"
#include "indexer/cli/options.h"
#include "indexer/run/run.h"

static const char usage[] =
    "Usage: dxindex [OPTION…] PATH…\n"
    "       dxindex check|stats|dump|backup|analyze [--help]\n"
    "Indexes the articles in PATH: folders, .txt .html .htm .json .jsonl files\n"
    "(also .gz .zst), or - for JSONL on standard input. A second run takes in\n"
    "what changed and removes what is gone.\n\n"
    "  -i, --index DIR      the index; default $DX_INDEX, else ./dx.index\n"
    "      --memory SIZE    memory to use at most, e.g. 2G; default 512M\n"
    "      --threads N      threads; default: all processors\n"
    "      --optimize       merge everything and give space back\n"
    "      --no-delete      keep articles whose files are gone\n"
    "      --dry-run        say what would be done, change nothing\n"
    "      --report FILE    tell every article's fate as JSONL\n"
    "  -v, --verbose        name every article that changes\n"
    "  -q, --quiet          print nothing but errors\n"
    "  -h, --help           this help\n"
    "  -V, --version        the version\n\n"
    "Exit status: 0 all done, 1 done but something was skipped, 2 wrong usage,\n"
    "3 failed and 130 interrupted: the index is then as it was before.\n";

/* Lock-free, so a signal handler may set it while threads read. */
static atomic_bool stop;

static void on_signal(int number)
{
    atomic_store(&stop, true);
    signal(number, SIG_DFL); /* a second one ends us at once: that is safe */
}

int dx_command_index(int argc, char **argv)
{
    dx_cli_options options;
    dx_monitor monitor;
    dx_run_totals totals;
    dx_error err = {0};
    int status = dx_cli_parse(argc, argv, usage, &options);

    if (status >= 0)
        return status;
    if (options.arg_count == 0) {
        fputs("dxindex: give a folder or file to index, e.g. dxindex corpus/\n"
              "Try 'dxindex --help'.\n", stderr);
        return DX_EXIT_USAGE;
    }
    if (!dx_monitor_start(&monitor, &options))
        return DX_EXIT_USAGE;
    signal(SIGINT, on_signal);
    signal(SIGTERM, on_signal);
    signal(SIGPIPE, SIG_IGN);
    options.run.stop = &stop;
    dx_status rc = dx_run(&options.run, options.args, options.arg_count,
        &totals, &err);
    if (rc != DX_OK) {
        dx_monitor_abandon(&monitor);
        fprintf(stderr, "dxindex: %s\n", err.msg);
        return rc == DX_ERR_INTERRUPTED ? DX_EXIT_INTERRUPTED : DX_EXIT_FAILED;
    }
    if (!dx_monitor_finish(&monitor, &totals))
        return DX_EXIT_SKIPPED;
    return totals.events[DX_EVENT_SKIPPED] ? DX_EXIT_SKIPPED : DX_EXIT_OK;
}
