// Days of the (proleptic Gregorian) calendar as plain integers: day 0 is 1970-01-01.
#ifndef GT_BASE_DATE_H
#define GT_BASE_DATE_H

#include "base/buf.h"

typedef int32_t day; // days since 1970-01-01; DAY_NONE: no date
#define DAY_NONE INT32_MIN

struct ymd {
    int year;  // 1..9999
    int month; // 1..12
    int day;   // 1..31
};

day day_from_ymd(int year, int month, int dom); // any month number is normalised (13 = next Jan)
struct ymd day_to_ymd(day d);
int month_length(int year, int month);
bool ymd_valid(int year, int month, int dom);

// Exactly "2011-04-01". False otherwise.
bool day_parse(const char *text, size_t length, day *out) MUST_CHECK;
void day_write(struct buf *b, day d);          // "2011-04-01"; nothing for DAY_NONE
const char *day_text(struct arena *a, day d);  // same
const char *day_shown(struct arena *a, day d); // "1 April 2011"

int day_of_week(day d); // 0 Monday .. 6 Sunday
// Moves `count` working days (Monday to Friday, without the `holidays` given, sorted) on or back.
day day_add_working(day d, int count, const day *holidays, size_t holiday_count);

day day_today(void); // the machine's date in UTC; only the top asks, everyone else is told

#endif
