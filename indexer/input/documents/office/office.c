/* DOCX, ODT, XLSX, ODS and their like, in process: a zip file of XML parts. */
#include "indexer/input/chars/chars.h"
#include "indexer/input/child/child.h"
#include "indexer/input/documents/document.h"
#include "indexer/input/documents/office/cells.h"
#include "indexer/input/documents/office/package.h"
#include "indexer/input/documents/office/properties.h"
#include "indexer/input/documents/office/words.h"
#include "indexer/input/documents/written.h"
#include "indexer/input/source.h"

typedef struct reader {
    dx_buf text;
    dx_words words;
    dx_cells cells;
    dx_properties properties;
    dx_document document;
    const char *format; /* "docx"; NULL: nothing was found in it yet */
    bool shared_are_read;
} reader;

static bool is_below(dx_str name, const char *folder)
{
    size_t n = strlen(folder);

    return name.len > n && memcmp(name.ptr, folder, n) == 0 &&
           dx_find_ascii(name, ".xml") == (ptrdiff_t)name.len - 4;
}

static bool is_part(dx_str name, const char *part)
{
    return dx_str_eq(name, dx_str_from(part));
}

/* Everything but sheets. */
static bool want(void *ctx, dx_str name, dx_xml_reader *out)
{
    reader *r = ctx;

    if (is_below(name, "word/document") || is_below(name, "ppt/slides/slide")) {
        r->format = name.ptr[0] == 'w' ? "docx" : "pptx";
        r->words.format = DX_WORDS_OOXML;
        *out = dx_words_reader(&r->words);
    } else if (is_part(name, "content.xml")) {
        r->format = "odt";
        r->words.format = DX_WORDS_ODF;
        *out = dx_words_reader(&r->words);
    } else if (is_part(name, "xl/sharedStrings.xml")) {
        *out = dx_cells_shared_reader(&r->cells);
    } else if (is_part(name, "docProps/core.xml") ||
               is_part(name, "docProps/app.xml") || is_part(name, "meta.xml")) {
        *out = dx_properties_reader(&r->properties);
    } else if (is_below(name, "xl/worksheets/sheet")) {
        r->format = "xlsx";
        return false;
    } else {
        return false;
    }
    return true;
}

static bool want_sheets(void *ctx, dx_str name, dx_xml_reader *out)
{
    reader *r = ctx;

    if (!is_below(name, "xl/worksheets/sheet"))
        return false;
    *out = dx_cells_sheet_reader(&r->cells);
    return true;
}

static dx_status fail_long(dx_status rc, dx_error *err)
{
    if (rc == DX_ERR_NOMEM)
        return dx_fail_nomem(err);
    if (rc == DX_ERR_LIMIT && err && err->msg[0] == '\0')
        return dx_fail(err, rc, "more than %u MiB of text",
            DX_CHILD_OUTPUT_MAX_BYTES >> 20);
    return rc;
}

static dx_status read_parts(reader *r, dx_str zip, dx_error *err)
{
    DX_TRY(dx_package_read(zip, want, r, err));
    if (!r->format)
        return dx_fail(err, DX_ERR_FORMAT,
            "no document in it, or one that needs a password");
    if (strcmp(r->format, "xlsx") == 0)
        DX_TRY(dx_package_read(zip, want_sheets, r, err));
    if (r->words.is_spreadsheet)
        r->format = "ods";
    return DX_OK;
}

static dx_status make_article(reader *r, dx_str zip, dx_arena *scratch,
    dx_arena *arena, dx_article *out, dx_error *err)
{
    dx_status rc = read_parts(r, zip, err);

    if (rc != DX_OK)
        return fail_long(rc, err);
    dx_str text = {(const char *)r->text.data, r->text.len};
    out->from.extractor = r->format;
    if ((strcmp(r->format, "xlsx") == 0 || r->words.is_spreadsheet) &&
        dx_cells_are_table(text)) {
        out->left_out = DX_LEFT_TABLE;
        return DX_OK;
    }
    DX_TRY(dx_written_read(text, scratch, &r->document.text,
        &r->document.encoding, err));
    return dx_document_article(&r->document, arena, out, err);
}

static dx_status read_office(const dx_record *record,
    const dx_input_options *options, dx_arena *arena, dx_article *out,
    dx_error *err)
{
    dx_arena scratch = DX_ARENA_INIT;
    reader r = {.document.encoding = "UTF-8"}; /* of its XML, unless fonts say more */

    (void)options;
    dx_buf_init(&r.text, DX_CHILD_OUTPUT_MAX_BYTES);
    dx_cells_init(&r.cells, &r.text);
    r.words.text = &r.text;
    r.properties = (dx_properties){.out = &r.document, .arena = &scratch};
    dx_status rc = make_article(&r, record->bytes, &scratch, arena, out, err);
    dx_cells_free(&r.cells);
    dx_buf_free(&r.text);
    dx_arena_free(&scratch);
    return rc;
}

const dx_source dx_source_office = {
    .name = "office",
    .extensions = {".docx", ".odt", ".xlsx", ".ods"},
    .sniff = dx_package_is,
    .is_sure = dx_package_is,
    .cut = dx_source_cut_whole,
    .read = read_office,
};
