/* Options of how files are read. */
#include "indexer/cli/index/input_options.h"

bool dx_input_option_is(const dx_option_reader *r)
{
    return r->option->id >= DX_INPUT_OPTION_LISTS;
}

int dx_input_option_take(const dx_option_reader *r, dx_input_options *out)
{
    switch (r->option->id) {
    case DX_INPUT_OPTION_LISTS:
        out->keep_lists = true;
        return -1;
    case DX_INPUT_OPTION_IGNORE_ROBOTS:
        out->ignore_robots = true;
        return -1;
    default:
        return -1;
    }
}
