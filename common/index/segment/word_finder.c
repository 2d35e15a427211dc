/* Searches a text for places where all of some words may be. */
#include "common/index/segment/word_finder.h"

#include <string.h>

#include "common/base/mem.h"
#include "common/index/codec/bits.h"
#include "common/index/codec/bm25.h"
#include "common/index/segment/find/bit_row.h"
#include "common/index/segment/form_table.h"
#include "common/index/segment/layout/format.h"
#include "common/index/segment/segment_internal.h"

#define BLOCK DX_BIT_ROW_BLOCK
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
        memset(f->others + run->first_byte, run->kind == DX_TEXT_OTHERS,
            run->end_byte - run->first_byte);
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
    const dx_text_code *code = &f->s->forms.code;
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
        uint32_t run = code->run_of[b];
        w->of[b].mask = code->of[b].mask;
        w->of[b].base = code->of[b].form - w->forms.of_run[run].form;
        w->of[b].count = w->forms.of_run[run].count;
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
    dx_free(search->groups);
    dx_free(search->within);
    dx_free(search->anchors);
    dx_doc_free(&search->place);
}

static uint32_t field_begin(const dx_text *t, uint32_t field)
{
    return field ? t->end[field - 1] : 0;
}

/* Where it is known how often words stand in the document, the rarest is the anchor. */
static void choose_anchor(const dx_word_finder *f, const uint32_t *times,
    dx_word_search *search)
{
    search->word = f->anchor;
    search->times = times ? times[f->anchor] : 0;
    for (uint32_t w = 0; times && w < f->word_count; w++) {
        if (times[w] - 1 < search->times - 1) {
            search->word = w;
            search->times = times[w];
        }
    }
}

dx_status dx_word_search_begin(const dx_word_finder *f, uint32_t doc,
    dx_field first, dx_field last, const uint32_t *times, dx_word_search *search)
{
    dx_text *t = &search->text;

    DX_TRY(dx_segment_open_text(f->s, doc, t));
    search->begin = field_begin(t, first);
    search->end = t->end[last];
    search->field_begin = search->field_end = search->begin;
    search->summed = 0;
    search->sum = 0;
    search->begun = search->sure = false;
    choose_anchor(f, times, search);
    return DX_OK;
}

static inline uint32_t blocks_of(uint32_t forms)
{
    return forms / BLOCK + (forms % BLOCK > 0);
}

static inline dx_status make_room(void **p, size_t *cap, size_t count, size_t size)
{
    return count <= *cap || dx_grow(p, cap, count, size) == 0 ? DX_OK
                                                              : DX_ERR_NOMEM;
}

/* Adds up the widths of the forms before `end`, and maybe some more. */
static dx_status sum_widths(const dx_word_finder *f, dx_word_search *search,
    uint32_t end)
{
    uint32_t from = search->summed, blocks = blocks_of(end);
    void *groups = search->groups, *within = search->within;

    if (blocks <= from)
        return DX_OK;
    DX_TRY(make_room(&groups, &search->group_cap,
        (size_t)blocks * (BLOCK / DX_BYTE_GROUP), sizeof *search->groups));
    search->groups = groups;
    DX_TRY(make_room(&within, &search->within_cap, (size_t)blocks * BLOCK, 1));
    search->within = within;
    dx_byte_sums sums = {search->sum,
        search->groups + (size_t)from * (BLOCK / DX_BYTE_GROUP),
        search->within + (size_t)from * BLOCK};
    dx_byte_sums_add(f->s->forms.code.group_width,
        search->text.first + (size_t)from * BLOCK, search->text.limit,
        blocks - from, &sums);
    search->sum = sums.sum;
    search->summed = blocks;
    return DX_OK;
}

/* Decodes form number `form`, up to which widths were added up. */
static inline uint32_t decode(const dx_word_finder *f,
    const dx_word_search *search, uint32_t form)
{
    dx_text_place at = {search->text.first + form,
        search->groups[form / DX_BYTE_GROUP] + search->within[form]};

    return dx_text_next(&f->s->forms.code, &search->text, &at);
}

/* ---- rows ---- */

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

static dx_status make_rows(const dx_word_finder *f, dx_word_search *search)
{
    uint32_t rows = WORDS + f->word_count, blocks;
    void *room = search->rows;

    blocks = search->blocks = blocks_of(search->end - search->begin);
    search->stride = (size_t)blocks + 2;
    DX_TRY(make_room(&room, &search->row_cap, search->stride * (rows + 1),
        sizeof *search->rows));
    search->rows = room;
    dx_byte_masks(&f->bytes, rows, search->text.first + search->begin,
        search->text.limit, blocks, row_of(search, 0), search->stride);
    uint32_t past = blocks * BLOCK - (search->end - search->begin);
    for (uint32_t r = 0; r < rows; r++) {
        uint64_t *row = row_of(search, r);
        row[-1] = row[blocks] = 0;
        if (blocks > 0)
            row[blocks - 1] &= ~(uint64_t)0 >> past;
    }
    return DX_OK;
}

static inline void count_positions(const dx_word_finder *f,
    const dx_word_search *search)
{
    const uint64_t *positions = row_of(search, POSITIONS);
    uint64_t *before = position_row(f, search), sum = 0;

    for (uint32_t b = 0; b < search->blocks; b++) {
        before[b] = sum;
        sum += dx_popcount64(positions[b]);
    }
}

/* ---- anchors ---- */

/* Of the forms that may be of the anchor those that are in its ranges. *others: some
 * may have any number of terms. */
static inline uint32_t keep_anchors(const dx_word_finder *f,
    const dx_word_search *search, uint32_t count, bool *others)
{
    const dx_finder_word *word = &f->words[search->word];
    const dx_text *t = &search->text;
    uint32_t kept = 0, some = 0;

    for (uint32_t i = 0; i < count; i++) {
        uint32_t form = search->anchors[i];
        uint8_t first = t->first[form];
        uint32_t bits = (uint32_t)dx_bits_peek(t->more, t->limit,
            search->groups[form / DX_BYTE_GROUP] + search->within[form]);
        search->anchors[kept] = form;
        kept += (bits & word->of[first].mask) + word->of[first].base <
                word->of[first].count;
        some |= f->others[first];
    }
    *others = some;
    return kept;
}

static inline uint32_t weight_at(const dx_text *t, uint32_t form)
{
    static const uint32_t weights[DX_TEXT_PARTS] = {DX_WEIGHT_TITLE, DX_WEIGHT_LEAD,
        DX_WEIGHT_BODY};

    return weights[(form >= t->end[DX_FIELD_TITLE]) + (form >= t->end[DX_FIELD_LEAD])];
}

/* Drops anchors that may have any number of terms, if the others are all that there
 * are: what such forms have stands where nothing else brings it into the cache. */
static inline void drop_others(const dx_word_finder *f, dx_word_search *search)
{
    uint32_t times = 0, kept = 0;

    for (uint32_t i = 0; i < search->anchor_count; i++)
        if (!f->others[search->text.first[search->anchors[i]]])
            times += weight_at(&search->text, search->anchors[i]);
    if (times != search->times)
        return;
    for (uint32_t i = 0; i < search->anchor_count; i++) {
        uint32_t form = search->anchors[i];
        search->anchors[kept] = form;
        kept += !f->others[search->text.first[form]];
    }
    search->anchor_count = kept;
}

static inline dx_status find_anchors(const dx_word_finder *f,
    dx_word_search *search)
{
    void *anchors = search->anchors;
    bool others;

    search->begun = true;
    DX_TRY(sum_widths(f, search, search->end));
    DX_TRY(make_rows(f, search));
    DX_TRY(make_room(&anchors, &search->anchor_cap,
        (size_t)search->blocks * BLOCK + DX_BIT_ROW_AT_ONCE, sizeof *search->anchors));
    search->anchors = anchors;
    count_positions(f, search);
    uint32_t count = dx_bit_row_numbers(row_of(search, WORDS + search->word),
        search->blocks, search->begin, search->anchors);
    search->anchor_count = keep_anchors(f, search, count, &others);
    search->anchor = 0;
    if (others && search->times && f->words[search->word].terms.count == 1)
        drop_others(f, search);
    return DX_OK;
}

/* ---- where words may be ---- */

/* Whether each other word may be within reach of the anchor, at number `bit` of block
 * `b`, or is not among 64 forms on a side, which then do not tell. What stands in
 * another field may count. */
static inline bool may_be_near(const dx_word_finder *f,
    const dx_word_search *search, uint32_t b, unsigned bit)
{
    const uint64_t *positions = row_of(search, POSITIONS) + b;
    uint64_t before = dx_bit_row_up_to(positions, bit);
    uint64_t behind = dx_bit_row_from(positions, bit) >> 1;

    for (uint32_t w = 0; w < f->word_count; w++) {
        const uint64_t *row = row_of(search, WORDS + w) + b;
        uint64_t left = dx_bit_row_up_to(row, bit) | 1;
        uint64_t right = dx_bit_row_from(row, bit) | (uint64_t)1 << 63;
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

/* ---- forms ---- */

/* Whether a form that does not have just one term has one of these. */
static bool has_extra(const dx_segment *s, dx_id_spans terms, uint32_t entry)
{
    const uint8_t *p;
    uint32_t count = dx_form_extras(&s->forms, entry & ~DX_FORM_EXTRA, &p);

    for (uint32_t i = 0; i < count; i++)
        if (dx_id_spans_have(terms, dx_form_extra(p, i).exact_id))
            return true;
    return false;
}

/* Whether form number `form`, which is in the ranges of `word`, is of it. */
static inline bool has_term(const dx_word_finder *f, const dx_word_search *search,
    uint32_t word, uint32_t form)
{
    const dx_form_table *forms = &f->s->forms;
    const dx_finder_word *w = &f->words[word];

    if (is_shared(f, word) ||
        (w->terms.count == 1 && !f->others[search->text.first[form]]))
        return true;
    uint32_t entry = dx_form_meaning(forms, decode(f, search, form));
    return entry < DX_FORM_EXTRA ? dx_id_spans_have(w->terms, entry)
                                 : has_extra(f->s, w->terms, entry);
}

/* Whether what first bytes tell of number `form` holds. */
static inline bool is_of(const dx_word_finder *f, const dx_word_search *search,
    uint32_t word, uint32_t form)
{
    return is_shared(f, word) ||
           (dx_form_set_has(&f->words[word].forms, &f->s->forms.code,
                search->text.first[form], decode(f, search, form)) &&
               has_term(f, search, word, form));
}

/* Whether a word is at the anchor `c` or before it, within reach: the nearest one. */
static inline bool is_before(const dx_word_finder *f,
    const dx_word_search *search, uint32_t word, candidate c, uint32_t *form)
{
    const uint64_t *row = row_of(search, WORDS + word);
    const uint64_t *before = position_row(f, search);
    uint32_t first = c.position > f->reach ? c.position - f->reach : 0;
    uint64_t seen = row[c.block] & (((uint64_t)2 << c.bit) - 1);

    for (uint32_t b = c.block;; seen = row[--b]) {
        for (; seen; seen ^= (uint64_t)1 << (63 - (unsigned)__builtin_clzll(seen))) {
            candidate other = candidate_at(f, search, b,
                63 - (unsigned)__builtin_clzll(seen));
            if (other.form < search->field_begin || other.position < first)
                return false;
            *form = other.form;
            if (is_of(f, search, word, other.form))
                return true;
        }
        if (b == 0 || before[b] < first ||
            search->begin + b * BLOCK <= search->field_begin)
            return false;
    }
}

static inline bool is_behind(const dx_word_finder *f,
    const dx_word_search *search, uint32_t word, candidate c, uint32_t *form)
{
    const uint64_t *row = row_of(search, WORDS + word);
    const uint64_t *before = position_row(f, search);
    uint32_t last = c.position + f->reach;
    uint64_t seen = row[c.block] & ~(uint64_t)1 << c.bit;

    for (uint32_t b = c.block;; seen = row[b]) {
        for (; seen; seen &= seen - 1) {
            candidate other = candidate_at(f, search, b, dx_ctz64(seen));
            if (other.form >= search->field_end || other.position > last)
                return false;
            *form = other.form;
            if (is_of(f, search, word, other.form))
                return true;
        }
        if (++b == search->blocks || before[b] > last ||
            search->begin + b * BLOCK >= search->field_end)
            return false;
    }
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

/* Whether no form from one to the other has any number of terms, so that positions are
 * what rows say. */
static inline bool are_positions_known(const dx_word_finder *f,
    const dx_text *t, uint32_t one, uint32_t other)
{
    uint32_t from = one < other ? one : other, end = one ^ other ^ from;
    uint8_t seen = 0;

    for (; from <= end; from++)
        seen |= f->others[t->first[from]];
    return !seen;
}

/* The next anchor that has all others near. */
static inline bool next_anchor(const dx_word_finder *f, dx_word_search *search,
    candidate *out)
{
    while (search->anchor < search->anchor_count) {
        uint32_t form = search->anchors[search->anchor++];
        uint32_t block = (form - search->begin) / BLOCK;
        uint32_t bit = (form - search->begin) % BLOCK;
        uint32_t other = form;
        bool found = may_be_near(f, search, block, bit) &&
                     has_term(f, search, search->word, form);
        if (!found)
            continue;
        *out = candidate_at(f, search, block, bit);
        if (form >= search->field_end)
            enter_field(search, form);
        for (uint32_t w = 0; w < f->word_count && found; w++)
            found = w == search->word || is_before(f, search, w, *out, &other) ||
                    is_behind(f, search, w, *out, &other);
        if (!found)
            continue;
        search->sure = f->in_any_order && f->added == 2 &&
                       are_positions_known(f, &search->text, form, other);
        return true;
    }
    return false;
}

static inline dx_status next_place(const dx_word_finder *f,
    dx_word_search *search, bool *found)
{
    candidate c;

    if (!search->begun)
        DX_TRY(find_anchors(f, search));
    *found = next_anchor(f, search, &c);
    return *found && !search->sure ? read_around(f, search, c) : DX_OK;
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
        if (in >> WORDS) {
            DX_TRY(sum_widths(f, search, form + 1));
            DX_TRY(read_form(f, search, form, pos, &more));
        }
        pos += more;
    }
    return DX_OK;
}
