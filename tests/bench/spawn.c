/* bench_spawn N PROGRAM ARG… -- PROGRAM ARG…: starts the two commands in turn,
 * N times each, and prints for each the median, the fastest and the 90th
 * percentile in microseconds from spawn to exit. In turn, so that a machine
 * that slows down slows both. */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

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

int main(int argc, char **argv)
{
    size_t n = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
    int split = 2;

    while (split < argc && strcmp(argv[split], "--") != 0)
        split++;
    if (n == 0 || split == 2 || split + 1 >= argc) {
        fputs("usage: bench_spawn N PROGRAM ARG… -- PROGRAM ARG…\n", stderr);
        return 2;
    }
    argv[split] = NULL;
    char **commands[2] = {argv + 2, argv + split + 1};
    double *us[2] = {malloc(n * sizeof(double)), malloc(n * sizeof(double))};
    posix_spawn_file_actions_t quiet;
    if (!us[0] || !us[1] || posix_spawn_file_actions_init(&quiet) != 0 ||
        posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0))
        return 1;
    for (size_t i = 0; i < n; i++)
        for (int side = 0; side < 2; side++)
            us[side][i] = run_us(commands[side], &quiet);
    for (int side = 0; side < 2; side++) {
        report(us[side], n);
        free(us[side]);
    }
    posix_spawn_file_actions_destroy(&quiet);
    return 0;
}
