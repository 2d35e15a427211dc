#include <string.h>

#include "indexer/cli/commands.h"

static const struct command {
    const char *name;
    int (*run)(int argc, char **argv);
} commands[] = {
    {"analyze", dx_command_analyze}, {"backup", dx_command_backup},
    {"check", dx_command_check}, {"dump", dx_command_dump},
    {"stats", dx_command_stats},
};

int main(int argc, char **argv)
{
    for (size_t i = 0; argc > 1 && i < sizeof commands / sizeof *commands; i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    return dx_command_index(argc, argv);
}
