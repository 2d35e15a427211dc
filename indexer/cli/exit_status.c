/* The end of a command that prints. */
#include "indexer/cli/exit_status.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "indexer/cli/notices.h"

int dx_exit_after_output(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return DX_EXIT_OK;
    dx_notice_error(DX_NOTICE_CANNOT_WRITE, strerror(errno));
    return DX_EXIT_FAILED;
}

int dx_exit_after_change(void)
{
    return dx_exit_after_output() == DX_EXIT_OK ? DX_EXIT_OK : DX_EXIT_SKIPPED;
}
