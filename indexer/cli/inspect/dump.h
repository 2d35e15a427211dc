/* dump.h -- `dxindex dump`: what an index knows of a term, or of an article. */
#ifndef DX_INDEXER_CLI_INSPECT_DUMP_H
#define DX_INDEXER_CLI_INSPECT_DUMP_H

/** A command as in commands.h. */
int dx_command_dump(int argc, char **argv);

#endif
