/* The texts of the messages, and the help. */
#include "searcher/output/messages.h"
#include "common/cli/terminal.h"

#include <stdarg.h>
#include <stdio.h>

static const char *const texts[DX_MESSAGE_COUNT][2] = {
#define DX_MESSAGE_TEXTS(name, english, vietnamese) {english, vietnamese},
    DX_MESSAGE_MAP(DX_MESSAGE_TEXTS)
#undef DX_MESSAGE_TEXTS
};

static const char usage_english[] =
    "Usage: dxsearch [OPTION…] WORD…\n"
    "Finds Vietnamese articles, typed with accents or without.\n\n"
    "  chuyen doi so           the words, in any order\n"
    "  '\"Bắc Giang\"'           these words, one after the other\n"
    "  -hội                    articles without this word\n"
    "  title:hội               this word in the title\n\n"
    "  -i, --index DIR         the index, again for more; default $DX_INDEX, else\n"
    "                          ./dx.index\n"
    "  -n, --limit N           results to show; default 10\n"
    "      --offset N          results to skip\n"
    "      --all               only articles with all the words\n"
    "      --any               articles with any of the words\n"
    "      --exact-accents     match words as they are accented\n"
    "      --timeout-ms N      answer with what there is after N milliseconds\n"
    "      --literal           read nothing into the words\n"
    "      --synonyms FILE     lines like \"cđs = chuyển đổi số\"\n"
    "      --sort ORDER        relevance, newest or oldest\n"
    "      --scope SCOPE       all, exact (words as they are spelt, in known phrases)\n"
    "                          or others\n"
    "      --freshness W       newest articles count up to W times more, e.g. 0.5\n"
    "      --facets N          count sources, provinces, years …; N of each\n"
    "      --duplicates        also articles with nearly the same text\n"
    "      --json              results as JSON, see man dxsearch\n"
    "      --format FORMAT     text, json, csv or trec\n"
    "      --fields LIST       of json and csv only these, as title,date,docno\n"
    "      --color WHEN        auto, always or never\n"
    "      --batch FILE        search for every line \"id<TAB>words\" of FILE\n"
    "                          (- for standard input), with options of its own\n"
    "                          after another tab; prints trec or json\n"
    "      --threads N         threads of --batch; default all processors\n"
    "      --log FILE          add a line about each search to FILE\n"
    "      --log-report FILE…  what such files tell: frequent queries, those that\n"
    "                          find nothing, slow ones; as text, csv or html\n"
    "      --explain ID        why article ID gets its score\n"
    "      --parse             how the query is understood; needs no index\n"
    "      --like ID           articles about the same as article ID\n"
    "      --suggest           how these words may go on\n"
    "  -h, --help              this help\n"
    "  -V, --version           the version\n\n"
    "Anything else that starts with one - is part of the query; so is all that\n"
    "follows --.\n"
    "Exit status: 0 found, 1 nothing found, 2 wrong usage, 3 failed.\n";
static const char usage_vietnamese[] =
    "Cách dùng: dxsearch [TÙY_CHỌN…] TỪ…\n"
    "Tìm bài tiếng Việt, gõ có dấu hay không dấu đều được.\n\n"
    "  chuyen doi so           các từ này, không kể thứ tự\n"
    "  '\"Bắc Giang\"'           các từ này đứng liền nhau\n"
    "  -hội                    bài không có từ này\n"
    "  title:hội               từ này ở đầu đề\n\n"
    "  -i, --index THƯ_MỤC     chỉ mục, lặp lại để tìm trong nhiều chỉ mục; mặc\n"
    "                          định $DX_INDEX, rồi ./dx.index\n"
    "  -n, --limit N           số kết quả; mặc định 10\n"
    "      --offset N          bỏ qua N kết quả đầu\n"
    "      --all               chỉ những bài có đủ các từ\n"
    "      --any               những bài có ít nhất một từ\n"
    "      --exact-accents     đúng dấu như đã gõ\n"
    "      --timeout-ms N      sau N mili giây thì trả lời bằng những gì đã có\n"
    "      --literal           không đoán ý: tìm đúng chữ đã gõ\n"
    "      --synonyms TỆP      các dòng như “cđs = chuyển đổi số”\n"
    "      --sort THỨ_TỰ       relevance, newest hoặc oldest\n"
    "      --scope PHẦN        all, exact (đúng dấu, từ liền nhau) hoặc others\n"
    "      --freshness W       bài mới nhất được thêm đến W lần điểm, ví dụ 0,5\n"
    "      --facets N          đếm theo nguồn, tỉnh, năm …; mỗi loại N giá trị\n"
    "      --duplicates        hiện cả những bài gần như trùng nhau\n"
    "      --json              kết quả dạng JSON, xem man dxsearch\n"
    "      --format DẠNG       text, json, csv hoặc trec\n"
    "      --fields DANH_SÁCH  chỉ những mục này của json, csv: title,date,docno\n"
    "      --color KHI_NÀO     auto, always hoặc never\n"
    "      --batch TỆP         tìm theo từng dòng “mã<TAB>từ” của TỆP\n"
    "                          (- là đầu vào chuẩn), sau một tab nữa có thể có tùy\n"
    "                          chọn riêng; in dạng trec hoặc json\n"
    "      --threads N         số luồng của --batch; mặc định: mọi bộ xử lý\n"
    "      --log TỆP           ghi thêm một dòng về mỗi lần tìm vào TỆP\n"
    "      --log-report TỆP…   các tệp ấy cho biết gì: câu tìm nhiều, không thấy\n"
    "                          bài nào, chậm; dạng text, csv hoặc html\n"
    "      --explain MÃ        vì sao bài mang MÃ có điểm như vậy\n"
    "      --parse             câu hỏi được hiểu thế nào; không cần chỉ mục\n"
    "      --like MÃ           những bài tương tự bài mang MÃ\n"
    "      --suggest           gợi ý cách gõ tiếp các từ này\n"
    "  -h, --help              hướng dẫn này\n"
    "  -V, --version           phiên bản\n\n"
    "Những gì khác bắt đầu bằng một dấu - là phần của câu hỏi; mọi thứ sau --\n"
    "cũng vậy.\n"
    "Mã thoát: 0 tìm thấy, 1 không thấy, 2 dùng sai, 3 gặp lỗi.\n";

const char *dx_message_text(dx_language language, dx_message message)
{
    return texts[message][language];
}

const char *dx_message_usage(dx_language language)
{
    return language == DX_VIETNAMESE ? usage_vietnamese : usage_english;
}

void dx_complain(dx_language language, dx_message message, ...)
{
    va_list args;

    fputs("dxsearch: ", stderr);
    va_start(args, message);
    dx_terminal_vprintf(stderr, dx_message_text(language, message), args);
    va_end(args);
    fputc('\n', stderr);
}
