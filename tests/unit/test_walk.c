/* Walking folders: order, what is passed over, links, odd names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/base/buf.h"
#include "common/base/mem.h"
#include "indexer/run/walk.h"

static char folder[64];
static dx_buf seen; /* what the callbacks were told, one line each */
static unsigned stop_after;

static void put(const char *name, const char *text)
{
    char path[5000];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs(text, f);
    assert_int_equal(fclose(f), 0);
}

static void make_dir(const char *name)
{
    char path[5000];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(mkdir(path, 0755), 0);
}

static void make_link(const char *to, const char *name)
{
    char path[5000];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(symlink(to, path), 0);
}

static const char *below(const char *path)
{
    size_t n = strlen(folder);

    return strncmp(path, folder, n) == 0 ? path + n : path;
}

static dx_status on_file(void *ctx, const dx_found_file *f)
{
    (void)ctx;
    dx_buf_printf(&seen, "%s %s %llu\n", f->source ? f->source->name : "unknown", below(f->path),
        (unsigned long long)f->stamp.size_bytes);
    assert_int_equal(f->absolute[0], '/');
    struct stat st;
    assert_int_equal(stat(f->absolute, &st), 0);
    assert_int_equal(st.st_size, f->stamp.size_bytes);
    assert_true(st.st_mtim.tv_sec == f->stamp.mtime_ns / 1000000000);
    return stop_after && --stop_after == 0 ? DX_ERR_NOMEM : DX_OK;
}

static dx_status on_skip(void *ctx, const char *path, const char *absolute,
    const char *reason)
{
    (void)ctx;
    dx_buf_printf(&seen, "skip %s: %s%s\n", below(path),
        reason ? reason : "ignored", absolute ? " (there)" : "");
    return DX_OK;
}

static dx_status walk(const char *root)
{
    dx_walker w = {NULL, &(dx_input_options){0}, {NULL}, on_file, on_skip};

    dx_buf_clear(&seen);
    return dx_walk(root, &w, NULL);
}

static void check(const char *root, const char *wanted)
{
    assert_int_equal(walk(root), DX_OK);
    assert_string_equal(dx_buf_cstr(&seen), wanted);
}

/* ---- tests ---- */

static void folders_are_walked_in_byte_order(void **state)
{
    (void)state;
    make_dir("b");
    make_dir("b/c");
    put("b/c/2.html", "<p>");
    put("b/c/10.txt", "a");
    put("a.jsonl.zst", "12");
    put("c.json", "{}");
    put("d.jpg", "x");
    put("e.aspx?id=1", "xy");
    check(folder, "jsonl /a.jsonl.zst 2\ntext /b/c/10.txt 1\n"
                  "html /b/c/2.html 3\njson /c.json 2\nskip /d.jpg: ignored\n"
                  "unknown /e.aspx?id=1 2\n");
}

static void a_slash_at_the_end_changes_nothing(void **state)
{
    char root[80];

    (void)state;
    put("a.txt", "a");
    snprintf(root, sizeof root, "%s//", folder);
    check(root, "text /a.txt 1\n");
}

static void a_relative_root_keeps_its_name(void **state)
{
    (void)state;
    make_dir("x");
    put("x/a.txt", "a");
    assert_int_equal(chdir(folder), 0);
    check(".", "text ./x/a.txt 1\n");
    check("x", "text x/a.txt 1\n");
    check("./x/../x", "text ./x/../x/a.txt 1\n");
    assert_int_equal(chdir("/"), 0);
}

static void hidden_names_are_passed_over(void **state)
{
    (void)state;
    make_dir(".git");
    put(".git/a.txt", "a");
    put(".b.txt", "b");
    put("c.txt", "c");
    check(folder, "text /c.txt 1\n");
}

static void a_hidden_root_is_walked(void **state)
{
    char root[80];

    (void)state;
    make_dir(".cu");
    put(".cu/a.txt", "a");
    snprintf(root, sizeof root, "%s/.cu", folder);
    check(root, "text /.cu/a.txt 1\n");
}

static void links_are_followed_but_not_in_circles(void **state)
{
    (void)state;
    make_dir("a");
    put("a/1.txt", "1");
    make_link("..", "a/up");
    make_link("a", "b");
    make_link("nowhere", "c");
    make_link("a/1.txt", "d.txt");
    check(folder, "text /a/1.txt 1\nskip /a/up: a link to a folder it is in\n"
                  "text /b/1.txt 1\nskip /b/up: a link to a folder it is in\n"
                  "skip /c: a symbolic link to nothing\ntext /d.txt 1\n");
}

static void what_is_no_file_is_skipped(void **state)
{
    char path[80];

    (void)state;
    snprintf(path, sizeof path, "%s/p.txt", folder);
    assert_int_equal(mkfifo(path, 0644), 0);
    check(folder, "skip /p.txt: not a regular file\n");
}

static void a_missing_root_is_skipped(void **state)
{
    (void)state;
    check("/nowhere/at/all",
        "skip /nowhere/at/all: No such file or directory\n");
}

static void a_file_given_by_name_is_judged_by_its_start(void **state)
{
    static const struct { const char *text, *type; } cases[] = {
        {"Tin mới\n", "text"}, {"", "text"}, {"  <html>\n", "html"},
        {"\xEF\xBB\xBF<!DOCTYPE html>", "html"}, {"[{\"a\":1}]", "json"},
        {"{\"a\":1}\n{\"a\":2}\n", "jsonl"}, {"{\n\"a\":1}\n", "json"},
        {"\n\n<html>", "html"}, {"{\"a\":1} \r\n{}", "jsonl"}};
    char root[80], wanted[100];

    (void)state;
    snprintf(root, sizeof root, "%s/tep", folder);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        put("tep", cases[i].text);
        snprintf(wanted, sizeof wanted, "%s /tep %zu\n", cases[i].type,
            strlen(cases[i].text));
        check(root, wanted);
    }
}

static void mirrors_are_passed_over_but_for_their_pages(void **state)
{
    (void)state;
    make_dir("hts-cache");
    put("hts-cache/old.html", "<p>");
    put("hts-log.txt", "HTTrack");
    put("robots.txt", "User-agent: *");
    put("Logo.PNG?v=2", "");
    put("style.css?ver=6.4", "");
    put("view.aspx?anh=a.png", "<p>");
    put("bai", "<p>");
    check(folder, "skip /Logo.PNG?v=2: ignored\nunknown /bai 3\n"
                  "skip /hts-log.txt: ignored\nskip /robots.txt: ignored\n"
                  "skip /style.css?ver=6.4: ignored\n"
                  "unknown /view.aspx?anh=a.png 3\n");
}

static void a_file_is_what_it_surely_holds(void **state)
{
    static const struct { const char *text, *type; } cases[] = {
        {"<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0", "html"},
        {"\xEF\xBB\xBF\r\n\r\n<html lang=vi>", "html"},
        {"<?xml version=\"1.0\"?>\n<!DOCTYPE html>", "html"},
        {"<!-- Mirrored by a crawler --><HTML>", "html"},
        {"<div class=\"tin\">", "html"}, {"<p>Tin</p>", "html"},
        {"<meta charset=utf-8>", "html"}, {"<tr style=''><td>", "html"},
        {"<dependencies><p>", NULL},
        {"Notice: Undefined index in /var/www/tin.php\n<!doctype html>", "html"},
        {"[{\"a\":1}]", "json"}, {"{\n\"a\":1}\n", "json"},
        {"{\"a\":1}\n{\"a\":2}\n", "jsonl"},
        {"<?php echo '<html>';", NULL}, {"<%@ page %><html>", NULL},
        {"<?xml version=\"1.0\"?><svg>", NULL}, {"<project>", NULL},
        {"Tin m\u1edbi", NULL}, {"[1] Ghi ch\u00fa", NULL}, {"", NULL}, {"<", NULL},
        {"{}", NULL}, {"/* <div> */ a { b: c }", NULL}};
    char path[80];

    (void)state;
    snprintf(path, sizeof path, "%s/tep", folder);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        put("tep", cases[i].text);
        const dx_source *source = dx_walk_held(path);
        const char *type = source ? source->name : "none";
        if (strcmp(type, cases[i].type ? cases[i].type : "none") != 0)
            fail_msg("%s: %s", cases[i].text, type);
    }
}

static void odd_names_are_taken(void **state)
{
    (void)state;
    put("b\xE9o.txt", "1");
    put("h\xE1i\nh\xE0ng.txt", "22");
    put("Tin tức – số 1.txt", "333");
    put("-.txt", "4444");
    check(folder, "text /-.txt 4\ntext /Tin tức – số 1.txt 3\n"
                  "text /b\xE9o.txt 1\ntext /h\xE1i\nh\xE0ng.txt 2\n");
}

static void long_paths_are_taken_or_skipped(void **state)
{
    char name[201], path[5000] = "";
    unsigned depth = 0;

    (void)state;
    memset(name, 'd', 200);
    name[200] = '\0';
    assert_int_equal(chdir(folder), 0);
    while (depth < 25) { /* beyond PATH_MAX, which only steps reach */
        assert_int_equal(mkdir(name, 0755), 0);
        assert_int_equal(chdir(name), 0);
        FILE *f = fopen("a.txt", "w");
        assert_non_null(f);
        fclose(f);
        depth++;
    }
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(walk(folder), DX_OK);
    snprintf(path, sizeof path, "text /%s/a.txt 0", name);
    assert_non_null(strstr(dx_buf_cstr(&seen), path));
    assert_non_null(strstr(dx_buf_cstr(&seen), "File name too long"));
}

static void a_failing_callback_ends_the_walk(void **state)
{
    (void)state;
    put("a.txt", "");
    put("b.txt", "");
    put("c.txt", "");
    stop_after = 2;
    assert_int_equal(walk(folder), DX_ERR_NOMEM);
    assert_string_equal(dx_buf_cstr(&seen), "text /a.txt 0\ntext /b.txt 0\n");
}

static void absolute_roots(void **state)
{
    char *root = dx_walk_absolute("/usr/../usr/./bin");

    (void)state;
    assert_non_null(root);
    assert_string_equal(root, "/usr/bin");
    dx_free(root);
    assert_null(dx_walk_absolute("/nowhere/at/all"));
}

static int set_up(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/dx-walk-XXXXXX");
    dx_buf_init(&seen, SIZE_MAX);
    return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    char command[100];

    (void)state;
    dx_buf_free(&seen);
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
        TEST(folders_are_walked_in_byte_order),
        TEST(a_slash_at_the_end_changes_nothing),
        TEST(a_relative_root_keeps_its_name),
        TEST(hidden_names_are_passed_over),
        TEST(a_hidden_root_is_walked),
        TEST(links_are_followed_but_not_in_circles),
        TEST(what_is_no_file_is_skipped),
        TEST(a_missing_root_is_skipped),
        TEST(a_file_given_by_name_is_judged_by_its_start),
        TEST(mirrors_are_passed_over_but_for_their_pages),
        TEST(a_file_is_what_it_surely_holds),
        TEST(odd_names_are_taken),
        TEST(long_paths_are_taken_or_skipped),
        TEST(a_failing_callback_ends_the_walk),
        TEST(absolute_roots),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
