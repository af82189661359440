#include "cli/analyse_periods.h"

#include <math.h>

enum { STEP_DIGITS = 4, MONTHS_A_YEAR = 12, LONGEST_YEAR = 371 }; // 53 weeks

// What the cell says, or PERIOD_ABSENT; `r` tells why.
static struct period read_period(struct analyse *j, size_t column, enum period_kind hint,
                                 struct period_reading *r)
{
    struct slice cell = j->cells[column];
    int year_start = j->options->year_start;
    struct period p = PERIOD_ABSENT;
    if (period_parse_id(cell.text, cell.length, year_start, &p)) {
        return p;
    }
    *r = period_read_label(j->arena, cell.text, cell.length, hint, year_start);
    return r->count == 1 ? r->readings[0] : PERIOD_ABSENT;
}

static int32_t month_of(day d)
{
    struct ymd date = day_to_ymd(d);
    return date.year * MONTHS_A_YEAR + date.month - 1;
}

bool analyse_month(struct analyse *j, size_t column, const char *need, int32_t *out)
{
    if (j->cells[column].length == 0) {
        return analyse_fault(j, "the period is blank; write a month like 2025-04.");
    }
    struct period_reading r = {.count = 0};
    struct period p = read_period(j, column, PERIOD_MONTH, &r);
    if (p.kind == PERIOD_NONE) {
        return analyse_fault(
            j, "%s", period_refusal(j->arena, analyse_text(j, column), &r, j->options->year_start));
    }
    if (p.kind != PERIOD_MONTH) {
        return analyse_fault(j, "%s is not a month; %s", analyse_shown(j, column), need);
    }
    *out = month_of(p.start);
    return true;
}

// "1", "2": a plain number, of few digits so that 202412 is not the one before 202501.
static bool is_step(struct slice cell, double *out)
{
    double value = 0;
    for (size_t i = 0; i < cell.length; i++) {
        if (cell.text[i] < '0' || cell.text[i] > '9') {
            return false;
        }
        value = value * 10 + (cell.text[i] - '0');
    }
    *out = value;
    return cell.length > 0 && cell.length <= STEP_DIGITS;
}

static int months_in(enum period_kind kind)
{
    switch (kind) {
    case PERIOD_MONTH: return 1;
    case PERIOD_QUARTER:
    case PERIOD_CALENDAR_QUARTER: return 3;
    case PERIOD_HALF: return 6;
    default: return MONTHS_A_YEAR;
    }
}

// A span of twelve whole months is a year that starts somewhere else.
static bool is_whole_year(struct period p)
{
    struct ymd start = day_to_ymd(p.start), after = day_to_ymd(p.end + 1);
    return start.day == 1 && after.day == 1 && month_of(p.end + 1) - month_of(p.start) == 12;
}

static struct time_cell time_of(struct period p)
{
    struct time_cell t = {.kind = TIME_YEAR, .period = p.kind, .at = NAN, .unit = 1};
    switch (p.kind) {
    case PERIOD_NONE: t.kind = TIME_UNKNOWN; return t;
    case PERIOD_MONTH:
    case PERIOD_QUARTER:
    case PERIOD_CALENDAR_QUARTER:
    case PERIOD_HALF: t.kind = TIME_SHORTER; break;
    case PERIOD_YEAR:
    case PERIOD_ACADEMIC_YEAR:
    case PERIOD_CALENDAR_YEAR: break;
    case PERIOD_YEARS: t.kind = TIME_YEARS; break;
    case PERIOD_SPAN:
        if (!is_whole_year(p)) {
            t.kind = p.end - p.start >= LONGEST_YEAR ? TIME_YEARS : TIME_SHORTER;
            return t;
        }
    }
    t.at = month_of(p.start);
    t.unit = months_in(p.kind);
    return t;
}

struct time_cell analyse_time(struct analyse *j, size_t column)
{
    struct period_reading r = {.count = 0};
    struct period p = read_period(j, column, PERIOD_NONE, &r);
    double step = 0;
    if (p.kind == PERIOD_NONE && is_step(j->cells[column], &step)) {
        return (struct time_cell){TIME_STEP, PERIOD_NONE, step, 1};
    }
    return time_of(p);
}
