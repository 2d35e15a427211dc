/* input_name.h -- which field a program means by the key of a JSON object or the
 * head of a column.
 *
 * Programs write the same name in many ways: publish_date, publishedAt,
 * date-published, "Ngày đăng:", NGAY_DANG. Names are compared by their letters and
 * digits, small and without marks. Where a tool has written the way to a value as
 * its name, the parts that only lead there do not count: _source.title,
 * title.rendered, og:title, authors.0.name. Thread-safe. */
#ifndef DX_INDEX_FIELD_INPUT_NAME_H
#define DX_INDEX_FIELD_INPUT_NAME_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/str.h"
#include "common/index/field/field.h"

/** The field that has `name` in its list of input names (field.h); *which is its
 *  number there, below DX_FIELD_INPUT_NAMES, and is not set for DX_FIELDS, which
 *  is none. */
dx_field dx_field_of_input(dx_str name, unsigned *which);

/** Whether the title's input name of this number says no more than that something has a
 *  name: "name", "ten". It may be that of a place or a column. */
bool dx_field_is_weak_title(unsigned which);

/** The field that a name which is none of the table's seems to mean, by a word in it:
 *  "ngay" and "thoi_gian_gui" the date. DX_FIELDS for none. */
dx_field dx_field_hinted(dx_str name);

#define DX_INPUT_NAME_BYTES 48u

/** Writes `name` as names are compared: "Ngày-đăng" is "ngaydang". The length; 0 for
 *  what has no Latin letters alone, or is too long for a name. */
size_t dx_input_name_fold(dx_str name, char out[DX_INPUT_NAME_BYTES]);

#endif
