/* article.h -- one article as the readers hand it to the inverter.
 *
 * Every string is valid UTF-8 without NUL or control characters other than
 * '\n' and '\t', owned by the article's arena; {NULL, 0} when absent. */
#ifndef DX_INDEXER_INPUT_ARTICLE_H
#define DX_INDEXER_INPUT_ARTICLE_H

#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/hash.h"
#include "common/base/str.h"

#define DX_DATE_NONE INT32_MIN

typedef struct dx_article {
    dx_str id;       /* unique in the index: JSONL `id`, else `url`, else
                        path[#line]; never empty */
    dx_str title;    /* never empty: from the lead or file name if need be */
    dx_str lead;
    dx_str body;     /* paragraphs separated by '\n' */
    dx_str source;   /* Báo Bắc Giang */
    dx_str author;
    dx_str category;
    dx_str url;
    dx_str tags;     /* joined by ", " */
    dx_str path;     /* as the user named it, with "#line" in a JSONL file;
                        what is no UTF-8 in it as %XX */
    dx_str extra;    /* JSON object text of unknown fields, or absent */
    int32_t date;    /* days since 1970-01-01, or DX_DATE_NONE */
    dx_hash128 content; /* of all the above fields */
} dx_article;

#endif
