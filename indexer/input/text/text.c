/* Plain text as portals and newsrooms leave it; assemble.h makes articles of it. */
#include "common/base/arena.h"
#include "indexer/input/chars/charset.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/clean.h"
#include "indexer/input/chars/escapes.h"
#include "indexer/input/chars/repair.h"
#include "indexer/input/finish.h"
#include "indexer/input/source.h"
#include "indexer/input/text/assemble.h"

/* A text takes some ten times its size on its way; the longest law has a tenth of it. */
#define TEXT_MAX_BYTES ((size_t)16 << 20)

/* '\n', '\r\n', or '\r' as old Macs wrote. NULL: there is none. */
static const char *line_end(dx_str text)
{
    const char *p = text.ptr, *end = dx_str_end(text);

    while (p < end && *p != '\n' && *p != '\r')
        p++;
    return p < end ? p : NULL;
}

static dx_status split_lines(dx_str text, dx_arena *arena, dx_paras *p,
    dx_error *err)
{
    bool blank = true;

    while (text.len) {
        const char *nl = line_end(text);
        size_t n = nl ? (size_t)(nl - text.ptr) : text.len;
        dx_str line;
        DX_TRY(dx_clean((dx_str){text.ptr, n}, DX_CLEAN_LINE, arena, &line,
            err));
        if (nl && *nl == '\r' && n + 1 < text.len && nl[1] == '\n')
            nl++;
        text = dx_str_from_offset(text, nl ? (size_t)(nl + 1 - text.ptr) : n);
        if (line.len)
            DX_TRY(dx_paras_add(p, line, blank, err));
        blank = line.len == 0;
    }
    return DX_OK;
}

/* A file of another kind with a .txt name shows itself by its zero bytes or by
 * how little of it is text. A zero or two are a slip of some program. */
static bool is_binary(dx_str text)
{
    dx_str head = {text.ptr, text.len < 8192 ? text.len : 8192};
    size_t odd = 0, zeros = 0;

    for (size_t i = 0; i < head.len; i++) {
        unsigned char b = (unsigned char)head.ptr[i];
        zeros += b == 0;
        odd += b < 0x20 && !strchr("\t\n\r\f\v\x1A", b);
    }
    return zeros > 2 + head.len / 1024 || odd * 20 > head.len;
}

/* What such a zero stood for is a blank at most. */
static dx_status without_zeros(dx_str text, dx_arena *arena, dx_str *out,
    dx_error *err)
{
    *out = text;
    if (!text.len || !memchr(text.ptr, 0, text.len))
        return DX_OK;
    char *copy = dx_arena_strndup(arena, text.ptr, text.len);
    if (!copy)
        return dx_fail_nomem(err);
    for (size_t i = 0; i < text.len; i++)
        copy[i] = text.ptr[i] ? text.ptr[i] : ' ';
    *out = (dx_str){copy, text.len};
    return DX_OK;
}

static dx_status without_entities(dx_str text, dx_arena *arena, dx_str *out,
    dx_error *err)
{
    *out = text;
    if (!text.len || !memchr(text.ptr, '&', text.len))
        return DX_OK;
    char *copy = dx_arena_alloc(arena, text.len);
    if (!copy)
        return dx_fail_nomem(err);
    *out = (dx_str){copy, dx_escapes_undo(text, true, copy)};
    return DX_OK;
}

/* The file's bytes as the text that its reader saw. */
static dx_status text_of(dx_str bytes, dx_arena *arena, dx_str *out,
    const char **encoding, dx_error *err)
{
    dx_charset charset;
    size_t skip;

    DX_TRY(dx_charset_detect(bytes, &charset, &skip, err));
    *encoding = dx_charset_name(charset);
    DX_TRY(dx_charset_decode(charset, dx_str_from_offset(bytes, skip), arena,
        out, err));
    if (is_binary(*out))
        return dx_fail(err, DX_ERR_FORMAT,
            "not a text file; leave it out or convert it");
    DX_TRY(without_zeros(*out, arena, out, err));
    DX_TRY(dx_repair(*out, arena, out, encoding, err));
    return without_entities(*out, arena, out, err);
}

static dx_status read_text(const dx_record *record,
    const dx_input_options *options, dx_arena *arena, dx_article *out,
    dx_error *err)
{
    (void)options;
    dx_paras paras = {0};
    size_t from = 0;
    dx_str text;

    DX_TRY(text_of(record->bytes, arena, &text, &out->from.encoding, err));
    dx_status status = split_lines(text, arena, &paras, err);
    if (status == DX_OK)
        status = dx_text_assemble(&paras, arena, out, &from, err);
    if (status == DX_OK)
        status = dx_paras_join(&paras, from, arena, &out->body, err);
    dx_paras_free(&paras);
    DX_TRY(status);
    return dx_article_own(out, arena, err); /* they may be the record's */
}

const dx_source dx_source_text = {
    .name = "text",
    .extensions = {".txt"},
    .max_bytes = TEXT_MAX_BYTES,
    .cut = dx_source_cut_whole,
    .read = read_text,
};
