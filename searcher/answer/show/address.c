/* Where articles are on the web. */
#include "searcher/answer/show/address.h"

#include <string.h>

#include "common/base/buf.h"
#include "common/base/mem.h"

#define ADDRESS_BYTES_MAX ((size_t)1 << 16)
#define UNRESERVED                                                             \
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/"

dx_status dx_address_maps_add(dx_address_maps *maps, const char *from, const char *to)
{
    void *p = maps->list;
    char *from_copy = dx_strndup(from, strlen(from));
    char *to_copy = dx_strndup(to, strlen(to));

    if (!from_copy || !to_copy ||
        dx_grow(&p, &maps->cap, maps->count + 1, sizeof *maps->list) != 0) {
        dx_free(from_copy);
        dx_free(to_copy);
        return DX_ERR_NOMEM;
    }
    maps->list = p;
    maps->list[maps->count++] = (dx_address_map){from_copy, to_copy};
    return DX_OK;
}

void dx_address_maps_free(dx_address_maps *maps)
{
    for (size_t i = 0; i < maps->count; i++) {
        dx_free(maps->list[i].from);
        dx_free(maps->list[i].to);
    }
    dx_free(maps->list);
    *maps = (dx_address_maps){0};
}

dx_status dx_address_maps_copy(const dx_address_maps *maps, dx_arena *arena,
    dx_address_maps *out)
{
    *out = (dx_address_maps){0};
    if (maps->count == 0)
        return DX_OK;
    out->list = dx_arena_calloc(arena, maps->count, sizeof *out->list);
    if (!out->list)
        return DX_ERR_NOMEM;
    for (size_t i = 0; i < maps->count; i++) {
        const dx_address_map *m = &maps->list[i];
        out->list[i].from = dx_arena_strndup(arena, m->from, strlen(m->from));
        out->list[i].to = dx_arena_strndup(arena, m->to, strlen(m->to));
        if (!out->list[i].from || !out->list[i].to)
            return DX_ERR_NOMEM;
    }
    out->count = maps->count;
    return DX_OK;
}

/* Whether `text` begins with it, at the end of a folder's name. */
static bool begins_with(dx_str text, const char *from)
{
    size_t n = strlen(from);

    if (text.len < n || memcmp(text.ptr, from, n) != 0)
        return false;
    return text.len == n || (n > 0 && from[n - 1] == '/') || strchr("/?#", text.ptr[n]);
}

static void put_path(dx_buf *out, dx_str path)
{
    for (size_t i = 0; i < path.len; i++) {
        char c = path.ptr[i];
        if (c && strchr(UNRESERVED, c))
            dx_buf_putc(out, c);
        else
            dx_buf_printf(out, "%%%02X", (unsigned)(unsigned char)c);
    }
}

static dx_str join(const dx_address_map *map, dx_str text, bool is_path, dx_arena *arena)
{
    size_t from = strlen(map->from), to = strlen(map->to);
    dx_str rest = {text.ptr + from, text.len - from};
    dx_str whole = {NULL, 0};
    dx_buf out;

    if (to > 0 && map->to[to - 1] == '/' && rest.len > 0 && *rest.ptr == '/')
        rest = (dx_str){rest.ptr + 1, rest.len - 1};
    dx_buf_init(&out, ADDRESS_BYTES_MAX);
    dx_buf_put(&out, map->to, to);
    if (is_path)
        put_path(&out, rest);
    else
        dx_buf_put_str(&out, rest);
    if (out.status == DX_OK)
        whole = (dx_str){dx_arena_strndup(arena, (const char *)out.data, out.len), out.len};
    dx_buf_free(&out);
    return whole;
}

dx_str dx_address_of(const dx_address_maps *maps, dx_str url, dx_str path, dx_arena *arena)
{
    bool is_path = url.len == 0;
    dx_str text = is_path ? path : url, made;

    for (size_t i = 0; i < maps->count; i++)
        if (text.len > 0 && begins_with(text, maps->list[i].from)) {
            made = join(&maps->list[i], text, is_path, arena);
            return made.ptr ? made : url;
        }
    return url;
}
