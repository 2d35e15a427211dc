/* Any bytes as one text file: an article that keeps article.h's promises, or a
 * reason. */
#include "tests/fuzz/fuzz_article.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_article(data, size, &dx_source_text);
}
