/* Any bytes as one JSON article, and as a file of several: articles that keep
 * article.h's promises, or a reason. */
#include "indexer/input/json/split.h"
#include "tests/fuzz/fuzz_article.h"

static dx_status read_object(void *ctx, const dx_record *record)
{
    uint64_t *count = ctx;

    FUZZ_CHECK(record->number == ++*count && record->bytes.ptr[0] == '{');
    fuzz_article((const uint8_t *)record->bytes.ptr, record->bytes.len,
        &dx_source_json);
    return DX_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dx_error err = {DX_OK, ""};
    uint64_t count = 0;
    dx_status rc = dx_json_split((dx_str){(const char *)data, size},
        &(dx_input_options){0}, read_object, &count, &err);

    const dx_input_options split = {.split_articles = true};
    count = 0;
    dx_status parted = dx_json_split((dx_str){(const char *)data, size}, &split,
        read_object, &count, &err);

    FUZZ_CHECK(parted == rc);
    FUZZ_CHECK(rc == DX_OK || (err.status == rc && err.msg[0] != '\0'));
    return fuzz_article(data, size, &dx_source_json);
}
