/* Plain text as portals and newsrooms leave it: see dx_boilerplate_remove()
 * for what is taken away, and below for headline and lead. */
#include "common/base/arena.h"
#include "indexer/input/chars/charset.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/clean.h"
#include "indexer/input/finish.h"
#include "indexer/input/source.h"
#include "indexer/input/text/boilerplate.h"
#include "indexer/input/text/headline.h"

#define LEAD_MAX_BYTES 1000u

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

/* The first line is the headline when it is followed by a blank line or by a
 * longer paragraph; else the file starts with its lead. A headline may end in
 * a question mark, and be of any length that still reads as one. */
static bool has_headline(const dx_paras *p)
{
    if (p->count < 2)
        return false;
    dx_str first = p->items[0].text, second = p->items[1].text;
    return first.len <= 250 && !strchr(".;,:", first.ptr[first.len - 1]) &&
           (p->items[1].after_blank || second.len > first.len);
}

static dx_status assemble(dx_paras *p, dx_arena *arena, dx_article *out,
    dx_error *err)
{
    size_t from = 0;

    dx_boilerplate_remove_head(p, out);
    if (has_headline(p))
        out->title = p->items[from++].text;
    /* Only below the headline: "Hà Nội" over an article is no byline. */
    dx_paras below = {p->count ? p->items + from : NULL, p->count - from, 0};
    dx_boilerplate_remove(&below, out);
    p->count = from + below.count;
    if (below.count)
        dx_boilerplate_remove_agency(&below.items[0].text, out);
    if (below.count > 1 && below.items[0].text.len <= LEAD_MAX_BYTES &&
        !dx_looks_like_headline(below.items[0].text)) {
        out->lead = below.items[0].text;
        from++;
    }
    return dx_paras_join(p, from, arena, &out->body, err);
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
        status = assemble(&paras, arena, out, err);
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
