/* dxindex dump: what the index knows of a term, or of an article. */
#include <assert.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/arena.h"
#include "common/index/codec/list.h"
#include "common/index/field/attribute.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/id.h"
#include "common/index/segment/meta.h"
#include "common/index/segment/pairs.h"
#include "common/index/segment/segment.h"
#include "common/text/analyzer.h"
#include "common/text/lexer.h"
#include "common/text/term.h"
#include "indexer/cli/commands.h"
#include "indexer/cli/dump_doc.h"
#include "indexer/cli/merged.h"
#include "indexer/cli/options.h"
#include "indexer/cli/reading.h"

static const char usage[] =
    "Usage: dxindex dump [--index DIR] [--limit N] TERM…\n"
    "       dxindex dump [--index DIR] [--limit N] [--exact] [--prefix P]\n"
    "       dxindex dump [--index DIR] --doc ID\n"
    "Prints what the index holds, tab separated, deleted articles left out.\n\n"
    "TERM…    of each its kind, itself and the number of articles with it; then\n"
    "         these articles' ids and the term's weighted frequency there. An\n"
    "         accented word is looked up as spelt, another one as folded,\n"
    "         two words as a pair; title:WORD in titles only; with source:,\n"
    "         category:, author:, tag:, site:, province:, agency:, doctype:,\n"
    "         lang:, type: or short: before it what articles are labelled with\n"
    "no TERM  the dictionary: each folded term and its number of articles\n\n"
    "  -i, --index DIR      the index; default $DX_INDEX, else ./dx.index\n"
    "      --limit N        at most N articles, or folded terms\n"
    "      --prefix P       of the dictionary, the terms that start with P\n"
    "      --exact          of the dictionary, also each spelling\n"
    "      --doc ID         the article's stored fields, text and tokens\n"
    "  -h, --help           this help\n";

#define TITLE_WORD "title:"

typedef struct dump_options {
    const char *index, *doc;
    dx_str prefix;
    uint64_t limit;
    bool exact;
} dump_options;

/* ---- what a TERM argument names ---- */

typedef struct term_word {
    dx_str exact, folded; /* with the title mark, where wanted */
} term_word;

typedef struct wanted {
    dx_arena arena; /* the strings */
    term_word words[2];
    size_t count;
    bool accented, title;
} wanted;

static dx_str keep(wanted *w, dx_str s)
{
    char *copy = dx_arena_alloc(&w->arena, s.len + 1);

    if (!copy)
        return (dx_str){NULL, 0};
    *copy = DX_TITLE_MARK;
    memcpy(copy + 1, s.ptr, s.len);
    return w->title ? (dx_str){copy, s.len + 1} : (dx_str){copy + 1, s.len};
}

static bool is_ascii(dx_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] >= 0x80)
            return false;
    return true;
}

/* NULL, or what is wrong with the argument. */
static const char *add_word(wanted *w, const dx_term *t)
{
    if (w->count == 2)
        return "give one word, or two in quotes for a pair";
    if (w->count == 1 && w->title)
        return "there are no pairs of titles alone; give one word";
    term_word *word = &w->words[w->count++];
    word->exact = keep(w, t->exact);
    word->folded = keep(w, t->folded);
    w->accented = !is_ascii(t->exact);
    return word->exact.ptr && word->folded.ptr ? NULL : "out of memory";
}

static const char *parse_term(wanted *w, dx_analyzer *a, dx_str text)
{
    dx_lexer lx = dx_lexer_new(text);
    dx_str gap, word;
    const dx_term *terms;
    size_t count;

    while (dx_lexer_next(&lx, &gap, &word)) {
        if (dx_analyzer_word(a, word, &terms, &count) != DX_OK)
            return "out of memory";
        for (size_t i = 0; i < count; i++) {
            const char *fault = add_word(w, &terms[i]);
            if (fault)
                return fault;
            if (terms[i].overlay) /* a whole date or document number */
                break;
        }
    }
    return w->count ? NULL : "there is no word in it";
}

static const char *parse_attribute(wanted *w, dx_analyzer *a,
    dx_attribute attribute, dx_str value)
{
    const char *fault = NULL;
    dx_buf key;

    dx_buf_init(&key, 2 * DX_ATTRIBUTE_KEY_MAX_BYTES);
    if (dx_attribute_fold(a, attribute, value, &key) != DX_OK)
        fault = "out of memory";
    else if (key.len == DX_ATTRIBUTE_PREFIX_BYTES)
        fault = "there is no word in it";
    else
        w->words[w->count++].folded =
            keep(w, (dx_str){(const char *)key.data, key.len});
    dx_buf_free(&key);
    return !fault && !w->words[0].folded.ptr ? "out of memory" : fault;
}

static const char *parse(wanted *w, dx_analyzer *a, dx_str arg)
{
    size_t mark = strlen(TITLE_WORD);
    dx_attribute attribute;

    if (dx_attribute_of_prefix(arg, &attribute)) {
        size_t n = strlen(dx_attribute_prefix(attribute));
        return parse_attribute(w, a, attribute,
            (dx_str){arg.ptr + n, arg.len - n});
    }
    w->title = arg.len >= mark && memcmp(arg.ptr, TITLE_WORD, mark) == 0;
    return parse_term(w, a,
        w->title ? (dx_str){arg.ptr + mark, arg.len - mark} : arg);
}

/* ---- its postings ---- */

static dx_status find_list(const wanted *w, const dx_segment *s, dx_list *out)
{
    uint32_t folded = dx_segment_find_folded(s, w->words[0].folded);

    *out = (dx_list){0};
    if (folded == DX_ID_NONE)
        return DX_OK;
    if (w->count == 1 && !w->accented)
        return dx_segment_folded_list(s, folded, out);
    if (w->count == 1)
        return dx_segment_exact_list(s,
            dx_segment_find_exact(s, folded, w->words[0].exact), out);
    uint32_t second = dx_segment_find_folded(s, w->words[1].folded);
    return second == DX_ID_NONE ? DX_OK
                                : dx_segment_pair_list(s, folded, second, out);
}

static dx_status count_live(const dx_generation *g, const wanted *w,
    dx_postings_room *room, uint64_t *df)
{
    dx_list list;
    uint32_t count;

    *df = 0;
    for (size_t i = 0; i < g->segment_count; i++) {
        DX_TRY(find_list(w, g->segments[i], &list));
        DX_TRY(dx_postings_live(room, g->segments[i], &list, &count));
        *df += count;
    }
    return DX_OK;
}

static void print_head(const wanted *w, uint64_t df)
{
    bool pair = w->count == 2, exact = w->accented && !pair;

    printf("%s\t", pair ? "pair" : exact ? "exact" : "folded");
    dx_cli_put_field(stdout, exact ? w->words[0].exact : w->words[0].folded);
    if (pair) {
        putchar(' ');
        dx_cli_put_field(stdout, w->words[1].folded);
    }
    printf("\t%llu\n", (unsigned long long)df);
}

static dx_status print_postings(const dx_generation *g, const wanted *w,
    dx_postings_room *room, uint64_t limit)
{
    dx_meta_reader r;
    dx_status rc = DX_OK;

    dx_meta_reader_init(&r);
    for (size_t i = 0; i < g->segment_count && rc == DX_OK; i++) {
        const dx_segment *s = g->segments[i];
        dx_list list;
        uint32_t count = 0;
        rc = find_list(w, s, &list);
        if (rc == DX_OK)
            rc = dx_postings_live(room, s, &list, &count);
        for (uint32_t k = 0; k < count && rc == DX_OK && limit > 0; k++) {
            dx_meta meta;
            rc = dx_segment_read_meta(s, room->docs[k], &r, &meta);
            if (rc != DX_OK)
                break;
            printf("posting\t");
            dx_cli_put_field(stdout, meta.id);
            printf("\t%u\n", room->tfs[k]);
            limit--;
        }
    }
    dx_meta_reader_free(&r);
    return rc;
}

static int dump_term(const dx_generation *g, dx_analyzer *a, const char *arg,
    dx_postings_room *room, const dump_options *o)
{
    wanted w = {.count = 0};
    uint64_t df;
    const char *fault = parse(&w, a, dx_str_from(arg));
    dx_status rc = DX_OK;

    if (!fault)
        rc = count_live(g, &w, room, &df);
    if (!fault && rc == DX_OK) {
        print_head(&w, df);
        rc = print_postings(g, &w, room, o->limit);
    }
    dx_arena_free(&w.arena);
    if (fault || rc != DX_OK)
        fprintf(stderr, "dxindex: %s: %s\n", arg,
            fault ? fault : dx_status_text(rc));
    return fault ? DX_EXIT_USAGE : rc == DX_OK ? DX_EXIT_OK : DX_EXIT_FAILED;
}

static int dump_terms(const dx_generation *g, const dump_options *o,
    char **args, int count)
{
    dx_postings_room room;
    dx_status rc = dx_postings_room_init(&room, g);
    dx_analyzer *a = dx_analyzer_new();
    int status = DX_EXIT_OK;

    if (rc != DX_OK || !a) {
        fputs("dxindex: out of memory\n", stderr);
        status = DX_EXIT_FAILED;
    }
    for (int i = 0; i < count && status == DX_EXIT_OK; i++)
        status = dump_term(g, a, args[i], &room, o);
    dx_analyzer_free(a);
    dx_postings_room_free(&room);
    return status;
}

/* ---- the dictionary ---- */

typedef struct dictionary {
    uint64_t left; /* folded terms that may still be printed */
    bool exact;
} dictionary;

static dx_status print_term(void *ctx, const dx_merged_term *term)
{
    dictionary *d = ctx;

    if (term->exact.ptr) {
        if (d->exact && term->df) {
            printf("exact\t");
            dx_cli_put_field(stdout, term->exact);
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
    dx_cli_put_field(stdout, term->folded);
    printf("\t%llu\n", (unsigned long long)term->df);
    return DX_OK;
}

/* "title:ab" and "source:ab" as they begin in the dictionary. */
static dx_str stored_prefix(dx_str p, char out[2 * DX_TERM_MAX_BYTES])
{
    size_t n = strlen(TITLE_WORD), marks = 1;
    dx_attribute attribute;

    out[0] = DX_TITLE_MARK;
    if (dx_attribute_of_prefix(p, &attribute)) {
        n = strlen(dx_attribute_prefix(attribute));
        marks = DX_ATTRIBUTE_PREFIX_BYTES;
        out[0] = DX_ATTRIBUTE_MARK;
        out[1] = (char)attribute;
    } else if (p.len < n || memcmp(p.ptr, TITLE_WORD, n) != 0) {
        return p;
    }
    if (p.len - n + marks > 2 * DX_TERM_MAX_BYTES)
        return p;
    assert(p.ptr); /* it has the prefix */
    memcpy(out + marks, p.ptr + n, p.len - n);
    return (dx_str){out, p.len - n + marks};
}

static int dump_dictionary(const dx_generation *g, const dump_options *o)
{
    dictionary d = {o->limit, o->exact};
    char prefix[2 * DX_TERM_MAX_BYTES];
    dx_str p = stored_prefix(o->prefix, prefix);
    dx_status rc = dx_merged_walk(g, p, false, print_term, &d);
    if (rc == DX_OK || rc == DX_ERR_LIMIT)
        return DX_EXIT_OK;
    fprintf(stderr, "dxindex: the dictionary: %s\n", dx_status_text(rc));
    return DX_EXIT_FAILED;
}

/* ---- the command ---- */

static bool parse_limit(const char *s, uint64_t *out)
{
    char *end;

    errno = 0;
    *out = strtoull(s, &end, 10);
    return end != s && *end == '\0' && *s != '-' && errno == 0;
}

/* -1 to go on, or an exit status. */
static int parse_options(int argc, char **argv, dump_options *o)
{
    static const struct option options[] = {
        {"index", required_argument, NULL, 'i'},
        {"limit", required_argument, NULL, 'l'},
        {"prefix", required_argument, NULL, 'p'},
        {"exact", no_argument, NULL, 'e'},
        {"doc", required_argument, NULL, 'd'},
        {"help", no_argument, NULL, 'h'}, {0}};
    int option;

    *o = (dump_options){.index = dx_cli_default_index(), .limit = UINT64_MAX,
        .prefix = DX_STR_LIT("")};
    while ((option = getopt_long(argc, argv, "i:h", options, NULL)) != -1) {
        if (option == 'i')
            o->index = optarg;
        else if (option == 'l' && parse_limit(optarg, &o->limit))
            continue;
        else if (option == 'p')
            o->prefix = dx_str_from(optarg);
        else if (option == 'e')
            o->exact = true;
        else if (option == 'd')
            o->doc = optarg;
        else {
            fputs(usage, option == 'h' ? stdout : stderr);
            return option == 'h' ? DX_EXIT_OK : DX_EXIT_USAGE;
        }
    }
    return -1;
}

int dx_command_dump(int argc, char **argv)
{
    dump_options o;
    dx_cli_index ix;
    int status = parse_options(argc, argv, &o);

    if (status >= 0)
        return status;
    if (o.doc && optind < argc) {
        fputs(usage, stderr);
        return DX_EXIT_USAGE;
    }
    status = dx_cli_index_open(o.index, &ix);
    if (status >= 0)
        return status;
    if (o.doc)
        status = dx_dump_doc(&ix.generation, o.doc);
    else if (optind < argc)
        status = dump_terms(&ix.generation, &o, argv + optind, argc - optind);
    else
        status = dump_dictionary(&ix.generation, &o);
    dx_cli_index_close(&ix);
    int written = dx_cli_end_output();
    return status == DX_EXIT_OK ? written : status;
}
