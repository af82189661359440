#include "model/descriptor.h"

#include <string.h>

#include "model/kinds.h"
#include "model/nearest.h"

static const struct descriptor *const kinds[KIND_COUNT] = {
    [KIND_ORGANISATION] = &kind_organisation,
    [KIND_RULE] = &kind_rule,
    [KIND_UNIT] = &kind_unit,
    [KIND_PERSON] = &kind_person,
    [KIND_BOARD] = &kind_board,
    [KIND_PLAN] = &kind_plan,
    [KIND_AIM] = &kind_aim,
    [KIND_CONTRIBUTION] = &kind_contribution,
    [KIND_MEASURE] = &kind_measure,
    [KIND_MEASURE_AIM] = &kind_measure_aim,
    [KIND_TARGET] = &kind_target,
    [KIND_OBSERVATION] = &kind_observation,
    [KIND_COMMENTARY] = &kind_commentary,
    [KIND_OVERRIDE] = &kind_override,
    [KIND_RISK] = &kind_risk,
    [KIND_CONTROL] = &kind_control,
    [KIND_ACTION] = &kind_action,
    [KIND_PROJECT] = &kind_project,
    [KIND_GATE] = &kind_gate,
    [KIND_BENEFIT] = &kind_benefit,
    [KIND_BUDGET] = &kind_budget,
    [KIND_SAVING] = &kind_saving,
    [KIND_COMPARATOR] = &kind_comparator,
    [KIND_COMPARATOR_VALUE] = &kind_comparator_value,
    [KIND_MEETING] = &kind_meeting,
    [KIND_REBASE] = &kind_rebase,
    [KIND_FORECAST] = &kind_forecast,
    [KIND_REFERRAL_RULE] = &kind_referral_rule,
};

const struct descriptor *descriptor_of(enum kind kind)
{
    return kind > KIND_NONE && kind < KIND_COUNT ? kinds[kind] : NULL;
}

const struct descriptor *descriptor_by_file(const char *file)
{
    for (int k = KIND_NONE + 1; k < KIND_COUNT; k++) {
        if (strcmp(kinds[k]->file, file) == 0) {
            return kinds[k];
        }
    }
    return NULL;
}

int descriptor_column(const struct descriptor *d, const char *name)
{
    for (size_t i = 0; i < d->count; i++) {
        if (strcmp(d->columns[i].name, name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

const char *descriptor_nearest_file(const char *text)
{
    struct nearest n = nearest_start(text);
    for (int k = KIND_NONE + 1; k < KIND_COUNT; k++) {
        nearest_offer(&n, kinds[k]->file);
    }
    return nearest_found(&n);
}

const char *descriptor_nearest_column(const struct descriptor *d, const char *text)
{
    struct nearest n = nearest_start(text);
    for (size_t i = 0; i < d->count; i++) {
        nearest_offer(&n, d->columns[i].name);
    }
    return nearest_found(&n);
}
