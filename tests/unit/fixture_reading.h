// A small council in memory, written as a council officer would say it, for the tests of what the
// domain makes of figures. Nothing of the record is needed.
//
//   struct council *c = council_of(a, "2013-08-01");
//   struct measure *m = add_measure(c, "NI 117", "percent quarter ratio lower decimals=1
//   rule=STD"); set_figures(c, m, "", "2013-14-Q1 93/1000, 2013-14-Q2 9.1 provisional",
//   "2013-14-Q1 7.5");
//
// A measure: value type, frequency, aggregation, polarity (four words), then in any order
//   cumulative  decimals=N  lag=DAYS  rule=CODE  cases=N (fewest that are judged)  per=N
//   development  retired  retired=DATE  classes: corporate statutory service organisational
//   contextual  limits=plotthedots  small=5  compare=GROUP  forecast=METHOD  missing=skip zero=zero
// A figure: period and value, numerator/denominator, a word (yes, no, Good), "-" for none; then
// perhaps a marker. A target: period and figure, or "lower..upper", "..upper"; then perhaps
// amber=, green=, within= (its own tolerance).
// Rules: STD 10% of the target until March 2013 and 5% from April; ABS 2 either way; MET target
// only; RNG; HELD beyond 5% no worse than the period before; YEAR the same with a year before;
// JUDGE; TWO.
#ifndef GT_TESTS_FIXTURE_READING_H
#define GT_TESTS_FIXTURE_READING_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>

#include "domain/council.h"

enum { FIXTURE_MEASURES = 40 };

struct council *council_of(struct arena *a, const char *today);
struct measure *add_measure(struct council *c, const char *code, const char *words);
// The series `part` ("" the measure as a whole), made when it is new.
void set_figures(struct council *c, struct measure *m, const char *part, const char *figures,
                 const char *targets);
// "2013-14-Q1 on_target, ..."
void set_overrides(struct council *c, struct measure *m, const char *overrides);

struct period period_named(const char *id); // fails the test when it is none
day day_named(const char *text);
struct dec dec_named(const char *text); // NULL or "": absent

#endif
