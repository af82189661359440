#include "domain/check.h"

static const struct check_rule rules[CHECK_COUNT] = {
    [CHECK_AIM_UP] = {"AIM-1", "aims that lead nowhere",
                      "Give it a parent in aims.csv, or say in contributions.csv what it "
                      "contributes to."},
    [CHECK_AIM_DOWN] = {"AIM-2", "aims that nothing delivers or measures",
                        "Link a measure in measure_aims.csv, an action, or an aim below it."},
    [CHECK_MEASURE_OWNER] = {"MEASURE-1", "measures without an owner",
                             "Name the owner in measures.csv."},
    [CHECK_MEASURE_TARGET] = {"MEASURE-2", "measures without a target",
                              "Set targets in targets.csv, or make the measure contextual."},
    [CHECK_MEASURE_AIM] = {"MEASURE-3", "measures that belong to no aim",
                           "Link it to an aim in measure_aims.csv, or retire it."},
    [CHECK_MEASURE_FIGURES] = {"MEASURE-4", "live measures that have no figure",
                               "Import its figures, or set its state to development."},
    [CHECK_MEASURE_RETIRED] = {"MEASURE-5", "retired measures without the day",
                               "Give retired_on in measures.csv, so that its figures can be "
                               "imported into another record."},
    [CHECK_FORMULA_BROKEN] = {"FORMULA-1", "formulas that cannot be worked out",
                              "Mend the formula in measures.csv; docs/formulas.md has all it may "
                              "hold."},
    [CHECK_FORMULA_STATE] = {"FORMULA-2", "formulas of measures that are retired or in development",
                             "Take that measure out of the formula, or retire the computed one, "
                             "too."},
    [CHECK_FORMULA_EMPTY] = {"FORMULA-3", "computed measures that have no figure",
                             "Import figures of the measures it is worked out from, for the same "
                             "periods, or set its state to development."},
    [CHECK_FORMULA_SHARE] = {"FORMULA-4",
                             "formulas that ask for a numerator or denominator nobody gives",
                             "Import figures of that measure with numerator and denominator, or "
                             "use its value."},
    [CHECK_FORMULA_RATIO] = {"FORMULA-5",
                             "computed ratios whose formula gives no numerator and denominator",
                             "Write the formula as one thing over another, times 100 for a "
                             "percentage, or choose another aggregation."},
    [CHECK_VALUE] = {"FIGURE-1", "figures that are not their numerator over their denominator",
                     "Mend the figure, or its numerator or denominator."},
    [CHECK_TARGET_NEVER] = {"TARGET-1", "targets that were never met",
                            "Ask whether it can be met: set one that can, or agree an action."},
    [CHECK_TARGET_ALWAYS] = {"TARGET-2", "targets that were always met",
                             "Ask whether it asks for anything: set one that does."},
    [CHECK_TARGET_IMPOSSIBLE] = {"TARGET-3", "targets that cannot be met",
                                 "Mend the target in targets.csv."},
    [CHECK_TARGET_UNFIT] = {"TARGET-4", "targets without the numbers their rule needs",
                            "Give the numbers in targets.csv, or the measure another rule."},
    [CHECK_OWNER_LEFT] = {"OWNER-1", "owners who have left", "Name who took over."},
    [CHECK_OWNER_UNIT] = {"OWNER-2", "owners who belong to no unit",
                          "Give the unit in people.csv."},
    [CHECK_RED_ACTION] = {"RED-1", "off target without an action",
                          "Add an action for the measure in actions.csv, or say in "
                          "commentary.csv what is being done."},
    [CHECK_RED_COMMENTARY] = {"RED-2", "off target without a commentary",
                              "Say in commentary.csv what happened and why."},
    [CHECK_REBASE_FIGURE] = {"REBASE-1", "control limits that start anew where no figure follows",
                             "Mend its period in rebases.csv, or withdraw it."},
    [CHECK_REBASE_SHORT] = {"REBASE-2", "rebases with too few figures to say what the new level is",
                            "Wait for more figures before limits are read; withdraw it where it "
                            "was made too soon."},
    [CHECK_FORECAST_YEAR] = {"FORECAST-1", "forecasts for a period that is no year",
                             "Give the year in forecasts.csv, and withdraw this one."},
    [CHECK_SMALL_NUMBER] = {"SMALL-1", "small numbers to be kept back that nothing can tell",
                            "Import the figures with numerator and denominator, or blank "
                            "small_number in measures.csv."},
    [CHECK_SMALL_SHOWN] = {"SMALL-2", "small counts of parts that everyone may see",
                           "Give small_number in measures.csv (5 keeps back 1 to 4), unless the "
                           "counts are not of people."},
    [CHECK_COMPARE_GROUP] = {"COMPARE-1", "measures compared with a group that is not there",
                             "Import the group into comparators.csv, or mend compare_with in "
                             "measures.csv."},
    [CHECK_COMPARE_MEMBER] = {"COMPARE-2", "figures of organisations that are in no group",
                              "Add them to a group in comparators.csv."},
    [CHECK_REFERRAL_NUMBERS] = {"REFER-1", "referral rules without the numbers they count by",
                                "Give n, and for off_target_often m, in referral_rules.csv."},
};

const struct check_rule *check_rules(size_t *ret_count)
{
    *ret_count = CHECK_COUNT;
    return rules;
}

void check_add(struct checking *x, enum check_code code, const char *kind, const char *object,
               const char *title, const char *fault)
{
    struct check_fault *f = grow_add(&x->faults);
    *f = (struct check_fault){&rules[code], kind, object, title, fault};
}

struct checking check_council(const struct council *c, struct arena *a)
{
    struct checking found = {c, a, grow_new(a, sizeof(struct check_fault))};
    check_aims(&found);
    check_measures(&found);
    check_formulas(&found);
    check_targets(&found);
    check_owners(&found);
    check_reds(&found);
    check_decisions(&found);
    // Each family looks at its objects once; people read the faults rule by rule.
    struct checking sorted = {c, a, grow_new(a, sizeof(struct check_fault))};
    const struct check_fault *faults = found.faults.items;
    for (int code = 0; code < CHECK_COUNT; code++) {
        for (size_t i = 0; i < found.faults.count; i++) {
            if (faults[i].rule == &rules[code]) {
                *(struct check_fault *)grow_add(&sorted.faults) = faults[i];
            }
        }
    }
    return sorted;
}
