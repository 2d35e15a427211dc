/* properties.h -- what an office document says of itself: docProps/core.xml and
 * app.xml, or meta.xml. */
#ifndef DX_INDEXER_INPUT_DOCUMENTS_OFFICE_PROPERTIES_H
#define DX_INDEXER_INPUT_DOCUMENTS_OFFICE_PROPERTIES_H

#include "common/base/arena.h"
#include "indexer/input/documents/document.h"
#include "indexer/input/xml/xml.h"

typedef struct dx_properties { /* start from zero but for these two */
    dx_document *out; /* borrowed */
    dx_arena *arena;  /* for its strings */
    dx_str *to;       /* of the element at hand; or NULL */
    dx_str pages;     /* their number, as it stands there */
} dx_properties;

/** What reads such a part into p->out. Fails with NOMEM. */
dx_xml_reader dx_properties_reader(dx_properties *p);

#endif
