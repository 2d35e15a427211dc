/* What a filter of a query is in one segment. */
#include "searcher/match/lookup/filter.h"

#include <string.h>

#include "common/base/buf.h"
#include "common/base/str.h"
#include "common/index/field/attribute.h"
#include "common/index/segment/dictionary.h"
#include "common/names/renames.h"
#include "common/text/analyzer.h"
#include "common/text/lexer.h"
#include "common/text/term.h"
#include "searcher/match/lookup/docset.h"
#include "searcher/query/date.h"

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c | 32) : c; }

static dx_status lower_copy(dx_str s, dx_arena *arena, dx_str *out)
{
    char *copy = dx_arena_strndup(arena, s.ptr, s.len);

    if (!copy)
        return DX_ERR_NOMEM;
    for (size_t i = 0; i < s.len; i++)
        copy[i] = lower(copy[i]);
    *out = (dx_str){copy, s.len};
    return DX_OK;
}

/* Whether `small`, in small letters, stands at `p`, in whatever case. */
static bool stands_at(const char *p, dx_str small)
{
    size_t i = 0;

    while (i < small.len && lower(p[i]) == small.ptr[i])
        i++;
    return i == small.len;
}

/* ---- attributes ---- */

/* What folds values as the index has them. */
typedef struct folder {
    dx_analyzer *analyzer;
    dx_buf key;
} folder;

static dx_status start(folder *f)
{
    dx_buf_init(&f->key, 2 * DX_ATTRIBUTE_KEY_MAX_BYTES);
    f->analyzer = dx_analyzer_new();
    return f->analyzer ? DX_OK : DX_ERR_NOMEM;
}

static void stop(folder *f)
{
    dx_buf_free(&f->key);
    dx_analyzer_free(f->analyzer);
}

static dx_status fold(folder *f, dx_field field, dx_str value,
    dx_str *key)
{
    DX_TRY(dx_attribute_fold(f->analyzer, field, value, &f->key));
    *key = (dx_str){(const char *)f->key.data, f->key.len};
    return DX_OK;
}

static dx_status list_of(folder *f, const dx_segment *s, dx_field field,
    dx_str value, dx_list *out)
{
    dx_str key;

    DX_TRY(fold(f, field, value, &key));
    return dx_segment_folded_list(s, dx_segment_find_folded(s, key), out);
}

static dx_status find_value(const dx_segment *s, dx_field field,
    dx_str value, dx_filter *out)
{
    folder f;
    dx_status rc = start(&f);

    out->kind = DX_FILTER_LIST;
    if (rc == DX_OK)
        rc = list_of(&f, s, field, value, &out->list);
    stop(&f);
    return rc;
}

/* A province of today includes those that became it: old articles are labelled
 * with the names of their time. */
static dx_status add_labels(folder *f, const dx_segment *s, dx_str value,
    dx_arena *scratch, uint64_t *set)
{
    const char *labels[DX_PROVINCE_LABELS_MAX];
    dx_list list;
    size_t count;
    dx_str key;

    DX_TRY(fold(f, DX_FIELD_PROVINCE, value, &key));
    DX_TRY(dx_province_labels(f->analyzer, dx_attribute_value(key), labels,
        &count));
    for (size_t i = 0; i < count; i++) {
        DX_TRY(list_of(f, s, DX_FIELD_PROVINCE, dx_str_from(labels[i]),
            &list));
        DX_TRY(dx_docset_add_list(set, &list, scratch));
    }
    return DX_OK;
}

static dx_status add_province(const dx_segment *s, const dx_node *node,
    dx_arena *scratch, uint64_t *set)
{
    folder f;
    dx_status rc = start(&f);

    if (rc == DX_OK)
        rc = add_labels(&f, s, node->value, scratch, set);
    stop(&f);
    return rc;
}

/* The documents with any value of a field that `fits` the node. */
static dx_status add_fitting(const dx_segment *s, const dx_node *node,
    bool (*fits)(const dx_node *node, dx_str value), dx_arena *scratch,
    uint64_t *set)
{
    dx_field field = dx_query_field_of(node->field);
    const char key[] = {DX_ATTRIBUTE_MARK, dx_attribute_sign(field)};
    uint32_t first, end, exact, exact_end;
    dx_list list;

    dx_segment_find_prefix(s, (dx_str){key, sizeof key}, &first, &end);
    dx_segment_exact_range(s, first, end, &exact, &exact_end);
    for (; exact < exact_end; exact++) {
        if (!fits(node, dx_attribute_value(dx_segment_exact_string(s, exact))))
            continue;
        DX_TRY(dx_segment_exact_list(s, exact, &list));
        DX_TRY(dx_docset_add_list(set, &list, scratch));
    }
    return DX_OK;
}

/* "www.baobacgiang.vn", "baobacgiang.vn": that host and all under it. The index
 * has hosts in small letters, without www. */
static bool is_host_under(const dx_node *node, dx_str host)
{
    static const dx_str www = {"www.", 4};
    dx_str wanted = node->value;

    if (wanted.len > www.len && stands_at(wanted.ptr, www))
        wanted = (dx_str){wanted.ptr + www.len, wanted.len - www.len};
    if (wanted.len == 0 || host.len < wanted.len)
        return false;
    const char *tail = dx_str_end(host) - wanted.len;
    return stands_at(wanted.ptr, (dx_str){tail, wanted.len}) &&
           (tail == host.ptr || tail[-1] == '.');
}

static dx_status add_hosts(const dx_segment *s, const dx_node *node,
    dx_arena *scratch, uint64_t *set)
{
    return add_fitting(s, node, is_host_under, scratch, set);
}

static bool is_day_within(const dx_node *node, dx_str day)
{
    int32_t from, to;

    return dx_query_date_parse(day, DX_SIDE_ON, &from, &to) &&
           from >= node->from_day && to <= node->to_day;
}

static dx_status add_days(const dx_segment *s, const dx_node *node,
    dx_arena *scratch, uint64_t *set)
{
    return add_fitting(s, node, is_day_within, scratch, set);
}

/* Documents of all lists that `add` adds to a set. */
static dx_status find_set(const dx_segment *s, const dx_node *node,
    dx_status (*add)(const dx_segment *s, const dx_node *node,
        dx_arena *scratch, uint64_t *set),
    dx_arena *arena, dx_filter *out)
{
    uint64_t *set = dx_docset_new(dx_segment_docs(s), arena);
    dx_arena scratch = DX_ARENA_INIT;

    if (!set)
        return DX_ERR_NOMEM;
    out->kind = DX_FILTER_SET;
    out->set = set;
    dx_status rc = add(s, node, &scratch, set);
    dx_arena_free(&scratch);
    return rc;
}

/* ---- document numbers ---- */

/* The number as a whole is a term; one that is none is in no text. */
static dx_status find_in_texts(dx_analyzer *a, const dx_segment *s, dx_str value,
    dx_list *out)
{
    dx_lexer lx = dx_lexer_new(value);
    const dx_term *terms;
    dx_str gap, word;
    size_t count;

    *out = (dx_list){0};
    while (dx_lexer_next(&lx, &gap, &word)) {
        DX_TRY(dx_analyzer_word(a, word, &terms, &count));
        for (size_t i = 0; i < count; i++)
            if (terms[i].overlay && terms[i].kind == DX_TERM_DOCNO)
                return dx_segment_folded_list(s,
                    dx_segment_find_folded(s, terms[i].folded), out);
    }
    return DX_OK;
}

static dx_status unite(const dx_segment *s, const dx_list *lists, size_t count,
    dx_arena *arena, uint64_t **out)
{
    uint64_t *set = dx_docset_new(dx_segment_docs(s), arena);

    *out = set;
    if (!set)
        return DX_ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        DX_TRY(dx_docset_add_list(set, &lists[i], arena));
    return DX_OK;
}

/* In their text, as one that they cite, and as their own. */
static dx_status look_up_number(folder *f, const dx_segment *s,
    const dx_node *node, dx_list lists[3])
{
    DX_TRY(find_in_texts(f->analyzer, s, node->value, &lists[0]));
    DX_TRY(list_of(f, s, DX_FIELD_CITES, node->value, &lists[1]));
    return list_of(f, s, DX_FIELD_DOCNO, node->value, &lists[2]);
}

static dx_status find_numbered(const dx_segment *s, const dx_node *node,
    dx_arena *arena, dx_filter *out)
{
    dx_list lists[3] = {{0}};
    uint64_t *set, *own = NULL;
    folder f;
    dx_status rc = start(&f);

    if (rc == DX_OK)
        rc = look_up_number(&f, s, node, lists);
    stop(&f);
    DX_TRY(rc);
    out->kind = DX_FILTER_LIST;
    out->list = lists[0];
    if (lists[1].df + lists[2].df == 0)
        return DX_OK;
    bool is_own_meant = node->field == DX_IN_DOCNO;
    DX_TRY(unite(s, lists, is_own_meant ? 3 : 2, arena, &set));
    if (lists[2].df)
        DX_TRY(unite(s, &lists[2], 1, arena, &own));
    out->kind = DX_FILTER_SET;
    out->set = set;
    if (is_own_meant)
        out->own = own;
    else if (own) /* which has its number in its text, and does not cite itself */
        dx_docset_remove(set, own, dx_segment_docs(s));
    return DX_OK;
}

/* `dup:no` says which hits are shown, not which documents match. */
static dx_status find_dup(const dx_node *node, size_t number, dx_filter *out)
{
    if (node->field != DX_IN_DUP)
        return DX_ERR_INVALID;
    if (node->documents)
        *out = (dx_filter){.kind = DX_FILTER_SET,
            .set = node->documents[number]};
    return DX_OK;
}

dx_status dx_filter_make(const dx_segment *s, size_t number, const dx_node *node,
    dx_arena *arena, dx_filter *out)
{
    dx_field field = dx_query_field_of(node->field);

    *out = (dx_filter){.kind = DX_FILTER_EVERY};
    switch (dx_query_field_find(node->field)) {
    case DX_FIND_VALUE:
        return find_value(s, field, node->value, out);
    case DX_FIND_PROVINCE:
        return find_set(s, node, add_province, arena, out);
    case DX_FIND_HOST:
        return find_set(s, node, add_hosts, arena, out);
    case DX_FIND_DAYS:
        return find_set(s, node, add_days, arena, out);
    case DX_FIND_DOCNO:
        return find_numbered(s, node, arena, out);
    case DX_FIND_PART:
        out->kind = DX_FILTER_URL;
        return lower_copy(node->value, arena, &out->text);
    case DX_FIND_DAY:
        out->kind = DX_FILTER_DATE;
        return DX_OK;
    case DX_FIND_NOT:
        return find_dup(node, number, out);
    case DX_FIND_WORDS:
    case DX_FIND_SELF:
        break;
    }
    return DX_ERR_INVALID;
}
