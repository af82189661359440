// `analyse standardise`: a rate or ratio for each area as if all had the same structure.
#include <math.h>

#include "cli/analyse_confidence.h"
#include "cli/analyse_strata.h"
#include "engine/standardise.h"

enum {
    AREA,
    COUNT,
    POPULATION,
    STRATUM,
    WEIGHT,
    EVENTS,
    REFERENCE_COUNT,
    REFERENCE_POPULATION,
};
enum { OUT_AREA, OBSERVED, EXPECTED, VALUE };
enum { DIRECT, INDIRECT_RATIO, INDIRECT_RATE };

static const char *const COLUMNS[] = {
    [AREA] = "area",
    [COUNT] = "count",
    [POPULATION] = "population",
    [STRATUM] = "stratum",
    [WEIGHT] = "weight",
    [EVENTS] = "events",
    [REFERENCE_COUNT] = "reference_count",
    [REFERENCE_POPULATION] = "reference_population",
    NULL,
};
static const char *const METHODS[] = {[DIRECT] = "direct",
                                      [INDIRECT_RATIO] = "indirect_ratio",
                                      [INDIRECT_RATE] = "indirect_rate",
                                      NULL};
static const char *const BEFORE[] = {
    [OUT_AREA] = "area", [OBSERVED] = "observed", [EXPECTED] = "expected", [VALUE] = "value", NULL};
static const char *const OPTIONS[] = {"--method", "--confidence", "--multiplier", "--decimals",
                                      NULL};
static const char *const GAPS[] = {
    [STANDARD_GIVEN] = NULL,
    [STANDARD_FEW] = "fewer than 10 events",
    [STANDARD_UNWEIGHED] = "the weights add up to nought",
    [STANDARD_NONE_EXPECTED] = "no events are expected",
};

struct standards {
    size_t method;
    double multiplier;
    struct analyse_levels levels;
};

// --- Options

static bool needs(const struct analyse *j, size_t method, size_t column, struct err *e)
{
    return j->has[column] ||
           err_set(e, ERR_INPUT, "line 1: no column \"%s\"; --method %s needs it.", COLUMNS[column],
                   METHODS[method]);
}

static bool check_columns(const struct analyse *j, size_t method, struct err *e)
{
    if (method != DIRECT) {
        return needs(j, method, REFERENCE_COUNT, e) && needs(j, method, REFERENCE_POPULATION, e) &&
               (!j->has[EVENTS] || err_set(e, ERR_INPUT,
                                           "line 1: the column \"events\" is for --method direct; "
                                           "%s takes the number of events as count.",
                                           METHODS[method]));
    }
    return needs(j, method, WEIGHT, e) && (!j->has[EVENTS] || needs(j, method, STRATUM, e));
}

static bool start(struct analyse *j, struct err *e)
{
    struct standards *s = ARENA_NEW(j->kept, struct standards);
    if (!analyse_option_word(j->options, "--method", METHODS, DIRECT, &s->method, e) ||
        !analyse_multiplier(j->options, s->method == INDIRECT_RATIO ? 100 : 100000, &s->multiplier,
                            e) ||
        !analyse_levels_start(j, BEFORE, "note", &s->levels, e) ||
        !check_columns(j, s->method, e)) {
        return false;
    }
    j->state = s;
    return true;
}

// --- Rows

static bool above_nought(struct analyse *j, size_t column, double value, const char *why)
{
    return value > 0 ||
           analyse_fault(j, "%s is not a number above nought; %s.", analyse_shown(j, column), why);
}

static bool check_direct(struct analyse *j, struct stratum_row *row)
{
    if (!above_nought(j, POPULATION, row->population, "each stratum has people")) {
        return false;
    }
    if (!(row->weight >= 0)) {
        return analyse_fault(j,
                             "%s is not a weight; write how many of the standard population are "
                             "in the stratum.",
                             analyse_shown(j, WEIGHT));
    }
    if (analyse_is_blank(j, EVENTS)) {
        row->events = 1;
    }
    return above_nought(j, EVENTS, row->events, "so many events has each person counted");
}

static bool check_row(struct analyse *j, struct stratum_row *row)
{
    const struct standards *s = j->state;
    if (!analyse_double(j, COUNT, &row->count) ||
        !analyse_double(j, POPULATION, &row->population) ||
        !analyse_double(j, WEIGHT, &row->weight) || !analyse_double(j, EVENTS, &row->events) ||
        !analyse_double(j, REFERENCE_COUNT, &row->reference_count) ||
        !analyse_double(j, REFERENCE_POPULATION, &row->reference_population) ||
        !analyse_not_negative(j, COUNT, row->count) ||
        !analyse_not_negative(j, POPULATION, row->population)) {
        return false;
    }
    if (s->method == DIRECT) {
        return check_direct(j, row);
    }
    return analyse_not_negative(j, REFERENCE_COUNT, row->reference_count) &&
           above_nought(j, REFERENCE_POPULATION, row->reference_population,
                        "a rate is worked out from it");
}

// A rate without one of its strata is another rate: a fault waits for the area to be whole.
static bool read_row(struct analyse *j)
{
    struct stratum_row *row = j->parsed;
    row->fault = check_row(j, row) ? NULL : j->fault;
    row->stratum = analyse_text(j, STRATUM);
    row->suppressed = analyse_marker(j, COUNT) == MARKER_SUPPRESSED;
    return true;
}

// --- Areas

static void put_head(struct analyse *j, const char *area, double observed, const char *note)
{
    const struct standards *s = j->state;
    j->results[OUT_AREA] = area;
    j->results[OBSERVED] = analyse_double_text(j, observed);
    j->results[s->levels.first + 2 * s->levels.count] = note;
}

static void put_level(struct analyse *j, size_t level, struct interval i)
{
    const struct standards *s = j->state;
    j->results[VALUE] = level == 0 ? analyse_double_text(j, i.value) : j->results[VALUE];
    analyse_levels_put(j, &s->levels, level, i);
}

static void put_direct(struct analyse *j, const struct analyse_group *g, const bool *repeats)
{
    const struct standards *s = j->state;
    const struct stratum_row *rows = g->rows;
    struct direct_stratum *strata = ARENA_ARRAY(j->arena, g->count, struct direct_stratum);
    for (size_t i = 0; i < g->count; i++) {
        const struct stratum_row *r = &rows[i];
        strata[i] =
            (struct direct_stratum){r->count, r->population, r->weight, r->events, repeats[i]};
    }
    struct direct_rate d = direct_rate_of(strata, g->count);
    put_head(j, g->name, d.observed, GAPS[d.gap]);
    for (size_t l = 0; l < s->levels.count; l++) {
        put_level(j, l, direct_interval(&d, &s->levels.levels[l], s->multiplier));
    }
}

static void put_indirect(struct analyse *j, const struct analyse_group *g)
{
    const struct standards *s = j->state;
    const struct stratum_row *rows = g->rows;
    struct indirect_stratum *strata = ARENA_ARRAY(j->arena, g->count, struct indirect_stratum);
    for (size_t i = 0; i < g->count; i++) {
        const struct stratum_row *r = &rows[i];
        strata[i] = (struct indirect_stratum){r->count, r->population, r->reference_count,
                                              r->reference_population};
    }
    struct indirect_ratio r = indirect_ratio_of(strata, g->count);
    put_head(j, g->name, r.observed, GAPS[r.gap]);
    j->results[EXPECTED] = analyse_double_text(j, r.expected);
    for (size_t l = 0; l < s->levels.count; l++) {
        const struct confidence *c = &s->levels.levels[l];
        put_level(j, l,
                  s->method == INDIRECT_RATIO ? indirect_ratio_interval(&r, c, s->multiplier)
                                              : indirect_rate_interval(&r, c, s->multiplier));
    }
}

static bool has_suppressed(const struct analyse_group *g)
{
    const struct stratum_row *rows = g->rows;
    for (size_t i = 0; i < g->count; i++) {
        if (rows[i].suppressed) {
            return true;
        }
    }
    return false;
}

static bool put_area(struct analyse *j, const struct analyse_group *g, struct err *e)
{
    const struct standards *s = j->state;
    bool *repeats = ARENA_ARRAY(j->arena, g->count, bool);
    bool refused = false;
    if (!strata_check(j, g, j->has[EVENTS], repeats, &refused, e) || refused) {
        return refused && j->options->keep_going;
    }
    if (has_suppressed(g)) {
        put_head(j, g->name, NAN, "a count is suppressed");
    } else if (s->method == DIRECT) {
        put_direct(j, g, repeats);
    } else {
        put_indirect(j, g);
    }
    analyse_put(j);
    return true;
}

const struct analyse_method analyse_method_standardise = {
    .name = "standardise",
    .summary = "rates and ratios as if every area had the same age structure",
    .columns = COLUMNS,
    .required = POPULATION + 1,
    .results = BEFORE,
    .options = OPTIONS,
    .row_size = sizeof(struct stratum_row),
    .start = start,
    .row = read_row,
    .group = put_area,
    .help =
        "goldthread analyse standardise [--method HOW] [FILE]\n\n"
        "Gives each area one rate or ratio as if all areas had the same structure by age (or by\n"
        "whatever the strata are), with confidence limits.\n\n"
        "Columns\n"
        "  area           the rows of one area have the same text here\n"
        "  stratum        an age band, say\n"
        "  count          of events; blank counts as 0\n"
        "  population     of the stratum in the area (direct: above 0; else blank counts as 0)\n"
        "  weight         direct: of the stratum in the standard population\n"
        "  events         direct, where one person may have several: count people with so many\n"
        "                 events each, one row for each number\n"
        "  reference_count, reference_population    indirect: of the stratum elsewhere\n"
        "Gives one row for each area\n"
        "  area, observed (events), expected (indirect), value, lower_95, upper_95, lower_99.8,\n"
        "  upper_99.8, note (why there is no value: fewer than 10 events, ...)\n\n"
        "Example\n"
        "  printf 'area,stratum,count,population,weight\\nA,0-64,20,9000,81\\nA,65+,55,2000,19\\n' "
        "|\n    goldthread analyse standardise\n\n"
        "Options\n"
        "  --method HOW   direct (default), indirect_ratio (observed over expected),\n"
        "                 indirect_rate (that times the rate of the reference)\n"
        "  --confidence L levels in per cent, from 90 to 99.9 (95,99.8)\n"
        "  --multiplier N 100000 for a rate per 100,000 (default), 100 for a ratio (default)\n"
        "  --decimals N   places of the figures\n",
};
