/* dxindex: the command that argv[1] names, else indexing. */
#include <malloc.h>
#include <signal.h>
#include <stddef.h>

#include "common/cli/streams.h"
#include "indexer/cli/commands.h"
#include "indexer/cli/index/index.h"

/* By itself glibc raises this to 32 MiB as large blocks are freed, and holes of that
 * size stay: 676 MiB of memory at --memory 512M. */
#define OWN_MAPPING_BYTES (256 << 10)

int main(int argc, char **argv)
{
    dx_streams_open();
#ifdef M_MMAP_THRESHOLD
    mallopt(M_MMAP_THRESHOLD, OWN_MAPPING_BYTES);
#endif
    signal(SIGCHLD, SIG_DFL); /* whatever started us may have it ignored (child.h) */
    dx_command run = argc > 1 ? dx_command_named(argv[1]) : NULL;

    return run ? run(argc - 1, argv + 1) : dx_command_index(argc, argv);
}
