/* Any bytes as a WARC: articles that keep article.h's promises, or reasons. */
#include "tests/fuzz/fuzz_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_file(data, size, &dx_source_warc);
}
