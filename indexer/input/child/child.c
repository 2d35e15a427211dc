/* A child from fork to its last process: pipes, deadline, what its end means. */
#include "indexer/input/child/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define WORDS_BYTES 200u /* of what it says on stderr */
#define STEP_BYTES (64u << 10)
#define PATH_BYTES 4096u

enum { READ_END, WRITE_END };
enum { TEXT, WORDS, START, PIPES }; /* stdout, stderr, "exec failed" */

typedef struct running {
    const dx_child *child;
    char program[PATH_BYTES]; /* the file that is run */
    int input;
    int pipes[PIPES][2];
    pid_t pid;
    int64_t deadline_ms;
    char words[WORDS_BYTES + 1]; /* the first ones on stderr */
    size_t words_len;
    dx_buf *output;
} running;

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* ---- before the start ---- */

static bool is_program(const char *path) { return access(path, X_OK) == 0; }

/* As execvp() would find it; that one may not be called after fork(). */
static bool find_program(const char *name, char path[PATH_BYTES])
{
    const char *folders = getenv("PATH");

    if (strchr(name, '/')) {
        int n = snprintf(path, PATH_BYTES, "%s", name);
        return n > 0 && (unsigned)n < PATH_BYTES && is_program(path);
    }
    for (const char *p = folders ? folders : "/usr/bin:/bin"; *p;) {
        size_t len = strcspn(p, ":");
        int n = snprintf(path, PATH_BYTES, "%.*s/%s", (int)len, p, name);
        if (len && n > 0 && (unsigned)n < PATH_BYTES && is_program(path))
            return true;
        p += len + (p[len] == ':');
    }
    return false;
}

/* What messages call it: the user knows which command is his. */
static const char *name_of(const dx_child *c)
{
    return c->package ? c->argv[0] : "the command";
}

static dx_status fail_missing(const dx_child *c, dx_error *err)
{
    if (c->package)
        return dx_fail(err, DX_ERR_FORMAT,
            "no program to read it with; install %s (it has %s)", c->package,
            c->argv[0]);
    return dx_fail(err, DX_ERR_FORMAT, "there is no program %s", c->argv[0]);
}

static dx_status fail_start(const char *what, dx_error *err)
{
    return dx_fail(err, DX_ERR_IO, "cannot start a program: %s: %s", what,
        strerror(errno));
}

static bool write_all(int fd, dx_str bytes)
{
    while (bytes.len) {
        ssize_t n = write(fd, bytes.ptr, bytes.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes = (dx_str){bytes.ptr + n, bytes.len - (size_t)n};
    }
    return true;
}

/* A file in memory that nobody can change any more. Not a pipe: converters want to
 * seek, and no thread of ours has to feed it. */
static dx_status make_input(running *r, dx_str input, dx_error *err)
{
    r->input = memfd_create("document", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (r->input < 0 || !write_all(r->input, input) ||
        lseek(r->input, 0, SEEK_SET) != 0 ||
        fcntl(r->input, F_ADD_SEALS,
            F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) != 0)
        return fail_start("memory for the file", err);
    return DX_OK;
}

/* Numbers below 3 would be overwritten when the child takes its three. */
static bool lift(int *fd)
{
    if (*fd >= 3)
        return true;
    int high = fcntl(*fd, F_DUPFD_CLOEXEC, 3);
    close(*fd);
    *fd = high;
    return high >= 0;
}

static dx_status make_pipes(running *r, dx_error *err)
{
    for (size_t i = 0; i < PIPES; i++)
        if (pipe2(r->pipes[i], O_CLOEXEC) != 0 || !lift(&r->pipes[i][0]) ||
            !lift(&r->pipes[i][1]))
            return fail_start("pipe", err);
    return lift(&r->input) ? DX_OK : fail_start("pipe", err);
}

/* ---- the child: system calls only, since other threads may hold any lock ---- */

static void reset_signals(void)
{
    struct sigaction standard = {.sa_handler = SIG_DFL};
    sigset_t none;

    for (int s = 1; s < NSIG; s++)
        sigaction(s, &standard, NULL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* All but the three, and the one that tells of the start. */
static void close_others(int start)
{
    const int close_range = 436; /* Linux 5.9 */

    dup2(start, 3);
    fcntl(3, F_SETFD, FD_CLOEXEC);
    if (syscall(close_range, 4, ~0u, 0) == 0)
        return;
    for (int fd = 4, end = (int)sysconf(_SC_OPEN_MAX); fd < end; fd++)
        close(fd);
}

static void run_child(const running *r, pid_t parent, char *const envp[])
{
    /* execve() takes what it does not change as if it might. */
    union {
        const char *const *in;
        char *const *out;
    } argv = {r->child->argv};
    int why = 0;

    reset_signals();
    setpgid(0, 0);
    if (dup2(r->input, 0) < 0 || dup2(r->pipes[TEXT][WRITE_END], 1) < 0 ||
        dup2(r->pipes[WORDS][WRITE_END], 2) < 0)
        why = errno;
    close_others(r->pipes[START][WRITE_END]);
    if (!why)
        why = dx_jail_enter(&r->child->jail, r->program);
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* a change of user would clear it */
    if (getppid() != parent)
        _exit(127);
    if (!why) {
        execve(r->program, argv.out, envp);
        why = errno;
    }
    if (write(3, &why, sizeof why) < 0)
        _exit(126);
    _exit(127);
}

/* ---- the parent ---- */

static dx_status start(running *r, dx_error *err)
{
    char path[PATH_BYTES], lang[] = "LC_ALL=C.UTF-8", home[] = "HOME=/nowhere";
    char *const envp[] = {path, lang, home, NULL};
    const char *folders = getenv("PATH");
    pid_t parent = getpid();
    int why;

    snprintf(path, sizeof path, "PATH=%s", folders ? folders : "/usr/bin:/bin");
    r->deadline_ms = now_ms() + r->child->jail.wall_ms;
    r->pid = fork();
    if (r->pid < 0)
        return fail_start("fork", err);
    if (r->pid == 0)
        run_child(r, parent, envp);
    setpgid(r->pid, r->pid); /* whoever is first */
    for (size_t i = 0; i < PIPES; i++)
        close_fd(&r->pipes[i][WRITE_END]);
    if (read(r->pipes[START][READ_END], &why, sizeof why) != sizeof why)
        return DX_OK;
    errno = why;
    return fail_start(r->program, err);
}

static void take_words(running *r, const char *bytes, size_t n)
{
    size_t room = WORDS_BYTES - r->words_len;

    if (n > room)
        n = room;
    memcpy(r->words + r->words_len, bytes, n);
    r->words_len += n;
}

/* Reads what has come by the pipe; closes it at its end. */
static dx_status take(running *r, int which, dx_error *err)
{
    char bytes[STEP_BYTES];
    ssize_t n = read(r->pipes[which][READ_END], bytes, sizeof bytes);

    if (n < 0)
        return errno == EINTR || errno == EAGAIN ? DX_OK
                                                 : fail_start("read", err);
    if (n == 0)
        close_fd(&r->pipes[which][READ_END]);
    else if (which == WORDS)
        take_words(r, bytes, (size_t)n);
    else
        dx_buf_put(r->output, bytes, (size_t)n);
    if (r->output->status == DX_ERR_NOMEM)
        return dx_fail_nomem(err);
    if (r->output->status == DX_ERR_LIMIT)
        return dx_fail(err, DX_ERR_LIMIT, "%s wrote more than %zu MiB of text",
            name_of(r->child), r->output->max >> 20);
    return DX_OK;
}

static dx_status fail_late(const running *r, dx_error *err)
{
    return dx_fail(err, DX_ERR_LIMIT, "%s took longer than %u s",
        name_of(r->child), (r->child->jail.wall_ms + 999) / 1000);
}

/* Until both pipes are closed, or a limit is reached. */
static dx_status listen_to(running *r, dx_error *err)
{
    while (r->pipes[TEXT][READ_END] >= 0 || r->pipes[WORDS][READ_END] >= 0) {
        struct pollfd fds[2] = {{r->pipes[TEXT][READ_END], POLLIN, 0},
            {r->pipes[WORDS][READ_END], POLLIN, 0}};
        int64_t left = r->deadline_ms - now_ms();
        if (left <= 0)
            return fail_late(r, err);
        if (poll(fds, 2, (int)left) < 0 && errno != EINTR)
            return fail_start("poll", err);
        for (int i = TEXT; i <= WORDS; i++)
            if (fds[i].revents)
                DX_TRY(take(r, i, err));
    }
    return DX_OK;
}

/* Waits for its end, but leaves it a zombie: its number stays its own. */
static dx_status await(running *r, dx_error *err)
{
    struct timespec pause = {0, 1000000};

    for (;;) {
        siginfo_t info = {0};
        int rc = waitid(P_PID, (id_t)r->pid, &info, WEXITED | WNOHANG | WNOWAIT);
        if (rc != 0 && errno != EINTR)
            return fail_start("wait", err);
        if (rc == 0 && info.si_pid == r->pid)
            return DX_OK;
        if (now_ms() >= r->deadline_ms)
            return fail_late(r, err);
        nanosleep(&pause, NULL);
    }
}

/* Ends all that is left of it, and says how it ended. */
static int end(running *r)
{
    int status = 0;

    kill(-r->pid, SIGKILL);
    kill(r->pid, SIGKILL);
    while (waitpid(r->pid, &status, 0) < 0 && errno == EINTR)
        ;
    return status;
}

/* The first line of what it said, without its control characters. */
static const char *last_words(running *r)
{
    r->words[r->words_len] = '\0';
    r->words[strcspn(r->words, "\r\n")] = '\0';
    for (char *p = r->words; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7F)
            *p = ' ';
    return r->words;
}

static dx_status judge(running *r, int status, dx_error *err)
{
    const dx_child *c = r->child;
    const char *words = last_words(r);

    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return DX_OK;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        return dx_fail(err, DX_ERR_LIMIT,
            "%s took more than %u s of processor time", name_of(c),
            c->jail.cpu_s);
    if (WIFSIGNALED(status))
        return dx_fail(err, DX_ERR_FORMAT,
            "%s broke off (signal %d); is the file damaged?", name_of(c),
            WTERMSIG(status));
    return *words ? dx_fail(err, DX_ERR_FORMAT, "%s could not read it: %s",
                        name_of(c), words)
                  : dx_fail(err, DX_ERR_FORMAT, "%s could not read it", name_of(c));
}

static dx_status run(running *r, dx_str input, dx_error *err)
{
    DX_TRY(make_input(r, input, err));
    DX_TRY(make_pipes(r, err));
    DX_TRY(start(r, err));
    DX_TRY(listen_to(r, err));
    return await(r, err);
}

dx_status dx_child_run(const dx_child *child, dx_str input, dx_buf *output,
    dx_error *err)
{
    running r = {.child = child,
        .input = -1,
        .pipes = {{-1, -1}, {-1, -1}, {-1, -1}},
        .output = output};

    if (!find_program(child->argv[0], r.program))
        return fail_missing(child, err);
    dx_status rc = run(&r, input, err);
    if (r.pid > 0) {
        int status = end(&r);
        if (rc == DX_OK)
            rc = judge(&r, status, err);
    }
    close_fd(&r.input);
    for (size_t i = 0; i < PIPES; i++) {
        close_fd(&r.pipes[i][READ_END]);
        close_fd(&r.pipes[i][WRITE_END]);
    }
    return rc;
}
