/* A query with some of its words spelt in another way. */
#include "searcher/understand/respell.h"

#include <stdbool.h>

#include "common/base/buf.h"
#include "common/text/utf8.h"

/* A term of syllables has at most twice the bytes that were typed, but spellings
 * come from an index that may be damaged. */
#define RESPELT_MAX_BYTES (16u * DX_QUERY_MAX_BYTES)

/* All small letters of Vietnamese beyond Latin-1 follow their capital. */
static uint32_t capital(uint32_t c)
{
    bool latin = (c >= 'a' && c <= 'z') || (c >= 0xE0 && c <= 0xFE);

    return latin ? c - 0x20 : c > 0xFF ? c - 1 : c;
}

static bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

/* A capital stays one, so that a name is shown as such; one at both ends makes an
 * abbreviation or a headline. */
static void put_spelling(dx_buf *text, dx_str typed, dx_str spelling)
{
    bool first = typed.len > 0 && is_capital(typed.ptr[0]);
    bool all = first && typed.len > 1 && is_capital(typed.ptr[typed.len - 1]);
    const char *end = dx_str_end(spelling);
    char bytes[4];
    uint32_t c;

    for (const char *p = spelling.ptr; p < end;) {
        size_t n = dx_utf8_decode(p, end, &c);
        if (n == 0) /* from a damaged index */
            break;
        bool large = all || (first && p == spelling.ptr);
        dx_buf_put(text, bytes, dx_utf8_encode(large ? capital(c) : c, bytes));
        p += n;
    }
}

dx_status dx_query_respell(const dx_query *q, const dx_str *spelling,
    dx_arena *arena, const char **out)
{
    uint32_t at = 0;
    dx_buf text;

    dx_buf_init(&text, RESPELT_MAX_BYTES);
    for (uint32_t w = 0; w < q->typed_count; w++) {
        const dx_query_word *word = &q->words[w];
        if (spelling[w].len == 0 || word->start < at)
            continue;
        dx_buf_put(&text, q->text.ptr + at, word->start - at);
        put_spelling(&text,
            (dx_str){q->text.ptr + word->start, word->end - word->start},
            spelling[w]);
        at = word->end;
    }
    dx_buf_put(&text, q->text.ptr + at, q->text.len - at);
    dx_utf8_clean((char *)text.data, text.len);
    *out = text.status == DX_OK
               ? dx_arena_strndup(arena, (const char *)text.data, text.len)
               : NULL;
    dx_buf_free(&text);
    return *out ? DX_OK : DX_ERR_NOMEM;
}
