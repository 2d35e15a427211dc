/* check.h -- `dxindex check`: is an index sound? */
#ifndef DX_INDEXER_CLI_INSPECT_CHECK_H
#define DX_INDEXER_CLI_INSPECT_CHECK_H

#include <stdbool.h>

/** A command as in commands.h. */
int dx_command_check(int argc, char **argv);

/** Checks an index in a process of its own and prints what is found, when `quiet` only
 *  problems. Returns the exit status: DX_EXIT_SKIPPED when there are problems. */
int dx_check_guarded(const char *index, bool quiet);

#endif
