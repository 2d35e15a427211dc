/* Looks ids up, and tells those apart that several articles have. */
#include "common/index/segment/identity/find.h"

#include "common/base/hash.h"
#include "common/index/field/article_id.h"
#include "common/index/segment/hidden.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/ids.h"
#include "common/index/segment/segment.h"

#define HASH_MASK (~(uint64_t)15) /* what dx_id_split() gives of a hash */

typedef struct wanted {
    dx_hash128 id;
    const uint64_t *content; /* NULL: any */
    bool with_hidden;
} wanted;

static bool find_in(const dx_segment *s, const wanted *w, uint32_t *found)
{
    const uint64_t *out =
        w->with_hidden ? dx_segment_deleted(s) : dx_segment_withheld(s);
    uint32_t doc = dx_segment_find_id(s, w->id);

    while (doc != DX_ID_NONE) {
        *found = doc;
        if (!dx_deleted_at(out, doc) &&
            (!w->content ||
                (dx_segment_content_hash(s, doc) & HASH_MASK) == *w->content))
            return true;
        doc = dx_segment_find_id_after(s, w->id, doc);
    }
    return false;
}

static bool find(const dx_generation *g, const wanted *w, uint32_t *segment,
    uint32_t *doc)
{
    for (size_t i = g->segment_count; i-- > 0;) {
        *segment = (uint32_t)i;
        if (find_in(g->segments[i], w, doc))
            return true;
    }
    return false;
}

/* By id, else by key. */
static bool find_name(const dx_generation *g, dx_str name, wanted w,
    uint32_t *segment, uint32_t *doc)
{
    w.id = dx_hash128_of(name.ptr, name.len);
    return find(g, &w, segment, doc) ||
           (dx_id_key_read(name, &w.id) && find(g, &w, segment, doc));
}

bool dx_article_find(const dx_generation *g, dx_str id, bool with_hidden,
    uint32_t *segment, uint32_t *doc)
{
    wanted w = {.with_hidden = with_hidden};
    uint64_t hash;
    dx_str base;

    if (find_name(g, id, w, segment, doc))
        return true;
    if (!dx_id_split(id, &base, &hash))
        return false;
    w.content = &hash;
    return find_name(g, base, w, segment, doc);
}

dx_str dx_article_shown_id(const dx_generation *g, uint32_t segment,
    uint32_t doc, dx_str id, dx_arena *arena)
{
    const dx_contested *contested = &g->contested[segment];

    if (contested->count == 0 ||
        !dx_contested_has(contested, dx_hash128_of(id.ptr, id.len)))
        return id;
    return dx_id_with_hash(id,
        dx_segment_content_hash(g->segments[segment], doc), arena);
}
