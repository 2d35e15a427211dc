/* What a reader made of a record, for people and as JSON. */
#include "indexer/cli/inspect/shown_article.h"

#include <stdio.h>
#include <string.h>

#include "common/base/buf.h"
#include "common/base/civil.h"
#include "common/base/escape.h"
#include "common/cli/terminal.h"
#include "common/index/field/field.h"
#include "indexer/input/chars/chars.h"
#include "indexer/cli/faults.h"
#include "indexer/cli/notices.h"
#include "indexer/input/child/jail.h"

#define SHOWN_BYTES 300u /* of a text's beginning … */
#define END_BYTES 120u   /* … and of its end */

/* ---- for people ---- */

static bool is_inside_char(const char *p)
{
    return ((unsigned char)*p & 0xC0) == 0x80;
}

/* On one line: line ends become " ¶ ". */
static void print_part(dx_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] == '\n')
            fputs(" ¶ ", stdout);
        else
            putchar(s.ptr[i]);
}

static void print_value(dx_str s, bool whole)
{
    size_t n = SHOWN_BYTES, from = s.len - END_BYTES;

    if (whole || s.len <= SHOWN_BYTES + END_BYTES) {
        print_part(s);
        return;
    }
    while (n > 0 && is_inside_char(s.ptr + n))
        n--;
    while (from < s.len && is_inside_char(s.ptr + from))
        from++;
    print_part((dx_str){s.ptr, n});
    fputs(" […] ", stdout);
    print_part(dx_str_from_offset(s, from));
}

/* In a column of so many characters: printf() would count bytes. */
static void print_column(const char *text, int width)
{
    for (const char *p = text; *p; p++)
        width -= !is_inside_char(p);
    printf("%s%*s", text, width > 0 ? width : 0, "");
}

static void print_row(const char *name, const char *from, dx_str value,
    bool whole)
{
    fputs("  ", stdout);
    print_column(name, 11);
    print_column(from, 13);
    putchar(' ');
    print_value(value, whole);
    putchar('\n');
}

static void print_fate(const char *path, const char *fate, const char *detail)
{
    dx_terminal_printf(stdout, "%s: %s%s%s\n", path, fate, *detail ? ": " : "", detail);
}

/* What held the program that read it, where one did. */
static void print_jail(const char *extractor)
{
    static const char *const by_programs[] = {"pdf", "ocr", "filter"};
    char jail[DX_JAIL_DESCRIPTION_BYTES];

    for (size_t i = 0; extractor && i < 3; i++)
        if (strcmp(extractor, by_programs[i]) == 0) {
            dx_jail_describe(jail);
            printf("  ");
            dx_notice_put(stdout, DX_NOTICE_JAIL, jail);
            putchar('\n');
        }
}

/* "html, TCVN3"; "pdf, -": nobody tells what it was in. */
static void print_reader(const dx_provenance *from)
{
    fputs("  ", stdout);
    print_column(dx_notice_text(DX_NOTICE_READ_BY), 11);
    printf("%s, %s\n", from->extractor ? from->extractor : "?",
        from->encoding ? from->encoding : "-");
    print_jail(from->extractor);
}

void dx_shown_article_print(const char *path, const dx_article *a, bool whole)
{
    char day[DX_CIVIL_BYTES];

    if (a->left_out != DX_LEFT_NOT) {
        print_fate(path, dx_notice_text(DX_NOTICE_LEFT_OUT),
            dx_notice_left_out(a->left_out));
        print_reader(&a->from);
        return;
    }
    print_fate(path, dx_notice_text(DX_NOTICE_ARTICLE), "");
    print_reader(&a->from);
    for (size_t f = 0; f < DX_FIELDS; f++) {
        const char *from = a->from.field[f] ? a->from.field[f] : "";
        if (f == DX_FIELD_DATE && dx_civil_put(a->date, day))
            print_row(dx_fields[f].name, from, dx_str_from(day), whole);
        else if (f != DX_FIELD_DATE && a->at[f].len &&
                 !(dx_fields[f].show & DX_SHOW_NEVER))
            print_row(dx_fields[f].name, from, a->at[f], whole);
    }
}

void dx_shown_fault_print(const char *path, const char *reason)
{
    char fault[DX_FAULT_BYTES];

    print_fate(path, dx_notice_text(DX_NOTICE_UNREAD), dx_fault_text(reason, fault));
}

/* ---- JSON ---- */

static void put_field(size_t f, const dx_article *a, const char **before,
    dx_buf *out)
{
    char day[DX_CIVIL_BYTES];
    dx_str value = a->at[f];

    if (f == DX_FIELD_DATE)
        value = (dx_str){day, dx_civil_put(a->date, day)};
    if (value.len == 0)
        return;
    dx_buf_printf(out, "%s\"%s\":{\"value\":", *before, dx_fields[f].name);
    dx_json_put(out, value);
    dx_json_put_member(out, "from", a->from.field[f]);
    dx_buf_putc(out, '}');
    *before = ",";
}

static void put_fields(const dx_article *a, dx_buf *out)
{
    const char *before = "";

    dx_buf_puts(out, ",\"fields\":{");
    for (size_t f = 0; f < DX_FIELDS; f++)
        put_field(f, a, &before, out);
    dx_buf_putc(out, '}');
}

static void begin(const char *path, const char *fate, dx_buf *out)
{
    dx_buf_init(out, SIZE_MAX);
    dx_buf_puts(out, "{\"path\":");
    dx_json_put(out, dx_str_from(path));
    dx_json_put_member(out, "fate", fate);
}

static bool end(dx_buf *out)
{
    bool sound = out->status == DX_OK;

    dx_buf_puts(out, "}\n");
    if (sound)
        fwrite(out->data, 1, out->len, stdout);
    dx_buf_free(out);
    return sound;
}

bool dx_shown_article_print_json(const char *path, const dx_article *a)
{
    bool is_article = a->left_out == DX_LEFT_NOT;
    dx_buf out;

    begin(path, is_article ? "article" : "left-out", &out);
    if (!is_article)
        dx_json_put_member(&out, "reason", dx_left_out_key(a->left_out));
    dx_json_put_member(&out, "extractor", a->from.extractor);
    dx_json_put_member(&out, "encoding", a->from.encoding);
    if (is_article)
        put_fields(a, &out);
    return end(&out);
}

bool dx_shown_fault_print_json(const char *path, const char *reason)
{
    dx_buf out;

    begin(path, "skipped", &out);
    dx_json_put_member(&out, "reason", reason);
    return end(&out);
}
