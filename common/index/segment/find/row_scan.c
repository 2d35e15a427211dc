/* Finds stretches of words of a query in coded texts. */
#include "common/index/segment/find/row_scan.h"

#include "common/index/codec/bits.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/find/form_set.h"
#include "common/index/segment/form_table.h"
#include "common/index/segment/layout/format.h"

#define SETS 4u
#define BLOCK 64u
#define BLOCKS 16u /* at once */
#define GROUPS (BLOCK / DX_BYTE_GROUP)

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
        for (uint64_t left = set.first[i]; left; left &= left - 1) {
            uint32_t b = i * 64 + dx_ctz64(left);
            scan->words_of[b] |= (uint64_t)1 << word;
            dx_byte_sets_add(&scan->bytes, word % SETS, (uint8_t)b);
        }
}

/* A text on its way. Forms are numbered from its beginning. */
typedef struct walk {
    const dx_row_scan *scan;
    dx_text text;
    dx_row_scan_each each;
    void *ctx;
    uint32_t from;                    /* form that the blocks begin with */
    uint64_t masks[SETS][BLOCKS];     /* where words may be, in each block */
    uint64_t carry[SETS];             /* the last form before the blocks */
    uint64_t groups[BLOCKS * GROUPS]; /* widths of the forms before */
    uint8_t within[BLOCKS * BLOCK];
    uint64_t sum, last_bit; /* of all before the blocks, without the last form */
    dx_text_place start;    /* of the stretch under way, … */
    uint32_t end;           /* … which ends there; 0 when there is none */
} walk;

static dx_status end_stretch(walk *w)
{
    const dx_form_table *forms = dx_segment_forms(w->scan->s);
    uint32_t terms[DX_ROW_STRETCH_MAX], known = 0;
    uint32_t count = w->end ? w->end - (uint32_t)(w->start.first - w->text.first)
                            : 0;

    w->end = 0;
    while (count-- > 0) {
        uint32_t form = dx_text_next(&forms->code, &w->text, &w->start);
        if (form >= forms->count)
            return DX_ERR_CORRUPT;
        terms[known++] = dx_form_meaning(forms, form);
        if (known > 1 && (count == 0 || known == DX_ROW_STRETCH_MAX)) {
            w->each(w->ctx, terms, known);
            known = 0;
        }
    }
    return DX_OK;
}

static uint64_t bit_of(const walk *w, uint32_t form)
{
    uint32_t at = form - w->from;

    return form < w->from ? w->last_bit
                          : w->groups[at / DX_BYTE_GROUP] + w->within[at];
}

/* Form number `form` may follow the one before it as in the query. */
static dx_status take_pair(walk *w, uint32_t form)
{
    const uint8_t *p = w->text.first + form;

    if (!(w->scan->words_of[p[-1]] << 1 & w->scan->follows &
            w->scan->words_of[p[0]]) ||
        form == w->text.end[0] || form == w->text.end[1])
        return DX_OK;
    if (w->end != form) {
        DX_TRY(end_stretch(w));
        w->start = (dx_text_place){p - 1, bit_of(w, form - 1)};
    }
    w->end = form + 1;
    return DX_OK;
}

static dx_status take_block(walk *w, uint32_t block, uint64_t inside)
{
    uint64_t pairs = 0;

    for (uint32_t s = 0; s < SETS; s++)
        pairs |= (w->masks[s][block] << 1 | w->carry[s]) &
                 w->masks[(s + 1) % SETS][block];
    for (uint32_t s = 0; s < SETS; s++)
        w->carry[s] = w->masks[s][block] >> (BLOCK - 1);
    for (pairs &= inside; pairs; pairs &= pairs - 1)
        DX_TRY(take_pair(w, w->from + block * BLOCK + dx_ctz64(pairs)));
    return DX_OK;
}

static dx_status take_blocks(walk *w, uint32_t count)
{
    const uint8_t *p = w->text.first + w->from;
    uint32_t forms = w->text.end[DX_TEXT_PARTS - 1] - w->from;
    dx_byte_sums sums = {w->sum, w->groups, w->within};

    dx_byte_masks(&w->scan->bytes, SETS, p, w->text.limit, count,
        w->masks[0], BLOCKS);
    dx_byte_sums_add(dx_segment_forms(w->scan->s)->code.group_width, p,
        w->text.limit, count, &sums);
    for (uint32_t b = 0; b < count; b++) {
        uint32_t left = forms - b * BLOCK;
        DX_TRY(take_block(w, b,
            left < BLOCK ? ((uint64_t)1 << left) - 1 : ~(uint64_t)0));
    }
    w->last_bit = bit_of(w, w->from + count * BLOCK - 1);
    w->sum = sums.sum;
    w->from += count * BLOCK;
    return DX_OK;
}

dx_status dx_row_scan_doc(const dx_row_scan *scan, uint32_t doc,
    dx_row_scan_each each, void *ctx)
{
    walk w; /* the blocks need no zeros */

    w.scan = scan;
    w.each = each;
    w.ctx = ctx;
    w.from = w.end = 0;
    w.sum = w.last_bit = 0;
    for (uint32_t s = 0; s < SETS; s++)
        w.carry[s] = 0;
    DX_TRY(dx_segment_open_text(scan->s, doc, &w.text));
    while (w.from < w.text.end[DX_TEXT_PARTS - 1]) {
        uint32_t left = w.text.end[DX_TEXT_PARTS - 1] - w.from;
        DX_TRY(take_blocks(&w,
            left < BLOCKS * BLOCK ? (left + BLOCK - 1) / BLOCK : BLOCKS));
    }
    return end_stretch(&w);
}
