/* What a page says about its article, each from the surest place that has it. */
#include "indexer/input/html/facts/facts.h"

#include "indexer/input/chars/chars.h"
#include "indexer/input/html/address.h"
#include "indexer/input/html/facts/dates.h"
#include "indexer/input/html/facts/lead.h"
#include "indexer/input/html/facts/names.h"
#include "indexer/input/html/facts/people.h"
#include "indexer/input/html/facts/properties.h"
#include "indexer/input/html/facts/title.h"
#include "indexer/input/html/facts/topics.h"

static dx_status read_linked_data(dx_page *p)
{
    const dx_dom *dom = p->dom;
    uint32_t i = 0;

    p->ld = (dx_jsonld)DX_JSONLD_INIT;
    while ((i = dx_dom_find(dom, "script[type=application/ld+json]", i,
                dom->count)) != DX_DOM_NONE) {
        if (i + 1 < dom->nodes[i].end)
            DX_TRY(dx_jsonld_read(dom->nodes[i + 1].text, p->arena, &p->ld,
                p->err));
        i++;
    }
    return DX_OK;
}

/* Templates put the article's title where the site's name belongs. */
static dx_status add_site(dx_page *p, dx_str said)
{
    dx_str name, title;

    if (!said.len || p->site_count == DX_NAMES_MAX)
        return DX_OK;
    DX_TRY(dx_page_line(p, said, &name));
    DX_TRY(dx_page_line(p, dx_page_meta(p, "og:title"), &title));
    if (!name.len || (p->site_count > 0 && dx_names_equal(name, title)))
        return DX_OK;
    p->site_keys[p->site_count] = dx_name_key(name);
    p->sites[p->site_count++] = name;
    return DX_OK;
}

/* A link to the first page is the site's logo, or says "Trang chủ". */
static bool leads_home(const dx_page *p, const char *href)
{
    dx_str s = dx_str_from(href), host = dx_host_of(s);

    if (host.len && (p->host.len == 0 || dx_str_eq(host, p->host)))
        s = dx_str_from_offset(s, (size_t)(dx_str_end(host) - s.ptr));
    return dx_equals(s, "/") || (host.len && s.len == 0);
}

static dx_status add_logo(dx_page *p)
{
    uint32_t i = 0;

    for (; (i = dx_dom_find(p->dom, "a[href]", i, p->dom->count)) !=
           DX_DOM_NONE; i++) {
        dx_str text = {NULL, 0};
        if (!leads_home(p, dx_dom_attr_of(&p->dom->nodes[i], "href")))
            continue;
        DX_TRY(dx_dom_line(p->dom, i, p->arena, &text, p->err));
        if (text.len)
            DX_TRY(add_site(p, text));
        uint32_t image = dx_dom_find(p->dom, "img[alt]", i,
            p->dom->nodes[i].end);
        if (image != DX_DOM_NONE)
            DX_TRY(add_site(p, dx_str_from(
                dx_dom_attr_of(&p->dom->nodes[image], "alt"))));
        DX_TRY(add_site(p, dx_str_from(
            dx_dom_attr_of(&p->dom->nodes[i], "title"))));
    }
    return DX_OK;
}

static dx_status find_sites(dx_page *p)
{
    static const char *const metas[] = {"og:site_name", "application-name",
        "apple-mobile-web-app-title", "dc.publisher"};

    p->host = dx_host_of(p->out->url);
    for (size_t m = 0; m < sizeof metas / sizeof *metas; m++)
        DX_TRY(add_site(p, dx_page_meta(p, metas[m])));
    DX_TRY(add_site(p, p->ld.publisher));
    DX_TRY(add_site(p, p->ld.site));
    return add_logo(p);
}

static void find_title_line(dx_page *p, uint32_t node)
{
    p->title_line = p->lines.count;
    if (node != DX_DOM_NONE)
        p->title_line = dx_lines_at(&p->lines, node);
    for (uint32_t i = 0;
         i < p->lines.count && p->title_line == p->lines.count; i++)
        if (!(p->lines.items[i].looks & DX_LINE_ASIDE) &&
            dx_names_equal(p->lines.items[i].text, p->out->title))
            p->title_line = i;
}

/* What all the host's pages begin or end with is its name. */
static dx_status take_ends(dx_page *p, const dx_title_evidence *e, uint32_t told)
{
    dx_str front, behind;

    dx_title_ends(e, &front, &behind);
    p->out->of_host.front = dx_name_key(front);
    p->out->of_host.behind = dx_name_key(behind);
    if (told & DX_HOST_FRONT)
        DX_TRY(add_site(p, front));
    return told & DX_HOST_BEHIND ? add_site(p, behind) : DX_OK;
}

static dx_status find_title(dx_page *p, uint32_t told)
{
    dx_title_evidence evidence;

    DX_TRY(dx_title_gather(p, &evidence));
    DX_TRY(take_ends(p, &evidence, told));
    dx_title_choice choice = dx_title_choose(p, &evidence);
    DX_TRY(dx_page_set(p, DX_FIELD_TITLE, choice.text, choice.from));
    p->out->title_is_certain = choice.is_certain;
    if (choice.linked_data_is_stale) { /* of another article, but the same page */
        dx_jsonld stale = p->ld;
        p->ld = (dx_jsonld)DX_JSONLD_INIT;
        p->ld.body = stale.body;
        p->ld.is_article = stale.is_article;
        p->ld.is_list = stale.is_list;
    }
    find_title_line(p, choice.node);
    return DX_OK;
}

dx_status dx_facts_read(const dx_dom *dom, const dx_record *record,
    const atomic_bool *stop, dx_arena *arena, dx_article *article, dx_page *page,
    dx_error *err)
{
    *page = (dx_page){.dom = dom, .arena = arena, .out = article, .err = err,
        .latest = record->written ? record->written + 1 : INT32_MAX, .stop = stop};

    DX_TRY(dx_page_find_metas(page));
    DX_TRY(dx_lines_make(dom, arena, &page->lines, err));
    DX_TRY(dx_stop_check(stop, err));
    DX_TRY(read_linked_data(page));
    DX_TRY(dx_address_find(page));
    DX_TRY(find_sites(page));
    DX_TRY(find_title(page, record->told));
    DX_TRY(dx_properties_find(page));
    DX_TRY(dx_lead_find(page));
    DX_TRY(dx_dates_find(page));
    DX_TRY(dx_category_find(page));
    DX_TRY(dx_tags_find(page));
    return dx_people_find(page);
}

dx_status dx_facts_read_late(const dx_page *page)
{
    return dx_people_find_late(page);
}
