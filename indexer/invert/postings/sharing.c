/* Opens slices to other threads, and finds parts of theirs to help with. */
#include "indexer/invert/postings/sharing.h"

#include "common/base/mem.h"

#define PARTS 64u /* of a slice */

dx_status dx_sharing_init(dx_sharing *s, unsigned workers,
    dx_sharing_make make, void *ctx)
{
    *s = (dx_sharing){.workers = workers, .make = make, .ctx = ctx};
    s->open = dx_calloc(workers, sizeof *s->open);
    if (!s->open)
        return DX_ERR_NOMEM;
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->changed, NULL);
    return DX_OK;
}

void dx_sharing_free(dx_sharing *s)
{
    pthread_cond_destroy(&s->changed);
    pthread_mutex_destroy(&s->lock);
    dx_free(s->open);
}

void dx_sharing_planned(dx_sharing *s, size_t slices, size_t pairs)
{
    s->left = slices + 1;
    s->pairs_left = pairs;
}

/* ---- with the lock ---- */

static size_t left(const dx_sharing *s, bool pairs)
{
    return pairs ? s->pairs_left : s->left;
}

/* Takes a part of what is open; false when there is none. */
static bool take_part(dx_shared_slice *open, uint32_t *first, uint32_t *end)
{
    if (open->next >= open->end)
        return false;
    *first = open->next;
    *end = open->end - *first > open->part ? *first + open->part : open->end;
    open->next = *end;
    return true;
}

static void latch(dx_sharing *s, dx_status rc)
{
    if (s->status == DX_OK)
        s->status = rc;
    pthread_cond_broadcast(&s->changed);
}

/* Lets the lock go meanwhile. */
static dx_status make_part(dx_sharing *s, unsigned worker, unsigned owner,
    uint32_t first, uint32_t end)
{
    dx_shared_slice *open = &s->open[owner];

    open->hands++;
    pthread_mutex_unlock(&s->lock);
    dx_status rc = s->make(s->ctx, worker, owner, first, end);
    pthread_mutex_lock(&s->lock);
    open->hands--;
    if (rc != DX_OK || open->hands == 0)
        latch(s, rc);
    return rc;
}

/* A part of what anybody has open; false when there is none. */
static bool find_part(const dx_sharing *s, unsigned *owner, uint32_t *first,
    uint32_t *end)
{
    for (*owner = 0; *owner < s->workers; ++*owner)
        if (take_part(&s->open[*owner], first, end))
            return true;
    return false;
}

/* ---- without it ---- */

void dx_sharing_triples_planned(dx_sharing *s, size_t triples)
{
    pthread_mutex_lock(&s->lock);
    s->left += triples;
    s->left--; /* what stood for them */
    pthread_cond_broadcast(&s->changed);
    pthread_mutex_unlock(&s->lock);
}

void dx_sharing_fail(dx_sharing *s, dx_status why)
{
    pthread_mutex_lock(&s->lock);
    latch(s, why);
    pthread_mutex_unlock(&s->lock);
}

dx_status dx_sharing_slice(dx_sharing *s, unsigned worker, bool pairs,
    uint32_t first, uint32_t end)
{
    dx_shared_slice *open = &s->open[worker];
    dx_status rc = DX_OK;

    pthread_mutex_lock(&s->lock);
    *open = (dx_shared_slice){first, end, (end - first) / PARTS + 1, 0};
    pthread_cond_broadcast(&s->changed);
    while (rc == DX_OK && take_part(open, &first, &end))
        rc = make_part(s, worker, worker, first, end);
    open->next = open->end;
    while (open->hands > 0)
        pthread_cond_wait(&s->changed, &s->lock);
    s->left--;
    s->pairs_left -= pairs;
    latch(s, rc);
    rc = s->status;
    pthread_mutex_unlock(&s->lock);
    return rc;
}

dx_status dx_sharing_help(dx_sharing *s, unsigned worker, bool pairs)
{
    pthread_mutex_lock(&s->lock);
    while (s->status == DX_OK && left(s, pairs) > 0) {
        uint32_t first, end;
        unsigned owner;
        if (find_part(s, &owner, &first, &end))
            (void)make_part(s, worker, owner, first, end);
        else
            pthread_cond_wait(&s->changed, &s->lock);
    }
    dx_status rc = s->status;
    pthread_mutex_unlock(&s->lock);
    return rc;
}
