/* An HTML page to an article. */
#include "common/base/arena.h"
#include "common/base/stop.h"
#include "indexer/input/chars/charset.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/clean.h"
#include "indexer/input/chars/repair.h"
#include "indexer/input/finish.h"
#include "indexer/input/html/address.h"
#include "indexer/input/html/body/body.h"
#include "indexer/input/html/dom_gumbo.h"
#include "indexer/input/html/facts/facts.h"
#include "indexer/input/html/kind/kind.h"
#include "indexer/input/html/kind/shell.h"
#include "indexer/input/html/marks/marks.h"
#include "indexer/input/html/page_data.h"
#include "indexer/input/html/sniff.h"
#include "indexer/input/html/tame.h"
#include "indexer/input/source.h"
#include "indexer/input/text/boilerplate.h"
#include "indexer/input/text/state_document.h"
#include "indexer/input/text/state_line.h"

/* A tree takes some ten times the memory of the page; no article needs more. */
#define HTML_MAX_BYTES (32u << 20)

static bool is_same_start(dx_str para, dx_str lead)
{
    while (lead.len && strchr(".\xA6\x80\xE2", lead.ptr[lead.len - 1]))
        lead.len--; /* "..." and "…" of a shortened lead */
    return lead.len && para.len >= lead.len &&
           memcmp(para.ptr, lead.ptr, lead.len) == 0;
}

/* The body often repeats title and lead. A lead that is the beginning of a
 * paragraph was cut from it, and says nothing more. */
static void remove_repeats(dx_paras *paras, dx_article *a)
{
    const size_t head = 4;

    for (size_t i = 0; i < paras->count && i < head;) {
        dx_str para = paras->items[i].text;
        bool same = dx_str_eq(para, a->title) || dx_str_eq(para, a->lead) ||
                    dx_str_eq(para, a->author);
        if (!same && is_same_start(para, a->lead)) {
            if (para.len > a->lead.len + 300) {
                a->lead = (dx_str){NULL, 0};
            } else {
                a->lead = para;
                same = true;
            }
        }
        if (same)
            dx_paras_remove(paras, i, 1);
        else
            i++;
    }
}

typedef struct reading {
    const dx_record *record;
    const dx_input_options *options;
    dx_arena *scratch;
    dx_paras *paras;
    dx_html_marks marks;
    dx_page page; /* what its facts are read from */
    bool prints_itself;
    bool is_shell;
} reading;

/* The operator's section for a page: by the address that its container or its
 * folder has for it, else by the one that it gives itself. */
static const dx_site_selectors *site_of(const reading *r, const dx_dom *dom)
{
    static const char *const places[][2] = {{"link[rel=canonical]", "href"},
        {"meta[property=og:url]", "content"}, {"base[href]", "href"}};
    dx_str host = dx_host_of(r->record->url);

    if (!r->options->selectors)
        return NULL;
    if (host.len == 0)
        host = dx_host_of_path(r->record->path);
    for (size_t i = 0; host.len == 0 && i < sizeof places / sizeof *places; i++) {
        uint32_t at = dx_dom_find(dom, places[i][0], 0, dom->count);
        if (at != DX_DOM_NONE)
            host = dx_host_of(dx_str_from(
                dx_dom_attr_of(&dom->nodes[at], places[i][1])));
    }
    return dx_selectors_of(r->options->selectors, host);
}

/* An address on another site is that of somebody else's article. */
static void settle_address(const dx_record *record, dx_article *a)
{
    dx_str host = dx_host_of(record->url);

    if (host.len == 0)
        host = dx_host_of_path(record->path);
    if (a->url.len && host.len && !dx_is_same_site(dx_host_of(a->url), host))
        a->url = (dx_str){NULL, 0};
    if (a->url.len == 0)
        a->url = record->url;
}

/* Its heading says more than a page's title that is its number. */
static dx_status read_state_document(reading *r, dx_article *a, dx_error *err)
{
    dx_str said = a->title, unused;
    bool found;

    if (a->docno.len || r->marks.has_title) /* the page itself says what it is */
        return DX_OK;
    if (dx_state_title_is_number(said, &unused))
        a->title.len = 0;
    const char *from = a->from.field[DX_FIELD_TITLE];
    DX_TRY(dx_state_document_read(r->paras, r->scratch, a, &found, err));
    if (a->title.len == 0) {
        a->title = said;
        a->from.field[DX_FIELD_TITLE] = from;
    }
    return DX_OK;
}

static dx_status find_body(reading *r, const dx_dom *dom, dx_article *a,
    dx_error *err)
{
    const atomic_bool *stop = r->options->stop;

    if (r->marks.body.count) {
        DX_TRY(dx_html_paras_all(&r->marks.body, stop, r->scratch, r->paras, err));
        a->from.field[DX_FIELD_BODY] = r->paras->count ? r->marks.from : NULL;
    }
    bool is_marked = r->paras->count > 0;
    if (!is_marked)
        DX_TRY(dx_html_paras(dom, stop, r->scratch, r->paras, err));
    if (r->paras->count == 0 && r->page.ld.body.len == 0)
        DX_TRY(dx_html_visible_paras(dom, stop, r->scratch, r->paras, err));
    remove_repeats(r->paras, a);
    DX_TRY(read_state_document(r, a, err));
    if (!is_marked)
        DX_TRY(dx_boilerplate_remove(r->paras, stop, a, err));
    dx_article_note_origin(a, "text"); /* its lines told it, not elements around */
    dx_str lead = a->lead; /* it stays as the page has it */
    if (lead.len)
        dx_boilerplate_remove_agency(&lead, a);
    else if (r->paras->count)
        dx_boilerplate_remove_agency(&r->paras->items[0].text, a);
    return DX_OK;
}

/* Which of day and month its figures have first, if its address tells. */
static void settle_order(dx_article *a)
{
    dx_date_reading read = {a->date, a->other_date, a->date_order};

    if (a->other_date == DX_DATE_UNKNOWN ||
        dx_date_from_url(a->url) == DX_DATE_UNKNOWN)
        return;
    a->date_order = dx_date_by_url(read, a->url) == a->other_date
                        ? DX_DATE_MONTH_FIRST
                        : DX_DATE_DAY_FIRST;
}

/* What the page tells of its host, and asks; and takes what it was told. */
static void settle_host(const dx_record *record, dx_article *a)
{
    dx_of_host *of = &a->of_host;
    dx_str host = dx_host_of(a->url);

    of->host = dx_host_key(host.len ? host : dx_host_of_path(record->path));
    settle_order(a);
    bool is_open = a->other_date != DX_DATE_UNKNOWN &&
                   a->date_order == DX_DATE_ORDER_OPEN;
    of->flags = (a->date_order == DX_DATE_DAY_FIRST ? DX_HOST_DAY_FIRST : 0) |
                (a->date_order == DX_DATE_MONTH_FIRST ? DX_HOST_MONTH_FIRST : 0) |
                (!a->title_is_certain && (of->front || of->behind)
                        ? DX_HOST_ASKS_TITLE
                        : 0) |
                (is_open ? DX_HOST_ASKS_DATE : 0);
    if (is_open && (record->told & DX_HOST_MONTH)) {
        a->date = a->other_date;
        a->other_date = DX_DATE_UNKNOWN;
    }
}

/* A page of many megabytes takes seconds. */
static dx_status check_stop(const reading *r, dx_error *err)
{
    return dx_stop_check(r->options->stop, err);
}

static dx_status assemble(reading *r, dx_dom *dom, dx_article *a, dx_error *err)
{
    DX_TRY(dx_html_marks_find(dom, site_of(r, dom), r->scratch, &r->marks, err));
    DX_TRY(dx_facts_read(dom, r->record, r->options->stop, r->scratch, a, &r->page, err));
    settle_address(r->record, a);
    DX_TRY(dx_html_marks_fields(&r->marks, dom, r->scratch, a, err));
    settle_host(r->record, a);
    DX_TRY(check_stop(r, err));
    DX_TRY(find_body(r, dom, a, err));
    DX_TRY(check_stop(r, err));
    return dx_facts_read_late(&r->page);
}

/* Pages that the user does not want as articles. */
static dx_status leave_out(const reading *r, const dx_dom *dom, dx_article *a,
    dx_error *err)
{
    bool is_marked = r->marks.has_title || r->marks.body.count;

    if (r->is_shell && a->body.len == 0 && a->lead.len == 0)
        a->left_out = DX_LEFT_SHELL;
    else if (!r->options->keep_lists && r->prints_itself)
        a->left_out = DX_LEFT_PRINT;
    else if (!r->options->keep_lists && !is_marked)
        DX_TRY(dx_html_kind(dom, a, &r->page.ld, r->options->stop, r->scratch,
            &a->left_out, err));
    if (a->left_out == DX_LEFT_NOT && !r->options->ignore_robots &&
        dx_html_is_noindex(dom))
        a->left_out = DX_LEFT_NOINDEX;
    return DX_OK;
}

/* What was written wrong twice needs two repairs. */
static dx_status repair_and_clean(dx_str in, dx_arena *arena, dx_str *out,
    const char **encoding, dx_error *err)
{
    const char *repaired = NULL;

    DX_TRY(dx_repair(dx_trim(in), arena, out, &repaired, err));
    if (!repaired)
        return dx_clean_sound(*out, DX_CLEAN_TEXT, arena, out, err);
    *encoding = repaired;
    return dx_clean(*out, DX_CLEAN_TEXT, arena, out, err);
}

static dx_status read_page(reading *r, dx_arena *arena, dx_article *a, dx_error *err)
{
    dx_arena *scratch = r->scratch;
    dx_str utf8;
    dx_charset charset;
    size_t skip;
    dx_dom dom;

    DX_TRY(dx_charset_detect(r->record->bytes, &charset, &skip, err));
    a->from.encoding = dx_charset_name(charset);
    DX_TRY(dx_charset_decode(charset, dx_str_from_offset(r->record->bytes, skip),
        scratch, &utf8, err));
    dx_str source = utf8;
    r->prints_itself = dx_html_prints_itself(source);
    /* Twice: no script is worth a repair, and a tag may come to light when the
     * control characters in it are gone. */
    DX_TRY(dx_html_tame(utf8, scratch, &utf8, err));
    DX_TRY(check_stop(r, err));
    DX_TRY(repair_and_clean(utf8, scratch, &utf8, &a->from.encoding, err));
    DX_TRY(check_stop(r, err));
    DX_TRY(dx_html_tame(utf8, scratch, &utf8, err));
    DX_TRY(dx_dom_parse(utf8, r->options->stop, scratch, &dom, err));
    DX_TRY(check_stop(r, err));
    DX_TRY(assemble(r, &dom, a, err));
    DX_TRY(dx_paras_join(r->paras, 0, arena, &a->body, err));
    if (a->body.len < r->page.ld.body.len / 2)
        DX_TRY(dx_clean_copy(r->page.ld.body, DX_CLEAN_TEXT, arena, &a->body, err));
    r->is_shell = dx_html_is_shell(source, a->body);
    if (r->is_shell) /* what it says of scripts */
        a->body = (dx_str){NULL, 0};
    if (a->body.len == 0)
        DX_TRY(dx_html_page_data(&dom, r->options, arena, a, err));
    DX_TRY(check_stop(r, err));
    DX_TRY(leave_out(r, &dom, a, err));
    return dx_article_own(a, arena, err);
}

static dx_status read_html(const dx_record *record,
    const dx_input_options *options, dx_arena *arena, dx_article *out,
    dx_error *err)
{
    dx_str bytes = record->bytes;
    dx_arena scratch = DX_ARENA_INIT;
    dx_paras paras = {0};

    if (bytes.len > HTML_MAX_BYTES)
        return dx_fail(err, DX_ERR_LIMIT,
            "an HTML page of more than %u MiB is no article",
            HTML_MAX_BYTES >> 20);
    if (bytes.len && memchr(bytes.ptr, '<', bytes.len) == NULL)
        return dx_fail(err, DX_ERR_FORMAT,
            "no HTML in it; rename it to .txt if it is plain text");
    dx_status status = read_page(&(reading){.record = record, .options = options,
                                     .scratch = &scratch, .paras = &paras},
        arena, out, err);
    dx_paras_free(&paras);
    dx_arena_free(&scratch);
    return status;
}

static bool sniff(dx_str first)
{
    return first.len && first.ptr[0] == '<';
}

const dx_source dx_source_html = {
    .name = "html",
    .max_bytes = HTML_MAX_BYTES,
    .extensions = {".html", ".htm", ".xhtml"},
    .sniff = sniff,
    .is_sure = dx_html_is_sure,
    .cut = dx_source_cut_whole,
    .read = read_html,
};
