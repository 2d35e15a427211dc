/* fuzz.h -- a fuzz target: any bytes in, no crash and no broken promise.
 *
 * Each fuzz_NAME.c is built twice: with libFuzzer (scripts/fuzz), and with
 * replay.c as the test replay_NAME, which tries the corpus, the specifications
 * and seeds/NAME. A crash that libFuzzer finds is kept in seeds/NAME, so that it
 * is tried in every test run from then on. */
#ifndef DX_TESTS_FUZZ_H
#define DX_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/base/str.h"
#include "common/text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Unlike assert(), also in an optimised build. */
#define FUZZ_CHECK(promise)                                                    \
    do {                                                                       \
        if (!(promise)) {                                                      \
            fprintf(stderr, "%s:%d: broken promise: %s\n", __FILE__, __LINE__, \
                #promise);                                                     \
            abort();                                                           \
        }                                                                      \
    } while (0)

/** Valid UTF-8 without NUL and control characters but '\n' and '\t'. */
static inline bool fuzz_is_clean(dx_str s)
{
    const char *p = s.ptr, *end = dx_str_end(s);
    uint32_t c;

    while (p < end) {
        size_t n = dx_utf8_decode(p, end, &c);
        if (n == 0 || (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F)
            return false;
        p += n;
    }
    return true;
}

#endif
