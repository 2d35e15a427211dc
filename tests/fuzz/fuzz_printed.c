/* Any bytes as what pdftotext wrote: paragraphs of clean lines, and each page's place in
 * them. */
#include "common/base/civil.h"
#include "indexer/input/documents/document.h"
#include "indexer/input/documents/pdf/pdf_output.h"
#include "indexer/input/documents/pdf/printed.h"
#include "tests/fuzz/fuzz_article.h"

static void check_pages(const dx_printed *p)
{
    for (size_t i = 0; i < p->pages; i++) {
        FUZZ_CHECK(p->page_starts[i] <= p->text.len);
        FUZZ_CHECK(i == 0 || p->page_starts[i - 1] <= p->page_starts[i]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dx_arena arena = DX_ARENA_INIT;
    dx_document document = {0};
    dx_article a = {.date = DX_DATE_UNKNOWN};
    dx_printed printed;
    dx_str pages;

    if (dx_pdf_output_read((dx_str){(const char *)data, size}, &arena, &document,
            &pages, NULL) == DX_OK &&
        dx_printed_read(pages, &arena, &printed, NULL) == DX_OK) {
        check_pages(&printed);
        FUZZ_CHECK(fuzz_is_clean(printed.text));
        document.text = printed.text;
        document.page_starts = printed.page_starts;
        document.pages = printed.pages;
        if (dx_document_article(&document, &arena, &a, NULL) == DX_OK)
            for (unsigned f = 0; f < DX_FIELDS; f++)
                FUZZ_CHECK(fuzz_is_clean(a.at[f]));
    }
    dx_arena_free(&arena);
    return 0;
}
