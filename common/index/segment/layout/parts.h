/* parts.h -- how the data of a segment is laid out in the store.
 *
 * A segment is a handful of *parts*, and a part is a sequence of items. It is
 * cut into *chunks* of about DX_CHUNK_BYTES, never within an item; each chunk
 * is one value in the store. (With a key per term, three times as much would be
 * rewritten.) An item is addressed by its offset in the part, as if the chunks
 * were glued together. The segment's *head* record lists all chunks with their
 * offsets, lengths and checksums (chunk.h). Readers ignore parts that they do not
 * know.
 *
 * Keys: "s" + 8 hex digits of the segment's number, then ".head", or "." + two
 * digits of the part + "." + 4 hex digits of the chunk. */
#ifndef DX_INDEX_SEGMENT_LAYOUT_PARTS_H
#define DX_INDEX_SEGMENT_LAYOUT_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/chunk/chunk.h"
#include "common/index/store/snapshot.h"
#include "common/index/store/writer.h"

#define DX_CHUNK_BYTES (4u << 20)

/* One row a part: its number (which is on disk), its group in `dxindex stats`,
 * and whether it is one array (a single chunk, whatever its size). */
#define DX_PART_MAP(X)                                                         \
    X(DICTIONARY, 0, "dictionary", false)                                      \
    X(DICTIONARY_INDEX, 1, "dictionary", true)                                 \
    X(LISTS, 2, "syllable lists", false)                                       \
    X(ROWS, 3, "pair lists", false)                                            \
    X(TRIPLES, 4, "pair lists", true)                                          \
    X(FORMS, 5, "word forms", true)                                            \
    X(FORM_STRINGS, 6, "word forms", true)                                     \
    X(FORM_EXTRAS, 7, "word forms", true)                                      \
    X(FORM_CODE, 8, "word forms", true)                                        \
    X(TEXT, 9, "text", false)                                                  \
    X(TEXT_OFFSETS, 10, "text", true)                                          \
    X(META, 11, "stored fields", false)                                        \
    X(META_OFFSETS, 12, "stored fields", true)                                 \
    X(LENGTHS, 13, "columns", true)                                            \
    X(DATES, 14, "columns", true)                                              \
    X(FILES, 15, "columns", true)                                              \
    X(CONTENTS, 16, "columns", true)                                           \
    X(IDS, 17, "columns", true)                                                \
    X(BY_DATE, 18, "columns", true)

typedef enum dx_part {
#define DX_PART_ENUM(name, number, group, array) DX_PART_##name = number,
    DX_PART_MAP(DX_PART_ENUM)
#undef DX_PART_ENUM
    DX_PART_COUNT
} dx_part;

/** The group that a part is reported in: "dictionary", "pair lists" … */
const char *dx_part_group(dx_part part);
/** Its name as above and in docs/FORMAT.md; "unknown" for one that we do not know. */
const char *dx_part_name(unsigned part);

#define DX_PART_KEY_MAX 32u
/** Writes the key of a chunk. `part` may be one that we do not know, below
 *  DX_PARTS_MAX. */
dx_str dx_part_key(char out[DX_PART_KEY_MAX], uint32_t segment, unsigned part,
    uint32_t chunk);
/** Writes the key of the head. */
dx_str dx_part_head_key(char out[DX_PART_KEY_MAX], uint32_t segment);
#define DX_PARTS_MAX 100u
/** Writes what the keys of all records of a segment begin with; those of other
 *  records begin with another letter. */
dx_str dx_segment_prefix(char out[DX_PART_KEY_MAX], uint32_t segment);
#define DX_SEGMENT_PREFIX "s"

/* ---- writing ---- */

typedef struct dx_part_writer {
    struct dx_part_sink *sink; /* borrowed; one for all parts of a segment */
    dx_part part;
    dx_buf chunk;  /* items not yet put */
    dx_buf table;  /* chunk records for the head */
    uint32_t start; /* offset of `chunk` in the part */
    uint32_t chunks;
} dx_part_writer;

/* Puts chunks into the store and commits every DX_STORE_TXN_BYTES, so that
 * memory stays bounded. Nothing refers to them until the manifest does; if the
 * indexer is killed, the next writer removes them. Thread-safe; nobody else may
 * use the store meanwhile. */
typedef struct dx_part_sink dx_part_sink;
DX_NODISCARD dx_status dx_part_sink_new(dx_writer *store, uint32_t segment,
    dx_part_sink **out);
void dx_part_sink_free(dx_part_sink *s);
/** The first failure of any put, with its message. */
dx_status dx_part_sink_status(dx_part_sink *s, dx_error *err);
/** Bytes put so far. */
uint64_t dx_part_sink_bytes(dx_part_sink *s);
/** Puts the head record, whose bytes it takes, and commits what is left. */
dx_status dx_part_sink_end(dx_part_sink *s, dx_buf *head);

void dx_part_writer_init(dx_part_writer *w, dx_part_sink *sink, dx_part part);
void dx_part_writer_free(dx_part_writer *w);
/** Appends an item and returns its offset in the part. A failure latches in the
 *  sink: LIMIT when the part would exceed 4 GiB. */
uint32_t dx_part_put(dx_part_writer *w, const void *item, size_t bytes);
/** The same for an item in two pieces. */
uint32_t dx_part_put_two(dx_part_writer *w, dx_str first, dx_str second);
/** Puts a part that is one array of `bytes`, all of which `fill` writes to `out`; a
 *  large one so is in memory once, while it is put. Nothing else of the part may be put. A failure
 *  of `fill` latches, too. */
typedef dx_status dx_part_fill(void *ctx, uint8_t *out);
void dx_part_put_array(dx_part_writer *w, size_t bytes, dx_part_fill *fill,
    void *ctx);
/** Puts what is left, and appends the part's record to `head`. */
void dx_part_writer_end(dx_part_writer *w, dx_buf *head);

/* ---- reading ---- */

typedef struct dx_part_reader {
    dx_chunk *chunks; /* owned */
    uint32_t chunk_count;
    uint64_t bytes; /* of the whole part */
} dx_part_reader;

typedef struct dx_parts {
    dx_chunk_home home; /* stays where it is while `parts` are open */
    uint32_t segment;
    dx_part_reader part[DX_PART_COUNT];
    dx_part_reader *others; /* owned: parts that we do not know */
    uint32_t other_count;
    _Atomic(uint32_t) *sound; /* owned: the bits of all chunks */
} dx_parts;

/** Reads the number of parts and their records at `*p` and moves it past them.
 *  Missing parts are empty. Fails with CORRUPT or NOMEM; close `ps` even
 *  then. */
DX_NODISCARD dx_status dx_parts_open(dx_parts *ps, dx_snapshot *snapshot,
    uint32_t segment, const uint8_t **p, const uint8_t *end);
void dx_parts_close(dx_parts *ps);

/** The bytes from `offset` to the end of its chunk, which is in `*chunk`: to be asked
 *  whether what is read of them is sound. {NULL,0} when there are none. Like all of
 *  the following, thread-safe, and notes what is damaged. */
dx_str dx_parts_at(const dx_parts *ps, dx_part part, uint64_t offset,
    dx_chunk **chunk);
/** Copies that many bytes from there to `out` (see dx_snapshot_read()). False when
 *  they are not there or not sound. */
bool dx_parts_read(const dx_parts *ps, dx_part part, uint64_t offset, void *out,
    size_t bytes);
/** Replaces the contents of `out` by the item that begins at `offset` and ends
 *  at `end` or with its chunk. Fails with CORRUPT when there is none or it is not sound,
 *  or NOMEM. */
DX_NODISCARD dx_status dx_parts_read_item(const dx_parts *ps, dx_part part,
    uint64_t offset, uint64_t end, dx_buf *out);
/** The whole of a part that is one array, like dx_parts_at(). */
dx_str dx_parts_array(const dx_parts *ps, dx_part part, dx_chunk **chunk);
/** Verifies all of a part, below DX_PART_COUNT + ps->other_count. */
bool dx_parts_verify(const dx_parts *ps, unsigned part);

#endif
