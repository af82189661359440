// Why a status is what it is, as an officer would say it: one sentence from an explanation.
//
// No capital is forced on a figure and no full stop ends the sentence, so that it can stand in a
// table cell, before ": " or inside a longer sentence; who prints it as prose adds the stop.
// Figures are written as people read them (thousands commas, U+2212). The value keeps the
// measure's decimals; what it is compared with drops a fraction of nought ("75.0%" against "75%").
#ifndef GT_VIEW_WORDS_STATUS_H
#define GT_VIEW_WORDS_STATUS_H

#include "base/arena.h"
#include "engine/status.h"

// How the figures of a measure are written.
struct words_unit {
    const char *prefix;   // "£"; NULL: none
    const char *suffix;   // "%"; NULL: none. With "%" a difference is told in points
    const char *noun;     // "days", "per 1,000": stands after the figure; NULL: none
    const char *noun_one; // "day": in place of noun after 1; NULL: noun serves
    int decimals;         // places shown; -1: as many as the figure has
    bool yes_no;          // 1 is written "Yes", 0 "No"
};

// "68.2%", "£1,234.50", "12 days", "−4"; "" when absent.
const char *words_unit_figure(struct arena *a, const struct words_unit *unit, struct dec value);

// "68.2% against a target of 75%: 6.8 points below, and the tolerance is 5". Every reason has its
// sentence; what the explanation does not hold is left out, never made up.
const char *words_status_reason(struct arena *a, const struct status_explanation *e,
                                const struct words_unit *unit);

#endif
