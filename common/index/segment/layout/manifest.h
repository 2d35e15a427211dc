/* manifest.h -- the record that says which segments an index consists of. To
 * replace it is to publish: readers see the old generation or the new one. */
#ifndef DX_INDEX_SEGMENT_LAYOUT_MANIFEST_H
#define DX_INDEX_SEGMENT_LAYOUT_MANIFEST_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/base/str.h"

#define DX_FORMAT_VERSION 5u
#define DX_MANIFEST_KEY DX_STR_LIT("manifest")
#define DX_SEGMENTS_MAX 1024u

/* What an index needs of its readers beyond the format, by names that are written
 * into its manifest: a reader that does not know one refuses the index and says
 * which, and an index that needs none is not concerned. */
typedef enum dx_feature {
    DX_FEATURE_HIDDEN = 1 /* "hidden": some articles are no results (hidden.h) */
} dx_feature;

/** The name of feature number `i`, which is the bit 1 << i; NULL past the last. In
 *  byte order. */
const char *dx_feature_name(unsigned i);

typedef struct dx_segment_entry {
    uint32_t id, docs, deleted;
    uint64_t bytes; /* of its parts */
} dx_segment_entry;

typedef struct dx_manifest {
    uint64_t generation;   /* counts publications */
    uint32_t next_segment; /* never used before, nor by a killed run */
    uint32_t next_file;    /* number for the next input file */
    unsigned features;     /* a sum of dx_feature */
    dx_segment_entry *segments; /* owned; in document order */
    size_t count, cap;
} dx_manifest;

/** Parses a manifest; an absent one ({NULL,0}) is an empty index. Fails with
 *  VERSION (another format, text rules other than ours, a feature that we do not
 *  have), CORRUPT or NOMEM, with the remedy in words. */
DX_NODISCARD dx_status dx_manifest_read(dx_str record, dx_manifest *out,
    dx_error *err);
/** The same for whoever only wants stored texts: text rules may be others, and are
 *  told. */
DX_NODISCARD dx_status dx_manifest_read_any_rules(dx_str record,
    dx_manifest *out, uint32_t *rules, dx_error *err);
/** Appends it, with our text rules. */
void dx_manifest_write(const dx_manifest *m, dx_buf *out);
/** Room for one entry more at the end, or NULL. */
dx_segment_entry *dx_manifest_add(dx_manifest *m);
void dx_manifest_free(dx_manifest *m);

/* The deletion bitmap of a segment, a record of its own: it changes while the
 * segment does not. */
#define DX_DEAD_KEY_MAX 24u
dx_str dx_dead_key(char out[DX_DEAD_KEY_MAX], uint32_t segment);
/** `words` covers whole windows. */
void dx_dead_write(const uint64_t *words, size_t count, dx_buf *out);
/** Reads exactly `count` words. */
DX_NODISCARD dx_status dx_dead_read(dx_str record, uint64_t *words,
    size_t count);

#endif
