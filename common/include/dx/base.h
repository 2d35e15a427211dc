/* dx/base.h -- what every public header of dx stands on.
 *
 * Errors are values. A function that can fail returns dx_status and, when the
 * caller passes a dx_error, writes one line there that names the thing and the
 * remedy. The dx_error belongs to the caller; nothing in it needs freeing, and
 * no state is global, so everything here is safe in any number of threads. */
#ifndef DX_BASE_H
#define DX_BASE_H

#include <stddef.h>

#if defined(__GNUC__)
#define DX_API __attribute__((visibility("default")))
#define DX_NODISCARD __attribute__((warn_unused_result))
#define DX_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define DX_API
#define DX_NODISCARD
#define DX_PRINTF(fmt, args)
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* One list makes the enum, the names and the messages. Values are pinned:
 * append only. */
#define DX_STATUS_MAP(X)                                                       \
    X(OK, 0, "no error")                                                       \
    X(ERR_NOMEM, 1, "out of memory")                                           \
    X(ERR_INVALID, 2, "invalid argument")                                      \
    X(ERR_IO, 3, "input/output error")                                         \
    X(ERR_NOINDEX, 4, "no index there")                                        \
    X(ERR_VERSION, 5, "index written by another version")                      \
    X(ERR_CORRUPT, 6, "index is damaged")                                      \
    X(ERR_LIMIT, 7, "a limit was exceeded")                                    \
    X(ERR_BUSY, 8, "in use by another process")                                \
    X(ERR_FORMAT, 9, "input is not in the expected format")                    \
    X(ERR_INTERRUPTED, 10, "interrupted")

typedef enum dx_status {
#define DX_STATUS_ENUM(name, value, text) DX_##name = value,
    DX_STATUS_MAP(DX_STATUS_ENUM)
#undef DX_STATUS_ENUM
} dx_status;

typedef struct dx_error { /* caller-owned; nothing inside to free */
    dx_status status;
    char msg[256]; /* plain text, NUL-terminated: escape it before HTML */
} dx_error;

/** The general text of a status, e.g. "out of memory"; never NULL. Since 0.1. */
DX_API const char *dx_status_text(dx_status status);

#ifdef __cplusplus
}
#endif
#endif
