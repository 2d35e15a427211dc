/* Headlines: which line looks like one, and one for a text that has none. */
#include "indexer/input/text/headline.h"

#include "indexer/input/chars/chars.h"

#define TITLE_MAX_CHARS 120u
#define HEADING_MAX_BYTES 200u

bool dx_looks_like_headline(dx_str line)
{
    const char *p = line.ptr, *end = p + line.len;
    size_t words = 1;

    if (line.len == 0 || line.len > HEADING_MAX_BYTES ||
        strchr(".,;:", line.ptr[line.len - 1]))
        return false;
    uint32_t first = dx_char_next(&p, end);
    if (!dx_char_is_upper(first) && !dx_is_digit(line.ptr[0]) &&
        first != '"' && first != '\'' && first != 0x201C && first != 0x2018)
        return false;
    for (; p < end; p++)
        words += *p == ' ';
    return words >= 3;
}

static dx_str next_line(dx_str *rest)
{
    const char *nl = rest->len ? memchr(rest->ptr, '\n', rest->len) : NULL;
    size_t n = nl ? (size_t)(nl - rest->ptr) : rest->len;
    dx_str line = {rest->ptr, n};

    *rest = dx_str_from_offset(*rest, nl ? n + 1 : n);
    return dx_trim(line);
}

/* Headings of a few words ("Những điểm nghẽn") name a part, not the whole. */
static bool is_telling(dx_str line)
{
    const size_t enough_words = 10;
    size_t words = 1;

    for (size_t i = 0; i < line.len; i++)
        words += line.ptr[i] == ' ';
    return words >= enough_words && dx_looks_like_headline(line);
}

static dx_str first_heading(dx_str body)
{
    dx_str rest = body, heading = {NULL, 0};

    while (rest.len) {
        dx_str line = next_line(&rest);
        if (line.len == 0)
            continue;
        if (heading.len && line.len > heading.len && line.len >= 100)
            return heading;
        heading = is_telling(line) ? line : (dx_str){NULL, 0};
    }
    return (dx_str){NULL, 0};
}

/* Up to the first full stop, question or exclamation mark before a blank, but
 * not after an abbreviation's few letters ("TP. Hồ Chí Minh"). */
static dx_str first_sentence(dx_str text)
{
    dx_str line = next_line(&text);

    while (line.len == 0 && text.len)
        line = next_line(&text);
    for (size_t i = 20; i + 1 < line.len; i++) {
        if (!strchr(".!?", line.ptr[i]) || line.ptr[i + 1] != ' ')
            continue;
        size_t word = i;
        while (word > 0 && line.ptr[word - 1] != ' ')
            word--;
        if (i - word > 2)
            return (dx_str){line.ptr, line.ptr[i] == '.' ? i : i + 1};
    }
    if (line.len && line.ptr[line.len - 1] == '.')
        line.len--;
    return line;
}

dx_status dx_title_from_text(dx_str lead, dx_str body, dx_arena *arena,
    dx_str *out, dx_error *err)
{
    static const char ellipsis[] = "\xE2\x80\xA6";

    *out = first_heading(body);
    if (out->len)
        return DX_OK;
    dx_str sentence = first_sentence(lead.len ? lead : body);
    dx_str cut = dx_cut_words(sentence, TITLE_MAX_CHARS);
    *out = cut;
    if (sentence.len - cut.len <= 1)
        return DX_OK;
    char *text = dx_arena_alloc(arena, cut.len + sizeof ellipsis);
    if (!text)
        return dx_fail_nomem(err);
    memcpy(text, cut.ptr, cut.len);
    memcpy(text + cut.len, ellipsis, sizeof ellipsis);
    *out = (dx_str){text, cut.len + sizeof ellipsis - 1};
    return DX_OK;
}
