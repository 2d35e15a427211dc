/* examples.h -- a specification by example: a text file for people, in which a
 * line "> question" stands over what a program answers, one line after another,
 * each with a mark and a blank in front. Any other line explains.
 *
 *     PROGRAM              tries all; shows those that differ
 *     PROGRAM -n N         tries the N-th alone, and shows what it gives
 *     PROGRAM --update     writes what every example gives anew
 *     PROGRAM --texts DIR  writes every question to a file, for the fuzzers */
#ifndef DX_TESTS_EXAMPLES_H
#define DX_TESTS_EXAMPLES_H

#include "common/base/buf.h"
#include "common/base/str.h"

#define EXAMPLES_MAX_BYTES (1u << 20)

typedef struct examples {
    const char *name;  /* of the specification: query */
    const char *path;  /* of its file */
    const char *marks; /* first characters of the lines of an answer: "=!" */
    /* Before the first question, with the whole file; may be NULL. */
    void (*begin)(dx_str file);
    void (*answer)(dx_buf *out, dx_str question);
} examples;

/** What main() returns. */
int examples_main(const examples *spec, int argc, char **argv);

/** Ends the program with a message, unless `ok`. */
void examples_must(bool ok, const char *what);

/** The first line of `rest` with its '\n', which must be there, or an empty
 *  one at the end; and what is left behind it. */
dx_str examples_line(dx_str rest);
dx_str examples_behind(dx_str rest, dx_str line);

#endif
