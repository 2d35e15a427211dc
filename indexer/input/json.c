/* The one adapter of jansson. Why it: Debian's, MIT, keeps the order of keys,
 * checks UTF-8 and depth, and lets us supply the allocator. */
#include "indexer/input/json.h"

#include <jansson.h>
#include <pthread.h>

#include "common/base/buf.h"
#include "common/base/mem.h"
#include "indexer/input/charset.h"
#include "indexer/input/chars.h"
#include "indexer/input/clean.h"
#include "indexer/input/date.h"
#include "indexer/input/input.h"
#include "indexer/input/paras.h"

#define EXTRA_MAX_BYTES (64u << 10)

/* jansson calls a failed allocation a syntax error, or nothing at all. */
static _Thread_local bool memory_failed;

static void *noting_malloc(size_t bytes)
{
    void *p = dx_malloc(bytes);

    memory_failed |= p == NULL;
    return p;
}

static void set_allocator(void)
{
    json_set_alloc_funcs(noting_malloc, dx_free);
}

/* jansson's allocator is one for the process, so it is set once. */
static void use_our_allocator(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, set_allocator);
}

/* ---- parsing ---- */

static bool is_surrogate(const char *p, const char *end, const char *halves)
{
    return end - p >= 6 && p[0] == '\\' && p[1] == 'u' && (p[2] | 32) == 'd' &&
           strchr(halves, p[3] | 32) != NULL;
}

/* Writers that cut a text in the middle of a pair leave half of an escaped
 * character; U+FFFD goes there, which cleaning drops. */
static void replace_lone_surrogates(char *p, const char *end)
{
    static const char high[] = "89ab", low[] = "cdef";

    while (p < end) {
        size_t n = *p == '\\' && end - p > 1 ? 2 : 1;
        bool opens = is_surrogate(p, end, high);
        if (opens && is_surrogate(p + 6, end, low)) {
            n = 12;
        } else if (opens || is_surrogate(p, end, low)) {
            memcpy(p + 2, "fffd", 4);
            n = 6;
        }
        p += n;
    }
}

/* The text again as strict JSON wants it: UTF-8, whole characters, and blanks
 * for raw control characters, which careless writers leave inside strings. */
static dx_status repaired(dx_str text, dx_arena *arena, dx_str *out,
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

static json_t *load(dx_str text, json_error_t *why)
{
    memory_failed = false;
    json_t *json = json_loadb(text.ptr, text.len, JSON_ALLOW_NUL, why);

    /* An integer beyond 64 bits, usually an id, is not worth the article. */
    if (!json && json_error_code(why) == json_error_numeric_overflow)
        json = json_loadb(text.ptr, text.len,
            JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, why);
    return json;
}

/* *out is NULL, with DX_OK and *why filled, when the text is not JSON. */
static dx_status parse(dx_str text, dx_arena *arena, json_t **out,
    json_error_t *why, dx_error *err)
{
    use_our_allocator();
    text = dx_trim(text);
    if (text.len >= 3 && memcmp(text.ptr, "\xEF\xBB\xBF", 3) == 0)
        text = dx_str_from_offset(text, 3);
    *out = load(text.len ? text : DX_STR_LIT(" "), why);
    if (*out)
        return DX_OK;
    enum json_error_code code = json_error_code(why);
    if (memory_failed)
        return dx_fail_nomem(err);
    if (code == json_error_invalid_utf8 || code == json_error_invalid_syntax) {
        dx_str better;
        DX_TRY(repaired(text, arena, &better, err));
        if (better.len && !dx_str_eq(better, text))
            *out = load(better, why);
    }
    return !*out && memory_failed ? dx_fail_nomem(err) : DX_OK;
}

/* ---- values ---- */

static dx_status put_scalar(const json_t *value, dx_clean_form form,
    dx_arena *arena, dx_str *out, dx_error *err)
{
    char number[40];
    int n = 0;

    *out = (dx_str){NULL, 0};
    if (json_is_string(value)) {
        dx_str s = {json_string_value(value), json_string_length(value)};
        return dx_clean_copy(s, form, arena, out, err);
    }
    if (json_is_integer(value))
        n = snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT,
            json_integer_value(value));
    else if (json_is_real(value))
        n = snprintf(number, sizeof number, "%.15g", json_real_value(value));
    else
        return DX_OK;
    out->ptr = dx_arena_strndup(arena, number, (size_t)n);
    if (!out->ptr)
        return dx_fail_nomem(err);
    out->len = (size_t)n;
    return DX_OK;
}

/* A scalar, or the "name" of an object such as {"@type": "Person", …}. */
static dx_status put_value(const json_t *value, dx_clean_form form,
    dx_arena *arena, dx_str *out, dx_error *err)
{
    if (json_is_object(value)) {
        const json_t *inner = json_object_get(value, "name");
        if (!inner)
            inner = json_object_get(value, "@id");
        value = inner;
    }
    return put_scalar(value, form, arena, out, err);
}

/* As put_value(), and the values of an array joined by `separator`. Absent
 * (empty *out) when there is nothing to make text of. */
static dx_status put_text(const json_t *value, dx_clean_form form,
    const char *separator, dx_arena *arena, dx_str *out, dx_error *err)
{
    if (!json_is_array(value))
        return put_value(value, form, arena, out, err);
    dx_buf joined;
    dx_status status = DX_OK;
    dx_buf_init(&joined, DX_INPUT_LINE_MAX_BYTES);
    for (size_t i = 0; i < json_array_size(value) && status == DX_OK; i++) {
        dx_str part;
        status = put_value(json_array_get(value, i), form, arena, &part, err);
        if (status == DX_OK && part.len) {
            if (joined.len)
                dx_buf_puts(&joined, separator);
            dx_buf_put_str(&joined, part);
        }
    }
    *out = (dx_str){NULL, 0};
    if (status == DX_OK && joined.status != DX_OK)
        status = dx_fail(err, joined.status, "a JSON array is too long");
    if (status == DX_OK && joined.len) {
        *out = (dx_str){(const char *)joined.data, joined.len};
        status = dx_clean_copy(*out, form, arena, out, err);
    }
    dx_buf_free(&joined);
    return status;
}

static int32_t date_of(const json_t *value)
{
    if (json_is_integer(value))
        return dx_date_from_number(json_integer_value(value));
    if (json_is_real(value) && json_real_value(value) > 0 &&
        json_real_value(value) < 1e15)
        return dx_date_from_number((int64_t)json_real_value(value));
    if (json_is_string(value))
        return dx_date_parse((dx_str){json_string_value(value),
            json_string_length(value)});
    return DX_DATE_NONE;
}

/* ---- an article ---- */

#define MAX_ALIASES 4

static const struct field {
    const char *names[MAX_ALIASES]; /* the first present and usable counts */
    size_t at;                      /* of the dx_str in dx_article */
    dx_clean_form form;
    const char *separator; /* of an array's values */
} fields[] = {
    {{"id"}, offsetof(dx_article, id), DX_CLEAN_LINE, " "},
    {{"title"}, offsetof(dx_article, title), DX_CLEAN_LINE, " "},
    {{"lead", "abstract", "sapo", "description"}, offsetof(dx_article, lead),
        DX_CLEAN_TEXT, "\n"},
    {{"body", "content", "text"}, offsetof(dx_article, body), DX_CLEAN_TEXT,
        "\n"},
    {{"source"}, offsetof(dx_article, source), DX_CLEAN_LINE, ", "},
    {{"author"}, offsetof(dx_article, author), DX_CLEAN_LINE, ", "},
    {{"category"}, offsetof(dx_article, category), DX_CLEAN_LINE, ", "},
    {{"url"}, offsetof(dx_article, url), DX_CLEAN_LINE, " "},
    {{"tags"}, offsetof(dx_article, tags), DX_CLEAN_LINE, ", "},
};
#define FIELDS (sizeof fields / sizeof *fields)

static const char *const date_names[] = {"date", "published", "pubdate"};
#define DATE_NAMES (sizeof date_names / sizeof *date_names)

/* Which key gave each field, so that all others go to `extra`. */
typedef struct used_keys {
    const char *names[FIELDS + 1];
} used_keys;

static dx_status take_field(const json_t *object, const struct field *f,
    dx_arena *arena, dx_article *out, const char **used, dx_error *err)
{
    dx_str value = {NULL, 0};

    for (size_t i = 0; i < MAX_ALIASES && f->names[i]; i++) {
        const json_t *json = json_object_get(object, f->names[i]);
        if (!json)
            continue;
        DX_TRY(put_text(json, f->form, f->separator, arena, &value, err));
        if (value.len) {
            *used = f->names[i];
            break;
        }
    }
    memcpy((char *)out + f->at, &value, sizeof value);
    return DX_OK;
}

static bool is_empty(const json_t *value)
{
    return json_is_null(value) ||
           (json_is_string(value) && json_string_length(value) == 0) ||
           (json_is_array(value) && json_array_size(value) == 0) ||
           (json_is_object(value) && json_object_size(value) == 0);
}

static bool is_used(const char *key, const used_keys *used)
{
    for (size_t i = 0; i < FIELDS + 1; i++)
        if (used->names[i] && strcmp(used->names[i], key) == 0)
            return true;
    return false;
}

static bool is_known(const char *key)
{
    for (size_t i = 0; i < FIELDS; i++)
        for (size_t k = 0; k < MAX_ALIASES && fields[i].names[k]; k++)
            if (strcmp(fields[i].names[k], key) == 0)
                return true;
    for (size_t i = 0; i < DATE_NAMES; i++)
        if (strcmp(date_names[i], key) == 0)
            return true;
    return false;
}

static int append(const char *bytes, size_t n, void *ctx)
{
    dx_buf *b = ctx;

    dx_buf_put(b, bytes, n);
    return b->status == DX_OK ? 0 : -1;
}

/* One "key":value of `extra`; left out when it would not fit. */
static dx_status put_member(dx_buf *b, const char *key, json_t *value)
{
    size_t before = b->len;
    json_t *one = json_object();

    if (!one || json_object_set_nocheck(one, key, value) != 0) {
        json_decref(one);
        return DX_ERR_NOMEM;
    }
    if (b->len > 1)
        b->data[b->len - 1] = ','; /* was the last member's brace */
    size_t brace = b->len;
    int rc = json_dump_callback(one, append, b, JSON_COMPACT);
    json_decref(one);
    if (rc == 0) {
        if (before > 1) {
            memmove(b->data + brace, b->data + brace + 1, b->len - brace - 1);
            b->len--;
        }
        return DX_OK;
    }
    dx_status status = b->status == DX_ERR_LIMIT ? DX_OK : DX_ERR_NOMEM;
    b->len = before;
    b->status = DX_OK;
    if (before > 1)
        b->data[before - 1] = '}';
    return status;
}

static dx_status take_extra(json_t *object, const used_keys *used,
    dx_arena *arena, dx_article *out, dx_error *err)
{
    dx_buf b;
    const char *key;
    json_t *value;
    dx_status status = DX_OK;

    dx_buf_init(&b, EXTRA_MAX_BYTES);
    json_object_foreach(object, key, value) {
        if (is_used(key, used) || (is_known(key) && is_empty(value)))
            continue;
        status = put_member(&b, key, value);
        if (status != DX_OK)
            break;
    }
    if (status == DX_OK && b.len) {
        char *text = dx_arena_strndup(arena, (const char *)b.data, b.len);
        if (text)
            out->extra = (dx_str){text, b.len};
        else
            status = DX_ERR_NOMEM;
    }
    dx_buf_free(&b);
    return status == DX_OK ? DX_OK : dx_fail_nomem(err);
}

/* Many exports put the lead at the head of the body as well; it counts once. */
static void drop_repeated_lead(dx_article *a)
{
    if (a->lead.len == 0 || a->body.len < a->lead.len ||
        memcmp(a->body.ptr, a->lead.ptr, a->lead.len) != 0)
        return;
    dx_str rest = dx_str_from_offset(a->body, a->lead.len);
    if (rest.len == 0)
        a->lead = rest;
    else if (rest.ptr[0] == '\n')
        a->body = dx_trim(rest);
}

static dx_status from_object(json_t *object, dx_str path, dx_arena *arena,
    dx_article *out, dx_error *err)
{
    used_keys used = {{NULL}};

    for (size_t i = 0; i < FIELDS; i++)
        DX_TRY(take_field(object, &fields[i], arena, out, &used.names[i],
            err));
    for (size_t i = 0; i < DATE_NAMES && out->date == DX_DATE_NONE; i++) {
        out->date = date_of(json_object_get(object, date_names[i]));
        if (out->date != DX_DATE_NONE)
            used.names[FIELDS] = date_names[i];
    }
    DX_TRY(take_extra(object, &used, arena, out, err));
    drop_repeated_lead(out);
    return dx_article_finish(out, path, arena, err);
}

dx_status dx_article_from_json(dx_str bytes, dx_str path, dx_arena *arena,
    dx_article *out, dx_error *err)
{
    json_error_t why;
    json_t *json;
    dx_str shown = dx_input_path_shown(path);

    *out = (dx_article){.date = DX_DATE_NONE};
    DX_TRY(parse(bytes, arena, &json, &why, err));
    if (!json)
        return dx_fail(err, DX_ERR_FORMAT, "%.*s: not valid JSON: %s (byte %d)",
            (int)shown.len, shown.ptr, why.text, why.position);
    dx_status status = json_is_object(json)
        ? from_object(json, path, arena, out, err)
        : dx_fail(err, DX_ERR_FORMAT,
              "%.*s: an article must be a JSON object {…}", (int)shown.len,
              shown.ptr);
    json_decref(json);
    return status;
}

/* ---- linked data ---- */

static bool type_ends_with(const json_t *node, const char *ending)
{
    const json_t *type = json_object_get(node, "@type");
    size_t n = strlen(ending);

    if (json_is_array(type))
        type = json_array_get(type, 0);
    size_t len = json_string_length(type);
    return json_is_string(type) && len >= n &&
           strcmp(json_string_value(type) + len - n, ending) == 0;
}

static dx_status take(const json_t *node, const char *key, dx_arena *arena,
    dx_str *field, dx_error *err)
{
    bool text = strcmp(key, "articleBody") == 0;

    if (field->len)
        return DX_OK;
    return put_text(json_object_get(node, key),
        text ? DX_CLEAN_TEXT : DX_CLEAN_LINE, text ? "\n" : ", ", arena, field,
        err);
}

static dx_status take_article(const json_t *node, dx_arena *arena,
    dx_jsonld *out, dx_error *err)
{
    DX_TRY(take(node, "headline", arena, &out->headline, err));
    DX_TRY(take(node, "name", arena, &out->headline, err));
    DX_TRY(take(node, "description", arena, &out->description, err));
    DX_TRY(take(node, "author", arena, &out->author, err));
    DX_TRY(take(node, "publisher", arena, &out->publisher, err));
    DX_TRY(take(node, "articleSection", arena, &out->section, err));
    DX_TRY(take(node, "keywords", arena, &out->keywords, err));
    DX_TRY(take(node, "url", arena, &out->url, err));
    DX_TRY(take(node, "mainEntityOfPage", arena, &out->url, err));
    DX_TRY(take(node, "articleBody", arena, &out->body, err));
    if (out->date == DX_DATE_NONE)
        out->date = date_of(json_object_get(node, "datePublished"));
    if (out->date == DX_DATE_NONE)
        out->date = date_of(json_object_get(node, "dateCreated"));
    return DX_OK;
}

static dx_status take_breadcrumb(const json_t *node, dx_arena *arena,
    dx_jsonld *out, dx_error *err)
{
    const json_t *list = json_object_get(node, "itemListElement");

    for (size_t i = 1; i < json_array_size(list); i++) {
        const json_t *page = json_array_get(list, i);
        dx_str name;
        DX_TRY(put_value(page, DX_CLEAN_LINE, arena, &name, err));
        if (!name.len)
            DX_TRY(put_value(json_object_get(page, "item"), DX_CLEAN_LINE,
                arena, &name, err));
        if (name.len && !dx_str_eq(name, out->headline))
            out->breadcrumb = name;
    }
    return DX_OK;
}

/* Articles are found at the top, in a list, in "@graph" or as the main thing
 * of a page; deeper there are only other articles. */
static dx_status walk(const json_t *node, int depth, dx_arena *arena,
    dx_jsonld *out, dx_error *err)
{
    if (depth > 4)
        return DX_OK;
    for (size_t i = 0; i < json_array_size(node); i++)
        DX_TRY(walk(json_array_get(node, i), depth + 1, arena, out, err));
    if (!json_is_object(node))
        return DX_OK;
    if (type_ends_with(node, "Article") || type_ends_with(node, "BlogPosting"))
        return take_article(node, arena, out, err);
    if (type_ends_with(node, "BreadcrumbList"))
        return take_breadcrumb(node, arena, out, err);
    DX_TRY(walk(json_object_get(node, "@graph"), depth + 1, arena, out, err));
    return walk(json_object_get(node, "mainEntity"), depth + 1, arena, out,
        err);
}

dx_status dx_jsonld_read(dx_str text, dx_arena *arena, dx_jsonld *out,
    dx_error *err)
{
    json_error_t why;
    json_t *json;

    DX_TRY(parse(text, arena, &json, &why, err));
    if (!json)
        return DX_OK;
    dx_status status = walk(json, 0, arena, out, err);
    json_decref(json);
    return status;
}
