/* Asks for the width of a terminal. */
#include "common/cli/terminal.h"

#include <limits.h>
#include <stdlib.h>
#include <sys/ioctl.h>

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
