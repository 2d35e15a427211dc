/* Finds the articles that this run has lost, kills them and tells of each. */
#include "indexer/run/settle/lost.h"

#include <stdlib.h>

#include "common/base/arena.h"
#include "common/base/mem.h"
#include "common/index/segment/meta.h"
#include "common/index/segment/segment.h"
#include "indexer/gather/article_key.h"

#define WORD_DOCS 64u /* of marks */
#define MANY_MIN 20u   /* so many articles may go … */
#define MANY_SHARE 5u  /* … or this part of the index, before it seems a mistake */

bool dx_lost_are_many(uint64_t going, uint64_t articles)
{
    return going > MANY_MIN && going > articles / MANY_SHARE;
}

typedef struct lost_doc {
    uint64_t key; /* dx_article_key().lo */
    uint64_t id;  /* dx_article_id_key() */
    dx_indexed_doc doc;
    uint32_t borrower; /* the block to be read again for it, or DX_FILE_NONE */
} lost_doc;

typedef struct fuller_id { /* of an article that is lost */
    uint64_t key;    /* dx_article_id_key() */
    bool is_known;   /* another one gave way to one with this id … */
    bool is_waiting; /* … and its block is as it was */
} fuller_id;

typedef struct settling {
    dx_lost *to;
    bool has_borrowings;
    lost_doc *items; /* owned: those that may be borrowed */
    size_t count, cap;
    fuller_id *ids; /* owned: theirs, of which several may be the same */
    size_t id_count, id_cap;
    dx_indexed_doc *going; /* owned: those that nothing takes the place of */
    size_t going_count, going_cap;
    uint64_t live;         /* articles before the run */
    uint64_t unchanged;
    uint64_t repeated; /* met elsewhere, while their block is as it was */
    dx_meta_reader reader;
    dx_arena arena; /* for the fields of one article */
    dx_error *err;
} settling;

static bool is(const settling *s, dx_indexed_doc d, dx_indexed_mark mark)
{
    return dx_indexed_is(s->to->indexed, d, mark);
}

static dx_file_state state_of(const settling *s, dx_indexed_doc d)
{
    return dx_files_state(s->to->files, dx_indexed_file(s->to->indexed, d));
}

/* Whether it came from a file that the run has not met. */
static bool is_outside(const settling *s, dx_indexed_doc d)
{
    return dx_indexed_file(s->to->indexed, d) != DX_FILE_NONE &&
           state_of(s, d) == DX_FILE_UNSEEN;
}

/* ---- one article ---- */

static dx_status tell(settling *s, dx_indexed_doc d, dx_event_kind kind)
{
    dx_event event = {.kind = kind, .path = "", .id = "", .reason = ""};
    dx_meta meta;

    if (s->to->events->on_event) { /* else nobody wants to know which */
        DX_TRY(dx_indexed_read_fields(s->to->indexed, d, &s->reader, &s->arena, &meta));
        event.path = meta.path.ptr;
        event.id = meta.id.ptr;
    }
    dx_event_tell(s->to->events, &event);
    return DX_OK;
}

static bool is_lost(const settling *s, dx_indexed_doc d, dx_file_state state,
    bool is_stdin)
{
    bool is_named = is(s, d, DX_INDEXED_NAMED);

    if (is_stdin)
        return is_named && !is(s, d, DX_INDEXED_HELD);
    switch (state) {
    case DX_FILE_KEPT:
        return false;
    case DX_FILE_UNSEEN:
        return is_named && !is(s, d, DX_INDEXED_MET);
    case DX_FILE_READ:
    case DX_FILE_GONE:
        break;
    }
    return !is(s, d, DX_INDEXED_HELD) && (is_named || !s->to->no_delete);
}

/* It stays, though it may have been told that another article takes its place. */
static void stay(settling *s, dx_indexed_doc d, bool is_unchanged)
{
    s->unchanged += is_unchanged;
    if (!is(s, d, DX_INDEXED_REPLACED))
        return;
    s->to->events->counts[DX_EVENT_UPDATED]--;
    s->to->events->counts[DX_EVENT_ADDED]++;
}

/* Whether it goes depends on how many there are. */
static dx_status add_going(settling *s, dx_indexed_doc d)
{
    void *p = s->going;

    if (dx_grow(&p, &s->going_cap, s->going_count + 1, sizeof *s->going) != 0)
        return DX_ERR_NOMEM;
    s->going = p;
    s->going[s->going_count++] = d;
    return DX_OK;
}

/* What was met elsewhere is not lost to the index: it will be there anew. */
static dx_status kill(settling *s, dx_indexed_doc d, bool is_elsewhere)
{
    if (!is_elsewhere && !is(s, d, DX_INDEXED_NAMED))
        return add_going(s, d);
    dx_indexed_kill(s->to->indexed, d);
    if (is_elsewhere) {
        stay(s, d, true);
        return DX_OK;
    }
    if (is_outside(s, d))
        DX_TRY(dx_numbers_add(&s->to->outside,
            dx_indexed_file(s->to->indexed, d)));
    return is(s, d, DX_INDEXED_REPLACED) ? DX_OK
                                         : tell(s, d, DX_EVENT_REMOVED);
}

static dx_status defer(settling *s, dx_indexed_doc d)
{
    void *p = s->items;
    dx_meta meta;

    DX_TRY(dx_indexed_read_fields(s->to->indexed, d, &s->reader, &s->arena, &meta));
    if (dx_grow(&p, &s->cap, s->count + 1, sizeof *s->items) != 0)
        return DX_ERR_NOMEM;
    s->items = p;
    dx_hash128 id = dx_hash128_of(meta.id.ptr, meta.id.len);
    uint64_t content = dx_indexed_content(s->to->indexed, d);
    s->items[s->count++] =
        (lost_doc){dx_article_key(id, content).lo, dx_article_id_key(id), d, DX_FILE_NONE};
    p = s->ids;
    if (dx_grow(&p, &s->id_cap, s->id_count + 1, sizeof *s->ids) != 0)
        return DX_ERR_NOMEM;
    s->ids = p;
    s->ids[s->id_count++] = (fuller_id){.key = dx_article_id_key(id)};
    return DX_OK;
}

static dx_status settle_doc(settling *s, dx_indexed_doc d, dx_file_state state,
    bool is_stdin)
{
    if (is(s, d, DX_INDEXED_DEAD))
        return DX_OK;
    if (!is_lost(s, d, state, is_stdin)) {
        s->repeated += state == DX_FILE_KEPT && is(s, d, DX_INDEXED_MET) &&
                       !is(s, d, DX_INDEXED_HELD);
        stay(s, d, is(s, d, DX_INDEXED_MET) || state == DX_FILE_KEPT);
        return DX_OK;
    }
    return s->has_borrowings ? defer(s, d)
                             : kill(s, d, is(s, d, DX_INDEXED_MET));
}

/* Nearly all articles are of blocks that are as they were, or that the run has not
 * met. True: those of the word that begins with `doc` have been settled at once. */
static bool settle_word(settling *s, uint32_t number, uint32_t doc,
    uint32_t file, dx_file_state state)
{
    const dx_indexed_segment *indexed = &s->to->indexed->segments[number];
    uint64_t *const *marks = indexed->marks;
    size_t word = doc / WORD_DOCS;

    if (doc % WORD_DOCS || doc + WORD_DOCS > dx_segment_docs(indexed->segment) ||
        (state != DX_FILE_KEPT && state != DX_FILE_UNSEEN) ||
        (marks[DX_INDEXED_MET][word] | marks[DX_INDEXED_NAMED][word]) != 0 ||
        !dx_segment_is_of_file(indexed->segment, doc, WORD_DOCS, file))
        return false;
    if (state == DX_FILE_KEPT)
        s->unchanged += (uint64_t)__builtin_popcountll(
            ~marks[DX_INDEXED_DEAD][word]);
    return true;
}

static dx_status settle_segment(settling *s, uint32_t number)
{
    const dx_segment *segment = s->to->indexed->segments[number].segment;
    uint32_t doc = 0;

    while (doc < dx_segment_docs(segment)) {
        uint32_t file = dx_segment_file(segment, doc);
        dx_file_state state = dx_files_state(s->to->files, file);
        dx_progress_settling(s->to->progress, doc, dx_segment_docs(segment));
        if (settle_word(s, number, doc, file, state)) {
            doc += WORD_DOCS;
            continue;
        }
        DX_TRY(settle_doc(s, (dx_indexed_doc){number, doc++}, state,
            file == DX_FILE_NONE));
    }
    return DX_OK;
}

/* ---- those that another block may have ---- */

static int by_key(const void *a, const void *b)
{
    const lost_doc *x = a, *y = b;

    return (x->key > y->key) - (x->key < y->key);
}

/* Blocks that were read in this run are the better choice, then those that it has
 * met; in the end the first. */
static bool is_better(const settling *s, uint32_t number, uint32_t than)
{
    dx_file_state a = dx_files_state(s->to->files, number);
    dx_file_state b = dx_files_state(s->to->files, than);

    return than == DX_FILE_NONE || (a != b ? a > b : number < than);
}

static int by_id(const void *a, const void *b)
{
    const fuller_id *x = a, *y = b;

    return (x->key > y->key) - (x->key < y->key);
}

static fuller_id *find_id(const settling *s, uint64_t key)
{
    fuller_id wanted = {.key = key};

    return s->id_count ? bsearch(&wanted, s->ids, s->id_count, sizeof *s->ids,
                             by_id)
                       : NULL;
}

static void sort_ids(settling *s)
{
    size_t kept = 0;

    qsort(s->ids, s->id_count, sizeof *s->ids, by_id);
    for (size_t i = 0; i < s->id_count; i++)
        if (kept == 0 || s->ids[kept - 1].key != s->ids[i].key)
            s->ids[kept++] = s->ids[i];
    s->id_count = kept;
}

/* All that gave way to it may be the fullest now. */
static dx_status note_fuller(void *ctx, dx_borrowing b)
{
    settling *s = ctx;
    fuller_id *id = find_id(s, b.key);

    if (!id)
        return DX_OK;
    id->is_known = true;
    if (b.is_past)
        return DX_OK;
    id->is_waiting = true;
    return dx_numbers_add(&s->to->again, b.number);
}

static dx_status note_borrower(void *ctx, dx_borrowing b)
{
    settling *s = ctx;
    lost_doc wanted = {.key = b.key};

    if (b.is_past)
        return DX_OK;
    lost_doc *found = s->count ? bsearch(&wanted, s->items, s->count,
                                     sizeof *s->items, by_key)
                               : NULL;

    if (!found)
        return DX_OK;
    if (is(s, found->doc, DX_INDEXED_NAMED) && !find_id(s, found->id)->is_known &&
        dx_files_state(s->to->files, b.number) == DX_FILE_UNSEEN)
        return dx_numbers_add(&s->to->outside, b.number); /* it gives way */
    if (is_better(s, b.number, found->borrower))
        found->borrower = b.number;
    return dx_numbers_add(&s->to->borrowers, b.number);
}

static void sort_moved(dx_lost *lost)
{
    if (lost->moved_count)
        qsort(lost->moved, lost->moved_count, sizeof *lost->moved, dx_hash64_order);
}

static dx_status add_moved(dx_lost *lost, uint64_t key)
{
    void *p = lost->moved;

    if (dx_grow(&p, &lost->moved_cap, lost->moved_count + 1,
            sizeof *lost->moved) != 0)
        return DX_ERR_NOMEM;
    lost->moved = p;
    lost->moved[lost->moved_count++] = key;
    return DX_OK;
}

/* A block that the run has not met keeps an article if one that it has met, too,
 * has it, or something less full. */
static dx_status settle_deferred(settling *s, const lost_doc *lost)
{
    if (is_outside(s, lost->doc) && find_id(s, lost->id)->is_known) {
        stay(s, lost->doc, true);
        return DX_OK;
    }
    if (lost->borrower == DX_FILE_NONE)
        return kill(s, lost->doc, is(s, lost->doc, DX_INDEXED_MET));
    if (is_outside(s, lost->doc)) {
        stay(s, lost->doc, true);
        return DX_OK;
    }
    DX_TRY(dx_numbers_add(&s->to->again, lost->borrower));
    DX_TRY(add_moved(s->to, lost->key));
    return kill(s, lost->doc, true);
}

static dx_status settle_all_deferred(settling *s)
{
    if (s->count == 0)
        return DX_OK;
    qsort(s->items, s->count, sizeof *s->items, by_key);
    sort_ids(s);
    DX_TRY(dx_borrowed_each(s->to->borrowed, s->to->files, s->to->snapshot,
        note_fuller, s, s->err));
    DX_TRY(dx_borrowed_each(s->to->borrowed, s->to->files, s->to->snapshot,
        note_borrower, s, s->err));
    for (size_t i = 0; i < s->count; i++)
        DX_TRY(settle_deferred(s, &s->items[i]));
    for (size_t i = 0; i < s->id_count; i++)
        if (s->ids[i].is_waiting)
            DX_TRY(add_moved(s->to, s->ids[i].key));
    sort_moved(s->to);
    return DX_OK;
}

/* ---- those that go ---- */

/* Its block, if it is still there, is read again by each run until it goes. */
static dx_status keep(settling *s, dx_indexed_doc d)
{
    if (state_of(s, d) == DX_FILE_READ)
        DX_TRY(dx_numbers_add(&s->to->outside, dx_indexed_file(s->to->indexed, d)));
    return tell(s, d, DX_EVENT_KEPT);
}

static dx_status settle_going(settling *s)
{
    bool are_many = dx_lost_are_many(s->going_count, s->live);

    s->to->are_kept = are_many && !s->to->remove_many;
    for (size_t i = 0; i < s->going_count; i++) {
        if (s->to->are_kept) {
            DX_TRY(keep(s, s->going[i]));
            continue;
        }
        dx_indexed_kill(s->to->indexed, s->going[i]);
        DX_TRY(tell(s, s->going[i], DX_EVENT_REMOVED));
    }
    return DX_OK;
}

/* ---- the whole ---- */

static dx_status settle(settling *s)
{
    bool is_empty;

    DX_TRY(dx_borrowed_is_empty(s->to->borrowed, s->to->snapshot, &is_empty,
        s->err));
    s->has_borrowings = !is_empty;
    s->live = dx_indexed_live_count(s->to->indexed);
    for (uint32_t i = 0; i < s->to->indexed->count; i++)
        DX_TRY(settle_segment(s, i));
    DX_TRY(settle_all_deferred(s));
    return settle_going(s);
}

dx_status dx_lost_settle(dx_lost *lost, dx_error *err)
{
    dx_error why = {0};
    settling s = {.to = lost, .arena = DX_ARENA_INIT, .err = &why};

    dx_meta_reader_init(&s.reader);
    dx_status rc = settle(&s);
    dx_numbers_sort(&lost->again);
    dx_numbers_sort(&lost->borrowers);
    dx_numbers_sort(&lost->outside);
    lost->events->counts[DX_EVENT_UNCHANGED] += s.unchanged;
    lost->events->counts[DX_EVENT_REPEATED] += s.repeated;
    dx_free(s.items);
    dx_free(s.ids);
    dx_free(s.going);
    dx_meta_reader_free(&s.reader);
    dx_arena_free(&s.arena);
    if (rc == DX_OK)
        return rc;
    return dx_fail(err, rc, "articles to be removed: %s",
        why.msg[0] ? why.msg : dx_status_text(rc));
}

void dx_lost_free(dx_lost *lost)
{
    dx_free(lost->moved);
    dx_numbers_free(&lost->again);
    dx_numbers_free(&lost->borrowers);
    dx_numbers_free(&lost->outside);
}
