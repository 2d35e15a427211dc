/* jail.h -- what a child may not do: the kernel's means, each where it has them.
 *
 *     always      rlimits, no-new-privileges, own process group, no other files
 *                 open; another user (nobody) when we are root
 *     Landlock    no file but programs, libraries and fonts can be read, none
 *                 written; no TCP; no signals to others (by its version)
 *     seccomp     no sockets, no signals, no new processes, no changes to files,
 *                 no way out of the process group (x86-64 and aarch64)
 *
 * Where Landlock is missing, files that the user may read can be read; where
 * seccomp is missing, too, the network can be reached. dx_jail_describe() says
 * what is on; docs/man/dxindex.1 what that means. */
#ifndef DX_INDEXER_INPUT_CHILD_JAIL_H
#define DX_INDEXER_INPUT_CHILD_JAIL_H

#include <stdbool.h>
#include <stdint.h>

typedef struct dx_jail {
    unsigned cpu_s;        /* of processor time, for each process */
    unsigned wall_ms;      /* from start to end; the parent watches it */
    uint64_t memory_bytes; /* address space, of each process */
    const char *folder;    /* that may be read besides the system's, or NULL */
    bool may_fork;         /* a shell's command of several programs */
} dx_jail;

/** Restricts the calling process to what `jail` allows, for good: call it between
 *  fork and exec. It calls nothing but the kernel, so it may be called after fork()
 *  of a process with threads. `program` is the file that will be run. 0, or the
 *  error number of what the kernel has but refused. */
int dx_jail_enter(const dx_jail *jail, const char *program);

/** Writes what is on in this kernel: "limits, no-new-privileges, Landlock 4,
 *  seccomp". Thread-safe. */
#define DX_JAIL_DESCRIPTION_BYTES 100u
void dx_jail_describe(char out[DX_JAIL_DESCRIPTION_BYTES]);

#endif
