/* Canonical Huffman codes: making one, and the tables that decode it. */
#include "common/index/codec/huffman.h"

#include <string.h>

#include "common/base/mem.h"

/* Turns frequencies in rising order into code lengths, in place (Moffat &
 * Katajainen, In-place calculation of minimum-redundancy codes, WADS 1995):
 * no tree, no heap. */
static void minimum_redundancy(uint64_t *a, uint32_t n)
{
    uint32_t leaf = 0, root = 0;

    if (n == 1) {
        a[0] = 1;
        return;
    }
    for (uint32_t next = 0; next < n - 1; next++) {
        uint64_t sum = 0;
        for (int pick = 0; pick < 2; pick++) {
            if (leaf >= n || (root < next && a[root] < a[leaf])) {
                sum += a[root];
                a[root++] = next;
            } else {
                sum += a[leaf++];
            }
        }
        a[next] = sum;
    }
    a[n - 2] = 0;
    for (uint32_t i = n - 2; i-- > 0;)
        a[i] = a[a[i]] + 1;
    uint32_t available = 1, used = 0, depth = 0, next = n;
    uint32_t inner = n - 1; /* inner nodes not yet counted: a[inner - 1] … */
    while (available > 0) {
        while (inner > 0 && a[inner - 1] == depth) {
            used++;
            inner--;
        }
        while (available > used) {
            a[--next] = depth;
            available--;
        }
        available = 2 * used;
        depth++;
        used = 0;
    }
}

/* Cuts lengths over the limit, then repairs the Kraft sum by lengthening the
 * longest codes still below the limit. At 24 bits that costs well under 0.1 %
 * in size; package-merge would be exact but slower. */
static void limit_lengths(uint32_t counts[DX_HUFFMAN_MAX_BITS + 1])
{
    const uint64_t whole = (uint64_t)1 << DX_HUFFMAN_MAX_BITS;
    uint64_t kraft = 0;

    for (unsigned l = 1; l <= DX_HUFFMAN_MAX_BITS; l++)
        kraft += (uint64_t)counts[l] << (DX_HUFFMAN_MAX_BITS - l);
    while (kraft > whole) {
        unsigned l = DX_HUFFMAN_MAX_BITS - 1;
        while (l > 0 && counts[l] == 0)
            l--;
        counts[l]--;
        counts[l + 1]++;
        kraft -= (uint64_t)1 << (DX_HUFFMAN_MAX_BITS - l - 1);
    }
}

dx_status dx_huffman_plan(const uint64_t *frequencies, uint32_t n,
    uint32_t counts[DX_HUFFMAN_MAX_BITS + 1])
{
    memset(counts, 0, (DX_HUFFMAN_MAX_BITS + 1) * sizeof *counts);
    if (n == 0 || n > DX_HUFFMAN_MAX_SYMBOLS)
        return DX_ERR_LIMIT;
    uint64_t *a = dx_realloc_array(NULL, n, sizeof *a);
    if (!a)
        return DX_ERR_NOMEM;
    for (uint32_t i = 0; i < n; i++)
        a[i] = frequencies[n - 1 - i];
    minimum_redundancy(a, n);
    for (uint32_t i = 0; i < n; i++)
        counts[a[i] < DX_HUFFMAN_MAX_BITS ? a[i] : DX_HUFFMAN_MAX_BITS]++;
    dx_free(a);
    limit_lengths(counts);
    return DX_OK;
}

/* Above all symbols, even when bits that are no code are added to it. */
#define NO_SYMBOL 0x80000000u

bool dx_huffman_init(dx_huffman *h,
    const uint32_t counts[DX_HUFFMAN_MAX_BITS + 1])
{
    uint64_t code = 0, symbols = 0;

    memset(h, 0, sizeof *h);
    for (unsigned bits = 1; bits <= DX_HUFFMAN_MAX_BITS; bits++) {
        code <<= 1;
        h->first_code[bits] = (uint32_t)code;
        h->first_symbol[bits] = (uint32_t)symbols;
        h->base[bits] = (uint32_t)symbols - (uint32_t)code;
        code += counts[bits];
        symbols += counts[bits];
        if (code > (uint64_t)1 << bits || symbols > DX_HUFFMAN_MAX_SYMBOLS)
            return false;
        h->limit[bits] = code << (32 - bits);
    }
    h->symbols = (uint32_t)symbols;
    h->base[DX_HUFFMAN_MAX_BITS + 1] = NO_SYMBOL; /* or more */
    h->limit[DX_HUFFMAN_MAX_BITS + 1] = UINT64_MAX;
    /* Codes that start with larger bits are not shorter. */
    size_t at = 0;
    for (unsigned bits = 1; bits <= DX_HUFFMAN_MAX_BITS; bits++) {
        uint64_t hints = h->limit[bits] >> (32 - DX_HUFFMAN_HINT_BITS);
        bool part = h->limit[bits] << DX_HUFFMAN_HINT_BITS & UINT32_MAX;
        memset(h->hint + at, (int)bits, (size_t)hints + part - at);
        at = (size_t)hints + part;
    }
    memset(h->hint + at, DX_HUFFMAN_MAX_BITS + 1, sizeof h->hint - at);
    return symbols > 0;
}

uint32_t dx_huffman_code(const dx_huffman *h, uint32_t symbol, unsigned *bits)
{
    unsigned l = 1;

    while (l < DX_HUFFMAN_MAX_BITS && symbol >= h->first_symbol[l + 1])
        l++;
    *bits = l;
    return h->first_code[l] + (symbol - h->first_symbol[l]);
}
