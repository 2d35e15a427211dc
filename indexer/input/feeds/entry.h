/* entry.h -- an entry of a feed on its way from the one who cuts to a worker.
 *
 *     left out? │ mail? │ length value │ length value │ …    in the order of DX_ENTRY_… */
#ifndef DX_INDEXER_INPUT_FEEDS_ENTRY_H
#define DX_INDEXER_INPUT_FEEDS_ENTRY_H

#include <stdbool.h>

#include "common/base/buf.h"
#include "indexer/input/reading.h"

typedef enum dx_entry_part { /* each as it stands in the feed, as text or HTML */
    DX_ENTRY_TITLE,
    DX_ENTRY_URL,
    DX_ENTRY_ID,
    DX_ENTRY_DATE,
    DX_ENTRY_UPDATED,
    DX_ENTRY_AUTHOR,
    DX_ENTRY_CATEGORY,
    DX_ENTRY_TAGS,
    DX_ENTRY_SUMMARY,
    DX_ENTRY_CONTENT,
    DX_ENTRY_SOURCE,
    DX_ENTRY_PARTS
} dx_entry_part;

typedef struct dx_entry {
    dx_left_out left_out;
    bool is_mail; /* a message that a mail program keeps, not a feed's */
    dx_str parts[DX_ENTRY_PARTS];
} dx_entry;

/** Appends the entry's bytes; a failure latches in `out`. */
void dx_entry_put(const dx_entry *entry, dx_buf *out);

/** False: these are no such bytes. *out borrows from them. */
bool dx_entry_read(dx_str bytes, dx_entry *out);

#endif
