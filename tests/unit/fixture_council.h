// A small council in memory, without a record: every status, every kind of rule and value, text
// that would break a page if it were not escaped.
//
// It stands as of 15 May 2014; its last quarter is 2013-14-Q4. What each measure is for:
//   M 1 off target four quarters running, with parts, a revised figure and a changed target
//   M 2 on target      M 3 slightly off and getting worse     M 4 missing      M 5 no target
//   M 6 not due        M 7 suppressed     M 8 not applicable  M 9 in development
//   M 10 retired       M 11 in words, judged                  M 12 yes or no, waits for judgement
//   M 13 a range       M 14 months made into a quarter        M 15 set otherwise by judgement
//   M 16 money, both tests    M 17 a quarter with a month missing
//   M 18 neither is better, nobody owns it, no aim; its text is full of markup
//   M 19 two targets   M 20 slightly off because no worse than a year ago
//   M 21 months enough for control limits, twice (a step change in October 2012); really worse
#ifndef GT_TESTS_FIXTURE_COUNCIL_H
#define GT_TESTS_FIXTURE_COUNCIL_H

#include "domain/council.h"

const struct council *fixture_council(struct arena *a);
// A measure or series of it to change before it is looked at: formula, limits, small_number,
// rebases, forecasts ... Fails the test when there is none.
struct measure *fixture_measure(const struct council *c, const char *code);
struct series *fixture_series(const struct council *c, const char *code, const char *part);
// One with a name and nothing else: every page must say so and none may fail.
const struct council *fixture_empty_council(struct arena *a);

#endif
