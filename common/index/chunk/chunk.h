/* chunk.h -- a chunk of an index, and whether its bytes are as they were written.
 *
 * A chunk is a value of the store: its data, and after them a sum of each kibibyte (a
 * *page*) of these; after them, if they are more than a page, a sum of each page of the
 * sums, and so on. Of the last ones, a page at most, the segment's head has the checksum,
 * and the head is verified when a segment is opened:
 *
 *     head ──▶ sums ──▶ sums ──▶ pages of data
 *
 * So a reader verifies what it reads and little else, when it reads of a page first; a
 * second time costs a look at one bit.
 *
 * A wrong page is *noted*, for good: who asked learns of it, and whoever cannot ask
 * (a loop over a column) goes on with bytes that he must not trust; in the end
 * everybody who is about to tell something looks whether damage was noted
 * (dx_segment_damage()). Thread-safe. */
#ifndef DX_INDEX_CHUNK_CHUNK_H
#define DX_INDEX_CHUNK_CHUNK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dx_snapshot;

#define DX_PAGE_BYTES 1024u
#define DX_PAGE_SUM_BYTES 4u

/* What the chunks of a segment share. */
typedef struct dx_chunk_home {
    struct dx_snapshot *snapshot; /* borrowed */
    _Atomic(uint64_t) damage;     /* the first that was noted; 0: none */
} dx_chunk_home;

typedef struct dx_chunk {
    uint32_t start; /* offset in the part */
    uint32_t bytes; /* without the sums */
    uint64_t checksum; /* of the last sums */
    uint32_t part, number;
    _Atomic(const uint8_t *) data; /* in the map; NULL until first used */
    _Atomic(uint32_t) *sound; /* borrowed: a bit of each page, first those of the
                                 data, that it was found to be */
    dx_chunk_home *home;          /* borrowed */
} dx_chunk;

static inline size_t dx_page_count(size_t bytes)
{
    return bytes / DX_PAGE_BYTES + (bytes % DX_PAGE_BYTES > 0);
}

#define DX_SOUND_BITS 32u
/** How many words the bits of so many pages take. */
static inline size_t dx_sound_words(size_t pages)
{
    return pages / DX_SOUND_BITS + 1;
}

static inline bool dx_page_was_sound(const _Atomic(uint32_t) *sound, size_t page)
{
    uint32_t bits = atomic_load_explicit(&sound[page / DX_SOUND_BITS],
        memory_order_relaxed);

    return bits >> page % DX_SOUND_BITS & 1;
}

/** How many bytes the sums of a chunk with `bytes` of data take, and how many pages it
 *  has with them. */
size_t dx_chunk_sums_bytes(size_t bytes);
size_t dx_chunk_page_count(size_t bytes);
/** Writes the sums of `data` to `out`, which has room for them, and returns the
 *  checksum of the last. */
uint64_t dx_chunk_sum_up(const uint8_t *data, size_t bytes, uint8_t *out);
/** Whether `data` is what the sums behind it say, and these what the checksum says. */
bool dx_chunk_agrees(const uint8_t *data, size_t bytes, uint64_t checksum);

/** Notes that the chunk is damaged. */
void dx_chunk_note_damage(const dx_chunk *c);
/** Whether damage was noted, and of which chunk first. */
bool dx_chunk_home_damage(const dx_chunk_home *home, uint32_t *part,
    uint32_t *number);

/** Verifies pages `first` to `last` (below dx_page_count()) of a chunk whose data was
 *  found, as far as they are not known to be sound. False, and noted, when one is
 *  not; and false of all that are not known where damage was noted before. */
bool dx_chunk_verify_pages(dx_chunk *c, size_t first, size_t last);

/** Whether the `bytes` at `p`, within the chunk's data, are sound. Whoever reads data
 *  asks before. */
static inline bool dx_chunk_is_sound(dx_chunk *c, const uint8_t *p, size_t bytes)
{
    size_t from = (size_t)(p - atomic_load_explicit(&c->data,
                                   memory_order_relaxed));
    size_t end = from + bytes;

    for (size_t i = from / DX_PAGE_BYTES; i * DX_PAGE_BYTES < end; i++)
        if (!dx_page_was_sound(c->sound, i))
            return dx_chunk_verify_pages(c, i, (end - 1) / DX_PAGE_BYTES);
    return true;
}

/** Copies them to `out`, as dx_snapshot_read() does. False, and noted, when they are
 *  not sound. */
bool dx_chunk_read(dx_chunk *c, const uint8_t *p, size_t bytes, void *out);

#endif
