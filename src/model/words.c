#include "model/words.h"

#include <string.h>

static const char *const value_types[] = {
    [VALUE_NUMBER] = "number", [VALUE_PERCENT] = "percent", [VALUE_MONEY] = "money",
    [VALUE_RATE] = "rate",     [VALUE_RATIO] = "ratio",     [VALUE_DAYS] = "days",
    [VALUE_SCORE] = "score",   [VALUE_YES_NO] = "yes_no",   [VALUE_TEXT] = "text",
};

static const char *const markers[] = {
    [MARKER_PROVISIONAL] = "provisional",       [MARKER_REVISED] = "revised",
    [MARKER_ESTIMATED] = "estimated",           [MARKER_SUPPRESSED] = "suppressed",
    [MARKER_NOT_APPLICABLE] = "not_applicable", [MARKER_MISSING] = "missing",
};

bool model_marker(const char *word, enum marker *out)
{
    if (word == NULL) {
        *out = MARKER_NONE;
        return true;
    }
    for (size_t i = MARKER_NONE + 1; i < COUNT_OF(markers); i++) {
        if (strcmp(markers[i], word) == 0) {
            *out = (enum marker)i;
            return true;
        }
    }
    return false;
}

const char *model_marker_word(enum marker m)
{
    return markers[m];
}

bool model_value_type(const char *word, enum value_type *out)
{
    if (word == NULL) {
        *out = VALUE_NUMBER;
        return true;
    }
    for (size_t i = 0; i < COUNT_OF(value_types); i++) {
        if (strcmp(value_types[i], word) == 0) {
            *out = (enum value_type)i;
            return true;
        }
    }
    return false;
}
