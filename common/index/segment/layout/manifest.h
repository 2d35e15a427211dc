/* manifest.h -- the record that says which segments an index consists of.
 * Replacing it publishes: readers see either the old generation or the new
 * one. */
#ifndef DX_INDEX_SEGMENT_LAYOUT_MANIFEST_H
#define DX_INDEX_SEGMENT_LAYOUT_MANIFEST_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/base/str.h"

#define DX_FORMAT_VERSION 6u
#define DX_MANIFEST_KEY DX_STR_LIT("manifest")
/* A record that is there when readers must not find again what was deleted, not even in
 * the bytes of the file: the next merge that optimizes writes a file without it. */
#define DX_WIPE_KEY DX_STR_LIT("wipe")
#define DX_SEGMENTS_MAX 1024u

/* What an index needs of its readers beyond the format. The manifest has the
 * names: a reader that does not know one refuses the index and says which. An
 * index that needs none is not concerned. */
typedef enum dx_feature {
    DX_FEATURE_HIDDEN = 1 /* "hidden": some articles are no results (hidden.h) */
} dx_feature;

/** The name of feature number `i`, which has the bit 1 << i; NULL past the
 *  last. The names are in byte order. */
const char *dx_feature_name(unsigned i);

typedef struct dx_segment_entry {
    uint32_t id, docs, deleted;
    uint64_t bytes; /* of all its parts */
} dx_segment_entry;

typedef struct dx_manifest {
    uint64_t generation;   /* counts publications */
    uint32_t next_segment; /* never used yet, not even by a killed run */
    uint32_t next_file;    /* number for the next input file */
    unsigned features;     /* a sum of dx_feature */
    dx_segment_entry *segments; /* owned; in document order */
    size_t count, cap;
} dx_manifest;

/** Parses a manifest; a missing one ({NULL,0}) means an empty index. Fails with
 *  VERSION (another format, other text rules, a feature that we do not have),
 *  CORRUPT or NOMEM, with the remedy in words. */
DX_NODISCARD dx_status dx_manifest_read(dx_str record, dx_manifest *out,
    dx_error *err);
/** The same for callers that only want stored texts: the text rules may be
 *  others; *rules tells which. */
DX_NODISCARD dx_status dx_manifest_read_any_rules(dx_str record,
    dx_manifest *out, uint32_t *rules, dx_error *err);
/** Appends a manifest, with our text rules. */
void dx_manifest_write(const dx_manifest *m, dx_buf *out);
/** Adds an entry at the end and returns it; NULL when memory is short. */
dx_segment_entry *dx_manifest_add(dx_manifest *m);
void dx_manifest_free(dx_manifest *m);

/* The deletion bitmap of a segment is a record of its own: it changes, the
 * segment does not. */
#define DX_DEAD_KEY_MAX 24u
dx_str dx_dead_key(char out[DX_DEAD_KEY_MAX], uint32_t segment);
/** Appends the bitmap; `words` must cover whole windows. */
void dx_dead_write(const uint64_t *words, size_t count, dx_buf *out);
/** Reads exactly `count` words. Fails with CORRUPT. */
DX_NODISCARD dx_status dx_dead_read(dx_str record, uint64_t *words,
    size_t count);

#endif
