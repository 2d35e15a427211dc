/* Any bytes of an unknown encoding, and as each encoding: UTF-8 comes out. */
#include "indexer/input/chars/charset.h"
#include "tests/fuzz/fuzz.h"

static bool is_utf8(dx_str s) { return dx_utf8_valid_prefix(s) == s.len; }

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const dx_charset charsets[] = {DX_CHARSET_UTF16LE,
        DX_CHARSET_UTF16BE, DX_CHARSET_CP1258, DX_CHARSET_TCVN3, DX_CHARSET_VNI,
        DX_CHARSET_VISCII};
    dx_str bytes = {(const char *)data, size}, out;
    dx_arena arena = DX_ARENA_INIT;
    dx_error err = {DX_OK, ""};
    dx_charset found;
    size_t skip;

    for (size_t i = 0; i < sizeof charsets / sizeof *charsets; i++)
        if (dx_charset_decode(charsets[i], bytes, &arena, &out, &err) == DX_OK)
            FUZZ_CHECK(is_utf8(out));
    FUZZ_CHECK(dx_charset_detect(bytes, &found, &skip, &err) == DX_OK);
    FUZZ_CHECK(skip <= size);
    if (dx_charset_to_utf8(bytes, &arena, &out, &err) == DX_OK)
        FUZZ_CHECK(found == DX_CHARSET_UTF8 || is_utf8(out));
    dx_arena_free(&arena);
    return 0;
}
