/* Tries files one by one, as libFuzzer would: replay_NAME PATH…, folders with
 * all that is in them. The same bytes are also cut short in a few places. */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"

#define CUTS 3u

static unsigned tried;

/* From memory of exactly that size, so that the sanitizer sees its end. */
static void try_bytes(const uint8_t *bytes, size_t len)
{
    uint8_t *copy = malloc(len ? len : 1);

    if (!copy)
        exit(2);
    memcpy(copy, bytes, len);
    (void)LLVMFuzzerTestOneInput(copy, len);
    free(copy);
}

static int try_file(const char *path, const struct stat *st, int type,
    struct FTW *at)
{
    (void)at;
    if (type != FTW_F)
        return 0;
    size_t len = (size_t)st->st_size;
    uint8_t *bytes = malloc(len + 1);
    FILE *f = fopen(path, "rb");
    if (!bytes || !f || fread(bytes, 1, len, f) != len) {
        perror(path);
        exit(2);
    }
    fclose(f);
    fprintf(stderr, "%s\n", path);
    try_bytes(bytes, len);
    for (size_t i = 1; i <= CUTS; i++)
        try_bytes(bytes, len * i / (CUTS + 1));
    free(bytes);
    tried++;
    return 0;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (nftw(argv[i], try_file, 16, FTW_PHYS) != 0) {
            perror(argv[i]);
            return 2;
        }
    printf("%u files\n", tried);
    return tried ? 0 : 1;
}
