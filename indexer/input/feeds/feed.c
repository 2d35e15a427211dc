/* Feeds (RSS, Atom) and sitemaps: an article an entry. */
#include "indexer/input/source.h"

#include "common/base/civil.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/charset.h"
#include "indexer/input/chars/clean.h"
#include "indexer/input/chars/date.h"
#include "indexer/input/feeds/entry.h"
#include "indexer/input/feeds/gather.h"
#include "indexer/input/finish.h"
#include "indexer/input/html/fragment.h"

#define LEAD_MAX_BYTES 1200u
#define PIECE_BYTES ((size_t)1 << 20) /* of a feed, as long as tags end in it */

/* ---- cutting ---- */

/* Whether `s`, behind a '&', makes this a reference that XML knows by itself. */
static bool is_reference(dx_str s)
{
    static const char *const known[] = {"amp;", "lt;", "gt;", "quot;", "apos;"};
    size_t n = 0;

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (s.len >= strlen(known[i]) &&
            memcmp(s.ptr, known[i], strlen(known[i])) == 0)
            return true;
    if (s.len < 3 || s.ptr[0] != '#')
        return false;
    for (n = 1; n < s.len && n < 10 && s.ptr[n] != ';'; n++)
        if (!dx_is_digit(s.ptr[n]) && !(n == 1 && s.ptr[n] == 'x') &&
            !(s.ptr[1] == 'x' && strchr("abcdefABCDEF", s.ptr[n])))
            return false;
    return n > 1 && n < s.len && s.ptr[n] == ';';
}

/* Feeds may be written by hand: "&nbsp;" and "?a=1&b=2" would end the XML. They come out
 * as they stand, for HTML to read. `in_cdata`, where nothing needs that, goes on from
 * piece to piece; a piece ends behind a '>'. */
static dx_status escape_ampersands(dx_str in, bool *in_cdata, dx_arena *arena,
    dx_str *out, dx_error *err)
{
    const char *end = dx_str_end(in), *at = in.ptr;
    size_t bare = 0;

    *out = in;
    if (!in.ptr)
        return DX_OK;
    for (const char *p = in.ptr; (p = memchr(p, '&', (size_t)(end - p)));
         p++)
        bare++;
    char *text = dx_arena_alloc(arena, in.len + 4 * bare + 1), *to = text;
    if (!text)
        return dx_fail_nomem(err);
    while (at < end) {
        dx_str rest = {at, (size_t)(end - at)};
        size_t n = 1;
        if (*in_cdata || (rest.len >= 9 && memcmp(at, "<![CDATA[", 9) == 0)) {
            const char *close = memmem(at, rest.len, "]]>", 3);
            *in_cdata = !close;
            n = close ? (size_t)(close - at) + 3 : rest.len;
        }
        memcpy(to, at, n);
        to += n;
        if (n == 1 && *at == '&' && !is_reference(dx_str_from_offset(rest, 1))) {
            memcpy(to, "amp;", 4);
            to += 4;
        }
        at += n;
    }
    *out = (dx_str){text, (size_t)(to - text)};
    return DX_OK;
}

typedef struct cutting {
    dx_feed_gatherer *gatherer;
    bool in_cdata;
    bool has_begun;
    dx_arena arena; /* of a piece */
} cutting;

/* Cleaning takes the blanks at the ends away: one in front counts, within a text. */
static dx_status put_piece(cutting *c, dx_str piece, bool is_last, dx_error *err)
{
    bool is_blank = piece.len > 0 && (unsigned char)*piece.ptr <= ' ';

    dx_arena_reset(&c->arena);
    if (c->has_begun && is_blank)
        DX_TRY(dx_feed_gatherer_put(c->gatherer, DX_STR_LIT(" "), false, err));
    DX_TRY(dx_clean(piece, DX_CLEAN_TEXT, &c->arena, &piece, err));
    DX_TRY(escape_ampersands(piece, &c->in_cdata, &c->arena, &piece, err));
    c->has_begun |= piece.len > 0;
    return dx_feed_gatherer_put(c->gatherer, piece, is_last, err);
}

/* How much of `bytes` is a piece: up to the last '>'; 0: there is none. */
static size_t piece_of(dx_str bytes)
{
    const char *last = bytes.len ? memrchr(bytes.ptr, '>', bytes.len) : NULL;

    return last ? (size_t)(last + 1 - bytes.ptr) : 0;
}

static dx_status cut_pieces(cutting *c, dx_byte_stream *in, dx_error *err)
{
    size_t want = PIECE_BYTES;
    dx_str bytes;

    for (;;) {
        DX_TRY(dx_byte_stream_ahead(in, want, &bytes, err));
        bool is_last = bytes.len < want;
        size_t n = is_last ? bytes.len : piece_of(bytes);
        if (n == 0 && !is_last) {
            want *= 2;
            if (want > dx_byte_stream_record_max(in))
                return dx_fail(err, DX_ERR_LIMIT,
                    "no tag ends within %zu MiB: it is no feed",
                    want >> 21);
            continue;
        }
        DX_TRY(put_piece(c, (dx_str){bytes.ptr, n}, is_last, err));
        if (is_last)
            return DX_OK;
        DX_TRY(dx_byte_stream_pass(in, n, err));
        want = PIECE_BYTES;
    }
}

/* What is not in UTF-8 is read at once. */
static dx_status cut_decoded(cutting *c, dx_byte_stream *in, dx_error *err)
{
    dx_arena decoded = DX_ARENA_INIT;
    dx_str bytes;

    DX_TRY(dx_byte_stream_all(in, &bytes, err));
    dx_status rc = dx_charset_to_utf8(bytes, &decoded, &bytes, err);
    if (rc == DX_OK)
        rc = put_piece(c, bytes, true, err);
    dx_arena_free(&decoded);
    return rc;
}

static dx_status cut(dx_byte_stream *in, const dx_input_options *options,
    dx_record_each each, void *ctx, dx_error *err)
{
    (void)options;
    const char *encoding = dx_byte_stream_encoding(in);
    dx_charset charset;
    dx_str first;
    size_t mark;

    DX_TRY(dx_byte_stream_peek(in, &first, err));
    if (piece_of(first) > 0) /* no half character at its end */
        first.len = piece_of(first);
    DX_TRY(dx_charset_detect(first, &charset, &mark, err));
    if (!encoding)
        encoding = dx_charset_name(charset);
    cutting c = {.gatherer = dx_feed_gatherer_new(encoding, each, ctx)};
    if (!c.gatherer)
        return dx_fail_nomem(err);
    dx_status rc = charset == DX_CHARSET_UTF8 ? cut_pieces(&c, in, err)
                                              : cut_decoded(&c, in, err);
    dx_feed_gatherer_free(c.gatherer);
    dx_arena_free(&c.arena);
    return rc;
}

/* ---- reading ---- */

/* "Nguyễn An" of "bientap@tin.vn (Nguyễn An)", as RSS has it. */
static dx_str person_of(dx_str s)
{
    const char *open = s.len ? memchr(s.ptr, '(', s.len) : NULL;

    if (!open || s.ptr[s.len - 1] != ')' || !memchr(s.ptr, '@', s.len))
        return s.len && memchr(s.ptr, '@', s.len) ? (dx_str){NULL, 0} : s;
    return (dx_str){open + 1, (size_t)(dx_str_end(s) - open) - 2};
}

/* A part as text, in `arena`. */
static dx_status take_text(dx_str part, dx_clean_form form, dx_arena *arena,
    dx_str *out, dx_error *err)
{
    DX_TRY(dx_clean_copy(part, form, arena, &part, err));
    return dx_html_field_text(part, form, arena, out, err);
}

static dx_status put_day(int32_t day, dx_arena *arena, dx_str *out,
    dx_error *err)
{
    char text[DX_CIVIL_BYTES];
    size_t len = dx_civil_put(day, text);

    *out = (dx_str){dx_arena_strndup(arena, text, len), len};
    return out->ptr ? DX_OK : dx_fail_nomem(err);
}

static dx_status take_days(const dx_entry *e, dx_arena *arena, dx_article *out,
    dx_error *err)
{
    int32_t updated = dx_date_parse(e->parts[DX_ENTRY_UPDATED]);

    out->date = dx_date_parse(e->parts[DX_ENTRY_DATE]);
    out->from.field[DX_FIELD_DATE] = "published";
    if (out->date == DX_DATE_UNKNOWN) {
        out->date = updated;
        out->from.field[DX_FIELD_DATE] = "updated";
        if (updated == DX_DATE_UNKNOWN)
            out->from.field[DX_FIELD_DATE] = NULL;
    } else if (updated != DX_DATE_UNKNOWN && updated != out->date) {
        DX_TRY(put_day(updated, arena, &out->modified, err));
        out->from.field[DX_FIELD_MODIFIED] = "updated";
    }
    return DX_OK;
}

/* A short summary is the lead, unless it is all there is; a lead at the head of the
 * text counts once. */
static void take_texts(dx_str summary, dx_str content, dx_article *out)
{
    bool has_lead = summary.len > 0 && summary.len <= LEAD_MAX_BYTES &&
                    content.len > summary.len;

    out->body = content.len > summary.len ? content : summary;
    out->from.field[DX_FIELD_BODY] =
        out->body.ptr == content.ptr ? "content" : "summary";
    if (!has_lead || memmem(content.ptr, content.len, summary.ptr, summary.len))
        return;
    out->lead = summary;
    out->from.field[DX_FIELD_LEAD] = "summary";
}

static dx_status read_entry(const dx_entry *e, dx_arena *arena, dx_article *out,
    dx_error *err)
{
    static const struct {
        dx_entry_part part;
        dx_field field;
        const char *from;
    } lines[] = {{DX_ENTRY_TITLE, DX_FIELD_TITLE, "title"},
        {DX_ENTRY_AUTHOR, DX_FIELD_AUTHOR, "author"},
        {DX_ENTRY_CATEGORY, DX_FIELD_CATEGORY, "category"},
        {DX_ENTRY_TAGS, DX_FIELD_TAGS, "category"},
        {DX_ENTRY_SOURCE, DX_FIELD_SOURCE, "source"},
        {DX_ENTRY_URL, DX_FIELD_URL, "link"}, {DX_ENTRY_ID, DX_FIELD_ID, "id"}};
    dx_str summary, content;

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        dx_str *at = &out->at[lines[i].field];
        *at = e->parts[lines[i].part];
        out->from.field[lines[i].field] = at->len ? lines[i].from : NULL;
        if (lines[i].field != DX_FIELD_URL && lines[i].field != DX_FIELD_ID)
            DX_TRY(take_text(*at, DX_CLEAN_LINE, arena, at, err));
    }
    out->author = person_of(out->author);
    if (out->url.len) { /* it names the entry, as it does its page */
        out->id = (dx_str){NULL, 0};
        out->from.field[DX_FIELD_ID] = "link";
    }
    DX_TRY(take_days(e, arena, out, err));
    DX_TRY(take_text(e->parts[DX_ENTRY_SUMMARY], DX_CLEAN_TEXT, arena, &summary,
        err));
    DX_TRY(take_text(e->parts[DX_ENTRY_CONTENT], DX_CLEAN_TEXT, arena, &content,
        err));
    take_texts(summary, content, out);
    return dx_article_own(out, arena, err);
}

static dx_status read_feed(const dx_record *record,
    const dx_input_options *options, dx_arena *arena, dx_article *out,
    dx_error *err)
{
    (void)options;
    dx_entry entry;

    if (!dx_entry_read(record->bytes, &entry))
        return dx_fail(err, DX_ERR_FORMAT, "no entry of a feed");
    out->left_out = entry.left_out;
    out->from.extractor = entry.is_mail ? "mail" : "feed";
    return entry.left_out == DX_LEFT_NOT ? read_entry(&entry, arena, out, err)
                                         : DX_OK;
}

/* Its root element, behind declarations and comments. */
static bool is_sure(dx_str first)
{
    static const char *const roots[] = {"<rss", "<feed", "<rdf:rdf", "<urlset",
        "<sitemapindex", "<atom:feed"};

    while (first.len > 1 && first.ptr[0] == '<' &&
           (first.ptr[1] == '?' || first.ptr[1] == '!')) {
        bool is_comment = first.len > 4 && memcmp(first.ptr, "<!--", 4) == 0;
        const char *mark = is_comment ? "-->" : ">";
        const char *end = memmem(first.ptr, first.len, mark, strlen(mark));
        if (!end)
            return false;
        first = dx_str_trim(dx_str_from_offset(first,
            (size_t)(end - first.ptr) + strlen(mark)));
    }
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        size_t n = dx_starts_with(first, roots[i]);
        if (n > 0 && n < first.len && strchr(" \t\r\n>", first.ptr[n]))
            return true;
    }
    return false;
}

const dx_source dx_source_feed = {
    .name = "feed",
    .extensions = {".rss", ".atom"},
    .sniff = is_sure,
    .is_sure = is_sure,
    .is_stream = true,
    .is_solid = true,
    .cut = cut,
    .read = read_feed,
};
