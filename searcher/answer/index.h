/* index.h -- an open index, as the public calls share it. */
#ifndef DX_SEARCHER_ANSWER_INDEX_H
#define DX_SEARCHER_ANSWER_INDEX_H

#include "common/index/segment/generation.h"
#include "common/index/store/snapshot.h"
#include "searcher/include/dx/search.h"
#include "searcher/understand/names/synonyms.h"

struct dx_index {
    char *path;
    dx_snapshot *snapshot;
    dx_generation generation;
    dx_synonyms synonyms;
};

#endif
