/* remote.h -- does the index lie on a file system that other machines may see? */
#ifndef DX_INDEXER_CLI_INDEX_REMOTE_H
#define DX_INDEXER_CLI_INDEX_REMOTE_H

/** What the file system of the folder `index`, or of the one that it is to be made in, is
 *  called if its locks and maps may not hold between machines: "NFS". NULL: it is a local
 *  one, or nobody knows. statfs(2). */
const char *dx_remote_file_system(const char *index);

#endif
