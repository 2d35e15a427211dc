/* analyze.h -- `dxindex analyze`: the terms of a text. */
#ifndef DX_INDEXER_CLI_ANALYZE_H
#define DX_INDEXER_CLI_ANALYZE_H

/** A command as in commands.h. */
int dx_command_analyze(int argc, char **argv);

#endif
