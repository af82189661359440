// A swing of two cases is never called a failure (docs/decisions/0005-two-in-twenty.md).
//
// A status is arithmetic: 17 of 20 against 95% is off target, whoever counts. Whether that is more
// than chance is another question, and of a difference that two cases make nobody can say. So no
// word of chance or failure rests on fewer than FEW_CASES: no verdict beside others, no figure
// beyond its usual variation, no target out of reach. For percentages and rates whose denominator
// is known.
#ifndef GT_DOMAIN_FEW_CASES_H
#define GT_DOMAIN_FEW_CASES_H

#include "domain/reading.h"

enum { FEW_CASES = 3 }; // fewer are few

// What so many cases of a denominator come to, in the measure's own terms: 15 (per cent) of twenty,
// less a hair, for three thirtieths are three however they were divided. Nought where that cannot
// be told.
double few_cases_reach(const struct measure *m, double denominator);

// Whether two figures are nearer to each other than that, both of the denominator. NaN: no.
bool few_cases_between(const struct measure *m, double denominator, double x, double y);

// Whether a reading is off target, or slightly, by so few cases.
bool few_cases_off(const struct reading *r);

#endif
