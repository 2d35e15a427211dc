/* date_line.h -- lines that say when an article appeared. */
#ifndef DX_INDEXER_INPUT_CHARS_DATE_LINE_H
#define DX_INDEXER_INPUT_CHARS_DATE_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/str.h"

/** Whether the short line `s` says when the article appeared and nothing more
 *  ("Cập nhật: 05/10/2026 15:42", "Thứ Tư - 27/03/2024 08:42"); if so the day
 *  is in *date. */
bool dx_date_line(dx_str s, int32_t *date);

#endif
