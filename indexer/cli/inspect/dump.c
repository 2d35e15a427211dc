/* dxindex dump: what the index knows of a term, or of an article. */
#include "indexer/cli/inspect/dump.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/index/field/attribute.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/generation.h"
#include "common/text/term.h"
#include "indexer/cli/arguments.h"
#include "indexer/cli/exit_status.h"
#include "indexer/cli/inspect/dump_doc.h"
#include "indexer/cli/inspect/dump_term.h"
#include "indexer/cli/inspect/index_view.h"
#include "indexer/cli/inspect/tab_field.h"
#include "indexer/cli/inspect/whole_dictionary.h"
#include "indexer/cli/notices.h"

static const char *const usage[] = {
    [DX_ENGLISH] =
        "Usage: dxindex dump [--index DIR] [--limit N] TERM…\n"
        "       dxindex dump [--index DIR] [--limit N] [--exact] [--prefix P]\n"
        "       dxindex dump [--index DIR] --doc ID\n"
        "Prints what the index holds, tab separated, deleted articles left out.\n\n"
        "TERM…    of each its kind, itself and the number of articles with it; then\n"
        "         these articles' ids and the term's weighted frequency there. An\n"
        "         accented word is looked up as spelt, another one as folded,\n"
        "         two words as a pair; title:WORD in titles only; with source:\n"
        "         or another attribute of docs/fields.md before it, that value\n"
        "no TERM  the dictionary: each folded term and its number of articles\n\n"
        "  -i, --index DIR      the index; default $DX_INDEX, else ./dx.index\n"
        "      --limit N        at most N articles, or folded terms\n"
        "      --prefix P       of the dictionary, the terms that start with P\n"
        "      --exact          of the dictionary, also each spelling\n"
        "      --doc ID         the article's stored fields, text and tokens\n"
        "  -h, --help           this help\n",
    [DX_VIETNAMESE] =
        "Cách dùng: dxindex dump [--index THƯ_MỤC] [--limit N] TỪ…\n"
        "           dxindex dump [--index THƯ_MỤC] [--limit N] [--exact] [--prefix P]\n"
        "           dxindex dump [--index THƯ_MỤC] --doc MÃ\n"
        "In những gì chỉ mục chứa, cách nhau bằng tab, không kể bài đã xóa.\n\n"
        "TỪ…         với mỗi từ: loại, chính nó và số bài có nó; rồi mã của các bài\n"
        "            ấy và số lần có trọng số của từ trong bài. Từ có dấu được tra\n"
        "            đúng như viết, từ không dấu tra mọi cách viết, hai từ tra như một\n"
        "            cặp; title:TỪ chỉ ở đầu đề; source: hay thuộc tính khác trong\n"
        "            docs/fields.md đứng trước thì tra giá trị ấy của bài\n"
        "không có TỪ từ điển: từng từ không dấu và số bài có nó\n\n"
        "  -i, --index THƯ_MỤC  chỉ mục; mặc định $DX_INDEX, rồi ./dx.index\n"
        "      --limit N        nhiều nhất N bài, hay N từ không dấu\n"
        "      --prefix P       chỉ những từ trong từ điển bắt đầu bằng P\n"
        "      --exact          kèm từng cách viết của từ trong từ điển\n"
        "      --doc MÃ         các trường, văn bản và các từ của bài mang MÃ\n"
        "  -h, --help           hướng dẫn này\n",
};

enum { OPT_LIMIT, OPT_PREFIX, OPT_EXACT, OPT_DOC };

static const dx_option options[] = {
    DX_OPTION_ROW_INDEX,
    {"limit", '\0', DX_VALUE_NEEDED, OPT_LIMIT, NULL},
    {"prefix", '\0', DX_VALUE_NEEDED, OPT_PREFIX, NULL},
    {"exact", '\0', DX_VALUE_NONE, OPT_EXACT, NULL},
    {"doc", '\0', DX_VALUE_NEEDED, OPT_DOC, NULL},
    DX_OPTION_ROW_HELP,
    {0},
};

#define TITLE_WORD "title:"

typedef struct dump_options {
    const char *doc; /* an id, or NULL */
    dx_str prefix;
    uint64_t limit;
    bool exact;
} dump_options;

/* ---- the dictionary ---- */

typedef struct dictionary {
    uint64_t left; /* folded terms that may still be printed */
    bool exact;
} dictionary;

static dx_status print_term(void *ctx, const dx_whole_term *term)
{
    dictionary *d = ctx;

    if (term->exact.ptr) {
        if (d->exact && term->df) {
            printf("exact\t");
            dx_tab_field_put(stdout, term->exact);
            printf("\t%llu\n", (unsigned long long)term->df);
        }
        return DX_OK;
    }
    if (d->left == 0)
        return DX_ERR_LIMIT;
    if (term->df == 0)
        return DX_OK; /* in deleted articles only */
    d->left--;
    printf("folded\t");
    dx_tab_field_put(stdout, term->folded);
    printf("\t%llu\n", (unsigned long long)term->df);
    return DX_OK;
}

/* "title:ab" and "source:ab" as they begin in the dictionary. */
static dx_str stored_prefix(dx_str p, char out[2 * DX_TERM_MAX_BYTES])
{
    size_t n = strlen(TITLE_WORD), marks = 1;
    dx_str value = p;
    dx_field field = dx_attribute_named(&value);

    out[0] = DX_TITLE_MARK;
    if (field < DX_FIELDS) {
        marks = DX_ATTRIBUTE_PREFIX_BYTES;
        out[0] = DX_ATTRIBUTE_MARK;
        out[1] = dx_attribute_sign(field);
    } else if (p.len >= n && memcmp(p.ptr, TITLE_WORD, n) == 0) {
        value = (dx_str){p.ptr + n, p.len - n};
    } else {
        return p;
    }
    if (value.len + marks > 2 * DX_TERM_MAX_BYTES)
        return p;
    if (value.len)
        memcpy(out + marks, value.ptr, value.len);
    return (dx_str){out, value.len + marks};
}

static int dump_dictionary(const dx_generation *g, const dump_options *o)
{
    dictionary d = {o->limit, o->exact};
    char prefix[2 * DX_TERM_MAX_BYTES];
    dx_str p = stored_prefix(o->prefix, prefix);
    dx_status rc = dx_whole_dictionary_walk(g, p, false, print_term, &d);
    if (rc == DX_OK || rc == DX_ERR_LIMIT)
        return DX_EXIT_OK;
    dx_notice_error(DX_NOTICE_DICTIONARY, dx_status_text(rc));
    return DX_EXIT_FAILED;
}

/* ---- the command ---- */

static int set_limit(dump_options *o, const char *s)
{
    char *end;

    errno = 0;
    o->limit = strtoull(s, &end, 10);
    if (end != s && *end == '\0' && *s != '-' && errno == 0)
        return -1;
    dx_notice_error(DX_NOTICE_WANT_COUNT, s);
    return DX_EXIT_USAGE;
}

static int take(void *ctx, const dx_option_reader *r)
{
    dump_options *o = ctx;

    switch (r->option->id) {
    case OPT_LIMIT:
        return set_limit(o, r->text);
    case OPT_PREFIX:
        o->prefix = dx_str_from(r->text);
        return -1;
    case OPT_EXACT:
        o->exact = true;
        return -1;
    default:
        o->doc = r->text;
        return -1;
    }
}

static int dump(const dump_options *o, const dx_arguments *terms)
{
    dx_index_view view;
    int status = dx_index_view_open(terms->index, &view);

    if (status >= 0)
        return status;
    if (o->doc)
        status = dx_dump_doc(&view.generation, o->doc);
    else if (terms->count)
        status = dx_dump_terms(&view.generation, terms->texts, terms->count,
            o->limit);
    else
        status = dump_dictionary(&view.generation, o);
    status = dx_index_view_close(&view, status);
    int written = dx_exit_after_output();
    return status == DX_EXIT_OK ? written : status;
}

int dx_command_dump(int argc, char **argv)
{
    dx_option_reader r = dx_option_reader_new("dxindex dump", options, argc, argv);
    dump_options o = {.limit = UINT64_MAX, .prefix = DX_STR_LIT("")};
    dx_arguments terms;
    int status = dx_arguments_read(&r, usage, SIZE_MAX, take, &o, &terms);

    if (status >= 0)
        return status;
    if (o.doc && terms.count) {
        dx_notice_error(DX_NOTICE_DOC_OR_TERM);
        return dx_arguments_wrong(&r);
    }
    return dump(&o, &terms);
}
