/* Walks documents in order of their dates until none can be among the best. */
#include "searcher/match/rank/by_date.h"

#include <math.h>

#include "common/base/civil.h"
#include "common/index/codec/bits.h"
#include "common/index/codec/window.h"

/* So many places in the order of dates are passed in the time in which one document
 * is found in a set and offered. */
#define PLACES_AN_OFFER 4u

typedef enum walk_end {
    WALK_ON,
    WALK_DONE, /* what follows cannot get in */
    WALK_TIRED /* it took as long as looking at all */
} walk_end;

typedef struct walk {
    const dx_segment *s;
    uint32_t segment;
    const uint64_t *set;
    bool newest;
    dx_topk *top;
    uint64_t places; /* that may still be passed */
    dx_ranked last;  /* it and all before it have been offered */
} walk;

static dx_ranked hit_of(const walk *w, uint32_t doc)
{
    int32_t day = dx_segment_date(w->s, doc);
    bool as_it_is = w->newest || day == DX_DATE_UNKNOWN;

    return (dx_ranked){.segment = w->segment, .doc = doc,
        .score = as_it_is ? day : -(double)day};
}

/* Places whose documents are in the order of hits. */
static walk_end pass_places(walk *w, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        uint32_t doc = dx_segment_by_date(w->s, i);
        if (w->places == 0)
            return WALK_TIRED;
        w->places--;
        if (!(w->set[doc >> 6] >> (doc & 63) & 1))
            continue;
        w->last = hit_of(w, doc);
        if (!dx_topk_offer(w->top, w->last))
            return WALK_DONE;
    }
    return WALK_ON;
}

static uint32_t first_of_day(const dx_segment *s, uint32_t place)
{
    int32_t day = dx_segment_date(s, dx_segment_by_date(s, place));
    uint32_t first, end;

    if (place > 0 && dx_segment_date(s, dx_segment_by_date(s, place - 1)) != day)
        return place;
    dx_segment_date_run(s, day, day, &first, &end);
    return first < place ? first : place;
}

/* Days from the last to the first, the documents of each in input order. */
static walk_end pass_days_backwards(walk *w)
{
    walk_end so_far = WALK_ON;
    uint32_t first, dated;

    dx_segment_date_run(w->s, DX_DATE_UNKNOWN, INT32_MAX, &first, &dated);
    for (uint32_t end = dated; end > 0 && so_far == WALK_ON; end = first) {
        first = first_of_day(w->s, end - 1);
        so_far = pass_places(w, first, end);
    }
    return so_far == WALK_ON ? pass_places(w, dated, dx_segment_docs(w->s))
                             : so_far;
}

static bool is_after(const dx_ranked *a, const dx_ranked *b)
{
    return a->score != b->score ? a->score < b->score : a->doc > b->doc;
}

static void offer_others(walk *w)
{
    dx_ranked last = w->last;
    size_t words =
        (size_t)dx_window_count(dx_segment_docs(w->s)) * DX_WINDOW_WORDS;

    for (size_t k = 0; k < words; k++) {
        for (uint64_t left = w->set[k]; left; left &= left - 1) {
            dx_ranked hit = hit_of(w, (uint32_t)(k << 6 | dx_ctz64(left)));
            if (is_after(&hit, &last))
                (void)dx_topk_offer(w->top, hit);
        }
    }
}

void dx_offer_by_date(const dx_segment *s, uint32_t segment, const uint64_t *set,
    uint64_t count, bool newest, dx_topk *top)
{
    uint64_t most = PLACES_AN_OFFER * count;
    walk w = {.s = s, .segment = segment, .set = set, .newest = newest, .top = top,
        .places = most, .last = {.score = INFINITY}};

    if (count == 0 || top->room == 0)
        return;
    walk_end end = (uint64_t)top->room * dx_segment_docs(s) / count >= most
                       ? WALK_TIRED
                   : newest ? pass_places(&w, 0, dx_segment_docs(s))
                            : pass_days_backwards(&w);
    if (end == WALK_TIRED)
        offer_others(&w);
}
