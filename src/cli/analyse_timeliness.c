// `analyse timeliness`: what became of each figure that was expected, and how many came on time.
#include <math.h>
#include <string.h>

#include "cli/analyse_spc.h"
#include "engine/timeliness.h"

enum { SERIES, PERIOD, VALUE, ENTERED_ON, LAG_DAYS, MARKER };
enum { DUE_ON, STATE, ON_TIME };
enum { OUT_SERIES, EXPECTED, REPORTED, OUT_ON_TIME, COMPLETENESS, TIMELINESS };
enum { LAG_MOST = 3660 };

static const char *const COLUMNS[] = {
    [SERIES] = "series",
    [PERIOD] = "period",
    [VALUE] = "value",
    [ENTERED_ON] = "entered_on",
    [LAG_DAYS] = "lag_days",
    [MARKER] = "marker",
    NULL,
};
static const char *const RESULTS[] = {
    [DUE_ON] = "due_on", [STATE] = "state", [ON_TIME] = "on_time", NULL};
static const char *const SUMMARY[] = {
    [OUT_SERIES] = "series",
    [EXPECTED] = "expected",
    [REPORTED] = "reported",
    [OUT_ON_TIME] = "on_time",
    [COMPLETENESS] = "completeness",
    [TIMELINESS] = "timeliness",
    NULL,
};
static const char *const OPTIONS[] = {"--as-at", "--lag-days", "--decimals", "--year-start", NULL};
static const char *const FLAGS[] = {"--summary", "--flow", NULL};

struct expectations {
    day as_at;
    int lag_days;
    bool summary, flow;
};

struct time_row {
    struct spc_row row; // its period as an id, to find it twice
    struct expected_figure figure;
};

static bool start(struct analyse *j, struct err *e)
{
    struct expectations *s = ARENA_NEW(j->kept, struct expectations);
    const char *as_at = analyse_option(j->options, "--as-at");
    const char *lag = analyse_option(j->options, "--lag-days");
    struct dec number = dec_int(0);
    s->as_at = day_today();
    if (as_at != NULL && !day_parse(as_at, strlen(as_at), &s->as_at)) {
        return err_set(e, ERR_USAGE, "--as-at takes a date like 2026-01-31, not \"%s\".", as_at);
    }
    if (lag != NULL && (!dec_parse(lag, strlen(lag), &number) || number.scale > 0 ||
                        number.units < 0 || number.units > LAG_MOST)) {
        return err_set(e, ERR_USAGE, "--lag-days takes a whole number from 0 to %d, not \"%s\".",
                       LAG_MOST, lag);
    }
    if (!j->has[VALUE] && !j->has[ENTERED_ON]) {
        return err_set(e, ERR_INPUT,
                       "line 1: no column \"value\" nor \"entered_on\"; analyse timeliness needs "
                       "one of them.");
    }
    s->lag_days = (int)number.units;
    s->flow = analyse_flag(j->options, "--flow");
    s->summary = analyse_flag(j->options, "--summary");
    if (s->summary) {
        j->names = SUMMARY;
        j->one_to_one = false;
    }
    j->state = s;
    return true;
}

// --- Rows

static bool read_period(struct analyse *j, struct period *out)
{
    struct slice cell = j->cells[PERIOD];
    int year_start = j->options->year_start;
    if (cell.length == 0) {
        return analyse_fault(j, "the period is blank; write one, like 2025-04.");
    }
    if (period_parse_id(cell.text, cell.length, year_start, out)) {
        return true;
    }
    struct period_reading r =
        period_read_label(j->arena, cell.text, cell.length, PERIOD_NONE, year_start);
    if (r.count != 1) {
        return analyse_fault(j, "%s",
                             period_refusal(j->arena, analyse_text(j, PERIOD), &r, year_start));
    }
    *out = r.readings[0];
    return true;
}

static bool read_day(struct analyse *j, day *out)
{
    struct slice cell = j->cells[ENTERED_ON];
    *out = DAY_NONE;
    return cell.length == 0 || day_parse(cell.text, cell.length, out) ||
           analyse_fault(j, "%s is not a date; write it like 2026-01-31.",
                         analyse_shown(j, ENTERED_ON));
}

static enum entered_kind entered_as(enum marker marker, double value, bool is_there, bool flow)
{
    switch (marker) {
    case MARKER_SUPPRESSED: return ENTERED_SUPPRESSED;
    case MARKER_NOT_APPLICABLE: return ENTERED_NOT_APPLICABLE;
    case MARKER_MISSING: return ENTERED_NOTHING;
    case MARKER_PROVISIONAL:
    case MARKER_ESTIMATED: return is_there ? ENTERED_PROVISIONAL : ENTERED_NOTHING;
    case MARKER_NONE:
    case MARKER_REVISED: break;
    }
    if (!is_there) {
        return ENTERED_NOTHING;
    }
    return flow && value == 0 ? ENTERED_NO_ACTIVITY : ENTERED_FIGURE;
}

static bool read_entered(struct analyse *j, struct expected_figure *f)
{
    const struct expectations *s = j->state;
    double value = NAN;
    enum marker marker = MARKER_NONE;
    if (!analyse_double(j, VALUE, &value) || !read_day(j, &f->entered_on)) {
        return false;
    }
    if (!analyse_is_blank(j, MARKER) && !model_marker(analyse_text(j, MARKER), &marker)) {
        return analyse_fault(j,
                             "%s is not a marker; write provisional, revised, estimated, "
                             "suppressed, not_applicable or missing.",
                             analyse_shown(j, MARKER));
    }
    marker = marker == MARKER_NONE ? analyse_marker(j, VALUE) : marker;
    bool is_there = j->has[VALUE] ? !isnan(value) : f->entered_on != DAY_NONE;
    f->entered = entered_as(marker, value, is_there, s->flow);
    // What came later was not there yet.
    if (f->entered_on != DAY_NONE && f->entered_on > s->as_at) {
        f->entered = ENTERED_NOTHING;
    }
    return true;
}

static bool read_row(struct analyse *j)
{
    const struct expectations *s = j->state;
    struct time_row *row = j->parsed;
    struct expected_figure *f = &row->figure;
    if (!read_period(j, &f->period) ||
        !analyse_whole(j, LAG_DAYS, 0, LAG_MOST, s->lag_days, &f->lag_days)) {
        return false;
    }
    row->row = (struct spc_row){
        .period = period_id(j->arena, f->period, j->options->year_start),
        .value = NAN,
        .target = NAN,
        .target_lower = NAN,
        .target_upper = NAN,
    };
    return read_entered(j, f);
}

// --- Results

static void put_summary(struct analyse *j, const char *series,
                        const struct expected_figure *figures, size_t count)
{
    const struct expectations *s = j->state;
    struct timeliness t = timeliness_count(figures, count, s->as_at);
    j->results[OUT_SERIES] = series;
    j->results[EXPECTED] = arena_printf(j->arena, "%zu", t.expected);
    j->results[REPORTED] = arena_printf(j->arena, "%zu", t.entered);
    j->results[OUT_ON_TIME] = arena_printf(j->arena, "%zu", t.on_time);
    j->results[COMPLETENESS] = analyse_double_text(j, t.completeness);
    j->results[TIMELINESS] = analyse_double_text(j, t.timeliness);
    analyse_put(j);
}

// Whether on time; not said of what is not expected, or may still come in time.
static const char *on_time_text(const struct expected_figure *f, enum expected_state state)
{
    switch (state) {
    case EXPECTED_NOT_DUE:
    case EXPECTED_DUE:
    case EXPECTED_NOT_APPLICABLE: return NULL;
    default: return expected_on_time(f) ? "1" : "0";
    }
}

static void put_row(struct analyse *j, const struct expected_figure *f)
{
    const struct expectations *s = j->state;
    enum expected_state state = expected_state(f, s->as_at);
    j->results[DUE_ON] = day_text(j->arena, expected_due(f));
    j->results[STATE] = expected_code(state);
    j->results[ON_TIME] = on_time_text(f, state);
}

static bool put_series(struct analyse *j, const struct analyse_group *g, struct err *e)
{
    const struct expectations *how = j->state;
    const struct time_row *rows = g->rows;
    struct spc_row *plain = ARENA_ARRAY(j->arena, g->count, struct spc_row);
    for (size_t i = 0; i < g->count; i++) {
        plain[i] = rows[i].row;
    }
    struct analyse_group seen = *g;
    seen.rows = plain;
    struct spc_how none = spc_how_default(SPC_MDC);
    struct spc_series s;
    if (!spc_series_gather(j, &seen, &none, &s, e)) {
        return false;
    }
    struct expected_figure *figures = ARENA_ARRAY(j->arena, s.count, struct expected_figure);
    for (size_t i = 0; i < s.count; i++) {
        figures[i] = rows[s.places[i]].figure;
        if (!how->summary) {
            put_row(j, &figures[i]);
            analyse_group_put(j, g, s.places[i]);
        }
    }
    if (how->summary) {
        put_summary(j, g->name, figures, s.count);
    }
    return true;
}

const struct analyse_method analyse_method_timeliness = {
    .name = "timeliness",
    .summary = "what became of each expected figure: due, overdue, entered; how many on time",
    .columns = COLUMNS,
    .required = PERIOD + 1,
    .results = RESULTS,
    .options = OPTIONS,
    .flags = FLAGS,
    .one_to_one = true,
    .row_size = sizeof(struct time_row),
    .start = start,
    .row = read_row,
    .group = put_series,
    .help =
        "goldthread analyse timeliness [--summary] [--as-at DATE] [FILE]\n\n"
        "Says of each period for which a figure is expected whether it is there, and whether it\n"
        "came by its due day.\n\n"
        "Columns (value or entered_on must be there)\n"
        "  series         the rows of one series have the same text here\n"
        "  period         any period, like 2025-04 or Q1 2025/26; once in each series\n"
        "  value          blank: nothing entered (nought is a figure); marks like * and N/A count\n"
        "                 as suppressed and not applicable. Without it an entered_on says that\n"
        "                 there is one\n"
        "  entered_on     the day, like 2025-05-12; blank: not known, so not on time\n"
        "  lag_days       a figure is on time up to so many days after the period's end\n"
        "  marker         provisional, revised, estimated, suppressed, not_applicable, missing\n"
        "Adds\n"
        "  due_on         the last day on which it is on time\n"
        "  state          not_due (the period has not ended), due, overdue; provisional, final,\n"
        "                 no_activity, suppressed, not_applicable\n"
        "  on_time        1, 0; blank where it may still come in time, or none is expected\n"
        "With --summary one row a series\n"
        "  series, expected       past their due day or there already; not applicable never\n"
        "  reported, on_time      of those\n"
        "  completeness, timeliness  reported and on_time over expected; blank when none is\n\n"
        "Example\n"
        "  printf 'series,period,value,entered_on\\nA,2025-04,5,2025-05-10\\nA,2025-05,,\\n' |\n"
        "    goldthread analyse timeliness --as-at 2025-06-10 --lag-days 15\n\n"
        "Options\n"
        "  --summary      one row a series\n"
        "  --as-at DATE   the day to judge from (today, UTC); what was entered after it was not\n"
        "                 there yet\n"
        "  --lag-days N   where the column is blank or not there (0)\n"
        "  --flow         the figures count what happened: nought is no_activity\n"
        "  --decimals N   places of the shares\n"
        "  --year-start M the month a financial year starts in (4)\n",
};
