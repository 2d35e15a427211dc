/* Opening the newest generation of an index. */
#include "indexer/cli/inspect/index_view.h"

#include "indexer/cli/exit_status.h"
#include "indexer/cli/notices.h"

int dx_index_view_open(const char *dir, dx_index_view *out)
{
    dx_error err = {0};

    out->dir = dir;
    dx_status rc = dx_snapshot_open(dir, &out->snapshot, &err);

    if (rc == DX_OK)
        rc = dx_generation_open(out->snapshot, &out->generation, &err);
    if (rc == DX_OK)
        return -1;
    dx_snapshot_close(out->snapshot);
    dx_notice_failure(dir, &err);
    return DX_EXIT_FAILED;
}

int dx_index_view_close(dx_index_view *view, int status)
{
    dx_error err = {0};
    dx_status rc = dx_generation_damage(&view->generation, NULL, &err);

    dx_generation_close(&view->generation);
    dx_snapshot_close(view->snapshot);
    if (rc == DX_OK)
        return status;
    dx_notice_failure(view->dir, &err);
    return DX_EXIT_FAILED;
}
