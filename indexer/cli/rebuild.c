/* dxindex rebuild: a new index from the texts that another one stores. */
#include "indexer/cli/rebuild.h"

#include <stdio.h>

#include "common/cli/processors.h"
#include "indexer/cli/arguments.h"
#include "indexer/cli/exit_status.h"
#include "indexer/cli/index/index_options.h"
#include "indexer/cli/interrupt.h"
#include "indexer/cli/notices.h"
#include "indexer/cli/progress.h"
#include "indexer/invert/rebuild.h"

static const char *const usage[] = {
    [DX_ENGLISH] =
        "Usage: dxindex rebuild [--from OLD] NEW\n"
        "Makes the index NEW, a new directory, from the texts and fields that OLD\n"
        "stores: for an index that another version of dx made, by other text rules,\n"
        "or whose files are gone. The next run over the same files takes them for\n"
        "unchanged. OLD stays as it is.\n\n"
        "      --from OLD       the index; default $DX_INDEX, else ./dx.index\n"
        "      --memory SIZE    memory to use at most, e.g. 2G; default 512M\n"
        "      --threads N      threads; default: all processors\n"
        "  -q, --quiet          print nothing but errors\n"
        "  -h, --help           this help\n",
    [DX_VIETNAMESE] =
        "Cách dùng: dxindex rebuild [--from CŨ] MỚI\n"
        "Tạo chỉ mục MỚI, một thư mục mới, từ văn bản và các trường mà CŨ đang lưu:\n"
        "dùng khi chỉ mục do phiên bản dx khác tạo, theo quy tắc tách từ khác, hoặc\n"
        "khi các tệp gốc không còn. Lần chạy sau trên cùng các tệp sẽ coi là không\n"
        "đổi. CŨ vẫn giữ nguyên.\n\n"
        "      --from CŨ        chỉ mục; mặc định $DX_INDEX, rồi ./dx.index\n"
        "      --memory CỠ      bộ nhớ dùng nhiều nhất, ví dụ 2G; mặc định 512M\n"
        "      --threads N      số luồng; mặc định: mọi bộ xử lý\n"
        "  -q, --quiet          chỉ báo lỗi\n"
        "  -h, --help           hướng dẫn này\n",
};

enum { OPT_MEMORY, OPT_THREADS, OPT_QUIET };

static const dx_option options[] = {
    {"from", '\0', DX_VALUE_NEEDED, DX_OPTION_INDEX, NULL},
    {"memory", '\0', DX_VALUE_NEEDED, OPT_MEMORY, NULL},
    {"threads", '\0', DX_VALUE_NUMBER, OPT_THREADS, NULL},
    {"quiet", 'q', DX_VALUE_NONE, OPT_QUIET, NULL},
    DX_OPTION_ROW_HELP,
    {0},
};

typedef struct command {
    dx_rebuild_options rebuild;
    bool quiet;
    dx_progress progress;
} command;

static int take(void *ctx, const dx_option_reader *r)
{
    command *c = ctx;

    switch (r->option->id) {
    case OPT_MEMORY:
        return dx_index_options_memory(r->text, &c->rebuild.memory_bytes);
    case OPT_THREADS:
        return dx_option_number(r, 1, DX_INDEX_THREADS_MAX, &c->rebuild.threads)
                   ? -1
                   : DX_EXIT_USAGE;
    default:
        c->quiet = true;
        return -1;
    }
}

static void on_progress(void *ctx, uint64_t articles, uint64_t of)
{
    command *c = ctx;
    char number[DX_FORMAT_BYTES], piece[128];

    if (!dx_progress_begin(&c->progress, false))
        return;
    snprintf(piece, sizeof piece, dx_notice_text(DX_NOTICE_ARTICLES),
        dx_notice_number(articles, number));
    dx_progress_add(&c->progress, piece);
    snprintf(piece, sizeof piece, dx_notice_text(DX_NOTICE_PERCENT),
        dx_notice_number(of ? articles * 100 / of : 100, number));
    dx_progress_add(&c->progress, piece);
    dx_progress_show(&c->progress);
}

static int run(command *c)
{
    dx_rebuild_options *o = &c->rebuild;
    char number[DX_FORMAT_BYTES];
    dx_error err = {0};
    uint64_t articles;

    dx_progress_init(&c->progress, !c->quiet);
    if (c->progress.is_wanted) {
        o->on_progress = on_progress;
        o->ctx = c;
    }
    o->stop = dx_interrupt_watch();
    dx_status rc = dx_rebuild(o, &articles, &err);
    dx_progress_wipe(&c->progress);
    if (rc != DX_OK) {
        dx_notice_failure(o->from, &err);
        return rc == DX_ERR_INTERRUPTED ? DX_EXIT_INTERRUPTED : DX_EXIT_FAILED;
    }
    if (c->quiet)
        return DX_EXIT_OK;
    dx_notice_put(stdout, DX_NOTICE_REBUILT, o->to,
        dx_notice_number(articles, number));
    putchar('\n');
    return dx_exit_after_change();
}

int dx_command_rebuild(int argc, char **argv)
{
    dx_option_reader r =
        dx_option_reader_new("dxindex rebuild", options, argc, argv);
    command c = {.rebuild = {.memory_bytes = DX_MEMORY_DEFAULT_BYTES,
                     .threads = dx_processors(DX_INDEX_THREADS_MAX)}};
    dx_arguments arguments;
    int status = dx_arguments_read(&r, usage, 1, take, &c, &arguments);

    if (status >= 0)
        return status;
    if (arguments.count == 0) {
        dx_notice_error(DX_NOTICE_REBUILD_WHERE);
        return dx_arguments_wrong(&r);
    }
    c.rebuild.from = arguments.index;
    c.rebuild.to = arguments.texts[0];
    return run(&c);
}
