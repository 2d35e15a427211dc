/* input_options.h -- how files are to be read: the options that `dxindex PATH…` and
 * `dxindex inspect` share. A new one is a row here, a line in both helps, and a case
 * in input_options.c. */
#ifndef DX_INDEXER_CLI_INDEX_INPUT_OPTIONS_H
#define DX_INDEXER_CLI_INDEX_INPUT_OPTIONS_H

#include <stdbool.h>

#include "common/cli/options.h"
#include "indexer/input/reading.h"

/* Their ids; those of a command's own options are below. */
enum { DX_INPUT_OPTION_LISTS = 1000, DX_INPUT_OPTION_IGNORE_ROBOTS,
       DX_INPUT_OPTION_OCR, DX_INPUT_OPTION_FILTER, DX_INPUT_OPTION_FORMAT,
       DX_INPUT_OPTION_MAP, DX_INPUT_OPTION_SPLIT,
       DX_INPUT_OPTION_SELECTORS };

#define DX_INPUT_OPTION_ROWS                                                   \
    {"lists", '\0', DX_VALUE_NONE, DX_INPUT_OPTION_LISTS, NULL},               \
    {"ignore-robots", '\0', DX_VALUE_NONE, DX_INPUT_OPTION_IGNORE_ROBOTS, NULL}, \
    {"format", '\0', DX_VALUE_NEEDED, DX_INPUT_OPTION_FORMAT, NULL},             \
    {"map", '\0', DX_VALUE_NEEDED, DX_INPUT_OPTION_MAP, NULL}, \
    {"ocr", '\0', DX_VALUE_NEEDED, DX_INPUT_OPTION_OCR, NULL},                 \
    {"filter", '\0', DX_VALUE_NEEDED, DX_INPUT_OPTION_FILTER, NULL},           \
    {"split", '\0', DX_VALUE_NEEDED, DX_INPUT_OPTION_SPLIT, NULL}, \
    {"selectors", '\0', DX_VALUE_NEEDED, DX_INPUT_OPTION_SELECTORS, NULL}

#define DX_INPUT_USAGE_ENGLISH                                                 \
    "How files are read:\n"                                                    \
    "      --format NAME    what standard input, and files whose names do not\n" \
    "                       tell, are: jsonl, csv, tsv, json, html, text …\n"            \
    "      --map FIELD=NAME the column or JSON member NAME is this field, e.g.\n" \
    "                       --map title=ten_bai; may be given several times\n" \
    "      --lists          take list, home and error pages for articles, too\n" \
    "      --ignore-robots  read pages that ask not to be indexed\n"              \
    "      --split articles make each article of a law in JSON one of its own\n"  \
    "      --ocr COMMAND    reads scans: PDF on its input, text on its output\n"  \
    "      --filter TYPE=COMMAND\n"                                               \
    "                       reads files whose names end in .TYPE likewise\n" \
    "      --selectors FILE where text, title, date … are on a site's pages\n"

#define DX_INPUT_USAGE_VIETNAMESE                                              \
    "Cách đọc tệp:\n"                                                          \
    "      --format TÊN     kiểu của đầu vào chuẩn và của tệp mà tên không cho\n" \
    "                       biết: jsonl, csv, tsv, json, html, text …\n"                 \
    "      --map TRƯỜNG=TÊN cột hay thành phần JSON mang TÊN là trường ấy, ví\n" \
    "                       dụ --map title=ten_bai; dùng được nhiều lần\n"     \
    "      --lists          coi cả trang danh sách, trang chủ, trang lỗi là bài\n" \
    "      --ignore-robots  đọc cả những trang yêu cầu không lập chỉ mục\n"       \
    "      --split articles tách mỗi điều của luật trong JSON thành một bài\n"    \
    "      --ocr LỆNH       đọc bản quét: nhận PDF ở đầu vào, ghi văn bản ra\n"   \
    "      --filter LOẠI=LỆNH\n"                                                  \
    "                       đọc các tệp có đuôi .LOẠI theo cách như vậy\n" \
    "      --selectors TỆP  chỗ của nội dung, tiêu đề, ngày … trên trang của từng\n" \
    "                       trang web\n"

/** Whether the option just read is one of these. */
bool dx_input_option_is(const dx_option_reader *r);

/** Takes such an option into *out, which borrows from argv and, for --selectors, from
 *  what stays until the process ends. Returns -1 to go on, or
 *  the exit status after having said what is wrong. */
int dx_input_option_take(const dx_option_reader *r, dx_input_options *out);

#endif
