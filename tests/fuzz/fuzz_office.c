/* Any bytes as an office document: as the zip file, or, if they do not begin like one, as
 * each of the XML parts in it. */
#include "indexer/input/documents/office/cells.h"
#include "indexer/input/documents/office/properties.h"
#include "indexer/input/documents/office/words.h"
#include "indexer/input/documents/written.h"
#include "tests/fuzz/fuzz_article.h"

static void parse(dx_xml_reader reader, dx_str xml)
{
    dx_xml *x = dx_xml_new(&reader, false);
    dx_str first = {xml.ptr, xml.len / 2};
    dx_str second = {xml.ptr + first.len, xml.len - first.len};
    bool is_sound = x && dx_xml_put(x, first, false, NULL) == DX_OK &&
                    dx_xml_put(x, second, true, NULL) == DX_OK;

    (void)is_sound;
    dx_xml_free(x);
}

static void check_text(const dx_buf *text)
{
    dx_arena arena = DX_ARENA_INIT;
    dx_str all = {(const char *)text->data, text->len}, out;
    const char *encoding = NULL;

    (void)dx_cells_are_table(all);
    if (dx_written_read(all, &arena, &out, &encoding, NULL) == DX_OK)
        FUZZ_CHECK(fuzz_is_clean(out));
    dx_arena_free(&arena);
}

static void parse_words(dx_str xml, dx_words_format format)
{
    dx_buf text;

    dx_buf_init(&text, 1u << 20);
    dx_words words = {.format = format, .text = &text};
    parse(dx_words_reader(&words), xml);
    check_text(&text);
    dx_buf_free(&text);
}

static void parse_cells(dx_str xml)
{
    dx_cells cells;
    dx_buf text;

    dx_buf_init(&text, 1u << 20);
    dx_cells_init(&cells, &text);
    parse(dx_cells_shared_reader(&cells), xml);
    parse(dx_cells_sheet_reader(&cells), xml);
    check_text(&text);
    dx_cells_free(&cells);
    dx_buf_free(&text);
}

static void parse_properties(dx_str xml)
{
    dx_arena arena = DX_ARENA_INIT;
    dx_document document = {0};
    dx_properties properties = {.out = &document, .arena = &arena};

    parse(dx_properties_reader(&properties), xml);
    dx_arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dx_str xml = {(const char *)data, size};

    if (size >= 2 && memcmp(data, "PK", 2) == 0)
        return fuzz_article(data, size, &dx_source_office);
    parse_words(xml, DX_WORDS_OOXML);
    parse_words(xml, DX_WORDS_ODF);
    parse_cells(xml);
    parse_properties(xml);
    return 0;
}
