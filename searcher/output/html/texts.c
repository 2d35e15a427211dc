/* The table of texts of the pages. */
#include "searcher/output/html/texts.h"

#include <string.h>

#include "common/base/escape.h"
#include "common/cli/number.h"

static const struct {
    const char *name, *vi, *en;
} texts[] = {
#define DX_TEXT_ROW(name, vi, en) {#name, vi, en},
    DX_TEXT_MAP(DX_TEXT_ROW)
#undef DX_TEXT_ROW
};

dx_text_id dx_text_named(dx_str name)
{
    unsigned i = 0;

    while (i < DX_TEXTS && !dx_str_eq(dx_str_from(texts[i].name), name))
        i++;
    return (dx_text_id)i;
}

const char *dx_text(dx_language language, dx_text_id id)
{
    return language == DX_VIETNAMESE ? texts[id].vi : texts[id].en;
}

static void put(dx_buf *out, dx_str text, const char *value)
{
    const char *mark = memchr(text.ptr, '%', text.len);

    if (!mark) {
        dx_html_put_str(out, text);
        return;
    }
    dx_html_put_str(out, (dx_str){text.ptr, (size_t)(mark - text.ptr)});
    dx_html_put(out, value);
    dx_html_put_str(out,
        (dx_str){mark + 1, (size_t)(text.ptr + text.len - (mark + 1))});
}

void dx_text_put(dx_buf *out, dx_language language, dx_text_id id,
    const char *value)
{
    put(out, dx_str_from(dx_text(language, id)), value);
}

void dx_text_put_count(dx_buf *out, dx_language language, dx_text_id id,
    uint64_t count)
{
    const char *text = dx_text(language, id);
    size_t one = strcspn(text, "|");
    char number[DX_FORMAT_BYTES];

    put(out,
        count == 1 || !text[one] ? (dx_str){text, one}
                                 : dx_str_from(text + one + 1),
        dx_number_text(language, count, number));
}
