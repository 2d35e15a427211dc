/* Runs dxsearch and reads the ids of its TREC lines. */
#include "indexer/cli/takedown/found_ids.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/escape.h"
#include "indexer/cli/notices.h"

#define NAME "dxsearch"
#define PATH_BYTES 4096

/* As in searcher/cli/options.h. */
enum { FOUND = 0, NOTHING = 1, NOT_RUN = 127 };

static const char number_max[] = "10000"; /* DX_FOUND_IDS_MAX */

/* Never returns. */
static void run_search(const char *index, const char *query, int out)
{
    char *const argv[] = {(char[]){NAME}, (char[]){"--format"}, (char[]){"trec"},
        (char[]){"--limit"}, (char *)(uintptr_t)number_max, (char[]){"--literal"},
        (char[]){"--all"}, (char[]){"--index"}, (char *)(uintptr_t)index,
        (char[]){"--"}, (char *)(uintptr_t)query, NULL};
    char path[PATH_BYTES];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - sizeof NAME);

    if (dup2(out, STDOUT_FILENO) < 0)
        _exit(NOT_RUN);
    if (n > 0) {
        path[n] = '\0';
        char *slash = strrchr(path, '/');
        memcpy(slash ? slash + 1 : path, NAME, sizeof NAME);
        execv(path, argv);
    }
    execvp(NAME, argv);
    _exit(NOT_RUN);
}

/* ---- lines ---- */

/* What trec.c has escaped; in place. Its new length. */
static size_t unescape(char *s, size_t len)
{
    size_t to = 0;

    for (size_t i = 0; i < len; i++) {
        bool is_code = s[i] == '%' && i + 2 < len && dx_hex_value(s[i + 1]) >= 0 &&
                       dx_hex_value(s[i + 2]) >= 0;
        s[to++] = is_code ? (char)(dx_hex_value(s[i + 1]) * 16 + dx_hex_value(s[i + 2])) : s[i];
        i += is_code ? 2 : 0;
    }
    return to;
}

/* "1 Q0 ID RANK SCORE dx" */
static bool take_line(char *line, dx_id_list *out)
{
    char *id = strstr(line, " Q0 ");
    char *end = id ? strchr(id + 4, ' ') : NULL;

    return end && dx_id_list_copy(out, id + 4, unescape(id + 4, (size_t)(end - id - 4)));
}

static bool read_lines(int in, dx_id_list *out)
{
    FILE *file = fdopen(in, "r");
    char *line = NULL;
    size_t cap = 0;
    bool is_whole = file != NULL;

    while (is_whole && getline(&line, &cap, file) >= 0)
        is_whole = take_line(line, out);
    free(line);
    if (file)
        fclose(file);
    else
        close(in);
    return is_whole;
}

/* ---- the whole ---- */

/* Whether it ended as a search does. */
static bool wait_for(pid_t child)
{
    int status;

    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return false;
    return WIFEXITED(status) && (WEXITSTATUS(status) == FOUND ||
                                    WEXITSTATUS(status) == NOTHING);
}

bool dx_found_ids(const char *index, const char *query, dx_id_list *out)
{
    size_t before = out->count;
    int pipes[2];
    pid_t child = -1;
    bool is_read = false;

    if (pipe2(pipes, O_CLOEXEC) == 0) {
        child = fork();
        if (child == 0)
            run_search(index, query, pipes[1]);
        close(pipes[1]);
        is_read = read_lines(pipes[0], out);
    }
    if (child < 0 || !wait_for(child) || !is_read) {
        dx_notice_error(DX_NOTICE_NO_SEARCH, query);
        return false;
    }
    if (out->count - before < DX_FOUND_IDS_MAX)
        return true;
    dx_notice_error(DX_NOTICE_FOUND_TOO_MANY, query, number_max);
    return false;
}
