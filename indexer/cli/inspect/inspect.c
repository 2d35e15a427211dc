/* dxindex inspect: what would be indexed of each record of a file, field by field,
 * and where each came from; nothing is written. */
#include "indexer/cli/inspect/inspect.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "common/base/buf.h"
#include "common/cli/terminal.h"
#include "indexer/cli/arguments.h"
#include "indexer/cli/exit_status.h"
#include "indexer/cli/index/input_options.h"
#include "indexer/cli/inspect/shown_article.h"
#include "indexer/cli/notices.h"
#include "indexer/input/shown_path.h"
#include "indexer/run/walk.h"

#define RECORDS_MAX 10u /* told of a file, without --limit */
#define PATH_BYTES_MAX (64u << 10)

static const char *const usage[] = {
    [DX_ENGLISH] =
        "Usage: dxindex inspect [OPTION…] PATH…\n"
        "Shows what would be indexed of files, field by field, and where each field\n"
        "came from: to see how dx reads your own pages. Writes no index.\n\n"
        "      --json           as JSON lines, with whole texts\n"
        "      --full           whole texts, not their beginning and end\n"
        "      --limit N        records of a file; default 10\n"
        "  -h, --help           this help\n\n"
        DX_INPUT_USAGE_ENGLISH "\n"
        "Exit status: 0 all was read, 1 something could not be, 2 wrong usage,\n"
        "3 failed.\n",
    [DX_VIETNAMESE] =
        "Cách dùng: dxindex inspect [TÙY_CHỌN…] ĐƯỜNG_DẪN…\n"
        "Cho xem sẽ lập chỉ mục những gì của các tệp, từng trường một, và mỗi trường\n"
        "lấy từ đâu: để biết dx đọc trang của bạn ra sao. Không ghi chỉ mục.\n\n"
        "      --json           dạng JSON từng dòng, có toàn văn\n"
        "      --full           toàn văn, không chỉ phần đầu và phần cuối\n"
        "      --limit N        số bản ghi của mỗi tệp; mặc định 10\n"
        "  -h, --help           hướng dẫn này\n\n"
        DX_INPUT_USAGE_VIETNAMESE "\n"
        "Mã thoát: 0 đọc được hết, 1 có thứ không đọc được, 2 dùng sai, 3 gặp lỗi.\n",
};

enum { OPT_JSON, OPT_FULL, OPT_LIMIT };

static const dx_option options[] = {
    {"json", '\0', DX_VALUE_NONE, OPT_JSON, NULL},
    {"full", '\0', DX_VALUE_NONE, OPT_FULL, NULL},
    {"limit", '\0', DX_VALUE_NUMBER, OPT_LIMIT, NULL},
    DX_INPUT_OPTION_ROWS,
    DX_OPTION_ROW_HELP,
    {0},
};

typedef struct inspection {
    bool json, full;
    unsigned limit;
    dx_input_options input;
    const dx_found_file *file; /* at hand */
    const dx_source *source;   /* its type */
    unsigned count;            /* of its records so far */
    dx_buf path;               /* of the record at hand */
    bool has_fault;            /* something could not be read */
    dx_status failure;         /* NOMEM */
} inspection;

static void tell_fault(inspection *in, const char *path, const char *reason)
{
    in->has_fault = true;
    reason = dx_shown_path_strip(reason, path);
    if (!in->json)
        dx_shown_fault_print(path, reason);
    else if (!dx_shown_fault_print_json(path, reason))
        in->failure = DX_ERR_NOMEM;
}

static void tell_article(inspection *in, const char *path, const dx_article *a)
{
    if (!in->json)
        dx_shown_article_print(path, a, in->full);
    else if (!dx_shown_article_print_json(path, a))
        in->failure = DX_ERR_NOMEM;
}

static const char *path_of(inspection *in, const dx_record *record)
{
    dx_buf_clear(&in->path);
    dx_record_put_path(record, in->file->path, &in->path);
    return dx_buf_cstr(&in->path);
}

static dx_status read_record(inspection *in, const dx_record *record)
{
    const char *path = path_of(in, record);
    dx_arena arena = DX_ARENA_INIT;
    dx_error err = {0};
    dx_article a;

    dx_status rc = dx_source_read(in->source, record, &in->input,
        dx_str_from(in->file->path), &arena, &a, &err);
    if (rc == DX_OK)
        tell_article(in, path, &a);
    else if (rc != DX_ERR_NOMEM)
        tell_fault(in, path, err.msg);
    else
        in->failure = rc;
    dx_arena_free(&arena);
    return in->failure;
}

/* One record more than is told ends the cutting: a large file is not read whole. */
static dx_status on_record(void *ctx, const dx_record *record)
{
    inspection *in = ctx;
    char number[DX_FORMAT_BYTES];

    if (in->count++ == in->limit) {
        if (!in->json) {
            dx_notice_put(stdout, DX_NOTICE_MORE_RECORDS, in->file->path,
                dx_notice_number(in->limit, number));
            putchar('\n');
        }
        return DX_ERR_INTERRUPTED;
    }
    if (!record->fault)
        return read_record(in, record);
    tell_fault(in, path_of(in, record), record->fault);
    return in->failure;
}

static dx_status on_skip(void *ctx, const char *path, const char *absolute,
    const char *reason)
{
    inspection *in = ctx;

    (void)absolute;
    if (reason)
        tell_fault(in, path, reason);
    else if (!in->json)
        dx_terminal_printf(stdout, "%s: %s\n", path, dx_notice_text(DX_NOTICE_IGNORED));
    return in->failure;
}

/* By what the file holds, as a run does it. */
static dx_status cut(inspection *in, const char *path, dx_byte_stream *bytes,
    dx_error *err)
{
    dx_str first;

    DX_TRY(dx_byte_stream_peek(bytes, &first, err));
    if (!dx_source_settle(&in->source, first)) {
        tell_article(in, path, &(dx_article){.left_out = DX_LEFT_MEDIA});
        return DX_OK;
    }
    if (in->source && in->source->is_stream)
        DX_TRY(dx_byte_stream_decode(bytes, err));
    return in->source ? dx_source_cut(in->source, bytes, &in->input, on_record, in,
                            err)
                      : on_skip(in, path, NULL, NULL);
}

static dx_status on_file(void *ctx, const dx_found_file *found)
{
    inspection *in = ctx;
    dx_byte_stream *bytes;
    dx_error err = {0};

    in->file = found;
    in->source = found->source;
    in->count = 0;
    dx_status rc = dx_byte_stream_open(found->path, &bytes, &err);
    if (rc == DX_OK)
        rc = cut(in, found->path, bytes, &err);
    dx_byte_stream_close(bytes);
    if (rc != DX_OK && rc != DX_ERR_INTERRUPTED && rc != DX_ERR_NOMEM)
        tell_fault(in, found->path, err.msg);
    return rc == DX_ERR_NOMEM ? rc : in->failure;
}

static int run(inspection *in, const dx_arguments *paths)
{
    dx_walker walker = {in, &in->input, {NULL}, on_file, on_skip};
    dx_error err = {0};
    dx_status rc = DX_OK;

    dx_buf_init(&in->path, PATH_BYTES_MAX);
    for (size_t i = 0; rc == DX_OK && i < paths->count; i++)
        rc = strcmp(paths->texts[i], "-") != 0
                 ? dx_walk(paths->texts[i], &walker, &err)
                 : on_file(in, &(dx_found_file){.path = "-",
                                   .source = dx_walk_source("-", &in->input)});
    dx_buf_free(&in->path);
    if (rc != DX_OK) {
        if (!*err.msg)
            (void)dx_fail(&err, rc, "%s", dx_status_text(rc));
        dx_notice_failure(NULL, &err);
        return DX_EXIT_FAILED;
    }
    int status = dx_exit_after_output();
    return status == DX_EXIT_OK && in->has_fault ? DX_EXIT_SKIPPED : status;
}

static int take(void *ctx, const dx_option_reader *r)
{
    inspection *in = ctx;

    if (dx_input_option_is(r))
        return dx_input_option_take(r, &in->input);
    switch (r->option->id) {
    case OPT_JSON:
        in->json = true;
        return -1;
    case OPT_FULL:
        in->full = true;
        return -1;
    default:
        return dx_option_number(r, 1, UINT32_MAX - 1, &in->limit)
                   ? -1
                   : DX_EXIT_USAGE;
    }
}

int dx_command_inspect(int argc, char **argv)
{
    dx_option_reader r =
        dx_option_reader_new("dxindex inspect", options, argc, argv);
    inspection in = {.limit = RECORDS_MAX};
    dx_arguments paths;
    int status = dx_arguments_read(&r, usage, SIZE_MAX, take, &in, &paths);

    if (status >= 0)
        return status;
    if (paths.count > 0)
        return run(&in, &paths);
    dx_notice_error(DX_NOTICE_INSPECT_WHAT);
    return dx_arguments_wrong(&r);
}
