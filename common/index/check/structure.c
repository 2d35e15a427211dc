/* Checks a segment's dictionary, word forms, columns, stored fields and ids. */
#include "common/index/check/structure.h"

#include <string.h>

#include "common/base/hash.h"
#include "common/base/mem.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/form_table.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/ids.h"
#include "common/index/segment/layout/column.h"
#include "common/index/segment/layout/format.h"
#include "common/index/segment/meta.h"
#include "common/index/segment/segment.h"
#include "common/index/segment/layout/term_blocks.h"

/* ---- dictionary ---- */

static bool check_exacts(dx_checker *c, const dx_segment *s, uint32_t folded)
{
    uint32_t first, end;

    dx_segment_exact_range(s, folded, folded + 1, &first, &end);
    for (uint32_t e = first + 1; e < end; e++) {
        if (dx_str_cmp(dx_segment_exact_string(s, e - 1),
                dx_segment_exact_string(s, e)) >= 0) {
            dx_check_problem(c, "exact term %u is out of order", e);
            return false;
        }
    }
    return true;
}

static bool check_terms(dx_checker *c, const dx_segment *s, uint32_t block,
    uint32_t *exacts)
{
    const dx_term_blocks *blocks = dx_segment_term_blocks(s);
    uint8_t sample[DX_SAMPLE_BYTES];
    uint32_t first_folded = block * DX_BLOCK_TERMS, first, end;
    uint32_t end_folded = block + 1 < blocks->index.count
                              ? first_folded + DX_BLOCK_TERMS
                              : blocks->folded_count;

    if (!dx_term_block_is_sound(blocks, block)) {
        dx_check_problem(c, "dictionary block %u makes no sense", block);
        return false;
    }
    dx_segment_exact_range(s, first_folded, end_folded, &first, &end);
    uint32_t place = dx_term_block_u32(blocks, block, DX_BLOCK_PLACE);
    if (block == 0 && place != 0) {
        dx_check_problem(c, "dictionary: %u bytes belong to nothing", place);
        return false;
    }
    if (first != *exacts) {
        dx_check_problem(c, "dictionary block %u: its exact terms begin with "
                            "%u instead of %u", block, first, *exacts);
        return false;
    }
    *exacts = end;
    dx_sample_of(dx_segment_folded_string(s, first_folded), sample);
    if (memcmp(dx_block_entry_sample(dx_term_blocks_index(blocks), block), sample,
            sizeof sample) != 0) {
        dx_check_problem(c, "dictionary block %u: its sample is not of its "
                            "first term", block);
        return false;
    }
    return true;
}

static void check_dictionary(dx_checker *c, const dx_segment *s)
{
    const dx_term_blocks *blocks = dx_segment_term_blocks(s);
    uint32_t exacts = 0;
    bool sound = true;

    for (uint32_t b = 0; sound && b < blocks->index.count; b++)
        sound = check_terms(c, s, b, &exacts);
    if (sound && exacts != blocks->exact_count) {
        dx_check_problem(c, "the dictionary has %u exact terms instead of %u",
            exacts, blocks->exact_count);
        sound = false;
    }

    for (uint32_t f = 1; sound && f < blocks->folded_count; f++) {
        sound = dx_str_cmp(dx_segment_folded_string(s, f - 1),
                    dx_segment_folded_string(s, f)) < 0;
        if (!sound)
            dx_check_problem(c, "folded term %u is out of order", f);
    }
    for (uint32_t f = 0; sound && f < blocks->folded_count; f++)
        sound = check_exacts(c, s, f);
}

/* ---- forms ---- */

static bool extras_are_sound(const dx_segment *s, uint32_t offset, dx_str text)
{
    const dx_form_table *forms = dx_segment_forms(s);
    const uint8_t *p;
    uint32_t count = dx_form_extras(forms, offset, &p);
    bool none = forms->extras.count >= 2 && offset <= forms->extras.count - 2 &&
                dx_load_u16(forms->extras.data + offset) == 0;

    for (uint32_t i = 0; i < count; i++) {
        dx_form_term t = dx_form_extra(p, i);
        if (t.exact_id >= dx_segment_exact_count(s) || t.start > t.end ||
            t.end > text.len || t.pos > i)
            return false;
    }
    return count > 0 || none;
}

static bool form_is_sound(const dx_segment *s, uint32_t form)
{
    const dx_form_table *forms = dx_segment_forms(s);
    uint32_t entry = dx_form_meaning(forms, form);
    dx_str text = dx_form_string(forms, form);

    if (entry == DX_FORM_GAP)
        return true;
    if (entry < DX_FORM_EXTRA)
        return entry < dx_segment_exact_count(s) && text.len > 0;
    return extras_are_sound(s, entry & ~DX_FORM_EXTRA, text);
}

/* Strings must begin at 0, follow one another, and be all there is. */
static bool check_form_strings(dx_checker *c, const dx_form_table *forms)
{
    uint32_t before = 0;

    for (uint32_t f = 0; f < forms->entries.count; f++) {
        uint32_t at = dx_table_u32(forms->entries, DX_FORM_BYTES, f, 0);
        if (at < before || at > forms->strings.count || (f == 0 && at != 0)) {
            dx_check_problem(c, "word form %u: its place is out of order", f);
            return false;
        }
        before = at;
    }
    if (before != forms->strings.count)
        dx_check_problem(c, "word forms: %u bytes belong to nothing",
            forms->strings.count - before);
    return before == forms->strings.count;
}

static dx_text_kind kind_of(uint32_t entry)
{
    return entry < DX_FORM_EXTRA  ? DX_TEXT_WORDS
           : entry == DX_FORM_GAP ? DX_TEXT_GAPS
                                  : DX_TEXT_OTHERS;
}

/* Searches rely on it that words of a run ascend by their terms. */
static void check_run(dx_checker *c, const dx_form_table *forms,
    const dx_text_run *run)
{
    uint32_t before = 0;

    for (uint32_t i = 0; i < run->forms; i++) {
        uint32_t form = run->first_form + i;
        uint32_t entry = dx_form_meaning(forms, form);
        if (kind_of(entry) != run->kind)
            dx_check_problem(c, "word form %u: of another kind than its run",
                form);
        else if (run->kind == DX_TEXT_WORDS && entry < before)
            dx_check_problem(c, "word form %u is out of order", form);
        before = entry;
    }
}

static void check_forms(dx_checker *c, const dx_segment *s)
{
    const dx_form_table *forms = dx_segment_forms(s);

    if (!check_form_strings(c, forms))
        return;
    for (uint32_t f = 0; f < forms->count; f++)
        if (!form_is_sound(s, f))
            dx_check_problem(c, "word form %u: its terms are out of range", f);
    for (uint32_t r = 0; r < forms->code.run_count; r++)
        check_run(c, forms, &forms->code.runs[r]);
}

/* ---- columns ---- */

static bool is_by_date(const dx_segment *s, uint32_t doc, uint32_t next)
{
    int32_t day = dx_segment_date(s, doc), next_day = dx_segment_date(s, next);

    return day != next_day ? day > next_day : doc < next;
}

/* As many places as articles, strictly in order: then each article has one. */
static void check_columns(dx_checker *c, const dx_segment *s)
{
    uint64_t lengths = 0;

    for (uint32_t doc = 0; doc < dx_segment_docs(s); doc++) {
        lengths += dx_length_at(dx_segment_lengths(s, doc, 1), doc);
        if (doc > 0 && dx_segment_text_offset(s, doc) <=
                           dx_segment_text_offset(s, doc - 1))
            dx_check_problem(c, "article %u: its text's place is out of order",
                doc);
        uint32_t file = dx_segment_file(s, doc);
        if (file && file >= c->manifest->next_file)
            dx_check_problem(c, "article %u: file number %u was never given",
                doc, file);
    }
    for (uint32_t i = 1; i < dx_segment_docs(s); i++)
        if (!is_by_date(s, dx_segment_by_date(s, i - 1), dx_segment_by_date(s, i)))
            dx_check_problem(c, "place %u in the order of dates is wrong", i);
    if (lengths != dx_segment_length_sum(s))
        dx_check_problem(c, "the lengths add up to %llu, the head says %llu",
            (unsigned long long)lengths,
            (unsigned long long)dx_segment_length_sum(s));
}

/* ---- stored fields and ids ---- */

static dx_status check_block(dx_checker *c, const dx_segment *s,
    uint32_t block, dx_meta_reader *r, dx_hash128 *ids)
{
    uint32_t doc = block * DX_META_BLOCK_DOCS;
    uint32_t end_doc = doc + DX_META_BLOCK_DOCS, docs = dx_segment_docs(s);
    dx_meta meta;

    dx_status rc = DX_OK;
    for (end_doc = end_doc < docs ? end_doc : docs;
         rc == DX_OK && doc < end_doc; doc++) {
        rc = dx_segment_read_meta(s, doc, r, &meta);
        if (rc == DX_OK)
            ids[doc] = dx_hash128_of(meta.id.ptr, meta.id.len);
    }
    if (rc == DX_ERR_NOMEM)
        return rc;
    if (rc != DX_OK || r->at != r->block.len)
        dx_check_problem(c, "stored fields block %u does not decode", block);
    return DX_OK;
}

static void check_id_column(dx_checker *c, const dx_segment *s,
    const dx_hash128 *ids)
{
    dx_hash128 id, before = {0, 0};
    uint32_t doc_before = 0;

    for (uint32_t i = 0; i < dx_segment_docs(s); i++) {
        uint32_t doc = dx_segment_id_entry(s, i, &id);
        if (doc == DX_ID_NONE || ids[doc].lo != id.lo || ids[doc].hi != id.hi) {
            dx_check_problem(c, "id entry %u: not its article's id", i);
            continue;
        }
        bool ascends = id.hi != before.hi   ? id.hi > before.hi
                       : id.lo != before.lo ? id.lo > before.lo
                                            : i == 0 || doc > doc_before;
        if (!ascends)
            dx_check_problem(c, "id entry %u is out of order", i);
        before = id;
        doc_before = doc;
    }
}

/* As many entries as articles, strictly ascending, each agreeing with its
 * article: then each article has one. */
static dx_status check_ids(dx_checker *c, const dx_segment *s)
{
    uint32_t docs = dx_segment_docs(s);
    dx_hash128 *ids = dx_calloc(docs, sizeof *ids);
    dx_status rc = ids ? DX_OK : DX_ERR_NOMEM;
    dx_meta_reader r;

    dx_meta_reader_init(&r);
    for (uint32_t b = 0; rc == DX_OK && b * DX_META_BLOCK_DOCS < docs; b++) {
        rc = check_block(c, s, b, &r, ids);
        dx_check_at(c, b * DX_META_BLOCK_DOCS, docs);
    }
    if (rc == DX_OK && c->segment_problems == 0)
        check_id_column(c, s, ids);
    dx_meta_reader_free(&r);
    dx_free(ids);
    return rc;
}

dx_status dx_check_structure(dx_checker *c, const dx_segment *s)
{
    check_dictionary(c, s);
    check_forms(c, s);
    check_columns(c, s);
    return check_ids(c, s);
}
