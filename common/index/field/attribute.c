/* Attributes: a field and a value as a term. */
#include "common/index/field/attribute.h"

#include <string.h>

#include "common/text/lexer.h"
#include "common/text/term.h"
#include "common/text/utf8.h"

dx_field dx_attribute_named(dx_str *text)
{
    const char *colon = text->len ? memchr(text->ptr, ':', text->len) : NULL;
    size_t len = colon ? (size_t)(colon - text->ptr) : 0;
    dx_field field = dx_field_asked_as((dx_str){text->ptr, len});

    if (!colon || field == DX_FIELDS || !dx_field_is_attribute(field))
        return DX_FIELDS;
    *text = (dx_str){colon + 1, text->len - len - 1};
    return field;
}

void dx_attribute_begin(dx_field field, dx_buf *out)
{
    dx_buf_putc(out, DX_ATTRIBUTE_MARK);
    dx_buf_putc(out, dx_attribute_sign(field));
}

/* ---- exact ---- */

/* One character of a value. Marks that stand alone are composed with the letter
 * before them, so `from` is where that one begins. */
typedef struct shown {
    dx_buf *out;
    size_t start, from; /* of the value, of its last character */
    bool blank;         /* one is due before the next character */
} shown;

#define MARKS_MAX 8u

/* Composes the last letter and the mark `c`, which needs the letter taken
 * apart: ê and a dot below are e, a dot below and a circumflex. Case is lost
 * there, so it is put back. */
static bool compose(shown *s, uint32_t c)
{
    const char *p = (const char *)s->out->data + s->from;
    uint32_t chars[DX_DECOMPOSED_MAX + MARKS_MAX], letter;
    char text[4];

    if (c < 0x80 || dx_char_class_of(c) != DX_CHAR_MARK ||
        s->from == s->out->len ||
        dx_utf8_decode(p, p + (s->out->len - s->from), &letter) == 0)
        return false;
    size_t n = dx_char_decompose(letter, chars);
    if (dx_char_is_capital(letter) && chars[0] >= 'a' && chars[0] <= 'z')
        chars[0] -= 'a' - 'A';
    chars[n++] = c;
    if (dx_chars_compose(chars, n) != 1)
        return false;
    s->out->len = s->from;
    dx_buf_put(s->out, text, dx_utf8_encode(chars[0], text));
    return true;
}

/* False when there is no more room. */
static bool put_char(shown *s, uint32_t c, const char *bytes, size_t n)
{
    bool blank = s->blank && s->out->len > s->start;

    if (compose(s, c))
        return true;
    if (s->out->len - s->start + n + blank > DX_ATTRIBUTE_MAX_BYTES)
        return false;
    if (blank)
        dx_buf_putc(s->out, ' ');
    s->blank = false;
    s->from = s->out->len;
    dx_buf_put(s->out, bytes, n);
    return true;
}

void dx_attribute_exact(dx_field field, dx_str value, dx_buf *out)
{
    const char *p = value.ptr, *end = dx_str_end(value);
    uint32_t c;
    size_t n;

    dx_attribute_begin(field, out);
    shown s = {out, out->len, out->len, false};
    for (; p < end; p += n) {
        n = dx_utf8_decode(p, end, &c);
        if (n == 0)
            n = 1; /* ill-formed: left out */
        else if (c == ' ' || c == '\t' || c == '\n' || c == 0xA0)
            s.blank = true;
        else if (c >= ' ' && dx_char_class_of(c) != DX_CHAR_IGNORED &&
                 !put_char(&s, c, p, n))
            break;
        if (out->status != DX_OK)
            break;
    }
}

/* ---- folded ---- */

void dx_attribute_add(dx_buf *out, dx_str folded)
{
    bool blank = out->len > DX_ATTRIBUTE_PREFIX_BYTES;

    /* Whole terms only: both sides cut alike. */
    if (out->len + folded.len + blank > DX_ATTRIBUTE_KEY_MAX_BYTES)
        return;
    if (blank)
        dx_buf_putc(out, ' ');
    dx_buf_put_str(out, folded);
}

static dx_status add_terms(dx_analyzer *a, dx_str value, dx_buf *out)
{
    dx_lexer lx = dx_lexer_new(value);
    dx_str gap, word;
    const dx_term *terms;
    size_t count;

    while (dx_lexer_next(&lx, &gap, &word)) {
        DX_TRY(dx_analyzer_word(a, word, &terms, &count));
        for (size_t i = 0; i < count; i++)
            if (!terms[i].overlay)
                dx_attribute_add(out, terms[i].folded);
    }
    return out->status;
}

dx_status dx_attribute_fold(dx_analyzer *a, dx_field field,
    dx_str value, dx_buf *out)
{
    dx_buf exact; /* folded is what is shown, cut where that is cut */

    dx_buf_clear(out);
    dx_attribute_begin(field, out);
    dx_buf_init(&exact, 2 * DX_ATTRIBUTE_KEY_MAX_BYTES);
    dx_attribute_exact(field, value, &exact);
    dx_status rc = exact.status;
    if (rc == DX_OK)
        rc = add_terms(a,
            (dx_str){(const char *)exact.data + DX_ATTRIBUTE_PREFIX_BYTES,
                exact.len - DX_ATTRIBUTE_PREFIX_BYTES},
            out);
    dx_buf_free(&exact);
    return rc;
}
