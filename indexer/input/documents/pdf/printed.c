/* Lines of pages to paragraphs: what repeats goes, what was broken is joined. */
#include "indexer/input/documents/pdf/printed.h"

#include <stdlib.h>

#include "common/base/hash.h"
#include "common/base/mem.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/clean.h"
#include "indexer/input/chars/repair.h"
#include "indexer/input/text/state_line.h"

#define SCAN_WORDS 20u         /* fewer than that … */
#define SCAN_WORDS_A_PAGE 10u  /* … or fewer a page: a scan with a stamp on it */
#define EDGE_LINES 4u          /* at a page's top or bottom: headers, footers */
#define STAMP_BYTES 6u         /* letters of a watermark that runs upward, … */
#define STAMP_LETTERS 6u       /* … and how many such lines make one */

typedef struct line {
    dx_str text; /* clean, not empty */
    uint64_t likeness; /* hash, digits being equal */
    uint32_t page, chars;
    bool after_blank, is_at_edge, repeats, is_furniture;
} line;

typedef struct lines {
    line *at; /* owned */
    size_t count, cap, pages;
} lines;

/* ---- lines ---- */

/* Page numbers differ, and so do the number and day in a header. */
static uint64_t likeness_of(dx_str s)
{
    char plain[160];
    size_t n = s.len < sizeof plain ? s.len : sizeof plain;

    for (size_t i = 0; i < n; i++)
        plain[i] = dx_is_digit(s.ptr[i]) ? '0' : s.ptr[i];
    return dx_hash128_of(plain, n).lo;
}

static dx_status add_line(lines *l, dx_str raw, bool *blank, dx_arena *arena,
    dx_error *err)
{
    void *at = l->at;
    dx_str text;

    DX_TRY(dx_clean(raw, DX_CLEAN_LINE, arena, &text, err));
    if (text.len == 0) {
        *blank = true;
        return DX_OK;
    }
    if (dx_grow(&at, &l->cap, l->count + 1, sizeof *l->at) != 0)
        return dx_fail_nomem(err);
    l->at = at;
    l->at[l->count++] = (line){.text = text,
        .likeness = likeness_of(text),
        .page = (uint32_t)l->pages,
        .chars = (uint32_t)dx_count_chars(text),
        .after_blank = *blank};
    *blank = false;
    return DX_OK;
}

static void mark_edges(lines *l, size_t first)
{
    for (size_t i = first; i < l->count; i++)
        l->at[i].is_at_edge = i - first < EDGE_LINES ||
                              l->count - i <= EDGE_LINES;
}

static dx_status split(dx_str text, dx_arena *arena, lines *l, dx_error *err)
{
    bool blank = true;
    size_t first = 0, n;

    for (; text.len; text = dx_str_from_offset(text, n)) {
        for (n = 0; n < text.len && text.ptr[n] != '\n' && text.ptr[n] != '\f';)
            n++;
        DX_TRY(add_line(l, (dx_str){text.ptr, n}, &blank, arena, err));
        if (n == text.len)
            break;
        if (text.ptr[n++] != '\f')
            continue;
        mark_edges(l, first);
        l->pages++;
        first = l->count;
        blank = true;
    }
    mark_edges(l, first);
    l->pages += l->count > first; /* it ended without a mark */
    return DX_OK;
}

/* ---- what is on the pages besides the text ---- */

typedef struct place {
    uint64_t likeness;
    uint32_t page, line;
} place;

static int by_likeness(const void *a, const void *b)
{
    const place *x = a, *y = b;

    if (x->likeness != y->likeness)
        return x->likeness < y->likeness ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

/* Marks lines that are, but for numbers, on more than half of the pages. */
static dx_status mark_repeated(lines *l, dx_error *err)
{
    place *places = l->count ? dx_calloc(l->count, sizeof *places) : NULL;

    if (l->count == 0)
        return DX_OK;
    if (!places)
        return dx_fail_nomem(err);
    for (size_t i = 0; i < l->count; i++)
        places[i] = (place){l->at[i].likeness, l->at[i].page, (uint32_t)i};
    qsort(places, l->count, sizeof *places, by_likeness);
    for (size_t i = 0, j; i < l->count; i = j) {
        size_t pages = 0;
        for (j = i; j < l->count && places[j].likeness == places[i].likeness;
            j++)
            pages += j == i || places[j].page != places[j - 1].page;
        for (size_t k = i; k < j; k++)
            l->at[places[k].line].repeats = pages >= 2 && pages * 2 > l->pages;
    }
    dx_free(places);
    return DX_OK;
}

/* "3", "- 3 -", "Trang 3/12", "3 | Page" at the edge of a page. */
static bool is_page_number(const line *at)
{
    size_t digits = 0, letters = 0;

    for (size_t i = 0; i < at->text.len; i++) {
        unsigned char c = (unsigned char)at->text.ptr[i];
        digits += dx_is_digit((char)c);
        letters += c >= 0x80 || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    }
    if (!at->is_at_edge || digits == 0 || digits > 8)
        return false;
    return letters == 0 ||
           (letters < 8 && (dx_starts_with(at->text, "trang") ||
                               dx_find_ascii(at->text, "page") >= 0));
}

/* What a signing program stamps on a page. */
static bool is_signature(dx_str s)
{
    static const char *const labels[] = {"người ký:", "ký bởi:",
        "được ký bởi:", "thời gian ký:", "ngày ký:", "giờ ký:", "email:",
        "cơ quan:", "signature not verified", "signed by:", "date:",
        "digitally signed by", "signature valid", "ký số bởi", "chữ ký số"};

    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (dx_starts_with(s, labels[i]))
            return true;
    return false;
}

static bool is_stamp_letter(const line *at)
{
    return at->text.len <= STAMP_BYTES && !dx_is_digit(at->text.ptr[0]);
}

/* A page of letters is a picture with a watermark that runs upward. */
static void mark_stamped_page(line *at, size_t count)
{
    size_t letters = 0;

    for (size_t i = 0; i < count; i++)
        letters += is_stamp_letter(&at[i]);
    if (letters < STAMP_LETTERS || letters * 10 < count * 8)
        return;
    for (size_t i = 0; i < count; i++)
        at[i].is_furniture = true;
}

/* Two pages may well have a line in common; a letter of a watermark is none. */
static void mark_furniture(lines *l)
{
    for (size_t i = 0; i < l->count; i++) {
        line *at = &l->at[i];
        at->is_furniture = is_page_number(at) ||
                           (at->repeats && (is_stamp_letter(at) ||
                               (at->is_at_edge && l->pages > 2)));
    }
    for (size_t i = 0, end; i < l->count; i = end) {
        for (end = i; end < l->count && l->at[end].page == l->at[i].page; end++)
            ;
        mark_stamped_page(l->at + i, end - i);
    }
}

/* Words of two letters and more, as a reader would count them. */
static size_t count_words(dx_str s)
{
    size_t words = 0, letters = 0;
    const char *p = s.ptr, *end = dx_str_end(s);

    while (p < end) {
        uint32_t c = dx_char_next(&p, end);
        letters = dx_char_is_letter(c) ? letters + 1 : 0;
        words += letters == 2;
    }
    return words;
}

static bool is_scan(const lines *l)
{
    size_t words = 0;

    for (size_t i = 0; i < l->count; i++) {
        const line *at = &l->at[i];
        if (!at->is_furniture && !at->repeats && !is_signature(at->text))
            words += count_words(at->text);
    }
    return l->pages && (words < SCAN_WORDS ||
                           words / l->pages < SCAN_WORDS_A_PAGE);
}

/* ---- paragraphs ---- */

/* How far the lines of a page reach: the length that one in ten exceeds. */
static uint32_t width_of(const line *at, size_t count)
{
    uint32_t lengths[256] = {0};
    size_t over = 0;

    for (size_t i = 0; i < count; i++)
        lengths[at[i].chars < 255 ? at[i].chars : 255]++;
    for (uint32_t n = 255; n > 0; n--) {
        over += lengths[n];
        if (over * 10 > count)
            return n;
    }
    return 0;
}

/* "a)", "1.", "- ", "Điều 3": begins a paragraph wherever it stands. */
static bool begins_item(dx_str s)
{
    static const char *const heads[] = {"điều ", "chương ", "mục ", "phần ",
        "khoản ", "căn cứ ", "nơi nhận", "phụ lục"};
    size_t n = 0;

    if (strchr("-+*\xE2", s.ptr[0])) /* "•", "–", "“" */
        return memcmp(s.ptr, "\xE2\x80\x9C", s.len < 3 ? s.len : 3) != 0;
    while (n < s.len && n < 4 && dx_is_digit(s.ptr[n]))
        n++;
    if (n && n < s.len && strchr(".)/", s.ptr[n]) &&
        (n + 1 == s.len || !dx_is_digit(s.ptr[n + 1])))
        return true;
    if (s.len > 2 && n == 0 && s.ptr[1] == ')')
        return true;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (dx_char_is_upper((unsigned char)s.ptr[0] < 0x80
                                 ? (uint32_t)s.ptr[0]
                                 : 0x110) &&
            dx_starts_with(s, heads[i]))
            return true;
    return false;
}

static bool ends_sentence(dx_str s)
{
    return strchr(".;:!?", s.ptr[s.len - 1]) != NULL;
}

/* Whether `next` goes on with what `before` began. Capitals are wider, and no part of
 * small letters below them. */
static bool goes_on(const line *before, const line *next, uint32_t width)
{
    bool capitals = dx_state_is_capitals(before->text);
    bool is_full = before->chars * 10 >= width * (capitals ? 6 : 8);

    if (begins_item(next->text) ||
        (capitals && !dx_state_is_capitals(next->text)))
        return false;
    if (next->after_blank || next->page != before->page)
        return dx_state_begins_small(next->text) && !ends_sentence(before->text) &&
               before->chars * 2 >= width;
    if (dx_state_begins_small(next->text) && !ends_sentence(before->text))
        return true;
    return is_full && width >= 30;
}

typedef struct writer {
    char *text; /* in the arena, room for all */
    size_t len;
    size_t *page_starts; /* in the arena */
    size_t pages; /* that have begun */
} writer;

static void put(writer *w, const line *at, char between)
{
    if (w->len && between)
        w->text[w->len++] = between;
    for (; w->pages <= at->page; w->pages++)
        w->page_starts[w->pages] = w->len;
    memcpy(w->text + w->len, at->text.ptr, at->text.len);
    w->len += at->text.len;
}

static void write_page(const lines *l, size_t first, size_t end, writer *w,
    const line **before)
{
    uint32_t width = width_of(l->at + first, end - first);

    for (size_t i = first; i < end; i++) {
        const line *at = &l->at[i];
        if (at->is_furniture)
            continue;
        bool joins = *before && goes_on(*before, at, width);
        if (!joins && *before && at->after_blank)
            w->text[w->len++] = '\n'; /* an empty line */
        put(w, at, joins ? ' ' : '\n');
        *before = at;
    }
}

static dx_status write_all(const lines *l, dx_arena *arena, dx_printed *out,
    dx_error *err)
{
    writer w = {0};
    size_t bytes = 1;
    const line *before = NULL;

    for (size_t i = 0; i < l->count; i++)
        bytes += l->at[i].text.len + 2;
    w.text = dx_arena_alloc(arena, bytes);
    w.page_starts = dx_arena_calloc(arena, l->pages + 1, sizeof *w.page_starts);
    if (!w.text || !w.page_starts)
        return dx_fail_nomem(err);
    for (size_t i = 0, end; i < l->count; i = end) {
        for (end = i; end < l->count && l->at[end].page == l->at[i].page; end++)
            ;
        write_page(l, i, end, &w, &before);
    }
    while (w.pages < l->pages)
        w.page_starts[w.pages++] = w.len;
    out->text = (dx_str){w.text, w.len};
    out->page_starts = w.page_starts;
    return DX_OK;
}

static dx_status read_pages(dx_str text, dx_arena *arena, lines *l,
    dx_printed *out, dx_error *err)
{
    DX_TRY(dx_repair(text, arena, &text, &out->encoding, err));
    DX_TRY(split(text, arena, l, err));
    DX_TRY(mark_repeated(l, err));
    mark_furniture(l);
    out->pages = l->pages;
    out->is_scan = is_scan(l);
    return write_all(l, arena, out, err);
}

dx_status dx_printed_read(dx_str text, dx_arena *arena, dx_printed *out,
    dx_error *err)
{
    lines l = {0};

    *out = (dx_printed){0};
    dx_status rc = read_pages(text, arena, &l, out, err);
    dx_free(l.at);
    return rc;
}
