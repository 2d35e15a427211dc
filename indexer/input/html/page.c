/* An HTML page to an article. */
#include "common/base/arena.h"
#include "indexer/input/chars/charset.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/clean.h"
#include "indexer/input/chars/repair.h"
#include "indexer/input/finish.h"
#include "indexer/input/html/body/body.h"
#include "indexer/input/html/dom_gumbo.h"
#include "indexer/input/html/facts/facts.h"
#include "indexer/input/html/sniff.h"
#include "indexer/input/html/tame.h"
#include "indexer/input/source.h"
#include "indexer/input/text/boilerplate.h"
#include "indexer/input/text/state_document.h"

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

/* What the lines of the text told, not the elements around it. */
static void note_text(dx_article *a)
{
    for (size_t f = 0; f < DX_FIELDS; f++)
        if (a->at[f].len && !a->from.field[f])
            a->from.field[f] = "text";
    if (a->date != DX_DATE_UNKNOWN && !a->from.field[DX_FIELD_DATE])
        a->from.field[DX_FIELD_DATE] = "text";
}

static dx_status assemble(const dx_dom *dom, dx_arena *scratch,
    dx_paras *paras, dx_article *a, int32_t written, dx_page *page,
    dx_error *err)
{
    DX_TRY(dx_facts_read(dom, written, scratch, a, page, err));
    DX_TRY(dx_html_paras(dom, scratch, paras, err));
    if (paras->count == 0 && page->ld.body.len == 0)
        DX_TRY(dx_html_visible_paras(dom, scratch, paras, err));
    remove_repeats(paras, a);
    bool found = a->docno.len > 0; /* said by the page itself */
    if (!found)
        DX_TRY(dx_state_document_read(paras, scratch, a, &found, err));
    dx_boilerplate_remove(paras, a);
    note_text(a);
    dx_str lead = a->lead; /* it stays as the page has it */
    if (lead.len)
        dx_boilerplate_remove_agency(&lead, a);
    else if (paras->count)
        dx_boilerplate_remove_agency(&paras->items[0].text, a);
    return dx_facts_read_late(page);
}

static dx_status read_page(const dx_record *record, dx_arena *scratch,
    dx_paras *paras, dx_arena *arena, dx_article *a, dx_error *err)
{
    dx_str utf8;
    dx_charset charset;
    size_t skip;
    dx_page page;
    dx_dom dom;

    DX_TRY(dx_charset_detect(record->bytes, &charset, &skip, err));
    a->from.encoding = dx_charset_name(charset);
    DX_TRY(dx_charset_decode(charset, dx_str_from_offset(record->bytes, skip),
        scratch, &utf8, err));
    /* Twice: no script is worth a repair, and a tag may come to light when the
     * control characters in it are gone. */
    DX_TRY(dx_html_tame(utf8, scratch, &utf8, err));
    DX_TRY(dx_repair(utf8, scratch, &utf8, &a->from.encoding, err));
    DX_TRY(dx_clean(utf8, DX_CLEAN_TEXT, scratch, &utf8, err));
    DX_TRY(dx_html_tame(utf8, scratch, &utf8, err));
    DX_TRY(dx_dom_parse(utf8, scratch, &dom, err));
    DX_TRY(assemble(&dom, scratch, paras, a, record->written, &page, err));
    DX_TRY(dx_paras_join(paras, 0, arena, &a->body, err));
    if (a->body.len < page.ld.body.len / 2)
        DX_TRY(dx_clean_copy(page.ld.body, DX_CLEAN_TEXT, arena, &a->body, err));
    return dx_article_own(a, arena, err);
}

static dx_status read_html(const dx_record *record,
    const dx_input_options *options, dx_arena *arena, dx_article *out,
    dx_error *err)
{
    (void)options;
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
    dx_status status = read_page(record, &scratch, &paras, arena, out, err);
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
    .extensions = {".html", ".htm", ".xhtml"},
    .sniff = sniff,
    .is_sure = dx_html_is_sure,
    .cut = dx_source_cut_whole,
    .read = read_html,
};
