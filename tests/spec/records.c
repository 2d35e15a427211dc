/* What .json files of exports are read as, against records.txt beside this file:
 *
 *     == a heading
 *     the file, until a line
 *     --
 *     what each record in it becomes
 *
 *     records              compares; the first difference is shown
 *     records --update     writes what follows "--" anew
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/civil.h"
#include "indexer/input/json/split.h"
#include "indexer/input/source.h"

#define GOLDEN DX_SOURCE_DIR "/tests/spec/records.txt"

static const dx_input_options no_options;
static dx_buf out;

static void put_field(const char *name, dx_str value)
{
    if (value.len == 0)
        return;
    dx_buf_printf(&out, "    %-10s", name);
    for (size_t i = 0; i < value.len; i++)
        dx_buf_puts(&out,
            value.ptr[i] == '\n' ? " / " : (char[]){value.ptr[i], 0});
    dx_buf_putc(&out, '\n');
}

static void put_article(const dx_article *a)
{
    char day[DX_CIVIL_BYTES];

    if (a->left_out != DX_LEFT_NOT) {
        dx_buf_printf(&out, "    left out: %s\n", dx_left_out_key(a->left_out));
        return;
    }
    put_field("title", a->title);
    if (a->date != DX_DATE_UNKNOWN)
        put_field("date", (dx_str){day, dx_civil_put(a->date, day)});
    for (unsigned f = DX_FIELD_LEAD; f < DX_FIELDS; f++)
        if (f != DX_FIELD_PATH && !(f == DX_FIELD_ID && a->id.ptr[0] == 'x'))
            put_field(dx_fields[f].name, a->at[f]);
    for (unsigned i = 0; i < a->missed_count; i++) {
        dx_buf_printf(&out, "    --map %s=", dx_fields[a->missed[i].field].name);
        dx_buf_put_str(&out, a->missed[i].name);
        dx_buf_putc(&out, '\n');
    }
}

static dx_status read_record(void *ctx, const dx_record *record)
{
    dx_arena arena = DX_ARENA_INIT;
    dx_article a;
    dx_error err = {0};

    (void)ctx;
    dx_buf_printf(&out, "%llu\n", (unsigned long long)record->number);
    if (dx_source_read(&dx_source_json, record, &no_options, DX_STR_LIT("x.json"),
            &arena, &a, &err) == DX_OK)
        put_article(&a);
    else
        dx_buf_printf(&out, "    %s\n", err.msg);
    dx_arena_free(&arena);
    return DX_OK;
}

/* From a line that begins with `mark` on; the end where there is none. */
static const char *line_of(const char *p, const char *mark)
{
    size_t n = strlen(mark);

    while (*p && strncmp(p, mark, n) != 0) {
        const char *nl = strchr(p, '\n');
        p = nl ? nl + 1 : p + strlen(p);
    }
    return p;
}

static void put(const char *from, const char *to)
{
    dx_buf_put(&out, from, (size_t)(to - from));
}

static void read_all(const char *text)
{
    const char *p = line_of(text, "== "), *next;
    dx_error err;

    put(text, p);
    for (; *p; p = next) {
        const char *json = strchr(p, '\n') + 1;
        const char *end = line_of(json, "--\n");
        next = line_of(json, "== ");
        if (end > next)
            end = next;
        put(p, end);
        dx_buf_puts(&out, "--\n");
        if (dx_json_split((dx_str){json, (size_t)(end - json)}, &no_options,
                read_record, NULL, &err) != DX_OK)
            dx_buf_printf(&out, "%s\n", err.msg);
        if (*next)
            dx_buf_putc(&out, '\n');
    }
}

static char *load(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = calloc(1, 1u << 20);

    if (!file || !text || fread(text, 1, (1u << 20) - 1, file) == 0) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(2);
    }
    fclose(file);
    return text;
}

static int compare(const char *wanted)
{
    const char *found = dx_buf_cstr(&out);
    unsigned line = 1;

    if (strcmp(wanted, found) == 0)
        return 0;
    while (*wanted == *found) {
        line += *wanted == '\n';
        wanted++;
        found++;
    }
    fprintf(stderr, "records.txt:%u: wanted …%.60s\nfound …%.60s\n", line, wanted,
        found);
    return 1;
}

int main(int argc, char **argv)
{
    char *text = load(GOLDEN);
    int failed = 0;

    dx_buf_init(&out, 1u << 22);
    read_all(text);
    if (argc == 2 && strcmp(argv[1], "--update") == 0) {
        FILE *file = fopen(GOLDEN, "wb");
        failed = !file || fwrite(out.data, 1, out.len, file) != out.len ||
                 fclose(file) != 0;
    } else {
        failed = compare(text);
    }
    dx_buf_free(&out);
    free(text);
    return failed;
}
