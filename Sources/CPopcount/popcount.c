#include "CPopcount.h"

// The same body for every instruction set: inlined into functions that are compiled for it.
#define ALWAYS static inline __attribute__((always_inline))

ALWAYS uint32_t count_words(const uint64_t *words, size_t count) {
    uint32_t sum = 0;
    for (size_t at = 0; at < count; at++) sum += (uint32_t)__builtin_popcountll(words[at]);
    return sum;
}

ALWAYS uint32_t common4(const uint64_t *a, const uint64_t *b) {
    return (uint32_t)(__builtin_popcountll(a[0] & b[0]) + __builtin_popcountll(a[1] & b[1]) +
                      __builtin_popcountll(a[2] & b[2]) + __builtin_popcountll(a[3] & b[3]));
}

// After half the words: what is common so far and all that can still come.
ALWAYS size_t dice16(const uint64_t *row, uint32_t row_count, uint32_t row_tail, const uint64_t *blocks,
                     const uint32_t *counts, const uint32_t *tails, size_t first, size_t last, uint32_t over,
                     uint32_t under, uint32_t *hits) {
    size_t found = 0;
    for (size_t block = first; block < last; block++) {
        const uint64_t *words = blocks + block * 128;
        for (size_t lane = 0; lane < 8; lane++) {
            const uint64_t *w = words + lane;
            const uint32_t number = (uint32_t)(block * 8 + lane);
            uint32_t low = (uint32_t)(__builtin_popcountll(row[0] & w[0]) + __builtin_popcountll(row[1] & w[8]) +
                                      __builtin_popcountll(row[2] & w[16]) + __builtin_popcountll(row[3] & w[24]));
            low += (uint32_t)(__builtin_popcountll(row[4] & w[32]) + __builtin_popcountll(row[5] & w[40]) +
                              __builtin_popcountll(row[6] & w[48]) + __builtin_popcountll(row[7] & w[56]));
            const uint32_t tail = row_tail < tails[number] ? row_tail : tails[number];
            const uint64_t need = (uint64_t)over * (row_count + counts[number]);
            if (2 * (uint64_t)under * (low + tail) < need) continue;
            uint32_t high = (uint32_t)(__builtin_popcountll(row[8] & w[64]) + __builtin_popcountll(row[9] & w[72]) +
                                       __builtin_popcountll(row[10] & w[80]) + __builtin_popcountll(row[11] & w[88]));
            high += (uint32_t)(__builtin_popcountll(row[12] & w[96]) + __builtin_popcountll(row[13] & w[104]) +
                               __builtin_popcountll(row[14] & w[112]) + __builtin_popcountll(row[15] & w[120]));
            if (2 * (uint64_t)under * (low + high) >= need) hits[found++] = number;
        }
    }
    return found;
}

#if defined(__x86_64__)

#include <immintrin.h>

__attribute__((target("popcnt"))) static uint32_t count_popcnt(const uint64_t *words, size_t count) {
    return count_words(words, count);
}

__attribute__((target("popcnt"))) static uint32_t common4_popcnt(const uint64_t *a, const uint64_t *b) {
    return common4(a, b);
}

__attribute__((target("popcnt"))) static size_t dice16_popcnt(
    const uint64_t *row, uint32_t row_count, uint32_t row_tail, const uint64_t *blocks, const uint32_t *counts,
    const uint32_t *tails, size_t first, size_t last, uint32_t over, uint32_t under, uint32_t *hits) {
    return dice16(row, row_count, row_tail, blocks, counts, tails, first, last, over, under, hits);
}

// Eight filters at once, a word of each: no sum across a register is needed.
__attribute__((target("avx512f,avx512vpopcntdq"))) static size_t dice16_vector(
    const uint64_t *row, uint32_t row_count, const uint64_t *blocks, const uint32_t *counts, size_t first, size_t last,
    uint32_t over, uint32_t under, uint32_t *hits) {
    __m512i words[16];
    for (int at = 0; at < 16; at++) words[at] = _mm512_set1_epi64((long long)row[at]);
    const __m512i twice = _mm512_set1_epi64(2 * (long long)under), share = _mm512_set1_epi64(over);
    const __m512i own = _mm512_set1_epi64(row_count);
    size_t found = 0;
    for (size_t block = first; block < last; block++) {
        const uint64_t *at = blocks + block * 128;
        __m512i one = _mm512_setzero_si512(), two = one, three = one, four = one;
#define COMMON(n) _mm512_popcnt_epi64(_mm512_and_si512(words[n], _mm512_loadu_si512((const void *)(at + 8 * (n)))))
        one = _mm512_add_epi64(COMMON(0), COMMON(4));
        two = _mm512_add_epi64(COMMON(1), COMMON(5));
        three = _mm512_add_epi64(COMMON(2), COMMON(6));
        four = _mm512_add_epi64(COMMON(3), COMMON(7));
        one = _mm512_add_epi64(one, _mm512_add_epi64(COMMON(8), COMMON(12)));
        two = _mm512_add_epi64(two, _mm512_add_epi64(COMMON(9), COMMON(13)));
        three = _mm512_add_epi64(three, _mm512_add_epi64(COMMON(10), COMMON(14)));
        four = _mm512_add_epi64(four, _mm512_add_epi64(COMMON(11), COMMON(15)));
#undef COMMON
        const __m512i common = _mm512_add_epi64(_mm512_add_epi64(one, two), _mm512_add_epi64(three, four));
        const __m512i theirs = _mm512_cvtepu32_epi64(_mm256_loadu_si256((const __m256i *)(counts + block * 8)));
        const __m512i need = _mm512_mul_epu32(share, _mm512_add_epi64(own, theirs));
        __mmask8 enough = _mm512_cmpge_epu64_mask(_mm512_mul_epu32(twice, common), need);
        while (enough) {
            hits[found++] = (uint32_t)(block * 8 + (size_t)__builtin_ctz(enough));
            enough &= (__mmask8)(enough - 1);
        }
    }
    return found;
}

int cpop_best(void) {
    static int best = -1;
    // A race writes the same answer twice.
    int known = __atomic_load_n(&best, __ATOMIC_RELAXED);
    if (known >= 0) return known;
    __builtin_cpu_init();
    known = CPOP_PLAIN;
    if (__builtin_cpu_supports("popcnt")) known = CPOP_POPCNT;
    if (known == CPOP_POPCNT && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vpopcntdq"))
        known = CPOP_VPOPCNTDQ;
    __atomic_store_n(&best, known, __ATOMIC_RELAXED);
    return known;
}

uint32_t cpop_count(const uint64_t *words, size_t count) {
    return cpop_best() >= CPOP_POPCNT ? count_popcnt(words, count) : count_words(words, count);
}

uint32_t cpop_and4(const uint64_t *left, const uint64_t *right) {
    return cpop_best() >= CPOP_POPCNT ? common4_popcnt(left, right) : common4(left, right);
}

size_t cpop_dice16(const uint64_t *row, uint32_t row_count, uint32_t row_tail, const uint64_t *blocks,
                   const uint32_t *counts, const uint32_t *tails, size_t first, size_t last, uint32_t over,
                   uint32_t under, uint32_t *hits, int way) {
    if (way == CPOP_VPOPCNTDQ)
        return dice16_vector(row, row_count, blocks, counts, first, last, over, under, hits);
    if (way == CPOP_POPCNT)
        return dice16_popcnt(row, row_count, row_tail, blocks, counts, tails, first, last, over, under, hits);
    return dice16(row, row_count, row_tail, blocks, counts, tails, first, last, over, under, hits);
}

#else

// ARM64 counts bits in its vector registers, which the compiler knows by itself.
int cpop_best(void) { return CPOP_PLAIN; }

uint32_t cpop_count(const uint64_t *words, size_t count) { return count_words(words, count); }

uint32_t cpop_and4(const uint64_t *left, const uint64_t *right) { return common4(left, right); }

size_t cpop_dice16(const uint64_t *row, uint32_t row_count, uint32_t row_tail, const uint64_t *blocks,
                   const uint32_t *counts, const uint32_t *tails, size_t first, size_t last, uint32_t over,
                   uint32_t under, uint32_t *hits, int way) {
    (void)way;
    return dice16(row, row_count, row_tail, blocks, counts, tails, first, last, over, under, hits);
}

#endif
