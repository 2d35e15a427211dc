/* paras.h -- an article as a list of paragraphs, between a reader that knows
 * the file's form (text, HTML) and the rules that tell the article from what
 * the portal put around it. */
#ifndef DX_INDEXER_INPUT_TEXT_PARAS_H
#define DX_INDEXER_INPUT_TEXT_PARAS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"

typedef struct dx_para {
    dx_str text;      /* borrowed; one cleaned line, never empty */
    bool after_blank; /* an empty line, or a block of HTML, came before */
} dx_para;

typedef struct dx_paras { /* start from {0}; free with dx_paras_free() */
    dx_para *items;       /* owned */
    size_t count, cap;
} dx_paras;

DX_NODISCARD dx_status dx_paras_add(dx_paras *p, dx_str text, bool after_blank,
    dx_error *err);
void dx_paras_remove(dx_paras *p, size_t at, size_t count);
void dx_paras_free(dx_paras *p);

/** Paragraphs [from, count) joined by '\n', in `arena`. */
DX_NODISCARD dx_status dx_paras_join(const dx_paras *p, size_t from,
    dx_arena *arena, dx_str *out, dx_error *err);

#endif
