/* Counts what the pages of a host agree on. */
#include "indexer/input/html/host.h"

#include "common/base/hash.h"
#include "indexer/input/chars/chars.h"

#define HOST_BYTES 256u
#define PAGES_MIN 3u  /* that begin or end alike */
#define DATES_MIN 2u

uint64_t dx_host_key(dx_str host)
{
    char small[HOST_BYTES];

    if (host.len > 4 && dx_equals((dx_str){host.ptr, 4}, "www."))
        host = dx_str_from_offset(host, 4);
    if (host.len == 0 || host.len > sizeof small)
        return 0;
    for (size_t i = 0; i < host.len; i++)
        small[i] = host.ptr[i] >= 'A' && host.ptr[i] <= 'Z'
                       ? (char)(host.ptr[i] | 32)
                       : host.ptr[i];
    return dx_hash64(small, host.len);
}

static uint64_t key_of(const dx_of_host *page, bool is_front)
{
    return is_front ? page->front : page->behind;
}

/* What more than half of the pages have: the vote of Boyer and Moore ("MJRTY",
 * 1991) leaves only that, if there is any, and then it is counted. */
static uint64_t majority(const dx_of_host *pages, size_t count, bool is_front)
{
    uint64_t candidate = 0;
    size_t votes = 0, all = 0;

    for (size_t i = 0; i < count; i++) {
        uint64_t key = key_of(&pages[i], is_front);
        if (votes == 0)
            candidate = key;
        votes = key == candidate ? votes + 1 : votes - 1;
    }
    for (size_t i = 0; i < count; i++)
        all += key_of(&pages[i], is_front) == candidate;
    return all >= PAGES_MIN && 2 * all > count ? candidate : 0;
}

dx_host_verdict dx_host_judge(const dx_of_host *pages, size_t count)
{
    size_t days = 0, months = 0;

    for (size_t i = 0; i < count; i++) {
        days += (pages[i].flags & DX_HOST_DAY_FIRST) != 0;
        months += (pages[i].flags & DX_HOST_MONTH_FIRST) != 0;
    }
    return (dx_host_verdict){.front = majority(pages, count, true),
        .behind = majority(pages, count, false),
        .month_first = months >= DATES_MIN && days == 0};
}

uint32_t dx_host_tell(const dx_host_verdict *verdict, const dx_of_host *page)
{
    bool asks_title = page->flags & DX_HOST_ASKS_TITLE;
    bool asks_date = page->flags & DX_HOST_ASKS_DATE;

    return (asks_title && page->front && page->front == verdict->front
                   ? DX_HOST_FRONT
                   : 0) |
           (asks_title && page->behind && page->behind == verdict->behind
                   ? DX_HOST_BEHIND
                   : 0) |
           (asks_date && verdict->month_first ? DX_HOST_MONTH : 0);
}
