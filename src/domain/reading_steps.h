// Inside reading_of: what judging a whole series at once (domain/judging.c) and formulas that read
// their parts (domain/formula_part.c) share with it, so that they cannot say different things.
#ifndef GT_DOMAIN_READING_STEPS_H
#define GT_DOMAIN_READING_STEPS_H

#include "domain/reading.h"

// The value of a figure: as given, or of its numerator and denominator.
struct dec reading_value(const struct measure *m, const struct figure *f);
// The figure of a period and how it came about, not judged: no target, rule, status or travel.
struct reading reading_unjudged(const struct council *c, const struct measure *m,
                                const struct series *s, struct period asked);
// How the measure's figures are put together to longer periods.
struct aggregate_how reading_how(const struct council *c, const struct measure *m);
// What is provisional or estimated in one part is so in the whole.
enum marker reading_weightier_marker(enum marker x, enum marker y);
// The target of the financial year around the reading's period, where it holds for it; or NULL.
const struct target *reading_year_target(const struct council *c, const struct reading *r);
// Judges a reading whose figure, rule and earlier figures have been found, by `t` (NULL: none).
void reading_judge(const struct council *c, struct reading *r, const struct target *t,
                   struct dec last_year);

#endif
