/* Finds stretches of words of a query in coded texts: Shift-And over first bytes. */
#include "common/index/segment/find/row_scan.h"

#include "common/index/codec/bits.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/find/form_set.h"
#include "common/index/segment/form_table.h"
#include "common/index/segment/layout/format.h"

void dx_row_scan_init(dx_row_scan *scan, const dx_segment *s, uint64_t follows)
{
    *scan = (dx_row_scan){.s = s, .follows = follows};
}

void dx_row_scan_add(dx_row_scan *scan, uint32_t word, dx_id_span terms)
{
    dx_form_set set = {{0}, {{0, 0}}};

    if (terms.first >= terms.end)
        return;
    dx_form_set_add(&set, dx_segment_forms(scan->s), (dx_id_spans){&terms, 1});
    for (uint32_t i = 0; i < DX_TEXT_FIRST_BYTES / 64; i++)
        for (uint64_t left = set.first[i]; left; left &= left - 1)
            scan->words_of[i * 64 + dx_ctz64(left)] |= (uint64_t)1 << word;
}

static dx_status read_stretch(const dx_form_table *forms, const dx_text *text,
    dx_text_place at, uint32_t count, dx_row_scan_each each, void *ctx)
{
    uint32_t terms[DX_ROW_STRETCH_MAX], known = 0;

    while (count-- > 0) {
        uint32_t form = dx_text_next(&forms->code, text, &at);
        if (form >= forms->count)
            return DX_ERR_CORRUPT;
        terms[known++] = dx_form_meaning(forms, form);
        if (known > 1 && (count == 0 || known == DX_ROW_STRETCH_MAX)) {
            each(ctx, terms, known);
            known = 0;
        }
    }
    return DX_OK;
}

/* Moves `at` to the end of a field, at `end`. */
static dx_status scan_field(const dx_row_scan *scan, const dx_text *text,
    const uint8_t *end, dx_text_place *at, dx_row_scan_each each, void *ctx)
{
    const dx_form_table *forms = dx_segment_forms(scan->s);
    const uint8_t *width = forms->code.width;
    dx_text_place start = *at; /* of the stretch under way, or of the last form */
    uint64_t before = 0;

    for (const uint8_t *p = at->first; p < end; p++) {
        uint64_t words = scan->words_of[*p];
        if (!(before << 1 & scan->follows & words)) {
            if (p - start.first > 1)
                DX_TRY(read_stretch(forms, text, start,
                    (uint32_t)(p - start.first), each, ctx));
            start = (dx_text_place){p, at->bit};
        }
        before = words;
        at->bit += width[*p];
    }
    at->first = end;
    return end - start.first > 1
               ? read_stretch(forms, text, start, (uint32_t)(end - start.first),
                     each, ctx)
               : DX_OK;
}

dx_status dx_row_scan_doc(const dx_row_scan *scan, uint32_t doc,
    dx_row_scan_each each, void *ctx)
{
    dx_text text;

    DX_TRY(dx_segment_open_text(scan->s, doc, &text));
    dx_text_place at = {text.first, 0};
    for (uint32_t f = 0; f < DX_TEXT_PARTS; f++)
        DX_TRY(scan_field(scan, &text, text.first + text.end[f], &at, each,
            ctx));
    return DX_OK;
}
