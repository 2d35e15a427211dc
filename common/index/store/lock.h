/* lock.h -- who reads what, without writing anything; and who writes.
 *
 * Locks on the data file: byte 0 is the gate, byte 1 + txn a reader of that
 * transaction. All are open-file-description locks, so they are per snapshot,
 * not per process, and go away with it. */
#ifndef DX_INDEX_STORE_LOCK_H
#define DX_INDEX_STORE_LOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/status.h"

/** A reader's way in and out of the gate. False when the lock fails (errno). */
bool dx_gate_enter(int fd);
void dx_gate_leave(int fd);
/** Says that this file description reads `txn`. False when that fails (errno). */
bool dx_reader_mark(int fd, uint64_t txn);

/** Whether somebody reads a transaction before `txn`: passes the gate first,
 *  so that a reader that is just entering has been marked. `fd` is open for
 *  writing. */
bool dx_readers_before(int fd, uint64_t txn);

/** Becomes the only writer of `dir`: an open lock file, or -1 with `err` set. */
int dx_writer_lock(const char *dir, dx_error *err);

#endif
