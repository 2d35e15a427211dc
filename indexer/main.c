/* dxindex: the command that argv[1] names, else indexing. */
#include <stddef.h>

#include "indexer/cli/commands.h"
#include "indexer/cli/index.h"

int main(int argc, char **argv)
{
    dx_command run = argc > 1 ? dx_command_named(argv[1]) : NULL;

    return run ? run(argc - 1, argv + 1) : dx_command_index(argc, argv);
}
