/* Walks the sorted terms of all segments at once and numbers those that live. */
#include "indexer/invert/merging/terms.h"

#include "common/base/bytes.h"
#include "common/base/mem.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/layout/format.h"
#include "indexer/invert/merging/postings.h"

typedef struct head { /* where a source is */
    dx_str string;
    uint64_t sample;   /* first bytes of it: in the order of terms, or equal */
    uint32_t at, end;
    bool is_least;
} head;

typedef dx_str term_string(const dx_segment *s, uint32_t id);

typedef struct walk { /* over folded terms, or exact ones of one folded */
    const dx_merge_sources *m;
    head *heads; /* of each source */
    term_string *string;
    dx_status status;
} walk;

static void look(walk *w, size_t i)
{
    head *h = &w->heads[i];
    uint8_t sample[DX_SAMPLE_BYTES];

    if (h->at >= h->end)
        return;
    h->string = w->string(w->m->at[i].s, h->at);
    if (!h->string.ptr)
        w->status = DX_ERR_CORRUPT;
    dx_sample_of(h->string, sample);
    h->sample = __builtin_bswap64(dx_load_u64(sample));
}

static int compare(const head *a, const head *b)
{
    if (a->sample != b->sample)
        return a->sample < b->sample ? -1 : 1;
    return dx_str_cmp(a->string, b->string);
}

/* Marks the heads that are at the least term. False at the end. */
static bool find_least(walk *w)
{
    const head *least = NULL;

    for (size_t i = 0; i < w->m->count; i++) {
        head *h = &w->heads[i];
        h->is_least = false;
        if (h->at < h->end && (!least || compare(h, least) < 0))
            least = h;
    }
    for (size_t i = 0; least && i < w->m->count; i++) {
        head *h = &w->heads[i];
        h->is_least = h->at < h->end && compare(h, least) == 0;
    }
    return least && w->status == DX_OK;
}

static void step(walk *w)
{
    for (size_t i = 0; i < w->m->count; i++) {
        head *h = &w->heads[i];
        if (!h->is_least)
            continue;
        h->at++;
        look(w, i);
    }
}

/* Whether a document that is not deleted has the term that heads are at. */
static dx_status is_alive(const walk *exact, dx_merge_postings *room,
    bool *alive)
{
    *alive = false;
    for (size_t i = 0; i < exact->m->count && !*alive; i++) {
        const dx_merge_source *s = &exact->m->at[i];
        dx_list list;
        if (!exact->heads[i].is_least)
            continue;
        DX_TRY(dx_segment_exact_list(s->s, exact->heads[i].at, &list));
        if (!s->deleted) {
            *alive = list.df > 0;
            continue;
        }
        room->count = 0;
        DX_TRY(dx_merge_postings_add(room, s, &list));
        *alive = room->count > 0;
    }
    return DX_OK;
}

/* Numbers the exact terms of the folded term that heads are at. In each source they
 * follow those of the term before, or they would be numbered twice. */
static dx_status number_exacts(const walk *folded, walk *exact,
    dx_merge_sources *m, dx_merge_postings *room)
{
    for (size_t i = 0; i < m->count; i++) {
        head *h = &exact->heads[i];
        uint32_t before = h->end;
        *h = (head){.at = before, .end = before};
        if (!folded->heads[i].is_least)
            continue;
        dx_segment_exact_range(m->at[i].s, folded->heads[i].at,
            folded->heads[i].at + 1, &h->at, &h->end);
        if (h->at != before)
            return DX_ERR_CORRUPT;
        look(exact, i);
    }
    while (find_least(exact)) {
        bool alive;
        DX_TRY(is_alive(exact, room, &alive));
        for (size_t i = 0; i < m->count; i++)
            if (exact->heads[i].is_least)
                m->at[i].exact_to[exact->heads[i].at] =
                    alive ? m->exacts : DX_MERGE_GONE;
        if (alive)
            m->exact_folded[m->exacts++] = m->foldeds;
        step(exact);
    }
    return exact->status;
}

static dx_status number_all(walk *folded, walk *exact, dx_merge_sources *m,
    dx_merge_postings *room)
{
    while (find_least(folded)) {
        uint32_t before = m->exacts;
        DX_TRY(number_exacts(folded, exact, m, room));
        bool alive = m->exacts > before;
        for (size_t i = 0; i < m->count; i++)
            if (folded->heads[i].is_least)
                m->at[i].folded_to[folded->heads[i].at] =
                    alive ? m->foldeds : DX_MERGE_GONE;
        m->foldeds += alive;
        for (size_t i = 0; i < m->count; i++)
            dx_work_add(m->work, folded->heads[i].is_least);
        step(folded);
    }
    return folded->status;
}

dx_status dx_merge_terms_number(dx_merge_sources *m)
{
    walk folded = {.m = m, .string = dx_segment_folded_string};
    walk exact = {.m = m, .string = dx_segment_exact_string};
    dx_merge_postings room = {.count = 0};
    dx_status rc = DX_ERR_NOMEM;

    folded.heads = dx_calloc(m->count, sizeof *folded.heads);
    exact.heads = dx_calloc(m->count, sizeof *exact.heads);
    if (folded.heads && exact.heads) {
        for (size_t i = 0; i < m->count; i++) {
            folded.heads[i].end = dx_segment_folded_count(m->at[i].s);
            look(&folded, i);
        }
        rc = number_all(&folded, &exact, m, &room);
    }
    dx_merge_postings_free(&room);
    dx_free(folded.heads);
    dx_free(exact.heads);
    return rc;
}
