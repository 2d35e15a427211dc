/* Writing to standard output. */
#include "searcher/cli/stdout.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static bool write_all(const uint8_t *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = write(STDOUT_FILENO, bytes, len);
        if (n > 0) {
            bytes += n;
            len -= (size_t)n;
        } else if (n == 0 || errno != EINTR) {
            return false;
        }
    }
    return true;
}

bool dx_output_flush(dx_buf *text, dx_language language)
{
    bool done = text->status == DX_OK;

    if (done)
        done = write_all(text->data, text->len);
    else
        errno = text->status == DX_ERR_LIMIT ? EFBIG : ENOMEM;
    if (!done && errno != EPIPE)
        dx_complain(language, DX_SAY_CANNOT_WRITE, strerror(errno));
    dx_buf_clear(text);
    return done;
}
