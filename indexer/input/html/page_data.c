/* A page's article from the data that its script would show. */
#include "indexer/input/html/page_data.h"

#include <string.h>

#include "indexer/input/chars/date.h"
#include "indexer/input/finish.h"
#include "indexer/input/html/facts/names.h"
#include "indexer/input/html/state.h"
#include "indexer/input/html/devalue.h"
#include "indexer/input/json/json.h"
#include "indexer/input/json/members.h"
#include "indexer/input/json/prose.h"

#define DEPTH_MAX 24

typedef struct search {
    const dx_input_options *options;
    dx_arena *arena;
    dx_article *out;
    dx_error *err;
} search;

static bool has_title(const search *s, const dx_json_value *object)
{
    unsigned which;

    for (const dx_json_value *v = object->first; v; v = v->next)
        if (v->type == DX_JSON_STRING &&
            dx_json_field_of(&s->options->map, v->key, &which) == DX_FIELD_TITLE &&
            dx_names_equal(v->text, s->out->title))
            return true;
    return false;
}

static dx_status read_object(const search *s, const dx_json_value *object)
{
    dx_article data = {.date = DX_DATE_UNKNOWN, .other_date = DX_DATE_UNKNOWN};

    DX_TRY(dx_article_from_object(object, s->options, s->arena, &data, s->err));
    if (data.body.len == 0 || data.left_out)
        return DX_OK;
    /* The page is known by its own address; the data are as a program needs them. */
    data.id = data.url = data.extra = (dx_str){NULL, 0};
    dx_article_take_absent(s->out, &data);
    return DX_OK;
}

static dx_status walk(const search *s, const dx_json_value *value, int depth)
{
    if (depth == DEPTH_MAX || s->out->body.len)
        return DX_OK;
    if (value->type == DX_JSON_OBJECT && has_title(s, value))
        DX_TRY(read_object(s, value));
    for (const dx_json_value *v = value->first; v && !s->out->body.len; v = v->next)
        if (!dx_json_is_of_others(v->key))
            DX_TRY(walk(s, v, depth + 1));
    return DX_OK;
}

static dx_status read_json(search *s, dx_str text, bool is_devalue)
{
    const dx_json_value *json;
    dx_error why = {0};
    dx_status rc = dx_json_parse(text, s->arena, &json, &why);

    if (rc == DX_ERR_NOMEM)
        return dx_fail_nomem(s->err);
    if (rc != DX_OK)
        return DX_OK;
    if (is_devalue)
        DX_TRY(dx_devalue(json, s->arena, &json, s->err));
    return json ? walk(s, json, 0) : DX_OK;
}

dx_status dx_html_page_data(const dx_dom *dom, const dx_input_options *options,
    dx_arena *arena, dx_article *out, dx_error *err)
{
    search s = {options, arena, out, err};

    for (uint32_t i = 0; (i = dx_dom_find(dom, "script", i, dom->count)) != DX_DOM_NONE &&
                         !out->body.len; i++) {
        const dx_dom_node *script = &dom->nodes[i];
        const char *type = dx_dom_attr_of(script, "type");
        const char *id = dx_dom_attr_of(script, "id");
        if (i + 1 >= script->end)
            continue;
        bool is_json = type && strcmp(type, "application/json") == 0;
        dx_str text = dom->nodes[i + 1].text;
        if (!is_json)
            text = dx_html_state_in(text);
        if (text.len)
            DX_TRY(read_json(&s, text, id && strcmp(id, "__NUXT_DATA__") == 0));
    }
    return DX_OK;
}
