// The short words of signal and noise: beside a status, in a legend, in a row of a table.

#include "view/signal.h"
#include "view/words_limits.h"

static const char *word_of(const char *const *words, size_t count, size_t at)
{
    return at < count ? words[at] : NULL;
}
#define WORD_OF(words, at) word_of((words), COUNT_OF(words), (size_t)(at))

const char *words_variation(enum variation v)
{
    static const char *const words[] = {
        [VARIATION_COMMON_CAUSE] = "No real change",
        [VARIATION_IMPROVEMENT_HIGH] = "Real improvement",
        [VARIATION_IMPROVEMENT_LOW] = "Real improvement",
        [VARIATION_CONCERN_HIGH] = "Real worsening",
        [VARIATION_CONCERN_LOW] = "Real worsening",
        [VARIATION_NEUTRAL_HIGH] = "Real rise",
        [VARIATION_NEUTRAL_LOW] = "Real fall",
    };
    return WORD_OF(words, v);
}

const char *words_assurance(enum assurance a)
{
    static const char *const words[] = {
        [ASSURANCE_PASS] = "Will meet target",
        [ASSURANCE_FAIL] = "Target out of reach",
        [ASSURANCE_INCONSISTENT] = "Hit and miss",
    };
    return WORD_OF(words, a);
}

const char *words_variation_meaning(enum variation v)
{
    static const char *const words[] = {
        [VARIATION_COMMON_CAUSE] =
            "ups and downs of this size are chance; there is nothing to explain",
        [VARIATION_IMPROVEMENT_HIGH] = "higher than chance gives, and higher is better",
        [VARIATION_IMPROVEMENT_LOW] = "lower than chance gives, and lower is better",
        [VARIATION_CONCERN_HIGH] = "higher than chance gives, and lower is better",
        [VARIATION_CONCERN_LOW] = "lower than chance gives, and higher is better",
        [VARIATION_NEUTRAL_HIGH] = "higher than chance gives; neither way is better",
        [VARIATION_NEUTRAL_LOW] = "lower than chance gives; neither way is better",
    };
    return WORD_OF(words, v);
}

const char *words_assurance_meaning(enum assurance a)
{
    static const char *const words[] = {
        [ASSURANCE_PASS] = "the target will be met every time unless something changes",
        [ASSURANCE_FAIL] =
            "the target lies outside what is usual and will be missed unless something changes",
        [ASSURANCE_INCONSISTENT] = "the target will be met some times and missed others, by chance",
    };
    return WORD_OF(words, a);
}

const char *words_signal(enum spc_type t, enum limits_chart chart)
{
    if (chart == LIMITS_RUN && (t == SPC_SHIFT_HIGH || t == SPC_SHIFT_LOW)) {
        return t == SPC_SHIFT_HIGH ? "In a run above the median" : "In a run below the median";
    }
    static const char *const words[] = {
        [SPC_ABOVE_UPPER] = "Above the upper limit",
        [SPC_BELOW_LOWER] = "Below the lower limit",
        [SPC_INCREASING] = "In a run upwards",
        [SPC_DECREASING] = "In a run downwards",
        [SPC_TWO_IN_THREE_HIGH] = "Two of three near the upper limit",
        [SPC_TWO_IN_THREE_LOW] = "Two of three near the lower limit",
        [SPC_SHIFT_HIGH] = "In a run above the average",
        [SPC_SHIFT_LOW] = "In a run below the average",
    };
    return WORD_OF(words, t);
}

const char *words_look(enum look l)
{
    static const char *const words[] = {
        [LOOK_WORSENING] = "Really getting worse",
        [LOOK_FAILING] = "Failing by design",
        [LOOK_OFF_BY_CHANCE] = "Off target by chance",
        [LOOK_OFF_FEW] = "Off target by fewer than three cases",
        [LOOK_OFF] = "Off target",
        [LOOK_SLIGHTLY] = "Slightly off target and getting worse",
    };
    return WORD_OF(words, l);
}

const char *words_limits_why(enum limits_why why)
{
    static const char *const words[] = {
        [LIMITS_NOT_WANTED] = "No control limits: the measure's settings ask for none.",
        [LIMITS_WORDS] = "No control limits: this is reported in words.",
        [LIMITS_CUMULATIVE] = "Figures of the year so far: no control limits.",
        [LIMITS_IRREGULAR] = "No control limits: its periods do not follow one another regularly.",
        [LIMITS_IN_DEVELOPMENT] = "No control limits: the measure is in development.",
        [LIMITS_NO_FIGURES] = "Too few points to tell change from chance: there is none yet.",
        [LIMITS_TOO_FEW] = "Too few points to tell change from chance.",
        [LIMITS_APART] = "Too many gaps between the figures to tell change from chance.",
        [LIMITS_OUT_OF_DATE] = "The latest figure is too old to tell whether anything has changed.",
    };
    return WORD_OF(words, why);
}
