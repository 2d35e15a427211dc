/* fuzz_index.h -- an index of the sample articles, for targets that search. */
#ifndef DX_TESTS_FUZZ_FUZZ_INDEX_H
#define DX_TESTS_FUZZ_FUZZ_INDEX_H

#include <ftw.h>
#include <stdlib.h>

#include "indexer/run/run.h"
#include "searcher/include/dx/search.h"
#include "tests/fuzz/fuzz.h"

static char fuzz_folder[] = "/tmp/dx-fuzz-XXXXXX";
static dx_index *fuzz_index;

static inline int fuzz_remove_one(const char *path, const struct stat *st, int type,
    struct FTW *at)
{
    (void)st;
    (void)type;
    (void)at;
    return remove(path);
}

static inline void fuzz_index_close(void)
{
    dx_index_close(fuzz_index);
    nftw(fuzz_folder, fuzz_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* The same for the whole process; what is below `corpus` is in it. Its folder and
 * name go to `index` (64 bytes). */
static inline void fuzz_index_make(const char *corpus, char index[64])
{
    dx_run_options options = {.index = index, .threads = 1,
        .memory_bytes = DX_MEMORY_MIN_BYTES};
    dx_run_totals totals;

    FUZZ_CHECK(mkdtemp(fuzz_folder) != NULL);
    snprintf(index, 64, "%s/index", fuzz_folder);
    atexit(fuzz_index_close);
    FUZZ_CHECK(dx_run(&options, &corpus, 1, &totals, NULL) == DX_OK);
}

static inline void fuzz_index_open(void)
{
    char index[64];

    fuzz_index_make(DX_SOURCE_DIR "/corpus", index);
    FUZZ_CHECK(dx_index_open(index, &fuzz_index, NULL) == DX_OK);
}

#endif
