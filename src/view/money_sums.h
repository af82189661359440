// Sums of budget lines and savings: totals, variances, shares, and the checks on them.
//
// A missing figure is never nought: a total knows how many of its lines had a figure, and a check
// that lacks one says that it cannot be made. Shares are of the lines whose budget is above
// nought (a line below it is income, and has no share of the spending), to one place.
#ifndef GT_VIEW_MONEY_SUMS_H
#define GT_VIEW_MONEY_SUMS_H

#include "domain/council.h"

struct money_sum {
    struct dec total; // of the lines that have a figure; absent when none has (or it is too large)
    int present, lines;
};

struct money_kind {
    const char *kind; // revenue, capital, capital_financing, income
    struct period year;
    const struct budget **lines; // the largest budget first
    size_t count;
    int decimals;     // the most places any figure of the kind has: all are shown with as many
    const char *unit; // "£m", "£000": what every line's note begins with; NULL where they do not
    struct money_sum budget, forecast, actual, prior;
    struct money_sum variance; // of the lines that have both a budget and a forecast or an actual
    struct dec base;           // of the shares; absent when no line is above nought
    struct dec shares;         // their sum, as printed
    bool shares_add_up;        // to 100 within the rounding of each
};

// The lines of one kind and year with their sums; `count` 0 when there are none.
struct money_kind money_kind_of(const struct council *c, struct arena *a, const char *kind,
                                struct period year);

// What it comes to, less the budget: the actual where there is one, else the forecast. Absent
// without a budget or without both others. Above nought: over budget (or more income).
struct dec money_variance(const struct budget *b);
// Per cent of the base, one place; absent for a line that has no share.
struct dec money_share(const struct money_kind *m, const struct budget *b);

// The unit at the head of a note ("£m. Printed as 50 %." -> "£m"), NULL where there is none;
// ret_rest (may be NULL) gets the note without it.
const char *money_note_unit(struct arena *a, const char *note, const char **ret_rest);

// ---- savings ----

enum saving_check { SAVING_ADDS_UP, SAVING_DIFFERS, SAVING_UNKNOWN };

// target = delivered + on track + at risk + undeliverable (SAV-1). `ret_difference`: what the
// parts lack of the target (below nought: what they have too much); absent when unknown.
enum saving_check saving_check(const struct saving *s, struct dec *ret_difference);

enum saving_state {
    SAVING_NO_FIGURES,
    SAVING_DELIVERED,
    SAVING_ON_TRACK,
    SAVING_AT_RISK,
    SAVING_PARTLY_LOST, // some of it cannot be delivered
    SAVING_LOST,        // none of it can
    SAVING_STATES
};
// By the worst part that is above nought.
enum saving_state saving_state(const struct saving *s);

struct savings_sum {
    const struct saving **lines; // the worst state first
    size_t count;
    int decimals;
    const char *unit; // as for budget lines
    struct money_sum target, delivered, on_track, at_risk, undeliverable, one_off, recurrent;
    int differ, unknown;     // lines whose parts do not add up, or cannot be checked
    enum saving_check whole; // the check on the totals
    struct dec difference;
};

// The savings of a year; with `up_to`, of that year and all before it.
struct savings_sum savings_sum_of(const struct council *c, struct arena *a, struct period year,
                                  bool up_to);

#endif
