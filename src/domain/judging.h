// Judging a series as a whole: for each period of the measure's own frequency what reading_of says
// of it, at a fraction of the cost.
//
// reading_of finds one period's figure, target, rule and earlier figures by searching; here they
// are met in order, on a grid of periods worked out once for all series of a frequency. The
// judgement itself is the same code (domain/reading_steps.h), and a test compares the two.
#ifndef GT_DOMAIN_JUDGING_H
#define GT_DOMAIN_JUDGING_H

#include "domain/council.h"

struct judging;

// For one thread; lives in `a`, and so do the results.
struct judging *judging_new(const struct council *c, struct arena *a);

// Fills the series' results: from the first period known or wanted to the last one that is over and
// not after the last figure or target (a target for next year is no missing figure). A measure
// without a regular frequency is judged for the periods it has figures for. And its limits.
void judge_series(struct judging *j, const struct measure *m, struct series *s);

#endif
