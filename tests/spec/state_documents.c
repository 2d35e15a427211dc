/* State documents as text as examples: state_documents.txt beside this file. How it
 * is run: tests/support/examples.h. */
#include <stdio.h>

#include "common/base/arena.h"
#include "common/base/civil.h"
#include "indexer/input/source.h"
#include "tests/support/examples.h"

static void put(dx_buf *out, const char *label, dx_str value)
{
    if (value.len == 0)
        return;
    dx_buf_printf(out, "%s: ", label);
    for (size_t i = 0; i < value.len; i++)
        dx_buf_puts(out,
            value.ptr[i] == '\n' ? " / " : (char[]){value.ptr[i], 0});
    dx_buf_putc(out, '\n');
}

/* " / " stands for the end of a line, " // " for an empty line. */
static void put_lines(dx_buf *text, dx_str question)
{
    const char *p = question.ptr, *end = dx_str_end(question);

    while (p < end) {
        size_t n = 0;
        if (end - p > 4 && memcmp(p, " // ", 4) == 0)
            n = 4;
        else if (end - p > 3 && memcmp(p, " / ", 3) == 0)
            n = 3;
        dx_buf_puts(text, n == 4 ? "\n\n" : n == 3 ? "\n" : "");
        if (n == 0)
            dx_buf_putc(text, *p);
        p += n ? n : 1;
    }
}

static void answer(dx_buf *out, dx_str question)
{
    dx_arena arena = DX_ARENA_INIT;
    dx_input_options options = {0};
    dx_record record = {0};
    char day[DX_CIVIL_BYTES];
    dx_article a = {0};
    dx_buf text;

    dx_buf_init(&text, EXAMPLES_MAX_BYTES);
    put_lines(&text, question);
    record.bytes = (dx_str){(const char *)text.data, text.len};
    examples_must(text.status == DX_OK &&
                      dx_source_read(&dx_source_text, &record, &options,
                          DX_STR_LIT("a.txt"), &arena, &a, NULL) == DX_OK,
        "an example could not be read");
    put(out, "- title", a.title);
    put(out, "- number", a.docno);
    put(out, "- type", a.doctype);
    put(out, "- issuer", a.issuer);
    put(out, "- date", (dx_str){day, dx_civil_put(a.date, day)});
    put(out, "- issued", a.issued);
    put(out, "- signer", a.signer);
    put(out, "- lead", a.lead);
    put(out, "- body", a.body);
    dx_buf_free(&text);
    dx_arena_free(&arena);
}

int main(int argc, char **argv)
{
    static const examples spec = {.name = "state_documents",
        .path = DX_SOURCE_DIR "/tests/spec/state_documents.txt",
        .marks = "-",
        .answer = answer};

    return examples_main(&spec, argc, argv);
}
