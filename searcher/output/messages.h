/* messages.h -- what dxsearch says, in Vietnamese and English. */
#ifndef DX_SEARCHER_OUTPUT_MESSAGES_H
#define DX_SEARCHER_OUTPUT_MESSAGES_H

#include "common/cli/language.h"

/* Name, English, Vietnamese. Both take the same arguments, all strings. */
#define DX_MESSAGE_MAP(X)                                                      \
    X(ONE_ARTICLE, "1 article", "1 bài")                                       \
    X(ARTICLES, "%s articles", "%s bài")                                       \
    X(FOUND, "%s (%s ms)", "%s (%s ms)")                                       \
    X(FOUND_SHOWN, "%s, %s shown (%s ms)", "%s, hiện bài %s (%s ms)")          \
    X(SCOPES, "%s · %s with other accents or the words apart",                 \
        "%s · %s bài khác dấu hoặc rời chữ")                                   \
    X(LOOSE, "%s more with these words apart or with other accents:",          \
        "%s bài khác có các chữ này rời nhau hoặc khác dấu:")                  \
    X(ALL_AND_PARTIAL,                                                         \
        "%s with all the words; %s more with most of them (%s ms)",            \
        "%s bài có đủ các từ; thêm %s bài gần đúng (%s ms)")                   \
    X(ONLY_PARTIAL, "No article has all the words; %s with most of them (%s ms)", \
        "Không bài nào có đủ các từ; đây là %s bài gần đúng (%s ms)")          \
    X(NOTHING, "No article found (%s ms)", "Không tìm thấy bài nào (%s ms)")   \
    X(PAST_LAST, "There are no results on this page.",                          \
        "Trang này không có kết quả.")                                     \
    X(HINT, "Try fewer or other words; accents may be left out.",              \
        "Hãy thử ít từ hơn hoặc từ khác; gõ không dấu cũng được.")             \
    X(NOTE_READING, "Understood as: %s", "Hiểu là: %s")                        \
    X(NOTE_PARTLY_READ, "Understood in part: %s", "Hiểu một phần: %s")         \
    X(NOTE_KEYS, "Results for: %s (typed in Telex or VNI)",                    \
        "Kết quả cho: %s (gõ kiểu Telex, VNI)")                                \
    X(NOTE_CORRECTED, "Results for: %s (and as typed)",                        \
        "Kết quả cho: %s (và cả như đã gõ)")                                   \
    X(NOTE_SPELLING, "Did you mean: %s?", "Có phải bạn tìm: %s?")              \
    X(NOTE_ABBREVIATION, "Also counts: %s", "Tìm cả: %s")                      \
    X(NOTE_RENAMED, "See also: %s (merged or renamed %s)",                     \
        "Tìm thêm: %s (sáp nhập, đổi tên từ %s)")                              \
    X(NOTE_LIKE, "Like: %s", "Tương tự bài: %s")                               \
    X(PAGE, "page %u", "trang %u")                                             \
    X(PARTIAL, "some of the words", "gần đúng")                                \
    X(ID, "id", "mã")                                                          \
    X(SIMILAR, "and %u similar", "và %u bài gần giống")                         \
    X(QUERY, "Query %s: %s", "Câu hỏi %s: %s")                                 \
    X(NO_QUERY, "what shall be searched? Give words, e.g. "                    \
                "dxsearch chuyen doi so",                                      \
        "muốn tìm gì? Hãy gõ vài từ, ví dụ: dxsearch chuyen doi so")           \
    X(TOO_DEEP, "--offset and --limit go to rank %s together",                 \
        "--offset cộng --limit không quá hạng %s")                             \
    X(TOO_MANY, "--suggest: --limit is at most %s",                            \
        "--suggest: --limit không quá %s")                                     \
    X(ONE_AT_A_TIME, "--%s and %s exclude each other",                         \
        "không dùng --%s cùng với %s")                                         \
    X(OF_REPORT, "%s is for --log-report only", "%s chỉ dùng cùng với --log-report") \
    X(A_QUERY, "a query", "câu hỏi")                                           \
    X(NO_INDEX, "there is no index in '%s'", "không có chỉ mục ở '%s'")        \
    X(NO_INDEX_REMEDY,                                                         \
        "Make it with 'dxindex --index %s FOLDER', or name another one with "  \
        "--index or DX_INDEX.",                                                \
        "Hãy tạo bằng 'dxindex --index %s THƯ_MỤC', hoặc chỉ nơi khác bằng "   \
        "--index hay DX_INDEX.")                                               \
    X(CANNOT_SEARCH, "index '%s': %s", "chỉ mục '%s': %s")                     \
    X(CORRUPT_REMEDY,                                                          \
        "'dxindex check --index %s' tells what is damaged.",                   \
        "Hãy xem chỗ hỏng bằng 'dxindex check --index %s', rồi khôi phục bản " \
        "sao lưu hoặc lập chỉ mục lại.")                                       \
    X(VERSION_REMEDY,                                                          \
        "Move '%s' away and index again with the dxindex of this version.",    \
        "Hãy dời '%s' đi và lập chỉ mục lại bằng dxindex cùng phiên bản.")     \
    X(NOT_IN_LINE, "--%s is for the command line, not for a line of a batch",  \
        "--%s là của dòng lệnh, không dùng trong một dòng của --batch")        \
    X(NO_OPTION, "'%s' is no option", "'%s' không phải tùy chọn")              \
    X(WRONG_LINE, "wrong options; the query is left out",                      \
        "tùy chọn sai; câu hỏi bị bỏ qua")                                     \
    X(NO_REFRESH, "what was published since cannot be read: %s",               \
        "không đọc được bản chỉ mục mới: %s")                                  \
    X(NO_MEMORY, "out of memory", "hết bộ nhớ")                                \
    X(NO_ARTICLE, "the index has no article with the id '%s'",                 \
        "chỉ mục không có bài nào mang mã '%s'")                               \
    X(CANNOT_READ, "%s: cannot read: %s", "%s: không đọc được: %s")            \
    X(SYNONYMS_REMEDY,                                                         \
        "Write one relation a line, in UTF-8: \"cđs = chuyển đổi số\", or "    \
        "\"xe hơi => ô tô\" for one direction; # starts a comment.",            \
        "Hãy viết mỗi dòng một quan hệ, mã UTF-8: “cđs = chuyển đổi số”, hay " \
        "“xe hơi => ô tô” nếu chỉ một chiều; # mở đầu lời ghi chú.")           \
    X(CANNOT_WRITE, "cannot write the results: %s",                            \
        "không ghi được kết quả: %s")                                          \
    X(CANNOT_LOG, "%s: the search is not logged: %s",                          \
        "%s: không ghi được nhật ký: %s")                                      \
    X(LINE_TOO_LONG, "%s: line %s is too long", "%s: dòng %s quá dài")

typedef enum dx_message {
#define DX_MESSAGE_ENUM(name, english, vietnamese) DX_SAY_##name,
    DX_MESSAGE_MAP(DX_MESSAGE_ENUM)
#undef DX_MESSAGE_ENUM
    DX_MESSAGE_COUNT
} dx_message;

/** A format string. */
const char *dx_message_text(dx_language language, dx_message message);

/** The help text. */
const char *dx_message_usage(dx_language language);

/** Writes "dxsearch: ", the message and a newline to standard error. */
void dx_complain(dx_language language, dx_message message, ...);

#endif
