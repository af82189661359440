// Referral: rules that ask for a clinic, played over a measure's history.
//
// Pure: arrays of one measure's periods in, oldest first, the referrals of one rule out. A rule
// fires at a period; a referral opens when it fires and none is open, and ends at recovery, the
// first later period that passes the exit test. So a rule never refers twice what is open already.
//
//   kind                 fires at a period that                       ends at the first period that
//   off_target_running   is off target, and so were the n - 1 before  is on target *
//   off_target_often     is off target, as were k of the last m       is on target *
//                        (itself among them; of fewer than m where
//                        the history is shorter)
//   worsening            is special-cause worsening                   is common cause or
//   improvement failing              has assurance "fail": the target lies        has another
//   assurance
//                        beyond the limits, on the better side
//   missing_running      is missing, and so were the n - 1 before     has a figure (or a mark that
//                                                                     stands for one)
//   red_without_action   is off target without an action that was     has an action, or is on or
//                        recorded and open                            slightly off target
//   * with `ends_slightly_off`: on target or slightly off.
// A period that is missing, without a target, or with too few points for limits is no recovery: it
// says nothing. It ends a run of off target periods, as on every page.
//
// Noise. A referral was noise when at the period it opened the process was within its usual
// variation (common cause) with the target within the limits (hit and miss), and it recovered
// within its next two periods without a level shift (struct referral_then): chance alone brings
// such a process to and fro. Everything looked at of the opening period is as it was known then. It
// cannot be told where there were too few points for limits, no target to compare them with, no
// figure, or where the two periods are not over.
#ifndef GT_ENGINE_REFERRAL_H
#define GT_ENGINE_REFERRAL_H

#include "engine/spc.h"
#include "engine/status.h"

enum referral_kind {
    REFERRAL_OFF_RUNNING,
    REFERRAL_OFF_OFTEN,
    REFERRAL_WORSENING,
    REFERRAL_FAILING,
    REFERRAL_MISSING,
    REFERRAL_NO_ACTION,
    REFERRAL_KINDS,
};

enum referral_limits {
    REFERRAL_PERIODS_MAX = 120, // n and m
    REFERRAL_NOISE_WITHIN = 2,  // periods in which noise is over by itself
};

// A rule.
struct referral_how {
    enum referral_kind kind;
    int n;                  // running kinds: so many; often: k of m. Others: 0
    int m;                  // off_target_often: of the last so many. Others: 0
    bool ends_slightly_off; // the off target kinds end at slightly off already
};

// What the control chart said of a period at the time: drawn of the figures up to it, and no later
// one. A period without a figure has none of it.
struct referral_then {
    enum variation variation; // NONE: too few figures to say
    enum assurance assurance; // NONE: the same, or nothing to compare with
    size_t figures;           // that were there to draw it of; 0: the period has none itself
    // The level changed here: a step change that people recorded starts, or the figure is in a run
    // of seven on one side of the mean in its own chart or in one of the six after it (so much of
    // what came later is looked at).
    bool is_level_shift;
};

// One measure's history: arrays of `count` rows, oldest first, one a period that was due.
struct referral_history {
    const enum status *status;        // as published
    const bool *acting;               // an action was recorded and open
    const struct referral_then *then; // what its chart said at the time
    bool is_charted;                  // whether a chart is drawn of its figures at all
    size_t first; // the rule is in force from this row; those before are history
    size_t count;
};

enum referral_noise { NOISE_CANNOT_TELL, NOISE_NO, NOISE_YES, NOISE_COUNT };

enum referral_why {
    WHY_NOISE,         // yes: usual variation, and over by itself
    WHY_SPECIAL_CAUSE, // no: a rule of the chart fired at the period
    WHY_OUT_OF_REACH,  // no: the target lay beyond the limits, on the better side
    WHY_WITHIN_REACH,  // no: the target lay beyond the limits, on the worse side, yet was missed
    WHY_NOT_RECOVERED, // no: it was not over within two periods
    WHY_LEVEL_SHIFT,   // no: it recovered because the level changed
    WHY_NO_FIGURE,     // cannot tell: there was no figure at the period
    WHY_NO_CHART,      // cannot tell: no chart is drawn of this measure
    WHY_FEW_POINTS,    // cannot tell: too few for limits
    WHY_NO_TARGET,     // cannot tell: nothing to compare the limits with
    WHY_TOO_EARLY,     // cannot tell: open, and two periods are not over
    WHY_COUNT,
};

struct referral {
    size_t since; // the row at which it opened
    size_t until; // the row of recovery; `count` while it is open
    int seen;     // running kinds: how many running; often: off target of the window. Others: 1
    int of;       // often: periods of the window. Others: 0
    enum referral_noise noise;
    enum referral_why why;
};

// Plays the rule; `ret` has room for h->count. Returns how many referrals there were.
size_t referral_evaluate(const struct referral_history *h, const struct referral_how *how,
                         struct referral *ret);

// As in referral_rules.csv: "off_target_running" ...; false for no such word.
bool referral_kind_from_text(const char *text, enum referral_kind *out) MUST_CHECK;
const char *referral_kind_text(enum referral_kind k);
const char *referral_noise_code(enum referral_noise n); // "yes", "no", "cannot_tell"

// A rule as it is written in a command: off_target:4, off_target:3/5, worsening, failing,
// missing:2, red_without_action; off target ones with ":slightly_off" behind end there already.
// False when it is none, or a number is not in 1..REFERRAL_PERIODS_MAX, or k is above m.
bool referral_read(const char *text, struct referral_how *out) MUST_CHECK;

#endif
