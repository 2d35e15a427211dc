/* libarchive behind a few functions, with zlib for gzip. */
#include "indexer/input/packed/unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <string.h>

#include "common/base/mem.h"

/* Names come in the characters of the locale, which this has to be for. */
#define NAMES_LOCALE "C.UTF-8"

struct dx_unpack {
    dx_gunzip *gunzip;       /* owned; else NULL, and then … */
    struct archive *archive; /* owned */
    dx_str first;            /* borrowed: the first block, to be given once more */
    locale_t names;    /* owned; 0: there is none, and names have '?' */
    const char *block; /* borrowed: what was unpacked and is not yet taken */
    size_t block_len;
    dx_packed_feed feed;
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

static ssize_t feed(void *ctx, const void **block)
{
    dx_unpack *u = ctx;
    ssize_t n = (ssize_t)u->first.len;

    if (n == 0)
        return u->feed(u->ctx, block);
    *block = u->first.ptr;
    u->first = (dx_str){NULL, 0};
    return n;
}

static la_ssize_t give(struct archive *a, void *ctx, const void **block)
{
    ssize_t n = feed(ctx, block);

    if (n < 0)
        archive_set_error(a, errno, "%s", strerror(errno));
    return n;
}

static bool is_set_up(struct archive *a, dx_unpack_form form)
{
    if (archive_read_support_filter_zstd(a) < ARCHIVE_WARN ||
        archive_read_support_format_empty(a) != ARCHIVE_OK)
        return false;
    if (form == DX_UNPACK_STREAM)
        return archive_read_support_format_raw(a) == ARCHIVE_OK;
    return archive_read_support_filter_gzip(a) >= ARCHIVE_WARN &&
           archive_read_support_filter_bzip2(a) >= ARCHIVE_WARN &&
           archive_read_support_filter_xz(a) >= ARCHIVE_WARN &&
           archive_read_support_format_zip(a) == ARCHIVE_OK &&
           archive_read_support_format_tar(a) == ARCHIVE_OK;
}

static dx_status make(dx_unpack *u, dx_unpack_form form, dx_error *err)
{
    u->archive = archive_read_new();
    if (!u->archive)
        return dx_fail_nomem(err);
    if (form == DX_UNPACK_FILES)
        u->names = newlocale(LC_CTYPE_MASK, NAMES_LOCALE, (locale_t)0);
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

bool dx_unpack_is_packed(dx_str first)
{
    return dx_gunzip_is_gzip(first) ||
           (first.len >= 4 && memcmp(first.ptr, "\x28\xB5\x2F\xFD", 4) == 0);
}

static dx_status new_unpack(dx_unpack **out, dx_error *err)
{
    *out = dx_calloc(1, sizeof **out);
    if (*out)
        return DX_OK;
    (void)dx_fail_nomem(err);
    return DX_ERR_NOMEM; /* so that it is seen that there is one otherwise */
}

static dx_status open_fed(dx_unpack *u, dx_unpack_form form, dx_error *err)
{
    const void *block = NULL;

    if (form == DX_UNPACK_STREAM) {
        ssize_t n = u->feed(u->ctx, &block);
        if (n < 0)
            return dx_fail(err, DX_ERR_IO, "cannot decompress: %s",
                strerror(errno));
        u->first = (dx_str){block, (size_t)n};
        if (dx_gunzip_is_gzip(u->first))
            return dx_gunzip_new(feed, u, &u->gunzip, err);
    }
    DX_TRY(make(u, form, err));
    return archive_read_open(u->archive, u, NULL, give, NULL) == ARCHIVE_OK
               ? DX_OK
               : fail(u, err);
}

dx_status dx_unpack_open(dx_unpack_form form, dx_packed_feed feed_more, void *ctx,
    dx_unpack **out, dx_error *err)
{
    DX_TRY(new_unpack(out, err));
    (*out)->feed = feed_more;
    (*out)->ctx = ctx;
    return opened(open_fed(*out, form, err), out);
}

dx_status dx_unpack_open_memory(dx_unpack_form form, dx_str bytes,
    dx_unpack **out, dx_error *err)
{
    DX_TRY(new_unpack(out, err));
    dx_status rc = make(*out, form, err);

    if (rc == DX_OK && archive_read_open_memory((*out)->archive, bytes.ptr,
                           bytes.len) != ARCHIVE_OK)
        rc = fail(*out, err);
    return opened(rc, out);
}

static dx_status next_file(dx_unpack *u, dx_str *name, dx_error *err)
{
    struct archive_entry *entry;

    *name = (dx_str){NULL, 0};
    u->block_len = 0;
    for (;;) {
        int rc = archive_read_next_header(u->archive, &entry);
        if (rc == ARCHIVE_EOF)
            return DX_OK;
        if (rc == ARCHIVE_RETRY || rc < ARCHIVE_WARN)
            return fail(u, err);
        const char *path = archive_entry_pathname(entry);
        if (archive_entry_filetype(entry) != AE_IFREG ||
            archive_entry_hardlink(entry))
            continue;
        *name = dx_str_from(path ? path : "");
        return DX_OK;
    }
}

dx_status dx_unpack_next(dx_unpack *u, dx_str *name, dx_error *err)
{
    if (u->gunzip) {
        *name = DX_STR_LIT("data");
        return DX_OK;
    }
    locale_t before = u->names ? uselocale(u->names) : (locale_t)0;
    dx_status rc = next_file(u, name, err);

    if (before)
        uselocale(before);
    return rc;
}

/* By blocks, so that of what is damaged all counts that came before. */
dx_status dx_unpack_read(dx_unpack *u, void *to, size_t n, size_t *got,
    dx_error *err)
{
    const void *block;
    la_int64_t at;

    if (u->gunzip)
        return dx_gunzip_read(u->gunzip, to, n, got, err);
    *got = 0;
    while (u->block_len == 0) {
        int rc = archive_read_data_block(u->archive, &block, &u->block_len, &at);
        if (rc < ARCHIVE_OK) /* a warning: a wrong check sum, say */
            return fail(u, err);
        u->block = block;
        if (rc == ARCHIVE_EOF) {
            u->block_len = 0;
            return DX_OK;
        }
    }
    *got = u->block_len < n ? u->block_len : n;
    memcpy(to, u->block, *got);
    u->block += *got;
    u->block_len -= *got;
    return DX_OK;
}

dx_status dx_unpack_skip_to(dx_unpack *u, dx_str mark, bool *found,
    dx_error *err)
{
    *found = false;
    return u->gunzip ? dx_gunzip_skip_to(u->gunzip, mark, found, err) : DX_OK;
}

uint64_t dx_unpack_count(const dx_unpack *u)
{
    return u->archive ? (uint64_t)archive_file_count(u->archive) : 1;
}

uint64_t dx_unpack_taken_bytes(const dx_unpack *u)
{
    la_int64_t n = u->archive ? archive_filter_bytes(u->archive, -1) : 0;

    return n > 0 ? (uint64_t)n : 0;
}

void dx_unpack_free(dx_unpack *u)
{
    if (!u)
        return;
    dx_gunzip_free(u->gunzip);
    archive_read_free(u->archive);
    if (u->names)
        freelocale(u->names);
    dx_free(u);
}
