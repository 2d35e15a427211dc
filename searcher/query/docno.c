/* Document numbers in one spelling, however they are typed. */
#include "searcher/query/docno.h"

#include <string.h>

#include "common/text/lexer.h"
#include "common/text/term.h"
#include "searcher/query/lex.h"

#define PASSES_MAX 8

/* The slash or hyphen in what stands between two words, or '\0'. People write
 * blanks and dashes of all lengths there. */
static char separator_in(dx_str gap)
{
    for (size_t i = 0; gap.ptr && i < gap.len; i++)
        if (gap.ptr[i] == '/')
            return '/';
    for (size_t i = 0; gap.ptr && i < gap.len; i++)
        if (gap.ptr[i] == '-' || (i + 2 < gap.len &&
                                     memcmp(gap.ptr + i, "\xE2\x80", 2) == 0 &&
                                     (unsigned char)gap.ptr[i + 2] >= 0x90 &&
                                     (unsigned char)gap.ptr[i + 2] <= 0x95))
            return '-';
    return '\0';
}

static dx_str without_zeros(dx_str s)
{
    while (s.len > 1 && *s.ptr == '0' && dx_query_is_digit(s.ptr[1])) {
        s.ptr++;
        s.len--;
    }
    return s;
}

static bool ends_in_digit(const dx_buf *b)
{
    return b->len > 0 && dx_query_is_digit((char)b->data[b->len - 1]);
}

/* Adds a part with what stood before it. Two numbers stay two: a hyphen goes
 * between them where there was no sign. */
static void put_part(dx_buf *out, bool first, dx_str gap, dx_str part)
{
    char sep = separator_in(gap);

    if (first)
        part = without_zeros(part);
    else if (!sep && ends_in_digit(out) && dx_query_is_digit(*part.ptr))
        sep = '-';
    if (sep && !first)
        dx_buf_putc(out, sep);
    if (sep && part.len == 2) /* as the analyzer does: 05 is 5 */
        part = without_zeros(part);
    dx_buf_put_str(out, part);
}

/* Puts the parts, not the analyzer's name of the whole: so a part of a number,
 * such as 749/QĐ or QĐ-TTg, is written in the same way, and nothing is stemmed. */
static dx_status put_once(dx_analyzer *a, dx_str s, dx_buf *out)
{
    dx_lexer lx = dx_lexer_new(s);
    const char *before = s.ptr;
    size_t start = out->len;
    dx_str gap, word;

    while (dx_lexer_next(&lx, &gap, &word)) {
        const dx_term *terms;
        size_t count;
        DX_TRY(dx_analyzer_word(a, word, &terms, &count));
        for (size_t i = 0; i < count; i++) {
            const dx_term *t = &terms[i];
            if (t->overlay || memchr(t->exact.ptr, ',', t->exact.len))
                continue; /* 57,5 is no part of a document number */
            dx_str between = {before,
                (size_t)(word.ptr + t->start - before)};
            put_part(out, out->len == start, between,
                dx_term_is_marked(t) ? t->folded : t->exact);
            before = word.ptr + t->end;
        }
    }
    return out->status;
}

/* The whole may be read in another way than its pieces were, so it is read again
 * until nothing changes. */
dx_status dx_query_docno_put(dx_analyzer *a, dx_str s, dx_buf *out)
{
    bool same = false;
    dx_buf last;

    DX_TRY(put_once(a, s, out));
    dx_buf_init(&last, out->max);
    for (int pass = 0; pass < PASSES_MAX && !same; pass++) {
        dx_buf_clear(&last);
        dx_buf_put(&last, out->data, out->len);
        dx_str before = {(const char *)last.data, last.len};
        dx_buf_clear(out);
        if (last.status != DX_OK || put_once(a, before, out) != DX_OK)
            break;
        same = dx_str_eq(before, (dx_str){(const char *)out->data, out->len});
    }
    dx_status rc = last.status != DX_OK ? last.status : out->status;
    dx_buf_free(&last);
    return rc;
}
