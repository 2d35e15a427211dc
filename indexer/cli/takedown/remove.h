/* remove.h -- `dxindex remove`: articles that are taken down, and come back. */
#ifndef DX_INDEXER_CLI_TAKEDOWN_REMOVE_H
#define DX_INDEXER_CLI_TAKEDOWN_REMOVE_H

/** A command as in commands.h. */
int dx_command_remove(int argc, char **argv);

#endif
