/* Fields of tab separated output, escaped. */
#include "indexer/cli/inspect/tab_field.h"

#include "common/index/field/attribute.h"
#include "common/index/segment/dictionary.h"

void dx_tab_field_put(FILE *out, dx_str s)
{
    if (dx_term_is_attribute(s) && s.len >= DX_ATTRIBUTE_PREFIX_BYTES) {
        fputs(dx_attribute_prefix((dx_attribute)s.ptr[1]), out);
        s = (dx_str){s.ptr + DX_ATTRIBUTE_PREFIX_BYTES,
            s.len - DX_ATTRIBUTE_PREFIX_BYTES};
    }
    for (size_t i = 0; i < s.len; i++) {
        switch (s.ptr[i]) {
        case '\\':
            fputs("\\\\", out);
            break;
        case '\t':
            fputs("\\t", out);
            break;
        case '\n':
            fputs("\\n", out);
            break;
        case DX_TITLE_MARK:
            fputs("title:", out);
            break;
        default:
            putc(s.ptr[i], out);
        }
    }
}
