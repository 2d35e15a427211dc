/* The text of a field that may be a piece of HTML. */
#include "indexer/input/html/fragment.h"

#include "common/base/buf.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/html/dom_gumbo.h"
#include "indexer/input/html/tame.h"

#define TEXT_MAX_BYTES (64u << 20)
#define ENTITY_MAX_BYTES 10u

/* ---- what is HTML ---- */

/* Tags that make a text HTML: those that are written alone, or end what they began. A
 * tag that only opens may be what the text is about. */
static bool is_tag(dx_str after)
{
    static const char *const alone[] = {"br", "p", "hr", "img", "div", "script",
        "style", "iframe", "input", "!--"};
    static const char *const ending[] = {"p", "div", "span", "a", "b", "i", "u", "em",
        "strong", "font", "ul", "ol", "li", "table", "td", "tr", "h1", "h2", "h3",
        "h4", "h5", "h6", "blockquote", "figure", "section", "article", "sup",
        "sub", "small", "body", "html", "center", "pre", "code", "mark"};
    bool ends = after.len && after.ptr[0] == '/';
    const char *const *names = ends ? ending : alone;
    size_t count = ends ? sizeof ending / sizeof *ending
                        : sizeof alone / sizeof *alone;

    after = dx_str_from_offset(after, ends);
    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(names[i]);
        if (after.len <= n || !dx_equals((dx_str){after.ptr, n}, names[i]))
            continue;
        char next = after.ptr[n];
        if (names[i][0] == '!' || (next && strchr(" >/\n\t", next)))
            return true;
    }
    return false;
}

static bool has_tags(dx_str s)
{
    const char *end = dx_str_end(s), *p = s.ptr;

    while (p < end && (p = memchr(p, '<', (size_t)(end - p))) != NULL) {
        p++;
        if (is_tag((dx_str){p, (size_t)(end - p)}))
            return memchr(p, '>', (size_t)(end - p)) != NULL;
    }
    return false;
}

/* &nbsp; &#160; &#xA0; */
static bool has_entities(dx_str s)
{
    const char *end = dx_str_end(s), *p = s.ptr;

    while (p < end && (p = memchr(p, '&', (size_t)(end - p))) != NULL) {
        const char *name = ++p;
        p += p < end && *p == '#';
        while (p < end && p - name < (ptrdiff_t)ENTITY_MAX_BYTES &&
               (dx_is_digit(*p) || ((*p | 32) >= 'a' && (*p | 32) <= 'z')))
            p++;
        if (p < end && *p == ';' && p - name >= 2)
            return true;
    }
    return false;
}

bool dx_html_is_page(dx_str text)
{
    static const char *const starts[] = {"<!doctype html", "<html"};

    text = dx_trim(text);
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        size_t n = strlen(starts[i]);
        if (text.len > n && dx_equals((dx_str){text.ptr, n}, starts[i]))
            return true;
    }
    return false;
}

/* ---- its text ---- */

static void put_escaped(dx_buf *out, dx_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] == '<')
            dx_buf_puts(out, "&lt;");
        else
            dx_buf_putc(out, s.ptr[i]);
}

static bool is_block(const dx_dom_node *node)
{
    return node->kind == DX_DOM_BLOCK && strcmp(node->tag, "html") != 0 &&
           strcmp(node->tag, "body") != 0;
}

static bool has_blocks(const dx_dom *dom)
{
    for (uint32_t i = 0; i < dom->count; i++)
        if (is_block(&dom->nodes[i]))
            return true;
    return false;
}

/* A line end is a blank to HTML; where nothing else parts paragraphs, it does. */
static void put_text(dx_buf *out, dx_str text, bool lines)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        dx_buf_putc(out, c == '\n' && !lines ? ' ' : c);
    }
}

/* The texts between blocks, each block's own in lines. */
static dx_status put_texts(const dx_dom *dom, dx_arena *scratch, dx_buf *out,
    dx_error *err)
{
    uint8_t *breaks = dx_arena_calloc(scratch, dom->count + 1, 1);
    bool lines = !has_blocks(dom);

    if (!breaks)
        return dx_fail_nomem(err);
    for (uint32_t i = 0; i < dom->count;) {
        const dx_dom_node *node = &dom->nodes[i];
        if (breaks[i] || is_block(node))
            dx_buf_putc(out, '\n');
        if (node->kind == DX_DOM_SKIP && strcmp(node->tag, "head") != 0) {
            i = node->end;
            continue;
        }
        if (is_block(node))
            breaks[node->end] = 1;
        else if (node->kind == DX_DOM_CELL)
            dx_buf_putc(out, ' ');
        else if (node->kind == DX_DOM_TEXT)
            put_text(out, node->text, lines);
        i++;
    }
    return out->status == DX_OK ? DX_OK
                                : dx_fail(err, out->status, "too long a text");
}

/* The bytes of a blank or no-break space at `p`, or 0. */
static size_t blank_at(const char *p, const char *end)
{
    if (*p == ' ' || *p == '\t')
        return 1;
    return end - p >= 2 && memcmp(p, "\xC2\xA0", 2) == 0 ? 2 : 0;
}

/* Clean lines, none of them empty, one blank between words. Cleaning may lengthen a text
 * (repair.h), joining blanks does not. */
static dx_status cleaned_lines(dx_str text, dx_arena *arena, dx_str *out,
    dx_error *err)
{
    DX_TRY(dx_clean(text, DX_CLEAN_TEXT, arena, &text, err));
    const char *p = text.ptr, *end = dx_str_end(text);
    char *lines = dx_arena_alloc(arena, text.len + 1);
    size_t len = 0, blank;
    char between = '\0'; /* what goes before the next word */

    if (!lines)
        return dx_fail_nomem(err);
    while (p < end) {
        if (*p == '\n') {
            between = '\n';
            p++;
        } else if ((blank = blank_at(p, end)) != 0) {
            between = between == '\n' ? '\n' : ' ';
            p += blank;
        } else {
            if (between && len)
                lines[len++] = between;
            between = '\0';
            lines[len++] = *p++;
        }
    }
    lines[len] = '\0';
    *out = (dx_str){lines, len};
    return DX_OK;
}

static dx_status text_of_html(dx_str html, dx_clean_form form, dx_arena *scratch,
    dx_buf *text, dx_arena *arena, dx_str *out, dx_error *err)
{
    dx_dom dom;

    DX_TRY(dx_html_tame(html, scratch, &html, err));
    DX_TRY(dx_dom_parse(html, NULL, scratch, &dom, err));
    dx_buf_clear(text);
    DX_TRY(put_texts(&dom, scratch, text, err));
    dx_str all = {(const char *)text->data, text->len};
    return form == DX_CLEAN_LINE ? dx_clean_copy(all, form, arena, out, err)
                                 : cleaned_lines(all, arena, out, err);
}

/* One layer of markup: tags, or entities alone, where a "<" is just that. */
static dx_status read_layer(dx_str in, bool tags, dx_clean_form form,
    dx_arena *arena, dx_str *out, dx_error *err)
{
    dx_arena scratch = DX_ARENA_INIT;
    dx_buf escaped, text;
    dx_status rc = DX_OK;

    dx_buf_init(&escaped, TEXT_MAX_BYTES);
    dx_buf_init(&text, TEXT_MAX_BYTES);
    if (!tags) {
        put_escaped(&escaped, in);
        in = (dx_str){(const char *)escaped.data, escaped.len};
        if (escaped.status != DX_OK)
            rc = dx_fail(err, escaped.status, "too long a text");
    }
    if (rc == DX_OK)
        rc = text_of_html(in, form, &scratch, &text, arena, out, err);
    dx_buf_free(&escaped);
    dx_buf_free(&text);
    dx_arena_free(&scratch);
    return rc;
}

/* ---- data: URIs ---- */

static bool is_base64(char c)
{
    return dx_is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '+' ||
           c == '/' || c == '=';
}

/* From where the next "data:TYPE;base64,DATA" in [from, end) goes up to *to; NULL for
 * none. Semicolons are rare, so one is looked for. */
static const char *data_uri(const char *from, const char *end, const char **to)
{
    static const char mark[] = ";base64,", start[] = "data:";
    const size_t type_max = 80;
    const char *p = from;

    while ((p = memchr(p, ';', (size_t)(end - p))) != NULL) {
        const char *semicolon = p++;
        if ((size_t)(end - semicolon) < sizeof mark - 1 ||
            memcmp(semicolon, mark, sizeof mark - 1) != 0)
            continue;
        const char *s = semicolon;
        while (s > from && (size_t)(semicolon - s) < type_max && *s != ':')
            s--;
        if (s - from < 4 || memcmp(s - 4, start, sizeof start - 1) != 0)
            continue;
        *to = semicolon + sizeof mark - 1;
        while (*to < end && is_base64(**to))
            ++*to;
        return s - 4;
    }
    return NULL;
}

static dx_status drop_data_uris(dx_str *text, dx_arena *arena, dx_error *err)
{
    const char *p = text->ptr, *end = dx_str_end(*text), *to;
    const char *uri = text->len ? data_uri(p, end, &to) : NULL;

    if (!uri)
        return DX_OK;
    char *rest = dx_arena_alloc(arena, text->len);
    size_t len = 0;
    if (!rest)
        return dx_fail_nomem(err);
    for (; uri; uri = data_uri(p, end, &to)) {
        memcpy(rest + len, p, (size_t)(uri - p));
        len += (size_t)(uri - p);
        p = to;
    }
    memcpy(rest + len, p, (size_t)(end - p));
    *text = dx_trim((dx_str){rest, len + (size_t)(end - p)});
    return DX_OK;
}

dx_status dx_html_field_text(dx_str text, dx_clean_form form, dx_arena *arena,
    dx_str *out, dx_error *err)
{
    bool tags = has_tags(text);

    *out = text;
    if (tags || has_entities(text)) {
        DX_TRY(read_layer(text, tags, form, arena, out, err));
        /* Escaped twice: what was no HTML is HTML now, or has entities still. */
        if (!tags && (has_tags(*out) || has_entities(*out)))
            DX_TRY(read_layer(*out, has_tags(*out), form, arena, out, err));
        else if (tags && has_entities(*out))
            DX_TRY(read_layer(*out, false, form, arena, out, err));
    }
    return drop_data_uris(out, arena, err);
}
