#include "tests/support/fixture.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "common/index/check/check.h"
#include "common/index/store/snapshot.h"

/* ---- files ---- */

void fixture_folder(char out[64])
{
    const char *tmp = getenv("TMPDIR");

    if (!tmp || strlen(tmp) > 40)
        tmp = "/tmp";
    snprintf(out, 64, "%s/dx-test-XXXXXX", tmp);
    assert_non_null(mkdtemp(out));
}

static int remove_one(const char *path, const struct stat *st, int type,
    struct FTW *at)
{
    (void)st;
    (void)type;
    (void)at;
    return remove(path);
}

void fixture_remove(const char *folder)
{
    assert_int_equal(nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
}

static void write_file(const char *path, const void *bytes, size_t len)
{
    FILE *f = fopen(path, "wb");

    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, len, f), len);
    assert_int_equal(fclose(f), 0);
}

void fixture_write(const char *folder, const char *name, const void *bytes,
    size_t len)
{
    char path[512];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    write_file(path, bytes, len);
}

void *fixture_read(const char *path, size_t *len)
{
    FILE *f = fopen(path, "rb");
    struct stat st;

    assert_non_null(f);
    assert_int_equal(fstat(fileno(f), &st), 0);
    *len = (size_t)st.st_size;
    void *bytes = malloc(*len + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *len, f), *len);
    fclose(f);
    return bytes;
}

void fixture_copy_file(const char *from, const char *to)
{
    size_t len;
    void *bytes = fixture_read(from, &len);

    write_file(to, bytes, len);
    free(bytes);
}

/* ---- articles ---- */

void fixture_articles(const char *folder, const char *name, const char *prefix,
    unsigned first, unsigned count)
{
    static const char *const words[] = {"huyện", "xã", "dịch vụ công", "nông",
        "hồ sơ", "trường học", "giao thông", "y tế", "749/QĐ-TTg",
        "16/12/2021", "services", "phường", "lúa", "điện", "nước"};
    const size_t n = sizeof words / sizeof *words;
    char path[512];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    for (unsigned i = first; i < first + count; i++)
        fprintf(f,
            "{\"id\":\"%s%u\",\"title\":\"Bài số %u về %s\",\"date\":"
            "\"2024-01-%02u\",\"source\":\"Báo Bắc Giang\",\"content\":"
            "\"Chuyển đổi số ở %s, %s.%s\"}\n",
            prefix, i, i % 20, words[i % n], i % 28 + 1, words[i / 2 % n],
            words[i * 7 % n],
            i % 97 ? "" : " số số số số số số số số số số số số số số số số");
    assert_int_equal(fclose(f), 0);
}

void fixture_samples(const char *folder)
{
    static const char *const files[][2] = {
        {"txt/bac-giang-portal/hoi-nghi-chuyen-doi-so.txt", "a.txt"},
        {"txt/luu-tru-cu/tcvn3-dien-luoi-dien-bien-2016.txt", "b.txt"},
        {"html/mst.gov.vn/bo-khoa-hoc-va-cong-nghe-sau-hop-nhat-mot-dau-moi-"
         "chuyen-doi-so.html", "c.html"}};
    static const char json[] =
        "[{\"id\":\"j1\",\"title\":\"Bắc Giang chuyển đổi số\",\"content\":"
        "\"Tỉnh công bố 749/QĐ-TTg.\",\"views\":12}]";
    char from[512], to[512];

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(from, sizeof from, "%s/corpus/%s", DX_SOURCE_DIR, files[i][0]);
        snprintf(to, sizeof to, "%s/%s", folder, files[i][1]);
        fixture_copy_file(from, to);
    }
    fixture_write(folder, "d.json", json, sizeof json - 1);
    fixture_articles(folder, "e.jsonl", "e", 0, 3);
}

dx_status fixture_run(const char *index, const char *path, bool optimize,
    dx_run_totals *totals, dx_error *err)
{
    dx_run_options options = {.index = index, .threads = 2, .remove_many = true,
        .memory_bytes = DX_MEMORY_MIN_BYTES, .optimize = optimize};

    return dx_run(&options, &path, 1, totals, err);
}

FILE *fixture_create(const char *folder, const char *name)
{
    char path[512];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    return f;
}

void fixture_index_file(const char *folder, const char *name)
{
    char path[512], index[80];
    dx_run_totals totals;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    snprintf(index, sizeof index, "%s/i", folder);
    assert_int_equal(fixture_run(index, path, false, &totals, NULL), DX_OK);
}

void fixture_index_text(const char *folder, const char *name,
    const char *text)
{
    fixture_write(folder, name, text, strlen(text));
    fixture_index_file(folder, name);
}

void fixture_open_segments(const char *folder, dx_snapshot **snapshot,
    dx_generation *generation)
{
    char index[80];

    snprintf(index, sizeof index, "%s/i", folder);
    assert_int_equal(dx_snapshot_open(index, snapshot, NULL), DX_OK);
    assert_int_equal(dx_generation_open(*snapshot, generation, NULL), DX_OK);
}

void fixture_close_segments(const char *folder, dx_snapshot *snapshot,
    dx_generation *generation)
{
    dx_generation_close(generation);
    dx_snapshot_close(snapshot);
    fixture_remove(folder);
}

dx_index *fixture_open(const char *folder)
{
    char index[80];
    dx_index *ix;

    snprintf(index, sizeof index, "%s/i", folder);
    assert_int_equal(dx_index_open(index, &ix, NULL), DX_OK);
    return ix;
}

dx_index *fixture_open_text(char folder[64], const char *text)
{
    fixture_folder(folder);
    fixture_index_text(folder, "a.jsonl", text);
    return fixture_open(folder);
}

void fixture_close(dx_index *ix, const char *folder)
{
    dx_index_close(ix);
    fixture_remove(folder);
}

uint64_t fixture_random(uint64_t *state)
{
    uint64_t v = *state += 0x9E3779B97F4A7C15u;

    v = (v ^ v >> 30) * 0xBF58476D1CE4E5B9u;
    v = (v ^ v >> 27) * 0x94D049BB133111EBu;
    return v ^ v >> 31;
}

uint32_t fixture_random_below(uint64_t *state, uint32_t n)
{
    return (uint32_t)(fixture_random(state) >> 11) % n;
}

bool fixture_is_long(void)
{
    const char *value = getenv("DX_LONG");

    return value && *value && strcmp(value, "0") != 0;
}

/* ---- checking ---- */

static void count_problem(void *ctx, const char *problem)
{
    (void)ctx;
    assert_true(*problem != '\0');
    if (getenv("DX_VERBOSE"))
        fprintf(stderr, "  problem: %s\n", problem);
}

uint64_t fixture_check(const char *index, dx_status *rc)
{
    dx_check_options options = {.on_problem = count_problem};
    dx_check_totals totals = {0};
    dx_snapshot *s;

    *rc = dx_snapshot_open(index, &s, NULL);
    if (*rc == DX_OK)
        *rc = dx_check(s, &options, &totals, NULL);
    dx_snapshot_close(s);
    return totals.problems;
}

/* ---- memory ---- */

void fixture_fail_each_allocation(dx_status (*work)(void), void (*after)(void))
{
    dx_status rc = DX_ERR_NOMEM;
    int64_t n = 0, tried = 0;

    while (rc != DX_OK) {
        dx_mem_fail_after(n);
        rc = work();
        dx_mem_fail_after(-1);
        if (rc != DX_OK && rc != DX_ERR_NOMEM)
            fprintf(stderr, "failing allocation %lld: status %d\n",
                (long long)n, rc);
        assert_true(rc == DX_OK || rc == DX_ERR_NOMEM);
        if (after)
            after();
        n += fixture_is_long() || n < 64 ? 1 : 1 + n / 40;
        tried++;
    }
    assert_true(tried > 2);
}
