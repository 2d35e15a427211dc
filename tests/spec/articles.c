/* What every file of corpus/ is read as, against articles.txt beside this file:
 * title, lead, names, date, and the ends of each body, for a Vietnamese reader
 * to review.
 *
 *     articles              compares; the first difference is shown
 *     articles --update     writes articles.txt anew
 *     articles FILE…        prints the articles of the files, in full
 */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/mem.h"
#include "indexer/input/chars/charset.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/date.h"
#include "indexer/input/byte_stream.h"
#include "indexer/input/source.h"

#define GOLDEN DX_SOURCE_DIR "/tests/spec/articles.txt"
#define END_WORDS 14u
#define FILES_MAX 1000u

static char *paths[FILES_MAX];
static size_t path_count;

/* ---- one article ---- */

static void put_date(dx_buf *out, int32_t days)
{
    for (int year = 1800, month = 1; year < 2200; month++) {
        if (month > 12) {
            year++;
            month = 1;
        }
        int32_t first = dx_date_of(year, month, 1);
        if (days >= first && days < first + 31 &&
            dx_date_of(year, month, days - first + 1) == days) {
            dx_buf_printf(out, "date      %04d-%02d-%02d\n", year, month,
                days - first + 1);
            return;
        }
    }
}

static void put_field(dx_buf *out, const char *name, dx_str value)
{
    if (value.len == 0)
        return;
    dx_buf_printf(out, "%-10s", name);
    dx_buf_put_str(out, value);
    dx_buf_putc(out, '\n');
}

static size_t count_words(dx_str s)
{
    size_t words = 0;
    bool inside = false;

    for (size_t i = 0; i < s.len; i++) {
        bool blank = s.ptr[i] == ' ' || s.ptr[i] == '\n';
        words += !blank && !inside;
        inside = !blank;
    }
    return words;
}

/* `count` words from word number `first` on. */
static dx_str words_of(dx_str s, size_t first, size_t count)
{
    size_t from = s.len, to = s.len, word = 0;

    for (size_t i = 0; i < s.len; i++) {
        bool starts = s.ptr[i] != ' ' && s.ptr[i] != '\n' &&
                      (i == 0 || s.ptr[i - 1] == ' ' || s.ptr[i - 1] == '\n');
        if (!starts)
            continue;
        if (word == first)
            from = i;
        if (word == first + count)
            to = i;
        word++;
    }
    return dx_trim((dx_str){s.ptr + from, to - from});
}

static void put_line(dx_buf *out, const char *mark, dx_str text)
{
    dx_buf_puts(out, mark);
    for (size_t i = 0; i < text.len; i++)
        dx_buf_puts(out, text.ptr[i] == '\n' ? " / " : (char[]){text.ptr[i], 0});
    dx_buf_putc(out, '\n');
}

static void put_body(dx_buf *out, dx_str body, bool full)
{
    size_t words = count_words(body), paras = body.len != 0;

    for (size_t i = 0; i < body.len; i++)
        paras += body.ptr[i] == '\n';
    dx_buf_printf(out, "body      %zu words in %zu paragraphs\n", words, paras);
    if (full) {
        dx_buf_put_str(out, body);
        dx_buf_putc(out, '\n');
    } else if (words) {
        size_t last = words > END_WORDS ? words - END_WORDS : 0;
        put_line(out, "    begins  ", words_of(body, 0, END_WORDS));
        put_line(out, "    ends    ", words_of(body, last, END_WORDS));
    }
}

static void put_article(dx_buf *out, const dx_article *a, bool full)
{
    put_field(out, "id", dx_str_eq(a->id, a->path) ? (dx_str){0} : a->id);
    put_field(out, "title", a->title);
    put_field(out, "lead", a->lead);
    put_date(out, a->date);
    put_field(out, "source", a->source);
    put_field(out, "author", a->author);
    put_field(out, "category", a->category);
    put_field(out, "tags", a->tags);
    put_field(out, "url", dx_str_eq(a->id, a->url) ? (dx_str){0} : a->url);
    put_field(out, "extra", a->extra);
    put_body(out, a->body, full);
}

/* ---- one file ---- */

static const char *charset_name(dx_str bytes)
{
    dx_charset charset = DX_CHARSET_UTF8;
    size_t skip;

    if (dx_charset_detect(bytes, &charset, &skip, NULL) != DX_OK)
        return "?";
    return dx_charset_name(charset);
}

typedef struct printing { /* of a file */
    dx_buf *out;
    const dx_source *source;
    const char *path;
    bool full;
} printing;

static dx_status put_record(void *ctx, const dx_record *record)
{
    printing *p = ctx;
    dx_arena arena = DX_ARENA_INIT;
    dx_article a;
    dx_error err = {0};
    char path[512];

    snprintf(path, sizeof path, record->number ? "%s#%llu" : "%s", p->path,
        (unsigned long long)record->number);
    dx_buf_printf(p->out, "\n== %s\ncharset   %s\n", path,
        charset_name(record->bytes));
    dx_status rc = dx_source_read(p->source, record,
        &(dx_input_options){0}, dx_str_from(path),
        &arena, &a, &err);
    if (rc == DX_OK)
        put_article(p->out, &a, p->full);
    else
        dx_buf_printf(p->out, "NOT READ  %s\n", err.msg);
    dx_arena_free(&arena);
    return DX_OK;
}

static void put_file(dx_buf *out, const char *path, bool full)
{
    const char *corpus = DX_SOURCE_DIR "/corpus/";
    size_t skip = strncmp(path, corpus, strlen(corpus)) ? 0 : strlen(corpus);
    const dx_source *source = dx_source_of_name(dx_str_from(path));
    printing p = {out, source ? source : &dx_source_text, path + skip, full};
    dx_byte_stream *in;
    dx_error err = {0};
    dx_status rc = dx_byte_stream_open(path, &in, &err);

    if (rc == DX_OK)
        rc = p.source->cut(in, &(dx_input_options){0}, put_record, &p, &err);
    if (rc != DX_OK)
        dx_buf_printf(out, "\n== %s\nNOT READ  %s\n", p.path, err.msg);
    dx_byte_stream_close(in);
}

/* ---- the corpus ---- */

static int note(const char *path, const struct stat *st, int kind,
    struct FTW *where)
{
    (void)st;
    (void)where;
    if (kind == FTW_F && path_count < FILES_MAX &&
        dx_source_of_name(dx_str_from(path)))
        paths[path_count++] = dx_strndup(path, strlen(path));
    return 0;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void put_corpus(dx_buf *out)
{
    dx_buf_puts(out,
        "What each file of corpus/ is read as. Written by the test program\n"
        "\"articles --update\"; review every change before committing it.\n");
    nftw(DX_SOURCE_DIR "/corpus", note, 16, FTW_PHYS);
    qsort(paths, path_count, sizeof *paths, by_path);
    for (size_t i = 0; i < path_count; i++) {
        put_file(out, paths[i], false);
        dx_free(paths[i]);
    }
}

/* ---- golden ---- */

static dx_str next_line(dx_str *rest)
{
    const char *nl =
        rest->ptr && rest->len ? memchr(rest->ptr, '\n', rest->len) : NULL;
    size_t n = nl ? (size_t)(nl - rest->ptr) + 1 : rest->len;
    dx_str line = {rest->ptr, n};

    *rest = (dx_str){rest->ptr + n, rest->len - n};
    return line;
}

static int compare(dx_str got)
{
    dx_byte_stream *in;
    dx_str golden, where = {"", 0};
    dx_error err = {0};

    if (dx_byte_stream_open(GOLDEN, &in, &err) != DX_OK ||
        dx_byte_stream_all(in, &golden, &err) != DX_OK) {
        fprintf(stderr, "%s\n", err.msg);
        return 1;
    }
    int failed = !dx_str_eq(got, golden);
    while (got.len || golden.len) {
        dx_str a = next_line(&golden), b = next_line(&got);
        if (a.ptr && a.len > 3 && memcmp(a.ptr, "== ", 3) == 0)
            where = a;
        if (dx_str_eq(a, b))
            continue;
        fprintf(stderr, "%.*sexpected  %.*s\nfound     %.*s\n", (int)where.len,
            where.ptr, (int)a.len, a.ptr, (int)b.len, b.ptr);
        break;
    }
    dx_byte_stream_close(in);
    return failed;
}

static int update(dx_str got)
{
    FILE *f = fopen(GOLDEN, "w");

    if (!f)
        return 1;
    fwrite(got.ptr, 1, got.len, f);
    return fclose(f) == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
    bool writes = argc == 2 && strcmp(argv[1], "--update") == 0;
    dx_buf out;
    int status;

    dx_buf_init(&out, 64u << 20);
    if (argc > 1 && !writes) {
        for (int i = 1; i < argc; i++)
            put_file(&out, argv[i], true);
        status = fwrite(out.data, 1, out.len, stdout) != out.len;
    } else {
        put_corpus(&out);
        dx_str text = {(const char *)out.data, out.len};
        status = out.status != DX_OK ? 1 : writes ? update(text) : compare(text);
    }
    dx_buf_free(&out);
    return status;
}
