/* Lines in, each as its encoding and as text out: what tests/eval/encodings.py
 * measures.
 *
 *     eval_repair          lines of UTF-8
 *     eval_repair --bytes  each line in an encoding of its own */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/arena.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/charset.h"
#include "indexer/input/chars/repair.h"

static int print_line(dx_str line, bool bytes)
{
    dx_arena arena = DX_ARENA_INIT;
    const char *encoding = "UTF-8";
    dx_charset charset = DX_CHARSET_UTF8;
    size_t skip = 0;

    if (bytes && (dx_charset_detect(line, &charset, &skip, NULL) != DX_OK ||
                     dx_charset_decode(charset, dx_str_from_offset(line, skip),
                         &arena, &line, NULL) != DX_OK))
        return 1;
    if (charset != DX_CHARSET_UTF8)
        encoding = dx_charset_name(charset);
    if (dx_repair(line, &arena, &line, &encoding, NULL) != DX_OK)
        return 1;
    printf("%s\t", encoding);
    fwrite(line.ptr, 1, line.len, stdout);
    putchar('\n');
    dx_arena_free(&arena);
    return 0;
}

int main(int argc, char **argv)
{
    bool bytes = argc == 2 && strcmp(argv[1], "--bytes") == 0;
    char *text = NULL;
    size_t room = 0;
    ssize_t n;
    int failed = 0;

    while (!failed && (n = getline(&text, &room, stdin)) > 0) {
        n -= text[n - 1] == '\n';
        failed = print_line((dx_str){text, (size_t)n}, bytes);
    }
    free(text);
    return failed;
}
