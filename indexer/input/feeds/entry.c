/* Entries of feeds, packed and unpacked. */
#include "indexer/input/feeds/entry.h"

#include "common/base/bytes.h"

void dx_entry_put(const dx_entry *entry, dx_buf *out)
{
    dx_buf_put_varint(out, entry->left_out);
    dx_buf_put_varint(out, entry->is_mail);
    for (size_t i = 0; i < DX_ENTRY_PARTS; i++) {
        dx_buf_put_varint(out, entry->parts[i].len);
        dx_buf_put_str(out, entry->parts[i]);
    }
}

bool dx_entry_read(dx_str bytes, dx_entry *out)
{
    const uint8_t *p = (const uint8_t *)bytes.ptr;
    const uint8_t *end = (const uint8_t *)dx_str_end(bytes);
    uint64_t n;

    *out = (dx_entry){.left_out = DX_LEFT_NOT};
    if (!dx_varint_read(&p, end, &n) || n >= DX_LEFT_OUT_COUNT)
        return false;
    out->left_out = (dx_left_out)n;
    if (!dx_varint_read(&p, end, &n) || n > 1)
        return false;
    out->is_mail = n == 1;
    for (size_t i = 0; i < DX_ENTRY_PARTS; i++) {
        if (!dx_varint_read(&p, end, &n) || n > (uint64_t)(end - p))
            return false;
        out->parts[i] = (dx_str){(const char *)p, (size_t)n};
        p += n;
    }
    return p == end;
}
