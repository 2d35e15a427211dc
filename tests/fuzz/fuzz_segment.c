/* The records of an index, changed here and there, with all checksums made right again, so
 * that what decodes lists, texts, stored fields and columns meets the change: an error or
 * a wrong result, never a crash. The input is a record's number, then a list of changes
 * of four bytes each: where (two bytes), how and with what. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "common/base/bytes.h"
#include "common/base/mem.h"
#include "common/index/chunk/chunk.h"
#include "common/index/store/snapshot.h"
#include "tests/fuzz/fuzz_index.h"
#include "tests/support/fixture.h"
#include "tests/support/resum.h"

#define RECORDS_MAX 256u
#define INPUT_MAX_BYTES 65u /* longer ones are other targets' seeds */

typedef struct record { /* in the file's bytes */
    dx_str key;         /* owned */
    size_t at, len, data;
} record;

static struct {
    char index[64];
    int fd;
    uint8_t *bytes; /* of the sound file */
    size_t len;
    record records[RECORDS_MAX];
    size_t count;
} f;

/* Where its value lies; one that is there twice is left alone. */
static dx_status note_record(void *ctx, dx_str key, dx_str value)
{
    (void)ctx;
    uint8_t *at = memmem(f.bytes, f.len, value.ptr, value.len);
    FUZZ_CHECK(at && f.count < RECORDS_MAX);
    size_t after = (size_t)(at - f.bytes) + 1;
    if (value.len < 16 || memmem(at + 1, f.len - after, value.ptr, value.len))
        return DX_OK;
    record *r = &f.records[f.count];
    *r = (record){.key = {dx_strndup(key.ptr, key.len), key.len}, .at = after - 1,
        .len = value.len, .data = value.len};
    if (resum_is_chunk(key))
        r->data = resum_data_bytes(value.len);
    else if (resum_has_own(key))
        r->data -= 8;
    else
        return DX_OK;
    f.count++;
    return DX_OK;
}

static void set_up(void)
{
    char path[100];
    dx_snapshot *s;

    setenv("CMOCKA_TEST_ABORT", "1", 1); /* its assertions end a program otherwise */
    fuzz_index_make(DX_SOURCE_DIR "/corpus/txt", f.index);
    snprintf(path, sizeof path, "%s/index.mdb", f.index);
    f.bytes = fixture_read(path, &f.len);
    f.fd = open(path, O_RDWR | O_CLOEXEC);
    FUZZ_CHECK(f.bytes && f.fd >= 0);
    FUZZ_CHECK(dx_snapshot_open(f.index, &s, NULL) == DX_OK);
    FUZZ_CHECK(dx_snapshot_each(s, (dx_str){"", 0}, note_record, NULL, NULL) == DX_OK);
    dx_snapshot_close(s);
    FUZZ_CHECK(f.count > 10);
}

static void change(uint8_t *bytes, size_t len, const uint8_t *how)
{
    static const uint32_t values[] = {0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFFE,
        0x10000, 0xFF};
    size_t at = (how[0] | (size_t)how[1] << 8) % len;

    switch (how[2] % 4) {
    case 0: bytes[at] = how[3]; break;
    case 1: bytes[at] ^= (uint8_t)(1u << how[3] % 8); break;
    case 2: bytes[at] = (uint8_t)(bytes[at] + how[3]); break;
    default:
        if (len >= 4)
            dx_store_u32(bytes + at % (len / 4) * 4, values[how[3] % 8]);
    }
}

static void write_back(const record *r, const uint8_t *bytes)
{
    FUZZ_CHECK(pwrite(f.fd, bytes, r->len, (off_t)r->at) == (ssize_t)r->len);
}

static const record *head_of(dx_str chunk)
{
    for (size_t i = 0; i < f.count; i++)
        if (resum_is_head(f.records[i].key) &&
            memcmp(f.records[i].key.ptr, chunk.ptr, 9) == 0)
            return &f.records[i];
    FUZZ_CHECK(false);
    return NULL;
}

/* Makes the sums right: in the record, and in its head, which is written. */
static void sum_up(const record *r, uint8_t *bytes)
{
    if (!resum_is_chunk(r->key)) {
        resum_record(bytes, r->len);
        return;
    }
    const record *head = head_of(r->key);
    uint8_t *copy = dx_malloc(head->len);
    FUZZ_CHECK(copy);
    memcpy(copy, f.bytes + head->at, head->len);
    resum_head(copy, head->len, r->key, r->data,
        dx_chunk_sum_up(bytes, r->data, bytes + r->data));
    write_back(head, copy);
    dx_free(copy);
}

static void read_all(void)
{
    dx_status rc = fixture_read_everything(f.index);

    FUZZ_CHECK(rc == DX_OK || rc == DX_ERR_CORRUPT || rc == DX_ERR_VERSION ||
               rc == DX_ERR_LIMIT);
    fixture_check(f.index, &rc);
    FUZZ_CHECK(rc == DX_OK || rc == DX_ERR_CORRUPT || rc == DX_ERR_VERSION ||
               rc == DX_ERR_LIMIT);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0 || size > INPUT_MAX_BYTES)
        return 0;
    if (!f.bytes)
        set_up();
    const record *r = &f.records[data[0] % f.count];
    uint8_t *bytes = dx_malloc(r->len);
    FUZZ_CHECK(bytes);
    memcpy(bytes, f.bytes + r->at, r->len);
    for (size_t i = 1; i + 4 <= size; i += 4)
        change(bytes, r->data, data + i);
    sum_up(r, bytes);
    write_back(r, bytes);
    read_all();
    write_back(r, f.bytes + r->at);
    if (resum_is_chunk(r->key)) {
        const record *head = head_of(r->key);
        write_back(head, f.bytes + head->at);
    }
    dx_free(bytes);
    return 0;
}
