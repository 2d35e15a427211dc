/* index.h -- `dxindex PATH…`: files become articles of an index. */
#ifndef DX_INDEXER_CLI_INDEX_INDEX_H
#define DX_INDEXER_CLI_INDEX_INDEX_H

/** A command as in commands.h. */
int dx_command_index(int argc, char **argv);

#endif
