/* What was understood and found, in words. */
#include "searcher/output/html/notes.h"

#include <string.h>

#include "common/base/escape.h"
#include "common/cli/number.h"
#include "searcher/output/html/filters.h"
#include "searcher/output/html/link.h"
#include "searcher/output/html/texts.h"

/* ---- notes ---- */

/* What was read into the words can be left out again. */
static void put_literal_link(const dx_output *o, dx_buf *out)
{
    dx_link link = dx_link_of(o->view);

    link.literal = true;
    dx_buf_puts(out, " <span class=\"aside\">");
    dx_link_put(out, &link, NULL);
    dx_buf_printf(out, "%s</a></span>",
        dx_text(o->view->language, DX_TEXT_literal));
}

/* Filters stand above it. */
static void put_words(const char *text, dx_buf *out)
{
    dx_buf words;

    dx_buf_init(&words, out->max);
    dx_filters_put_words(text, &words);
    dx_html_put(out, words.len ? dx_buf_cstr(&words) : text);
    dx_buf_latch(out, &words);
    dx_buf_free(&words);
}

/* What was understood leads to just that, an article to its page. */
static void put_linked(const dx_output *o, const dx_note *note, dx_buf *out)
{
    bool is_like = dx_note_kind_of(note) == DX_NOTE_LIKE;
    dx_link link = dx_link_of(o->view);

    link = (dx_link){.query = dx_note_query(note), .like = "", .page = 1,
        .order = link.order, .limit = link.limit, .lang = link.lang,
        .id = is_like && (o->view->face->parts & DX_PART_ARTICLE) ? o->view->like : ""};
    bool is_link = *link.query || *link.id;
    if (is_link)
        dx_link_put(out, &link, NULL);
    if (is_like)
        dx_html_put(out, dx_note_text(note));
    else
        put_words(dx_note_text(note), out);
    dx_buf_puts(out, is_link ? "</a>" : "");
}

static void put_note(const dx_output *o, const dx_note *note, bool *has_literal,
    dx_buf *out)
{
    static const struct {
        dx_text_id opening;
        bool counts; /* the results are not those of the words alone */
    } kinds[] = {[DX_NOTE_READING] = {DX_TEXT_note_reading, true},
        [DX_NOTE_KEYS] = {DX_TEXT_note_results, true},
        [DX_NOTE_CORRECTED] = {DX_TEXT_note_results, true},
        [DX_NOTE_SPELLING] = {DX_TEXT_note_spelling, false},
        [DX_NOTE_ABBREVIATION] = {DX_TEXT_note_also, true},
        [DX_NOTE_RENAMED] = {DX_TEXT_note_see, false},
        [DX_NOTE_LIKE] = {DX_TEXT_note_like, false},
        [DX_NOTE_PARTLY_READ] = {DX_TEXT_note_partly, true}};
    dx_language language = o->view->language;
    dx_note_kind kind = dx_note_kind_of(note);
    char date[DX_FORMAT_BYTES];

    dx_buf_printf(out, "<li>%s ", dx_text(language, kinds[kind].opening));
    put_linked(o, note, out);
    dx_buf_puts(out, kind == DX_NOTE_SPELLING ? "?" : "");
    if (kind == DX_NOTE_RENAMED) {
        dx_buf_putc(out, ' ');
        dx_text_put(out, language, DX_TEXT_renamed,
            dx_date_text(language, dx_note_detail(note), date));
    }
    if (kinds[kind].counts && !*has_literal) {
        put_literal_link(o, out);
        *has_literal = true;
    }
    dx_buf_puts(out, "</li>\n");
}

void dx_notes_put(const dx_output *o, dx_buf *out)
{
    const char *language = dx_language_code(o->view->language);
    const dx_warning *w;
    const dx_note *note;
    bool has_literal = false;

    for (uint32_t i = 0; (w = dx_results_warning(o->rs, i)) != NULL; i++) {
        dx_buf_puts(out, "<p class=\"note\">");
        dx_html_put(out, dx_warning_text(w, language));
        dx_buf_puts(out, "</p>\n");
    }
    if (!dx_results_note(o->rs, 0))
        return;
    dx_buf_puts(out, "<ul class=\"notes\">\n");
    for (uint32_t i = 0; (note = dx_results_note(o->rs, i)) != NULL; i++)
        put_note(o, note, &has_literal, out);
    dx_buf_puts(out, "</ul>\n");
}

/* ---- how much ---- */

static void put_scope_link(const dx_output *o, dx_scope scope, uint64_t count,
    dx_text_id text, dx_buf *out)
{
    dx_link link = dx_link_of(o->view);

    link.scope = scope;
    dx_link_put(out, &link, NULL);
    dx_text_put_count(out, o->view->language, text, count);
    dx_buf_puts(out, "</a>");
}

/* How many have everything; of what part they are, if there are two. */
static void put_total(const dx_output *o, uint64_t partial, dx_buf *out)
{
    dx_language language = o->view->language;
    uint64_t total = dx_results_total(o->rs);
    dx_text_id text = partial > 0 ? DX_TEXT_articles_all : DX_TEXT_articles;

    if (dx_output_has_scopes(o)) {
        uint64_t exact = dx_results_exact(o->rs);
        put_scope_link(o, DX_SCOPE_EXACT, exact, text, out);
        dx_buf_puts(out, " · ");
        put_scope_link(o, DX_SCOPE_OTHERS, total - exact, DX_TEXT_others, out);
    } else if (total > 0) {
        dx_text_put_count(out, language, text, total);
    } else if (partial > 0) {
        dx_text_put_count(out, language, DX_TEXT_partial_only, partial);
    } else {
        dx_buf_puts(out, dx_text(language, DX_TEXT_nothing));
    }
}

/* The way back from a part of what was found: a filter leads to those to the letter. */
static void put_all_scopes(const dx_output *o, dx_buf *out)
{
    dx_link link = dx_link_of(o->view);

    if (link.scope == DX_SCOPE_ALL)
        return;
    link.scope = DX_SCOPE_ALL;
    dx_buf_puts(out, " · ");
    dx_link_put(out, &link, NULL);
    dx_buf_printf(out, "%s</a>", dx_text(o->view->language, DX_TEXT_all_scopes));
}

void dx_notes_put_summary(const dx_output *o, dx_buf *out)
{
    dx_language language = o->view->language;
    uint64_t partial = dx_output_partial(o);
    uint32_t page = dx_view_page(o->view);

    if (!*o->view->like) /* of articles like another some thousand have a word of it */
        put_total(o, partial, out);
    if (partial > 0 && dx_results_total(o->rs) > 0) {
        dx_buf_puts(out, "; ");
        dx_text_put_count(out, language, DX_TEXT_partial_more, partial);
    }
    if (page > 1) {
        dx_buf_puts(out, *o->view->like ? "" : ", ");
        dx_text_put_count(out, language, DX_TEXT_page, page);
    }
    put_all_scopes(o, out);
}

/* ---- nothing found ---- */

static void put_try(const dx_output *o, dx_text_id text, dx_buf *query,
    dx_buf *out)
{
    dx_link link = {.query = dx_buf_cstr(query), .like = "", .page = 1,
        .lang = o->view->lang};

    if (*link.query && strcmp(link.query, o->view->query) != 0) {
        dx_buf_printf(out, "<li>%s ", dx_text(o->view->language, text));
        dx_link_put(out, &link, NULL);
        dx_html_put(out, link.query);
        dx_buf_puts(out, "</a></li>\n");
    }
    dx_buf_latch(out, query);
    dx_buf_clear(query);
}

/* "a OR b" of words without signs that mean something; nothing of a single one. */
static void put_any(const char *words, dx_buf *out)
{
    size_t start = out->len;
    unsigned count = 0;

    for (const char *p = words; *p;) {
        size_t len = strcspn(p, " \t\r\n");
        bool is_word = len && !strchr("-!+=^~@", *p);
        if (is_word) {
            dx_buf_puts(out, count++ ? " OR " : "");
            dx_buf_put(out, p, len);
        }
        p += len + (p[len] != '\0');
    }
    if (count < 2 && out->status == DX_OK)
        out->len = start;
}

void dx_notes_put_tries(const dx_output *o, dx_buf *out)
{
    dx_filters filters;
    dx_buf query;

    dx_filters_read(o->view->query, &filters);
    dx_buf_init(&query, (size_t)4 * DX_QUERY_MAX_BYTES);
    if (filters.count > 0) {
        dx_filters_put_without(&filters, DX_FILTERS_MAX, &query);
        put_try(o, DX_TEXT_try_without_filters, &query, out);
    }
    if (strpbrk(o->view->query, "\"()|:[]") == NULL &&
        strstr(o->view->query, "\xE2\x80") == NULL) {
        put_any(o->view->query, &query);
        put_try(o, DX_TEXT_try_any, &query, out);
    }
    dx_buf_latch(out, &filters.values);
    dx_buf_free(&query);
    dx_filters_free(&filters);
}
