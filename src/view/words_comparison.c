#include "view/words_comparison.h"

#include <math.h>

#include "view/words.h"

// ---- one row ----

const char *words_ordinal(struct arena *a, size_t n)
{
    static const char *const endings[] = {"th", "st", "nd", "rd"};
    bool teen = n / 10 % 10 == 1;
    return arena_printf(a, "%zu%s", n, endings[!teen && n % 10 <= 3 ? n % 10 : 0]);
}

const char *words_rank(struct arena *a, const struct standing *s, const struct standing_row *row)
{
    if (row->rank == 0) {
        return NULL;
    }
    return arena_printf(a, "%s%s", standing_is_shared(s, row) ? "=" : "",
                        words_ordinal(a, row->rank));
}

const char *words_band(struct arena *a, const struct standing_row *row)
{
    if (row->rank == 0 || !standing_has_interval(row)) {
        return NULL;
    }
    const char *best = words_ordinal(a, row->band.best);
    return row->band.best == row->band.worst
               ? best
               : arena_printf(a, "%s to %s", best, words_ordinal(a, row->band.worst));
}

const char *words_figure_near(struct arena *a, const struct measure *m, double value)
{
    return words_figure(a, m, dec_from_double(value, m->decimals));
}

const char *words_interval(struct arena *a, const struct measure *m, const struct standing_row *row)
{
    if (!standing_has_interval(row)) {
        return NULL;
    }
    return arena_printf(a, "%s to %s", words_figure_near(a, m, row->lower),
                        words_figure_near(a, m, row->upper));
}

// Four steps away from the median and beyond; better, worse, higher, lower.
static const char *far_words(enum compare_distance distance, enum verdict side)
{
    static const char *const words[][4] = {
        [DISTANCE_SLIGHTLY] = {"Slightly better", "Slightly worse", "Slightly higher",
                               "Slightly lower"},
        [DISTANCE_PLAIN] = {"Better", "Worse", "Higher", "Lower"},
        [DISTANCE_MUCH] = {"Much better", "Much worse", "Much higher", "Much lower"},
        [DISTANCE_BEYOND] = {"Far better", "Far worse", "Far higher", "Far lower"},
    };
    size_t at = side == VERDICT_BETTER   ? 0
                : side == VERDICT_WORSE  ? 1
                : side == VERDICT_HIGHER ? 2
                                         : 3;
    return words[distance][at];
}

static const char *distance_words(const struct measure *m, const struct standing_row *row)
{
    enum compare_distance distance = compare_distance(row->deviations);
    switch (distance) {
    case DISTANCE_NONE: return NULL;
    case DISTANCE_SIMILAR: return "Broadly similar";
    case DISTANCE_SLIGHTLY:
    case DISTANCE_PLAIN:
    case DISTANCE_MUCH:
    case DISTANCE_BEYOND: break;
    }
    return far_words(distance, compare_side(row->deviations, m->polarity));
}

const char *words_verdict(const struct measure *m, const struct standing_row *row)
{
    if (row->few_cases) {
        return "Too few cases to tell";
    }
    switch (row->verdict) {
    case VERDICT_BETTER:
    case VERDICT_BEST: return "Better";
    case VERDICT_WORSE:
    case VERDICT_WORST: return "Worse";
    case VERDICT_SAME: return "Similar";
    case VERDICT_HIGHER: return "Higher";
    case VERDICT_LOWER: return "Lower";
    case VERDICT_NONE:
    case VERDICT_COUNT: break;
    }
    return row->rank == 0 ? NULL : distance_words(m, row);
}

const char *words_standing_figure(struct arena *a, const struct measure *m,
                                  const struct standing_row *row)
{
    if (row->value.present) {
        return words_figure(a, m, row->value);
    }
    return row->withheld                          ? "Too small to show"
           : row->marker == MARKER_SUPPRESSED     ? "Suppressed"
           : row->marker == MARKER_NOT_APPLICABLE ? "Not applicable"
                                                  : "No figure";
}
