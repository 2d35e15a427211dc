/* shown_article.h -- an article as a reader made it, field by field, with where each
 * came from. */
#ifndef DX_INDEXER_CLI_INSPECT_SHOWN_ARTICLE_H
#define DX_INDEXER_CLI_INSPECT_SHOWN_ARTICLE_H

#include <stdbool.h>

#include "indexer/input/article.h"

/** Prints what became of the record `path` ("file#7") to standard output, for people:
 *  long texts by their beginning and end, unless `whole`. */
void dx_shown_article_print(const char *path, const dx_article *a, bool whole);

/** Likewise as one line of JSON, with all of each text. False when memory is short. */
bool dx_shown_article_print_json(const char *path, const dx_article *a);

/** That the record could not be read, in either form. */
void dx_shown_fault_print(const char *path, const char *reason);
bool dx_shown_fault_print_json(const char *path, const char *reason);

#endif
