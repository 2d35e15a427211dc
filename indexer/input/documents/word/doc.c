/* DOC of Word 6.0 to 2003, in process: antiword loses line ends or draws tables, catdoc
 * loses the letter of TCVN3 that is a soft hyphen. */
#include "indexer/input/child/child.h"
#include "indexer/input/documents/document.h"
#include "indexer/input/documents/word/summary.h"
#include "indexer/input/documents/word/word_text.h"
#include "indexer/input/documents/written.h"
#include "indexer/input/source.h"

static dx_status make_article(dx_str bytes, dx_buf *text, dx_arena *scratch,
    dx_arena *arena, dx_article *out, dx_error *err)
{
    dx_document document = {0};
    dx_compound file;

    DX_TRY(dx_compound_open(bytes, scratch, &file, err));
    DX_TRY(dx_word_text(&file, text, &document.encoding, err));
    DX_TRY(dx_word_summary(&file, &document, err));
    DX_TRY(dx_written_read((dx_str){(const char *)text->data, text->len},
        scratch, &document.text, &document.encoding, err));
    return dx_document_article(&document, arena, out, err);
}

static dx_status read_doc(const dx_record *record,
    const dx_input_options *options, dx_arena *arena, dx_article *out,
    dx_error *err)
{
    dx_arena scratch = DX_ARENA_INIT;
    dx_buf text;

    (void)options;
    if (!dx_compound_is(record->bytes))
        return dx_fail(err, DX_ERR_FORMAT,
            "no Word document; give it the ending of what it is");
    dx_buf_init(&text, DX_CHILD_OUTPUT_MAX_BYTES);
    dx_status rc = make_article(record->bytes, &text, &scratch, arena, out, err);
    dx_buf_free(&text);
    dx_arena_free(&scratch);
    return rc;
}

const dx_source dx_source_doc = {
    .name = "doc",
    .extensions = {".doc", ".dot"},
    .sniff = dx_compound_is,
    .is_sure = dx_compound_is,
    .cut = dx_source_cut_whole,
    .read = read_doc,
};
