/* Finds out what a member is, and hands its records on under its name. */
#include "indexer/input/archive/member.h"

#include "common/base/buf.h"
#include "indexer/input/ignored.h"

#define NAME_MAX_BYTES (16u << 10)

typedef struct naming { /* records on their way out of a member */
    const dx_member *member;
    const dx_source *source;
    dx_record_each each;
    void *ctx;
    dx_status failure; /* of `each` */
} naming;

/* "thu.eml/don.docx". */
static dx_str join(dx_str outer, dx_str inner, dx_buf *out)
{
    if (inner.len == 0)
        return outer;
    if (outer.len == 0)
        return inner;
    dx_buf_put_str(out, outer);
    dx_buf_putc(out, '/');
    dx_buf_put_str(out, inner);
    return (dx_str){(const char *)out->data, out->len};
}

static dx_status hand_on(void *ctx, const dx_record *record)
{
    naming *n = ctx;
    dx_record named = *record;
    dx_buf name;

    dx_buf_init(&name, NAME_MAX_BYTES);
    named.name = join(n->member->name, record->name, &name);
    if (!named.source)
        named.source = n->source;
    bool is_all_of_it = record->number == 0 && record->name.len == 0;
    if (named.url.len == 0 && is_all_of_it)
        named.url = n->member->url;
    if (named.date.len == 0)
        named.date = n->member->date;
    n->failure = name.status == DX_OK ? n->each(n->ctx, &named) : name.status;
    dx_buf_free(&name);
    return n->failure;
}

dx_status dx_member_leave_out(const dx_member *member, dx_left_out why,
    dx_record_each each, void *ctx)
{
    return each(ctx, &(dx_record){.name = member->name, .url = member->url,
                         .left_out = why});
}

dx_status dx_member_fail(const dx_member *member, const char *fault,
    dx_record_each each, void *ctx)
{
    return each(ctx, &(dx_record){.name = member->name, .fault = fault});
}

/* The type of a member that begins so; NULL: none of ours. */
static const dx_source *source_of(const dx_member *member,
    const dx_input_options *options, dx_str first)
{
    if (dx_input_filter_command(options, member->name))
        return &dx_source_filter;
    dx_str type = member->type.len ? member->type : member->name;

    return dx_source_held(dx_source_of_name(type), first);
}

static dx_status cut(dx_byte_stream *in, const dx_member *member,
    const dx_input_options *options, dx_record_each each, void *ctx,
    dx_error *why, dx_status *failure)
{
    naming n = {.member = member, .each = each, .ctx = ctx};
    dx_str first;

    DX_TRY(dx_byte_stream_peek(in, &first, why));
    n.source = source_of(member, options, first);
    bool is_media = n.source != &dx_source_filter && dx_is_media(first);
    if (first.len == 0 || is_media || !n.source) {
        *failure = dx_member_leave_out(member, first.len == 0 ? DX_LEFT_EMPTY
                                               : is_media
                                                   ? DX_LEFT_MEDIA
                                                   : DX_LEFT_OTHER,
            each, ctx);
        return *failure;
    }
    if (n.source->is_stream && !n.source->is_solid)
        DX_TRY(dx_byte_stream_decode(in, why));
    dx_status rc = dx_source_cut(n.source, in, options, hand_on, &n, why);
    *failure = n.failure;
    return rc;
}

dx_status dx_member_cut(dx_byte_stream *in, const dx_member *member,
    const dx_input_options *options, dx_record_each each, void *ctx,
    dx_error *err)
{
    dx_status failure = DX_OK;
    dx_error why = {0};
    dx_status rc = cut(in, member, options, each, ctx, &why, &failure);

    if (rc == DX_OK || failure != DX_OK)
        return rc == DX_OK ? rc : failure;
    if (rc == DX_ERR_NOMEM)
        return dx_fail_nomem(err);
    return dx_member_fail(member, why.msg, each, ctx);
}

dx_status dx_member_cut_bytes(dx_byte_stream *container, dx_str bytes,
    const dx_member *member, const dx_input_options *options,
    dx_record_each each, void *ctx, dx_error *err)
{
    dx_byte_stream *in;
    dx_error why = {0};
    dx_status rc =
        dx_byte_stream_open_bytes(container, member->name, bytes, &in, &why);

    if (rc == DX_ERR_NOMEM)
        return dx_fail_nomem(err);
    if (rc != DX_OK)
        return dx_member_fail(member, why.msg, each, ctx);
    rc = dx_member_cut(in, member, options, each, ctx, err);
    dx_byte_stream_close(in);
    return rc;
}

bool dx_member_is_ignored(dx_str name, const dx_input_options *options)
{
    const char *slash = name.len ? memrchr(name.ptr, '/', name.len) : NULL;
    size_t last = slash ? (size_t)(slash + 1 - name.ptr) : 0;
    bool is_start = true;

    if (dx_input_filter_command(options, name))
        return false;
    for (size_t i = 0; i < name.len; i++) {
        if (is_start && name.ptr[i] == '.' && i + 1 < name.len &&
            !strchr("./", name.ptr[i + 1]))
            return true;
        is_start = name.ptr[i] == '/';
    }
    return memmem(name.ptr, name.len, "__MACOSX/", 9) != NULL ||
           dx_is_ignored_name((dx_str){name.ptr + last, name.len - last});
}

dx_status dx_member_read_none(const dx_record *record,
    const dx_input_options *options, dx_arena *arena, dx_article *out,
    dx_error *err)
{
    (void)record;
    (void)options;
    (void)arena;
    (void)out;
    return dx_fail(err, DX_ERR_FORMAT, "a file of files is no article");
}

dx_status dx_member_check_depth(const dx_byte_stream *in, dx_error *err)
{
    return dx_byte_stream_depth(in) <= DX_MEMBER_DEPTH_MAX
               ? DX_OK
               : dx_fail(err, DX_ERR_LIMIT,
                     "more than %u archives within each other; unpack it first",
                     DX_MEMBER_DEPTH_MAX);
}
