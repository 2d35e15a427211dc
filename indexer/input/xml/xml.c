/* The one adapter of expat. Why it: Debian's, MIT, streaming, the most attacked and
 * mended of all XML parsers, with bounds of its own against entity bombs. */
#include "indexer/input/xml/xml.h"

#include <expat.h>
#include <limits.h>
#include <string.h>

#include "common/base/mem.h"

struct dx_xml {
    XML_Parser parser;
    dx_xml_reader reader;
    unsigned depth;
    dx_status status; /* why the parser was stopped */
    const char *why;  /* NULL: the reader knows */
};

static void stop(dx_xml *x, dx_status status, const char *why)
{
    if (x->status != DX_OK)
        return;
    x->status = status;
    x->why = why;
    XML_StopParser(x->parser, XML_FALSE);
}

static void heed(dx_xml *x, dx_status status)
{
    if (status != DX_OK)
        stop(x, status, NULL);
}

static void XMLCALL on_open(void *ctx, const XML_Char *name,
    const XML_Char **attributes)
{
    dx_xml *x = ctx;

    if (x->status != DX_OK)
        return;
    if (++x->depth > DX_XML_DEPTH_MAX)
        stop(x, DX_ERR_LIMIT, "too many elements within elements");
    else if (x->reader.open)
        heed(x, x->reader.open(x->reader.ctx, name,
                    (const char *const *)attributes));
}

static void XMLCALL on_close(void *ctx, const XML_Char *name)
{
    dx_xml *x = ctx;

    x->depth--;
    if (x->status == DX_OK && x->reader.close)
        heed(x, x->reader.close(x->reader.ctx, name));
}

static void XMLCALL on_text(void *ctx, const XML_Char *text, int len)
{
    dx_xml *x = ctx;

    if (x->status == DX_OK && x->reader.text)
        heed(x, x->reader.text(x->reader.ctx, (dx_str){text, (size_t)len}));
}

static void XMLCALL on_entity(void *ctx, const XML_Char *name, int is_parameter,
    const XML_Char *value, int len, const XML_Char *base, const XML_Char *system,
    const XML_Char *public, const XML_Char *notation)
{
    (void)name;
    (void)is_parameter;
    (void)value;
    (void)len;
    (void)base;
    (void)system;
    (void)public;
    (void)notation;
    stop(ctx, DX_ERR_FORMAT, "it declares entities of its own");
}

static void *resize(void *p, size_t bytes)
{
    return dx_realloc_array(p, bytes, 1);
}

dx_xml *dx_xml_new(const dx_xml_reader *reader, bool is_utf8)
{
    static const XML_Memory_Handling_Suite memory = {dx_malloc, resize, dx_free};
    dx_xml *x = dx_calloc(1, sizeof *x);

    if (!x)
        return NULL;
    x->reader = *reader;
    x->parser = XML_ParserCreate_MM(is_utf8 ? "UTF-8" : NULL, &memory, NULL);
    if (!x->parser) {
        dx_free(x);
        return NULL;
    }
    XML_SetUserData(x->parser, x);
    XML_SetElementHandler(x->parser, on_open, on_close);
    XML_SetCharacterDataHandler(x->parser, on_text);
    XML_SetEntityDeclHandler(x->parser, on_entity);
    return x;
}

void dx_xml_free(dx_xml *x)
{
    if (!x)
        return;
    XML_ParserFree(x->parser);
    dx_free(x);
}

static dx_status fail(const dx_xml *x, dx_error *err)
{
    enum XML_Error code = XML_GetErrorCode(x->parser);
    const char *why = x->status != DX_OK ? x->why : XML_ErrorString(code);
    dx_status status = x->status;

    if (code == XML_ERROR_NO_MEMORY || status == DX_ERR_NOMEM)
        return dx_fail_nomem(err);
    if (status != DX_OK && !why)
        return status;
    return dx_fail(err, status == DX_OK ? DX_ERR_FORMAT : status,
        "the XML is damaged in line %llu: %s",
        (unsigned long long)XML_GetCurrentLineNumber(x->parser), why);
}

dx_status dx_xml_put(dx_xml *x, dx_str bytes, bool is_last, dx_error *err)
{
    for (;;) {
        int n = bytes.len < INT_MAX / 2 ? (int)bytes.len : INT_MAX / 2;
        bool at_end = (size_t)n == bytes.len;
        if (XML_Parse(x->parser, bytes.ptr, n, is_last && at_end) !=
            XML_STATUS_OK)
            return fail(x, err);
        if (at_end)
            return DX_OK;
        bytes = (dx_str){bytes.ptr + n, bytes.len - (size_t)n};
    }
}

const char *dx_xml_local(const char *name)
{
    const char *colon = strchr(name, ':');

    return colon ? colon + 1 : name;
}

const char *dx_xml_attribute(const char *const *attributes, const char *local)
{
    for (size_t i = 0; attributes[i]; i += 2)
        if (strcmp(dx_xml_local(attributes[i]), local) == 0)
            return attributes[i + 1];
    return NULL;
}
