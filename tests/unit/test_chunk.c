/* What is read of an index is verified when it is first read: a wrong page is an error,
 * and never an answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/base/bytes.h"
#include "common/index/chunk/chunk.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/layout/parts.h"
#include "common/index/segment/segment_internal.h"
#include "common/index/store/snapshot.h"
#include "common/index/store/writer.h"
#include "indexer/invert/rebuild.h"
#include "searcher/include/dx/search.h"
#include "tests/support/fixture.h"

#define ANSWER_BYTES 65536

static char folder[64], index_dir[80], rebuilt_dir[80], corpus[80], file[100];
static uint64_t seed = 20261130;
static int fd = -1;

static int set_up(void **state)
{
    dx_run_totals totals;

    (void)state;
    fixture_folder(folder);
    snprintf(corpus, sizeof corpus, "%s/c", folder);
    snprintf(index_dir, sizeof index_dir, "%s/i", folder);
    snprintf(rebuilt_dir, sizeof rebuilt_dir, "%s/r", folder);
    snprintf(file, sizeof file, "%s/index.mdb", index_dir);
    assert_int_equal(mkdir(corpus, 0755), 0);
    fixture_samples(corpus);
    fixture_articles(corpus, "many.jsonl", "m", 0, 300);
    assert_int_equal(fixture_run(index_dir, corpus, false, &totals, NULL), DX_OK);
    fd = open(file, O_RDWR | O_CLOEXEC);
    return fd < 0 ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    close(fd);
    fixture_remove(folder);
    return 0;
}

/* ---- where a chunk lies in the file ---- */

typedef struct place {
    unsigned part;
    off_t at;
    size_t bytes; /* with the sums */
} place;

static place places[64];
static size_t place_count;

/* Both are a few hundred KB. */
static off_t find_in_file(const uint8_t *bytes, size_t len)
{
    size_t file_len;
    uint8_t *all = fixture_read(file, &file_len);
    const uint8_t *at = memmem(all, file_len, bytes, len);

    assert_non_null(at);
    off_t offset = (off_t)(at - all);
    free(all);
    return offset;
}

static void find_places(const dx_segment *s)
{
    place_count = 0;
    for (unsigned part = 0; part < DX_PART_COUNT; part++)
        for (uint32_t i = 0; i < s->parts.part[part].chunk_count; i++) {
            dx_chunk *c;
            dx_str at = dx_parts_at(&s->parts, (dx_part)part,
                s->parts.part[part].chunks[i].start, &c);
            size_t whole = c->bytes + dx_chunk_sums_bytes(c->bytes);
            assert_true(place_count < 64);
            places[place_count++] = (place){part,
                find_in_file((const uint8_t *)at.ptr, whole), whole};
        }
}

static void flip(off_t at, uint8_t bits)
{
    uint8_t byte;

    assert_int_equal(pread(fd, &byte, 1, at), 1);
    byte ^= bits;
    assert_int_equal(pwrite(fd, &byte, 1, at), 1);
}

/* ---- a model of the levels of sums ---- */

static void sums_are_of_pages_and_of_sums(void **state)
{
    static const size_t sizes[] = {1, 1023, 1024, 1025, 256 * 1024,
        256 * 1024 + 1, 300000, 1 << 20};

    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        size_t bytes = sizes[i], first = (bytes + 1023) / 1024 * 4;
        size_t second = first > 1024 ? (first + 1023) / 1024 * 4 : 0;
        uint8_t *chunk = malloc(bytes + first + second);
        assert_int_equal(dx_chunk_sums_bytes(bytes), first + second);
        for (size_t k = 0; k < bytes; k++)
            chunk[k] = (uint8_t)fixture_random(&seed);
        uint64_t checksum = dx_chunk_sum_up(chunk, bytes, chunk + bytes);
        assert_true(dx_chunk_agrees(chunk, bytes, checksum));
        for (unsigned k = 0; k < 50; k++) {
            size_t at = fixture_random(&seed) % (bytes + first + second);
            chunk[at] ^= 1;
            assert_false(dx_chunk_agrees(chunk, bytes, checksum));
            chunk[at] ^= 1;
        }
        free(chunk);
    }
}

/* ---- the first touch, and later ones ---- */

static dx_snapshot *snapshot;
static dx_generation generation;

static const dx_segment *open_segment(void)
{
    assert_int_equal(dx_snapshot_open(index_dir, &snapshot, NULL), DX_OK);
    assert_int_equal(dx_generation_open(snapshot, &generation, NULL), DX_OK);
    assert_true(generation.segment_count > 0);
    return generation.segments[0];
}

static void close_segment(void)
{
    dx_generation_close(&generation);
    dx_snapshot_close(snapshot);
}

static void a_page_is_verified_when_it_is_first_touched(void **state)
{
    dx_error err = {0};
    const dx_segment *s = open_segment();

    (void)state;
    find_places(s);
    const place *contents = NULL;
    for (size_t i = 0; i < place_count; i++)
        if (places[i].part == DX_PART_CONTENTS)
            contents = &places[i];
    assert_non_null(contents);
    uint32_t other = DX_PAGE_BYTES / 8; /* a document on the second page of three */
    assert_true(contents->bytes > 2 * DX_PAGE_BYTES + 3 * DX_PAGE_SUM_BYTES);
    uint64_t hash = dx_segment_content_hash(s, 0);
    flip(contents->at, 1); /* after the first touch nobody looks again … */
    flip(contents->at + 8 * (off_t)other, 1);
    assert_int_equal(dx_segment_content_hash(s, 0), hash ^ 1);
    assert_int_equal(dx_segment_damage(s, &err), DX_OK);
    dx_chunk *chunk = s->contents.chunk;
    assert_true(dx_chunk_verify_pages(chunk, 0, 0));
    (void)dx_segment_content_hash(s, other); /* … but this is another page */
    assert_int_equal(dx_segment_damage(s, &err), DX_ERR_CORRUPT);
    assert_false(dx_chunk_verify_pages(chunk, 1, 1));
    assert_false(dx_chunk_verify_pages(chunk, 2, 2)); /* nobody hashes any more */
    assert_true(dx_chunk_verify_pages(chunk, 0, 0));
    assert_non_null(strstr(err.msg, "CONTENTS chunk 0"));
    assert_non_null(strstr(err.msg, "restore a backup"));
    flip(contents->at, 1);
    flip(contents->at + 8 * (off_t)other, 1);
    assert_int_equal(dx_segment_damage(s, &err), DX_ERR_CORRUPT); /* for good */
    close_segment();
    s = open_segment();
    assert_int_equal(dx_segment_verify(s, &err), DX_OK);
    close_segment();
}

/* ---- answers ---- */

static const char *const queries[] = {"chuyển đổi số", "bac giang",
    "\"chuyển đổi số\" -lúa", "title:bài after:2020", "so \"doi so o\" NEAR/5 xa"};

static void say(char *out, size_t *len, const char *text)
{
    int n = snprintf(out + *len, ANSWER_BYTES - *len, "%s\n", text);

    *len += (size_t)n < ANSWER_BYTES - *len ? (size_t)n : 0;
}

static dx_status show(dx_results *rs, char *out, size_t *len, dx_error *err)
{
    char total[32];
    const dx_hit *hit;

    snprintf(total, sizeof total, "%llu",
        (unsigned long long)dx_results_total(rs));
    say(out, len, total);
    while ((hit = dx_results_next(rs)) != NULL) {
        say(out, len, dx_hit_field(hit, "id"));
        say(out, len, dx_hit_field(hit, "date"));
        say(out, len, dx_hit_title(hit, NULL));
        say(out, len, dx_hit_snippet(hit, NULL));
    }
    return dx_results_check(rs, err);
}

/* All answers, with all that is shown of them; or the first failure. */
static dx_status ask(char *out, dx_error *err)
{
    dx_request request = DX_REQUEST_INIT;
    dx_results *rs;
    dx_index *ix;
    size_t len = 0;

    memset(out, 0, ANSWER_BYTES);
    DX_TRY(dx_index_open(index_dir, &ix, err));
    request.facets = 3;
    dx_status rc = DX_OK;
    for (size_t i = 0; i < sizeof queries / sizeof *queries && rc == DX_OK; i++) {
        request.order = i % 2 ? DX_ORDER_NEWEST : DX_ORDER_SCORE;
        rc = dx_search(ix, queries[i], &request, &rs, err);
        if (rc != DX_OK)
            break;
        rc = show(rs, out, &len, err);
        dx_results_free(rs);
    }
    dx_index_close(ix);
    return rc;
}

static void a_wrong_page_is_an_error_and_never_an_answer(void **state)
{
    char *right = malloc(ANSWER_BYTES), *got = malloc(ANSWER_BYTES);
    unsigned times = fixture_is_long() ? 400 : 16, told = 0, equal = 0;
    dx_error err;

    (void)state;
    assert_int_equal(ask(right, &err), DX_OK);
    find_places(open_segment());
    close_segment();
    for (size_t i = 0; i < place_count; i++)
        for (unsigned k = 0; k < times; k++) {
            off_t at = places[i].at +
                       (off_t)(fixture_random(&seed) % places[i].bytes);
            uint8_t bits = (uint8_t)(1u << fixture_random(&seed) % 8);
            flip(at, bits);
            dx_status rc = ask(got, &err);
            flip(at, bits);
            if (rc == DX_OK) {
                assert_string_equal(got, right);
                equal++;
                continue;
            }
            assert_int_equal(rc, DX_ERR_CORRUPT);
            assert_non_null(strstr(err.msg, index_dir));
            assert_non_null(strstr(err.msg, "restore a backup"));
            told++;
        }
    assert_true(told > place_count * times / 4); /* or little of it was read */
    assert_int_equal(ask(got, &err), DX_OK);
    free(right);
    free(got);
}

/* ---- threads ---- */

static void *verify_all(void *segment)
{
    dx_error err;

    return dx_segment_verify(segment, &err) == DX_OK ? NULL : segment;
}

static void threads_verify_the_same_pages_at_once(void **state)
{
    pthread_t threads[3];
    void *failed;

    (void)state;
    for (unsigned round = 0; round < 20; round++) {
        dx_segment *s = (dx_segment *)(uintptr_t)open_segment();
        for (unsigned i = 0; i < 3; i++)
            assert_int_equal(
                pthread_create(&threads[i], NULL, verify_all, s), 0);
        for (unsigned i = 0; i < 3; i++) {
            assert_int_equal(pthread_join(threads[i], &failed), 0);
            assert_null(failed);
        }
        close_segment();
    }
}

/* ---- whoever writes ---- */

/* Flips a bit of a chunk's record, behind the back of its sums. */
static void flip_in_record(uint32_t segment, unsigned part)
{
    char text[DX_PART_KEY_MAX];
    dx_str key = dx_part_key(text, segment, part, 0), value;
    uint8_t *copy;
    dx_writer *w;

    assert_int_equal(dx_writer_open(index_dir, &w, NULL), DX_OK);
    assert_int_equal(dx_writer_get(w, key, &value, NULL), DX_OK);
    copy = malloc(value.len);
    memcpy(copy, value.ptr, value.len);
    copy[value.len / 2] ^= 4;
    assert_int_equal(dx_writer_put(w, key,
                         (dx_str){(const char *)copy, value.len}, NULL), DX_OK);
    assert_int_equal(dx_writer_commit(w, NULL), DX_OK);
    dx_writer_close(w);
    free(copy);
}

static void damage_is_never_merged(void **state)
{
    dx_error err = {0};
    dx_run_totals totals;
    uint32_t segment;
    dx_status rc;

    (void)state;
    const dx_segment *s = open_segment();
    segment = dx_segment_id(s);
    find_places(s);
    close_segment();
    for (size_t i = 0; i < place_count; i++) {
        flip_in_record(segment, places[i].part);
        fixture_articles(corpus, "more.jsonl", "n", (unsigned)i, 1);
        err = (dx_error){0};
        rc = fixture_run(index_dir, corpus, true, &totals, &err);
        assert_int_equal(rc, DX_ERR_CORRUPT);
        assert_non_null(strstr(err.msg, "restore a backup"));
        flip_in_record(segment, places[i].part);
        assert_int_equal(fixture_check(index_dir, &rc), 0);
    }
}

/* What lists say can be made again from texts and stored fields. */
static void an_index_with_damaged_lists_can_be_rebuilt(void **state)
{
    static const dx_part needed[] = {DX_PART_TEXT, DX_PART_META, DX_PART_FORMS,
        DX_PART_CONTENTS, DX_PART_FILES};
    static const dx_part others[] = {DX_PART_LISTS, DX_PART_ROWS,
        DX_PART_DICTIONARY, DX_PART_LENGTHS};
    dx_rebuild_options options = {.from = index_dir, .to = rebuilt_dir,
        .memory_bytes = (size_t)64 << 20, .threads = 1};
    uint64_t articles;
    dx_error err;

    (void)state;
    uint32_t segment = dx_segment_id(open_segment());
    close_segment();
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        flip_in_record(segment, needed[i]);
        assert_int_equal(dx_rebuild(&options, &articles, &err), DX_ERR_CORRUPT);
        flip_in_record(segment, needed[i]);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        flip_in_record(segment, others[i]);
    assert_int_equal(dx_rebuild(&options, &articles, &err), DX_OK);
    assert_true(articles > 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_are_of_pages_and_of_sums),
        cmocka_unit_test(a_page_is_verified_when_it_is_first_touched),
        cmocka_unit_test(a_wrong_page_is_an_error_and_never_an_answer),
        cmocka_unit_test(threads_verify_the_same_pages_at_once),
        cmocka_unit_test(damage_is_never_merged),
        cmocka_unit_test(an_index_with_damaged_lists_can_be_rebuilt),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
