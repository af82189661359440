// Outlook: where a measure's financial year will end, and what status that would be (RPT-8).
//
// The owner's own forecast stands in front of the computed one, which is kept beside it. Computed
// (methods.md 8) from the figures of the measure's own frequency, months or quarters, that ended by
// the period asked for; those of later periods are not looked at, so a past report stays as it was:
//   sum           the forecast of a flow; a cumulative measure by the differences of its figures
//   ratio         numerator and denominator apart, never the percentage; also a cumulative one
//                 whose figures have parts
//   mean          as a ratio, each figure counting one
//   last          a stock: the latest figure; so does a cumulative share without parts, whose
//                 figure is the year so far
//   none          cannot be put together: no forecast
// At the year's end the outlook is the outturn itself. Judged by the rule, with the year's target;
// where there is none and the measure does not add up over the year, with the target in force.
#ifndef GT_DOMAIN_OUTLOOK_H
#define GT_DOMAIN_OUTLOOK_H

#include "domain/reading.h"
#include "engine/forecast.h"

enum outlook_kind {
    OUTLOOK_NONE,
    OUTLOOK_COMPUTED,
    OUTLOOK_MANUAL,  // the owner's
    OUTLOOK_OUTTURN, // the year is over
};

// Why there is none, or no computed one.
enum outlook_why {
    OUTLOOK_TOLD,
    OUTLOOK_NOT_FORECAST, // words, in development, retired, or forecast_by is none
    OUTLOOK_FREQUENCY,    // neither monthly nor quarterly: nothing to go by within the year
    OUTLOOK_NOT_ADDED_UP, // aggregation none
    OUTLOOK_NO_PARTS,     // a share without numerators and denominators
    OUTLOOK_NO_METHOD,    // the engine could not: result.reason
};

struct outlook {
    enum outlook_kind kind;
    enum outlook_why why;
    struct period year;
    int elapsed, of;            // periods of the year with a figure, and in all
    struct dec value;           // as shown, at the measure's decimals; absent for OUTLOOK_NONE
    struct dec computed;        // the same of the computed one; absent where there is none
    struct dec low_80, high_80; // its interval; absent where there is none
    bool is_stock;              // the latest figure stands, no method of the year
    enum forecast_method method;
    struct forecast_result result;
    struct forecast_range range; // of all methods; flows only
    double chance;               // of meeting the target; NaN where not known
    const struct forecast *manual;
    struct status_explanation judged;
    enum status status; // judged.status; STATUS_COUNT for OUTLOOK_NONE
};

// The outlook of the year around r->asked. `scratch` holds nothing that is kept.
struct outlook outlook_of(const struct council *c, const struct reading *r, struct arena *scratch);

// For every measure as a whole, in the council's order, in `a`; `readings` from readings_all.
const struct outlook *outlooks_all(const struct council *c, const struct reading *readings,
                                   struct arena *a);

const char *outlook_kind_code(enum outlook_kind k); // "computed", "manual", "outturn"; "" for none

#endif
