/* restore.h -- `dxindex restore`: a backup becomes the index again. */
#ifndef DX_INDEXER_CLI_RESTORE_H
#define DX_INDEXER_CLI_RESTORE_H

/** A command as in commands.h. */
int dx_command_restore(int argc, char **argv);

#endif
