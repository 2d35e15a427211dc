/* Searches a text for words that may be of some terms. */
#include "common/index/segment/find/term_finder.h"

#include "common/index/codec/bits.h"
#include "common/index/segment/find/form_set.h"
#include "common/index/segment/form_table.h"
#include "common/index/segment/layout/format.h"

#define BLOCK 64u
#define BLOCKS 8u     /* that are looked at in one step */
#define NEAR_BYTES 8u /* so few are summed up one by one */
enum { POSITIONS, WANTED, SETS };

static void want(dx_term_finder *f, const dx_form_set *set)
{
    for (uint32_t b = 0; b < DX_TEXT_FIRST_BYTES; b++)
        if (set->first[b / 64] >> b % 64 & 1)
            dx_byte_sets_add(&f->bytes, WANTED, (uint8_t)b);
}

void dx_term_finder_init(dx_term_finder *f, const dx_segment *s)
{
    dx_form_set others = {.of_run = {{0}}};

    *f = (dx_term_finder){.s = s};
    for (uint32_t r = 0; r < s->forms.code.run_count; r++) {
        const dx_text_run *run = &s->forms.code.runs[r];
        for (uint32_t b = run->first_byte;
             b < run->end_byte && run->kind == DX_TEXT_WORDS; b++)
            dx_byte_sets_add(&f->bytes, POSITIONS, (uint8_t)b);
    }
    /* they may be any terms, and move what follows by any number of positions */
    dx_form_set_add_others(&others, &s->forms);
    want(f, &others);
}

void dx_term_finder_add(dx_term_finder *f, dx_id_spans terms)
{
    dx_form_set set = {.of_run = {{0}}};

    dx_form_set_add(&set, &f->s->forms, terms);
    want(f, &set);
    for (uint32_t i = 0; i < terms.count; i++)
        dx_id_filter_add(&f->terms, terms.at[i].first, terms.at[i].end);
}

/* ---- a document ---- */

dx_status dx_term_search_begin(const dx_term_finder *f, uint32_t doc,
    dx_term_search *search)
{
    *search = (dx_term_search){.field = 0};
    return dx_segment_open_text(f->s, doc, &search->text);
}

/* Decodes form number `form` of the text, from the one decoded before. */
static inline uint32_t decode(const dx_term_finder *f, dx_term_search *search,
    uint32_t form)
{
    const dx_text_code *code = &f->s->forms.code;
    const uint8_t *first = search->text.first;
    uint8_t b = first[form];

    if (code->width[b] == 0)
        return code->of[b].form;
    if (form - search->known > NEAR_BYTES)
        search->known_bit += dx_byte_sum(code->group_width,
            first + search->known, first + form, search->text.limit);
    else
        for (uint32_t i = search->known; i < form; i++)
            search->known_bit += code->width[first[i]];
    search->known = form;
    dx_text_place at = {first + form, search->known_bit};
    return dx_text_next(code, &search->text, &at);
}

static dx_status add_extras(const dx_term_finder *f, const dx_term_search *search,
    uint32_t entry, uint32_t pos, uint32_t *positions, dx_doc *out)
{
    const uint8_t *p;
    uint32_t count =
        dx_form_extras(&f->s->forms, entry & ~DX_FORM_EXTRA, &p);

    *positions = 0;
    for (uint32_t i = 0; i < count; i++) {
        dx_form_term t = dx_form_extra(p, i);
        if (dx_id_filter_may_have(&f->terms, t.exact_id))
            DX_TRY(dx_doc_add_token(out,
                (dx_token){.exact_id = t.exact_id, .pos = pos + t.pos,
                    .field = (uint8_t)search->field, .overlay = t.overlay}));
        if (!t.overlay)
            *positions = t.pos + 1u;
    }
    return DX_OK;
}

/* Adds the tokens of form number `form`, at `pos`, and tells how many positions it
 * has beside those that the row of positions counts. */
static inline dx_status take_form(const dx_term_finder *f,
    dx_term_search *search, uint32_t form, uint32_t pos, uint32_t *positions,
    dx_doc *out)
{
    uint32_t number = decode(f, search, form);

    *positions = 0;
    if (number >= f->s->forms.count)
        return DX_ERR_CORRUPT;
    uint32_t entry = dx_form_meaning(&f->s->forms, number);
    if (entry == DX_FORM_GAP)
        return DX_OK;
    if (entry >= DX_FORM_EXTRA)
        return add_extras(f, search, entry, pos, positions, out);
    return dx_id_filter_may_have(&f->terms, entry)
               ? dx_doc_add_token(out, (dx_token){.exact_id = entry, .pos = pos,
                                           .field = (uint8_t)search->field})
               : DX_OK;
}

/* One block of forms from search->form on, of which `valid` are of the field. */
static inline dx_status take_block(const dx_term_finder *f,
    dx_term_search *search, uint64_t positions, uint64_t wanted, uint64_t valid,
    dx_doc *out)
{
    uint32_t more = 0, here;

    positions &= valid;
    for (wanted &= valid; wanted; wanted &= wanted - 1) {
        unsigned bit = dx_ctz64(wanted);
        uint64_t before = positions & (((uint64_t)1 << bit) - 1);
        uint32_t pos = search->pos + dx_popcount64(before) + more;
        DX_TRY(take_form(f, search, search->form + bit, pos, &here, out));
        more += here;
    }
    search->pos += dx_popcount64(positions) + more;
    return DX_OK;
}

static inline dx_status take_blocks(const dx_term_finder *f, dx_term_search *search,
    dx_doc *out)
{
    uint32_t end = search->text.end[search->field];
    uint32_t blocks = (end - search->form + BLOCK - 1) / BLOCK;
    uint64_t masks[SETS][BLOCKS];

    blocks = blocks < BLOCKS ? blocks : BLOCKS;
    dx_byte_masks(&f->bytes, SETS, search->text.first + search->form,
        search->text.limit, blocks, masks[0], BLOCKS);
    for (uint32_t b = 0; b < blocks; b++) {
        uint32_t left = end - search->form;
        uint64_t valid = left < BLOCK ? ((uint64_t)1 << left) - 1 : UINT64_MAX;
        DX_TRY(take_block(f, search, masks[POSITIONS][b], masks[WANTED][b],
            valid, out));
        search->form += left < BLOCK ? left : BLOCK;
    }
    return DX_OK;
}

#if defined(__x86_64__) && defined(__GNUC__)
__attribute__((target("popcnt,bmi"), flatten)) static dx_status
take_blocks_fast(const dx_term_finder *f, dx_term_search *search, dx_doc *out)
{
    return take_blocks(f, search, out);
}
#endif

dx_status dx_term_search_go_on(const dx_term_finder *f, dx_term_search *search,
    dx_doc *out, bool *more)
{
    *more = true;
    while (search->form == search->text.end[search->field]) {
        if (search->field + 1 == DX_TEXT_FIELDS) {
            *more = false;
            return DX_OK;
        }
        search->field++;
        search->pos = 0;
    }
#if defined(__x86_64__) && defined(__GNUC__)
    if (__builtin_cpu_supports("popcnt") && __builtin_cpu_supports("bmi"))
        return take_blocks_fast(f, search, out);
#endif
    return take_blocks(f, search, out);
}
