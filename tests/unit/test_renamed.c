/* What is told about names that changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "searcher/include/dx/search.h"
#include "tests/support/fixture.h"

static char folder[64];
static dx_index *ix;

static const char articles[] =
    "{\"id\":\"bg\",\"title\":\"Tỉnh Bắc Giang được mùa vải\",\"body\":"
    "\"Tin vắn.\"}\n"
    "{\"id\":\"bn\",\"title\":\"Tỉnh Bắc Ninh họp\",\"body\":\"Tin "
    "vắn.\"}\n"
    "{\"id\":\"hb\",\"title\":\"Tỉnh Hòa Bình, tỉnh Phú Thọ\",\"body\":"
    "\"Giữ hòa bình ở Thái Bình Dương, Hưng Yên vui.\"}\n"
    "{\"id\":\"bo\",\"title\":\"Bộ Thông tin và Truyền thông họp\","
    "\"body\":\"Có Bộ Khoa học và Công nghệ dự.\"}\n"
    "{\"id\":\"hue\",\"title\":\"Thừa Thiên Huế\",\"body\":\"Hoa huệ.\"}\n"
    "{\"id\":\"hcm\",\"title\":\"Thành phố Hồ Chí Minh\",\"body\":\"TP. "
    "HCM và Bà Rịa - Vũng Tàu, Bình Dương.\"}\n";

static int set_up(void **state)
{
    (void)state;
    ix = fixture_open_text(folder, articles);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_close(ix, folder);
    return 0;
}

/* The names offered for a query, with '|' between. */
static void assert_offers(const char *query, const char *names)
{
    char found[256] = "";
    const dx_note *note;
    dx_results *rs;

    assert_int_equal(dx_search(ix, query, NULL, &rs, NULL), DX_OK);
    for (uint32_t i = 0; (note = dx_results_note(rs, i)) != NULL; i++)
        if (dx_note_kind_of(note) == DX_NOTE_RENAMED)
            snprintf(found + strlen(found), sizeof found - strlen(found),
                "%s%s", *found ? "|" : "", dx_note_text(note));
    assert_string_equal(found, names);
    dx_results_free(rs);
}

static void a_province_offers_what_it_became_and_was(void **state)
{
    (void)state;
    assert_offers("Bắc Giang", "Bắc Ninh");
    assert_offers("vải bac giang", "Bắc Ninh");
    assert_offers("bắc ninh họp", "Bắc Giang");
    assert_offers("TP. Hồ Chí Minh", "Bà Rịa - Vũng Tàu|Bình Dương");
    assert_offers("tp.hcm", "Bà Rịa - Vũng Tàu|Bình Dương");
    assert_offers("Hồ Chí Minh", "");
}

static void a_ministry_does_so_too_also_by_its_abbreviation(void **state)
{
    (void)state;
    assert_offers("Bộ Thông tin và Truyền thông", "Bộ Khoa học và Công nghệ");
    assert_offers("bộ TT&TT", "Bộ Khoa học và Công nghệ");
    assert_offers("bo khoa hoc va cong nghe", "Bộ Thông tin và Truyền thông");
    assert_offers("thông tin và truyền thông", "");
}

static void what_is_in_the_query_already_is_not_offered(void **state)
{
    (void)state;
    assert_offers("sáp nhập Bắc Giang Bắc Ninh", "");
}

static void a_note_has_the_date_and_the_query(void **state)
{
    const dx_note *note;
    dx_results *rs;

    (void)state;
    assert_int_equal(dx_search(ix, "mùa vải Bắc Giang 2024", NULL, &rs, NULL),
        DX_OK);
    note = dx_results_note(rs, 0);
    assert_non_null(note);
    assert_int_equal(dx_note_kind_of(note), DX_NOTE_RENAMED);
    assert_string_equal(dx_note_detail(note), "2025-07-01");
    assert_string_equal(dx_note_query(note), "mùa vải Bắc Ninh 2024");
    dx_results_free(rs);
}

static void a_query_is_never_rewritten(void **state)
{
    dx_results *rs;
    const dx_hit *hit;

    (void)state;
    assert_int_equal(dx_search(ix, "Bắc Giang", NULL, &rs, NULL), DX_OK);
    assert_int_equal(dx_results_total(rs), 1);
    assert_non_null(hit = dx_results_next(rs));
    assert_string_equal(dx_hit_field(hit, "id"), "bg");
    dx_results_free(rs);
}

static void words_that_are_no_names_offer_nothing(void **state)
{
    (void)state;
    assert_offers("giữ hòa bình", "");
    assert_offers("Hòa Bình", "Phú Thọ");
    assert_offers("tỉnh hòa bình", "Phú Thọ");
    assert_offers("Thái Bình Dương", "");
    assert_offers("bác giáng", "");
    assert_offers("hoa huệ", "");
    assert_offers("hue", "");
    assert_offers("Huế", "Thừa Thiên Huế");
    assert_offers("\"Bắc Giang\"", "");
}

static void what_the_index_does_not_have_is_not_offered(void **state)
{
    (void)state;
    assert_offers("Quảng Trị", "");
    assert_offers("Lâm Đồng", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_province_offers_what_it_became_and_was),
        cmocka_unit_test(a_ministry_does_so_too_also_by_its_abbreviation),
        cmocka_unit_test(what_is_in_the_query_already_is_not_offered),
        cmocka_unit_test(a_note_has_the_date_and_the_query),
        cmocka_unit_test(a_query_is_never_rewritten),
        cmocka_unit_test(words_that_are_no_names_offer_nothing),
        cmocka_unit_test(what_the_index_does_not_have_is_not_offered),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
