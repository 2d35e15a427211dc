/* The one adapter of yajl. Why it: Debian's, ISC, as fast as any C parser
 * there (1.6 ns a byte; jansson: 24); gives numbers as they are written,
 * takes memory from us, and works in time proportional to the text. */
#include "indexer/input/json/tree.h"

#include <setjmp.h>
#include <yajl/yajl_parse.h>

#include "common/base/escape.h"
#include "indexer/input/chars/charset.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/clean.h"

/* ---- building the tree ---- */

typedef struct container { /* an array or object that is not yet closed */
    dx_json_value *value;
    const dx_json_value **end; /* where the next item is linked to */
} container;

typedef struct builder {
    dx_arena *arena;
    const dx_json_value *root;
    container open[DX_JSON_DEPTH_MAX];
    unsigned depth;
    unsigned count; /* of values */
    dx_str key;     /* of the next member */
    const char *refusal; /* why parsing was stopped, if by us */
    dx_status status;    /* NOMEM when an allocation failed */
    jmp_buf out_of_memory;
} builder;

static int refuse(builder *b, const char *why)
{
    b->refusal = why;
    return 0;
}

static int fail_nomem(builder *b)
{
    b->status = DX_ERR_NOMEM;
    return 0;
}

/* Links a new value in, NULL when parsing is to stop. */
static dx_json_value *add(builder *b, dx_json_type type)
{
    if (b->depth == 0 && type != DX_JSON_ARRAY && type != DX_JSON_OBJECT) {
        refuse(b, "neither an array nor an object");
        return NULL;
    }
    if (b->count++ == DX_JSON_VALUES_MAX) {
        refuse(b, "too many values");
        return NULL;
    }
    dx_json_value *v = dx_arena_alloc(b->arena, sizeof *v);
    if (!v) {
        fail_nomem(b);
        return NULL;
    }
    *v = (dx_json_value){.type = type, .key = b->key};
    b->key = (dx_str){NULL, 0};
    if (b->depth == 0) {
        b->root = v;
    } else {
        container *c = &b->open[b->depth - 1];
        *c->end = v;
        c->end = &v->next;
    }
    return v;
}

static int add_text(builder *b, dx_json_type type, const char *s, size_t len)
{
    dx_json_value *v = add(b, type);

    if (!v)
        return 0;
    v->text = (dx_str){dx_arena_strndup(b->arena, s, len), len};
    return v->text.ptr ? 1 : fail_nomem(b);
}

static int open_container(builder *b, dx_json_type type)
{
    if (b->depth == DX_JSON_DEPTH_MAX)
        return refuse(b, "nested too deeply");
    dx_json_value *v = add(b, type);
    if (!v)
        return 0;
    b->open[b->depth++] = (container){v, &v->first};
    return 1;
}

static int on_null(void *ctx) { return add(ctx, DX_JSON_NULL) != NULL; }

static int on_boolean(void *ctx, int truth)
{
    return add(ctx, truth ? DX_JSON_TRUE : DX_JSON_FALSE) != NULL;
}

static int on_number(void *ctx, const char *s, size_t len)
{
    return add_text(ctx, DX_JSON_NUMBER, s, len);
}

static int on_string(void *ctx, const unsigned char *s, size_t len)
{
    return add_text(ctx, DX_JSON_STRING, (const char *)s, len);
}

static int on_key(void *ctx, const unsigned char *s, size_t len)
{
    builder *b = ctx;

    b->key = (dx_str){dx_arena_strndup(b->arena, (const char *)s, len), len};
    return b->key.ptr ? 1 : fail_nomem(b);
}

static int on_object(void *ctx) { return open_container(ctx, DX_JSON_OBJECT); }
static int on_array(void *ctx) { return open_container(ctx, DX_JSON_ARRAY); }

static int on_end(void *ctx)
{
    builder *b = ctx;

    b->depth--;
    return 1;
}

static const yajl_callbacks callbacks = {.yajl_null = on_null,
    .yajl_boolean = on_boolean, .yajl_number = on_number,
    .yajl_string = on_string, .yajl_start_map = on_object,
    .yajl_map_key = on_key, .yajl_end_map = on_end,
    .yajl_start_array = on_array, .yajl_end_array = on_end};

/* ---- yajl's memory ---- */

/* yajl does not look at what its allocator gives it, so a failed allocation
 * leaves it by longjmp(). Nothing of it is lost by that: all of it lies in the
 * arena, each piece behind its size. */
typedef union piece {
    size_t bytes;
    max_align_t align;
} piece;

static void *take(void *ctx, size_t bytes)
{
    builder *b = ctx;
    piece *p = bytes < SIZE_MAX - sizeof *p
        ? dx_arena_alloc(b->arena, sizeof *p + bytes) : NULL;

    if (!p)
        longjmp(b->out_of_memory, 1);
    p->bytes = bytes;
    return p + 1;
}

static void *retake(void *ctx, void *old, size_t bytes)
{
    void *fresh = take(ctx, bytes);

    if (old) {
        size_t had = ((piece *)old - 1)->bytes;
        memcpy(fresh, old, had < bytes ? had : bytes);
    }
    return fresh;
}

static void give_back(void *ctx, void *p)
{
    (void)ctx;
    (void)p;
}

/* ---- parsing ---- */

static dx_status fail_syntax(const builder *b, yajl_handle parser, size_t at,
    dx_error *err)
{
    if (b->refusal)
        return dx_fail(err, DX_ERR_FORMAT, "%s (byte %zu)", b->refusal, at);
    const char *why = (const char *)yajl_get_error(parser, 0, NULL, 0);
    return dx_fail(err, DX_ERR_FORMAT, "%.*s (byte %zu)",
        (int)strcspn(why, "\n"), why, at);
}

/* The text is well-formed UTF-8: we know, so yajl need not look. */
static dx_status build(builder *b, dx_str text, dx_error *err)
{
    yajl_alloc_funcs memory = {take, retake, give_back, b};

    if (setjmp(b->out_of_memory))
        return dx_fail_nomem(err);
    yajl_handle parser = yajl_alloc(&callbacks, &memory, b);
    yajl_config(parser, yajl_dont_validate_strings, 1);
    size_t at = text.len;
    yajl_status status =
        yajl_parse(parser, (const unsigned char *)text.ptr, text.len);
    if (status != yajl_status_ok)
        at = yajl_get_bytes_consumed(parser);
    else
        status = yajl_complete_parse(parser);
    if (b->status != DX_OK)
        return dx_fail_nomem(err);
    return status == yajl_status_ok ? DX_OK : fail_syntax(b, parser, at, err);
}

static dx_status load(dx_str text, dx_arena *arena, const dx_json_value **out,
    dx_error *err)
{
    builder b = {.arena = arena};

    DX_TRY(build(&b, text, err));
    *out = b.root;
    return DX_OK;
}

/* ---- mending ---- */

static bool is_surrogate(const char *p, const char *end, const char *halves)
{
    return end - p >= 6 && p[0] == '\\' && p[1] == 'u' && (p[2] | 32) == 'd' &&
           strchr(halves, p[3] | 32) != NULL;
}

/* The next half of an escaped surrogate pair from `p` on, or NULL. */
static const char *lone_surrogate(const char *p, const char *end)
{
    static const char high[] = "89ab", low[] = "cdef";

    while (p < end && (p = memchr(p, '\\', (size_t)(end - p))) != NULL) {
        bool opens = is_surrogate(p, end, high);
        if (opens && is_surrogate(p + 6, end, low))
            p += 12;
        else if (opens || is_surrogate(p, end, low))
            return p;
        else
            p += 2;
    }
    return NULL;
}

/* Writers that cut a text in the middle of a pair leave half of an escaped
 * character; U+FFFD goes there, which cleaning drops. */
static void replace_lone_surrogates(char *text, const char *end)
{
    const char *half = text;

    while ((half = lone_surrogate(half, end)) != NULL) {
        memcpy(text + (half - text) + 2, "fffd", 4);
        half += 6;
    }
}

static bool is_sound(dx_str text)
{
    return dx_utf8_valid_prefix(text) == text.len &&
           !lone_surrogate(text.ptr, dx_str_end(text));
}

/* The text again as strict JSON wants it: UTF-8, whole characters, and blanks
 * for raw control characters, which careless writers leave inside strings. */
static dx_status mended(dx_str text, dx_arena *arena, dx_str *out,
    dx_error *err)
{
    dx_str utf8;

    DX_TRY(dx_charset_to_utf8(text, arena, &utf8, err));
    char *copy = dx_arena_strndup(arena, utf8.ptr, utf8.len);
    if (!copy)
        return dx_fail_nomem(err);
    for (size_t i = 0; i < utf8.len; i++)
        if ((unsigned char)copy[i] < 0x20)
            copy[i] = ' ';
    replace_lone_surrogates(copy, copy + utf8.len);
    return dx_clean((dx_str){copy, utf8.len}, DX_CLEAN_TEXT, arena, out, err);
}

dx_status dx_json_parse(dx_str text, dx_arena *arena,
    const dx_json_value **out, dx_error *err)
{
    dx_str better = {NULL, 0};

    *out = NULL;
    text = dx_trim(text);
    if (text.len >= 3 && memcmp(text.ptr, "\xEF\xBB\xBF", 3) == 0)
        text = dx_str_from_offset(text, 3);
    if (text.len == 0)
        text = DX_STR_LIT(" ");
    bool sound = is_sound(text);
    dx_status status = sound ? load(text, arena, out, err) : DX_OK;
    if (sound && status != DX_ERR_FORMAT)
        return status;
    DX_TRY(mended(text, arena, &better, err));
    return sound && dx_str_eq(better, text) ? status
                                            : load(better, arena, out, err);
}

/* ---- reading and writing the tree ---- */

const dx_json_value *dx_json_get(const dx_json_value *object, const char *key)
{
    const dx_json_value *found = NULL;
    dx_str wanted = dx_str_from(key);

    if (!dx_json_is(object, DX_JSON_OBJECT))
        return NULL;
    for (const dx_json_value *v = object->first; v; v = v->next)
        if (dx_str_eq(v->key, wanted))
            found = v;
    return found;
}

/* So that hostile objects take no time that grows with the square of their
 * size. */
#define COMPARED_MAX 200u

bool dx_json_is_overridden(const dx_json_value *member)
{
    const dx_json_value *v = member->next;

    for (unsigned i = 0; v && i < COMPARED_MAX; i++, v = v->next)
        if (dx_str_eq(v->key, member->key))
            return true;
    return false;
}

static void write_items(dx_buf *out, const dx_json_value *parent)
{
    bool first = true;
    bool members = parent->type == DX_JSON_OBJECT;

    for (const dx_json_value *v = parent->first; v; v = v->next) {
        if (out->status != DX_OK)
            return;
        if (members && dx_json_is_overridden(v))
            continue;
        if (!first)
            dx_buf_putc(out, ',');
        first = false;
        if (members)
            dx_json_write_member(out, v);
        else
            dx_json_write(out, v);
    }
}

void dx_json_write_member(dx_buf *out, const dx_json_value *member)
{
    dx_json_put(out, member->key);
    dx_buf_putc(out, ':');
    dx_json_write(out, member);
}

void dx_json_write(dx_buf *out, const dx_json_value *value)
{
    switch (value->type) {
    case DX_JSON_NULL:
        dx_buf_puts(out, "null");
        break;
    case DX_JSON_FALSE:
        dx_buf_puts(out, "false");
        break;
    case DX_JSON_TRUE:
        dx_buf_puts(out, "true");
        break;
    case DX_JSON_NUMBER:
        dx_buf_put_str(out, value->text);
        break;
    case DX_JSON_STRING:
        dx_json_put(out, value->text);
        break;
    case DX_JSON_ARRAY:
        dx_buf_putc(out, '[');
        write_items(out, value);
        dx_buf_putc(out, ']');
        break;
    case DX_JSON_OBJECT:
        dx_buf_putc(out, '{');
        write_items(out, value);
        dx_buf_putc(out, '}');
        break;
    }
}
