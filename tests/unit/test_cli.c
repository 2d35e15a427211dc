/* Reading a command line, and finding the name that was meant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/cli/nearest.h"
#include "common/cli/number.h"
#include "common/cli/options.h"

#define ARGUMENTS_MAX 8

static const dx_option options[] = {
    {"index", 'i', DX_VALUE_NEEDED, 1, NULL},
    {"limit", 'n', DX_VALUE_NUMBER, 2, NULL},
    {"color", '\0', DX_VALUE_OPTIONAL, 3, "auto always never"},
    {"quiet", 'q', DX_VALUE_NONE, 4, NULL},
    {"verbose", 'v', DX_VALUE_NONE, 5, NULL},
    {0},
};

/* Reads the blank-separated `line`, '_' standing for an empty argument; what was
 * read, as "limit=5 text quiet". */
static const char *read_line(bool dash_is_text, const char *line)
{
    static char out[256];
    char copy[256] = "", *argv[ARGUMENTS_MAX] = {NULL}, *save = NULL;
    int argc = 1;
    dx_argument what;

    strcpy(copy, line);
    for (char *word = strtok_r(copy, " ", &save); word;
         word = strtok_r(NULL, " ", &save))
        argv[argc++] = strcmp(word, "_") == 0 ? word + 1 : word;
    dx_option_reader r = dx_option_reader_new("test", options, argc, argv);
    r.dash_is_text = dash_is_text;
    *out = '\0';
    while ((what = dx_option_next(&r)) != DX_ARGUMENT_END) {
        strcat(out, *out ? " " : "");
        if (what == DX_ARGUMENT_WRONG)
            return strcat(out, "WRONG");
        strcat(out, r.option ? r.option->name : r.text);
        if (r.option && r.text)
            strcat(strcat(out, "="), r.text);
    }
    return out;
}

static void test_options(void **state)
{
    (void)state;
    for (int text = 0; text < 2; text++) {
        assert_string_equal(read_line(text, "a --limit 5 b"), "a limit=5 b");
        assert_string_equal(read_line(text, "--limit=5 -q"), "limit=5 quiet");
        assert_string_equal(read_line(text, "-n 5 -n7"), "limit=5 limit=7");
        assert_string_equal(read_line(text, "-i dx --index="), "index=dx index=");
        assert_string_equal(read_line(text, "-q -- -q --x --"), "quiet -q --x --");
        assert_string_equal(read_line(text, "- _ -- -"), "-  -");
        assert_string_equal(read_line(text, "a --unknown"), "a WRONG");
        assert_string_equal(read_line(text, "--lim 5"), "WRONG");
        assert_string_equal(read_line(text, "--limit"), "WRONG");
        assert_string_equal(read_line(text, "-n"), "WRONG");
        assert_string_equal(read_line(text, "--quiet=1"), "WRONG");
    }
}

static void test_optional_value(void **state)
{
    (void)state;
    assert_string_equal(read_line(true, "--color always"), "color=always");
    assert_string_equal(read_line(true, "--color=always"), "color=always");
    assert_string_equal(read_line(true, "--color=red"), "color=red");
    assert_string_equal(read_line(true, "--color a never"), "color a never");
    assert_string_equal(read_line(true, "--color"), "color");
}

static void test_dashes(void **state)
{
    (void)state;
    assert_string_equal(read_line(false, "-vq -qn5"), "verbose quiet quiet limit=5");
    assert_string_equal(read_line(false, "-idx -qi dx"), "index=dx quiet index=dx");
    assert_string_equal(read_line(false, "-x"), "WRONG");
    assert_string_equal(read_line(false, "-qx"), "quiet WRONG");
    assert_string_equal(read_line(false, "--5"), "WRONG");
    assert_string_equal(read_line(true, "-vq -nam -i5 -x -5"), "-vq -nam -i5 -x -5");
    assert_string_equal(read_line(true, "-hội --- --5"), "-hội --- --5");
}

static const char *nearest(const char *typed)
{
    static const char *const names[] = {"analyze", "backup", "check", "dump",
        "stats", "exact-accents"};
    dx_nearest best = DX_NEAREST_INIT;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        dx_nearest_consider(&best, typed, names[i]);
    return best.name ? best.name : "";
}

static void test_nearest(void **state)
{
    (void)state;
    assert_string_equal(nearest("stat"), "stats");
    assert_string_equal(nearest("chekc"), "check");
    assert_string_equal(nearest("dmup"), "dump");
    assert_string_equal(nearest("bakup"), "backup");
    assert_string_equal(nearest("analyse"), "analyze");
    assert_string_equal(nearest("exact"), "exact-accents");
    assert_string_equal(nearest("data"), "");
    assert_string_equal(nearest("du"), "");
    assert_string_equal(nearest("a"), "");
    assert_string_equal(nearest(""), "");
    assert_string_equal(nearest("tests"), "");
    assert_string_equal(nearest("a-name-that-is-far-too-long-to-be-one-of-ours"), "");
}

static void test_language(void **state)
{
    static const struct {
        const char *all, *messages, *lang;
        dx_language wanted;
    } cases[] = {{NULL, NULL, NULL, DX_ENGLISH},
        {NULL, NULL, "vi_VN.UTF-8", DX_VIETNAMESE},
        {NULL, "vi", "en_US", DX_VIETNAMESE},
        {NULL, "C", "vi_VN", DX_ENGLISH}, {"", "", "vi@x", DX_VIETNAMESE},
        {"en_US.UTF-8", "vi", "vi", DX_ENGLISH}, {NULL, NULL, "vie", DX_ENGLISH}};
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *values[] = {cases[i].all, cases[i].messages, cases[i].lang};
        for (int v = 0; v < 3; v++)
            if (values[v])
                setenv(names[v], values[v], 1);
            else
                unsetenv(names[v]);
        assert_int_equal(dx_language_from_environment(), cases[i].wanted);
    }
}

static void test_numbers(void **state)
{
    char out[DX_FORMAT_BYTES];

    (void)state;
    assert_string_equal(dx_number_text(DX_ENGLISH, 1234567, out), "1,234,567");
    assert_string_equal(dx_number_text(DX_VIETNAMESE, 123456, out), "123.456");
    assert_string_equal(dx_number_text(DX_VIETNAMESE, UINT64_MAX, out),
        "18.446.744.073.709.551.615");
    assert_string_equal(dx_decimal_text(DX_VIETNAMESE, 8.25, 1, out), "8,2");
    assert_string_equal(dx_decimal_text(DX_ENGLISH, 8.26, 1, out), "8.3");
    assert_string_equal(dx_milliseconds_text(DX_ENGLISH, 0.4213, out), "0.42");
    assert_string_equal(dx_milliseconds_text(DX_ENGLISH, 12.7, out), "13");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_optional_value),
        cmocka_unit_test(test_dashes),
        cmocka_unit_test(test_nearest),
        cmocka_unit_test(test_language),
        cmocka_unit_test(test_numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
