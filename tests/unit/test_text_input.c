/* Plain text articles: headline, lead, byline, date, and what is no text of
 * the article. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/mem.h"
#include "indexer/input/chars/date.h"
#include "indexer/input/byte_stream.h"
#include "indexer/input/source.h"
#include "indexer/input/text/headline.h"

static dx_arena arena;
static dx_article a;
static dx_error err;

static dx_status read_bytes(const char *text, size_t len)
{
    char *copy = malloc(len ? len : 1);

    memcpy(copy, text, len);
    dx_arena_reset(&arena);
    dx_status rc = dx_source_read(&dx_source_text,
        &(dx_record){.bytes = {copy, len}}, &(dx_input_options){0},
        DX_STR_LIT("in/bai.txt"), &arena, &a, &err);
    memset(copy, '#', len); /* the article must not borrow */
    free(copy);
    return rc;
}

static void read_ok(const char *text)
{
    if (read_bytes(text, strlen(text)) != DX_OK)
        fail_msg("%s", err.msg);
}

static void check(dx_str found, const char *wanted)
{
    if (!dx_str_eq(found, dx_str_from(wanted)))
        fail_msg("found \"%.*s\", not \"%s\"", (int)found.len, found.ptr,
            wanted);
}

#define P1 "UBND tỉnh vừa ban hành kế hoạch chuyển đổi số năm 2024."
#define P2 "Theo kế hoạch, toàn tỉnh có 238 điểm cầu được kết nối."
#define P3 "Các sở, ngành báo cáo kết quả trước ngày 15 hằng tháng."

static void headline_lead_and_body(void **state)
{
    (void)state;
    read_ok("Bắc Giang đẩy mạnh chuyển đổi số\n\n" P1 "\n\n" P2 "\n\n" P3 "\n");
    check(a.title, "Bắc Giang đẩy mạnh chuyển đổi số");
    check(a.lead, P1);
    check(a.body, P2 "\n" P3);
    check(a.id, "in/bai.txt");
    assert_int_equal(a.date, DX_DATE_UNKNOWN);
}

static void without_a_headline_the_lead_gives_the_title(void **state)
{
    (void)state;
    read_ok(P1 "\n\n" P2 "\n\n" P3 "\n");
    check(a.title, "UBND tỉnh vừa ban hành kế hoạch chuyển đổi số năm 2024");
    check(a.lead, P1);
    check(a.body, P2 "\n" P3);
}

static void a_long_sentence_is_cut_between_words(void **state)
{
    (void)state;
    read_ok("Sở Thông tin và Truyền thông phối hợp với các cơ quan, đơn vị, địa "
            "phương trong tỉnh tổ chức hội nghị bồi dưỡng kiến thức, nâng cao "
            "nhận thức về chuyển đổi số.\n\n" P2 "\n");
    check(a.title, "Sở Thông tin và Truyền thông phối hợp với các cơ quan, đơn "
                   "vị, địa phương trong tỉnh tổ chức hội nghị bồi dưỡng kiến…");
}

static void dates_and_names_leave_the_body(void **state)
{
    (void)state;
    read_ok("Thứ Tư - 27/03/2024 08:42\nBắc Giang đẩy mạnh chuyển đổi số\n\n" P1
            "\n\n" P2 "\n\n" P3 "\n\nThu Hà – Minh Đức\n");
    check(a.title, "Bắc Giang đẩy mạnh chuyển đổi số");
    check(a.author, "Thu Hà – Minh Đức");
    check(a.body, P2 "\n" P3);
    assert_int_equal(a.date, dx_date_of(2024, 3, 27));
}

static void bylines_of_many_kinds(void **state)
{
    static const struct { const char *line, *author, *source; } cases[] = {
        {"Thu Hà", "Thu Hà", ""},
        {"PV", "PV", ""},
        {"T.H.", "T.H.", ""},
        {"Thu Hà (tổng hợp)", "Thu Hà (tổng hợp)", ""},
        {"Tác giả: Thu Hà", "Thu Hà", ""},
        {"Bài, ảnh: THU HÀ", "THU HÀ", ""},
        {"Theo TTXVN", "", "TTXVN"},
        {"(Theo Chinhphu.vn)", "", "Chinhphu.vn"},
        {"Nguồn: Báo Bắc Giang", "", "Báo Bắc Giang"},
        {"Ban biên tập Công báo", "Ban biên tập Công báo", ""},
        {"Nhóm PV Báo Bắc Ninh", "Nhóm PV Báo Bắc Ninh", ""},
        {"By staff reporters", "staff reporters", ""},
        {"Thu Ha", "Thu Ha", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[1000];
        snprintf(text, sizeof text, "Bắc Giang đẩy mạnh chuyển đổi số\n\n" P1
                 "\n\n" P2 "\n\n%s\n", cases[i].line);
        read_ok(text);
        check(a.author, cases[i].author);
        check(a.source, cases[i].source);
        check(a.body, P2);
    }
}

static void sentences_are_no_bylines(void **state)
{
    static const char *const lines[] = {"Xin trân trọng cảm ơn ông!",
        "Mọi việc đã xong.", "Kế hoạch có hiệu lực từ ngày ký",
        "Theo đó, tỉnh sẽ giao vốn:", "Nguồn: vốn vay ưu đãi"};

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char text[1000], body[500];
        snprintf(text, sizeof text, "Bắc Giang đẩy mạnh chuyển đổi số\n\n" P1
                 "\n\n" P2 "\n\n%s\n", lines[i]);
        snprintf(body, sizeof body, P2 "\n%s", lines[i]);
        read_ok(text);
        check(a.body, body);
        check(a.author, "");
    }
}

static void image_markers_take_their_caption(void **state)
{
    (void)state;
    read_ok("Bắc Giang đẩy mạnh chuyển đổi số\n\n" P1 "\n\n{keywords}\n"
            "Quang cảnh hội nghị tại điểm cầu chính\n\n" P2 "\n\n{photo_1}\n\n"
            P3 "\n");
    check(a.body, P2 "\n" P3);
}

static void captions_say_whose_picture_it_is(void **state)
{
    (void)state;
    read_ok("Bắc Giang đẩy mạnh chuyển đổi số\n\n" P1 "\n\n"
            "Quang cảnh hội nghị. Ảnh: Thu Hà\n\n" P2 "\n\n"
            "Người dân làm thủ tục (Ảnh minh họa)\n\n"
            "Triển lãm ảnh: nhiều góc nhìn mới. Hơn 200 bức được bày.\n");
    check(a.body, P2 "\nTriển lãm ảnh: nhiều góc nhìn mới. Hơn 200 bức được "
                     "bày.");
}

static void another_articles_headline_ends_the_text(void **state)
{
    (void)state;
    read_ok("Bắc Giang đẩy mạnh chuyển đổi số\n\n" P1 "\n\n" P2 "\n\n" P3
            "\n\nThu Hà\n\nLạng Giang lập tổ công nghệ số\n\n"
            "Lạng Giang lập tổ công nghệ số\n\nCác tổ đã giúp dân.\n");
    check(a.body, P2 "\n" P3);
    check(a.author, "Thu Hà");
}

static void related_lists_are_cut(void **state)
{
    static const char *const labels[] = {"Tin liên quan", "TIN LIÊN QUAN:",
        "Các tin khác", "Xem thêm", "Tin cùng chuyên mục", "Đọc thêm:",
        "Related stories", "Tin lien quan"};

    (void)state;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        char text[1000];
        snprintf(text, sizeof text, "Bắc Giang đẩy mạnh chuyển đổi số\n\n" P1
                 "\n\n" P2 "\n\nThu Hà\n\n%s\n- Lạng Giang lập tổ công nghệ\n"
                 "- Yên Thế trồng chè\n", labels[i]);
        read_ok(text);
        check(a.body, P2);
        check(a.author, "Thu Hà");
    }
}

static void a_list_in_the_middle_does_not_end_the_text(void **state)
{
    (void)state;
    read_ok("Bắc Giang đẩy mạnh chuyển đổi số\n\n" P1 "\n\nXem thêm\n"
            "- Lạng Giang lập tổ công nghệ\n\n" P2 "\n\n"
            "Xem thêm: Yên Thế trồng chè\n\n" P3 "\n");
    check(a.body, P2 "\n" P3);
}

static void keywords_become_tags(void **state)
{
    (void)state;
    read_ok("Bắc Giang đẩy mạnh chuyển đổi số\n\n" P1 "\n\n" P2
            "\n\nTừ khóa: chuyển đổi số, Bắc Giang\nLượt xem: 120\n");
    check(a.tags, "chuyển đổi số, Bắc Giang");
    check(a.body, P2);
}

static void an_agency_before_the_lead_is_the_source(void **state)
{
    static const struct { const char *start, *source, *lead; } cases[] = {
        {"(Chinhphu.vn) - ", "Chinhphu.vn", P1},
        {"(TTXVN) – ", "TTXVN", P1},
        {"(Dân trí) - ", "Dân trí", P1},
        {"(BGĐT) — ", "BGĐT", P1},
        {"VOV.VN - ", "VOV.VN", P1},
        {"TP.HCM - ", "", "TP.HCM - " P1},
        {"HANOI - ", "", "HANOI - " P1},
        {"(có hiệu lực ngay) - ", "", "(có hiệu lực ngay) - " P1},
        {"(TTXVN) ", "", "(TTXVN) " P1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[1000];
        snprintf(text, sizeof text, "Bắc Giang đẩy mạnh chuyển đổi số\n\n%s" P1
                 "\n\n" P2 "\n", cases[i].start);
        read_ok(text);
        check(a.source, cases[i].source);
        check(a.lead, cases[i].lead);
    }
}

static void odd_line_ends_and_blanks(void **state)
{
    (void)state;
    read_ok("\xEF\xBB\xBF  Bắc Giang  đẩy mạnh\xC2\xA0" "chuyển đổi số \r\n\r\n"
            P1 "\r\n \t\r\n\xE2\x80\x8B" P2 "\r\n");
    check(a.title, "Bắc Giang đẩy mạnh chuyển đổi số");
    check(a.lead, P1);
    check(a.body, P2);
}

static void one_line_is_enough(void **state)
{
    (void)state;
    read_ok("Bắc Giang đẩy mạnh chuyển đổi số");
    check(a.title, "Bắc Giang đẩy mạnh chuyển đổi số");
    read_ok("\n\nHà Nội\n\n");
    check(a.title, "Hà Nội");
}

static void empty_files_are_left_out_and_binary_ones_refused(void **state)
{
    char binary[2000];

    (void)state;
    assert_int_equal(read_bytes("", 0), DX_OK);
    assert_int_equal(a.left_out, DX_LEFT_EMPTY);
    assert_int_equal(read_bytes(" \n\r\n\t", 5), DX_OK);
    assert_int_equal(a.left_out, DX_LEFT_EMPTY);
    assert_int_equal(read_bytes("%PDF-1.4\n\0\1\2", 12), DX_ERR_FORMAT);
    assert_non_null(strstr(err.msg, "in/bai.txt: not a text file"));
    for (size_t i = 0; i < sizeof binary; i++)
        binary[i] = (char)(i * 7 % 251 + 1);
    assert_int_equal(read_bytes(binary, sizeof binary), DX_ERR_FORMAT);
}

static void a_file_of_one_huge_line_is_read(void **state)
{
    dx_buf text;

    (void)state;
    dx_buf_init(&text, SIZE_MAX);
    for (int i = 0; i < 100000; i++)
        dx_buf_puts(&text, "chuyển đổi số ");
    assert_int_equal(read_bytes((const char *)text.data, text.len), DX_OK);
    assert_true(a.body.len + 1 >= text.len - 1);
    assert_in_range(a.title.len, 100, 200);
    dx_buf_free(&text);
}

static void many_lines_take_linear_time(void **state)
{
    dx_buf text;

    (void)state;
    dx_buf_init(&text, SIZE_MAX);
    dx_buf_puts(&text, "Bắc Giang đẩy mạnh chuyển đổi số\n\n");
    for (int i = 0; i < 60000; i++)
        dx_buf_puts(&text, "{keywords}\nẢnh: Thu Hà\n\nDòng văn bản.\n\n");
    assert_int_equal(read_bytes((const char *)text.data, text.len), DX_OK);
    dx_buf_free(&text);
}

static void names_of_files_become_text(void **state)
{
    (void)state;
    dx_arena_reset(&arena);
    dx_record record = {.bytes = DX_STR_LIT("Bắc Giang")};
    assert_int_equal(dx_source_read(&dx_source_text, &record,
        &(dx_input_options){0},
        DX_STR_LIT("in/b\xE9o\n1.txt"), &arena, &a, &err), DX_OK);
    check(a.path, "in/b%E9o%0A1.txt");
    check(a.id, "in/b%E9o%0A1.txt");
}

static bool holds(dx_str s, const char *phrase)
{
    return memmem(s.ptr, s.len, phrase, strlen(phrase)) != NULL;
}

static void read_file(const char *path)
{
    dx_byte_stream *r;
    dx_str bytes;

    if (dx_byte_stream_open(path, &r, NULL) != DX_OK)
        skip();
    assert_int_equal(dx_byte_stream_all(r, &bytes, NULL), DX_OK);
    assert_int_equal(read_bytes(bytes.ptr, bytes.len), DX_OK);
    dx_byte_stream_close(r);
}

static void our_bac_giang_article_has_no_tail(void **state)
{
    (void)state;
    read_file(DX_SOURCE_DIR
        "/corpus/txt/bac-giang-portal/hoi-nghi-chuyen-doi-so.txt");
    check(a.title, "Bắc Giang: Hơn 3.600 cán bộ cùng học về chuyển đổi số");
    check(a.author, "Thu Hà");
    assert_int_equal(a.date, dx_date_of(2021, 12, 16));
    assert_true(holds(a.lead, "238 điểm cầu"));
    assert_false(holds(a.body, "{keywords}"));
    assert_false(holds(a.body, "Toàn cảnh điểm cầu chính"));
    assert_false(holds(a.body, "Mỗi thôn một tổ công nghệ số"));
    assert_false(holds(a.body, "gần 2.000 người dân"));
    assert_true(holds(a.body, "20 câu trên điện thoại."));
}

/* The true specimen, where it is at hand: no headline, three image markers,
 * another article after the byline. */
static void the_specimen_has_a_title_and_no_tail(void **state)
{
    (void)state;
    read_file(DX_SOURCE_DIR
        "/../shared/data/samples/hoi-nghi-chuyen-doi-so-bac-giang.txt");
    assert_true(holds(a.title, "chuyển đổi số"));
    assert_in_range(a.title.len, 30, 200);
    assert_true(a.lead.len > 0 && a.author.len > 0);
    assert_false(holds(a.body, "VTV"));
    assert_false(holds(a.body, "{keywords}"));
}

/* Each allocation fails in turn; nothing leaks and nothing is half read. */
static void a_failed_allocation_is_reported(void **state)
{
    static const char bytes[] =
        "Tin mới của tỉnh\n\n" P1 "\n\n{keywords}\n\n" P2 "\n\nThu  Hà\n";
    dx_status rc = DX_ERR_NOMEM;

    (void)state;
    for (int64_t n = 0; rc != DX_OK; n++) {
        dx_arena_free(&arena);
        dx_mem_fail_after(n);
        rc = read_bytes(bytes, sizeof bytes - 1);
        dx_mem_fail_after(-1);
        assert_true(rc == DX_OK || rc == DX_ERR_NOMEM);
        assert_true(n < 2000);
    }
}

static int set_up(void **state)
{
    (void)state;
    arena = (dx_arena)DX_ARENA_INIT;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    dx_arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headline_lead_and_body),
        cmocka_unit_test(without_a_headline_the_lead_gives_the_title),
        cmocka_unit_test(a_long_sentence_is_cut_between_words),
        cmocka_unit_test(dates_and_names_leave_the_body),
        cmocka_unit_test(bylines_of_many_kinds),
        cmocka_unit_test(sentences_are_no_bylines),
        cmocka_unit_test(image_markers_take_their_caption),
        cmocka_unit_test(captions_say_whose_picture_it_is),
        cmocka_unit_test(another_articles_headline_ends_the_text),
        cmocka_unit_test(related_lists_are_cut),
        cmocka_unit_test(a_list_in_the_middle_does_not_end_the_text),
        cmocka_unit_test(keywords_become_tags),
        cmocka_unit_test(an_agency_before_the_lead_is_the_source),
        cmocka_unit_test(odd_line_ends_and_blanks),
        cmocka_unit_test(one_line_is_enough),
        cmocka_unit_test(empty_files_are_left_out_and_binary_ones_refused),
        cmocka_unit_test(a_file_of_one_huge_line_is_read),
        cmocka_unit_test(many_lines_take_linear_time),
        cmocka_unit_test(names_of_files_become_text),
        cmocka_unit_test(our_bac_giang_article_has_no_tail),
        cmocka_unit_test(the_specimen_has_a_title_and_no_tail),
        cmocka_unit_test(a_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
