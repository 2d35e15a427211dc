/* Property sets: numbers of properties, types, values. */
#include "indexer/input/documents/word/summary.h"

#include "common/base/buf.h"
#include "common/base/bytes.h"
#include "common/base/civil.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/documents/code_page.h"

enum { CODE_PAGE = 1, TITLE = 2, AUTHOR = 4, CREATED = 12, SAVED = 13, PAGES = 14 };
enum { SHORT = 2, LONG = 3, STRING = 30, TIME = 64 };

#define UTF8_PAGE 65001u
#define PROPERTIES_MAX 1000u
#define STRING_MAX_BYTES 1000u

typedef struct properties {
    const uint8_t *at; /* the section */
    size_t len;
    uint32_t count, code_page;
    dx_arena *arena;
} properties;

/* The value of a property, behind its type; NULL when it has none of that. */
static const uint8_t *value(const properties *p, uint32_t id, uint32_t type,
    size_t need)
{
    for (uint32_t i = 0; i < p->count; i++) {
        const uint8_t *row = p->at + 8 + 8 * (size_t)i;
        uint32_t at = dx_load_u32(row + 4);
        if (dx_load_u32(row) != id || at > p->len || p->len - at < 4 + need)
            continue;
        if (dx_load_u32(p->at + at) == type)
            return p->at + at + 4;
    }
    return NULL;
}

static dx_status string(const properties *p, uint32_t id, dx_str *out)
{
    const uint8_t *v = value(p, id, STRING, 4);
    size_t n = v ? dx_load_u32(v) : 0, left = v ? p->len - (size_t)(v - p->at) - 4 : 0;
    dx_buf text;

    if (n > left || n > STRING_MAX_BYTES || n == 0)
        return DX_OK;
    dx_buf_init(&text, 4 * STRING_MAX_BYTES);
    for (size_t i = 0; i < n && v[4 + i]; i++) {
        char c[4];
        if (p->code_page == UTF8_PAGE)
            dx_buf_putc(&text, (char)v[4 + i]);
        else
            dx_buf_put(&text, c,
                dx_char_put(c, dx_code_page_char(p->code_page, v[4 + i])));
    }
    out->len = text.len;
    out->ptr = dx_arena_strndup(p->arena, dx_buf_cstr(&text), text.len);
    dx_buf_free(&text);
    return out->ptr ? DX_OK : DX_ERR_NOMEM;
}

/* Ticks of 100 ns since 1601. */
static dx_status day(const properties *p, uint32_t id, dx_str *out)
{
    const uint64_t day_ticks = UINT64_C(864000000000);
    const uint64_t first_day = 134774; /* from 1601 to 1970 */
    const uint8_t *v = value(p, id, TIME, 8);
    uint64_t days = v ? dx_load_u64(v) / day_ticks : 0;
    char text[DX_CIVIL_BYTES];

    if (days < first_day || days > first_day + 100000)
        return DX_OK;
    out->len = dx_civil_put((int32_t)(days - first_day), text);
    out->ptr = dx_arena_strndup(p->arena, text, out->len);
    return out->ptr ? DX_OK : DX_ERR_NOMEM;
}

static dx_status take(properties *p, dx_document *out)
{
    const uint8_t *page = value(p, CODE_PAGE, SHORT, 2);
    const uint8_t *pages = value(p, PAGES, LONG, 4);

    p->code_page = page ? dx_load_u16(page) : 1252;
    if (pages && dx_load_u32(pages) < 100000)
        out->pages = dx_load_u32(pages);
    DX_TRY(string(p, TITLE, &out->title));
    DX_TRY(string(p, AUTHOR, &out->author));
    DX_TRY(day(p, CREATED, &out->created));
    return day(p, SAVED, &out->modified);
}

dx_status dx_word_summary(dx_compound *file, dx_document *out, dx_error *err)
{
    const size_t header_bytes = 48;
    dx_str s;

    DX_TRY(dx_compound_stream(file, "\x05SummaryInformation", &s, err));
    if (s.len < header_bytes)
        return DX_OK;
    const uint8_t *at = (const uint8_t *)s.ptr;
    uint32_t offset = dx_load_u32(at + 44);
    if (offset > s.len || s.len - offset < 8)
        return DX_OK;
    properties p = {.at = at + offset, .len = s.len - offset,
        .arena = file->arena};
    p.count = dx_load_u32(p.at + 4);
    if (p.count > PROPERTIES_MAX || 8 + 8 * (size_t)p.count > p.len)
        return DX_OK;
    return take(&p, out) == DX_OK ? DX_OK : dx_fail_nomem(err);
}
