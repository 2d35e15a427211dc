/* No memory: the n-th allocation fails, and all later ones, for every n until
 * the work gets through. It must fail with NOMEM or succeed, never crash or
 * leak (the sanitizer tells), and leave the index whole.
 *
 * Allocations within libraries are not reached. DX_LONG=1 takes every n. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "common/base/arena.h"
#include "common/base/mem.h"
#include "common/index/check/check.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/meta.h"
#include "common/index/store/snapshot.h"
#include "indexer/invert/rebuild.h"
#include "searcher/include/dx/search.h"
#include "tests/support/fixture.h"

static char folder[64], corpus[80], index_dir[80], fresh_dir[80];

static int set_up(void **state)
{
    dx_run_totals totals;

    (void)state;
    fixture_folder(folder);
    snprintf(corpus, sizeof corpus, "%s/c", folder);
    snprintf(index_dir, sizeof index_dir, "%s/i", folder);
    snprintf(fresh_dir, sizeof fresh_dir, "%s/n", folder);
    assert_int_equal(mkdir(corpus, 0755), 0);
    fixture_samples(corpus);
    fixture_articles(corpus, "many.jsonl", "m", 0, 70);
    assert_int_equal(fixture_run(index_dir, corpus, false, &totals, NULL),
        DX_OK);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    dx_mem_fail_after(-1);
    fixture_remove(folder);
    return 0;
}

/* ---- indexing ---- */

static dx_status index_fresh(void)
{
    dx_run_totals totals;

    return fixture_run(fresh_dir, corpus, false, &totals, NULL);
}

/* Whole, and of the old or the new generation. */
static void expect_whole(const char *dir, uint64_t before, uint64_t after)
{
    dx_snapshot *s;
    dx_generation g;
    dx_status rc = dx_snapshot_open(dir, &s, NULL);

    if (rc == DX_ERR_NOINDEX) { /* did not get so far as to make one */
        assert_int_equal(before, 0);
        return;
    }
    assert_int_equal(rc, DX_OK);
    assert_int_equal(dx_generation_open(s, &g, NULL), DX_OK);
    assert_true(g.docs - g.deleted == before || g.docs - g.deleted == after);
    dx_generation_close(&g);
    dx_snapshot_close(s);
    assert_int_equal(fixture_check(dir, &rc), 0);
    assert_int_equal(rc, DX_OK);
}

static void after_fresh(void)
{
    struct stat st;

    expect_whole(fresh_dir, 0, 77);
    if (stat(fresh_dir, &st) == 0)
        fixture_remove(fresh_dir);
}

static void a_first_run_fails_cleanly(void **state)
{
    (void)state;
    fixture_fail_each_allocation(index_fresh, after_fresh);
}

/* A table in UTF-16, one whose quote is not closed, and JSON over several lines. */
static dx_status index_odd_files(void)
{
    static const char table[] = "title,body\nChợ,\"Chợ phiên\nhọp lại\"\n";
    static const char damaged[] =
        "id;title;body\n1;Lúa;\"Lúa chín\n2;Ngô;\"Ngô mọc\"\n3;Sắn;Sắn\n";
    static const char array[] = "[\n{\"title\": \"Khoai\",\n\"body\": \"Củ\"}\n]";
    static bool is_written;
    char utf16[2 * sizeof table];
    char odd[96];
    dx_run_totals totals;

    snprintf(odd, sizeof odd, "%s/odd", folder);
    if (!is_written) {
        assert_int_equal(mkdir(odd, 0755), 0);
        for (size_t i = 0; i < sizeof table; i++) { /* Latin-1, for brevity */
            utf16[2 * i] = table[i];
            utf16[2 * i + 1] = '\0';
        }
        fixture_write(odd, "a.csv", utf16, 2 * (sizeof table - 1));
        fixture_write(odd, "b.csv", damaged, sizeof damaged - 1);
        fixture_write(odd, "c.jsonl", array, sizeof array - 1);
        is_written = true;
    }
    return fixture_run(fresh_dir, odd, false, &totals, NULL);
}

static void after_odd_files(void)
{
    struct stat st;

    expect_whole(fresh_dir, 0, 4);
    if (stat(fresh_dir, &st) == 0)
        fixture_remove(fresh_dir);
}

static void reading_odd_files_fails_cleanly(void **state)
{
    (void)state;
    fixture_fail_each_allocation(index_odd_files, after_odd_files);
}

/* A change, a removal, and the merging of everything. */
static dx_status index_again(void)
{
    dx_run_totals totals;

    return fixture_run(index_dir, corpus, true, &totals, NULL);
}

static void after_again(void) { expect_whole(index_dir, 77, 81); }

static void a_second_run_fails_cleanly(void **state)
{
    (void)state;
    fixture_articles(corpus, "many.jsonl", "m", 3, 67); /* three go */
    fixture_articles(corpus, "more.jsonl", "n", 0, 7);  /* seven come */
    fixture_fail_each_allocation(index_again, after_again);
}

static dx_status rebuild(void)
{
    dx_rebuild_options options = {.from = index_dir, .to = fresh_dir,
        .memory_bytes = 64u << 20, .threads = 2};
    uint64_t articles;

    return dx_rebuild(&options, &articles, NULL);
}

static void after_rebuild(void)
{
    struct stat st;

    expect_whole(fresh_dir, 0, 81);
    if (stat(fresh_dir, &st) == 0)
        fixture_remove(fresh_dir);
}

static void rebuilding_fails_cleanly(void **state)
{
    (void)state;
    fixture_fail_each_allocation(rebuild, after_rebuild);
}

/* ---- reading ---- */

static dx_status read_all(void)
{
    dx_snapshot *s;
    dx_generation g;
    dx_arena arena = DX_ARENA_INIT;
    dx_meta_reader r;
    dx_meta meta;
    dx_doc doc;

    DX_TRY(dx_snapshot_open(index_dir, &s, NULL));
    dx_status rc = dx_generation_open(s, &g, NULL);
    dx_doc_init(&doc);
    dx_meta_reader_init(&r);
    for (size_t i = 0; rc == DX_OK && i < g.segment_count; i++) {
        for (uint32_t d = 0; rc == DX_OK && d < 20; d++) {
            rc = dx_segment_read_doc(g.segments[i], d, false, &doc);
            if (rc == DX_OK)
                rc = dx_segment_read_meta(g.segments[i], d, &r, &meta);
            if (rc == DX_OK && !dx_meta_keep(&meta, &arena))
                rc = DX_ERR_NOMEM;
        }
    }
    dx_meta_reader_free(&r);
    dx_generation_close(&g);
    dx_arena_free(&arena);
    dx_doc_free(&doc);
    dx_snapshot_close(s);
    return rc;
}

static void reading_fails_cleanly(void **state)
{
    (void)state;
    fixture_fail_each_allocation(read_all, NULL);
}

static void no_problem(void *ctx, const char *problem)
{
    (void)ctx;
    print_message("%s\n", problem);
    fail();
}

static dx_status check_all(void)
{
    dx_check_options options = {.on_problem = no_problem};
    dx_check_totals totals;
    dx_snapshot *s;

    DX_TRY(dx_snapshot_open(index_dir, &s, NULL));
    dx_status rc = dx_check(s, &options, &totals, NULL);
    dx_snapshot_close(s);
    return rc;
}

static void lack_of_memory_is_no_damage(void **state)
{
    (void)state;
    fixture_fail_each_allocation(check_all, NULL);
}

static dx_status copy_all(void)
{
    dx_snapshot *s;

    DX_TRY(dx_snapshot_open(index_dir, &s, NULL));
    dx_status rc = dx_snapshot_copy(s, fresh_dir, NULL);
    dx_snapshot_close(s);
    return rc;
}

static void after_copy(void)
{
    struct stat st;

    if (stat(fresh_dir, &st) == 0)
        fixture_remove(fresh_dir);
}

static void backup_fails_cleanly(void **state)
{
    (void)state;
    /* Only one allocation is ours; the loop wants a few. */
    dx_mem_fail_after(0);
    assert_int_equal(copy_all(), DX_ERR_NOMEM);
    dx_mem_fail_after(-1);
    assert_int_equal(copy_all(), DX_OK);
    dx_status rc;
    assert_int_equal(fixture_check(fresh_dir, &rc), 0);
    assert_int_equal(rc, DX_OK);
    after_copy();
}

/* ---- searching ---- */

/* Every failure of the library says what it is. */
static dx_status told(dx_status rc, const dx_error *err)
{
    assert_true(rc == DX_OK || (err->status == rc && *err->msg));
    return rc;
}

typedef dx_status (*search_function)(dx_index *ix, const char *query,
    const dx_request *req, dx_results **out, dx_error *err);

static bool has_notes, has_facets; /* of the last search */

static void read_results(dx_results *rs)
{
    const dx_note *note;
    const dx_facet *facet;
    const dx_hit *hit;

    while ((hit = dx_results_next(rs)) != NULL) {
        assert_non_null(dx_hit_field(hit, "title"));
        assert_non_null(dx_hit_title(hit, NULL));
        assert_non_null(dx_hit_snippet(hit, NULL));
    }
    for (uint32_t i = 0; (note = dx_results_note(rs, i)) != NULL; i++)
        assert_true(*dx_note_text(note) != '\0');
    for (uint32_t i = 0; (facet = dx_results_facet(rs, i)) != NULL; i++)
        assert_true(dx_facet_count(facet) > 0);
    has_notes = dx_results_note(rs, 0) != NULL;
    has_facets = dx_results_facet(rs, 0) != NULL;
    assert_null(dx_results_warning(rs, 0));
}

static dx_status search_by(search_function search, const char *query,
    const dx_request *request)
{
    dx_index *ix;
    dx_results *results;
    dx_error err;

    DX_TRY(told(dx_index_open(index_dir, &ix, &err), &err));
    dx_status rc = told(search(ix, query, request, &results, &err), &err);
    assert_true((rc == DX_OK) == (results != NULL));
    if (rc == DX_OK)
        read_results(results);
    dx_results_free(results);
    dx_index_close(ix);
    return rc;
}

static dx_status search_for(const char *query, const dx_request *request)
{
    return search_by(dx_search, query, request);
}

static dx_status search_words(void)
{
    return search_for("chuyển đổi số bac giang", NULL);
}

static dx_status search_phrase(void)
{
    return search_for("\"chuyển đổi số\" -lúa title:bài 749/QĐ-TTg", NULL);
}

static dx_status search_like(void)
{
    return search_by(dx_like, "m3", NULL);
}

static void searching_fails_cleanly(void **state)
{
    (void)state;
    fixture_fail_each_allocation(search_words, NULL);
    fixture_fail_each_allocation(search_phrase, NULL);
    fixture_fail_each_allocation(search_like, NULL);
}

/* Typed without accents, in keys, misspelt: each is read in another way. */
static dx_status search_reading(void)
{
    return search_for("chuyen doi so o huyen", NULL);
}

static dx_status search_keys(void)
{
    return search_for("chuyeern ddooir soos", NULL);
}

static dx_status search_misspelt(void)
{
    return search_for("chuyen doii so", NULL);
}

static dx_status search_wrong_marks(void)
{
    return search_for("chuyển dôi số", NULL);
}

static void understanding_fails_cleanly(void **state)
{
    (void)state;
    fixture_fail_each_allocation(search_reading, NULL);
    assert_true(has_notes);
    fixture_fail_each_allocation(search_keys, NULL);
    assert_true(has_notes);
    fixture_fail_each_allocation(search_misspelt, NULL);
    assert_true(has_notes);
    fixture_fail_each_allocation(search_wrong_marks, NULL);
    assert_true(has_notes);
}

static dx_status search_collapsed(void)
{
    dx_request request = DX_REQUEST_INIT;

    request.collapse = true;
    request.facets = 5;
    return search_for("chuyen doi so", &request);
}

static dx_status search_everything(void)
{
    dx_request request = DX_REQUEST_INIT;

    request.order = DX_ORDER_NEWEST;
    request.facets = 5;
    return search_for("(chuy* NEAR/3 số OR dịhc~ OR h?yện) source:\"Báo Bắc "
        "Giang\" date:2024 -\"hồ sơ\" \"xã lúa điện\"/1", &request);
}

static void collapse_and_facets_fail_cleanly(void **state)
{
    (void)state;
    fixture_fail_each_allocation(search_collapsed, NULL);
    assert_true(has_facets);
    fixture_fail_each_allocation(search_everything, NULL);
    assert_true(has_facets);
}

static dx_status write_json(void)
{
    char *json;
    dx_index *ix;
    dx_results *rs;
    dx_error err;

    DX_TRY(told(dx_index_open(index_dir, &ix, &err), &err));
    dx_status rc = told(dx_search(ix, "chuyen doi", NULL, &rs, &err), &err);
    if (rc == DX_OK) {
        rc = told(dx_results_json(rs, &json, &err), &err);
        assert_true((rc == DX_OK) == (json != NULL));
        dx_text_free(json);
        dx_results_free(rs);
    }
    dx_index_close(ix);
    return rc;
}

static void writing_json_fails_cleanly(void **state)
{
    (void)state;
    fixture_fail_each_allocation(write_json, NULL);
}

static dx_status suggest(void)
{
    dx_suggestions *s;
    dx_index *ix;
    dx_error err;

    DX_TRY(told(dx_index_open(index_dir, &ix, &err), &err));
    dx_status rc = told(dx_suggest(ix, "chuyen d", 10, &s, &err), &err);
    assert_true((rc == DX_OK) == (s != NULL));
    assert_true(rc != DX_OK || dx_suggestions_count(s) > 0);
    dx_suggestions_free(s);
    dx_index_close(ix);
    return rc;
}

static dx_status explain(void)
{
    char *text;
    dx_index *ix;
    dx_error err;

    DX_TRY(told(dx_index_open(index_dir, &ix, &err), &err));
    dx_status rc = told(dx_explain(ix, "chuyen doi \"số ở\"", "m5", NULL,
                            &text, &err), &err);
    assert_true((rc == DX_OK) == (text != NULL));
    dx_text_free(text);
    dx_index_close(ix);
    return rc;
}

static dx_index *refreshed; /* opened before index_dir changed */

static dx_status refresh(void)
{
    dx_error err;

    return told(dx_index_refresh(refreshed, &err), &err);
}

/* Where it was, as long as it fails. */
static void after_refresh(void)
{
    uint64_t articles = dx_index_articles(refreshed);

    assert_true(articles == 81 || articles == 82);
}

static void refreshing_fails_cleanly(void **state)
{
    dx_run_totals totals;

    (void)state;
    assert_int_equal(dx_index_open(index_dir, &refreshed, NULL), DX_OK);
    fixture_articles(corpus, "last.jsonl", "o", 0, 1);
    assert_int_equal(fixture_run(index_dir, corpus, false, &totals, NULL),
        DX_OK);
    fixture_fail_each_allocation(refresh, after_refresh);
    assert_int_equal(dx_index_articles(refreshed), 82);
    dx_index_close(refreshed);
}

static dx_status open_two(void)
{
    const char *const paths[] = {index_dir, index_dir};
    dx_index *ix;
    dx_error err;
    dx_status rc = told(dx_index_open_many(paths, 2, &ix, &err), &err);

    assert_true((rc == DX_OK) == (ix != NULL));
    dx_index_close(ix);
    return rc;
}

static dx_status add_synonyms(void)
{
    char path[100];
    dx_index *ix;
    dx_error err;

    snprintf(path, sizeof path, "%s/words", folder);
    DX_TRY(dx_index_open(index_dir, &ix, NULL));
    dx_status rc = told(dx_index_add_synonyms(ix, path, &err), &err);
    dx_index_close(ix);
    return rc;
}

static void opening_fails_cleanly(void **state)
{
    const char words[] = "cđs = chuyển đổi số\nxe hơi => ô tô\n";

    (void)state;
    fixture_fail_each_allocation(open_two, NULL);
    fixture_write(folder, "words", words, sizeof words - 1);
    fixture_fail_each_allocation(add_synonyms, NULL);
}

static void suggesting_and_explaining_fail_cleanly(void **state)
{
    (void)state;
    fixture_fail_each_allocation(suggest, NULL);
    fixture_fail_each_allocation(explain, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_first_run_fails_cleanly),
        cmocka_unit_test(reading_odd_files_fails_cleanly),
        cmocka_unit_test(a_second_run_fails_cleanly),
        cmocka_unit_test(rebuilding_fails_cleanly),
        cmocka_unit_test(reading_fails_cleanly),
        cmocka_unit_test(lack_of_memory_is_no_damage),
        cmocka_unit_test(backup_fails_cleanly),
        cmocka_unit_test(searching_fails_cleanly),
        cmocka_unit_test(understanding_fails_cleanly),
        cmocka_unit_test(collapse_and_facets_fail_cleanly),
        cmocka_unit_test(suggesting_and_explaining_fail_cleanly),
        cmocka_unit_test(writing_json_fails_cleanly),
        cmocka_unit_test(opening_fails_cleanly),
        cmocka_unit_test(refreshing_fails_cleanly), /* last: it adds */
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
