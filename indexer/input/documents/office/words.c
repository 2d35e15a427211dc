/* Tags of word processors to marks. */
#include "indexer/input/documents/office/words.h"

#include <stdlib.h>
#include <string.h>

#include "indexer/input/documents/written.h"

typedef enum meaning {
    NOTHING,
    PARAGRAPH,
    TEXT, /* what stands in it is text */
    SKIPPED,
    CELL,
    ROW,
    TAB,
    LINE,
    PAGE_OR_LINE,
    BLANKS,
    HYPHEN,
    SPREADSHEET
} meaning;

typedef struct tag {
    const char *name; /* without prefix */
    meaning means;
} tag;

static const tag ooxml[] = {{"p", PARAGRAPH}, {"t", TEXT}, {"tab", TAB},
    {"br", PAGE_OR_LINE}, {"cr", LINE}, {"tc", CELL}, {"tr", ROW},
    {"noBreakHyphen", HYPHEN}, {"pPr", SKIPPED}, {"rPr", SKIPPED},
    {"delText", SKIPPED}, {"instrText", SKIPPED}, {"Fallback", SKIPPED}, {0}};

static const tag odf[] = {{"p", PARAGRAPH}, {"h", PARAGRAPH}, {"tab", TAB},
    {"line-break", LINE}, {"s", BLANKS}, {"table-cell", CELL},
    {"table-row", ROW}, {"note", SKIPPED}, {"annotation", SKIPPED},
    {"tracked-changes", SKIPPED}, {"forms", SKIPPED}, {"desc", SKIPPED},
    {"title", SKIPPED}, {"styles", SKIPPED}, {"automatic-styles", SKIPPED},
    {"spreadsheet", SPREADSHEET}, {0}};

static meaning meaning_of(const dx_words *w, const char *name)
{
    const char *local = dx_xml_local(name);

    for (const tag *t = w->format == DX_WORDS_ODF ? odf : ooxml; t->name; t++)
        if (strcmp(t->name, local) == 0)
            return t->means;
    return NOTHING;
}

static void put(dx_words *w, dx_str s)
{
    if (w->paragraph_ended)
        dx_buf_putc(w->text, '\n');
    w->paragraph_ended = false;
    dx_buf_put_str(w->text, s);
}

static void put_char(dx_words *w, char c) { put(w, (dx_str){&c, 1}); }

static bool is_text(const dx_words *w, meaning m)
{
    return m == TEXT || (m == PARAGRAPH && w->format == DX_WORDS_ODF);
}

static void put_break(dx_words *w, const char *const *attributes)
{
    const char *type = dx_xml_attribute(attributes, "type");

    put_char(w, type && strcmp(type, "page") == 0 ? '\f' : '\v');
}

static dx_status open_tag(void *ctx, const char *name,
    const char *const *attributes)
{
    dx_words *w = ctx;
    meaning m = meaning_of(w, name);

    if (w->skipped || m == SKIPPED) {
        w->skipped += m == SKIPPED;
        return DX_OK;
    }
    w->inside += is_text(w, m);
    if (m == TAB)
        put_char(w, '\t');
    else if (m == LINE)
        put_char(w, '\v');
    else if (m == PAGE_OR_LINE)
        put_break(w, attributes);
    else if (m == BLANKS)
        put_char(w, ' ');
    else if (m == HYPHEN)
        put_char(w, '-');
    else if (m == SPREADSHEET)
        w->is_spreadsheet = true;
    return w->text->status;
}

static dx_status close_tag(void *ctx, const char *name)
{
    dx_words *w = ctx;
    meaning m = meaning_of(w, name);

    if (w->skipped) {
        w->skipped -= m == SKIPPED;
        return DX_OK;
    }
    w->inside -= is_text(w, m) && w->inside;
    if (m == CELL || m == ROW) {
        w->paragraph_ended = false; /* the mark ends it */
        dx_buf_putc(w->text, m == CELL ? DX_WRITTEN_CELL : DX_WRITTEN_ROW);
    } else if (m == PARAGRAPH) {
        if (w->paragraph_ended)
            dx_buf_putc(w->text, '\n');
        w->paragraph_ended = true;
    }
    return w->text->status;
}

static dx_status take_text(void *ctx, dx_str text)
{
    dx_words *w = ctx;

    if (w->inside && !w->skipped)
        put(w, text);
    return w->text->status;
}

dx_xml_reader dx_words_reader(dx_words *w)
{
    return (dx_xml_reader){w, open_tag, close_tag, take_text};
}
