/* The code of a segment's texts: a good guess, bettered step by step. */
#include "indexer/invert/text_plan.h"

#include <string.h>

typedef struct planner {
    const uint64_t *const *sums;
    const uint32_t *forms;
} planner;

typedef struct widths {
    uint8_t of[DX_TEXT_GROUPS]; /* ascending */
} widths;

typedef struct place {
    uint32_t done[DX_TEXT_KINDS]; /* forms that have a code */
} place;

/* Gives a group of bytes, each to the kind that makes most of it. Returns how
 * often their forms are in texts. */
static uint64_t take_group(const planner *p, place *at, unsigned width)
{
    uint64_t total = 0;
    uint32_t room = 1u << width;

    for (unsigned i = 0; i < DX_TEXT_GROUP; i++) {
        unsigned kind = 0;
        uint32_t end = at->done[0];
        uint64_t most = 0;
        for (unsigned k = 0; k < DX_TEXT_KINDS; k++) {
            uint32_t from = at->done[k], left = p->forms[k] - from;
            uint32_t to = from + (left < room ? left : room);
            uint64_t sum = p->sums[k][to] - p->sums[k][from];
            if (sum > most) {
                most = sum;
                kind = k;
                end = to;
            }
        }
        at->done[kind] = end;
        total += most;
    }
    return total;
}

static bool is_done(const planner *p, const place *at)
{
    return memcmp(at->done, p->forms, sizeof at->done) == 0;
}

/* Bits behind first bytes, or UINT64_MAX when not all forms get a code. */
static uint64_t bits_of(const planner *p, const widths *w)
{
    place at = {{0}};
    uint64_t bits = 0;

    for (unsigned g = 0; g < DX_TEXT_GROUPS && !is_done(p, &at); g++)
        bits += w->of[g] * take_group(p, &at, w->of[g]);
    return is_done(p, &at) ? bits : UINT64_MAX;
}

/* Each group gets about an equal share of what is left, a quarter more at
 * most; the last one all of it. */
static void guess(const planner *p, widths *w)
{
    place at = {{0}};
    uint64_t left = 0;
    unsigned width = 0;

    for (unsigned k = 0; k < DX_TEXT_KINDS; k++)
        left += p->sums[k][p->forms[k]];
    for (unsigned g = 0; g < DX_TEXT_GROUPS; g++) {
        bool last = g + 1 == DX_TEXT_GROUPS;
        uint64_t share = left / (DX_TEXT_GROUPS - g);
        for (; width < DX_TEXT_WIDTH_MAX; width++) {
            place wider = at, narrow = at;
            uint64_t sum = take_group(p, &wider, width + 1);
            (void)take_group(p, &narrow, width);
            if (is_done(p, &narrow) || (!last && sum > share + share / 4))
                break;
        }
        left -= take_group(p, &at, width);
        w->of[g] = (uint8_t)width;
    }
}

/* Widens the last group of a width, if `up` is one, and narrows the first of
 * another, `down`, so that widths still ascend. */
static bool change(widths *w, unsigned up, unsigned down)
{
    if (up < DX_TEXT_GROUPS) {
        bool last = up + 1 == DX_TEXT_GROUPS || w->of[up + 1] > w->of[up];
        if (!last || w->of[up] == DX_TEXT_WIDTH_MAX)
            return false;
        w->of[up]++;
    }
    if (down < DX_TEXT_GROUPS) {
        if (w->of[down] == 0 || (down > 0 && w->of[down - 1] == w->of[down]))
            return false;
        w->of[down]--;
    }
    return true;
}

/* The best change of one group or two. False when none betters the widths. */
static bool better(const planner *p, widths *w, uint64_t *bits)
{
    widths best = *w;
    uint64_t least = *bits;

    for (unsigned up = 0; up <= DX_TEXT_GROUPS; up++)
        for (unsigned down = 0; down <= DX_TEXT_GROUPS; down++) {
            widths changed = *w;
            if (!change(&changed, up, down))
                continue;
            uint64_t sum = bits_of(p, &changed);
            if (sum < least) {
                least = sum;
                best = changed;
            }
        }
    bool is_better = least < *bits;
    *w = best;
    *bits = least;
    return is_better;
}

/* The runs of one width: what the bytes of its groups were given to. */
static void put_runs(dx_text_plan *out, const place *from, const place *to,
    unsigned width)
{
    for (unsigned k = 0; k < DX_TEXT_KINDS; k++)
        if (to->done[k] > from->done[k])
            out->runs[out->run_count++] = (dx_text_run){
                .width = (uint8_t)width, .kind = (uint8_t)k,
                .forms = to->done[k] - from->done[k]};
}

dx_status dx_text_plan_make(const uint64_t *const sums[DX_TEXT_KINDS],
    const uint32_t forms[DX_TEXT_KINDS], dx_text_plan *out)
{
    const planner p = {sums, forms};
    uint64_t count = 0;
    place at = {{0}};
    widths w;

    for (unsigned k = 0; k < DX_TEXT_KINDS; k++)
        count += forms[k];
    if (count > DX_TEXT_FORMS_MAX)
        return DX_ERR_LIMIT;
    guess(&p, &w);
    *out = (dx_text_plan){.bits = bits_of(&p, &w)};
    while (better(&p, &w, &out->bits))
        ;
    for (unsigned g = 0; g < DX_TEXT_GROUPS;) {
        place from = at;
        unsigned width = w.of[g];
        for (; g < DX_TEXT_GROUPS && w.of[g] == width; g++)
            (void)take_group(&p, &at, width);
        put_runs(out, &from, &at, width);
    }
    return DX_OK;
}
