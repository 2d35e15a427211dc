/* Reading templates, and writing them out. */
#include "searcher/output/html/template/template.h"

#include <string.h>
#include <strings.h>

#include "common/base/escape.h"
#include "common/base/mem.h"
#include "searcher/output/html/template/context.h"
#include "searcher/output/html/texts.h"

#define DEPTH_MAX 8u
#define OPS_MAX 4096u

/* ---- reading ---- */

typedef struct condition {
    uint32_t op; /* that to be told where to go on */
    bool has_else;
    unsigned line;
    dx_context context;
} condition;

typedef struct reader {
    dx_template_id part;
    const char *p, *end;
    unsigned line;
    bool at_start; /* of a line */
    bool after_condition; /* an end of the line right there says nothing */
    dx_context context;
    dx_buf text; /* owned */
    dx_op *ops;  /* owned */
    size_t count, cap;
    condition open[DEPTH_MAX];
    unsigned depth;
    dx_error *err;
} reader;

static dx_status fail(const reader *r, const char *what, dx_str name)
{
    return dx_fail(r->err, DX_ERR_INVALID, "%u: %s%s%.*s", r->line, what,
        name.len ? ": " : "", (int)(name.len > 60 ? 60 : name.len),
        name.len ? name.ptr : "");
}

static dx_status add(reader *r, dx_op_kind kind, size_t at, size_t length)
{
    void *p = r->ops;

    if (r->count == OPS_MAX)
        return fail(r, "too long", (dx_str){0});
    if (dx_grow(&p, &r->cap, r->count + 1, sizeof *r->ops) != 0)
        return dx_fail_nomem(r->err);
    r->ops = p;
    r->ops[r->count++] =
        (dx_op){(uint32_t)kind, (uint32_t)at, (uint32_t)length};
    return DX_OK;
}

/* Lines without their indents: nobody sees these on a page. */
static dx_status add_literal(reader *r, dx_str literal)
{
    size_t from = r->text.len;

    r->at_start |= r->after_condition && literal.len && *literal.ptr == '\n';
    r->after_condition = false;

    for (size_t i = 0; i < literal.len; i++) {
        char c = literal.ptr[i];
        r->line += c == '\n';
        if (r->at_start && (c == ' ' || c == '\t' || c == '\r' || c == '\n'))
            continue;
        dx_buf_putc(&r->text, c);
        r->at_start = c == '\n';
    }
    if (r->text.status != DX_OK)
        return dx_fail_nomem(r->err);
    if (r->text.len == from) /* there may be no text yet to point into */
        return DX_OK;
    dx_str kept = {(const char *)r->text.data + from, r->text.len - from};
    dx_context_read(&r->context, kept);
    return add(r, DX_OP_LITERAL, from, kept.len);
}

static void pass_value(reader *r)
{
    dx_context_pass(&r->context);
    r->at_start = false;
}

static dx_status add_message(reader *r, dx_str name)
{
    dx_text_id id = dx_text_named((dx_str){name.ptr + 5, name.len - 5});
    dx_place place = dx_context_place(&r->context);

    if (id == DX_TEXTS)
        return fail(r, "there is no such text", name);
    if (place != DX_PLACE_TEXT && place != DX_PLACE_ATTRIBUTE)
        return fail(r, "no text may stand here", name);
    pass_value(r);
    return add(r, DX_OP_MESSAGE, id, 0);
}

static dx_status find_slot(const reader *r, dx_str name, dx_slot *slot)
{
    *slot = dx_slot_named(name);
    if (*slot == DX_SLOTS)
        return fail(r, "unknown name", name);
    if (!dx_slot_is_for(*slot, r->part))
        return fail(r, "not known in this part", name);
    return DX_OK;
}

static dx_status add_value(reader *r, dx_str name)
{
    static const dx_op_kind kinds[] = {[DX_PLACE_TEXT] = DX_OP_TEXT,
        [DX_PLACE_ATTRIBUTE] = DX_OP_TEXT, [DX_PLACE_ADDRESS] = DX_OP_ADDRESS,
        [DX_PLACE_PARAMETER] = DX_OP_PARAMETER};
    dx_place place = dx_context_place(&r->context);
    dx_slot slot;

    DX_TRY(find_slot(r, name, &slot));
    if (place == DX_PLACE_TAG || place == DX_PLACE_CLOSED)
        return fail(r, "no value may stand here: only in text and in quoted "
                       "attributes", name);
    if (slot < DX_HTML_SLOTS && place != DX_PLACE_TEXT)
        return fail(r, "is HTML, which stands between tags only", name);
    pass_value(r);
    return add(r, slot < DX_HTML_SLOTS ? DX_OP_HTML : kinds[place], slot, 0);
}

static dx_status open_condition(reader *r, dx_str name)
{
    dx_slot slot;

    DX_TRY(find_slot(r, name, &slot));
    if (r->depth == DEPTH_MAX)
        return fail(r, "conditions within conditions: too many", (dx_str){0});
    if (dx_context_place(&r->context) == DX_PLACE_CLOSED)
        return fail(r, "no condition may stand here", name);
    r->open[r->depth++] = (condition){.op = (uint32_t)r->count,
        .line = r->line, .context = r->context};
    return add(r, DX_OP_UNLESS, 0, slot);
}

static dx_status end_branch(reader *r, bool is_else)
{
    condition *c = r->depth ? &r->open[r->depth - 1] : NULL;

    if (!c || (is_else && c->has_else))
        return fail(r, is_else ? "{{else}} without {{#if}}"
                               : "{{/if}} without {{#if}}", (dx_str){0});
    if (!dx_context_eq(&r->context, &c->context))
        return fail(r, "a condition must end where it began: in the same text, "
                       "tag or attribute", (dx_str){0});
    if (is_else)
        DX_TRY(add(r, DX_OP_JUMP, 0, 0));
    r->ops[c->op].at = (uint32_t)r->count;
    if (is_else) {
        c->op = (uint32_t)r->count - 1;
        c->has_else = true;
    } else {
        r->depth--;
    }
    return DX_OK;
}

static dx_status read_tag(reader *r, dx_str tag)
{
    bool is_value = tag.len && !strchr("!#/", *tag.ptr) &&
                    !dx_str_eq(tag, DX_STR_LIT("else"));

    r->after_condition = !is_value;
    if (tag.len && *tag.ptr == '!')
        return DX_OK;
    if (tag.len > 3 && memcmp(tag.ptr, "#if", 3) == 0)
        return open_condition(r,
            dx_str_trim((dx_str){tag.ptr + 3, tag.len - 3}));
    if (dx_str_eq(tag, DX_STR_LIT("else")) || dx_str_eq(tag, DX_STR_LIT("/if")))
        return end_branch(r, *tag.ptr == 'e');
    if (tag.len > 5 && memcmp(tag.ptr, "text.", 5) == 0)
        return add_message(r, tag);
    return add_value(r, tag);
}

static dx_status read_all(reader *r)
{
    while (r->p < r->end) {
        const char *tag = memmem(r->p, (size_t)(r->end - r->p), "{{", 2);
        DX_TRY(add_literal(r,
            (dx_str){r->p, (size_t)((tag ? tag : r->end) - r->p)}));
        if (!tag)
            break;
        const char *close = memmem(tag, (size_t)(r->end - tag), "}}", 2);
        if (!close)
            return fail(r, "{{ without }}", (dx_str){0});
        DX_TRY(read_tag(r,
            dx_str_trim((dx_str){tag + 2, (size_t)(close - tag - 2)})));
        for (; tag < close; tag++)
            r->line += *tag == '\n';
        r->p = close + 2;
    }
    if (r->depth > 0) {
        r->line = r->open[r->depth - 1].line;
        return fail(r, "{{#if}} without {{/if}}", (dx_str){0});
    }
    return DX_OK;
}

dx_status dx_template_read(dx_template_id part, dx_str text, dx_template *out,
    dx_error *err)
{
    reader r = {.part = part, .p = text.ptr, .end = dx_str_end(text),
        .line = 1, .at_start = true, .err = err};

    *out = (dx_template){0};
    dx_context_init(&r.context);
    dx_buf_init(&r.text, DX_TEMPLATE_BYTES_MAX);
    dx_status rc = text.len > DX_TEMPLATE_BYTES_MAX
                       ? fail(&r, "too long", (dx_str){0})
                       : read_all(&r);
    if (rc != DX_OK) {
        dx_buf_free(&r.text);
        dx_free(r.ops);
        return rc;
    }
    *out = (dx_template){(const char *)r.text.data, r.ops, (uint32_t)r.count};
    return DX_OK;
}

void dx_template_free(dx_template *t)
{
    dx_free((void *)(uintptr_t)t->text);
    dx_free((void *)(uintptr_t)t->ops);
    *t = (dx_template){0};
}

/* ---- writing ---- */

bool dx_address_is_safe(dx_str address)
{
    const char *end = dx_str_end(address);
    bool is_web = address.len > 8 &&
                  (strncasecmp(address.ptr, "https://", 8) == 0 ||
                      strncasecmp(address.ptr, "http://", 7) == 0);

    for (const char *p = address.ptr; p < end && !strchr("/?#", *p); p++)
        if (*p == ':' || *p == '\\' || (unsigned char)*p <= ' ')
            return is_web;
    return address.len < 2 || address.ptr[0] != '/' ||
           (address.ptr[1] != '/' && address.ptr[1] != '\\');
}

static void put_address(dx_buf *out, dx_str address)
{
    if (dx_address_is_safe(address))
        dx_html_put_url(out, address.ptr ? address.ptr : "");
}

static void put_piece(dx_buf *out, const dx_buf *piece)
{
    dx_buf_latch(out, piece);
    dx_buf_put(out, piece->data, piece->len);
}

void dx_template_put(const dx_template *t, const dx_values *values,
    dx_language language, dx_buf *out)
{
    for (uint32_t i = 0; i < t->count; i++) {
        const dx_op *op = &t->ops[i];
        switch ((dx_op_kind)op->kind) {
        case DX_OP_LITERAL:
            dx_buf_put(out, t->text + op->at, op->length);
            break;
        case DX_OP_HTML:
            put_piece(out, &values->html[op->at]);
            break;
        case DX_OP_TEXT:
            dx_html_put_str(out, dx_values_text(values, (dx_slot)op->at));
            break;
        case DX_OP_ADDRESS:
            put_address(out, dx_values_text(values, (dx_slot)op->at));
            break;
        case DX_OP_PARAMETER:
            dx_url_put_parameter(out, dx_values_text(values, (dx_slot)op->at).ptr);
            break;
        case DX_OP_MESSAGE:
            dx_html_put(out, dx_text(language, (dx_text_id)op->at));
            break;
        case DX_OP_UNLESS:
            if (!dx_values_has(values, (dx_slot)op->length))
                i = op->at - 1;
            break;
        case DX_OP_JUMP:
            i = op->at - 1;
            break;
        }
    }
}
