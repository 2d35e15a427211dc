/* reading.h -- what the commands that read an index share. */
#ifndef DX_INDEXER_CLI_READING_H
#define DX_INDEXER_CLI_READING_H

#include <stdio.h>

#include "common/base/str.h"
#include "common/index/segment/generation.h"
#include "common/index/store/snapshot.h"

typedef struct dx_cli_index { /* an open index */
    dx_snapshot *snapshot;
    dx_generation generation;
} dx_cli_index;

/** Opens the newest generation. After a failure: prints why and returns an
 *  exit status, else -1. */
int dx_cli_index_open(const char *dir, dx_cli_index *out);
void dx_cli_index_close(dx_cli_index *ix);

/** Prints `s` as a field of tab separated output: backslash, tab and newline
 *  become \\, \t and \n; a title term's mark becomes "title:", an attribute's
 *  "source:" and so on. */
void dx_cli_put_field(FILE *out, dx_str s);

/** Flushes standard output; the exit status, DX_EXIT_FAILED with a message
 *  when something could not be written. */
int dx_cli_end_output(void);

/** 1234567 as "1,234,567". */
const char *dx_cli_grouped(uint64_t n, char out[32]);

#endif
