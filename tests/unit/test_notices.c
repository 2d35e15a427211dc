/* What the programs say: both languages take the same arguments. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "indexer/cli/notices.h"
#include "searcher/output/messages.h"

/* The conversions in `format`, one after the other: "%s%u". */
static void conversions(const char *format, char out[64])
{
    size_t n = 0;

    for (const char *p = format; *p; p++) {
        if (*p != '%')
            continue;
        p++;
        if (*p == '%')
            continue;
        assert_non_null(strchr("su", *p));
        out[n++] = '%';
        out[n++] = *p;
    }
    out[n] = '\0';
}

static void compare(const char *name, const char *english,
    const char *vietnamese)
{
    char en[64], vi[64];

    conversions(english, en);
    conversions(vietnamese, vi);
    if (strcmp(en, vi) != 0)
        fail_msg("%s: \"%s\" and \"%s\"", name, english, vietnamese);
}

static void test_dxindex(void **state)
{
    (void)state;
#define COMPARE(name, english, vietnamese) compare(#name, english, vietnamese);
    DX_NOTICE_MAP(COMPARE)
}

static void test_dxsearch(void **state)
{
    (void)state;
    DX_MESSAGE_MAP(COMPARE)
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dxindex),
        cmocka_unit_test(test_dxsearch),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
