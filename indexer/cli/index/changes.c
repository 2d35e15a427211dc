/* Watching folders by inotify, or by the clock. */
#include "indexer/cli/index/changes.h"

#include <errno.h>
#include <fts.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "common/base/mem.h"

#define TICK_MS 200u /* between looks at `stop` */
#define EVENTS_BYTES 65536u
#define WANTED                                                                 \
    (IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MODIFY | IN_MOVED_FROM |      \
        IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF)

struct dx_changes {
    dx_changes_options options;
    int fd;        /* of inotify, or -1 */
    bool are_told; /* every folder has its watch */
    bool has_new;  /* folders were made or moved: they want watches */
};

static uint64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

/* ---- watches ---- */

static void add_watch(dx_changes *c, const char *folder)
{
    if (inotify_add_watch(c->fd, folder, WANTED | IN_ONLYDIR) < 0 &&
        errno != ENOENT && errno != ENOTDIR && errno != EACCES)
        c->are_told = false; /* no more watches: ENOSPC */
}

/* A file is replaced by renaming another one: its folder tells of that. */
static dx_status watch_parent(dx_changes *c, const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? dx_strndup(path, (size_t)(slash - path) + 1)
                         : dx_strndup(".", 1);

    if (!folder)
        return DX_ERR_NOMEM;
    add_watch(c, folder);
    dx_free(folder);
    return DX_OK;
}

static bool is_index(const dx_changes *c, const FTSENT *e)
{
    struct stat index;

    return stat(c->options.index, &index) == 0 &&
           index.st_dev == e->fts_statp->st_dev &&
           index.st_ino == e->fts_statp->st_ino;
}

/* All folders under `path`; a folder that is watched already stays so. */
static dx_status watch_under(dx_changes *c, const char *path)
{
    char *copy = dx_strndup(path, strlen(path));
    char *const roots[] = {copy, NULL};
    FTSENT *e;

    FTS *tree = copy ? fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, NULL) : NULL;
    dx_free(copy);
    if (!tree)
        return DX_ERR_NOMEM;
    while (c->are_told && (e = fts_read(tree)) != NULL) {
        if (e->fts_info != FTS_D)
            continue;
        if (is_index(c, e) || (e->fts_level > 0 && e->fts_name[0] == '.'))
            fts_set(tree, e, FTS_SKIP);
        else
            add_watch(c, e->fts_accpath);
    }
    fts_close(tree);
    return DX_OK;
}

static dx_status watch_all(dx_changes *c)
{
    c->has_new = false;
    for (size_t i = 0; c->are_told && i < c->options.count; i++) {
        DX_TRY(watch_parent(c, c->options.paths[i]));
        DX_TRY(watch_under(c, c->options.paths[i]));
    }
    return DX_OK;
}

dx_status dx_changes_open(const dx_changes_options *options, dx_changes **out,
    dx_error *err)
{
    dx_changes *c = *out = dx_calloc(1, sizeof *c);

    if (!c)
        return dx_fail_nomem(err);
    *c = (dx_changes){.options = *options,
        .fd = options->poll ? -1 : inotify_init1(IN_NONBLOCK | IN_CLOEXEC)};
    c->are_told = c->fd >= 0;
    if (watch_all(c) == DX_OK)
        return DX_OK;
    dx_changes_close(c);
    *out = NULL;
    return dx_fail_nomem(err);
}

bool dx_changes_are_told(const dx_changes *c)
{
    return c->are_told;
}

void dx_changes_close(dx_changes *c)
{
    if (c && c->fd >= 0)
        close(c->fd);
    dx_free(c);
}

/* ---- waiting ---- */

/* Of a file with the report's name. */
static bool is_report(const dx_changes *c, const struct inotify_event *e)
{
    const char *report = c->options.report;
    const char *slash = report ? strrchr(report, '/') : NULL;

    return report && e->len && strcmp(slash ? slash + 1 : report, e->name) == 0;
}

/* Takes all events that there are; whether there were any. */
static bool take_events(dx_changes *c)
{
    _Alignas(struct inotify_event) char events[EVENTS_BYTES];
    bool any = false;
    ssize_t n;

    while ((n = read(c->fd, events, sizeof events)) > 0) {
        for (const char *p = events; p < events + n;) {
            const struct inotify_event *e = (const void *)p;
            any |= !is_report(c, e);
            c->has_new |= (e->mask & (IN_ISDIR | IN_Q_OVERFLOW)) != 0;
            p += sizeof *e + e->len;
        }
    }
    return any;
}

/* Until the next event, or a moment. Where events come all the time, each is not worth
 * waking up for. */
static void sleep_a_moment(const dx_changes *c, bool has_changed)
{
    struct pollfd fd = {.fd = c->fd, .events = POLLIN};

    poll(&fd, c->fd >= 0 && !has_changed ? 1 : 0, TICK_MS);
}

static bool is_stopped(const atomic_bool *stop)
{
    return stop && atomic_load(stop);
}

void dx_changes_pause(unsigned ms, const atomic_bool *stop)
{
    uint64_t began = now_ms();

    while (!is_stopped(stop) && now_ms() - began < ms)
        poll(NULL, 0, TICK_MS);
}

dx_status dx_changes_wait(dx_changes *c, unsigned pause_ms,
    const atomic_bool *stop, dx_error *err)
{
    uint64_t began = now_ms(), first = 0, last = 0;
    uint64_t longest = c->are_told ? DX_CHANGES_SURE_MS : DX_CHANGES_POLL_MS;

    if (longest < pause_ms)
        longest = pause_ms;
    while (!is_stopped(stop)) {
        if (c->fd >= 0 && take_events(c)) {
            last = now_ms();
            first = first ? first : last;
        }
        if (c->has_new && watch_all(c) != DX_OK)
            return dx_fail_nomem(err);
        uint64_t now = now_ms();
        bool is_whole = first && (now - last >= DX_CHANGES_QUIET_MS ||
                                     now - first >= DX_CHANGES_BUSY_MS);
        if ((is_whole && now - began >= pause_ms) || now - began >= longest)
            return DX_OK;
        sleep_a_moment(c, first != 0);
    }
    return DX_OK;
}
