// `analyse spc --summary`: a series in one row, and in plain words what there is not enough for.
#include "cli/analyse_spc.h"

enum { SERIES, POINTS, SEGMENTS, MEAN, LOWER, UPPER, VARIATION, ASSURANCE, NOTE };

const char *const ANALYSE_SPC_SUMMARY[] = {
    [SERIES] = "series",       [POINTS] = "points",
    [SEGMENTS] = "segments",   [MEAN] = "mean",
    [LOWER] = "lower",         [UPPER] = "upper",
    [VARIATION] = "variation", [ASSURANCE] = "assurance",
    [NOTE] = "note",           NULL,
};

// Starts the next sentence of a note.
static void next(struct buf *b)
{
    buf_text(b, b->length == 0 ? "" : "; ");
}

static void note_limits(struct buf *b, const struct spc_series *s, const struct spc_summary *sum,
                        const struct spc_segment *last)
{
    const char *since = sum->segments > 1 ? s->periods[last->first] : NULL;
    if (sum->points == 0) {
        buf_text(b, "no figure: no limits");
    } else if (last->present == 1) {
        buf_text(b, "a single point");
    } else if (sum->why == SPC_NO_RANGE) {
        buf_text(b, "no two points within two periods");
    } else if (sum->is_trial) {
        buf_text(b, "fewer than 13 points");
    } else {
        return;
    }
    if (since != NULL) {
        buf_text(b, " since ");
        buf_text(b, since);
    }
    if (sum->points > 0) {
        buf_text(b, sum->is_trial ? ": trial limits" : ": no limits");
    }
}

static void note_latest(struct buf *b, const struct spc_series *s, const struct spc_summary *sum)
{
    if (sum->missing_since == 0 || sum->points == 0) {
        return;
    }
    next(b);
    if (sum->missing_since == 1) {
        buf_text(b, "no figure for the last period");
    } else {
        buf_printf(b, "no figure for the last %zu periods", sum->missing_since);
    }
    if (sum->missing_since > SPC_STALE) {
        buf_text(b, ": no data");
    } else {
        buf_text(b, ": as at ");
        buf_text(b, s->periods[sum->latest]);
    }
}

void spc_put_summary(struct analyse *j, const struct spc_series *s,
                     const struct spc_segment *segments, size_t segment_count,
                     const struct spc_point *points)
{
    if (segment_count == 0) {
        return; // every row was refused
    }
    struct spc_summary sum =
        spc_summarise(segments, segment_count, points, s->values, s->count, &s->how, &s->target);
    struct buf note = buf_new(j->arena, 1 << 22);
    note_limits(&note, s, &sum, &segments[segment_count - 1]);
    if (sum.screen_fell_back) {
        next(&note);
        buf_text(&note, "screening kept too few: all moving ranges used");
    }
    note_latest(&note, s, &sum);
    j->results[SERIES] = s->name;
    j->results[POINTS] = arena_printf(j->arena, "%zu", sum.points);
    j->results[SEGMENTS] = arena_printf(j->arena, "%zu", sum.segments);
    j->results[MEAN] = analyse_double_text(j, sum.mean);
    j->results[LOWER] = analyse_double_text(j, sum.lower);
    j->results[UPPER] = analyse_double_text(j, sum.upper);
    j->results[VARIATION] = variation_code(sum.variation);
    j->results[ASSURANCE] = assurance_code(sum.assurance);
    j->results[NOTE] = buf_cstr(&note);
    analyse_put(j);
}
