/* dxindex restore: checks a backup and puts it in the index's place. */
#include "indexer/cli/restore.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "common/base/mem.h"
#include "common/cli/processors.h"
#include "indexer/cli/arguments.h"
#include "indexer/cli/exit_status.h"
#include "indexer/cli/index/index_options.h"
#include "indexer/cli/inspect/check.h"
#include "indexer/cli/interrupt.h"
#include "indexer/cli/notices.h"
#include "indexer/run/restore/restore.h"

static const char *const usage[] = {
    [DX_ENGLISH] =
        "Usage: dxindex restore [--index DIR] FROM\n"
        "Puts the backup FROM, a folder that 'dxindex backup' made, in the place of the\n"
        "index, all at once: searches that are under way go on in the old one, later\n"
        "ones see the backup. FROM is checked before, and stays as it is. Articles that\n"
        "were taken down since are taken down again.\n\n"
        "  -i, --index DIR      the index; default $DX_INDEX, else ./dx.index\n"
        "  -q, --quiet          print nothing but errors\n"
        "  -h, --help           this help\n",
    [DX_VIETNAMESE] =
        "Cách dùng: dxindex restore [--index THƯ_MỤC] BẢN_SAO\n"
        "Đưa BẢN_SAO, thư mục do 'dxindex backup' tạo, vào thay chỉ mục, trọn vẹn trong\n"
        "một bước: lượt tìm đang chạy vẫn dùng bản cũ, lượt sau thấy bản sao. BẢN_SAO\n"
        "được kiểm tra trước và vẫn giữ nguyên. Những bài đã bị gỡ từ khi sao lưu thì\n"
        "được gỡ lại.\n\n"
        "  -i, --index THƯ_MỤC  chỉ mục; mặc định $DX_INDEX, rồi ./dx.index\n"
        "  -q, --quiet          chỉ báo lỗi\n"
        "  -h, --help           hướng dẫn này\n",
};

enum { OPT_QUIET };

static const dx_option options[] = {
    DX_OPTION_ROW_INDEX,
    {"quiet", 'q', DX_VALUE_NONE, OPT_QUIET, NULL},
    DX_OPTION_ROW_HELP,
    {0},
};

static int take(void *ctx, const dx_option_reader *r)
{
    bool *quiet = ctx;

    (void)r; /* there is but one option */
    *quiet = true;
    return -1;
}

static void on_article(void *ctx, const char *id)
{
    (void)ctx;
    dx_notice_error(DX_NOTICE_DOWN_AGAIN, id);
}

static int restore(const char *from, const char *to, bool quiet)
{
    dx_restore_options o = {.from = from, .to = to,
        .memory_bytes = DX_MEMORY_DEFAULT_BYTES,
        .threads = dx_processors(DX_INDEX_THREADS_MAX),
        .stop = dx_interrupt_watch(), .on_article = quiet ? NULL : on_article};
    char number[DX_FORMAT_BYTES];
    dx_error err = {0};
    dx_restore_totals totals;
    dx_status rc = dx_restore(&o, &totals, &err);

    if (rc != DX_OK && totals.is_published) {
        dx_notice_late_failure(to, &err);
        dx_notice_error(totals.are_back ? DX_NOTICE_RESTORED_NOT_ALL
                                        : DX_NOTICE_RESTORED_ALL);
        return DX_EXIT_SKIPPED;
    }
    if (rc != DX_OK) {
        dx_notice_failure(NULL, &err);
        return rc == DX_ERR_INTERRUPTED ? DX_EXIT_INTERRUPTED : DX_EXIT_FAILED;
    }
    if (quiet)
        return DX_EXIT_OK;
    dx_notice_put(stdout, DX_NOTICE_RESTORED, to,
        dx_notice_number(totals.articles, number));
    putchar('\n');
    return dx_exit_after_change();
}

static bool is_same_folder(const char *a, const char *b)
{
    struct stat x, y;

    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev &&
           x.st_ino == y.st_ino;
}

/* The file's folder is meant by the name of the file, too. */
static int check_and_restore(char *from, const char *to, bool quiet)
{
    static const char file[] = "/index.mdb";
    size_t len = strlen(from), end = sizeof file - 1;

    if (len > end && strcmp(from + len - end, file) == 0)
        from[len - end] = '\0';
    if (is_same_folder(from, to)) {
        dx_notice_error(DX_NOTICE_SAME_INDEX, from);
        return DX_EXIT_USAGE;
    }
    int status = dx_check_guarded(from, true);
    if (status == DX_EXIT_OK)
        return restore(from, to, quiet);
    if (status == DX_EXIT_SKIPPED)
        dx_notice_error(DX_NOTICE_BAD_BACKUP, from);
    return DX_EXIT_FAILED;
}

int dx_command_restore(int argc, char **argv)
{
    dx_option_reader r =
        dx_option_reader_new("dxindex restore", options, argc, argv);
    bool quiet = false;
    dx_arguments arguments;
    int status = dx_arguments_read(&r, usage, 1, take, &quiet, &arguments);

    if (status >= 0)
        return status;
    if (arguments.count == 0) {
        dx_notice_error(DX_NOTICE_RESTORE_WHAT);
        return dx_arguments_wrong(&r);
    }
    char *from = dx_strndup(arguments.texts[0], strlen(arguments.texts[0]));
    if (!from) {
        dx_notice_error(DX_NOTICE_NO_MEMORY);
        return DX_EXIT_FAILED;
    }
    status = check_and_restore(from, arguments.index, quiet);
    dx_free(from);
    return status;
}
