#include "searcher/cli/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/decimal.h"
#include "searcher/cli/stdout.h"

#define THREADS_MAX 64u
#define TIMEOUT_MAX_MS 3600000u
#define FACETS_MAX 10000u
#define QUERY_BYTES_MAX ((size_t)1 << 24)

typedef enum value { NO_VALUE, NEEDS_VALUE, MAY_HAVE_VALUE } value;

typedef enum option_id {
    OPT_INDEX, OPT_LIMIT, OPT_OFFSET, OPT_ALL, OPT_ANY, OPT_EXACT_ACCENTS,
    OPT_LITERAL, OPT_SYNONYMS,
    OPT_JSON, OPT_FORMAT, OPT_COLOR, OPT_BATCH, OPT_THREADS, OPT_EXPLAIN,
    OPT_LOG, OPT_LIKE, OPT_SUGGEST, OPT_PARSE,
    OPT_TIMEOUT, OPT_SORT, OPT_FRESHNESS, OPT_FACETS, OPT_DUPLICATES, OPT_HELP, OPT_VERSION
} option_id;

typedef struct option {
    const char *name;
    char letter; /* or '\0' */
    value value;
    option_id id;
} option;

static const option known[] = {
    {"index", 'i', NEEDS_VALUE, OPT_INDEX},
    {"limit", 'n', NEEDS_VALUE, OPT_LIMIT},
    {"offset", '\0', NEEDS_VALUE, OPT_OFFSET},
    {"all", '\0', NO_VALUE, OPT_ALL},
    {"any", '\0', NO_VALUE, OPT_ANY},
    {"exact-accents", '\0', NO_VALUE, OPT_EXACT_ACCENTS},
    {"literal", '\0', NO_VALUE, OPT_LITERAL},
    {"synonyms", '\0', NEEDS_VALUE, OPT_SYNONYMS},
    {"json", '\0', NO_VALUE, OPT_JSON},
    {"format", '\0', NEEDS_VALUE, OPT_FORMAT},
    {"color", '\0', MAY_HAVE_VALUE, OPT_COLOR},
    {"batch", '\0', NEEDS_VALUE, OPT_BATCH},
    {"threads", '\0', NEEDS_VALUE, OPT_THREADS},
    {"timeout-ms", '\0', NEEDS_VALUE, OPT_TIMEOUT},
    {"sort", '\0', NEEDS_VALUE, OPT_SORT},
    {"freshness", '\0', NEEDS_VALUE, OPT_FRESHNESS},
    {"facets", '\0', NEEDS_VALUE, OPT_FACETS},
    {"duplicates", '\0', NO_VALUE, OPT_DUPLICATES},
    {"log", '\0', NEEDS_VALUE, OPT_LOG},
    {"explain", '\0', NEEDS_VALUE, OPT_EXPLAIN},
    {"like", '\0', NEEDS_VALUE, OPT_LIKE},
    {"suggest", '\0', NO_VALUE, OPT_SUGGEST},
    {"parse", '\0', NO_VALUE, OPT_PARSE},
    {"help", 'h', NO_VALUE, OPT_HELP},
    {"version", 'V', NO_VALUE, OPT_VERSION},
};
#define KNOWN_COUNT (sizeof known / sizeof *known)

/* ---- complaints ---- */

static int wrong_usage(const dx_cli_options *o)
{
    fprintf(stderr, "%s\n", dx_message_text(o->language, DX_SAY_TRY_HELP));
    return DX_EXIT_USAGE;
}

/* The option that shares the longest beginning with `name`, or NULL. */
static const char *similar_name(const char *name)
{
    const char *best = NULL;
    size_t best_len = 2; /* two letters alike are chance */

    for (size_t i = 0; i < KNOWN_COUNT; i++) {
        size_t len = 0;
        while (name[len] && name[len] == known[i].name[len])
            len++;
        if (len > best_len) {
            best_len = len;
            best = known[i].name;
        }
    }
    return best;
}

static int unknown_option(const dx_cli_options *o, const char *arg)
{
    const char *similar = similar_name(arg + 2);

    fputs("dxsearch: ", stderr);
    fprintf(stderr, dx_message_text(o->language, DX_SAY_UNKNOWN_OPTION), arg);
    if (similar)
        fprintf(stderr, dx_message_text(o->language, DX_SAY_DID_YOU_MEAN),
            similar);
    fputc('\n', stderr);
    fprintf(stderr, dx_message_text(o->language, DX_SAY_SEARCH_FOR_IT), arg);
    fputc('\n', stderr);
    return wrong_usage(o);
}

static int exclude_each_other(const dx_cli_options *o, const char *name,
    const char *other)
{
    dx_complain(o->language, DX_SAY_ONE_AT_A_TIME, name, other);
    return wrong_usage(o);
}

/* ---- values ---- */

/* Decimal digits only: strtoul() would take a sign and blanks. */
static bool parse_number(const char *s, unsigned *out)
{
    unsigned n = 0;

    for (const char *p = s; *p; p++) {
        if (*p < '0' || *p > '9' || n > 100000000u)
            return false;
        n = n * 10 + (unsigned)(*p - '0');
    }
    *out = n;
    return *s != '\0';
}

static int set_number(const dx_cli_options *o, const option *opt,
    const char *text, unsigned min, unsigned max, unsigned *out)
{
    char from[DX_FORMAT_BYTES], to[DX_FORMAT_BYTES];

    if (parse_number(text, out) && *out >= min && *out <= max)
        return -1;
    dx_complain(o->language, DX_SAY_WANT_NUMBER, opt->name, text,
        dx_number_text(o->language, min, from),
        dx_number_text(o->language, max, to));
    return DX_EXIT_USAGE;
}

/* Stores which of the blank-separated `words` is `text`, from 0. */
static int choose(const dx_cli_options *o, const option *opt, const char *text,
    const char *words, unsigned *out)
{
    size_t len = strlen(text), n;

    *out = 0;
    for (const char *p = words; *p; p += n + (p[n] == ' ')) {
        n = strcspn(p, " ");
        if (n == len && memcmp(p, text, n) == 0)
            return -1;
        ++*out;
    }
    dx_complain(o->language, DX_SAY_WANT_WORD, opt->name, text, words);
    return DX_EXIT_USAGE;
}

static int set_format(dx_cli_options *o, const option *opt, const char *text)
{
    unsigned which;
    int status = choose(o, opt, text, "text json trec", &which);

    if (status < 0)
        o->format = (dx_format)(DX_FORMAT_TEXT + which);
    return status;
}

static int set_color(dx_cli_options *o, const option *opt, const char *text)
{
    unsigned which;
    int status = choose(o, opt, text ? text : "always", "auto always never",
        &which);

    if (status < 0)
        o->color = (dx_color)which;
    return status;
}

static int set_order(dx_cli_options *o, const option *opt, const char *text)
{
    unsigned which;
    int status = choose(o, opt, text, "relevance newest oldest", &which);

    if (status < 0)
        o->request.order = (dx_order)which;
    return status;
}

static int set_freshness(dx_cli_options *o, const option *opt, const char *text)
{
    char to[DX_FORMAT_BYTES];

    if (dx_decimal_read(text, DX_FRESHNESS_MAX, &o->request.freshness))
        return -1;
    dx_complain(o->language, DX_SAY_WANT_NUMBER, opt->name, text, "0",
        dx_number_text(o->language, (uint64_t)DX_FRESHNESS_MAX, to));
    return DX_EXIT_USAGE;
}

static int set_index(dx_cli_options *o, const char *text)
{
    o->index = text;
    if (*text)
        return -1;
    dx_complain(o->language, DX_SAY_WANT_DIRECTORY);
    return DX_EXIT_USAGE;
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

/* `given` is NULL where there is no value or it was left out. */
static int set_option(dx_cli_options *o, const option *opt, const char *given)
{
    const char *text = given ? given : "";

    switch (opt->id) {
    case OPT_INDEX:
        return set_index(o, text);
    case OPT_LIMIT:
        return set_number(o, opt, text, 0, DX_RANK_MAX, &o->request.limit);
    case OPT_OFFSET:
        return set_number(o, opt, text, 0, DX_RANK_MAX, &o->request.offset);
    case OPT_ALL:
        o->request.match = DX_MATCH_ALL;
        return -1;
    case OPT_ANY:
        o->request.match = DX_MATCH_ANY;
        return -1;
    case OPT_EXACT_ACCENTS:
        o->request.exact_accents = true;
        return -1;
    case OPT_LITERAL:
        o->request.literal = true;
        return -1;
    case OPT_SORT:
        return set_order(o, opt, text);
    case OPT_FRESHNESS:
        return set_freshness(o, opt, text);
    case OPT_FACETS:
        return set_number(o, opt, text, 1, FACETS_MAX, &o->request.facets);
    case OPT_DUPLICATES:
        o->duplicates = true;
        return -1;
    case OPT_TIMEOUT:
        return set_number(o, opt, text, 0, TIMEOUT_MAX_MS,
            &o->request.timeout_ms);
    case OPT_JSON:
        o->format = DX_FORMAT_JSON;
        return -1;
    case OPT_FORMAT:
        return set_format(o, opt, text);
    case OPT_COLOR:
        return set_color(o, opt, given);
    case OPT_SYNONYMS:
        o->synonyms = text;
        return -1;
    case OPT_BATCH:
        o->batch = text;
        return -1;
    case OPT_THREADS:
        return set_number(o, opt, text, 1, THREADS_MAX, &o->threads);
    case OPT_LOG:
        o->log = text;
        return -1;
    case OPT_EXPLAIN:
        o->explain = text;
        return -1;
    case OPT_LIKE:
        o->like = text;
        return -1;
    case OPT_SUGGEST:
        o->suggest = true;
        return -1;
    case OPT_PARSE:
        o->parse = true;
        return -1;
    case OPT_HELP:
        return print_and_exit(o, dx_message_usage(o->language), "");
    default:
        return print_and_exit(o, "dxsearch " DX_VERSION, "\n");
    }
}

/* ---- arguments ---- */

/* The known option that `arg` is, or NULL; its value in *text if it has one.
 * Letters stand alone ("-n 5"), but a number may follow directly ("-n5"). */
static const option *find_short(const char *arg, const char **text)
{
    unsigned number;

    for (size_t i = 0; i < KNOWN_COUNT; i++) {
        if (!known[i].letter || arg[1] != known[i].letter)
            continue;
        bool has_number = known[i].id == OPT_LIMIT && arg[2] &&
                          parse_number(arg + 2, &number);
        if (arg[2] && !has_number)
            return NULL;
        *text = has_number ? arg + 2 : NULL;
        return &known[i];
    }
    return NULL;
}

static const option *find_long(const char *arg, const char **text)
{
    size_t len = strcspn(arg + 2, "=");

    *text = arg[2 + len] == '=' ? arg + 2 + len + 1 : NULL;
    for (size_t i = 0; i < KNOWN_COUNT; i++)
        if (strlen(known[i].name) == len &&
            memcmp(known[i].name, arg + 2, len) == 0)
            return &known[i];
    return NULL;
}

static bool looks_like_option(const char *arg)
{
    return arg[0] == '-' && arg[1] == '-' && arg[2] >= 'a' && arg[2] <= 'z';
}

static void add_to_query(dx_cli_options *o, const char *text)
{
    if (o->has_query)
        dx_buf_putc(&o->query, ' ');
    dx_buf_puts(&o->query, text);
    o->has_query = true;
}

/* Takes the argument at *at, and its value if that is the next one. */
static int take(dx_cli_options *o, char **argv, int argc, int *at)
{
    const char *arg = argv[*at], *text = NULL;
    const option *opt = looks_like_option(arg) ? find_long(arg, &text)
                        : arg[0] == '-'        ? find_short(arg, &text)
                                               : NULL;

    if (!opt && looks_like_option(arg))
        return unknown_option(o, arg);
    if (!opt) {
        add_to_query(o, arg);
        return -1;
    }
    if (opt->value == NO_VALUE && text) {
        dx_complain(o->language, DX_SAY_TAKES_NO_VALUE, opt->name);
        return wrong_usage(o);
    }
    if (opt->value == NEEDS_VALUE && !text) {
        if (*at + 1 == argc) {
            dx_complain(o->language, DX_SAY_NEEDS_VALUE, opt->name);
            return wrong_usage(o);
        }
        text = argv[++*at];
    }
    return set_option(o, opt, text);
}

/* There is one thing to do. */
static int check_modes(const dx_cli_options *o)
{
    const struct {
        const char *option;
        bool given;
    } modes[] = {{"--batch", o->batch}, {"--explain", o->explain},
        {"--like", o->like}, {"--suggest", o->suggest}, {"--parse", o->parse}};
    const char *first = NULL;

    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        if (modes[i].given && first)
            return exclude_each_other(o, modes[i].option + 2, first);
        if (modes[i].given)
            first = modes[i].option;
    }
    return -1;
}

static int check_format(const dx_cli_options *o)
{
    if (o->explain && o->format > DX_FORMAT_TEXT)
        return exclude_each_other(o, "explain", "--format");
    if (o->suggest && o->format == DX_FORMAT_TREC)
        return exclude_each_other(o, "suggest", "--format trec");
    if (o->parse && o->format > DX_FORMAT_TEXT)
        return exclude_each_other(o, "parse", "--format");
    return -1;
}

/* What single options cannot see. */
static int check(const dx_cli_options *o)
{
    char max[DX_FORMAT_BYTES];
    int status;

    if (o->request.offset + o->request.limit > DX_RANK_MAX) {
        dx_complain(o->language, DX_SAY_TOO_DEEP,
            dx_number_text(o->language, DX_RANK_MAX, max));
        return DX_EXIT_USAGE;
    }
    if ((status = check_modes(o)) >= 0 || (status = check_format(o)) >= 0)
        return status;
    if ((o->batch || o->like) && o->has_query)
        return exclude_each_other(o, o->like ? "like" : "batch",
            dx_message_text(o->language, DX_SAY_A_QUERY));
    if (!o->batch && !o->like && !o->has_query) {
        dx_complain(o->language, DX_SAY_NO_QUERY);
        return wrong_usage(o);
    }
    return -1;
}

int dx_cli_parse(int argc, char **argv, dx_cli_options *out)
{
    const char *index = getenv("DX_INDEX");

    *out = (dx_cli_options){.language = dx_language_from_environment(),
        .index = index && *index ? index : "dx.index",
        .request = DX_REQUEST_INIT};
    dx_buf_init(&out->query, QUERY_BYTES_MAX);
    for (int at = 1; at < argc; at++) {
        if (strcmp(argv[at], "--") == 0) {
            while (++at < argc)
                add_to_query(out, argv[at]);
            break;
        }
        int status = take(out, argv, argc, &at);
        if (status >= 0)
            return status;
    }
    return check(out);
}

void dx_cli_options_free(dx_cli_options *options)
{
    dx_buf_free(&options->query);
}
