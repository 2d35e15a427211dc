/* Texts in, each as its encoding and as text out, with a zero byte behind each: what
 * tests/eval/encodings.py measures.
 *
 *     eval_repair          texts in UTF-8
 *     eval_repair --bytes  each in an encoding of its own */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/arena.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/charset.h"
#include "indexer/input/chars/repair.h"

static int print_text(dx_str text, bool bytes)
{
    dx_arena arena = DX_ARENA_INIT;
    const char *encoding = "UTF-8";
    dx_charset charset = DX_CHARSET_UTF8;
    size_t skip = 0;

    if (bytes && (dx_charset_detect(text, &charset, &skip, NULL) != DX_OK ||
                     dx_charset_decode(charset, dx_str_from_offset(text, skip),
                         &arena, &text, NULL) != DX_OK))
        return 1;
    if (charset != DX_CHARSET_UTF8)
        encoding = dx_charset_name(charset);
    if (dx_repair(text, &arena, &text, &encoding, NULL) != DX_OK)
        return 1;
    printf("%s\t", encoding);
    fwrite(text.ptr, 1, text.len, stdout);
    putchar('\0');
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

    while (!failed && (n = getdelim(&text, &room, '\0', stdin)) > 0) {
        n -= text[n - 1] == '\0';
        failed = print_text((dx_str){text, (size_t)n}, bytes);
    }
    free(text);
    return failed;
}
