/* Names found in text as examples, against what the code finds: every example
 * of names.txt beside this file.
 *
 *     names           tries all; shows those that differ
 *     names --update  writes what is found in every example anew
 *
 * A line is a text; the line after it, "→ …", what is found in it. Lines that
 * begin with '#', and empty ones, are for readers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/buf.h"
#include "common/names/agencies.h"
#include "common/names/doctypes.h"
#include "common/names/names.h"
#include "common/names/provinces.h"
#include "common/text/analyzer.h"

#define SPEC DX_SOURCE_DIR "/tests/spec/names.txt"
#define LINE_MAX_BYTES 4096
#define ARROW "→"

static void must(bool ok, const char *what)
{
    if (ok)
        return;
    fprintf(stderr, "names.txt: %s\n", what);
    exit(2);
}

static const char *name_of(dx_name_kind kind, size_t number)
{
    return kind == DX_NAME_PROVINCE    ? dx_provinces[number].name
           : kind == DX_NAME_AGENCY ? dx_agencies[number].name
                                    : dx_doctypes[number].name;
}

static void add(void *ctx, dx_name_kind kind, size_t number)
{
    dx_buf *found = ctx;

    dx_buf_printf(found, "%s %s", found->len ? ";" : "",
        name_of(kind, number));
}

static void find(const dx_names *n, dx_analyzer *a, const char *text,
    dx_buf *found)
{
    dx_buf_clear(found);
    must(dx_names_find_in(n, a, dx_str_from(text), add, found) == DX_OK,
        "out of memory");
}

/* Reads a line without its end; false at the end of the file. */
static bool read_line(FILE *f, char line[LINE_MAX_BYTES])
{
    if (!fgets(line, LINE_MAX_BYTES, f))
        return false;
    must(strchr(line, '\n') != NULL, "a line is too long or has no end");
    line[strcspn(line, "\n")] = '\0';
    return true;
}

static bool is_text(const char *line) { return *line && *line != '#'; }

/* Compares each example, or writes all of the file to `out`. */
static int go_through(FILE *spec, const dx_names *n, dx_analyzer *a,
    dx_buf *out)
{
    char line[LINE_MAX_BYTES], expected[LINE_MAX_BYTES];
    unsigned tried = 0, failed = 0;
    dx_buf found;

    dx_buf_init(&found, LINE_MAX_BYTES);
    while (read_line(spec, line)) {
        dx_buf_printf(out, "%s\n", line);
        if (!is_text(line))
            continue;
        must(read_line(spec, expected) &&
                 strncmp(expected, ARROW, strlen(ARROW)) == 0,
            "a text without an arrow after it");
        find(n, a, line, &found);
        dx_buf_printf(out, ARROW "%s\n", dx_buf_cstr(&found));
        tried++;
        if (strcmp(expected + strlen(ARROW), dx_buf_cstr(&found)) == 0)
            continue;
        failed++;
        printf("%s\n  expected%s\n  found%s\n", line,
            expected + strlen(ARROW), dx_buf_cstr(&found));
    }
    dx_buf_free(&found);
    printf("%u examples, %u differ\n", tried, failed);
    return tried && !failed ? 0 : 1;
}

static void write_spec(const dx_buf *text)
{
    FILE *f = fopen(SPEC, "wb");

    must(f != NULL, "cannot be written");
    fwrite(text->data, 1, text->len, f);
    must(fclose(f) == 0, "cannot be written");
}

int main(int argc, char **argv)
{
    bool update = argc == 2 && strcmp(argv[1], "--update") == 0;
    dx_analyzer *a = dx_analyzer_new();
    dx_names *n = NULL;
    FILE *spec = fopen(SPEC, "rb");
    dx_buf out;

    must(argc == 1 || update, "usage: names [--update]");
    must(spec != NULL, "cannot be opened");
    must(a && dx_names_new(&n) == DX_OK, "out of memory");
    dx_buf_init(&out, 1u << 20);
    int status = go_through(spec, n, a, &out);
    fclose(spec);
    if (update)
        write_spec(&out);
    dx_buf_free(&out);
    dx_names_free(n);
    dx_analyzer_free(a);
    return update ? 0 : status;
}
