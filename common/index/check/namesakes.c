/* Looks for articles that are in an index twice. */
#include "common/index/check/namesakes.h"

#include <stdio.h>

#include "common/base/str.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/identity/contested.h"
#include "common/index/segment/ids.h"
#include "common/index/segment/segment.h"

/* An article that is not deleted, and how many others have its id. */
typedef struct article {
    const dx_segment *segment;
    uint32_t doc;
    dx_hash128 id;
    uint32_t namesakes, repetitions; /* … and of these, its content */
} article;

static void count_in(const dx_segment *s, article *a)
{
    uint32_t doc = dx_segment_find_id(s, a->id);

    for (; doc != DX_ID_NONE; doc = dx_segment_find_id_after(s, a->id, doc)) {
        if (dx_deleted_at(dx_segment_deleted(s), doc) ||
            (s == a->segment && doc == a->doc))
            continue;
        a->namesakes++;
        a->repetitions += dx_segment_content_hash(s, doc) ==
                          dx_segment_content_hash(a->segment, a->doc);
    }
}

static void check_article(dx_checker *c, const dx_generation *g, article *a)
{
    const dx_contested *contested = &g->contested[0];

    for (size_t i = 0; i < g->segment_count; i++)
        count_in(g->segments[i], a);
    if (a->repetitions)
        dx_check_problem(c, "article %u: it is in the index twice", a->doc);
    else if (a->namesakes && !dx_contested_has(contested, a->id))
        dx_check_problem(c, "article %u: its id is in the index twice", a->doc);
    else if (!a->namesakes && dx_contested_has(contested, a->id))
        dx_check_problem(c,
            "article %u: its id is called contested, but no other has it",
            a->doc);
}

static void check_segment(dx_checker *c, const dx_generation *g,
    const dx_segment *s)
{
    c->segment = dx_segment_id(s);
    dx_check_begin(c, DX_CHECK_IDS, dx_segment_docs(s));
    for (uint32_t i = 0; i < dx_segment_docs(s); i++) {
        dx_check_at(c, i, dx_segment_docs(s));
        article a = {.segment = s};
        a.doc = dx_segment_id_entry(s, i, &a.id);
        if (a.doc != DX_ID_NONE &&
            !dx_deleted_at(dx_segment_deleted(s), a.doc))
            check_article(c, g, &a);
    }
}

static dx_status check_record(dx_checker *c, dx_error *err)
{
    char line[80];
    dx_str record;

    DX_TRY(dx_snapshot_get(c->snapshot, DX_CONTESTED_KEY, &record, err));
    const char *fault = c->manifest->count ? dx_contested_fault(record) : NULL;
    if (!fault)
        return DX_OK;
    snprintf(line, sizeof line, "the record of contested ids %s", fault);
    dx_check_tell(c, line);
    return DX_OK;
}

dx_status dx_check_namesakes(dx_checker *c, dx_error *err)
{
    dx_generation g;

    DX_TRY(check_record(c, err));
    DX_TRY(dx_generation_open(c->snapshot, &g, err));
    for (size_t i = 0; i < g.segment_count; i++)
        check_segment(c, &g, g.segments[i]);
    dx_generation_close(&g);
    return DX_OK;
}
