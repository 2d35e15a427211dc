/* state_line.h -- what single lines of a state document are. */
#ifndef DX_INDEXER_INPUT_TEXT_STATE_LINE_H
#define DX_INDEXER_INPUT_TEXT_STATE_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/str.h"

/** Dashes, stars and the like, and no letter or digit. */
bool dx_state_is_rule(dx_str line);

/** Capitals but for a slip. */
bool dx_state_is_capitals(dx_str line);

/** Its first character is a small letter. */
bool dx_state_begins_small(dx_str line);

/** "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" or "Độc lập - Tự do - Hạnh phúc", wherever
 *  in the line; *before is what stands in front of it, in the other column. */
bool dx_state_is_motto(dx_str line, dx_str *before);

/** "Số: 45/QĐ-UBND", "Luật số: 28/2018/QH14", "SỐ 66 NGÀY …": the number, without
 *  blanks around its '/', and what follows it in the line. */
bool dx_state_number(dx_str line, dx_str *number, dx_str *rest);

/** "Hà Nội, ngày 18 tháng 01 năm 2010", "NGÀY 15 THÁNG 01 NĂM 2010": the day. A line
 *  with an empty day ("ngày … tháng …") is such a line, too: DX_DATE_UNKNOWN. */
bool dx_state_is_place_and_date(dx_str line, int32_t *date);

/** The type of document that the whole line is the heading of ("Quyết định"), a
 *  static string; NULL for none. "QUYẾT ĐỊNH:" is no heading. */
const char *dx_state_type(dx_str line);

/** A body or an office of the state: "BỘ TƯ PHÁP", "ỦY BAN NHÂN DÂN". */
bool dx_state_is_body(dx_str line);

/** Who decides, below the heading: "THỦ TƯỚNG CHÍNH PHỦ", "BỘ TRƯỞNG BỘ TƯ PHÁP". */
bool dx_state_is_authority(dx_str line);

/** "Căn cứ …", "Điều 1. …", "Kính gửi: …": the text has begun. */
bool dx_state_begins_text(dx_str line);

/** A number alone: 28/2013/QH13, 09/NQ-HĐND. */
bool dx_state_is_number(dx_str s);

/** A title that says no more than a document's type and number, "Quyết định số
 *  12/QĐ-UBND", and perhaps *behind them, set apart, something else: the name of the
 *  site. */
bool dx_state_title_is_number(dx_str title, dx_str *behind);

/** A person's name alone in the line. */
bool dx_state_is_name(dx_str line);

#endif
