/* index.h -- an open index, as the public calls share it. */
#ifndef DX_SEARCHER_ANSWER_OPEN_INDEX_H
#define DX_SEARCHER_ANSWER_OPEN_INDEX_H

#include <pthread.h>

#include "searcher/answer/open/collection.h"
#include "searcher/answer/show/address.h"
#include "searcher/include/dx/search.h"
#include "searcher/understand/names/synonyms.h"

struct dx_index {
    pthread_mutex_t refreshing; /* one at a time, so that none goes back */
    pthread_mutex_t lock;       /* of `collection` */
    dx_collection *collection;  /* what is current; held */
    dx_synonyms synonyms;
    dx_address_maps maps; /* as results take them when they begin */
};

/** What is current now, held: to be released. Thread-safe. */
dx_collection *dx_index_collection(dx_index *ix);

#endif
