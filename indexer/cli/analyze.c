/* dxindex analyze: the terms of a text, one per line, for people who wonder why
 * a word is (not) found, and for other engines that want the same terms. */
#include "indexer/cli/analyze.h"

#include <stdint.h>
#include <stdio.h>

#include "common/base/buf.h"
#include "common/text/analyzer.h"
#include "common/text/lexer.h"
#include "common/text/term.h"
#include "indexer/cli/arguments.h"
#include "indexer/cli/exit_status.h"
#include "indexer/cli/notices.h"

#define TEXT_MAX_BYTES ((size_t)1 << 30)

static const char *const usage[] = {
    [DX_ENGLISH] =
        "Usage: dxindex analyze [TEXT…]\n"
        "Prints the terms of TEXT (or of standard input): position, kind, exact and\n"
        "folded form, separated by tabs. A term with '+' names a whole date or\n"
        "document number beside its parts.\n\n"
        "  -h, --help           this help\n",
    [DX_VIETNAMESE] =
        "Cách dùng: dxindex analyze [VĂN_BẢN…]\n"
        "In các từ của VĂN_BẢN (hoặc của đầu vào chuẩn): vị trí, loại, dạng có dấu và\n"
        "dạng không dấu, cách nhau bằng tab. Từ có dấu '+' là cả một ngày hay một số\n"
        "hiệu văn bản, bên cạnh các phần của nó.\n\n"
        "  -h, --help           hướng dẫn này\n",
};

static const dx_option options[] = {DX_OPTION_ROW_HELP, {0}};

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
    return dx_exit_after_output();
}

static void gather(const dx_arguments *arguments, dx_buf *text)
{
    char piece[65536];
    size_t n;

    for (size_t i = 0; i < arguments->count; i++) {
        dx_buf_puts(text, i > 0 ? " " : "");
        dx_buf_puts(text, arguments->texts[i]);
    }
    while (arguments->count == 0 && (n = fread(piece, 1, sizeof piece, stdin)) > 0)
        dx_buf_put(text, piece, n);
}

static int run(const dx_arguments *arguments)
{
    dx_analyzer *a = dx_analyzer_new();
    int status = DX_EXIT_FAILED;
    dx_buf text;

    dx_buf_init(&text, TEXT_MAX_BYTES);
    gather(arguments, &text);
    const char *whole = dx_buf_cstr(&text); /* its NUL may need room, too */
    if (a && text.status == DX_OK)
        status = analyze(a, (dx_str){whole, text.len});
    else
        dx_notice_error(DX_NOTICE_TEXT_TOO_LONG);
    dx_buf_free(&text);
    dx_analyzer_free(a);
    return status;
}

int dx_command_analyze(int argc, char **argv)
{
    dx_option_reader r =
        dx_option_reader_new("dxindex analyze", options, argc, argv);
    dx_arguments arguments;

    r.dash_is_text = true;
    int status = dx_arguments_read(&r, usage, SIZE_MAX, NULL, NULL, &arguments);
    return status < 0 ? run(&arguments) : status;
}
