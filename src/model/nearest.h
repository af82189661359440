// The nearest known word to one that is not known, for "did you mean".
//
//     struct nearest n = nearest_start("mesure");
//     for (...) nearest_offer(&n, known[i]);
//     const char *word = nearest_found(&n);    // "measure"
#ifndef GT_MODEL_NEAREST_H
#define GT_MODEL_NEAREST_H

#include "base/compiler.h"

struct nearest {
    const char *text;
    const char *best; // one of the words offered
    size_t distance;
    size_t most; // further than this is no likeness
};

struct nearest nearest_start(const char *text);
void nearest_offer(struct nearest *n, const char *known);
const char *nearest_found(const struct nearest *n); // NULL: nothing is near

// Letters to insert, drop, change or swap with a neighbour, ASCII case aside; SIZE_MAX when either
// text is longer than 64 bytes.
size_t nearest_distance(const char *a, const char *b);

#endif
