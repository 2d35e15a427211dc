/* commands.h -- the subcommands of dxindex. Each takes argv from its own name
 * on, prints, and returns an exit status (options.h). */
#ifndef DX_INDEXER_CLI_COMMANDS_H
#define DX_INDEXER_CLI_COMMANDS_H

int dx_command_index(int argc, char **argv); /* argv[0] is the program */
int dx_command_analyze(int argc, char **argv);
int dx_command_backup(int argc, char **argv);
int dx_command_check(int argc, char **argv);
int dx_command_dump(int argc, char **argv);
int dx_command_stats(int argc, char **argv);

#endif
