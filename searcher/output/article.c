/* What an article shows of its stored text. */
#include "searcher/output/article.h"

/* How many bytes the first `chars` characters of a text take. */
static uint32_t bytes_of(const char *text, uint32_t chars)
{
    const char *p = text;

    for (; *p; p++) {
        bool begins = ((unsigned char)*p & 0xC0) != 0x80;
        if (begins && chars-- == 0)
            break;
    }
    return (uint32_t)(p - text);
}

const char *dx_article_text(const dx_view *view, const dx_hit *hit,
    const dx_snippet_options *marks)
{
    dx_snippet_options plain = DX_SNIPPET_INIT, some = *marks;
    uint32_t chars = view->article_chars;

    if (chars == 0)
        return "";
    some.max_bytes = DX_ARTICLE_TEXT_BYTES_MAX;
    if (chars < DX_ARTICLE_TEXT_BYTES_MAX / 4) {
        plain.max_bytes = 4 * chars;
        plain.mark_open = plain.mark_close = "";
        plain.escape_html = false;
        some.max_bytes = bytes_of(dx_hit_text(hit, &plain), chars);
    }
    return dx_hit_text(hit, &some);
}
