// What the processor can do and Swift can't say. Common bits of bit vectors, counted as fast as the processor can. The fastest way that this processor has is found
// when it is first asked for; every way gives the same answers.
#ifndef CPOPCOUNT_H
#define CPOPCOUNT_H

#include <stddef.h>
#include <stdint.h>

/// Ways of counting: plain (any processor), popcnt (x86-64 since 2008), AVX-512 VPOPCNTDQ (servers since 2019).
enum { CPOP_PLAIN = 0, CPOP_POPCNT = 1, CPOP_VPOPCNTDQ = 2 };

/// The best way that this processor has.
int cpop_best(void);

/// Bits set in `words` words.
uint32_t cpop_count(const uint64_t *words, size_t count);

/// Bits set in both of two vectors of four words.
uint32_t cpop_and4(const uint64_t *left, const uint64_t *right);

/// Filters of 16 words, eight to a block: word 0 of all eight, then word 1 of all eight. Finds those in the blocks from
/// `first` to before `last` whose Dice coefficient with `row` is at least `over` / `under`, exactly:
/// 2 `under` common >= `over` (its bits + theirs). Writes their numbers (8 block + place), returns how many.
/// `counts` are their bits, `tails` the bits of their words 8 to 15; `hits` must have room for every one.
/// `way` is one of the above, which the processor must have.
size_t cpop_dice16(const uint64_t *row, uint32_t row_count, uint32_t row_tail, const uint64_t *blocks,
                   const uint32_t *counts, const uint32_t *tails, size_t first, size_t last, uint32_t over,
                   uint32_t under, uint32_t *hits, int way);

/// Asks for what lies at an address before it is needed. Never faults.
static inline void cpop_fetch(const void *address) { __builtin_prefetch(address); }

/// Whether two rows of `count` keys share one that isn't 0.
static inline int cpop_shares(const uint32_t *left, const uint32_t *right, size_t count) {
    uint32_t found = 0;
    for (size_t at = 0; at < count; at++) found |= (left[at] == right[at]) & (left[at] != 0);
    return found != 0;
}

#endif
