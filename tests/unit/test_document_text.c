/* Text of documents: lines of pages to paragraphs, rows of tables, scans, and what of
 * a file's own words can be believed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/arena.h"
#include "indexer/input/chars/date.h"
#include "indexer/input/documents/metadata.h"
#include "indexer/input/documents/pdf/printed.h"
#include "indexer/input/documents/written.h"

static dx_arena arena;
static dx_error err;

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

/* ---- what was printed on pages ---- */

static dx_printed printed(const char *text)
{
    dx_printed p;

    dx_arena_reset(&arena);
    assert_int_equal(dx_printed_read(dx_str_from(text), &arena, &p, &err),
        DX_OK);
    return p;
}

static void lines_that_reach_the_margin_are_joined(void **state)
{
    (void)state;
    dx_printed p = printed(
        "Kế hoạch chuyển đổi số\n"
        "\n"
        "Ủy ban nhân dân tỉnh ban hành kế hoạch chuyển đổi số năm\n"
        "nay, trong đó giao các sở, ngành rà soát thủ tục hành chính\n"
        "và báo cáo kết quả.\n"
        "Các huyện thực hiện theo phân công.\n"
        "1. Sở Thông tin và Truyền thông chủ trì, phối hợp với các\n"
        "đơn vị.\n"
        "2. Sở Tài chính bố trí kinh phí.\n\f");
    check(p.text,
        "Kế hoạch chuyển đổi số\n"
        "\n"
        "Ủy ban nhân dân tỉnh ban hành kế hoạch chuyển đổi số năm nay, trong đó "
        "giao các sở, ngành rà soát thủ tục hành chính và báo cáo kết quả.\n"
        "Các huyện thực hiện theo phân công.\n"
        "1. Sở Thông tin và Truyền thông chủ trì, phối hợp với các đơn vị.\n"
        "2. Sở Tài chính bố trí kinh phí.");
    assert_int_equal(p.pages, 1);
    assert_false(p.is_scan);
}

/* What a page repeats is no text; what goes on behind it belongs together. */
static void headers_and_page_numbers_go(void **state)
{
    (void)state;
    dx_printed p = printed(
        "CÔNG BÁO/Số 10/Ngày 01-02-2024\n\n"
        "Điều 1. Quyết định này quy định việc quản lý, sử dụng, khai thác dữ liệu\n"
        "dùng chung của tỉnh, gồm dữ liệu của các cơ quan nhà nước và của những\n\n"
        "1\n\f"
        "CÔNG BÁO/Số 10/Ngày 01-02-2024\n\n"
        "tổ chức được giao nhiệm vụ.\n"
        "Điều 2. Các cơ quan chịu trách nhiệm thi hành quyết định này kể từ ngày\n"
        "ký ban hành cho đến khi có quy định mới của cấp trên.\n\n"
        "2\n\f"
        "CÔNG BÁO/Số 10/Ngày 01-02-2024\n\n"
        "Điều 3. Chánh Văn phòng và giám đốc các sở chịu trách nhiệm thi hành.\n\n"
        "3\n\f");
    assert_int_equal(p.pages, 3);
    assert_false(has(p.text, "CÔNG BÁO"));
    assert_true(has(p.text, "và của những tổ chức được giao nhiệm vụ.\nĐiều 2."));
    assert_true(has(p.text, "cấp trên.\n\nĐiều 3."));
    assert_int_equal(p.page_starts[0], 0);
    assert_memory_equal(p.text.ptr + p.page_starts[1], "tổ chức", 9);
    assert_memory_equal(p.text.ptr + p.page_starts[2], "Điều 3", 8);
}

/* The first page is a picture, and what was stamped on it is not the title. */
static void a_stamp_on_one_page_is_no_text(void **state)
{
    (void)state;
    dx_printed p = printed(
        "n\nv\n.\nam\n\nu\nL\n.\nwww\n\f"
        "Danh mục văn bản hết hiệu lực do Bộ Tài chính ban hành, kèm theo quyết\n"
        "định của Bộ trưởng về việc công bố danh mục văn bản trong năm nay.\n"
        "Các đơn vị căn cứ danh mục này để rà soát, cập nhật và thông báo.\n\f");
    assert_false(p.is_scan);
    assert_memory_equal(p.text.ptr, "Danh mục", 8);
    assert_int_equal(p.pages, 2);
    assert_int_equal(p.page_starts[1], 0);
}

static void a_stamp_on_empty_pages_is_a_scan(void **state)
{
    static const char *const scans[] = {
        "\f", "\f\f\f",
        "Người ký: Cổng thông tin\nEmail: a@b.vn\nCơ quan: Văn phòng\n"
        "Thời gian ký: 22.02.2022 09:17:23 +07:00\n\n\f\f\f",
        "n\nv\n.\nam\n\nu\nL\n.\nwww\n\f"
        "n\nv\n.\nam\n\nu\nL\n.\nwww\n\f",
        "Bản quyền thuộc về thư viện điện tử của tỉnh, cấm sao chép dưới mọi hình "
        "thức khi chưa được phép\n1\n\f"
        "Bản quyền thuộc về thư viện điện tử của tỉnh, cấm sao chép dưới mọi hình "
        "thức khi chưa được phép\n2\n\f",
        "BẢN SAO\n\f"};

    (void)state;
    for (size_t i = 0; i < sizeof scans / sizeof *scans; i++)
        if (!printed(scans[i]).is_scan)
            fail_msg("scan %zu", i);
    assert_false(printed("Thông báo về việc nghỉ lễ: các đơn vị bố trí người trực, "
                         "bảo đảm liên lạc thông suốt và báo cáo về văn phòng trước "
                         "ngày 25 hằng tháng.\n\f")
                     .is_scan);
}

/* ---- what was written ---- */

static void rows_are_lines_but_letterheads_are_not(void **state)
{
    dx_str text = DX_STR_LIT("Bảng\nSTT\x1FTên\x1F\x1E" "1\x1FSở Y tế\x1F\x1E\n"
                             "BỘ TƯ PHÁP\vSố: 420/QĐ\x1F" "CỘNG HÒA XÃ HỘI CHỦ "
                             "NGHĨA VIỆT NAM\vĐộc lập\x1F\x1E");

    const char *encoding = NULL;

    (void)state;
    dx_arena_reset(&arena);
    assert_int_equal(dx_written_read(text, &arena, &text, &encoding, &err),
        DX_OK);
    check(text, "Bảng\nSTT Tên\n1 Sở Y tế\n\nBỘ TƯ PHÁP\nSố: 420/QĐ\n"
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập\n");
}

/* ---- what files say of themselves ---- */

static void metadata_is_believed_where_it_reads_like_such(void **state)
{
    (void)state;
    assert_true(dx_metadata_title(DX_STR_LIT("Kế hoạch chuyển đổi số năm 2024")));
    assert_false(dx_metadata_title(DX_STR_LIT("Microsoft Word - ke hoach 12.doc")));
    assert_false(dx_metadata_title(DX_STR_LIT("BỘ THÔNG TIN VÀ TRUYỀN THÔNG")));
    assert_false(dx_metadata_title(DX_STR_LIT("2022-02-22 (1)")));
    assert_false(dx_metadata_title(DX_STR_LIT("")));
    assert_true(dx_metadata_author(DX_STR_LIT("Nguyễn Văn Bình")));
    assert_true(dx_metadata_author(DX_STR_LIT("Hoàng Thị Ánh Tuyết")));
    static const char *const nobody[] = {"", "Admin", "User", "phammanhha",
        "Windows User", "Dell Inspiron", "Microsoft Office", "may tinh",
        "Công ty Luật", "A 12"};
    for (size_t i = 0; i < sizeof nobody / sizeof *nobody; i++)
        if (dx_metadata_author(dx_str_from(nobody[i])))
            fail_msg("%s", nobody[i]);
    assert_int_equal(dx_metadata_day(DX_STR_LIT("2024-07-22T16:03:27+07")),
        dx_date_of(2024, 7, 22));
    assert_int_equal(dx_metadata_day(DX_STR_LIT("1980-01-01")), DX_DATE_UNKNOWN);
    assert_int_equal(dx_metadata_day(DX_STR_LIT("2150-01-01")), DX_DATE_UNKNOWN);
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
        cmocka_unit_test(lines_that_reach_the_margin_are_joined),
        cmocka_unit_test(headers_and_page_numbers_go),
        cmocka_unit_test(a_stamp_on_one_page_is_no_text),
        cmocka_unit_test(a_stamp_on_empty_pages_is_a_scan),
        cmocka_unit_test(rows_are_lines_but_letterheads_are_not),
        cmocka_unit_test(metadata_is_believed_where_it_reads_like_such),
    };
    return cmocka_run_group_tests(tests, NULL, free_arena);
}
