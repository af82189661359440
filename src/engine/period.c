#include "engine/period.h"

#include <string.h>

#include "engine/period_read.h"

enum {
    MONTHS_A_YEAR = 12,
    ACADEMIC_START = 9,
    CALENDAR_START = 1,
    YEAR_FIRST = 1,
    YEAR_LAST = 9998
};

static const char *const KIND_TEXTS[] = {
    [PERIOD_NONE] = "",
    [PERIOD_MONTH] = "month",
    [PERIOD_QUARTER] = "quarter",
    [PERIOD_HALF] = "half",
    [PERIOD_YEAR] = "year",
    [PERIOD_ACADEMIC_YEAR] = "academic_year",
    [PERIOD_CALENDAR_YEAR] = "calendar_year",
    [PERIOD_CALENDAR_QUARTER] = "calendar_quarter",
    [PERIOD_YEARS] = "years",
    [PERIOD_SPAN] = "span",
};

enum period_kind period_kind_from_text(const char *text)
{
    for (size_t i = PERIOD_MONTH; text != NULL && i < COUNT_OF(KIND_TEXTS); i++) {
        if (strcmp(text, KIND_TEXTS[i]) == 0) {
            return (enum period_kind)i;
        }
    }
    return PERIOD_NONE;
}

const char *period_kind_text(enum period_kind kind)
{
    return (size_t)kind < COUNT_OF(KIND_TEXTS) ? KIND_TEXTS[kind] : "";
}

// Months in a period of this kind; 0 where the kind has no length of its own.
static int kind_months(enum period_kind kind)
{
    switch (kind) {
    case PERIOD_MONTH: return 1;
    case PERIOD_QUARTER:
    case PERIOD_CALENDAR_QUARTER: return 3;
    case PERIOD_HALF: return 6;
    case PERIOD_YEAR:
    case PERIOD_ACADEMIC_YEAR:
    case PERIOD_CALENDAR_YEAR: return MONTHS_A_YEAR;
    case PERIOD_NONE:
    case PERIOD_YEARS:
    case PERIOD_SPAN: return 0;
    }
    return 0;
}

// The month in which years of this kind start.
static int first_month(enum period_kind kind, int year_start)
{
    switch (kind) {
    case PERIOD_QUARTER:
    case PERIOD_HALF:
    case PERIOD_YEAR: return year_start;
    case PERIOD_ACADEMIC_YEAR: return ACADEMIC_START;
    default: return CALENDAR_START;
    }
}

// Months since January of year 0: the scale on which periods of whole months are moved.
static int month_number(day d)
{
    struct ymd date = day_to_ymd(d);
    return date.year * MONTHS_A_YEAR + date.month - 1;
}

static struct period of_months(enum period_kind kind, int first, int count)
{
    if (first < YEAR_FIRST * MONTHS_A_YEAR || first + count > (YEAR_LAST + 1) * MONTHS_A_YEAR) {
        return PERIOD_ABSENT;
    }
    int year = first / MONTHS_A_YEAR;
    int month = first % MONTHS_A_YEAR + 1;
    return (struct period){kind, day_from_ymd(year, month, 1),
                           day_from_ymd(year, month + count, 1) - 1};
}

struct period period_in_year(enum period_kind kind, int year, int part, int year_start)
{
    int months = kind_months(kind);
    int first = year * MONTHS_A_YEAR + first_month(kind, year_start) - 1 + (part - 1) * months;
    return of_months(kind, first, months);
}

struct period period_of(enum period_kind kind, day d, int year_start)
{
    int months = kind_months(kind);
    if (months == 0 || d == DAY_NONE) {
        return PERIOD_ABSENT;
    }
    int number = month_number(d);
    int into = (number - (first_month(kind, year_start) - 1)) % months;
    return of_months(kind, number - (into < 0 ? into + months : into), months);
}

// Months in a span or in several years when it is made of whole months, else 0.
static int whole_months(struct period p)
{
    bool whole = day_to_ymd(p.start).day == 1 && day_to_ymd(p.end + 1).day == 1;
    return whole ? month_number(p.end + 1) - month_number(p.start) : 0;
}

struct period period_step(struct period p, int steps, int year_start)
{
    if (p.kind == PERIOD_NONE || steps == 0) {
        return p;
    }
    int months = kind_months(p.kind);
    int64_t first = month_number(p.start);
    if (months > 0) {
        first += (int64_t)steps * months;
        if (first < 0 || first > (YEAR_LAST + 1) * MONTHS_A_YEAR) {
            return PERIOD_ABSENT;
        }
        struct period moved = of_months(p.kind, (int)first, months);
        return moved.kind == PERIOD_NONE ? moved : period_of(p.kind, moved.start, year_start);
    }
    months = whole_months(p);
    if (months > 0) {
        first += (int64_t)steps * months;
        bool near = first >= 0 && first <= (YEAR_LAST + 1) * MONTHS_A_YEAR;
        return near ? of_months(p.kind, (int)first, months) : PERIOD_ABSENT;
    }
    int64_t move = (int64_t)steps * (p.end - p.start + 1);
    if (p.start + move < day_from_ymd(YEAR_FIRST, 1, 1) ||
        p.end + move > day_from_ymd(YEAR_LAST, 12, 31)) {
        return PERIOD_ABSENT;
    }
    return (struct period){p.kind, (day)(p.start + move), (day)(p.end + move)};
}

// The same date a year before; the last day of a month stays the last day of that month.
static day year_before(day d)
{
    struct ymd date = day_to_ymd(d);
    int length = month_length(date.year - 1, date.month);
    bool last = date.day == month_length(date.year, date.month);
    return day_from_ymd(date.year - 1, date.month, last || date.day > length ? length : date.day);
}

struct period period_year_before(struct period p, int year_start)
{
    if (p.kind == PERIOD_NONE || day_to_ymd(p.start).year <= YEAR_FIRST) {
        return PERIOD_ABSENT;
    }
    if (kind_months(p.kind) > 0) {
        return period_of(p.kind, year_before(p.start), year_start);
    }
    int months = whole_months(p);
    if (months > 0) {
        return of_months(p.kind, month_number(p.start) - MONTHS_A_YEAR, months);
    }
    return (struct period){p.kind, year_before(p.start), year_before(p.end)};
}

bool period_equal(struct period a, struct period b)
{
    return a.kind == b.kind && a.start == b.start && a.end == b.end;
}

int period_compare(struct period a, struct period b)
{
    if (a.end != b.end) {
        return a.end < b.end ? -1 : 1;
    }
    if (a.start != b.start) {
        return a.start < b.start ? -1 : 1;
    }
    return (a.kind > b.kind) - (a.kind < b.kind);
}

bool period_contains(struct period outer, struct period inner)
{
    return outer.kind != PERIOD_NONE && inner.kind != PERIOD_NONE && outer.start <= inner.start &&
           inner.end <= outer.end;
}

int period_count(struct period whole, enum period_kind part, int year_start)
{
    int months = kind_months(part);
    if (months == 0 || whole.kind == PERIOD_NONE) {
        return 0;
    }
    bool fits = period_of(part, whole.start, year_start).start == whole.start &&
                period_of(part, whole.end, year_start).end == whole.end;
    return fits ? whole_months(whole) / months : 0;
}
