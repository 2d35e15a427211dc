/* files.h -- what the index knows of the files its articles came from, during a run.
 *
 * A record for each file (file_record.h) has its stamp, so that an unchanged file is
 * passed over, and its blocks, whose numbers its articles carry: so that they stay
 * with their block, and go when it goes. */
#ifndef DX_INDEXER_RUN_FILES_FILES_H
#define DX_INDEXER_RUN_FILES_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/store/snapshot.h"
#include "common/index/store/writer.h"
#include "indexer/run/files/blocks.h"
#include "indexer/run/files/file_record.h"
#include "indexer/run/files/found_file.h"

#define DX_FILE_NONE 0u /* number of what comes from standard input */

typedef enum dx_file_state { /* of a block, by its number */
    DX_FILE_UNSEEN, /* of a file that this run has not met */
    DX_FILE_KEPT,   /* as before, or it could not be read: its articles stay */
    DX_FILE_READ,   /* only articles met there again stay */
    DX_FILE_GONE    /* its articles go */
} dx_file_state;

typedef struct dx_file {   /* that is to be read; made and freed by dx_files */
    dx_file_record record; /* as it will be, but for its blocks */
    const dx_block *old;   /* its blocks as they were recorded */
    size_t old_count;
    dx_of_host old_page; /* what it told of its host, when it was a page */
    dx_hash128 salt; /* what hashes of its blocks are combined with (XOR): of the head
                        that its records share, so that nothing is as it was when that
                        is another one; zero where they share none */
    bool has_inner_line_ends; /* a line end may stand within a record, in quotes */
    bool has_grown;   /* it is the recorded file, and is larger now */
    dx_blocks blocks; /* as they are now: to be filled */
    bool is_failed;   /* to be set: it could not be read as a whole. What is indexed
                         of it stays, and the next run tries again */
    bool is_doubtful; /* likewise: its stamp says nothing (stamp.h), so the next run
                         looks at it again */
} dx_file;

typedef struct dx_files {
    dx_snapshot *snapshot; /* borrowed; NULL: no index yet */
    uint32_t next;         /* number for the next new block */
    uint32_t reading;      /* how files are read: dx_input_options_hash() */
    bool no_delete;        /* articles of blocks that are gone stay */
    uint8_t *states;       /* owned; dx_file_state by number */
    size_t state_cap;
    struct dx_file_change *changes; /* owned */
    size_t change_count, change_cap;
    dx_arena arena;
} dx_files;

/** `next` as in the manifest: 0 when there is no index yet. */
void dx_files_init(dx_files *f, dx_snapshot *snapshot, uint32_t next,
    uint32_t reading, bool no_delete);
void dx_files_free(dx_files *f);

static inline dx_file_state dx_files_state(const dx_files *f, uint32_t number)
{
    return number < f->state_cap ? (dx_file_state)f->states[number]
                                 : DX_FILE_UNSEEN;
}

/** Looks a found file up. *out is NULL when its stamp is as recorded, and it was read
 *  as files are read now; its blocks are then KEPT. Else they are READ, and *out is to
 *  be given to dx_files_finish() or dx_file_free(). Fails with NOMEM or IO. */
DX_NODISCARD dx_status dx_files_find(dx_files *f, const dx_found_file *found,
    dx_file **out, dx_error *err);
void dx_file_free(dx_file *file); /* NULL is a no-op */

/** How many of its recorded blocks were in it; those that were not come last. */
size_t dx_file_present(const dx_file *file);

/** A number for a new block, which is READ. Fails with NOMEM or LIMIT. */
DX_NODISCARD dx_status dx_files_number(dx_files *f, uint32_t *number);

/** A block, whose number was given before, is as it was. */
void dx_files_keep(dx_files *f, uint32_t number);

/** It is read, whatever it was before. Fails with NOMEM. */
DX_NODISCARD dx_status dx_files_open(dx_files *f, uint32_t number);

/** Notes what a file has become, and frees it. It has one block at least, unless
 *  it could not be opened. Fails with NOMEM. */
DX_NODISCARD dx_status dx_files_finish(dx_files *f, dx_file *file);

/** Marks as KEPT every recorded file at or under the absolute path `root`,
 *  which cannot be read. */
DX_NODISCARD dx_status dx_files_keep_under(dx_files *f, const char *root,
    dx_error *err);

/** Marks as GONE every recorded file at or under the absolute path `root` that
 *  this run has not met. */
DX_NODISCARD dx_status dx_files_find_gone(dx_files *f, const char *root,
    dx_error *err);

/** What is gone or lost stays after all, as if the run had been told so from the
 *  beginning (no_delete): what is GONE is UNSEEN, and records keep the blocks that their
 *  files do not have any more. To be called when all has been read. */
void dx_files_keep_lost(dx_files *f);

typedef struct dx_block_place { /* borrowed for the call that tells of it */
    const char *path;           /* absolute */
    dx_str name;                /* file_record.h */
    bool is_plain;
    uint64_t offset; /* in the file, after decompression */
    dx_block block;
    uint32_t told; /* dx_record.told */
} dx_block_place;

/** Tells where the blocks with these numbers, which ascend, are to be found after
 *  this run; not of those that are nowhere. Fails as `each` does, with NOMEM or
 *  IO. */
DX_NODISCARD dx_status dx_files_each_place(dx_files *f, const uint32_t *numbers,
    size_t count, dx_status (*each)(void *ctx, const dx_block_place *place),
    void *ctx, dx_error *err);

/** The next run that meets the files of blocks with these numbers, which ascend,
 *  reads these blocks again. Fails with NOMEM or IO. */
DX_NODISCARD dx_status dx_files_read_again(dx_files *f, const uint32_t *numbers,
    size_t count, dx_error *err);

typedef struct dx_file_page {
    uint32_t number; /* of the block that the page is */
    dx_of_host page;
} dx_file_page;

/** Tells of each page that is there after this run, so far; of one that it has met
 *  and that is as it was perhaps twice. Fails as `each` does, or with IO. */
DX_NODISCARD dx_status dx_files_each_page(dx_files *f,
    dx_status (*each)(void *ctx, const dx_file_page *page), void *ctx,
    dx_error *err);

/** Notes what these pages, whose numbers ascend, were told. Fails with NOMEM or IO. */
DX_NODISCARD dx_status dx_files_set_pages(dx_files *f, const uint32_t *numbers,
    const dx_of_host *pages, size_t count, dx_error *err);

/** Puts all changes, uncommitted. */
DX_NODISCARD dx_status dx_files_write(const dx_files *f, dx_writer *store,
    dx_error *err);

#endif
