/* docno.h -- document numbers in one spelling, however they are typed.
 *
 *     0749 / QĐ – TTg   749/qđ-ttg   749/QD-TTg   ->   749/qd-ttg
 *
 * A part of a number, such as QĐ-TTg, is written in the same way. */
#ifndef DX_SEARCHER_QUERY_DOCNO_H
#define DX_SEARCHER_QUERY_DOCNO_H

#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "common/text/analyzer.h"

/** Puts `s` in its one spelling into `out`, which is empty; nothing when it has
 *  no letter or digit. Fails with what `out` latches. */
DX_NODISCARD dx_status dx_query_docno_put(dx_analyzer *a, dx_str s,
    dx_buf *out);

#endif
