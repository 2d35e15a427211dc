/* The page that a browser gets: which template has which values. */
#include "searcher/output/html/page.h"

#include <stdio.h>
#include <string.h>

#include "common/base/escape.h"
#include "searcher/output/html/filters.h"
#include "searcher/output/html/hit.h"
#include "searcher/output/html/links.h"
#include "searcher/output/html/look/look.h"
#include "searcher/output/html/narrow.h"
#include "searcher/output/html/notes.h"
#include "searcher/output/html/pager.h"
#include "searcher/output/html/script.h"
#include "searcher/output/html/texts.h"
#include "searcher/output/html/timeline.h"

/* ---- the frame ---- */

/* Filters as a hidden field, and what else a form keeps. */
static void put_kept(const dx_view *view, bool is_advanced, dx_buf *out)
{
    dx_link link = dx_link_of(view);
    dx_filters filters;
    dx_buf text;

    dx_buf_init(&text, out->max);
    dx_filters_read(view->query, &filters);
    dx_filters_put(&filters, is_advanced, &text);
    if (text.len > 0) {
        dx_buf_puts(out, "<input type=\"hidden\" name=\"filter\" value=\"");
        dx_html_put(out, dx_buf_cstr(&text));
        dx_buf_puts(out, "\">\n");
    }
    dx_link_put_hidden(out, &link);
    dx_buf_latch(out, &text);
    dx_buf_latch(out, &filters.values);
    dx_filters_free(&filters);
    dx_buf_free(&text);
}

static void fill_owner(dx_values *s, const dx_face *face)
{
    dx_values_set(s, DX_SLOT_site, face->title);
    dx_values_set(s, DX_SLOT_home, *face->home ? face->home : "?");
    dx_values_set(s, DX_SLOT_logo, face->logo);
    dx_buf_puts(&s->html[DX_SLOT_header_html], face->header_html);
    dx_buf_puts(&s->html[DX_SLOT_footer_html], face->footer_html);
    dx_look_put_styles(face, &s->html[DX_SLOT_styles]);
    if (face->parts & DX_PART_SUGGESTIONS) {
        dx_values_set(s, DX_SLOT_suggestions, "1");
        dx_values_set(s, DX_SLOT_script, dx_script_version);
    }
}

static dx_language other_language(const dx_view *view)
{
    return view->language == DX_VIETNAMESE ? DX_ENGLISH : DX_VIETNAMESE;
}

void dx_page_init(dx_values *s, const dx_view *view, const char *title)
{
    dx_values_init(s);
    dx_values_set(s, DX_SLOT_lang, dx_language_code(view->language));
    dx_values_set(s, DX_SLOT_other_code, dx_language_code(other_language(view)));
    dx_values_set(s, DX_SLOT_page_title, title);
    dx_values_set(s, DX_SLOT_query, view->query);
    dx_values_set(s, DX_SLOT_words, view->query);
    if (view->articles == 0)
        dx_values_set(s, DX_SLOT_empty, "1");
    fill_owner(s, view->face);
    dx_links_put(&s->html[DX_SLOT_links], view);
    put_kept(view, false, &s->html[DX_SLOT_hidden]);
    if (view->articles > 0)
        dx_text_put_count(&s->html[DX_SLOT_search_in], view->language,
            DX_TEXT_search_in, view->articles);
    else
        dx_buf_puts(&s->html[DX_SLOT_search_in],
            dx_text(view->language, DX_TEXT_search));
}

/* Addresses that a page has in its foot, and the words without filters. */
typedef struct addresses {
    dx_buf advanced, other, words;
} addresses;

static void put_advanced(const dx_view *view, const char *lang, dx_buf *out)
{
    dx_buf_puts(out, "?advanced=1");
    if (*view->query) {
        dx_buf_puts(out, "&q=");
        dx_url_put_parameter(out, view->query);
    }
    if (lang && *lang)
        dx_buf_printf(out, "&lang=%s", lang);
}

static void fill_addresses(addresses *a, dx_values *s, const dx_view *view,
    dx_template_id part)
{
    dx_link link = dx_link_of(view);

    dx_buf_init(&a->advanced, s->html[0].max);
    dx_buf_init(&a->other, s->html[0].max);
    dx_buf_init(&a->words, s->html[0].max);
    link.lang = dx_language_code(other_language(view));
    link.page = dx_view_page(view);
    if (part == DX_TEMPLATE_advanced)
        put_advanced(view, link.lang, &a->other);
    else
        dx_link_put_address(&a->other, &link);
    put_advanced(view, view->lang, &a->advanced);
    dx_filters_put_words(view->query, &a->words);
    dx_values_set(s, DX_SLOT_advanced, dx_buf_cstr(&a->advanced));
    dx_values_set(s, DX_SLOT_other_lang, dx_buf_cstr(&a->other));
    dx_values_set(s, DX_SLOT_words, dx_buf_cstr(&a->words));
}

static void free_addresses(addresses *a, dx_buf *out)
{
    dx_buf_latch(out, &a->advanced);
    dx_buf_latch(out, &a->other);
    dx_buf_latch(out, &a->words);
    dx_buf_free(&a->advanced);
    dx_buf_free(&a->other);
    dx_buf_free(&a->words);
}

void dx_page_put(dx_values *s, const dx_view *view, dx_template_id part,
    dx_buf *out)
{
    addresses a;

    fill_addresses(&a, s, view, part);
    dx_template_put(dx_look_part(view->face, part), s, view->language,
        &s->html[DX_SLOT_main]);
    dx_template_put(dx_look_part(view->face, DX_TEMPLATE_form), s, view->language,
        &s->html[DX_SLOT_form]);
    dx_template_put(dx_look_part(view->face, DX_TEMPLATE_page), s, view->language,
        out);
    free_addresses(&a, out);
    dx_values_free(s);
}

/* ---- results ---- */

static void put_others(dx_output *o, dx_buf *out)
{
    dx_buf_puts(out, "</ol>\n<p class=\"others\">");
    dx_text_put_count(out, o->view->language, DX_TEXT_others_follow,
        dx_results_total(o->rs) - dx_results_exact(o->rs));
    dx_buf_printf(out, "</p>\n<ol start=\"%u\">\n",
        o->view->offset + o->number + 1);
}

static void fill_hits(const dx_output *given, dx_values *s)
{
    dx_output o = *given;

    for (o.number = 0; o.number < o.shown; o.number++) {
        const dx_hit *hit = dx_results_hit(o.rs, o.number);
        if (dx_output_begins_others(&o, hit))
            put_others(&o, &s->html[DX_SLOT_hits]);
        dx_hit_put(&o, hit, s, &s->html[DX_SLOT_hits]);
    }
}

/* With the words that were looked for: the filters stand below it. */
static void put_heading(const dx_output *o, dx_text_id text, dx_buf *heading)
{
    dx_buf words;

    dx_buf_init(&words, heading->max);
    dx_filters_put_words(o->view->query, &words);
    dx_text_put(heading, o->view->language, text,
        words.len ? dx_buf_cstr(&words) : o->view->query);
    dx_buf_latch(heading, &words);
    dx_buf_free(&words);
}

static void fill_heading(const dx_output *o, dx_values *s)
{
    dx_language language = o->view->language;
    dx_buf *heading = &s->html[DX_SLOT_heading];
    bool is_like = *o->view->like;

    if (is_like)
        dx_buf_puts(heading, dx_text(language, o->shown > 0
                                                   ? DX_TEXT_similar_to
                                                   : DX_TEXT_nothing_like));
    else
        put_heading(o, o->shown > 0 ? DX_TEXT_results_for : DX_TEXT_nothing_for,
            heading);
}

static void fill_filters(const dx_output *o, const dx_filters *filters,
    dx_values *s)
{
    unsigned parts = o->view->face->parts;

    if (parts & DX_PART_TIMELINE)
        dx_timeline_put(o, filters, &s->html[DX_SLOT_timeline]);
    if (parts & DX_PART_FACETS)
        dx_narrow_put_filters(o, filters, &s->html[DX_SLOT_filters]);
    if (parts & (DX_PART_TIMELINE | DX_PART_FACETS))
        dx_narrow_put_dates(o, filters, &s->html[DX_SLOT_dates]);
    if (dx_values_has(s, DX_SLOT_timeline) || dx_values_has(s, DX_SLOT_filters) ||
        dx_filters_has_dates(filters))
        dx_values_set(s, DX_SLOT_narrows, "1");
}

static void put_results(const dx_output *o, const dx_filters *filters)
{
    char first[16];
    dx_values s;

    dx_page_init(&s, o->view,
        *o->view->like ? dx_text(o->view->language, DX_TEXT_similar_to)
                       : o->view->query);
    fill_heading(o, &s);
    dx_filters_put_chips(o, filters, &s.html[DX_SLOT_chips]);
    dx_notes_put(o, &s.html[DX_SLOT_notes]);
    if (o->shown == 0) {
        dx_notes_put_tries(o, &s.html[DX_SLOT_tries]);
        dx_page_put(&s, o->view, DX_TEMPLATE_nothing, o->out);
        return;
    }
    snprintf(first, sizeof first, "%u", o->view->offset + 1);
    dx_values_set(&s, DX_SLOT_first, first);
    dx_notes_put_summary(o, &s.html[DX_SLOT_summary]);
    dx_narrow_put_orders(o, &s.html[DX_SLOT_orders]);
    if (!*o->view->like)
        fill_filters(o, filters, &s);
    fill_hits(o, &s);
    dx_pager_put(o, &s.html[DX_SLOT_pages]);
    dx_links_put_follow(&s.html[DX_SLOT_follow], o->view);
    dx_page_put(&s, o->view, DX_TEMPLATE_results, o->out);
}

void dx_page_put_results(const dx_output *o)
{
    dx_filters filters;

    dx_filters_read(o->view->query, &filters);
    put_results(o, &filters);
    dx_buf_latch(o->out, &filters.values);
    dx_filters_free(&filters);
}

/* ---- other pages ---- */

void dx_page_put_start(dx_buf *out, const dx_view *view)
{
    dx_values s;

    dx_page_init(&s, view, "");
    dx_values_set(&s, DX_SLOT_is_first, "1");
    dx_page_put(&s, view, DX_TEMPLATE_start, out);
}

void dx_page_put_advanced(dx_buf *out, const dx_view *view)
{
    char from[11], to[11];
    dx_filters filters;
    dx_values s;

    dx_page_init(&s, view, dx_text(view->language, DX_TEXT_advanced));
    dx_filters_read(view->query, &filters);
    dx_filters_days(&filters, from, to);
    dx_values_set(&s, DX_SLOT_form_from, from);
    dx_values_set(&s, DX_SLOT_form_to, to);
    dx_values_set(&s, DX_SLOT_form_source, dx_filters_value_of(&filters, DX_FIELD_SOURCE));
    dx_values_set(&s, DX_SLOT_form_category,
        dx_filters_value_of(&filters, DX_FIELD_CATEGORY));
    put_kept(view, true, &s.html[DX_SLOT_kept]);
    dx_page_put(&s, view, DX_TEMPLATE_advanced, out);
    dx_filters_free(&filters);
}

void dx_page_put_failure(dx_buf *out, const dx_view *view, const dx_failure *why)
{
    const char *title = why->title[view->language];
    dx_values s;

    dx_page_init(&s, view, title);
    dx_values_set(&s, DX_SLOT_what, title);
    dx_values_set(&s, DX_SLOT_why, why->text[view->language]);
    dx_page_put(&s, view, DX_TEMPLATE_failure, out);
}
