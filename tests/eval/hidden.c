/* Which articles of an index would be hidden behind which: all that are the same
 * as one before them, wherever a search may put them.
 *
 * usage: hidden INDEX
 *
 * Prints a line for each: the ids of the one that stays and of the hidden one, and
 * their titles, with tabs between. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/index/segment/generation.h"
#include "common/index/segment/segment.h"
#include "searcher/answer/open/collection.h"
#include "searcher/answer/select/same_article.h"

/* Of 16 places 9 agree in near-duplicates, so of eight groups one agrees wholly. */
#define GROUPS 8
#define FAMILY_MAX 512 /* articles of one template that are compared with each other */

typedef struct entry {
    uint32_t key;
    dx_doc_ref ref;
} entry;

static int by_key_and_place(const void *a, const void *b)
{
    const entry *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->ref.segment != y->ref.segment)
        return x->ref.segment < y->ref.segment ? -1 : 1;
    return (x->ref.doc > y->ref.doc) - (x->ref.doc < y->ref.doc);
}

static uint32_t key_of(const dx_signature *s, int group)
{
    return (uint32_t)s->bytes[2 * group] << 8 | s->bytes[2 * group + 1];
}

static size_t fill(const dx_generation *g, int group, entry *entries)
{
    size_t count = 0;

    for (uint32_t s = 0; s < g->segment_count; s++)
        for (uint32_t d = 0; d < dx_segment_docs(g->segments[s]); d++) {
            dx_signature sig = dx_segment_signature(g->segments[s], d);
            if (!dx_deleted_at(dx_segment_deleted(g->segments[s]), d))
                entries[count++] = (entry){key_of(&sig, group), {s, d}};
        }
    qsort(entries, count, sizeof *entries, by_key_and_place);
    return count;
}

static void print_field(dx_meta_reader *r, const dx_generation *g, dx_doc_ref ref)
{
    dx_meta meta;
    dx_doc doc;

    dx_doc_init(&doc);
    if (dx_segment_read_meta(g->segments[ref.segment], ref.doc, r, &meta) == DX_OK &&
        dx_segment_read_doc(g->segments[ref.segment], ref.doc, true, &doc) == DX_OK)
        printf("%.*s\t%.*s", (int)meta.id.len, meta.id.ptr,
            (int)doc.field_end[DX_FIELD_TITLE], (const char *)doc.text.data);
    dx_doc_free(&doc);
}

/* Prints entry `at` of `family` with the first before it that it is the same as,
 * unless it was printed already. Returns 1 on damage. */
static int compare(dx_same_reader *r, const entry *family, size_t at, uint8_t **hidden)
{
    const dx_generation *g = r->generation;
    dx_doc_ref b = family[at].ref;
    bool same = false;

    if (hidden[b.segment][b.doc])
        return 0;
    for (size_t i = at > FAMILY_MAX ? at - FAMILY_MAX : 0; i < at; i++) {
        if (!dx_same_signature(g, family[i].ref, b))
            continue;
        if (dx_same_article(r, b, family[i].ref, &same) != DX_OK)
            return 1;
        if (!same)
            continue;
        hidden[b.segment][b.doc] = 1;
        print_field(&r->meta, g, family[i].ref);
        putchar('\t');
        print_field(&r->meta, g, b);
        putchar('\n');
        return 0;
    }
    return 0;
}

static int print_hidden(const dx_generation *g)
{
    entry *entries = malloc((g->docs + 1) * sizeof *entries);
    uint8_t **hidden = calloc(g->segment_count + 1, sizeof *hidden);
    dx_same_reader reader;
    int rc = !entries || !hidden;

    for (size_t s = 0; s < g->segment_count && !rc; s++)
        rc = !(hidden[s] = calloc(dx_segment_docs(g->segments[s]) + 1, 1));
    dx_same_reader_init(&reader, g);
    for (int group = 0; group < GROUPS && !rc; group++) {
        size_t count = fill(g, group, entries);
        for (size_t i = 0, end; i < count && !rc; i = end) {
            for (end = i + 1; end < count && entries[end].key == entries[i].key;)
                end++;
            for (size_t at = 1; at < end - i && !rc; at++)
                rc = compare(&reader, entries + i, at, hidden);
        }
    }
    dx_same_reader_free(&reader);
    for (size_t s = 0; hidden && s < g->segment_count; s++)
        free(hidden[s]);
    free(hidden);
    free(entries);
    return rc;
}

int main(int argc, char **argv)
{
    dx_collection *c = NULL;
    dx_error err = {0};

    if (argc != 2) {
        fprintf(stderr, "usage: hidden INDEX\n");
        return 2;
    }
    if (dx_collection_open((const char *const *)&argv[1], 1, &c, &err) != DX_OK) {
        fprintf(stderr, "hidden: %s\n", err.msg);
        return 1;
    }
    int rc = print_hidden(&c->generation);
    dx_collection_release(c);
    return rc;
}
