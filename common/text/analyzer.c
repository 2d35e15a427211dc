/* Words into terms: numbers, dates, document numbers, and runs of letters. */
#include "common/text/analyzer.h"

#include "common/base/mem.h"
#include "common/text/digits.h"
#include "common/text/lexer.h"
#include "common/text/runs.h"

struct dx_analyzer {
    dx_runs runs;
};

dx_analyzer *dx_analyzer_new(void)
{
    dx_analyzer *a = dx_malloc(sizeof *a);

    if (a && !dx_runs_init(&a->runs)) {
        dx_free(a);
        return NULL;
    }
    return a;
}

void dx_analyzer_free(dx_analyzer *a)
{
    if (!a)
        return;
    dx_runs_free(&a->runs);
    dx_free(a);
}

dx_status dx_analyzer_word(dx_analyzer *a, dx_str word, const dx_term **terms,
    size_t *count)
{
    dx_runs *r = &a->runs;

    if (word.len > DX_WORD_MAX_BYTES)
        word.len = DX_WORD_MAX_BYTES;
    dx_runs_begin(r);
    if (!dx_digits_add(r, word))
        dx_runs_add(r, word, 0);
    *terms = r->terms;
    *count = r->count;
    return DX_OK;
}
