/* What the index holds of a word, a pair or an attribute: its postings. */
#include "indexer/cli/inspect/dump_term.h"

#include <stdio.h>
#include <string.h>

#include "common/base/arena.h"
#include "common/index/codec/list.h"
#include "common/index/field/attribute.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/identity/find.h"
#include "common/index/segment/meta.h"
#include "common/index/segment/pairs.h"
#include "common/index/segment/segment.h"
#include "common/text/analyzer.h"
#include "common/text/lexer.h"
#include "common/text/term.h"
#include "indexer/cli/exit_status.h"
#include "indexer/cli/inspect/live_postings.h"
#include "indexer/cli/inspect/tab_field.h"
#include "indexer/cli/notices.h"

#define TITLE_WORD "title:"

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
        return dx_notice_text(DX_NOTICE_THREE_WORDS);
    if (w->count == 1 && w->title)
        return dx_notice_text(DX_NOTICE_TITLE_PAIR);
    term_word *word = &w->words[w->count++];
    word->exact = keep(w, t->exact);
    word->folded = keep(w, t->folded);
    w->accented = !is_ascii(t->exact);
    return word->exact.ptr && word->folded.ptr ? NULL : dx_notice_text(DX_NOTICE_NO_MEMORY);
}

static const char *parse_term(wanted *w, dx_analyzer *a, dx_str text)
{
    dx_lexer lx = dx_lexer_new(text);
    dx_str gap, word;
    const dx_term *terms;
    size_t count;

    while (dx_lexer_next(&lx, &gap, &word)) {
        if (dx_analyzer_word(a, word, &terms, &count) != DX_OK)
            return dx_notice_text(DX_NOTICE_NO_MEMORY);
        for (size_t i = 0; i < count; i++) {
            const char *fault = add_word(w, &terms[i]);
            if (fault)
                return fault;
            if (terms[i].overlay) /* a whole date or document number */
                break;
        }
    }
    return w->count ? NULL : dx_notice_text(DX_NOTICE_NO_WORD);
}

static const char *parse_attribute(wanted *w, dx_analyzer *a,
    dx_field field, dx_str value)
{
    const char *fault = NULL;
    dx_buf key;

    dx_buf_init(&key, 2 * DX_ATTRIBUTE_KEY_MAX_BYTES);
    if (dx_attribute_fold(a, field, value, &key) != DX_OK)
        fault = dx_notice_text(DX_NOTICE_NO_MEMORY);
    else if (key.len == DX_ATTRIBUTE_PREFIX_BYTES)
        fault = dx_notice_text(DX_NOTICE_NO_WORD);
    else
        w->words[w->count++].folded =
            keep(w, (dx_str){(const char *)key.data, key.len});
    dx_buf_free(&key);
    return !fault && !w->words[0].folded.ptr ? dx_notice_text(DX_NOTICE_NO_MEMORY) : fault;
}

static const char *parse(wanted *w, dx_analyzer *a, dx_str arg)
{
    size_t mark = strlen(TITLE_WORD);
    dx_field field = dx_attribute_named(&arg);

    if (field < DX_FIELDS)
        return parse_attribute(w, a, field, arg);
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
    dx_live_postings *live, uint64_t *df)
{
    dx_list list;
    uint32_t count;

    *df = 0;
    for (size_t i = 0; i < g->segment_count; i++) {
        DX_TRY(find_list(w, g->segments[i], &list));
        DX_TRY(dx_live_postings_decode(live, g->segments[i], &list, &count));
        *df += count;
    }
    return DX_OK;
}

static void print_head(const wanted *w, uint64_t df)
{
    bool pair = w->count == 2, exact = w->accented && !pair;

    printf("%s\t", pair ? "pair" : exact ? "exact" : "folded");
    dx_tab_field_put(stdout, exact ? w->words[0].exact : w->words[0].folded);
    if (pair) {
        putchar(' ');
        dx_tab_field_put(stdout, w->words[1].folded);
    }
    printf("\t%llu\n", (unsigned long long)df);
}

typedef struct id_printer {
    const dx_generation *g;
    dx_meta_reader meta;
    dx_arena arena; /* of one id */
} id_printer;

static dx_status print_id(id_printer *p, uint32_t segment, uint32_t doc)
{
    dx_meta meta;

    dx_arena_reset(&p->arena);
    DX_TRY(dx_segment_read_meta(p->g->segments[segment], doc, &p->meta, &meta));
    dx_str id = dx_article_shown_id(p->g, segment, doc, meta.id, &p->arena);
    dx_tab_field_put(stdout, id);
    return id.ptr ? DX_OK : DX_ERR_NOMEM;
}

static dx_status print_postings(const dx_generation *g, const wanted *w,
    dx_live_postings *live, uint64_t limit)
{
    id_printer p = {.g = g, .arena = DX_ARENA_INIT};
    dx_status rc = DX_OK;

    dx_meta_reader_init(&p.meta);
    for (uint32_t i = 0; i < g->segment_count && rc == DX_OK; i++) {
        dx_list list;
        uint32_t count = 0;
        rc = find_list(w, g->segments[i], &list);
        if (rc == DX_OK)
            rc = dx_live_postings_decode(live, g->segments[i], &list, &count);
        for (uint32_t k = 0; k < count && rc == DX_OK && limit > 0; k++) {
            printf("posting\t");
            rc = print_id(&p, i, live->docs[k]);
            printf("\t%u\n", live->tfs[k]);
            limit--;
        }
    }
    dx_meta_reader_free(&p.meta);
    dx_arena_free(&p.arena);
    return rc;
}

static int dump_term(const dx_generation *g, dx_analyzer *a, const char *arg,
    dx_live_postings *live, uint64_t limit)
{
    wanted w = {.count = 0};
    uint64_t df;
    const char *fault = parse(&w, a, dx_str_from(arg));
    dx_status rc = DX_OK;

    if (!fault)
        rc = count_live(g, &w, live, &df);
    if (!fault && rc == DX_OK) {
        print_head(&w, df);
        rc = print_postings(g, &w, live, limit);
    }
    dx_arena_free(&w.arena);
    if (fault || rc != DX_OK)
        dx_notice_error(DX_NOTICE_FAULT, arg,
            fault ? fault : dx_status_text(rc));
    return fault ? DX_EXIT_USAGE : rc == DX_OK ? DX_EXIT_OK : DX_EXIT_FAILED;
}

int dx_dump_terms(const dx_generation *g, const char *const *terms, size_t count,
    uint64_t limit)
{
    dx_live_postings live;
    dx_status rc = dx_live_postings_init(&live, g);
    dx_analyzer *a = dx_analyzer_new();
    int status = DX_EXIT_OK;

    if (rc != DX_OK || !a) {
        dx_notice_error(DX_NOTICE_NO_MEMORY);
        status = DX_EXIT_FAILED;
    }
    for (size_t i = 0; i < count && status == DX_EXIT_OK; i++)
        status = dump_term(g, a, terms[i], &live, limit);
    dx_analyzer_free(a);
    dx_live_postings_free(&live);
    return status;
}
