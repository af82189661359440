// Inside protect: which figures of one measure are kept back, while that is being found out.
#ifndef GT_DOMAIN_PROTECT_GUARD_H
#define GT_DOMAIN_PROTECT_GUARD_H

#include "domain/council.h"

struct guarded { // the whole, or a part
    struct series *series;
    double *counts; // of each figure; NaN where it has none that is known
    bool *hidden;
};

struct guard {
    struct arena *arena;
    const struct council *council;
    const struct measure *measure;
    struct guarded *all; // [0] is the whole
    size_t count;
    bool changed;
};

// Hides what would give away what is hidden, until nothing does.
void protect_sums(struct guard *g);

#endif
