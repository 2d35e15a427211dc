/* call.h -- what every public call does about its error, first and last. */
#ifndef DX_SEARCHER_ANSWER_CALL_H
#define DX_SEARCHER_ANSWER_CALL_H

#include "common/base/status.h"

/** Forgets the error of an earlier call; `err` may be NULL. */
void dx_call_begin(dx_error *err);

/** Returns `rc`, and gives a failure that has no message the general one. */
dx_status dx_call_end(dx_status rc, dx_error *err);

/** DX_ERR_INVALID, with a message that names the call, when one of the `count`
 *  arguments that it cannot do without is NULL; else DX_OK. */
DX_NODISCARD dx_status dx_call_check(const char *call,
    const void *const arguments[], size_t count, dx_error *err);
#define DX_CALL_CHECK(call, err, ...)                                          \
    dx_call_check(call, (const void *const[]){__VA_ARGS__},                    \
        sizeof((const void *const[]){__VA_ARGS__}) / sizeof(void *), err)

#endif
