/* texts.h -- every sentence of the pages, in Vietnamese and English: one table. Templates
 * name them ({{text.submit}}), and so does the code. */
#ifndef DX_SEARCHER_OUTPUT_HTML_TEXTS_H
#define DX_SEARCHER_OUTPUT_HTML_TEXTS_H

#include "common/base/buf.h"
#include "common/base/str.h"
#include "common/cli/language.h"

/* Name, Vietnamese, English. One '%' stands for what dx_text_put() and dx_text_put_count()
 * are given; "one|several" has two forms, for a count of 1 and for any other. */
/* clang-format off */
#define DX_TEXT_MAP(X)                                                                         \
    /* the frame */                                                                            \
    X(search, "Tìm kiếm", "Search")                                                            \
    X(submit, "Tìm", "Search")                                                                 \
    X(skip, "Đến phần kết quả", "Skip to the results")                                         \
    X(search_in, "Tìm trong % bài viết", "Search % article|Search % articles")                 \
    X(advanced, "Tìm nâng cao", "Advanced search")                                             \
    X(other_language, "English", "Tiếng Việt")                                                 \
    X(no_index_yet, "Chỉ mục chưa có bài nào. Người quản trị hãy chạy dxindex để đưa bài vào.",\
        "The index has no articles yet. To its administrator: dxindex puts them in.")          \
    /* how to ask */                                                                           \
    X(help_title, "Cách tìm", "How to search")                                                 \
    X(help_accents, "Gõ có dấu hay không dấu đều được:", "Accents may be left out:")           \
    X(help_phrase, "Ngoặc kép để tìm các từ đứng liền nhau:",                                  \
        "Quotation marks for words that stand together:")                                      \
    X(help_minus, "Dấu trừ trước từ không muốn có:", "A minus before what must not be there:") \
    /* results */                                                                              \
    X(results_for, "Kết quả tìm kiếm cho “%”", "Search results for “%”")                       \
    X(similar_to, "Bài tương tự", "Similar articles")                                          \
    X(articles, "% bài", "% article|% articles")                                               \
    X(articles_all, "% bài có đủ các từ", \
        "% article with all the words|% articles with all the words")                          \
    X(others, "% bài khác dấu hoặc rời chữ",                                                   \
        "% with other accents or the words apart")                                             \
    X(all_scopes, "cả bài khác dấu hoặc rời chữ", "include other accents and words apart")     \
    X(others_follow, "% bài khác có các chữ này rời nhau hoặc khác dấu:",                      \
        "% more with these words apart or with other accents:")                                \
    X(partial_more, "thêm % bài gần đúng", "% more with most of them")                         \
    X(partial_only, "Không bài nào có đủ các từ; đây là % bài gần đúng",                       \
        "No article has all the words; % with most of them")                                   \
    X(nothing, "Không tìm thấy bài nào", "No article found")                                   \
    X(page, "trang %", "page %")                                                               \
    /* notes */                                                                                \
    X(note_reading, "Hiểu là:", "Understood as:")                                              \
    X(note_partly, "Hiểu một phần:", "Understood in part:")                                    \
    X(note_results, "Kết quả cho:", "Results for:")                                            \
    X(note_spelling, "Có phải bạn tìm:", "Did you mean:")                                      \
    X(note_also, "Tìm cả:", "Also counts:")                                                    \
    X(note_see, "Xem thêm:", "See also:")                                                      \
    X(note_like, "Tương tự bài:", "Like:")                                                     \
    X(renamed, "(sáp nhập, đổi tên từ %)", "(merged or renamed %)")                            \
    X(literal, "Tìm đúng như đã gõ", "Search as typed")                                        \
    /* hits */                                                                                 \
    X(pinned, "Tin ghim", "Pinned")                                                            \
    X(partial, "gần đúng", "some of the words")                                                \
    X(on_page, "trang %", "page %")                                                            \
    X(near_same, "% bài gần giống", "% nearly the same")                                       \
    /* an article */                                                                           \
    X(back, "Về kết quả tìm kiếm", "Back to the results")                                      \
    X(original, "Bản gốc", "Original")                                                         \
    X(marks_found, "% chỗ có từ cần tìm", "% place with your words|% places with your words")  \
    X(mark_before, "Chỗ trước", "Previous place")                                              \
    X(mark_next, "Chỗ sau", "Next place")                                                      \
    /* order, pages */                                                                         \
    X(order, "Thứ tự", "Order")                                                                \
    X(order_relevance, "Phù hợp nhất", "Best")                                                 \
    X(order_newest, "Mới nhất", "Newest")                                                      \
    X(order_oldest, "Cũ nhất", "Oldest")                                                       \
    X(pages, "Các trang kết quả", "Pages of results")                                          \
    X(previous, "Trang trước", "Previous page")                                                \
    X(next, "Trang sau", "Next page")                                                          \
    X(per_page, "Số bài mỗi trang:", "Articles a page:")                                       \
    X(follow, "Theo dõi bài mới (RSS)", "Follow new articles (RSS)")                           \
    X(download, "Tải danh sách (CSV)", "Download the list (CSV)")                              \
    /* filters */                                                                              \
    X(narrow, "Lọc kết quả", "Narrow down")                                                    \
    X(active, "Đang lọc", "Filters")                                                           \
    X(without, "trừ", "without")                                                               \
    X(remove, "Bỏ lọc", "Remove")                                                              \
    X(more_values, "Thêm", "More")                                                             \
    X(year, "Năm", "Year")                                                                     \
    X(month, "Tháng", "Month")                                                                 \
    X(date, "Ngày đăng", "Date")                                                               \
    X(from, "Từ ngày", "From")                                                                 \
    X(to, "Đến ngày", "To")                                                                    \
    X(date_from, "từ %", "from %")                                                             \
    X(date_before, "trước %", "before %")                                                      \
    X(date_to, "đến %", "to %")                                                                \
    X(apply, "Lọc", "Apply")                                                                   \
    X(copies, "Cùng một bài", "The same article")                                              \
    X(timeline_months, "Số bài theo tháng", "Articles by month")                               \
    X(timeline_years, "Số bài theo năm", "Articles by year")                                   \
    X(as_table, "Dạng bảng", "As a table")                                                     \
    /* nothing found */                                                                        \
    X(nothing_for, "Không có bài nào cho “%”.", "Nothing found for “%”.")                      \
    X(nothing_like, "Không có bài nào tương tự.", "There are no similar articles.")            \
    X(try_without_filters, "Tìm trong tất cả, không lọc:", "Without filters:")                 \
    X(try_any, "Tìm bài có ít nhất một từ:", "Articles with any of the words:")                \
    X(try_fewer, "Thử ít từ hơn, hoặc từ khác cùng nghĩa.",                               \
        "Try fewer words, or others that mean the same.")                                      \
    /* the advanced form */                                                                    \
    X(all_words, "Có tất cả các từ", "All of these words")                                     \
    X(exact_phrase, "Có đúng cụm từ", "This exact phrase")                                     \
    X(any_words, "Có ít nhất một từ", "Any of these words")                                    \
    X(none_words, "Không có các từ", "None of these words")                                    \
    X(source, "Nguồn", "Source")                                                               \
    X(category, "Chuyên mục", "Category")
/* clang-format on */

typedef enum dx_text_id {
#define DX_TEXT_ENUM(name, vi, en) DX_TEXT_##name,
    DX_TEXT_MAP(DX_TEXT_ENUM)
#undef DX_TEXT_ENUM
    DX_TEXTS
} dx_text_id;

/** The text with this name; DX_TEXTS for none. */
dx_text_id dx_text_named(dx_str name);

/** As it is in the table: plain text, static. */
const char *dx_text(dx_language language, dx_text_id id);

/** Appends a text as HTML, `value` (plain text) in the place of '%'. */
void dx_text_put(dx_buf *out, dx_language language, dx_text_id id,
    const char *value);

/** The same with a number, and the form of the text that goes with it. */
void dx_text_put_count(dx_buf *out, dx_language language, dx_text_id id,
    uint64_t count);

#endif
