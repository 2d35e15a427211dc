/* check.h -- `dxindex check`: is an index sound? */
#ifndef DX_INDEXER_CLI_INSPECT_CHECK_H
#define DX_INDEXER_CLI_INSPECT_CHECK_H

/** A command as in commands.h. */
int dx_command_check(int argc, char **argv);

#endif
