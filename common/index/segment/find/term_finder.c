/* Searches a text for words that may be of some terms. */
#include "common/index/segment/find/term_finder.h"

#include <assert.h>

#include "common/index/codec/bits.h"
#include "common/index/segment/find/form_set.h"
#include "common/index/segment/form_table.h"
#include "common/index/segment/layout/format.h"

#define BLOCK 64u
#define BLOCKS DX_TERM_SEARCH_MANY /* that are looked at in one step at most */
#define FORMS (BLOCKS * BLOCK)
enum { POSITIONS, WANTED, SETS };

/* What is known of the next forms of a text by their first bytes. */
typedef struct step {
    uint64_t masks[SETS * BLOCKS]; /* of each set, one after the other */
    uint64_t groups[FORMS / DX_BYTE_GROUP]; /* where the bits of each begin: */
    uint8_t within[FORMS];                  /* byte_set.h */
} step;

static void want(dx_term_finder *f, const dx_form_set *set)
{
    for (uint32_t b = 0; b < DX_TEXT_FIRST_BYTES; b++)
        if (set->first[b / 64] >> b % 64 & 1)
            dx_byte_sets_add(&f->bytes, WANTED, (uint8_t)b);
}

void dx_term_finder_init(dx_term_finder *f, const dx_segment *s)
{
    dx_form_set others = {.of_run = {{0}}};

    *f = (dx_term_finder){.s = s, .forms = dx_segment_forms(s)};
    for (uint32_t r = 0; r < f->forms->code.run_count; r++) {
        const dx_text_run *run = &f->forms->code.runs[r];
        for (uint32_t b = run->first_byte;
             b < run->end_byte && run->kind == DX_TEXT_WORDS; b++)
            dx_byte_sets_add(&f->bytes, POSITIONS, (uint8_t)b);
    }
    /* they may be any terms, and move what follows by any number of positions */
    dx_form_set_add_others(&others, f->forms);
    want(f, &others);
}

void dx_term_finder_add(dx_term_finder *f, dx_id_spans terms)
{
    dx_form_set set = {.of_run = {{0}}};

    dx_form_set_add(&set, f->forms, terms);
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

static inline uint64_t bit_of(const step *now, uint32_t i)
{
    return now->groups[i / DX_BYTE_GROUP] + now->within[i];
}

static dx_status add_extras(const dx_term_finder *f, const dx_term_search *search,
    uint32_t entry, uint32_t pos, uint32_t *positions, dx_doc *out)
{
    const uint8_t *p;
    uint32_t count =
        dx_form_extras(f->forms, entry & ~DX_FORM_EXTRA, &p);

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

/* Adds the tokens of form number `i` of the step, at `pos`, and tells how many
 * positions it has beside those that the row of positions counts. */
static inline dx_status take_form(const dx_term_finder *f,
    const dx_term_search *search, const step *now, uint32_t i, uint32_t pos,
    uint32_t *positions, dx_doc *out)
{
    dx_text_place at = {search->text.first + search->form + i, bit_of(now, i)};
    uint32_t number = dx_text_next(&f->forms->code, &search->text, &at);

    *positions = 0;
    if (number >= f->forms->count)
        return DX_ERR_CORRUPT;
    uint32_t entry = dx_form_meaning(f->forms, number);
    if (entry == DX_FORM_GAP)
        return DX_OK;
    if (entry >= DX_FORM_EXTRA)
        return add_extras(f, search, entry, pos, positions, out);
    return dx_id_filter_may_have(&f->terms, entry)
               ? dx_doc_add_token(out, (dx_token){.exact_id = entry, .pos = pos,
                                           .field = (uint8_t)search->field})
               : DX_OK;
}

/* Block `b` of the step, of which the bits of `valid` are in the field. */
static inline dx_status take_block(const dx_term_finder *f,
    dx_term_search *search, const step *now, uint32_t b, uint64_t valid,
    dx_doc *out)
{
    uint64_t positions = now->masks[POSITIONS * BLOCKS + b] & valid;
    uint32_t more = 0, here;

    for (uint64_t wanted = now->masks[WANTED * BLOCKS + b] & valid; wanted;
         wanted &= wanted - 1) {
        unsigned bit = dx_ctz64(wanted);
        uint64_t before = positions & (((uint64_t)1 << bit) - 1);
        uint32_t pos = search->pos + dx_popcount64(before) + more;
        DX_TRY(take_form(f, search, now, b * BLOCK + bit, pos, &here, out));
        more += here;
    }
    search->pos += dx_popcount64(positions) + more;
    return DX_OK;
}

static inline dx_status take_step(const dx_term_finder *f,
    dx_term_search *search, uint32_t most, dx_doc *out)
{
    const uint8_t *p = search->text.first + search->form;
    uint32_t left = search->text.end[search->field] - search->form;
    uint32_t forms = left < most * BLOCK ? left : most * BLOCK;
    uint32_t blocks = (forms + BLOCK - 1) / BLOCK;
    step now = {.within = {0}};
    dx_byte_sums sums = {search->bit, now.groups, now.within};

    dx_byte_masks(&f->bytes, SETS, p, search->text.limit, blocks, now.masks,
        BLOCKS);
    dx_byte_sums_add(f->forms->code.group_width, p, search->text.limit, blocks,
        &sums);
    for (uint32_t b = 0; b < blocks; b++) {
        uint32_t valid = forms - b * BLOCK;
        DX_TRY(take_block(f, search, &now, b,
            valid < BLOCK ? ((uint64_t)1 << valid) - 1 : UINT64_MAX, out));
    }
    search->form += forms;
    search->bit = forms % BLOCK ? bit_of(&now, forms) : sums.sum;
    return DX_OK;
}

#if defined(__x86_64__) && defined(__GNUC__)
__attribute__((target("popcnt,bmi"), flatten)) static dx_status
take_step_fast(const dx_term_finder *f, dx_term_search *search, uint32_t most,
    dx_doc *out)
{
    return take_step(f, search, most, out);
}
#endif

dx_status dx_term_search_go_on(const dx_term_finder *f, dx_term_search *search,
    uint32_t blocks, dx_doc *out, bool *more)
{
    assert(blocks > 0 && blocks <= BLOCKS);
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
        return take_step_fast(f, search, blocks, out);
#endif
    return take_step(f, search, blocks, out);
}
