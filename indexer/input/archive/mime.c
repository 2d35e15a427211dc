/* Multiparts, base64, quoted-printable. */
#include "indexer/input/archive/mime.h"

#include <string.h>

#include "common/base/escape.h"
#include "indexer/input/archive/headers.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/charset.h"

/* ---- parts ---- */

static dx_str without_brackets(dx_str s)
{
    return s.len > 2 && s.ptr[0] == '<' && s.ptr[s.len - 1] == '>'
               ? (dx_str){s.ptr + 1, s.len - 2}
               : s;
}

void dx_mime_read(dx_str bytes, dx_mime *out)
{
    const struct { const char *name; dx_str *to; } known[] = {
        {"content-type", &out->type}, {"content-disposition", &out->disposition},
        {"content-transfer-encoding", &out->encoding}, {"content-id", &out->id},
        {"message-id", &out->id}, {"content-location", &out->location},
        {"snapshot-content-location", &out->location},
        {"subject", &out->subject}, {"from", &out->from}, {"date", &out->date}};
    dx_str name, value;

    *out = (dx_mime){.body = bytes};
    while (dx_headers_next(&out->body, &name, &value))
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            if (dx_equals(name, known[i].name))
                *known[i].to = without_brackets(value);
}

/* Where the next line is that begins with "--" and the boundary; NULL: nowhere. */
static const char *find_delimiter(dx_str s, dx_str boundary)
{
    dx_str rest = s;

    while (rest.len > 0) {
        const char *at = memmem(rest.ptr, rest.len, "--", 2);
        if (!at)
            return NULL;
        rest = dx_str_from_offset(rest, (size_t)(at - rest.ptr) + 2);
        bool is_at_start = at == s.ptr || at[-1] == '\n';
        if (is_at_start && rest.len >= boundary.len &&
            memcmp(rest.ptr, boundary.ptr, boundary.len) == 0)
            return at;
    }
    return NULL;
}

/* A part goes up to the line end in front of the next delimiter. */
bool dx_mime_next(dx_str *rest, dx_str boundary, dx_str *part, bool *is_whole)
{
    const char *at = boundary.len ? find_delimiter(*rest, boundary) : NULL;

    *is_whole = false;
    if (!at)
        return false;
    dx_str after = dx_str_from_offset(*rest,
        (size_t)(at - rest->ptr) + 2 + boundary.len);
    if (after.len >= 2 && memcmp(after.ptr, "--", 2) == 0) {
        *is_whole = true;
        return false;
    }
    (void)dx_headers_line(&after);
    const char *end = find_delimiter(after, boundary);
    size_t n = end ? (size_t)(end - after.ptr) : after.len;
    *rest = dx_str_from_offset(after, n);
    if (end && n > 0 && after.ptr[n - 1] == '\n')
        n--;
    if (end && n > 0 && after.ptr[n - 1] == '\r')
        n--;
    *part = (dx_str){after.ptr, n};
    return true;
}

/* ---- encodings ---- */

static int base64_value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

/* What is none of its characters is passed over. `out` has room for in.len. */
static size_t decode_base64(dx_str in, char *out)
{
    unsigned bits = 0, held = 0;
    size_t n = 0;

    for (size_t i = 0; i < in.len && in.ptr[i] != '='; i++) {
        int v = base64_value(in.ptr[i]);
        if (v < 0)
            continue;
        held = held << 6 | (unsigned)v;
        bits += 6;
        if (bits < 8)
            continue;
        bits -= 8;
        out[n++] = (char)(held >> bits & 0xFF);
    }
    return n;
}

/* `is_word`: of a header, where '_' is a blank. */
static size_t decode_quoted(dx_str in, bool is_word, char *out)
{
    size_t n = 0;

    for (size_t i = 0; i < in.len; i++) {
        dx_str rest = dx_str_from_offset(in, i);
        if (*rest.ptr != '=') {
            out[n++] = is_word && *rest.ptr == '_' ? ' ' : *rest.ptr;
            continue;
        }
        bool is_pair = rest.len > 2 && dx_hex_value(rest.ptr[1]) >= 0 &&
                       dx_hex_value(rest.ptr[2]) >= 0;
        size_t end = 1; /* of a line that goes on */
        while (end < rest.len && strchr(" \t\r", rest.ptr[end]))
            end++;
        if (is_pair) {
            out[n++] = (char)(dx_hex_value(rest.ptr[1]) * 16 +
                              dx_hex_value(rest.ptr[2]));
            i += 2;
        } else if (end == rest.len || rest.ptr[end] == '\n') {
            i += end;
        } else {
            out[n++] = '=';
        }
    }
    return n;
}

dx_status dx_mime_decode(const dx_mime *part, dx_arena *arena, dx_str *out,
    dx_error *err)
{
    bool is_base64 = dx_equals(part->encoding, "base64");

    *out = part->body;
    if (!is_base64 && !dx_equals(part->encoding, "quoted-printable"))
        return DX_OK;
    char *text = dx_arena_alloc(arena, part->body.len + 1);
    if (!text)
        return dx_fail_nomem(err);
    *out = (dx_str){text, is_base64 ? decode_base64(part->body, text)
                                    : decode_quoted(part->body, false, text)};
    return DX_OK;
}

/* An encoded word at the start of `s`: how long it is, or 0. Its bytes go to `out`. */
static size_t decode_word(dx_str s, char *out, size_t *written)
{
    if (s.len < 8 || memcmp(s.ptr, "=?", 2) != 0)
        return 0;
    const char *end = dx_str_end(s);
    const char *form = memchr(s.ptr + 2, '?', s.len - 2);
    if (!form || end - form < 5 || form[2] != '?')
        return 0;
    const char *text = form + 3;
    const char *close = memmem(text, (size_t)(end - text), "?=", 2);
    if (!close)
        return 0;
    dx_str in = {text, (size_t)(close - text)};
    bool is_base64 = form[1] == 'B' || form[1] == 'b';
    *written = is_base64 ? decode_base64(in, out) : decode_quoted(in, true, out);
    return (size_t)(close + 2 - s.ptr);
}

dx_status dx_mime_words(dx_str value, dx_arena *arena, dx_str *out,
    dx_error *err)
{
    char *text = dx_arena_alloc(arena, value.len + 1);
    size_t n = 0, blanks = 0; /* at the end of text, behind a word */
    bool is_behind_word = false;

    if (!text)
        return dx_fail_nomem(err);
    for (size_t i = 0; i < value.len;) {
        size_t written = 0;
        if (is_behind_word) /* blanks between two words are none */
            n -= blanks;
        size_t len = decode_word(dx_str_from_offset(value, i), text + n, &written);
        if (len > 0) {
            n += written;
            i += len;
            blanks = 0;
            is_behind_word = true;
            continue;
        }
        if (is_behind_word)
            n += blanks;
        char c = value.ptr[i++];
        bool is_blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
        blanks = is_blank ? blanks + 1 : 0;
        is_behind_word &= is_blank;
        text[n++] = is_blank ? ' ' : c;
    }
    return dx_charset_to_utf8((dx_str){text, n}, arena, out, err);
}
