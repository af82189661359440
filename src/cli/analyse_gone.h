// The groups that were answered and let go: should one come back, it must be known.
#ifndef GT_CLI_ANALYSE_GONE_H
#define GT_CLI_ANALYSE_GONE_H

#include "base/csv.h"

// The names let go, as 64-bit hashes: two of ten million names are alike once in 400,000 runs, and
// then a row is refused, not counted wrongly.
struct gone_names {
    struct arena *arena;
    uint64_t *slots;
    size_t slot_count, count;
};

uint64_t gone_hash(struct slice name);
bool gone_has(const struct gone_names *g, uint64_t hash);
void gone_note(struct gone_names *g, uint64_t hash);

#endif
