#include "base/date.h"

#include <time.h>

// The calendar repeats every 400 years. Counting from 1 March puts the leap day last in its year,
// so that the days before a month follow one straight line: (153 m + 2) / 5, m = 0 for March.
enum {
    DAYS_PER_ERA = 146097,
    YEARS_PER_ERA = 400,
    DAYS_PER_4_YEARS = 1461,
    DAYS_PER_CENTURY = 36524,
    EPOCH_FROM_MARCH_0 = 719468, // days from 1 March of year 0 to 1 January 1970
    SECONDS_PER_DAY = 86400,
};

static int floor_div(int value, int by)
{
    return value / by - (value % by < 0);
}

day day_from_ymd(int year, int month, int dom)
{
    year += floor_div(month - 3, 12); // years that start in March
    int from_march = month - 3 - floor_div(month - 3, 12) * 12;
    int era = floor_div(year, YEARS_PER_ERA);
    int of_era = year - era * YEARS_PER_ERA;
    int of_year = (153 * from_march + 2) / 5 + dom - 1;
    return era * DAYS_PER_ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
           EPOCH_FROM_MARCH_0;
}

struct ymd day_to_ymd(day d)
{
    int since = d + EPOCH_FROM_MARCH_0;
    int era = floor_div(since, DAYS_PER_ERA);
    int of_era = since - era * DAYS_PER_ERA;
    // Take out the leap days passed so far, and what is left are years of 365 days.
    int leap_free = of_era - of_era / (DAYS_PER_4_YEARS - 1) + of_era / DAYS_PER_CENTURY -
                    of_era / (DAYS_PER_ERA - 1);
    int year = leap_free / 365;
    int of_year = of_era - (365 * year + year / 4 - year / 100);
    int from_march = (5 * of_year + 2) / 153;
    int month = from_march < 10 ? from_march + 3 : from_march - 9;
    return (struct ymd){
        .year = year + era * YEARS_PER_ERA + (month <= 2),
        .month = month,
        .day = of_year - (153 * from_march + 2) / 5 + 1,
    };
}

int month_length(int year, int month)
{
    return day_from_ymd(year, month + 1, 1) - day_from_ymd(year, month, 1);
}

bool ymd_valid(int year, int month, int dom)
{
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && dom >= 1 &&
           dom <= month_length(year, month);
}

static bool read_digits(const char *text, int count, int *out)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        value = value * 10 + (text[i] - '0');
    }
    *out = value;
    return true;
}

bool day_parse(const char *text, size_t length, day *out)
{
    int year = 0;
    int month = 0;
    int dom = 0;
    if (length != 10 || text[4] != '-' || text[7] != '-' || !read_digits(text, 4, &year) ||
        !read_digits(text + 5, 2, &month) || !read_digits(text + 8, 2, &dom) ||
        !ymd_valid(year, month, dom)) {
        return false;
    }
    *out = day_from_ymd(year, month, dom);
    return true;
}

void day_write(struct buf *b, day d)
{
    if (d != DAY_NONE) {
        struct ymd date = day_to_ymd(d);
        buf_printf(b, "%04d-%02d-%02d", date.year, date.month, date.day);
    }
}

const char *day_text(struct arena *a, day d)
{
    struct buf b = buf_new(a, 32);
    day_write(&b, d);
    return buf_cstr(&b);
}

const char *day_shown(struct arena *a, day d)
{
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    if (d == DAY_NONE) {
        return "";
    }
    struct ymd date = day_to_ymd(d);
    return arena_printf(a, "%d %s %d", date.day, names[date.month - 1], date.year);
}

int day_of_week(day d)
{
    int from_thursday = d - floor_div(d, 7) * 7; // 1 January 1970 was a Thursday
    return (from_thursday + 3) % 7;
}

static bool is_holiday(day d, const day *holidays, size_t count)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (holidays[middle] < d) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < count && holidays[low] == d;
}

day day_add_working(day d, int count, const day *holidays, size_t holiday_count)
{
    int step = count < 0 ? -1 : 1;
    while (count != 0) {
        d += step;
        if (day_of_week(d) < 5 && !is_holiday(d, holidays, holiday_count)) {
            count -= step;
        }
    }
    return d;
}

day day_today(void)
{
    return (day)(time(NULL) / SECONDS_PER_DAY);
}
