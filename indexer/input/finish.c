#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/date.h"
#include "indexer/input/input.h"
#include "indexer/input/text/paras.h"

#include "common/base/mem.h"

#define TITLE_MAX_CHARS 120u
#define HEADING_MAX_BYTES 200u

dx_status dx_paras_add(dx_paras *p, dx_str text, bool after_blank,
    dx_error *err)
{
    void *items = p->items;

    if (dx_grow(&items, &p->cap, p->count + 1, sizeof *p->items) != 0)
        return dx_fail_nomem(err);
    p->items = items;
    p->items[p->count++] = (dx_para){text, after_blank};
    return DX_OK;
}

void dx_paras_remove(dx_paras *p, size_t at, size_t count)
{
    if (count == 0) /* perhaps of no items at all */
        return;
    memmove(p->items + at, p->items + at + count,
        (p->count - at - count) * sizeof *p->items);
    p->count -= count;
}

void dx_paras_free(dx_paras *p)
{
    dx_free(p->items);
    *p = (dx_paras){0};
}

dx_status dx_paras_join(const dx_paras *p, size_t from, dx_arena *arena,
    dx_str *out, dx_error *err)
{
    size_t bytes = 0, n = 0;

    *out = (dx_str){NULL, 0};
    for (size_t i = from; i < p->count; i++)
        bytes += p->items[i].text.len + 1;
    if (bytes == 0)
        return DX_OK;
    char *text = dx_arena_alloc(arena, bytes);
    if (!text)
        return dx_fail_nomem(err);
    for (size_t i = from; i < p->count; i++) {
        dx_str para = p->items[i].text;
        memcpy(text + n, para.ptr, para.len);
        n += para.len;
        text[n++] = '\n';
    }
    *out = (dx_str){text, n - 1};
    return DX_OK;
}

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

/* A hash of the fields' hashes and lengths: the same strength as one over the
 * fields with separators between them, without copying the body together. */
static dx_hash128 content_hash(const dx_article *a)
{
    const dx_str fields[] = {a->id, a->title, a->lead, a->body, a->source,
        a->author, a->category, a->url, a->tags, a->path, a->extra};
    enum { FIELDS = sizeof fields / sizeof *fields };
    struct { uint64_t lo, hi, len; } parts[FIELDS + 1];

    for (size_t i = 0; i < FIELDS; i++) {
        dx_hash128 h = dx_hash128_of(fields[i].len ? fields[i].ptr : "",
            fields[i].len);
        parts[i].lo = h.lo;
        parts[i].hi = h.hi;
        parts[i].len = fields[i].len;
    }
    parts[FIELDS].lo = (uint64_t)(int64_t)a->date;
    parts[FIELDS].hi = parts[FIELDS].len = 0;
    return dx_hash128_of(parts, sizeof parts);
}

/* File names are bytes, article strings are text: what is no UTF-8 and control
 * characters become %XX, so that two names stay two. */
static dx_status text_of_path(dx_str path, dx_arena *arena, dx_str *out,
    dx_error *err)
{
    static const char hex[] = "0123456789ABCDEF";
    const char *p = path.ptr, *end = p + path.len;
    char *text = dx_arena_alloc(arena, path.len * 3 + 1);
    size_t n = 0;

    if (!text)
        return dx_fail_nomem(err);
    while (p < end) {
        unsigned char b = (unsigned char)*p;
        size_t len = dx_char_len(p, end);
        if (len == 0 || b < 0x20 || b == 0x7F) {
            text[n++] = '%';
            text[n++] = hex[b >> 4];
            text[n++] = hex[b & 15];
            p++;
        } else {
            memcpy(text + n, p, len);
            n += len;
            p += len;
        }
    }
    text[n] = '\0';
    *out = (dx_str){text, n};
    return DX_OK;
}

dx_status dx_article_finish(dx_article *a, dx_str path, dx_arena *arena,
    dx_error *err)
{
    DX_TRY(text_of_path(path, arena, &a->path, err));
    if (a->date == DX_DATE_NONE)
        a->date = dx_date_from_url(a->url);
    if (a->title.len == 0)
        DX_TRY(dx_title_from_text(a->lead, a->body, arena, &a->title, err));
    if (a->title.len == 0)
        return dx_fail(err, DX_ERR_FORMAT,
            "%s: neither a title nor text in it; nothing to index",
            dx_input_path_shown(a->path).ptr);
    if (a->id.len == 0)
        a->id = a->url.len ? a->url : a->path;
    a->content = content_hash(a);
    return DX_OK;
}
