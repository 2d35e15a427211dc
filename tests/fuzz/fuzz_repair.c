/* Any text in UTF-8 repaired: UTF-8 again, and no longer than promised. */
#include "indexer/input/chars/charset.h"
#include "indexer/input/chars/clean.h"
#include "indexer/input/chars/escapes.h"
#include "indexer/input/chars/repair.h"
#include "tests/fuzz/fuzz.h"

static bool is_utf8(dx_str s) { return dx_utf8_valid_prefix(s) == s.len; }

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dx_str bytes = {(const char *)data, size}, text, out;
    dx_arena arena = DX_ARENA_INIT;
    dx_error err = {DX_OK, ""};
    const char *encoding = NULL;

    FUZZ_CHECK(dx_clean(bytes, DX_CLEAN_TEXT, &arena, &text, &err) == DX_OK);
    FUZZ_CHECK(is_utf8(text));
    FUZZ_CHECK(dx_repair(text, &arena, &out, &encoding, &err) == DX_OK);
    FUZZ_CHECK(is_utf8(out));
    FUZZ_CHECK(out.len <= text.len * 2 + 8);
    FUZZ_CHECK(dx_repair_needed(text) || dx_str_eq(out, text));
    /* also what is no UTF-8, as readers may hand it over */
    FUZZ_CHECK(dx_repair(bytes, &arena, &out, &encoding, &err) == DX_OK);
    char *copy = dx_arena_alloc(&arena, text.len + 1);
    FUZZ_CHECK(copy && dx_escapes_undo(text, true, copy) <= text.len);
    dx_arena_free(&arena);
    return 0;
}
