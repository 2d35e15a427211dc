/* Chains of sectors to streams. */
#include "indexer/input/documents/word/compound.h"

#include "common/base/bytes.h"

#define HEADER_BYTES 512u
#define HEADER_TABLES 109u /* sectors of the table that the header names */
#define ENTRY_BYTES 128u   /* of the directory */
#define NO_SECTOR 0xFFFFFFFAu /* from here on a number is none */
#define NO_ENTRY 0xFFFFFFFFu

static const uint8_t *bytes(dx_str s) { return (const uint8_t *)s.ptr; }

bool dx_compound_is(dx_str file)
{
    return file.len >= HEADER_BYTES &&
           memcmp(file.ptr, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0;
}

static uint32_t header(const dx_compound *c, size_t at)
{
    return dx_load_u32(bytes(c->file) + at);
}

/* The sector's bytes; fewer, perhaps none, when the file ends before. */
static dx_str sector(const dx_compound *c, uint32_t number)
{
    uint64_t from = ((uint64_t)number + 1) * c->sector_bytes;
    size_t n = c->sector_bytes;

    if (number >= NO_SECTOR || from >= c->file.len)
        return (dx_str){NULL, 0};
    if (n > c->file.len - from)
        n = (size_t)(c->file.len - from);
    return (dx_str){c->file.ptr + from, n};
}

static uint32_t entry_of(dx_str table, uint32_t index)
{
    size_t at = (size_t)index * 4;

    return at + 4 <= table.len ? dx_load_u32(bytes(table) + at) : NO_SECTOR;
}

/* The number of the sector that holds part `part` of the table of sectors: the header
 * names the first ones, further sectors of such names the others. */
static uint32_t table_sector(const dx_compound *c, uint32_t part)
{
    uint32_t per_sector = c->sector_bytes / 4 - 1, more = c->first_more;

    if (part >= c->tables)
        return NO_SECTOR;
    if (part < HEADER_TABLES)
        return header(c, c->first_table + part * 4);
    for (part -= HEADER_TABLES; part >= per_sector; part -= per_sector)
        more = entry_of(sector(c, more), per_sector);
    return entry_of(sector(c, more), part);
}

static uint32_t following(const dx_compound *c, uint32_t number)
{
    uint32_t per_sector = c->sector_bytes / 4;

    if (number >= NO_SECTOR)
        return NO_SECTOR;
    return entry_of(sector(c, table_sector(c, number / per_sector)),
        number % per_sector);
}

/* All sectors from `first` on, up to `max` bytes. No chain is longer than the file. */
static dx_status read_chain(const dx_compound *c, uint32_t first, uint64_t max,
    dx_str *out, dx_error *err)
{
    size_t n = 0, room = max < c->file.len ? (size_t)max : c->file.len;
    char *to = dx_arena_alloc(c->arena, room + 1);

    if (!to)
        return dx_fail_nomem(err);
    while (n < room) {
        dx_str s = sector(c, first);
        if (s.len > room - n)
            s.len = room - n;
        if (s.len == 0)
            break;
        memcpy(to + n, s.ptr, s.len);
        n += s.len;
        first = following(c, first);
    }
    *out = (dx_str){to, n};
    return DX_OK;
}

static dx_status read_small_chain(const dx_compound *c, uint32_t first,
    uint32_t size, dx_str *out, dx_error *err)
{
    size_t n = 0, room = size;
    char *to = dx_arena_alloc(c->arena, room + 1);

    if (!to)
        return dx_fail_nomem(err);
    while (n < room && first < NO_SECTOR) {
        uint64_t from = (uint64_t)first * c->small_bytes;
        size_t step = c->small_bytes < room - n ? c->small_bytes : room - n;
        if (from + step > c->small.len)
            break;
        memcpy(to + n, c->small.ptr + from, step);
        n += step;
        first = entry_of(c->small_table, first);
    }
    *out = (dx_str){to, n};
    return DX_OK;
}

/* ---- the directory ---- */

static const uint8_t *entry(const dx_compound *c, uint32_t number)
{
    uint64_t at = (uint64_t)number * ENTRY_BYTES;

    return at + ENTRY_BYTES <= c->directory.len ? bytes(c->directory) + at
                                                : NULL;
}

static int upper(int c) { return c >= 'a' && c <= 'z' ? c - 32 : c; }

/* As the directory's tree is ordered: by length, then by capitals. */
static int compare(const char *name, const uint8_t *e)
{
    size_t n = strlen(name), length = dx_load_u16(e + 64) / 2;

    length -= length > 0; /* its NUL */
    if (length != n)
        return n < length ? -1 : 1;
    for (size_t i = 0; i < n; i++) {
        int a = upper((unsigned char)name[i]);
        int b = dx_load_u16(e + 2 * i);
        b = b < 128 ? upper(b) : b;
        if (a != b)
            return a < b ? -1 : 1;
    }
    return 0;
}

static const uint8_t *find(const dx_compound *c, const char *name)
{
    const uint8_t *root = entry(c, 0);
    uint32_t number = root ? dx_load_u32(root + 76) : NO_ENTRY;
    size_t steps = c->directory.len / ENTRY_BYTES;

    for (const uint8_t *e; steps-- && (e = entry(c, number)) != NULL;) {
        int order = compare(name, e);
        if (order == 0)
            return e;
        number = dx_load_u32(e + (order < 0 ? 68 : 72));
    }
    return NULL;
}

dx_status dx_compound_stream(dx_compound *c, const char *name, dx_str *out,
    dx_error *err)
{
    const uint8_t *e = find(c, name);
    uint32_t first, size;

    *out = (dx_str){NULL, 0};
    if (!e || e[66] != 2) /* a stream */
        return DX_OK;
    first = dx_load_u32(e + 116);
    size = dx_load_u32(e + 120);
    return size < c->small_below ? read_small_chain(c, first, size, out, err)
                                 : read_chain(c, first, size, out, err);
}

dx_status dx_compound_open(dx_str file, dx_arena *arena, dx_compound *out,
    dx_error *err)
{
    dx_compound *c = out;

    *c = (dx_compound){.file = file, .arena = arena};
    if (!dx_compound_is(file))
        return dx_fail(err, DX_ERR_FORMAT, "no compound file");
    unsigned shift = dx_load_u16(bytes(file) + 30);
    unsigned small = dx_load_u16(bytes(file) + 32);
    if (shift < 7 || shift > 16 || small < 4 || small > shift)
        return dx_fail(err, DX_ERR_FORMAT, "the file is damaged");
    c->sector_bytes = 1u << shift;
    c->small_bytes = 1u << small;
    c->first_table = 76;
    c->tables = header(c, 44);
    c->small_below = header(c, 56);
    c->first_more = header(c, 68);
    DX_TRY(read_chain(c, header(c, 48), file.len, &c->directory, err));
    DX_TRY(read_chain(c, header(c, 60), file.len, &c->small_table, err));
    const uint8_t *root = entry(c, 0);
    if (!root)
        return dx_fail(err, DX_ERR_FORMAT, "the file is damaged");
    return read_chain(c, dx_load_u32(root + 116), dx_load_u32(root + 120),
        &c->small, err);
}
