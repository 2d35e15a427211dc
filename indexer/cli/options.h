/* options.h -- the command line of dxindex. */
#ifndef DX_INDEXER_CLI_OPTIONS_H
#define DX_INDEXER_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "indexer/run/run.h"

/* Exit statuses, as in the manual. */
enum {
    DX_EXIT_OK = 0,
    DX_EXIT_SKIPPED = 1, /* done, but something was skipped (or found bad) */
    DX_EXIT_USAGE = 2,
    DX_EXIT_FAILED = 3, /* the index is as it was before */
    DX_EXIT_INTERRUPTED = 130
};

typedef struct dx_cli_options {
    dx_run_options run;
    const char *report; /* file for the JSONL report, or NULL */
    bool verbose, quiet;
    const char *const *args; /* what is left: paths */
    size_t arg_count;
} dx_cli_options;

/** Parses argv[1..]; returns -1 to go on, or the exit status after having
 *  printed help, version or what is wrong. `usage` is the help text. */
int dx_cli_parse(int argc, char **argv, const char *usage, dx_cli_options *out);

/** $DX_INDEX, else "dx.index". */
const char *dx_cli_default_index(void);

#endif
