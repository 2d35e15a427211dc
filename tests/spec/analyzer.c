/* The rules of the analyzer as examples, against what it does: every example of
 * analyzer.txt beside this file, text in, terms out.
 *
 *     analyzer              tries all; shows those that differ
 *     analyzer -n N         tries the N-th alone, and shows its terms
 *     analyzer --update     writes the terms of every example anew
 *     analyzer --texts DIR  writes every text to a file, for the fuzzers
 *
 * The format, and the escapes for what no editor shows, are explained at the
 * head of analyzer.txt. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/buf.h"
#include "common/text/analyzer.h"
#include "common/text/lexer.h"
#include "common/text/term.h"
#include "common/text/utf8.h"

#define SPEC DX_SOURCE_DIR "/tests/spec/analyzer.txt"
#define SPEC_MAX_BYTES (1u << 20)
#define FENCE "```"

static const char *const kinds[] = {"syllable", "word", "number", "date",
    "docno"};

typedef struct example {
    unsigned number;    /* from 1 */
    dx_str text, terms; /* as they stand in the file, escapes and all */
} example;

static void must(bool ok, const char *what)
{
    if (ok)
        return;
    fprintf(stderr, "analyzer.txt: %s\n", what);
    exit(2);
}

/* ---- escapes ---- */

static bool starts_with(dx_str s, const char *prefix)
{
    size_t n = strlen(prefix);

    return s.len >= n && memcmp(s.ptr, prefix, n) == 0;
}

/* Reads "{…}" at the start of *rest, and advances *rest. */
static dx_str braces(dx_str *rest)
{
    const char *close = memchr(rest->ptr, '}', rest->len);

    must(rest->len && *rest->ptr == '{' && close, "an escape without braces");
    dx_str inner = {rest->ptr + 1, (size_t)(close - rest->ptr - 1)};
    rest->len -= inner.len + 2;
    rest->ptr = close + 1;
    return inner;
}

static unsigned long number_of(dx_str s, int base)
{
    char digits[16] = "";

    must(s.len > 0 && s.len < sizeof digits, "a number that is too long");
    memcpy(digits, s.ptr, s.len);
    return strtoul(digits, NULL, base);
}

static void put_escape(dx_buf *out, char name, dx_str *rest)
{
    dx_str arg = braces(rest);
    char bytes[4];

    if (name == 'u') {
        uint32_t c = (uint32_t)number_of(arg, 16);
        dx_buf_put(out, bytes, dx_utf8_encode(c, bytes));
    } else if (name == 'x') {
        dx_buf_putc(out, (char)number_of(arg, 16));
    } else {
        dx_str unit = braces(rest);
        for (unsigned long n = number_of(arg, 10); n > 0; n--)
            dx_buf_put_str(out, unit);
    }
}

static void unescape(dx_str s, dx_buf *out)
{
    while (s.len) {
        bool escape = starts_with(s, "\\u{") || starts_with(s, "\\x{") ||
                      starts_with(s, "\\r{");
        char name = s.len > 1 ? s.ptr[1] : '\0';
        if (!escape)
            dx_buf_putc(out, *s.ptr);
        s.ptr += escape ? 2 : 1;
        s.len -= escape ? 2 : 1;
        if (escape)
            put_escape(out, name, &s);
    }
}

/* ---- terms ---- */

static void put_term(dx_buf *out, const dx_term *t, unsigned pos)
{
    char at[16];

    snprintf(at, sizeof at, "%u%s", pos, t->overlay ? "+" : "");
    dx_buf_printf(out, "%-3s %-8s  ", at, kinds[t->kind]);
    dx_buf_put_str(out, t->exact);
    if (!dx_str_eq(t->exact, t->folded)) {
        dx_buf_puts(out, " → ");
        dx_buf_put_str(out, t->folded);
    }
    dx_buf_putc(out, '\n');
}

static void put_terms(dx_buf *out, dx_str text)
{
    dx_analyzer *a = dx_analyzer_new();
    dx_lexer lx = dx_lexer_new(text);
    dx_str gap, word;
    unsigned pos = 0;

    must(a != NULL, "out of memory");
    while (dx_lexer_next(&lx, &gap, &word)) {
        const dx_term *terms;
        size_t count;
        unsigned running = 0;
        must(dx_analyzer_word(a, word, &terms, &count) == DX_OK, "no memory");
        for (size_t i = 0; i < count; i++) {
            put_term(out, &terms[i], pos + terms[i].pos);
            running += !terms[i].overlay;
        }
        pos += running;
    }
    dx_analyzer_free(a);
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

static bool next_line(dx_str *rest, dx_str *line)
{
    if (rest->len == 0)
        return false;
    const char *end = memchr(rest->ptr, '\n', rest->len);
    must(end != NULL, "the last line has no end");
    *line = (dx_str){rest->ptr, (size_t)(end - rest->ptr)};
    rest->ptr = end + 1;
    rest->len -= line->len + 1;
    return true;
}

/* What stands before the line `stop`. */
static dx_str until(dx_str *rest, dx_str stop)
{
    const char *from = rest->ptr;
    dx_str line;

    while (next_line(rest, &line))
        if (dx_str_eq(line, stop))
            return (dx_str){from, (size_t)(line.ptr - from)};
    must(false, "an example has no end");
    return (dx_str){NULL, 0};
}

/* The next example in *rest; *prose is what stands in front of it. */
static bool next_example(dx_str *rest, dx_str *prose, example *e)
{
    const char *from = rest->ptr;
    dx_str line;

    while (next_line(rest, &line)) {
        if (!dx_str_eq(line, DX_STR_LIT(FENCE)))
            continue;
        *prose = (dx_str){from, (size_t)(line.ptr - from)};
        e->number++;
        e->text = until(rest, DX_STR_LIT("."));
        e->terms = until(rest, DX_STR_LIT(FENCE));
        return true;
    }
    *prose = (dx_str){from, (size_t)(rest->ptr - from)};
    return false;
}

/* ---- what may be asked ---- */

static void get_text(const example *e, dx_buf *text)
{
    dx_str escaped = e->text;

    if (escaped.len)
        escaped.len--; /* the end of its last line */
    dx_buf_clear(text);
    unescape(escaped, text);
}

static void get_terms(const example *e, dx_buf *text, dx_buf *terms)
{
    get_text(e, text);
    dx_buf_clear(terms);
    put_terms(terms, (dx_str){dx_buf_cstr(text), text->len});
}

static void show(dx_str file, const example *e, dx_str terms)
{
    unsigned line = 1;

    for (const char *p = file.ptr; p < e->text.ptr; p++)
        line += *p == '\n';
    printf("example %u, line %u\n%.*s", e->number, line, (int)e->text.len,
        e->text.ptr);
    printf("--- expected\n%.*s", (int)e->terms.len, e->terms.ptr);
    printf("--- the analyzer gives\n%.*s\n", (int)terms.len, terms.ptr);
}

static int compare(dx_str file, unsigned only, dx_buf *text, dx_buf *terms)
{
    dx_str rest = file, prose;
    example e = {.number = 0};
    unsigned tried = 0, failed = 0;

    while (next_example(&rest, &prose, &e)) {
        if (only && e.number != only)
            continue;
        get_terms(&e, text, terms);
        dx_str got = {dx_buf_cstr(terms), terms->len};
        bool same = dx_str_eq(got, e.terms);
        tried++;
        failed += !same;
        if (!same || only)
            show(file, &e, got);
    }
    printf("%u examples, %u differ\n", tried, failed);
    return tried && !failed ? 0 : 1;
}

static int update(dx_str file, dx_buf *text, dx_buf *terms)
{
    dx_str rest = file, prose;
    example e = {.number = 0};
    FILE *f = fopen(SPEC, "wb");

    must(f != NULL, "cannot be written");
    while (next_example(&rest, &prose, &e)) {
        fwrite(prose.ptr, 1, prose.len, f);
        get_terms(&e, text, terms);
        fprintf(f, FENCE "\n%.*s.\n%s" FENCE "\n", (int)e.text.len, e.text.ptr,
            dx_buf_cstr(terms));
    }
    fwrite(prose.ptr, 1, prose.len, f);
    must(fclose(f) == 0, "cannot be written");
    return 0;
}

static int write_texts(dx_str file, const char *dir, dx_buf *text)
{
    dx_str prose;
    example e = {.number = 0};
    char path[4096];

    while (next_example(&file, &prose, &e)) {
        snprintf(path, sizeof path, "%s/spec-%03u", dir, e.number);
        FILE *f = fopen(path, "wb");
        must(f != NULL, "a text cannot be written");
        get_text(&e, text);
        fwrite(text->data, 1, text->len, f);
        must(fclose(f) == 0, "a text cannot be written");
    }
    return 0;
}

int main(int argc, char **argv)
{
    dx_buf file, text, terms;
    int status = 2;

    dx_buf_init(&file, SPEC_MAX_BYTES);
    dx_buf_init(&text, SPEC_MAX_BYTES);
    dx_buf_init(&terms, SPEC_MAX_BYTES);
    load(&file);
    dx_str spec = {dx_buf_cstr(&file), file.len};
    if (argc == 1)
        status = compare(spec, 0, &text, &terms);
    else if (argc == 3 && strcmp(argv[1], "-n") == 0)
        status = compare(spec, (unsigned)strtoul(argv[2], NULL, 10), &text,
            &terms);
    else if (argc == 2 && strcmp(argv[1], "--update") == 0)
        status = update(spec, &text, &terms);
    else if (argc == 3 && strcmp(argv[1], "--texts") == 0)
        status = write_texts(spec, argv[2], &text);
    else
        fputs("usage: analyzer [-n N | --update | --texts DIR]\n", stderr);
    dx_buf_free(&file);
    dx_buf_free(&text);
    dx_buf_free(&terms);
    return status;
}
