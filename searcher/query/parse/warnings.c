/* What a person is told about the query, in both languages. */
#include "searcher/query/parse/warnings.h"

/* The numbers are those of the limits: a test compares them. */
static const dx_query_warning faults[] = {
    [DX_FAULT_TOO_LONG] = {"Câu hỏi quá dài: chỉ dùng phần đầu.",
        "The query is too long: only its beginning is used.", 0, 0},
    [DX_FAULT_TOO_MANY_WORDS] = {"Câu hỏi có quá nhiều từ: chỉ dùng 64 từ "
                                 "đầu.",
        "The query has too many words: only the first 64 are used.", 0, 0},
    [DX_FAULT_TOO_MANY_NODES] = {"Câu hỏi có quá nhiều phần: bỏ qua phần "
                                 "còn lại.",
        "The query has too many parts: the rest is ignored.", 0, 0},
    [DX_FAULT_TOO_DEEP] = {"Ngoặc đơn lồng nhau quá sâu: bỏ qua từ lớp thứ "
                           "17.",
        "Parentheses are nested too deep: those deeper than 16 are ignored.", 0,
        0},
    [DX_FAULT_UNCLOSED] = {"Thiếu dấu đóng ngoặc: ngoặc này được đóng ở cuối "
                           "câu hỏi.",
        "A parenthesis is not closed: it is taken to end with the query.", 0,
        0},
    [DX_FAULT_NO_OPERAND] = {"Toán tử này thiếu một vế nên bị bỏ qua.",
        "This operator has nothing to apply to and is ignored.", 0, 0},
    [DX_FAULT_ONLY_NOT_SIDE] = {"Một vế chỉ toàn loại trừ thì không tìm được "
                                "gì nên bị bỏ qua.",
        "A side that only excludes finds nothing and is ignored.", 0, 0},
    [DX_FAULT_ONLY_NOT] = {"Câu hỏi chỉ toàn loại trừ: thêm * để tìm tất cả "
                           "những bài còn lại.",
        "The query only excludes: add * to find all that is left.", 0, 0},
    [DX_FAULT_NEAR_WHAT] = {"NEAR và ADJ chỉ nối được từ và cụm từ trong cùng "
                            "một trường: ở đây được hiểu là AND.",
        "NEAR and ADJ join words and phrases of one field only: taken as AND "
        "here.",
        0, 0},
    [DX_FAULT_SPAN] = {"Khoảng cách phải từ 1 đến 1.000: đã lấy số gần nhất.",
        "A distance is from 1 to 1,000: the nearest is taken.", 0, 0},
    [DX_FAULT_BOOST] = {"Trọng số sau ^ phải từ 0.01 đến 100: đã lấy số gần "
                        "nhất.",
        "A weight after ^ is from 0.01 to 100: the nearest is taken.", 0, 0},
    [DX_FAULT_SHORT_PREFIX] = {"Cần ít nhất 2 chữ cái bên dấu *: được tìm như "
                               "từ thường.",
        "At least 2 letters are needed beside *: searched for as plain words.",
        0, 0},
    [DX_FAULT_PATTERN] = {"Không hiểu mẫu này: được tìm như từ thường.",
        "This pattern is not understood: searched for as plain words.", 0, 0},
    [DX_FAULT_SHORT_FUZZY] = {"Từ dưới 4 chữ cái không tìm gần đúng: được tìm "
                              "như từ thường.",
        "Words of less than 4 letters are searched for as they are, not "
        "approximately.",
        0, 0},
    [DX_FAULT_FAR_FUZZY] = {"Chỉ tìm gần đúng sai khác một chữ cái: đã hiểu là "
                            "~1.",
        "Words may differ by one letter only: taken as ~1.", 0, 0},
    [DX_FAULT_QUORUM] = {"Số sau dấu / phải từ 1 đến số từ trong ngoặc kép: đã "
                         "lấy số gần nhất.",
        "The number after / is from 1 to the number of words: the nearest is "
        "taken.",
        0, 0},
    [DX_FAULT_DATE] = {"Không hiểu ngày này nên bỏ qua: xin viết như 2024, "
                       "2024-03, 27/3/2024 hoặc 2023..2024.",
        "This date is not understood and ignored: write it like 2024, "
        "2024-03, 27/3/2024 or 2023..2024.",
        0, 0},
    [DX_FAULT_NO_VALUE] = {"Bộ lọc này không có giá trị nên bị bỏ qua.",
        "This filter has no value and is ignored.", 0, 0},
};

static bool is_limit(dx_query_fault fault)
{
    return fault <= DX_FAULT_TOO_DEEP;
}

/* A limit that is passed once stays passed: it is said once. */
void dx_query_warn(dx_query *q, dx_query_fault fault, const char *from,
    const char *to)
{
    for (uint32_t i = 0; i < q->warning_count && is_limit(fault); i++)
        if (q->warnings[i].vi == faults[fault].vi)
            return;
    if (q->warning_count == DX_QUERY_MAX_WARNINGS)
        return;
    dx_query_warning *w = &q->warnings[q->warning_count++];
    *w = faults[fault];
    w->start = (uint32_t)(from - q->text.ptr);
    w->end = (uint32_t)(to - q->text.ptr);
}
