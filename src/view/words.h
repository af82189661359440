// Words: every sentence and label that people read, in one place.
//
// The engine and the domain give codes and figures; only here do they become prose, so that a
// council can change its vocabulary and another language can follow. What this module returns is
// a literal or lives in the arena given. Why a status is what it is: view/words_status.h.
#ifndef GT_VIEW_WORDS_H
#define GT_VIEW_WORDS_H

#include "domain/council.h"
#include "domain/reading.h"
#include "engine/rollup.h"
#include "view/words_status.h"

// "On target", "Slightly off target" ... and the shape that stands before it (UI-31).
const char *words_status(enum status s);
const char *words_status_shape(enum status s);
// "Improved", "Same", "Worse", "Not comparable"; and its arrow (UI-36).
const char *words_travel(enum travel t);
const char *words_travel_arrow(enum travel t);
const char *words_marker(enum marker m); // "provisional" ..., NULL for none

// "2025/26 Q1 (April to June 2025)" and "2025/26 Q1"; "April 2025"; "2025/26"; "2014 to 2016".
const char *words_period(struct arena *a, struct period p, int year_start);
const char *words_period_short(struct arena *a, struct period p, int year_start);
// "last quarter", "a year ago": what a step back is called for this kind.
const char *words_previous(enum period_kind kind);
const char *words_periods(enum period_kind kind); // "quarters", "half years": several of a kind

// How a measure's figures are written: for words_status and charts.
struct words_unit words_unit_of(const struct measure *m);
// "68.2%", "£1,234.50", "12 days", "31.4 per 1,000"; "" when absent.
const char *words_figure(struct arena *a, const struct measure *m, struct dec value);
// The figure of a reading, or what stands for it: "No figure yet (due 15 October 2025)", "Yes",
// "Suppressed (a small number)", "9.4% (2 of 3 months)".
const char *words_value(struct arena *a, const struct council *c, const struct reading *r);
// In place of a figure: "Suppressed (a small number)", "Suppressed".
const char *words_suppressed(const struct measure *m);
// The rule: "Counts from 1 to 4 are not shown, nor what would give them away."; NULL: there is
// none.
const char *words_small_number(struct arena *a, const struct measure *m);
// "75% or more", "7.5% or less", "3 to 5 days"; "No target".
const char *words_goal(struct arena *a, const struct reading *r);
// "Higher is better" ...
const char *words_polarity(enum polarity p);
const char *words_frequency(const struct measure *m); // "Every quarter"
const char *words_value_type(const struct measure *m);
const char *words_aggregation(enum aggregation g, bool cumulative);
// "corporate, statutory"
const char *words_classes(struct arena *a, unsigned classes);
const char *words_plan_kind(const char *kind); // "Corporate plan"
const char *words_aim_kind(const char *kind);  // "Priority"
const char *words_unit_kind(const char *kind); // "Directorate"
const char *words_board_kind(const char *kind);
const char *words_action_state(enum action_state s);

// The whole sentence: "9.8% against a target of 7.5% or less: 2.3 points above, and ..." with how
// long it has been so when that matters, or the judgement that replaced it.
const char *words_reading(struct arena *a, const struct council *c, const struct reading *r);
// "31 of the 54 measures with a status are on target (57%): 48% of all 65."
const char *words_rollup(struct arena *a, const struct rollup *r);

// "1 measure", "3 measures".
const char *words_count(struct arena *a, int n, const char *one, const char *many);

// What stands above every page and report: the organisation's own notice, and of a council that is
// not seen as a whole, that it is not. NULL: nothing.
const char *words_notice(struct arena *a, const struct council *c);

#endif
