/* RTF, in process: unrtf loses letters behind those that are written by number, as
 * most of Vietnamese are. */
#include "indexer/input/chars/chars.h"
#include "indexer/input/child/child.h"
#include "indexer/input/documents/document.h"
#include "indexer/input/documents/rtf/rtf_text.h"
#include "indexer/input/documents/written.h"
#include "indexer/input/source.h"

static dx_status make_article(dx_str rtf, dx_buf *text, dx_arena *scratch,
    dx_arena *arena, dx_article *out, dx_error *err)
{
    dx_document document = {0};

    DX_TRY(dx_rtf_text(rtf, scratch, text, &document, err));
    DX_TRY(dx_written_read((dx_str){(const char *)text->data, text->len},
        scratch, &document.text, &document.encoding, err));
    return dx_document_article(&document, arena, out, err);
}

static dx_status read_rtf(const dx_record *record,
    const dx_input_options *options, dx_arena *arena, dx_article *out,
    dx_error *err)
{
    dx_arena scratch = DX_ARENA_INIT;
    dx_buf text;

    (void)options;
    dx_buf_init(&text, DX_CHILD_OUTPUT_MAX_BYTES);
    dx_status rc = make_article(record->bytes, &text, &scratch, arena, out, err);
    dx_buf_free(&text);
    dx_arena_free(&scratch);
    return rc;
}

static bool sniff(dx_str first)
{
    return dx_starts_with(first, "{\\rtf") > 0;
}

const dx_source dx_source_rtf = {
    .name = "rtf",
    .extensions = {".rtf"},
    .sniff = sniff,
    .is_sure = sniff,
    .cut = dx_source_cut_whole,
    .read = read_rtf,
};
