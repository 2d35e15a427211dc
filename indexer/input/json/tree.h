/* tree.h -- JSON text as a tree of values, for the JSON reader.
 *
 *     {"a": [1, "x"]}      object -> first: array, key "a" -> first: number 1
 *                                                             next: string x
 *
 * Values and their texts lie in an arena and hang together by plain pointers,
 * so there is nothing to free one by one. */
#ifndef DX_INDEXER_INPUT_JSON_TREE_H
#define DX_INDEXER_INPUT_JSON_TREE_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/base/str.h"

#define DX_JSON_DEPTH_MAX 200u         /* of arrays and objects */
#define DX_JSON_VALUES_MAX (1u << 18)  /* of one text */

typedef enum dx_json_type {
    DX_JSON_NULL,
    DX_JSON_FALSE,
    DX_JSON_TRUE,
    DX_JSON_NUMBER,
    DX_JSON_STRING,
    DX_JSON_ARRAY,
    DX_JSON_OBJECT
} dx_json_type;

typedef struct dx_json_value dx_json_value;
struct dx_json_value {
    dx_json_type type;
    dx_str key;  /* of a member of an object */
    dx_str text; /* of a string; of a number as it was written, so that no
                    digit of an id is lost; NUL-terminated */
    const dx_json_value *first; /* item or member of an array or object */
    const dx_json_value *next;  /* item or member beside this one */
};

/** Parses one array or object. Forgives what careless writers leave in texts
 *  that are good otherwise: other encodings than UTF-8, a byte order mark,
 *  control characters within strings, halves of surrogate pairs. All strings
 *  come out as well-formed UTF-8. Fails with NOMEM, or with FORMAT and a reason
 *  that gives the byte position. */
DX_NODISCARD dx_status dx_json_parse(dx_str text, dx_arena *arena,
    const dx_json_value **out, dx_error *err);

/** The member `key` of an object, the last one if there are several; NULL when
 *  there is none or `object` is no object. */
const dx_json_value *dx_json_get(const dx_json_value *object, const char *key);

/** Appends the value, or "key":value, as JSON text without blanks. Of members
 *  with the same key only the last is written, if they stand near enough to
 *  each other: see dx_json_is_overridden(). */
void dx_json_write(dx_buf *out, const dx_json_value *value);
void dx_json_write_member(dx_buf *out, const dx_json_value *member);

/** Whether one of the next few hundred members beside this one has its key. */
bool dx_json_is_overridden(const dx_json_value *member);

static inline bool dx_json_is(const dx_json_value *value, dx_json_type type)
{
    return value && value->type == type;
}

#endif
