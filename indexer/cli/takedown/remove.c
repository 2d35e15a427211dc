/* dxindex remove: takes articles down, lists them, lets them come back. */
#include "indexer/cli/takedown/remove.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "common/base/buf.h"
#include "common/base/civil.h"
#include "common/cli/processors.h"
#include "indexer/cli/arguments.h"
#include "indexer/cli/exit_status.h"
#include "indexer/cli/index/index_options.h"
#include "indexer/cli/interrupt.h"
#include "indexer/cli/notices.h"
#include "indexer/cli/takedown/found_ids.h"
#include "indexer/cli/takedown/id_list.h"
#include "indexer/run/takedown/remove.h"
#include "indexer/run/takedown/takedowns.h"

#define LIST_MAX_BYTES (256u << 20)

static const char *const usage[] = {
    [DX_ENGLISH] =
        "Usage: dxindex remove [OPTION…] ID…|-|--url URL|--query QUERY\n"
        "       dxindex remove --undo ID…\n"
        "       dxindex remove --list\n"
        "Takes articles down: they are not found any more, and the next runs do not\n"
        "bring them back, under whatever id, address or file they come. After\n"
        "--optimize, of this command or of a run, their text is gone from the index.\n\n"
        "      --url URL        all articles with this address; may be given again\n"
        "      --query QUERY    what dxsearch finds with all these words, to the letter\n"
        "      -                ids on standard input, one a line\n"
        "      --reason TEXT    kept, for --list\n"
        "      --dry-run        list what would go: id, day, title; change nothing\n"
        "      --remove-many    even if they are more than a fifth of all\n"
        "      --optimize       merge everything, so that their text is gone at once\n"
        "      --undo           let these come back: the next run reads their files\n"
        "      --list           what is taken down: when, id, reason\n"
        "  -i, --index DIR      the index; default $DX_INDEX, else ./dx.index\n"
        "  -q, --quiet          print nothing but errors\n"
        "  -h, --help           this help\n\n"
        "Exit status: 0 all done, 1 something was not there, or they are too many and\n"
        "nothing was removed, 2 wrong usage, 3 failed.\n",
    [DX_VIETNAMESE] =
        "Cách dùng: dxindex remove [TÙY_CHỌN…] MÃ…|-|--url ĐỊA_CHỈ|--query CÂU_TÌM\n"
        "           dxindex remove --undo MÃ…\n"
        "           dxindex remove --list\n"
        "Gỡ bài: bài đã gỡ không còn tìm thấy, và những lần chạy sau không đưa trở lại,\n"
        "dù nó đến dưới mã, địa chỉ hay tệp nào. Sau --optimize, của lệnh này hay của\n"
        "một lần chạy, văn bản của bài không còn trong chỉ mục.\n\n"
        "      --url ĐỊA_CHỈ    mọi bài mang địa chỉ này; dùng được nhiều lần\n"
        "      --query CÂU_TÌM  những bài mà dxsearch thấy đủ các từ này, đúng từng chữ\n"
        "      -                mã đọc từ đầu vào chuẩn, mỗi dòng một mã\n"
        "      --reason LÝ_DO   được ghi lại, cho --list\n"
        "      --dry-run        liệt kê những bài sẽ gỡ: mã, ngày, đầu đề; không thay đổi\n"
        "      --remove-many    gỡ cả khi nhiều hơn một phần năm chỉ mục\n"
        "      --optimize       gộp tất cả, để văn bản mất ngay\n"
        "      --undo           cho các bài này trở lại: lần chạy sau đọc lại tệp\n"
        "      --list           những bài đã gỡ: lúc nào, mã, lý do\n"
        "  -i, --index THƯ_MỤC  chỉ mục; mặc định $DX_INDEX, rồi ./dx.index\n"
        "  -q, --quiet          chỉ báo lỗi\n"
        "  -h, --help           hướng dẫn này\n\n"
        "Mã thoát: 0 xong, 1 có thứ không tìm thấy, hoặc quá nhiều nên không gỡ gì,\n"
        "2 dùng sai, 3 gặp lỗi.\n",
};

enum { OPT_URL, OPT_QUERY, OPT_REASON, OPT_DRY_RUN, OPT_REMOVE_MANY, OPT_OPTIMIZE,
       OPT_UNDO, OPT_LIST, OPT_QUIET };

static const dx_option options[] = {
    DX_OPTION_ROW_INDEX,
    {"url", '\0', DX_VALUE_NEEDED, OPT_URL, NULL},
    {"query", '\0', DX_VALUE_NEEDED, OPT_QUERY, NULL},
    {"reason", '\0', DX_VALUE_NEEDED, OPT_REASON, NULL},
    {"dry-run", '\0', DX_VALUE_NONE, OPT_DRY_RUN, NULL},
    {"remove-many", '\0', DX_VALUE_NONE, OPT_REMOVE_MANY, NULL},
    {"optimize", '\0', DX_VALUE_NONE, OPT_OPTIMIZE, NULL},
    {"undo", '\0', DX_VALUE_NONE, OPT_UNDO, NULL},
    {"list", '\0', DX_VALUE_NONE, OPT_LIST, NULL},
    {"quiet", 'q', DX_VALUE_NONE, OPT_QUIET, NULL},
    DX_OPTION_ROW_HELP,
    {0},
};

typedef struct command {
    dx_remove_options remove;
    dx_id_list ids, urls;
    const char *query;
    bool undo, list, quiet;
    bool is_missing; /* something that was named */
    dx_buf lines;    /* of what was done, to be printed when it is */
} command;

static int take(void *ctx, const dx_option_reader *r)
{
    command *c = ctx;

    switch (r->option->id) {
    case OPT_URL:
        if (!dx_id_list_add(&c->urls, r->text)) {
            dx_notice_error(DX_NOTICE_NO_MEMORY);
            return DX_EXIT_FAILED;
        }
        if (dx_takedown_url(dx_str_from(r->text)) != 0)
            break;
        dx_notice_error(DX_NOTICE_WANT_URL, r->text);
        return DX_EXIT_USAGE;
    case OPT_QUERY:
        c->query = r->text;
        break;
    case OPT_REASON:
        c->remove.reason = r->text;
        break;
    case OPT_DRY_RUN:
        c->remove.dry_run = true;
        break;
    case OPT_REMOVE_MANY:
        c->remove.remove_many = true;
        break;
    case OPT_OPTIMIZE:
        c->remove.optimize = true;
        break;
    case OPT_UNDO:
        c->undo = true;
        break;
    case OPT_LIST:
        c->list = true;
        break;
    default:
        c->quiet = true;
    }
    return -1;
}

static int fail(const command *c, const dx_error *err, dx_status rc)
{
    dx_notice_failure(c->remove.index, err);
    return rc == DX_ERR_INTERRUPTED ? DX_EXIT_INTERRUPTED : DX_EXIT_FAILED;
}

static void print_lines(const command *c)
{
    if (c->lines.len)
        fwrite(c->lines.data, 1, c->lines.len, stdout);
}

static int end(const command *c)
{
    bool is_change = !c->list && !c->remove.dry_run;
    int status = is_change ? dx_exit_after_change() : dx_exit_after_output();

    return status == DX_EXIT_OK && c->is_missing ? DX_EXIT_SKIPPED : status;
}

/* ---- removing ---- */

static void on_article(void *ctx, const dx_removed *article)
{
    command *c = ctx;
    char day[DX_CIVIL_BYTES];
    size_t n = article->date == DX_DATE_UNKNOWN ? 0 : dx_civil_put(article->date, day);

    dx_buf_put_str(&c->lines, article->id);
    dx_buf_putc(&c->lines, '\t');
    dx_buf_put(&c->lines, day, n);
    dx_buf_putc(&c->lines, '\t');
    dx_buf_put_str(&c->lines, article->title);
    dx_buf_putc(&c->lines, '\n');
}

static void on_missing(void *ctx, const char *name, bool is_taken_down)
{
    command *c = ctx;

    c->is_missing |= !is_taken_down;
    if (!is_taken_down || !c->quiet)
        dx_notice_error(is_taken_down ? DX_NOTICE_DOWN_ALREADY : DX_NOTICE_NONE_NAMED,
            name);
}

static void tell_removed(command *c, const dx_remove_totals *totals)
{
    char number[DX_FORMAT_BYTES];
    const char *count = dx_notice_number(totals->removed, number);
    bool is_done = !totals->are_many || c->remove.dry_run;

    if (is_done && !c->quiet) {
        print_lines(c);
        dx_notice_put(stdout,
            c->remove.dry_run ? DX_NOTICE_WOULD_REMOVE : DX_NOTICE_REMOVED_COUNT,
            count);
        putchar('\n');
    }
    if (totals->are_many)
        dx_notice_error(DX_NOTICE_REMOVE_MANY, count);
    c->is_missing |= totals->are_many;
}

static int remove_articles(command *c)
{
    dx_remove_totals totals;
    dx_error err = {0};

    c->remove.ids = c->ids.items;
    c->remove.id_count = c->ids.count;
    c->remove.urls = c->urls.items;
    c->remove.url_count = c->urls.count;
    c->remove.ctx = c;
    c->remove.on_article = on_article;
    c->remove.on_missing = on_missing;
    c->remove.stop = dx_interrupt_watch();
    dx_status rc = dx_remove(&c->remove, &totals, &err);
    if (rc != DX_OK && !totals.is_published)
        return fail(c, &err, rc);
    if (rc != DX_OK) {
        tell_removed(c, &totals);
        dx_notice_late_failure(c->remove.index, &err);
        dx_notice_error(DX_NOTICE_PUBLISHED);
        return DX_EXIT_SKIPPED;
    }
    tell_removed(c, &totals);
    return end(c);
}

/* ---- coming back ---- */

static void on_lifted(void *ctx, const char *id, bool is_kept)
{
    command *c = ctx;

    if (!c->quiet)
        dx_notice_error(is_kept ? DX_NOTICE_LIFTED : DX_NOTICE_LIFTED_STDIN, id);
}

static void on_not_down(void *ctx, const char *id)
{
    command *c = ctx;

    c->is_missing = true;
    dx_notice_error(DX_NOTICE_NOT_DOWN, id);
}

static int undo(command *c)
{
    dx_undo_remove_options o = {.index = c->remove.index, .ids = c->ids.items,
        .id_count = c->ids.count, .ctx = c, .on_article = on_lifted,
        .on_missing = on_not_down};
    dx_error err = {0};
    dx_status rc = dx_undo_remove(&o, &err);

    return rc == DX_OK ? end(c) : fail(c, &err, rc);
}

/* ---- the list ---- */

static void put_entry(dx_buf *out, const dx_takedown *t)
{
    time_t time_s = (time_t)t->time_s;
    struct tm at;
    char when[32] = "";

    if (localtime_r(&time_s, &at))
        strftime(when, sizeof when, "%Y-%m-%d %H:%M", &at);
    dx_buf_printf(out, "%s\t", when);
    dx_buf_put_str(out, t->id);
    dx_buf_putc(out, '\t');
    dx_buf_put_str(out, t->reason);
    dx_buf_putc(out, '\n');
}

static int list(command *c)
{
    dx_takedowns all = {0};
    dx_snapshot *snapshot;
    dx_error err = {0};
    dx_status rc = dx_snapshot_open(c->remove.index, &snapshot, &err);

    if (rc == DX_OK) {
        rc = dx_takedowns_open(&all, snapshot, &err);
        dx_snapshot_close(snapshot);
    }
    for (size_t i = 0; i < all.count; i++)
        put_entry(&c->lines, &all.items[i].what);
    dx_takedowns_free(&all);
    print_lines(c);
    return rc == DX_OK ? end(c) : fail(c, &err, rc);
}

/* ---- the command ---- */

/* "-" stands for the ids on standard input. */
static bool take_ids(command *c, const dx_arguments *arguments)
{
    for (size_t i = 0; i < arguments->count; i++) {
        const char *id = arguments->texts[i];
        bool is_taken = strcmp(id, "-") == 0 ? dx_id_list_read(&c->ids, stdin)
                                             : dx_id_list_add(&c->ids, id);
        if (!is_taken) {
            dx_notice_error(DX_NOTICE_NO_INPUT, strerror(errno));
            return false;
        }
    }
    return true;
}

static int run(command *c, const dx_arguments *arguments)
{
    if (c->list)
        return list(c);
    if (!take_ids(c, arguments))
        return DX_EXIT_FAILED;
    if (c->undo)
        return undo(c);
    if (c->query && !dx_found_ids(c->remove.index, c->query, &c->ids))
        return DX_EXIT_FAILED;
    return remove_articles(c);
}

int dx_command_remove(int argc, char **argv)
{
    dx_option_reader r =
        dx_option_reader_new("dxindex remove", options, argc, argv);
    command c = {.remove = {.reason = "", .memory_bytes = DX_MEMORY_DEFAULT_BYTES,
                     .threads = dx_processors(DX_INDEX_THREADS_MAX)}};
    dx_arguments arguments;

    dx_buf_init(&c.lines, LIST_MAX_BYTES);
    int status = dx_arguments_read(&r, usage, SIZE_MAX, take, &c, &arguments);
    bool has_any = arguments.count || (!c.undo && (c.urls.count || c.query));
    if (status < 0 && !c.list && !has_any) {
        dx_notice_error(DX_NOTICE_REMOVE_WHAT);
        status = dx_arguments_wrong(&r);
    }
    if (status < 0) {
        c.remove.index = arguments.index;
        status = run(&c, &arguments);
    }
    dx_buf_free(&c.lines);
    dx_id_list_free(&c.ids);
    dx_id_list_free(&c.urls);
    return status;
}
