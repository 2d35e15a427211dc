/* Telling a list of records from a record in parts. */
#include "indexer/input/json/outline.h"

#include <stdint.h>
#include <string.h>

#include "indexer/input/chars/chars.h"
#include "indexer/input/json/members.h"
#include "indexer/input/json/prose.h"
#include "indexer/input/json/scan.h"

#define DEPTH_MAX 5      /* of objects around a list */
#define ITEMS_LOOKED_AT 3

typedef struct outline {
    uint64_t fields;   /* that members name: bits */
    bool title, body;  /* by names that mean one, and with such a value */
    bool has_lists;    /* of objects */
    bool is_part;      /* a chapter, an article of a law */
    dx_str list;       /* the largest, here or within objects */
    bool of_objects;   /* it is one of objects */
    bool of_parts;     /* by its name */
    bool has_rows;     /* a list of lists, here or within objects: a table */
} outline;

#define HAS(o, f) ((o)->fields >> DX_FIELD_##f & 1)

/* Chương II, Điều 3, Mục 1, Article 5: the heading of a part. */
static bool names_a_part(dx_str value)
{
    static const char *const words[] = {"điều ", "chương ", "mục ", "phần ", "khoản ",
        "article ", "chapter ", "section "};

    value = dx_str_from_offset(value, value.len > 0); /* the quotation mark */
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (dx_starts_with(value, words[i]))
            return true;
    return false;
}

static char first_char(dx_str list)
{
    const char *p = dx_json_skip_blanks(list.ptr + 1, dx_str_end(list));

    return p < dx_str_end(list) ? *p : '\0';
}

static bool is_string(dx_str value)
{
    return value.len > 2 && value.ptr[0] == '"';
}

/* {"-Nx01": {…}, "-Nx02": {…}}: a list whose items are named by their ids, each of which
 * has a digit, as no field's name has. */
static bool is_list_by_id(dx_str object)
{
    dx_json_scan scan = dx_json_scan_start(object);
    int items = 0;

    while (dx_json_scan_next(&scan)) {
        bool has_digit = false;
        for (size_t i = 0; i < scan.key.len; i++)
            has_digit |= dx_is_digit(scan.key.ptr[i]);
        if (!has_digit || scan.value.ptr[0] != '{')
            return false;
        items++;
    }
    return items > 1;
}

static void add_list(outline *o, dx_str key, dx_str list)
{
    bool of_objects = first_char(list) == '{' || list.ptr[0] == '{';

    o->has_lists |= of_objects;
    o->has_rows |= first_char(list) == '[';
    if (list.len <= o->list.len || dx_json_is_of_others(key))
        return;
    o->list = list;
    o->of_objects = of_objects;
    o->of_parts = dx_json_is_of_parts(key);
}

static outline outline_of(dx_str object, const dx_field_map *map, int depth);

/* What an object within the object has: the largest list; and an envelope's fields,
 * which are the article's. */
static void add_object(outline *o, dx_str value, bool may_be_envelope,
    const dx_field_map *map, int depth)
{
    if (depth == DEPTH_MAX)
        return;
    outline inner = outline_of(value, map, depth + 1);
    o->has_rows |= inner.has_rows;
    if (inner.list.len > o->list.len) {
        o->list = inner.list;
        o->of_objects = inner.of_objects;
        o->of_parts = inner.of_parts;
    }
    if (may_be_envelope && (inner.title || inner.body) && !o->title) {
        o->fields |= inner.fields;
        o->title = inner.title;
        o->body |= inner.body;
    }
}

static void add_field(outline *o, dx_field field, unsigned which, dx_str value,
    bool is_envelope)
{
    bool is_object = value.len && value.ptr[0] == '{';

    if (dx_str_eq(value, DX_STR_LIT("null")))
        return;
    o->fields |= (uint64_t)1 << field;
    if (field == DX_FIELD_TITLE && !dx_json_is_weak_title(which))
        o->title |= is_string(value) || is_object;
    if (field == DX_FIELD_BODY)
        o->body |= is_string(value) || (is_object && !is_envelope);
}

static outline outline_of(dx_str object, const dx_field_map *map, int depth)
{
    outline o = {0};
    dx_json_scan scan = dx_json_scan_start(object);

    while (dx_json_scan_next(&scan)) {
        unsigned which = 0;
        dx_field field = dx_json_field_of(map, scan.key, &which);
        bool source = dx_str_eq(scan.key, DX_STR_LIT("_source"));
        bool is_object = scan.value.ptr[0] == '{';
        bool is_envelope = source || (field == DX_FIELD_BODY && is_object &&
                                         depth < DEPTH_MAX &&
                                         outline_of(scan.value, map, depth + 1).title);
        if (field != DX_FIELDS)
            add_field(&o, field, which, scan.value, is_envelope);
        if (is_string(scan.value))
            o.is_part |= names_a_part(scan.value);
        else if (scan.value.ptr[0] == '[' || (is_object && is_list_by_id(scan.value)))
            add_list(&o, scan.key, scan.value);
        else if (is_object && (field == DX_FIELDS || is_envelope))
            add_object(&o, scan.value, depth > 0 || is_envelope, map, depth);
    }
    return o;
}

/* Whether the first objects of a list are articles: a title and what an article has
 * beside it, or a text. */
static bool holds_articles(const outline *o, const dx_field_map *map)
{
    dx_json_scan scan = dx_json_scan_start(o->list);
    int looked_at = 0, articles = 0;

    while (looked_at < ITEMS_LOOKED_AT && dx_json_scan_next(&scan)) {
        outline item = outline_of(scan.value, map, 1);
        bool titled = HAS(&item, TITLE) && (HAS(&item, LEAD) || HAS(&item, DATE) ||
                                               HAS(&item, URL) || item.body);
        titled |= item.title && (HAS(&item, ID) || HAS(&item, DOCNO));
        looked_at++;
        articles += (titled || (item.body && HAS(&item, ID))) && !item.is_part;
    }
    return articles > 0;
}

static bool holds_parts(const outline *o, const dx_field_map *map)
{
    dx_json_scan scan = dx_json_scan_start(o->list);

    if (o->of_parts || !dx_json_scan_next(&scan))
        return o->of_parts;
    outline item = outline_of(scan.value, map, 1);
    return item.has_lists || item.is_part;
}

dx_str dx_json_list_of_records(dx_str object, const dx_field_map *map)
{
    const dx_str none = {NULL, 0};
    outline o = {0};

    if (is_list_by_id(object)) {
        o.list = object;
        return holds_articles(&o, map) ? object : none;
    }
    o = outline_of(object, map, 0);

    if (o.body || !o.of_objects)
        return none;
    if (!o.of_parts && holds_articles(&o, map))
        return o.list;
    if (o.title || o.has_rows || (HAS(&o, ID) && HAS(&o, URL)) || holds_parts(&o, map))
        return none;
    return o.list;
}

/* ---- tables ---- */

dx_str dx_json_column_name(dx_str item)
{
    static const char *const keys[] = {"id", "name", "field", "column"};
    dx_json_scan scan;

    if (item.len >= 2 && item.ptr[0] == '"')
        return (dx_str){item.ptr + 1, item.len - 2};
    if (item.len == 0 || item.ptr[0] != '{')
        return (dx_str){NULL, 0};
    scan = dx_json_scan_start(item);
    while (dx_json_scan_next(&scan))
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            if (is_string(scan.value) && dx_equals(scan.key, keys[i]))
                return (dx_str){scan.value.ptr + 1, scan.value.len - 2};
    return (dx_str){NULL, 0};
}

static bool names_columns_of_articles(dx_str names, const dx_field_map *map)
{
    dx_json_scan scan = dx_json_scan_start(names);
    bool title = false, text = false;
    unsigned which;

    while (dx_json_scan_next(&scan)) {
        dx_field field = dx_json_field_of(map, dx_json_column_name(scan.value), &which);
        title |= field == DX_FIELD_TITLE && !dx_json_is_weak_title(which);
        text |= field == DX_FIELD_BODY || field == DX_FIELD_LEAD;
    }
    return title && text;
}

static bool find_rows(dx_str object, const dx_field_map *map, int depth,
    dx_json_rows *out)
{
    dx_json_scan scan = dx_json_scan_start(object);
    dx_json_rows here = {0};

    while (dx_json_scan_next(&scan)) {
        char c = scan.value.ptr[0];
        if (c == '{' && depth < DEPTH_MAX && find_rows(scan.value, map, depth + 1, out))
            return true;
        if (c == '[' && first_char(scan.value) == '[')
            here.rows = scan.value;
        else if (c == '[' && !here.names.len &&
                 names_columns_of_articles(scan.value, map))
            here.names = scan.value;
    }
    *out = here;
    return here.rows.len && here.names.len;
}

bool dx_json_find_rows(dx_str object, const dx_field_map *map, dx_json_rows *out)
{
    outline o = outline_of(object, map, 0);

    return o.has_rows && !o.body && find_rows(object, map, 0, out);
}
