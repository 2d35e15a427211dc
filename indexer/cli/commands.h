/* commands.h -- the commands of dxindex by name. Each takes argv from its own name
 * on, prints, and returns an exit status (exit_status.h). */
#ifndef DX_INDEXER_CLI_COMMANDS_H
#define DX_INDEXER_CLI_COMMANDS_H

typedef int (*dx_command)(int argc, char **argv);

/** The command called `name`, or NULL. */
dx_command dx_command_named(const char *name);

/** The name of the command that was probably meant by `typed`, or NULL. */
const char *dx_command_meant_by(const char *typed);

#endif
