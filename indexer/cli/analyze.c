/* dxindex analyze: the terms of a text, one per line, for people who wonder why
 * a word is (not) found, and for other engines that want the same terms. */
#include <stdio.h>
#include <string.h>

#include "common/base/buf.h"
#include "common/text/analyzer.h"
#include "common/text/lexer.h"
#include "common/text/term.h"
#include "indexer/cli/commands.h"
#include "indexer/cli/options.h"

#define TEXT_MAX_BYTES ((size_t)1 << 30)

static const char usage[] =
    "Usage: dxindex analyze [TEXT…]\n"
    "Prints the terms of TEXT (or of standard input): position, kind, exact "
    "and\nfolded form, separated by tabs. A term with '+' names a whole date "
    "or document\nnumber beside its parts.\n";

static const char *const kinds[] = {"syllable", "word", "number", "date",
    "docno"};

static void print_terms(const dx_term *terms, size_t count, unsigned *pos)
{
    unsigned next = *pos;

    for (size_t i = 0; i < count; i++) {
        const dx_term *t = &terms[i];
        printf("%u%s\t%s\t%.*s\t%.*s\n", *pos + t->pos, t->overlay ? "+" : "",
            kinds[t->kind], (int)t->exact.len, t->exact.ptr,
            (int)t->folded.len, t->folded.ptr);
        if (!t->overlay)
            next = *pos + t->pos + 1;
    }
    *pos = next;
}

static int analyze(dx_analyzer *a, dx_str text)
{
    dx_lexer lx = dx_lexer_new(text);
    dx_str gap, word;
    unsigned pos = 0;

    while (dx_lexer_next(&lx, &gap, &word)) {
        const dx_term *terms;
        size_t count;
        if (dx_analyzer_word(a, word, &terms, &count) != DX_OK)
            return DX_EXIT_FAILED;
        print_terms(terms, count, &pos);
    }
    return fflush(stdout) == 0 ? DX_EXIT_OK : DX_EXIT_FAILED;
}

static void gather(int argc, char **argv, dx_buf *text)
{
    char piece[65536];
    size_t n;

    for (int i = 1; i < argc; i++) {
        dx_buf_puts(text, i > 1 ? " " : "");
        dx_buf_puts(text, argv[i]);
    }
    while (argc < 2 && (n = fread(piece, 1, sizeof piece, stdin)) > 0)
        dx_buf_put(text, piece, n);
}

int dx_command_analyze(int argc, char **argv)
{
    dx_analyzer *a = dx_analyzer_new();
    int status = DX_EXIT_FAILED;
    dx_buf text;

    if (argc > 1 && strcmp(argv[1], "--help") == 0) {
        fputs(usage, stdout);
        dx_analyzer_free(a);
        return DX_EXIT_OK;
    }
    dx_buf_init(&text, TEXT_MAX_BYTES);
    gather(argc, argv, &text);
    const char *whole = dx_buf_cstr(&text); /* its NUL may need room, too */
    if (a && text.status == DX_OK)
        status = analyze(a, (dx_str){whole, text.len});
    else
        fprintf(stderr, "dxindex analyze: out of memory, or over 1 GiB\n");
    dx_buf_free(&text);
    dx_analyzer_free(a);
    return status;
}
