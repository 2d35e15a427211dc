/* Folders and files, by fts. */
#include "indexer/run/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fts.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "common/base/buf.h"
#include "common/base/mem.h"
#include "indexer/input/byte_stream.h"
#include "indexer/input/ignored.h"

#define PATH_BYTES_MAX (64u << 10)
#define HTTRACK_CACHE "hts-cache" /* a crawler's: all pages of its mirror again */

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

char *dx_walk_absolute(const char *root)
{
    char *real = realpath(root, NULL);
    char *copy = real ? dx_strndup(real, strlen(real)) : NULL;

    free(real); /* from libc, not from mem.h */
    return copy;
}

bool dx_walk_is_empty(const char *folder)
{
    DIR *d = opendir(folder);
    const struct dirent *e;
    bool is_empty = d != NULL;

    while (d && is_empty && (e = readdir(d)) != NULL)
        is_empty = e->d_name[0] == '.';
    if (d)
        closedir(d);
    return is_empty;
}

static const dx_source *is_what_it_holds(dx_str first)
{
    return dx_source_held(NULL, first);
}

/* What `judge` says of the first bytes; of none where they cannot be read: reading
 * the file will tell why. */
static const dx_source *judge_bytes(const char *path,
    const dx_source *(*judge)(dx_str first))
{
    dx_byte_stream *file;
    dx_str first = {NULL, 0};

    if (dx_byte_stream_open(path, &file, NULL) != DX_OK)
        return judge(first);
    if (dx_byte_stream_decode(file, NULL) != DX_OK ||
        dx_byte_stream_peek(file, &first, NULL) != DX_OK)
        first = (dx_str){NULL, 0};
    const dx_source *source = judge(first);
    dx_byte_stream_close(file);
    return source;
}

const dx_source *dx_walk_source(const char *path,
    const dx_input_options *options)
{
    bool is_stdin = strcmp(path, "-") == 0;
    const dx_source *source = dx_source_of_name(dx_str_from(path));

    if (dx_input_filter_command(options, dx_str_from(path)))
        return &dx_source_filter;
    if (options->format && (!source || is_stdin))
        source = dx_source_named(dx_str_from(options->format));
    return source ? source : judge_bytes(path, dx_source_of_bytes);
}

const dx_source *dx_walk_held(const char *path)
{
    return judge_bytes(path, is_what_it_holds);
}

typedef struct walk { /* a walk under way */
    const dx_walker *w;
    const char *absolute_root; /* "" for the root folder */
    size_t root_len; /* of the root as the user named it, in fts_path */
    dx_buf absolute; /* of the entry at hand */
    struct stat own[DX_WALK_OWN]; /* of what the run writes */
    size_t own_count;
    bool knows_device, device_is_kernels;
    dev_t device; /* looked at last */
} walk;

static void find_own(walk *w)
{
    for (size_t i = 0; i < DX_WALK_OWN; i++)
        w->own_count += w->w->own[i] &&
                        stat(w->w->own[i], &w->own[w->own_count]) == 0;
}

/* The entry's absolute path in w->absolute. */
static bool find_absolute(walk *w, const FTSENT *e)
{
    dx_buf_clear(&w->absolute);
    dx_buf_puts(&w->absolute, w->absolute_root);
    if (e->fts_level > 0 && e->fts_path[w->root_len] != '/')
        dx_buf_putc(&w->absolute, '/');
    dx_buf_puts(&w->absolute, e->fts_path + w->root_len);
    dx_buf_cstr(&w->absolute); /* its NUL may need room, too */
    return w->absolute.status == DX_OK;
}

static bool is_kernels(const char *path)
{
    static const unsigned long kinds[] = {PROC_SUPER_MAGIC, SYSFS_MAGIC,
        DEBUGFS_MAGIC, TRACEFS_MAGIC, SECURITYFS_MAGIC, CGROUP_SUPER_MAGIC,
        CGROUP2_SUPER_MAGIC, PSTOREFS_MAGIC, EFIVARFS_MAGIC, BPF_FS_MAGIC};
    struct statfs fs;

    for (size_t i = 0; statfs(path, &fs) == 0 && i < sizeof kinds / sizeof *kinds;
         i++)
        if ((unsigned long)fs.f_type == kinds[i])
            return true;
    return false;
}

/* What the kernel shows of itself looks like files, but one may be read for ever
 * (/proc/kmsg), another has all of the memory in it. */
static bool is_of_kernel(walk *w, const FTSENT *e)
{
    if (!w->knows_device || w->device != e->fts_statp->st_dev) {
        w->device = e->fts_statp->st_dev;
        w->device_is_kernels = is_kernels(e->fts_accpath);
        w->knows_device = true;
    }
    return w->device_is_kernels;
}

static dx_status skip(walk *w, const FTSENT *e, const char *reason)
{
    return w->w->on_skip(w->w->ctx, e->fts_path, NULL, reason);
}

/* It is there, but out of reach: what is below it is not gone. */
static dx_status skip_unreadable(walk *w, const FTSENT *e)
{
    const char *absolute =
        find_absolute(w, e) ? dx_buf_cstr(&w->absolute) : NULL;

    return w->w->on_skip(w->w->ctx, e->fts_path, absolute,
        strerror(e->fts_errno));
}

static int64_t nanoseconds(const struct timespec *t)
{
    return (int64_t)t->tv_sec * 1000000000 + t->tv_nsec;
}

static dx_status visit_file(walk *w, const FTSENT *e)
{
    bool is_given = e->fts_level == 0; /* by the user himself: read it anyhow */
    dx_str name = dx_str_from(e->fts_name);

    bool is_filtered = dx_input_filter_command(w->w->input, name) != NULL;
    if (!is_given && !is_filtered && dx_is_ignored_name(name))
        return skip(w, e, NULL);
    const dx_source *source = is_filtered ? &dx_source_filter
        : is_given ? dx_walk_source(e->fts_accpath, w->w->input)
                   : dx_source_of_name(name);
    if (!find_absolute(w, e))
        return skip(w, e, "the path is too long");
    const struct stat *st = e->fts_statp;
    dx_found_file f = {e->fts_path, dx_buf_cstr(&w->absolute),
        {(uint64_t)st->st_size, nanoseconds(&st->st_mtim),
            nanoseconds(&st->st_ctim), (uint64_t)st->st_ino},
        e->fts_level == 0, source};
    return w->w->on_file(w->w->ctx, &f);
}

static bool is_own(const walk *w, const FTSENT *e)
{
    for (size_t i = 0; i < w->own_count; i++)
        if (w->own[i].st_dev == e->fts_statp->st_dev &&
            w->own[i].st_ino == e->fts_statp->st_ino)
            return true;
    return false;
}

static dx_status visit(walk *w, FTS *tree, FTSENT *e)
{
    switch (e->fts_info) {
    case FTS_D:
        if (is_own(w, e) || (e->fts_level > 0 && e->fts_name[0] == '.') ||
            (e->fts_level > 0 && strcmp(e->fts_name, HTTRACK_CACHE) == 0)) {
            fts_set(tree, e, FTS_SKIP);
        } else if (is_of_kernel(w, e)) {
            fts_set(tree, e, FTS_SKIP);
            return skip(w, e, "the kernel's, not files");
        }
        return DX_OK;
    case FTS_F:
        if (is_own(w, e) || (e->fts_level > 0 && e->fts_name[0] == '.'))
            return DX_OK;
        return is_of_kernel(w, e) ? skip(w, e, "the kernel's, not a file")
                                  : visit_file(w, e);
    case FTS_DC:
        return skip(w, e, "a link to a folder it is in");
    case FTS_DNR:
    case FTS_ERR:
    case FTS_NS:
        return skip_unreadable(w, e);
    case FTS_SLNONE:
        return skip(w, e, "a symbolic link to nothing");
    case FTS_DEFAULT:
        return skip(w, e, "not a regular file");
    default:
        return DX_OK;
    }
}

dx_status dx_walk(const char *root, const dx_walker *w, dx_error *err)
{
    char *absolute = dx_walk_absolute(root);
    char *copy = dx_strndup(root, strlen(root));
    dx_status rc = DX_OK;

    if (!absolute || !copy) {
        rc = w->on_skip(w->ctx, root, NULL, strerror(errno));
        dx_free(absolute);
        dx_free(copy);
        return rc;
    }
    size_t len = strlen(copy);
    while (len > 1 && copy[len - 1] == '/')
        copy[--len] = '\0';
    char *const roots[] = {copy, NULL};
    FTS *tree = fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, by_name);
    if (!tree)
        rc = dx_fail_nomem(err);
    walk under_way = {.w = w,
        .absolute_root = strcmp(absolute, "/") ? absolute : "",
        .root_len = strcmp(copy, "/") ? len : 0};
    dx_buf_init(&under_way.absolute, PATH_BYTES_MAX);
    find_own(&under_way);
    while (rc == DX_OK && tree) {
        errno = 0;
        FTSENT *e = fts_read(tree);
        if (!e && errno) /* to go on would take the rest for gone */
            rc = dx_fail(err, DX_ERR_IO, "%s: %s", root, strerror(errno));
        if (!e)
            break;
        rc = visit(&under_way, tree, e);
    }
    if (tree)
        fts_close(tree);
    dx_buf_free(&under_way.absolute);
    dx_free(absolute);
    dx_free(copy);
    return rc;
}
