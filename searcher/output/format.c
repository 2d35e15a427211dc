/* The order in which a format is given an answer's parts. */
#include "searcher/output/format.h"

#include <string.h>

#include "common/index/field/article_id.h"

bool dx_view_wants(const dx_view *view, const char *name)
{
    const char *p = view->fields;
    size_t len = strlen(name);

    if (!p || !*p)
        return true;
    while (*p) {
        size_t n = strcspn(p, ",");
        if (n == len && memcmp(p, name, n) == 0)
            return true;
        p += n + (p[n] == ',');
    }
    return false;
}

const char *dx_view_id(const dx_view *view, const dx_hit *hit)
{
    const char *id = dx_hit_field(hit, "id");
    const char *path = dx_hit_field(hit, "path");
    bool tells = dx_id_tells_path(dx_str_from(id), dx_str_from(path));

    return view->is_web && tells ? dx_hit_field(hit, "key") : id;
}

const char *dx_view_index(const dx_view *view, const dx_hit *hit)
{
    const char *path = dx_hit_field(hit, "index");
    const char *slash = view->is_web ? strrchr(path, '/') : NULL;

    return slash ? slash + 1 : path;
}

static void count_hits(dx_output *o)
{
    const dx_hit *hit;

    while ((hit = dx_results_hit(o->rs, o->shown)) != NULL) {
        if (o->shown == o->view->hits_max) {
            o->has_more = true;
            return;
        }
        o->shown++;
        o->partial += dx_hit_is_partial(hit);
    }
}

static void write_understood(const dx_format *f, dx_output *o)
{
    const dx_warning *w;
    const dx_note *note;

    o->number = 0;
    while (f->warning && (w = dx_results_warning(o->rs, o->number)) != NULL) {
        f->warning(o, w);
        o->number++;
    }
    o->number = 0;
    while (f->note && (note = dx_results_note(o->rs, o->number)) != NULL) {
        f->note(o, note);
        o->number++;
    }
}

bool dx_output_has_scopes(const dx_output *o)
{
    uint64_t exact = dx_results_exact(o->rs);

    return exact > 0 && exact < dx_results_total(o->rs);
}

uint64_t dx_output_partial(const dx_output *o)
{
    return o->partial > 0 || o->shown == 0 ? dx_results_partial(o->rs) : 0;
}

bool dx_output_begins_others(const dx_output *o, const dx_hit *hit)
{
    return dx_hit_is_loose(hit) && dx_output_has_scopes(o) &&
           (o->number == 0 ||
               !dx_hit_is_loose(dx_results_hit(o->rs, o->number - 1)));
}

static void write_hits(const dx_format *f, dx_output *o)
{
    for (o->number = 0; f->hit && o->number < o->shown; o->number++) {
        const dx_hit *hit = dx_results_hit(o->rs, o->number);
        if (f->others && dx_output_begins_others(o, hit))
            f->others(o);
        f->hit(o, hit);
    }
}

static void write_found(const dx_format *f, dx_output *o)
{
    const dx_facet *facet;

    if (f->hits)
        f->hits(o);
    write_hits(f, o);
    o->number = 0;
    while (f->facet && (facet = dx_results_facet(o->rs, o->number)) != NULL) {
        f->facet(o, facet);
        o->number++;
    }
}

void dx_format_write(const dx_format *format, const dx_view *view,
    const dx_results *rs, dx_buf *out)
{
    dx_output o = {.out = out, .view = view, .rs = rs};

    count_hits(&o);
    if (format->begin)
        format->begin(&o);
    write_understood(format, &o);
    write_found(format, &o);
    if (format->end)
        format->end(&o);
}
