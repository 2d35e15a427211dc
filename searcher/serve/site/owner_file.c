/* Reads a text file that a site's owner wrote. */
#include "searcher/serve/site/owner_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/text/utf8.h"

/* Bytes until the end, at most `room`; -1 with errno. */
static ssize_t read_all(int fd, char *into, size_t room)
{
    size_t len = 0;

    while (len < room) {
        ssize_t n = read(fd, into + len, room - len);
        if (n == 0)
            break;
        if (n < 0 && errno != EINTR)
            return -1;
        len += n > 0 ? (size_t)n : 0;
    }
    return (ssize_t)len;
}

static dx_status check_text(const char *path, dx_str *text, dx_error *err)
{
    if (text->len >= 3 && memcmp(text->ptr, "\xEF\xBB\xBF", 3) == 0)
        *text = (dx_str){text->ptr + 3, text->len - 3};
    if (text->len >= 2 && (memcmp(text->ptr, "\xFF\xFE", 2) == 0 ||
                              memcmp(text->ptr, "\xFE\xFF", 2) == 0))
        return dx_fail(err, DX_ERR_INVALID, "%s: is in UTF-16; save it as UTF-8", path);
    if (!dx_utf8_is_text(*text, "\t\n\r\f"))
        return dx_fail(err, DX_ERR_INVALID, "%s: is not text in UTF-8; save it as that",
            path);
    return DX_OK;
}

/* What it says of its size is how much memory it gets at first: nothing else of it is
 * believed, and a device that says 0 is read, too. */
static dx_status read_open(int fd, const char *path, size_t bytes_max,
    dx_arena *arena, dx_str *out, dx_error *err)
{
    struct stat st;

    if (fstat(fd, &st) != 0)
        return dx_fail(err, DX_ERR_IO, "%s: %s", path, strerror(errno));
    bool is_short = S_ISREG(st.st_mode) && st.st_size >= 0 &&
                    (uint64_t)st.st_size < bytes_max;
    size_t room = (is_short ? (size_t)st.st_size : bytes_max) + 1;
    char *text = dx_arena_alloc(arena, room + 1);
    if (!text)
        return dx_fail_nomem(err);
    ssize_t n = read_all(fd, text, room);
    if (n < 0)
        return dx_fail(err, DX_ERR_IO, "%s: %s", path, strerror(errno));
    if ((size_t)n == room)
        return dx_fail(err, DX_ERR_LIMIT, "%s: has more than %zu bytes", path, room - 1);
    text[n] = '\0';
    *out = (dx_str){text, (size_t)n};
    return check_text(path, out, err);
}

dx_status dx_owner_file_read(const char *path, size_t bytes_max, dx_arena *arena,
    dx_str *out, dx_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe does not hold us up */

    if (fd < 0)
        return dx_fail(err, DX_ERR_IO, "%s: %s", path, strerror(errno));
    dx_status rc = read_open(fd, path, bytes_max, arena, out, err);
    int error = errno;
    close(fd);
    errno = error;
    return rc;
}
