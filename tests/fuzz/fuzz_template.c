/* Any bytes as a template: read or refused with a line; and what is read keeps a hostile value
 * in its place, so that a page has the tags of its template, none of a value's. */
#include <string.h>

#include "searcher/output/html/template/template.h"
#include "tests/fuzz/fuzz.h"

static const char hostile[] = "\"'><x y=z>--></script></style>javascript:{{source}}";

/* Tags that only a value could have brought. */
static void check_page(dx_str text, const dx_buf *out)
{
    static const char tag[] = "<x y=z>";
    const void *ours = memmem(text.ptr, text.len, tag, sizeof tag - 1);

    FUZZ_CHECK(out->status == DX_OK || out->status == DX_ERR_LIMIT);
    FUZZ_CHECK(ours || !out->len || !memmem(out->data, out->len, tag, sizeof tag - 1));
}

static void write_out(const dx_template *t, dx_str text, bool is_full)
{
    dx_values values;
    dx_buf out;

    dx_values_init(&values);
    for (unsigned i = 0; is_full && i < DX_SLOTS; i++) {
        if (i < DX_HTML_SLOTS)
            dx_buf_puts(&values.html[i], "<b>");
        else
            dx_values_set(&values, (dx_slot)i, hostile);
    }
    dx_buf_init(&out, 1 << 20);
    dx_template_put(t, &values, is_full ? DX_VIETNAMESE : DX_ENGLISH, &out);
    check_page(text, &out);
    dx_buf_free(&out);
    dx_values_free(&values);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dx_str text = {(const char *)data, size};

    for (unsigned part = 0; part < DX_TEMPLATES; part++) {
        dx_error err = {0};
        dx_template t;
        dx_status rc = dx_template_read((dx_template_id)part, text, &t, &err);
        FUZZ_CHECK(rc == DX_OK || rc == DX_ERR_INVALID);
        FUZZ_CHECK(rc == DX_OK || (*err.msg >= '1' && *err.msg <= '9'));
        if (rc != DX_OK)
            continue;
        write_out(&t, text, false);
        write_out(&t, text, true);
        dx_template_free(&t);
    }
    return 0;
}
