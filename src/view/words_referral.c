#include "view/words_referral.h"

#include "view/words.h"
#include "view/words_limits.h"

const char *words_referral_rule(struct arena *a, const struct referral_how *how)
{
    const char *running = how->n > 1 ? arena_printf(a, " %d periods running", how->n) : "";
    switch (how->kind) {
    case REFERRAL_OFF_RUNNING: return arena_printf(a, "Off target%s", running);
    case REFERRAL_OFF_OFTEN:
        return arena_printf(a, "Off target in %d of the last %d periods", how->n, how->m);
    case REFERRAL_WORSENING: return "Special-cause worsening";
    case REFERRAL_FAILING: return "The target is out of the process's reach";
    case REFERRAL_MISSING: return arena_printf(a, "Missing%s", running);
    default: return "Off target without an open action";
    }
}

const char *words_referral_exit(const struct referral_how *how)
{
    switch (how->kind) {
    case REFERRAL_OFF_RUNNING:
    case REFERRAL_OFF_OFTEN:
        return how->ends_slightly_off ? "on target or slightly off target" : "on target";
    case REFERRAL_WORSENING: return "common cause or improvement";
    case REFERRAL_FAILING: return "a target within reach";
    case REFERRAL_MISSING: return "a figure";
    default: return "an action, or no longer off target";
    }
}

// ---- periods ----

static const char *one_period(enum period_kind kind)
{
    switch (kind) {
    case PERIOD_MONTH: return "month";
    case PERIOD_QUARTER:
    case PERIOD_CALENDAR_QUARTER: return "quarter";
    case PERIOD_HALF: return "half year";
    case PERIOD_YEAR:
    case PERIOD_CALENDAR_YEAR: return "year";
    case PERIOD_ACADEMIC_YEAR: return "academic year";
    default: return "period";
    }
}

// "1 quarter", "4 quarters".
static const char *so_many(struct arena *a, const struct measure *m, int n)
{
    return words_count(a, n, one_period(m->frequency), words_periods(m->frequency));
}

const char *words_referral_length(struct arena *a, const struct referred *r)
{
    return so_many(a, r->measure, r->periods);
}

const char *words_referral_until(struct arena *a, const struct council *c, const struct referred *r)
{
    switch (r->end) {
    case REFER_RECOVERED: return words_period_short(a, r->until, c->year_start);
    case REFER_RETIRED: return "retired";
    default: return "still open";
    }
}

// ---- why ----

// "9.8% against a target of 7.5% or less"; what people set is said to be theirs.
static const char *figure_against(struct arena *a, const struct council *c, const struct reading *r)
{
    const char *value = words_value(a, c, r);
    if (r->override != NULL) {
        return arena_printf(a, "%s, set by judgement", value);
    }
    bool range = r->measure->polarity == POLARITY_RANGE;
    return r->why.goal.present ? arena_printf(a, "%s against a %s of %s", value,
                                              range ? "range" : "target", words_goal(a, r))
                               : value;
}

// The measure's decimals, or up to three more where a limit would seem to lie on the target.
static int places_of(const struct measure *m, const struct limits *l)
{
    enum { MORE_PLACES = 3 };
    const double sides[] = {l->lower, l->upper};
    int places = m->decimals;
    for (size_t i = 0; i < COUNT_OF(sides) && !isnan(l->target.target); i++) {
        while (sides[i] != l->target.target && places < m->decimals + MORE_PLACES &&
               dec_equal(dec_from_double(sides[i], places),
                         dec_from_double(l->target.target, places))) {
            places++;
        }
    }
    return places;
}

static const char *usual(struct arena *a, const struct measure *m, const struct limits *l)
{
    double lower = l->lower, upper = l->upper;
    limits_inside(m, l, &lower, &upper);
    struct words_unit unit = words_unit_of(m), first = unit;
    first.noun = first.noun_one = NULL;
    first.decimals = unit.decimals = places_of(m, l);
    return arena_printf(a, "%s to %s",
                        words_unit_figure(a, &first, dec_from_double(lower, first.decimals)),
                        words_unit_figure(a, &unit, dec_from_double(upper, unit.decimals)));
}

static const char *times(struct arena *a, const struct referred *r)
{
    return r->seen == 1 ? "" : arena_printf(a, " %s running", so_many(a, r->measure, r->seen));
}

static const char *why_missing(struct arena *a, const struct reading *now, const struct referred *r,
                               const char *when)
{
    const char *what =
        now->why.reason == REASON_AWAITS_JUDGEMENT ? "Nobody has judged it" : "No figure";
    return r->seen == 1 ? arena_printf(a, "%s for %s.", what, when)
                        : arena_printf(a, "%s%s, the last %s.", what, times(a, r), when);
}

const char *words_referral_why(struct arena *a, const struct council *c, const struct referred *r,
                               const struct referral_how *how)
{
    const struct measure *m = r->measure;
    struct reading now = reading_of(c, m, &m->series[0], r->since);
    const char *when = words_period_short(a, r->since, c->year_start);
    const char *figure = figure_against(a, c, &now);
    const struct limits *l = refer_limits(a, c, r);
    switch (how->kind) {
    case REFERRAL_OFF_RUNNING:
        return arena_printf(a, "Off target%s: %s in %s.", times(a, r), figure, when);
    case REFERRAL_OFF_OFTEN:
        return arena_printf(a, "Off target in %d of the last %s: %s in %s.", r->seen,
                            so_many(a, m, r->of), figure, when);
    case REFERRAL_WORSENING:
        return arena_printf(a, "%s in %s. %s", words_value(a, c, &now), when,
                            words_limits(a, c, &now, l));
    case REFERRAL_FAILING:
        return arena_printf(a, "Its usual variation was %s. %s", usual(a, m, l),
                            words_limits_target(a, &now, l));
    case REFERRAL_MISSING: return why_missing(a, &now, r, when);
    default: return arena_printf(a, "Off target: %s in %s, and no action was open.", figure, when);
    }
}

// ---- noise ----

const char *words_referral_noise(enum referral_noise noise)
{
    static const char *const words[] = {
        [NOISE_CANNOT_TELL] = "cannot tell", [NOISE_NO] = "no", [NOISE_YES] = "yes"};
    return noise < NOISE_COUNT ? words[noise] : "";
}

static const char *within(struct arena *a, const struct measure *m)
{
    return so_many(a, m, REFERRAL_NOISE_WITHIN);
}

const char *words_referral_noise_why(struct arena *a, const struct council *c,
                                     const struct referred *r)
{
    const struct measure *m = r->measure;
    const struct limits *l = refer_limits(a, c, r);
    switch (r->why) {
    case WHY_NOISE:
        return arena_printf(a,
                            "It lay within its usual variation, %s, and so did the target; it "
                            "was over by itself.",
                            usual(a, m, l));
    case WHY_SPECIAL_CAUSE: return "Its chart showed a signal: this was not chance.";
    case WHY_OUT_OF_REACH:
        return arena_printf(a,
                            "The target lay outside its usual variation, %s: it is the process, "
                            "not chance.",
                            usual(a, m, l));
    case WHY_WITHIN_REACH:
        return arena_printf(a,
                            "Its usual variation, %s, met the target every time: it was not the "
                            "figure that was off target.",
                            usual(a, m, l));
    case WHY_NOT_RECOVERED: return arena_printf(a, "It was not over within %s.", within(a, m));
    case WHY_LEVEL_SHIFT: return "It was over because the level changed, not by itself.";
    case WHY_NO_FIGURE: return "There was no figure.";
    case WHY_NO_CHART: return words_limits_why(l->why);
    case WHY_FEW_POINTS:
        if (l->few_crossings && l->why == LIMITS_SAID) {
            return "Its figures crossed their median less often than chance would: something "
                   "had changed, and no one figure tells which way.";
        }
        return l->why == LIMITS_TOO_FEW
                   ? arena_printf(a,
                                  "Too few figures to tell change from chance: %zu of the %d it "
                                  "takes.",
                                  r->figures, SPC_ENOUGH)
                   : words_limits_why(l->why);
    case WHY_NO_TARGET: return "There was no target to hold its usual variation against.";
    case WHY_TOO_EARLY:
        return arena_printf(a, "It lies within its usual variation, and %s are not over.",
                            within(a, m));
    default: return "";
    }
}
