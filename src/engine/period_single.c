// What a label without "to" can mean: a year, two years, a part of either, a month, a date.
// The rules are told to officers in docs/periods.md.
#include "engine/period_read.h"

// A two-digit second year may lie this far from the first: "2014-16", "2020-40", but not
// "2023-04", which would end in 2104 and therefore is the month of April 2023.
enum { SHORT_YEARS_MOST = 50 };

// The years a label names: a lone one (`last` 0) or two.
struct years {
    int first, last;
    int tokens; // how many tokens they take; 0: there are none
    bool short_first;
    int last_digits;
    enum token_kind between;
    bool spaced; // blanks around what stands between
};

void period_add_reading(struct read_list *out, struct period p, enum reading_rule rule)
{
    if (p.kind == PERIOD_NONE || !period_year_known(day_to_ymd(p.start).year) ||
        !period_year_known(day_to_ymd(p.end).year) || out->count == (int)COUNT_OF(out->r)) {
        return;
    }
    for (int i = 0; i < out->count; i++) {
        if (period_equal(out->r[i].period, p)) {
            return;
        }
    }
    out->r[out->count++] = (struct read_one){p, rule};
}

// The second of two years: written whole, or with the last one or two digits of a later year.
static int second_year(int first, const struct token *number)
{
    if (number->digits == 4) {
        return number->value;
    }
    int round = number->digits == 2 ? 100 : 10;
    int year = first - first % round + number->value;
    return year < first ? year + round : year;
}

static struct years take_years(const struct token *t, int n)
{
    struct years y = {.tokens = 0};
    if (!token_is_number(t, n, 0, 2, 4) || t[0].digits == 3) {
        return y;
    }
    y.short_first = t[0].digits == 2;
    y.first = token_year(&t[0]);
    if (!period_year_known(y.first)) {
        return y; // else only one of its readings might be known, and pass for the only one
    }
    y.tokens = 1;
    bool to = token_is(t, n, 1, TOKEN_TO) && n == 3;
    bool second = y.short_first ? token_is_number(t, n, 2, 2, 2) : token_is_number(t, n, 2, 1, 4);
    // "10 - 11" alone could be anything, ages for one.
    bool between = y.short_first ? token_is_joined(t, n, 1) : token_is_between(t, n, 1) || to;
    if (between && second && t[2].digits != 3) {
        y.last = second_year(y.first, &t[2]);
        y.last_digits = t[2].digits;
        y.between = t[1].kind;
        y.spaced = !token_is_joined(t, n, 1);
        y.tokens = 3;
    }
    return y;
}

static bool consecutive(const struct years *y)
{
    return y->last == y->first + 1;
}

static void add_month(struct read_list *out, int year, int month, enum reading_rule rule)
{
    if (month >= 1 && month <= 12) {
        period_add_reading(out, period_in_year(PERIOD_MONTH, year, month, 1), rule);
    }
}

static void add_year(struct read_list *out, enum period_kind kind, int year,
                     const struct read_how *how)
{
    period_add_reading(out, period_in_year(kind, year, 1, how->year_start), READ_PLAIN);
}

// Two years that follow each other: a financial year, unless the hint says otherwise.
static void add_consecutive(const struct years *y, const struct read_how *how,
                            struct read_list *out)
{
    bool hint_years = how->hint == PERIOD_YEARS || how->hint == PERIOD_CALENDAR_YEAR;
    if (how->hint == PERIOD_ACADEMIC_YEAR) {
        add_year(out, PERIOD_ACADEMIC_YEAR, y->first, how);
    } else if (hint_years) {
        period_add_reading(out, period_of_years(y->first, y->last), READ_PLAIN);
    } else {
        add_year(out, PERIOD_YEAR, y->first, how);
        if (y->between == TOKEN_TO && how->hint != PERIOD_YEAR) {
            period_add_reading(out, period_of_years(y->first, y->last), READ_PLAIN);
        }
    }
}

static void read_two_years(const struct token *t, const struct years *y, const struct read_how *how,
                           struct read_list *out)
{
    bool hyphen = y->between == TOKEN_HYPHEN;
    // A month needs the form 2010-11: joined by a plain hyphen (or 2023/04, where no year fits).
    bool month_form =
        !y->spaced && y->last_digits <= 2 && t[2].value >= 1 && t[2].value <= 12 &&
        (hyphen || (y->between == TOKEN_SLASH && (!consecutive(y) || y->last_digits == 1)));
    bool years_form =
        y->last > y->first && (y->last_digits == 4 || y->last - y->first < SHORT_YEARS_MOST);
    bool hint_year = how->hint == PERIOD_YEAR || how->hint == PERIOD_ACADEMIC_YEAR ||
                     how->hint == PERIOD_CALENDAR_YEAR || how->hint == PERIOD_YEARS;
    bool hint_several = how->hint == PERIOD_CALENDAR_YEAR || how->hint == PERIOD_YEARS;
    bool settled_as_years = consecutive(y) ? hint_year : hint_several;
    if (month_form && !(years_form && settled_as_years)) {
        add_month(out, y->first, t[2].value, READ_PLAIN);
    }
    if (!years_form || (month_form && how->hint == PERIOD_MONTH)) {
        return;
    }
    if (consecutive(y)) {
        add_consecutive(y, how, out);
    } else {
        period_add_reading(out, period_of_years(y->first, y->last), READ_PLAIN);
    }
}

// "22/23", "04/05": two years, or a month and a year in either order.
static void read_two_short(const struct token *t, const struct years *y, const struct read_how *how,
                           struct read_list *out)
{
    bool hint_year = how->hint == PERIOD_YEAR || how->hint == PERIOD_ACADEMIC_YEAR ||
                     how->hint == PERIOD_CALENDAR_YEAR || how->hint == PERIOD_YEARS;
    bool months = !y->spaced && y->between != TOKEN_DASH;
    if (consecutive(y) && (how->hint != PERIOD_MONTH || !months || t[0].value > 12)) {
        add_consecutive(y, how, out);
    }
    if (months && !(consecutive(y) && hint_year)) {
        add_month(out, token_year(&t[2]), t[0].value, READ_MONTH_FIRST);
        add_month(out, y->first, t[2].value, READ_YEAR_FIRST);
    }
}

// Part `part` of the financial year: of the year named, or, where only one year is named, of
// either year that has that name (starts or ends in it).
static void add_part(enum period_kind kind, int part, const struct years *y,
                     const struct read_how *how, struct read_list *out)
{
    period_add_reading(out, period_in_year(kind, y->first, part, how->year_start), READ_PLAIN);
    if (y->last == 0 && how->year_start != 1) {
        period_add_reading(out, period_in_year(kind, y->first - 1, part, how->year_start),
                           READ_YEAR_ENDING);
    }
}

static void read_quarter(int part, const struct years *y, const struct read_how *how,
                         struct read_list *out)
{
    if (part < 1 || part > 4) {
        return;
    }
    if (y->last != 0 || how->hint == PERIOD_QUARTER) {
        add_part(PERIOD_QUARTER, part, y, how, out);
    } else {
        period_add_reading(out, period_in_year(PERIOD_CALENDAR_QUARTER, y->first, part, 1),
                           READ_PLAIN);
    }
}

static void read_half(int part, const struct years *y, const struct read_how *how,
                      struct read_list *out)
{
    if (part < 1 || part > 2) {
        return;
    }
    add_part(PERIOD_HALF, part, y, how, out);
    if (y->last == 0 && how->hint != PERIOD_HALF) {
        struct period half = {PERIOD_SPAN, day_from_ymd(y->first, part * 6 - 5, 1),
                              day_from_ymd(y->first, part * 6 + 1, 1) - 1};
        period_add_reading(out, half, READ_AS_CALENDAR);
    }
}

// A month of a named year, or of the two years of a financial or academic year.
static void read_named_month(int month, const struct years *y, const struct read_how *how,
                             struct read_list *out)
{
    int start = how->hint == PERIOD_ACADEMIC_YEAR ? 9 : how->year_start;
    bool later = y->last != 0 && month < start;
    add_month(out, later ? y->last : y->first, month, READ_PLAIN);
}

// Years together with what qualifies them: "Q3", "H1", "April", "FY", "academic year".
static void read_qualified(enum token_kind kind, int part, const struct years *y,
                           const struct read_how *how, struct read_list *out)
{
    if (y->last != 0 && !consecutive(y)) {
        return;
    }
    bool lone_short = y->last == 0 && y->short_first;
    enum period_kind year_kind = kind == TOKEN_ACADEMIC ? PERIOD_ACADEMIC_YEAR : PERIOD_YEAR;
    switch (kind) {
    case TOKEN_QUARTER: read_quarter(part, y, how, out); break;
    case TOKEN_HALF: read_half(part, y, how, out); break;
    case TOKEN_MONTH: read_named_month(part, y, how, out); break;
    case TOKEN_FINANCIAL:
    case TOKEN_ACADEMIC:
        // A financial year that starts in January is the year it is named after.
        if (y->last == 0 && (kind == TOKEN_ACADEMIC || how->year_start != 1)) {
            period_add_reading(out, period_in_year(year_kind, y->first - 1, 1, how->year_start),
                               READ_YEAR_ENDING);
        }
        add_year(out, year_kind, y->first, how);
        break;
    case TOKEN_CALENDAR:
        if (y->last != 0) {
            period_add_reading(out, period_of_years(y->first, y->last), READ_PLAIN);
        } else if (!lone_short) {
            add_year(out, PERIOD_CALENDAR_YEAR, y->first, how);
        }
        break;
    default: break;
    }
}

static bool is_qualifier(enum token_kind kind)
{
    return kind == TOKEN_FINANCIAL || kind == TOKEN_ACADEMIC || kind == TOKEN_CALENDAR;
}

// What qualifies the years at the start of the tokens; returns how many tokens it takes.
static int take_qualifier(const struct token *t, int n, enum token_kind *ret_kind, int *ret_part)
{
    bool part = token_is(t, n, 0, TOKEN_QUARTER) || token_is(t, n, 0, TOKEN_HALF);
    bool ordinal =
        token_is(t, n, 1, TOKEN_QUARTER) || token_is(t, n, 1, TOKEN_HALF); // "1st quarter"
    if (part && token_is_number(t, n, 1, 1, 1)) {
        *ret_kind = t[0].kind;
        *ret_part = t[1].value;
        return 2;
    }
    if (ordinal && token_is_number(t, n, 0, 1, 1)) {
        *ret_kind = t[1].kind;
        *ret_part = t[0].value;
        return 2;
    }
    if (n > 0 && (is_qualifier(t[0].kind) || t[0].kind == TOKEN_MONTH)) {
        *ret_kind = t[0].kind;
        *ret_part = t[0].value;
        return 1;
    }
    return 0;
}

// Qualifier, then years: "Q1 2022", "Sep-04", "FY 2016/17".
static void read_qualifier_first(const struct token *t, int n, const struct read_how *how,
                                 struct read_list *out)
{
    enum token_kind kind = TOKEN_NUMBER;
    int part = 0;
    int taken = take_qualifier(t, n, &kind, &part);
    if (taken == 0) {
        return;
    }
    taken += token_is_between(t, n, taken);
    struct years y = take_years(t + taken, n - taken);
    if (y.tokens > 0 && taken + y.tokens == n && y.between != TOKEN_TO) {
        read_qualified(kind, part, &y, how, out);
    }
}

// Years, then qualifier: "2022/23 Q3", "2014;April". A lone year of two digits is no year here:
// "04-Sep" is the fourth of a September that nobody named.
static void read_years_first(const struct token *t, int n, const struct read_how *how,
                             struct read_list *out)
{
    struct years y = take_years(t, n);
    if (y.tokens == 0 || (y.last == 0 && y.short_first)) {
        return;
    }
    int at = y.tokens + token_is_between(t, n, y.tokens);
    enum token_kind kind = TOKEN_NUMBER;
    int part = 0;
    int taken = take_qualifier(t + at, n - at, &kind, &part);
    if (taken > 0 && at + taken == n) {
        read_qualified(kind, part, &y, how, out);
    }
}

void period_read_single(const struct token *t, int n, const struct read_how *how,
                        struct read_list *out)
{
    if (n == 1 && token_is_number(t, n, 0, 4, 4)) {
        add_year(out, PERIOD_CALENDAR_YEAR, t[0].value, how);
        return;
    }
    if (n == 3 && token_is_number(t, n, 0, 1, 2) && token_is_joined(t, n, 1) &&
        t[1].kind != TOKEN_DASH && token_is_number(t, n, 2, 4, 4)) {
        add_month(out, t[2].value, t[0].value, READ_PLAIN); // "04/2023"
        return;
    }
    struct years y = take_years(t, n);
    if (y.last != 0 && y.tokens == n) {
        if (y.short_first) {
            read_two_short(t, &y, how, out);
        } else {
            read_two_years(t, &y, how, out);
        }
        return;
    }
    period_read_date(t, n, out);
    read_qualifier_first(t, n, how, out);
    read_years_first(t, n, how, out);
}
