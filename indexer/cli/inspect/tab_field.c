/* Fields of tab separated output, escaped. */
#include "indexer/cli/inspect/tab_field.h"

#include "common/index/field/attribute.h"
#include "common/index/segment/dictionary.h"

void dx_tab_field_put(FILE *out, dx_str s)
{
    if (dx_term_is_attribute(s)) {
        fprintf(out, "%s:", dx_field_asked(dx_attribute_field(s)));
        s = dx_attribute_value(s);
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
        case DX_OUTSIDE_MARK:
            fputs("-body:", out);
            break;
        case DX_OUTSIDE_SPELT_MARK:
            fputs("-body:=", out);
            break;
        default:
            putc(s.ptr[i], out);
        }
    }
}
