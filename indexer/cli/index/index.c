/* dxindex PATH…: checks what was given, then runs or watches. */
#include "indexer/cli/index/index.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "common/index/store/snapshot.h"
#include "indexer/cli/commands.h"
#include "indexer/cli/exit_status.h"
#include "indexer/cli/index/index_options.h"
#include "indexer/cli/notices.h"
#include "indexer/cli/index/remote.h"
#include "indexer/cli/index/run_once.h"
#include "indexer/cli/index/watch.h"

static bool is_there(const char *path)
{
    struct stat info;

    return strcmp(path, "-") == 0 || lstat(path, &info) == 0;
}

/* Whether there is an index, even one that cannot be read. */
static bool index_is_there(const char *index)
{
    dx_snapshot *s;
    dx_error err = {0};
    dx_status rc = dx_snapshot_open(index, &s, &err);

    if (rc == DX_OK)
        dx_snapshot_close(s);
    return rc != DX_ERR_NOINDEX;
}

/* A mistyped command or path makes no index. -1 to go on, or the exit status after
 * having said what is wrong. */
static int check_paths(const dx_index_options *options)
{
    const dx_arguments *paths = &options->paths;
    const char *first = paths->texts[0];
    bool is_word = !strpbrk(first, "./") && !is_there(first);
    const char *meant = is_word ? dx_command_meant_by(first) : NULL;

    if (meant) {
        dx_notice_error(DX_NOTICE_NO_COMMAND, first, meant);
        return DX_EXIT_USAGE;
    }
    for (size_t i = 0; i < paths->count; i++)
        if (is_there(paths->texts[i]))
            return -1;
    if (index_is_there(paths->index))
        return -1;
    for (size_t i = 0; i < paths->count; i++)
        dx_notice_error(DX_NOTICE_NOTHING_THERE, paths->texts[i]);
    return DX_EXIT_FAILED;
}

static void warn_of_remote(const dx_index_options *options)
{
    const char *index = options->run.index;
    const char *name = options->quiet ? NULL : dx_remote_file_system(index);

    if (name)
        dx_notice_error(DX_NOTICE_REMOTE_INDEX, index, name);
}

int dx_command_index(int argc, char **argv)
{
    dx_index_options options;
    dx_status failure;
    int status = dx_index_options_read(argc, argv, &options);

    if (status < 0)
        status = check_paths(&options);
    if (status >= 0)
        return status;
    warn_of_remote(&options);
    return options.watch ? dx_index_watch(&options)
                         : dx_index_run_once(&options, NULL, &failure);
}
