/* Messages: mail with what is attached to it, and pages that a browser has saved. */
#include <string.h>

#include "common/base/buf.h"
#include "indexer/input/archive/headers.h"
#include "indexer/input/archive/http.h"
#include "indexer/input/archive/member.h"
#include "indexer/input/archive/mime.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/charset.h"
#include "indexer/input/feeds/entry.h"
#include "indexer/input/source.h"

#define DEPTH_MAX 8u /* of parts within parts */
#define PARTS_MAX 10000u
#define BROKEN "the message ends within its parts; is the file complete?"

typedef struct message { /* being walked through */
    dx_byte_stream *in;
    const dx_input_options *options;
    dx_record_each each;
    void *ctx;
    dx_arena arena;
    dx_buf text;      /* as HTML: of all parts that are shown */
    const char *encoding; /* of the first of these that is not in UTF-8, or of all */
    unsigned parts;   /* so far */
    bool is_broken;   /* a multipart does not end */
} message;

static bool is_type(const dx_mime *part, const char *type)
{
    return dx_starts_with(part->type, type) != 0;
}

/* ---- text ---- */

static void put_as_html(dx_buf *out, dx_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == '<' || text.ptr[i] == '&')
            dx_buf_puts(out, text.ptr[i] == '<' ? "&lt;" : "&amp;");
        else if (text.ptr[i] == '\n')
            dx_buf_puts(out, "<br>");
        else
            dx_buf_putc(out, text.ptr[i]);
}

static dx_status add_text(message *m, const dx_mime *part, dx_error *err)
{
    dx_charset charset;
    dx_str text;
    size_t skip;

    DX_TRY(dx_mime_decode(part, &m->arena, &text, err));
    DX_TRY(dx_charset_detect(text, &charset, &skip, err));
    DX_TRY(dx_charset_decode(charset, dx_str_from_offset(text, skip), &m->arena,
        &text, err));
    if (!m->encoding || strcmp(m->encoding, dx_charset_name(DX_CHARSET_UTF8)) == 0)
        m->encoding = dx_charset_name(charset);
    if (is_type(part, "text/html"))
        dx_buf_put_str(&m->text, text);
    else
        put_as_html(&m->text, text);
    dx_buf_puts(&m->text, "<br>");
    return m->text.status == DX_OK ? DX_OK : dx_fail_nomem(err);
}

/* ---- parts ---- */

static dx_status attach(message *m, const dx_mime *part, dx_str name,
    dx_error *err)
{
    const char *type = dx_media_type_name(dx_headers_first(part->type));
    dx_member member = {.name = name};
    dx_str bytes;

    DX_TRY(dx_mime_words(name, &m->arena, &member.name, err));
    if (dx_input_filter_command(m->options, member.name))
        type = "";
    if (!type || dx_member_is_ignored(member.name, m->options))
        return dx_member_leave_out(&member, DX_LEFT_OTHER, m->each, m->ctx);
    bool name_tells = dx_source_of_name(member.name) != NULL;
    member.type = *type && !name_tells ? dx_str_from(type) : (dx_str){NULL, 0};
    DX_TRY(dx_mime_decode(part, &m->arena, &bytes, err));
    return dx_member_cut_bytes(m->in, bytes, &member, m->options, m->each, m->ctx,
        err);
}

static dx_str file_name(const dx_mime *part)
{
    dx_str name = dx_headers_parameter(part->disposition, "filename");

    if (name.len == 0)
        name = dx_headers_parameter(part->type, "name");
    if (name.len == 0 && is_type(part, "message/rfc822"))
        name = DX_STR_LIT("thu.eml");
    return name;
}

/* The one of several forms of the same that is read: HTML, or what holds it with its
 * images; else the first. */
static bool choose(const dx_mime *part, dx_str boundary, dx_mime *out)
{
    dx_str rest = part->body, bytes;
    bool is_whole, found = false;

    while (dx_mime_next(&rest, boundary, &bytes, &is_whole)) {
        dx_mime one;
        dx_mime_read(bytes, &one);
        if (!found || is_type(&one, "text/html") || is_type(&one, "multipart/"))
            *out = one;
        found = true;
    }
    return found;
}

static dx_status walk(message *m, const dx_mime *part, unsigned depth,
    dx_error *err);

static dx_status walk_parts(message *m, const dx_mime *part, unsigned depth,
    dx_error *err)
{
    dx_str boundary = dx_headers_parameter(part->type, "boundary");
    dx_str rest = part->body, bytes;
    bool is_whole = true;
    dx_mime one;

    if (depth == DEPTH_MAX)
        return dx_fail(err, DX_ERR_LIMIT, "parts within parts more than %u deep",
            DEPTH_MAX);
    if (is_type(part, "multipart/alternative")) {
        m->is_broken |= !choose(part, boundary, &one);
        return m->is_broken ? DX_OK : walk(m, &one, depth + 1, err);
    }
    while (dx_mime_next(&rest, boundary, &bytes, &is_whole)) {
        if (++m->parts > PARTS_MAX)
            return dx_fail(err, DX_ERR_LIMIT, "more than %u parts", PARTS_MAX);
        dx_mime_read(bytes, &one);
        DX_TRY(walk(m, &one, depth + 1, err));
    }
    m->is_broken |= !is_whole;
    return DX_OK;
}

static dx_status walk(message *m, const dx_mime *part, unsigned depth,
    dx_error *err)
{
    dx_str name = file_name(part);
    bool is_text = part->type.len == 0 || is_type(part, "text/plain") ||
                   is_type(part, "text/html");

    if (is_type(part, "multipart/"))
        return walk_parts(m, part, depth, err);
    if (is_text && name.len == 0)
        return add_text(m, part, err);
    return name.len ? attach(m, part, name, err) : DX_OK;
}

/* ---- mail ---- */

/* "Lê Thị Bảy" of "\"Lê Thị Bảy\" <bay@thon.example>"; nothing of an address alone. */
static dx_str person_of(dx_str from)
{
    const char *open = from.len ? memchr(from.ptr, '<', from.len) : NULL;

    if (open)
        from.len = (size_t)(open - from.ptr);
    from = dx_str_trim(from);
    if (from.len >= 2 && from.ptr[0] == '"' && from.ptr[from.len - 1] == '"')
        from = (dx_str){from.ptr + 1, from.len - 2};
    return from.len && memchr(from.ptr, '@', from.len) ? (dx_str){NULL, 0} : from;
}

static dx_status hand_over_mail(message *m, const dx_mime *mail, dx_error *err)
{
    dx_entry entry = {.is_mail = true};
    dx_str from;
    dx_buf bytes;

    DX_TRY(dx_mime_words(mail->subject, &m->arena,
        &entry.parts[DX_ENTRY_TITLE], err));
    DX_TRY(dx_mime_words(mail->from, &m->arena, &from, err));
    entry.parts[DX_ENTRY_AUTHOR] = person_of(from);
    entry.parts[DX_ENTRY_DATE] = mail->date;
    entry.parts[DX_ENTRY_ID] = mail->id;
    entry.parts[DX_ENTRY_CONTENT] =
        (dx_str){(const char *)m->text.data, m->text.len};
    dx_buf_init(&bytes, SIZE_MAX);
    dx_entry_put(&entry, &bytes);
    dx_status rc = bytes.status == DX_OK ? DX_OK : dx_fail_nomem(err);
    if (rc == DX_OK)
        rc = m->each(m->ctx,
            &(dx_record){.bytes = {(const char *)bytes.data, bytes.len},
                .source = &dx_source_feed, .encoding = m->encoding});
    dx_buf_free(&bytes);
    return rc;
}

/* ---- saved pages ---- */

/* The page itself: the part that `start` names, else the first of HTML. */
static bool find_page(const dx_mime *saved, dx_mime *out, bool *is_whole)
{
    dx_str boundary = dx_headers_parameter(saved->type, "boundary");
    dx_str start = dx_headers_parameter(saved->type, "start");
    dx_str rest = saved->body, bytes;
    bool found = false, is_named = false;

    while (dx_mime_next(&rest, boundary, &bytes, is_whole)) {
        dx_mime one;
        dx_mime_read(bytes, &one);
        bool names_it = start.len > 2 && one.id.len > 0 &&
                        memmem(start.ptr, start.len, one.id.ptr, one.id.len);
        if (!is_type(&one, "text/html") || is_named || (found && !names_it))
            continue;
        *out = one;
        found = true;
        is_named = names_it;
    }
    return found;
}

static dx_status hand_over_page(message *m, const dx_mime *saved,
    const dx_mime *page, dx_error *err)
{
    dx_str at = page->location.len ? page->location : saved->location;
    dx_member member = {.type = DX_STR_LIT("x.html"), .date = saved->date};
    dx_str bytes;

    if (dx_starts_with(at, "http"))
        member.url = at;
    DX_TRY(dx_mime_decode(page, &m->arena, &bytes, err));
    return dx_member_cut_bytes(m->in, bytes, &member, m->options, m->each, m->ctx,
        err);
}

/* Browsers say where a page was, or that they saved it. */
static bool is_saved_page(const dx_mime *whole, const dx_mime *page)
{
    return page->location.len > 0 || whole->location.len > 0 ||
           dx_find_ascii(whole->from, "saved by") >= 0;
}

/* ---- both ---- */

static dx_status cut_message(message *m, dx_str bytes, dx_error *err)
{
    dx_mime whole, page = {.body = {NULL, 0}};
    bool is_whole = true;

    dx_mime_read(bytes, &whole);
    if (is_type(&whole, "multipart/related") &&
        find_page(&whole, &page, &is_whole) && is_saved_page(&whole, &page)) {
        m->is_broken = !is_whole;
        DX_TRY(hand_over_page(m, &whole, &page, err));
    } else {
        DX_TRY(walk(m, &whole, 0, err));
        DX_TRY(hand_over_mail(m, &whole, err));
    }
    return m->is_broken ? m->each(m->ctx, &(dx_record){.fault = BROKEN}) : DX_OK;
}

static dx_status cut(dx_byte_stream *in, const dx_input_options *options,
    dx_record_each each, void *ctx, dx_error *err)
{
    message m = {.in = in, .options = options, .each = each, .ctx = ctx};
    dx_str bytes;

    DX_TRY(dx_member_check_depth(in, err));
    DX_TRY(dx_byte_stream_all(in, &bytes, err));
    dx_buf_init(&m.text, SIZE_MAX);
    dx_status rc = cut_message(&m, bytes, err);
    dx_buf_free(&m.text);
    dx_arena_free(&m.arena);
    return rc;
}

/* Headers from the first line on, those of MIME among them. */
static bool is_message(dx_str first)
{
    const size_t seen = 16u << 10;
    dx_str rest = {first.ptr, first.len < seen ? first.len : seen}, name, value;
    dx_str line = rest;
    bool has_type = false, has_version = false;

    line = dx_headers_line(&line);
    const char *colon = line.len ? memchr(line.ptr, ':', line.len) : NULL;
    if (!colon || memchr(line.ptr, ' ', (size_t)(colon - line.ptr)))
        return false;
    while (dx_headers_next(&rest, &name, &value)) {
        has_type |= dx_equals(name, "content-type");
        has_version |= dx_equals(name, "mime-version");
    }
    return has_type && has_version;
}

const dx_source dx_source_mail = {
    .name = "mail",
    .extensions = {".eml", ".mht", ".mhtml"},
    .is_sure = is_message,
    .cut = cut,
    .read = dx_member_read_none,
};
