/* dxindex backup: a compacted copy of a live index. */
#include "indexer/cli/backup.h"

#include <stdio.h>

#include "common/index/store/snapshot.h"
#include "indexer/cli/arguments.h"
#include "indexer/cli/exit_status.h"
#include "indexer/cli/notices.h"

static const char *const usage[] = {
    [DX_ENGLISH] =
        "Usage: dxindex backup [--index DIR] TO\n"
        "Copies the index to the new directory TO, compacted, while it may be\n"
        "searched and indexed.\n\n"
        "  -i, --index DIR      the index; default $DX_INDEX, else ./dx.index\n"
        "  -h, --help           this help\n",
    [DX_VIETNAMESE] =
        "Cách dùng: dxindex backup [--index THƯ_MỤC] NƠI_CHÉP\n"
        "Chép chỉ mục vào thư mục mới NƠI_CHÉP, đã dồn gọn; trong lúc đó vẫn tìm và\n"
        "lập chỉ mục được.\n\n"
        "  -i, --index THƯ_MỤC  chỉ mục; mặc định $DX_INDEX, rồi ./dx.index\n"
        "  -h, --help           hướng dẫn này\n",
};

static const dx_option options[] = {DX_OPTION_ROW_INDEX, DX_OPTION_ROW_HELP,
    {0}};

static int copy(const char *index, const char *to)
{
    dx_snapshot *s;
    dx_error err = {0};
    dx_status rc = dx_snapshot_open(index, &s, &err);

    if (rc == DX_OK) {
        rc = dx_snapshot_copy(s, to, &err);
        dx_snapshot_close(s);
    }
    if (rc == DX_OK)
        return DX_EXIT_OK;
    dx_notice_failure(&err);
    return DX_EXIT_FAILED;
}

int dx_command_backup(int argc, char **argv)
{
    dx_option_reader r =
        dx_option_reader_new("dxindex backup", options, argc, argv);
    dx_arguments arguments;
    int status = dx_arguments_read(&r, usage, 1, NULL, NULL, &arguments);

    if (status >= 0)
        return status;
    if (arguments.count == 0) {
        dx_notice_error(DX_NOTICE_BACKUP_WHERE);
        return dx_arguments_wrong(&r);
    }
    return copy(arguments.index, arguments.texts[0]);
}
