/* Filters: a name and a value. */
#include "searcher/query/parse/filter.h"

#include <string.h>

#include "common/base/buf.h"
#include "common/text/utf8.h"
#include "searcher/query/date.h"
#include "searcher/query/docno.h"
#include "searcher/query/lex.h"
#include "searcher/query/parse/warnings.h"

#define VALUE_MAX_BYTES (4 * DX_QUERY_MAX_BYTES)

/* The value without blanks around, blanks single, ill-formed bytes as blanks. */
static void put_clean(dx_buf *out, dx_str s)
{
    const char *at = s.ptr, *end = dx_str_end(s);
    bool blank = false;
    uint32_t c;

    while (at < end) {
        size_t n = dx_utf8_decode(at, end, &c);
        if (n == 0 || c <= ' ' || c == 0x7F) {
            blank = out->len > 0;
            at += n ? n : 1;
            continue;
        }
        if (blank)
            dx_buf_putc(out, ' ');
        blank = false;
        dx_buf_put(out, at, n);
        at += n;
    }
}

static dx_status keep_value(dx_query_parser *p, dx_query_field field, dx_str s,
    dx_str *out)
{
    dx_status rc = DX_OK;
    dx_buf buf;

    dx_buf_init(&buf, VALUE_MAX_BYTES);
    if (dx_query_field_find(field) == DX_FIND_DOCNO)
        rc = dx_query_docno_put(p->analyzer, s, &buf);
    else
        put_clean(&buf, s);
    const char *value = dx_buf_cstr(&buf); /* its NUL may need room, too */
    char *copy = rc == DX_OK && buf.status == DX_OK
                     ? dx_arena_strndup(&p->q->arena, value, buf.len)
                     : NULL;
    *out = (dx_str){copy, buf.len};
    dx_buf_free(&buf);
    return copy ? DX_OK : DX_ERR_NOMEM;
}

/* `from`: where the value begins in the query, which ends at p->at. */
static dx_status add_filter(dx_query_parser *p, const dx_query_marks *m,
    const char *from, dx_str text, dx_node_list *out)
{
    int32_t first = 0, last = 0;
    dx_str value;
    uint32_t node;

    if (m->own_name)
        from = m->from;
    DX_TRY(keep_value(p, m->name.field, text, &value));
    if (value.len == 0) {
        dx_query_warn(p->q, DX_FAULT_NO_VALUE, from, p->at);
        return DX_OK;
    }
    if (dx_query_is_date(m->name.field) &&
        !dx_query_date_parse(value, m->name.side, &first, &last)) {
        dx_query_warn(p->q, DX_FAULT_DATE, from, p->at);
        return DX_OK;
    }
    dx_query_new_node(p->q, DX_NODE_FILTER, from, p->at, &node);
    if (node == DX_NODE_NONE)
        return DX_OK;
    dx_node *n = &p->q->nodes[node];
    n->field = m->name.field;
    n->value = value;
    n->from_day = first;
    n->to_day = last;
    dx_node_list_add(p->q, out, node);
    return DX_OK;
}

/* A value without quotation marks: up to a blank, but "[2023 TO 2024]" whole;
 * parentheses within it count. */
static const char *value_end(const char *p, const char *end,
    dx_query_field field)
{
    uint32_t open = 0;

    if (dx_query_is_date(field) && p < end && *p == '[') {
        const char *close = memchr(p, ']', (size_t)(end - p));
        return close ? close + 1 : end;
    }
    for (; p < end; p++) {
        if (*p == '(')
            open++;
        else if (*p == ')' && open > 0)
            open--;
        else if (dx_query_is_boundary(p, end))
            break;
    }
    return p;
}

/* Whether the words from `p` on go on with the value before it, as those of
 * source:(Báo Bắc Giang OR Báo Bắc Ninh) do. */
static bool value_goes_on(dx_query_parser *p, const char *at)
{
    dx_query_name name;

    return dx_query_has_operand(at, p->end) && dx_query_is_letter(*at) &&
           !dx_query_is_not(at, p->end) && !dx_query_quote_len(at, p->end) &&
           !dx_query_field_at(p->analyzer, at, p->end, &name);
}

dx_status dx_query_read_value(dx_query_parser *p, const dx_query_marks *m,
    dx_node_list *out)
{
    const char *from = p->at;
    dx_query_field field = m->name.field;

    p->at = value_end(from, p->end, field);
    while (!m->own_name && !dx_query_is_date(field)) {
        const char *next = dx_query_skip_blanks(p->at, p->end);
        if (!value_goes_on(p, next))
            break;
        p->at = value_end(next, p->end, field);
    }
    return add_filter(p, m, from, (dx_str){from, (size_t)(p->at - from)}, out);
}

/* ---- values in quotation marks ---- */

/* The bytes that a backslash and the quotation mark or backslash behind it are;
 * 0 when there is none. */
static size_t escape_len(const char *p, const char *end)
{
    if (p == end || *p != '\\' || p + 1 == end)
        return 0;
    return p[1] == '\\' ? 2
           : dx_query_quote_len(p + 1, end)
               ? 1 + dx_query_quote_len(p + 1, end)
               : 0;
}

/* A quotation mark within the value opens if it stands before a word and behind
 * nothing of one. */
static bool opens(const char *from, const char *p, const char *end)
{
    const char *next = p + dx_query_quote_len(p, end);
    bool behind = p == from || dx_query_is_blank(p[-1]) || p[-1] == '(';

    return behind && next < end && dx_query_is_letter(*next) &&
           !dx_query_quote_len(next, end);
}

/* The mark that closes the value, the others being in pairs: source:"Báo "Tuổi
 * trẻ"". With an odd one it is the next. */
static const char *closing_mark(const char *from, const char *end)
{
    const char *first = NULL;
    uint32_t open = 0;

    for (const char *p = from; p < end; p++) {
        size_t escape = escape_len(p, end), mark = dx_query_quote_len(p, end);
        if (escape > 0) {
            p += escape - 1;
            continue;
        }
        if (mark == 0)
            continue;
        first = first ? first : p;
        if (opens(from, p, end))
            open++;
        else if (open-- == 0)
            return p;
        p += mark - 1;
    }
    return first && open > 0 ? first : end;
}

dx_status dx_query_read_quoted_value(dx_query_parser *p,
    const dx_query_marks *m, dx_node_list *out)
{
    const char *from = p->at + dx_query_quote_len(p->at, p->end);
    const char *to = closing_mark(from, p->end);
    dx_buf value;

    dx_buf_init(&value, VALUE_MAX_BYTES);
    for (const char *at = from; at < to; at++)
        if (escape_len(at, to) > 0)
            dx_buf_putc(&value, *++at);
        else
            dx_buf_putc(&value, *at);
    p->at = to + dx_query_quote_len(to, p->end);
    dx_status rc = value.status;
    if (rc == DX_OK)
        rc = add_filter(p, m, from,
            (dx_str){dx_buf_cstr(&value), value.len}, out);
    dx_buf_free(&value);
    return rc;
}
