// The pieces of engine/spc.c: limits of one segment, rules of one segment.
#ifndef GT_ENGINE_SPC_RULES_H
#define GT_ENGINE_SPC_RULES_H

#include "engine/spc.h"

// 3 / d2 for two points and D4, as Making Data Count rounds them (methods.md 1.1).
#define SPC_LIMIT_FACTOR 2.66
#define SPC_NEAR_FACTOR (2 * (SPC_LIMIT_FACTOR / 3))
#define SPC_SCREEN_FACTOR 3.267
// Missing periods in a row that end a moving range, a run, a trend.
enum { SPC_GAP = 2 };

// Fills everything but first and end, from the rows [first, end).
void spc_limits(const double *values, const struct spc_how *how, struct spc_segment *segment);
// Flags, types and variation of the segment's points; what stood there is replaced.
void spc_rules(const double *values, const struct spc_how *how, const struct spc_segment *segment,
               struct spc_point *points);
// The type by priority and the variation of a point; `trend` is -1, 0 or 1, `side` that of the
// mean (-1, 0, 1).
enum spc_type spc_type_of(unsigned flags, int side, int trend);
enum variation spc_variation_of(unsigned flags, int side, int trend, const struct spc_how *how);

#endif
