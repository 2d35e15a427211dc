/* Documents: PDF, Word, RTF and office files of our own making, to articles. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/mem.h"
#include "indexer/input/chars/date.h"
#include "indexer/input/source.h"
#include "tests/support/made_documents.h"

static dx_arena arena;
static dx_article a;
static dx_error err;

/* Reads the document, which is freed. */
static dx_status read_made(const dx_source *source, dx_buf *made)
{
    err.msg[0] = '\0';
    dx_arena_reset(&arena);
    dx_status rc = dx_source_read(source,
        &(dx_record){.bytes = {(const char *)made->data, made->len}},
        &(dx_input_options){0}, DX_STR_LIT("kho/vb"), &arena, &a, &err);
    if (made->len)
        memset(made->data, '#', made->len); /* the article must not borrow */
    dx_buf_free(made);
    return rc;
}

static void read_ok(const dx_source *source, dx_buf *made)
{
    if (read_made(source, made) != DX_OK)
        fail_msg("%s", err.msg);
}

static void check(dx_str found, const char *wanted)
{
    if (!dx_str_eq(found, dx_str_from(wanted)))
        fail_msg("found \"%.*s\", not \"%s\"", (int)found.len, found.ptr,
            wanted);
}

static bool has(dx_str s, const char *part)
{
    return s.len && memmem(s.ptr, s.len, part, strlen(part));
}

static bool has_program(const char *path) { return access(path, X_OK) == 0; }

/* ---- RTF ---- */

static void read_rtf(const char *rtf)
{
    dx_buf made;

    dx_buf_init(&made, SIZE_MAX);
    dx_buf_puts(&made, rtf);
    read_ok(&dx_source_rtf, &made);
}

#define RTF_TITLE "K\\u7871? ho\\u7841?ch chuy\\u7875?n \\u273?\\u7893?i s\\u7889?"

static void rtf_has_text_title_author_day_and_pages(void **state)
{
    (void)state;
    read_rtf("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}"
             "{\\info{\\title " RTF_TITLE "}{\\author Nguy\\u7877?n V\\u259?n An}"
             "{\\creatim\\yr2024\\mo3\\dy5\\hr8}{\\nofpages3}}"
             "{\\*\\generator Riched20;}{\\header Trang}"
             "\\pard\\b " RTF_TITLE "\\b0\\par\\par\n"
             "UBND t\\u7881?nh v\\u7915?a ban h\\'e0nh {\\i k\\u7871? ho\\u7841?ch} "
             "n\\u259\\'61m 2024.\\par "
             "\\trowd D\\u242?ng\\cell m\\u7897?t\\cell\\row "
             "{\\pict\\pngblip 89504e47}{\\field{\\*\\fldinst HYPERLINK x}"
             "{\\fldrslt S\\u7903? Y t\\u7871?}}\\line h\\u7871?t \\{1\\}\\par}");
    check(a.title, "Kế hoạch chuyển đổi số");
    check(a.body, "UBND tỉnh vừa ban hành kế hoạch năm 2024.\nDòng một\nSở Y tế\nhết {1}");
    check(a.author, "Nguyễn Văn An");
    check(a.pages, "3");
    assert_int_equal(a.date, dx_date_of(2024, 3, 5));
}

/* As it was when the file was new. */
static void a_number_of_pages_that_cannot_be_is_left_out(void **state)
{
    dx_buf made;

    (void)state;
    dx_buf_init(&made, SIZE_MAX);
    dx_buf_puts(&made, "{\\rtf1{\\info{\\nofpages2}}");
    for (int i = 0; i < 400; i++)
        dx_buf_printf(&made, "Dieu %d. Cac don vi chiu trach nhiem thi hanh quyet "
                             "dinh nay.\\par ", i);
    dx_buf_puts(&made, "}");
    read_ok(&dx_source_rtf, &made);
    check(a.pages, "");
}

static void damaged_rtf_gives_what_can_be_read(void **state)
{
    static const char *const damaged[] = {"{\\rtf1 ch\\u7919", "{\\rtf1 a}}}} b",
        "{\\rtf1 \\bin99999999999 x", "{\\rtf1 \\'", "{\\rtf1 \\'g1 a \\u-1? b\\"};
    dx_buf deep;

    (void)state;
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
        dx_buf made;
        dx_buf_init(&made, SIZE_MAX);
        dx_buf_puts(&made, damaged[i]);
        (void)read_made(&dx_source_rtf, &made);
    }
    dx_buf_init(&deep, SIZE_MAX);
    dx_buf_puts(&deep, "{\\rtf1 tr\\u432?\\u7899?c ");
    for (int i = 0; i < 5000; i++)
        dx_buf_puts(&deep, "{\\i ");
    for (int i = 0; i < 5000; i++)
        dx_buf_puts(&deep, "}");
    dx_buf_puts(&deep, " sau}");
    read_ok(&dx_source_rtf, &deep);
    check(a.body, "trước sau");
}

/* ---- Word ---- */

#define P1 "UBND tỉnh vừa ban hành kế hoạch chuyển đổi số năm 2024 đến các xã."
#define P2 "Theo kế hoạch, toàn tỉnh có 238 điểm cầu được kết nối từ nay."

static void word_97_is_read(void **state)
{
    dx_buf made;

    (void)state;
    dx_buf_init(&made, SIZE_MAX);
    made_doc(&made, "Kế hoạch chuyển đổi số\r\r" P1 "\rTên\x07Số\x07\x07"
                    "Sở Y tế\x07" "12\x07\x07" P2 "\r\x13 PAGE \x14ẩn\x15\r"
                    "\x13 TOC \x13 HYPERLINK \x14một\x15 hai\x15\r");
    read_ok(&dx_source_doc, &made);
    check(a.title, "Kế hoạch chuyển đổi số");
    check(a.body, P1 "\nTên Số\nSở Y tế 12\n" P2 "\nẩn");
}

static void word_6_is_read(void **state)
{
    dx_buf made;

    (void)state;
    dx_buf_init(&made, SIZE_MAX);
    made_doc_6(&made, "Plan of the year\r\rThe province has made a plan for this "
                      "year, and all have to follow it.\rThe end of it.\r");
    read_ok(&dx_source_doc, &made);
    check(a.title, "Plan of the year");
    check(a.body, "The province has made a plan for this year, and all have to follow "
                  "it.\nThe end of it.");
}

/* Every length in it may be anything. */
static void damaged_word_files_are_survived(void **state)
{
    dx_buf whole;

    (void)state;
    dx_buf_init(&whole, SIZE_MAX);
    made_doc(&whole, P1 "\r" P2 "\r");
    for (size_t i = 0; i < whole.len; i += i < 2600 ? 1 : 97) {
        static const uint8_t values[] = {0, 1, 0x7F, 0xFF};
        for (size_t v = 0; v < sizeof values; v++) {
            dx_buf made;
            dx_buf_init(&made, SIZE_MAX);
            dx_buf_put(&made, whole.data, whole.len);
            made.data[i] = values[v];
            (void)read_made(&dx_source_doc, &made);
        }
    }
    for (size_t n = 0; n < whole.len; n += 61) {
        dx_buf made;
        dx_buf_init(&made, SIZE_MAX);
        dx_buf_put(&made, whole.data, n);
        (void)read_made(&dx_source_doc, &made);
    }
    dx_buf_free(&whole);
}

/* Word opens them, so nobody notices. */
static void other_types_are_named_doc_too(void **state)
{
    static const char *const first[] = {"{\\rtf1 a", "%PDF-1.4 ",
        "PK\x03\x04..........................word/document.xml"};
    const dx_source *const sources[] = {&dx_source_rtf, &dx_source_pdf,
        &dx_source_office};
    dx_buf made;

    (void)state;
    for (size_t i = 0; i < 3; i++)
        assert_ptr_equal(dx_source_held(&dx_source_doc, dx_str_from(first[i])),
            sources[i]);
    dx_buf_init(&made, SIZE_MAX);
    dx_buf_puts(&made, "plain text");
    assert_int_equal(read_made(&dx_source_doc, &made), DX_ERR_FORMAT);
    assert_non_null(strstr(err.msg, "no Word document"));
}

/* ---- office files ---- */

#define CORE                                                                   \
    "<cp:coreProperties xmlns:cp='c' xmlns:dc='d' xmlns:dcterms='t'>"          \
    "<dc:title></dc:title><dc:creator>Admin</dc:creator>"                      \
    "<dcterms:created>2021-09-24T01:00:00Z</dcterms:created>"                  \
    "</cp:coreProperties>"
#define W(text)                                                                \
    "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>" text              \
    "</w:t></w:r></w:p>"

static void docx_is_read(void **state)
{
    static const made_part parts[] = {
        {"[Content_Types].xml", "<Types/>"},
        {"word/document.xml",
            "<w:document xmlns:w='w' xmlns:mc='m'><w:body>" W("Kế hoạch chuyển đổi "
            "số") "<w:p/>" W(P1) "<w:p><w:r><w:t>Theo kế </w:t></w:r>"
            "<w:del><w:r><w:delText>cũ</w:delText></w:r></w:del>"
            "<w:r><w:instrText>PAGE</w:instrText><w:t>hoạch &amp; quy chế"
            "</w:t><w:br/><w:t>mới.</w:t></w:r></w:p>"
            "<w:tbl><w:tr><w:tc>" W("Tên") "</w:tc><w:tc>" W("Số") "</w:tc></w:tr>"
            "</w:tbl>" W(P2) "<mc:AlternateContent><mc:Fallback>" W("hai lần")
            "</mc:Fallback></mc:AlternateContent></w:body></w:document>"},
        {"docProps/core.xml", CORE},
        {"docProps/app.xml", "<Properties><Pages>2</Pages></Properties>"},
        {"word/styles.xml", "<broken"}};
    dx_buf made;

    (void)state;
    dx_buf_init(&made, SIZE_MAX);
    made_zip(&made, parts, sizeof parts / sizeof *parts);
    assert_ptr_equal(
        dx_source_of_bytes((dx_str){(const char *)made.data, made.len}),
        &dx_source_office);
    read_ok(&dx_source_office, &made);
    check(a.title, "Kế hoạch chuyển đổi số");
    check(a.body, P1 "\nTheo kế hoạch & quy chế\nmới.\nTên Số\n" P2);
    check(a.pages, "2");
    check(a.author, "");
    assert_int_equal(a.date, dx_date_of(2021, 9, 24));
    assert_string_equal(a.from.extractor, "docx");
}

#define ODF(kind, body)                                                        \
    "<office:document-content xmlns:office='o' xmlns:text='t' xmlns:table='b'>" \
    "<office:body><office:" kind ">" body "</office:" kind ">"                  \
    "</office:body></office:document-content>"

static void odt_is_read(void **state)
{
    static const made_part parts[] = {
        {"mimetype", "application/vnd.oasis.opendocument.text"},
        {"content.xml",
            ODF("text", "<text:h>Kế hoạch chuyển đổi số</text:h><text:p/>"
                        "<text:p>" P1 "<text:note><text:p>ghi chú</text:p>"
                        "</text:note></text:p><text:p>Theo<text:s/>kế hoạch"
                        "<text:line-break/>mới.</text:p>")},
        {"meta.xml",
            "<office:document-meta xmlns:office='o' xmlns:meta='m' xmlns:dc='d'>"
            "<meta:initial-creator>Trần Thị Mai</meta:initial-creator>"
            "<dc:creator>Lê Văn Hai</dc:creator>"
            "<meta:document-statistic meta:page-count='4'/>"
            "</office:document-meta>"}};
    dx_buf made;

    (void)state;
    dx_buf_init(&made, SIZE_MAX);
    made_zip(&made, parts, sizeof parts / sizeof *parts);
    read_ok(&dx_source_office, &made);
    check(a.title, "Kế hoạch chuyển đổi số");
    check(a.body, P1 "\nTheo kế hoạch\nmới.");
    check(a.author, "Trần Thị Mai");
    check(a.pages, "4");
    assert_string_equal(a.from.extractor, "odt");
}

static void a_table_of_figures_is_told(void **state)
{
    static const made_part xlsx[] = {
        {"[Content_Types].xml", "<Types/>"},
        {"xl/worksheets/sheet1.xml",
            "<worksheet><sheetData><row><c t='s'><v>0</v></c><c t='s'><v>1</v></c>"
            "</row><row><c t='s'><v>2</v></c><c><v>13000</v></c></row></sheetData>"
            "</worksheet>"},
        {"xl/sharedStrings.xml",
            "<sst><si><t>Tên</t></si><si><r><t>Gi</t></r><r><t>á</t></r></si>"
            "<si><t>Gạo tẻ</t></si></sst>"}};
    static const made_part ods[] = {
        {"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
        {"content.xml",
            ODF("spreadsheet", "<table:table-row><table:table-cell><text:p>Tên"
                               "</text:p></table:table-cell><table:table-cell>"
                               "<text:p>12</text:p></table:table-cell>"
                               "</table:table-row>")}};
    dx_buf made;

    (void)state;
    dx_buf_init(&made, SIZE_MAX);
    made_zip(&made, xlsx, 3);
    read_ok(&dx_source_office, &made);
    assert_int_equal(a.left_out, DX_LEFT_TABLE);
    dx_buf_init(&made, SIZE_MAX);
    made_zip(&made, ods, 2);
    read_ok(&dx_source_office, &made);
    assert_int_equal(a.left_out, DX_LEFT_TABLE);
}

static void sentences_in_a_sheet_are_an_article(void **state)
{
    static const made_part parts[] = {
        {"[Content_Types].xml", "<Types/>"},
        {"xl/sharedStrings.xml", "<sst><si><t>Thông báo tuyển dụng</t></si></sst>"},
        {"xl/worksheets/sheet1.xml",
            "<worksheet><sheetData><row><c t='s'><v>0</v></c></row>"
            "<row><c t='inlineStr'><is><t>" P1 "</t></is></c></row>"
            "<row><c t='str'><v>" P2 "</v></c></row>"
            "<row><c t='s'><v>99</v></c></row></sheetData></worksheet>"}};
    dx_buf made;

    (void)state;
    dx_buf_init(&made, SIZE_MAX);
    made_zip(&made, parts, 3);
    read_ok(&dx_source_office, &made);
    assert_int_equal(a.left_out, DX_LEFT_NOT);
    assert_true(has(a.body, P2));
    assert_string_equal(a.from.extractor, "xlsx");
}

static void a_bomb_is_told(void **state)
{
    size_t n = (size_t)600 << 20;
    char *blanks = malloc(n + 1);
    dx_buf made;

    (void)state;
    assert_non_null(blanks);
    memset(blanks, ' ', n);
    blanks[n] = '\0';
    const made_part parts[] = {{"word/document.xml", blanks}};
    dx_buf_init(&made, SIZE_MAX);
    made_zip(&made, parts, 1);
    free(blanks);
    assert_true(made.len < 2u << 20);
    assert_int_equal(read_made(&dx_source_office, &made), DX_ERR_LIMIT);
    assert_non_null(strstr(err.msg, "unpacks to more than 512 MiB"));
}

static void what_is_no_document_is_told(void **state)
{
    static const made_part parts[] = {{"[Content_Types].xml", "<Types/>"}};
    dx_buf made;

    (void)state;
    dx_buf_init(&made, SIZE_MAX);
    made_zip(&made, parts, 1);
    assert_int_equal(read_made(&dx_source_office, &made), DX_ERR_FORMAT);
    dx_buf_init(&made, SIZE_MAX);
    dx_buf_puts(&made, "PK\x03\x04 nothing");
    assert_int_equal(read_made(&dx_source_office, &made), DX_ERR_FORMAT);
}

/* ---- PDF ---- */

static void pdf_is_read(void **state)
{
    static const char *const pages[] = {
        "Kế hoạch chuyển đổi số\n\n\n"
        "Ủy ban nhân dân tỉnh ban hành kế hoạch chuyển đổi số\n"
        "năm nay, trong đó giao các sở, ngành rà soát.",
        "Trang thứ hai nói về kinh phí thực hiện của các đơn vị <1> & 2."};
    dx_buf made;

    (void)state;
    if (!has_program("/usr/bin/pdftotext"))
        skip();
    dx_buf_init(&made, SIZE_MAX);
    made_pdf(&made, pages, 2,
        "/Author (Tran Van Ba) /CreationDate (D:20240722160327+07'00')");
    read_ok(&dx_source_pdf, &made);
    assert_int_equal(a.left_out, DX_LEFT_NOT);
    check(a.title, "Kế hoạch chuyển đổi số");
    assert_true(has(a.body, "<1> & 2."));
    check(a.author, "Tran Van Ba");
    check(a.pages, "2");
    assert_int_equal(a.date, dx_date_of(2024, 7, 22));
}

static void a_pdf_without_text_is_told(void **state)
{
    static const char *const pages[] = {"", "", ""};
    dx_buf made;

    (void)state;
    if (!has_program("/usr/bin/pdftotext"))
        skip();
    dx_buf_init(&made, SIZE_MAX);
    made_pdf(&made, pages, 3, "");
    read_ok(&dx_source_pdf, &made);
    assert_int_equal(a.left_out, DX_LEFT_SCAN);
}

static void a_damaged_pdf_is_told(void **state)
{
    dx_buf made;

    (void)state;
    if (!has_program("/usr/bin/pdftotext"))
        skip();
    dx_buf_init(&made, SIZE_MAX);
    dx_buf_puts(&made, "%PDF-1.4\nnothing of a PDF\n");
    assert_int_equal(read_made(&dx_source_pdf, &made), DX_ERR_FORMAT);
    assert_non_null(strstr(err.msg, "pdftotext could not read it"));
}

static void without_the_program_the_remedy_is_told(void **state)
{
    const char *path = getenv("PATH");
    char *before = strdup(path ? path : "");
    dx_buf made;

    (void)state;
    setenv("PATH", "/nowhere", 1);
    dx_buf_init(&made, SIZE_MAX);
    dx_buf_puts(&made, "%PDF-1.4\n");
    assert_int_equal(read_made(&dx_source_pdf, &made), DX_ERR_FORMAT);
    assert_non_null(strstr(err.msg, "install poppler-utils"));
    setenv("PATH", before, 1);
    free(before);
}

/* ---- memory ---- */

static void a_failed_allocation_is_reported(void **state)
{
    static const made_part parts[] = {
        {"[Content_Types].xml", "<Types/>"},
        {"word/document.xml", "<w:document xmlns:w='w'>" W(P1) W(P2) "</w:document>"},
        {"docProps/core.xml", CORE}};

    (void)state;
    for (int64_t n = 0;; n++) {
        dx_buf doc, zip;
        dx_buf_init(&doc, SIZE_MAX);
        dx_buf_init(&zip, SIZE_MAX);
        made_doc(&doc, P1 "\r" P2 "\r");
        made_zip(&zip, parts, 3);
        dx_arena_free(&arena);
        dx_mem_fail_after(n);
        dx_status one = read_made(&dx_source_doc, &doc);
        if (one == DX_OK)
            one = read_made(&dx_source_office, &zip);
        else
            dx_buf_free(&zip);
        dx_mem_fail_after(-1);
        if (one == DX_OK)
            return;
        assert_int_equal(one, DX_ERR_NOMEM);
    }
}

static int free_arena(void **state)
{
    (void)state;
    dx_arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rtf_has_text_title_author_day_and_pages),
        cmocka_unit_test(a_number_of_pages_that_cannot_be_is_left_out),
        cmocka_unit_test(damaged_rtf_gives_what_can_be_read),
        cmocka_unit_test(word_97_is_read),
        cmocka_unit_test(word_6_is_read),
        cmocka_unit_test(damaged_word_files_are_survived),
        cmocka_unit_test(other_types_are_named_doc_too),
        cmocka_unit_test(docx_is_read),
        cmocka_unit_test(odt_is_read),
        cmocka_unit_test(a_table_of_figures_is_told),
        cmocka_unit_test(sentences_in_a_sheet_are_an_article),
        cmocka_unit_test(a_bomb_is_told),
        cmocka_unit_test(what_is_no_document_is_told),
        cmocka_unit_test(pdf_is_read),
        cmocka_unit_test(a_pdf_without_text_is_told),
        cmocka_unit_test(a_damaged_pdf_is_told),
        cmocka_unit_test(without_the_program_the_remedy_is_told),
        cmocka_unit_test(a_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, free_arena);
}
