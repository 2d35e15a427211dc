/* The table of commands. */
#include "indexer/cli/commands.h"

#include <stddef.h>
#include <string.h>

#include "common/cli/nearest.h"
#include "indexer/cli/analyze.h"
#include "indexer/cli/backup.h"
#include "indexer/cli/inspect/check.h"
#include "indexer/cli/inspect/dump.h"
#include "indexer/cli/inspect/inspect.h"
#include "indexer/cli/inspect/stats.h"
#include "indexer/cli/rebuild.h"
#include "indexer/cli/restore.h"
#include "indexer/cli/takedown/remove.h"

static const struct {
    const char *name;
    dx_command run;
} commands[] = {
    {"analyze", dx_command_analyze},
    {"backup", dx_command_backup},
    {"check", dx_command_check},
    {"dump", dx_command_dump},
    {"inspect", dx_command_inspect},
    {"rebuild", dx_command_rebuild},
    {"remove", dx_command_remove},
    {"restore", dx_command_restore},
    {"stats", dx_command_stats},
};
#define COMMAND_COUNT (sizeof commands / sizeof *commands)

dx_command dx_command_named(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i].name, name) == 0)
            return commands[i].run;
    return NULL;
}

const char *dx_command_meant_by(const char *typed)
{
    dx_nearest best = DX_NEAREST_INIT;

    for (size_t i = 0; i < COMMAND_COUNT; i++)
        dx_nearest_consider(&best, typed, commands[i].name);
    return best.name;
}
