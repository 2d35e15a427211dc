/* words.h -- what reports say, in Vietnamese and English. */
#ifndef DX_SEARCHER_REPORT_WRITE_WORDS_H
#define DX_SEARCHER_REPORT_WRITE_WORDS_H

#include "common/cli/language.h"

/* Name, English, Vietnamese. */
#define DX_REPORT_WORD_MAP(X)                                                  \
    X(TITLE, "What readers searched for", "Bạn đọc tìm gì")                    \
    X(NO_SEARCH, "There is no search in the log.",                             \
        "Nhật ký không có lần tìm nào.")                                       \
    X(SEARCHES, "Searches", "Lượt tìm")                                        \
    X(NOTHING, "Found nothing", "Không thấy bài nào")                          \
    X(TIMED_OUT, "Cut off for taking too long", "Dừng giữa chừng vì quá lâu")  \
    X(PAGES, "Further pages looked at", "Lượt xem các trang sau")              \
    X(LIKES, "Lists of similar articles", "Lượt xem bài tương tự")             \
    X(BAD_LINES, "Lines that are none of a query log",                         \
        "Dòng không phải của nhật ký")                                         \
    X(HALF, "Half of the searches took at most", "Một nửa số lượt tìm không quá") \
    X(MOST, "95 % took at most", "95 % không quá")                             \
    X(NEARLY_ALL, "99 % took at most", "99 % không quá")                       \
    X(FREQUENT, "Most frequent", "Tìm nhiều nhất")                             \
    X(NOT_FOUND, "Found nothing most often", "Hay tìm mà không thấy")          \
    X(SLOWEST, "Slowest", "Chậm nhất")                                         \
    X(BY_DAY, "By day", "Theo ngày")                                           \
    X(QUERY, "Query", "Câu tìm")                                               \
    X(TIMES, "Times", "Số lần")                                                \
    X(DAY, "Day", "Ngày")                                                      \
    X(TIME, "Time (UTC)", "Lúc (UTC)")                                         \
    X(MILLISECONDS, "Milliseconds", "Mili giây")                               \
    X(MISSED,                                                                  \
        "The log has more different queries than fit into memory: counts of queries may " \
        "be too small by up to",                                               \
        "Nhật ký có nhiều câu tìm khác nhau hơn bộ nhớ cho phép: số lần của mỗi câu có " \
        "thể thiếu nhiều nhất")

typedef enum dx_report_word {
#define DX_REPORT_WORD_ENUM(name, english, vietnamese) DX_WORD_##name,
    DX_REPORT_WORD_MAP(DX_REPORT_WORD_ENUM)
#undef DX_REPORT_WORD_ENUM
    DX_REPORT_WORDS
} dx_report_word;

const char *dx_report_word_text(dx_language language, dx_report_word word);

#endif
