/* A hit of a document of pages says which one its passage stands on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/fixture.h"
#include "tests/support/made_documents.h"

static char folder[64];

static void index_pdf(void)
{
    static const char *const pages[] = {
        "Ke hoach cua tinh\n\n"
        "Uy ban nhan dan tinh ban hanh ke hoach chuyen doi so trong nam nay.\n"
        "Trang dau noi ve muc tieu.",
        "Cac so, nganh, dia phuong trien khai thuc hien theo phan cong.\n"
        "Trang giua noi ve kinh phi.",
        "Van phong tong hop ket qua va bao cao vao cuoi moi quy.\n"
        "Trang cuoi noi ve kiem tra, giam sat."};
    dx_buf pdf;

    dx_buf_init(&pdf, SIZE_MAX);
    made_pdf(&pdf, pages, 3, "");
    fixture_write(folder, "a.pdf", pdf.data, pdf.len);
    dx_buf_free(&pdf);
    fixture_index_file(folder, "a.pdf");
}

static uint32_t page_of(dx_index *ix, const char *query, char **json)
{
    dx_results *rs;
    dx_error err;

    assert_int_equal(dx_search(ix, query, NULL, &rs, &err), DX_OK);
    const dx_hit *hit = dx_results_next(rs);
    assert_non_null(hit);
    uint32_t page = dx_hit_page(hit);
    assert_int_equal(dx_results_json(rs, json, &err), DX_OK);
    dx_results_free(rs);
    return page;
}

static void a_hit_says_the_page_of_its_passage(void **state)
{
    static const struct {
        const char *query, *json;
        uint32_t page;
    } cases[] = {{"\"muc tieu\"", "\"page\":1,", 1},
        {"\"kinh phi\"", "\"page\":2,", 2},
        {"\"giam sat\"", "\"page\":3,", 3}};
    dx_index *ix;

    (void)state;
    if (access("/usr/bin/pdftotext", X_OK) != 0)
        skip();
    index_pdf();
    ix = fixture_open(folder);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *json;
        assert_int_equal(page_of(ix, cases[i].query, &json), cases[i].page);
        assert_non_null(strstr(json, cases[i].json));
        assert_null(strstr(json, "page_starts"));
        dx_text_free(json);
    }
    assert_int_equal(dx_hit_page(NULL), 0);
    fixture_close(ix, folder);
}

static int make_folder(void **state)
{
    (void)state;
    fixture_folder(folder);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hit_says_the_page_of_its_passage),
    };
    return cmocka_run_group_tests(tests, make_folder, NULL);
}
