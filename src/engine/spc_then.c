#include "engine/spc_then.h"

// The arrays one chart after another is drawn in.
struct drawing {
    bool *starts;
    struct spc_segment *segments;
    struct spc_point *points;
};

static const struct spc_then nothing_known = {.mean = NAN, .lower = NAN, .upper = NAN};

// The chart of rows 0 to `row`.
static void draw_until(const struct spc_series *s, const struct spc_how *how, struct drawing *d,
                       size_t row, struct spc_then *ret)
{
    for (size_t i = 0; i <= row && s->known != NULL; i++) {
        d->starts[i] = s->known[i] <= row;
    }
    const bool *starts = s->known == NULL ? NULL : d->starts;
    size_t segments = spc_evaluate(s->values, starts, row + 1, how, d->segments, d->points);
    struct spc_summary summary =
        spc_summarise(d->segments, segments, d->points, s->values, row + 1, how, &s->targets[row]);
    bool is_told = summary.variation != VARIATION_NONE;
    ret[row].variation = summary.variation;
    ret[row].assurance = summary.assurance;
    ret[row].type = is_told ? (enum spc_type)d->points[row].type : SPC_NO_TYPE;
    ret[row].mean = summary.mean;
    ret[row].lower = summary.lower;
    ret[row].upper = summary.upper;
    ret[row].points = d->segments[segments - 1].present;
    size_t run = (size_t)how->shift_length;
    for (size_t i = row + 1 < run ? 0 : row + 1 - run; i <= row; i++) {
        ret[i].is_level_shift = ret[i].is_level_shift || (d->points[i].flags & SPC_SHIFT) != 0;
    }
}

void spc_as_known(struct arena *scratch, const struct spc_series *s, const struct spc_how *how,
                  struct spc_then *ret)
{
    struct drawing d = {ARENA_ARRAY(scratch, s->count + 1, bool),
                        ARENA_ARRAY(scratch, s->count + 1, struct spc_segment),
                        ARENA_ARRAY(scratch, s->count + 1, struct spc_point)};
    for (size_t i = 0; i < s->count; i++) {
        ret[i] = nothing_known;
        ret[i].is_level_shift = s->known != NULL && s->known[i] != SIZE_MAX;
    }
    for (size_t i = 0; i < s->count; i++) {
        if (!isnan(s->values[i])) {
            draw_until(s, how, &d, i, ret);
        }
    }
}
