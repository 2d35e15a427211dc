/* typed.h -- what was typed, word by word, and what the index calls it. */
#ifndef DX_SEARCHER_SUGGEST_TYPED_H
#define DX_SEARCHER_SUGGEST_TYPED_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/segment.h"

#define DX_TYPED_WORDS_MAX 16u /* those after are left out */

typedef struct dx_typed_word {
    dx_str exact, folded; /* in the arena */
    uint32_t start, end;  /* byte range in what was typed */
    uint32_t folded_id;   /* in the segment; DX_ID_NONE when it is not there, or
                             unfinished: any that begins so may be meant */
    dx_id_span exacts;    /* what it may stand for: one spelling, when it was
                             typed with marks and is whole, else any */
    bool marked;
} dx_typed_word;

typedef struct dx_typed {
    const dx_segment *segment; /* borrowed */
    dx_arena *arena;           /* borrowed */
    dx_str text;               /* borrowed */
    dx_typed_word words[DX_TYPED_WORDS_MAX];
    uint32_t count;
    bool unfinished; /* the last word: nothing follows it */
} dx_typed;

/** Cuts t->text into words and looks them up in t->segment; these and t->arena
 *  are set, the rest is zero. Fails with NOMEM. */
DX_NODISCARD dx_status dx_typed_read(dx_typed *t);

#endif
