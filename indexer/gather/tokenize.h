/* tokenize.h -- an article's text as numbers of word forms.
 *
 * The single space between two words is left out, as in the stored text
 * (docs/FORMAT.md). */
#ifndef DX_INDEXER_GATHER_TOKENIZE_H
#define DX_INDEXER_GATHER_TOKENIZE_H

#include <stdatomic.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/segment/form_table.h"
#include "common/index/segment/write/doc_columns.h"
#include "indexer/gather/batch.h"
#include "indexer/gather/word_forms.h"
#include "indexer/input/article.h"

typedef struct dx_tokenizer dx_tokenizer; /* one per thread */

/** `forms` is borrowed, and shared by all threads; so is `stop`, which ends the
 *  work on an article when it is set (NULL: nobody will). NULL when memory is
 *  short. */
dx_tokenizer *dx_tokenizer_new(dx_word_forms *forms, const atomic_bool *stop);
void dx_tokenizer_free(dx_tokenizer *t);

/** Appends an article to `b`, as of input file number `file`. On failure `b` is
 *  as before: NOMEM; INTERRUPTED when asked to stop; or LIMIT when the article has
 *  more different words than a segment can hold or over 1 MiB in fields other than
 *  title, lead and body. */
DX_NODISCARD dx_status dx_tokenizer_put_article(dx_tokenizer *t,
    const dx_article *article, uint32_t file, dx_batch *b);

#endif
