/* bench_spawn N PROGRAM ARG… [-- PROGRAM ARG…]…: starts the commands in turn, N
 * times each, and prints for each the median, the fastest and the 90th
 * percentile in microseconds from spawn to exit. In turn, so that a machine
 * that slows down slows all. */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#define COMMANDS_MAX 8

extern char **environ;

static double now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

/* glibc's posix_spawn is vfork inside: its cost does not grow with us. */
static double run_us(char **command, const posix_spawn_file_actions_t *actions)
{
    pid_t pid;
    int status;
    double start = now_us();

    if (posix_spawn(&pid, command[0], actions, NULL, command, environ) != 0 ||
        waitpid(pid, &status, 0) != pid || !WIFEXITED(status) ||
        WEXITSTATUS(status) != 0) {
        fprintf(stderr, "bench_spawn: %s failed\n", command[0]);
        exit(1);
    }
    return now_us() - start;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static void report(double *us, size_t n)
{
    qsort(us, n, sizeof *us, compare);
    printf("%.1f\t%.1f\t%.1f\n", us[n / 2], us[0], us[n * 9 / 10]);
}

/* Commands between "--"; returns how many, 0 when one is empty. */
static size_t split(char **words, char **commands[COMMANDS_MAX])
{
    size_t count = 0;

    while (count < COMMANDS_MAX && *words && strcmp(*words, "--") != 0) {
        commands[count++] = words;
        while (*words && strcmp(*words, "--") != 0)
            words++;
        if (!*words)
            return count;
        *words++ = NULL;
    }
    return 0;
}

int main(int argc, char **argv)
{
    size_t n = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
    char **commands[COMMANDS_MAX];
    size_t count = n ? split(argv + 2, commands) : 0;
    double *us[COMMANDS_MAX];
    posix_spawn_file_actions_t quiet;

    if (count == 0) {
        fputs("usage: bench_spawn N PROGRAM ARG… [-- PROGRAM ARG…]…\n", stderr);
        return 2;
    }
    if (posix_spawn_file_actions_init(&quiet) != 0 ||
        posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0) ||
        posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", O_WRONLY, 0))
        return 1;
    for (size_t c = 0; c < count; c++)
        if (!(us[c] = malloc(n * sizeof(double))))
            return 1;
    for (size_t i = 0; i < n; i++)
        for (size_t c = 0; c < count; c++)
            us[c][i] = run_us(commands[c], &quiet);
    for (size_t c = 0; c < count; c++) {
        report(us[c], n);
        free(us[c]);
    }
    posix_spawn_file_actions_destroy(&quiet);
    return 0;
}
