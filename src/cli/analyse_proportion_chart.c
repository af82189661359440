// `analyse proportion_chart`: limits that widen where the denominator is small, row by row.
#include <math.h>

#include "cli/analyse_confidence.h"
#include "cli/analyse_spc.h"
#include "engine/spc_proportion.h"

enum { SERIES, PERIOD, NUMERATOR, DENOMINATOR };
enum { VALUE, MEAN, LOWER, UPPER, OUTSIDE };

static const char *const COLUMNS[] = {
    [SERIES] = "series",
    [PERIOD] = "period",
    [NUMERATOR] = "numerator",
    [DENOMINATOR] = "denominator",
    NULL,
};
static const char *const RESULTS[] = {
    [VALUE] = "value", [MEAN] = "mean",       [LOWER] = "lower",
    [UPPER] = "upper", [OUTSIDE] = "outside", NULL,
};
static const char *const CHARTS[] = {
    [SPC_CHART_P] = "p",
    [SPC_CHART_P_PRIME] = "p_prime",
    [SPC_CHART_U] = "u",
    [SPC_CHART_U_PRIME] = "u_prime",
    [SPC_CHART_I_PRIME] = "i_prime",
    NULL,
};
static const char *const OPTIONS[] = {"--chart", "--multiplier", "--decimals", NULL};

struct charts {
    enum spc_chart chart;
    bool is_share;
    double multiplier;
};

struct chart_row {
    struct spc_row row; // value: the numerator
    double denominator;
};

static bool start(struct analyse *j, struct err *e)
{
    struct charts *s = ARENA_NEW(j->kept, struct charts);
    size_t chart = 0;
    if (!analyse_option_word(j->options, "--chart", CHARTS, SPC_CHART_P_PRIME, &chart, e)) {
        return false;
    }
    s->chart = (enum spc_chart)chart;
    s->is_share = s->chart == SPC_CHART_P || s->chart == SPC_CHART_P_PRIME;
    j->state = s;
    return analyse_multiplier(j->options, s->is_share ? 100 : 1, &s->multiplier, e);
}

static bool read_row(struct analyse *j)
{
    const struct charts *s = j->state;
    struct chart_row *row = j->parsed;
    if (!spc_row_read(j, &row->row) || !analyse_double(j, DENOMINATOR, &row->denominator) ||
        !analyse_not_negative(j, DENOMINATOR, row->denominator)) {
        return false;
    }
    if (s->chart != SPC_CHART_I_PRIME && !analyse_not_negative(j, NUMERATOR, row->row.value)) {
        return false;
    }
    if (s->is_share && row->row.value > row->denominator) {
        return analyse_fault(j,
                             "%s is above %s; a proportion counts some of its denominator (rates: "
                             "--chart u_prime).",
                             analyse_shown(j, NUMERATOR), analyse_shown(j, DENOMINATOR));
    }
    return true;
}

static void put_row(struct analyse *j, const struct spc_proportion_point *p, const char *mean)
{
    double multiplier = ((const struct charts *)j->state)->multiplier;
    bool has_limits = isfinite(p->lower) && isfinite(p->upper);
    j->results[VALUE] = analyse_double_text(j, p->value * multiplier);
    j->results[MEAN] = mean;
    j->results[LOWER] = analyse_double_text(j, p->lower * multiplier);
    j->results[UPPER] = analyse_double_text(j, p->upper * multiplier);
    j->results[OUTSIDE] = !has_limits ? NULL : p->is_outside ? "1" : "0";
}

static bool put_series(struct analyse *j, const struct analyse_group *g, struct err *e)
{
    const struct charts *c = j->state;
    const struct chart_row *rows = g->rows;
    struct spc_row *plain = ARENA_ARRAY(j->arena, g->count, struct spc_row);
    for (size_t i = 0; i < g->count; i++) {
        plain[i] = rows[i].row;
    }
    struct analyse_group seen = *g;
    seen.rows = plain;
    struct spc_how how = spc_how_default(SPC_MDC);
    struct spc_series s;
    if (!spc_series_gather(j, &seen, &how, &s, e)) {
        return false;
    }
    double *denominators = ARENA_ARRAY(j->arena, s.count, double);
    for (size_t i = 0; i < s.count; i++) {
        denominators[i] = rows[s.places[i]].denominator;
    }
    struct spc_proportion_point *points =
        ARENA_ARRAY(j->arena, s.count, struct spc_proportion_point);
    struct spc_proportion p =
        spc_proportion_evaluate(s.values, denominators, s.count, c->chart, points);
    const char *mean = analyse_double_text(j, p.centre * c->multiplier);
    for (size_t i = 0; i < s.count; i++) {
        put_row(j, &points[i], mean);
        analyse_group_put(j, g, s.places[i]);
    }
    return true;
}

const struct analyse_method analyse_method_proportion_chart = {
    .name = "proportion_chart",
    .summary = "process limits where the denominator varies: p, p', u, u' and I' charts",
    .columns = COLUMNS,
    .required = DENOMINATOR + 1,
    .results = RESULTS,
    .options = OPTIONS,
    .one_to_one = true,
    .row_size = sizeof(struct chart_row),
    .start = start,
    .row = read_row,
    .group = put_series,
    .help =
        "goldthread analyse proportion_chart [--chart p_prime] [FILE]\n\n"
        "Gives each point of a series limits of its own, wider where it is made of fewer. Making\n"
        "Data Count draws an XmR chart (goldthread analyse spc) throughout; this one is for\n"
        "measures whose largest denominator is more than twice the smallest.\n\n"
        "Columns\n"
        "  series         the rows of one series have the same text here, in the order of time\n"
        "  period         any text, once in each series\n"
        "  numerator, denominator  blank, or a denominator of 0: a gap\n"
        "Adds (blank for a gap)\n"
        "  value          numerator / denominator x multiplier\n"
        "  mean           sum of the numerators / sum of the denominators x multiplier\n"
        "  lower, upper   3 standard deviations from the mean; blank where p', u' and I' have no\n"
        "                 two points to take the spread from\n"
        "  outside        1 beyond a limit, 0 within or on it\n\n"
        "Example\n"
        "  printf 'series,period,numerator,denominator\\nA,1,40,50\\nA,2,90,100\\nA,3,150,200\\n' "
        "|\n"
        "    goldthread analyse proportion_chart\n\n"
        "Options\n"
        "  --chart C      p_prime (default), p: some of a number of cases. u_prime, u: events "
        "over\n"
        "                 a population or time. i_prime: any ratio. p and u take all variation "
        "for\n"
        "                 chance; with a council's large numbers nearly every point is then "
        "outside."
        "\n"
        "                 p_prime and u_prime (Laney) widen by the variation there is, and give "
        "the\n"
        "                 same limits where it is chance alone.\n"
        "  --multiplier N 100 for a percentage (default of p, p_prime), 1 (of the others)\n"
        "  --decimals N   places of the figures\n",
};
