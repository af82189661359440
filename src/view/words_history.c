// What was said and agreed before: earlier versions of figures and targets, and what is told of a
// figure that is not there.

#include "view/words.h"
#include "view/words_measure.h"

enum { SENTENCE_MAX = 8192 };

const char *words_fraction(struct arena *a, struct dec numerator, struct dec denominator)
{
    if (!numerator.present || !denominator.present) {
        return NULL;
    }
    return arena_printf(a, "%s of %s", dec_shown(a, numerator, dec_trim(numerator).scale),
                        dec_shown(a, denominator, dec_trim(denominator).scale));
}

static const char *known_since(struct arena *a, day from)
{
    return from == DAY_NONE ? "" : arena_printf(a, ", known from %s", day_shown(a, from));
}

const char *words_revisions(struct arena *a, const struct measure *m, const struct figure *f)
{
    struct buf b = buf_new(a, SENTENCE_MAX);
    for (const struct figure *old = f == NULL ? NULL : f->before; old != NULL; old = old->before) {
        const char *of = words_fraction(a, old->numerator, old->denominator);
        const char *value = old->kept_back       ? "suppressed (a small number)"
                            : old->value.present ? words_figure(a, m, old->value)
                            : old->text != NULL  ? old->text
                            : of != NULL         ? of
                                                 : "no figure";
        buf_text(&b, b.length > 0 ? ". " : "");
        buf_printf(&b, "Was %s", value);
        if (of != NULL && old->value.present) {
            buf_printf(&b, " (%s)", of);
        }
        buf_text(&b, known_since(a, old->known_from));
    }
    return b.length == 0 ? NULL : buf_cstr(&b);
}

const char *words_marker_letter(enum marker m)
{
    return m == MARKER_PROVISIONAL ? "p"
           : m == MARKER_REVISED   ? "r"
           : m == MARKER_ESTIMATED ? "e"
                                   : NULL;
}

const char *words_marker_capital(enum marker m)
{
    static const char *const words[] = {
        [MARKER_NONE] = NULL,
        [MARKER_PROVISIONAL] = "Provisional",
        [MARKER_REVISED] = "Revised",
        [MARKER_ESTIMATED] = "Estimated",
        [MARKER_SUPPRESSED] = "Suppressed",
        [MARKER_NOT_APPLICABLE] = "Not applicable",
        [MARKER_MISSING] = "Missing",
    };
    return words[m];
}

// The bounds of a target: a range where both sides count, else the goal and how far amber goes.
static const char *target_of_bounds(struct arena *a, const struct measure *m,
                                    const struct target *t)
{
    if (!t->lower.present || !t->upper.present) {
        return arena_printf(a, t->lower.present ? "%s or more" : "%s or less",
                            words_figure(a, m, t->lower.present ? t->lower : t->upper));
    }
    const char *lower = words_figure(a, m, t->lower), *upper = words_figure(a, m, t->upper);
    switch (m->polarity) {
    case POLARITY_HIGHER:
        return arena_printf(a, "%s or more, slightly off target from %s", upper, lower);
    case POLARITY_LOWER:
        return arena_printf(a, "%s or less, slightly off target to %s", lower, upper);
    case POLARITY_NONE:
    case POLARITY_RANGE: break;
    }
    return arena_printf(a, "%s to %s", lower, upper);
}

const char *words_target(struct arena *a, const struct measure *m, const struct target *t)
{
    if (t->lower.present || t->upper.present) {
        return target_of_bounds(a, m, t);
    }
    const char *figure = words_figure(a, m, t->target);
    if (m->value_type == VALUE_YES_NO) {
        return figure;
    }
    switch (m->polarity) {
    case POLARITY_HIGHER: return arena_printf(a, "%s or more", figure);
    case POLARITY_LOWER: return arena_printf(a, "%s or less", figure);
    case POLARITY_NONE:
    case POLARITY_RANGE: break;
    }
    return figure;
}

const char *words_target_changes(struct arena *a, const struct measure *m, const struct target *t)
{
    struct buf b = buf_new(a, SENTENCE_MAX);
    for (const struct target *old = t == NULL ? NULL : t->before; old != NULL; old = old->before) {
        buf_text(&b, b.length > 0 ? ". " : "");
        buf_printf(&b, "Was %s", words_target(a, m, old));
        if (old->agreed_by != NULL) {
            buf_printf(&b, ", agreed by %s", old->agreed_by);
        }
        if (old->agreed_on != DAY_NONE) {
            buf_printf(&b, " on %s", day_shown(a, old->agreed_on));
        }
        if (old->known_from != old->agreed_on) {
            buf_text(&b, known_since(a, old->known_from));
        }
    }
    return b.length == 0 ? NULL : buf_cstr(&b);
}

const char *words_made_of(struct arena *a, const struct reading *r)
{
    if (r->expected == 0) {
        return NULL;
    }
    const struct measure *m = r->measure;
    const char *parts = m->frequency == PERIOD_MONTH     ? "months"
                        : m->frequency == PERIOD_QUARTER ? "quarters"
                                                         : "parts";
    return arena_printf(a, "Made of %d of %d %s. %s.", r->present, r->expected, parts,
                        words_aggregation(m->aggregation, m->cumulative));
}

const char *words_state_note(struct arena *a, const struct measure *m)
{
    switch (m->state) {
    case MEASURE_RETIRED:
        return m->retired_on == DAY_NONE
                   ? "Retired: no figures are collected any more; those there were are kept below."
                   : arena_printf(a,
                                  "Retired on %s: no figures are collected any more; those there "
                                  "were are kept below.",
                                  day_shown(a, m->retired_on));
    case MEASURE_DEVELOPMENT:
        return "In development: what is counted, and how, is still being worked out, so it has no "
               "status yet.";
    case MEASURE_LIVE: break;
    }
    return NULL;
}

const char *words_due_note(struct arena *a, const struct council *c, const struct reading *r)
{
    if (r->status != STATUS_MISSING && r->status != STATUS_NOT_DUE) {
        return NULL;
    }
    if (r->value.present || r->text != NULL) {
        return NULL;
    }
    if (c->today < r->due) {
        return arena_printf(a, "It is due on %s.", day_shown(a, r->due));
    }
    if (r->status == STATUS_NOT_DUE) {
        return "The period lies before the first figure or target of this measure.";
    }
    return arena_printf(a, "The date was %s, %s ago.", day_shown(a, r->due),
                        words_count(a, c->today - r->due, "day", "days"));
}
