/* dxindex stats: how much of what an index holds. */
#include "indexer/cli/inspect/stats.h"

#include <stdio.h>
#include <string.h>

#include "common/base/escape.h"
#include "common/base/mem.h"
#include "common/index/codec/list.h"
#include "common/index/field/attribute.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/layout/manifest.h"
#include "common/index/segment/pairs.h"
#include "common/index/segment/segment.h"
#include "common/index/store/snapshot.h"
#include "common/text/analyzer.h"
#include "indexer/cli/arguments.h"
#include "indexer/cli/exit_status.h"
#include "indexer/cli/inspect/index_view.h"
#include "indexer/cli/inspect/whole_dictionary.h"
#include "indexer/cli/notices.h"

static const char *const usage[] = {
    [DX_ENGLISH] =
        "Usage: dxindex stats [--index DIR] [--json]\n"
        "Tells how many articles and terms the index holds, and what takes how\n"
        "much space.\n\n"
        "  -i, --index DIR      the index; default $DX_INDEX, else ./dx.index\n"
        "      --json           one JSON object instead of a table\n"
        "  -h, --help           this help\n",
    [DX_VIETNAMESE] =
        "Cách dùng: dxindex stats [--index THƯ_MỤC] [--json]\n"
        "Cho biết chỉ mục có bao nhiêu bài, bao nhiêu từ, và cái gì chiếm bao nhiêu\n"
        "chỗ.\n\n"
        "  -i, --index THƯ_MỤC  chỉ mục; mặc định $DX_INDEX, rồi ./dx.index\n"
        "      --json           một đối tượng JSON thay cho bảng\n"
        "  -h, --help           hướng dẫn này\n",
};

enum { OPT_JSON };

static const dx_option options[] = {DX_OPTION_ROW_INDEX,
    {"json", '\0', DX_VALUE_NONE, OPT_JSON, NULL}, DX_OPTION_ROW_HELP, {0}};

/* Parts of a segment: their groups as in JSON, and for people. */
static const struct {
    const char *group;
    dx_notice notice;
} group_notices[] = {
    {"dictionary", DX_NOTICE_PART_DICTIONARY},
    {"syllable lists", DX_NOTICE_PART_SYLLABLES},
    {"pair lists", DX_NOTICE_PAIR_LISTS},
    {"word forms", DX_NOTICE_PART_FORMS},
    {"text", DX_NOTICE_PART_TEXT},
    {"stored fields", DX_NOTICE_PART_FIELDS},
    {"columns", DX_NOTICE_PART_COLUMNS},
};

#define GROUPS_MAX 16u
#define LABEL_COLUMNS 26

typedef struct segment_stats {
    uint32_t id, docs, deleted;
    uint64_t pairs, triples, group_bytes[GROUPS_MAX], bytes;
} segment_stats;

typedef struct stats {
    const char *index;
    const dx_generation *g;
    dx_store_info store;
    uint64_t foldeds, exacts; /* different ones in the whole index */
    uint64_t attributes;      /* likewise; their bytes in lists */
    uint64_t attribute_bytes;
    const char *groups[GROUPS_MAX];
    size_t group_count;
    segment_stats *segments; /* owned */
    segment_stats total;
} stats;

/* ---- gathering ---- */

static size_t group_of(stats *st, dx_part part)
{
    const char *name = dx_part_group(part);
    size_t i = 0;

    while (i < st->group_count && strcmp(st->groups[i], name) != 0)
        i++;
    if (i == st->group_count && i < GROUPS_MAX)
        st->groups[st->group_count++] = name;
    return i;
}

static dx_status count_list(void *ctx, uint32_t last, const dx_list *list)
{
    uint64_t *lists = ctx;

    (void)last;
    (void)list;
    ++*lists;
    return DX_OK;
}

static dx_status add_list_bytes(stats *st, const dx_list *list,
    const uint8_t **before)
{
    const uint8_t *after = dx_list_after(list);
    bool same = list->data == *before;

    if (!after)
        return DX_ERR_CORRUPT;
    *before = list->data;
    if (!same)
        st->attribute_bytes += (uint64_t)(after - list->data);
    return DX_OK;
}

/* Without the lists' heads, which take a byte or two. A folded list may be that
 * of its only exact term: bytes are counted once. */
static dx_status measure_attributes(stats *st, const dx_segment *s)
{
    static const char mark[] = {DX_ATTRIBUTE_MARK};
    uint32_t first, end, exact, exact_end;
    const uint8_t *before = NULL;
    dx_list list;

    dx_segment_find_prefix(s, (dx_str){mark, 1}, &first, &end);
    for (uint32_t f = first; f < end; f++) {
        dx_segment_exact_range(s, f, f + 1, &exact, &exact_end);
        for (; exact < exact_end; exact++) {
            DX_TRY(dx_segment_exact_list(s, exact, &list));
            DX_TRY(add_list_bytes(st, &list, &before));
        }
        DX_TRY(dx_segment_folded_list(s, f, &list));
        DX_TRY(add_list_bytes(st, &list, &before));
    }
    return DX_OK;
}

static dx_status measure_segment(stats *st, const dx_segment *s,
    segment_stats *out)
{
    *out = (segment_stats){.id = dx_segment_id(s),
        .docs = dx_segment_docs(s), .deleted = dx_segment_deleted_count(s)};
    for (uint32_t f = 0; f < dx_segment_folded_count(s); f++)
        DX_TRY(dx_segment_each_pair(s, f, count_list, &out->pairs));
    for (uint32_t i = 0; i < dx_segment_triples_count(s); i++)
        DX_TRY(dx_segment_each_triple(s, i, count_list, &out->triples));
    for (unsigned p = 0; p < DX_PART_COUNT; p++) {
        size_t group = group_of(st, (dx_part)p);
        uint64_t bytes = dx_segment_part_bytes(s, (dx_part)p);
        out->group_bytes[group] += bytes;
        out->bytes += bytes;
        st->total.group_bytes[group] += bytes;
    }
    st->total.bytes += out->bytes;
    st->total.pairs += out->pairs;
    st->total.triples += out->triples;
    return measure_attributes(st, s);
}

static dx_status count_term(void *ctx, const dx_whole_term *term)
{
    stats *st = ctx;

    if (term->folded.len && (*term->folded.ptr == DX_TITLE_MARK ||
                                dx_term_is_outside(term->folded)))
        return DX_OK; /* counted among the others */
    if (dx_term_is_attribute(term->folded)) {
        st->attributes += term->exact.ptr != NULL;
        return DX_OK;
    }
    st->exacts += term->exact.ptr != NULL;
    st->foldeds += term->exact.ptr == NULL;
    return DX_OK;
}

static dx_status measure(stats *st, dx_snapshot *snapshot, dx_error *err)
{
    const dx_generation *g = st->g;
    dx_status rc = DX_OK;

    st->segments = dx_calloc(g->segment_count, sizeof *st->segments);
    if (!st->segments)
        return dx_fail_nomem(err);
    DX_TRY(dx_snapshot_info(snapshot, &st->store, err));
    for (size_t i = 0; i < g->segment_count && rc == DX_OK; i++)
        rc = measure_segment(st, g->segments[i], &st->segments[i]);
    if (rc == DX_OK)
        rc = dx_whole_dictionary_walk(g, (dx_str){"", 0}, true, count_term, st);
    return rc == DX_OK ? dx_generation_damage(g, NULL, err) /* before a figure is printed */
                       : dx_fail(err, rc, "%s: %s; run `dxindex check`",
                             st->index, dx_status_text(rc));
}

/* ---- printing ---- */

static double average_length(const stats *st)
{
    return st->g->docs ? (double)st->g->length_sum / (double)st->g->docs : 0;
}

/* Blanks that are missing to `width`. printf() would count bytes, where these
 * letters take several. */
static int missing(const char *text, int width)
{
    for (const char *c = text; *c; c++)
        width -= ((unsigned char)*c & 0xC0) != 0x80;
    return width > 0 ? width : 0;
}

static void put_label(const char *text)
{
    printf("%s%*s", text, missing(text, LABEL_COLUMNS), "");
}

static void put_heading(dx_notice notice, int width)
{
    const char *text = dx_notice_text(notice);

    printf(" %*s%s", missing(text, width), "", text);
}

static void row(dx_notice name, uint64_t value)
{
    char n[DX_FORMAT_BYTES];

    put_label(dx_notice_text(name));
    printf(" %15s\n", dx_notice_number(value, n));
}

static void byte_row(const char *name, uint64_t bytes, uint64_t of)
{
    char n[DX_FORMAT_BYTES], percent[DX_FORMAT_BYTES];

    put_label(name);
    printf(" %15s  %5s %%\n", dx_notice_number(bytes, n),
        dx_notice_decimal(of ? 100.0 * (double)bytes / (double)of : 0.0,
            percent));
}

static void print_counts(const stats *st)
{
    const dx_generation *g = st->g;
    char n[DX_FORMAT_BYTES];

    put_label(dx_notice_text(DX_NOTICE_INDEX));
    printf(" %s\n", st->index);
    row(DX_NOTICE_FORMAT_VERSION, DX_FORMAT_VERSION);
    row(DX_NOTICE_TEXT_RULES, DX_ANALYZER_ID);
    row(DX_NOTICE_GENERATION, g->number);
    row(DX_NOTICE_ARTICLE_COUNT, g->docs - g->deleted);
    row(DX_NOTICE_DELETED_COUNT, g->deleted);
    row(DX_NOTICE_HIDDEN_COUNT, g->hidden);
    row(DX_NOTICE_SEGMENT_COUNT, g->segment_count);
    row(DX_NOTICE_SYLLABLES, g->length_sum);
    put_label(dx_notice_text(DX_NOTICE_AVERAGE_LENGTH));
    printf(" %15s\n", dx_notice_decimal(average_length(st), n));
    row(DX_NOTICE_FOLDED_TERMS, st->foldeds);
    row(DX_NOTICE_EXACT_TERMS, st->exacts);
    row(DX_NOTICE_ATTRIBUTES, st->attributes);
    row(DX_NOTICE_PAIR_LISTS, st->total.pairs);
    row(DX_NOTICE_TRIPLE_LISTS, st->total.triples);
}

static const char *group_text(const char *group)
{
    for (size_t i = 0; i < sizeof group_notices / sizeof *group_notices; i++)
        if (strcmp(group_notices[i].group, group) == 0)
            return dx_notice_text(group_notices[i].notice);
    return group;
}

static void print_bytes(const stats *st)
{
    const dx_store_info *i = &st->store;
    uint64_t file = i->file_bytes, free = i->pages_free * i->page_bytes;

    printf("\n%s\n", dx_notice_text(DX_NOTICE_BYTES));
    for (size_t k = 0; k < st->group_count; k++)
        byte_row(group_text(st->groups[k]), st->total.group_bytes[k],
            st->total.bytes);
    byte_row(dx_notice_text(DX_NOTICE_ALL_SEGMENTS), st->total.bytes,
        st->total.bytes);
    byte_row(dx_notice_text(DX_NOTICE_ATTRIBUTE_LISTS), st->attribute_bytes,
        st->total.bytes);
    byte_row(dx_notice_text(DX_NOTICE_FILE_BYTES), file, file);
    byte_row(dx_notice_text(DX_NOTICE_FREE_BYTES), free, file);
}

static void print_segments(const stats *st)
{
    char n[4][DX_FORMAT_BYTES];

    const char *first = dx_notice_text(DX_NOTICE_SEGMENT_HEADING);
    printf("\n%s%*s", first, missing(first, 9), "");
    put_heading(DX_NOTICE_ARTICLE_COUNT, 14);
    put_heading(DX_NOTICE_DELETED, 12);
    put_heading(DX_NOTICE_PAIRS_HEADING, 12);
    put_heading(DX_NOTICE_BYTES, 15);
    putchar('\n');
    for (size_t i = 0; i < st->g->segment_count; i++) {
        const segment_stats *s = &st->segments[i];
        printf("%08x %15s %12s %12s %15s\n", s->id,
            dx_notice_number(s->docs - s->deleted, n[0]),
            dx_notice_number(s->deleted, n[1]),
            dx_notice_number(s->pairs, n[2]), dx_notice_number(s->bytes, n[3]));
    }
}

static void put_number(const char *name, uint64_t value)
{
    printf(",\"%s\":%llu", name, (unsigned long long)value);
}

/* "pair lists" as "pair_lists". */
static void print_groups_json(const stats *st, const segment_stats *s)
{
    printf(",\"bytes\":{\"total\":%llu", (unsigned long long)s->bytes);
    for (size_t k = 0; k < st->group_count; k++) {
        fputs(",\"", stdout);
        for (const char *c = st->groups[k]; *c; c++)
            putchar(*c == ' ' ? '_' : *c);
        printf("\":%llu", (unsigned long long)s->group_bytes[k]);
    }
    putchar('}');
}

static void print_features_json(unsigned features)
{
    const char *between = "", *name;

    fputs(",\"features\":[", stdout);
    for (unsigned i = 0; (name = dx_feature_name(i)) != NULL; i++) {
        if (!(features >> i & 1))
            continue;
        printf("%s\"%s\"", between, name);
        between = ",";
    }
    putchar(']');
}

static void print_json(const stats *st)
{
    const dx_generation *g = st->g;
    dx_buf name;

    dx_buf_init(&name, 1u << 16);
    dx_json_put(&name, dx_str_from(st->index));
    printf("{\"index\":%s", name.len ? dx_buf_cstr(&name) : "\"\"");
    dx_buf_free(&name);
    put_number("format", DX_FORMAT_VERSION);
    put_number("analyzer", DX_ANALYZER_ID);
    print_features_json(g->features);
    put_number("generation", g->number);
    put_number("articles", g->docs - g->deleted);
    put_number("deleted", g->deleted);
    put_number("hidden", g->hidden);
    put_number("syllables", g->length_sum);
    printf(",\"average_length\":%.1f", average_length(st));
    put_number("folded_terms", st->foldeds);
    put_number("exact_terms", st->exacts);
    put_number("attributes", st->attributes);
    put_number("attribute_list_bytes", st->attribute_bytes);
    put_number("pair_lists", st->total.pairs);
    put_number("triple_lists", st->total.triples);
    print_groups_json(st, &st->total);
    put_number("file_bytes", st->store.file_bytes);
    put_number("free_bytes", st->store.pages_free * st->store.page_bytes);
    put_number("page_bytes", st->store.page_bytes);
    fputs(",\"segments\":[", stdout);
    for (size_t i = 0; i < g->segment_count; i++) {
        const segment_stats *s = &st->segments[i];
        printf("%s{\"id\":%u", i ? "," : "", s->id);
        put_number("articles", s->docs - s->deleted);
        put_number("deleted", s->deleted);
        put_number("pair_lists", s->pairs);
        put_number("triple_lists", s->triples);
        print_groups_json(st, s);
        putchar('}');
    }
    puts("]}");
}

static int print(const char *index, bool json)
{
    dx_index_view view;
    dx_error err = {0};
    int status = dx_index_view_open(index, &view);

    if (status >= 0)
        return status;
    stats st = {.index = index, .g = &view.generation};
    status = DX_EXIT_FAILED;
    if (measure(&st, view.snapshot, &err) != DX_OK) {
        dx_notice_failure(index, &err);
    } else {
        if (json) {
            print_json(&st);
        } else {
            print_counts(&st);
            print_bytes(&st);
            print_segments(&st);
        }
        status = dx_exit_after_output();
    }
    dx_free(st.segments);
    return dx_index_view_close(&view, status);
}

static int take(void *ctx, const dx_option_reader *r)
{
    (void)r; /* there is but one option */
    *(bool *)ctx = true;
    return -1;
}

int dx_command_stats(int argc, char **argv)
{
    dx_option_reader r =
        dx_option_reader_new("dxindex stats", options, argc, argv);
    bool json = false;
    dx_arguments arguments;
    int status = dx_arguments_read(&r, usage, 0, take, &json, &arguments);

    return status < 0 ? print(arguments.index, json) : status;
}
