// `analyse run_chart`: what few or skewed figures tell without limits, a row a series.
#include <math.h>

#include "cli/analyse_spc.h"
#include "engine/run_chart.h"

enum {
    SERIES,
    POINTS,
    USEFUL,
    MEDIAN,
    LONGEST_RUN,
    RUN_LIMIT,
    CROSSINGS,
    CROSSINGS_LIMIT,
    SIGNAL,
    NOTE
};

static const char *const RESULTS[] = {
    [SERIES] = "series",
    [POINTS] = "points",
    [USEFUL] = "useful",
    [MEDIAN] = "median",
    [LONGEST_RUN] = "longest_run",
    [RUN_LIMIT] = "longest_run_limit",
    [CROSSINGS] = "crossings",
    [CROSSINGS_LIMIT] = "crossings_limit",
    [SIGNAL] = "signal",
    [NOTE] = "note",
    NULL,
};

static const char *signal_of(const struct run_chart *c)
{
    if (!c->is_enough) {
        return NULL;
    }
    if (c->has_long_run) {
        return c->has_few_crossings ? "both" : "shift";
    }
    return c->has_few_crossings ? "crossings" : "none";
}

static const char *note_of(struct analyse *j, const struct run_chart *c)
{
    if (c->is_enough) {
        return NULL;
    }
    if (c->points == 0) {
        return "no figure";
    }
    if (c->useful == 0) {
        return "every point is on the median";
    }
    return arena_printf(j->arena, "%zu of the points %s off the median; the rules need %d",
                        c->useful, c->useful == 1 ? "is" : "are", RUN_CHART_ENOUGH);
}

static bool put_series(struct analyse *j, const struct analyse_group *g, struct err *e)
{
    struct spc_series s;
    if (!spc_series_gather_plain(j, g, &s, e)) {
        return false;
    }
    double *scratch = ARENA_ARRAY(j->arena, s.count, double);
    struct run_chart c = run_chart_evaluate(s.values, s.count, scratch);
    bool has_rules = c.useful > 0;
    j->results[SERIES] = s.name;
    j->results[POINTS] = arena_printf(j->arena, "%zu", c.points);
    j->results[USEFUL] = arena_printf(j->arena, "%zu", c.useful);
    j->results[MEDIAN] = analyse_double_text(j, c.median);
    j->results[LONGEST_RUN] = arena_printf(j->arena, "%zu", c.longest_run);
    j->results[RUN_LIMIT] = has_rules ? arena_printf(j->arena, "%zu", c.longest_expected) : NULL;
    j->results[CROSSINGS] = arena_printf(j->arena, "%zu", c.crossings);
    j->results[CROSSINGS_LIMIT] =
        has_rules ? arena_printf(j->arena, "%zu", c.crossings_expected) : NULL;
    j->results[SIGNAL] = signal_of(&c);
    j->results[NOTE] = note_of(j, &c);
    analyse_put(j);
    return true;
}

static const char *const OPTIONS[] = {"--decimals", NULL};

const struct analyse_method analyse_method_run_chart = {
    .name = "run_chart",
    .summary = "signals in few or skewed figures: runs and crossings of the median",
    .columns = SPC_COLUMNS_PLAIN,
    .required = SPC_VALUE + 1,
    .results = RESULTS,
    .options = OPTIONS,
    .row_size = sizeof(struct spc_row),
    .row = spc_row_read_plain,
    .group = put_series,
    .help =
        "goldthread analyse run_chart [FILE]\n\n"
        "Sets each figure beside the median of its series (rules of Anhoej): for series too short\n"
        "for an XmR chart (fewer than 13 points), and for counts that are skewed.\n\n"
        "Columns\n"
        "  series         the rows of one series have the same text here, in the order of time\n"
        "  period         any text, once in each series\n"
        "  value          blank: no figure for that period\n"
        "Gives one row a series\n"
        "  series\n"
        "  points         figures\n"
        "  useful         those that are not on the median\n"
        "  median\n"
        "  longest_run    most points in a row on one side; those on the median do not count, a\n"
        "                 gap of two or more periods ends a run\n"
        "  longest_run_limit   the longest that chance explains\n"
        "  crossings      how often the series crosses the median\n"
        "  crossings_limit     the fewest that chance explains\n"
        "  signal         shift (too long a run), crossings (too few), both, none; blank below 10\n"
        "                 useful points\n"
        "  note           why there is no signal to tell\n\n"
        "Example\n"
        "  printf 'series,period,value\\nA,1,3\\nA,2,5\\nA,3,4\\n' | goldthread analyse "
        "run_chart\n\n"
        "Options\n"
        "  --decimals N   places of the median\n",
};
