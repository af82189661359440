// The words of statistical process control, as in files and commands (FORMAT.md 5).
#include <string.h>

#include "engine/spc.h"

const char *spc_type_code(enum spc_type t)
{
    static const char *const codes[SPC_TYPES] = {
        [SPC_NO_TYPE] = "",
        [SPC_COMMON] = "common",
        [SPC_ABOVE_UPPER] = "above_upper",
        [SPC_BELOW_LOWER] = "below_lower",
        [SPC_INCREASING] = "increasing",
        [SPC_DECREASING] = "decreasing",
        [SPC_TWO_IN_THREE_HIGH] = "two_in_three_high",
        [SPC_TWO_IN_THREE_LOW] = "two_in_three_low",
        [SPC_SHIFT_HIGH] = "shift_high",
        [SPC_SHIFT_LOW] = "shift_low",
    };
    return (size_t)t < COUNT_OF(codes) ? codes[t] : "";
}

const char *variation_code(enum variation v)
{
    static const char *const codes[VARIATION_COUNT] = {
        [VARIATION_NONE] = "",
        [VARIATION_COMMON_CAUSE] = "common_cause",
        [VARIATION_IMPROVEMENT_HIGH] = "improvement_high",
        [VARIATION_IMPROVEMENT_LOW] = "improvement_low",
        [VARIATION_CONCERN_HIGH] = "concern_high",
        [VARIATION_CONCERN_LOW] = "concern_low",
        [VARIATION_NEUTRAL_HIGH] = "neutral_high",
        [VARIATION_NEUTRAL_LOW] = "neutral_low",
    };
    return (size_t)v < COUNT_OF(codes) ? codes[v] : "";
}

const char *assurance_code(enum assurance a)
{
    static const char *const codes[ASSURANCE_COUNT] = {
        [ASSURANCE_NONE] = "",
        [ASSURANCE_PASS] = "pass",
        [ASSURANCE_FAIL] = "fail",
        [ASSURANCE_INCONSISTENT] = "inconsistent",
    };
    return (size_t)a < COUNT_OF(codes) ? codes[a] : "";
}

bool variation_is_improvement(enum variation v)
{
    return v == VARIATION_IMPROVEMENT_HIGH || v == VARIATION_IMPROVEMENT_LOW;
}

bool variation_is_concern(enum variation v)
{
    return v == VARIATION_CONCERN_HIGH || v == VARIATION_CONCERN_LOW;
}

bool variation_is_special(enum variation v)
{
    return v != VARIATION_NONE && v != VARIATION_COMMON_CAUSE;
}

static const char *const IMPROVEMENTS[] = {
    [IMPROVEMENT_NEUTRAL] = "neutral",
    [IMPROVEMENT_INCREASE] = "increase",
    [IMPROVEMENT_DECREASE] = "decrease",
};

static const char *const PROFILES[SPC_PROFILES] = {
    [SPC_MDC] = "mdc",
    [SPC_PLOTTHEDOTS] = "plotthedots",
};

// Place of `text` among `words`, or `count`.
static size_t find_word(const char *const *words, size_t count, const char *text)
{
    size_t i = 0;
    while (i < count && strcmp(words[i], text) != 0) {
        i++;
    }
    return i;
}

const char *improvement_code(enum improvement i)
{
    return (size_t)i < COUNT_OF(IMPROVEMENTS) ? IMPROVEMENTS[i] : "";
}

bool improvement_from_text(const char *text, enum improvement *out)
{
    size_t i = find_word(IMPROVEMENTS, COUNT_OF(IMPROVEMENTS), text);
    if (i < COUNT_OF(IMPROVEMENTS)) {
        *out = (enum improvement)i;
    }
    return i < COUNT_OF(IMPROVEMENTS);
}

bool spc_profile_from_text(const char *text, enum spc_profile *out)
{
    size_t i = find_word(PROFILES, COUNT_OF(PROFILES), text);
    if (i < COUNT_OF(PROFILES)) {
        *out = (enum spc_profile)i;
    }
    return i < COUNT_OF(PROFILES);
}
