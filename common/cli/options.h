/* options.h -- reads a command line by a table of options.
 *
 *     static const dx_option options[] = {
 *         {"limit", 'n', DX_VALUE_NUMBER, OPT_LIMIT, NULL}, …, {0}};
 *     dx_option_reader r = dx_option_reader_new("dxsearch", options, argc, argv);
 *     while ((what = dx_option_next(&r)) != DX_ARGUMENT_END) …
 *
 * Options may stand anywhere: "--limit 5", "--limit=5", "-n 5", "-n5". All that
 * follows "--" is arguments. What starts with "--" and a letter must be an
 * option, because a mistyped one must not silently become a word.
 *
 * Not by getopt(): `dxsearch chuyển -hội` is a query with an excluded word, and
 * getopt() complains in English only and names no remedy. */
#ifndef DX_CLI_OPTIONS_H
#define DX_CLI_OPTIONS_H

#include <stdbool.h>

#include "common/cli/language.h"

typedef enum dx_option_value {
    DX_VALUE_NONE,
    DX_VALUE_NEEDED,
    DX_VALUE_NUMBER,  /* needed; may follow its letter even in text: "-n5" */
    DX_VALUE_OPTIONAL /* the next argument only if it is one of `words` */
} dx_option_value;

typedef struct dx_option {
    const char *name; /* as after "--"; NULL ends the table */
    char letter;      /* as after '-', or '\0' */
    dx_option_value value;
    int id;            /* the caller's */
    const char *words; /* of an optional value, parted by blanks */
} dx_option;

typedef struct dx_option_reader {
    const char *program; /* begins each complaint */
    const dx_option *options;
    int argc;
    char **argv;
    bool dash_is_text; /* "-word" is an argument if it is no option; set it
                          before reading */
    dx_language language; /* of complaints */
    const dx_option *option; /* the one just read */
    const char *text; /* its value, NULL if it has none; or the argument */
    int at;              /* what follows is for options.c */
    const char *letters; /* left of "-vq" */
    bool only_arguments; /* "--" was read */
} dx_option_reader;

typedef enum dx_argument {
    DX_ARGUMENT_END,
    DX_ARGUMENT_OPTION, /* in option and text */
    DX_ARGUMENT_TEXT,   /* in text */
    DX_ARGUMENT_WRONG   /* what is wrong was said on standard error */
} dx_argument;

/** Reads argv[1..], which has to outlive the reader; speaks the language of the
 *  environment. */
dx_option_reader dx_option_reader_new(const char *program,
    const dx_option *options, int argc, char **argv);

dx_argument dx_option_next(dx_option_reader *r);

/** Decimal digits and nothing else; false also over 10^9. */
bool dx_option_parse_number(const char *s, unsigned *out);

/** The value of the option just read as a number from `min` to `max`. Else false,
 *  and that is said. */
bool dx_option_number(const dx_option_reader *r, unsigned min, unsigned max,
    unsigned *out);

/** Says that a number from `min` to `max` is wanted. */
void dx_option_want_number(const dx_option_reader *r, unsigned min,
    unsigned max);

/** Stores which of the blank-separated `words` the value is, from 0. Else false,
 *  and that is said. */
bool dx_option_choose(const dx_option_reader *r, const char *words,
    unsigned *out);

/** The value as the name of a folder: false for "", and that is said. */
bool dx_option_directory(const dx_option_reader *r, const char **out);

/** Says that `PROGRAM --help` helps. */
void dx_option_try_help(const dx_option_reader *r);

#endif
