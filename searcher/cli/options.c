/* What dxsearch is asked to do, and which wishes exclude each other. */
#include "searcher/cli/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/decimal.h"
#include "common/cli/number.h"
#include "common/cli/options.h"
#include "common/base/mem.h"
#include "searcher/cli/stdout.h"
#include "searcher/output/csv.h"
#include "searcher/output/formats.h"
#include "searcher/output/html/html.h"
#include "searcher/output/json.h"
#include "searcher/output/messages.h"
#include "searcher/output/text.h"
#include "searcher/output/trec.h"

#define COLORS "auto always never"
#define THREADS_MAX 64u
#define TIMEOUT_MAX_MS 3600000u
#define FACETS_MAX 10000u
#define NAMES_BYTES_MAX 1024u
#define QUERY_BYTES_MAX ((size_t)1 << 24)
#define LINE_WORDS_MAX 64

typedef enum option_id {
    OPT_INDEX, OPT_LIMIT, OPT_OFFSET, OPT_ALL, OPT_ANY, OPT_EXACT_ACCENTS,
    OPT_LITERAL, OPT_SYNONYMS,
    OPT_JSON, OPT_FORMAT, OPT_FIELDS, OPT_COLOR, OPT_BATCH, OPT_THREADS, OPT_EXPLAIN,
    OPT_LOG, OPT_LOG_REPORT, OPT_LIKE, OPT_SUGGEST, OPT_PARSE,
    OPT_TIMEOUT, OPT_SORT, OPT_SCOPE,
    OPT_FRESHNESS, OPT_FACETS, OPT_DUPLICATES, OPT_HELP, OPT_VERSION
} option_id;

static const dx_option known[] = {
    {"index", 'i', DX_VALUE_NEEDED, OPT_INDEX, NULL},
    {"limit", 'n', DX_VALUE_NUMBER, OPT_LIMIT, NULL},
    {"offset", '\0', DX_VALUE_NUMBER, OPT_OFFSET, NULL},
    {"all", '\0', DX_VALUE_NONE, OPT_ALL, NULL},
    {"any", '\0', DX_VALUE_NONE, OPT_ANY, NULL},
    {"exact-accents", '\0', DX_VALUE_NONE, OPT_EXACT_ACCENTS, NULL},
    {"literal", '\0', DX_VALUE_NONE, OPT_LITERAL, NULL},
    {"synonyms", '\0', DX_VALUE_NEEDED, OPT_SYNONYMS, NULL},
    {"json", '\0', DX_VALUE_NONE, OPT_JSON, NULL},
    {"format", '\0', DX_VALUE_NEEDED, OPT_FORMAT, NULL},
    {"fields", '\0', DX_VALUE_NEEDED, OPT_FIELDS, NULL},
    {"color", '\0', DX_VALUE_OPTIONAL, OPT_COLOR, COLORS},
    {"batch", '\0', DX_VALUE_NEEDED, OPT_BATCH, NULL},
    {"threads", '\0', DX_VALUE_NUMBER, OPT_THREADS, NULL},
    {"timeout-ms", '\0', DX_VALUE_NUMBER, OPT_TIMEOUT, NULL},
    {"sort", '\0', DX_VALUE_NEEDED, OPT_SORT, NULL},
    {"scope", '\0', DX_VALUE_NEEDED, OPT_SCOPE, NULL},
    {"freshness", '\0', DX_VALUE_NEEDED, OPT_FRESHNESS, NULL},
    {"facets", '\0', DX_VALUE_NUMBER, OPT_FACETS, NULL},
    {"duplicates", '\0', DX_VALUE_NONE, OPT_DUPLICATES, NULL},
    {"log", '\0', DX_VALUE_NEEDED, OPT_LOG, NULL},
    {"log-report", '\0', DX_VALUE_NEEDED, OPT_LOG_REPORT, NULL},
    {"explain", '\0', DX_VALUE_NEEDED, OPT_EXPLAIN, NULL},
    {"like", '\0', DX_VALUE_NEEDED, OPT_LIKE, NULL},
    {"suggest", '\0', DX_VALUE_NONE, OPT_SUGGEST, NULL},
    {"parse", '\0', DX_VALUE_NONE, OPT_PARSE, NULL},
    {"help", 'h', DX_VALUE_NONE, OPT_HELP, NULL},
    {"version", 'V', DX_VALUE_NONE, OPT_VERSION, NULL},
    {0},
};

static int exclude_each_other(const dx_option_reader *r,
    const dx_cli_options *o, const char *name, const char *other)
{
    dx_complain(o->language, DX_SAY_ONE_AT_A_TIME, name, other);
    dx_option_try_help(r);
    return DX_EXIT_USAGE;
}

/* ---- values ---- */

static bool set_format(dx_cli_options *o, const dx_option_reader *r)
{
    unsigned which;
    dx_buf names;

    dx_buf_init(&names, NAMES_BYTES_MAX);
    dx_format_names(DX_FORMAT_TERMINAL, &names);
    dx_buf_puts(&names, " html"); /* of --log-report */
    bool known_one = dx_option_choose(r, dx_buf_cstr(&names), &which);
    dx_buf_free(&names);
    if (known_one)
        o->format = strcmp(r->text, "html") == 0
                        ? &dx_format_html
                        : dx_format_named(r->text, DX_FORMAT_TERMINAL);
    return known_one;
}

static bool set_color(dx_cli_options *o, const dx_option_reader *r)
{
    unsigned which = DX_COLOR_ALWAYS;
    bool known_one = !r->text || dx_option_choose(r, COLORS, &which);

    if (known_one)
        o->color = (dx_color)which;
    return known_one;
}

static bool set_order(dx_cli_options *o, const dx_option_reader *r)
{
    unsigned which;
    bool known_one = dx_option_choose(r, "relevance newest oldest", &which);

    if (known_one)
        o->request.order = (dx_order)which;
    return known_one;
}

static bool set_scope(dx_cli_options *o, const dx_option_reader *r)
{
    unsigned which;
    bool known_one = dx_option_choose(r, "all exact others", &which);

    if (known_one)
        o->request.scope = (dx_scope)which;
    return known_one;
}

static bool set_freshness(dx_cli_options *o, const dx_option_reader *r)
{
    if (dx_decimal_read(r->text, DX_FRESHNESS_MAX, &o->request.freshness))
        return true;
    dx_option_want_number(r, 0, (unsigned)DX_FRESHNESS_MAX);
    return false;
}

static int print_and_exit(dx_cli_options *o, const char *first,
    const char *second)
{
    dx_buf out;

    dx_buf_init(&out, 1u << 16);
    dx_buf_puts(&out, first);
    dx_buf_puts(&out, second);
    bool done = dx_output_flush(&out, o->language);
    dx_buf_free(&out);
    return done ? 0 : DX_EXIT_FAILED;
}

static bool no_memory(const dx_cli_options *o)
{
    dx_complain(o->language, DX_SAY_NO_MEMORY);
    return false;
}

static bool add_index(dx_cli_options *o, const dx_option_reader *r)
{
    const char *name;

    return dx_option_directory(r, &name) &&
           (dx_index_names_add(&o->indexes, name) || no_memory(o));
}

static bool add_log(dx_cli_options *o, const char *name)
{
    void *logs = o->logs;

    if (dx_grow(&logs, &o->log_cap, o->log_count + 1, sizeof *o->logs) != 0)
        return no_memory(o);
    o->logs = logs;
    o->logs[o->log_count++] = name;
    return true;
}

/* False when the value is wrong, and that was said. Not for help and version. */
static bool set_option(dx_cli_options *o, const dx_option_reader *r)
{
    dx_request *request = &o->request;

    switch ((option_id)r->option->id) {
    case OPT_INDEX:
        return add_index(o, r);
    case OPT_LIMIT:
        return dx_option_number(r, 0, DX_RANK_MAX, &request->limit);
    case OPT_OFFSET:
        return dx_option_number(r, 0, DX_RANK_MAX, &request->offset);
    case OPT_ALL:
        request->match = DX_MATCH_ALL;
        return true;
    case OPT_ANY:
        request->match = DX_MATCH_ANY;
        return true;
    case OPT_EXACT_ACCENTS:
        return request->exact_accents = true;
    case OPT_LITERAL:
        return request->literal = true;
    case OPT_SORT:
        return set_order(o, r);
    case OPT_SCOPE:
        return set_scope(o, r);
    case OPT_FRESHNESS:
        return set_freshness(o, r);
    case OPT_FACETS:
        return dx_option_number(r, 1, FACETS_MAX, &request->facets);
    case OPT_DUPLICATES:
        return o->duplicates = true;
    case OPT_TIMEOUT:
        return dx_option_number(r, 0, TIMEOUT_MAX_MS, &request->timeout_ms);
    case OPT_JSON:
        o->format = &dx_format_json;
        return true;
    case OPT_FORMAT:
        return set_format(o, r);
    case OPT_FIELDS:
        o->fields = r->text;
        return true;
    case OPT_COLOR:
        return set_color(o, r);
    case OPT_SYNONYMS:
        o->synonyms = r->text;
        return true;
    case OPT_BATCH:
        o->batch = r->text;
        return true;
    case OPT_THREADS:
        return dx_option_number(r, 1, THREADS_MAX, &o->threads);
    case OPT_LOG:
        o->log = r->text;
        return true;
    case OPT_LOG_REPORT:
        return add_log(o, r->text);
    case OPT_EXPLAIN:
        o->explain = r->text;
        return true;
    case OPT_LIKE:
        o->like = r->text;
        return true;
    case OPT_SUGGEST:
        return o->suggest = true;
    case OPT_PARSE:
        return o->parse = true;
    case OPT_HELP:
    case OPT_VERSION:
        break;
    }
    return true;
}

static int take_option(dx_cli_options *o, const dx_option_reader *r)
{
    switch (r->option->id) {
    case OPT_HELP:
        return print_and_exit(o, dx_message_usage(o->language), "");
    case OPT_VERSION:
        return print_and_exit(o, "dxsearch " DX_VERSION, "\n");
    default:
        return set_option(o, r) ? -1 : DX_EXIT_USAGE;
    }
}

/* ---- what single options cannot see ---- */

/* Behind --log-report the name of one more log, else a word of the query. */
static bool add_text(dx_cli_options *o, const char *text)
{
    if (o->log_count > 0)
        return add_log(o, text);
    if (o->has_query)
        dx_buf_putc(&o->query, ' ');
    dx_buf_puts(&o->query, text);
    o->has_query = true;
    return true;
}

/* There is one thing to do. */
static int check_modes(const dx_option_reader *r, const dx_cli_options *o)
{
    const struct {
        const char *option;
        bool given;
    } modes[] = {{"--batch", o->batch}, {"--explain", o->explain},
        {"--like", o->like}, {"--suggest", o->suggest}, {"--parse", o->parse},
        {"--log-report", o->log_count > 0}};
    const char *first = NULL;

    if (o->batch && o->suggest && !o->explain && !o->like && !o->parse)
        return -1; /* suggestions for every line */
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        if (modes[i].given && first)
            return exclude_each_other(r, o, modes[i].option + 2, first);
        if (modes[i].given)
            first = modes[i].option;
    }
    return -1;
}

static int check_format(const dx_option_reader *r, const dx_cli_options *o)
{
    bool is_text = !o->format || o->format == &dx_format_text;
    bool is_of_report = is_text || o->format == &dx_format_csv ||
                        o->format == &dx_format_html;
    char other[64];

    if (o->log_count > 0 && !is_of_report) {
        snprintf(other, sizeof other, "--format %s", o->format->name);
        return exclude_each_other(r, o, "log-report", other);
    }
    if (o->log_count == 0 && o->format == &dx_format_html) {
        dx_complain(o->language, DX_SAY_OF_REPORT, "--format html");
        dx_option_try_help(r);
        return DX_EXIT_USAGE;
    }
    if (o->explain && !is_text)
        return exclude_each_other(r, o, "explain", "--format");
    if (o->parse && !is_text)
        return exclude_each_other(r, o, "parse", "--format");
    if (o->suggest && !is_text && o->format != &dx_format_json) {
        snprintf(other, sizeof other, "--format %s", o->format->name);
        return exclude_each_other(r, o, "suggest", other);
    }
    return -1;
}

/* The library refuses what is beyond its limits. */
static int check_limits(const dx_cli_options *o)
{
    bool is_many = o->suggest && o->request.limit > DX_SUGGESTIONS_MAX;
    bool is_deep = o->request.offset + o->request.limit > DX_RANK_MAX;
    char max[DX_FORMAT_BYTES];

    if (!is_many && !is_deep)
        return -1;
    dx_complain(o->language, is_many ? DX_SAY_TOO_MANY : DX_SAY_TOO_DEEP,
        dx_number_text(o->language,
            is_many ? DX_SUGGESTIONS_MAX : DX_RANK_MAX, max));
    return DX_EXIT_USAGE;
}

static int check(const dx_option_reader *r, const dx_cli_options *o)
{
    int status;

    if ((status = check_limits(o)) >= 0 || (status = check_modes(r, o)) >= 0 ||
        (status = check_format(r, o)) >= 0)
        return status;
    if ((o->batch || o->like || o->log_count > 0) && o->has_query)
        return exclude_each_other(r, o,
            o->like    ? "like"
            : o->batch ? "batch"
                       : "log-report",
            dx_message_text(o->language, DX_SAY_A_QUERY));
    if (!o->batch && !o->like && !o->log_count && !o->has_query) {
        dx_complain(o->language, DX_SAY_NO_QUERY);
        dx_option_try_help(r);
        return DX_EXIT_USAGE;
    }
    return -1;
}

/* What follows from the options together. */
static void settle(dx_cli_options *o)
{
    if (!o->format)
        o->format =
            o->batch && !o->suggest ? &dx_format_trec : &dx_format_text;
    o->request.collapse = o->format != &dx_format_trec && !o->duplicates;
}

/* ---- a line of a batch ---- */

static bool is_of_line(int id)
{
    static const bool of_line[] = {[OPT_LIMIT] = true, [OPT_OFFSET] = true,
        [OPT_ALL] = true, [OPT_ANY] = true, [OPT_EXACT_ACCENTS] = true,
        [OPT_LITERAL] = true, [OPT_TIMEOUT] = true, [OPT_SORT] = true,
        [OPT_SCOPE] = true, [OPT_FRESHNESS] = true, [OPT_FACETS] = true,
        [OPT_DUPLICATES] = true, [OPT_LIKE] = true, [OPT_SUGGEST] = true,
        [OPT_VERSION] = false};

    return of_line[id];
}

/* Splits `text` at blanks and tabs, in place; a backslash takes the character after
 * it as it is. Returns how many words there are, the first at words[1], as in
 * argv; 0 when there are too many. */
static int split(char *text, char *words[LINE_WORDS_MAX])
{
    int count = 1;
    char *to = text;

    for (const char *p = text; *p;) {
        if (*p == ' ' || *p == '\t') {
            p++;
            continue;
        }
        if (count == LINE_WORDS_MAX)
            return 0;
        words[count++] = to;
        while (*p && *p != ' ' && *p != '\t') {
            p += *p == '\\' && p[1];
            *to++ = *p++;
        }
        p += *p != '\0';
        *to++ = '\0';
    }
    return count;
}

bool dx_cli_parse_line(char *text, bool has_query, dx_cli_options *o)
{
    char *words[LINE_WORDS_MAX] = {NULL};
    dx_option_reader r = dx_option_reader_new("dxsearch", known,
        split(text, words), words);
    dx_argument what;

    o->batch = NULL;
    while ((what = dx_option_next(&r)) == DX_ARGUMENT_OPTION) {
        if (!is_of_line(r.option->id)) {
            dx_complain(o->language, DX_SAY_NOT_IN_LINE, r.option->name);
            return false;
        }
        if (!set_option(o, &r))
            return false;
    }
    if (what == DX_ARGUMENT_TEXT)
        dx_complain(o->language, DX_SAY_NO_OPTION, r.text);
    o->has_query = has_query || !o->like;
    settle(o);
    return what == DX_ARGUMENT_END && r.argc > 0 && check(&r, o) < 0;
}

/* ---- the command line ---- */

int dx_cli_parse(int argc, char **argv, dx_cli_options *out)
{
    dx_option_reader r = dx_option_reader_new("dxsearch", known, argc, argv);
    dx_argument what;

    r.dash_is_text = true;
    *out = (dx_cli_options){.language = r.language,
        .request = DX_REQUEST_INIT};
    dx_buf_init(&out->query, QUERY_BYTES_MAX);
    while ((what = dx_option_next(&r)) != DX_ARGUMENT_END) {
        if (what == DX_ARGUMENT_TEXT) {
            if (!add_text(out, r.text))
                return DX_EXIT_FAILED;
            continue;
        }
        int status = what == DX_ARGUMENT_WRONG ? DX_EXIT_USAGE
                                               : take_option(out, &r);
        if (status >= 0)
            return status;
    }
    if (out->indexes.count == 0 &&
        !dx_index_names_read(&out->indexes, getenv("DX_INDEX")))
        return no_memory(out), DX_EXIT_FAILED;
    int status = check(&r, out);
    settle(out);
    return status;
}

void dx_cli_options_free(dx_cli_options *options)
{
    dx_buf_free(&options->query);
    dx_free(options->logs);
    dx_index_names_free(&options->indexes);
}
