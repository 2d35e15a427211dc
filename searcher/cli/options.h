/* options.h -- the command line of dxsearch. What starts with one '-' and is no
 * known option is text: an excluded word. */
#ifndef DX_SEARCHER_CLI_OPTIONS_H
#define DX_SEARCHER_CLI_OPTIONS_H

#include <stdbool.h>

#include "common/base/buf.h"
#include "common/cli/index_names.h"
#include "searcher/include/dx/search.h"
#include "searcher/output/format.h"

/* Exit statuses, as in the manual. */
enum {
    DX_EXIT_FOUND = 0,
    DX_EXIT_NOTHING = 1,
    DX_EXIT_USAGE = 2,
    DX_EXIT_FAILED = 3
};

typedef enum dx_color {
    DX_COLOR_AUTO,
    DX_COLOR_ALWAYS,
    DX_COLOR_NEVER
} dx_color;

typedef struct dx_cli_options {
    dx_language language;
    dx_index_names indexes; /* owned; at least one */
    dx_buf query; /* owned: the words, joined by blanks */
    bool has_query;
    dx_request request;
    const dx_format *format; /* NULL: text, or trec of a batch */
    const char *fields; /* dx_view.fields; or NULL */
    dx_color color;
    const char *synonyms; /* file name, or NULL */
    const char *log;      /* likewise */
    const char *batch;   /* likewise */
    const char *explain; /* article id, or NULL */
    const char *like;    /* likewise, instead of a query */
    bool duplicates;     /* shows each of articles with nearly the same text */
    const char **logs;   /* owned: names of query logs to report on, instead of searching */
    size_t log_count, log_cap;
    bool suggest;        /* likewise */
    bool parse;          /* likewise */
    unsigned threads;    /* 0: all processors */
} dx_cli_options;

/** Parses argv[1..]; returns -1 to go on, or the exit status after having
 *  printed help, version or what is wrong. Call dx_cli_options_free() then
 *  too. */
int dx_cli_parse(int argc, char **argv, dx_cli_options *out);
void dx_cli_options_free(dx_cli_options *options);

/** Reads the options of one line of a batch, "--limit 5 --sort newest", into `o`,
 *  a copy of what the command line says: parted by blanks or tabs; a backslash takes
 *  the character after it as it is. `text` is changed, and must live as long as
 *  `o`, which is not freed. `has_query`: the line has words to search for. False
 *  when something is wrong, and that was said. */
bool dx_cli_parse_line(char *text, bool has_query, dx_cli_options *o);

#endif
