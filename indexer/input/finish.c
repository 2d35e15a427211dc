/* What is the same for articles of all formats: title, id, path, hash. */
#include "indexer/input/finish.h"

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

/* A hash of the hashes and lengths of those fields that there are: the same strength
 * as one over the fields with separators between them, without copying the body
 * together; and a field that is new to dx changes it for those articles only that
 * have it. */
static dx_hash128 content_hash(const dx_article *a)
{
    struct { uint64_t number, len, lo, hi; } parts[DX_FIELDS + 1];
    size_t n = 0;

    for (size_t f = 0; f < DX_FIELDS; f++) {
        if (a->at[f].len == 0)
            continue;
        dx_hash128 h = dx_hash128_of(a->at[f].ptr, a->at[f].len);
        parts[n].number = dx_fields[f].number;
        parts[n].len = a->at[f].len;
        parts[n].lo = h.lo;
        parts[n++].hi = h.hi;
    }
    parts[n].number = dx_fields[DX_FIELD_DATE].number;
    parts[n].len = (uint64_t)(int64_t)a->date;
    parts[n].lo = parts[n].hi = 0;
    return dx_hash128_of(parts, (n + 1) * sizeof *parts);
}

/* File names are bytes, article strings are text: what is no UTF-8 and control
 * characters become %XX, so that two names stay two. */
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
        if (len == 0 || b < 0x20 || b == 0x7F) {
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

dx_status dx_article_finish(dx_article *a, dx_str path, dx_arena *arena,
    dx_error *err)
{
    DX_TRY(text_of_path(path, arena, &a->path, err));
    if (a->date == DX_DATE_UNKNOWN)
        a->date = dx_date_from_url(a->url);
    if (a->title.len == 0)
        DX_TRY(dx_title_from_text(a->lead, a->body, arena, &a->title, err));
    if (a->title.len == 0)
        return dx_fail(err, DX_ERR_FORMAT,
            "neither a title nor text in it; nothing to index");
    if (a->id.len == 0)
        a->id = a->url.len ? a->url : a->path;
    a->content = content_hash(a);
    return DX_OK;
}
