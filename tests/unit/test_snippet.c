/* Snippets of whole indexes: which passages of an article are shown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "searcher/include/dx/search.h"
#include "tests/support/fixture.h"

#define FILLER                                                                                     \
    "Nhiều hộ dân trong vùng đã gặt xong vụ mùa và phơi khô thóc trước ngày " \
    "trời trở gió. Trẻ em đến lớp như thường lệ, chợ phiên vẫn họp đông. "

static char folder[64];
static dx_index *ix;

static const char articles[] =
    "{\"id\":\"far\",\"title\":\"Tin trong ngày\",\"body\":\"Mở đầu. Bảo hiểm "
    "xã hội tăng. " FILLER FILLER FILLER "Tai nạn giao thông giảm.\"}\n"
    "{\"id\":\"near\",\"title\":\"Tin vắn\",\"body\":\"" FILLER
    "Bảo hiểm xã hội và tai nạn giao thông. " FILLER "\"}\n";

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

/* The snippet of article `id`, in marks of square brackets. */
static void snippet_of(const char *id, const char *query, char out[1000])
{
    dx_snippet_options opt = DX_SNIPPET_INIT;
    dx_results *rs;
    dx_hit hit;

    opt.max_bytes = 200;
    opt.mark_open = "[";
    opt.mark_close = "]";
    out[0] = '\0';
    assert_int_equal(dx_search(ix, query, NULL, &rs, NULL), DX_OK);
    while (dx_results_next(rs, &hit))
        if (strcmp(hit.id, id) == 0)
            snprintf(out, 1000, "%s", dx_hit_snippet(rs, &hit, &opt));
    dx_results_free(rs);
}

static void words_far_apart_are_shown_in_two_passages(void **state)
{
    char text[1000];

    (void)state;
    snippet_of("far", "tai nạn giao thông bảo hiểm xã hội", text);
    const char *first = strstr(text, "[Bảo hiểm xã hội]");
    const char *gap = strstr(text, " … ");
    const char *second = strstr(text, "[Tai nạn giao thông]");
    assert_true(first && gap && second && first < gap && gap < second);
    assert_null(strstr(gap + 1, " … "));
}

static void words_near_one_another_are_shown_in_one(void **state)
{
    char text[1000];

    (void)state;
    snippet_of("near", "tai nạn giao thông bảo hiểm xã hội", text);
    assert_non_null(strstr(text, "[Bảo hiểm xã hội] và [tai nạn giao thông]"));
    assert_null(strstr(text, " … "));
}

static void a_lone_syllable_far_away_gets_no_passage(void **state)
{
    char text[1000];

    (void)state;
    snippet_of("far", "bảo hiểm xã hội thông", text);
    assert_non_null(strstr(text, "[Bảo hiểm xã hội]"));
    assert_null(strstr(text, " … "));
}

static void a_passage_begins_with_a_sentence(void **state)
{
    char text[1000];

    (void)state;
    snippet_of("far", "xã hội", text);
    assert_ptr_equal(strstr(text, "…Bảo hiểm [xã hội] tăng."), text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_far_apart_are_shown_in_two_passages),
        cmocka_unit_test(words_near_one_another_are_shown_in_one),
        cmocka_unit_test(a_lone_syllable_far_away_gets_no_passage),
        cmocka_unit_test(a_passage_begins_with_a_sentence),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
