/* Fields of forms as a query. */
#include "searcher/serve/request/compose.h"

#include <stdio.h>
#include <string.h>

#include "searcher/output/html/link.h"
#include "searcher/serve/request/day.h"

#define BLANKS " \t\r\n"
#define PIECE_BYTES_MAX 16384u

static bool is_text(const char *text) { return text[strspn(text, BLANKS)] != '\0'; }

static void append(char *query, size_t max, dx_buf *piece)
{
    size_t len = strlen(query);
    const char *blank = len ? " " : "";

    if (piece->status == DX_OK && piece->len > 0 &&
        len + strlen(blank) + piece->len <= max)
        snprintf(query + len, max + 1 - len, "%s%s", blank, dx_buf_cstr(piece));
}

/* Without quotation marks of its own, which would end it. */
static void put_phrase(dx_buf *out, const char *text)
{
    dx_buf_putc(out, '"');
    for (; *text; text++)
        dx_buf_putc(out, *text == '"' ? ' ' : *text);
    dx_buf_putc(out, '"');
}

/* Each word with `sign` before it, and `between` between them. What is more than letters and
 * digits becomes a phrase, so that it means nothing but itself. */
static unsigned put_words(dx_buf *out, const char *text, const char *sign,
    const char *between)
{
    char word[256];
    unsigned count = 0;

    for (text += strspn(text, BLANKS); *text; text += strspn(text, BLANKS)) {
        size_t len = strcspn(text, BLANKS);
        snprintf(word, sizeof word, "%.*s", (int)len, text);
        text += len;
        dx_buf_puts(out, count++ ? between : "");
        dx_buf_puts(out, sign);
        if (strpbrk(word, "\"()[]|&@:-!+=^~*?/") || strcmp(word, "OR") == 0 ||
            strcmp(word, "AND") == 0 || strcmp(word, "NOT") == 0 || *sign)
            put_phrase(out, word);
        else
            dx_buf_puts(out, word);
    }
    return count;
}

static void put_any(dx_buf *out, const char *text)
{
    dx_buf words;

    dx_buf_init(&words, PIECE_BYTES_MAX);
    bool several = put_words(&words, text, "", " OR ") > 1;
    dx_buf_puts(out, several ? "(" : "");
    dx_buf_puts(out, dx_buf_cstr(&words));
    dx_buf_puts(out, several ? ")" : "");
    dx_buf_latch(out, &words);
    dx_buf_free(&words);
}

void dx_form_add(dx_form_field field, const char *text, char *query, size_t max)
{
    dx_buf piece;

    if (!is_text(text))
        return;
    dx_buf_init(&piece, PIECE_BYTES_MAX);
    if (field == DX_FORM_EXACT)
        put_phrase(&piece, text);
    else if (field == DX_FORM_ANY)
        put_any(&piece, text);
    else if (field == DX_FORM_NONE)
        put_words(&piece, text, "-", " ");
    else if (field == DX_FORM_SOURCE)
        dx_link_put_filter(&piece, "source", text);
    else if (field == DX_FORM_CATEGORY)
        dx_link_put_filter(&piece, "category", text);
    else
        dx_buf_puts(&piece, text);
    append(query, max, &piece);
    dx_buf_free(&piece);
}

/* Who has mixed the two up means the days between them. */
void dx_form_add_days(const char *from, const char *to, char *query, size_t max)
{
    char first[DX_DAY_BYTES], last[DX_DAY_BYTES];
    dx_buf piece;

    (void)dx_day_read(from, false, first);
    (void)dx_day_read(to, true, last);
    if (*first && *last && strcmp(first, last) > 0) {
        (void)dx_day_read(to, false, first);
        (void)dx_day_read(from, true, last);
    }
    if (!*first && !*last)
        return;
    dx_buf_init(&piece, PIECE_BYTES_MAX);
    dx_buf_printf(&piece, "date:%s..%s", first, last);
    append(query, max, &piece);
    dx_buf_free(&piece);
}
