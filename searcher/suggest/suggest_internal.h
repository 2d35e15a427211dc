/* suggest_internal.h -- shared by suggest.c, phrase.c and
 * title.c. */
#ifndef DX_SEARCHER_SUGGEST_SUGGEST_INTERNAL_H
#define DX_SEARCHER_SUGGEST_SUGGEST_INTERNAL_H

#include "common/base/arena.h"
#include "common/index/segment/id.h"
#include "common/index/segment/segment.h"
#include "searcher/suggest/suggest.h"

typedef struct dx_typed_word {
    dx_str exact, folded; /* in the arena */
    uint32_t start, end;  /* byte range in what was typed */
    uint32_t folded_id;   /* in the segment, or DX_ID_NONE */
    dx_id_span exacts;    /* what it may stand for: one spelling, when it was
                             typed with marks and is whole, else any */
    bool marked;
} dx_typed_word;

typedef struct dx_suggester {
    const dx_segment *segment;
    dx_arena *arena;
    dx_str typed;
    dx_typed_word words[DX_SUGGEST_WORDS_MAX];
    uint32_t count;
    bool unfinished; /* the last word is a prefix */
    dx_suggest_list *out;
} dx_suggester;

/** Adds `text` unless it is there already. */
DX_NODISCARD dx_status dx_suggest_add(dx_suggester *s, dx_str text);

DX_NODISCARD dx_status dx_suggest_phrases(dx_suggester *s, uint32_t most);
DX_NODISCARD dx_status dx_suggest_titles(dx_suggester *s, uint32_t most);

#endif
