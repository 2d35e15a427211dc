/* The one adapter of yajl. Why it: Debian's, ISC, as fast as any C parser
 * there (1.6 ns a byte; jansson: 24); gives numbers as they are written,
 * takes memory from us, and works in time proportional to the text. */
#include "indexer/input/json/tree.h"

#include <setjmp.h>
#include <yajl/yajl_parse.h>

#include "common/base/escape.h"
#include "common/base/simd.h"
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
    dx_str taken;   /* a long string that yajl sees as "", or {NULL, 0} */
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

static dx_str text_of(builder *b, const char *s, size_t len)
{
    dx_str text = b->taken;

    if (!text.ptr)
        return (dx_str){dx_arena_strndup(b->arena, s, len), len};
    b->taken = (dx_str){NULL, 0};
    return text;
}

static int add_text(builder *b, dx_json_type type, const char *s, size_t len)
{
    dx_json_value *v = add(b, type);

    if (!v)
        return 0;
    v->text = text_of(b, s, len);
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

    b->key = text_of(b, (const char *)s, len);
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

/* ---- long strings ---- */

/* Nearly all of a record lies in a few long strings, and yajl looks at each of their
 * bytes twice, one by one. So these are read here, and yajl gets "" in their place. What
 * is odd in any way is left to yajl, which says what is wrong with it. */
#define LONG_MIN_BYTES 64
#define LONG_RECORD_BYTES 1024 /* a shorter one is not looked through for them */
#define PLAIN_BLOCK_BYTES 32

/* How many blocks have no quote, backslash or control character. */
DX_SIMD_CLONES static size_t plain_blocks(const unsigned char *s, size_t count)
{
    size_t n = 0;

    for (unsigned char odd = 0; n < count; n++, s += PLAIN_BLOCK_BYTES) {
        for (int i = 0; i < PLAIN_BLOCK_BYTES; i++)
            odd |= (unsigned char)((s[i] == '"') | (s[i] == '\\') | (s[i] < 0x20));
        if (odd)
            break;
    }
    return n;
}

static bool is_plain(char c)
{
    return c != '"' && c != '\\' && (unsigned char)c >= 0x20;
}

/* The quote that ends the string whose first byte is at `p`; NULL where there is none
 * or a control character stands before it. */
static const char *string_end(const char *p, const char *end)
{
    while (p < end) {
        size_t blocks = (size_t)(end - p) / PLAIN_BLOCK_BYTES;
        if (is_plain(*p))
            p += plain_blocks((const unsigned char *)p, blocks) * PLAIN_BLOCK_BYTES;
        while (p < end && is_plain(*p))
            p++;
        if (p == end || *p != '\\')
            break;
        p += 2;
    }
    return p < end && *p == '"' ? p : NULL;
}

/* The next long string from `p` on, which is outside of strings; without quotes. */
static bool next_long(const char *p, const char *end, dx_str *raw)
{
    while (p < end && (p = memchr(p, '"', (size_t)(end - p))) != NULL) {
        const char *stop = string_end(++p, end);
        if (!stop)
            return false;
        *raw = (dx_str){p, (size_t)(stop - p)};
        if (raw->len >= LONG_MIN_BYTES)
            return true;
        p = stop + 1;
    }
    return false;
}

static bool take_hex(const char **p, const char *end, uint32_t *c)
{
    *c = 0;
    if (end - *p < 4)
        return false;
    for (const char *stop = *p + 4; *p < stop; (*p)++) {
        unsigned char d = (unsigned char)**p, letter = d | 0x20;
        if (dx_is_digit((char)d))
            *c = *c << 4 | (d - (unsigned)'0');
        else if (letter >= 'a' && letter <= 'f')
            *c = *c << 4 | (letter - 'a' + 10u);
        else
            return false;
    }
    return true;
}

/* The character that is escaped behind \\u; false where it is none, half of one or
 * NUL. */
static bool take_escaped(const char **p, const char *end, uint32_t *c)
{
    uint32_t low;

    if (!take_hex(p, end, c) || *c == 0 || (*c >= 0xDC00 && *c < 0xE000))
        return false;
    if (*c < 0xD800 || *c >= 0xE000)
        return true;
    if (end - *p < 2 || (*p)[0] != '\\' || (*p)[1] != 'u')
        return false;
    *p += 2;
    if (!take_hex(p, end, &low) || low < 0xDC00 || low >= 0xE000)
        return false;
    *c = 0x10000 + ((*c - 0xD800) << 10 | (low - 0xDC00));
    return true;
}

/* What stands for the backslash at *p and what follows it. */
static bool unescape_one(const char **p, const char *end, char **out)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    uint32_t c;

    char letter = (*p)[1];
    const char *at = letter ? strchr(from, letter) : NULL;
    *p += 2;
    if (at) {
        *(*out)++ = to[at - from];
        return true;
    }
    if (letter != 'u' || !take_escaped(p, end, &c))
        return false;
    *out += dx_char_put(*out, c);
    return true;
}

/* Sets *out to what the long string says; leaves it NULL where that is for yajl to
 * tell. No escape is shorter than what it stands for. */
static dx_status unescape(dx_str raw, dx_arena *arena, dx_str *out)
{
    const char *p = raw.ptr, *end = dx_str_end(raw);
    char *text = dx_arena_alloc(arena, raw.len + 1), *to = text;

    *out = (dx_str){NULL, 0};
    if (!text)
        return DX_ERR_NOMEM;
    for (;;) {
        const char *stop = memchr(p, '\\', (size_t)(end - p));
        size_t plain = (size_t)((stop ? stop : end) - p);
        memcpy(to, p, plain);
        to += plain;
        p += plain;
        if (!stop)
            break;
        if (!unescape_one(&p, end, &to))
            return DX_OK;
    }
    *to = '\0';
    *out = (dx_str){text, (size_t)(to - text)};
    return DX_OK;
}

/* ---- parsing ---- */

/* Gives yajl all of `text` but the insides of long strings. *at becomes where it
 * stopped, if it did. */
static yajl_status feed(builder *b, yajl_handle parser, dx_str text, size_t *at)
{
    const char *from = text.ptr, *p = from, *end = dx_str_end(text);
    yajl_status status = yajl_status_ok;
    dx_str raw, taken;

    if (text.len < LONG_RECORD_BYTES)
        p = end;
    while (status == yajl_status_ok && next_long(p, end, &raw)) {
        p = dx_str_end(raw) + 1;
        if (unescape(raw, b->arena, &taken) != DX_OK)
            longjmp(b->out_of_memory, 1);
        if (!taken.ptr)
            continue;
        status = yajl_parse(parser, (const unsigned char *)from,
            (size_t)(raw.ptr - from));
        *at = (size_t)(from - text.ptr) + yajl_get_bytes_consumed(parser);
        b->taken = taken;
        from = p - 1;
    }
    if (status != yajl_status_ok)
        return status;
    status = yajl_parse(parser, (const unsigned char *)from, (size_t)(end - from));
    *at = (size_t)(from - text.ptr) + yajl_get_bytes_consumed(parser);
    return status;
}

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
    size_t at;
    yajl_status status = feed(b, parser, text, &at);
    if (status == yajl_status_ok) {
        at = text.len;
        status = yajl_complete_parse(parser);
    }
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
