/* Lines in capitals as one writes them within a sentence. */
#include "indexer/input/text/casing.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "indexer/input/chars/chars.h"
#include "indexer/input/text/state_line.h"

#define SEARCHED_BYTES 65536u /* of the text, for how words are written */

static dx_status to_small(dx_str s, dx_arena *arena, dx_str *out,
    dx_error *err)
{
    const char *p = s.ptr, *end = dx_str_end(s);
    char *text = dx_arena_alloc(arena, s.len * 2 + 1);
    size_t n = 0;

    if (!text)
        return dx_fail_nomem(err);
    while (p < end)
        n += dx_char_put(text + n, dx_char_lower(dx_char_next(&p, end)));
    text[n] = '\0';
    *out = (dx_str){text, n};
    return DX_OK;
}

static bool ends_word(dx_str text, size_t at)
{
    const char *p = text.ptr + at, *end = dx_str_end(text);

    return p == end || !dx_char_is_letter(dx_char_next(&p, end));
}

/* The same words within a sentence below, where capitals mean something; empty
 * when there are none. */
static dx_str as_in_text(const char *small, size_t bytes, const dx_paras *p)
{
    size_t seen = 0;

    for (size_t i = 0; i < p->count && seen < SEARCHED_BYTES; i++) {
        dx_str text = p->items[i].text;
        seen += text.len;
        for (size_t k = 2; k + bytes <= text.len; k++) {
            if (text.ptr[k - 1] != ' ' || strchr(".;:", text.ptr[k - 2]))
                continue;
            size_t n = dx_starts_with(dx_str_from_offset(text, k), small);
            dx_str found = {text.ptr + k, n};
            if (n && ends_word(text, k + n) && !dx_state_is_capitals(found))
                return found;
        }
    }
    return (dx_str){NULL, 0};
}

/* As many words as possible at once as the text has them; others in small letters,
 * but for numbers of documents. `small` is `s` in small letters, of the same
 * length. */
static dx_status words_as_written(dx_str s, dx_str small, const dx_paras *p,
    dx_arena *arena, dx_str *out, dx_error *err)
{
    char *text = dx_arena_strndup(arena, small.ptr, small.len);
    char *part = dx_arena_alloc(arena, small.len + 1);

    if (!text || !part)
        return dx_fail_nomem(err);
    for (size_t i = 0; i < small.len;) {
        size_t n = small.len - i, first = n;
        for (const char *blank; n; n = blank ? (size_t)(blank - part) : 0) {
            memcpy(part, small.ptr + i, n);
            part[n] = '\0';
            blank = memrchr(part, ' ', n);
            dx_str found = blank || n == small.len
                ? as_in_text(part, n, p) : (dx_str){NULL, 0};
            if (found.len == n) {
                memcpy(text + i, found.ptr, n);
                break;
            }
            first = n;
        }
        if (n == 0) { /* a word of its own */
            n = first;
            if (memchr(s.ptr + i, '/', n) || strpbrk(part, "0123456789"))
                memcpy(text + i, s.ptr + i, n);
        }
        i += n + 1;
    }
    *out = (dx_str){text, small.len};
    return DX_OK;
}

static bool names_a_place(dx_str word)
{
    static const char *const words[] = {"tỉnh", "phố", "huyện", "quận", "xã",
        "phường", "trấn"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (dx_equals(word, words[i]))
            return true;
    return false;
}

/* What is named after its field: "Bộ Tài chính", "Sở Nội vụ". */
static bool begins_office(dx_str s)
{
    static const char *const words[] = {"bộ ", "sở ", "cục ", "vụ ", "phòng ",
        "viện ", "ban ", "trường ", "đài ", "báo "};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (dx_starts_with(s, words[i]))
            return true;
    return false;
}

static bool is_proper(dx_str s)
{
    static const char *const names[] = {"chính phủ", "quốc hội", "việt nam",
        "nhà nước", "trung ương"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (dx_starts_with(s, names[i]))
            return true;
    return false;
}

static void raise_first(char *text, uint32_t c)
{
    uint32_t capital = c < 0x100 ? c - 32 : c - 1;

    if (dx_char_lower(capital) == c)
        dx_char_put(text, capital);
}

/* "ỦY BAN NHÂN DÂN TỈNH BẮC GIANG" to "Ủy ban nhân dân tỉnh Bắc Giang"; of "BỘ
 * TƯ PHÁP" the second word, too. `small` is in place. */
static void capitalize(dx_str small, char *text)
{
    bool place = false;
    size_t word = 0;

    for (size_t i = 0; i < small.len; word++) {
        size_t n = 0;
        while (i + n < small.len && small.ptr[i + n] != ' ')
            n++;
        const char *p = small.ptr + i;
        uint32_t c = dx_char_next(&p, dx_str_end(small));
        bool office = word == 1 && begins_office(small);
        if (word == 0 || place || office)
            raise_first(text + i, c);
        place |= names_a_place((dx_str){small.ptr + i, n});
        if (is_proper(dx_str_from_offset(small, i)))
            raise_first(text + i, c);
        i += n + 1;
    }
}

dx_status dx_casing_of_title(dx_str capitals, const dx_paras *text,
    dx_arena *arena, dx_str *out, dx_error *err)
{
    dx_str small = {NULL, 0};

    *out = capitals;
    DX_TRY(to_small(capitals, arena, &small, err));
    if (small.len != capitals.len)
        return DX_OK;
    return words_as_written(capitals, small, text, arena, out, err);
}

dx_status dx_casing_of_body(dx_str capitals, const dx_paras *text,
    dx_arena *arena, dx_str *out, dx_error *err)
{
    dx_str small = {NULL, 0};

    DX_TRY(to_small(capitals, arena, &small, err));
    *out = as_in_text(small.ptr, small.len, text);
    if (out->len)
        return DX_OK;
    char *own = dx_arena_strndup(arena, small.ptr, small.len);
    if (!own)
        return dx_fail_nomem(err);
    capitalize(small, own);
    *out = (dx_str){own, small.len};
    return DX_OK;
}
