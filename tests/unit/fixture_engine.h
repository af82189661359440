// What the engine needs, given to any council in memory (fixture_council.h, fixture_reading.h)
// before it is looked at. Lists are parted by commas; everything lives in the council's arena.
//
//   give_rebases(c, "M 1", "", "2013-14-Q1 New contract, 2013-14-Q3 Moved");
//   give_forecasts(c, "M 1", "", "2013-14-FY 9.5, 2014-15-FY 9.0");
//   give_group(c, "near", "E1 Second Town, E2 Third Town");     // in the order as published
//   give_comparisons(c, "M 1", "E1", "2013-14-Q1 40.5, 2013-14-Q2 1/3, 2013-14-Q3 *");
//   give_referral_rule(c, "RUN", "off_target_running", 3, 0);
#ifndef GT_TESTS_FIXTURE_ENGINE_H
#define GT_TESTS_FIXTURE_ENGINE_H

#include "domain/comparison.h"

// Those of the series before are taken away. `part` must be there.
void give_rebases(const struct council *c, const char *measure, const char *part,
                  const char *rebases);
void give_forecasts(const struct council *c, const char *measure, const char *part,
                    const char *forecasts);
// Adds a group; codes must come in their order.
void give_group(const struct council *c, const char *code, const char *members);
// Adds another organisation's figures; organisations must come in the order of their codes.
void give_comparisons(const struct council *c, const char *measure, const char *organisation,
                      const char *figures);
// Adds a rule for all measures, in force since ever.
void give_referral_rule(const struct council *c, const char *code, const char *kind, int n, int m);

#endif
