/* Cutting a document at its parts, without parsing it. */
#include "indexer/input/json/parts.h"

#include "common/base/buf.h"
#include "common/index/field/input_name.h"
#include "indexer/input/json/members.h"
#include "indexer/input/json/prose.h"
#include "indexer/input/json/scan.h"

#define DEPTH_MAX 6
#define PART_MAX_BYTES (64u << 20)

/* What an object says of itself, as it stands in the text: strings without quotes. */
typedef struct names {
    dx_str id, title, number, docno;
    dx_str body; /* with its quotes; empty where it is no string */
} names;

typedef struct cutter {
    const dx_field_map *map;
    dx_str object;
    names document;
    uint64_t *number;
    unsigned parts;
    dx_record_each each;
    void *ctx;
    dx_buf text; /* of a part */
} cutter;

static bool is_string(dx_str value)
{
    return value.len > 2 && value.ptr[0] == '"';
}

static bool is_number_key(dx_str key)
{
    static const char *const keys[] = {"number", "so", "dieu", "label", "sodieu"};
    char folded[DX_INPUT_NAME_BYTES];
    size_t len = dx_input_name_fold(key, folded);

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (dx_str_eq((dx_str){folded, len}, dx_str_from(keys[i])))
            return true;
    return false;
}

static names names_of(dx_str object, const dx_field_map *map)
{
    names n = {0};
    dx_json_scan scan = dx_json_scan_start(object);

    while (dx_json_scan_next(&scan)) {
        unsigned which;
        dx_field field = dx_json_field_of(map, scan.key, &which);
        if (!is_string(scan.value))
            continue;
        dx_str value = {scan.value.ptr + 1, scan.value.len - 2};
        if (field == DX_FIELD_ID)
            n.id = value;
        else if (field == DX_FIELD_TITLE && n.title.len == 0)
            n.title = value;
        else if (field == DX_FIELD_DOCNO)
            n.docno = value;
        else if (field == DX_FIELD_BODY)
            n.body = scan.value;
        else if (is_number_key(scan.key))
            n.number = value;
    }
    return n;
}

/* Whether a member of the document holds for each of its parts. */
static bool holds_for_parts(const cutter *c, dx_str key, dx_str value)
{
    unsigned which;
    dx_field field = dx_json_field_of(c->map, key, &which);

    return field >= DX_TEXT_FIELDS && field != DX_FIELD_ID &&
           value.ptr[0] != '[' && !dx_json_is_of_parts(key);
}

static void put_title(cutter *c, const names *part)
{
    const names *whole = &c->document;
    dx_str of = whole->title.len ? whole->title
                : whole->docno.len ? whole->docno
                                   : whole->id;
    const char *before = "";

    dx_buf_puts(&c->text, "{\"title\":\"");
    if (part->number.len) {
        dx_buf_put_str(&c->text, part->number);
        before = ". ";
    }
    if (part->title.len) {
        dx_buf_puts(&c->text, before);
        dx_buf_put_str(&c->text, part->title);
        before = " – ";
    }
    if (of.len) {
        dx_buf_puts(&c->text, *before ? " – " : "");
        dx_buf_put_str(&c->text, of);
    }
    dx_buf_putc(&c->text, '"');
}

static void put_id(cutter *c, const names *part)
{
    dx_str own = part->id.len ? part->id : part->number;

    if (c->document.id.len == 0)
        return;
    dx_buf_puts(&c->text, ",\"id\":\"");
    dx_buf_put_str(&c->text, c->document.id);
    if (own.len) {
        dx_buf_putc(&c->text, '#');
        dx_buf_put_str(&c->text, own);
        dx_buf_putc(&c->text, '"');
    } else {
        dx_buf_printf(&c->text, "#%u\"", c->parts + 1);
    }
}

static void put_shared(cutter *c)
{
    dx_json_scan scan = dx_json_scan_start(c->object);

    while (dx_json_scan_next(&scan)) {
        if (!holds_for_parts(c, scan.key, scan.value))
            continue;
        dx_buf_puts(&c->text, ",\"");
        dx_buf_put_str(&c->text, scan.key);
        dx_buf_puts(&c->text, "\":");
        dx_buf_put_str(&c->text, scan.value);
    }
}

static dx_status put_part(cutter *c, const names *part, dx_error *err)
{
    dx_buf_clear(&c->text);
    put_title(c, part);
    put_id(c, part);
    put_shared(c);
    dx_buf_puts(&c->text, ",\"body\":");
    dx_buf_put_str(&c->text, part->body);
    dx_buf_putc(&c->text, '}');
    if (c->text.status != DX_OK)
        return dx_fail(err, c->text.status, "a part of more than %u MiB",
            PART_MAX_BYTES >> 20);
    c->parts++;
    dx_record record = {.bytes = {(const char *)c->text.data, c->text.len},
        .number = ++*c->number};
    return c->each(c->ctx, &record);
}

/* The objects with a text in the lists of `object`. */
static dx_status cut(cutter *c, dx_str object, int depth, dx_error *err)
{
    dx_json_scan scan = dx_json_scan_start(object);

    while (depth < DEPTH_MAX && dx_json_scan_next(&scan)) {
        bool is_list = scan.value.ptr[0] == '[';
        if (dx_json_is_of_others(scan.key))
            continue;
        if (scan.value.ptr[0] == '{' && scan.key.len == 0) {
            names part = names_of(scan.value, c->map);
            DX_TRY(part.body.len ? put_part(c, &part, err)
                                 : cut(c, scan.value, depth + 1, err));
        } else if (is_list || scan.value.ptr[0] == '{') {
            DX_TRY(cut(c, scan.value, depth + 1, err));
        }
    }
    return DX_OK;
}

dx_status dx_json_each_part(dx_str object, const dx_input_options *options,
    uint64_t *number, dx_record_each each, void *ctx, dx_error *err)
{
    cutter c = {.map = &options->map, .object = object, .number = number,
        .each = each, .ctx = ctx};
    dx_status rc = DX_OK;

    c.document = names_of(object, c.map);
    dx_buf_init(&c.text, PART_MAX_BYTES);
    if (c.document.body.len == 0)
        rc = cut(&c, object, 0, err);
    if (rc == DX_OK && c.parts == 0) {
        dx_record whole = {.bytes = object, .number = ++*number};
        rc = each(ctx, &whole);
    }
    dx_buf_free(&c.text);
    return rc;
}
