// Referral: what a rule refers, or would have referred, of a council (engine/referral.h).
//
// Each measure as a whole is looked at over the periods of its own frequency that were due, with
// the statuses as published (judgements included) and the figures as they stand in the snapshot.
// What its control chart says of a period is what it said then: drawn of the figures up to it, with
// the step changes that had been recorded by the day that figure was due.
// An action answers a period when it was open at some time from the period's end to the end of the
// next one, while that figure was the newest: begun by then (without a start: always), and not over
// before (a completed one is over on the day it was due; a cancelled one never counts). Of the
// newest period every action that is open now counts, and so does the action told in a period's
// commentary; as in check RED-1.
#ifndef GT_DOMAIN_REFER_H
#define GT_DOMAIN_REFER_H

#include "base/err.h"
#include "domain/council.h"
#include "domain/limits.h"
#include "engine/referral.h"

// A rule to play.
struct refer_rule {
    const char *name;  // its code, or the rule as it was written
    const char *title; // of the record; NULL for one that was written
    struct referral_how how;
    unsigned classes; // measure_class bits; 0: every measure
    day from;         // in force from; DAY_NONE: since ever
};

// The rule of the record with this code, in the version in force on `on` (where none is yet: the
// first that will be), or the rule that `text` writes out (referral_read).
bool refer_rule_read(const struct council *c, const char *text, day on, struct refer_rule *out,
                     struct err *e) MUST_CHECK;
// Every rule of the record, each in the version in force on `on`, by code.
bool refer_rules_all(const struct council *c, struct arena *a, day on,
                     const struct refer_rule **ret, size_t *ret_count, struct err *e) MUST_CHECK;

// What is looked at.
struct refer_scope {
    const struct measure *only; // NULL: every measure
    unsigned classes;           // beside the rule's own; 0: every one
    day from;                   // periods that end before are history: they count towards a rule,
                                // but it does not fire. DAY_NONE: none
    day to;                     // periods that end later are not looked at. DAY_NONE: none
};

enum refer_end {
    REFER_OPEN,
    REFER_RECOVERED,
    REFER_RETIRED, // the measure was, before it recovered
};

// A referral of one measure.
struct referred {
    const struct measure *measure;
    size_t row;          // of series[0].results: the period it opened in
    struct period since; // the same
    struct period until; // of recovery; PERIOD_ABSENT for the other ends
    enum refer_end end;
    day ended_on;   // end of `until`, or the day of retirement; DAY_NONE: open
    int periods;    // of the measure's own frequency: to recovery, or so far
    int months;     // the same in calendar months
    int seen, of;   // as struct referral
    size_t figures; // that its chart had; 0: the period has none
    enum referral_noise noise;
    enum referral_why why;
};

struct refer_quarter {
    struct period quarter;
    int newly, ended; // within it
    int open;         // at its end
};

// What one rule refers, in the order of the days, then of the council.
struct refer_play {
    const struct refer_rule *rule;
    const struct referred *referred;
    size_t count;
    const struct refer_quarter *quarters; // every one from the first period looked at to the last
    size_t quarter_count;
    int looked_at; // measures that the rule is about
};

// `ret` has room for `count` plays. Everything lives in `a`. Works through every period once a
// rule, and draws one chart a period: 1,000 measures of 40 periods are well under a second.
void refer_play(const struct council *c, struct arena *a, const struct refer_rule *rules,
                size_t count, const struct refer_scope *scope, struct refer_play *ret);

// Sums of one play.
struct refer_summary {
    int referrals, measures; // how many different ones
    int recovered, open, retired;
    int most_open;                            // at the end of a quarter
    struct period most_open_in;               // the first such quarter
    struct dec median_periods, median_months; // until recovery, of those that recovered
    int noise, not_noise, cannot_tell;
};
struct refer_summary refer_summarise(const struct refer_play *play, struct arena *scratch);

// The chart that a referral was judged by, and its reading.
const struct limits *refer_limits(struct arena *a, const struct council *c,
                                  const struct referred *r);

// ---- one measure's history (refer_history.c) ----

// Arrays over the first `rows` results, in `a`.
struct referral_history refer_history(struct arena *a, const struct council *c,
                                      const struct measure *m, size_t rows);
// The chart of results 0 to `row` as it was known when that figure was due.
const struct limits *refer_limits_then(struct arena *a, const struct council *c,
                                       const struct measure *m, size_t row);

#endif
