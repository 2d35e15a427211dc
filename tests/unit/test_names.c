/* The tables of names: that each is complete and agrees with the others, and
 * that what people type finds its entry. What is found in text: tests/spec. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "common/names/agencies.h"
#include "common/names/doctypes.h"
#include "common/names/names.h"
#include "common/names/provinces.h"
#include "common/names/renames.h"
#include "common/names/spell.h"
#include "common/text/analyzer.h"

static const dx_province *place_named(const char *name)
{
    for (size_t i = 0; i < DX_PROVINCES_COUNT; i++)
        if (strcmp(dx_provinces[i].name, name) == 0)
            return &dx_provinces[i];
    return NULL;
}

static const dx_agency *agency_named(const char *name)
{
    for (size_t i = 0; i < dx_agencies_count; i++)
        if (strcmp(dx_agencies[i].name, name) == 0)
            return &dx_agencies[i];
    return NULL;
}

/* ---- tables ---- */

static void there_are_63_old_and_34_current_provinces(void **state)
{
    size_t old = 0, current = 0;

    (void)state;
    for (size_t i = 0; i < DX_PROVINCES_COUNT; i++) {
        old += dx_provinces[i].old;
        current += dx_provinces[i].current;
        assert_true(dx_provinces[i].old || dx_provinces[i].current);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(dx_provinces[i].name, dx_provinces[k].name);
    }
    assert_int_equal(old, DX_PROVINCES_OLD);
    assert_int_equal(current, DX_PROVINCES_CURRENT);
}

static void every_old_province_is_current_or_became_exactly_one(void **state)
{
    (void)state;
    for (size_t i = 0; i < DX_PROVINCES_COUNT; i++) {
        size_t renames = 0;
        for (size_t r = 0; r < dx_renames_count; r++)
            renames += strcmp(dx_renames[r].before, dx_provinces[i].name) == 0;
        assert_int_equal(renames, !dx_provinces[i].current);
    }
}

static void renames_lead_from_old_names_to_current_ones(void **state)
{
    int year, month, day;

    (void)state;
    for (size_t r = 0; r < dx_renames_count; r++) {
        const dx_rename *n = &dx_renames[r];
        if (n->kind == DX_RENAME_PROVINCE) {
            assert_non_null(place_named(n->before));
            assert_true(place_named(n->before)->old);
            assert_true(place_named(n->after)->current);
        } else {
            assert_false(agency_named(n->before)->current);
            assert_true(agency_named(n->after)->current);
        }
        assert_int_equal(strlen(n->date), 10);
        assert_int_equal(sscanf(n->date, "%d-%d-%d", &year, &month, &day), 3);
        assert_int_equal(year, 2025);
        assert_true(strlen(n->basis) > 0);
    }
}

static void every_old_ministry_became_another(void **state)
{
    (void)state;
    for (size_t i = 0; i < dx_agencies_count; i++) {
        size_t renames = 0;
        for (size_t r = 0; r < dx_renames_count; r++)
            renames += strcmp(dx_renames[r].before, dx_agencies[i].name) == 0;
        assert_int_equal(renames, !dx_agencies[i].current);
    }
}

static size_t times_changed(const char *name)
{
    size_t times = 0;

    for (size_t i = 0; i < dx_changed_names_count; i++)
        times += strcmp(dx_changed_names[i].name, name) == 0;
    return times;
}

/* The table tells their folded terms itself: they are those of the analyzer. */
static void names_that_changed_are_known_as_they_are_typed(void **state)
{
    dx_analyzer *a = dx_analyzer_new();
    bool same;

    (void)state;
    assert_non_null(a);
    for (size_t r = 0; r < dx_renames_count; r++) {
        assert_int_equal(times_changed(dx_renames[r].before), 1);
        assert_int_equal(times_changed(dx_renames[r].after), 1);
    }
    for (size_t i = 0; i < dx_changed_names_count; i++) {
        const char *at = dx_changed_names[i].folded;
        dx_str folded = dx_names_next(&at);
        if (!*dx_changed_names[i].name)
            continue;
        assert_int_equal(dx_names_same(a, dx_changed_names[i].name, "", folded,
            &same), DX_OK);
        assert_true(same);
    }
    dx_analyzer_free(a);
}

static void a_province_has_the_labels_of_those_that_became_it(void **state)
{
    dx_analyzer *a = dx_analyzer_new();
    const char *labels[DX_PROVINCE_LABELS_MAX];
    size_t count;

    (void)state;
    assert_non_null(a);
    assert_int_equal(dx_province_labels(a, DX_STR_LIT("tinh phu tho"), labels,
        &count), DX_OK);
    assert_int_equal(count, 3);
    assert_string_equal(labels[0], "Phú Thọ");
    assert_string_equal(labels[1], "Vĩnh Phúc");
    assert_string_equal(labels[2], "Hòa Bình");
    assert_int_equal(dx_province_labels(a, DX_STR_LIT("vinh phuc"), labels,
        &count), DX_OK);
    assert_int_equal(count, 1);
    assert_int_equal(dx_province_labels(a, DX_STR_LIT("paris"), labels, &count),
        DX_OK);
    assert_int_equal(count, 0);
    dx_analyzer_free(a);
}

static void no_code_is_in_a_table_twice(void **state)
{
    (void)state;
    assert_true(dx_agencies_count <= DX_AGENCIES_MAX);
    assert_true(dx_doctypes_count <= DX_DOCTYPES_MAX);
    for (size_t i = 0; i < dx_agencies_count; i++)
        assert_int_equal(dx_agency_of_code(dx_str_from(dx_agencies[i].code)),
            i);
    for (size_t i = 0; i < dx_doctypes_count; i++)
        for (size_t k = 0; k < i; k++) {
            assert_string_not_equal(dx_doctypes[i].name, dx_doctypes[k].name);
            assert_true(*dx_doctypes[i].code == '\0' ||
                        strcmp(dx_doctypes[i].code, dx_doctypes[k].code) != 0);
        }
}

/* ---- looking up ---- */

static const char *place_of(dx_analyzer *a, const char *folded)
{
    size_t place;

    assert_int_equal(dx_province_find(a, dx_str_from(folded), &place), DX_OK);
    return place == DX_PROVINCE_NONE ? "" : dx_provinces[place].name;
}

static const char *agency_of(dx_analyzer *a, const char *folded)
{
    size_t agency;

    assert_int_equal(dx_agency_find(a, dx_str_from(folded), &agency), DX_OK);
    return agency == DX_AGENCY_NONE ? "" : dx_agencies[agency].name;
}

static void a_province_is_found_by_any_of_its_spellings(void **state)
{
    dx_analyzer *a = dx_analyzer_new();

    (void)state;
    assert_non_null(a);
    assert_string_equal(place_of(a, "bac giang"), "Bắc Giang");
    assert_string_equal(place_of(a, "tinh bac giang"), "Bắc Giang");
    assert_string_equal(place_of(a, "tp hcm"), "TP. Hồ Chí Minh");
    assert_string_equal(place_of(a, "tphcm"), "TP. Hồ Chí Minh");
    assert_string_equal(place_of(a, "ho chi minh"), "TP. Hồ Chí Minh");
    assert_string_equal(place_of(a, "thanh pho ho chi minh"),
        "TP. Hồ Chí Minh");
    assert_string_equal(place_of(a, "br vt"), "Bà Rịa - Vũng Tàu");
    assert_string_equal(place_of(a, "hue"), "Huế");
    assert_string_equal(place_of(a, "bac"), "");
    assert_string_equal(place_of(a, "bac giang x"), "");
    assert_string_equal(place_of(a, "tinh"), "");
    assert_string_equal(place_of(a, ""), "");
    dx_analyzer_free(a);
}

static void a_body_is_found_by_name_abbreviation_and_code(void **state)
{
    dx_analyzer *a = dx_analyzer_new();

    (void)state;
    assert_non_null(a);
    assert_string_equal(agency_of(a, "bo y te"), "Bộ Y tế");
    assert_string_equal(agency_of(a, "bo tt tt"),
        "Bộ Thông tin và Truyền thông");
    assert_string_equal(agency_of(a, "btttt"), "Bộ Thông tin và Truyền thông");
    assert_string_equal(agency_of(a, "bo"), "");
    assert_int_equal(dx_agency_of_code(DX_STR_LIT("khong")), DX_AGENCY_NONE);
    assert_int_equal(dx_agency_of_code(DX_STR_LIT("")), DX_AGENCY_NONE);
    dx_analyzer_free(a);
}

static void a_number_tells_the_type_of_its_document(void **state)
{
    static const struct {
        const char *number, *type;
    } cases[] = {
        {"749/qđ-ttg", "Quyết định"},
        {"13/2023/nđ-cp", "Nghị định"},
        {"57-nq/tw", "Nghị quyết"},
        {"18/2026/qh15", "Luật"},
        {"1210/2016/ubtvqh13", "Nghị quyết"},
        {"12/2020/ttlt-byt-btc", "Thông tư liên tịch"},
        {"2345/ubnd-vx", "Công văn"},
        {"1234/byt-dp", "Công văn"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t type = dx_doctype_of_number(dx_str_from(cases[i].number));
        assert_true(type < dx_doctypes_count);
        assert_string_equal(dx_doctypes[type].name, cases[i].type);
    }
    assert_int_equal(dx_doctype_of_number(DX_STR_LIT("12/abc-xyz")),
        DX_DOCTYPE_NONE);
    assert_int_equal(dx_doctype_of_number(DX_STR_LIT("12/qhx5")),
        DX_DOCTYPE_NONE);
    assert_int_equal(dx_doctype_of_number(DX_STR_LIT("")), DX_DOCTYPE_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_are_63_old_and_34_current_provinces),
        cmocka_unit_test(every_old_province_is_current_or_became_exactly_one),
        cmocka_unit_test(renames_lead_from_old_names_to_current_ones),
        cmocka_unit_test(every_old_ministry_became_another),
        cmocka_unit_test(names_that_changed_are_known_as_they_are_typed),
        cmocka_unit_test(a_province_has_the_labels_of_those_that_became_it),
        cmocka_unit_test(no_code_is_in_a_table_twice),
        cmocka_unit_test(a_province_is_found_by_any_of_its_spellings),
        cmocka_unit_test(a_body_is_found_by_name_abbreviation_and_code),
        cmocka_unit_test(a_number_tells_the_type_of_its_document),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
