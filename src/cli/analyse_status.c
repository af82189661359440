#include "cli/analyse_job.h"
#include "engine/status.h"
#include "view/words_status.h"

enum {
    KIND,
    POLARITY,
    VALUE,
    TARGET,
    LOWER,
    UPPER,
    AMBER,
    GREEN_WITHIN,
    AMBER_WITHIN,
    WITHIN_UNIT,
    BEYOND,
    RED_ABSOLUTE,
    RED_PERCENT,
    PREVIOUS,
    LAST_YEAR,
    DECIMALS,
};
enum { STATUS, REASON };

static const char *const COLUMNS[] = {
    [KIND] = "kind",
    [POLARITY] = "polarity",
    [VALUE] = "value",
    [TARGET] = "target",
    [LOWER] = "lower",
    [UPPER] = "upper",
    [AMBER] = "amber",
    [GREEN_WITHIN] = "green_within",
    [AMBER_WITHIN] = "amber_within",
    [WITHIN_UNIT] = "within_unit",
    [BEYOND] = "beyond",
    [RED_ABSOLUTE] = "red_absolute",
    [RED_PERCENT] = "red_percent",
    [PREVIOUS] = "previous",
    [LAST_YEAR] = "last_year",
    [DECIMALS] = "decimals",
    NULL,
};

static bool read_words(struct analyse *j, struct status_input *in, struct rule *rule)
{
    if (!rule_kind_from_text(analyse_text(j, KIND), &rule->kind)) {
        return analyse_fault(j,
                             "%s is not a kind of rule; write tolerance, target_only, two_targets, "
                             "range, judgement, judgement_amber or dual.",
                             analyse_shown(j, KIND));
    }
    if (!polarity_from_text(analyse_text(j, POLARITY), &in->polarity)) {
        return analyse_fault(j, "%s is not a polarity; write higher, lower, range or none.",
                             analyse_shown(j, POLARITY));
    }
    if (!analyse_is_blank(j, WITHIN_UNIT) &&
        !within_unit_from_text(analyse_text(j, WITHIN_UNIT), &rule->within_unit)) {
        return analyse_fault(j, "%s is neither absolute nor percent.",
                             analyse_shown(j, WITHIN_UNIT));
    }
    if (!analyse_is_blank(j, BEYOND) &&
        !rule_beyond_from_text(analyse_text(j, BEYOND), &rule->beyond)) {
        return analyse_fault(j, "%s is none of red, travel_last_period and travel_last_year.",
                             analyse_shown(j, BEYOND));
    }
    return true;
}

static bool read_figures(struct analyse *j, struct status_input *in, struct rule *rule)
{
    const struct {
        size_t column;
        struct dec *to;
        bool is_allowance; // may not be negative
    } figures[] = {
        {VALUE, &in->value, false},
        {TARGET, &in->target, false},
        {LOWER, &in->lower, false},
        {UPPER, &in->upper, false},
        {AMBER, &in->amber, false},
        {PREVIOUS, &in->previous, false},
        {LAST_YEAR, &in->last_year, false},
        {GREEN_WITHIN, &rule->green_within, true},
        {AMBER_WITHIN, &rule->amber_within, true},
        {RED_ABSOLUTE, &rule->red_absolute, true},
        {RED_PERCENT, &rule->red_percent, true},
    };
    for (size_t i = 0; i < COUNT_OF(figures); i++) {
        if (!analyse_number(j, figures[i].column, figures[i].to)) {
            return false;
        }
        if (figures[i].is_allowance && dec_sign(*figures[i].to) < 0) {
            return analyse_fault(j, "%s is below nought; a tolerance is a distance.",
                                 analyse_shown(j, figures[i].column));
        }
    }
    return analyse_whole(j, DECIMALS, 0, DEC_SCALE_MAX, j->options->decimals, &in->decimals);
}

static bool check_rule(struct analyse *j, const struct status_input *in, const struct rule *rule)
{
    if (in->lower.present && in->upper.present && dec_cmp(in->lower, in->upper) > 0) {
        return analyse_fault(j, "%s is above %s; swap them.", analyse_shown(j, LOWER),
                             analyse_shown(j, UPPER));
    }
    if (rule->kind == RULE_DUAL && !rule->red_absolute.present && !rule->red_percent.present) {
        return analyse_fault(j, "kind \"dual\" needs red_absolute or red_percent.");
    }
    if (rule->kind == RULE_TWO_TARGETS && in->polarity == POLARITY_RANGE) {
        return analyse_fault(j, "kind \"two_targets\" needs polarity higher or lower; for a range "
                                "write kind range.");
    }
    return true;
}

static enum figure_state state_of(const struct analyse *j)
{
    switch (analyse_marker(j, VALUE)) {
    case MARKER_SUPPRESSED: return FIGURE_SUPPRESSED;
    case MARKER_NOT_APPLICABLE: return FIGURE_NOT_APPLICABLE;
    default: return FIGURE_PRESENT; // without a value: missing
    }
}

static bool judge_row(struct analyse *j)
{
    struct status_input in = {.state = state_of(j)};
    struct rule rule = {.kind = RULE_NONE};
    if (!read_words(j, &in, &rule) || !read_figures(j, &in, &rule) || !check_rule(j, &in, &rule)) {
        return false;
    }
    struct status_explanation e = status_evaluate(&in, &rule);
    struct words_unit unit = {.decimals = in.decimals};
    j->results[STATUS] = status_code(e.status);
    j->results[REASON] = words_status_reason(j->arena, &e, &unit);
    return true;
}

static const char *const RESULTS[] = {"status", "reason", NULL};
static const char *const OPTIONS[] = {"--decimals", NULL};

const struct analyse_method analyse_method_status = {
    .name = "status",
    .summary = "whether each figure is on target, by which rule, and why",
    .columns = COLUMNS,
    .required = VALUE + 1,
    .results = RESULTS,
    .options = OPTIONS,
    .one_to_one = true,
    .row = judge_row,
    .help =
        "goldthread analyse status [FILE]\n\n"
        "Says of each row whether the value is on target, by the rule in the row, and why.\n\n"
        "Columns (all but the first three may be left out, and any cell but those of kind and\n"
        "polarity may be blank)\n"
        "  kind           tolerance, target_only, two_targets, range, judgement, judgement_amber,\n"
        "                 dual\n"
        "  polarity       higher, lower, range, none: what is good\n"
        "  value          the figure; blank, NA, TBC: missing; *, c: suppressed; N/A: not "
        "applicable\n"
        "  target         what was to be reached\n"
        "  lower, upper   a range, or a low and a high target\n"
        "  amber          the value that is still slightly off (two_targets)\n"
        "  green_within, amber_within   tolerances for on target and slightly off\n"
        "  within_unit    absolute (default) or percent of the target\n"
        "  beyond         red (default), travel_last_period or travel_last_year: slightly off\n"
        "                 where the value is no worse than then\n"
        "  red_absolute, red_percent    what is off target in the dual test\n"
        "  previous, last_year          earlier figures, for beyond\n"
        "  decimals       places at which value and targets are compared; blank: as given\n"
        "Adds\n"
        "  status         on_target, slightly_off, off_target; no_target, missing: not judged\n"
        "  reason         why, in a sentence\n\n"
        "Example\n"
        "  printf 'kind,polarity,value,target,amber_within\\ntolerance,higher,68.2,75,5\\n' |\n"
        "    goldthread analyse status\n\n"
        "Options\n"
        "  --decimals N   places at which to compare where the row does not say\n",
};
