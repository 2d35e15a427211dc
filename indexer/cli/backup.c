/* dxindex backup: a compacted copy of a live index. */
#include <stdio.h>

#include "common/index/store/snapshot.h"
#include "indexer/cli/commands.h"
#include "indexer/cli/options.h"

static const char usage[] =
    "Usage: dxindex backup [--index DIR] TO\n"
    "Copies the index to the new directory TO, compacted, while it may be\n"
    "searched and indexed.\n";

int dx_command_backup(int argc, char **argv)
{
    dx_cli_options options;
    dx_snapshot *s;
    dx_error err = {0};
    int status = dx_cli_parse(argc, argv, usage, &options);

    if (status >= 0)
        return status;
    if (options.arg_count != 1) {
        fputs(usage, stderr);
        return DX_EXIT_USAGE;
    }
    dx_status rc = dx_snapshot_open(options.run.index, &s, &err);
    if (rc == DX_OK) {
        rc = dx_snapshot_copy(s, options.args[0], &err);
        dx_snapshot_close(s);
    }
    if (rc != DX_OK) {
        fprintf(stderr, "dxindex: %s\n", err.msg);
        return DX_EXIT_FAILED;
    }
    return DX_EXIT_OK;
}
