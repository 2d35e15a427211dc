/* synonyms_file.h -- a reader's own file of synonyms, in UTF-8:
 *
 *     # a comment
 *     cđs = chuyển đổi số      each for the other
 *     xe hơi => ô tô           who asks for the first also gets the second */
#ifndef DX_SEARCHER_UNDERSTAND_NAMES_SYNONYMS_FILE_H
#define DX_SEARCHER_UNDERSTAND_NAMES_SYNONYMS_FILE_H

#include "common/base/status.h"
#include "searcher/understand/names/synonyms.h"

/** Adds the relations of a file, and sorts. Fails with IO, LIMIT or INVALID
 *  (*err has file and line) or NOMEM; those before that line are then there. */
DX_NODISCARD dx_status dx_synonyms_load(dx_synonyms *s, const char *path,
    dx_error *err);

#endif
