/* Builds the blocks of a dictionary and their index. */
#include "common/index/segment/write/dictionary_writer.h"

#include "common/base/bytes.h"
#include "common/index/segment/layout/format.h"

void dx_dictionary_writer_init(dx_dictionary_writer *w, dx_part_writer *blocks,
    dx_part_writer *index)
{
    *w = (dx_dictionary_writer){.blocks = blocks, .index = index};
    dx_buf_init(&w->folded_entries, UINT32_MAX);
    dx_buf_init(&w->exact_entries, UINT32_MAX);
    dx_buf_init(&w->folded_strings, UINT32_MAX);
    dx_buf_init(&w->exact_strings, UINT32_MAX);
}

void dx_dictionary_writer_free(dx_dictionary_writer *w)
{
    dx_buf_free(&w->folded_entries);
    dx_buf_free(&w->exact_entries);
    dx_buf_free(&w->folded_strings);
    dx_buf_free(&w->exact_strings);
}

/* Until the size of the tables is known, places of strings count from the first
 * string of their kind. */
static void put_folded(dx_dictionary_writer *w, uint32_t list, uint32_t row)
{
    dx_buf_put_u32(&w->folded_entries, (uint32_t)w->folded_strings.len);
    dx_buf_put_u32(&w->folded_entries, list);
    dx_buf_put_u32(&w->folded_entries, row);
    dx_buf_put_u32(&w->folded_entries, w->exacts);
}

static void put_exact(dx_dictionary_writer *w, uint32_t list)
{
    dx_buf_put_u32(&w->exact_entries, (uint32_t)w->exact_strings.len);
    dx_buf_put_u32(&w->exact_entries, list);
}

static void shift_strings(dx_buf *entries, size_t width, size_t by)
{
    for (size_t at = 0; at < entries->len; at += width)
        dx_store_u32(entries->data + at,
            dx_load_u32(entries->data + at) + (uint32_t)by);
}

static void put_whole(dx_dictionary_writer *w, const dx_buf *block)
{
    uint8_t entry[DX_BLOCK_ENTRY_BYTES];
    uint32_t first = dx_load_u32(block->data);
    uint32_t end = dx_load_u32(block->data + DX_FOLDED_BYTES);

    dx_sample_of((dx_str){(char *)block->data + first, end - first}, entry);
    dx_store_u32(entry + DX_BLOCK_PLACE,
        dx_part_put(w->blocks, block->data, block->len));
    dx_store_u32(entry + DX_BLOCK_FIRST_EXACT,
        dx_load_u32(block->data + DX_FOLDED_FIRST_EXACT));
    dx_part_put(w->index, entry, sizeof entry);
}

static dx_status put_block(dx_dictionary_writer *w)
{
    dx_buf *pieces[] = {&w->folded_entries, &w->exact_entries,
        &w->folded_strings, &w->exact_strings};
    dx_buf block;

    put_folded(w, 0, 0);
    put_exact(w, 0);
    size_t tables = w->folded_entries.len + w->exact_entries.len;
    shift_strings(&w->folded_entries, DX_FOLDED_BYTES, tables);
    shift_strings(&w->exact_entries, DX_EXACT_BYTES,
        tables + w->folded_strings.len);
    dx_buf_init(&block, UINT32_MAX);
    dx_status rc = DX_OK;
    for (unsigned i = 0; i < 4; i++) {
        rc = rc ? rc : pieces[i]->status;
        dx_buf_put(&block, pieces[i]->data, pieces[i]->len);
    }
    rc = rc ? rc : block.status;
    if (rc == DX_OK)
        put_whole(w, &block);
    for (unsigned i = 0; i < 4; i++)
        dx_buf_clear(pieces[i]);
    dx_buf_free(&block);
    return rc;
}

void dx_dictionary_writer_folded(dx_dictionary_writer *w, dx_str folded,
    uint32_t list, uint32_t row)
{
    if (w->folded % DX_BLOCK_TERMS == 0 && w->folded > 0 && w->status == DX_OK)
        w->status = put_block(w);
    if (w->status != DX_OK)
        return;
    put_folded(w, list, row);
    dx_buf_put_str(&w->folded_strings, folded);
    w->folded++;
}

void dx_dictionary_writer_exact(dx_dictionary_writer *w, dx_str exact,
    uint32_t list)
{
    if (w->status != DX_OK)
        return;
    put_exact(w, list);
    dx_buf_put_str(&w->exact_strings, exact);
    w->exacts++;
}

dx_status dx_dictionary_writer_end(dx_dictionary_writer *w)
{
    if (w->folded > 0 && w->status == DX_OK)
        w->status = put_block(w);
    return w->status;
}
