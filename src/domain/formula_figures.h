// Figures made by formulas, in the snapshot: for each period of the computed measure's own
// frequency for which any of its parts has a figure of its own. They stand in its series like any
// others, with `made` set, so status, travel, charts and tables are the same; they are never
// stored.
//
// There is a figure where the formula gives one, and where it says why there can be none:
// suppressed, because a part is; not applicable, because there are no cases (a division by nought
// left blank too). Where a part is missing there is none. A figure that the record holds all the
// same (an import refuses them) stands. A ward has figures where each measure of the formula has
// that ward.
#ifndef GT_DOMAIN_FORMULA_FIGURES_H
#define GT_DOMAIN_FORMULA_FIGURES_H

#include "domain/formula_book.h"
#include "domain/snapshot_build.h"

// Works out and judges every measure that has a formula.
void formula_figures(struct build *b);

// The measures of a council as the book wants them, in its order; positions are the same.
struct formula_book formula_book_of_council(struct arena *a, const struct council *c);
// The policies of a measure.
struct formula_policy formula_policy_of(const struct council *c, const struct measure *m);
// The series of a part, "" the whole; NULL when the measure has none.
const struct series *formula_series(const struct measure *m, const char *part);

#endif
