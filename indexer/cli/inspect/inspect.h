/* inspect.h -- `dxindex inspect`: what would be indexed of a file. */
#ifndef DX_INDEXER_CLI_INSPECT_INSPECT_H
#define DX_INDEXER_CLI_INSPECT_INSPECT_H

/** A command as in commands.h. */
int dx_command_inspect(int argc, char **argv);

#endif
