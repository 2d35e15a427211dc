/* The HTML of pdftotext, which is always of one form: no parser needed. */
#include "indexer/input/documents/pdf/pdf_output.h"

#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/clean.h"

/* What stands between the two, or nothing. */
static dx_str between(dx_str s, const char *open, const char *close)
{
    ptrdiff_t from = dx_find_ascii(s, open);

    if (from < 0)
        return (dx_str){NULL, 0};
    s = dx_str_from_offset(s, (size_t)from + strlen(open));
    ptrdiff_t len = dx_find_ascii(s, close);
    return (dx_str){s.ptr, len < 0 ? 0 : (size_t)len};
}

/* The character that an entity of pdftotext stands for, or 0. */
static char entity(dx_str s, size_t *len)
{
    static const struct {
        const char *name;
        char c;
    } entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'},
        {"&quot;", '"'}, {"&apos;", '\''}, {"&#39;", '\''}};

    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        *len = strlen(entities[i].name);
        if (s.len >= *len && memcmp(s.ptr, entities[i].name, *len) == 0)
            return entities[i].c;
    }
    return 0;
}

static dx_status unescape(dx_str s, dx_arena *arena, dx_str *out, dx_error *err)
{
    char *text = dx_arena_alloc(arena, s.len + 1);
    size_t n = 0, len;

    if (!text)
        return dx_fail_nomem(err);
    while (s.len) {
        char c = *s.ptr == '&' ? entity(s, &len) : 0;
        text[n++] = c ? c : *s.ptr;
        s = dx_str_from_offset(s, c ? len : 1);
    }
    *out = (dx_str){text, n};
    return DX_OK;
}

static dx_status take(dx_str raw, dx_arena *arena, dx_str *out, dx_error *err)
{
    dx_str text = {NULL, 0};

    DX_TRY(unescape(raw, arena, &text, err));
    return dx_clean(text, DX_CLEAN_LINE, arena, out, err);
}

dx_status dx_pdf_output_read(dx_str output, dx_arena *arena, dx_document *out,
    dx_str *pages, dx_error *err)
{
    static const char open[] = "<pre>\n", close[] = "</pre>";
    ptrdiff_t at = dx_find_ascii(output, open);
    size_t from = at < 0 ? 0 : (size_t)at + strlen(open);
    dx_str head = {output.ptr, from}, text = dx_str_from_offset(output, from);
    size_t end = text.len;

    /* From behind: what is within is escaped, and may be long. */
    while (end >= strlen(close) &&
           memcmp(text.ptr + end - strlen(close), close, strlen(close)) != 0)
        end--;
    text.len = end >= strlen(close) ? end - strlen(close) : text.len;
    DX_TRY(take(between(head, "<title>", "</title>"), arena, &out->title, err));
    DX_TRY(take(between(head, "name=\"author\" content=\"", "\"/>"), arena,
        &out->author, err));
    DX_TRY(take(between(head, "name=\"creationdate\" content=\"", "\"/>"), arena,
        &out->created, err));
    DX_TRY(take(between(head, "name=\"moddate\" content=\"", "\"/>"), arena,
        &out->modified, err));
    return unescape(text, arena, pages, err);
}
