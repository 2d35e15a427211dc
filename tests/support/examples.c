#include "tests/support/examples.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct example {
    unsigned number; /* from 1 */
    dx_str question;
    dx_str answer; /* its lines */
} example;

void examples_must(bool ok, const char *what)
{
    if (ok)
        return;
    fprintf(stderr, "%s\n", what);
    exit(2);
}

/* ---- the file ---- */

static void load(const char *path, dx_buf *file)
{
    char piece[4096];
    size_t n;
    FILE *f = fopen(path, "rb");

    examples_must(f != NULL, "the examples cannot be opened");
    while ((n = fread(piece, 1, sizeof piece, f)) > 0)
        dx_buf_put(file, piece, n);
    examples_must(!ferror(f) && file->status == DX_OK,
        "the examples cannot be read");
    fclose(f);
}

dx_str examples_line(dx_str rest)
{
    const char *end = rest.len ? memchr(rest.ptr, '\n', rest.len) : NULL;

    examples_must(!rest.len || end, "the last line has no end");
    return (dx_str){rest.ptr, end ? (size_t)(end - rest.ptr) + 1 : 0};
}

dx_str examples_behind(dx_str rest, dx_str line)
{
    return (dx_str){rest.ptr + line.len, rest.len - line.len};
}

static bool is_answer(const examples *spec, dx_str line)
{
    return line.len > 1 && strchr(spec->marks, *line.ptr) &&
           (line.ptr[1] == ' ' || line.ptr[1] == '\n');
}

/* The next example in *rest; *prose is what stands in front of it. */
static bool next_example(const examples *spec, dx_str *rest, dx_str *prose,
    example *e)
{
    *prose = (dx_str){rest->ptr, 0};
    while (rest->len) {
        dx_str line = examples_line(*rest);
        *rest = examples_behind(*rest, line);
        if (line.len < 3 || memcmp(line.ptr, "> ", 2) != 0) {
            prose->len += line.len;
            continue;
        }
        e->number++;
        e->question = (dx_str){line.ptr + 2, line.len - 3};
        e->answer = (dx_str){rest->ptr, 0};
        for (line = examples_line(*rest); is_answer(spec, line);
             line = examples_line(*rest)) {
            e->answer.len += line.len;
            *rest = examples_behind(*rest, line);
        }
        return true;
    }
    return false;
}

/* ---- what may be asked ---- */

static void show(dx_str file, const example *e, dx_str got)
{
    unsigned line = 1;

    for (const char *p = file.ptr; p < e->question.ptr; p++)
        line += *p == '\n';
    printf("example %u, line %u\n> %.*s\n", e->number, line,
        (int)e->question.len, e->question.ptr);
    printf("--- expected\n%.*s", (int)e->answer.len, e->answer.ptr);
    printf("--- the program gives\n%.*s\n", (int)got.len, got.ptr);
}

static int compare(const examples *spec, dx_str file, unsigned only,
    dx_buf *answer)
{
    dx_str rest = file, prose;
    example e = {.number = 0};
    unsigned tried = 0, failed = 0;

    while (next_example(spec, &rest, &prose, &e)) {
        if (only && e.number != only)
            continue;
        dx_buf_clear(answer);
        spec->answer(answer, e.question);
        dx_str got = {dx_buf_cstr(answer), answer->len};
        bool same = dx_str_eq(got, e.answer);
        tried++;
        failed += !same;
        if (!same || only)
            show(file, &e, got);
    }
    printf("%u examples, %u differ\n", tried, failed);
    return tried && !failed ? 0 : 1;
}

static int update(const examples *spec, dx_str file, dx_buf *answer)
{
    dx_str rest = file, prose;
    example e = {.number = 0};
    FILE *f = fopen(spec->path, "wb");

    examples_must(f != NULL, "the examples cannot be written");
    while (next_example(spec, &rest, &prose, &e)) {
        dx_buf_clear(answer);
        spec->answer(answer, e.question);
        fwrite(prose.ptr, 1, prose.len, f);
        fprintf(f, "> %.*s\n%s", (int)e.question.len, e.question.ptr,
            dx_buf_cstr(answer));
    }
    fwrite(prose.ptr, 1, prose.len, f);
    examples_must(fclose(f) == 0, "the examples cannot be written");
    return 0;
}

static int write_texts(const examples *spec, dx_str file, const char *dir)
{
    dx_str prose;
    example e = {.number = 0};
    char path[4096];

    while (next_example(spec, &file, &prose, &e)) {
        snprintf(path, sizeof path, "%s/%s-%03u", dir, spec->name, e.number);
        FILE *f = fopen(path, "wb");
        examples_must(f != NULL, "a text cannot be written");
        fwrite(e.question.ptr, 1, e.question.len, f);
        examples_must(fclose(f) == 0, "a text cannot be written");
    }
    return 0;
}

int examples_main(const examples *spec, int argc, char **argv)
{
    dx_buf file, answer;
    int status = 2;

    dx_buf_init(&file, EXAMPLES_MAX_BYTES);
    dx_buf_init(&answer, EXAMPLES_MAX_BYTES);
    load(spec->path, &file);
    dx_str text = {dx_buf_cstr(&file), file.len};
    if (spec->begin)
        spec->begin(text);
    if (argc == 1)
        status = compare(spec, text, 0, &answer);
    else if (argc == 3 && strcmp(argv[1], "-n") == 0)
        status = compare(spec, text, (unsigned)strtoul(argv[2], NULL, 10),
            &answer);
    else if (argc == 2 && strcmp(argv[1], "--update") == 0)
        status = update(spec, text, &answer);
    else if (argc == 3 && strcmp(argv[1], "--texts") == 0)
        status = write_texts(spec, text, argv[2]);
    else
        fprintf(stderr, "usage: %s [-n N | --update | --texts DIR]\n",
            spec->name);
    dx_buf_free(&file);
    dx_buf_free(&answer);
    return status;
}
