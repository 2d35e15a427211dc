/* What a page's linked data says of its article. */
#include "indexer/input/json/linked_data.h"

#include "indexer/input/json/tree.h"
#include "indexer/input/json/value_text.h"

static bool type_ends_with(const dx_json_value *node, const char *ending)
{
    const dx_json_value *type = dx_json_get(node, "@type");
    size_t n = strlen(ending);

    if (dx_json_is(type, DX_JSON_ARRAY))
        type = type->first;
    return dx_json_is(type, DX_JSON_STRING) && type->text.len >= n &&
           memcmp(dx_str_end(type->text) - n, ending, n) == 0;
}

static dx_status take(const dx_json_value *node, const char *key,
    dx_arena *arena, dx_str *field, dx_error *err)
{
    bool text = strcmp(key, "articleBody") == 0;

    if (field->len)
        return DX_OK;
    return dx_json_text(dx_json_get(node, key),
        text ? DX_CLEAN_TEXT : DX_CLEAN_LINE, text ? "\n" : ", ", arena, field,
        err);
}

/* Sections go from the one that an article is in to others. */
static dx_status take_first(const dx_json_value *node, const char *key,
    dx_arena *arena, dx_str *field, dx_error *err)
{
    const dx_json_value *value = dx_json_get(node, key);

    if (dx_json_is(value, DX_JSON_ARRAY))
        value = value->first;
    if (field->len)
        return DX_OK;
    return dx_json_value_text(value, DX_CLEAN_LINE, arena, field, err);
}

/* One or several; an organisation as the author says that nobody is named. */
static dx_status take_people(const dx_json_value *value, dx_arena *arena,
    dx_str *field, dx_error *err)
{
    bool several = dx_json_is(value, DX_JSON_ARRAY);

    if (field->len)
        return DX_OK;
    if (!several)
        return type_ends_with(value, "Organization")
                   ? DX_OK
                   : dx_json_text(value, DX_CLEAN_LINE, ", ", arena, field, err);
    for (const dx_json_value *v = value->first; v; v = v->next)
        if (type_ends_with(v, "Organization"))
            return DX_OK;
    return dx_json_text(value, DX_CLEAN_LINE, ", ", arena, field, err);
}

static void take_day(const dx_json_value *node, const char *key,
    dx_date_reading *day)
{
    if (day->day == DX_DATE_UNKNOWN)
        *day = dx_json_date(dx_json_get(node, key));
}

static dx_status take_article(const dx_json_value *node, dx_arena *arena,
    dx_jsonld *out, dx_error *err)
{
    DX_TRY(take(node, "headline", arena, &out->headline, err));
    DX_TRY(take(node, "name", arena, &out->headline, err));
    DX_TRY(take(node, "description", arena, &out->description, err));
    DX_TRY(take_people(dx_json_get(node, "author"), arena, &out->author, err));
    DX_TRY(take(node, "publisher", arena, &out->publisher, err));
    DX_TRY(take_first(node, "articleSection", arena, &out->section, err));
    DX_TRY(take(node, "keywords", arena, &out->keywords, err));
    DX_TRY(take(node, "url", arena, &out->url, err));
    DX_TRY(take(node, "mainEntityOfPage", arena, &out->url, err));
    DX_TRY(take(node, "articleBody", arena, &out->body, err));
    take_day(node, "datePublished", &out->date);
    take_day(node, "dateCreated", &out->date);
    take_day(node, "dateModified", &out->modified);
    return DX_OK;
}

static dx_status take_breadcrumb(const dx_json_value *node, dx_arena *arena,
    dx_jsonld *out, dx_error *err)
{
    const dx_json_value *page = dx_json_get(node, "itemListElement");

    if (!dx_json_is(page, DX_JSON_ARRAY) || !page->first)
        return DX_OK;
    for (page = page->first->next; page; page = page->next) {
        dx_str name;
        DX_TRY(dx_json_value_text(page, DX_CLEAN_LINE, arena, &name, err));
        if (!name.len)
            DX_TRY(dx_json_value_text(dx_json_get(page, "item"), DX_CLEAN_LINE,
                arena, &name, err));
        if (name.len && !dx_str_eq(name, out->headline))
            out->breadcrumb = name;
    }
    return DX_OK;
}

static bool type_is_any(const dx_json_value *node, const char *const *types,
    size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (type_ends_with(node, types[i]))
            return true;
    return false;
}

static void take_kind(const dx_json_value *node, dx_jsonld *out)
{
    static const char *const articles[] = {"Article", "BlogPosting", "Posting",
        "Legislation", "LegislationObject", "Report", "Recipe", "LiveBlogPosting",
        "QAPage", "Review"};
    static const char *const lists[] = {"CollectionPage", "SearchResultsPage"};

    out->is_article |= type_is_any(node, articles, sizeof articles / sizeof *articles);
    out->is_list |= type_is_any(node, lists, sizeof lists / sizeof *lists);
}

/* Articles are found at the top, in a list, in "@graph" or as the main thing
 * of a page; deeper there are only other articles. */
static dx_status walk(const dx_json_value *node, int depth, dx_arena *arena,
    dx_jsonld *out, dx_error *err)
{
    if (depth > 4)
        return DX_OK;
    if (dx_json_is(node, DX_JSON_ARRAY))
        for (const dx_json_value *v = node->first; v; v = v->next)
            DX_TRY(walk(v, depth + 1, arena, out, err));
    if (!dx_json_is(node, DX_JSON_OBJECT))
        return DX_OK;
    take_kind(node, out);
    if (type_ends_with(node, "Article") || type_ends_with(node, "BlogPosting"))
        return take_article(node, arena, out, err);
    if (type_ends_with(node, "BreadcrumbList"))
        return take_breadcrumb(node, arena, out, err);
    if (type_ends_with(node, "WebSite"))
        return take(node, "name", arena, &out->site, err);
    DX_TRY(walk(dx_json_get(node, "@graph"), depth + 1, arena, out, err));
    return walk(dx_json_get(node, "mainEntity"), depth + 1, arena, out,
        err);
}

dx_status dx_jsonld_read(dx_str text, dx_arena *arena, dx_jsonld *out,
    dx_error *err)
{
    const dx_json_value *json;
    dx_status status = dx_json_parse(text, arena, &json, err);

    if (status == DX_ERR_FORMAT)
        return DX_OK;
    return status == DX_OK ? walk(json, 0, arena, out, err) : status;
}
