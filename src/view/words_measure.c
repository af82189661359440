#include "view/words_measure.h"

#include "view/words.h"

enum { SENTENCE_MAX = 8192 };

struct words_heads words_heads(enum period_kind kind)
{
    switch (kind) {
    case PERIOD_MONTH:
        return (struct words_heads){"Same month last year", "Last month", "This month"};
    case PERIOD_QUARTER:
    case PERIOD_CALENDAR_QUARTER:
        return (struct words_heads){"Same quarter last year", "Last quarter", "This quarter"};
    case PERIOD_HALF:
        return (struct words_heads){"Same half last year", "Last half year", "This half year"};
    case PERIOD_YEAR:
    case PERIOD_CALENDAR_YEAR:
    case PERIOD_ACADEMIC_YEAR: return (struct words_heads){"A year ago", "Last year", "This year"};
    default: return (struct words_heads){"A year ago", "Last period", "This period"};
    }
}

const char *words_showing(struct arena *a, size_t shown, size_t total)
{
    const char *all = words_count(a, (int)total, "measure", "measures");
    return shown == total ? all : arena_printf(a, "%zu of %s", shown, all);
}

// ---- what it would take ----

// A bound as it is: exact, without needless noughts, in the unit of the measure.
static const char *bound(struct arena *a, const struct measure *m, struct dec value)
{
    struct words_unit unit = words_unit_of(m);
    unit.decimals = -1;
    return words_unit_figure(a, &unit, dec_trim(value));
}

// What a difference from the goal is told in: points for percentages.
static const char *distance(struct arena *a, const struct measure *m, struct dec value)
{
    struct words_unit unit = words_unit_of(m);
    if (m->value_type == VALUE_PERCENT) {
        unit.suffix = NULL;
        unit.noun = "points";
        unit.noun_one = "point";
    }
    unit.decimals = dec_trim(value).scale > 0 ? m->decimals : 0;
    return words_unit_figure(a, &unit, value);
}

static bool is_two_sided(const struct reading *r)
{
    return r->why.rule.kind == RULE_RANGE || r->measure->polarity == POLARITY_RANGE;
}

static const char *difference_from_range(struct arena *a, const struct reading *r)
{
    const struct status_explanation *e = &r->why;
    const char *far = distance(a, r->measure, e->difference);
    if (!e->worse) {
        return dec_sign(e->difference) == 0
                   ? "None: exactly at a bound of the range"
                   : arena_printf(a, "None: inside the range, %s from its nearer bound", far);
    }
    return arena_printf(a, "%s %s the range: worse", far,
                        dec_cmp(e->input.value, e->goal) < 0 ? "below" : "above");
}

const char *words_difference(struct arena *a, const struct reading *r)
{
    const struct status_explanation *e = &r->why;
    if (!e->difference.present || !e->goal.present || r->measure->value_type == VALUE_YES_NO) {
        return NULL;
    }
    if (is_two_sided(r)) {
        return difference_from_range(a, r);
    }
    if (dec_sign(e->difference) == 0) {
        return "None: exactly the target";
    }
    bool below = dec_cmp(e->input.value, e->goal) < 0;
    const char *far = distance(a, r->measure, e->difference);
    const char *side = below ? "below" : "above";
    const char *good = e->worse ? "worse" : "better";
    if (!e->difference_percent.present) {
        return arena_printf(a, "%s %s the target: %s", far, side, good);
    }
    return arena_printf(a, "%s %s the target (%s%% of it): %s", far, side,
                        dec_shown(a, e->difference_percent, 1), good);
}

// The judgement of a figure that is just at its goal: its bounds are those of the period, whatever
// the figure was, and there is one also where there was none.
static struct status_explanation judged_at(const struct reading *r, struct dec value)
{
    struct status_input in = r->why.input;
    in.state = FIGURE_PRESENT;
    in.value = value;
    in.present = in.expected = 0;
    in.min_denominator = DEC_NONE;
    return status_evaluate(&in, &r->why.rule);
}

static struct dec any_goal(const struct reading *r)
{
    const struct status_input *in = &r->why.input;
    return in->target.present ? in->target : in->lower.present ? in->lower : in->upper;
}

bool reading_band(const struct reading *r, struct dec *ret_lower, struct dec *ret_upper)
{
    const struct status_input *in = &r->why.input;
    if (is_two_sided(r)) {
        *ret_lower = in->lower;
        *ret_upper = in->upper;
        return in->lower.present && in->upper.present;
    }
    if (!any_goal(r).present) {
        return false;
    }
    struct status_explanation e = judged_at(r, any_goal(r));
    struct dec edge = e.amber_bound.present ? e.amber_bound : e.green_bound;
    if (!e.goal.present || !edge.present || dec_equal(edge, e.goal)) {
        return false;
    }
    bool below = dec_cmp(edge, e.goal) < 0;
    *ret_lower = below ? edge : e.goal;
    *ret_upper = below ? e.goal : edge;
    return true;
}

static const char *bounds_of_range(struct arena *a, const struct reading *r)
{
    const struct status_input *in = &r->why.input;
    const struct measure *m = r->measure;
    if (!in->lower.present || !in->upper.present) {
        return NULL;
    }
    struct status_explanation low = judged_at(r, in->lower), high = judged_at(r, in->upper);
    struct buf b = buf_new(a, SENTENCE_MAX);
    buf_printf(&b, "On target from %s to %s", bound(a, m, low.green_bound),
               bound(a, m, high.green_bound));
    if (low.amber_bound.present && high.amber_bound.present) {
        buf_printf(&b, "; slightly off target from %s to %s", bound(a, m, low.amber_bound),
                   bound(a, m, high.amber_bound));
    }
    buf_text(&b, "; off target outside that.");
    return buf_cstr(&b);
}

static void say_travel_clause(struct buf *b, const struct reading *r)
{
    const struct rule *rule = &r->why.rule;
    if (rule->kind != RULE_TOLERANCE || rule->beyond == BEYOND_RED) {
        buf_text(b, "; off target ");
        return;
    }
    bool year = rule->beyond == BEYOND_TRAVEL_LAST_YEAR;
    struct dec before = year ? r->why.input.last_year : r->why.input.previous;
    buf_printf(b, "; slightly off target when no worse than %s",
               year ? "a year ago" : "the period before");
    if (before.present) {
        buf_printf(b, " (%s)", words_figure(b->arena, r->measure, before));
    }
    buf_text(b, "; else off target ");
}

const char *words_bounds(struct arena *a, const struct reading *r)
{
    const struct measure *m = r->measure;
    if (m->value_type == VALUE_YES_NO) {
        return NULL; // the target says it
    }
    if (is_two_sided(r)) {
        return bounds_of_range(a, r);
    }
    if (!any_goal(r).present || m->polarity == POLARITY_NONE) {
        return NULL;
    }
    struct status_explanation e = judged_at(r, any_goal(r));
    if (!e.green_bound.present) {
        return NULL;
    }
    bool higher = m->polarity == POLARITY_HIGHER;
    struct buf b = buf_new(a, SENTENCE_MAX);
    buf_printf(&b, "On target at %s or %s", bound(a, m, e.green_bound), higher ? "more" : "less");
    const char *edge = e.amber_bound.present ? bound(a, m, e.amber_bound) : NULL;
    if (edge != NULL && e.rule.kind == RULE_DUAL) {
        // This rule is off target already at its bound, every other one only beyond it.
        buf_printf(&b, "; slightly off target between that and %s; off target at %s or %s.", edge,
                   edge, higher ? "less" : "more");
        return buf_cstr(&b);
    }
    if (edge != NULL) {
        buf_printf(&b, "; slightly off target %s %s", higher ? "down to" : "up to", edge);
    }
    say_travel_clause(&b, r);
    buf_text(&b, higher ? "below that." : "above that.");
    return buf_cstr(&b);
}
