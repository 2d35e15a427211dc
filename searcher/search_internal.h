/* search_internal.h -- what the files behind dx/search.h share. */
#ifndef DX_SEARCHER_SEARCH_INTERNAL_H
#define DX_SEARCHER_SEARCH_INTERNAL_H

#include "common/index/segment.h"
#include "searcher/include/dx/search.h"

struct dx_index {
    char *path;
    dx_snapshot *snapshot;
    dx_generation generation;
};

#endif
