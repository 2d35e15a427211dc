/* Draws the verdict on each host, and has pages read with it. */
#include "indexer/run/settle/hosts.h"

#include <stdlib.h>
#include <unistd.h>

#include "common/base/mem.h"
#include "indexer/run/feed.h"

typedef struct settling {
    dx_file_page *items; /* owned: all pages */
    size_t count, cap;
    uint32_t *numbers; /* owned: those to be read, ascending, … */
    dx_of_host *told;  /* owned: … as they will have been, in the same order */
    size_t told_count;
    bool *is_there; /* owned: likewise */
} settling;

/* ---- all pages ---- */

static dx_status add_page(void *ctx, const dx_file_page *page)
{
    settling *s = ctx;
    void *p = s->items;

    if (dx_grow(&p, &s->cap, s->count + 1, sizeof *s->items) != 0)
        return DX_ERR_NOMEM;
    s->items = p;
    s->items[s->count++] = *page;
    return DX_OK;
}

/* What is told twice of a page, which was met and is as it was, is the same. */
static int by_host(const void *a, const void *b)
{
    const dx_file_page *x = a, *y = b;

    if (x->page.host != y->page.host)
        return x->page.host > y->page.host ? 1 : -1;
    return (x->number > y->number) - (x->number < y->number);
}

static void sort_by_host(settling *s)
{
    size_t kept = 0;

    if (s->count)
        qsort(s->items, s->count, sizeof *s->items, by_host);
    for (size_t i = 0; i < s->count; i++)
        if (kept == 0 || by_host(&s->items[kept - 1], &s->items[i]) != 0)
            s->items[kept++] = s->items[i];
    s->count = kept;
}

/* ---- one host ---- */

static dx_status judge_host(settling *s, size_t from, size_t to)
{
    dx_of_host *pages = dx_calloc(to - from, sizeof *pages);

    if (!pages)
        return DX_ERR_NOMEM;
    for (size_t i = from; i < to; i++)
        pages[i - from] = s->items[i].page;
    dx_host_verdict verdict = dx_host_judge(pages, to - from);
    dx_free(pages);
    for (size_t i = from; i < to; i++) {
        dx_of_host *page = &s->items[i].page;
        uint32_t before = page->flags & (DX_HOST_TOLD | DX_HOST_WAITS);
        uint32_t now = dx_host_tell(&verdict, page);
        page->flags = (page->flags & ~(DX_HOST_TOLD | DX_HOST_WAITS)) | now;
        if (before != now) /* it goes before those that stay as they are */
            s->items[s->told_count++] = s->items[i];
    }
    return DX_OK;
}

static int by_number(const void *a, const void *b)
{
    const dx_file_page *x = a, *y = b;

    return (x->number > y->number) - (x->number < y->number);
}

/* Leaves those that are to be read, in `numbers` and `told`. */
static dx_status judge(settling *s)
{
    for (size_t from = 0, to; from < s->count; from = to) {
        for (to = from + 1; to < s->count; to++)
            if (s->items[to].page.host != s->items[from].page.host)
                break;
        DX_TRY(judge_host(s, from, to));
    }
    size_t n = s->told_count;
    s->numbers = dx_calloc(n + 1, sizeof *s->numbers);
    s->told = dx_calloc(n + 1, sizeof *s->told);
    s->is_there = dx_calloc(n + 1, sizeof *s->is_there);
    if (!s->numbers || !s->told || !s->is_there)
        return DX_ERR_NOMEM;
    if (n)
        qsort(s->items, n, sizeof *s->items, by_number);
    for (size_t i = 0; i < n; i++) {
        s->numbers[i] = s->items[i].number;
        s->told[i] = s->items[i].page;
    }
    return DX_OK;
}

/* ---- reading ---- */

static int number_order(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static dx_status look(void *ctx, const dx_block_place *place)
{
    settling *s = ctx;
    const uint32_t *at = bsearch(&place->block.number, s->numbers,
        s->told_count, sizeof *at, number_order);

    if (at && access(place->path, R_OK) == 0)
        s->is_there[at - s->numbers] = true;
    return DX_OK;
}

/* Before any is read: workers look at the states of blocks. */
static dx_status open_pages(settling *s, dx_files *files, dx_error *err)
{
    size_t kept = 0;

    DX_TRY(dx_files_each_place(files, s->numbers, s->told_count, look, s, err));
    for (size_t i = 0; i < s->told_count; i++) {
        if (!s->is_there[i])
            continue;
        s->numbers[kept] = s->numbers[i];
        s->told[kept++] = s->told[i];
        if (dx_files_open(files, s->numbers[i]) != DX_OK)
            return dx_fail_nomem(err);
    }
    s->told_count = kept;
    return DX_OK;
}

static dx_status settle(settling *s, const dx_submitter *to, dx_files *files,
    dx_error *err)
{
    dx_status rc = dx_files_each_page(files, add_page, s, err);

    if (rc == DX_ERR_NOMEM)
        return dx_fail_nomem(err);
    DX_TRY(rc);
    sort_by_host(s);
    if (judge(s) != DX_OK)
        return dx_fail_nomem(err);
    DX_TRY(open_pages(s, files, err));
    DX_TRY(dx_files_set_pages(files, s->numbers, s->told, s->told_count, err));
    return dx_feed_told(to, files, s->numbers, s->told_count, err);
}

dx_status dx_hosts_settle(const dx_submitter *s, dx_files *files, dx_error *err)
{
    settling all = {.items = NULL};

    if (files->change_count == 0)
        return DX_OK;
    dx_status rc = settle(&all, s, files, err);
    dx_free(all.items);
    dx_free(all.numbers);
    dx_free(all.told);
    dx_free(all.is_there);
    return rc;
}
