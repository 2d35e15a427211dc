/* The query language as examples, against what it does: every example of
 * query.txt beside this file, a query in, what is understood out.
 *
 *     query              tries all; shows those that differ
 *     query -n N         tries the N-th alone, and shows what it gives
 *     query --update     writes what every example gives anew
 *     query --texts DIR  writes every query to a file, for the fuzzers
 *
 * An example is a line "> query"; under it stand the echo, and the warnings as
 * "! from..to: text" with byte positions. A line that starts otherwise explains
 * the examples to the reader. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/buf.h"
#include "searcher/query.h"

#define SPEC DX_SOURCE_DIR "/tests/spec/query.txt"
#define SPEC_MAX_BYTES (1u << 20)

typedef struct example {
    unsigned number; /* from 1 */
    dx_str query;
    dx_str answer; /* lines "= echo" and "! warning" */
} example;

static void must(bool ok, const char *what)
{
    if (ok)
        return;
    fprintf(stderr, "query.txt: %s\n", what);
    exit(2);
}

/* ---- what a query gives ---- */

static void put_answer(dx_buf *out, dx_str text)
{
    char query[4096];
    dx_query q;

    must(text.len < sizeof query, "a query is too long");
    memcpy(query, text.ptr, text.len);
    query[text.len] = '\0';
    must(dx_query_parse(query, &q, NULL) == DX_OK, "no memory");
    dx_buf_puts(out, "=");
    if (q.nodes[0].child != DX_NODE_NONE)
        dx_buf_putc(out, ' ');
    dx_query_echo(&q, out);
    dx_buf_putc(out, '\n');
    for (uint32_t i = 0; i < q.warning_count; i++)
        dx_buf_printf(out, "! %u..%u: %s\n", q.warnings[i].start,
            q.warnings[i].end, q.warnings[i].en);
    dx_query_free(&q);
}

/* ---- the file ---- */

static void load(dx_buf *file)
{
    char piece[4096];
    size_t n;
    FILE *f = fopen(SPEC, "rb");

    must(f != NULL, "cannot be opened");
    while ((n = fread(piece, 1, sizeof piece, f)) > 0)
        dx_buf_put(file, piece, n);
    must(!ferror(f) && file->status == DX_OK, "cannot be read");
    fclose(f);
}

static dx_str line_at(dx_str rest)
{
    const char *end = rest.len ? memchr(rest.ptr, '\n', rest.len) : NULL;

    must(!rest.len || end, "the last line has no end");
    return (dx_str){rest.ptr, end ? (size_t)(end - rest.ptr) + 1 : 0};
}

static dx_str behind(dx_str rest, dx_str line)
{
    return (dx_str){rest.ptr + line.len, rest.len - line.len};
}

static bool is_answer(dx_str line)
{
    return line.len > 1 && (*line.ptr == '=' || *line.ptr == '!') &&
           (line.ptr[1] == ' ' || line.ptr[1] == '\n');
}

/* The next example in *rest; *prose is what stands in front of it. */
static bool next_example(dx_str *rest, dx_str *prose, example *e)
{
    *prose = (dx_str){rest->ptr, 0};
    while (rest->len) {
        dx_str line = line_at(*rest);
        *rest = behind(*rest, line);
        if (line.len < 3 || memcmp(line.ptr, "> ", 2) != 0) {
            prose->len += line.len;
            continue;
        }
        e->number++;
        e->query = (dx_str){line.ptr + 2, line.len - 3};
        e->answer = (dx_str){rest->ptr, 0};
        for (line = line_at(*rest); is_answer(line); line = line_at(*rest)) {
            e->answer.len += line.len;
            *rest = behind(*rest, line);
        }
        return true;
    }
    return false;
}

/* ---- what may be asked ---- */

static void show(dx_str file, const example *e, dx_str got)
{
    unsigned line = 1;

    for (const char *p = file.ptr; p < e->query.ptr; p++)
        line += *p == '\n';
    printf("example %u, line %u\n> %.*s\n", e->number, line,
        (int)e->query.len, e->query.ptr);
    printf("--- expected\n%.*s", (int)e->answer.len, e->answer.ptr);
    printf("--- the parser gives\n%.*s\n", (int)got.len, got.ptr);
}

static int compare(dx_str file, unsigned only, dx_buf *answer)
{
    dx_str rest = file, prose;
    example e = {.number = 0};
    unsigned tried = 0, failed = 0;

    while (next_example(&rest, &prose, &e)) {
        if (only && e.number != only)
            continue;
        dx_buf_clear(answer);
        put_answer(answer, e.query);
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

static int update(dx_str file, dx_buf *answer)
{
    dx_str rest = file, prose;
    example e = {.number = 0};
    FILE *f = fopen(SPEC, "wb");

    must(f != NULL, "cannot be written");
    while (next_example(&rest, &prose, &e)) {
        dx_buf_clear(answer);
        put_answer(answer, e.query);
        fwrite(prose.ptr, 1, prose.len, f);
        fprintf(f, "> %.*s\n%s", (int)e.query.len, e.query.ptr,
            dx_buf_cstr(answer));
    }
    fwrite(prose.ptr, 1, prose.len, f);
    must(fclose(f) == 0, "cannot be written");
    return 0;
}

static int write_texts(dx_str file, const char *dir)
{
    dx_str prose;
    example e = {.number = 0};
    char path[4096];

    while (next_example(&file, &prose, &e)) {
        snprintf(path, sizeof path, "%s/query-%03u", dir, e.number);
        FILE *f = fopen(path, "wb");
        must(f != NULL, "a text cannot be written");
        fwrite(e.query.ptr, 1, e.query.len, f);
        must(fclose(f) == 0, "a text cannot be written");
    }
    return 0;
}

int main(int argc, char **argv)
{
    dx_buf file, answer;
    int status = 2;

    dx_buf_init(&file, SPEC_MAX_BYTES);
    dx_buf_init(&answer, SPEC_MAX_BYTES);
    load(&file);
    dx_str spec = {dx_buf_cstr(&file), file.len};
    if (argc == 1)
        status = compare(spec, 0, &answer);
    else if (argc == 3 && strcmp(argv[1], "-n") == 0)
        status =
            compare(spec, (unsigned)strtoul(argv[2], NULL, 10), &answer);
    else if (argc == 2 && strcmp(argv[1], "--update") == 0)
        status = update(spec, &answer);
    else if (argc == 3 && strcmp(argv[1], "--texts") == 0)
        status = write_texts(spec, argv[2]);
    else
        fputs("usage: query [-n N | --update | --texts DIR]\n", stderr);
    dx_buf_free(&file);
    dx_buf_free(&answer);
    return status;
}
