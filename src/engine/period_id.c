#include <string.h>

#include "engine/period.h"
#include "engine/period_read.h"

static bool read_number(const char *text, int digits, int *out)
{
    int value = 0;
    for (int i = 0; i < digits; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        value = value * 10 + (text[i] - '0');
    }
    *out = value;
    return true;
}

static bool read_year(const char *text, int *out)
{
    return read_number(text, 4, out) && period_year_known(*out);
}

bool period_year_known(int year)
{
    return year >= PERIOD_YEAR_MIN && year <= PERIOD_YEAR_MAX;
}

struct period period_of_years(int first, int last)
{
    return (struct period){PERIOD_YEARS, day_from_ymd(first, 1, 1), day_from_ymd(last, 12, 31)};
}

// "2014_2016" and "2023-05-17_2023-06-11".
static bool parse_pair(const char *text, size_t length, struct period *out)
{
    int first = 0;
    int last = 0;
    if (length == 9 && text[4] == '_') {
        if (!read_year(text, &first) || !read_year(text + 5, &last) || first >= last) {
            return false;
        }
        *out = period_of_years(first, last);
        return true;
    }
    day start = DAY_NONE;
    day end = DAY_NONE;
    if (length != 21 || text[10] != '_' || !day_parse(text, 10, &start) ||
        !day_parse(text + 11, 10, &end) || start > end || !read_year(text, &first) ||
        !read_year(text + 11, &last)) {
        return false;
    }
    *out = (struct period){PERIOD_SPAN, start, end};
    return true;
}

// "2025-26-" followed by "Q1", "H1", "FY" or "AY".
static bool parse_in_two_years(const char *text, int year, int year_start, struct period *out)
{
    int second = 0;
    if (text[7] != '-' || !read_number(text + 5, 2, &second) || second != (year + 1) % 100) {
        return false;
    }
    int part = text[9] - '0';
    enum period_kind kind = PERIOD_NONE;
    if (text[8] == 'Q' && part >= 1 && part <= 4) {
        kind = PERIOD_QUARTER;
    } else if (text[8] == 'H' && part >= 1 && part <= 2) {
        kind = PERIOD_HALF;
    } else if (memcmp(text + 8, "FY", 2) == 0) {
        kind = PERIOD_YEAR;
        part = 1;
    } else if (memcmp(text + 8, "AY", 2) == 0) {
        kind = PERIOD_ACADEMIC_YEAR;
        part = 1;
    } else {
        return false;
    }
    struct period p = period_in_year(kind, year, part, year_start);
    if (!period_year_known(day_to_ymd(p.end).year)) {
        return false;
    }
    *out = p;
    return true;
}

bool period_parse_id(const char *text, size_t length, int year_start, struct period *out)
{
    int year = 0;
    int part = 0;
    if (length < 4 || !read_year(text, &year)) {
        return false;
    }
    if (length == 4) {
        *out = period_in_year(PERIOD_CALENDAR_YEAR, year, 1, year_start);
        return true;
    }
    if (length == 7 && text[4] == '-' && text[5] == 'Q' && text[6] >= '1' && text[6] <= '4') {
        *out = period_in_year(PERIOD_CALENDAR_QUARTER, year, text[6] - '0', year_start);
        return true;
    }
    if (length == 7 && text[4] == '-' && read_number(text + 5, 2, &part)) {
        if (part < 1 || part > 12) {
            return false;
        }
        *out = period_in_year(PERIOD_MONTH, year, part, year_start);
        return true;
    }
    if (length == 10 && text[4] == '-') {
        return parse_in_two_years(text, year, year_start, out);
    }
    return parse_pair(text, length, out);
}

void period_write_id(struct buf *b, struct period p, int year_start)
{
    if (p.kind == PERIOD_NONE) {
        return;
    }
    struct ymd start = day_to_ymd(p.start);
    int first = p.kind == PERIOD_ACADEMIC_YEAR ? 9 : year_start;
    int year = start.month >= first ? start.year : start.year - 1;
    int next = (year + 1) % 100;
    int into = (start.month - first + 12) % 12;
    switch (p.kind) {
    case PERIOD_MONTH: buf_printf(b, "%04d-%02d", start.year, start.month); break;
    case PERIOD_QUARTER: buf_printf(b, "%04d-%02d-Q%d", year, next, into / 3 + 1); break;
    case PERIOD_HALF: buf_printf(b, "%04d-%02d-H%d", year, next, into / 6 + 1); break;
    case PERIOD_YEAR: buf_printf(b, "%04d-%02d-FY", year, next); break;
    case PERIOD_ACADEMIC_YEAR: buf_printf(b, "%04d-%02d-AY", year, next); break;
    case PERIOD_CALENDAR_YEAR: buf_printf(b, "%04d", start.year); break;
    case PERIOD_CALENDAR_QUARTER:
        buf_printf(b, "%04d-Q%d", start.year, (start.month - 1) / 3 + 1);
        break;
    case PERIOD_YEARS: buf_printf(b, "%04d_%04d", start.year, day_to_ymd(p.end).year); break;
    case PERIOD_SPAN:
        day_write(b, p.start);
        buf_char(b, '_');
        day_write(b, p.end);
        break;
    case PERIOD_NONE: break;
    }
}

const char *period_id(struct arena *a, struct period p, int year_start)
{
    struct buf b = buf_new(a, 64);
    period_write_id(&b, p, year_start);
    return buf_cstr(&b);
}

const char *period_plain_id(struct arena *a, struct period p, enum period_kind hint, int year_start)
{
    const char *id = period_id(a, p, year_start);
    if (p.kind != PERIOD_MONTH) {
        return id;
    }
    struct period_reading r = period_read_label(a, id, strlen(id), hint, year_start);
    if (r.count == 1 && period_equal(r.readings[0], p)) {
        return id;
    }
    struct ymd start = day_to_ymd(p.start);
    return arena_printf(a, "%.3s %04d", period_month_name(start.month), start.year);
}
