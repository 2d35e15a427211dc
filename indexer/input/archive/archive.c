/* Zip and tar: files that hold files. */
#include <errno.h>
#include <string.h>

#include "indexer/input/archive/member.h"
#include "indexer/input/source.h"
#include "indexer/input/unpack.h"

#define MEMBERS_MAX (16u << 20)

typedef struct cutting {
    dx_byte_stream *in;
    size_t given;     /* bytes ahead in `in` that the unpacker has been given */
    dx_error failure; /* of `in` */
    dx_unpack *unpack;
    const dx_input_options *options;
    dx_record_each each;
    void *ctx;
} cutting;

static ssize_t feed(void *ctx, const void **block)
{
    cutting *c = ctx;
    dx_str bytes = {NULL, 0};
    dx_status rc = dx_byte_stream_pass(c->in, c->given, &c->failure);

    c->given = 0;
    if (rc == DX_OK)
        rc = dx_byte_stream_ahead(c->in, 1, &bytes, &c->failure);
    if (rc != DX_OK) {
        c->failure.status = rc;
        errno = EIO;
        return -1;
    }
    *block = bytes.ptr;
    c->given = bytes.len;
    return (ssize_t)bytes.len;
}

/* The true reason: what is below may have failed first. */
static dx_status because(const cutting *c, dx_status rc, dx_error *err)
{
    if (rc == DX_OK || c->failure.status == DX_OK)
        return rc;
    if (err)
        *err = c->failure;
    return c->failure.status;
}

static dx_status read_member(void *ctx, void *to, size_t room, size_t *got,
    dx_error *err)
{
    cutting *c = ctx;

    DX_TRY(because(c, dx_unpack_read(c->unpack, to, room, got, err), err));
    return dx_byte_stream_count_unpacked(c->in, *got, err);
}

static dx_status cut_member(cutting *c, dx_str name, dx_error *err)
{
    dx_member member = {.name = name};
    dx_error why = {0};
    dx_byte_stream *in;

    if (dx_member_is_ignored(name))
        return dx_member_leave_out(&member, DX_LEFT_OTHER, c->each, c->ctx);
    dx_status rc =
        dx_byte_stream_open_member(c->in, name, read_member, c, &in, &why);
    if (rc == DX_ERR_NOMEM)
        return dx_fail_nomem(err);
    if (rc != DX_OK)
        return dx_member_fail(&member, why.msg, c->each, c->ctx);
    rc = dx_member_cut(in, &member, c->options, c->each, c->ctx, err);
    dx_byte_stream_close(in);
    return rc;
}

static dx_status cut_members(cutting *c, dx_error *err)
{
    dx_str name;

    for (unsigned n = 0;; n++) {
        DX_TRY(because(c, dx_unpack_next(c->unpack, &name, err), err));
        if (!name.ptr)
            return DX_OK;
        if (n == MEMBERS_MAX)
            return dx_fail(err, DX_ERR_LIMIT,
                "more than %u files in one archive; unpack it first",
                MEMBERS_MAX);
        DX_TRY(cut_member(c, name, err));
        DX_TRY(dx_byte_stream_count_unpacked(c->in, 0, err)); /* not too much */
    }
}

static bool starts_with(dx_str s, size_t at, dx_str mark)
{
    return s.len >= at + mark.len &&
           memcmp(s.ptr + at, mark.ptr, mark.len) == 0;
}

/* Documents are zips, too: their sources are asked first. */
static bool is_archive(dx_str first)
{
    return starts_with(first, 0, DX_STR_LIT("PK\3\4")) ||
           starts_with(first, 0, DX_STR_LIT("PK\5\6")) ||
           starts_with(first, 257, DX_STR_LIT("ustar"));
}

static dx_status cut(dx_byte_stream *in, const dx_input_options *options,
    dx_record_each each, void *ctx, dx_error *err)
{
    cutting c = {.in = in, .options = options, .each = each, .ctx = ctx};
    dx_str first;

    DX_TRY(dx_member_check_depth(in, err));
    DX_TRY(dx_byte_stream_peek(in, &first, err));
    const dx_source *held = dx_source_held(&dx_source_archive, first);
    if (held != &dx_source_archive) /* it is only called so */
        return dx_member_cut(in, &(dx_member){.name = {NULL, 0}}, options, each,
            ctx, err);
    DX_TRY(because(&c,
        dx_unpack_open(DX_UNPACK_FILES, feed, &c, &c.unpack, err), err));
    dx_status rc = cut_members(&c, err);
    dx_unpack_free(c.unpack);
    return rc;
}

const dx_source dx_source_archive = {
    .name = "archive",
    .extensions = {".zip", ".tar", ".tgz", ".tar.bz2", ".tar.xz", ".txz", ".tbz2"},
    .is_sure = is_archive,
    .is_stream = true,
    .is_solid = true,
    .cut = cut,
    .read = dx_member_read_none,
};
