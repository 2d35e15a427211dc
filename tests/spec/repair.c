/* Text that is valid UTF-8 and wrong as examples: repair.txt beside this file. How
 * it is run: tests/support/examples.h. */
#include "common/base/arena.h"
#include "indexer/input/chars/repair.h"
#include "tests/support/examples.h"

static void put_text(dx_buf *out, dx_str text)
{
    dx_buf_puts(out, "= ");
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\n')
            dx_buf_puts(out, "\\n");
        else
            dx_buf_putc(out, text.ptr[i]);
    }
    dx_buf_putc(out, '\n');
}

static void answer(dx_buf *out, dx_str question)
{
    dx_arena arena = DX_ARENA_INIT;
    const char *encoding = NULL;
    dx_str repaired = {NULL, 0};
    dx_buf text;

    dx_buf_init(&text, EXAMPLES_MAX_BYTES);
    for (size_t i = 0; i < question.len; i++) {
        bool line_end = i + 2 < question.len && question.ptr[i] == '\\' &&
                        question.ptr[i + 1] == 'n';
        dx_buf_putc(&text, line_end ? '\n' : question.ptr[i]);
        i += line_end;
    }
    examples_must(text.status == DX_OK &&
                      dx_repair((dx_str){(const char *)text.data, text.len},
                          &arena, &repaired, &encoding, NULL) == DX_OK,
        "out of memory");
    if (encoding)
        dx_buf_printf(out, "? %s\n", encoding);
    put_text(out, repaired);
    dx_buf_free(&text);
    dx_arena_free(&arena);
}

int main(int argc, char **argv)
{
    static const examples spec = {.name = "repair",
        .path = DX_SOURCE_DIR "/tests/spec/repair.txt",
        .marks = "?=",
        .answer = answer};

    return examples_main(&spec, argc, argv);
}
