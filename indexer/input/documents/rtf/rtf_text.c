/* RTF: groups, control words, letters by number or by byte of a code page. */
#include "indexer/input/documents/rtf/rtf_text.h"

#include <limits.h>
#include <stdio.h>

#include "common/base/escape.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/documents/code_page.h"
#include "indexer/input/documents/written.h"

typedef enum place {
    IN_TEXT,
    IN_NOTHING, /* fonts, pictures, what readers are to pass over */
    IN_INFO,
    IN_TITLE,
    IN_AUTHOR
} place;

typedef struct group {
    uint8_t place;
    unsigned fallback; /* characters behind \u for readers without Unicode */
} group;

typedef struct reader {
    dx_str rest;
    group at;
    group outer[DX_RTF_DEPTH_MAX];
    unsigned depth;
    unsigned skip; /* characters still to pass over behind \u */
    unsigned code_page;
    uint32_t high; /* the first half of a character beyond U+FFFF, or 0 */
    dx_buf *text;
    dx_buf title, author;
    int created[3], modified[3]; /* year, month, day; 0: not said */
    int *date;                   /* the one being read, or NULL */
    dx_document *out;
} reader;

static dx_buf *target(reader *r)
{
    switch ((place)r->at.place) {
    case IN_TEXT:
        return r->text;
    case IN_TITLE:
        return &r->title;
    case IN_AUTHOR:
        return &r->author;
    case IN_NOTHING:
    case IN_INFO:
        break;
    }
    return NULL;
}

static void put_char(reader *r, uint32_t c)
{
    dx_buf *to = target(r);
    char bytes[4];

    if (c >= 0xDC00 && c < 0xE000 && r->high)
        c = 0x10000 + ((r->high & 0x3FF) << 10) + (c & 0x3FF);
    r->high = c >= 0xD800 && c < 0xDC00 ? c : 0;
    if (to && c && (c < 0xD800 || c >= 0xE000))
        dx_buf_put(to, bytes, dx_char_put(bytes, c));
}

/* A character, unless it is one that stands for what \u said. */
static void take_char(reader *r, uint32_t c)
{
    if (r->skip)
        r->skip--;
    else
        put_char(r, c);
}

/* ---- control words ---- */

typedef struct word {
    dx_str name;
    int value;
    bool has_value;
} word;

static bool is(const word *w, const char *name)
{
    return dx_str_eq(w->name, dx_str_from(name));
}

/* What their group holds is no text. Those that came after the first version are
 * marked by \* besides. */
static bool is_no_text(const word *w)
{
    static const char *const names[] = {"fonttbl", "colortbl", "stylesheet",
        "pict", "object", "header", "headerl", "headerr", "headerf", "footer",
        "footerl", "footerr", "footerf", "listtable", "listoverridetable",
        "revtbl", "rsidtbl", "generator", "xmlnstbl", "themedata",
        "colorschememapping", "datastore", "latentstyles", "fldinst", "bkmkstart",
        "bkmkend", "annotation", "atnid", "atnauthor", "mmathPr", "nonshppict",
        "filetbl", "private", "tc", "xe"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is(w, names[i]))
            return true;
    return false;
}

/* Letters and marks that have a word. */
static uint32_t character_of(const word *w)
{
    static const struct {
        const char *name;
        uint32_t c;
    } characters[] = {{"par", '\n'}, {"sect", '\n'}, {"row", DX_WRITTEN_ROW},
        {"nestrow", DX_WRITTEN_ROW}, {"line", '\v'}, {"tab", '\t'},
        {"cell", DX_WRITTEN_CELL}, {"nestcell", DX_WRITTEN_CELL},
        {"page", '\f'}, {"emdash", 0x2014}, {"endash", 0x2013},
        {"emspace", ' '}, {"enspace", ' '}, {"bullet", 0x2022},
        {"lquote", 0x2018}, {"rquote", 0x2019}, {"ldblquote", 0x201C},
        {"rdblquote", 0x201D}};

    for (size_t i = 0; i < sizeof characters / sizeof *characters; i++)
        if (is(w, characters[i].name))
            return characters[i].c;
    return 0;
}

/* Words that say what the group is of. */
static void take_destination(reader *r, const word *w)
{
    if (is(w, "info"))
        r->at.place = IN_INFO;
    else if (r->at.place == IN_INFO && is(w, "title"))
        r->at.place = IN_TITLE;
    else if (r->at.place == IN_INFO && is(w, "author"))
        r->at.place = IN_AUTHOR;
    else if (r->at.place == IN_INFO && is(w, "creatim"))
        r->date = r->created;
    else if (r->at.place == IN_INFO && is(w, "revtim"))
        r->date = r->modified;
    else if (is_no_text(w))
        r->at.place = IN_NOTHING;
}

static void take_number(reader *r, const word *w)
{
    int *d = r->date;

    if (is(w, "ansicpg") && w->value > 0)
        r->code_page = (unsigned)w->value;
    else if (is(w, "uc"))
        r->at.fallback = w->value >= 0 && w->value < 100 ? (unsigned)w->value : 1;
    else if (is(w, "nofpages") && w->value > 0)
        r->out->pages = (size_t)w->value;
    else if (d && is(w, "yr"))
        d[0] = w->value;
    else if (d && is(w, "mo"))
        d[1] = w->value;
    else if (d && is(w, "dy"))
        d[2] = w->value;
}

static void take_word(reader *r, const word *w)
{
    uint32_t c = character_of(w);

    if (is(w, "bin")) { /* so many bytes of anything */
        size_t n = w->value > 0 ? (size_t)w->value : 0;
        r->rest = dx_str_from_offset(r->rest, n < r->rest.len ? n : r->rest.len);
    } else if (is(w, "u") && w->has_value) {
        r->skip = 0;
        put_char(r, (uint32_t)(w->value < 0 ? w->value + 0x10000 : w->value) &
                        0x1FFFFF);
        r->skip = r->at.fallback;
    } else if (c) {
        take_char(r, c);
    } else if (w->has_value) {
        take_number(r, w);
    } else {
        take_destination(r, w);
    }
}

/* The letters and the number behind a '\\'; a blank that ends them is theirs. */
static void read_word(reader *r)
{
    const char *p = r->rest.ptr, *end = dx_str_end(r->rest), *from = p;
    word w = {.value = 0};
    bool is_negative = false;
    int n = 0;

    while (p < end && ((*p | 0x20) >= 'a' && (*p | 0x20) <= 'z'))
        p++;
    w.name = (dx_str){from, (size_t)(p - from)};
    if (p + 1 < end && *p == '-' && dx_is_digit(p[1])) {
        is_negative = true;
        p++;
    }
    for (; p < end && dx_is_digit(*p); p++) {
        w.has_value = true;
        n = n > (INT_MAX - 9) / 10 ? INT_MAX - 9 : n * 10 + (*p - '0');
    }
    w.value = is_negative ? -n : n;
    p += p < end && *p == ' ';
    r->rest = (dx_str){p, (size_t)(end - p)};
    take_word(r, &w);
}

static void read_hex(reader *r)
{
    if (r->rest.len < 2)
        return;
    int high = dx_hex_value(r->rest.ptr[0]), low = dx_hex_value(r->rest.ptr[1]);
    r->rest = dx_str_from_offset(r->rest, 2);
    if (high >= 0 && low >= 0)
        take_char(r, dx_code_page_char(r->code_page,
                         (unsigned char)(high * 16 + low)));
}

/* What is behind a '\\'. */
static void read_control(reader *r)
{
    if (r->rest.len == 0)
        return;
    char c = *r->rest.ptr;
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') {
        read_word(r);
        return;
    }
    r->rest = dx_str_from_offset(r->rest, 1);
    switch (c) {
    case '\'':
        read_hex(r);
        break;
    case '*': /* a destination that not all readers know */
        r->at.place = IN_NOTHING;
        break;
    case '~':
        take_char(r, ' ');
        break;
    case '_':
        take_char(r, '-');
        break;
    case '\r':
    case '\n':
        take_char(r, '\n');
        break;
    case '\\':
    case '{':
    case '}':
        take_char(r, (unsigned char)c);
        break;
    default:
        break;
    }
}

/* ---- groups ---- */

static void open_group(reader *r)
{
    r->skip = 0;
    if (r->depth < DX_RTF_DEPTH_MAX)
        r->outer[r->depth] = r->at;
    else
        r->at.place = IN_NOTHING;
    r->depth++;
}

static void close_group(reader *r)
{
    r->skip = 0;
    if (r->at.place == IN_INFO)
        r->date = NULL;
    if (r->depth == 0)
        return;
    r->depth--;
    if (r->depth < DX_RTF_DEPTH_MAX)
        r->at = r->outer[r->depth];
}

static void read_all(reader *r)
{
    while (r->rest.len) {
        char c = *r->rest.ptr;
        r->rest = dx_str_from_offset(r->rest, 1);
        if (c == '{')
            open_group(r);
        else if (c == '}')
            close_group(r);
        else if (c == '\\')
            read_control(r);
        else if (c != '\r' && c != '\n')
            take_char(r, dx_code_page_char(r->code_page, (unsigned char)c));
    }
}

/* ---- what the file says of itself ---- */

static dx_status keep(const dx_buf *b, dx_arena *arena, dx_str *out)
{
    if (b->status == DX_ERR_NOMEM)
        return b->status;
    out->len = b->len;
    out->ptr = dx_arena_strndup(arena, b->len ? (const char *)b->data : "",
        b->len);
    return out->ptr ? DX_OK : DX_ERR_NOMEM;
}

static dx_status keep_date(const int date[3], dx_arena *arena, dx_str *out)
{
    char text[48];

    if (date[0] == 0)
        return DX_OK;
    int n = snprintf(text, sizeof text, "%04d-%02d-%02d", date[0], date[1],
        date[2]);
    out->len = (size_t)n;
    out->ptr = dx_arena_strndup(arena, text, out->len);
    return out->ptr ? DX_OK : DX_ERR_NOMEM;
}

static dx_status keep_all(const reader *r, dx_arena *arena, dx_document *out)
{
    DX_TRY(keep(&r->title, arena, &out->title));
    DX_TRY(keep(&r->author, arena, &out->author));
    DX_TRY(keep_date(r->created, arena, &out->created));
    return keep_date(r->modified, arena, &out->modified);
}

dx_status dx_rtf_text(dx_str rtf, dx_arena *arena, dx_buf *text,
    dx_document *out, dx_error *err)
{
    reader r = {.rest = rtf,
        .at = {.place = IN_TEXT, .fallback = 1},
        .code_page = 1252,
        .text = text,
        .out = out};

    dx_buf_init(&r.title, 1000);
    dx_buf_init(&r.author, 1000);
    read_all(&r);
    out->encoding = r.code_page == 1258 ? "windows-1258" : "windows-1252";
    dx_status rc = keep_all(&r, arena, out);
    dx_buf_free(&r.title);
    dx_buf_free(&r.author);
    if (rc == DX_OK)
        rc = text->status;
    if (rc == DX_ERR_LIMIT)
        return dx_fail(err, rc, "more than %zu MiB of text", text->max >> 20);
    return rc == DX_OK ? DX_OK : dx_fail_nomem(err);
}
