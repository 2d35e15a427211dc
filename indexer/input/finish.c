/* What is the same for articles of all formats: title, id, path, hash. */
#include "indexer/input/finish.h"

#include "common/base/escape.h"
#include "common/index/field/article_id.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/clean.h"
#include "indexer/input/chars/date.h"
#include "indexer/input/text/headline.h"

dx_status dx_article_own(dx_article *a, dx_arena *arena, dx_error *err)
{
    for (size_t f = 0; f < DX_FIELDS; f++)
        if (f != DX_FIELD_BODY && a->at[f].len)
            DX_TRY(dx_clean_copy(a->at[f], DX_CLEAN_LINE, arena, &a->at[f],
                err));
    return DX_OK;
}

void dx_article_take_absent(dx_article *a, const dx_article *other)
{
    for (unsigned f = 0; f < DX_FIELDS; f++)
        if (a->at[f].len == 0 && other->at[f].len) {
            a->at[f] = other->at[f];
            a->from.field[f] = other->from.field[f];
        }
    if (a->date == DX_DATE_UNKNOWN) {
        a->date = other->date;
        a->other_date = other->other_date;
        a->from.field[DX_FIELD_DATE] = other->from.field[DX_FIELD_DATE];
    }
}

void dx_article_note_origin(dx_article *a, const char *origin)
{
    for (size_t f = 0; f < DX_FIELDS; f++) {
        bool has_value = f == DX_FIELD_DATE ? a->date != DX_DATE_UNKNOWN
                                            : a->at[f].len > 0;
        if (has_value && f != DX_FIELD_PATH && !a->from.field[f])
            a->from.field[f] = origin;
    }
}

typedef struct content_part {
    uint64_t number, len, lo, hi;
} content_part;

static content_part part_of(const dx_article *a, size_t field)
{
    dx_str value = a->at[field];
    uint64_t number = dx_fields[field].number;

    if (field == DX_FIELD_DATE)
        return (content_part){number, (uint64_t)(int64_t)a->date, 0, 0};
    dx_hash128 h = dx_hash128_of(value.ptr, value.len);
    return (content_part){number, value.len, h.lo, h.hi};
}

/* A hash of the hashes and lengths of those fields that there are: the same strength
 * as one over the fields with separators between them, without copying the body
 * together; and a field that is new to dx changes it for those articles only that
 * have it. Id and path are where the article is, not what it is. */
static dx_hash128 content_hash(const dx_article *a)
{
    content_part parts[DX_FIELDS];
    size_t n = 0;

    for (size_t f = 0; f < DX_FIELDS; f++)
        if (f != DX_FIELD_ID && f != DX_FIELD_PATH &&
            (f == DX_FIELD_DATE || a->at[f].len))
            parts[n++] = part_of(a, f);
    return dx_hash128_of(parts, n * sizeof *parts);
}

/* What names an article that has no name: title, date and text. Other fields may
 * change without making another article of it. */
static uint64_t naming_hash(const dx_article *a)
{
    content_part parts[] = {part_of(a, DX_FIELD_TITLE),
        part_of(a, DX_FIELD_DATE), part_of(a, DX_FIELD_LEAD),
        part_of(a, DX_FIELD_BODY)};

    return dx_hash128_of(parts, sizeof parts).hi;
}

/* File names are bytes, article strings are text: what is no UTF-8 and what could steer a
 * terminal become %XX, so that two names stay two. */
static dx_status text_of_path(dx_str path, dx_arena *arena, dx_str *out,
    dx_error *err)
{
    static const char hex[] = "0123456789ABCDEF";
    const char *p = path.ptr, *end = p + path.len;
    char *text = dx_arena_alloc(arena, path.len * 3 + 1);
    size_t n = 0;

    if (!text)
        return dx_fail_nomem(err);
    while (p < end) {
        unsigned char b = (unsigned char)*p;
        size_t len = dx_char_len(p, end);
        if (len == 0 || dx_terminal_is_control(p, len)) {
            text[n++] = '%';
            text[n++] = hex[b >> 4];
            text[n++] = hex[b & 15];
            p++;
        } else {
            memcpy(text + n, p, len);
            n += len;
            p += len;
        }
    }
    text[n] = '\0';
    *out = (dx_str){text, n};
    return DX_OK;
}

static dx_str id_of(const dx_article *a, bool is_whole_file, dx_arena *arena)
{
    if (dx_id_is_address(a->url))
        return a->url;
    return is_whole_file ? a->path
                         : dx_id_with_hash(a->path, naming_hash(a), arena);
}

/* A record that says an article is deleted need say no more than which one. */
static dx_status finish_order(dx_article *a, dx_error *err)
{
    if (a->id.len == 0 && dx_id_is_address(a->url))
        a->id = a->url;
    return a->id.len ? DX_OK
                     : dx_fail(err, DX_ERR_FORMAT,
                           "deleted, but it has neither an id nor an address");
}

dx_status dx_article_finish(dx_article *a, dx_str path, bool is_whole_file,
    dx_arena *arena, dx_error *err)
{
    DX_TRY(text_of_path(path, arena, &a->path, err));
    a->date = dx_date_by_url((dx_date_reading){a->date, a->other_date, a->date_order},
        a->url);
    if (a->date == DX_DATE_UNKNOWN) {
        a->date = dx_date_from_url(a->url);
        a->from.field[DX_FIELD_DATE] = a->date == DX_DATE_UNKNOWN ? NULL : "url";
    }
    if (a->title.len == 0)
        DX_TRY(dx_title_from_text(a->lead, a->body, arena, &a->title, err));
    if (a->deleted.len)
        return finish_order(a, err);
    if (a->title.len == 0) {
        a->left_out = DX_LEFT_EMPTY;
        return DX_OK;
    }
    if (a->id.len == 0) {
        a->id = id_of(a, is_whole_file, arena);
        a->from.field[DX_FIELD_ID] = dx_id_is_address(a->url) ? "url"
                                     : is_whole_file          ? "path"
                                                              : "path and text";
    }
    if (!a->id.ptr)
        return dx_fail_nomem(err);
    a->content = content_hash(a);
    return DX_OK;
}
