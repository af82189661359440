// What a form sent, as the cells of a row, and what can be said of it before the door is asked.
//
// A field has its column's name. A date may come in three (due-day, due-month, due-year; a month in
// words will do), several choices as one field each.
#ifndef GT_VIEW_EDIT_TYPED_H
#define GT_VIEW_EDIT_TYPED_H

#include "base/err.h"
#include "domain/door.h"

struct edit_typed {
    void *context;
    // The n-th field of this name (0 the first); NULL: there is none.
    const char *(*nth)(void *context, const char *name, size_t n);
};

// Fills `cells` (of the descriptor's count): NULL where nothing was typed. A date whose parts make
// none stands as they were typed, with blanks between, which no date is.
void edit_cells(struct arena *a, const struct descriptor *d, const struct edit_typed *typed,
                const char **cells);
// Whether the form had a field for this column at all.
bool edit_was_sent(const struct edit_typed *typed, struct arena *a, const struct column *c);
// One part of a date as typed: "day", "month" or "year"; "" without.
const char *edit_date_part(const struct edit_typed *typed, struct arena *a, const struct column *c,
                           const char *part);

struct edit_fault {
    const char *column; // name; NULL: the row as a whole
    const char *text;   // the sentence beside the field and in the summary, without a full stop
};

// What cannot be, column by column, as the descriptor has it: a blank that is required, a date that
// is none ... What needs more (periods, figures, codes) is for the door. `columns` NULL: all of
// them; otherwise a list ended by -1.
const struct edit_fault *edit_check(struct arena *a, const struct descriptor *d,
                                    const char *const *cells, const int *columns,
                                    size_t *ret_count);

// What the door refused, in a form's words.
const struct edit_fault *edit_faults_of(struct arena *a, const struct descriptor *d,
                                        const struct door_refusal *refusals, size_t count);

// "Title", and "the title" within a sentence.
const char *edit_label_within(struct arena *a, const struct column *c);

#endif
