/* Zip and tar: files that hold files. */
#include <errno.h>
#include <string.h>

#include "indexer/input/archive/member.h"
#include "indexer/input/archive/resume.h"
#include "indexer/input/source.h"
#include "indexer/input/packed/unpack.h"
#include "indexer/input/packed/window.h"

#define MEMBERS_MAX (16u << 20)
#define DAMAGES_MAX 1000u /* so often reading goes on behind damage */

typedef struct cutting {
    dx_byte_stream *in;
    dx_archive_form form;
    dx_zip_end end;
    size_t given;     /* bytes ahead in `in` that the unpacker has been given */
    uint64_t passed;  /* bytes of the archive before these, … */
    uint64_t started; /* … and before those that the unpacker was given first */
    uint64_t met; /* by unpackers before: members, folders, links */
    unsigned members, damages;
    bool is_told; /* the member at hand is damaged, and that was said … */
    bool was_told; /* … of any */
    dx_error failure; /* of `in` */
    dx_unpack *unpack;
    const dx_input_options *options;
    dx_record_each each;
    void *ctx;
    dx_status failure_of_each;
} cutting;

static ssize_t feed(void *ctx, const void **block)
{
    cutting *c = ctx;
    dx_str bytes = {NULL, 0};
    dx_status rc = dx_byte_stream_pass(c->in, c->given, &c->failure);

    c->passed += c->given;
    c->given = 0;
    if (rc == DX_OK)
        rc = dx_byte_stream_ahead(c->in, 1, &bytes, &c->failure);
    if (rc != DX_OK) {
        c->failure.status = rc;
        errno = EIO;
        return -1;
    }
    dx_zip_end_look(&c->end, bytes);
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

    dx_status rc = dx_unpack_read(c->unpack, to, room, got, err);
    c->is_told = rc != DX_OK; /* by who reads */
    c->was_told |= c->is_told;
    DX_TRY(because(c, rc, err));
    return dx_byte_stream_count_unpacked(c->in, *got, err);
}

static dx_status cut_member(cutting *c, dx_str name, dx_error *err)
{
    dx_member member = {.name = name};
    dx_error why = {0};
    dx_byte_stream *in;

    if (dx_member_is_ignored(name, c->options))
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

    for (;; c->members++) {
        DX_TRY(because(c, dx_unpack_next(c->unpack, &name, err), err));
        if (!name.ptr)
            return DX_OK;
        if (c->members == MEMBERS_MAX)
            return dx_fail(err, DX_ERR_LIMIT,
                "more than %u files in one archive; unpack it first",
                MEMBERS_MAX);
        c->is_told = false;
        c->failure_of_each = cut_member(c, name, err);
        DX_TRY(c->failure_of_each);
        DX_TRY(dx_byte_stream_count_unpacked(c->in, 0, err)); /* not too much */
    }
}

static dx_status start(cutting *c, dx_error *err)
{
    dx_str first;

    DX_TRY(dx_byte_stream_ahead(c->in, DX_WINDOW_XZ_HEAD_BYTES, &first, err));
    DX_TRY(dx_byte_stream_check_window(c->in, first, err));
    c->started = c->passed;
    return because(c, dx_unpack_open(DX_UNPACK_FILES, feed, c, &c->unpack, err), err);
}

/* Moves on to the next member; *found is false where there is none. */
static dx_status go_on(cutting *c, bool *found, dx_error *err)
{
    uint64_t taken = dx_unpack_taken_bytes(c->unpack) + c->started;
    uint64_t n = taken > c->passed ? taken - c->passed : 0;

    c->met += dx_unpack_count(c->unpack);
    dx_unpack_free(c->unpack);
    c->unpack = NULL;
    n = n < c->given ? n : c->given;
    c->given = 0;
    c->passed += n;
    DX_TRY(dx_byte_stream_pass(c->in, n, err));
    DX_TRY(dx_archive_find_member(c->in, c->form, c->started, &c->passed, found,
        err));
    return *found ? start(c, err) : DX_OK;
}

/* What the unpacker has not asked for. */
static dx_status look_for_end(cutting *c, dx_error *err)
{
    const void *block;
    ssize_t n;

    while ((n = feed(c, &block)) > 0)
        continue;
    return n == 0 ? DX_OK : because(c, DX_ERR_IO, err);
}

/* libarchive goes on behind a damaged header of a zip by itself, without a word. */
static dx_status check_end(cutting *c, dx_error *err)
{
    uint64_t met = c->met + dx_unpack_count(c->unpack);

    if (c->form != DX_ARCHIVE_ZIP || c->damages > 0 || c->was_told)
        return DX_OK;
    DX_TRY(look_for_end(c, err));
    if (!c->end.is_there)
        return dx_fail(err, DX_ERR_FORMAT,
            "the archive ends too early; is the file complete?");
    return c->end.members <= met
               ? DX_OK
               : dx_fail(err, DX_ERR_FORMAT,
                     "damaged: of the files in its directory, %llu are not in it",
                     (unsigned long long)(c->end.members - met));
}

/* What is lost of an archive is told, and the rest read. */
static dx_status cut_all(cutting *c, dx_error *err)
{
    for (;;) {
        bool found = false;
        dx_error why = {0};
        dx_status rc = cut_members(c, &why);
        if (rc == DX_OK)
            return check_end(c, err);
        if (rc == DX_ERR_FORMAT && c->failure_of_each == DX_OK &&
            c->failure.status == DX_OK && c->damages++ < DAMAGES_MAX)
            DX_TRY(go_on(c, &found, err));
        if (!found) {
            if (err)
                *err = why;
            return rc;
        }
        if (!c->is_told)
            DX_TRY(dx_member_fail(&(dx_member){.name = {NULL, 0}}, why.msg, c->each,
                c->ctx));
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
    c.form = dx_archive_form_of(first);
    dx_status rc = start(&c, err);
    if (rc == DX_OK)
        rc = cut_all(&c, err);
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
