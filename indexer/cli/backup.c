/* dxindex backup: a compacted copy of a live index. */
#include "indexer/cli/backup.h"

#include <stdio.h>

#include "common/index/segment/generation.h"
#include "common/index/segment/segment.h"
#include "common/index/store/snapshot.h"
#include "indexer/cli/arguments.h"
#include "indexer/cli/exit_status.h"
#include "indexer/cli/notices.h"

static const char *const usage[] = {
    [DX_ENGLISH] =
        "Usage: dxindex backup [--index DIR] TO\n"
        "Copies the index to the new directory TO, compacted, while it may be\n"
        "searched and indexed. A damaged one is not copied.\n\n"
        "  -i, --index DIR      the index; default $DX_INDEX, else ./dx.index\n"
        "  -h, --help           this help\n",
    [DX_VIETNAMESE] =
        "Cách dùng: dxindex backup [--index THƯ_MỤC] NƠI_CHÉP\n"
        "Chép chỉ mục vào thư mục mới NƠI_CHÉP, đã dồn gọn; trong lúc đó vẫn tìm và\n"
        "lập chỉ mục được. Chỉ mục hỏng thì không chép.\n\n"
        "  -i, --index THƯ_MỤC  chỉ mục; mặc định $DX_INDEX, rồi ./dx.index\n"
        "  -h, --help           hướng dẫn này\n",
};

static const dx_option options[] = {DX_OPTION_ROW_INDEX, DX_OPTION_ROW_HELP,
    {0}};

/* That damage does not take the place of a sound backup. An index of another version is
 * copied as it is. */
static dx_status verify(dx_snapshot *s, dx_error *err)
{
    dx_generation g;
    uint32_t next_file;
    dx_status rc = dx_generation_open_texts(s, &g, &next_file, err);

    if (rc == DX_ERR_VERSION)
        return DX_OK;
    for (size_t i = 0; rc == DX_OK && i < g.segment_count; i++)
        rc = dx_segment_verify(g.segments[i], err);
    dx_generation_close(&g);
    return rc;
}

static int copy(const char *index, const char *to)
{
    dx_snapshot *s;
    dx_error err = {0};
    dx_status rc = dx_snapshot_open(index, &s, &err);

    if (rc == DX_OK) {
        rc = verify(s, &err);
        if (rc == DX_OK)
            rc = dx_snapshot_copy(s, to, &err);
        dx_snapshot_close(s);
    }
    if (rc == DX_OK)
        return DX_EXIT_OK;
    dx_notice_failure(index, &err);
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
