#include "indexer/cli/options.h"

#include <errno.h>
#include <getopt.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define THREADS_MAX 64u

enum { OPT_MEMORY = 256, OPT_THREADS, OPT_OPTIMIZE, OPT_NO_DELETE,
       OPT_DRY_RUN, OPT_REPORT };

static const struct option long_options[] = {
    {"index", required_argument, NULL, 'i'},
    {"memory", required_argument, NULL, OPT_MEMORY},
    {"threads", required_argument, NULL, OPT_THREADS},
    {"optimize", no_argument, NULL, OPT_OPTIMIZE},
    {"no-delete", no_argument, NULL, OPT_NO_DELETE},
    {"dry-run", no_argument, NULL, OPT_DRY_RUN},
    {"report", required_argument, NULL, OPT_REPORT},
    {"verbose", no_argument, NULL, 'v'},
    {"quiet", no_argument, NULL, 'q'},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, 'V'},
    {0},
};

const char *dx_cli_default_index(void)
{
    const char *index = getenv("DX_INDEX");

    return index && *index ? index : "dx.index";
}

static unsigned processors(void)
{
    cpu_set_t set;

    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return 1;
    int n = CPU_COUNT(&set);
    return n < 1 ? 1 : n > (int)THREADS_MAX ? THREADS_MAX : (unsigned)n;
}

/* "512M", "2G", "64MiB", or plain bytes. */
static bool parse_bytes(const char *s, size_t *out)
{
    char *end;

    errno = 0;
    unsigned long long n = strtoull(s, &end, 10);
    unsigned shift = 0;
    if (end == s || *s == '-' || errno)
        return false;
    if (*end) {
        const char *units = "KMGT", *u = strchr(units, *end & ~0x20);
        if (!u || !*u)
            return false;
        shift = 10 * (unsigned)(u - units + 1);
        end++;
        if (strcmp(end, "") != 0 && strcmp(end, "B") != 0 &&
            strcmp(end, "iB") != 0)
            return false;
    }
    if (n > SIZE_MAX >> shift)
        return false;
    *out = (size_t)n << shift;
    return true;
}

static int bad_value(const char *option, const char *value, const char *wanted)
{
    fprintf(stderr, "dxindex: --%s %s: %s\n", option, value, wanted);
    return DX_EXIT_USAGE;
}

static int set_memory(dx_run_options *run, const char *value)
{
    if (!parse_bytes(value, &run->memory_bytes))
        return bad_value("memory", value, "give a size such as 512M or 2G");
    if (run->memory_bytes < DX_MEMORY_MIN_BYTES)
        return bad_value("memory", value, "at least 64M is needed");
    return -1;
}

static int set_threads(dx_run_options *run, const char *value)
{
    char *end;
    unsigned long n = strtoul(value, &end, 10);

    if (*end || end == value || n < 1 || n > THREADS_MAX)
        return bad_value("threads", value, "give a number from 1 to 64");
    run->threads = (unsigned)n;
    return -1;
}

static int set_option(int option, dx_cli_options *out, const char *usage)
{
    switch (option) {
    case 'i':
        out->run.index = optarg;
        return -1;
    case OPT_MEMORY:
        return set_memory(&out->run, optarg);
    case OPT_THREADS:
        return set_threads(&out->run, optarg);
    case OPT_OPTIMIZE:
        out->run.optimize = true;
        return -1;
    case OPT_NO_DELETE:
        out->run.no_delete = true;
        return -1;
    case OPT_DRY_RUN:
        out->run.dry_run = true;
        return -1;
    case OPT_REPORT:
        out->report = optarg;
        return -1;
    case 'v':
        out->verbose = true;
        return -1;
    case 'q':
        out->quiet = true;
        return -1;
    case 'h':
        fputs(usage, stdout);
        return DX_EXIT_OK;
    case 'V':
        puts("dxindex " DX_VERSION);
        return DX_EXIT_OK;
    default:
        fputs("Try 'dxindex --help'.\n", stderr);
        return DX_EXIT_USAGE;
    }
}

int dx_cli_parse(int argc, char **argv, const char *usage, dx_cli_options *out)
{
    int option;

    *out = (dx_cli_options){.run = {.index = dx_cli_default_index(),
                                .memory_bytes = DX_MEMORY_DEFAULT_BYTES,
                                .threads = processors()}};
    while ((option = getopt_long(argc, argv, "i:vqhV", long_options, NULL)) !=
           -1) {
        int status = set_option(option, out, usage);
        if (status >= 0)
            return status;
    }
    if (*out->run.index == '\0')
        return bad_value("index", "''", "give a directory");
    out->args = (const char *const *)(argv + optind);
    out->arg_count = (size_t)(argc - optind);
    return -1;
}
