// Signal or noise: the XmR chart of NHS England's "Making Data Count" (methods.md 1).
//
// Pure: an array of figures in the order of their periods (NaN = a gap) goes in, limits, rules and
// icons come out. No allocation; the caller gives the arrays. For analysts: docs/methods/spc.md.
//
// Segments. A segment starts at every point that is marked (a step change that people agreed on;
// marked on a gap: at the first point after). Everything below is within one segment.
// Limits, from its first `fix_after` points (0: all). mean; m = mean of the moving ranges
// |y(i) - y(i-1)|; limits mean -/+ 2.66 m; near limits mean -/+ 2 * (2.66 / 3) m. Screening leaves
// out the moving ranges that are not below 3.267 times their mean, once; where that leaves m = 0
// or fewer than half of them, all are used (screen_fell_back). All values equal: the limits are
// the mean. One point, or none next to another: no limits (NaN), no rule fires.
// Rules. outside: beyond a limit (on it is inside). trend: `trend_length` points in a row each
// above (below) the one before; a tie breaks it. two in three: of three points in a row on one
// side of the mean two beyond the near limit; those two or three are marked; SPC_PLOTTHEDOTS does
// not count points beyond the limit itself. shift: `shift_length` points in a row on one side of
// the mean; a point on the mean breaks it.
// Type: the first of outside, trend, two in three, shift that fired. A point that ends one trend
// and starts another is of the later. Variation: the direction of the type in the light of
// `improvement`; SPC_MDC: improvement where any rule that fired says so.
// Gaps are left out of the sequence: no moving range is taken over two or more missing periods in
// a row, and trends, runs and windows of three end there; over one missing period they go on.
// Enough: SPC_MDC gives variation and assurance from `enough` (13) points in the segment, limits
// and rules of fewer are on trial; SPC_PLOTTHEDOTS from 2.
// Latest: the icons are those of the last point present; older than two periods: none.
#ifndef GT_ENGINE_SPC_H
#define GT_ENGINE_SPC_H

#include <math.h>

#include "base/compiler.h"

enum spc_profile {
    SPC_MDC,         // the Excel tool of Making Data Count: unscreened, icons from 13 points
    SPC_PLOTTHEDOTS, // the R package NHSRplotthedots: screened, icons from 2 points
    SPC_PROFILES,
};

enum improvement { IMPROVEMENT_NEUTRAL, IMPROVEMENT_INCREASE, IMPROVEMENT_DECREASE };

enum spc_limits { SPC_ENOUGH = 13, SPC_RUN = 7, SPC_STALE = 2 };

struct spc_how {
    enum spc_profile profile;
    bool screen;
    enum improvement improvement;
    size_t fix_after;               // points of each segment that set its limits; 0 = all
    int shift_length, trend_length; // at least 2
    size_t enough;                  // points of a segment for variation and assurance
    const double *reach; // by row, above nought: a point is neither outside nor beyond a near limit
                         // unless further than this from anywhere the mean may lie by chance
                         // (mean -/+ 2.66 m / sqrt(points)); NULL: every point may be
};

// The profile's own: 7 and 7; mdc unscreened and 13, plotthedots screened and 2. Neutral.
struct spc_how spc_how_default(enum spc_profile profile);

// What fired; bits of spc_point.flags.
enum spc_flag {
    SPC_OUTSIDE = 1,
    SPC_TREND = 2,
    SPC_TWO_IN_THREE = 4,
    SPC_SHIFT = 8,
};

enum spc_type {
    SPC_NO_TYPE, // a gap
    SPC_COMMON,
    SPC_ABOVE_UPPER,
    SPC_BELOW_LOWER,
    SPC_INCREASING,
    SPC_DECREASING,
    SPC_TWO_IN_THREE_HIGH,
    SPC_TWO_IN_THREE_LOW,
    SPC_SHIFT_HIGH,
    SPC_SHIFT_LOW,
    SPC_TYPES,
};

enum variation {
    VARIATION_NONE, // a gap, or not enough points to say
    VARIATION_COMMON_CAUSE,
    VARIATION_IMPROVEMENT_HIGH,
    VARIATION_IMPROVEMENT_LOW,
    VARIATION_CONCERN_HIGH,
    VARIATION_CONCERN_LOW,
    VARIATION_NEUTRAL_HIGH,
    VARIATION_NEUTRAL_LOW,
    VARIATION_COUNT,
};

enum assurance {
    ASSURANCE_NONE, // no target, neutral, or not enough points
    ASSURANCE_PASS,
    ASSURANCE_FAIL,
    ASSURANCE_INCONSISTENT, // hit and miss
    ASSURANCE_COUNT,
};

// Why the summary has no variation (and no assurance).
enum spc_why {
    SPC_WHY_NOT,     // it has one
    SPC_NO_POINTS,   // no figure at all
    SPC_ONE_POINT,   // a single point in the latest segment: no limits
    SPC_NO_RANGE,    // no two points near enough to each other: no limits
    SPC_TRIAL,       // fewer than `enough` points: trial limits
    SPC_OUT_OF_DATE, // no figure for more than SPC_STALE periods
};

struct spc_segment {
    size_t first, end; // rows [first, end); a gap before the first point belongs to the one before
    size_t present;    // points
    double mean, lower, upper; // NaN where there are none
    double near_lower, near_upper;
    double moving_range;   // m, as used
    bool is_trial;         // limits from too few points to say more (of SPC_MDC: 2 to 12)
    bool screen_fell_back; // screening kept too few: all moving ranges used
};

struct spc_point {
    uint32_t segment;
    uint8_t flags;     // spc_flag; 0 for a gap
    uint8_t type;      // enum spc_type
    uint8_t variation; // enum variation
};

// NaN = not given. A band (low to high, methods.md 1.4) goes before the target.
struct spc_target {
    double target, low, high;
};
#define SPC_NO_TARGET ((struct spc_target){NAN, NAN, NAN})

struct spc_summary {
    size_t points, segments;   // figures present; segments (0 when there is no row)
    double mean, lower, upper; // of the latest segment
    size_t latest;             // row of the last point present; 0 when there is none
    size_t missing_since;      // rows after it
    enum variation variation;  // of that point
    enum assurance assurance;  // of the target in force there
    enum spc_why why;
    bool is_trial, screen_fell_back; // of the latest segment
};

// How many segments `count` rows have: 0 for no rows, else 1 or more. `starts` may be NULL.
size_t spc_segments(const double *values, const bool *starts, size_t count);

// Evaluates `count` rows: `segments` has room for spc_segments(...), `points` for `count`. Returns
// the number of segments.
size_t spc_evaluate(const double *values, const bool *starts, size_t count,
                    const struct spc_how *how, struct spc_segment *segments,
                    struct spc_point *points);

// The summary of an evaluated series; `target` is the one in force at its latest point.
struct spc_summary spc_summarise(const struct spc_segment *segments, size_t segment_count,
                                 const struct spc_point *points, const double *values, size_t count,
                                 const struct spc_how *how, const struct spc_target *target);

// Can the process meet it? On a limit is hit and miss. Limits that are one line (all values equal)
// pass where that line is at the target or better, else fail; SPC_PLOTTHEDOTS without screening
// says hit and miss where the target is on that line, as the package does. NONE without limits,
// without a target, or (single target) where improvement is neutral.
enum assurance spc_assurance(double lower, double upper, const struct spc_how *how,
                             const struct spc_target *target);

bool variation_is_improvement(enum variation v);
bool variation_is_concern(enum variation v);
bool variation_is_special(enum variation v); // any rule fired

// Words of files and commands (FORMAT.md 5): "above_upper", "improvement_high", "pass"; "" for
// none. From text: false when not one of the words.
const char *spc_type_code(enum spc_type t);
const char *variation_code(enum variation v);
const char *assurance_code(enum assurance a);
const char *improvement_code(enum improvement i); // "increase", "decrease", "neutral"
bool improvement_from_text(const char *text, enum improvement *out) MUST_CHECK;
bool spc_profile_from_text(const char *text, enum spc_profile *out) MUST_CHECK; // "mdc", ...

#endif
