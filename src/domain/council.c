#include "domain/council.h"

#include <string.h>

#include "domain/code_index.h"

#define FIND(council, index, array, code)                                                          \
    size_t at = code_index_get((council)->by_code[index], code);                                   \
    return at == SIZE_MAX ? NULL : &(council)->array[at]

const struct measure *council_measure(const struct council *c, const char *code)
{
    FIND(c, INDEX_MEASURES, measures, code);
}

const struct aim *council_aim(const struct council *c, const char *code)
{
    FIND(c, INDEX_AIMS, aims, code);
}

const struct unit *council_unit(const struct council *c, const char *code)
{
    FIND(c, INDEX_UNITS, units, code);
}

const struct board *council_board(const struct council *c, const char *code)
{
    FIND(c, INDEX_BOARDS, boards, code);
}

const struct plan *council_plan(const struct council *c, const char *code)
{
    FIND(c, INDEX_PLANS, plans, code);
}

const struct risk *council_risk(const struct council *c, const char *code)
{
    FIND(c, INDEX_RISKS, risks, code);
}

const struct project *council_project(const struct council *c, const char *code)
{
    FIND(c, INDEX_PROJECTS, projects, code);
}

const struct person *council_person(const struct council *c, const char *code)
{
    FIND(c, INDEX_PEOPLE, people, code);
}

const struct rule_version *council_rule(const struct council *c, const char *code, day on)
{
    const struct rule_version *found = NULL;
    if (code == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < c->rule_count; i++) {
        const struct rule_version *r = &c->rules[i];
        if (strcmp(r->code, code) == 0 && (r->from == DAY_NONE || r->from <= on)) {
            found = r; // versions stand oldest first
        }
    }
    return found;
}

const struct referral_rule *council_referral_rule(const struct council *c, const char *code, day on)
{
    const struct referral_rule *found = NULL;
    for (size_t i = 0; i < c->referral_rule_count; i++) {
        const struct referral_rule *r = &c->referral_rules[i];
        if (strcmp(r->code, code) == 0 && r->from <= on) {
            found = r; // versions stand oldest first, and DAY_NONE is least
        }
    }
    return found;
}

const struct commentary *measure_commentary(const struct measure *m, struct period p)
{
    for (size_t i = 0; i < m->commentary_count; i++) {
        if (period_equal(m->commentary[i].period, p)) {
            return &m->commentary[i];
        }
    }
    return NULL;
}

const struct override *measure_override(const struct measure *m, struct period p)
{
    for (size_t i = 0; i < m->override_count; i++) {
        if (period_equal(m->overrides[i].period, p)) {
            return &m->overrides[i];
        }
    }
    return NULL;
}

// Figures, targets and forecasts stand in the order of period_compare, so all are found by halving.
#define HALVE(rows, count, wanted)                                                                 \
    size_t low = 0, high = (count);                                                                \
    while (low < high) {                                                                           \
        size_t middle = low + (high - low) / 2;                                                    \
        int order = period_compare((rows)[middle].period, wanted);                                 \
        if (order == 0) {                                                                          \
            return &(rows)[middle];                                                                \
        }                                                                                          \
        if (order < 0) {                                                                           \
            low = middle + 1;                                                                      \
        } else {                                                                                   \
            high = middle;                                                                         \
        }                                                                                          \
    }                                                                                              \
    return NULL

const struct figure *series_figure(const struct series *s, struct period p)
{
    HALVE(s->figures, s->figure_count, p);
}

const struct target *series_target(const struct series *s, struct period p)
{
    HALVE(s->targets, s->target_count, p);
}

const struct forecast *series_forecast(const struct series *s, struct period year)
{
    HALVE(s->forecasts, s->forecast_count, year);
}

static const char *const value_type_texts[] = {
    [VALUE_NUMBER] = "number", [VALUE_PERCENT] = "percent", [VALUE_MONEY] = "money",
    [VALUE_RATE] = "rate",     [VALUE_RATIO] = "ratio",     [VALUE_DAYS] = "days",
    [VALUE_SCORE] = "score",   [VALUE_YES_NO] = "yes_no",   [VALUE_TEXT] = "text",
};

const char *value_type_text(enum value_type t)
{
    return value_type_texts[t];
}

static const char *const marker_texts[] = {
    [MARKER_NONE] = NULL,
    [MARKER_PROVISIONAL] = "provisional",
    [MARKER_REVISED] = "revised",
    [MARKER_ESTIMATED] = "estimated",
    [MARKER_SUPPRESSED] = "suppressed",
    [MARKER_NOT_APPLICABLE] = "not_applicable",
    [MARKER_MISSING] = "missing",
};

const char *marker_text(enum marker m)
{
    return marker_texts[m];
}
