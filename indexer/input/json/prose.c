/* Headings and paragraphs of nested values. */
#include "indexer/input/json/prose.h"

#include "common/base/buf.h"
#include "common/index/field/input_name.h"
#include "indexer/input/html/fragment.h"

#define PROSE_MAX_BYTES (64u << 20)
#define LONG_WORDS 10u /* from here on a string is a sentence or more */

typedef struct writer {
    dx_buf *out;
    dx_arena *arena;
    dx_error *err;
} writer;

static bool is_one_of(dx_str name, const char *const *names, size_t count)
{
    char folded[DX_INPUT_NAME_BYTES];
    size_t len = dx_input_name_fold(name, folded);

    for (size_t i = 0; i < count; i++)
        if (dx_str_eq((dx_str){folded, len}, dx_str_from(names[i])))
            return true;
    return false;
}

#define IS_ONE_OF(name, names) \
    is_one_of(name, names, sizeof (names) / sizeof *(names))

/* Keys of what is no text in a block of an editor. */
static bool is_setting(dx_str key)
{
    static const char *const keys[] = {"type", "style", "class", "classname", "level",
        "align", "alignment", "lang", "alt", "slug", "key", "format", "font", "color",
        "target", "rel", "src", "file", "width", "height", "version", "caption",
        "embed", "attrs", "marks", "entitymap", "inlinestyleranges"};
    unsigned which;
    dx_field field = dx_field_of_input(key, &which);

    if (field != DX_FIELDS)
        return field >= DX_TEXT_FIELDS;
    return IS_ONE_OF(key, keys);
}

static unsigned count_words(dx_str s)
{
    unsigned words = 0;

    for (size_t i = 0; i < s.len; i++)
        words += (s.ptr[i] == ' ' || s.ptr[i] == '\n') && i > 0 &&
                 s.ptr[i - 1] != ' ' && s.ptr[i - 1] != '\n';
    return words + (s.len > 0);
}

/* One word is text under a key of text only. */
static bool is_text(dx_str key, dx_str text)
{
    unsigned which;

    return count_words(text) > 1 ||
           (key.len && dx_field_of_input(key, &which) < DX_TEXT_FIELDS);
}

/* Pieces of one paragraph, as editors keep them: {"type": "text", "text": "Xin "}, or
 * {"insert": "chào\n"}, whose line ends are its own. */
static bool is_piece(const dx_json_value *v, bool among_children)
{
    const dx_json_value *type = dx_json_get(v, "type");

    if (dx_json_get(v, "insert"))
        return true;
    if (!dx_json_is(dx_json_get(v, "text"), DX_JSON_STRING))
        return false;
    return dx_json_is(type, DX_JSON_STRING)
               ? dx_str_eq(type->text, DX_STR_LIT("text"))
               : among_children;
}

static void end_line(writer *w)
{
    if (w->out->len && w->out->data[w->out->len - 1] != '\n')
        dx_buf_putc(w->out, '\n');
}

static dx_status put_string(writer *w, dx_str raw)
{
    dx_str text;

    DX_TRY(dx_clean(raw, DX_CLEAN_TEXT, w->arena, &text, w->err));
    DX_TRY(dx_html_field_text(text, DX_CLEAN_TEXT, w->arena, &text, w->err));
    end_line(w);
    dx_buf_put_str(w->out, text);
    end_line(w);
    return DX_OK;
}

static void put_piece(writer *w, const dx_json_value *v)
{
    const dx_json_value *text = dx_json_get(v, "insert");

    text = text ? text : dx_json_get(v, "text");
    if (dx_json_is(text, DX_JSON_STRING))
        dx_buf_put_str(w->out, text->text);
}

/* The parser bounds the depth. */
static dx_status put_value(writer *w, dx_str key, const dx_json_value *v)
{
    bool pieces = false;

    if (v->type == DX_JSON_STRING)
        return is_text(key, v->text) ? put_string(w, v->text) : DX_OK;
    if (v->type != DX_JSON_ARRAY && v->type != DX_JSON_OBJECT)
        return DX_OK;
    bool children = dx_str_eq(key, DX_STR_LIT("children"));
    for (const dx_json_value *item = v->first; item; item = item->next) {
        bool piece = v->type == DX_JSON_ARRAY && is_piece(item, children);
        if (piece && !pieces)
            end_line(w);
        if (piece)
            put_piece(w, item);
        else if (v->type == DX_JSON_ARRAY)
            DX_TRY(put_value(w, key, item));
        else if (!is_setting(item->key))
            DX_TRY(put_value(w, item->key, item));
        pieces = piece;
    }
    if (pieces)
        end_line(w);
    return DX_OK;
}

dx_status dx_json_prose(const dx_json_value *value, dx_arena *arena, dx_str *out,
    dx_error *err)
{
    dx_buf b;
    writer w = {&b, arena, err};

    *out = (dx_str){NULL, 0};
    dx_buf_init(&b, PROSE_MAX_BYTES);
    dx_status rc = put_value(&w, value->key, value);
    if (rc == DX_OK && b.status != DX_OK)
        rc = dx_fail(err, b.status, "a text of more than %u MiB",
            PROSE_MAX_BYTES >> 20);
    if (rc == DX_OK && b.len)
        rc = dx_clean_copy((dx_str){(const char *)b.data, b.len}, DX_CLEAN_TEXT,
            arena, out, err);
    dx_buf_free(&b);
    return rc;
}

/* ---- whether it is text ---- */

typedef struct weight {
    size_t bytes, long_bytes; /* of all strings, and of long ones */
} weight;

static void weigh(const dx_json_value *v, weight *w)
{
    if (v->type == DX_JSON_STRING) {
        w->bytes += v->text.len;
        if (count_words(v->text) >= LONG_WORDS)
            w->long_bytes += v->text.len;
    }
    for (const dx_json_value *item = v->first; item; item = item->next)
        weigh(item, w);
}

bool dx_json_is_of_parts(dx_str key)
{
    static const char *const names[] = {"chapters", "chapter", "sections", "parts",
        "chuong", "cacchuong", "dieu", "cacdieu", "dieukhoan", "muc", "phan", "khoan",
        "blocks", "paragraphs", "children", "clauses", "phuluc", "doan", "cacdoan"};

    return IS_ONE_OF(key, names);
}

bool dx_json_is_of_others(dx_str key)
{
    static const char *const names[] = {"related", "relatedarticles", "relatedposts",
        "relatednews", "recommended", "comments", "comment", "tinlienquan",
        "bailienquan", "binhluan", "tinkhac"};

    return IS_ONE_OF(key, names);
}

bool dx_json_is_prose(const dx_json_value *member)
{
    static const char *const others[] = {"ghichu", "note", "history", "error",
        "message", "meta", "schema"};
    weight w = {0, 0};

    if (dx_json_is_of_others(member->key) || IS_ONE_OF(member->key, others))
        return false;
    if (dx_json_is_of_parts(member->key))
        return true;
    weigh(member, &w);
    return w.long_bytes * 2 > w.bytes;
}
