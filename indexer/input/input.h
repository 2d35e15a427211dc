/* input.h -- files and streams to articles.
 *
 * Question answered: "here is a file's bytes; which articles are in it?"
 * Readers run in worker threads: nothing here has global mutable state. */
#ifndef DX_INDEXER_INPUT_INPUT_H
#define DX_INDEXER_INPUT_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "indexer/input/article.h"

typedef enum dx_input_type {
    DX_INPUT_UNKNOWN, /* not a type we read: skip silently or with a reason */
    DX_INPUT_TEXT,    /* .txt */
    DX_INPUT_HTML,    /* .html .htm */
    DX_INPUT_JSON,    /* .json: objects, see dx_json_split() */
    DX_INPUT_JSONL    /* .jsonl .ndjson, and standard input */
} dx_input_type;

/** By file name, ignoring case; looks through .gz and .zst (sets
 *  *compressed). */
dx_input_type dx_input_type_of(dx_str name, bool *compressed);

/** One whole .txt or .html file's bytes, or one JSON object's text, as one
 *  article; all strings in `arena`. `path` is the display path, already with
 *  "#line" for JSONL. Errors (DX_ERR_FORMAT with a reason that a user can act
 *  on, DX_ERR_NOMEM) concern this article only. `bytes` may be modified. */
DX_NODISCARD dx_status dx_article_from_text(dx_str bytes, dx_str path,
    dx_arena *arena, dx_article *out, dx_error *err);
DX_NODISCARD dx_status dx_article_from_html(dx_str bytes, dx_str path,
    dx_arena *arena, dx_article *out, dx_error *err);
DX_NODISCARD dx_status dx_article_from_json(dx_str bytes, dx_str path,
    dx_arena *arena, dx_article *out, dx_error *err);

#endif
