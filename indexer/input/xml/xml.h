/* xml.h -- XML as a row of tags and texts, told as they come. The one adapter of
 * expat.
 *
 * A document is put in pieces of any size; nothing of it is kept, so its size takes
 * no memory. Nothing outside of it is ever read, and it may declare no entities: so no
 * few bytes can become many. One thread at a time uses a parser. */
#ifndef DX_INDEXER_INPUT_XML_XML_H
#define DX_INDEXER_INPUT_XML_XML_H

#include <stdbool.h>

#include "common/base/status.h"
#include "common/base/str.h"

#define DX_XML_DEPTH_MAX 512u /* of elements within elements */

/* What a reader is told. Everything is UTF-8 and borrowed for the call. What a call
 * returns, if not DX_OK, ends the parsing. Names are as they are written, prefix
 * included: "w:p"; dx_xml_local() is without. */
typedef struct dx_xml_reader {
    void *ctx;
    /* `attributes`: name, value, name, value … NULL. */
    dx_status (*open)(void *ctx, const char *name, const char *const *attributes);
    dx_status (*close)(void *ctx, const char *name);
    /* Some of a text, entities resolved; a text may come in several parts. */
    dx_status (*text)(void *ctx, dx_str text);
} dx_xml_reader;

typedef struct dx_xml dx_xml;

/** A parser, to be freed with dx_xml_free(); NULL: no memory. `reader` is copied.
 *  `is_utf8`: so it is, whatever it says of its encoding. */
dx_xml *dx_xml_new(const dx_xml_reader *reader, bool is_utf8);
void dx_xml_free(dx_xml *x); /* NULL is a no-op */

/** Takes the next bytes of the document; `is_last`: it ends with them. Fails with
 *  what the reader returned (err is untouched then), NOMEM, LIMIT when it is too
 *  deep, or FORMAT with the line and what is wrong there. After a failure nothing
 *  more may be put. */
DX_NODISCARD dx_status dx_xml_put(dx_xml *x, dx_str bytes, bool is_last,
    dx_error *err);

/** "p" of "w:p". */
const char *dx_xml_local(const char *name);

/** The value of the attribute with this local name; NULL: it has none. */
const char *dx_xml_attribute(const char *const *attributes, const char *local);

#endif
