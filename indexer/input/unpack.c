/* libarchive behind five functions. */
#include "indexer/input/unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>

#include "common/base/mem.h"

struct dx_unpack {
    struct archive *archive; /* owned */
    dx_unpack_feed feed;
    void *ctx;
};

static dx_status fail(const dx_unpack *u, dx_error *err)
{
    const char *why = archive_error_string(u->archive);

    if (archive_errno(u->archive) == ENOMEM)
        return dx_fail_nomem(err);
    return dx_fail(err, DX_ERR_FORMAT,
        "cannot decompress: %s; is the file complete?",
        why ? why : "unknown reason");
}

static la_ssize_t give(struct archive *a, void *ctx, const void **block)
{
    dx_unpack *u = ctx;
    ssize_t n = u->feed(u->ctx, block);

    if (n < 0)
        archive_set_error(a, errno, "%s", strerror(errno));
    return n;
}

static bool is_set_up(struct archive *a, dx_unpack_form form)
{
    if (archive_read_support_filter_gzip(a) < ARCHIVE_WARN ||
        archive_read_support_filter_zstd(a) < ARCHIVE_WARN ||
        archive_read_support_format_empty(a) != ARCHIVE_OK)
        return false;
    if (form == DX_UNPACK_STREAM)
        return archive_read_support_format_raw(a) == ARCHIVE_OK;
    return archive_read_support_format_zip(a) == ARCHIVE_OK &&
           archive_read_support_format_tar(a) == ARCHIVE_OK;
}

static dx_status make(dx_unpack_form form, dx_unpack **out, dx_error *err)
{
    dx_unpack *u = dx_calloc(1, sizeof *u);

    *out = u;
    if (!u)
        return dx_fail_nomem(err);
    u->archive = archive_read_new();
    if (!u->archive)
        return dx_fail_nomem(err);
    return is_set_up(u->archive, form) ? DX_OK : fail(u, err);
}

/* Frees what could not be opened. */
static dx_status opened(dx_status rc, dx_unpack **u)
{
    if (rc == DX_OK)
        return rc;
    dx_unpack_free(*u);
    *u = NULL;
    return rc;
}

dx_status dx_unpack_open(dx_unpack_form form, dx_unpack_feed feed, void *ctx,
    dx_unpack **out, dx_error *err)
{
    dx_status rc = make(form, out, err);

    if (rc == DX_OK) {
        (*out)->feed = feed;
        (*out)->ctx = ctx;
        if (archive_read_open((*out)->archive, *out, NULL, give, NULL) !=
            ARCHIVE_OK)
            rc = fail(*out, err);
    }
    return opened(rc, out);
}

dx_status dx_unpack_open_memory(dx_unpack_form form, dx_str bytes,
    dx_unpack **out, dx_error *err)
{
    dx_status rc = make(form, out, err);

    if (rc == DX_OK && archive_read_open_memory((*out)->archive, bytes.ptr,
                           bytes.len) != ARCHIVE_OK)
        rc = fail(*out, err);
    return opened(rc, out);
}

dx_status dx_unpack_next(dx_unpack *u, dx_str *name, dx_error *err)
{
    struct archive_entry *entry;

    *name = (dx_str){NULL, 0};
    for (;;) {
        int rc = archive_read_next_header(u->archive, &entry);
        if (rc == ARCHIVE_EOF)
            return DX_OK;
        if (rc < ARCHIVE_WARN)
            return fail(u, err);
        const char *path = archive_entry_pathname(entry);
        if (archive_entry_filetype(entry) == AE_IFDIR)
            continue;
        *name = dx_str_from(path ? path : "");
        return DX_OK;
    }
}

dx_status dx_unpack_read(dx_unpack *u, void *to, size_t n, size_t *got,
    dx_error *err)
{
    la_ssize_t rc = archive_read_data(u->archive, to, n);

    *got = rc > 0 ? (size_t)rc : 0;
    return rc < 0 ? fail(u, err) : DX_OK;
}

void dx_unpack_free(dx_unpack *u)
{
    if (!u)
        return;
    archive_read_free(u->archive);
    dx_free(u);
}
