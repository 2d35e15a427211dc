/* Which encoding bytes are in, and they as UTF-8. */
#include "indexer/input/chars/charset.h"

#include "common/base/mem.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/legacy/plausible.h"

#define SAMPLE_BYTES 65536u

size_t dx_utf8_valid_prefix(dx_str s)
{
    const ptrdiff_t block = DX_CHARS_BLOCK_BYTES;
    const char *p = s.ptr, *end = dx_str_end(s);

    while (p < end) {
        const char *stop = end - p > block ? p + block : end;
        while (p < stop) {
            size_t n = dx_char_len(p, end);
            if (n == 0)
                return (size_t)(p - s.ptr);
            p += n;
        }
        stop = p;
        p += block * (ptrdiff_t)dx_chars_sound_blocks(p, (size_t)((end - p) / block));
        if (p > stop) /* whose last character may be cut off */
            p = dx_char_start(p - 1);
    }
    return s.len;
}

/* A text that is UTF-8 but for some stray bytes is damaged UTF-8: bytes of
 * another encoding hardly ever form its sequences. */
static bool is_mostly_utf8(dx_str s)
{
    const char *p = s.ptr, *end = p + s.len;
    size_t good = 0, bad = 0; /* runs of ill-formed bytes */
    bool was_bad = false;

    while (p < end) {
        size_t n = dx_char_len(p, end);
        good += n > 1;
        bad += n == 0 && !was_bad;
        was_bad = n == 0;
        p += n ? n : 1;
    }
    return good > 2 * bad;
}

static dx_status judge_legacy(dx_str sample, dx_charset *out, dx_error *err)
{
    static const dx_charset candidates[] = {DX_CHARSET_CP1258,
        DX_CHARSET_TCVN3, DX_CHARSET_VNI, DX_CHARSET_VISCII};
    const unsigned enough = 400; /* per mille; else it is not Vietnamese */
    dx_plausible best = {0, 0, 0, 0};
    char *text = dx_malloc(sample.len * 3 + 4);

    if (!text)
        return dx_fail_nomem(err);
    *out = DX_CHARSET_CP1258;
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
        size_t n = dx_legacy_decode(candidates[i], sample, false, text);
        dx_plausible found = dx_plausible_count((dx_str){text, n});
        if (dx_plausible_share(found) >= enough &&
            dx_plausible_is_better(found, best)) {
            best = found;
            *out = candidates[i];
        }
    }
    dx_free(text);
    return DX_OK;
}

/* UTF-16 without a byte order mark: Vietnamese has letters of ASCII everywhere,
 * so every other byte is often zero, and the bytes between hardly ever. */
static bool is_utf16(dx_str bytes, dx_charset *out)
{
    size_t n = bytes.len < 4096 ? bytes.len : 4096, zeros[2] = {0, 0};

    if (n < 4 || bytes.len % 2 || !memchr(bytes.ptr, 0, n))
        return false;
    for (size_t i = 0; i < n; i++)
        zeros[i % 2] += bytes.ptr[i] == 0;
    bool little = zeros[1] > zeros[0];
    *out = little ? DX_CHARSET_UTF16LE : DX_CHARSET_UTF16BE;
    return zeros[little] * 10 >= n && zeros[!little] * 20 <= zeros[little];
}

const char *dx_charset_name(dx_charset charset)
{
    static const char *const names[] = {[DX_CHARSET_UTF8] = "UTF-8",
        [DX_CHARSET_UTF16LE] = "UTF-16LE", [DX_CHARSET_UTF16BE] = "UTF-16BE",
        [DX_CHARSET_CP1258] = "windows-1258", [DX_CHARSET_TCVN3] = "TCVN3",
        [DX_CHARSET_VNI] = "VNI", [DX_CHARSET_VISCII] = "VISCII"};

    return names[charset];
}

dx_status dx_charset_detect(dx_str bytes, dx_charset *out, size_t *skip,
    dx_error *err)
{
    *skip = 0;
    *out = DX_CHARSET_UTF8;
    if (bytes.len >= 3 && memcmp(bytes.ptr, "\xEF\xBB\xBF", 3) == 0) {
        *skip = 3;
        return DX_OK;
    }
    if (bytes.len >= 2 && (memcmp(bytes.ptr, "\xFF\xFE", 2) == 0 ||
                              memcmp(bytes.ptr, "\xFE\xFF", 2) == 0)) {
        *skip = 2;
        *out = bytes.ptr[0] == '\xFF' ? DX_CHARSET_UTF16LE : DX_CHARSET_UTF16BE;
        return DX_OK;
    }
    if (is_utf16(bytes, out))
        return DX_OK;
    *out = DX_CHARSET_UTF8;
    size_t valid = dx_utf8_valid_prefix(bytes);
    if (valid == bytes.len)
        return DX_OK;
    /* A long ASCII head (scripts, styles) would fill the sample. */
    size_t first = 0;
    while ((unsigned char)bytes.ptr[first] < 0x80)
        first++;
    first = first > 64 ? first - 64 : 0;
    dx_str sample = dx_str_from_offset(bytes, first);
    if (sample.len > SAMPLE_BYTES)
        sample.len = SAMPLE_BYTES;
    if (valid > first + SAMPLE_BYTES || is_mostly_utf8(sample))
        return DX_OK;
    return judge_legacy(sample, out, err);
}

dx_status dx_charset_decode(dx_charset charset, dx_str bytes, dx_arena *arena,
    dx_str *out, dx_error *err)
{
    *out = bytes;
    if (charset == DX_CHARSET_UTF8)
        return DX_OK;
    size_t n = dx_legacy_decode(charset, bytes, false, NULL);
    char *text = dx_arena_alloc(arena, n + 1);
    if (!text)
        return dx_fail_nomem(err);
    dx_legacy_decode(charset, bytes, false, text);
    *out = (dx_str){text, n};
    return DX_OK;
}

dx_status dx_charset_to_utf8(dx_str bytes, dx_arena *arena, dx_str *out,
    dx_error *err)
{
    dx_charset charset;
    size_t skip;

    *out = (dx_str){NULL, 0};
    DX_TRY(dx_charset_detect(bytes, &charset, &skip, err));
    return dx_charset_decode(charset, dx_str_from_offset(bytes, skip), arena,
        out, err);
}
