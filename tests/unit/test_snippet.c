/* Snippets of whole indexes: which passages of an article are shown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "common/index/codec/id_filter.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/excerpt.h"
#include "common/index/segment/segment.h"
#include "searcher/answer/open/index.h"
#include "searcher/answer/show/snippet.h"
#include "searcher/query/parse/parse.h"
#include "tests/support/fixture.h"

#define FILLER                                                                                     \
    "Nhiều hộ dân trong vùng đã gặt xong vụ mùa và phơi khô thóc trước ngày " \
    "trời trở gió. Trẻ em đến lớp như thường lệ, chợ phiên vẫn họp cho tới trưa. "

static char folder[64];
static dx_index *ix;

static const char articles[] =
    "{\"id\":\"far\",\"title\":\"Tin trong ngày\",\"body\":\"Mở đầu. Bảo hiểm "
    "xã hội tăng. " FILLER FILLER FILLER "Tai nạn giao thông giảm.\"}\n"
    "{\"id\":\"near\",\"title\":\"Tin vắn\",\"body\":\"" FILLER
    "Bảo hiểm xã hội và tai nạn giao thông. " FILLER "\"}\n"
    "{\"id\":\"let\",\"title\":\"Chung cư\",\"body\":\"Ông Tư dành cho con căn nhỏ, còn căn "
    "lớn thì cho thuê. Giá thuê tăng.\"}\n"
    "{\"id\":\"bare\",\"title\":\"Nha cho thue\",\"body\":\"Nha cho thue gia re. Thuế cao.\"}\n"
    "{\"id\":\"board\",\"title\":\"Tin xã\",\"body\":\"Ủy ban nhân dân họp. Bà con nhân dân và ban "
    "quản lý nghe.\"}\n"
    "{\"id\":\"twice\",\"title\":\"Tin huyện\",\"body\":\"Đắp đê, ngăn lũ. " FILLER FILLER
    "Sạt lở bờ sông. " FILLER FILLER "Sạt lở bờ sông, đắp đê. " FILLER FILLER "\"}\n";

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
    const dx_hit *hit;

    opt.max_bytes = 200;
    opt.mark_open = "[";
    opt.mark_close = "]";
    out[0] = '\0';
    assert_int_equal(dx_search(ix, query, NULL, &rs, NULL), DX_OK);
    while ((hit = dx_results_next(rs)) != NULL)
        if (strcmp(dx_hit_field(hit, "id"), id) == 0)
            snprintf(out, 1000, "%s", dx_hit_snippet(hit, &opt));
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

/* ---- marks ---- */

static void a_word_that_says_next_to_nothing_is_marked_beside_its_neighbour(void **state)
{
    char text[1000];

    (void)state;
    snippet_of("let", "cho thuê", text);
    assert_non_null(strstr(text, "dành cho con"));
    assert_non_null(strstr(text, "[cho thuê]"));
    assert_non_null(strstr(text, "Giá [thuê]"));
}

static void other_spellings_than_the_typed_one_are_not_marked(void **state)
{
    char text[1000];

    (void)state;
    snippet_of("bare", "cho thuê", text); /* set without marks */
    assert_non_null(strstr(text, "[cho thue]"));
    assert_non_null(strstr(text, "Thuế cao"));
}

static void what_stands_in_for_a_word_is_marked_together(void **state)
{
    char text[1000];

    (void)state;
    snippet_of("board", "UBND", text);
    assert_non_null(strstr(text, "[Ủy ban nhân dân]"));
    assert_null(strstr(text, "và [ban]"));
}

static void the_passage_is_that_which_ranking_found(void **state)
{
    char text[1000];

    (void)state;
    snippet_of("twice", "sạt lở bờ sông đắp đê", text);
    assert_non_null(strstr(text, "[Sạt lở bờ sông], [đắp đê]"));
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

/* ---- of a part of the text, and of all of it ---- */

typedef struct part { /* of a document whose text was not decoded */
    const dx_segment *segment;
    uint32_t number;
    dx_doc doc, words;
} part;

static dx_status fill_part(void *ctx, uint32_t from, uint32_t end)
{
    part *p = ctx;

    return dx_segment_fill_text(p->segment, from, end, &p->doc, &p->words);
}

/* Field by field: there is padding between them. */
static void same_tokens(const dx_id_filter *asked, const dx_doc *whole,
    const dx_doc *located)
{
    size_t n = 0;

    for (size_t i = 0; i < whole->token_count; i++) {
        const dx_token *t = &whole->tokens[i], *l = &located->tokens[n];
        if (!dx_id_filter_may_have(asked, t->exact_id))
            continue;
        assert_true(n++ < located->token_count);
        assert_int_equal(l->exact_id, t->exact_id);
        assert_int_equal(l->pos, t->pos);
        assert_int_equal(l->start, t->start);
        assert_int_equal(l->end, t->end);
        assert_int_equal(l->field, t->field);
        assert_int_equal(l->overlay, t->overlay);
    }
    assert_int_equal(located->token_count, n);
    assert_memory_equal(located->field_end, whole->field_end,
        sizeof whole->field_end);
}

static void compare_document(const dx_query *q, const dx_id_filter *asked,
    part *p, dx_doc *whole, uint32_t max_bytes)
{
    const dx_segment *s = p->segment;
    dx_id_range ranges[DX_HIGHLIGHT_RANGES_MAX], found[DX_HIGHLIGHT_RANGES_MAX];
    dx_snippet_options opt = DX_SNIPPET_INIT;
    dx_snippet_source all = {.doc = whole, .words = whole};
    dx_snippet_source some = {.doc = &p->doc, .words = &p->words,
        .fill = fill_part, .ctx = p};
    dx_highlight how = {.query = q, .light = {p->number % 2 == 0}};
    dx_buf a, b;

    opt.max_bytes = max_bytes;
    dx_buf_init(&a, 1u << 20);
    dx_buf_init(&b, 1u << 20);
    assert_int_equal(dx_segment_read_doc(s, p->number, false, whole), DX_OK);
    assert_int_equal(dx_segment_locate_terms(s, p->number, asked, &p->doc),
        DX_OK);
    assert_int_equal(p->doc.text.len, whole->text.len);
    memset(p->doc.text.data, '?', p->doc.text.len);
    size_t count = dx_highlight_ranges(&how, s, whole, ranges);
    assert_int_equal(dx_highlight_ranges(&how, s, &p->doc, found), count);
    for (size_t i = 0; i < count; i++)
        assert_true(found[i].first == ranges[i].first && found[i].end == ranges[i].end &&
                    found[i].word == ranges[i].word &&
                    found[i].beside == ranges[i].beside);
    same_tokens(asked, whole, &p->doc);
    assert_int_equal(dx_snippet_title(&all, ranges, count, &opt, &a), DX_OK);
    assert_int_equal(dx_snippet_title(&some, ranges, count, &opt, &b), DX_OK);
    assert_int_equal(dx_snippet_passage(&all, ranges, count, &opt, &a), DX_OK);
    assert_int_equal(dx_snippet_passage(&some, ranges, count, &opt, &b), DX_OK);
    assert_string_equal(dx_buf_cstr(&b), dx_buf_cstr(&a));
    dx_buf_free(&a);
    dx_buf_free(&b);
}

static void compare_segment(const dx_segment *s, const char *text)
{
    part p = {.segment = s};
    dx_id_filter asked;
    dx_doc whole;
    dx_query q;

    dx_doc_init(&p.doc);
    dx_doc_init(&p.words);
    dx_doc_init(&whole);
    assert_int_equal(dx_query_parse(text, &q, NULL), DX_OK);
    assert_true(dx_highlight_filter(s, &q, false, &asked));
    for (p.number = 0; p.number < dx_segment_docs(s); p.number++) {
        compare_document(&q, &asked, &p, &whole, 300);
        compare_document(&q, &asked, &p, &whole, 40);
    }
    dx_query_free(&q);
    dx_doc_free(&p.doc);
    dx_doc_free(&p.words);
    dx_doc_free(&whole);
}

/* Up to four runs of words of the text, from anywhere in it. */
static void query_from(const dx_doc *d, uint64_t *random, dx_buf *out)
{
    dx_buf_clear(out);
    for (uint64_t runs = 1 + fixture_random(random) % 4; runs > 0; runs--) {
        size_t i = fixture_random(random) % d->token_count;
        size_t end = i + 1 + fixture_random(random) % 3;
        for (; i < end && i < d->token_count; i++) {
            const dx_token *t = &d->tokens[i];
            dx_buf_putc(out, ' ');
            for (uint32_t at = t->start; at < t->end; at++)
                dx_buf_putc(out, (char)d->text.data[at]);
        }
    }
}

static void compare_random(const dx_segment *s, uint32_t rounds)
{
    part p = {.segment = s};
    dx_doc whole;
    dx_buf text;
    uint64_t random = 20211216;

    dx_doc_init(&p.doc);
    dx_doc_init(&p.words);
    dx_doc_init(&whole);
    dx_buf_init(&text, 1u << 16);
    for (; rounds > 0; rounds--) {
        dx_id_filter asked;
        dx_query q;
        p.number = (uint32_t)(fixture_random(&random) % dx_segment_docs(s));
        assert_int_equal(dx_segment_read_doc(s, p.number, false, &whole),
            DX_OK);
        if (whole.token_count == 0)
            continue;
        query_from(&whole, &random, &text);
        assert_int_equal(dx_query_parse(dx_buf_cstr(&text), &q, NULL), DX_OK);
        if (dx_highlight_filter(s, &q, false, &asked))
            compare_document(&q, &asked, &p, &whole,
                8 + (uint32_t)(fixture_random(&random) % 600));
        dx_query_free(&q);
    }
    dx_doc_free(&p.doc);
    dx_doc_free(&p.words);
    dx_doc_free(&whole);
    dx_buf_free(&text);
}

static void a_part_of_the_text_gives_the_snippet_of_all_of_it(void **state)
{
    static const char *const queries[] = {"", "chuyển đổi số Bắc Giang",
        "ngay 16/12/2021", "749/QĐ-TTg", "mua lu ha tinh", "xã", "\"thủ tục\""};
    char samples[64], index[80];
    dx_run_totals totals;
    dx_error err;
    dx_index *all;

    (void)state;
    fixture_folder(samples);
    snprintf(index, sizeof index, "%s/i", samples);
    assert_int_equal(fixture_run(index, DX_SOURCE_DIR "/corpus", false,
                         &totals, &err), DX_OK);
    all = fixture_open(samples);
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        for (size_t s = 0; s < all->collection->generation.segment_count; s++)
            compare_segment(all->collection->generation.segments[s], queries[i]);
    for (size_t s = 0; s < all->collection->generation.segment_count; s++)
        compare_random(all->collection->generation.segments[s], 3000);
    fixture_close(all, samples);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_far_apart_are_shown_in_two_passages),
        cmocka_unit_test(words_near_one_another_are_shown_in_one),
        cmocka_unit_test(a_word_that_says_next_to_nothing_is_marked_beside_its_neighbour),
        cmocka_unit_test(other_spellings_than_the_typed_one_are_not_marked),
        cmocka_unit_test(what_stands_in_for_a_word_is_marked_together),
        cmocka_unit_test(the_passage_is_that_which_ranking_found),
        cmocka_unit_test(a_lone_syllable_far_away_gets_no_passage),
        cmocka_unit_test(a_passage_begins_with_a_sentence),
        cmocka_unit_test(a_part_of_the_text_gives_the_snippet_of_all_of_it),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
