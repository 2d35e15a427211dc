/* Lexer and analyzer on any text. */
#include "common/text/analyzer.h"
#include "common/text/lexer.h"
#include "common/text/syllable.h"
#include "common/text/term.h"
#include "tests/fuzz/fuzz.h"

static void check_terms(dx_str word, const dx_term *terms, size_t count)
{
    size_t running = 0;

    for (size_t i = 0; i < count; i++) {
        const dx_term *t = &terms[i];
        FUZZ_CHECK(t->start < t->end && t->end <= word.len);
        FUZZ_CHECK(t->exact.len > 0 && t->exact.len <= DX_TERM_MAX_BYTES);
        FUZZ_CHECK(t->folded.len > 0 && t->folded.len <= DX_TERM_MAX_BYTES);
        FUZZ_CHECK(fuzz_is_clean(t->exact) && fuzz_is_clean(t->folded));
        FUZZ_CHECK(t->pos == running);
        running += !t->overlay;
        (void)dx_term_is_marked(t);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static dx_analyzer *analyzer;
    dx_str text = {(const char *)data, size}, gap, word;
    const char *at = text.ptr;

    if (!analyzer)
        analyzer = dx_analyzer_new();
    dx_lexer lx = dx_lexer_new(text);
    while (dx_lexer_next(&lx, &gap, &word)) {
        const dx_term *terms;
        size_t count;
        FUZZ_CHECK(gap.ptr == at && word.ptr == at + gap.len);
        FUZZ_CHECK(word.len <= DX_WORD_MAX_BYTES);
        at = word.ptr + word.len;
        FUZZ_CHECK(dx_analyzer_word(analyzer, word, &terms, &count) == DX_OK);
        check_terms(word, terms, count);
    }
    FUZZ_CHECK(at == text.ptr + size);
    if (size <= DX_WORD_MAX_BYTES) { /* a word the lexer would not make */
        const dx_term *terms;
        size_t count;
        FUZZ_CHECK(dx_analyzer_word(analyzer, text, &terms, &count) == DX_OK);
        check_terms(text, terms, count);
    }
    (void)dx_syllable_is_valid(text);
    return 0;
}
