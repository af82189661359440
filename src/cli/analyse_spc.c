#include "cli/analyse_spc.h"

#include <string.h>

enum {
    REBASE = SPC_VALUE + 1,
    FIX_AFTER,
    TARGET,
    TARGET_LOWER,
    TARGET_UPPER,
    IMPROVEMENT,
};

static const char *const COLUMNS[] = {
    [SPC_SERIES] = "series",         [SPC_PERIOD] = "period",
    [SPC_VALUE] = "value",           [REBASE] = "rebase",
    [FIX_AFTER] = "fix_after",       [TARGET] = "target",
    [TARGET_LOWER] = "target_lower", [TARGET_UPPER] = "target_upper",
    [IMPROVEMENT] = "improvement",   NULL,
};

enum { OUT_SEGMENT, MEAN, LOWER, UPPER, OUTSIDE, TREND, TWO_IN_THREE, SHIFT, TYPE, VARIATION };

static const char *const RESULTS[] = {
    [OUT_SEGMENT] = "segment",
    [MEAN] = "mean",
    [LOWER] = "lower",
    [UPPER] = "upper",
    [OUTSIDE] = "outside",
    [TREND] = "trend",
    [TWO_IN_THREE] = "two_in_three",
    [SHIFT] = "shift",
    [TYPE] = "type",
    [VARIATION] = "variation",
    NULL,
};

struct spc_state {
    struct spc_how how;
    bool is_summary;
};

enum { FIX_LEAST = 2, FIX_MOST = 1000000000 };

static bool start(struct analyse *j, struct err *e)
{
    static const char *const profiles[] = {"mdc", "plotthedots", NULL};
    static const char *const screens[] = {"no", "yes", NULL};
    static const char *const ways[] = {"neutral", "increase", "decrease", NULL};
    const struct analyse_options *o = j->options;
    size_t profile = SPC_MDC, screen = 0, way = IMPROVEMENT_NEUTRAL;
    if (!analyse_option_word(o, "--profile", profiles, SPC_MDC, &profile, e)) {
        return false;
    }
    struct spc_state *state = ARENA_NEW(j->kept, struct spc_state);
    state->how = spc_how_default((enum spc_profile)profile);
    if (!analyse_option_word(o, "--screen", screens, state->how.screen, &screen, e) ||
        !analyse_option_word(o, "--improvement", ways, IMPROVEMENT_NEUTRAL, &way, e)) {
        return false;
    }
    state->how.screen = screen == 1;
    state->how.improvement = (enum improvement)way;
    state->is_summary = analyse_flag(o, "--summary");
    if (state->is_summary) {
        j->names = ANALYSE_SPC_SUMMARY;
        j->one_to_one = false;
    }
    j->state = state;
    return true;
}

static bool read_row(struct analyse *j)
{
    struct spc_row *row = j->parsed;
    if (!spc_row_read(j, row) || !analyse_double(j, TARGET, &row->target) ||
        !analyse_double(j, TARGET_LOWER, &row->target_lower) ||
        !analyse_double(j, TARGET_UPPER, &row->target_upper) ||
        !analyse_whole(j, FIX_AFTER, FIX_LEAST, FIX_MOST, 0, &row->fix_after)) {
        return false;
    }
    if (row->target_lower > row->target_upper) {
        return analyse_fault(j, "%s is above %s; a band goes from its lower end to its upper.",
                             analyse_shown(j, TARGET_LOWER), analyse_shown(j, TARGET_UPPER));
    }
    row->starts = !analyse_is_blank(j, REBASE);
    row->has_improvement = !analyse_is_blank(j, IMPROVEMENT);
    if (row->has_improvement &&
        !improvement_from_text(analyse_text(j, IMPROVEMENT), &row->improvement)) {
        return analyse_fault(j, "%s is not a direction; write increase, decrease or neutral.",
                             analyse_shown(j, IMPROVEMENT));
    }
    return true;
}

// --- One result a row

// What all rows of a segment share, made once.
struct segment_texts {
    const char *number, *mean, *lower, *upper;
};

static struct segment_texts *make_texts(struct analyse *j, const struct spc_segment *segments,
                                        size_t count)
{
    struct segment_texts *texts = ARENA_ARRAY(j->arena, count, struct segment_texts);
    for (size_t i = 0; i < count; i++) {
        texts[i] = (struct segment_texts){
            i == 0 ? "0" : arena_printf(j->arena, "%zu", i),
            analyse_double_text(j, segments[i].mean),
            analyse_double_text(j, segments[i].lower),
            analyse_double_text(j, segments[i].upper),
        };
    }
    return texts;
}

static const char *flag_text(const struct spc_point *p, unsigned flag)
{
    if (p->type == SPC_NO_TYPE) {
        return NULL;
    }
    return p->flags & flag ? "1" : "0";
}

static void put_points(struct analyse *j, const struct analyse_group *g, const struct spc_series *s,
                       const struct segment_texts *texts, const struct spc_point *points)
{
    for (size_t i = 0; i < s->count; i++) {
        const struct spc_point *p = &points[i];
        const struct segment_texts *t = &texts[p->segment];
        j->results[OUT_SEGMENT] = t->number;
        j->results[MEAN] = t->mean;
        j->results[LOWER] = t->lower;
        j->results[UPPER] = t->upper;
        j->results[OUTSIDE] = flag_text(p, SPC_OUTSIDE);
        j->results[TREND] = flag_text(p, SPC_TREND);
        j->results[TWO_IN_THREE] = flag_text(p, SPC_TWO_IN_THREE);
        j->results[SHIFT] = flag_text(p, SPC_SHIFT);
        j->results[TYPE] = spc_type_code((enum spc_type)p->type);
        j->results[VARIATION] = variation_code((enum variation)p->variation);
        analyse_group_put(j, g, s->places[i]);
    }
}

static bool answer_series(struct analyse *j, const struct analyse_group *g, struct err *e)
{
    const struct spc_state *state = j->state;
    struct spc_series s;
    if (!spc_series_gather(j, g, &state->how, &s, e)) {
        return false;
    }
    size_t count = spc_segments(s.values, s.starts, s.count);
    struct spc_segment *segments = ARENA_ARRAY(j->arena, count, struct spc_segment);
    struct spc_point *points = ARENA_ARRAY(j->arena, s.count, struct spc_point);
    (void)spc_evaluate(s.values, s.starts, s.count, &s.how, segments, points);
    if (state->is_summary) {
        spc_put_summary(j, &s, segments, count, points);
    } else {
        put_points(j, g, &s, make_texts(j, segments, count), points);
    }
    return true;
}

static const char *const OPTIONS[] = {"--profile", "--screen", "--improvement", "--decimals", NULL};
static const char *const FLAGS[] = {"--summary", NULL};

const struct analyse_method analyse_method_spc = {
    .name = "spc",
    .summary = "signal or noise: limits, rules and icons of Making Data Count",
    .columns = COLUMNS,
    .required = SPC_VALUE + 1,
    .results = RESULTS,
    .options = OPTIONS,
    .flags = FLAGS,
    .one_to_one = true,
    .row_size = sizeof(struct spc_row),
    .start = start,
    .row = read_row,
    .group = answer_series,
    .help =
        "goldthread analyse spc [--summary] [FILE]\n\n"
        "The XmR chart of each series: its average, the limits of its usual variation, and which\n"
        "points are more than noise. Rows are taken in the order of the file.\n\n"
        "Columns (those after value may be left out)\n"
        "  series         the rows of one series have the same text here\n"
        "  period         any text, once in each series\n"
        "  value          blank: no figure for that period, which is a gap\n"
        "  rebase         any text: a new segment, with limits of its own, starts here\n"
        "  fix_after      the first so many points of each segment set its limits (the first\n"
        "                 row of the series that has it counts; blank: all points)\n"
        "  target         for assurance; the last one of the series is in force\n"
        "  target_lower, target_upper   instead of target: a band to stay in\n"
        "  improvement    increase, decrease, neutral: what is good (the last one counts)\n"
        "Adds\n"
        "  segment        0 for the first\n"
        "  mean, lower, upper           of the segment; fewer than 13 points: trial limits\n"
        "  outside, trend, two_in_three, shift   1 where that rule marks the point, else 0\n"
        "  type           common, or the first rule that fired and its direction\n"
        "  variation      common_cause, improvement_high ...; blank where there are too few "
        "points\n"
        "or with --summary one row a series\n"
        "  series, points, segments, mean, lower, upper (of the latest segment), variation (of\n"
        "  the latest point), assurance (pass, fail, inconsistent), note\n\n"
        "Example\n"
        "  printf 'series,period,value\\nA,2025-04,70\\nA,2025-05,72\\nA,2025-06,69\\n' |\n"
        "    goldthread analyse spc --summary\n\n"
        "Options\n"
        "  --summary      one row a series\n"
        "  --profile P    mdc (default: as the Excel tool), plotthedots (as the R package)\n"
        "  --screen S     yes, no: leave out moving ranges over 3.267 times their mean (mdc: no,\n"
        "                 plotthedots: yes)\n"
        "  --improvement I    increase, decrease, neutral (default)\n"
        "  --decimals N   places of mean and limits\n",
};
