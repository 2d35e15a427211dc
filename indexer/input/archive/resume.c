/* Headers of members of zips and tars. */
#include "indexer/input/archive/resume.h"

#include <string.h>

#include "indexer/input/chars/chars.h"

#define TAR_BLOCK_BYTES 512u
#define TAR_SUM_AT 148u
#define TAR_SUM_BYTES 8u
#define TAR_MAGIC_AT 257u
#define ZIP_HEAD_BYTES 30u
#define ZIP_NAME_MAX_BYTES 2000u
#define AHEAD_BYTES 4096u /* any header with its name */

static const char zip_mark[] = "PK\3\4";

static bool is_at(dx_str s, size_t at, const char *mark)
{
    size_t n = strlen(mark);

    return s.len >= at + n && memcmp(s.ptr + at, mark, n) == 0;
}

dx_archive_form dx_archive_form_of(dx_str first)
{
    if (is_at(first, 0, zip_mark))
        return DX_ARCHIVE_ZIP;
    return is_at(first, TAR_MAGIC_AT, "ustar") ? DX_ARCHIVE_TAR : DX_ARCHIVE_OTHER;
}

static unsigned u16_at(dx_str s, size_t at)
{
    return (unsigned char)s.ptr[at] + 256u * (unsigned char)s.ptr[at + 1];
}

/* The mark may come about within a member, too: what follows has to make sense. */
static bool is_zip_member(dx_str s)
{
    static const uint8_t methods[] = {0, 8, 9, 12, 14, 93, 95};

    if (s.len < ZIP_HEAD_BYTES || !is_at(s, 0, zip_mark) || s.ptr[4] > 63 ||
        !memchr(methods, s.ptr[8], sizeof methods) || s.ptr[9] != 0)
        return false;
    size_t len = u16_at(s, 26);
    if (len == 0 || len > ZIP_NAME_MAX_BYTES || s.len < ZIP_HEAD_BYTES + len)
        return false;
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)s.ptr[ZIP_HEAD_BYTES + i] < ' ')
            return false;
    return true;
}

static bool is_tar_member(dx_str s)
{
    unsigned sum = 0, wanted = 0;

    if (s.len < TAR_BLOCK_BYTES || !is_at(s, TAR_MAGIC_AT, "ustar"))
        return false;
    for (size_t i = 0; i < TAR_BLOCK_BYTES; i++)
        sum += i >= TAR_SUM_AT && i < TAR_SUM_AT + TAR_SUM_BYTES
                   ? ' '
                   : (unsigned char)s.ptr[i];
    for (size_t i = TAR_SUM_AT; i < TAR_SUM_AT + TAR_SUM_BYTES; i++)
        if (dx_is_digit(s.ptr[i]))
            wanted = wanted * 8 + (unsigned)(s.ptr[i] - '0');
    return sum == wanted;
}

/* How far to the next place where a member may begin, at least 1. */
static size_t step(dx_archive_form form, uint64_t at, dx_str ahead)
{
    if (form == DX_ARCHIVE_TAR)
        return TAR_BLOCK_BYTES - (size_t)(at % TAR_BLOCK_BYTES);
    const char *next = memmem(ahead.ptr + 1, ahead.len - 1, zip_mark, 4);
    if (next)
        return (size_t)(next - ahead.ptr);
    return ahead.len > 4 ? ahead.len - 3 : ahead.len;
}

dx_status dx_archive_find_member(dx_byte_stream *in, dx_archive_form form,
    uint64_t from, uint64_t *at, bool *found, dx_error *err)
{
    dx_str ahead;

    *found = false;
    if (form == DX_ARCHIVE_OTHER)
        return DX_OK;
    for (;;) {
        DX_TRY(dx_byte_stream_ahead(in, AHEAD_BYTES, &ahead, err));
        if (ahead.len == 0)
            return DX_OK;
        *found = *at > from &&
                 (form == DX_ARCHIVE_ZIP
                         ? is_zip_member(ahead)
                         : *at % TAR_BLOCK_BYTES == 0 && is_tar_member(ahead));
        if (*found)
            return DX_OK;
        size_t n = step(form, *at, ahead);
        DX_TRY(dx_byte_stream_pass(in, n, err));
        *at += n;
    }
}

/* A remark of up to 64 KiB may stand behind it. */
static void look_at(dx_zip_end *end, dx_str s)
{
    const char *at = s.ptr;

    while ((at = memmem(at, (size_t)(dx_str_end(s) - at), "PK\5\6", 4)) != NULL &&
           (size_t)(dx_str_end(s) - at) >= DX_ZIP_END_BYTES) {
        unsigned count = u16_at(dx_str_from_offset(s, (size_t)(at - s.ptr)), 10);
        end->members = count == 0xFFFF ? 0 : count;
        end->is_there = true;
        at += 4;
    }
}

void dx_zip_end_look(dx_zip_end *end, dx_str bytes)
{
    const size_t most = DX_ZIP_END_BYTES - 1; /* of one that may go on */
    size_t n = bytes.len < most ? bytes.len : most;

    if (bytes.len == 0)
        return;
    memcpy(end->last + end->last_len, bytes.ptr, n); /* across the border */
    look_at(end, (dx_str){end->last, end->last_len + n});
    look_at(end, bytes);
    size_t have = end->last_len + n, keep = have < most ? have : most;
    if (bytes.len >= most)
        memcpy(end->last, dx_str_end(bytes) - most, most);
    else
        memmove(end->last, end->last + have - keep, keep);
    end->last_len = keep;
}
