/* PDF, by pdftotext of poppler: text page by page, and what the file says of itself,
 * in one run. */
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/charset.h"
#include "indexer/input/documents/converter.h"
#include "indexer/input/documents/document.h"
#include "indexer/input/documents/pdf/pdf_output.h"
#include "indexer/input/documents/pdf/printed.h"
#include "indexer/input/source.h"

/* What is on the pages to an article, or told as a scan. */
static dx_status read_pages(dx_str pages, dx_document *document,
    dx_arena *scratch, dx_arena *arena, dx_article *a, dx_error *err)
{
    dx_printed printed;

    DX_TRY(dx_printed_read(pages, scratch, &printed, err));
    if (printed.is_scan) {
        a->left_out = DX_LEFT_SCAN;
        return DX_OK;
    }
    document->text = printed.text;
    document->page_starts = printed.page_starts;
    document->pages = printed.pages;
    document->encoding = printed.encoding;
    return dx_document_article(document, arena, a, err);
}

/* What the user's command sees on the pictures. */
static dx_status read_scan(dx_str pdf, const char *ocr, dx_document *document,
    dx_arena *scratch, dx_arena *arena, dx_article *a, dx_error *err)
{
    dx_str pages;

    DX_TRY(dx_converter_run_own(ocr, pdf, scratch, &pages, err));
    DX_TRY(dx_charset_to_utf8(pages, scratch, &pages, err));
    a->left_out = DX_LEFT_NOT;
    a->from.extractor = "ocr";
    return read_pages(pages, document, scratch, arena, a, err);
}

static dx_status read_all(dx_str pdf, const dx_input_options *options,
    dx_arena *scratch, dx_arena *arena, dx_article *a, dx_error *err)
{
    static const char *const argv[] = {"pdftotext", "-enc", "UTF-8", "-htmlmeta",
        "-", "-", NULL};
    dx_document document = {0};
    dx_str output, pages;

    DX_TRY(dx_converter_run(argv, "poppler-utils", pdf, scratch, &output, err));
    DX_TRY(dx_pdf_output_read(output, scratch, &document, &pages, err));
    DX_TRY(read_pages(pages, &document, scratch, arena, a, err));
    if (a->left_out == DX_LEFT_SCAN && options->ocr)
        return read_scan(pdf, options->ocr, &document, scratch, arena, a, err);
    return DX_OK;
}

static dx_status read_pdf(const dx_record *record,
    const dx_input_options *options, dx_arena *arena, dx_article *out,
    dx_error *err)
{
    dx_arena scratch = DX_ARENA_INIT;
    dx_status rc = read_all(record->bytes, options, &scratch, arena, out, err);

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
    .is_sure = sniff,
    .cut = dx_source_cut_whole,
    .read = read_pdf,
};
