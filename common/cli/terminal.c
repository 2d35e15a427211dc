/* Asks for the width of a terminal, and writes what is safe on one. */
#include "common/cli/terminal.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "common/base/buf.h"
#include "common/base/escape.h"

#define COLUMNS_DEFAULT 80u

unsigned dx_terminal_columns(int fd)
{
    const char *columns = getenv("COLUMNS");
    unsigned long given = columns ? strtoul(columns, NULL, 10) : 0;
    struct winsize size;

    if (given > 0 && given <= UINT_MAX)
        return (unsigned)given;
    if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return COLUMNS_DEFAULT;
}

static void put_text(FILE *out, const char *text)
{
    dx_buf safe;

    dx_buf_init(&safe, SIZE_MAX);
    dx_terminal_put(&safe, dx_str_from(text));
    if (safe.len && safe.status == DX_OK)
        fwrite(safe.data, 1, safe.len, out);
    dx_buf_free(&safe);
}

void dx_terminal_vprintf(FILE *out, const char *format, va_list args)
{
    for (const char *p = format; *p; p++) {
        if (*p != '%') {
            putc(*p, out);
            continue;
        }
        p++;
        if (*p == 's') /* NOLINTNEXTLINE(clang-analyzer-valist.*): it is the caller's */
            put_text(out, va_arg(args, const char *));
        else
            putc('%', out);
    }
}

void dx_terminal_printf(FILE *out, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    dx_terminal_vprintf(out, format, args);
    va_end(args);
}
