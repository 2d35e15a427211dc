/* Looking at the letters of a query as it was typed. */
#include "searcher/query/typing.h"

#include "common/base/str.h"
#include "common/text/utf8.h"

bool dx_typed_capital(const dx_query *q, const dx_query_word *w)
{
    uint32_t c;

    return dx_utf8_decode(q->text.ptr + w->start, dx_str_end(q->text), &c) > 0 &&
           dx_char_is_capital(c);
}

bool dx_typed_in_capitals(const dx_query *q, const dx_query_word *w)
{
    for (uint32_t i = w->start; i < w->end; i++)
        if (q->text.ptr[i] < 'A' || q->text.ptr[i] > 'Z')
            return false;
    return true;
}

bool dx_typed_small_letters(const dx_query *q)
{
    for (size_t i = 0; i < q->text.len; i++)
        if (q->text.ptr[i] >= 'a' && q->text.ptr[i] <= 'z')
            return true;
    return false;
}
