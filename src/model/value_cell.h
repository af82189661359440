// A cell with a figure, as people keep them: £1,234, 12.5%, (37.99), a minus sign of print, the
// marks that stand for a figure that is not there, and units behind it.
//
// Never guesses: 1,23 is refused (a thousands comma in the wrong place, or a decimal comma), and so
// is a unit that is not the measure's.
#ifndef GT_MODEL_VALUE_CELL_H
#define GT_MODEL_VALUE_CELL_H

#include "base/csv.h"
#include "base/decimal.h"
#include "model/words.h"

// What the measure says of its figures.
struct value_how {
    enum value_type type;
    const char *unit; // words that may stand behind a figure; NULL: those of the type only
    int64_t per;      // of a rate: 1000, 100000; 0: not given
};

enum value_result {
    VALUE_BLANK,
    VALUE_FIGURE,  // text is canonical; number is set (yes: 1, no: 0), or absent for words
    VALUE_MARKED,  // a mark of FORMAT.md 4: marker and text (the mark as it stood)
    VALUE_REFUSED, // why
};

struct value_cell {
    enum value_result result;
    struct slice text; // lives in the cell's bytes, the arena or for ever
    struct dec number;
    enum marker marker;
    const char *why; // continues the sentence after the quoted cell, with the remedy
};

struct value_cell value_cell_read(struct arena *a, struct slice raw, const struct value_how *how);

// Whether the cell is a mark for a figure that is not there, and what it means: missing (NA, -, ..,
// :, TBC, Not measured), suppressed (*, **, c) or not applicable (N/A, New).
bool value_mark(struct slice cell, enum marker *out) MUST_CHECK;

#endif
