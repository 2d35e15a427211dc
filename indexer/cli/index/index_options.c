/* The options of indexing, and its help. */
#include "indexer/cli/index/index_options.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/cli/processors.h"
#include "indexer/cli/exit_status.h"
#include "indexer/cli/index/input_options.h"
#include "indexer/cli/notices.h"
#include "indexer/input/child/jail.h"

static const char *const usage[] = {
    [DX_ENGLISH] =
        "Usage: dxindex [OPTION…] PATH…\n"
        "       dxindex inspect|check|stats|dump|remove|backup|restore|rebuild|\n"
        "               analyze [--help]\n"
        "Indexes the articles in PATH: folders, text, HTML, JSON, CSV, PDF, Word and\n"
        "other documents (also .gz .zst), or - for JSONL on standard input. A second\n"
        "run takes in what changed and removes what is gone.\n\n"
        "  -i, --index DIR      the index; default $DX_INDEX, else ./dx.index\n"
        "      --memory SIZE    memory to use at most, e.g. 2G; default 512M\n"
        "      --threads N      threads; default: all processors\n"
        "      --optimize       merge everything and give space back\n"
        "      --no-delete      keep articles whose files are gone\n"
        "      --remove-many    remove them even if they are more than a fifth of all\n"
        "      --tolerate-skipped  exit with 0 although something was skipped\n"
        "      --watch[=poll]   go on: index whatever changes, until stopped; poll:\n"
        "                       look every five seconds, at files of other machines\n"
        "      --dry-run        say what would be done, change nothing\n"
        "      --report FILE    tell every article's fate as JSONL\n"
        "  -v, --verbose        name every article that changes\n"
        "  -q, --quiet          print nothing but errors\n"
        "  -h, --help           this help\n"
        "  -V, --version        the version\n\n"
        DX_INPUT_USAGE_ENGLISH "\n"
        "Exit status: 0 all done, 1 done but not all (something was skipped, or nothing\n"
        "was taken in), 2 wrong usage, 3 failed and 130 interrupted: the index is then\n"
        "as it was before. See dx(7).\n",
    [DX_VIETNAMESE] =
        "Cách dùng: dxindex [TÙY_CHỌN…] ĐƯỜNG_DẪN…\n"
        "           dxindex inspect|check|stats|dump|remove|backup|restore|\n"
        "                   rebuild|analyze [--help]\n"
        "Lập chỉ mục các bài trong ĐƯỜNG_DẪN: thư mục, tệp văn bản, HTML, JSON, CSV,\n"
        "PDF, Word và tài liệu khác (kể cả nén .gz .zst), hoặc - là JSONL từ đầu vào\n"
        "chuẩn. Lần chạy sau nhận những gì đã thay đổi và gỡ bỏ những bài không còn\n"
        "tệp.\n\n"
        "  -i, --index THƯ_MỤC  chỉ mục; mặc định $DX_INDEX, rồi ./dx.index\n"
        "      --memory CỠ      bộ nhớ dùng nhiều nhất, ví dụ 2G; mặc định 512M\n"
        "      --threads N      số luồng; mặc định: mọi bộ xử lý\n"
        "      --optimize       gộp mọi phân đoạn và trả lại chỗ trống\n"
        "      --no-delete      giữ cả những bài không còn tệp\n"
        "      --remove-many    gỡ chúng cả khi nhiều hơn một phần năm chỉ mục\n"
        "      --tolerate-skipped  mã thoát là 0 dù có thứ bị bỏ qua\n"
        "      --watch[=poll]   chạy tiếp, hễ có thay đổi thì lập chỉ mục, cho đến khi\n"
        "                       bị dừng; poll: cứ năm giây xem một lần, cho tệp ở\n"
        "                       máy khác\n"
        "      --dry-run        chỉ cho biết sẽ làm gì, không thay đổi gì\n"
        "      --report TỆP     ghi kết quả của từng bài vào TỆP, dạng JSONL\n"
        "  -v, --verbose        nêu tên từng bài có thay đổi\n"
        "  -q, --quiet          chỉ báo lỗi\n"
        "  -h, --help           hướng dẫn này\n"
        "  -V, --version        phiên bản\n\n"
        DX_INPUT_USAGE_VIETNAMESE "\n"
        "Mã thoát: 0 xong, 1 xong nhưng chưa trọn (có thứ bị bỏ qua, hoặc không nhận\n"
        "được gì), 2 dùng sai, 3 gặp lỗi, 130 bị ngắt; với 3 và 130, chỉ mục vẫn như\n"
        "trước. Xem dx(7).\n",
};

enum { OPT_MEMORY, OPT_THREADS, OPT_OPTIMIZE, OPT_NO_DELETE, OPT_REMOVE_MANY, OPT_DRY_RUN,
       OPT_TOLERATE_SKIPPED, OPT_WATCH, OPT_REPORT, OPT_VERBOSE, OPT_QUIET, OPT_VERSION };

static const dx_option options[] = {
    DX_OPTION_ROW_INDEX,
    {"memory", '\0', DX_VALUE_NEEDED, OPT_MEMORY, NULL},
    {"threads", '\0', DX_VALUE_NUMBER, OPT_THREADS, NULL},
    {"optimize", '\0', DX_VALUE_NONE, OPT_OPTIMIZE, NULL},
    {"no-delete", '\0', DX_VALUE_NONE, OPT_NO_DELETE, NULL},
    {"remove-many", '\0', DX_VALUE_NONE, OPT_REMOVE_MANY, NULL},
    {"tolerate-skipped", '\0', DX_VALUE_NONE, OPT_TOLERATE_SKIPPED, NULL},
    {"watch", '\0', DX_VALUE_OPTIONAL, OPT_WATCH, "poll"},
    {"dry-run", '\0', DX_VALUE_NONE, OPT_DRY_RUN, NULL},
    {"report", '\0', DX_VALUE_NEEDED, OPT_REPORT, NULL},
    {"verbose", 'v', DX_VALUE_NONE, OPT_VERBOSE, NULL},
    {"quiet", 'q', DX_VALUE_NONE, OPT_QUIET, NULL},
    DX_INPUT_OPTION_ROWS,
    DX_OPTION_ROW_HELP,
    {"version", 'V', DX_VALUE_NONE, OPT_VERSION, NULL},
    {0},
};

/* "512M", "2G", "64MiB", or plain bytes. */
static bool parse_bytes(const char *s, size_t *out)
{
    char *end;

    errno = 0;
    unsigned long long n = strtoull(s, &end, 10);
    unsigned shift = 0;
    if (end == s || *s == '-' || errno)
        return false;
    if (*end) {
        const char *units = "KMGT", *u = strchr(units, *end & ~0x20);
        if (!u || !*u)
            return false;
        shift = 10 * (unsigned)(u - units + 1);
        end++;
        if (strcmp(end, "") != 0 && strcmp(end, "B") != 0 &&
            strcmp(end, "iB") != 0)
            return false;
    }
    if (n > SIZE_MAX >> shift)
        return false;
    *out = (size_t)n << shift;
    return true;
}

int dx_index_options_memory(const char *value, size_t *bytes)
{
    bool is_size = parse_bytes(value, bytes);

    if (is_size && *bytes >= DX_MEMORY_MIN_BYTES)
        return -1;
    dx_notice_error(is_size ? DX_NOTICE_WANT_MEMORY : DX_NOTICE_WANT_SIZE,
        value);
    return DX_EXIT_USAGE;
}

/* With --verbose before it, also what holds the programs that read documents. */
static void put_version(bool verbose)
{
    char jail[DX_JAIL_DESCRIPTION_BYTES];

    puts("dxindex " DX_VERSION);
    if (!verbose)
        return;
    dx_jail_describe(jail);
    dx_notice_put(stdout, DX_NOTICE_JAIL, jail);
    putchar('\n');
}

static int take_watch(const dx_option_reader *r, dx_index_options *o)
{
    unsigned which;

    o->watch = true;
    o->poll = r->text != NULL;
    return !r->text || dx_option_choose(r, "poll", &which) ? -1 : DX_EXIT_USAGE;
}

static int take(void *ctx, const dx_option_reader *r)
{
    dx_index_options *o = ctx;

    if (dx_input_option_is(r))
        return dx_input_option_take(r, &o->run.input);
    switch (r->option->id) {
    case OPT_MEMORY:
        return dx_index_options_memory(r->text, &o->run.memory_bytes);
    case OPT_THREADS:
        return dx_option_number(r, 1, DX_INDEX_THREADS_MAX, &o->run.threads)
                   ? -1
                   : DX_EXIT_USAGE;
    case OPT_OPTIMIZE:
        o->run.optimize = true;
        return -1;
    case OPT_NO_DELETE:
        o->run.no_delete = true;
        return -1;
    case OPT_REMOVE_MANY:
        o->run.remove_many = true;
        return -1;
    case OPT_TOLERATE_SKIPPED:
        o->tolerate_skipped = true;
        return -1;
    case OPT_WATCH:
        return take_watch(r, o);
    case OPT_DRY_RUN:
        o->run.dry_run = true;
        return -1;
    case OPT_REPORT:
        o->report = o->run.report = r->text;
        return -1;
    case OPT_VERBOSE:
        o->verbose = true;
        return -1;
    case OPT_QUIET:
        o->quiet = true;
        return -1;
    default:
        put_version(o->verbose);
        return dx_exit_after_output();
    }
}

int dx_index_options_read(int argc, char **argv, dx_index_options *out)
{
    dx_option_reader r = dx_option_reader_new("dxindex", options, argc, argv);

    *out = (dx_index_options){.run = {.memory_bytes = DX_MEMORY_DEFAULT_BYTES,
                                  .threads = dx_processors(DX_INDEX_THREADS_MAX)}};
    int status = dx_arguments_read(&r, usage, SIZE_MAX, take, out, &out->paths);
    if (status >= 0)
        return status;
    out->run.index = out->paths.index;
    if (out->paths.count > 0)
        return -1;
    dx_notice_error(DX_NOTICE_NO_PATH);
    return dx_arguments_wrong(&r);
}
