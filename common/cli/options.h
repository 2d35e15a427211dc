/* options.h -- reads a command line by a table of options.
 *
 *     static const dx_option options[] = {
 *         {"limit", 'n', DX_VALUE_NUMBER, OPT_LIMIT, NULL}, …, {0}};
 *     dx_option_reader r = dx_option_reader_new("dxsearch", options, argc, argv);
 *     while ((what = dx_option_next(&r)) != DX_ARGUMENT_END) …
 *
 * Options may stand anywhere: "--limit 5", "--limit=5", "-n 5", "-n5".
 * Everything after "--" is an argument. What starts with "--" and a letter must
 * be an option, because a mistyped one must not silently become a word.
 *
 * Why not getopt(): `dxsearch chuyển -hội` is a query with an excluded word,
 * and getopt() complains in English only, without a remedy. */
#ifndef DX_CLI_OPTIONS_H
#define DX_CLI_OPTIONS_H

#include <stdbool.h>

#include "common/cli/language.h"

typedef enum dx_option_value {
    DX_VALUE_NONE,
    DX_VALUE_NEEDED,
    DX_VALUE_NUMBER,  /* required; may follow its letter even in text: "-n5" */
    DX_VALUE_OPTIONAL /* the next argument only if it is one of `words` */
} dx_option_value;

typedef struct dx_option {
    const char *name; /* as after "--"; NULL ends the table */
    char letter;      /* as after '-', or '\0' */
    dx_option_value value;
    int id;            /* the caller's */
    const char *words; /* for an optional value, separated by blanks */
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
    int at;              /* from here on private to options.c */
    const char *letters; /* what is left of "-vq" */
    bool only_arguments; /* "--" was read */
} dx_option_reader;

typedef enum dx_argument {
    DX_ARGUMENT_END,
    DX_ARGUMENT_OPTION, /* in option and text */
    DX_ARGUMENT_TEXT,   /* in text */
    DX_ARGUMENT_WRONG   /* a complaint is on standard error */
} dx_argument;

/** A reader of argv[1..], which must outlive it. It complains in the language
 *  of the environment. */
dx_option_reader dx_option_reader_new(const char *program,
    const dx_option *options, int argc, char **argv);

dx_argument dx_option_next(dx_option_reader *r);

/** Reads decimal digits and nothing else. False for anything else, or over
 *  10^9. */
bool dx_option_parse_number(const char *s, unsigned *out);

/** Reads the value of the current option as a number from `min` to `max`.
 *  Otherwise complains and returns false. */
bool dx_option_number(const dx_option_reader *r, unsigned min, unsigned max,
    unsigned *out);

/** Complains that the value is no number from `min` to `max`. */
void dx_option_want_number(const dx_option_reader *r, unsigned min,
    unsigned max);

/** Stores which of the blank-separated `words` the value is, from 0. Otherwise
 *  complains and returns false. */
bool dx_option_choose(const dx_option_reader *r, const char *words,
    unsigned *out);

/** Takes the value as the name of a folder. Complains about "" and returns
 *  false. */
bool dx_option_directory(const dx_option_reader *r, const char **out);

/** Points at `PROGRAM --help`. */
void dx_option_try_help(const dx_option_reader *r);

#endif
