// Whether a formula is one figure over another, by how it is written: x / y, and where the measure
// is told per so many (100 for a percentage) that times so many, on either side.
#ifndef GT_ENGINE_FORMULA_QUOTIENT_H
#define GT_ENGINE_FORMULA_QUOTIENT_H

#include "engine/formula.h"

struct formula_quotient {
    uint16_t top, bottom; // nodes of the formula; FORMULA_NO_NODE: it is none
};

struct formula_quotient formula_quotient_of(const struct formula *f, int64_t multiplier);

#endif
