/* stats.h -- `dxindex stats`: how much of what an index holds. */
#ifndef DX_INDEXER_CLI_INSPECT_STATS_H
#define DX_INDEXER_CLI_INSPECT_STATS_H

/** A command as in commands.h. */
int dx_command_stats(int argc, char **argv);

#endif
