/* What the two forms of a term tell. */
#include "common/text/term.h"

bool dx_term_is_marked(const dx_term *t)
{
    if (t->kind > DX_TERM_WORD || dx_str_eq(t->exact, t->folded))
        return false;
    for (size_t i = 0; i < t->exact.len; i++)
        if ((unsigned char)t->exact.ptr[i] >= 0x80)
            return true;
    return false;
}
