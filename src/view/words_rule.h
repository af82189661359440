// A status rule in words, for legends and for "why this status".
//
// "On target at the target or better, or worse by no more than 5% of it; slightly off target when
// worse by no more than 10%; off target beyond that." One sentence with its capital and its stop.
#ifndef GT_VIEW_WORDS_RULE_H
#define GT_VIEW_WORDS_RULE_H

#include "domain/council.h"
#include "view/words_status.h"

// `unit`: how the figures of the measure are written; NULL in a legend for many measures, where
// amounts stand bare.
const char *words_rule(struct arena *a, const struct rule *rule, const struct words_unit *unit);

// "In force since 1 April 2013", or "In force since the record began".
const char *words_rule_version(struct arena *a, const struct rule_version *v);

// "Tolerance", "Two targets" ...
const char *words_rule_kind(enum rule_kind kind);

#endif
