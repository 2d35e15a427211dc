#include "searcher/query/query.h"

#include <string.h>

#include "common/text/utf8.h"
#include "searcher/include/dx/search.h"
#include "searcher/query/query_internal.h"

/* ---- warnings ---- */

/* Each with its limit's own number: a test compares them with the constants. */
static const dx_query_warning faults[] = {
    [DX_FAULT_TOO_LONG] = {"Câu hỏi quá dài: chỉ phần đầu được dùng.",
        "The query is too long: only its beginning is used.", 0, 0},
    [DX_FAULT_TOO_MANY_WORDS] = {"Câu hỏi có quá nhiều từ: chỉ 64 từ đầu được "
                                 "dùng.",
        "The query has too many words: only the first 64 are used.", 0, 0},
    [DX_FAULT_TOO_MANY_NODES] = {"Câu hỏi có quá nhiều phần: phần còn lại bị "
                                 "bỏ qua.",
        "The query has too many parts: the rest is ignored.", 0, 0},
    [DX_FAULT_TOO_DEEP] = {"Ngoặc đơn lồng nhau quá sâu: từ lớp thứ 17 bị bỏ "
                           "qua.",
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

/* What goes wrong once and for all is said once. */
void dx_query_warn(dx_query_parser *p, dx_query_fault fault, const char *from,
    const char *to)
{
    dx_query *q = p->q;

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

/* ---- words and nodes ---- */

dx_status dx_query_add_word(dx_query *q, dx_str exact, dx_str folded,
    bool marked, uint32_t *out)
{
    if (q->word_count == q->word_cap)
        return DX_ERR_LIMIT;
    char *e = dx_arena_strndup(&q->arena, exact.ptr, exact.len);
    char *f = dx_arena_strndup(&q->arena, folded.ptr, folded.len);
    if (!e || !f)
        return DX_ERR_NOMEM;
    *out = q->word_count++;
    q->words[*out] = (dx_query_word){.exact = {e, exact.len},
        .folded = {f, folded.len}, .marked = marked};
    return DX_OK;
}

dx_status dx_query_add_node(dx_query *q, dx_node_kind kind, uint32_t *out)
{
    if (q->node_count == q->node_cap)
        return DX_ERR_LIMIT;
    *out = q->node_count++;
    q->nodes[*out] = (dx_node){.kind = kind, .child = DX_NODE_NONE,
        .next = DX_NODE_NONE, .boost = 1.0, .alternative = DX_NODE_NONE};
    return DX_OK;
}

void dx_query_new_node(dx_query_parser *p, dx_node_kind kind, const char *from,
    const char *to, uint32_t *out)
{
    dx_query *q = p->q;

    *out = DX_NODE_NONE;
    if (q->node_count >= DX_QUERY_MAX_NODES ||
        dx_query_add_node(q, kind, out) != DX_OK) {
        dx_query_warn(p, DX_FAULT_TOO_MANY_NODES, from, p->end);
        return;
    }
    q->nodes[*out].start = (uint32_t)(from - q->text.ptr);
    q->nodes[*out].end = (uint32_t)(to - q->text.ptr);
}

/* ---- parsing ---- */

/* Ill-formed bytes become blanks, so that positions stay. */
static void clean(char *text, size_t len)
{
    const char *end = text + len;
    uint32_t c;

    for (char *at = text; at < end;) {
        size_t n = dx_utf8_decode(at, end, &c);
        if (n == 0)
            *at = ' ';
        at += n ? n : 1;
    }
}

static dx_status make_room(dx_query *q, const char *text, size_t len)
{
    uint32_t root;
    char *copy = dx_arena_strndup(&q->arena, text, len);

    if (copy)
        clean(copy, len);
    q->text = (dx_str){copy, len};
    q->word_cap = DX_QUERY_MAX_TERMS + DX_QUERY_MAX_ADDED;
    q->node_cap = DX_QUERY_MAX_NODES + DX_QUERY_MAX_ADDED;
    q->words = dx_arena_alloc(&q->arena, q->word_cap * sizeof *q->words);
    q->nodes = dx_arena_alloc(&q->arena, q->node_cap * sizeof *q->nodes);
    return copy && q->words && q->nodes
               ? dx_query_add_node(q, DX_NODE_AND, &root)
               : DX_ERR_NOMEM;
}

dx_status dx_query_parse(const char *text, dx_query *out, dx_error *err)
{
    size_t len = strnlen(text, DX_QUERY_MAX_BYTES + 1);
    bool cut = len > DX_QUERY_MAX_BYTES;

    *out = (dx_query){.warning_count = 0};
    len -= cut;
    while (cut && len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
        len--;
    dx_query_parser p = {.q = out, .analyzer = dx_analyzer_new(),
        .name = {DX_IN_ANY, DX_SIDE_ON}};
    dx_status rc = p.analyzer ? make_room(out, text, len) : DX_ERR_NOMEM;
    if (rc == DX_OK) {
        p.at = out->text.ptr;
        p.end = p.at + len;
        if (cut)
            dx_query_warn(&p, DX_FAULT_TOO_LONG, p.end, p.end);
        rc = dx_query_parse_all(&p);
        out->typed_count = out->word_count;
    }
    dx_analyzer_free(p.analyzer);
    if (rc != DX_OK) {
        dx_query_free(out);
        return dx_fail_nomem(err);
    }
    return DX_OK;
}

void dx_query_free(dx_query *q)
{
    dx_arena_free(&q->arena);
    *q = (dx_query){.warning_count = 0};
}

/* ---- asking ---- */

static bool is_positive(const dx_query *q, const dx_node *n)
{
    if (n->kind == DX_NODE_NOT)
        return false;
    if (n->kind != DX_NODE_AND && n->kind != DX_NODE_OR)
        return true;
    for (uint32_t c = n->child; c != DX_NODE_NONE; c = q->nodes[c].next)
        if (is_positive(q, &q->nodes[c]))
            return true;
    return false;
}

bool dx_query_has_positive(const dx_query *q)
{
    return is_positive(q, &q->nodes[0]);
}

bool dx_query_is_plain(const dx_query *q)
{
    for (uint32_t c = q->nodes[0].child; c != DX_NODE_NONE;
         c = q->nodes[c].next) {
        const dx_node *n = &q->nodes[c];
        if (n->kind != DX_NODE_WORD || n->field != DX_IN_ANY || n->required ||
            n->at_start || n->boost != 1.0)
            return false;
        const dx_query_word *w = &q->words[n->first];
        if (w->kind != DX_WORD_TERM || w->strict || w->overlay)
            return false;
    }
    return q->nodes[0].child != DX_NODE_NONE;
}
