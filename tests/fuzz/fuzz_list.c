/* Posting lists: any bytes as a list, or a true list with some bytes changed.
 * Documents ascend and exist, frequencies are at least 1, whatever is read. */
#include <string.h>

#include "common/base/arena.h"
#include "common/base/bytes.h"
#include "common/base/mem.h"
#include "common/index/codec/cursor.h"
#include "common/index/codec/list.h"
#include "common/index/codec/list_decode.h"
#include "common/index/codec/window.h"
#include "tests/fuzz/fuzz.h"

#define DOCS_MAX 20000u /* of a segment */

/* Whether the list is sound. */
static bool check_decoded(const dx_list *list)
{
    dx_arena arena = DX_ARENA_INIT;
    uint32_t *docs = dx_malloc((size_t)list->df * sizeof *docs);
    uint16_t *tfs = dx_malloc((size_t)list->df * sizeof *tfs);
    bool sound = docs && tfs &&
                 dx_list_decode(list, docs, tfs, &arena) == DX_OK;

    for (uint32_t i = 0; i < list->df && sound; i++) {
        FUZZ_CHECK(docs[i] < list->segment_docs && tfs[i] >= 1);
        FUZZ_CHECK(i == 0 || docs[i] > docs[i - 1]);
    }
    dx_free(docs);
    dx_free(tfs);
    dx_arena_free(&arena);
    return sound;
}

/* In a damaged list the count of a window and its bits may differ: a cursor
 * does not count what it need not. */
static void check_cursor(const dx_list *list, bool sound, bool downward)
{
    dx_arena arena = DX_ARENA_INIT;
    static dx_cursor c;
    uint32_t windows = dx_window_count(list->segment_docs);

    if (dx_cursor_open(&c, list, &arena) == DX_OK)
        for (uint32_t i = 0; i < windows; i++) {
            uint32_t w = downward ? windows - 1 - i : i;
            (void)dx_cursor_peek(&c, w);
            (void)dx_cursor_bound(&c, w);
            uint32_t count = dx_cursor_load(&c, w), set = 0;
            for (uint32_t d = 0; d < DX_WINDOW_DOCS && count; d++) {
                if (!(c.bits[d >> 6] >> (d & 63) & 1))
                    continue;
                FUZZ_CHECK((w << DX_WINDOW_BITS) + d < list->segment_docs);
                uint32_t tf = dx_cursor_tf(&c, d);
                FUZZ_CHECK(tf >= 1 && tf <= DX_TF_MAX);
                set++;
            }
            FUZZ_CHECK(set == count || !sound);
        }
    dx_arena_free(&arena);
}

static void check(const uint8_t *p, size_t len, uint32_t segment_docs)
{
    uint8_t *copy = dx_malloc(len); /* exactly so long */
    dx_list list;

    if (!copy)
        return;
    memcpy(copy, p, len);
    if (dx_list_open(NULL, copy, copy + len, segment_docs, &list) == DX_OK) {
        const uint8_t *after = dx_list_after(&list);
        FUZZ_CHECK(!after || (after > copy && after <= copy + len));
        bool sound = check_decoded(&list);
        check_cursor(&list, sound, false);
        check_cursor(&list, sound, true);
    }
    dx_free(copy);
}

/* A list of every `step`-th document or so, then triples {offset, change}. */
static void check_changed(const uint8_t *p, size_t len, uint32_t segment_docs)
{
    static uint32_t docs[DOCS_MAX];
    static uint16_t tfs[DOCS_MAX];
    uint32_t step = 1u + p[0] % 64, df = 0, doc = p[1];
    dx_buf b;

    for (uint32_t i = 0; doc < segment_docs; i++) {
        docs[df] = doc;
        tfs[df++] = (uint16_t)(p[2] && i % p[2] == 0 ? 1u + p[3] * 257u : 1u);
        doc += 1 + (i * 7919u) % step;
    }
    if (df == 0)
        return;
    dx_buf_init(&b, 1u << 24);
    dx_list_encode(&b, docs, tfs, df, segment_docs, NULL, len & 1);
    if (b.status == DX_OK) {
        for (size_t i = 4; i + 2 < len; i += 3)
            b.data[dx_load_u16(p + i) % b.len] ^= p[i + 2];
        check(b.data, b.len, segment_docs);
    }
    dx_buf_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 7)
        return 0;
    uint32_t segment_docs = 1 + dx_load_u16(data + 1) % DOCS_MAX;
    if (data[0] & 1)
        check(data + 3, size - 3, segment_docs);
    else
        check_changed(data + 3, size - 3, segment_docs);
    return 0;
}
