#include "engine/status.h"

#include "engine/exact.h"
#include "engine/travel.h"

static const enum status STATUS_OF[REASON_COUNT] = {
    [REASON_NONE] = STATUS_MISSING,
    [REASON_TARGET_MET] = STATUS_ON_TARGET,
    [REASON_WITHIN_GREEN] = STATUS_ON_TARGET,
    [REASON_WITHIN_AMBER] = STATUS_SLIGHTLY_OFF,
    [REASON_BEYOND] = STATUS_OFF_TARGET,
    [REASON_TRAVEL_HELD] = STATUS_SLIGHTLY_OFF,
    [REASON_TRAVEL_WORSE] = STATUS_OFF_TARGET,
    [REASON_TRAVEL_UNKNOWN] = STATUS_OFF_TARGET,
    [REASON_BETWEEN_TARGETS] = STATUS_SLIGHTLY_OFF,
    [REASON_WORSE_THAN_BOTH] = STATUS_OFF_TARGET,
    [REASON_IN_RANGE] = STATUS_ON_TARGET,
    [REASON_NEAR_RANGE] = STATUS_SLIGHTLY_OFF,
    [REASON_OUT_OF_RANGE] = STATUS_OFF_TARGET,
    [REASON_RED_ABSOLUTE] = STATUS_OFF_TARGET,
    [REASON_RED_PERCENT] = STATUS_OFF_TARGET,
    [REASON_UNDER_BOTH] = STATUS_SLIGHTLY_OFF,
    [REASON_NO_FIGURE] = STATUS_MISSING,
    [REASON_NOT_DUE] = STATUS_NOT_DUE,
    [REASON_SUPPRESSED] = STATUS_SUPPRESSED,
    [REASON_NOT_APPLICABLE] = STATUS_NOT_APPLICABLE,
    [REASON_IN_DEVELOPMENT] = STATUS_IN_DEVELOPMENT,
    [REASON_NO_TARGET] = STATUS_NO_TARGET,
    [REASON_NO_POLARITY] = STATUS_NO_TARGET,
    [REASON_NO_RULE] = STATUS_NO_TARGET,
    [REASON_AWAITS_JUDGEMENT] = STATUS_MISSING,
    [REASON_FEW_CASES] = STATUS_NOT_APPLICABLE,
    [REASON_INCOMPLETE] = STATUS_MISSING,
    [REASON_NOT_A_FIGURE] = STATUS_NO_TARGET,
};

bool status_is_scored(enum status s)
{
    return s == STATUS_ON_TARGET || s == STATUS_SLIGHTLY_OFF || s == STATUS_OFF_TARGET;
}

static void round_all(struct status_input *in)
{
    in->value = dec_round(in->value, in->decimals);
    in->target = dec_round(in->target, in->decimals);
    in->lower = dec_round(in->lower, in->decimals);
    in->upper = dec_round(in->upper, in->decimals);
    in->amber = dec_round(in->amber, in->decimals);
    in->previous = dec_round(in->previous, in->decimals);
    in->last_year = dec_round(in->last_year, in->decimals);
}

// What can be said without looking at target and rule, in the order of status.h; REASON_NONE when
// the figure can be judged.
static enum status_reason before_target(const struct status_input *in, const struct rule *rule)
{
    switch (in->state) {
    case FIGURE_IN_DEVELOPMENT: return REASON_IN_DEVELOPMENT;
    case FIGURE_NOT_APPLICABLE: return REASON_NOT_APPLICABLE;
    case FIGURE_SUPPRESSED: return REASON_SUPPRESSED;
    case FIGURE_NOT_DUE: return REASON_NOT_DUE;
    case FIGURE_PRESENT:
    case FIGURE_MISSING:
    case FIGURE_TEXT: break;
    }
    if (rule->kind == RULE_JUDGEMENT) {
        return REASON_AWAITS_JUDGEMENT;
    }
    if (in->state == FIGURE_MISSING || (in->state == FIGURE_PRESENT && !in->value.present)) {
        return REASON_NO_FIGURE;
    }
    if (in->present < in->expected) {
        return REASON_INCOMPLETE;
    }
    if (in->denominator.present && in->min_denominator.present &&
        dec_cmp(in->denominator, in->min_denominator) < 0) {
        return REASON_FEW_CASES;
    }
    if (in->state == FIGURE_TEXT) {
        return REASON_NOT_A_FIGURE;
    }
    return in->polarity == POLARITY_NONE ? REASON_NO_POLARITY : REASON_NONE;
}

// The two figures of a two_targets rule: `better` must be reached, `worse` (may be absent) still
// counts as slightly off.
struct pair {
    struct dec better, worse;
};

static struct pair pair_of(const struct status_input *in)
{
    bool higher = in->polarity == POLARITY_HIGHER;
    struct pair p = {in->target, in->amber};
    if (!in->target.present) {
        p = higher ? (struct pair){in->upper, in->lower} : (struct pair){in->lower, in->upper};
    }
    if (p.better.present && p.worse.present && (dec_cmp(p.better, p.worse) < 0) == higher) {
        p = (struct pair){p.worse, p.better}; // whatever the column, the better one is the goal
    }
    return p;
}

// Where the value is on target before any tolerance.
static enum status_reason find_good(const struct status_input *in, const struct rule *rule,
                                    struct good_span *out)
{
    if (rule->kind == RULE_RANGE || in->polarity == POLARITY_RANGE) {
        if (rule->kind == RULE_TWO_TARGETS) {
            return REASON_NO_POLARITY; // neither target is the better one
        }
        *out = (struct good_span){in->lower, in->upper};
        if (in->polarity == POLARITY_RANGE && !in->lower.present && !in->upper.present) {
            *out = (struct good_span){in->target, in->target};
        }
        return out->low.present || out->high.present ? REASON_NONE : REASON_NO_TARGET;
    }
    struct dec goal = rule->kind == RULE_TWO_TARGETS ? pair_of(in).better : in->target;
    *out = in->polarity == POLARITY_HIGHER ? (struct good_span){goal, DEC_NONE}
                                           : (struct good_span){DEC_NONE, goal};
    return goal.present ? REASON_NONE : REASON_NO_TARGET;
}

// One side of the good span: its bound, and which way is worse from there (-1 down, 1 up).
struct side {
    struct dec bound;
    int outward;
    exact gap; // how far the value is beyond the bound; 0: not
};

// The side that the value missed, or the nearer one when it missed none.
static struct side side_of(struct dec value, struct good_span good)
{
    struct side low = {good.low, -1, 0}, high = {good.high, 1, 0};
    exact gap = exact_outside(value, good);
    exact v = exact_of(value);
    bool is_low = good.low.present;
    if (good.low.present && good.high.present) {
        is_low =
            gap > 0 ? v < exact_of(good.low) : v - exact_of(good.low) <= exact_of(good.high) - v;
    }
    struct side side = is_low ? low : high;
    side.gap = gap;
    return side;
}

// A tolerance as an amount; absent only when it needs more than 18 digits.
static struct dec amount_of(struct dec within, enum within_unit unit, struct dec goal)
{
    if (!within.present || within.units <= 0) {
        return dec_int(0);
    }
    if (unit == WITHIN_ABSOLUTE) {
        return within;
    }
    return dec_trim(dec_mul(dec_mul(within, dec_abs(goal)), dec_make(1, 2)));
}

static bool is_within(exact gap, struct dec within, enum within_unit unit, struct dec goal)
{
    if (!within.present || within.units <= 0) {
        return gap == 0;
    }
    return unit == WITHIN_ABSOLUTE ? gap <= exact_of(within)
                                   : exact_cmp_percent(gap, within, goal) <= 0;
}

static struct dec move_out(const struct side *side, struct dec amount)
{
    return side->outward < 0 ? dec_sub(side->bound, amount) : dec_add(side->bound, amount);
}

// The bounds that lie `green` and `amber` beyond the goal. When one of them cannot be told
// exactly, neither is: the reader would draw a wrong picture from the other.
static void set_bounds(struct status_explanation *e, const struct side *side, struct dec green,
                       struct dec amber)
{
    bool known = green.present && amber.present;
    bool has_amber = known && dec_cmp(amber, green) > 0;
    e->green_bound = known ? move_out(side, green) : DEC_NONE;
    e->amber_bound = has_amber ? move_out(side, amber) : DEC_NONE;
    if (!e->green_bound.present || (has_amber && !e->amber_bound.present)) {
        e->green_bound = e->amber_bound = DEC_NONE;
    }
}

static enum travel travel_since(const struct status_input *in, struct dec before,
                                struct good_span good)
{
    struct travel_input t = {.polarity = in->polarity,
                             .decimals = in->decimals,
                             .value = in->value,
                             .before = before,
                             .lower = good.low,
                             .upper = good.high};
    return travel_evaluate(&t).travel;
}

// Beyond the tolerance: the clause that looks at an earlier figure, where the rule has one.
static enum status_reason travel_clause(struct status_explanation *e, struct good_span good)
{
    if (e->rule.beyond == BEYOND_RED) {
        return REASON_BEYOND;
    }
    e->reference =
        e->rule.beyond == BEYOND_TRAVEL_LAST_PERIOD ? e->input.previous : e->input.last_year;
    switch (travel_since(&e->input, e->reference, good)) {
    case TRAVEL_IMPROVED:
    case TRAVEL_SAME: return REASON_TRAVEL_HELD;
    case TRAVEL_WORSE: return REASON_TRAVEL_WORSE;
    case TRAVEL_NOT_COMPARABLE: break;
    }
    return REASON_TRAVEL_UNKNOWN;
}

static enum status_reason judge_tolerance(struct status_explanation *e, const struct side *side,
                                          struct good_span good)
{
    const struct rule *r = &e->rule;
    set_bounds(e, side, amount_of(r->green_within, r->within_unit, side->bound),
               amount_of(r->amber_within, r->within_unit, side->bound));
    if (side->gap == 0) {
        return REASON_TARGET_MET;
    }
    if (is_within(side->gap, r->green_within, r->within_unit, side->bound)) {
        return REASON_WITHIN_GREEN;
    }
    if (is_within(side->gap, r->amber_within, r->within_unit, side->bound)) {
        return REASON_WITHIN_AMBER;
    }
    return travel_clause(e, good);
}

static enum status_reason judge_range(struct status_explanation *e, const struct side *side)
{
    const struct rule *r = &e->rule;
    set_bounds(e, side, dec_int(0), amount_of(r->amber_within, r->within_unit, side->bound));
    if (side->gap == 0) {
        return REASON_IN_RANGE;
    }
    return is_within(side->gap, r->amber_within, r->within_unit, side->bound) ? REASON_NEAR_RANGE
                                                                              : REASON_OUT_OF_RANGE;
}

static enum status_reason judge_two_targets(struct status_explanation *e, const struct side *side)
{
    e->amber_bound = pair_of(&e->input).worse;
    if (side->gap == 0) {
        return REASON_TARGET_MET;
    }
    if (!e->amber_bound.present) {
        return REASON_BEYOND;
    }
    int past = dec_cmp(e->input.value, e->amber_bound) * side->outward;
    return past <= 0 ? REASON_BETWEEN_TARGETS : REASON_WORSE_THAN_BOTH;
}

static enum status_reason judge_dual(struct status_explanation *e, const struct side *side)
{
    const struct rule *r = &e->rule;
    struct dec by_percent = amount_of(r->red_percent, WITHIN_PERCENT, side->bound);
    struct dec nearer = r->red_absolute;
    if (r->red_percent.present &&
        (!nearer.present || !by_percent.present || dec_cmp(by_percent, nearer) < 0)) {
        nearer = by_percent;
    }
    set_bounds(e, side, dec_int(0), nearer);
    if (side->gap == 0) {
        return REASON_TARGET_MET;
    }
    if (r->red_absolute.present && side->gap >= exact_of(r->red_absolute)) {
        return REASON_RED_ABSOLUTE;
    }
    if (r->red_percent.present && exact_cmp_percent(side->gap, r->red_percent, side->bound) >= 0) {
        return REASON_RED_PERCENT;
    }
    return REASON_UNDER_BOTH;
}

static enum status_reason judge(struct status_explanation *e, const struct side *side,
                                struct good_span good)
{
    switch (e->rule.kind) {
    case RULE_TOLERANCE: return judge_tolerance(e, side, good);
    case RULE_RANGE: return judge_range(e, side);
    case RULE_TWO_TARGETS: return judge_two_targets(e, side);
    case RULE_DUAL: return judge_dual(e, side);
    case RULE_TARGET_ONLY:
    case RULE_JUDGEMENT_AMBER:
    case RULE_JUDGEMENT:
    case RULE_NONE: break;
    }
    return side->gap == 0 ? REASON_TARGET_MET : REASON_BEYOND;
}

static bool is_rule(const struct rule *rule)
{
    return rule->kind != RULE_NONE &&
           (rule->kind != RULE_DUAL || rule->red_absolute.present || rule->red_percent.present);
}

struct status_explanation status_evaluate(const struct status_input *input, const struct rule *rule)
{
    struct status_explanation e = {.input = *input, .rule = *rule};
    round_all(&e.input);
    struct good_span good = {DEC_NONE, DEC_NONE};
    e.reason = before_target(&e.input, rule);
    if (e.reason == REASON_NONE) {
        e.reason = find_good(&e.input, rule, &good);
    }
    if (e.reason == REASON_NONE) {
        struct side side = side_of(e.input.value, good);
        e.goal = side.bound;
        e.worse = side.gap > 0;
        e.difference = dec_abs(exact_difference(e.input.value, e.goal));
        e.difference_percent = dec_ratio(e.difference, dec_abs(e.goal), 100, 1);
        e.reason = REASON_NO_RULE;
        if (is_rule(rule)) {
            e.green_bound = e.goal;
            e.reason = judge(&e, &side, good);
        }
    }
    e.status = STATUS_OF[e.reason];
    return e;
}

// From the bounds, the way a reader with a ruler would: a second path to the same status.
enum status status_recompute(const struct status_explanation *e)
{
    const struct status_input *in = &e->input;
    struct good_span good = {DEC_NONE, DEC_NONE};
    enum status_reason reason = before_target(in, &e->rule);
    if (reason == REASON_NONE) {
        reason = find_good(in, &e->rule, &good);
    }
    if (reason == REASON_NONE && !is_rule(&e->rule)) {
        reason = REASON_NO_RULE;
    }
    if (reason != REASON_NONE) {
        return STATUS_OF[reason];
    }
    if (!e->green_bound.present) {
        return status_evaluate(in, &e->rule).status; // bounds that cannot be told exactly
    }
    // Worse is the way from the goal to the value: below it -1, above it 1.
    int outward = e->worse ? dec_cmp(in->value, e->goal) : 0;
    if (outward == 0 || dec_cmp(in->value, e->green_bound) * outward <= 0) {
        return STATUS_ON_TARGET;
    }
    if (e->amber_bound.present) {
        int past = dec_cmp(in->value, e->amber_bound) * outward;
        if (past < 0 || (past == 0 && e->rule.kind != RULE_DUAL)) {
            return STATUS_SLIGHTLY_OFF;
        }
    }
    bool looks_back = e->rule.kind == RULE_TOLERANCE && e->rule.beyond != BEYOND_RED;
    enum travel t = looks_back ? travel_since(in, e->reference, good) : TRAVEL_WORSE;
    return t == TRAVEL_IMPROVED || t == TRAVEL_SAME ? STATUS_SLIGHTLY_OFF : STATUS_OFF_TARGET;
}
