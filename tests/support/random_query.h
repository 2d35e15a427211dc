/* random_query.h -- random words and queries of a small vocabulary, the same
 * ones in every run. */
#ifndef DX_TESTS_RANDOM_QUERY_H
#define DX_TESTS_RANDOM_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "searcher/query/query.h"

uint32_t random_below(uint32_t n);
/** The first words of the vocabulary are common, the last ones rare. */
const char *random_word(void);

/** As typed: words, phrases, exclusions, titles. */
void random_query(char *out, size_t size);

/** A name as an article has it: a source, a category, a tag. */
const char *random_name(void);
/** Whether `asked`, a spelling that random_tree() gives, is that name. */
bool random_name_is(const char *name, dx_str asked);
/** An address: https://a.vtv.vn/tin-12.html */
void random_url(char *out, size_t size);

/** A tree of anything that a query can have; to be freed. */
void random_tree(dx_query *out);

/** Appends what node `id` is to the string `out`. */
void random_tree_describe(const dx_query *q, uint32_t id, char *out,
    size_t size);

#endif
