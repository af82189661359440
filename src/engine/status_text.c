#include <string.h>

#include "engine/status.h"

static const char *const STATUS_CODES[STATUS_COUNT] = {
    [STATUS_OFF_TARGET] = "off_target",         [STATUS_SLIGHTLY_OFF] = "slightly_off",
    [STATUS_ON_TARGET] = "on_target",           [STATUS_MISSING] = "missing",
    [STATUS_NO_TARGET] = "no_target",           [STATUS_NOT_DUE] = "not_due",
    [STATUS_SUPPRESSED] = "suppressed",         [STATUS_NOT_APPLICABLE] = "not_applicable",
    [STATUS_IN_DEVELOPMENT] = "in_development",
};

static const char *const REASON_CODES[REASON_COUNT] = {
    [REASON_NONE] = "",
    [REASON_TARGET_MET] = "target_met",
    [REASON_WITHIN_GREEN] = "within_green",
    [REASON_WITHIN_AMBER] = "within_amber",
    [REASON_BEYOND] = "beyond",
    [REASON_TRAVEL_HELD] = "travel_held",
    [REASON_TRAVEL_WORSE] = "travel_worse",
    [REASON_TRAVEL_UNKNOWN] = "travel_unknown",
    [REASON_BETWEEN_TARGETS] = "between_targets",
    [REASON_WORSE_THAN_BOTH] = "worse_than_both",
    [REASON_IN_RANGE] = "in_range",
    [REASON_NEAR_RANGE] = "near_range",
    [REASON_OUT_OF_RANGE] = "out_of_range",
    [REASON_RED_ABSOLUTE] = "red_absolute",
    [REASON_RED_PERCENT] = "red_percent",
    [REASON_UNDER_BOTH] = "under_both",
    [REASON_NO_FIGURE] = "no_figure",
    [REASON_NOT_DUE] = "not_due",
    [REASON_SUPPRESSED] = "suppressed",
    [REASON_NOT_APPLICABLE] = "not_applicable",
    [REASON_IN_DEVELOPMENT] = "in_development",
    [REASON_NO_TARGET] = "no_target",
    [REASON_NO_POLARITY] = "no_polarity",
    [REASON_NO_RULE] = "no_rule",
    [REASON_AWAITS_JUDGEMENT] = "awaits_judgement",
    [REASON_FEW_CASES] = "few_cases",
    [REASON_INCOMPLETE] = "incomplete",
    [REASON_NOT_A_FIGURE] = "not_a_figure",
};

static const char *const POLARITIES[] = {
    [POLARITY_NONE] = "none",
    [POLARITY_HIGHER] = "higher",
    [POLARITY_LOWER] = "lower",
    [POLARITY_RANGE] = "range",
};

static const char *const RULE_KINDS[] = {
    [RULE_NONE] = "",
    [RULE_TOLERANCE] = "tolerance",
    [RULE_TARGET_ONLY] = "target_only",
    [RULE_TWO_TARGETS] = "two_targets",
    [RULE_RANGE] = "range",
    [RULE_JUDGEMENT] = "judgement",
    [RULE_JUDGEMENT_AMBER] = "judgement_amber",
    [RULE_DUAL] = "dual",
};

static const char *const WITHIN_UNITS[] = {
    [WITHIN_ABSOLUTE] = "absolute",
    [WITHIN_PERCENT] = "percent",
};

static const char *const BEYONDS[] = {
    [BEYOND_RED] = "red",
    [BEYOND_TRAVEL_LAST_PERIOD] = "travel_last_period",
    [BEYOND_TRAVEL_LAST_YEAR] = "travel_last_year",
};

// Position of a word in a table; `count` when it is not there (or empty).
static size_t find(const char *const *words, size_t count, const char *text)
{
    for (size_t i = 0; text != NULL && text[0] != '\0' && i < count; i++) {
        if (strcmp(words[i], text) == 0) {
            return i;
        }
    }
    return count;
}

const char *status_code(enum status s)
{
    return (size_t)s < STATUS_COUNT ? STATUS_CODES[s] : "";
}

enum status status_from_code(const char *code)
{
    return (enum status)find(STATUS_CODES, STATUS_COUNT, code);
}

const char *status_reason_code(enum status_reason r)
{
    return (size_t)r < REASON_COUNT ? REASON_CODES[r] : "";
}

bool polarity_from_text(const char *text, enum polarity *out)
{
    size_t at = find(POLARITIES, COUNT_OF(POLARITIES), text);
    if (at == COUNT_OF(POLARITIES)) {
        return false;
    }
    *out = (enum polarity)at;
    return true;
}

bool rule_kind_from_text(const char *text, enum rule_kind *out)
{
    size_t at = find(RULE_KINDS, COUNT_OF(RULE_KINDS), text);
    if (at == COUNT_OF(RULE_KINDS)) {
        return false;
    }
    *out = (enum rule_kind)at;
    return true;
}

bool within_unit_from_text(const char *text, enum within_unit *out)
{
    size_t at = find(WITHIN_UNITS, COUNT_OF(WITHIN_UNITS), text);
    if (at == COUNT_OF(WITHIN_UNITS)) {
        return false;
    }
    *out = (enum within_unit)at;
    return true;
}

bool rule_beyond_from_text(const char *text, enum rule_beyond *out)
{
    size_t at = find(BEYONDS, COUNT_OF(BEYONDS), text);
    if (at == COUNT_OF(BEYONDS)) {
        return false;
    }
    *out = (enum rule_beyond)at;
    return true;
}

const char *polarity_text(enum polarity p)
{
    return (size_t)p < COUNT_OF(POLARITIES) ? POLARITIES[p] : "";
}

const char *rule_kind_text(enum rule_kind k)
{
    return (size_t)k < COUNT_OF(RULE_KINDS) ? RULE_KINDS[k] : "";
}
