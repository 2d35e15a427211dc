/* merge.h -- several segments into one.
 *
 *   1 numbers    documents keep their order; dictionaries are walked at once
 *                (merging/terms.h), equal forms found (merging/forms.h)
 *   2 lists      of each term and pair, one segment's after the other's
 *                (merging/lists.h); meanwhile
 *   3 documents  texts in the code of the merged forms (merging/docs.h)
 *   4 triples    lists where segments have them, else from texts
 *                (merging/triples.h)
 *
 * Nothing is held but the numbers of terms and forms, one list and one text, so
 * memory sets no limit to what can be merged. The result is what one run over the
 * same articles would have made; attributes are those that were found then. */
#ifndef DX_INDEXER_INVERT_MERGE_H
#define DX_INDEXER_INVERT_MERGE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "common/base/status.h"
#include "common/index/store/writer.h"
#include "indexer/invert/work.h"

typedef struct dx_merge_options {
    size_t memory_bytes; /* of which an eighth may hold triples */
    unsigned threads; /* >= 1 */
    bool optimize;    /* into as few as the size of a segment allows, without
                         deletions */
    const atomic_bool *stop; /* set to end it; may be NULL */
    dx_work *work; /* begins with each merge; may be NULL */
} dx_merge_options;

/** Merges what is due (merge_policy.h) in the index at the path `index`, and
 *  publishes after each merge. Fails with IO, CORRUPT, NOMEM, LIMIT, or
 *  INTERRUPTED when asked to stop; what was merged by then stays merged. */
DX_NODISCARD dx_status dx_merge_due(const char *index, dx_writer *store,
    const dx_merge_options *options, dx_error *err);

#endif
