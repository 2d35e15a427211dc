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

/** What an error message shows of a path: its last bytes, so that the cause
 *  still fits behind it. NUL-terminated when `path` is. */
#define DX_INPUT_PATH_SHOWN_BYTES 120u
dx_str dx_input_path_shown(dx_str path);

/** By file name, ignoring case; looks through .gz and .zst (sets
 *  *compressed). */
dx_input_type dx_input_type_of(dx_str name, bool *compressed);

#define DX_INPUT_FILE_MAX_BYTES (256u << 20) /* of one .txt/.html/.json file */
#define DX_INPUT_LINE_MAX_BYTES (64u << 20)  /* of one JSONL line */

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

/** Splits the text of a .json file (an object, objects one after another, an
 *  array of objects, or {"articles": [objects]}) into its objects' texts and
 *  hands each to `each`, in order; stops early when `each` fails. */
typedef dx_status (*dx_json_each)(void *ctx, dx_str object_text);
DX_NODISCARD dx_status dx_json_split(dx_str bytes, dx_json_each each, void *ctx,
    dx_error *err);

/* ---- reading bytes ---- */

typedef struct dx_reader dx_reader; /* sequential, decompressing */

/** Opens `path` ("-" is standard input), looking through gzip and zstd by
 *  content, not by name. Errors name the path and the cause. */
DX_NODISCARD dx_status dx_reader_open(const char *path, dx_reader **out,
    dx_error *err);
/** Next line without its '\n' (and '\r'), valid until the next call; *line is
 *  {NULL,0} at the end. A line over DX_INPUT_LINE_MAX_BYTES is skipped and
 *  reported as DX_ERR_LIMIT; reading may go on after it. */
DX_NODISCARD dx_status dx_reader_line(dx_reader *r, dx_str *line,
    dx_error *err);
/** The whole rest, valid until close; at most DX_INPUT_FILE_MAX_BYTES. */
DX_NODISCARD dx_status dx_reader_all(dx_reader *r, dx_str *bytes,
    dx_error *err);
/** Compressed bytes consumed so far, for progress. */
uint64_t dx_reader_consumed_bytes(const dx_reader *r);
void dx_reader_close(dx_reader *r);

#endif
