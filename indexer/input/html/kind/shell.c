/* Tells the empty pages of single-page applications. */
#include "indexer/input/html/kind/shell.h"

#include <string.h>

#include "indexer/input/chars/chars.h"

#define NOTICE_MAX_BYTES 400u

/* An id as create-react-app, Vue CLI, Next, Nuxt, Gatsby and others write it. */
static bool is_mount(dx_str at)
{
    static const char *const names[] = {"root", "app", "__next", "__nuxt",
        "app-root", "___gatsby", "react-root", "q-app", "svelte", "main-app"};

    if (at.len && (*at.ptr == '"' || *at.ptr == '\''))
        at = dx_str_from_offset(at, 1);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t n = strlen(names[i]);
        if (at.len > n && memcmp(at.ptr, names[i], n) == 0 &&
            strchr("\"'> /", at.ptr[n]))
            return true;
    }
    return false;
}

static bool has_mount(dx_str html)
{
    static const char id[] = " id=";

    if (dx_find_ascii(html, "<app-root") >= 0)
        return true;
    while (html.len) {
        const char *at = memmem(html.ptr, html.len, id, sizeof id - 1);
        if (!at)
            return false;
        html = dx_str_from_offset(html, (size_t)(at - html.ptr) + sizeof id - 1);
        if (is_mount(html))
            return true;
    }
    return false;
}

static bool is_notice(dx_str body)
{
    static const char *const words[] = {"javascript", "loading"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (dx_find_ascii(body, words[i]) >= 0)
            return true;
    return dx_starts_with_typed(body, "đang tải") > 0 ||
           dx_starts_with_typed(body, "vui lòng chờ") > 0;
}

bool dx_html_is_shell(dx_str html, dx_str body)
{
    if (body.len > NOTICE_MAX_BYTES || (body.len && !is_notice(body)))
        return false;
    return dx_find_ascii(html, "<script") >= 0 && has_mount(html);
}
