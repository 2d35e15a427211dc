/* WARC (ISO 28500): what a crawler was given, record by record.
 *
 *     WARC/1.0 · headers · blank line · Content-Length bytes · two line ends
 *
 * Responses, resources and conversions are read; requests and the like say nothing of
 * their own. The stream stands behind a record when the record is handed over, so that
 * blocks of it end there. */
#include <string.h>

#include "common/base/buf.h"
#include "indexer/input/archive/digest.h"
#include "indexer/input/archive/headers.h"
#include "indexer/input/archive/http.h"
#include "indexer/input/archive/member.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/lines.h"
#include "indexer/input/packed/gunzip.h"
#include "indexer/input/source.h"

#define HEADERS_MAX_BYTES (256u << 10)
#define DAMAGED "the WARC record is damaged: "

typedef struct record { /* strings borrowed from `headers` */
    dx_buf headers;
    dx_str type, url, date, content_type;
    dx_str digest, payload_digest; /* check sums, of content and of what is sent in it */
    dx_str content;                /* borrowed from the stream */
    uint64_t content_bytes;
    bool has_length, is_truncated;
} record;

typedef struct cutting {
    dx_byte_stream *in;
    const dx_input_options *options;
    dx_record_each each; /* pass_on() */
    void *ctx;
    dx_record_each to; /* who wants the records */
    void *to_ctx;
    dx_status failure; /* of `to` */
    record at; /* the record at hand */
    bool is_lost; /* what comes is no record; told already */
} cutting;

/* ---- headers ---- */

/* Of "<https://a.vn/>", as some write it, too. */
static dx_str without_brackets(dx_str s)
{
    return s.len > 2 && s.ptr[0] == '<' && s.ptr[s.len - 1] == '>'
               ? (dx_str){s.ptr + 1, s.len - 2}
               : s;
}

static void take_length(record *r, dx_str value)
{
    r->has_length = value.len > 0 && value.len < 19;
    r->content_bytes = 0;
    for (size_t i = 0; i < value.len && r->has_length; i++) {
        r->has_length = dx_is_digit(value.ptr[i]);
        r->content_bytes = r->content_bytes * 10 + (unsigned char)value.ptr[i] -
                           '0';
    }
}

static void understand_headers(record *r)
{
    dx_str rest = {(const char *)r->headers.data, r->headers.len}, name, value;

    while (dx_headers_next(&rest, &name, &value)) {
        if (dx_equals(name, "warc-type"))
            r->type = value;
        else if (dx_equals(name, "warc-target-uri"))
            r->url = without_brackets(value);
        else if (dx_equals(name, "warc-date"))
            r->date = value;
        else if (dx_equals(name, "content-type"))
            r->content_type = value;
        else if (dx_equals(name, "content-length"))
            take_length(r, value);
        else if (dx_equals(name, "warc-truncated"))
            r->is_truncated = true;
        else if (dx_equals(name, "warc-block-digest"))
            r->digest = value;
        else if (dx_equals(name, "warc-payload-digest"))
            r->payload_digest = value;
    }
}

static bool is_first_line(dx_str line)
{
    return line.len >= 8 && memcmp(line.ptr, "WARC/", 5) == 0 &&
           dx_is_digit(line.ptr[5]);
}

/* Reads on to a record and through its headers; *found is false at the end. What is
 * between records but blank lines is damage, told once. */
static dx_status next_record(cutting *c, bool *found, dx_error *err)
{
    dx_buf headers = c->at.headers;
    dx_str line;

    c->at = (record){.headers = headers};
    dx_buf_clear(&c->at.headers);
    do {
        DX_TRY(dx_byte_stream_line(c->in, &line, err));
        *found = line.ptr != NULL;
        if (!line.ptr)
            return DX_OK;
        if (line.len > 0 && !is_first_line(line) && !c->is_lost) {
            c->is_lost = true;
            DX_TRY(dx_member_fail(&(dx_member){.name = {NULL, 0}},
                DAMAGED "none begins where one should; reading goes on at the next",
                c->each, c->ctx));
        }
    } while (!is_first_line(line));
    c->is_lost = false;
    for (;;) {
        DX_TRY(dx_byte_stream_line(c->in, &line, err));
        if (line.len == 0)
            break;
        dx_buf_put_str(&c->at.headers, line);
        dx_buf_putc(&c->at.headers, '\n');
    }
    if (c->at.headers.status == DX_ERR_NOMEM)
        return dx_fail_nomem(err);
    if (c->at.headers.status == DX_OK)
        understand_headers(&c->at);
    return DX_OK;
}

/* ---- content ---- */

/* What a crawler cut off may have been summed up whole; and what it was sent in chunks
 * or compressed was by some as it came, by some as it was meant. */
static bool is_sound(const record *r, dx_str payload, bool is_as_meant)
{
    return r->is_truncated || (!dx_digest_is_wrong(r->digest, r->content) &&
                                  !(is_as_meant && dx_digest_is_wrong(
                                                       r->payload_digest, payload)));
}

/* `is_as_meant`: the payload is what was sent. */
static dx_status hand_over(const cutting *c, dx_str payload, dx_str type,
    bool is_as_meant, dx_error *err)
{
    const char *name = dx_media_type_name(type);
    dx_member member = {.name = c->at.url, .url = c->at.url, .date = c->at.date};

    if (!name && dx_input_filter_command(c->options, c->at.url))
        name = "";
    if (!name)
        return dx_member_leave_out(&member, DX_LEFT_OTHER, c->each, c->ctx);
    dx_str path = c->at.url; /* "/van-ban.pdf" of "/van-ban.pdf?v=1" */
    const char *query = path.len ? memchr(path.ptr, '?', path.len) : NULL;
    path.len = query ? (size_t)(query - path.ptr) : path.len;
    if (dx_member_is_ignored(path, c->options) && strcmp(name, "x.html") != 0)
        return dx_member_leave_out(&member, DX_LEFT_OTHER, c->each, c->ctx);
    if (!is_sound(&c->at, payload, is_as_meant))
        return dx_member_fail(&member, DAMAGED "its check sum is wrong", c->each,
            c->ctx);
    member.type = *name ? dx_str_from(name) : path;
    return dx_member_cut_bytes(c->in, payload, &member, c->options, c->each,
        c->ctx, err);
}

static dx_status take_response(const cutting *c, dx_error *err)
{
    dx_member member = {.name = c->at.url, .url = c->at.url};
    dx_arena arena = DX_ARENA_INIT;
    dx_http http;
    dx_status rc = DX_OK;

    if (!dx_http_read(c->at.content, &http)) /* of FTP, DNS … */
        return hand_over(c, c->at.content, (dx_str){NULL, 0}, true, err);
    if (http.status != 200 && http.status != 203)
        return dx_member_leave_out(&member,
            http.status == 304 ? DX_LEFT_REVISIT : DX_LEFT_ERROR_PAGE, c->each,
            c->ctx);
    if (dx_equals(http.encoding, "br") && dx_media_type_name(http.type))
        return dx_member_fail(&member,
            "compressed by Brotli, which dx cannot read; crawl without it",
            c->each, c->ctx);
    if (http.is_chunked)
        rc = dx_http_join_chunks(http.body, &arena, &http.body, err);
    if (rc == DX_OK)
        rc = hand_over(c, http.body, http.type,
            !http.is_chunked && http.encoding.len == 0, err);
    dx_arena_free(&arena);
    return rc;
}

static bool is_http(const record *r)
{
    return dx_starts_with(r->content_type, "application/http") != 0;
}

static dx_status take_content(const cutting *c, dx_error *err)
{
    const record *r = &c->at;
    dx_member member = {.name = r->url, .url = r->url};

    if (dx_equals(r->type, "revisit"))
        return dx_member_leave_out(&member, DX_LEFT_REVISIT, c->each, c->ctx);
    if (dx_equals(r->type, "response") && (is_http(r) || !r->content_type.len))
        return take_response(c, err);
    return hand_over(c, r->content, dx_headers_first(r->content_type), true, err);
}

/* Crawlers also keep what they were asked for and did: "metadata:", "dns:", "urn:". */
static bool is_wanted(const record *r)
{
    static const char *const types[] = {"response", "resource", "conversion",
        "revisit"};
    static const char *const schemes[] = {"http://", "https://", "ftp://",
        "file:/"};
    bool is_content = false, is_place = false;

    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        is_content |= dx_equals(r->type, types[i]);
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        is_place |= dx_starts_with(r->url, schemes[i]) > 0;
    return is_content && is_place;
}

/* How many bytes the two line ends behind a record's content are; 0: they are not
 * there. */
static size_t ends_behind(dx_str after)
{
    size_t n = 0, ends = 0;

    for (; n < after.len && ends < 2; n++) {
        if (after.ptr[n] != '\r' && after.ptr[n] != '\n')
            return 0;
        ends += after.ptr[n] == '\n';
    }
    return n;
}

/* Where in content the next record begins that a wrong length has swallowed; or all of
 * it. */
static size_t find_swallowed(dx_str content)
{
    static const char mark[] = "\r\n\r\nWARC/";
    const char *at = memmem(content.ptr, content.len, mark, sizeof mark - 1);

    return at ? (size_t)(at - content.ptr) + 4 : content.len;
}

/* A byte further than `n`, since only there the check sum of a compressed record is
 * looked at; damage further on is the next one's. */
static dx_status look_ahead(const cutting *c, size_t n, dx_str *all, dx_error *err)
{
    dx_error why = {0};
    dx_status rc = dx_byte_stream_ahead(c->in, n + 1, all, &why);

    if (rc == DX_ERR_FORMAT && !strstr(why.msg, DX_GUNZIP_WRONG_SUM))
        return dx_byte_stream_ahead(c->in, n, all, err);
    if (rc != DX_OK && err)
        *err = why;
    return rc;
}

/* The stream stands at the content. */
static dx_status take_record(cutting *c, dx_error *err)
{
    record *r = &c->at;
    dx_member member = {.name = r->url, .url = r->url};
    dx_str all;

    if (!r->has_length)
        return dx_member_fail(&member, DAMAGED "it does not say how long it is",
            c->each, c->ctx);
    if (r->content_bytes > dx_byte_stream_record_max(c->in) || !is_wanted(r)) {
        DX_TRY(dx_byte_stream_pass(c->in, r->content_bytes, err));
        return is_wanted(r) ? dx_member_fail(&member,
                                  "too large a WARC record (see --memory)", c->each,
                                  c->ctx)
                            : DX_OK;
    }
    size_t n = (size_t)r->content_bytes;
    DX_TRY(look_ahead(c, n + 4, &all, err));
    bool is_whole = all.len >= n;
    dx_str content = {all.ptr, is_whole ? n : all.len};
    size_t ends = ends_behind(dx_str_from_offset(all, content.len));
    if (is_whole && (ends > 0 || all.len == n)) {
        DX_TRY(dx_byte_stream_pass(c->in, n + ends, err));
        r->content = content;
        return take_content(c, err);
    }
    DX_TRY(dx_byte_stream_pass(c->in, find_swallowed(content), err));
    c->is_lost = true;
    return dx_member_fail(&member,
        is_whole ? DAMAGED "its length is wrong"
                 : DAMAGED "it ends too early; is the file complete?",
        c->each, c->ctx);
}

static bool is_warc(dx_str first)
{
    return is_first_line(first);
}

static dx_status cut_records(cutting *c, dx_error *err)
{
    bool found = true;

    while (found) {
        DX_TRY(next_record(c, &found, err));
        if (found && c->at.headers.status == DX_OK)
            DX_TRY(take_record(c, err));
    }
    return DX_OK;
}

/* A crawl is compressed record by record, so what is damaged is one of them. */
static dx_status go_on_behind(cutting *c, const dx_error *why, bool *found,
    dx_error *err)
{
    const char *reason = strstr(why->msg, "cannot decompress"); /* behind the path */

    DX_TRY(dx_byte_stream_skip_to(c->in, DX_STR_LIT("WARC/"), found, err));
    if (c->at.url.len == 0)
        understand_headers(&c->at);
    return dx_member_fail(&(dx_member){.name = c->at.url},
        reason ? reason : why->msg, c->each, c->ctx);
}

static dx_status cut_all(cutting *c, dx_error *err)
{
    for (;;) {
        bool found = false;
        dx_error why = {0};
        dx_status rc = cut_records(c, &why);
        if (rc != DX_ERR_FORMAT || c->failure != DX_OK) {
            if (err)
                *err = why;
            return rc;
        }
        DX_TRY(go_on_behind(c, &why, &found, err));
        if (!found)
            return DX_OK;
    }
}

static dx_status pass_on(void *ctx, const dx_record *out)
{
    cutting *c = ctx;

    c->failure = c->to(c->to_ctx, out);
    return c->failure;
}

static dx_status cut(dx_byte_stream *in, const dx_input_options *options,
    dx_record_each each, void *ctx, dx_error *err)
{
    cutting c = {.in = in, .options = options, .each = pass_on, .ctx = &c, .to = each,
        .to_ctx = ctx};

    DX_TRY(dx_member_check_depth(in, err));
    dx_buf_init(&c.at.headers, HEADERS_MAX_BYTES);
    dx_status rc = cut_all(&c, err);
    dx_buf_free(&c.at.headers);
    return rc;
}

const dx_source dx_source_warc = {
    .name = "warc",
    .extensions = {".warc"},
    .is_sure = is_warc,
    .is_stream = true,
    .cut = cut,
    .read = dx_member_read_none,
};
