/* same_article.h -- whether two articles are one, published twice.
 *
 * Dozens of portals publish the same text, under a headline of their own, with a
 * source line, a paragraph less. State documents have sentences in common, too:
 * procedures and decisions are written by templates. Signatures (signature.h) say
 * of both that their texts are nearly the same. So the two texts are laid side by
 * side, and what one has in place of the other is looked at:
 *
 *     … hỗ trợ Lạng Sơn 20 tấn gạo …    another name, another number:
 *     … hỗ trợ Cao Bằng 35 tấn gạo …    another article
 *     … sáng nay tổ chức hội nghị …     a few words: the same
 *     … sáng nay đã tổ chức hội nghị …
 *
 * Where headlines differ, nothing but whole passages may be left out or added. */
#ifndef DX_SEARCHER_ANSWER_SELECT_SAME_ARTICLE_H
#define DX_SEARCHER_ANSWER_SELECT_SAME_ARTICLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/index/segment/doc.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/meta.h"
#include "searcher/answer/select/doc_ref.h"

typedef struct dx_side_word { /* of a text, in order */
    uint64_t hash;            /* of its spelling in small letters */
    bool is_number, is_name;  /* it has a digit; it begins with a capital */
} dx_side_word;

typedef struct dx_side { /* one of two articles, as it was read */
    dx_doc_ref ref;
    bool is_read;
    dx_side_word *words; /* owned: the title's, then all others */
    size_t count, cap, title_count;
} dx_side;

/* What comparing needs, kept from one comparison to the next. For one thread. */
typedef struct dx_same_reader {
    const dx_generation *generation; /* borrowed */
    dx_doc doc;
    dx_meta_reader meta;
    dx_side first, second;
} dx_same_reader;

void dx_same_reader_init(dx_same_reader *r, const dx_generation *g);
void dx_same_reader_free(dx_same_reader *r);

/** Whether the signatures of `a` and `b` say that their texts are nearly the
 *  same. */
bool dx_same_signature(const dx_generation *g, dx_doc_ref a, dx_doc_ref b);

/** Whether `a` and `b`, whose signatures do, are the same article: *same.
 *  Takes some 10 ns a word of both; least when `a` is the one compared last.
 *  Fails with CORRUPT or NOMEM. */
DX_NODISCARD dx_status dx_same_article(dx_same_reader *r, dx_doc_ref a,
    dx_doc_ref b, bool *same);

#endif
