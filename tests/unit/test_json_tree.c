/* Long strings of a record are read by another way than short ones, and say the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "indexer/input/json/tree.h"
#include "tests/support/fixture.h"

#define ROUNDS 3000
#define PIECES_MAX 6
#define PAD 1200   /* makes a record long */
#define BEFORE 100 /* makes a string long */

static const char *const pieces[] = {"a", "tiếng Việt", " ", "\\n", "\\\"", "\\\\",
    "\\/", "\\t\\r\\b\\f", "\\u1ec7", "\\u1EC7", "\\u0041", "\\ud83c\\udfc6", "\\ud83c",
    "\\udfc6", "\\ud83cx", "\\u0000", "\\u12g4", "\\u12", "\\x", "\x01", "\t", "😀",
    "\\\\\\\\", "{}[]:,", "một đoạn văn dài hơn ba mươi hai byte, không có gì lạ"};

typedef struct parsed {
    dx_arena arena;
    dx_error err;
    const dx_json_value *json;
    dx_status status;
} parsed;

static parsed parse(const char *text)
{
    parsed p = {.arena = DX_ARENA_INIT};

    p.status = dx_json_parse(dx_str_from(text), &p.arena, &p.json, &p.err);
    return p;
}

/* The byte that an error names; cuts it off the message. */
static long take_place(char *message)
{
    char *at = strstr(message, " (byte ");

    assert_non_null(at);
    *at = '\0';
    return strtol(at + strlen(" (byte "), NULL, 10);
}

static void assert_ends_alike(dx_str shorter, dx_str longer)
{
    assert_int_equal(longer.len, shorter.len + BEFORE);
    assert_memory_equal(longer.ptr + BEFORE, shorter.ptr, shorter.len);
    assert_int_equal(longer.ptr[longer.len], '\0');
    for (size_t i = 0; i < BEFORE; i++)
        assert_int_equal(longer.ptr[i], 'y');
}

/* As a value, or as a key. */
static void check(const char *content, bool is_key)
{
    char one[4096], two[4096], pad[PAD + 1], before[BEFORE + 1];
    const char *format = is_key ? "{\"p\":\"%s\",\"%s%s\":1}"
                                : "{\"p\":\"%s\",\"b\":\"%s%s\",\"c\":1}";

    memset(pad, 'x', PAD);
    memset(before, 'y', BEFORE);
    pad[PAD] = before[BEFORE] = '\0';
    snprintf(one, sizeof one, format, "", "", content);
    snprintf(two, sizeof two, format, pad, before, content);
    parsed shorter = parse(one), longer = parse(two);
    assert_int_equal(shorter.status, longer.status);
    if (shorter.status == DX_OK) {
        const dx_json_value *s = shorter.json->first->next;
        const dx_json_value *l = longer.json->first->next;
        assert_int_equal(longer.json->first->text.len, PAD);
        assert_ends_alike(is_key ? s->key : s->text, is_key ? l->key : l->text);
        assert_string_equal(is_key ? l->text.ptr : l->next->text.ptr, "1");
    } else {
        long place = take_place(shorter.err.msg);
        assert_int_equal(take_place(longer.err.msg), place + PAD + BEFORE);
        assert_string_equal(shorter.err.msg, longer.err.msg);
    }
    dx_arena_free(&shorter.arena);
    dx_arena_free(&longer.arena);
}

static void long_strings_say_what_short_ones_say(void **state)
{
    uint64_t dice = 7;
    (void)state;

    for (unsigned round = 0; round < ROUNDS; round++) {
        char content[1024] = "";
        unsigned count = (unsigned)(fixture_random(&dice) % (PIECES_MAX + 1));
        for (unsigned i = 0; i < count; i++)
            strcat(content, pieces[fixture_random(&dice) %
                                   (sizeof pieces / sizeof *pieces)]);
        check(content, round % 4 == 0);
    }
}

/* Nothing that follows such a string is lost or taken for a part of it. */
static void what_is_wrong_behind_a_long_string_is_told(void **state)
{
    static const char *const ends[] = {"\"", "\"}", "\",}", "\":1}", "\" \"b\"}",
        "\\\"}", "", "\\"};
    char text[PAD + 64], pad[PAD + 1];
    (void)state;

    memset(pad, 'x', PAD);
    pad[PAD] = '\0';
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(text, sizeof text, "{\"a\":\"%s%s", pad, ends[i]);
        parsed p = parse(text);
        assert_int_equal(p.status, strcmp(ends[i], "\"}") == 0 ? DX_OK
                                                               : DX_ERR_FORMAT);
        dx_arena_free(&p.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_strings_say_what_short_ones_say),
        cmocka_unit_test(what_is_wrong_behind_a_long_string_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
