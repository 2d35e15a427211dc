/* All that one edit makes of a word, as far as it can be a syllable. */
#include "searcher/understand/typos/edits.h"

#include <assert.h>
#include <string.h>

#include "common/text/syllable.h"
#include "searcher/understand/typos/likelihood.h"

/* Those that syllables have, and end with. */
static const char letters[] = "abcdeghiklmnopqrstuvxy";
static const char last_letters[] = "aceghimnoptuy";

typedef struct editor {
    dx_str word;
    bool near_only;
    dx_edit_each each;
    void *ctx;
    char edited[DX_EDITS_MAX_LETTERS + 1];
} editor;

static dx_status offer(editor *e, size_t length)
{
    if (length == 0 || !strchr(last_letters, e->edited[length - 1]))
        return DX_OK;
    return dx_syllable_of_bases(e->edited, length)
               ? e->each(e->ctx, (dx_str){e->edited, length})
               : DX_OK;
}

/* A letter more before letter `i`, and another in its place. */
static dx_status put_letters(editor *e, size_t i)
{
    dx_str w = e->word;
    size_t rest = w.len - i;

    for (const char *letter = letters; *letter; letter++) {
        e->edited[i] = *letter;
        memcpy(e->edited + i + 1, w.ptr + i, rest);
        DX_TRY(offer(e, w.len + 1));
        if (rest == 0 || *letter == w.ptr[i] ||
            (e->near_only && !dx_keys_are_neighbours((uint32_t)*letter,
                                 (uint32_t)w.ptr[i])))
            continue;
        memcpy(e->edited + i + 1, w.ptr + i + 1, rest - 1);
        DX_TRY(offer(e, w.len));
    }
    return DX_OK;
}

static dx_status drop_letter(editor *e, size_t i)
{
    dx_str w = e->word;

    memcpy(e->edited + i, w.ptr + i + 1, w.len - i - 1);
    return offer(e, w.len - 1);
}

static dx_status swap_letters(editor *e, size_t i)
{
    dx_str w = e->word;

    if (w.ptr[i] == w.ptr[i + 1])
        return DX_OK;
    memcpy(e->edited + i, w.ptr + i, w.len - i);
    e->edited[i] = w.ptr[i + 1];
    e->edited[i + 1] = w.ptr[i];
    return offer(e, w.len);
}

dx_status dx_edits_each(dx_str word, bool near_only, dx_edit_each each,
    void *ctx)
{
    editor e = {.word = word, .near_only = near_only, .each = each, .ctx = ctx};

    assert(word.len <= DX_EDITS_MAX_LETTERS);
    for (size_t i = 0; i <= word.len; i++) {
        memcpy(e.edited, word.ptr, i);
        DX_TRY(put_letters(&e, i));
        if (i < word.len)
            DX_TRY(drop_letter(&e, i));
        if (i + 1 < word.len)
            DX_TRY(swap_letters(&e, i));
    }
    return DX_OK;
}
