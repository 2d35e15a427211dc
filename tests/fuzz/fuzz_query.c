/* Any text as a query: clauses that fit their words. */
#include <string.h>

#include "common/base/mem.h"
#include "searcher/query.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = dx_strndup((const char *)data, size);
    dx_error err = {DX_OK, ""};
    dx_query q;

    if (text && dx_query_parse(text, &q, &err) == DX_OK) {
        for (uint32_t i = 0; i < q.word_count; i++)
            FUZZ_CHECK(q.words[i].exact.len && q.words[i].folded.len);
        for (uint32_t i = 0; i < q.clause_count; i++) {
            const dx_clause *c = &q.clauses[i];
            FUZZ_CHECK(c->count > 0 && c->first < q.word_count);
            FUZZ_CHECK(c->count <= q.word_count - c->first);
            FUZZ_CHECK(c->count == 1 || c->phrase);
            FUZZ_CHECK(!c->joined || i > 0);
        }
        FUZZ_CHECK(q.warning && fuzz_is_clean(dx_str_from(q.warning)));
        dx_query_free(&q);
    }
    dx_free(text);
    return 0;
}
