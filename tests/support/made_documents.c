/* The least that makes a PDF, a zip file, a Word file. */
#include "tests/support/made_documents.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>

#include "indexer/input/chars/chars.h"

/* ---- PDF: letters beyond ASCII get codes from 128 on, and a map that tells ---- */

typedef struct pdf {
    dx_buf *out;
    size_t offsets[2000];
    unsigned objects;
    uint32_t letters[127];
    unsigned letter_count;
} pdf;

static unsigned code_of(pdf *p, uint32_t c)
{
    unsigned i = 0;

    if (c < 128)
        return c;
    while (i < p->letter_count && p->letters[i] != c)
        i++;
    if (i == p->letter_count)
        p->letters[p->letter_count++] = c;
    return 128 + i;
}

static void begin_object(pdf *p, unsigned number)
{
    p->offsets[number] = p->out->len;
    if (number > p->objects)
        p->objects = number;
    dx_buf_printf(p->out, "%u 0 obj\n", number);
}

static void put_stream(pdf *p, unsigned number, dx_buf *content)
{
    begin_object(p, number);
    dx_buf_printf(p->out, "<</Length %zu>>\nstream\n", content->len);
    dx_buf_put(p->out, content->data, content->len);
    dx_buf_puts(p->out, "\nendstream\nendobj\n");
    dx_buf_free(content);
}

static void put_page(pdf *p, unsigned number, const char *lines)
{
    const char *at = lines, *end = lines + strlen(lines);
    dx_buf content;

    dx_buf_init(&content, SIZE_MAX);
    dx_buf_puts(&content, "BT /F1 12 Tf 14 TL 50 800 Td <");
    while (at < end) {
        uint32_t c = dx_char_next(&at, end);
        if (c == '\n')
            dx_buf_puts(&content, "> Tj T* <");
        else
            dx_buf_printf(&content, "%02X", code_of(p, c));
    }
    dx_buf_puts(&content, "> Tj ET");
    begin_object(p, number);
    dx_buf_printf(p->out,
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %u 0 R"
        "/Resources<</Font<</F1 3 0 R>>>>>>\nendobj\n",
        number + 1);
    put_stream(p, number + 1, &content);
}

static void put_map(pdf *p, unsigned number)
{
    dx_buf map;

    dx_buf_init(&map, SIZE_MAX);
    dx_buf_puts(&map, "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
                      "1 begincodespacerange <00> <FF> endcodespacerange\n"
                      "1 beginbfrange <00> <7F> <0000> endbfrange\n");
    for (unsigned i = 0; i < p->letter_count; i++)
        dx_buf_printf(&map, "1 beginbfchar <%02X> <%04X> endbfchar\n", 128 + i,
            p->letters[i]);
    dx_buf_puts(&map, "endcmap end end");
    put_stream(p, number, &map);
}

void made_pdf(dx_buf *out, const char *const *pages, size_t count,
    const char *info)
{
    pdf *p = calloc(1, sizeof *p);
    size_t xref;

    p->out = out;
    dx_buf_puts(out, "%PDF-1.4\n");
    for (unsigned i = 0; i < count; i++)
        put_page(p, 6 + 2 * i, pages[i]);
    begin_object(p, 1);
    dx_buf_puts(out, "<</Type/Catalog/Pages 2 0 R>>\nendobj\n");
    begin_object(p, 2);
    dx_buf_printf(out, "<</Type/Pages/Count %zu/Kids[", count);
    for (unsigned i = 0; i < count; i++)
        dx_buf_printf(out, "%u 0 R ", 6 + 2 * i);
    dx_buf_puts(out, "]>>\nendobj\n");
    begin_object(p, 3);
    dx_buf_puts(out, "<</Type/Font/Subtype/Type1/BaseFont/Courier"
                     "/ToUnicode 4 0 R>>\nendobj\n");
    put_map(p, 4);
    begin_object(p, 5);
    dx_buf_printf(out, "<<%s>>\nendobj\n", info);
    xref = out->len;
    dx_buf_printf(out, "xref\n0 %u\n0000000000 65535 f \n", p->objects + 1);
    for (unsigned i = 1; i <= p->objects; i++)
        dx_buf_printf(out, "%010zu 00000 n \n", p->offsets[i]);
    dx_buf_printf(out,
        "trailer <</Size %u/Root 1 0 R/Info 5 0 R>>\nstartxref\n%zu\n%%%%EOF\n",
        p->objects + 1, xref);
    free(p);
}

/* ---- zip ---- */

static la_ssize_t collect(struct archive *a, void *out, const void *bytes,
    size_t n)
{
    (void)a;
    dx_buf_put(out, bytes, n);
    return (la_ssize_t)n;
}

void made_zip(dx_buf *out, const made_part *parts, size_t count)
{
    struct archive *a = archive_write_new();

    archive_write_set_format_zip(a);
    archive_write_set_bytes_in_last_block(a, 1);
    archive_write_open(a, out, NULL, collect, NULL);
    for (size_t i = 0; i < count; i++) {
        struct archive_entry *e = archive_entry_new();
        size_t n = strlen(parts[i].content);
        archive_entry_set_pathname(e, parts[i].name);
        archive_entry_set_filetype(e, AE_IFREG);
        archive_entry_set_perm(e, 0644);
        archive_entry_set_size(e, (la_int64_t)n);
        archive_write_header(a, e);
        archive_write_data(a, parts[i].content, n);
        archive_entry_free(e);
    }
    archive_write_close(a);
    archive_write_free(a);
}

/* ---- Word: a compound file of two streams, in sectors of 512 bytes ---- */

enum { SECTOR = 512, LEAST = 4096 }; /* what is shorter would lie elsewhere */

static void put_entry(dx_buf *out, const char *name, unsigned type,
    uint32_t right, uint32_t child, uint32_t first, size_t size)
{
    size_t n = strlen(name);

    for (size_t i = 0; i < 32; i++)
        dx_buf_put_u16(out, i < n ? (unsigned char)name[i] : 0);
    dx_buf_put_u16(out, (unsigned)(2 * n + 2));
    dx_buf_put_u8(out, type);
    dx_buf_put_u8(out, 1);
    dx_buf_put_u32(out, 0xFFFFFFFFu);
    dx_buf_put_u32(out, right);
    dx_buf_put_u32(out, child);
    for (int i = 0; i < 36; i++)
        dx_buf_put_u8(out, 0);
    dx_buf_put_u32(out, first);
    dx_buf_put_u64(out, size);
}

static void fill(dx_buf *b, size_t to)
{
    while (b->len < to || b->len % SECTOR)
        dx_buf_put_u8(b, 0);
}

static void put_chain(dx_buf *out, uint32_t first, size_t sectors)
{
    for (size_t i = 1; i <= sectors; i++)
        dx_buf_put_u32(out, i < sectors ? first + (uint32_t)i : 0xFFFFFFFEu);
}

/* Sectors: 0 the table of sectors, 1 the directory, then the streams. */
static void put_compound(dx_buf *out, dx_buf *word, dx_buf *table)
{
    fill(word, LEAST);
    fill(table, LEAST);
    size_t words = word->len / SECTOR, tables = table->len / SECTOR;
    dx_buf_put(out, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    for (int i = 0; i < 16; i++)
        dx_buf_put_u8(out, 0);
    const unsigned shorts[] = {0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0};
    for (int i = 0; i < 8; i++)
        dx_buf_put_u16(out, shorts[i]);
    const uint32_t longs[] = {0, 1, 1, 0, LEAST, 0xFFFFFFFEu, 0, 0xFFFFFFFEu, 0};
    for (int i = 0; i < 9; i++)
        dx_buf_put_u32(out, longs[i]);
    dx_buf_put_u32(out, 0);
    for (int i = 1; i < 109; i++)
        dx_buf_put_u32(out, 0xFFFFFFFFu);
    put_chain(out, 0, 1);
    put_chain(out, 1, 1);
    put_chain(out, 2, words);
    put_chain(out, (uint32_t)(2 + words), tables);
    while (out->len % SECTOR)
        dx_buf_put_u32(out, 0xFFFFFFFFu);
    put_entry(out, "Root Entry", 5, 0xFFFFFFFFu, 1, 0xFFFFFFFEu, 0);
    put_entry(out, "0Table", 2, 2, 0xFFFFFFFFu, (uint32_t)(2 + words),
        table->len);
    put_entry(out, "WordDocument", 2, 0xFFFFFFFFu, 0xFFFFFFFFu, 2, word->len);
    fill(out, 0);
    dx_buf_put(out, word->data, word->len);
    dx_buf_put(out, table->data, table->len);
    dx_buf_free(word);
    dx_buf_free(table);
}

static void set(dx_buf *b, size_t at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        b->data[at + (size_t)i] = (uint8_t)(value >> 8 * i);
}

void made_doc(dx_buf *out, const char *text)
{
    const char *at = text, *end = text + strlen(text);
    const uint32_t from = 1024;
    uint32_t letters = 0;
    dx_buf word, table;

    dx_buf_init(&word, SIZE_MAX);
    dx_buf_init(&table, SIZE_MAX);
    fill(&word, from);
    for (; at < end; letters++)
        dx_buf_put_u16(&word, dx_char_next(&at, end));
    set(&word, 0, 0xA5EC | 0xC1u << 16);
    set(&word, 0x4C, letters);
    set(&word, 0x1A2, 0);
    set(&word, 0x1A6, 5 + 8 + 8);
    dx_buf_put_u8(&table, 2);
    dx_buf_put_u32(&table, 8 + 8);
    dx_buf_put_u32(&table, 0);
    dx_buf_put_u32(&table, letters);
    dx_buf_put_u16(&table, 0);
    dx_buf_put_u32(&table, from);
    dx_buf_put_u16(&table, 0);
    put_compound(out, &word, &table);
}

void made_doc_6(dx_buf *out, const char *text)
{
    const uint32_t from = 1024;
    dx_buf word, table;

    dx_buf_init(&word, SIZE_MAX);
    dx_buf_init(&table, SIZE_MAX);
    fill(&word, from);
    dx_buf_puts(&word, text);
    set(&word, 0, 0xA5DC | 0x65u << 16);
    set(&word, 0x18, from);
    set(&word, 0x34, (uint32_t)strlen(text));
    put_compound(out, &word, &table);
}
