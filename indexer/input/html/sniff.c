/* Tells pages from other things that begin with '<'. */
#include "indexer/input/html/sniff.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "indexer/input/chars/chars.h"

#define SEEN_BYTES 2048u /* of the beginning, zeros of UTF-16 left out */

/* Elements that pages, or pieces of them, begin with. */
static const char *const tags[] = {"html", "head", "body", "meta", "title", "link",
    "script", "style", "base", "div", "p", "table", "thead", "tbody", "tr", "td", "th",
    "caption", "h1", "h2", "h3", "h4", "h5", "h6", "article", "section", "main",
    "header", "footer", "nav", "aside", "center", "form", "fieldset", "label", "input",
    "select", "button", "span", "font", "br", "hr", "ul", "ol", "li", "dl", "dt", "dd",
    "img", "figure", "picture", "video", "iframe", "noscript", "blockquote", "pre",
    "strong", "em", "small", "b", "i", "u", "a", "o:p"};

/* What is between the marks of a comment or declaration at the start of `s` and
 * these marks themselves, passed over; all when it does not end. */
static bool pass_over(dx_str *s, const char *from, const char *to)
{
    size_t n = strlen(from);

    if (s->len < n || strncasecmp(s->ptr, from, n) != 0)
        return false;
    const char *end = memmem(s->ptr + n, s->len - n, to, strlen(to));
    size_t past = end ? (size_t)(end - s->ptr) + strlen(to) : s->len;
    *s = dx_str_trim(dx_str_from_offset(*s, past));
    return true;
}

static bool begins_with_element(dx_str s)
{
    size_t n = 1;

    if (s.len < 2 || s.ptr[0] != '<')
        return false;
    while (n < s.len && n < 16 && !strchr(" \t\r\n/>", s.ptr[n]))
        n++;
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (strlen(tags[i]) == n - 1 &&
            strncasecmp(tags[i], s.ptr + 1, n - 1) == 0)
            return n < s.len;
    return false;
}

static bool is_source_of_page(dx_str s)
{
    return s.len >= 2 &&
           (memcmp(s.ptr, "<%", 2) == 0 || memcmp(s.ptr, "<?", 2) == 0);
}

static bool is_page(dx_str s)
{
    while (pass_over(&s, "<?xml", "?>") || pass_over(&s, "<!--", "-->"))
        ;
    if (dx_starts_with(s, "<!doctype html") || begins_with_element(s))
        return true;
    if (is_source_of_page(s) || memchr(s.ptr, '\0', s.len))
        return false;
    return dx_find_ascii(s, "<!doctype html") >= 0 ||
           dx_find_ascii(s, "<html") >= 0;
}

bool dx_html_is_sure(dx_str first)
{
    char seen[SEEN_BYTES];
    size_t n = 0;
    dx_str mark = {first.ptr, first.len < 2 ? first.len : 2};
    bool is_wide = dx_str_eq(mark, DX_STR_LIT("\xFF\xFE")) ||
                   dx_str_eq(mark, DX_STR_LIT("\xFE\xFF")) ||
                   dx_str_eq(mark, DX_STR_LIT("<\0"));

    for (size_t i = is_wide && *mark.ptr != '<' ? 2 : 0;
         i < first.len && n < sizeof seen; i++)
        if (!is_wide || first.ptr[i] != '\0')
            seen[n++] = first.ptr[i];
    dx_str s = dx_trim((dx_str){seen, n});
    return s.len > 0 && is_page(s);
}
