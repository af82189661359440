#include "view/edit_kinds.h"

#include <string.h>

#include "base/buf.h"
#include "model/columns.h"

// ---- parts of forms ----

#define COLUMNS(...) ((const int[]){__VA_ARGS__, -1})

static const struct edit_group of_measure[] = {
    {"What is counted", COLUMNS(MEASURE_CODE, MEASURE_TITLE, MEASURE_DEFINITION, MEASURE_KIND,
                                MEASURE_CLASS, MEASURE_NOTE)},
    {"Who answers for it", COLUMNS(MEASURE_UNIT, MEASURE_OWNER, MEASURE_CHECKER, MEASURE_SOURCE)},
    {"Its figures",
     COLUMNS(MEASURE_VALUE_TYPE, MEASURE_PER, MEASURE_DECIMALS, MEASURE_VALUE_UNIT,
             MEASURE_FREQUENCY, MEASURE_LAG_DAYS, MEASURE_AGGREGATION, MEASURE_CUMULATIVE)},
    {"How it is worked out, if it is not counted",
     COLUMNS(MEASURE_FORMULA, MEASURE_MISSING_PARTS, MEASURE_ZERO_DENOMINATOR)},
    {"How it is judged", COLUMNS(MEASURE_POLARITY, MEASURE_RULE, MEASURE_MIN_DENOMINATOR,
                                 MEASURE_LIMITS, MEASURE_COMPARE_WITH, MEASURE_FORECAST_BY)},
    {"Where it is shown",
     COLUMNS(MEASURE_PUBLIC, MEASURE_SMALL_NUMBER, MEASURE_STATE, MEASURE_RETIRED_ON)},
    {NULL, NULL},
};
static const struct edit_group of_rule[] = {
    {"The rule", COLUMNS(RULE_CODE, RULE_TITLE, RULE_KIND, RULE_FROM)},
    {"Its tolerances",
     COLUMNS(RULE_GREEN_WITHIN, RULE_AMBER_WITHIN, RULE_WITHIN_UNIT, RULE_BEYOND)},
    {"For a dual test only", COLUMNS(RULE_RED_ABSOLUTE, RULE_RED_PERCENT)},
    {NULL, NULL},
};
static const struct edit_group of_organisation[] = {
    {"Who it is",
     COLUMNS(ORGANISATION_CODE, ORGANISATION_NAME, ORGANISATION_KIND, ORGANISATION_GSS_CODE)},
    {"How it works",
     COLUMNS(ORGANISATION_FINANCIAL_YEAR_START, ORGANISATION_DEFAULT_RULE, ORGANISATION_NOTICE)},
    {NULL, NULL},
};
static const struct edit_group of_risk[] = {
    {"The risk",
     COLUMNS(RISK_CODE, RISK_TITLE, RISK_CAUSE, RISK_EVENT, RISK_EFFECT, RISK_CATEGORY, RISK_AIM)},
    {"Its scores", COLUMNS(RISK_INITIAL_LIKELIHOOD, RISK_INITIAL_IMPACT, RISK_INITIAL_SCORE,
                           RISK_RESIDUAL_LIKELIHOOD, RISK_RESIDUAL_IMPACT, RISK_RESIDUAL_SCORE,
                           RISK_TARGET_SCORE)},
    {"What is done about it", COLUMNS(RISK_OWNER, RISK_RESPONSE, RISK_REVIEWED_ON)},
    {NULL, NULL},
};
static const struct edit_group of_action[] = {
    {"What is to be done",
     COLUMNS(ACTION_CODE, ACTION_TITLE, ACTION_OWNER, ACTION_START, ACTION_DUE)},
    {"How far it is", COLUMNS(ACTION_STATE, ACTION_PROGRESS, ACTION_NOTE)},
    {"What it is for", COLUMNS(ACTION_MEASURE, ACTION_AIM, ACTION_PLAN, ACTION_RISK)},
    {NULL, NULL},
};
static const struct edit_group of_target[] = {
    {"Which target", COLUMNS(TARGET_MEASURE, TARGET_PART, TARGET_PERIOD)},
    {"What is to be reached", COLUMNS(TARGET_TARGET, TARGET_LOWER, TARGET_UPPER, TARGET_AMBER,
                                      TARGET_GREEN_WITHIN, TARGET_AMBER_WITHIN, TARGET_MARK)},
    {"Who agreed it, and why", COLUMNS(TARGET_RATIONALE, TARGET_AGREED_BY, TARGET_AGREED_ON)},
    {NULL, NULL},
};
static const struct edit_group of_saving[] = {
    {"The saving",
     COLUMNS(SAVING_CODE, SAVING_TITLE, SAVING_UNIT, SAVING_YEAR, SAVING_ONE_OFF, SAVING_NOTE)},
    {"How far it is", COLUMNS(SAVING_TARGET, SAVING_DELIVERED, SAVING_ON_TRACK, SAVING_AT_RISK,
                              SAVING_UNDELIVERABLE)},
    {"What it touches", COLUMNS(SAVING_MEASURE, SAVING_PROJECT, SAVING_RISK)},
    {NULL, NULL},
};

static const struct edit_group *table_of(enum kind kind)
{
    switch ((int)kind) {
    case KIND_MEASURE: return of_measure;
    case KIND_RULE: return of_rule;
    case KIND_ORGANISATION: return of_organisation;
    case KIND_RISK: return of_risk;
    case KIND_ACTION: return of_action;
    case KIND_TARGET: return of_target;
    case KIND_SAVING: return of_saving;
    default: return NULL;
    }
}

static bool stands_in(const struct edit_group *table, int column)
{
    for (size_t g = 0; table != NULL && table[g].columns != NULL; g++) {
        for (const int *c = table[g].columns; *c >= 0; c++) {
            if (*c == column) {
                return true;
            }
        }
    }
    return false;
}

const struct edit_group *edit_groups(struct arena *a, const struct descriptor *d, size_t *ret_count)
{
    const struct edit_group *table = table_of(d->kind);
    size_t count = 0, others = 0;
    while (table != NULL && table[count].columns != NULL) {
        count++;
    }
    int *rest = ARENA_ARRAY(a, d->count + 1, int);
    for (size_t c = 0; c < d->count; c++) {
        if (!stands_in(table, (int)c)) {
            rest[others++] = (int)c;
        }
    }
    rest[others] = -1;
    struct edit_group *groups = ARENA_ARRAY(a, count + 1, struct edit_group);
    for (size_t g = 0; g < count; g++) {
        groups[g] = table[g];
    }
    if (others > 0) {
        groups[count++] = (struct edit_group){table == NULL ? NULL : "More", rest};
    }
    *ret_count = count;
    return groups;
}

bool edit_in_steps(enum kind kind)
{
    return kind == KIND_MEASURE || kind == KIND_RULE || kind == KIND_ORGANISATION;
}

// ---- names ----

static const struct {
    const char *title, *one;
    int title_column;
} names[KIND_COUNT] = {
    [KIND_ORGANISATION] = {"Organisation", "organisation", ORGANISATION_NAME},
    [KIND_RULE] = {"Rules", "rule", RULE_TITLE},
    [KIND_UNIT] = {"Units", "unit", UNIT_NAME},
    [KIND_PERSON] = {"People", "person", PERSON_NAME},
    [KIND_BOARD] = {"Boards", "board", BOARD_NAME},
    [KIND_PLAN] = {"Plans", "plan", PLAN_TITLE},
    [KIND_AIM] = {"Aims", "aim", AIM_TITLE},
    [KIND_CONTRIBUTION] = {"Contributions between aims", "contribution", -1},
    [KIND_MEASURE] = {"Measures", "measure", MEASURE_TITLE},
    [KIND_MEASURE_AIM] = {"Aims of measures", "link from a measure to an aim", -1},
    [KIND_TARGET] = {"Targets", "target", -1},
    [KIND_OBSERVATION] = {"Figures", "figure", -1},
    [KIND_COMMENTARY] = {"Commentary", "commentary", -1},
    [KIND_OVERRIDE] = {"Statuses set by judgement", "status set by judgement", -1},
    [KIND_RISK] = {"Risks", "risk", RISK_TITLE},
    [KIND_CONTROL] = {"Controls of risks", "control", -1},
    [KIND_ACTION] = {"Actions", "action", ACTION_TITLE},
    [KIND_PROJECT] = {"Projects", "project", PROJECT_TITLE},
    [KIND_GATE] = {"Gates of projects", "gate", -1},
    [KIND_BENEFIT] = {"Benefits of projects", "benefit", -1},
    [KIND_BUDGET] = {"Budget lines", "budget line", -1},
    [KIND_SAVING] = {"Savings", "saving", SAVING_TITLE},
    [KIND_COMPARATOR] = {"Organisations to compare with", "organisation to compare with",
                         COMPARATOR_NAME},
    [KIND_COMPARATOR_VALUE] = {"Figures to compare with", "figure to compare with", -1},
    [KIND_MEETING] = {"Meetings", "meeting", -1},
    [KIND_REBASE] = {"Rebases of control limits", "rebase", -1},
    [KIND_FORECAST] = {"Forecasts by owners", "forecast", -1},
    [KIND_REFERRAL_RULE] = {"Rules of referral", "rule of referral", REFERRAL_RULE_TITLE},
};

const char *edit_kind_title(enum kind kind)
{
    return names[kind].title;
}

const char *edit_kind_one(enum kind kind)
{
    return names[kind].one;
}

const char *edit_kind_a(struct arena *a, enum kind kind)
{
    const char *one = names[kind].one;
    return arena_printf(a, "%s %s", strchr("aeio", one[0]) != NULL ? "an" : "a", one);
}

int edit_title_column(enum kind kind)
{
    return names[kind].title_column;
}

const char *edit_row_title(struct arena *a, const struct descriptor *d, const char *const *cells)
{
    enum { TITLE_MAX = 2000 };
    struct buf b = buf_new(a, TITLE_MAX);
    for (size_t c = 0; c < d->count; c++) {
        if (d->columns[c].key && cells[c] != NULL) {
            buf_text(&b, b.length == 0 ? "" : ", ");
            buf_text(&b, cells[c]);
        }
    }
    int title = names[d->kind].title_column;
    if (title >= 0 && cells[title] != NULL) {
        buf_text(&b, b.length == 0 ? "" : " ");
        buf_text(&b, cells[title]);
    }
    return buf_cstr(&b);
}

// ---- what may not be done without a word ----

bool edit_needs_reason(enum kind kind, enum who_action action)
{
    if (action == WHO_RETIRES) {
        return true;
    }
    bool matters = kind == KIND_OBSERVATION || kind == KIND_TARGET || kind == KIND_OVERRIDE ||
                   kind == KIND_RULE || kind == KIND_REFERRAL_RULE || kind == KIND_REBASE ||
                   kind == KIND_COMPARATOR_VALUE;
    return action == WHO_CHANGES && matters;
}

const char *edit_retire_means(enum kind kind)
{
    switch ((int)kind) {
    case KIND_MEASURE:
        return "It takes no figure for a period that ends after today. Its figures and everything "
               "said about it stay in the record.";
    case KIND_PERSON:
        return "Today becomes their last day. What they still own is then named by the checks.";
    case KIND_OBSERVATION: return "The figure is marked missing. What it was stays in the history.";
    case KIND_TARGET: return "The target is withdrawn. What it was stays in the history.";
    case KIND_COMMENTARY: return "The commentary is emptied. What it said stays in the history.";
    case KIND_REBASE: return "It no longer counts. It stays in the record.";
    case KIND_FORECAST: return "The forecast worked out from the figures stands again.";
    case KIND_RULE:
    case KIND_REFERRAL_RULE:
    case KIND_OVERRIDE:
    case KIND_ORGANISATION: return NULL;
    default:
        return "It goes from every page. What it said stays in the history, from which it can be "
               "brought back.";
    }
}

const enum kind *edit_kinds(void)
{
    static const enum kind order[] = {
        KIND_OBSERVATION,   KIND_COMMENTARY, KIND_TARGET,           KIND_FORECAST, KIND_OVERRIDE,
        KIND_ACTION,        KIND_RISK,       KIND_CONTROL,          KIND_PROJECT,  KIND_GATE,
        KIND_BENEFIT,       KIND_BUDGET,     KIND_SAVING,           KIND_MEASURE,  KIND_MEASURE_AIM,
        KIND_PLAN,          KIND_AIM,        KIND_CONTRIBUTION,     KIND_REBASE,   KIND_RULE,
        KIND_REFERRAL_RULE, KIND_COMPARATOR, KIND_COMPARATOR_VALUE, KIND_UNIT,     KIND_PERSON,
        KIND_BOARD,         KIND_MEETING,    KIND_ORGANISATION,     KIND_NONE};
    return order;
}
