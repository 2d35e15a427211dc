/* The names that users give to fields. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "indexer/input/field_map.h"

static void check(const dx_field_map *map, const char *name, dx_field wanted,
    unsigned wanted_rank)
{
    unsigned rank = 0;

    if (dx_field_map_find(map, dx_str_from(name), &rank) != wanted ||
        rank != wanted_rank)
        fail_msg("%s", name);
}

static void fields_go_by_all_their_names(void **state)
{
    dx_field_map map = {.count = 0};

    (void)state;
    assert_int_equal(dx_field_map_add(&map, "title=ten_bai"), DX_FIELD_MAP_OK);
    assert_int_equal(dx_field_map_add(&map, "tieude=Đầu đề"), DX_FIELD_MAP_OK);
    assert_int_equal(dx_field_map_add(&map, "tiêuđề=t"), DX_FIELD_MAP_OK);
    assert_int_equal(dx_field_map_add(&map, "Ngày=lên trang"), DX_FIELD_MAP_OK);
    assert_int_equal(dx_field_map_add(&map, "id=a=b"), DX_FIELD_MAP_OK);
    assert_int_equal(map.count, 5);
    check(&map, "ten_bai", DX_FIELD_TITLE, 0);
    check(&map, "Đầu đề", DX_FIELD_TITLE, 1);
    check(&map, "t", DX_FIELD_TITLE, 2);
    check(&map, "lên trang", DX_FIELD_DATE, 0);
    check(&map, "a=b", DX_FIELD_ID, 0);
    check(&map, "title", DX_FIELDS, 0);
    check(&map, "", DX_FIELDS, 0);
}

static void names_match_however_they_are_written(void **state)
{
    dx_field_map map = {.count = 0};

    (void)state;
    assert_int_equal(dx_field_map_add(&map, "body=Nội dung"), DX_FIELD_MAP_OK);
    check(&map, "Nội dung", DX_FIELD_BODY, 0);
    check(&map, " NỘI DUNG\t", DX_FIELD_BODY, 0);
    check(&map, "No\xCC\xA3\xCC\x82i dung", DX_FIELD_BODY, 0); /* decomposed */
    check(&map, "Noi dung", DX_FIELDS, 0);
    check(&map, "Nội", DX_FIELDS, 0);
    check(&map, "Nội dung 2", DX_FIELDS, 0);
}

static void what_cannot_be_mapped_is_refused(void **state)
{
    dx_field_map map = {.count = 0};
    static const char *const no_field[] = {"", "=", "titel=a", "=a", "path=a",
        "extra=a", "province=a", "lang=a", "title", "shorts=a"};

    (void)state;
    for (size_t i = 0; i < sizeof no_field / sizeof *no_field; i++)
        if (dx_field_map_add(&map, no_field[i]) == DX_FIELD_MAP_OK)
            fail_msg("%s", no_field[i]);
    assert_int_equal(dx_field_map_add(&map, "titel=a"), DX_FIELD_MAP_NO_FIELD);
    assert_int_equal(dx_field_map_add(&map, "title"), DX_FIELD_MAP_NO_NAME);
    assert_int_equal(dx_field_map_add(&map, "title="), DX_FIELD_MAP_NO_NAME);
    assert_int_equal(dx_field_map_add(&map, "title= "), DX_FIELD_MAP_NO_NAME);
    assert_int_equal(map.count, 0);
    assert_int_equal(dx_field_map_add(&map, "title=a"), DX_FIELD_MAP_OK);
    assert_int_equal(dx_field_map_add(&map, "title=A"), DX_FIELD_MAP_TWICE);
    assert_int_equal(dx_field_map_add(&map, "body=a"), DX_FIELD_MAP_TWICE);
    assert_int_equal(map.count, 1);
}

static void there_is_a_limit(void **state)
{
    dx_field_map map = {.count = 0};
    char texts[DX_FIELD_MAP_MAX + 1][16];

    (void)state;
    for (unsigned i = 0; i <= DX_FIELD_MAP_MAX; i++) {
        snprintf(texts[i], sizeof texts[i], "tags=t%u", i);
        assert_int_equal(dx_field_map_add(&map, texts[i]),
            i < DX_FIELD_MAP_MAX ? DX_FIELD_MAP_OK : DX_FIELD_MAP_FULL);
    }
    check(&map, "t63", DX_FIELD_TAGS, 63);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_go_by_all_their_names),
        cmocka_unit_test(names_match_however_they_are_written),
        cmocka_unit_test(what_cannot_be_mapped_is_refused),
        cmocka_unit_test(there_is_a_limit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
