/* failure.h -- why there is no answer: a code for programs, words for people. */
#ifndef DX_SEARCHER_OUTPUT_FAILURE_H
#define DX_SEARCHER_OUTPUT_FAILURE_H

#include "common/cli/language.h"

typedef struct dx_failure { /* strings are borrowed */
    const char *code;       /* docs/json.md; never changes: "index_unavailable" */
    const char *title[2];   /* by dx_language: a line */
    const char *text[2];    /* likewise: what the reader can do; "" for nothing */
} dx_failure;

#endif
