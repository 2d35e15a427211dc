/* Reading documents for how the words of a query are spelt in them. */
#include "searcher/understand/readings/sightings.h"

#include <string.h>

#include "common/base/arena.h"
#include "common/base/hash.h"
#include "common/index/codec/bits.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/find/row_scan.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/segment.h"
#include "searcher/understand/readings/samples.h"

/* Of a long document this many different rows will do, and each counts so often at
 * most. */
#define ROWS_A_DOC 32u
#define TIMES_A_DOC 8u
/* What then is left is shared out among a row's spellings in such parts, so that sums
 * are exact, in whatever order documents are read. */
#define PARTS 256u
/* Words of which so many documents have them without marks are mostly spelt with. */
#define BARE_SHARE 0.1

typedef struct slot_range { /* exact ids, and the slots they belong to */
    uint32_t first, end;
    uint64_t slots; /* as bits */
} slot_range;

/* Rows of slots in running text that are still growing. */
typedef struct rows {
    uint64_t open;                      /* slots that the last term fits */
    uint8_t length[DX_QUERY_MAX_TERMS]; /* of the row that ends there */
    const uint32_t *terms;              /* of the stretch */
    uint32_t count;                     /* of them so far */
} rows;

typedef struct told_row { /* in one spelling */
    uint64_t hash; /* of its terms and slots */
    uint32_t first, length; /* slots */
    uint32_t times;
    uint8_t spelling[DX_QUERY_MAX_TERMS]; /* of each; past the last: another one */
} told_row;

typedef struct reader {
    dx_slot *slots;
    uint32_t count;
    uint64_t follows; /* slots that do, as bits */
    /* What follows is of the segment whose documents are read: */
    uint32_t segment;                      /* number */
    slot_range ranges[DX_QUERY_MAX_TERMS]; /* ascending */
    uint32_t range_count;
    dx_row_scan scan;
    /* And this of the document: */
    told_row told[ROWS_A_DOC];
    uint32_t told_count;
} reader;

/* ---- which slot an id belongs to ---- */

/* Two slots of one folded word have the same range. */
static void add_range(reader *r, uint32_t first, uint32_t end, uint32_t slot)
{
    uint32_t at = r->range_count;

    while (at > 0 && r->ranges[at - 1].first > first)
        at--;
    if (at > 0 && r->ranges[at - 1].first == first) {
        r->ranges[at - 1].slots |= (uint64_t)1 << slot;
        return;
    }
    memmove(&r->ranges[at + 1], &r->ranges[at],
        (r->range_count - at) * sizeof *r->ranges);
    r->ranges[at] = (slot_range){first, end, (uint64_t)1 << slot};
    r->range_count++;
}

static void enter_segment(reader *r, const dx_segment *s, uint32_t number)
{
    r->segment = number;
    r->range_count = 0;
    dx_row_scan_init(&r->scan, s, r->follows);
    for (uint32_t i = 0; i < r->count; i++) {
        uint32_t folded = r->slots[i].folded[number], first, end;
        if (folded == DX_ID_NONE)
            continue;
        dx_segment_exact_range(s, folded, folded + 1, &first, &end);
        if (first < end)
            add_range(r, first, end, i);
        dx_row_scan_add(&r->scan, i, (dx_id_span){first, end});
    }
}

static uint64_t slots_of(const reader *r, uint32_t id)
{
    uint32_t lo = 0, hi = r->range_count;

    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (r->ranges[mid].end <= id)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < r->range_count && r->ranges[lo].first <= id
               ? r->ranges[lo].slots
               : 0;
}

/* ---- reading a document ---- */

static uint32_t spelling_of(const dx_slot *s, uint32_t segment, uint32_t id)
{
    uint32_t k = 0;

    while (k < s->count && s->spellings[k].ids[segment] != id)
        k++;
    return k;
}

/* The row that ends with slot `last` stops growing. */
static void close_row(reader *r, const rows *w, uint32_t last)
{
    uint32_t n = w->length[last], first = last + 1 - n;
    const uint32_t *terms = w->terms + w->count - n;

    if (n < 2)
        return;
    uint64_t hash = dx_hash64(terms, n * sizeof *terms) + first;
    for (uint32_t i = 0; i < r->told_count; i++)
        if (r->told[i].hash == hash) {
            r->told[i].times++;
            return;
        }
    if (r->told_count == ROWS_A_DOC)
        return;
    told_row *to = &r->told[r->told_count++];
    to->hash = hash;
    to->first = first;
    to->length = n;
    to->times = 1;
    for (uint32_t k = 0; k < n; k++)
        to->spelling[k] =
            (uint8_t)spelling_of(&r->slots[first + k], r->segment, terms[k]);
}

/* Whether a row is of text typed without marks, which does not tell how it is spelt. */
static bool is_bare(const reader *r, const told_row *row)
{
    bool rare = false;

    for (uint32_t k = 0; k < row->length; k++) {
        const dx_slot *s = &r->slots[row->first + k];
        const dx_spelling *p = &s->spellings[row->spelling[k]];
        if (row->spelling[k] == s->count || !p->bare)
            return false;
        rare |= p->share < BARE_SHARE;
    }
    return rare;
}

static double weight_of(const reader *r, const told_row *row)
{
    uint32_t all = 0, most;

    if (is_bare(r, row))
        return 0.0;
    for (uint32_t i = 0; i < r->told_count; i++)
        if (r->told[i].first == row->first && r->told[i].length == row->length)
            all += r->told[i].times;
    most = all < TIMES_A_DOC ? all : TIMES_A_DOC;
    uint64_t parts = (uint64_t)row->times * most * PARTS / all;
    return (double)parts / PARTS;
}

/* The longer a row is, the less likely it is chance, and the more each three words of
 * it count. */
static void see(const reader *r, const told_row *row)
{
    double weight = weight_of(r, row), more = weight * (row->length - 2);

    for (uint32_t k = 1; k < row->length; k++) {
        dx_slot *s = &r->slots[row->first + k];
        uint32_t a = row->spelling[k - 1], b = row->spelling[k];
        bool known = a < s[-1].count && b < s->count;
        s->seen_sum += weight;
        if (known)
            s->seen[a][b] += weight;
        if (k == 1)
            continue;
        s->triples_sum += more;
        if (known && row->spelling[k - 2] < s[-2].count)
            s->triples[row->spelling[k - 2]][a][b] += more;
    }
}

/* The next term fits the slots `now`, and goes on with a row in those of
 * `grow`. */
static void step(reader *r, rows *w, uint64_t now, uint64_t grow)
{
    for (uint64_t left = w->open & ~(grow >> 1); left; left &= left - 1)
        close_row(r, w, dx_ctz64(left));
    for (uint32_t i = r->count; i-- > 0 && now;)
        if (now >> i & 1)
            w->length[i] = grow >> i & 1 ? (uint8_t)(w->length[i - 1] + 1) : 1;
    w->open = now;
}

static void read_stretch(void *ctx, const uint32_t *terms, uint32_t count)
{
    reader *r = ctx;
    rows w = {.terms = terms};

    for (; w.count < count; w.count++) {
        uint64_t now = slots_of(r, terms[w.count]);
        step(r, &w, now, w.open << 1 & r->follows & now);
    }
    step(r, &w, 0, 0);
}

static dx_status make_triples(dx_slots *slots)
{
    for (uint32_t i = 2; i < slots->count; i++) {
        dx_slot *s = &slots->slots[i];
        s->triples = dx_arena_calloc(&slots->arena, DX_SPELLINGS_MAX,
            sizeof *s->triples);
        if (!s->triples)
            return DX_ERR_NOMEM;
    }
    return DX_OK;
}

/* ---- slips ---- */

/* A spelling that hardly any document with the word has, and that was seen next to never
 * beside these neighbours, is a slip of whoever wrote that. */
#define SLIP_SHARE 0.01
#define SLIP_SIGHTINGS 0.1

static bool is_rare(const dx_slot *s, uint32_t k)
{
    return s->spellings[k].share < SLIP_SHARE;
}

static void drop_slip(double *seen, double sum)
{
    if (*seen <= SLIP_SIGHTINGS * sum)
        *seen = 0.0;
}

static void drop_slips(dx_slot *s)
{
    for (uint32_t a = 0; a < s[-1].count; a++)
        for (uint32_t b = 0; b < s->count; b++) {
            bool rare = is_rare(s - 1, a) || is_rare(s, b);
            if (rare)
                drop_slip(&s->seen[a][b], s->seen_sum);
            for (uint32_t z = 0; s->triples && z < s[-2].count; z++)
                if (rare || is_rare(s - 2, z))
                    drop_slip(&s->triples[z][a][b], s->triples_sum);
        }
}

dx_status dx_sightings_collect(dx_slots *slots)
{
    reader r = {.slots = slots->slots, .count = slots->count,
        .segment = UINT32_MAX};
    const dx_sample *samples;
    size_t count;

    DX_TRY(make_triples(slots));
    DX_TRY(dx_samples_choose(slots, &samples, &count));
    for (uint32_t i = 0; i < r.count; i++)
        r.follows |= (uint64_t)r.slots[i].follows << i;
    for (size_t i = 0; i < count; i++) {
        const dx_sample *at = &samples[i];
        if (at->segment != r.segment)
            enter_segment(&r, slots->generation->segments[at->segment],
                at->segment);
        r.told_count = 0;
        DX_TRY(dx_row_scan_doc(&r.scan, at->doc, read_stretch, &r));
        for (uint32_t k = 0; k < r.told_count; k++)
            see(&r, &r.told[k]);
    }
    for (uint32_t i = 1; i < r.count; i++)
        drop_slips(&slots->slots[i]);
    return DX_OK;
}
