/* index_options.h -- what `dxindex PATH…` is asked to do. */
#ifndef DX_INDEXER_CLI_INDEX_INDEX_OPTIONS_H
#define DX_INDEXER_CLI_INDEX_INDEX_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "indexer/cli/arguments.h"
#include "indexer/run/run.h"

typedef struct dx_index_options {
    dx_run_options run;
    const char *report; /* file for the JSONL report, or NULL */
    bool verbose, quiet;
    bool tolerate_skipped; /* that something was skipped is no status of its own */
    bool watch;         /* go on, a run whenever something changes */
    bool poll;          /* likewise, by the clock */
    dx_arguments paths;
} dx_index_options;

#define DX_INDEX_THREADS_MAX 64u

/** Reads the value of --memory. -1 to go on, or the exit status after having said
 *  what is wrong. */
int dx_index_options_memory(const char *value, size_t *bytes);

/** Reads argv[1..]; returns -1 to go on, or the exit status after having printed
 *  help, version or what is wrong. */
int dx_index_options_read(int argc, char **argv, dx_index_options *out);

#endif
