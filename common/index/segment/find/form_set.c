/* Finds the forms of terms: within a run they stand in the order of their terms. */
#include "common/index/segment/find/form_set.h"

/* dx_form_meaning() of a table whose entries stay in registers. */
static inline uint32_t meaning(dx_column entries, uint32_t form)
{
    return dx_table_u32(entries, DX_FORM_BYTES, form, DX_FORM_MEANING);
}

/* The first form of [from, end) whose term is not below `term`. */
static inline uint32_t first_form(dx_column entries, uint32_t from, uint32_t end,
    uint32_t term)
{
    while (from < end) {
        uint32_t middle = from + (end - from) / 2;
        if (meaning(entries, middle) < term)
            from = middle + 1;
        else
            end = middle;
    }
    return from;
}

/* The same where it is thought to be near `from`. */
static inline uint32_t first_form_near(dx_column entries, uint32_t from,
    uint32_t end, uint32_t term)
{
    uint32_t step = 1;

    while (step < end - from && meaning(entries, from + step - 1) < term)
        step *= 2;
    return first_form(entries, from + step / 2,
        step < end - from ? from + step : end, term);
}

static void add_range(dx_form_set *set, const dx_text_code *c, uint32_t r,
    uint32_t form, uint32_t end)
{
    const dx_text_run *run = &c->runs[r];

    if (form >= end)
        return;
    uint32_t b = run->first_byte + ((form - run->first_form) >> run->width);
    uint32_t last = run->first_byte + ((end - 1 - run->first_form) >> run->width);
    for (; b <= last; b++)
        set->first[b / 64] |= (uint64_t)1 << b % 64;
    if (set->of_run[r].count == 0)
        set->of_run[r].form = form;
    set->of_run[r].count = end - set->of_run[r].form;
}

void dx_form_set_add(dx_form_set *set, const dx_form_table *t,
    dx_id_spans terms)
{
    for (uint32_t r = 0; r < t->code.run_count; r++) {
        const dx_text_run *run = &t->code.runs[r];
        uint32_t from = run->first_form, end = from + run->forms;
        for (uint32_t i = 0; i < terms.count && run->kind == DX_TEXT_WORDS; i++) {
            uint32_t form = first_form(t->entries, from, end, terms.at[i].first);
            from = first_form_near(t->entries, form, end, terms.at[i].end);
            add_range(set, &t->code, r, form, from);
        }
    }
}

void dx_form_set_add_others(dx_form_set *set, const dx_form_table *t)
{
    for (uint32_t r = 0; r < t->code.run_count; r++) {
        const dx_text_run *run = &t->code.runs[r];
        if (run->kind == DX_TEXT_OTHERS)
            add_range(set, &t->code, r, run->first_form,
                run->first_form + run->forms);
    }
}
