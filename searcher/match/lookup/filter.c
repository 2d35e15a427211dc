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

static dx_status fold(folder *f, dx_attribute attribute, dx_str value,
    dx_str *key)
{
    DX_TRY(dx_attribute_fold(f->analyzer, attribute, value, &f->key));
    *key = (dx_str){(const char *)f->key.data, f->key.len};
    return DX_OK;
}

static dx_status list_of(folder *f, const dx_segment *s,
    dx_attribute attribute, dx_str value, dx_list *out)
{
    dx_str key;

    DX_TRY(fold(f, attribute, value, &key));
    return dx_segment_folded_list(s, dx_segment_find_folded(s, key), out);
}

static dx_status find_attribute(const dx_segment *s, dx_attribute attribute,
    dx_str value, dx_filter *out)
{
    folder f;
    dx_status rc = start(&f);

    out->kind = DX_FILTER_LIST;
    if (rc == DX_OK)
        rc = list_of(&f, s, attribute, value, &out->list);
    stop(&f);
    return rc;
}

/* A province of today includes those that became it: old articles are labelled
 * with the names of their time. */
static dx_status add_labels(folder *f, const dx_segment *s, dx_str value,
    dx_arena *scratch, uint64_t *set)
{
    const char *labels[DX_PLACE_LABELS_MAX];
    dx_list list;
    size_t count;
    dx_str key;

    DX_TRY(fold(f, DX_ATTRIBUTE_PROVINCE, value, &key));
    key = (dx_str){key.ptr + DX_ATTRIBUTE_PREFIX_BYTES,
        key.len - DX_ATTRIBUTE_PREFIX_BYTES};
    DX_TRY(dx_place_labels(f->analyzer, key, labels, &count));
    for (size_t i = 0; i < count; i++) {
        DX_TRY(list_of(f, s, DX_ATTRIBUTE_PROVINCE, dx_str_from(labels[i]),
            &list));
        DX_TRY(dx_docset_add_list(set, &list, scratch));
    }
    return DX_OK;
}

static dx_status find_province(const dx_segment *s, dx_str value,
    dx_arena *scratch, uint64_t *set)
{
    folder f;
    dx_status rc = start(&f);

    if (rc == DX_OK)
        rc = add_labels(&f, s, value, scratch, set);
    stop(&f);
    return rc;
}

/* "www.baobacgiang.vn", "baobacgiang.vn": that host and all under it. */
static bool is_host_under(dx_str host, dx_str wanted)
{
    if (host.len < wanted.len ||
        memcmp(dx_str_end(host) - wanted.len, wanted.ptr, wanted.len) != 0)
        return false;
    return host.len == wanted.len || host.ptr[host.len - wanted.len - 1] == '.';
}

static dx_str without_www(dx_str host)
{
    return host.len > 4 && memcmp(host.ptr, "www.", 4) == 0
               ? (dx_str){host.ptr + 4, host.len - 4}
               : host;
}

static dx_status find_hosts(const dx_segment *s, dx_str value,
    dx_arena *scratch, uint64_t *set)
{
    static const char key[] = {DX_ATTRIBUTE_MARK, DX_ATTRIBUTE_SITE};
    uint32_t first, end, exact, exact_end;
    dx_list list;
    dx_str wanted;

    DX_TRY(lower_copy(value, scratch, &wanted));
    wanted = without_www(wanted);
    if (wanted.len == 0)
        return DX_OK;
    dx_segment_find_prefix(s, (dx_str){key, sizeof key}, &first, &end);
    dx_segment_exact_range(s, first, end, &exact, &exact_end);
    for (; exact < exact_end; exact++) {
        dx_str host = dx_segment_exact_string(s, exact);
        if (host.len < sizeof key)
            continue;
        host = (dx_str){host.ptr + sizeof key, host.len - sizeof key};
        if (!is_host_under(host, wanted))
            continue;
        DX_TRY(dx_segment_exact_list(s, exact, &list));
        DX_TRY(dx_docset_add_list(set, &list, scratch));
    }
    return DX_OK;
}

/* Documents of all lists that `find` adds to a set. */
static dx_status find_set(const dx_segment *s, dx_str value,
    dx_status (*find)(const dx_segment *s, dx_str value, dx_arena *scratch,
        uint64_t *set),
    dx_arena *arena, dx_filter *out)
{
    uint64_t *set = dx_docset_new(dx_segment_docs(s), arena);
    dx_arena scratch = DX_ARENA_INIT;

    if (!set)
        return DX_ERR_NOMEM;
    out->kind = DX_FILTER_SET;
    out->set = set;
    dx_status rc = find(s, value, &scratch, set);
    dx_arena_free(&scratch);
    return rc;
}

/* ---- document numbers ---- */

/* The number as a whole is a term; one that is none is in no document. */
static dx_status find_docno(const dx_segment *s, dx_str value, dx_list *out)
{
    dx_analyzer *a = dx_analyzer_new();
    dx_lexer lx = dx_lexer_new(value);
    dx_status rc = a ? DX_OK : DX_ERR_NOMEM;
    const dx_term *terms;
    dx_str gap, word;
    size_t count;
    bool found = false;

    while (rc == DX_OK && !found && dx_lexer_next(&lx, &gap, &word)) {
        rc = dx_analyzer_word(a, word, &terms, &count);
        for (size_t i = 0; rc == DX_OK && i < count && !found; i++) {
            found = terms[i].overlay && terms[i].kind == DX_TERM_DOCNO;
            if (found)
                rc = dx_segment_folded_list(s,
                    dx_segment_find_folded(s, terms[i].folded), out);
        }
    }
    dx_analyzer_free(a);
    return rc;
}

dx_status dx_filter_make(const dx_segment *s, const dx_node *node,
    dx_arena *arena, dx_filter *out)
{
    *out = (dx_filter){.kind = DX_FILTER_EVERY};
    switch (node->field) {
    case DX_IN_AUTHOR:
        return find_attribute(s, DX_ATTRIBUTE_AUTHOR, node->value, out);
    case DX_IN_SOURCE:
        return find_attribute(s, DX_ATTRIBUTE_SOURCE, node->value, out);
    case DX_IN_CATEGORY:
        return find_attribute(s, DX_ATTRIBUTE_CATEGORY, node->value, out);
    case DX_IN_AGENCY:
        return find_attribute(s, DX_ATTRIBUTE_AGENCY, node->value, out);
    case DX_IN_DOCTYPE:
        return find_attribute(s, DX_ATTRIBUTE_DOCTYPE, node->value, out);
    case DX_IN_TAG:
        return find_attribute(s, DX_ATTRIBUTE_TAG, node->value, out);
    case DX_IN_TYPE:
        return find_attribute(s, DX_ATTRIBUTE_TYPE, node->value, out);
    case DX_IN_LANG:
        return find_attribute(s, DX_ATTRIBUTE_LANG, node->value, out);
    case DX_IN_PROVINCE:
        return find_set(s, node->value, find_province, arena, out);
    case DX_IN_SITE:
        return find_set(s, node->value, find_hosts, arena, out);
    case DX_IN_DOCNO:
        out->kind = DX_FILTER_LIST;
        return find_docno(s, node->value, &out->list);
    case DX_IN_URL:
        out->kind = DX_FILTER_URL;
        return lower_copy(node->value, arena, &out->text);
    case DX_IN_DATE:
        out->kind = DX_FILTER_DATE;
        return DX_OK;
    case DX_IN_DUP: /* says which hits are shown, not which documents match */
        return DX_OK;
    case DX_IN_ANY:
    case DX_IN_TITLE:
    case DX_IN_LEAD:
    case DX_IN_BODY:
    case DX_FIELD_COUNT_TYPED:
        break;
    }
    return DX_ERR_INVALID;
}
