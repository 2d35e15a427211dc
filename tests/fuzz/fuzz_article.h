/* fuzz_article.h -- what fuzz_text, fuzz_html and fuzz_json share. */
#ifndef DX_TESTS_FUZZ_ARTICLE_H
#define DX_TESTS_FUZZ_ARTICLE_H

#include <string.h>

#include "common/base/arena.h"
#include "common/base/mem.h"
#include "indexer/input/source.h"
#include "tests/fuzz/fuzz.h"

static inline void fuzz_check_article(const dx_article *a)
{
    for (unsigned f = 0; f < DX_FIELDS; f++)
        FUZZ_CHECK(fuzz_is_clean(a->at[f]));
    FUZZ_CHECK(a->left_out != DX_LEFT_NOT ||
               (a->id.len > 0 && a->title.len > 0));
}

static inline int fuzz_article(const uint8_t *data, size_t size,
    const dx_source *source)
{
    dx_arena arena = DX_ARENA_INIT;
    dx_error err = {DX_OK, ""};
    dx_article article;
    uint8_t *copy = dx_malloc(size); /* exact, for the sanitizer */

    if (!copy)
        return 0;
    if (size)
        memcpy(copy, data, size);
    dx_record record = {.bytes = {(const char *)copy, size}};
    dx_status rc = dx_source_read(source, &record,
        &(dx_input_options){0}, DX_STR_LIT("tin/bai-viet.txt"), &arena, &article, &err);
    if (rc == DX_OK && article.left_out == DX_LEFT_NOT)
        fuzz_check_article(&article);
    else if (rc != DX_OK)
        FUZZ_CHECK(err.status == rc && err.msg[0] != '\0');
    dx_arena_free(&arena);
    dx_free(copy);
    return 0;
}

#endif
