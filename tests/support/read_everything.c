#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/arena.h"
#include "common/base/hash.h"
#include "common/index/codec/cursor.h"
#include "common/index/codec/list.h"
#include "common/index/codec/list_decode.h"
#include "common/index/codec/window.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/ids.h"
#include "common/index/segment/meta.h"
#include "common/index/segment/pairs.h"
#include "common/index/segment/segment.h"
#include "common/index/codec/signature.h"
#include "common/index/store/snapshot.h"
#include "searcher/include/dx/search.h"
#include "tests/support/fixture.h"

typedef struct touch {
    const dx_segment *s;
    uint32_t *docs;
    uint16_t *tfs;
    dx_arena arena;
    dx_status status; /* first failure */
    uint64_t sum;     /* of what was read, so that reading is not left out */
} touch;

static void note(touch *t, dx_status rc)
{
    if (t->status == DX_OK)
        t->status = rc;
}

/* ---- lists ---- */

static void walk_windows(touch *t, const dx_list *list)
{
    dx_cursor c;
    uint32_t docs = dx_segment_docs(t->s);

    dx_status rc = dx_cursor_open(&c, list, &t->arena);
    note(t, rc);
    if (rc != DX_OK)
        return;
    for (uint32_t w = 0; w < dx_window_count(docs); w++) {
        uint32_t peeked = dx_cursor_peek(&c, w);
        t->sum += dx_cursor_bound(&c, w);
        if (dx_cursor_load(&c, w) == 0)
            continue;
        assert_true(peeked > 0);
        for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++)
            for (uint64_t bits = c.bits[k]; bits; bits &= bits - 1) {
                uint32_t d = k * 64 + (uint32_t)__builtin_ctzll(bits);
                assert_true(w * DX_WINDOW_DOCS + d < docs);
                assert_in_range(dx_cursor_tf(&c, d), 1, DX_TF_MAX);
            }
    }
    note(t, c.status);
}

static void decode(touch *t, dx_status opened, const dx_list *list)
{
    note(t, opened);
    if (opened != DX_OK)
        return;
    assert_true(list->df <= dx_segment_docs(t->s));
    dx_arena_reset(&t->arena);
    dx_status rc = dx_list_decode(list, t->docs, t->tfs, &t->arena);
    note(t, rc);
    for (uint32_t i = 0; rc == DX_OK && i < list->df; i++) {
        assert_true(t->docs[i] < dx_segment_docs(t->s));
        assert_true(i == 0 || t->docs[i] > t->docs[i - 1]);
        assert_true(t->tfs[i] > 0);
    }
    t->sum += dx_list_after(list) != NULL;
    walk_windows(t, list);
}

static dx_status touch_pair(void *ctx, uint32_t second, const dx_list *list)
{
    touch *t = ctx;

    t->sum += second;
    decode(t, DX_OK, list);
    return DX_OK;
}

static void touch_terms(touch *t)
{
    const dx_segment *s = t->s;
    dx_list list;
    uint32_t first, end;

    for (uint32_t f = 0; f < dx_segment_folded_count(s); f++) {
        dx_str term = dx_segment_folded_string(s, f);
        t->sum += dx_segment_find_folded(s, term);
        dx_status rc = dx_segment_folded_list(s, f, &list);
        decode(t, rc, &list);
        note(t, dx_segment_each_pair(s, f, touch_pair, t));
        rc = dx_segment_pair_list(s, f,
            (f * 31 + 7) % dx_segment_folded_count(s), &list);
        decode(t, rc, &list);
        dx_segment_exact_range(s, f, f + 1, &first, &end);
        for (uint32_t e = first; e < end; e++)
            t->sum += dx_segment_find_exact(s, f,
                dx_segment_exact_string(s, e));
        dx_segment_find_prefix(s, (dx_str){term.ptr, term.len / 2}, &first,
            &end);
        assert_true(first <= end && end <= dx_segment_folded_count(s));
    }
    for (uint32_t i = 0; i < dx_segment_triples_count(s); i++) {
        bool known;
        dx_segment_triples_pair(s, i, &first, &end);
        note(t, dx_segment_each_triple(s, i, touch_pair, t));
        dx_status rc = dx_segment_triple_list(s, first, end, end, &known,
            &list);
        decode(t, rc, &list);
    }
    for (uint32_t e = 0; e < dx_segment_exact_count(s); e++) {
        dx_status rc = dx_segment_exact_list(s, e, &list);
        decode(t, rc, &list);
    }
}

/* ---- documents ---- */

static void touch_docs(touch *t)
{
    const dx_segment *s = t->s;
    dx_hash128 id;
    dx_meta meta;
    dx_meta_reader r;
    dx_doc doc;

    dx_doc_init(&doc);
    dx_meta_reader_init(&r);
    for (uint32_t d = 0; d < dx_segment_docs(s); d++) {
        note(t, dx_segment_read_doc(s, d, false, &doc));
        note(t, dx_segment_read_doc(s, d, true, &doc));
        note(t, dx_segment_read_meta(s, d, &r, &meta));
        assert_true(dx_segment_by_date(s, d) < dx_segment_docs(s));
        t->sum += dx_segment_content_hash(s, d) + dx_segment_file(s, d) +
                  (uint64_t)dx_segment_date(s, d) +
                  dx_segment_signature(s, d).bytes[DX_SIGNATURE_BYTES - 1] +
                  dx_length_at(dx_segment_lengths(s, d, 1), d);
        dx_segment_id_entry(s, d, &id);
        uint32_t found = dx_segment_find_id(s, id);
        for (uint32_t i = 0; found != DX_ID_NONE; i++) {
            assert_true(found < dx_segment_docs(s) && i < dx_segment_docs(s));
            found = dx_segment_find_id_after(s, id, found);
        }
    }
    dx_meta_reader_free(&r);
    dx_doc_free(&doc);
}

static void touch_segment(touch *t, const dx_segment *s)
{
    t->s = s;
    t->docs = malloc(dx_segment_docs(s) * sizeof *t->docs);
    t->tfs = malloc(dx_segment_docs(s) * sizeof *t->tfs);
    assert_true(t->docs && t->tfs);
    touch_terms(t);
    touch_docs(t);
    free(t->docs);
    free(t->tfs);
}

/* ---- searching ---- */

/* A damaged id may be unknown. */
static void search_like(touch *t, dx_index *ix, const char *id)
{
    dx_results *results;
    const dx_hit *hit;
    dx_status rc = dx_like(ix, id, NULL, &results, NULL);

    note(t, rc == DX_ERR_INVALID ? DX_OK : rc);
    while (rc == DX_OK && (hit = dx_results_next(results)) != NULL)
        t->sum += strlen(dx_hit_field(hit, "id"));
    dx_results_free(results);
}

static void search(touch *t, dx_index *ix, const char *query, dx_match match)
{
    dx_request request = DX_REQUEST_INIT;
    dx_results *results;
    const dx_hit *hit;

    request.match = match;
    dx_status rc = dx_search(ix, query, &request, &results, NULL);
    note(t, rc);
    if (rc != DX_OK)
        return;
    while ((hit = dx_results_next(results)) != NULL) {
        if (dx_hit_rank(hit) == 0)
            search_like(t, ix, dx_hit_field(hit, "id"));
        t->sum += strlen(dx_hit_field(hit, "title")) +
                  strlen(dx_hit_snippet(hit, NULL)) +
                  strlen(dx_hit_title(hit, NULL));
    }
    dx_results_free(results);
}

static void touch_search(touch *t, const char *index)
{
    static const char *const queries[] = {"chuyển đổi số", "bac giang",
        "\"chuyển đổi số\" -lúa", "title:bài 749/QĐ-TTg", "so \"doi so o\""};
    dx_index *ix;
    dx_status rc = dx_index_open(index, &ix, NULL);

    note(t, rc);
    for (size_t i = 0; rc == DX_OK && i < sizeof queries / sizeof *queries; i++)
        search(t, ix, queries[i], i % 2 ? DX_MATCH_ANY : DX_MATCH_AUTO);
    dx_index_close(ix);
}

dx_status fixture_read_everything(const char *index)
{
    dx_snapshot *snapshot;
    dx_generation g;
    dx_error err = {0};
    touch t = {0};

    dx_status rc = dx_snapshot_open(index, &snapshot, &err);
    if (rc != DX_OK)
        return rc;
    rc = dx_generation_open(snapshot, &g, &err);
    if (rc == DX_OK) {
        for (size_t i = 0; i < g.segment_count; i++)
            touch_segment(&t, g.segments[i]);
        note(&t, dx_generation_damage(&g, NULL, NULL));
        dx_generation_close(&g);
        touch_search(&t, index);
        rc = t.status;
    } else {
        assert_true(err.msg[0] != '\0');
    }
    dx_arena_free(&t.arena);
    dx_snapshot_close(snapshot);
    return rc;
}
