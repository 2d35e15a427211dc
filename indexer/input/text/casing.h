/* casing.h -- what headings of documents write in capitals, as it stands in their text:
 * there it is seen what is a name. Everything fails only with NOMEM; strings are in
 * `arena` or borrow from `text`. */
#ifndef DX_INDEXER_INPUT_TEXT_CASING_H
#define DX_INDEXER_INPUT_TEXT_CASING_H

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "indexer/input/text/paras.h"

/** "QUY ĐỊNH TỔ CHỨC CƠ QUAN THUỘC CHÍNH PHỦ" to "quy định tổ chức cơ quan thuộc Chính
 *  phủ": as many words at once as the text has together, the others in small letters,
 *  but for numbers. */
DX_NODISCARD dx_status dx_casing_of_title(dx_str capitals, const dx_paras *text,
    dx_arena *arena, dx_str *out, dx_error *err);

/** "ỦY BAN NHÂN DÂN TỈNH BẮC GIANG" to "Ủy ban nhân dân tỉnh Bắc Giang": as the text
 *  has it, or by the rules for names of bodies and places. */
DX_NODISCARD dx_status dx_casing_of_body(dx_str capitals, const dx_paras *text,
    dx_arena *arena, dx_str *out, dx_error *err);

#endif
