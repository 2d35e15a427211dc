/* Which articles become one hit, by one article and what others make of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "searcher/include/dx/search.h"
#include "tests/support/fixture.h"

#define TITLE "Xã Phú Lộc trao 20 giếng khoan cho vùng thiếu nước"
#define FIRST                                                                  \
    "Sáng 12/3, Ủy ban nhân dân xã Phú Lộc trao 20 giếng khoan cho các hộ ở ba " \
    "thôn xa nguồn nước nhất. Mỗi giếng sâu chừng 60 mét, có bể lọc và máy bơm, " \
    "đủ nước sinh hoạt cho mười gia đình trong mùa khô."
#define SECOND                                                                 \
    "Bà Lò Thị Mai, thôn Nà Pù, kể rằng trước đây cả nhà phải gùi nước từ con "  \
    "suối dưới chân đồi, mỗi chuyến mất gần một giờ. Từ nay bà chỉ việc mở vòi "  \
    "ngay trước sân, trẻ nhỏ trong thôn cũng không phải nghỉ học để đi lấy nước."
#define THIRD                                                                  \
    "Kinh phí do doanh nghiệp và người dân trong vùng đóng góp. Lãnh đạo xã cho " \
    "biết sẽ cử người trông coi máy bơm, thay lõi lọc theo định kỳ và dạy bà con " \
    "cách giữ sạch khu vực quanh giếng, tránh để gia súc lại gần."
#define BODY FIRST "\n" SECOND "\n" THIRD

static const struct version {
    const char *what, *facts, *title, *body;
    bool same;
} versions[] = {
    {"the same once more", "", TITLE, BODY, true},
    {"another headline and a source line", "", "Tin vui cho bà con vùng cao",
        BODY "\nTheo Cổng thông tin điện tử tỉnh", true},
    {"a paragraph less", "", TITLE, FIRST "\n" THIRD, true},
    {"a paragraph more", "", TITLE,
        BODY "\nDịp này, đoàn thanh niên xã cũng trồng thêm bốn trăm cây xanh quanh "
             "các điểm trường và dọn sạch rãnh thoát nước hai bên đường liên thôn.",
        true},
    {"words of the editor's own", "", TITLE,
        FIRST "\n" SECOND "\nKinh phí do doanh nghiệp và bà con trong vùng đóng góp. "
              "Lãnh đạo xã cho biết sẽ cử người trông coi máy bơm, thay lõi lọc theo "
              "định kỳ và dạy bà con cách giữ sạch khu vực quanh giếng, tránh để gia "
              "súc lại gần.",
        true},
    {"another number in the headline", "",
        "Xã Phú Lộc trao 30 giếng khoan cho vùng thiếu nước", BODY, false},
    {"another number in the text", "", TITLE,
        "Sáng 12/3, Ủy ban nhân dân xã Phú Lộc trao 35 giếng khoan cho các hộ ở ba "
        "thôn xa nguồn nước nhất. Mỗi giếng sâu chừng 60 mét, có bể lọc và máy bơm, "
        "đủ nước sinh hoạt cho mười gia đình trong mùa khô.\n" SECOND "\n" THIRD,
        false},
    {"another name in the text", "", TITLE,
        FIRST "\nÔng Giàng A Páo, thôn Nà Pù, kể rằng trước đây cả nhà phải gùi nước "
              "từ con suối dưới chân đồi, mỗi chuyến mất gần một giờ. Từ nay bà chỉ "
              "việc mở vòi ngay trước sân, trẻ nhỏ trong thôn cũng không phải nghỉ học "
              "để đi lấy nước.\n" THIRD,
        false},
    {"another document number", ",\"docno\":\"3/QĐ-UBND\"", TITLE, BODY, false},
    {"a text that is too short to tell, under another headline", "",
        "Giếng khoan về bản", FIRST, false},
};

static void put(FILE *f, const char *id, const char *facts, const char *title,
    const char *body)
{
    fprintf(f, "{\"id\":\"%s\",\"title\":\"%s\"%s,\"body\":\"", id, title, facts);
    for (; *body; body++)
        if (*body == '\n')
            fputs("\\n", f);
        else
            fputc(*body, f);
    fputs("\"}\n", f);
}

/* An index of the article and one version of it. */
static dx_index *open_pair(char folder[64], const struct version *v)
{
    char *text = NULL;
    size_t len;
    FILE *f = open_memstream(&text, &len);

    assert_non_null(f);
    put(f, "one", *v->facts ? ",\"docno\":\"2/QĐ-UBND\"" : "", TITLE, BODY);
    put(f, "two", v->facts, v->title, v->body);
    assert_int_equal(fclose(f), 0);
    dx_index *ix = fixture_open_text(folder, text);
    free(text);
    return ix;
}

static dx_results *search(dx_index *ix, const char *query)
{
    dx_request req = DX_REQUEST_INIT;
    dx_results *rs = NULL;
    dx_error err;

    req.collapse = true;
    assert_int_equal(dx_search(ix, query, &req, &rs, &err), DX_OK);
    return rs;
}

static void versions_of_an_article(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
        const struct version *v = &versions[i];
        char folder[64];
        dx_index *ix = open_pair(folder, v);
        dx_results *rs = search(ix, "giếng khoan");

        if ((dx_results_count(rs) == 1) != v->same)
            fail_msg("%s: %u hits", v->what, dx_results_count(rs));
        dx_results_free(rs);
        fixture_close(ix, folder);
    }
}

static void a_hit_tells_which_are_the_same_and_dup_finds_them(void **state)
{
    char folder[64];
    dx_index *ix = open_pair(folder, &versions[0]);
    dx_results *rs = search(ix, "giếng khoan");
    const dx_hit *hit = dx_results_hit(rs, 0);
    const dx_hit *other = dx_hit_similar_hit(hit, 0);

    (void)state;
    assert_int_equal(dx_hit_similar(hit), 1);
    assert_string_equal(dx_hit_field(hit, "id"), "one");
    assert_string_equal(dx_hit_field(other, "id"), "two");
    assert_string_equal(dx_hit_field(other, "title"), TITLE);
    assert_null(dx_hit_similar_hit(hit, 1));
    assert_null(dx_hit_similar_hit(NULL, 0));
    dx_results_free(rs);

    rs = search(ix, "dup:two");
    assert_int_equal(dx_results_total(rs), 2);
    assert_int_equal(dx_results_count(rs), 2);
    dx_results_free(rs);
    rs = search(ix, "dup:one vùng thiếu nước");
    assert_int_equal(dx_results_count(rs), 2);
    dx_results_free(rs);
    rs = search(ix, "dup:none");
    assert_int_equal(dx_results_total(rs), 0);
    dx_results_free(rs);
    fixture_close(ix, folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(versions_of_an_article),
        cmocka_unit_test(a_hit_tells_which_are_the_same_and_dup_finds_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
