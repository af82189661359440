// Where we stand in a group for one measure (methods.md 6): everyone's figure for one period, with
// interval, rank, what cannot be told apart, and the group as a whole.
//
// Figures are compared as shown, at the measure's decimals, so that two that read the same share a
// rank. We ourselves are ranked with the others and left out of the group's own figures (benchmark,
// median, quartiles). What is too small to show (small_number) is withheld from everything here.
// Fewer than COMPARE_MEDIAN_LEAST others with a figure: no rank, band, verdict or line at all.
#ifndef GT_DOMAIN_STANDING_H
#define GT_DOMAIN_STANDING_H

#include "domain/comparison.h"
#include "engine/compare.h"

struct standing_row {
    const struct comparator *member;   // NULL: we ourselves
    const char *code, *name;           // ours: of the council
    struct dec value;                  // as shown; absent: none
    struct dec numerator, denominator; // absent where not given, or where there is no value
    enum marker marker;                // of the figure, or why there is none
    bool withheld;                     // too small to show
    bool few;                          // fewer cases than min_denominator: shown, not ranked nor
                                       // counted in what is said of the group
    double lower, upper;               // 95 %: Wilson for percentages, Byar or exact for rates;
                                       // NaN without both parts, or where they are not the value's
    size_t rank;                       // 0: not ranked
    struct compare_band band;          // 0, 0: not ranked; areas that a few cases would
                                       // bring together are not told apart
    enum verdict verdict;              // benchmark against the interval; NONE without either, or
                                       // where `few_cases`
    bool few_cases;    // the interval tells them apart, but it is fewer than three cases that do
                       // (domain/few_cases.h)
    double deviations; // from the group's median, in MADs; NaN: not known
};

struct standing {
    const struct comparator_group *group;
    struct period period;
    const struct standing_row *rows; // best first, equals by name; then those without a figure
    size_t row_count;
    const struct standing_row *own; // always one of the rows; its value may be absent
    size_t members, reported;       // of the group, without us; reported: that can be compared
    size_t ranked;                  // figures compared, ours among them
    size_t intervals;               // rows that have one
    bool enough;                    // there are enough to say anything
    struct compare_summary middle;  // of the others
    struct compare_benchmark benchmark;
};

// The latest period that ends no later than `until` and for which enough others have a value: of
// the measure's own frequency where there is one, else of any kind; where there is none with
// enough, the latest with a value. Our figure is that of the same period, or none. False, with
// nothing written, when no other has a value by then, or the measure is told in words.
bool standing_of(const struct council *c, const struct measure *m, const struct comparator_group *g,
                 struct period until, struct arena *a, struct standing *ret) MUST_CHECK;

// One for each group the measure is compared with, by the group's code. Returns how many.
size_t standings_of(const struct council *c, const struct measure *m, struct period until,
                    struct arena *a, const struct standing **ret);
// The one to open with: the first with enough figures, else the first. NULL when there is none.
const struct standing *standing_first(const struct standing *all, size_t count);

// Fills verdict and few_cases of a row that has a figure, from it, its parts and its interval.
void standing_judge(const struct measure *m, struct standing_row *row, double benchmark);

// Whether others have the row's rank, too; whether it has an interval.
bool standing_is_shared(const struct standing *s, const struct standing_row *row);
bool standing_has_interval(const struct standing_row *row);
// Whole months from the end of the figures' period to the end of a later one.
int standing_lag(const struct standing *s, struct period page);

#endif
