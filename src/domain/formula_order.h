// In which order formulas are worked out: each after those it needs; and the loops that make it
// impossible.
#ifndef GT_DOMAIN_FORMULA_ORDER_H
#define GT_DOMAIN_FORMULA_ORDER_H

#include "base/grow.h"

struct formula_needs {
    const uint32_t *needs; // positions
    size_t count;
};

// nodes[0] needs nodes[1], that the next, and the last needs nodes[0].
struct formula_loop {
    const uint32_t *nodes;
    size_t count;
};

// Fills `order` (room for `count`) with the positions that can be worked out and returns how many
// they are; what stands in a loop, or needs what does, is left out. Each loop that was met is added
// to `loops` (struct formula_loop).
size_t formula_order(struct arena *a, const struct formula_needs *all, size_t count,
                     uint32_t *order, struct grow *loops);

#endif
