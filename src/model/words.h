// The words of a figure: its marker and the type of its values, as codes and as the council folder
// writes them.
#ifndef GT_MODEL_WORDS_H
#define GT_MODEL_WORDS_H

#include "base/compiler.h"

enum value_type {
    VALUE_NUMBER,
    VALUE_PERCENT,
    VALUE_MONEY,
    VALUE_RATE,
    VALUE_RATIO,
    VALUE_DAYS,
    VALUE_SCORE,
    VALUE_YES_NO,
    VALUE_TEXT,
};

enum marker {
    MARKER_NONE,
    MARKER_PROVISIONAL,
    MARKER_REVISED,
    MARKER_ESTIMATED,
    MARKER_SUPPRESSED,
    MARKER_NOT_APPLICABLE,
    MARKER_MISSING,
};

// From the words of the council folder; false (and nothing written) for any other. NULL is none /
// number.
bool model_marker(const char *word, enum marker *out) MUST_CHECK;
bool model_value_type(const char *word, enum value_type *out) MUST_CHECK;
const char *model_marker_word(enum marker m); // NULL for none

#endif
