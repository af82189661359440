#include "domain/formula_part.h"

#include "domain/reading_steps.h"

enum { PARTS_MAX = 12 }; // months of a year

struct period formula_part_period(const struct council *c, const struct formula_part *part,
                                  struct period p)
{
    for (int i = 0; i < part->years_back; i++) {
        p = period_year_before(p, c->year_start);
    }
    return part->steps_back > 0 ? period_step(p, -part->steps_back, c->year_start) : p;
}

// The figures of a series that lie in a span of days: [from, to).
struct within {
    size_t from, to;
};

static struct within figures_within(const struct series *s, day start, day end)
{
    size_t low = 0, high = s->figure_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->figures[middle].period.end < start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    struct within w = {low, low};
    while (w.to < s->figure_count && s->figures[w.to].period.end <= end) {
        w.to++;
    }
    return w;
}

// What the figures of a span have in common: since when the last is known, and whether one was
// suppressed, which no sum may pass over.
static bool look_over(const struct series *s, day start, day end, struct formula_found *found)
{
    struct within w = figures_within(s, start, end);
    bool suppressed = false;
    for (size_t i = w.from; i < w.to; i++) {
        const struct figure *f = &s->figures[i];
        if (f->period.start >= start) {
            suppressed = suppressed || f->marker == MARKER_SUPPRESSED;
            found->known_from =
                f->known_from > found->known_from ? f->known_from : found->known_from;
        }
    }
    return suppressed;
}

static struct dec looked_at(const struct formula_part *part, struct dec value, struct dec numerator,
                            struct dec denominator)
{
    switch (part->look) {
    case FORMULA_NUMERATOR: return numerator;
    case FORMULA_DENOMINATOR: return denominator;
    case FORMULA_VALUE: break;
    }
    return value;
}

static enum formula_state state_of(const struct formula_found *found, struct dec denominator)
{
    if (found->present < found->expected) {
        return FORMULA_INCOMPLETE;
    }
    if (found->given.value.present) {
        return FORMULA_KNOWN;
    }
    bool no_cases = denominator.present && dec_sign(denominator) == 0;
    return no_cases || found->marker == MARKER_NOT_APPLICABLE ? FORMULA_NOT_APPLICABLE
                                                              : FORMULA_MISSING;
}

static void settle(struct formula_found *found, bool suppressed, struct dec denominator)
{
    found->given.state = suppressed ? FORMULA_SUPPRESSED : state_of(found, denominator);
    if (found->given.state != FORMULA_KNOWN) {
        found->given.value = DEC_NONE;
    }
}

static struct formula_found find_to_date(const struct council *c, const struct formula_part *part,
                                         const struct measure *of, const struct series *s,
                                         struct period p)
{
    struct formula_found found = {.period = p, .known_from = DAY_NONE};
    struct period last = period_of(of->frequency, p.end, c->year_start);
    day start = period_of(PERIOD_YEAR, p.end, c->year_start).start;
    if (last.end != p.end) {
        found.given.state = FORMULA_MISSING; // the year so far ends in the midst of a figure
        return found;
    }
    struct aggregate_how how = reading_how(c, of);
    struct part_figure parts[PARTS_MAX];
    size_t count = 0;
    struct within w = figures_within(s, start, p.end);
    for (size_t i = w.from; i < w.to && count < PARTS_MAX; i++) {
        const struct figure *f = &s->figures[i];
        if (f->period.kind == of->frequency && f->period.start >= start &&
            (f->value.present || f->numerator.present)) {
            parts[count++] =
                (struct part_figure){f->period, reading_value(of, f), f->numerator, f->denominator};
            found.marker = reading_weightier_marker(found.marker, f->marker);
        }
    }
    struct aggregate_result r = aggregate_year_to_date(parts, count, last, &how);
    bool closed = count > 0 && parts[count - 1].period.end == p.end;
    if (how.as == AGGREGATE_LAST && closed) {
        r.present = r.expected; // of a stock only the closing figure matters
        r.numerator = parts[count - 1].numerator;
        r.denominator = parts[count - 1].denominator;
    }
    found.present = r.present;
    found.expected = r.present == 0 ? 0 : r.expected;
    found.given.value = looked_at(part, r.value, r.numerator, r.denominator);
    settle(&found, look_over(s, start, p.end, &found), r.denominator);
    return found;
}

struct formula_found formula_part_find(const struct council *c, const struct formula_part *part,
                                       const struct measure *of, const struct series *s,
                                       struct period p)
{
    p = formula_part_period(c, part, p);
    if (p.kind == PERIOD_NONE) {
        return (struct formula_found){
            .given.state = FORMULA_MISSING, .period = p, .known_from = DAY_NONE};
    }
    if (part->to_date && !of->cumulative) {
        return find_to_date(c, part, of, s, p);
    }
    struct reading r = reading_unjudged(c, of, s, p);
    struct formula_found found = {.period = r.period,
                                  .carried = r.carried,
                                  .present = r.present,
                                  .expected = r.expected,
                                  .marker = r.marker,
                                  .known_from = DAY_NONE};
    bool finer = period_count(p, of->frequency, c->year_start) > 1;
    if (r.carried && finer) {
        // May's figure is none for the quarter to June: what stands for it is not there yet.
        found.period = p;
        found.carried = false;
        found.given.state = FORMULA_MISSING;
        return found;
    }
    found.given.value = looked_at(part, r.value, r.numerator, r.denominator);
    bool suppressed = look_over(s, r.period.start, r.period.end, &found);
    // A figure given for the period itself goes before those it could be made of.
    suppressed = r.figure == NULL ? suppressed : r.figure->marker == MARKER_SUPPRESSED;
    settle(&found, suppressed, r.denominator);
    return found;
}
