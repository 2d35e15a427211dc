/* PDF, by pdftotext of poppler: text page by page, and what the file says of itself,
 * in one run. */
#include "indexer/input/chars/chars.h"
#include "indexer/input/documents/converter.h"
#include "indexer/input/documents/document.h"
#include "indexer/input/documents/pdf_output.h"
#include "indexer/input/documents/printed.h"
#include "indexer/input/source.h"

/* What it wrote to an article. */
static dx_status make_article(dx_str output, dx_arena *scratch, dx_arena *arena,
    dx_article *a, dx_error *err)
{
    dx_document document = {0};
    dx_str pages;
    dx_printed printed;

    DX_TRY(dx_pdf_output_read(output, scratch, &document, &pages, err));
    DX_TRY(dx_printed_read(pages, scratch, &printed, err));
    if (printed.is_scan) {
        a->left_out = DX_LEFT_SCAN;
        return DX_OK;
    }
    document.text = printed.text;
    document.page_starts = printed.page_starts;
    document.pages = printed.pages;
    return dx_document_article(&document, arena, a, err);
}

static dx_status read_pdf(const dx_record *record,
    const dx_input_options *options, dx_arena *arena, dx_article *out,
    dx_error *err)
{
    static const char *const argv[] = {"pdftotext", "-enc", "UTF-8", "-htmlmeta",
        "-", "-", NULL};
    dx_arena scratch = DX_ARENA_INIT;
    dx_str output;

    (void)options;
    dx_status rc = dx_converter_run(argv, "poppler-utils", record->bytes,
        &scratch, &output, err);
    if (rc == DX_OK)
        rc = make_article(output, &scratch, arena, out, err);
    dx_arena_free(&scratch);
    return rc;
}

static bool sniff(dx_str first)
{
    return dx_starts_with(first, "%pdf-") > 0;
}

const dx_source dx_source_pdf = {
    .name = "pdf",
    .extensions = {".pdf"},
    .sniff = sniff,
    .cut = dx_source_cut_whole,
    .read = read_pdf,
};
