#include "cli/analyse_periods.h"
#include "cli/analyse_series.h"

enum { SERIES, PERIOD, VALUE, NUMERATOR, DENOMINATOR };
enum {
    OUT_SERIES,
    OUT_TO,
    OUT_AS,
    OUT_PERIOD,
    OUT_VALUE,
    OUT_NUMERATOR,
    OUT_DENOMINATOR,
    PRESENT,
    EXPECTED
};

static const char *const COLUMNS[] = {
    [SERIES] = "series",       [PERIOD] = "period",           [VALUE] = "value",
    [NUMERATOR] = "numerator", [DENOMINATOR] = "denominator", NULL,
};

static bool keep_row(struct analyse *j)
{
    struct kept figure = {.line = j->line > UINT32_MAX ? UINT32_MAX : (uint32_t)j->line};
    if (!analyse_month(j, PERIOD, "aggregate makes quarters and years of months, like 2025-04.",
                       &figure.month) ||
        !analyse_number(j, VALUE, &figure.value) ||
        !analyse_number(j, NUMERATOR, &figure.numerator) ||
        !analyse_number(j, DENOMINATOR, &figure.denominator)) {
        return false;
    }
    series_keep(j->kept, j->state, j->cells[SERIES], &figure);
    return true;
}

static bool start(struct analyse *j, struct err *e)
{
    const struct analyse_options *o = j->options;
    if (o->as_count == 0) {
        return err_set(e, ERR_USAGE,
                       "say how with --as: sum (counts, money), last (stocks), mean, or ratio "
                       "(percentages and rates, from numerators and denominators).");
    }
    for (size_t i = 0; i < o->as_count; i++) {
        bool ratio = o->as[i] == AGGREGATE_RATIO;
        if (ratio ? !j->has[NUMERATOR] || !j->has[DENOMINATOR] : !j->has[VALUE]) {
            return err_set(e, ERR_INPUT, "line 1: --as %s needs %s.", aggregation_text(o->as[i]),
                           ratio ? "the columns \"numerator\" and \"denominator\""
                                 : "a column \"value\"");
        }
    }
    j->state = ARENA_NEW(j->kept, struct series_table);
    return true;
}

// --- Results

// The figures of one series, ascending; a second figure for a month is refused, the first kept.
static bool gather(struct analyse *j, const struct kept_series *s, struct part_figure **ret_parts,
                   size_t *ret_count, struct err *e)
{
    const struct kept *figures = series_figures(j->arena, s);
    struct part_figure *parts = ARENA_ARRAY(j->arena, s->count, struct part_figure);
    size_t kept = 0;
    for (size_t i = 0; i < s->count; i++) {
        const struct kept *k = &figures[i];
        day first = day_from_ymd(k->month / 12, k->month % 12 + 1, 1);
        struct period p = period_of(PERIOD_MONTH, first, j->options->year_start);
        if (kept > 0 && period_equal(parts[kept - 1].period, p)) {
            const char *fault =
                arena_printf(j->arena, "series \"%s\" has a second figure for %s; take one out.",
                             s->name, period_id(j->arena, p, j->options->year_start));
            if (!analyse_refuse(j, k->line, fault, e)) {
                return false;
            }
            continue;
        }
        parts[kept++] = (struct part_figure){p, k->value, k->numerator, k->denominator};
    }
    *ret_parts = parts;
    *ret_count = kept;
    return true;
}

static enum period_kind step_of(enum analyse_to to)
{
    switch (to) {
    case TO_QUARTER: return PERIOD_QUARTER;
    case TO_HALF: return PERIOD_HALF;
    case TO_YEAR: return PERIOD_YEAR;
    default: return PERIOD_MONTH;
    }
}

static struct aggregate_result aggregate(const struct part_figure *parts, size_t count,
                                         struct period p, enum analyse_to to,
                                         const struct aggregate_how *how)
{
    switch (to) {
    case TO_YTD: return aggregate_year_to_date(parts, count, p, how);
    case TO_ROLLING3: return aggregate_rolling(parts, count, p, 3, how);
    case TO_ROLLING12: return aggregate_rolling(parts, count, p, 12, how);
    default: return aggregate_period(parts, count, p, how);
    }
}

static void put_result(struct analyse *j, const struct aggregate_result *r, bool is_exact)
{
    j->results[OUT_VALUE] = analyse_figure(j, r->value, is_exact);
    j->results[OUT_NUMERATOR] = dec_text(j->arena, r->numerator);
    j->results[OUT_DENOMINATOR] = dec_text(j->arena, r->denominator);
    j->results[PRESENT] = arena_printf(j->arena, "%d", r->present);
    j->results[EXPECTED] = arena_printf(j->arena, "%d", r->expected);
    analyse_put(j);
}

// Every period from the first figure to the last, gaps included: a gap is shown as a gap.
static void put_periods(struct analyse *j, const struct part_figure *parts, size_t count,
                        enum analyse_to to, const struct aggregate_how *how)
{
    bool is_rolling = to == TO_ROLLING3 || to == TO_ROLLING12;
    bool is_exact = how->as == AGGREGATE_SUM || (how->as == AGGREGATE_LAST && !is_rolling);
    day end = parts[count - 1].period.end;
    struct period p = period_of(step_of(to), parts[0].period.start, how->year_start);
    j->results[OUT_TO] = analyse_to_text(to);
    j->results[OUT_AS] = aggregation_text(how->as);
    while (p.kind != PERIOD_NONE && p.start <= end) {
        struct aggregate_result r = aggregate(parts, count, p, to, how);
        j->results[OUT_PERIOD] = period_id(j->arena, p, how->year_start);
        put_result(j, &r, is_exact);
        p = period_step(p, 1, how->year_start);
    }
}

static bool put_series(struct analyse *j, bool *more, struct err *e)
{
    static const enum analyse_to quarter_only[] = {TO_QUARTER};
    const struct analyse_options *o = j->options;
    struct series_table *state = j->state;
    struct kept_series *s = state->first;
    if (s == NULL) {
        *more = false;
        return true;
    }
    state->first = s->next;
    struct part_figure *parts = NULL;
    size_t count = 0;
    if (!gather(j, s, &parts, &count, e)) {
        return false;
    }
    const enum analyse_to *to = o->to_count == 0 ? quarter_only : o->to;
    size_t to_count = o->to_count == 0 ? COUNT_OF(quarter_only) : o->to_count;
    j->results[OUT_SERIES] = s->name;
    for (size_t a = 0; a < o->as_count; a++) {
        int64_t multiplier = o->multiplier == 0 ? 1 : o->multiplier;
        struct aggregate_how how = {o->as[a], multiplier, o->decimals, o->year_start};
        for (size_t t = 0; t < to_count; t++) {
            put_periods(j, parts, count, to[t], &how);
        }
    }
    return true;
}

static const char *const RESULTS[] = {
    [OUT_SERIES] = "series",
    [OUT_TO] = "to",
    [OUT_AS] = "as",
    [OUT_PERIOD] = "period",
    [OUT_VALUE] = "value",
    [OUT_NUMERATOR] = "numerator",
    [OUT_DENOMINATOR] = "denominator",
    [PRESENT] = "present",
    [EXPECTED] = "expected",
    NULL,
};
static const char *const OPTIONS[] = {"--to",       "--as",         "--multiplier",
                                      "--decimals", "--year-start", NULL};

const struct analyse_method analyse_method_aggregate = {
    .name = "aggregate",
    .summary = "months to quarters, years, the year to date and rolling windows",
    .columns = COLUMNS,
    .required = PERIOD + 1,
    .results = RESULTS,
    .options = OPTIONS,
    .start = start,
    .row = keep_row,
    .finish = put_series,
    .help =
        "goldthread analyse aggregate --as HOW [--to WHAT] [FILE]\n\n"
        "Makes quarters, years, the year to date and rolling windows of months. Percentages are\n"
        "made of their numerators and denominators, never of percentages. Missing is not "
        "nought.\n\n"
        "Columns\n"
        "  series         the rows of one series have the same text here\n"
        "  period         a month: 2025-04, April 2025\n"
        "  value          for sum, last and mean; blank: no figure\n"
        "  numerator, denominator       for ratio; a month counts only with both\n"
        "Gives one row for each series and period, from the first month to the last\n"
        "  series, to, as what the row is\n"
        "  period         the period; for ytd and rolling the month it ends with\n"
        "  value          blank where it cannot be told\n"
        "  numerator, denominator       their sums (ratio)\n"
        "  present, expected            how many months there are, and how many it takes\n\n"
        "Example\n"
        "  printf 'series,period,value\\nA,2025-04,3\\nA,2025-05,4\\nA,2025-06,5\\n' |\n"
        "    goldthread analyse aggregate --as sum --to quarter,ytd\n\n"
        "Options\n"
        "  --as HOW       sum (counts, money), last (stocks; rolling: the mean), mean, ratio;\n"
        "                 several with commas\n"
        "  --to WHAT      quarter (default), half, year, ytd, rolling3, rolling12; several with\n"
        "                 commas\n"
        "  --multiplier N 100 for a percentage, 1000 for a rate per 1,000 (1)\n"
        "  --decimals N   places of value\n"
        "  --year-start M the month a financial year starts in (4)\n",
};
