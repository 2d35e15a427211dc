/* Any text as a document, and any of its words as what was searched: a passage
 * that is short enough, well-formed and marked in pairs. */
#include <string.h>

#include "common/base/mem.h"
#include "common/index/segment/doc.h"
#include "common/text/analyzer.h"
#include "common/text/lexer.h"
#include "common/text/term.h"
#include "searcher/answer/show/snippet.h"
#include "tests/fuzz/fuzz.h"

static bool add_token(dx_doc *doc, const dx_term *term, uint32_t word_at,
    uint32_t pos, uint8_t field)
{
    void *p = doc->tokens;

    if (dx_grow(&p, &doc->token_cap, doc->token_count + 1,
            sizeof *doc->tokens) != 0)
        return false;
    doc->tokens = p;
    doc->tokens[doc->token_count++] = (dx_token){
        .exact_id = (uint32_t)(term->exact.len * 7 +
                               (unsigned char)term->exact.ptr[0]),
        .pos = pos + term->pos, .start = word_at + term->start,
        .end = word_at + term->end, .field = field, .overlay = term->overlay};
    return true;
}

static bool add_field(dx_doc *doc, dx_analyzer *a, dx_str text, uint8_t field)
{
    uint32_t base = (uint32_t)doc->text.len, pos = 0;
    dx_lexer lx = dx_lexer_new(text);
    dx_str gap, word;

    dx_buf_put_str(&doc->text, text);
    while (dx_lexer_next(&lx, &gap, &word)) {
        const dx_term *terms;
        size_t count;
        uint32_t running = 0, at = base + (uint32_t)(word.ptr - text.ptr);
        if (dx_analyzer_word(a, word, &terms, &count) != DX_OK)
            return false;
        for (size_t i = 0; i < count; i++) {
            running += !terms[i].overlay;
            if (!add_token(doc, &terms[i], at, pos, field))
                return false;
        }
        pos += running;
    }
    doc->field_end[field] = (uint32_t)doc->text.len;
    return true;
}

static unsigned count_of(dx_str s, char c)
{
    unsigned n = 0;

    for (size_t i = 0; i < s.len; i++)
        n += s.ptr[i] == c;
    return n;
}

static void check_snippet(dx_buf *out)
{
    dx_str s = {dx_buf_cstr(out), out->len};

    FUZZ_CHECK(fuzz_is_clean(s));
    FUZZ_CHECK(count_of(s, '<') == count_of(s, '>'));
    dx_buf_clear(out);
}

/* An article's text is clean; what is not becomes blanks. */
static void make_clean(char *text, size_t len)
{
    for (size_t i = 0; i < len;) {
        uint32_t c;
        size_t n = dx_utf8_decode(text + i, text + len, &c);
        if (n == 0 || c < 0x20 || c == 0x7F)
            text[i] = ' ';
        i += n ? n : 1;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static dx_analyzer *analyzer;
    dx_snippet_options opt = DX_SNIPPET_INIT;
    dx_id_range ranges[2]; /* of words that follow one another in the query */
    dx_doc doc;
    dx_buf out;

    if (size < 4)
        return 0;
    if (!analyzer)
        analyzer = dx_analyzer_new();
    char *text = dx_strndup((const char *)data + 3, size - 3);
    if (!text)
        return 0;
    make_clean(text, size - 3);
    size_t title = data[0] < size - 3 ? data[0] : size - 3;
    while (title < size - 3 && ((unsigned char)text[title] & 0xC0) == 0x80)
        title++;
    ranges[0] = (dx_id_range){.first = data[1], .end = data[1] + 1u + data[2]};
    ranges[1] = (dx_id_range){.first = data[1] + 1u + data[2],
        .end = data[1] + 4u + data[2], .word = 1, .beside = size % 3 == 0};
    opt.max_bytes = data[2];
    dx_doc_init(&doc);
    dx_buf_init(&out, 1u << 26);
    if (add_field(&doc, analyzer, (dx_str){text, title}, DX_FIELD_TITLE) &&
        add_field(&doc, analyzer, (dx_str){text, 0}, DX_FIELD_LEAD) &&
        add_field(&doc, analyzer, (dx_str){text + title, size - 3 - title},
            DX_FIELD_BODY)) {
        dx_snippet_source source = {.doc = &doc, .words = &doc,
            .passage = {DX_FIELD_BODY, data[0], data[1]}};
        FUZZ_CHECK(
            dx_snippet_passage(&source, ranges, 2, &opt, &out) == DX_OK);
        check_snippet(&out);
        FUZZ_CHECK(dx_snippet_title(&source, ranges, 2, &opt, &out) == DX_OK);
        check_snippet(&out);
    }
    dx_buf_free(&out);
    dx_doc_free(&doc);
    dx_free(text);
    return 0;
}
