/* Reading the options and arguments of a command. */
#include "indexer/cli/arguments.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/cli/index_names.h"
#include "indexer/cli/exit_status.h"
#include "indexer/cli/notices.h"

int dx_arguments_wrong(const dx_option_reader *r)
{
    dx_option_try_help(r);
    return DX_EXIT_USAGE;
}

static const char *default_index(void)
{
    const char *index = getenv("DX_INDEX");

    return index && *index ? index : DX_INDEX_NAME_DEFAULT;
}

static int take_option(dx_option_reader *r, const char *const usage[2],
    dx_take_option take, void *ctx, dx_arguments *out)
{
    switch (r->option->id) {
    case DX_OPTION_INDEX:
        return dx_option_directory(r, &out->index) ? -1 : DX_EXIT_USAGE;
    case DX_OPTION_HELP:
        fputs(usage[r->language], stdout);
        return dx_exit_after_output();
    default:
        return take(ctx, r);
    }
}

static int take_text(dx_option_reader *r, size_t texts_max, dx_arguments *out)
{
    if (out->count == texts_max) {
        dx_notice_error(DX_NOTICE_UNWANTED, r->text);
        return dx_arguments_wrong(r);
    }
    r->argv[++out->count] = r->argv[r->at - 1];
    return -1;
}

int dx_arguments_read(dx_option_reader *r, const char *const usage[2],
    size_t texts_max, dx_take_option take, void *ctx, dx_arguments *out)
{
    dx_argument what;

    *out = (dx_arguments){.index = default_index(),
        .texts = (const char *const *)(r->argv + 1)};
    while ((what = dx_option_next(r)) != DX_ARGUMENT_END) {
        int status = what == DX_ARGUMENT_WRONG ? DX_EXIT_USAGE
                     : what == DX_ARGUMENT_TEXT
                         ? take_text(r, texts_max, out)
                         : take_option(r, usage, take, ctx, out);
        if (status >= 0)
            return status;
    }
    if (!strchr(out->index, '\n'))
        return -1;
    dx_notice_error(DX_NOTICE_SEVERAL_INDEXES, out->index);
    return dx_arguments_wrong(r);
}
