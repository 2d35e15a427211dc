/* The table of input types, and which of them a file is. */
#include "indexer/input/source.h"

#include <stdio.h>

#include "common/base/civil.h"
#include "common/base/stop.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/clean.h"
#include "indexer/input/chars/date.h"
#include "indexer/input/feeds/sitemap.h"
#include "indexer/input/finish.h"
#include "indexer/input/ignored.h"
#include "indexer/input/shown_path.h"

static const dx_source *const sources[] = {
#define ROW(name) &dx_source_##name,
    DX_SOURCES(ROW)
#undef ROW
};
#define SOURCES (sizeof sources / sizeof *sources)

const dx_source *dx_source_named(dx_str name)
{
    for (size_t i = 0; i < SOURCES; i++)
        if (dx_str_eq(name, dx_str_from(sources[i]->name)))
            return sources[i];
    return NULL;
}

const char *dx_source_names(void)
{
#define NAME(name) ", " #name
    static const char names[] = "" DX_SOURCES(NAME);
#undef NAME

    return names + 2;
}

static bool has_extension(const dx_source *s, dx_str name)
{
    for (size_t i = 0; i < DX_SOURCE_EXTENSIONS_MAX && s->extensions[i]; i++)
        if (dx_ends_with(name, s->extensions[i]))
            return true;
    return false;
}

const dx_source *dx_source_of_name(dx_str name)
{
    if (dx_str_eq(name, DX_STR_LIT("-")))
        return &dx_source_jsonl;
    if (dx_ends_with(name, ".gz"))
        name.len -= strlen(".gz");
    else if (dx_ends_with(name, ".zst"))
        name.len -= strlen(".zst");
    for (size_t i = 0; i < SOURCES; i++)
        if (has_extension(sources[i], name))
            return sources[i];
    return NULL;
}

/* Past blanks, line ends and a byte order mark. */
static dx_str without_blanks(dx_str s)
{
    while (s.len && *s.ptr && strchr(" \t\r\n\xEF\xBB\xBF", *s.ptr))
        s = dx_str_from_offset(s, 1);
    return s;
}

/* The number of the type that these bytes surely are; SOURCES: they may be any. */
static size_t find_sure(dx_str first)
{
    size_t i = 0;

    while (i < SOURCES && !(sources[i]->is_sure && sources[i]->is_sure(first)))
        i++;
    return i;
}

const dx_source *dx_source_of_bytes(dx_str first)
{
    first = without_blanks(first);
    size_t sure = find_sure(first);
    if (sure < SOURCES)
        return sources[sure];
    for (size_t i = 0; i < SOURCES; i++)
        if (sources[i]->sniff && sources[i]->sniff(first))
            return sources[i];
    return &dx_source_text;
}

const dx_source *dx_source_held(const dx_source *named, dx_str first)
{
    first = without_blanks(first);
    if (named && named->is_sure && named->is_sure(first))
        return named;
    size_t sure = find_sure(first);
    return sure < SOURCES ? sources[sure] : named;
}

bool dx_source_settle(const dx_source **source, dx_str first)
{
    if (*source != &dx_source_text && *source != &dx_source_filter &&
        dx_is_media(first))
        return false;
    *source = dx_source_held(*source, first);
    return true;
}

/* "#17"; printf takes longer than all else that a path costs. */
static void put_number(uint64_t number, dx_buf *out)
{
    char digits[24];
    size_t at = sizeof digits;

    do
        digits[--at] = (char)('0' + number % 10);
    while (number /= 10);
    digits[--at] = '#';
    dx_buf_put(out, digits + at, sizeof digits - at);
}

void dx_record_put_path(const dx_record *record, const char *path, dx_buf *out)
{
    dx_buf_puts(out, path);
    if (record->name.len) {
        dx_buf_putc(out, '/');
        dx_buf_put_str(out, record->name);
    }
    if (record->number)
        put_number(record->number, out);
}

static dx_status fail_record(const dx_record *record, dx_str path, dx_status rc,
    const char *why, dx_error *err)
{
    char text[DX_SHOWN_PATH_BYTES + 40] = ""; /* its last bytes, and some */
    size_t max = DX_SHOWN_PATH_BYTES + 4, n = path.len < max ? path.len : max;

    memcpy(text, path.ptr + path.len - n, n);
    if (record->number)
        snprintf(text + n, sizeof text - n, "#%llu",
            (unsigned long long)record->number);
    return dx_fail(err, rc, "%s: %s", dx_shown_path(dx_str_from(text)).ptr,
        why);
}

/* What nobody has said of where a value came from. */
static void complete(dx_article *a, const dx_source *source)
{
    if (!a->from.extractor)
        a->from.extractor = source->name;
    dx_article_note_origin(a, a->from.extractor);
}

/* Of a member, "kho.zip/tin.html". */
static dx_status add_name(const dx_record *record, dx_arena *arena, dx_str *path,
    dx_error *err)
{
    size_t len = path->len + 1 + record->name.len;

    if (record->name.len == 0)
        return DX_OK;
    char *joined = dx_arena_alloc(arena, len + 1);
    if (!joined)
        return dx_fail_nomem(err);
    memcpy(joined, path->ptr, path->len);
    joined[path->len] = '/';
    memcpy(joined + path->len + 1, record->name.ptr, record->name.len);
    joined[len] = '\0';
    *path = (dx_str){joined, len};
    return DX_OK;
}

/* A day after the one on which the file was written is no day of publication; one
 * day is left for zones and clocks. */
static void forget_date_to_come(dx_article *a, int32_t written)
{
    if (written == 0 || a->date == DX_DATE_UNKNOWN)
        return;
    if (a->other_date != DX_DATE_UNKNOWN && a->other_date > written + 1)
        a->other_date = DX_DATE_UNKNOWN;
    if (a->date > written + 1) {
        a->date = a->other_date;
        a->other_date = DX_DATE_UNKNOWN;
    }
}

/* What a container has for its member counts where the member says nothing itself.
 * `fetched` is the day on which a crawl fetched it. */
static dx_status take_from_container(const dx_record *record, int32_t fetched,
    dx_arena *arena, dx_article *out, dx_error *err)
{
    if (out->url.len == 0 && record->url.len > 0) {
        DX_TRY(dx_clean_copy(record->url, DX_CLEAN_LINE, arena, &out->url, err));
        out->from.field[DX_FIELD_URL] = "container";
    }
    if (fetched == DX_DATE_UNKNOWN || out->date != DX_DATE_UNKNOWN)
        return DX_OK;
    out->date = dx_date_from_url(out->url);
    out->from.field[DX_FIELD_DATE] = "url";
    if (out->date != DX_DATE_UNKNOWN && out->date <= fetched + 1)
        return DX_OK;
    out->date = fetched;
    out->from.field[DX_FIELD_DATE] = "container";
    return DX_OK;
}

/* What an article gets from outside of it, and what all types have in common. */
static dx_status settle(const dx_record *record, int32_t fetched,
    bool is_whole_file, const dx_input_options *options, dx_arena *arena,
    dx_article *out, dx_error *err)
{
    if (options->sitemap && is_whole_file && record->name.len == 0) {
        out->is_open = out->date == DX_DATE_UNKNOWN && out->url.len > 0;
        dx_sitemap_help(options->sitemap, out);
    }
    DX_TRY(take_from_container(record, fetched, arena, out, err));
    return dx_article_finish(out, record->path, is_whole_file, arena, err);
}

dx_status dx_source_read(const dx_source *source, const dx_record *record,
    const dx_input_options *options, dx_str path, dx_arena *arena,
    dx_article *out, dx_error *err)
{
    dx_error why = {0};
    dx_record in_file = *record;
    bool is_whole_file =
        record->number == 0 && !dx_str_eq(path, DX_STR_LIT("-"));
    int32_t fetched = dx_date_parse(record->date);

    DX_TRY(dx_stop_check(options->stop, err));
    if (record->source)
        source = record->source;
    *out = (dx_article){.date = DX_DATE_UNKNOWN,
        .other_date = DX_DATE_UNKNOWN};
    DX_TRY(add_name(record, arena, &path, err));
    if (record->left_out != DX_LEFT_NOT) {
        out->left_out = record->left_out;
        complete(out, source);
        return DX_OK;
    }
    in_file.path = path;
    if (!in_file.written && fetched != DX_DATE_UNKNOWN)
        in_file.written = fetched;
    dx_status rc = source->read(&in_file, options, arena, out, &why);
    forget_date_to_come(out, in_file.written);
    if (rc == DX_OK && out->left_out == DX_LEFT_NOT)
        rc = settle(&in_file, fetched, is_whole_file, options, arena, out, &why);
    if (record->encoding)
        out->from.encoding = record->encoding;
    if (rc == DX_OK)
        complete(out, source);
    if (rc == DX_ERR_NOMEM)
        return dx_fail_nomem(err);
    return rc == DX_OK ? DX_OK : fail_record(record, path, rc, why.msg, err);
}

typedef struct handing { /* records of a file to who wants them */
    const char *encoding;
    bool has_any;
    dx_record_each each;
    void *ctx;
} handing;

static dx_status hand_over(void *ctx, const dx_record *record)
{
    handing *h = ctx;
    dx_record told = *record;

    h->has_any = true;
    if (!told.encoding)
        told.encoding = h->encoding;
    return h->each(h->ctx, &told);
}

/* Whether nothing is there but blanks, and perhaps a byte order mark. Most often the
 * first bytes tell; damage further on is for the cut to meet. */
static dx_status is_blank(dx_byte_stream *in, bool *out, dx_error *err)
{
    dx_str bytes;

    DX_TRY(dx_byte_stream_ahead(in, 4, &bytes, err));
    if (dx_trim(bytes).len <= 3)
        DX_TRY(dx_byte_stream_peek(in, &bytes, err));
    if (bytes.len >= 3 && memcmp(bytes.ptr, "\xEF\xBB\xBF", 3) == 0)
        bytes = dx_str_from_offset(bytes, 3);
    *out = dx_trim(bytes).len == 0 && dx_byte_stream_is_at_end(in);
    return DX_OK;
}

dx_status dx_source_cut(const dx_source *source, dx_byte_stream *in,
    const dx_input_options *options, dx_record_each each, void *ctx,
    dx_error *err)
{
    handing h = {.encoding = dx_byte_stream_encoding(in), .each = each, .ctx = ctx};
    bool blank;

    DX_TRY(is_blank(in, &blank, err));
    if (!blank)
        DX_TRY(source->cut(in, options, hand_over, &h, err));
    return h.has_any ? DX_OK : each(ctx, &(dx_record){.left_out = DX_LEFT_EMPTY});
}

dx_status dx_source_cut_whole(dx_byte_stream *in,
    const dx_input_options *options, dx_record_each each, void *ctx,
    dx_error *err)
{
    dx_record record = {0};

    (void)options;
    record.written = dx_byte_stream_written(in);
    DX_TRY(dx_byte_stream_all(in, &record.bytes, err));
    return each(ctx, &record);
}
