/* state_document.h -- decisions, laws, letters of state bodies, as plain text:
 *
 *     ỦY BAN NHÂN DÂN      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM   letterhead, whose
 *     TỈNH BẮC GIANG         Độc lập - Tự do - Hạnh phúc        columns may come
 *     Số: 45/QĐ-UBND       Bắc Giang, ngày 05 tháng 6 năm 2023  in any order
 *                   QUYẾT ĐỊNH                                  type
 *         Về việc phê duyệt kế hoạch trồng cây xanh             what it is about
 *     Căn cứ …                                                  text
 *     KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / (Đã ký) / Nguyễn Văn An     signature
 *
 * The layout is that of Nghị định 30/2020/NĐ-CP and of what was usual before. */
#ifndef DX_INDEXER_INPUT_TEXT_STATE_DOCUMENT_H
#define DX_INDEXER_INPUT_TEXT_STATE_DOCUMENT_H

#include <stdbool.h>

#include "indexer/input/article.h"
#include "indexer/input/text/paras.h"

/** Whether `p` begins as a state document or a form. If so, what its letterhead and
 *  heading say goes to `out` where that is absent: title (type and what it is about),
 *  docno, doctype, issuer, date, issued; signer from its end. Unless
 *  it had a title already, letterhead and heading are removed, what is left is the
 *  body, and there is no lead. New
 *  strings are in `arena`, others borrow from `p`. Fails only with NOMEM. */
DX_NODISCARD dx_status dx_state_document_read(dx_paras *p, dx_arena *arena,
    dx_article *out, bool *found, dx_error *err);

#endif
