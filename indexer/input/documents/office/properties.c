/* A handful of elements to fields. */
#include "indexer/input/documents/office/properties.h"

#include <stdlib.h>
#include <string.h>

#define VALUE_MAX_BYTES 1000u

static void take_pages(dx_document *out, const char *number)
{
    unsigned long n = number ? strtoul(number, NULL, 10) : 0;

    if (n > 0 && n < 1000000)
        out->pages = n;
}

static dx_status open_tag(void *ctx, const char *name,
    const char *const *attributes)
{
    dx_properties *p = ctx;
    const struct {
        const char *name;
        dx_str *to;
    } elements[] = {{"dc:title", &p->out->title},
        {"meta:initial-creator", &p->out->author},
        {"dc:creator", &p->out->author}, {"dcterms:created", &p->out->created},
        {"meta:creation-date", &p->out->created},
        {"dcterms:modified", &p->out->modified},
        {"dc:date", &p->out->modified}, {"Pages", &p->pages}};

    p->to = NULL;
    if (strcmp(dx_xml_local(name), "document-statistic") == 0)
        take_pages(p->out, dx_xml_attribute(attributes, "page-count"));
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (strcmp(name, elements[i].name) == 0 && elements[i].to->len == 0)
            p->to = elements[i].to;
    return DX_OK;
}

/* A value may come in parts. */
static dx_status take_text(void *ctx, dx_str text)
{
    dx_properties *p = ctx;
    dx_str *to = p->to;

    if (!to || to->len + text.len > VALUE_MAX_BYTES)
        return DX_OK;
    char *all = dx_arena_alloc(p->arena, to->len + text.len + 1);
    if (!all)
        return DX_ERR_NOMEM;
    if (to->len)
        memcpy(all, to->ptr, to->len);
    memcpy(all + to->len, text.ptr, text.len);
    *to = (dx_str){all, to->len + text.len};
    all[to->len] = '\0';
    return DX_OK;
}

static dx_status close_tag(void *ctx, const char *name)
{
    dx_properties *p = ctx;

    (void)name;
    if (p->to == &p->pages && p->pages.len)
        take_pages(p->out, p->pages.ptr);
    p->to = NULL;
    return DX_OK;
}

dx_xml_reader dx_properties_reader(dx_properties *p)
{
    return (dx_xml_reader){p, open_tag, close_tag, take_text};
}
