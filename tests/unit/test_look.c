/* How a site's pages look: colours that can be read, what the policy allows, whose pictures
 * are shown. Its templates are in tests/cgi/cgi_templates.sh. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "searcher/output/html/look/color.h"
#include "searcher/output/html/look/look.h"
#include "searcher/output/html/look/policy.h"
#include "tests/support/fixture.h"

static void colours_are_read(void **state)
{
    uint32_t rgb;
    (void)state;
    assert_true(dx_color_read("#0b4fA8", &rgb));
    assert_int_equal(rgb, 0x0B4FA8);
    assert_true(dx_color_read("#05a", &rgb));
    assert_int_equal(rgb, 0x0055AA);
    assert_false(dx_color_read("red", &rgb));
    assert_false(dx_color_read("#12345g", &rgb));
    assert_false(dx_color_read("#1234", &rgb));
    assert_false(dx_color_read("", &rgb));
}

static void contrast_is_that_of_wcag(void **state)
{
    (void)state;
    assert_true(dx_color_contrast(0, DX_COLOR_WHITE) > 20.99);
    assert_true(dx_color_contrast(0x777777, DX_COLOR_WHITE) < 4.5);
    assert_true(dx_color_contrast(0x767676, DX_COLOR_WHITE) > 4.5);
}

static void any_colour_becomes_readable(void **state)
{
    static const uint32_t backs[] = {DX_COLOR_WHITE, 0x16181B};
    (void)state;
    for (uint32_t rgb = 0; rgb <= DX_COLOR_WHITE; rgb += 0x030507)
        for (size_t i = 0; i < 2; i++)
            assert_true(dx_color_contrast(dx_color_readable(rgb, backs[i]), backs[i]) >= 4.5);
    assert_int_equal(dx_color_readable(0x0B4FA8, DX_COLOR_WHITE), 0x0B4FA8);
}

static void a_style_sheet_is_allowed_by_its_hash(void **state)
{
    dx_buf out;
    (void)state;
    dx_buf_init(&out, 256);
    dx_policy_put_source(&out, DX_STR_LIT("abc")); /* FIPS 180-2, B.1 */
    assert_string_equal(dx_buf_cstr(&out),
        "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='");
    dx_buf_free(&out);
}

static dx_face face;

static void set_up_face(void)
{
    face = (dx_face)DX_FACE_INIT;
    face.base = "https://tinh.example/tim";
    face.logo = "https://logo.example/x.png";
    face.image_origins = "https://anh.example https://*.cdn.example";
}

static void pictures_come_from_the_site_and_who_is_allowed(void **state)
{
    (void)state;
    set_up_face();
    assert_true(dx_look_allows_image(&face, "/anh.jpg"));
    assert_true(dx_look_allows_image(&face, "https://tinh.example/a.jpg"));
    assert_true(dx_look_allows_image(&face, "https://ANH.example/a.jpg"));
    assert_true(dx_look_allows_image(&face, "https://a.cdn.example/a.jpg"));
    assert_false(dx_look_allows_image(&face, "//anh.example/a.jpg"));
    assert_false(dx_look_allows_image(&face, "http://anh.example/a.jpg"));
    assert_false(dx_look_allows_image(&face, "https://anh.example.evil/a.jpg"));
    assert_false(dx_look_allows_image(&face, "https://cdn.example/a.jpg"));
    assert_false(dx_look_allows_image(&face, "https://u@anh.example/a.jpg"));
    assert_false(dx_look_allows_image(&face, "data:image/png;base64,x"));
    assert_false(dx_look_allows_image(&face, ""));
    face.image_origins = "https:";
    assert_true(dx_look_allows_image(&face, "https://any.example/a.jpg"));
    assert_false(dx_look_allows_image(&face, "http://any.example/a.jpg"));
}

static void the_policy_names_just_these(void **state)
{
    dx_buf out;
    (void)state;
    set_up_face();
    dx_buf_init(&out, 4096);
    dx_look_put_policy(&face, &out);
    assert_non_null(strstr(dx_buf_cstr(&out),
        "; img-src 'self' https://logo.example https://anh.example https://*.cdn.example; "
        "script-src 'self'; connect-src 'self'; form-action 'self'; "));
    assert_null(strstr(dx_buf_cstr(&out), "unsafe"));
    dx_buf_clear(&out);
    face.parts = 0;
    face.logo = "/logo.png";
    dx_look_put_policy(&face, &out);
    assert_null(strstr(dx_buf_cstr(&out), "script-src"));
    dx_buf_free(&out);
}

static dx_status make(void)
{
    dx_look *look;
    dx_buf log;

    set_up_face();
    face.color = "#ffcc00";
    face.css = "h1{color:red}";
    dx_buf_init(&log, 4096);
    dx_status rc = dx_look_make(&face, "", &look, &log);
    assert_int_equal(log.len, 0);
    dx_buf_free(&log);
    dx_look_free(look);
    return rc;
}

static void making_it_fails_for_lack_of_memory_only(void **state)
{
    (void)state;
    fixture_fail_each_allocation(make, NULL);
}

static void a_style_sheet_cannot_end_its_element(void **state)
{
    dx_look *look;
    dx_buf log;
    (void)state;
    set_up_face();
    face.css = "a{}</STYLE><script>";
    dx_buf_init(&log, 4096);
    assert_int_equal(dx_look_make(&face, "", &look, &log), DX_OK);
    assert_non_null(strstr(dx_buf_cstr(&log), "</style"));
    face.look = look;
    dx_buf_clear(&log);
    dx_look_put_styles(&face, &log);
    assert_null(strstr(dx_buf_cstr(&log), "<script>"));
    dx_buf_free(&log);
    dx_look_free(look);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(colours_are_read),
        cmocka_unit_test(contrast_is_that_of_wcag),
        cmocka_unit_test(any_colour_becomes_readable),
        cmocka_unit_test(a_style_sheet_is_allowed_by_its_hash),
        cmocka_unit_test(pictures_come_from_the_site_and_who_is_allowed),
        cmocka_unit_test(the_policy_names_just_these),
        cmocka_unit_test(making_it_fails_for_lack_of_memory_only),
        cmocka_unit_test(a_style_sheet_cannot_end_its_element),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
