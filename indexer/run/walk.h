/* walk.h -- the files under the given paths, in a fixed order. */
#ifndef DX_INDEXER_RUN_WALK_H
#define DX_INDEXER_RUN_WALK_H

#include "common/base/status.h"
#include "indexer/run/files/found_file.h"

#define DX_WALK_OWN 2u

typedef struct dx_walker {
    void *ctx;
    const dx_input_options *input; /* borrowed */
    const char *own[DX_WALK_OWN]; /* files or folders that the run itself writes, or NULL: they
                           are passed over in silence */
    /* A regular file of a type we read, or of one that its name does not tell. The
     * walk ends when a callback fails. */
    dx_status (*on_file)(void *ctx, const dx_found_file *file);
    /* Something that was passed over: `reason` NULL when only the type is not
     * ours, else what went wrong; `absolute` when it is there but cannot be
     * read, else NULL. */
    dx_status (*on_skip)(void *ctx, const char *path, const char *absolute,
        const char *reason);
} dx_walker;

/** Walks `root` (a file or folder), folders' entries in byte order. Names that
 *  start with a dot are passed over within folders, and so is what HTTrack keeps
 *  for itself. Symbolic links are followed; a link back up is not. A file given
 *  by name is read whatever its extension, as what its first bytes look like. Fails
 *  with NOMEM, IO or what a callback returned. */
DX_NODISCARD dx_status dx_walk(const char *root, const dx_walker *walker,
    dx_error *err);

/** The type of a file that a user names: by its extension, else as the user says
 *  (which standard input needs, if it is no JSONL), else by what its first bytes look like. */
const dx_source *dx_walk_source(const char *path,
    const dx_input_options *options);

/** The type of a file whose name does not tell: what its first bytes surely are. NULL
 *  when they are none of ours. */
const dx_source *dx_walk_held(const char *path);

/** Whether it is a folder in which there is nothing, but for names that are passed
 *  over because they start with a dot. */
bool dx_walk_is_empty(const char *folder);

/** The absolute form of `root` that dx_found_file.absolute starts with, to be
 *  freed with dx_free(); NULL when it does not exist. */
char *dx_walk_absolute(const char *root);

#endif
