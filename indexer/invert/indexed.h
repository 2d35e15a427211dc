/* indexed.h -- what the index held when the run began, and what becomes of it.
 *
 * Workers ask it whether an article is new, changed or unchanged. An article is
 * what it is called, its id, and what it says, its content: several may have one id,
 * but none is there twice. Segments made during the run are added once they are
 * finished, to find out which of their articles came before. */
#ifndef DX_INDEXER_INVERT_INDEXED_H
#define DX_INDEXER_INVERT_INDEXED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/hash.h"
#include "common/base/status.h"
#include "common/index/segment/meta.h"
#include "common/index/segment/segment.h"

typedef struct dx_indexed_doc {
    uint32_t segment, doc;
} dx_indexed_doc;

typedef enum dx_indexed_mark {
    DX_INDEXED_DEAD,     /* deleted before, or by this run */
    DX_INDEXED_MET,      /* met in this run */
    DX_INDEXED_HELD,     /* met where it came from: there it is still */
    DX_INDEXED_NAMED,    /* an article of this run has its id, and gives reason to
                            drop it if it is not met */
    DX_INDEXED_REPLACED, /* and was told to take its place */
    DX_INDEXED_MARKS
} dx_indexed_mark;

typedef struct dx_indexed_segment {
    const dx_segment *segment; /* borrowed */
    uint64_t *marks[DX_INDEXED_MARKS]; /* owned; a bit for each document */
    uint32_t dead_count;
} dx_indexed_segment;

typedef struct dx_indexed {
    dx_indexed_segment *segments; /* owned; oldest first */
    size_t count, cap;
} dx_indexed;

void dx_indexed_free(dx_indexed *ix);

/** Adds a segment, newer than all before, which must outlive this. `dead` (may be
 *  NULL) are documents that count as deleted, besides those that the segment says
 *  are. Fails with NOMEM. */
DX_NODISCARD dx_status dx_indexed_add(dx_indexed *ix, const dx_segment *s,
    const uint64_t *dead);

/** dx_segment_damage() of the first segment that has any. What is found below is true
 *  only where there is none. */
DX_NODISCARD dx_status dx_indexed_damage(const dx_indexed *ix, dx_error *err);

/* Goes through the live documents with an id, the newest segment's first. */
typedef struct dx_indexed_cursor {
    const dx_indexed *ix; /* borrowed */
    dx_hash128 id;
    size_t segments; /* those still to be looked at */
    dx_indexed_doc at;
    bool is_at; /* `at` is a document of segment number `segments` */
} dx_indexed_cursor;

/** In the first `segments` segments. Thread-safe while nothing is changed, as is
 *  the next one. */
dx_indexed_cursor dx_indexed_cursor_new(const dx_indexed *ix, dx_hash128 id,
    size_t segments);
/** Moves `at` to the next document; false: there is none. */
bool dx_indexed_next(dx_indexed_cursor *c);

uint64_t dx_indexed_content(const dx_indexed *ix, dx_indexed_doc d);
uint32_t dx_indexed_file(const dx_indexed *ix, dx_indexed_doc d);

/** What is stored of it, kept in `arena`, which loses what it had: until the next call. Fails
 *  with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_indexed_read_fields(const dx_indexed *ix, dx_indexed_doc d,
    dx_meta_reader *reader, dx_arena *arena, dx_meta *meta);

void dx_indexed_mark_as(dx_indexed *ix, dx_indexed_doc d, dx_indexed_mark mark);
bool dx_indexed_is(const dx_indexed *ix, dx_indexed_doc d, dx_indexed_mark mark);
/** Marks it DEAD and counts that, if it is not yet. */
void dx_indexed_kill(dx_indexed *ix, dx_indexed_doc d);
/** How many are not DEAD. */
uint64_t dx_indexed_live_count(const dx_indexed *ix);

#endif
