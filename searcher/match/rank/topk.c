/* The best k of any number of hits. */
#include "searcher/match/rank/topk.h"

#include <math.h>

static bool better(const dx_ranked *a, const dx_ranked *b)
{
    if (a->score != b->score)
        return a->score > b->score;
    if (a->segment != b->segment)
        return a->segment < b->segment;
    return a->doc < b->doc;
}

static void sift_down(dx_ranked *heap, uint32_t count, uint32_t at)
{
    dx_ranked moving = heap[at];

    for (;;) {
        uint32_t child = 2 * at + 1;
        if (child >= count)
            break;
        if (child + 1 < count && better(&heap[child], &heap[child + 1]))
            child++;
        if (!better(&moving, &heap[child]))
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = moving;
}

bool dx_topk_offer(dx_topk *t, dx_ranked hit)
{
    if (t->count < t->room) {
        uint32_t at = t->count++;
        while (at > 0 && better(&t->heap[(at - 1) / 2], &hit)) {
            t->heap[at] = t->heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        t->heap[at] = hit;
        return true;
    }
    if (t->room == 0 || !better(&hit, &t->heap[0]))
        return false;
    t->heap[0] = hit;
    sift_down(t->heap, t->count, 0);
    return true;
}

double dx_topk_threshold(const dx_topk *t)
{
    return t->count < t->room ? -INFINITY
           : t->room          ? t->heap[0].score
                              : INFINITY;
}

void dx_topk_sort(dx_topk *t)
{
    for (uint32_t n = t->count; n > 1; n--) {
        dx_ranked worst = t->heap[0];
        t->heap[0] = t->heap[n - 1];
        sift_down(t->heap, n - 1, 0);
        t->heap[n - 1] = worst;
    }
}
