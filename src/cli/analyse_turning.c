// `analyse turning`: whether a series has left the way it was going before something was done.
#include <math.h>

#include "cli/analyse_spc.h"
#include "engine/turning.h"

enum { INTERVENTION = SPC_VALUE + 1, IMPROVEMENT };
enum {
    SERIES,
    BASELINE_N,
    SLOPE,
    INTERCEPT,
    ACTUAL,
    EXPECTED,
    LOWER,
    UPPER,
    CHANGE,
    VERDICT,
    NOTE
};
enum { OLS, THEIL_SEN };

static const char *const COLUMNS[] = {
    [SPC_SERIES] = "series",         [SPC_PERIOD] = "period",       [SPC_VALUE] = "value",
    [INTERVENTION] = "intervention", [IMPROVEMENT] = "improvement", NULL,
};
static const char *const RESULTS[] = {
    [SERIES] = "series",
    [BASELINE_N] = "baseline_n",
    [SLOPE] = "baseline_slope",
    [INTERCEPT] = "baseline_intercept",
    [ACTUAL] = "mean_of_last_3",
    [EXPECTED] = "expected",
    [LOWER] = "lower_80",
    [UPPER] = "upper_80",
    [CHANGE] = "change",
    [VERDICT] = "verdict",
    [NOTE] = "note",
    NULL,
};
static const char *const METHODS[] = {[OLS] = "ols", [THEIL_SEN] = "theil_sen", NULL};
static const char *const OPTIONS[] = {"--improvement", "--method", "--decimals", NULL};

struct turnings {
    enum improvement improvement;
    bool is_median;
};

static bool start(struct analyse *j, struct err *e)
{
    struct turnings *s = ARENA_NEW(j->kept, struct turnings);
    const char *ways[] = {[IMPROVEMENT_NEUTRAL] = improvement_code(IMPROVEMENT_NEUTRAL),
                          [IMPROVEMENT_INCREASE] = improvement_code(IMPROVEMENT_INCREASE),
                          [IMPROVEMENT_DECREASE] = improvement_code(IMPROVEMENT_DECREASE),
                          NULL};
    size_t way = IMPROVEMENT_NEUTRAL, method = OLS;
    if (!analyse_option_word(j->options, "--improvement", ways, way, &way, e) ||
        !analyse_option_word(j->options, "--method", METHODS, OLS, &method, e)) {
        return false;
    }
    s->improvement = (enum improvement)way;
    s->is_median = method == THEIL_SEN;
    j->state = s;
    return true;
}

static bool read_row(struct analyse *j)
{
    struct spc_row *row = j->parsed;
    if (!spc_row_read(j, row)) {
        return false;
    }
    row->starts = !analyse_is_blank(j, INTERVENTION);
    row->has_improvement = !analyse_is_blank(j, IMPROVEMENT);
    if (row->has_improvement &&
        !improvement_from_text(analyse_text(j, IMPROVEMENT), &row->improvement)) {
        return analyse_fault(j, "%s is not increase, decrease or neutral.",
                             analyse_shown(j, IMPROVEMENT));
    }
    return true;
}

static enum polarity polarity_of(enum improvement improvement)
{
    switch (improvement) {
    case IMPROVEMENT_INCREASE: return POLARITY_HIGHER;
    case IMPROVEMENT_DECREASE: return POLARITY_LOWER;
    case IMPROVEMENT_NEUTRAL: break;
    }
    return POLARITY_NONE;
}

// The row of the intervention, s->count where none is marked. A second one is refused.
static bool find_intervention(struct analyse *j, const struct analyse_group *g,
                              const struct spc_series *s, size_t *out, struct err *e)
{
    *out = s->count;
    for (size_t i = 0; i < s->count; i++) {
        if (!s->starts[i]) {
            continue;
        }
        if (*out == s->count) {
            *out = i;
            continue;
        }
        const char *fault = arena_printf(
            j->arena,
            "series \"%s\" has a second intervention at %s, after the one at %s; mark one, or give "
            "the series twice.",
            s->name, s->periods[i], s->periods[*out]);
        if (!analyse_group_refuse(j, g, s->places[i], fault, e)) {
            return false;
        }
    }
    return true;
}

static size_t present(const double *values, size_t first, size_t end)
{
    size_t n = 0;
    for (size_t i = first; i < end; i++) {
        n += isnan(values[i]) ? 0 : 1;
    }
    return n;
}

static const char *note_of(struct analyse *j, const struct turning_input *in,
                           const struct turning_result *r)
{
    if (r->turning != TURNING_UNKNOWN) {
        return NULL;
    }
    size_t since = present(in->values, in->before, in->count);
    if (in->before == in->count) {
        return "no intervention is marked";
    }
    if (r->n < TURNING_BASELINE_LEAST) {
        return arena_printf(j->arena, "%zu of %d values before the intervention", r->n,
                            TURNING_BASELINE_LEAST);
    }
    if (since < TURNING_ACTUALS) {
        return arena_printf(j->arena, "%zu of %d values since the intervention", since,
                            TURNING_ACTUALS);
    }
    if (isnan(r->baseline.slope)) {
        return "too many values before the intervention for theil_sen";
    }
    return "neither way is better: no improvement is given";
}

static bool put_series(struct analyse *j, const struct analyse_group *g, struct err *e)
{
    const struct turnings *t = j->state;
    struct spc_how how = spc_how_default(SPC_MDC);
    how.improvement = t->improvement;
    struct spc_series s;
    size_t before = 0;
    if (!spc_series_gather(j, g, &how, &s, e) || !find_intervention(j, g, &s, &before, e)) {
        return false;
    }
    struct turning_input in = {.values = s.values,
                               .count = s.count,
                               .before = before,
                               .polarity = polarity_of(s.how.improvement),
                               .is_median = t->is_median};
    struct turning_result r = turning_evaluate(j->arena, &in);
    j->results[SERIES] = s.name;
    j->results[BASELINE_N] = arena_printf(j->arena, "%zu", r.n);
    j->results[SLOPE] = analyse_double_text(j, r.baseline.slope);
    j->results[INTERCEPT] = analyse_double_text(j, r.baseline.intercept);
    j->results[ACTUAL] = analyse_double_text(j, r.actual);
    j->results[EXPECTED] = analyse_double_text(j, r.forecast);
    j->results[LOWER] = analyse_double_text(j, r.lower_80);
    j->results[UPPER] = analyse_double_text(j, r.upper_80);
    j->results[CHANGE] = analyse_double_text(j, r.change);
    j->results[VERDICT] = r.turning == TURNING_UNKNOWN ? NULL : turning_code(r.turning);
    j->results[NOTE] = note_of(j, &in, &r);
    analyse_put(j);
    return true;
}

const struct analyse_method analyse_method_turning = {
    .name = "turning",
    .summary = "whether a series turned away from where it was going before an intervention",
    .columns = COLUMNS,
    .required = SPC_VALUE + 1,
    .results = RESULTS,
    .options = OPTIONS,
    .row_size = sizeof(struct spc_row),
    .start = start,
    .row = read_row,
    .group = put_series,
    .help =
        "goldthread analyse turning [--improvement decrease] [FILE]\n\n"
        "Turning the curve (Friedman): the straight line through the figures before something was\n"
        "done, carried on, is held against the mean of the latest three figures since.\n\n"
        "Columns (the last two may be left out)\n"
        "  series         the rows of one series have the same text here, in the order of time\n"
        "  period         any text, once in each series; the rows are taken as evenly apart\n"
        "  value          blank: a gap, which keeps its place\n"
        "  intervention   any text at the first period after it\n"
        "  improvement    increase, decrease, neutral: what is good (the last one counts)\n"
        "Gives one row a series; what cannot be told is blank\n"
        "  series\n"
        "  baseline_n     figures before the intervention (all of them where none is marked)\n"
        "  baseline_slope, baseline_intercept  per period, and at t = 0 (the first row is t = 1)\n"
        "  mean_of_last_3 of the latest three figures since the intervention\n"
        "  expected       for the same three periods, had things gone on\n"
        "  lower_80, upper_80  its 80 % prediction interval\n"
        "  change         (latest - first) / first of the whole series, as a share\n"
        "  verdict        turned (better than expected and outside the interval), turning "
        "(better,\n"
        "                 inside it), not_turned; needs three figures before and three since\n"
        "  note           why there is no verdict\n\n"
        "Example\n"
        "  printf 'series,period,value,intervention\\n"
        "A,1,50,\\nA,2,52,\\nA,3,53,\\nA,4,55,\\nA,5,52,new team\\nA,6,50,\\nA,7,48,\\n' |\n"
        "    goldthread analyse turning --improvement decrease\n\n"
        "Options\n"
        "  --improvement I    increase, decrease, neutral (default: no verdict)\n"
        "  --method HOW   ols (least squares, default), theil_sen (where one wild figure would "
        "bend\n"
        "                 the line)\n"
        "  --decimals N   places of the figures\n",
};
