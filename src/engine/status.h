// Status: is a figure on target, by which rule, and why.
//
// Pure: figures and a rule in, an explanation out. Codes and figures only; sentences are made in
// view/words. Everything is compared as shown: value and targets are rounded to `decimals` (half
// away from zero) first, so nobody ever sees 75.0 against 75.0 in red. Bounds that follow from a
// tolerance (target - 5 %) are exact and are not rounded.
//
// What is looked at first (the first that holds decides):
//   in development > not applicable > suppressed > not due > awaits judgement > missing >
//   incomplete > few cases > text > polarity none > no target > no rule > the rule.
// Nothing to judge by (words, no good direction, no target, no rule) is `no_target`; a figure from
// too few cases is `not_applicable`; one with parts missing is `missing`. All three are shown.
//
// Rules (conventions.md 2.3, FORMAT.md rules.csv). Percent tolerances are of |target|. "Worse" is
// below for higher-is-better, above for lower-is-better.
//   tolerance        worse than target by <= green_within: on target; by <= amber_within: slightly
//                    off; beyond: off target, or with `beyond` travel_last_period / _last_year:
//                    slightly off where the value is the same or better than then, else off target.
//   target_only      at target or better: on target, else off target.
//   two_targets      target and amber value, or lower and upper (Lincoln): at the better one:
//                    on target; between: slightly off; worse than the worse one: off target.
//   range            lower <= value <= upper: on target; outside by <= amber_within (percent: of
//                    the bound that was missed): slightly off; else off target.
//   judgement        the status is set by people; computed: missing until an override stands.
//   judgement_amber  at target or better: on target, else off target; people may set slightly off.
//   dual             worse than target by >= red_absolute or >= red_percent of |target| (whichever
//                    is reached first): off target; worse by less: slightly off; else on target.
//                    A threshold that is absent is not tested; without both it is no rule.
// Polarity range: the target is lower to upper (or the target itself where neither is given), and
// "worse" is outside it, on either side; every kind but two_targets works so, and percentages are
// of the bound that was missed. A range may have one bound only. A tolerance in percent of a
// target of 0 is 0: there is no slightly off, and the dual test's percentage is reached at once.
#ifndef GT_ENGINE_STATUS_H
#define GT_ENGINE_STATUS_H

#include "base/decimal.h"

enum polarity { POLARITY_NONE, POLARITY_HIGHER, POLARITY_LOWER, POLARITY_RANGE };

enum rule_kind {
    RULE_NONE,
    RULE_TOLERANCE,
    RULE_TARGET_ONLY,
    RULE_TWO_TARGETS,
    RULE_RANGE,
    RULE_JUDGEMENT,
    RULE_JUDGEMENT_AMBER,
    RULE_DUAL,
};
enum within_unit { WITHIN_ABSOLUTE, WITHIN_PERCENT };
enum rule_beyond { BEYOND_RED, BEYOND_TRAVEL_LAST_PERIOD, BEYOND_TRAVEL_LAST_YEAR };

// The order is by how much it asks for a look: scored worst first, then not scored.
enum status {
    STATUS_OFF_TARGET,
    STATUS_SLIGHTLY_OFF,
    STATUS_ON_TARGET,
    STATUS_MISSING,
    STATUS_NO_TARGET,
    STATUS_NOT_DUE,
    STATUS_SUPPRESSED,
    STATUS_NOT_APPLICABLE,
    STATUS_IN_DEVELOPMENT,
    STATUS_COUNT,
};

// Why: exactly one per explanation.
enum status_reason {
    REASON_NONE,
    REASON_TARGET_MET,     // at or better than target
    REASON_WITHIN_GREEN,   // worse than target, within green_within
    REASON_WITHIN_AMBER,   // worse, beyond green_within, within amber_within
    REASON_BEYOND,         // worse than every bound
    REASON_TRAVEL_HELD,    // beyond the tolerance, but the same or better than the period named
    REASON_TRAVEL_WORSE,   // beyond the tolerance and worse than the period named
    REASON_TRAVEL_UNKNOWN, // beyond, and there is no figure for the period named: off target
    REASON_BETWEEN_TARGETS,
    REASON_WORSE_THAN_BOTH,
    REASON_IN_RANGE,
    REASON_NEAR_RANGE,
    REASON_OUT_OF_RANGE,
    REASON_RED_ABSOLUTE, // dual: red_absolute reached
    REASON_RED_PERCENT,  // dual: red_percent reached
    REASON_UNDER_BOTH,   // dual: worse than target, under both
    REASON_NO_FIGURE,    // missing: due and not there
    REASON_NOT_DUE,
    REASON_SUPPRESSED,
    REASON_NOT_APPLICABLE,
    REASON_IN_DEVELOPMENT,
    REASON_NO_TARGET,   // no target for this period
    REASON_NO_POLARITY, // no good direction: shown, not judged
    REASON_NO_RULE,
    REASON_AWAITS_JUDGEMENT, // kind judgement and nobody has set it
    REASON_FEW_CASES,        // denominator below min_denominator: shown, not judged
    REASON_INCOMPLETE,       // made of parts (months) of which some are missing
    REASON_NOT_A_FIGURE,     // a text measure
    REASON_COUNT,
};

struct rule {
    enum rule_kind kind;
    struct dec green_within, amber_within; // absent = 0
    enum within_unit within_unit;
    enum rule_beyond beyond;
    struct dec red_absolute, red_percent;
};

// What is known about the figure before any rule: decided by the caller (domain), in this order.
enum figure_state {
    FIGURE_PRESENT,
    FIGURE_MISSING, // due, not there
    FIGURE_NOT_DUE,
    FIGURE_SUPPRESSED,
    FIGURE_NOT_APPLICABLE,
    FIGURE_IN_DEVELOPMENT,
    FIGURE_TEXT, // words, not a number
};

struct status_input {
    enum figure_state state;
    enum polarity polarity;
    int decimals; // -1: compare as given
    struct dec value;
    struct dec target, lower, upper, amber; // absent where not set
    struct dec previous;                    // comparable figure of the period before
    struct dec last_year;                   // and of the same period last year
    struct dec denominator, min_denominator;
    int present,
        expected; // parts the figure is made of (months of a quarter); 0, 0: not made of parts
};

// The whole calculation. Every figure is as compared (rounded). Recomputing from it alone gives
// the same status (status_recompute; tested on random cases).
struct status_explanation {
    enum status status;
    enum status_reason reason;
    struct status_input input; // with value and targets rounded
    struct rule rule;
    struct dec goal; // the figure that had to be reached: target, better of two, missed or nearer
                     // bound of a range
    struct dec difference;         // |value - goal|: how far from it; absent when not compared
    struct dec difference_percent; // of |goal|, one decimal; absent when goal is 0
    bool worse;                    // value is on the wrong side of goal
    // Furthest value, on the side the value is, that is still on target; and still slightly off
    // (dual: the value at which off target begins), absent where there is no such thing. Both are
    // absent when a bound would need more than 18 digits; the comparison is exact all the same.
    struct dec green_bound, amber_bound;
    struct dec reference; // the earlier figure a travel clause looked at
};

struct status_explanation status_evaluate(const struct status_input *input,
                                          const struct rule *rule);
enum status status_recompute(const struct status_explanation *e);

bool status_is_scored(enum status s); // on target, slightly off, off target
// Codes as in files and CSV: "on_target" ...; STATUS_COUNT for unknown text (or NULL).
const char *status_code(enum status s);
enum status status_from_code(const char *code);
const char *status_reason_code(enum status_reason r);

// From the words of the council folder; false when not one of them.
bool polarity_from_text(const char *text, enum polarity *out) MUST_CHECK;
bool rule_kind_from_text(const char *text, enum rule_kind *out) MUST_CHECK;
bool within_unit_from_text(const char *text, enum within_unit *out) MUST_CHECK;
bool rule_beyond_from_text(const char *text, enum rule_beyond *out) MUST_CHECK;
const char *polarity_text(enum polarity p);
const char *rule_kind_text(enum rule_kind k);

#endif
