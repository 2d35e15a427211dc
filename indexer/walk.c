#include "indexer/walk.h"

#include <errno.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/base/buf.h"
#include "common/base/mem.h"

#define PATH_BYTES_MAX (64u << 10)

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

/* The extension decides; only a file named by the user himself may lack it,
 * and then its first bytes do. */
static dx_input_type type_of(const FTSENT *e)
{
    bool compressed;
    dx_input_type type =
        dx_input_type_of(dx_str_from(e->fts_name), &compressed);
    dx_reader *r;
    dx_str line;

    if (type != DX_INPUT_UNKNOWN || e->fts_level > 0)
        return type;
    if (dx_reader_open(e->fts_accpath, &r, NULL) != DX_OK)
        return DX_INPUT_TEXT;
    type = DX_INPUT_TEXT;
    if (dx_reader_line(r, &line, NULL) == DX_OK && line.len) {
        while (line.len && strchr(" \t\xEF\xBB\xBF", *line.ptr))
            line = (dx_str){line.ptr + 1, line.len - 1};
        if (line.len && *line.ptr == '<')
            type = DX_INPUT_HTML;
        else if (line.len && *line.ptr == '[')
            type = DX_INPUT_JSON;
        else if (line.len && *line.ptr == '{')
            type = line.ptr[line.len - 1] == '}' ? DX_INPUT_JSONL
                                                 : DX_INPUT_JSON;
    }
    dx_reader_close(r);
    return type;
}

static dx_status visit_file(const FTSENT *e, const char *absolute_root,
    size_t root_len, const dx_walker *w)
{
    dx_input_type type = type_of(e);
    dx_buf absolute;

    if (type == DX_INPUT_UNKNOWN) {
        w->on_skip(w->ctx, e->fts_path, NULL);
        return DX_OK;
    }
    dx_buf_init(&absolute, PATH_BYTES_MAX);
    dx_buf_puts(&absolute, absolute_root);
    if (e->fts_level > 0 && e->fts_path[root_len] != '/')
        dx_buf_putc(&absolute, '/');
    dx_buf_puts(&absolute, e->fts_path + root_len);
    if (absolute.status != DX_OK) {
        dx_buf_free(&absolute);
        w->on_skip(w->ctx, e->fts_path, "the path is too long");
        return DX_OK;
    }
    const struct stat *st = e->fts_statp;
    dx_found_file f = {e->fts_path, dx_buf_cstr(&absolute),
        (uint64_t)st->st_size,
        (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec, type};
    dx_status rc = w->on_file(w->ctx, &f);
    dx_buf_free(&absolute);
    return rc;
}

static dx_status visit(FTS *tree, FTSENT *e, const char *absolute_root,
    size_t root_len, const dx_walker *w)
{
    switch (e->fts_info) {
    case FTS_D:
        if (e->fts_level > 0 && e->fts_name[0] == '.')
            fts_set(tree, e, FTS_SKIP);
        return DX_OK;
    case FTS_F:
        if (e->fts_level > 0 && e->fts_name[0] == '.')
            return DX_OK;
        return visit_file(e, absolute_root, root_len, w);
    case FTS_DC:
        w->on_skip(w->ctx, e->fts_path, "a link to a folder it is in");
        return DX_OK;
    case FTS_DNR:
    case FTS_ERR:
    case FTS_NS:
        w->on_skip(w->ctx, e->fts_path, strerror(e->fts_errno));
        return DX_OK;
    case FTS_SLNONE:
        w->on_skip(w->ctx, e->fts_path, "a symbolic link to nothing");
        return DX_OK;
    case FTS_DEFAULT:
        w->on_skip(w->ctx, e->fts_path, "not a regular file");
        return DX_OK;
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
        w->on_skip(w->ctx, root, strerror(errno));
        dx_free(absolute);
        dx_free(copy);
        return DX_OK;
    }
    size_t len = strlen(copy);
    while (len > 1 && copy[len - 1] == '/')
        copy[--len] = '\0';
    char *const roots[] = {copy, NULL};
    FTS *tree = fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, by_name);
    if (!tree)
        rc = dx_fail_nomem(err);
    for (FTSENT *e; rc == DX_OK && tree && (e = fts_read(tree));)
        rc = visit(tree, e, strcmp(absolute, "/") ? absolute : "",
            strcmp(copy, "/") ? len : 0, w);
    if (tree)
        fts_close(tree);
    dx_free(absolute);
    dx_free(copy);
    return rc;
}
