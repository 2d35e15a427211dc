/* backup.h -- `dxindex backup`: a copy of a live index. */
#ifndef DX_INDEXER_CLI_BACKUP_H
#define DX_INDEXER_CLI_BACKUP_H

/** A command as in commands.h. */
int dx_command_backup(int argc, char **argv);

#endif
