// The kinds of things as those who edit them meet them: what they are called, how their forms are
// put together, and when a change has to say why. Columns, labels and hints are the descriptors'.
#ifndef GT_VIEW_EDIT_KINDS_H
#define GT_VIEW_EDIT_KINDS_H

#include "base/arena.h"
#include "domain/who.h"

// A part of a form, with columns by position, ended by -1.
struct edit_group {
    const char *title; // NULL: the form has only this part
    const int *columns;
};

// The parts of a kind's form in order. Every column stands in exactly one of them: what no table
// names (a column added later) comes last, under "More".
const struct edit_group *edit_groups(struct arena *a, const struct descriptor *d,
                                     size_t *ret_count);

// Rare and hard to fill in: made one part at a time, with a look at all of it before it is saved
// (UI-23), and changed part by part.
bool edit_in_steps(enum kind kind);

// "Measures", "Figures", "Budget lines"; "measure", "figure".
const char *edit_kind_title(enum kind kind);
const char *edit_kind_one(enum kind kind);
// "a measure", "an action".
const char *edit_kind_a(struct arena *a, enum kind kind);

// Which column says what a row is, beside its key; -1: the key alone does.
int edit_title_column(enum kind kind);
// "NI 117 16 to 18 year olds ...", "NI 117, 2013-14-Q4": what a row is called, in one line.
const char *edit_row_title(struct arena *a, const struct descriptor *d, const char *const *cells);

// Whether history matters so much that this may not be done without saying why: a figure corrected,
// a target, rule or override changed, anything retired.
bool edit_needs_reason(enum kind kind, enum who_action action);

// What retiring a row of this kind does, in one sentence; NULL: it is never retired.
const char *edit_retire_means(enum kind kind);

// In the order people look for them; ended by KIND_NONE.
const enum kind *edit_kinds(void);

#endif
