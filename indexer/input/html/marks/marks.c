/* Fields and body of a page, from where its makers or an operator say they are.
 */
#include "indexer/input/html/marks/marks.h"

#include <stdio.h>
#include <string.h>

#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/clean.h"
#include "indexer/input/chars/date.h"
#include "indexer/input/field_map.h"

/* Whether the page has marks of its own: hardly any has. */
static bool has_marks(const dx_dom *dom)
{
    for (uint32_t i = 0; i < dom->count; i++)
        for (uint32_t k = 0; k < dom->nodes[i].attr_count; k++)
            if (strncmp(dom->nodes[i].attrs[k].name, "data-dx-", 8) == 0)
                return true;
    return false;
}

/* ---- what is ignored ---- */

/* Nothing is found in it any more, by text or by name. */
static void blank(dx_dom *dom, uint32_t i)
{
    for (uint32_t k = i; k < dom->nodes[i].end; k++) {
        dx_dom_node *node = &dom->nodes[k];
        node->text = (dx_str){NULL, 0};
        node->attr_count = 0;
        node->tag = "";
        if (node->kind != DX_DOM_TEXT)
            node->kind = DX_DOM_SKIP;
    }
}

static void blank_all(dx_dom *dom, const char *css)
{
    for (uint32_t i = 0;
         (i = dx_dom_find(dom, css, i, dom->count)) != DX_DOM_NONE;
         i = dom->nodes[i].end)
        blank(dom, i);
}

/* ---- the body ---- */

/* Marks those that match in `chosen`, and returns how many there are. */
static uint32_t choose(const dx_dom *dom, const char *css, bool *chosen)
{
    uint32_t found = 0;

    for (uint32_t i = 0;
         (i = dx_dom_find(dom, css, i, dom->count)) != DX_DOM_NONE; i++) {
        chosen[i] = true;
        found++;
    }
    return found;
}

/* A dom of the chosen elements below one root, which have no names any more: as
 * parts of the body they are no menus. */
static dx_status copy_chosen(const dx_dom *dom, const bool *chosen,
    dx_arena *arena, dx_dom *out, dx_error *err)
{
    uint32_t count = 1;

    out->nodes = dx_arena_calloc(arena, dom->count + 1, sizeof *out->nodes);
    if (!out->nodes)
        return dx_fail_nomem(err);
    for (uint32_t i = 0; i < dom->count;) {
        uint32_t end = dom->nodes[i].end, shift = count - i;
        if (!chosen[i]) {
            i++;
            continue;
        }
        for (uint32_t k = i; k < end; k++) {
            dx_dom_node *node = &out->nodes[count++];
            *node = dom->nodes[k];
            node->end += shift;
            node->parent = k == i ? 0 : node->parent + shift;
        }
        out->nodes[i + shift].tag = "div";
        out->nodes[i + shift].kind = DX_DOM_BLOCK;
        out->nodes[i + shift].attr_count = 0;
        i = end;
    }
    out->nodes[0] = (dx_dom_node){.tag = "body",
        .kind = DX_DOM_BLOCK,
        .parent = DX_DOM_NONE,
        .end = count};
    out->count = count;
    dx_dom_note_names(out);
    return DX_OK;
}

dx_status dx_html_marks_find(dx_dom *dom, const dx_site_selectors *site,
    dx_arena *arena, dx_html_marks *out, dx_error *err)
{
    static const char *const own[] = {"[data-dx-body]", "[data-dx-field=body]"};
    const dx_selector *s, *first = site ? site->first : NULL;
    uint32_t found = 0;

    *out = (dx_html_marks){
        .site = site, .from = "selectors", .has_own = has_marks(dom)};
    if (!site && !out->has_own)
        return DX_OK;
    bool *chosen = dx_arena_calloc(arena, dom->count, sizeof *chosen);
    if (!chosen)
        return dx_fail_nomem(err);
    blank_all(dom, "[data-dx-ignore]");
    for (s = first; s; s = s->next)
        if (s->field == DX_FIELDS)
            blank_all(dom, s->css);
    for (s = first; s; s = s->next)
        if (s->field == DX_FIELD_BODY)
            found += choose(dom, s->css, chosen);
    for (size_t i = 0; found == 0 && i < sizeof own / sizeof *own; i++) {
        found = choose(dom, own[i], chosen);
        out->from = "data-dx-body";
    }
    return found ? copy_chosen(dom, chosen, arena, &out->body, err) : DX_OK;
}

/* ---- fields ---- */

static dx_status set_day(dx_field field, dx_str text, dx_arena *arena,
    dx_article *a, bool *set, dx_error *err)
{
    dx_date_reading read = dx_date_read(text);
    char iso[DX_CIVIL_BYTES];

    if (read.day == DX_DATE_UNKNOWN)
        return DX_OK;
    *set = true;
    if (field != DX_FIELD_DATE) {
        size_t n = dx_civil_put(read.day, iso);
        return dx_clean_copy((dx_str){iso, n}, DX_CLEAN_LINE, arena,
            &a->at[field], err);
    }
    a->date = read.day;
    a->other_date = read.other;
    a->date_order = read.order;
    return DX_OK;
}

/* Sets *set where the text is of use to the field. */
static dx_status set_field(dx_field field, dx_str text, dx_arena *arena,
    dx_article *a, bool *set, dx_error *err)
{
    uint8_t kind = dx_fields[field].kind;

    if (kind == DX_KIND_DAY || kind == DX_KIND_DATE)
        return set_day(field, text, arena, a, set, err);
    if (text.len == 0 || kind > DX_KIND_LIST)
        return DX_OK;
    *set = true;
    return dx_clean_copy(text, DX_CLEAN_LINE, arena, &a->at[field], err);
}

/* Attributes may say it better than the text. */
static dx_status value_of(const dx_dom *dom, uint32_t i, dx_arena *arena,
    dx_str *out, dx_error *err)
{
    static const char *const attrs[] = {"content", "datetime"};

    for (size_t k = 0; k < sizeof attrs / sizeof *attrs; k++) {
        *out = dx_str_from(dx_dom_attr_of(&dom->nodes[i], attrs[k]));
        if (out->len)
            return DX_OK;
    }
    return dx_dom_line(dom, i, arena, out, err);
}

/* From the first match that has something for it. */
static dx_status take(const dx_dom *dom, dx_field field, const char *css,
    const char *from, dx_arena *arena, dx_article *a, dx_error *err)
{
    bool set = false;

    for (uint32_t i = 0;
         !set && (i = dx_dom_find(dom, css, i, dom->count)) != DX_DOM_NONE;
         i++) {
        dx_str text;
        DX_TRY(value_of(dom, i, arena, &text, err));
        DX_TRY(set_field(field, text, arena, a, &set, err));
    }
    if (set)
        a->from.field[field] = from;
    return DX_OK;
}

dx_status dx_html_marks_fields(dx_html_marks *marks, const dx_dom *dom,
    dx_arena *arena, dx_article *a, dx_error *err)
{
    bool taken[DX_FIELDS] = {false};
    char css[64];

    for (const dx_selector *s = marks->site ? marks->site->first : NULL; s;
         s = s->next) {
        if (s->field == DX_FIELDS || s->field == DX_FIELD_BODY ||
            taken[s->field])
            continue;
        a->from.field[s->field] = NULL;
        DX_TRY(take(dom, s->field, s->css, "selectors", arena, a, err));
        taken[s->field] = a->from.field[s->field] != NULL;
    }
    for (unsigned f = 0; marks->has_own && f < DX_FIELDS; f++) {
        if (f == DX_FIELD_BODY || taken[f] || !dx_field_is_input((dx_field)f))
            continue;
        snprintf(css, sizeof css, "[data-dx-field=%s]", dx_fields[f].name);
        if (dx_dom_find(dom, css, 0, dom->count) == DX_DOM_NONE)
            continue;
        DX_TRY(take(dom, (dx_field)f, css, "data-dx-field", arena, a, err));
        taken[f] = true;
    }
    marks->has_title = taken[DX_FIELD_TITLE];
    return DX_OK;
}
