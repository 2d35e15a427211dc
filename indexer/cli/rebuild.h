/* rebuild.h -- `dxindex rebuild`: a new index from the texts of another one. */
#ifndef DX_INDEXER_CLI_REBUILD_H
#define DX_INDEXER_CLI_REBUILD_H

/** A command as in commands.h. */
int dx_command_rebuild(int argc, char **argv);

#endif
