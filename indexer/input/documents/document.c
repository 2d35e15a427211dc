/* A document's paragraphs to an article, with what its metadata adds. */
#include "indexer/input/documents/document.h"

#include <stdio.h>

#include "common/base/civil.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/date.h"
#include "indexer/input/documents/metadata.h"
#include "indexer/input/finish.h"
#include "indexer/input/text/headline.h"
#include "indexer/input/text/state_document.h"
#include "indexer/input/text/state_line.h"

#define PAGE_MAX_BYTES 10000u /* of text, where the file only says how many it has */
#define HEADING_LINES 8u
#define HEADING_MAX_BYTES 250u

static dx_status split(dx_str text, dx_paras *out, dx_error *err)
{
    bool blank = true;

    while (text.len) {
        const char *nl = memchr(text.ptr, '\n', text.len);
        size_t n = nl ? (size_t)(nl - text.ptr) : text.len;
        if (n)
            DX_TRY(dx_paras_add(out, (dx_str){text.ptr, n}, blank, err));
        blank = n == 0;
        text = dx_str_from_offset(text, nl ? n + 1 : n);
    }
    return DX_OK;
}

/* Lines that stand above a heading, or are left of a form that nobody filled in. */
static bool is_above_heading(dx_str line)
{
    int32_t date;
    dx_str before, number, rest;

    return dx_state_is_rule(line) || dx_state_is_motto(line, &before) ||
           dx_state_is_place_and_date(line, &date) ||
           dx_state_number(line, &number, &rest) || dx_state_is_body(line);
}

static bool ends_like_text(dx_str line)
{
    return line.len > HEADING_MAX_BYTES || strchr(".;,:", line.ptr[line.len - 1]);
}

/* The heading of what is no state document: the first of its first lines that can be
 * one, before any text. Nothing else is taken away: what portals and newsrooms put
 * around an article is not in documents. Returns where the body begins. */
static size_t take_heading(const dx_paras *p, dx_article *a)
{
    for (size_t i = 0; i < p->count && i < HEADING_LINES; i++) {
        dx_str line = p->items[i].text;
        bool has_more = i + 1 < p->count;
        bool stands_out = has_more && (p->items[i + 1].after_blank ||
                                          p->items[i + 1].text.len > line.len);
        if (is_above_heading(line))
            continue;
        if (ends_like_text(line))
            return 0;
        if (dx_looks_like_headline(line) || stands_out) {
            a->title = line;
            a->from.field[DX_FIELD_TITLE] = "heading";
            return i == 0 && has_more;
        }
    }
    return 0;
}

static dx_status assemble(dx_paras *p, dx_arena *arena, dx_article *a,
    size_t *from, dx_error *err)
{
    bool is_state_document;

    DX_TRY(dx_state_document_read(p, arena, a, &is_state_document, err));
    *from = is_state_document ? 0 : take_heading(p, a);
    return DX_OK;
}

/* The title that the file says it has, where the text begins with none that reads
 * like one, or has the same further down. */
static void take_title(const dx_document *d, dx_article *a)
{
    bool is_better = a->title.len == 0 || !dx_looks_like_headline(a->title);

    if (!dx_metadata_title(d->title) || !is_better)
        return;
    a->title = d->title;
    a->from.field[DX_FIELD_TITLE] = "metadata";
}

static dx_status take_modified(const dx_document *d, dx_arena *arena,
    dx_article *a, dx_error *err)
{
    int32_t day = dx_metadata_day(d->modified);
    char *text;

    if (day == DX_DATE_UNKNOWN || a->modified.len || day == a->date)
        return DX_OK;
    text = dx_arena_alloc(arena, DX_CIVIL_BYTES);
    if (!text)
        return dx_fail_nomem(err);
    a->modified = (dx_str){text, dx_civil_put(day, text)};
    a->from.field[DX_FIELD_MODIFIED] = "metadata";
    return DX_OK;
}

static dx_status take_metadata(const dx_document *d, dx_arena *arena,
    dx_article *a, dx_error *err)
{
    take_title(d, a);
    /* Who typed a state document is not its author. */
    if (!a->author.len && !a->docno.len && !a->doctype.len &&
        dx_metadata_author(d->author)) {
        a->author = d->author;
        a->from.field[DX_FIELD_AUTHOR] = "metadata";
    }
    if (a->date == DX_DATE_UNKNOWN) {
        a->date = dx_metadata_day(d->created);
        if (a->date != DX_DATE_UNKNOWN)
            a->from.field[DX_FIELD_DATE] = "metadata";
    }
    return take_modified(d, arena, a, err);
}

/* Some programs say "1" until somebody prints it. */
static dx_status take_pages(const dx_document *d, dx_arena *arena,
    dx_article *a, dx_error *err)
{
    char text[24];
    int n = snprintf(text, sizeof text, "%zu", d->pages);

    if (d->pages == 0 || (!d->page_starts &&
                             d->text.len / d->pages > PAGE_MAX_BYTES))
        return DX_OK;
    a->pages = (dx_str){dx_arena_strndup(arena, text, (size_t)n), (size_t)n};
    a->from.field[DX_FIELD_PAGES] = "metadata";
    return a->pages.ptr ? DX_OK : dx_fail_nomem(err);
}

/* Where a page begins in the body, which is the paragraphs from `p` on: `at` bytes
 * into the document's text. *body is where that paragraph begins. */
static size_t place_in_body(dx_str text, size_t at, const dx_para **p,
    const dx_para *end, size_t *body)
{
    for (; *p < end; *body += (*p)->text.len + 1, ++*p) {
        const char *para = (*p)->text.ptr;
        bool is_of_text = para >= text.ptr && para < dx_str_end(text);
        size_t from = is_of_text ? (size_t)(para - text.ptr) : 0;
        if (is_of_text && from + (*p)->text.len > at)
            return *body + (at > from ? at - from : 0);
    }
    return *body;
}

/* Pages from the second on, each as so many bytes of the body behind the one before:
 * "2210 1985". */
static dx_status take_page_starts(const dx_document *d, const dx_paras *paras,
    size_t from, dx_arena *arena, dx_article *a, dx_error *err)
{
    const size_t number_bytes = 21;
    const dx_para *p = paras->items + from, *end = paras->items + paras->count;
    size_t body = 0, before = 0, n = 0;

    if (d->pages < 2 || !d->page_starts || from >= paras->count)
        return DX_OK;
    char *text = dx_arena_alloc(arena, d->pages * number_bytes);
    if (!text)
        return dx_fail_nomem(err);
    for (size_t i = 1; i < d->pages; i++) {
        size_t at = place_in_body(d->text, d->page_starts[i], &p, end, &body);
        n += (size_t)sprintf(text + n, "%s%zu", i > 1 ? " " : "", at - before);
        before = at;
    }
    a->page_starts = (dx_str){text, n};
    return DX_OK;
}

static dx_status make_article(const dx_document *d, dx_paras *paras,
    dx_arena *arena, dx_article *a, dx_error *err)
{
    a->from.encoding = d->encoding;
    DX_TRY(split(d->text, paras, err));
    size_t from;
    DX_TRY(assemble(paras, arena, a, &from, err));
    DX_TRY(take_metadata(d, arena, a, err));
    DX_TRY(take_pages(d, arena, a, err));
    DX_TRY(take_page_starts(d, paras, from, arena, a, err));
    DX_TRY(dx_paras_join(paras, from, arena, &a->body, err));
    return dx_article_own(a, arena, err);
}

dx_status dx_document_article(const dx_document *document, dx_arena *arena,
    dx_article *out, dx_error *err)
{
    dx_paras paras = {0};

    if (dx_str_trim(document->text).len == 0) {
        out->left_out = DX_LEFT_EMPTY;
        return DX_OK;
    }
    dx_status rc = make_article(document, &paras, arena, out, err);
    dx_paras_free(&paras);
    return rc;
}
