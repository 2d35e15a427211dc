/* Counting a few texts. */
#include "indexer/cli/index/reasons.h"

#include <stdlib.h>
#include <string.h>

#include "indexer/input/chars/chars.h"

/* The beginning that a row keeps, in whole characters. */
static dx_str kept(dx_str text)
{
    size_t max = DX_REASONS_TEXT_BYTES - 1;

    if (text.len <= max)
        return text;
    text.len = max;
    while (text.len && ((unsigned char)text.ptr[text.len] & 0xC0) == 0x80)
        text.len--;
    return text;
}

void dx_reasons_add(dx_reasons *reasons, dx_str text)
{
    text = kept(text);
    for (size_t i = 0; i < reasons->used; i++)
        if (dx_str_eq(dx_str_from(reasons->rows[i].text), text)) {
            reasons->rows[i].count++;
            return;
        }
    if (reasons->used == DX_REASONS_TEXTS) {
        reasons->others++;
        return;
    }
    struct dx_reasons_row *row = &reasons->rows[reasons->used++];
    memcpy(row->text, text.ptr, text.len);
    row->text[text.len] = '\0';
    row->count = 1;
}

static int by_count(const void *a, const void *b)
{
    const struct dx_reasons_row *x = a, *y = b;

    return x->count != y->count ? (x->count < y->count ? 1 : -1)
                                : strcmp(x->text, y->text);
}

void dx_reasons_sort(dx_reasons *reasons)
{
    qsort(reasons->rows, reasons->used, sizeof *reasons->rows, by_count);
}
