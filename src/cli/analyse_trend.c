#include <math.h>
#include <stdlib.h>

#include "cli/analyse_periods.h"
#include "engine/trend.h"

enum { SERIES, PERIOD, VALUE, COUNT, DENOMINATOR, LOWER, UPPER };
enum {
    OUT_SERIES,
    METHOD,
    N,
    SLOPE,
    INTERCEPT,
    SE,
    STATISTIC,
    VARIANCE,
    Z,
    P,
    CHI_SQUARE,
    R_SQUARED,
    MARKER,
    REASON
};
enum { SCRATCH_LIMIT = 256 << 20 };

static const char *const COLUMNS[] = {
    [SERIES] = "series",           [PERIOD] = "period", [VALUE] = "value", [COUNT] = "count",
    [DENOMINATOR] = "denominator", [LOWER] = "lower",   [UPPER] = "upper", NULL,
};
static const char *const RESULTS[] = {
    [OUT_SERIES] = "series",
    [METHOD] = "method",
    [N] = "n",
    [SLOPE] = "slope",
    [INTERCEPT] = "intercept",
    [SE] = "se",
    [STATISTIC] = "statistic",
    [VARIANCE] = "variance",
    [Z] = "z",
    [P] = "p",
    [CHI_SQUARE] = "chi_square",
    [R_SQUARED] = "r_squared",
    [MARKER] = "marker",
    [REASON] = "reason",
    NULL,
};
static const char *const OPTIONS[] = {"--method", "--decimals", "--year-start", NULL};

// What the run asked for.
struct trends {
    size_t methods[TREND_METHOD_COUNT]; // enum trend_method
    size_t count;
    bool wants_proportion;
};

struct trend_row {
    struct time_cell time;
    struct trend_point point;
};

// --- Options

static bool needs(struct analyse *j, enum trend_method m, size_t first, size_t second,
                  struct err *e)
{
    if (j->has[first] && j->has[second]) {
        return true;
    }
    return err_set(e, ERR_INPUT, "line 1: --method %s needs the columns \"%s\" and \"%s\".",
                   trend_method_code(m), COLUMNS[first], COLUMNS[second]);
}

static bool check_columns(struct analyse *j, const struct trends *t, struct err *e)
{
    for (size_t i = 0; i < t->count; i++) {
        enum trend_method m = (enum trend_method)t->methods[i];
        if ((m == TREND_PROPORTION && !needs(j, m, COUNT, DENOMINATOR, e)) ||
            (m == TREND_FIVE_POINT && !needs(j, m, LOWER, UPPER, e))) {
            return false;
        }
        if (m != TREND_PROPORTION && !j->has[VALUE]) {
            return err_set(e, ERR_INPUT, "line 1: no column \"value\"; analyse trend needs it.");
        }
    }
    return true;
}

static enum trend_method usual_method(const struct analyse *j)
{
    if (j->has[LOWER] && j->has[UPPER]) {
        return TREND_FIVE_POINT;
    }
    return j->has[COUNT] && j->has[DENOMINATOR] ? TREND_PROPORTION : TREND_MANN_KENDALL;
}

static bool start(struct analyse *j, struct err *e)
{
    struct trends *t = ARENA_NEW(j->kept, struct trends);
    const char *words[TREND_METHOD_COUNT + 1] = {NULL};
    for (size_t m = 0; m < TREND_METHOD_COUNT; m++) {
        words[m] = trend_method_code((enum trend_method)m);
    }
    if (!analyse_option_words(j->options, "--method", words, t->methods, &t->count, e)) {
        return false;
    }
    if (t->count == 0) {
        t->methods[t->count++] = usual_method(j);
    }
    for (size_t i = 0; i < t->count; i++) {
        t->wants_proportion = t->wants_proportion || t->methods[i] == TREND_PROPORTION;
    }
    j->state = t;
    return check_columns(j, t, e);
}

// --- Rows

static bool check_point(struct analyse *j, const struct trend_point *p)
{
    const struct trends *t = j->state;
    if (p->count < 0 || p->denominator < 0) {
        return analyse_fault(j, "%s is below nought; a count is not.",
                             analyse_shown(j, p->count < 0 ? COUNT : DENOMINATOR));
    }
    if (t->wants_proportion && p->count > p->denominator) {
        return analyse_fault(j, "%s is above %s; a proportion counts some of its denominator.",
                             analyse_shown(j, COUNT), analyse_shown(j, DENOMINATOR));
    }
    if (p->lower > p->upper) {
        return analyse_fault(j, "%s is above %s; give the lower bound of the interval first.",
                             analyse_shown(j, LOWER), analyse_shown(j, UPPER));
    }
    return true;
}

static bool read_row(struct analyse *j)
{
    struct trend_row *row = j->parsed;
    struct trend_point *p = &row->point;
    if (!analyse_double(j, VALUE, &p->value) || !analyse_double(j, COUNT, &p->count) ||
        !analyse_double(j, DENOMINATOR, &p->denominator) || !analyse_double(j, LOWER, &p->lower) ||
        !analyse_double(j, UPPER, &p->upper) || !check_point(j, p)) {
        return false;
    }
    if (!j->has[VALUE]) {
        p->value = p->denominator > 0 ? p->count / p->denominator : p->count * 0;
    }
    row->time = analyse_time(j, PERIOD);
    return true;
}

// --- A series in time

struct place {
    double at;
    size_t row;
};

static int by_time(const void *a, const void *b)
{
    const struct place *left = a, *right = b;
    if (left->at != right->at) {
        return left->at < right->at ? -1 : 1;
    }
    return left->row < right->row ? -1 : left->row > right->row;
}

// Whether all periods can be told and are of one kind, so that distances between them are known.
static bool is_timed(const struct trend_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (isnan(rows[i].time.at) || rows[i].time.kind != rows[0].time.kind ||
            rows[i].time.period != rows[0].time.period) {
            return false;
        }
    }
    return true;
}

static enum trend_span span_of(const struct trend_row *rows, size_t count)
{
    enum trend_span span = TREND_SPAN_YEAR;
    for (size_t i = 0; i < count; i++) {
        if (rows[i].time.kind == TIME_YEARS) {
            return TREND_SPAN_YEARS;
        }
        if (rows[i].time.kind == TIME_SHORTER) {
            span = TREND_SPAN_SHORTER;
        }
    }
    return span;
}

// In order of time where that can be told, else as they stand in the file; t = 1 for the first.
static bool order(struct analyse *j, const struct analyse_group *g, struct trend_point *ret_points,
                  size_t *ret_count, struct err *e)
{
    const struct trend_row *rows = g->rows;
    bool timed = is_timed(rows, g->count), ascends = true;
    struct place *places = ARENA_ARRAY(j->arena, g->count, struct place);
    for (size_t i = 0; i < g->count; i++) {
        places[i] = (struct place){timed ? rows[i].time.at : (double)i, i};
        ascends = ascends && (i == 0 || places[i - 1].at < places[i].at);
    }
    if (!ascends) {
        qsort(places, g->count, sizeof *places, by_time);
    }
    size_t count = 0;
    for (size_t i = 0; i < g->count; i++) {
        if (i > 0 && places[i].at == places[i - 1].at) {
            const char *fault = arena_printf(
                j->kept, "series \"%s\" has a second figure for this period; take one out.",
                g->name);
            if (!analyse_group_refuse(j, g, places[i].row, fault, e)) {
                return false;
            }
            continue;
        }
        double unit = timed ? rows[0].time.unit : 1;
        ret_points[count] = rows[places[i].row].point;
        ret_points[count++].time = (places[i].at - places[0].at) / unit + 1;
    }
    *ret_count = count;
    return true;
}

// --- Results

// The methods need room that is of no use afterwards.
static bool evaluate(struct analyse *j, const struct trend_point *points, size_t count,
                     enum trend_span span, struct trend_result *ret, struct err *e)
{
    const struct trends *t = j->state;
    struct arena *scratch = arena_new(SCRATCH_LIMIT);
    if (scratch == NULL || ARENA_TRAP(scratch)) {
        arena_free(scratch);
        return err_set(e, ERR_SYSTEM, "not enough memory for the trend of so many values.");
    }
    for (size_t i = 0; i < t->count; i++) {
        ret[i] = trend_evaluate(scratch, (enum trend_method)t->methods[i], points, count, span);
    }
    arena_free(scratch);
    return true;
}

static void put(struct analyse *j, const char *series, enum trend_method m,
                const struct trend_result *r)
{
    j->results[OUT_SERIES] = series;
    j->results[METHOD] = trend_method_code(m);
    j->results[N] = arena_printf(j->arena, "%zu", r->n);
    j->results[SLOPE] = analyse_double_text(j, r->slope);
    j->results[INTERCEPT] = analyse_double_text(j, r->intercept);
    j->results[SE] = analyse_double_text(j, r->se);
    j->results[STATISTIC] = analyse_double_text(j, r->statistic);
    j->results[VARIANCE] = analyse_double_text(j, r->variance);
    j->results[Z] = analyse_double_text(j, r->z);
    j->results[P] = analyse_double_text(j, r->p);
    j->results[CHI_SQUARE] = analyse_double_text(j, r->chi_square);
    j->results[R_SQUARED] = analyse_double_text(j, r->r_squared);
    j->results[MARKER] = trend_marker_code(r->marker);
    j->results[REASON] = trend_reason_code(r->reason);
    analyse_put(j);
}

static bool put_series(struct analyse *j, const struct analyse_group *g, struct err *e)
{
    const struct trends *t = j->state;
    struct trend_point *points = ARENA_ARRAY(j->arena, g->count, struct trend_point);
    struct trend_result results[TREND_METHOD_COUNT];
    size_t count = 0;
    if (!order(j, g, points, &count, e) ||
        !evaluate(j, points, count, span_of(g->rows, g->count), results, e)) {
        return false;
    }
    for (size_t i = 0; i < t->count; i++) {
        put(j, g->name, (enum trend_method)t->methods[i], &results[i]);
    }
    return true;
}

const struct analyse_method analyse_method_trend = {
    .name = "trend",
    .summary = "whether a series rises or falls beyond chance",
    .columns = COLUMNS,
    .required = PERIOD + 1,
    .results = RESULTS,
    .options = OPTIONS,
    .row_size = sizeof(struct trend_row),
    .start = start,
    .row = read_row,
    .group = put_series,
    .help =
        "goldthread analyse trend [--method HOW] [FILE]\n\n"
        "Says of each series whether it rises or falls by more than chance. Whether that is good "
        "is\nfor the measure to say.\n\n"
        "Columns\n"
        "  series         the rows of one series have the same text here\n"
        "  period         a year, quarter or month, or 1, 2, 3; what cannot be told counts in the\n"
        "                 order of the file\n"
        "  value          blank: a gap, which keeps its place and is never filled\n"
        "  count, denominator     for proportion (value may then be left out)\n"
        "  lower, upper   the 95 % interval, for five_point\n"
        "Gives one row for each series and method; what does not apply is blank\n"
        "  series, method\n"
        "  n              values used\n"
        "  slope, intercept       per period, and at t = 0 (the first period is t = 1);\n"
        "                 proportion: of the logit; mann_kendall: Theil-Sen's\n"
        "  se             of the slope (five_point, ols)\n"
        "  statistic      mann_kendall: S; ols: t\n"
        "  variance, z    of S, and S less one in its deviations (mann_kendall, from 8 values)\n"
        "  p              of no trend, two-sided\n"
        "  chi_square     five_point, proportion: significant above 9.54953570608324 (99.8 %)\n"
        "  r_squared      ols\n"
        "  marker         increasing, decreasing, no_change, cannot_be_calculated\n"
        "  reason         why it cannot be calculated: too_few_values, too_many_values,\n"
        "                 value_missing, year_missing, not_annual, several_years, no_interval,\n"
        "                 zero_width_interval, count_is_denominator, count_zero,\n"
        "                 denominator_zero; or all_equal (no_change, nothing to test)\n\n"
        "Example\n"
        "  printf 'series,period,value\\nA,1,3\\nA,2,5\\nA,3,4\\nA,4,6\\n' |\n"
        "    goldthread analyse trend --method theil_sen,ols\n\n"
        "Options\n"
        "  --method HOW   five_point (OHID Fingertips: the latest five years by their intervals;\n"
        "                 default where there are lower and upper), proportion (the same from\n"
        "                 counts; default where there are count and denominator), mann_kendall\n"
        "                 (default), theil_sen, ols; several with commas. A trend of the last\n"
        "                 three has p below 0.05.\n"
        "  --decimals N   places of the figures\n"
        "  --year-start M the month a financial year starts in (4)\n",
};
