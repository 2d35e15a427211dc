/* Slices are few, so threads would not end together. A slice that is filled is
 * therefore open to others: who has nothing left to do makes lists of a part of
 * it, in memory of his own. */
#include "indexer/invert/postings_internal.h"

#define PARTS 64u /* of a slice */

static size_t left(const dx_postings *p, bool pairs)
{
    return pairs ? p->pairs_left : p->left;
}

/* Takes a part of what `owner` has open; false when there is none. */
static bool take_part(dx_shared_slice *open, uint32_t *first, uint32_t *end)
{
    if (open->next >= open->end)
        return false;
    *first = open->next;
    *end = open->end - *first > open->part ? *first + open->part : open->end;
    open->next = *end;
    return true;
}

static void latch(dx_postings *p, dx_status rc)
{
    if (p->status == DX_OK)
        p->status = rc;
    pthread_cond_broadcast(&p->changed);
}

void dx_postings_fail(dx_postings *p, dx_status why)
{
    pthread_mutex_lock(&p->lock);
    latch(p, why);
    pthread_mutex_unlock(&p->lock);
}

/* With p->lock, which it lets go meanwhile. */
static dx_status put_part(dx_postings *p, dx_postings_worker *w,
    dx_postings_worker *owner, uint32_t first, uint32_t end)
{
    owner->open.hands++;
    pthread_mutex_unlock(&p->lock);
    dx_status rc = dx_postings_put_part(p, w, owner, first, end);
    pthread_mutex_lock(&p->lock);
    owner->open.hands--;
    if (rc != DX_OK || owner->open.hands == 0)
        latch(p, rc);
    return rc;
}

dx_status dx_share_slice(dx_postings *p, dx_postings_worker *w,
    const dx_slice *s, uint32_t first, uint32_t end)
{
    dx_status rc = DX_OK;

    pthread_mutex_lock(&p->lock);
    w->open = (dx_shared_slice){s, first, end, (end - first) / PARTS + 1, 0};
    pthread_cond_broadcast(&p->changed);
    while (rc == DX_OK && take_part(&w->open, &first, &end))
        rc = put_part(p, w, w, first, end);
    w->open.next = w->open.end;
    while (w->open.hands > 0)
        pthread_cond_wait(&p->changed, &p->lock);
    p->left--;
    p->pairs_left -= s->kind == DX_SLICE_PAIRS;
    latch(p, rc);
    pthread_mutex_unlock(&p->lock);
    return rc;
}

static dx_postings_worker *find_part(const dx_postings *p, uint32_t *first,
    uint32_t *end)
{
    for (unsigned i = 0; i < p->threads; i++)
        if (take_part(&p->workers[i].open, first, end))
            return &p->workers[i];
    return NULL;
}

dx_status dx_postings_help(dx_postings *p, unsigned worker, bool pairs)
{
    pthread_mutex_lock(&p->lock);
    while (p->status == DX_OK && left(p, pairs) > 0) {
        uint32_t first, end;
        dx_postings_worker *owner = find_part(p, &first, &end);
        if (owner)
            (void)put_part(p, &p->workers[worker], owner, first, end);
        else
            pthread_cond_wait(&p->changed, &p->lock);
    }
    dx_status rc = p->status;
    pthread_mutex_unlock(&p->lock);
    return rc;
}

/* A slice of triples that nobody has taken, or NULL. */
static const dx_slice *next_triples(dx_postings *p)
{
    const dx_slice *s = NULL;

    pthread_mutex_lock(&p->lock);
    if (p->status == DX_OK && p->triples_planned &&
        p->next_triples < p->triples.count)
        s = &p->triples.at[p->next_triples++];
    pthread_mutex_unlock(&p->lock);
    return s;
}

dx_status dx_postings_triples(dx_postings *p, unsigned worker)
{
    const dx_slice *s;

    while ((s = next_triples(p)) != NULL)
        DX_TRY(dx_postings_do(p, worker, s));
    return DX_OK;
}
