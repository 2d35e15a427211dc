/* Which field a key or the head of a column names, however a program writes it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "common/index/field/input_name.h"

static void expect(const char *name, dx_field field)
{
    unsigned which = DX_FIELD_INPUT_NAMES;
    dx_field found = dx_field_of_input(dx_str_from(name), &which);

    if (found != field)
        fail_msg("%s: %s, not %s", name,
            found < DX_FIELDS ? dx_fields[found].name : "none",
            field < DX_FIELDS ? dx_fields[field].name : "none");
    assert_int_equal(which < DX_FIELD_INPUT_NAMES, field != DX_FIELDS);
}

static void case_marks_and_what_joins_words_do_not_count(void **state)
{
    (void)state;
    expect("date", DX_FIELD_DATE);
    expect("Date", DX_FIELD_DATE);
    expect("publish_date", DX_FIELD_DATE);
    expect("publishDate", DX_FIELD_DATE);
    expect("publish-date", DX_FIELD_DATE);
    expect("PUBLISHED AT", DX_FIELD_DATE);
    expect("ngay_dang", DX_FIELD_DATE);
    expect("NgayDang", DX_FIELD_DATE);
    expect("Ngày đăng:", DX_FIELD_DATE);
    expect("NGÀY ĐĂNG", DX_FIELD_DATE);
    expect("nga\xCC\x80y \xC4\x91\xC4\x83ng", DX_FIELD_DATE); /* a mark apart */
    expect("Số ký hiệu", DX_FIELD_DOCNO);
    expect("Trích yếu", DX_FIELD_LEAD);
    expect("articleBody", DX_FIELD_BODY);
    expect("_id", DX_FIELD_ID);
    expect("@id", DX_FIELD_ID);
}

static void other_names_are_no_fields(void **state)
{
    (void)state;
    expect("", DX_FIELDS);
    expect("_", DX_FIELDS);
    expect("ngay", DX_FIELDS);
    expect("dates", DX_FIELDS);
    expect("title2", DX_FIELDS);
    expect("標題", DX_FIELDS);
    expect("title標", DX_FIELDS);
    expect("ti\xFFtle", DX_FIELDS);
    expect("a_name_that_is_longer_than_any_name_that_a_field_can_have_here",
        DX_FIELDS);
    assert_int_equal(dx_field_of_input((dx_str){"title\0x", 7}, &(unsigned){0}),
        DX_FIELDS);
}

static void a_way_to_the_value_is_its_name(void **state)
{
    (void)state;
    expect("_source.title", DX_FIELD_TITLE);
    expect("title.rendered", DX_FIELD_TITLE);
    expect("og:title", DX_FIELD_TITLE);
    expect("dc.date", DX_FIELD_DATE);
    expect("article:published_time", DX_FIELD_DATE);
    expect("content:encoded", DX_FIELD_BODY);
    expect("authors.0.name", DX_FIELD_AUTHOR);
    expect("thuoc_tinh/so_ky_hieu", DX_FIELD_DOCNO);
    expect("_id.$oid", DX_FIELD_ID);
    /* and the type behind it */
    expect("title_txt_vi", DX_FIELD_TITLE);
    expect("published_dt", DX_FIELD_DATE);
    expect("noi_dung_t", DX_FIELD_BODY);
    expect("_s", DX_FIELDS);
    /* of another article, or of two fields at once */
    expect("related.0.title", DX_FIELDS);
    expect("category.title", DX_FIELDS);
    expect("author.avatar", DX_FIELDS);
}

/* So that the order of the table decides nothing. */
static void no_two_fields_have_a_name_in_common(void **state)
{
    (void)state;
    for (unsigned f = 0; f < DX_FIELDS; f++) {
        for (unsigned i = 0; dx_fields[f].input_names[i]; i++) {
            unsigned which;
            const char *name = dx_fields[f].input_names[i];
            assert_int_equal(dx_field_of_input(dx_str_from(name), &which), f);
            if (which != i)
                fail_msg("%s is twice in its list", name);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case_marks_and_what_joins_words_do_not_count),
        cmocka_unit_test(other_names_are_no_fields),
        cmocka_unit_test(a_way_to_the_value_is_its_name),
        cmocka_unit_test(no_two_fields_have_a_name_in_common),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
