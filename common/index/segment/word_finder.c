/* Searches a text for places where all of some words may be. */
#include "common/index/segment/word_finder.h"

#include "common/base/mem.h"
#include "common/index/codec/bits.h"
#include "common/index/segment/form_table.h"
#include "common/index/segment/layout/format.h"
#include "common/index/segment/segment_internal.h"

#define BLOCK 64u
enum { POSITIONS, WORDS }; /* rows; those of words follow one another */

/* ---- the words ---- */

void dx_word_finder_init(dx_word_finder *f, const dx_segment *s, uint32_t reach)
{
    *f = (dx_word_finder){.s = s, .reach = reach};
    for (uint32_t r = 0; r < s->forms.code.run_count; r++) {
        const dx_text_run *run = &s->forms.code.runs[r];
        for (uint32_t b = run->first_byte;
             b < run->end_byte && run->kind == DX_TEXT_WORDS; b++)
            dx_byte_sets_add(&f->bytes, POSITIONS, (uint8_t)b);
    }
}

/* Whether it stands for several words, whose terms are not known. */
static inline bool is_shared(const dx_word_finder *f, uint32_t word)
{
    return f->added > DX_FINDER_WORDS && word == DX_FINDER_WORDS - 1;
}

void dx_word_finder_add(dx_word_finder *f, dx_id_spans word)
{
    if (f->word_count < DX_FINDER_WORDS)
        f->word_count++;
    uint32_t number = f->word_count - 1;
    dx_finder_word *w = &f->words[number];
    f->added++;
    *w = (dx_finder_word){.terms = word};
    dx_form_set_add(&w->forms, &f->s->forms, word);
    dx_form_set_add_others(&w->forms, &f->s->forms);
    for (uint32_t b = 0; b < DX_TEXT_FIRST_BYTES; b++) {
        if (!(w->forms.first[b / 64] >> b % 64 & 1))
            continue;
        dx_byte_sets_add(&f->bytes, WORDS + number, (uint8_t)b);
        w->bytes++;
    }
    if (!is_shared(f, number) && w->bytes < f->words[f->anchor].bytes)
        f->anchor = number;
    else if (is_shared(f, f->anchor))
        f->anchor = 0;
}

/* ---- a document ---- */

void dx_word_search_init(dx_word_search *search)
{
    *search = (dx_word_search){.rows = NULL};
    dx_doc_init(&search->place);
}

void dx_word_search_free(dx_word_search *search)
{
    dx_free(search->rows);
    dx_doc_free(&search->place);
}

static uint32_t field_begin(const dx_text *t, uint32_t field)
{
    return field ? t->end[field - 1] : 0;
}

dx_status dx_word_search_begin(const dx_word_finder *f, uint32_t doc,
    dx_field first, dx_field last, dx_word_search *search)
{
    dx_text *t = &search->text;

    DX_TRY(dx_segment_open_text(f->s, doc, t));
    search->begin = field_begin(t, first);
    search->end = t->end[last];
    search->known = 0;
    search->known_bit = 0;
    search->blocks = (search->end - search->begin + BLOCK - 1) / BLOCK;
    search->stride = (size_t)search->blocks + 2;
    search->made = search->block = 0;
    search->left = 0;
    search->field_begin = search->field_end = search->begin;
    void *rows = search->rows;
    if (dx_grow(&rows, &search->row_cap, search->stride * (f->word_count + 2),
            sizeof *search->rows) != 0)
        return DX_ERR_NOMEM;
    search->rows = rows;
    for (uint32_t r = 0; r < f->word_count + 2; r++, rows = (uint64_t *)rows + search->stride)
        ((uint64_t *)rows)[0] = ((uint64_t *)rows)[search->stride - 1] = 0;
    return DX_OK;
}

static inline uint64_t *row_of(const dx_word_search *search, uint32_t row)
{
    return search->rows + row * search->stride + 1;
}

/* Positions before each block. */
static inline uint64_t *position_row(const dx_word_finder *f,
    const dx_word_search *search)
{
    return row_of(search, WORDS + f->word_count);
}

/* Makes the rows up to the block behind number `block`. */
static inline void make_blocks(const dx_word_finder *f, dx_word_search *search,
    uint32_t block)
{
    const uint64_t *positions = row_of(search, POSITIONS);
    uint64_t *before = position_row(f, search);

    while (search->made < search->blocks && search->made < block + 2) {
        uint32_t from = search->made, left = search->blocks - from;
        uint32_t count = left < DX_FINDER_BLOCKS ? left : DX_FINDER_BLOCKS;
        dx_byte_masks(&f->bytes, WORDS + f->word_count,
            search->text.first + search->begin + (size_t)from * BLOCK,
            search->text.limit, count, row_of(search, 0) + from,
            search->stride);
        search->made += count;
        uint32_t past = search->made * BLOCK - (search->end - search->begin);
        for (uint32_t r = 0; r < WORDS + f->word_count && count == left; r++)
            row_of(search, r)[search->made - 1] &= ~(uint64_t)0 >> past;
        for (uint32_t b = from; b < search->made; b++)
            before[b] = (b ? before[b - 1] : 0) +
                        dx_popcount64(positions[(ptrdiff_t)b - 1]);
    }
}

/* ---- where words may be ---- */

/* What a row says of 64 forms up to number `bit` of the block at `row`, that one in
 * the upper bit; and of those from it on, that one in the lower. */
static inline uint64_t seen_up_to(const uint64_t *row, unsigned bit)
{
    return row[0] << (BLOCK - 1 - bit) | row[-1] >> 1 >> bit;
}

static inline uint64_t seen_from(const uint64_t *row, unsigned bit)
{
    return row[0] >> bit | row[1] << 1 << (BLOCK - 1 - bit);
}

/* Whether each other word may be within reach of the anchor, at number `bit` of block
 * `b`, or is not among 64 forms on a side, which then do not tell. What stands in
 * another field may count. */
static inline bool may_be_near(const dx_word_finder *f,
    const dx_word_search *search, uint32_t b, unsigned bit)
{
    const uint64_t *positions = row_of(search, POSITIONS) + b;
    uint64_t before = seen_up_to(positions, bit);
    uint64_t behind = seen_from(positions, bit) >> 1;

    for (uint32_t w = 0; w < f->word_count; w++) {
        const uint64_t *row = row_of(search, WORDS + w) + b;
        uint64_t left = seen_up_to(row, bit) | 1;
        uint64_t right = seen_from(row, bit) | (uint64_t)1 << 63;
        unsigned last = 63 - (unsigned)__builtin_clzll(left);
        unsigned first = dx_ctz64(right);
        if (dx_popcount64(before >> last >> 1) > f->reach &&
            dx_popcount64(behind & (((uint64_t)1 << first) - 1)) > f->reach)
            return false;
    }
    return true;
}

/* A form that may be of a word, by its first byte. */
typedef struct candidate {
    uint32_t block, bit;
    uint32_t form;     /* its number in the text */
    uint32_t position; /* if no form before has several */
} candidate;

static inline candidate candidate_at(const dx_word_finder *f,
    const dx_word_search *search, uint32_t block, uint32_t bit)
{
    uint64_t before = ((uint64_t)1 << bit) - 1;

    return (candidate){block, bit, search->begin + block * BLOCK + bit,
        (uint32_t)position_row(f, search)[block] +
            dx_popcount64(row_of(search, POSITIONS)[block] & before)};
}

/* The last one of a row that is `c` or before it, and the first one behind it, in
 * its field and at most at `position`. */
static inline bool candidate_before(const dx_word_finder *f,
    const dx_word_search *search, const uint64_t *row, candidate c,
    uint32_t position, candidate *out)
{
    uint64_t seen = row[c.block] & (((uint64_t)2 << c.bit) - 1);
    uint32_t block = c.block;

    while (!seen && block > 0 &&
           search->begin + block * BLOCK > search->field_begin &&
           position_row(f, search)[block] >= position)
        seen = row[--block];
    if (!seen)
        return false;
    *out = candidate_at(f, search, block, 63 - (unsigned)__builtin_clzll(seen));
    return out->form >= search->field_begin && out->position >= position;
}

static inline bool candidate_behind(const dx_word_finder *f,
    dx_word_search *search, const uint64_t *row, candidate c,
    uint32_t position, candidate *out)
{
    uint64_t seen = row[c.block] & ~(uint64_t)1 << c.bit;
    uint32_t block = c.block;

    while (!seen && block + 1 < search->blocks) {
        make_blocks(f, search, ++block);
        if (search->begin + block * BLOCK >= search->field_end ||
            position_row(f, search)[block] > position)
            return false;
        seen = row[block];
    }
    if (!seen)
        return false;
    *out = candidate_at(f, search, block, dx_ctz64(seen));
    return out->form < search->field_end && out->position <= position;
}

/* ---- forms ---- */

/* Decodes form number `form`, from the one that was decoded before. */
static inline uint32_t decode(const dx_word_finder *f, dx_word_search *search,
    uint32_t form)
{
    const dx_text_code *code = &f->s->forms.code;
    const uint8_t *first = search->text.first, *limit = search->text.limit;

    if (form >= search->known)
        search->known_bit += dx_byte_sum(code->group_width,
            first + search->known, first + form, limit);
    else
        search->known_bit -= dx_byte_sum(code->group_width, first + form,
            first + search->known, limit);
    search->known = form;
    dx_text_place at = {first + form, search->known_bit};
    return dx_text_next(code, &search->text, &at);
}

/* Whether `c` is of a word, and drops it from its row if not. It may be of those that
 * share a row. A form that does not have just one term may be of any word; it stays,
 * because it moves the positions of what follows. */
static inline bool is_of(const dx_word_finder *f, dx_word_search *search,
    uint32_t word, candidate c)
{
    const dx_form_table *forms = &f->s->forms;
    const dx_finder_word *w = &f->words[word];

    if (is_shared(f, word))
        return true;
    uint32_t form = decode(f, search, c.form);
    if (dx_form_set_has(&w->forms, &forms->code, search->text.first[c.form],
            form)) {
        if (w->terms.count == 1)
            return true;
        uint32_t entry = dx_form_meaning(forms, form);
        if (entry >= DX_FORM_EXTRA || dx_id_spans_have(w->terms, entry))
            return true;
    }
    row_of(search, WORDS + word)[c.block] &= ~((uint64_t)1 << c.bit);
    return false;
}

/* Whether a word is within reach of the anchor `c`. */
static inline bool is_near(const dx_word_finder *f, dx_word_search *search,
    uint32_t word, candidate c)
{
    const uint64_t *row = row_of(search, WORDS + word);
    uint32_t first = c.position > f->reach ? c.position - f->reach : 0;
    candidate other;

    while (candidate_before(f, search, row, c, first, &other))
        if (is_of(f, search, word, other))
            return true;
    while (candidate_behind(f, search, row, c, c.position + f->reach, &other))
        if (is_of(f, search, word, other))
            return true;
    return false;
}

/* ---- places ---- */

static dx_status add_extras(const dx_segment *s, uint32_t entry, uint32_t *pos,
    dx_doc *out)
{
    const uint8_t *p;
    uint32_t count = dx_form_extras(&s->forms, entry & ~DX_FORM_EXTRA, &p);
    uint32_t next = *pos;

    for (uint32_t i = 0; i < count; i++) {
        dx_form_term t = dx_form_extra(p, i);
        DX_TRY(dx_doc_add_token(out, (dx_token){.exact_id = t.exact_id,
                                         .pos = *pos + t.pos,
                                         .overlay = t.overlay}));
        if (!t.overlay)
            next = *pos + t.pos + 1;
    }
    *pos = next;
    return DX_OK;
}

/* Adds the tokens of form number `form`, at position `pos`. *more are those by
 * which it moves what follows, beyond what its first byte says. */
static inline dx_status read_form(const dx_word_finder *f,
    dx_word_search *search, uint32_t form, uint32_t pos, uint32_t *more)
{
    const dx_form_table *forms = &f->s->forms;
    uint32_t number = decode(f, search, form), next = pos;

    if (number >= forms->count)
        return DX_ERR_CORRUPT;
    uint32_t entry = dx_form_meaning(forms, number);
    if (entry < DX_FORM_EXTRA)
        return dx_doc_add_token(&search->place,
            (dx_token){.exact_id = entry, .pos = pos});
    DX_TRY(add_extras(f->s, entry, &next, &search->place));
    *more += next - pos;
    return DX_OK;
}

static inline uint64_t seen_in_block(const dx_word_finder *f,
    const dx_word_search *search, uint32_t block)
{
    uint64_t seen = 0;

    for (uint32_t w = 0; w < f->word_count; w++)
        seen |= row_of(search, WORDS + w)[block];
    return seen;
}

/* All that may be of the words within reach of the anchor `c`. */
static inline dx_status read_around(const dx_word_finder *f,
    dx_word_search *search, candidate c)
{
    uint32_t block = c.block, more = 0;
    uint32_t first = c.position > f->reach ? c.position - f->reach : 0;

    search->place.token_count = 0;
    while (block > 0 && search->begin + block * BLOCK > search->field_begin &&
           position_row(f, search)[block] >= first)
        block--;
    for (; block < search->blocks; block++) {
        make_blocks(f, search, block);
        for (uint64_t seen = seen_in_block(f, search, block); seen;
             seen &= seen - 1) {
            candidate at = candidate_at(f, search, block, dx_ctz64(seen));
            if (at.form >= search->field_end || at.position > c.position + f->reach)
                return DX_OK;
            if (at.form >= search->field_begin && at.position >= first)
                DX_TRY(read_form(f, search, at.form, at.position + more, &more));
        }
        if (search->begin + (block + 1) * BLOCK >= search->field_end)
            break;
    }
    return DX_OK;
}

static inline void enter_field(dx_word_search *search, uint32_t form)
{
    uint32_t field = 0;

    while (form >= search->text.end[field])
        field++;
    search->field_begin = field_begin(&search->text, field);
    search->field_end = search->text.end[field];
}

/* The next form that may be of the anchor, near the others. */
static inline bool next_anchor(const dx_word_finder *f, dx_word_search *search,
    candidate *out)
{
    for (;;) {
        while (!search->left) {
            if (search->block == search->blocks)
                return false;
            make_blocks(f, search, search->block);
            search->left = row_of(search, WORDS + f->anchor)[search->block];
            search->block++;
        }
        unsigned bit = dx_ctz64(search->left);
        search->left &= search->left - 1;
        if (!may_be_near(f, search, search->block - 1, bit))
            continue;
        *out = candidate_at(f, search, search->block - 1, bit);
        return true;
    }
}

static inline dx_status next_place(const dx_word_finder *f,
    dx_word_search *search, bool *found)
{
    candidate c;

    *found = false;
    while (!*found) {
        if (!next_anchor(f, search, &c))
            return DX_OK;
        *found = is_of(f, search, f->anchor, c);
        if (c.form >= search->field_end)
            enter_field(search, c.form);
        for (uint32_t w = 0; w < f->word_count && *found; w++)
            *found = w == f->anchor || is_near(f, search, w, c);
    }
    return read_around(f, search, c);
}

#if defined(__x86_64__) && defined(__GNUC__)
__attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt"), flatten)) static dx_status
next_place_fast(const dx_word_finder *f, dx_word_search *search, bool *found)
{
    return next_place(f, search, found);
}
#endif

dx_status dx_word_search_next(const dx_word_finder *f, dx_word_search *search,
    bool *found)
{
#if defined(__x86_64__) && defined(__GNUC__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"))
        return next_place_fast(f, search, found);
#endif
    return next_place(f, search, found);
}

dx_status dx_word_search_next_start(const dx_word_finder *f,
    dx_word_search *search, bool *found)
{
    uint32_t form = search->field_end, pos = 0;

    *found = form < search->end;
    if (!*found)
        return DX_OK;
    enter_field(search, form);
    search->place.token_count = 0;
    for (; form < search->field_end && pos <= f->reach; form++) {
        uint8_t in = f->bytes.of[search->text.first[form]];
        uint32_t more = in & 1u << POSITIONS;
        if (in >> WORDS)
            DX_TRY(read_form(f, search, form, pos, &more));
        pos += more;
    }
    return DX_OK;
}
