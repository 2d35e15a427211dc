/* access.h -- who may read and write a file that takes the place of another one: whoever
 * could before. */
#ifndef DX_INDEX_STORE_ACCESS_H
#define DX_INDEX_STORE_ACCESS_H

#include <stdbool.h>

/* A file that is being made is its maker's alone. */
#define DX_STORE_PRIVATE_MODE 0600

/** Gives the file at `to` the group, mode and access list (acl(5)) of the one at `from`,
 *  and its owner where that is allowed, and makes that durable. Where there is nothing at
 *  `from`, what the umask says. Returns an errno code. */
int dx_access_copy(const char *from, const char *to);

/** Whether it is a mount of its own, as `mount --bind` and containers make of a file:
 *  then no other one can be renamed over it. False where the kernel does not say
 *  (before Linux 5.8). */
bool dx_access_is_mount(const char *path);

#endif
