/* The table of formats. */
#include "searcher/output/formats.h"

#include <string.h>

#include "searcher/output/csv.h"
#include "searcher/output/html/html.h"
#include "searcher/output/json.h"
#include "searcher/output/text.h"
#include "searcher/output/trec.h"
#include "searcher/output/xml/feed.h"

/* The first of a use is its default. */
static const dx_format *const formats[] = {&dx_format_text, &dx_format_html,
    &dx_format_json, &dx_format_trec, &dx_format_csv, &dx_format_atom, &dx_format_rss,
    NULL};

const dx_format *dx_format_named(const char *name, dx_format_use use)
{
    for (size_t i = 0; formats[i]; i++)
        if ((formats[i]->use & use) && strcmp(formats[i]->name, name) == 0)
            return formats[i];
    return NULL;
}

const dx_format *dx_format_default(dx_format_use use)
{
    size_t i = 0;

    while (!(formats[i]->use & use))
        i++;
    return formats[i];
}

void dx_format_names(dx_format_use use, dx_buf *out)
{
    bool is_first = true;

    for (size_t i = 0; formats[i]; i++) {
        if (!(formats[i]->use & use))
            continue;
        dx_buf_puts(out, is_first ? "" : " ");
        dx_buf_puts(out, formats[i]->name);
        is_first = false;
    }
}
