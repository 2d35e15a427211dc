/* exit_status.h -- how dxindex ends, as in dx(7). */
#ifndef DX_INDEXER_CLI_EXIT_STATUS_H
#define DX_INDEXER_CLI_EXIT_STATUS_H

enum {
    DX_EXIT_OK = 0,
    DX_EXIT_SKIPPED = 1, /* done, but not all: something was skipped, or found bad, or
                            could not be done after the index had changed */
    DX_EXIT_USAGE = 2,
    DX_EXIT_FAILED = 3, /* the index is as it was before */
    DX_EXIT_INTERRUPTED = 130 /* likewise */
};

/** Flushes standard output: DX_EXIT_OK, or DX_EXIT_FAILED with a message when
 *  something could not be written. */
int dx_exit_after_output(void);

/** The same after the index has changed: DX_EXIT_SKIPPED then. */
int dx_exit_after_change(void);

#endif
