/* arguments.h -- the command line of one command of dxindex. */
#ifndef DX_INDEXER_CLI_ARGUMENTS_H
#define DX_INDEXER_CLI_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/cli/options.h"

/* The rows that every command has; the ids are below 0, the commands' own above. */
enum { DX_OPTION_INDEX = -2, DX_OPTION_HELP = -1 };
#define DX_OPTION_ROW_INDEX                                                    \
    {"index", 'i', DX_VALUE_NEEDED, DX_OPTION_INDEX, NULL}
#define DX_OPTION_ROW_HELP {"help", 'h', DX_VALUE_NONE, DX_OPTION_HELP, NULL}

typedef struct dx_arguments {
    const char *index;        /* of --index, else the default */
    const char *const *texts; /* that are no options; borrowed from argv */
    size_t count;
} dx_arguments;

/** Does what the option just read asks for. -1 to go on, or the exit status. */
typedef int (*dx_take_option)(void *ctx, const dx_option_reader *r);

/** Reads argv[1..], whose texts are moved to the front; at most `texts_max` of
 *  them. `usage` is the help by dx_language; `take` is called for the command's
 *  own options and may be NULL when it has none. Returns -1 to go on, or the exit
 *  status after having printed help or what is wrong. */
int dx_arguments_read(dx_option_reader *r, const char *const usage[2],
    size_t texts_max, dx_take_option take, void *ctx, dx_arguments *out);

/** Says that `PROGRAM --help` helps, and returns DX_EXIT_USAGE. */
int dx_arguments_wrong(const dx_option_reader *r);

#endif
