/* lock.h -- locks that say who reads which transaction, without writing
 * anything, and who is the writer.
 *
 * Readers lock bytes of the data file: byte 0 is the gate, byte 1 + txn stands
 * for a reader of that transaction. All are open-file-description locks, so
 * they belong to a snapshot, not to a process, and go away with it. */
#ifndef DX_INDEX_STORE_LOCK_H
#define DX_INDEX_STORE_LOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/status.h"

/** A reader enters and leaves the gate. False when locking fails (errno). */
bool dx_gate_enter(int fd);
void dx_gate_leave(int fd);
/** Marks this file description as a reader of `txn`. False when that fails
 *  (errno). */
bool dx_reader_mark(int fd, uint64_t txn);

/** Whether somebody reads a transaction before `txn`. Passes the gate first, so
 *  that any reader inside it has been marked; one that does not leave it in some
 *  milliseconds counts as such a reader. `fd` must be open for writing. */
bool dx_readers_before(int fd, uint64_t txn);

/** Becomes the only writer of `dir`. Returns an open lock file, or -1 with
 *  `err` set. */
int dx_writer_lock(const char *dir, dx_error *err);

#endif
