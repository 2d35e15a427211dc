/* Results as lines of a TREC run. */
#include "searcher/output/trec.h"

#include <stdbool.h>
#include <string.h>

#include "common/text/utf8.h"

static bool is_separator(uint32_t c)
{
    return c <= 0x20 || c == '%' || (c >= 0x7F && c <= 0xA0) || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
           c == 0x202F || c == 0x205F || c == 0x3000;
}

static void put_id(dx_buf *out, const char *id)
{
    const char *end = id + strlen(id);

    if (id == end)
        dx_buf_putc(out, '%');
    while (id < end) {
        uint32_t c = 0;
        size_t len = dx_utf8_decode(id, end, &c);
        bool is_escaped = len == 0 || is_separator(c);
        len = len ? len : 1;
        if (is_escaped)
            for (size_t i = 0; i < len; i++)
                dx_buf_printf(out, "%%%02X", (unsigned)(unsigned char)id[i]);
        else
            dx_buf_put(out, id, len);
        id += len;
    }
}

static void put_hit(const dx_output *o, const dx_hit *hit)
{
    put_id(o->out, o->view->qid ? o->view->qid : "1");
    dx_buf_puts(o->out, " Q0 ");
    put_id(o->out, dx_hit_field(hit, "id"));
    dx_buf_printf(o->out, " %lu %.6f dx\n",
        (unsigned long)dx_hit_rank(hit) + 1, dx_hit_score(hit));
}

const dx_format dx_format_trec = {.name = "trec", .mime = "text/plain",
    .use = DX_FORMAT_TERMINAL, .hit = put_hit};
