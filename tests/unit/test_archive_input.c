/* Zip and tar: members by their own types, archives within archives, memory that is
 * short. The archives are seeds of the fuzzer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "tests/support/listing.h"

#define SEEDS DX_SOURCE_DIR "/tests/fuzz/seeds/archive/"
#define PAGE                                                                   \
    "title: Kênh mương\nbody: Bà con khơi kênh trước mùa mưa, nước về tận "    \
    "ruộng.\n"

static char bytes[64 << 10];

static size_t read_seed(const char *path)
{
    FILE *f = fopen(path, "rb");

    assert_non_null(f);
    size_t n = fread(bytes, 1, sizeof bytes, f);
    assert_true(n > 0 && n < sizeof bytes);
    fclose(f);
    return n;
}

static void members_are_read_by_their_own_types(void **state)
{
    (void)state;
    size_t n = read_seed(SEEDS "pages.zip");
    assert_string_equal(listing_of(&dx_source_archive, "kho.zip", bytes, n),
        "[kho.zip/tin/lúa.html]\n" PAGE "id: kho.zip/tin/lúa.html\n"
        "[kho.zip/tin.jsonl#1]\ntitle: Một\nid: kho.zip/tin.jsonl#~kmrefr613dyh\n"
        "[kho.zip/tin.jsonl#2]\ntitle: Hai\nid: kho.zip/tin.jsonl#~qwsvrewb0407\n"
        "[kho.zip/trong.zip/trong.html]\n" PAGE
        "id: kho.zip/trong.zip/trong.html\n");
    n = read_seed(SEEDS "pages.tar");
    assert_string_equal(listing_of(&dx_source_archive, "kho.tar", bytes, n),
        "[kho.tar/a.html]\n" PAGE "id: kho.tar/a.html\n");
}

/* Wherever it is cut off: what was whole counts, and the rest is told. */
static void an_archive_cut_off_is_told(void **state)
{
    (void)state;
    size_t n = read_seed(SEEDS "pages.tar");
    for (size_t len = 1; len < 600 && len < n; len += 37) {
        const char *listing =
            listing_of(&dx_source_archive, "kho.tar", bytes, len);
        assert_non_null(listing);
        if (!strstr(listing, "fault: ") && !strstr(listing, "failed: "))
            fail_msg("%zu bytes: %s", len, listing);
    }
}

static void a_failed_allocation_is_reported(void **state)
{
    const char *listing = NULL;

    (void)state;
    size_t n = read_seed(SEEDS "pages.zip");
    for (int64_t i = 0; !listing; i++) {
        dx_mem_fail_after(i);
        listing = listing_of(&dx_source_archive, "kho.zip", bytes, n);
        dx_mem_fail_after(-1);
        assert_true(i < 20000);
    }
    assert_non_null(strstr(listing, "[kho.zip/trong.zip/trong.html]\n" PAGE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_are_read_by_their_own_types),
        cmocka_unit_test(an_archive_cut_off_is_told),
        cmocka_unit_test(a_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
