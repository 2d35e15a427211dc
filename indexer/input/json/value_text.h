/* value_text.h -- JSON values as the text or date that they stand for.
 *
 * Texts are cleaned (dx_clean()) and borrow from the value or are in `arena`;
 * empty where there is nothing to make text of. Everything fails only with NOMEM,
 * or LIMIT when an array is too long. */
#ifndef DX_INDEXER_INPUT_JSON_VALUE_TEXT_H
#define DX_INDEXER_INPUT_JSON_VALUE_TEXT_H

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "indexer/input/chars/clean.h"
#include "indexer/input/chars/date.h"
#include "indexer/input/json/tree.h"

/** The text of a string or number; none of other values. */
DX_NODISCARD dx_status dx_json_scalar_text(const dx_json_value *value,
    dx_clean_form form, dx_arena *arena, dx_str *out, dx_error *err);

/** What an object in the place of a value has as its value: the name in {"@type":
 *  "Person", "name": …}, the text in {"rendered": …}, the time in {"$date": …}. NULL
 *  when it has none; `value` itself when it is no object, NULL too. */
const dx_json_value *dx_json_inner(const dx_json_value *value);

/** Of a scalar, or of what an object has as its value. */
DX_NODISCARD dx_status dx_json_value_text(const dx_json_value *value,
    dx_clean_form form, dx_arena *arena, dx_str *out, dx_error *err);

/** As dx_json_value_text(), and the values of an array joined by `separator`. */
DX_NODISCARD dx_status dx_json_text(const dx_json_value *value,
    dx_clean_form form, const char *separator, dx_arena *arena, dx_str *out,
    dx_error *err);

/** The day that a string or a number (seconds, milliseconds, 20240131) gives, or an
 *  object that has one. */
dx_date_reading dx_json_date(const dx_json_value *value);

#endif
