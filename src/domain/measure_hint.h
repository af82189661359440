// The kind of period that a measure's frequency asks for, and that settles what its labels mean.
#ifndef GT_DOMAIN_MEASURE_HINT_H
#define GT_DOMAIN_MEASURE_HINT_H

#include "engine/period.h"

// From the word of measures.csv; PERIOD_NONE for term, other and NULL.
enum period_kind measure_hint(const char *frequency);
// The year such a measure is counted by: what a label of one of its forecasts means.
enum period_kind measure_year_hint(enum period_kind frequency);

#endif
