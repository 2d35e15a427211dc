/* Any bytes as a Word file of before 2007. */
#include "tests/fuzz/fuzz_article.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_article(data, size, &dx_source_doc);
}
