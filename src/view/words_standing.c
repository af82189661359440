// Where we stand, what the group comes to, and how far it can be trusted.
#include <math.h>

#include "view/words.h"
#include "view/words_comparison.h"

enum { SENTENCES_MAX = 4096 };

// ---- ours ----

static bool has_direction(const struct measure *m)
{
    return m->polarity == POLARITY_HIGHER || m->polarity == POLARITY_LOWER;
}

// "7th of 16"; "joint 7th from the highest of 16" where neither end is good.
static const char *place(struct arena *a, const struct measure *m, const struct standing *s)
{
    return arena_printf(a, "%s%s%s of %zu", standing_is_shared(s, s->own) ? "joint " : "",
                        words_ordinal(a, s->own->rank), has_direction(m) ? "" : " from the highest",
                        s->ranked);
}

// "cannot be told apart from 3rd to 12th"; NULL without an interval.
static const char *apart(struct arena *a, const struct standing *s)
{
    const struct compare_band *band = &s->own->band;
    if (!standing_has_interval(s->own)) {
        return NULL;
    }
    if (band->best == band->worst) {
        return standing_is_shared(s, s->own) ? "can be told apart from all with another figure"
                                             : "can be told apart from all the others";
    }
    bool all = band->best == 1;
    for (size_t i = 0; i < s->row_count; i++) {
        all = all && s->rows[i].rank <= band->worst;
    }
    return all ? "cannot be told apart from any of the others"
               : arena_printf(a, "cannot be told apart from %s", words_band(a, s->own));
}

const char *words_standing(struct arena *a, const struct council *c, const struct measure *m,
                           const struct standing *s)
{
    const char *when = words_period_short(a, s->period, c->year_start);
    if (!s->enough) {
        return arena_printf(a,
                            "Too few to compare: of %s in the group %zu %s a figure for %s that "
                            "can be shown, and it takes %d.",
                            words_count(a, (int)s->members, "other", "others"), s->reported,
                            s->reported == 1 ? "has" : "have", when, COMPARE_MEDIAN_LEAST);
    }
    if (s->own->withheld) {
        return arena_printf(a,
                            "Our figure for %s is too small a number to show, so we have no "
                            "place among the others.",
                            when);
    }
    if (s->own->rank == 0) {
        return arena_printf(a, "We have no figure for %s, so we have no place among the others.",
                            when);
    }
    const char *told = apart(a, s);
    return arena_printf(a, "%s in %s: %s%s%s.", words_figure(a, m, s->own->value), when,
                        place(a, m, s), told == NULL ? "" : ", and ", told == NULL ? "" : told);
}

// ---- the group ----

static const char *lower_first(struct arena *a, const char *text)
{
    char *copy = arena_text(a, text);
    copy[0] = (char)(copy[0] >= 'A' && copy[0] <= 'Z' ? copy[0] - 'A' + 'a' : copy[0]);
    return copy;
}

const char *words_standing_group(struct arena *a, const struct measure *m, const struct standing *s)
{
    if (!s->enough) {
        return NULL;
    }
    struct buf b = buf_new(a, SENTENCES_MAX);
    const char *median = words_figure_near(a, m, s->middle.median);
    bool whole = s->benchmark.kind == BENCHMARK_RATIO;
    if (whole) {
        buf_printf(&b, "The group as a whole: %s (the median of its members: %s)",
                   words_figure_near(a, m, s->benchmark.value), median);
    } else {
        buf_printf(&b, "The median of the group: %s", median);
    }
    const char *verdict = words_verdict(m, s->own);
    if (verdict == NULL) {
        buf_char(&b, '.');
    } else if (s->own->few_cases) {
        buf_text(&b, "; ours differs by fewer than three cases: too few to tell.");
    } else if (s->own->verdict == VERDICT_SAME) {
        buf_text(&b, "; the difference is no more than chance would make.");
    } else if (s->own->verdict != VERDICT_NONE) {
        buf_printf(&b, "; ours is %s, by more than chance would make.", lower_first(a, verdict));
    } else if (compare_distance(s->own->deviations) == DISTANCE_BEYOND) {
        buf_printf(&b, "; ours is %s: so far that the figures want a look before anything is said.",
                   lower_first(a, verdict));
    } else {
        buf_printf(&b, "; %sours is %s.", whole ? "beside that median " : "",
                   lower_first(a, verdict));
    }
    return buf_cstr(&b);
}

// ---- how far it can be trusted ----

const char *words_standing_coverage(struct arena *a, const struct council *c,
                                    const struct standing *s, struct period page)
{
    int months = standing_lag(s, page);
    const char *late = "";
    if (s->period.end < page.end) {
        const char *by = months > 0 ? words_count(a, months, "month", "months") : "some days";
        late = arena_printf(a, ", which ended %s before %s did", by,
                            words_period_short(a, page, c->year_start));
    }
    const char *when = words_period_short(a, s->period, c->year_start);
    if (s->reported == s->members) {
        return arena_printf(a, "The figures are of %s%s; all %zu others in the group reported.",
                            when, late, s->members);
    }
    return arena_printf(a, "The figures are of %s%s; %zu of the %zu others in the group reported.",
                        when, late, s->reported, s->members);
}

static const char *about_order(const struct measure *m)
{
    if (has_direction(m)) {
        return NULL;
    }
    return m->polarity == POLARITY_RANGE
               ? "Good is in a range here, so the order is from high to low, not from good to bad."
               : "Neither high nor low is good here: the order is from high to low.";
}

static const char *about_chance(struct arena *a, const struct standing *s)
{
    if (s->intervals == 0) {
        return "How far chance moves these figures cannot be told, so a difference of a few "
               "places may mean nothing.";
    }
    if (s->intervals == s->ranked) {
        return NULL;
    }
    return arena_printf(a,
                        "How far chance moves a figure can be told of %zu of the %zu; the others "
                        "stand as if they were certain.",
                        s->intervals, s->ranked);
}

const char *words_standing_caution(struct arena *a, const struct measure *m,
                                   const struct standing *s)
{
    const char *order = s->enough ? about_order(m) : NULL;
    const char *chance = s->enough ? about_chance(a, s) : NULL;
    return order == NULL || chance == NULL ? (order == NULL ? chance : order)
                                           : arena_printf(a, "%s %s", order, chance);
}

const char *words_standing_key(struct arena *a, const struct council *c, const struct standing *s)
{
    struct buf b = buf_new(a, SENTENCES_MAX);
    if (s->own->value.present) {
        buf_printf(&b, "\u25c6 %s, \u25cb the others", c->name);
    } else {
        buf_text(&b, "\u25cb the others");
    }
    buf_printf(&b, "%s.",
               s->intervals == 0 ? "" : ", each with its 95% interval where it is known");
    if (s->benchmark.kind == BENCHMARK_RATIO) {
        buf_text(&b, " The whole line is the group as a whole: all its cases together, ours left "
                     "out.");
    }
    buf_printf(&b, " The dashed line is the median of the group%s.",
               isfinite(s->middle.quartile_1) ? "; half of the group lies in the light band" : "");
    return buf_cstr(&b);
}

const char *words_group(struct arena *a, const struct comparator_group *g)
{
    return g->version == NULL ? g->name : arena_printf(a, "%s (%s)", g->name, g->version);
}

const char *words_standing_short(struct arena *a, const struct council *c, const struct measure *m,
                                 const struct standing *s)
{
    if (!s->enough || s->own->rank == 0) {
        return NULL;
    }
    const char *told = apart(a, s);
    const char *verdict = words_verdict(m, s->own);
    const char *beside = told != NULL ? told
                         : verdict == NULL
                             ? "how far chance moves it cannot be told"
                             : arena_printf(a, "beside their median %s", lower_first(a, verdict));
    return arena_printf(a, "%s (%s), %s", place(a, m, s), beside,
                        words_period_short(a, s->period, c->year_start));
}
