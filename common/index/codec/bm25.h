/* bm25.h -- the arithmetic of the ranking formula: no data, no I/O.
 *
 *   score(d) = sum over query terms of weight · idf · (k1 + 1) · saturation
 *   saturation = tf / (tf + k1 · (1 - b + b · length / average length))
 *   idf        = ln(1 + (N - df + 0.5) / (df + 0.5))
 *
 * Robertson & Zaragoza, The Probabilistic Relevance Framework: BM25 and
 * Beyond, 2009; fields are folded into tf and length at indexing (BM25F). */
#ifndef DX_INDEX_CODEC_BM25_H
#define DX_INDEX_CODEC_BM25_H

#include <math.h>
#include <stdint.h>

#define DX_BM25_K1 1.3
#define DX_BM25_B 0.75

/* How often a word of each field counts, both in tf and in length. Pairs count
 * once in every field (docs/DECISIONS.md, "Ranking"). */
#define DX_WEIGHT_TITLE 2u
#define DX_WEIGHT_LEAD 1u
#define DX_WEIGHT_BODY 1u

static inline double dx_bm25_idf(uint64_t docs, uint64_t df)
{
    return log(1.0 + ((double)docs - (double)df + 0.5) / ((double)df + 0.5));
}

/** The part that depends on a document's length alone. */
static inline double dx_bm25_norm(uint32_t length, double average_length)
{
    return DX_BM25_K1 *
           (1.0 - DX_BM25_B + DX_BM25_B * (double)length / average_length);
}

static inline double dx_bm25_normed(uint32_t tf, double norm)
{
    return (double)tf / ((double)tf + norm);
}

static inline double dx_bm25_saturation(uint32_t tf, uint32_t length,
    double average_length)
{
    return dx_bm25_normed(tf, dx_bm25_norm(length, average_length));
}

/** Saturation, rounded up to 1/255, as lists store it. */
static inline uint8_t dx_bm25_rounded_up(double saturation)
{
    double q = ceil(saturation * 255.0);

    return q >= 255.0 ? 255 : (uint8_t)q;
}

static inline uint8_t dx_bm25_bound(uint32_t tf, uint32_t length,
    double average_length)
{
    return dx_bm25_rounded_up(dx_bm25_saturation(tf, length, average_length));
}

/** Makes a stored bound hold after the collection's average length has moved
 *  away from `stored_average`: a smaller norm raises saturation by the ratio of
 *  the averages at most. */
static inline double dx_bm25_bound_value(uint8_t bound, double stored_average,
    double average_length)
{
    double v = bound / 255.0;

    if (average_length > stored_average)
        v *= average_length / stored_average;
    return v < 1.0 ? v : 1.0;
}

#endif
