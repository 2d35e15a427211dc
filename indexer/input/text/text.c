/* Plain text as portals and newsrooms leave it; assemble.h makes articles of it. */
#include "common/base/arena.h"
#include "indexer/input/chars/charset.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/clean.h"
#include "indexer/input/finish.h"
#include "indexer/input/source.h"
#include "indexer/input/text/assemble.h"

static dx_status split_lines(dx_str text, dx_arena *arena, dx_paras *p,
    dx_error *err)
{
    bool blank = true;

    while (text.len) {
        const char *nl = memchr(text.ptr, '\n', text.len);
        size_t n = nl ? (size_t)(nl - text.ptr) : text.len;
        dx_str line;
        DX_TRY(dx_clean((dx_str){text.ptr, n}, DX_CLEAN_LINE, arena, &line,
            err));
        text = dx_str_from_offset(text, nl ? n + 1 : n);
        if (line.len)
            DX_TRY(dx_paras_add(p, line, blank, err));
        blank = line.len == 0;
    }
    return DX_OK;
}

/* A file of another kind with a .txt name shows itself by its zero bytes or by
 * how little of it is text. */
static bool is_binary(dx_str text)
{
    dx_str head = {text.ptr, text.len < 8192 ? text.len : 8192};
    size_t odd = 0;

    for (size_t i = 0; i < head.len; i++) {
        unsigned char b = (unsigned char)head.ptr[i];
        if (b == 0)
            return true;
        odd += b < 0x20 && !strchr("\t\n\r\f\v\x1A", b);
    }
    return odd * 20 > head.len;
}

static dx_status read_text(const dx_record *record,
    const dx_input_options *options, dx_arena *arena, dx_article *out,
    dx_error *err)
{
    (void)options;
    dx_str bytes = record->bytes;
    dx_paras paras = {0};
    dx_charset charset;
    size_t skip;
    dx_str text;

    DX_TRY(dx_charset_detect(bytes, &charset, &skip, err));
    bytes = dx_str_from_offset(bytes, skip);
    DX_TRY(dx_charset_decode(charset, bytes, arena, &text, err));
    if (is_binary(text))
        return dx_fail(err, DX_ERR_FORMAT,
            "not a text file; leave it out or convert it");
    dx_status status = split_lines(text, arena, &paras, err);
    if (status == DX_OK)
        status = dx_paras_join(&paras, dx_text_assemble(&paras, out), arena,
            &out->body, err);
    dx_paras_free(&paras);
    DX_TRY(status);
    return dx_article_own(out, arena, err); /* they may be the record's */
}

const dx_source dx_source_text = {
    .name = "text",
    .extensions = {".txt"},
    .cut = dx_source_cut_whole,
    .read = read_text,
};
