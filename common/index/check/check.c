/* Checks the index as a whole: manifest, keys, and each segment in turn. */
#include "common/index/check/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/index/check/chunks.h"
#include "common/index/check/namesakes.h"
#include "common/index/check/postings.h"
#include "common/index/check/structure.h"
#include "common/index/codec/bits.h"
#include "common/index/codec/window.h"
#include "common/index/segment/identity/contested.h"
#include "common/index/segment/layout/manifest.h"
#include "common/index/segment/layout/parts.h"
#include "common/index/segment/segment.h"

#define SEGMENT_KEY_PREFIX 10u /* "s", 8 digits, "." */

/* ---- deletions ---- */

static void check_deletions(dx_checker *c, const dx_segment *s)
{
    uint32_t docs = dx_segment_docs(s), expected = dx_segment_deleted_count(s);
    const uint64_t *marks = dx_segment_deleted(s);
    size_t words = (size_t)dx_window_count(docs) * DX_WINDOW_WORDS;
    uint32_t deleted = 0, past_end = 0;

    for (size_t i = 0; marks && i < words; i++) {
        uint64_t w = marks[i];
        deleted += dx_popcount64(w);
        if ((i + 1) * 64 > docs)
            past_end +=
                dx_popcount64(i * 64 >= docs ? w : w >> (docs - i * 64));
    }
    if (deleted != expected)
        dx_check_problem(c, "%u articles are marked deleted, the manifest says "
                            "%u", deleted, expected);
    if (past_end)
        dx_check_problem(c, "articles that do not exist are marked deleted");
}

/* ---- one segment ---- */

static dx_status check_segment(dx_checker *c, const dx_segment_entry *entry,
    dx_error *err)
{
    dx_segment *s;
    dx_error reason = {0};

    c->segment = entry->id;
    c->segment_problems = 0;
    dx_check_begin(c, DX_CHECK_CHUNKS, entry->docs);
    DX_TRY(dx_check_chunks(c, entry, err));
    dx_status rc = dx_segment_open(c->snapshot, entry->id, entry->docs,
        entry->deleted, &s, &reason);
    if (rc == DX_ERR_CORRUPT && c->segment_problems == 0)
        dx_check_tell(c, reason.msg); /* names the segment itself */
    if (rc == DX_ERR_CORRUPT)
        return DX_OK;
    if (rc != DX_OK)
        return dx_fail(err, rc, "%s", reason.msg);
    check_deletions(c, s);
    dx_check_begin(c, DX_CHECK_FIELDS, entry->docs);
    rc = dx_check_structure(c, s);
    /* After a problem, wrong counts would only be its consequence. */
    if (rc == DX_OK && c->segment_problems == 0)
        rc = dx_check_postings(c, s);
    c->totals->segments++;
    c->totals->docs += dx_segment_docs(s);
    c->totals->deleted += dx_segment_deleted_count(s);
    dx_segment_close(s);
    return rc;
}

static dx_status check_segments(dx_checker *c, dx_error *err)
{
    for (size_t i = 0; i < c->manifest->count; i++)
        c->total += DX_CHECK_ALL * (uint64_t)c->manifest->segments[i].docs;
    for (size_t i = 0; i < c->manifest->count; i++) {
        const dx_segment_entry *e = &c->manifest->segments[i];
        uint64_t after = c->done + (DX_CHECK_ALL - DX_CHECK_IDS) *
                                       (uint64_t)e->docs;
        dx_status rc = check_segment(c, e, err);
        if (rc == DX_ERR_NOMEM)
            return dx_fail_nomem(err);
        DX_TRY(rc);
        dx_check_begin(c, DX_CHECK_IDS, 0);
        c->done = after; /* also if there was nothing to compare */
        if (c->segment_problems > DX_CHECK_TOLD_MAX) {
            char line[96];
            snprintf(line, sizeof line,
                "segment %08x: and %llu problems more", e->id,
                (unsigned long long)(c->segment_problems - DX_CHECK_TOLD_MAX));
            c->options->on_problem(c->options->ctx, line);
        }
    }
    return DX_OK;
}

/* ---- manifest and keys ---- */

static const dx_segment_entry *entry_of(const dx_manifest *m, uint32_t id)
{
    for (size_t i = 0; i < m->count; i++)
        if (m->segments[i].id == id)
            return &m->segments[i];
    return NULL;
}

static void check_manifest(dx_checker *c)
{
    const dx_manifest *m = c->manifest;
    char line[160];

    for (size_t i = 0; i < m->count; i++) {
        const dx_segment_entry *e = &m->segments[i];
        bool sound = e->docs > 0 && e->deleted < e->docs &&
                     e->id < m->next_segment && entry_of(m, e->id) == e;
        snprintf(line, sizeof line,
            "manifest: entry %zu (segment %08x, %u articles, %u deleted) makes "
            "no sense", i, e->id, e->docs, e->deleted);
        if (!sound)
            dx_check_tell(c, line);
    }
}

/* Whether the segment could have a record with this key. */
static bool is_part_key(const dx_segment_entry *e, dx_str key)
{
    char expected[DX_PART_KEY_MAX], dead[DX_DEAD_KEY_MAX], copy[64] = {0};
    unsigned part = 0, chunk = 0;

    if (key.len >= sizeof copy)
        return false;
    memcpy(copy, key.ptr, key.len);
    if (dx_str_eq(key, dx_part_head_key(expected, e->id)))
        return true;
    if (dx_str_eq(key, dx_dead_key(dead, e->id)))
        return e->deleted > 0;
    /* NOLINTNEXTLINE(cert-err34-c): the key made from it must be the same */
    return sscanf(copy + SEGMENT_KEY_PREFIX, "%2u.%4x", &part, &chunk) == 2 &&
           dx_str_eq(key, dx_part_key(expected, e->id, part, chunk));
}

static dx_status check_key(void *ctx, dx_str key, dx_str value)
{
    dx_checker *c = ctx;
    char line[160], digits[9] = {0}, *end = digits;

    (void)value;
    if (dx_str_eq(key, DX_MANIFEST_KEY) || dx_str_eq(key, DX_CONTESTED_KEY) ||
        dx_str_eq(key, DX_WIPE_KEY) ||
        (key.len > 1 && strchr("fbt", *key.ptr)))
        return DX_OK; /* files and what was taken down are the indexer's business */
    if (key.len > SEGMENT_KEY_PREFIX && *key.ptr == 's' && key.ptr[9] == '.') {
        memcpy(digits, key.ptr + 1, 8);
        uint32_t id = (uint32_t)strtoul(digits, &end, 16);
        const dx_segment_entry *e = entry_of(c->manifest, id);
        if (*end == '\0' && !e) {
            c->totals->left_over++;
            return DX_OK;
        }
        if (*end == '\0' && is_part_key(e, key))
            return DX_OK;
    }
    snprintf(line, sizeof line, "record “%.*s” belongs to nothing",
        key.len < 64 ? (int)key.len : 64, key.ptr);
    dx_check_tell(c, line);
    return DX_OK;
}

static dx_status check_all(dx_checker *c, dx_error *err)
{
    check_manifest(c);
    DX_TRY(dx_snapshot_each(c->snapshot, (dx_str){"", 0}, check_key, c, err));
    DX_TRY(check_segments(c, err));
    return c->totals->problems ? DX_OK : dx_check_namesakes(c, err);
}

dx_status dx_check(dx_snapshot *snapshot, const dx_check_options *options,
    dx_check_totals *totals, dx_error *err)
{
    dx_manifest m;
    dx_checker c = {.options = options, .totals = totals, .snapshot = snapshot,
        .manifest = &m};
    dx_str record;
    dx_error reason = {0};

    *totals = (dx_check_totals){0};
    dx_status rc =
        dx_snapshot_get_first(snapshot, DX_MANIFEST_KEY, &record, &reason);
    if (rc == DX_OK)
        rc = dx_manifest_read(record, &m, &reason);
    if (rc == DX_ERR_CORRUPT) {
        dx_check_tell(&c, reason.msg);
        return DX_OK;
    }
    if (rc != DX_OK)
        return dx_fail(err, rc, "%s", reason.msg);
    rc = check_all(&c, err);
    dx_manifest_free(&m);
    return rc;
}
