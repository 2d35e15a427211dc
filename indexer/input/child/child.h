/* child.h -- a program that reads a file for us, and can do nothing else.
 *
 *     input ──▶ sealed memory, its stdin ──▶ program ──▶ pipe ──▶ output
 *                                               │
 *              limits of CPU, memory, output, time; no files, no network (jail.h)
 *
 * Converters of formats such as PDF are large programs written to be fast, and
 * what they read was made by strangers. So each file gets a process of its own,
 * which can neither hang us nor reach anything; whatever it started dies with it.
 *
 * Any number of threads may run children at once. No global state. The process must
 * not ignore SIGCHLD: the kernel would forget how a child ended. */
#ifndef DX_INDEXER_INPUT_CHILD_CHILD_H
#define DX_INDEXER_INPUT_CHILD_CHILD_H

#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "indexer/input/child/jail.h"

#define DX_CHILD_OUTPUT_MAX_BYTES (64u << 20)

/* For converters, and for the user's own commands: text recognition takes long. */
#define DX_CHILD_CONVERTER_JAIL                                                \
    ((dx_jail){.cpu_s = 60, .wall_ms = 60000, .memory_bytes = UINT64_C(1) << 30})
#define DX_CHILD_OWN_JAIL                                                      \
    ((dx_jail){.cpu_s = 600,                                                   \
        .wall_ms = 600000,                                                     \
        .memory_bytes = UINT64_C(2) << 30,                                     \
        .may_fork = true})

typedef struct dx_child {
    const char *const *argv; /* NULL at the end; argv[0] is looked for in PATH
                                unless it has a '/'. */
    const char *package;     /* that has the program, for the remedy; or NULL */
    dx_jail jail;
} dx_child;

/** Runs the program on `input`, which it finds on its standard input as a file that
 *  can be sought in and be opened anew as /proc/self/fd/0. *output, which the caller
 *  initialises and frees, gets what it wrote, up to its `max`. Fails with
 *  NOMEM; with FORMAT when the program is missing (the message names `package`),
 *  ended with a failure (its last words are in the message) or was killed; with
 *  LIMIT when it was over one; with IO when it could not be started. No process of
 *  it is left in any case. */
DX_NODISCARD dx_status dx_child_run(const dx_child *child, dx_str input,
    dx_buf *output, dx_error *err);

#endif
