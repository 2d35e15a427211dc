/* Children do what they are for, and nothing else: own commands that try to hang,
 * to grow, to multiply, to write, to reach the network, to get away. */
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "indexer/input/child/child.h"
#include "indexer/input/child/jail.h"

static const dx_jail small = {.cpu_s = 2,
    .wall_ms = 1500,
    .memory_bytes = UINT64_C(256) << 20};

typedef struct outcome {
    dx_status status;
    char text[400]; /* what it wrote */
    size_t len;
    char why[256];
} outcome;

static outcome run(const char *const *argv, bool may_fork, const char *input)
{
    dx_child child = {argv, "a-package", small};
    outcome o = {0};
    dx_error err = {0};
    dx_buf out;

    child.jail.may_fork = may_fork;
    dx_buf_init(&out, 1u << 20);
    o.status = dx_child_run(&child, dx_str_from(input), &out, &err);
    o.len = out.len;
    snprintf(o.text, sizeof o.text, "%.*s", (int)out.len,
        (const char *)out.data);
    snprintf(o.why, sizeof o.why, "%s", err.msg);
    dx_buf_free(&out);
    return o;
}

/* A command of several programs. */
static outcome shell(const char *command, const char *input)
{
    const char *const argv[] = {"/bin/sh", "-c", command, NULL};

    return run(argv, true, input);
}

static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void it_reads_its_input_and_its_text_comes_back(void **state)
{
    (void)state;
    outcome o = shell("tr a-z A-Z", "xin chao");
    assert_int_equal(o.status, DX_OK);
    assert_string_equal(o.text, "XIN CHAO");
    o = shell("cat /proc/self/fd/0; tail -c 4", "mot hai");
    assert_int_equal(o.status, DX_OK);
    assert_string_equal(o.text, "mot hai hai");
}

static void a_missing_program_is_told_with_its_package(void **state)
{
    const char *const argv[] = {"no-such-converter", NULL};

    (void)state;
    outcome o = run(argv, false, "");
    assert_int_equal(o.status, DX_ERR_FORMAT);
    assert_non_null(strstr(o.why, "install a-package"));
}

static void a_failure_is_told_with_its_last_words(void **state)
{
    (void)state;
    outcome o = shell("echo 'Incorrect password' >&2; exit 1", "");
    assert_int_equal(o.status, DX_ERR_FORMAT);
    assert_non_null(strstr(o.why, "Incorrect password"));
    o = shell("printf '\\033[2Jbad\\n' >&2; exit 3", "");
    assert_null(strchr(o.why, '\033'));
}

static void one_that_sleeps_is_ended(void **state)
{
    double start = seconds();

    (void)state;
    outcome o = shell("sleep 1000", "");
    assert_int_equal(o.status, DX_ERR_LIMIT);
    assert_non_null(strstr(o.why, "longer than 2 s"));
    assert_true(seconds() - start < 10);
    o = shell("exec >&- 2>&-; sleep 1000", ""); /* with nothing to listen to */
    assert_int_equal(o.status, DX_ERR_LIMIT);
}

static void one_that_computes_without_end_is_ended(void **state)
{
    const char *const argv[] = {"/bin/sh", "-c", "while :; do :; done", NULL};
    dx_child child = {argv, NULL, small};
    dx_error err = {0};
    dx_buf out;

    (void)state;
    child.jail.cpu_s = 1;
    child.jail.wall_ms = 20000;
    dx_buf_init(&out, 1000);
    assert_int_not_equal(dx_child_run(&child, (dx_str){NULL, 0}, &out, &err),
        DX_OK);
    dx_buf_free(&out);
}

static void one_that_prints_without_end_is_ended(void **state)
{
    (void)state;
    outcome o = shell("yes", "");
    assert_int_equal(o.status, DX_ERR_LIMIT);
    assert_non_null(strstr(o.why, "wrote more than 1 MiB"));
    o = shell("yes >&2", "");
    assert_int_equal(o.status, DX_ERR_LIMIT);
    assert_int_equal(o.len, 0);
}

static void one_that_eats_memory_fails(void **state)
{
    (void)state;
    outcome o = shell("exec dd if=/dev/zero of=/dev/null bs=400M count=1", "");
    assert_int_equal(o.status, DX_ERR_FORMAT);
}

/* What is dead and waits for init to take it away runs no more. */
static bool is_running(const char *pid)
{
    char path[64], state = 'Z';

    snprintf(path, sizeof path, "/proc/%ld/stat", atol(pid));
    FILE *f = fopen(path, "r");
    if (!f)
        return false;
    assert_int_equal(fscanf(f, "%*d (%*[^)]) %c", &state), 1);
    fclose(f);
    return state != 'Z' && state != 'X';
}

static void what_it_started_ends_with_it(void **state)
{
    (void)state;
    outcome o = shell("sleep 1000 >&- 2>&- & echo $!", "");
    assert_int_equal(o.status, DX_OK);
    assert_true(atol(o.text) > 1);
    for (int i = 0; i < 100 && is_running(o.text); i++)
        usleep(10000);
    assert_false(is_running(o.text));
}

static bool has_seccomp(void)
{
    char on[DX_JAIL_DESCRIPTION_BYTES];

    dx_jail_describe(on);
    return !strstr(on, "no seccomp");
}

static bool has_landlock(void)
{
    char on[DX_JAIL_DESCRIPTION_BYTES];

    dx_jail_describe(on);
    return !strstr(on, "no Landlock");
}

static void it_cannot_leave_its_group(void **state)
{
    (void)state;
    if (!has_seccomp())
        skip();
    outcome o = shell("setsid sleep 1000 || echo kept", "");
    assert_string_equal(o.text, "kept\n");
}

static void a_converter_starts_no_other(void **state)
{
    const char *const argv[] = {"/bin/sh", "-c", "echo one; cat /dev/null | cat",
        NULL};

    (void)state;
    if (!has_seccomp())
        skip();
    outcome o = run(argv, false, "");
    assert_int_equal(o.status, DX_ERR_FORMAT);
    assert_string_equal(o.text, "one\n");
}

static void it_writes_no_file_and_removes_none(void **state)
{
    char path[40] = "/tmp/dx-child-XXXXXX", command[300];
    int fd = mkstemp(path);

    (void)state;
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "kept", 4), 4);
    chmod(path, 0666);
    snprintf(command, sizeof command,
        "echo gone >%s; rm -f %s; mv %s %s.moved; : >%s.new; chmod 0 %s; true",
        path, path, path, path, path, path);
    shell(command, "");
    char back[8] = "";
    assert_int_equal(pread(fd, back, 7, 0), has_landlock() ? 4 : 0);
    assert_int_equal(access(path, R_OK), 0);
    close(fd);
    unlink(path);
    strcat(path, ".new");
    assert_int_not_equal(access(path, F_OK), 0);
}

static void it_reads_no_file_of_the_user(void **state)
{
    char path[] = "/tmp/dx-child-XXXXXX", command[100];
    int fd = mkstemp(path);

    (void)state;
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "secret", 6), 6);
    chmod(path, 0666);
    snprintf(command, sizeof command, "cat %s /etc/passwd; ls /tmp /proc; true",
        path);
    outcome o = shell(command, "");
    if (has_landlock())
        assert_int_equal(o.len, 0);
    close(fd);
    unlink(path);
}

static void no_other_file_is_open(void **state)
{
    int fd = dup2(1, 77);

    (void)state;
    assert_int_equal(fd, 77);
    outcome o = shell("for i in 3 4 5 6 7 8 9; do (: >&$i) 2>/dev/null && echo $i; "
                      "done; true",
        "");
    assert_string_equal(o.text, "");
    close(fd);
}

static void it_sends_no_signal(void **state)
{
    char command[60];

    (void)state;
    if (!has_seccomp() && !has_landlock())
        skip();
    signal(SIGUSR1, SIG_DFL); /* would end this test */
    snprintf(command, sizeof command, "kill -USR1 %ld; true", (long)getpid());
    assert_int_equal(shell(command, "").status, DX_OK);
}

/* Perl is in every Debian; it calls the kernel by name. */
static void it_opens_no_socket(void **state)
{
    static const char script[] =
        "for my $f (AF_INET, AF_INET6, AF_UNIX) { "
        "print socket(my $s, $f, SOCK_STREAM, 0) ? 'open' : 'closed', ' ' }";
    const char *const argv[] = {"perl", "-MSocket", "-e", script, NULL};

    (void)state;
    if (!has_seccomp() || access("/usr/bin/perl", X_OK) != 0)
        skip();
    outcome o = run(argv, false, "");
    assert_string_equal(o.why, "");
    assert_string_equal(o.text, "closed closed closed ");
}

static void it_has_no_rights_of_root(void **state)
{
    (void)state;
    outcome o = shell("id -u", "");
    assert_int_equal(o.status, DX_OK);
    assert_true(atol(o.text) != 0);
}

static void *many(void *failures)
{
    for (int i = 0; i < 20; i++) {
        char text[40];
        snprintf(text, sizeof text, "bài %d", i);
        outcome o = shell("cat", text);
        if (o.status != DX_OK || strcmp(o.text, text) != 0)
            ++*(int *)failures;
    }
    return NULL;
}

static void threads_run_children_at_once(void **state)
{
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    int failures[THREADS] = {0};

    (void)state;
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, many, &failures[i]),
            0);
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(failures[i], 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_reads_its_input_and_its_text_comes_back),
        cmocka_unit_test(a_missing_program_is_told_with_its_package),
        cmocka_unit_test(a_failure_is_told_with_its_last_words),
        cmocka_unit_test(one_that_sleeps_is_ended),
        cmocka_unit_test(one_that_computes_without_end_is_ended),
        cmocka_unit_test(one_that_prints_without_end_is_ended),
        cmocka_unit_test(one_that_eats_memory_fails),
        cmocka_unit_test(what_it_started_ends_with_it),
        cmocka_unit_test(it_cannot_leave_its_group),
        cmocka_unit_test(a_converter_starts_no_other),
        cmocka_unit_test(it_writes_no_file_and_removes_none),
        cmocka_unit_test(it_reads_no_file_of_the_user),
        cmocka_unit_test(no_other_file_is_open),
        cmocka_unit_test(it_sends_no_signal),
        cmocka_unit_test(it_opens_no_socket),
        cmocka_unit_test(it_has_no_rights_of_root),
        cmocka_unit_test(threads_run_children_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
