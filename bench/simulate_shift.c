// How soon a shift of the mean is found, against the run lengths that the rules predict.
#include <math.h>
#include <string.h>

#include "engine/spc.h"
#include "engine/special.h"
#include "simulate.h"

enum { BASELINE = 12, PAUSE = 2, START = BASELINE + PAUSE, ROWS = START + 4000, BACK = 20 };
#define HALF_STEP (3 / (2 * 2.66)) // limits at three standard deviations

// --- Prediction: a chain of states (side, length of the run there, which of the last two are far)

enum { SIDES = 2, STATES = SIDES * (SPC_RUN - 1) * 4 };

struct chances {
    double out[SIDES], far[SIDES], near[SIDES]; // beyond the limit, the near limit, neither
};

static struct chances chances_of(double shift)
{
    struct chances c;
    for (int side = 0; side < SIDES; side++) {
        double mean = side == 0 ? shift : -shift;
        c.out[side] = normal_upper(3 - mean);
        c.far[side] = normal_upper(2 - mean) - c.out[side];
        c.near[side] = normal_upper(-mean) - normal_upper(2 - mean);
    }
    return c;
}

static int state_of(int side, int length, int fars)
{
    return (side * (SPC_RUN - 1) + length - 1) * 4 + fars;
}

// Where the next point leads, or -1: a signal. `fars`: bit 0 the last point, bit 1 the one before.
static int next_state(int state, int side, bool far)
{
    int fars = state % 4, length = state / 4 % (SPC_RUN - 1) + 1, was = state / 4 / (SPC_RUN - 1);
    if (side != was) {
        return state_of(side, 1, far);
    }
    // The last three on one side, two of them far.
    bool window = length >= 2 && (fars & 1) + (fars >> 1 & 1) + far >= 2;
    if (length + 1 >= SPC_RUN || window) {
        return -1;
    }
    return state_of(side, length + 1, (fars << 1 & 2) | far);
}

// Expected number of points until outside, two in three or shift, from a fresh start. Of the rules
// only the trend is left out: it needs the order of the figures.
static double predict_run(double shift)
{
    struct chances c = chances_of(shift);
    double length[STATES] = {0}, before[STATES];
    double change = 1;
    while (change > 1e-12) {
        memcpy(before, length, sizeof before);
        change = 0;
        for (int s = 0; s < STATES; s++) {
            length[s] = 1;
            for (int side = 0; side < SIDES; side++) {
                int far = next_state(s, side, true), near = next_state(s, side, false);
                length[s] += far < 0 ? 0 : c.far[side] * before[far];
                length[s] += near < 0 ? 0 : c.near[side] * before[near];
            }
            change = fmax(change, fabs(length[s] - before[s]) / length[s]);
        }
    }
    double run = 1;
    for (int side = 0; side < SIDES; side++) {
        run += c.far[side] * length[state_of(side, 1, 1)];
        run += c.near[side] * length[state_of(side, 1, 0)];
    }
    return run;
}

// --- Found

// Points from `START` until the chart as known then has a mark by one of `rules`. A mark may stand
// on a point before the last: what matters is when it can first be seen.
static size_t run_until(const double *values, unsigned rules, size_t longest)
{
    struct spc_point points[START + BACK];
    struct spc_how how = spc_how_default(SPC_MDC);
    how.fix_after = BASELINE;
    for (size_t n = 1; n <= longest; n++) {
        // Nothing that is further back than a run can matter to the newest point.
        size_t skip = n > BACK ? n - BACK : 0;
        double window[START + BACK];
        memcpy(window, values, START * sizeof(double));
        memcpy(window + START, values + START + skip, (n - skip) * sizeof(double));
        struct spc_segment segment;
        spc_evaluate(window, NULL, START + n - skip, &how, &segment, points);
        for (size_t i = START; i < START + n - skip; i++) {
            if (points[i].flags & rules) {
                return n;
            }
        }
    }
    return longest;
}

struct runs {
    struct tally three, four; // of outside, two in three, shift; and with the trend
    size_t later;             // runs in which all four rules were later than the three
};

static struct runs find_runs(struct dice *d, double shift, size_t size)
{
    double values[ROWS];
    struct runs found = {0};
    for (size_t i = 0; i < START; i++) {
        values[i] = i >= BASELINE ? NAN : i % 2 == 0 ? HALF_STEP : -HALF_STEP;
    }
    for (size_t run = 0; run < size; run++) {
        for (size_t i = START; i < ROWS; i++) {
            values[i] = shift + dice_normal(d);
        }
        unsigned rules = SPC_OUTSIDE | SPC_TWO_IN_THREE | SPC_SHIFT;
        size_t three = run_until(values, rules, ROWS - START);
        size_t four = run_until(values, rules | SPC_TREND, ROWS - START);
        tally_add(&found.three, (double)three);
        tally_add(&found.four, (double)four);
        found.later += four > three;
    }
    return found;
}

void simulate_shift(struct table *t, struct dice *d, size_t size)
{
    struct runs moved = find_runs(d, 1.5, size / 2), stable = find_runs(d, 0, size / 50);
    table_head("Points until the first signal, limits known to be at three standard deviations",
               "");
    table_line(t, "after a shift of 1.5: outside, two in three, shift", &moved.three,
               predict_run(1.5), 0, 1);
    table_told(t, "after a shift of 1.5: all four rules", &moved.four, 1);
    table_never(t, "after a shift of 1.5: the trend makes it later", moved.later, moved.four.count);
    table_line(t, "nothing changes: outside, two in three, shift", &stable.three, predict_run(0), 0,
               1);
    table_told(t, "nothing changes: all four rules", &stable.four, 1);
}
