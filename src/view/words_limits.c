#include "view/words_limits.h"

#include "domain/few_cases.h"
#include "view/words.h"

enum { SENTENCE_MAX = 8192, MORE_PLACES = 3 };

// ---- figures ----

static bool all_within(const struct limits *l, double low, double high)
{
    for (size_t i = 0; i < l->rows; i++) {
        if (l->values[i] < low || l->values[i] > high) { // a gap is neither
            return false;
        }
    }
    return true;
}

void limits_inside(const struct measure *m, const struct limits *l, double *lower, double *upper)
{
    if (l->segment_count == 0) {
        return;
    }
    double most = m->value_type == VALUE_PERCENT && all_within(l, 0, 100) ? 100 : INFINITY;
    if (most < INFINITY || all_within(l, 0, INFINITY)) {
        *lower = *lower < 0 ? 0 : *lower;
        *upper = *upper > most ? most : *upper;
    }
}

static const char *figure(struct arena *a, const struct measure *m, double value, int places)
{
    struct words_unit unit = words_unit_of(m);
    unit.decimals = places;
    return words_unit_figure(a, &unit, dec_from_double(value, places));
}

// "68% to 81%", "12 to 19 days".
static const char *range(struct arena *a, const struct measure *m, double low, double high,
                         int places)
{
    struct words_unit unit = words_unit_of(m), first = unit;
    first.noun = first.noun_one = NULL;
    first.decimals = unit.decimals = places;
    return arena_printf(a, "%s to %s", words_unit_figure(a, &first, dec_from_double(low, places)),
                        words_unit_figure(a, &unit, dec_from_double(high, places)));
}

static bool seem_alike(double x, double y, int places)
{
    return !isnan(x) && !isnan(y) && x != y &&
           dec_equal(dec_from_double(x, places), dec_from_double(y, places));
}

// The measure's decimals, or as many more as it takes to tell the figures on both sides apart.
static int places_for(const struct measure *m, const double *pairs, size_t count)
{
    int places = m->decimals;
    for (size_t i = 0; i < count && places < m->decimals + MORE_PLACES; i++) {
        while (seem_alike(pairs[2 * i], pairs[2 * i + 1], places) &&
               places < m->decimals + MORE_PLACES) {
            places++;
        }
    }
    return places;
}

static int places_of(const struct measure *m, const struct limits *l)
{
    double value = l->values[l->latest];
    const double pairs[] = {l->upper,         value,    l->lower,         value,
                            l->target.target, l->upper, l->target.target, l->lower};
    return places_for(m, pairs, COUNT_OF(pairs) / 2);
}

// ---- what the latest figure says ----

static const char *number_word(struct arena *a, size_t n)
{
    static const char *const words[] = {"no",  "one",   "two",   "three", "four", "five",
                                        "six", "seven", "eight", "nine",  "ten"};
    return n < COUNT_OF(words) ? words[n] : arena_printf(a, "%zu", n);
}

static const char *verdict(enum variation v)
{
    return variation_is_improvement(v)   ? "a real improvement"
           : variation_is_concern(v)     ? "a real worsening"
           : v == VARIATION_NEUTRAL_HIGH ? "a real rise"
                                         : "a real fall";
}

struct telling {
    struct buf *out;
    const struct council *council;
    const struct reading *reading;
    const struct limits *limits;
    const char *usual; // "68% to 81%"
    int places;
};

static const char *period_of_row(const struct telling *t, size_t row)
{
    return words_period_short(t->out->arena, t->reading->series->results[row].period,
                              t->council->year_start);
}

// "This", or "The latest figure (2013/14 Q3)" where the page is about a later period.
static void put_subject(const struct telling *t)
{
    const struct result *latest = &t->reading->series->results[t->limits->latest];
    if (period_equal(latest->period, t->reading->period)) {
        buf_text(t->out, "This");
    } else {
        buf_printf(t->out, "The latest figure (%s)", period_of_row(t, t->limits->latest));
    }
}

static const char *middle_name(const struct limits *l)
{
    return l->chart == LIMITS_RUN ? "median" : "average";
}

// "The last seven quarters"; figures, where a quarter among them has none.
static void put_run(const struct telling *t)
{
    const struct limits_signal *s = &t->limits->signal;
    enum period_kind kind = t->reading->measure->frequency;
    const char *of = s->has_gap || s->has_tie ? "figures" : words_periods(kind);
    if (s->has_tie) {
        of = arena_printf(t->out->arena, "%s that are not on the %s", of, middle_name(t->limits));
    }
    buf_printf(t->out, "The last %s %s", number_word(t->out->arena, s->figures), of);
}

static void put_verdict(const struct telling *t)
{
    buf_printf(t->out, ": %s, since %s.", verdict(t->limits->variation),
               period_of_row(t, t->limits->signal.first));
}

static void put_outside(const struct telling *t)
{
    const struct limits_signal *s = &t->limits->signal;
    const char *side = s->high ? "above" : "below";
    if (s->figures > 1) {
        put_run(t);
        buf_printf(t->out, " are %s what is usual (%s)", side, t->usual);
        put_verdict(t);
        return;
    }
    put_subject(t);
    buf_printf(t->out, " is %s what is usual (%s): %s.", side, t->usual,
               verdict(t->limits->variation));
}

// Where the latest figure lies; it may be outside where another rule outweighs that.
static void put_place(const struct telling *t)
{
    const struct limits *l = t->limits;
    double value = l->values[l->latest];
    put_subject(t);
    if (value > l->upper || value < l->lower) {
        buf_printf(t->out, " is %s what is usual (%s).", value > l->upper ? "above" : "below",
                   t->usual);
    } else {
        buf_printf(t->out, " is within its usual variation: %s.", t->usual);
    }
}

static void put_near(const struct telling *t)
{
    const struct limits_signal *s = &t->limits->signal;
    buf_printf(t->out, " %s of the last three %s are close to the %s limit",
               s->figures == 2 ? "Two" : "All",
               s->has_gap ? "figures" : words_periods(t->reading->measure->frequency),
               s->high ? "upper" : "lower");
    put_verdict(t);
}

static void put_mean(const struct telling *t, const char *how)
{
    buf_printf(t->out, "%s the %s of %s", how, middle_name(t->limits),
               figure(t->out->arena, t->reading->measure, t->limits->mean, t->places));
}

// Fewer crossings than chance gives: something has changed, at no one figure.
static void put_crossings(const struct telling *t)
{
    static const char *const few[] = {"never", "once", "twice"};
    struct arena *a = t->out->arena;
    const struct limits *l = t->limits;
    const char *times = l->crossings < COUNT_OF(few)
                            ? few[l->crossings]
                            : arena_printf(a, "%s times", number_word(a, l->crossings));
    buf_printf(t->out,
               " But the figures cross it %s, where chance would %s or more: "
               "something has changed, and which way the latest figure goes cannot be told.",
               l->crossings == 0 ? times : arena_printf(a, "only %s", times),
               l->crossings_expected < COUNT_OF(few)
                   ? few[l->crossings_expected]
                   : arena_printf(a, "%s times", number_word(a, l->crossings_expected)));
}

// The median and runs alone.
static void tell_runs(const struct telling *t)
{
    const struct limits *l = t->limits;
    if (l->signal.rule == SPC_SHIFT) {
        put_run(t);
        put_mean(t, l->signal.high ? " are all above" : " are all below");
        put_verdict(t);
        return;
    }
    buf_printf(t->out, "The median of %zu figures is %s.", l->figures,
               figure(t->out->arena, t->reading->measure, l->mean, t->places));
    if (l->few_crossings) {
        put_crossings(t);
    } else {
        buf_text(t->out, " They stay on one side of it no longer than chance may: that "
                         "neither shows a change nor rules one out.");
    }
}

static void tell(const struct telling *t)
{
    const struct limits_signal *s = &t->limits->signal;
    if (t->limits->chart == LIMITS_RUN) {
        tell_runs(t);
        return;
    }
    if (s->rule == SPC_OUTSIDE) {
        put_outside(t);
        return;
    }
    if (t->limits->lower == t->limits->upper && s->rule == 0) {
        buf_printf(t->out, "All %zu figures are the same.", t->limits->figures);
        return;
    }
    put_place(t);
    switch (s->rule) {
    case SPC_TREND:
        // Eight figures on their way up went up seven times.
        buf_printf(t->out, " It went %s %s %s running", s->high ? "up" : "down",
                   number_word(t->out->arena, s->figures - 1),
                   s->has_gap ? "times" : words_periods(t->reading->measure->frequency));
        put_verdict(t);
        return;
    case SPC_SHIFT:
        buf_char(t->out, ' ');
        put_run(t);
        put_mean(t, s->high ? " are all above" : " are all below");
        put_verdict(t);
        return;
    case SPC_TWO_IN_THREE: put_near(t); return;
    default: break;
    }
    double value = t->limits->values[t->limits->latest];
    bool outside = value > t->limits->upper || value < t->limits->lower;
    buf_text(t->out, outside ? " But by too few cases to tell change from chance."
                             : " Ups and downs of this size are chance, not change.");
}

static const char *too_few(struct arena *a, const struct council *c, const struct reading *r,
                           const struct limits *l)
{
    if (l->figures >= SPC_ENOUGH) { // a run chart that was asked for
        return "Too few of the figures are off their median to tell change from chance.";
    }
    const struct series *s = r->series;
    const struct rebase *last = NULL;
    for (size_t i = 0; i < s->rebase_count; i++) {
        size_t row = limits_rebase_row(s, l->rows, s->rebases[i].period);
        last = row > 0 && row < l->rows ? &s->rebases[i] : last;
    }
    const char *since = last == NULL
                            ? ""
                            : arena_printf(a, " since %s, when the limits start anew,",
                                           words_period_short(a, last->period, c->year_start));
    return arena_printf(a, "Too few points%s to tell change from chance: %zu of the %d it takes.",
                        since, l->figures, SPC_ENOUGH);
}

const char *words_limits(struct arena *a, const struct council *c, const struct reading *r,
                         const struct limits *l)
{
    switch (l->why) {
    case LIMITS_SAID: break;
    case LIMITS_WORDS:
    case LIMITS_IN_DEVELOPMENT: return NULL;
    case LIMITS_TOO_FEW: return too_few(a, c, r, l);
    default: return words_limits_why(l->why);
    }
    struct buf b = buf_new(a, SENTENCE_MAX);
    double lower = l->lower, upper = l->upper;
    limits_inside(r->measure, l, &lower, &upper);
    int places = places_of(r->measure, l);
    bool own = l->chart == LIMITS_P_PRIME || l->chart == LIMITS_U_PRIME;
    struct telling t = {.out = &b,
                        .council = c,
                        .reading = r,
                        .limits = l,
                        .usual = isnan(lower) ? "" : range(a, r->measure, lower, upper, places),
                        .places = places};
    t.usual = own ? arena_printf(a, "%s with so many cases", t.usual) : t.usual;
    tell(&t);
    return buf_cstr(&b);
}

// ---- the target ----

// "target of 75%", "range of 60 to 120".
static const char *goal(struct arena *a, const struct measure *m, const struct spc_target *t)
{
    // "75%", not "75.0%": as in the sentence of the status.
    const double shown[] = {t->target, t->low, t->high};
    int places = 0;
    for (size_t i = 0; i < COUNT_OF(shown); i++) {
        bool whole = isnan(shown[i]) || shown[i] == trunc(shown[i]);
        places = whole ? places : m->decimals;
    }
    if (isnan(t->low) && isnan(t->high)) {
        return arena_printf(a, "target of %s", figure(a, m, t->target, places));
    }
    if (isnan(t->low)) {
        return arena_printf(a, "upper limit of %s that is asked for",
                            figure(a, m, t->high, places));
    }
    if (isnan(t->high)) {
        return arena_printf(a, "lower limit of %s that is asked for", figure(a, m, t->low, places));
    }
    return arena_printf(a, "range of %s", range(a, m, t->low, t->high, places));
}

// Limits tell what the figures gave as a whole. Where they are on their way to the better or worse
// of it, that may be over.
static const char *still_holds(const struct limits *l)
{
    if (variation_is_improvement(l->variation) && l->assurance != ASSURANCE_PASS) {
        return " But it is improving, so this may no longer hold.";
    }
    if (variation_is_concern(l->variation) && l->assurance != ASSURANCE_FAIL) {
        return " But it is getting worse, so this may no longer hold.";
    }
    bool neither = l->variation == VARIATION_NEUTRAL_HIGH || l->variation == VARIATION_NEUTRAL_LOW;
    return neither ? " But it is changing, so this may no longer hold." : "";
}

const char *words_limits_target(struct arena *a, const struct reading *r, const struct limits *l)
{
    const char *what = goal(a, r->measure, &l->target);
    if (l->target_is_near) {
        return arena_printf(a,
                            "The %s is fewer than three cases from the average: too few to "
                            "tell whether it is out of reach.",
                            what);
    }
    const char *but = still_holds(l);
    bool constant = l->lower == l->upper;
    bool own = l->chart == LIMITS_P_PRIME || l->chart == LIMITS_U_PRIME;
    const char *cases = own ? " with so many cases" : "";
    switch (l->assurance) {
    case ASSURANCE_PASS:
        return constant ? arena_printf(a, "The %s is met every time.%s", what, but)
                        : arena_printf(a,
                                       "Even the worst that is usual%s meets the %s: it will be "
                                       "met every time unless something changes.%s",
                                       cases, what, but);
    case ASSURANCE_FAIL:
        return arena_printf(a,
                            "The %s is outside what this process gives%s: it will keep failing "
                            "unless something changes.%s",
                            what, cases, but);
    case ASSURANCE_INCONSISTENT:
        return arena_printf(a,
                            "The %s lies within the usual variation%s: it will be met some times "
                            "and missed others, by chance.%s",
                            what, cases, but);
    case ASSURANCE_NONE:
    case ASSURANCE_COUNT: break;
    }
    return NULL;
}

const char *words_few_cases(struct arena *a, const struct reading *r)
{
    if (!few_cases_off(r)) {
        return NULL;
    }
    return arena_printf(a, "%s by fewer than three cases of %s: that may well be chance.",
                        words_status(r->status), dec_shown(a, r->denominator, 0));
}

const char *words_rebase(struct arena *a, const struct council *c, const struct rebase *r)
{
    struct buf b = buf_new(a, SENTENCE_MAX);
    buf_printf(&b, "The limits start anew with %s: %s",
               words_period_short(a, r->period, c->year_start), r->reason);
    bool on = r->agreed_on != DAY_NONE;
    if (r->by != NULL || on) {
        buf_printf(&b, " (%s%s%s)", r->by == NULL ? "agreed " : r->by,
                   r->by != NULL && on ? ", " : "", on ? day_shown(a, r->agreed_on) : "");
    }
    bool ended = b.length > 0 && b.text[b.length - 1] == '.';
    buf_text(&b, ended ? "" : ".");
    return buf_cstr(&b);
}
