// Scores of 0 to 10 from a goal and a red flag, or from a band, and their roll-up (methods.md 7).
#ifndef GT_ENGINE_SCORE_H
#define GT_ENGINE_SCORE_H

#include "base/compiler.h"

enum score_colour { SCORE_COLOUR_NONE, SCORE_GREEN, SCORE_YELLOW, SCORE_RED };

// 10 (v - (R - d)) / 3d with d = G - R, kept within 0 and 10: 3.33 at the red flag, 6.67 at the
// goal, 0 at R - d, 10 at G + d. A goal under the red flag means lower is better. NaN when a figure
// is missing or the goal is the red flag.
double score_goal(double goal, double red_flag, double value);
// Goal or better green; worse than the red flag red; between (the red flag itself too) yellow.
enum score_colour score_goal_colour(double goal, double red_flag, double value);
const char *score_colour_code(enum score_colour c); // "green", "yellow", "red"; "" for none

// Inside [lower, upper] 10, falling straight to 0 at `tolerance` outside. Without a tolerance (0)
// outside is 0. NaN: a figure is missing, lower above upper, or a tolerance below 0.
double score_band(double lower, double upper, double tolerance, double value);

// Weighted mean of the scores present, their weights made to add up to 1. `weights` NULL: all
// equal; a missing or negative weight counts as 0. Every child belongs to the base of the coverage,
// scored or not.
struct score_rollup {
    double score;    // NaN under the minimum coverage
    double mean;     // the same whatever the coverage; NaN when nothing is scored
    double coverage; // share of the weight that is scored, 0 to 1; NaN without any weight
    size_t scored;
    size_t worst; // the lowest score (first of equals); SIZE_MAX when none is scored
};
#define SCORE_COVERAGE_LEAST 0.5
struct score_rollup score_roll_up(const double *scores, const double *weights, size_t count);

#endif
