// `analyse mean`: the mean of each area's values with Student's limits.
#include <math.h>

#include "cli/analyse_confidence.h"

enum { AREA, VALUE };
enum { OUT_AREA, N, MEAN, DEVIATION };

static const char *const COLUMNS[] = {[AREA] = "area", [VALUE] = "value", NULL};
static const char *const BEFORE[] = {
    [OUT_AREA] = "area", [N] = "n", [MEAN] = "value", [DEVIATION] = "deviation", NULL};
static const char *const OPTIONS[] = {"--confidence", "--decimals", NULL};

static bool start(struct analyse *j, struct err *e)
{
    struct analyse_levels *levels = ARENA_NEW(j->kept, struct analyse_levels);
    j->state = levels;
    return analyse_levels_start(j, BEFORE, NULL, levels, e);
}

static bool read_row(struct analyse *j)
{
    double *value = j->parsed;
    return analyse_double(j, VALUE, value);
}

static bool put_area(struct analyse *j, const struct analyse_group *g, struct err *e)
{
    (void)e;
    const struct analyse_levels *levels = j->state;
    struct spread s = spread_of(g->rows, g->count);
    j->results[OUT_AREA] = g->name;
    j->results[N] = arena_printf(j->arena, "%zu", s.n);
    j->results[MEAN] = analyse_double_text(j, s.mean);
    j->results[DEVIATION] = analyse_double_text(j, s.deviation);
    for (size_t l = 0; l < levels->count; l++) {
        analyse_levels_put(j, levels, l, interval_mean(&s, &levels->levels[l]));
    }
    analyse_put(j);
    return true;
}

const struct analyse_method analyse_method_mean = {
    .name = "mean",
    .summary = "the mean of each area's values with its confidence limits",
    .columns = COLUMNS,
    .required = VALUE + 1,
    .results = BEFORE,
    .options = OPTIONS,
    .row_size = sizeof(double),
    .start = start,
    .row = read_row,
    .group = put_area,
    .help = "goldthread analyse mean [FILE]\n\n"
            "Gives each area the mean of its values and, from two values on, its limits by\n"
            "Student's t.\n\n"
            "Columns\n"
            "  area           the rows of one area have the same text here\n"
            "  value          blank: not counted\n"
            "Gives one row for each area\n"
            "  area, n (values), value (their mean), deviation (of the sample), lower_95,\n"
            "  upper_95, lower_99.8, upper_99.8\n\n"
            "Example\n"
            "  printf 'area,value\\nA,30\\nA,40\\nA,50\\nA,60\\n' | goldthread analyse mean\n\n"
            "Options\n"
            "  --confidence L levels in per cent, from 90 to 99.9 (95,99.8)\n"
            "  --decimals N   places of the figures\n",
};
