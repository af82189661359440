// Periods: spans of days with a kind, their ids, their neighbours, and the labels people write.
// What each label means, and why, is told to officers in docs/periods.md.
//
// Ids (DESIGN.md 4): month 2025-04, financial quarter 2025-26-Q1, half 2025-26-H1, financial year
// 2025-26-FY, academic year 2025-26-AY, calendar year 2025, calendar quarter 2025-Q2, several
// calendar years 2014_2016, any span 2023-05-17_2023-06-11. A financial year starts on the first
// of `year_start` (4 = April); an academic year on 1 September.
#ifndef GT_ENGINE_PERIOD_H
#define GT_ENGINE_PERIOD_H

#include "base/date.h"
#include "base/err.h"

enum period_kind {
    PERIOD_NONE,
    PERIOD_MONTH,
    PERIOD_QUARTER, // of the financial year
    PERIOD_HALF,    // of the financial year
    PERIOD_YEAR,    // financial
    PERIOD_ACADEMIC_YEAR,
    PERIOD_CALENDAR_YEAR,
    PERIOD_CALENDAR_QUARTER,
    PERIOD_YEARS, // several calendar years
    PERIOD_SPAN,
};

struct period {
    enum period_kind kind;
    day start; // first day
    day end;   // last day, inclusive
};

#define PERIOD_ABSENT ((struct period){PERIOD_NONE, DAY_NONE, DAY_NONE})

// "month", "quarter", "half", "year", "academic_year", "calendar_year", "calendar_quarter",
// "years", "span"; PERIOD_NONE for anything else.
enum period_kind period_kind_from_text(const char *text);
const char *period_kind_text(enum period_kind kind);

// The period of this kind that contains day `d` (not for YEARS and SPAN).
struct period period_of(enum period_kind kind, day d, int year_start);
// `steps` periods on (or back when negative). SPAN and YEARS move by their own length: a span of
// whole months by months, else by days.
struct period period_step(struct period p, int steps, int year_start);
// The same period a year before; spans that end with a month end with that month then, too.
// PERIOD_ABSENT when a step leads out of the years 1 to 9998.
struct period period_year_before(struct period p, int year_start);

bool period_equal(struct period a, struct period b);
int period_compare(struct period a, struct period b); // by end, then start, then kind
bool period_contains(struct period outer, struct period inner);
// How many months (quarters, ...) of kind `part` fill `whole`; 0 when they do not fit.
int period_count(struct period whole, enum period_kind part, int year_start);

// Canonical ids only, of the years 1800 to 2199 (others are taken for a slip of the keyboard).
bool period_parse_id(const char *text, size_t length, int year_start,
                     struct period *out) MUST_CHECK;
void period_write_id(struct buf *b, struct period p, int year_start);
const char *period_id(struct arena *a, struct period p, int year_start);
// For files that are read again with this hint: the id, or the month in words ("Nov 2010") where
// the id would be ambiguous then ("2010-11", which could be a financial year).
const char *period_plain_id(struct arena *a, struct period p, enum period_kind hint,
                            int year_start);

enum period_marker_limit { PERIOD_READINGS_MAX = 4 };

// What a label can mean. `count` 0: not a period. 1: read. More: ambiguous, each reading listed.
struct period_reading {
    struct period readings[PERIOD_READINGS_MAX];
    int count;
    const char *marker; // text of a bracketed marker without its brackets ("prov"), else NULL;
                        // the period itself in brackets ("Q1 2025/26 (April to June 2025)") is none
};

// Reads an id or a label of FORMAT.md 3. `hint` (a measure's frequency or the column `kind`)
// settles what is ambiguous: YEAR, MONTH, QUARTER, CALENDAR_QUARTER, ...; PERIOD_NONE: no hint.
// Nothing is guessed.
struct period_reading period_read_label(struct arena *a, const char *label, size_t length,
                                        enum period_kind hint, int year_start);

// One sentence on why a label could not be read ("... could be March 2010 or the financial year
// 2010-11-FY; ..."); for count != 1.
const char *period_refusal(struct arena *a, const char *label, const struct period_reading *r,
                           int year_start);

#endif
