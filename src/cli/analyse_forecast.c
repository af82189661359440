#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/analyse_periods.h"
#include "engine/forecast.h"

enum { SERIES, PERIOD, VALUE, TARGET };
enum { OUT_SERIES, METHOD, OUTTURN, SE, LOWER_80, UPPER_80, LOWER_95, UPPER_95, PROBABILITY, NOTE };
enum { MONTHS = 12 };

static const char *const COLUMNS[] = {
    [SERIES] = "series", [PERIOD] = "period", [VALUE] = "value", [TARGET] = "target", NULL,
};
static const char *const RESULTS[] = {
    [OUT_SERIES] = "series",
    [METHOD] = "method",
    [OUTTURN] = "outturn",
    [SE] = "se",
    [LOWER_80] = "lower_80",
    [UPPER_80] = "upper_80",
    [LOWER_95] = "lower_95",
    [UPPER_95] = "upper_95",
    [PROBABILITY] = "probability_at_or_above_target",
    [NOTE] = "note",
    NULL,
};
static const char *const OPTIONS[] = {"--method", "--elapsed", "--year-start", "--decimals", NULL};

struct forecasts {
    size_t methods[FORECAST_METHOD_COUNT]; // enum forecast_method
    size_t count;
    int elapsed; // -1: as far as there are values
};

struct month_row {
    int32_t month; // year x 12 + month - 1
    double value, target;
};

// --- Options

static bool take_elapsed(const struct analyse_options *o, int *out, struct err *e)
{
    const char *text = analyse_option(o, "--elapsed");
    struct dec value = DEC_NONE;
    *out = -1;
    if (text == NULL) {
        return true;
    }
    if (!dec_parse(text, strlen(text), &value) || value.scale > 0 || value.units < 0 ||
        value.units > MONTHS) {
        return err_set(e, ERR_USAGE,
                       "--elapsed takes the months of the year that count as known, 0 to 12, not "
                       "\"%s\".",
                       text);
    }
    *out = (int)value.units;
    return true;
}

static bool start(struct analyse *j, struct err *e)
{
    struct forecasts *f = ARENA_NEW(j->kept, struct forecasts);
    const char *words[FORECAST_METHOD_COUNT + 1] = {NULL};
    for (size_t m = 0; m < FORECAST_METHOD_COUNT; m++) {
        words[m] = forecast_method_code((enum forecast_method)m);
    }
    if (!analyse_option_words(j->options, "--method", words, f->methods, &f->count, e) ||
        !take_elapsed(j->options, &f->elapsed, e)) {
        return false;
    }
    if (f->count == 0) {
        // Holt-Winters only when asked for: it takes years of figures and a taste for it.
        for (; f->count <= FORECAST_TREND; f->count++) {
            f->methods[f->count] = f->count;
        }
    }
    j->state = f;
    return true;
}

static bool read_row(struct analyse *j)
{
    struct month_row *row = j->parsed;
    return analyse_month(j, PERIOD, "forecast needs months, like 2025-04.", &row->month) &&
           analyse_double(j, VALUE, &row->value) && analyse_double(j, TARGET, &row->target);
}

// --- A series by month

struct place {
    const struct month_row *row;
    size_t at; // in the group
};

static int by_month(const void *a, const void *b)
{
    const struct place *left = a, *right = b;
    if (left->row->month != right->row->month) {
        return left->row->month < right->row->month ? -1 : 1;
    }
    return left->at < right->at ? -1 : left->at > right->at;
}

static bool sort_months(struct analyse *j, const struct analyse_group *g, struct place *ret,
                        size_t *ret_count, struct err *e)
{
    const struct month_row *rows = g->rows;
    bool ascends = true;
    for (size_t i = 0; i < g->count; i++) {
        ret[i] = (struct place){&rows[i], i};
        ascends = ascends && (i == 0 || rows[i - 1].month < rows[i].month);
    }
    if (!ascends) {
        qsort(ret, g->count, sizeof *ret, by_month);
    }
    size_t count = 0;
    for (size_t i = 0; i < g->count; i++) {
        if (count == 0 || ret[count - 1].row->month != ret[i].row->month) {
            ret[count++] = ret[i];
            continue;
        }
        const char *fault = arena_printf(
            j->kept, "series \"%s\" has a second figure for %04d-%02d; take one out.", g->name,
            (int)(ret[i].row->month / MONTHS), (int)(ret[i].row->month % MONTHS) + 1);
        if (!analyse_group_refuse(j, g, ret[i].at, fault, e)) {
            return false;
        }
    }
    *ret_count = count;
    return true;
}

// What is known, one value a month, up to the month that counts as the last one.
static struct forecast_input known_of(struct analyse *j, const struct place *months, size_t count)
{
    const struct forecasts *f = j->state;
    struct forecast_input in = {.periods_a_year = MONTHS, .target = NAN};
    int32_t latest = -1;
    for (size_t i = 0; i < count; i++) {
        const struct month_row *row = months[i].row;
        latest = isnan(row->value) ? latest : row->month;
        in.target = isnan(row->target) ? in.target : row->target;
    }
    if (latest < 0) {
        return in;
    }
    int32_t first = months[0].row->month;
    int32_t year_starts = latest - (latest - (j->options->year_start - 1) + MONTHS) % MONTHS;
    in.elapsed = f->elapsed < 0 ? latest - year_starts + 1 : f->elapsed;
    int32_t known = year_starts + in.elapsed - first;
    if (known <= 0) {
        return in;
    }
    double *values = ARENA_ARRAY(j->arena, (size_t)known, double);
    for (int32_t i = 0; i < known; i++) {
        values[i] = NAN;
    }
    for (size_t i = 0; i < count && months[i].row->month - first < known; i++) {
        values[months[i].row->month - first] = months[i].row->value;
    }
    in.values = values;
    in.count = (size_t)known;
    return in;
}

// --- Results

static void put(struct analyse *j, const char *series, enum forecast_method m,
                const struct forecast_result *r)
{
    j->results[OUT_SERIES] = series;
    j->results[METHOD] = forecast_method_code(m);
    j->results[OUTTURN] = analyse_double_text(j, r->outturn);
    j->results[SE] = analyse_double_text(j, r->se);
    j->results[LOWER_80] = analyse_double_text(j, r->lower_80);
    j->results[UPPER_80] = analyse_double_text(j, r->upper_80);
    j->results[LOWER_95] = analyse_double_text(j, r->lower_95);
    j->results[UPPER_95] = analyse_double_text(j, r->upper_95);
    j->results[PROBABILITY] = analyse_double_text(j, r->probability);
    j->results[NOTE] = r->is_trial ? "few_values" : forecast_reason_code(r->reason);
    analyse_put(j);
}

static bool put_series(struct analyse *j, const struct analyse_group *g, struct err *e)
{
    const struct forecasts *f = j->state;
    struct place *months = ARENA_ARRAY(j->arena, g->count, struct place);
    size_t count = 0;
    if (!sort_months(j, g, months, &count, e)) {
        return false;
    }
    struct forecast_input in = known_of(j, months, count);
    for (size_t i = 0; i < f->count; i++) {
        enum forecast_method m = (enum forecast_method)f->methods[i];
        struct forecast_result r = forecast_outturn(&in, m);
        put(j, g->name, m, &r);
    }
    return true;
}

const struct analyse_method analyse_method_forecast = {
    .name = "forecast",
    .summary = "where the year will end, with its interval and the chance of the target",
    .columns = COLUMNS,
    .required = VALUE + 1,
    .results = RESULTS,
    .options = OPTIONS,
    .row_size = sizeof(struct month_row),
    .start = start,
    .row = read_row,
    .group = put_series,
    .help =
        "goldthread analyse forecast [--method HOW] [--elapsed M] [FILE]\n\n"
        "Says where the financial year will end: the year of the last month with a figure, from\n"
        "what is known up to that month. For counts and money; a missing month is never filled.\n\n"
        "Columns\n"
        "  series         the rows of one series have the same text here\n"
        "  period         a month: 2025-04, April 2025\n"
        "  value          blank: no figure\n"
        "  target         of the year; the last one of the series counts\n"
        "Gives one row for each series and method\n"
        "  series, method\n"
        "  outturn        of the whole year\n"
        "  se             its standard error: trend from the line, the others from the moving\n"
        "                 ranges of a stable process\n"
        "  lower_80, upper_80, lower_95, upper_95\n"
        "  probability_at_or_above_target\n"
        "  note           why something is blank: nothing_elapsed, year_complete (the outturn is\n"
        "                 the year as it was), gap_this_year, no_last_year, gap_last_year,\n"
        "                 zero_to_date, zero_share, too_few_values, no_moving_range; or "
        "few_values,\n"
        "                 where the interval rests on fewer than 13 and is on trial\n\n"
        "Example\n"
        "  printf 'series,period,value,target\\nA,2025-04,3,40\\nA,2025-05,4,40\\n' |\n"
        "    goldthread analyse forecast --method run_rate\n\n"
        "Options\n"
        "  --method HOW   run_rate, profile (last year's share by then), profile_two (of two\n"
        "                 years), recent (the latest three months go on), seasonal_naive (the\n"
        "                 rest as last year), trend (a straight line, from 12 months); several\n"
        "                 with commas; these six when left out; holt_winters (level, slope and\n"
        "                 season, from 24 months without a gap)\n"
        "  --elapsed M    only the first M months of that year count as known, to try the past\n"
        "  --year-start M the month the year starts in (4)\n"
        "  --decimals N   places of the figures\n",
};
