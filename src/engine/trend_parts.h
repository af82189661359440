// Shared by the files of trend.h only.
#ifndef GT_ENGINE_TREND_PARTS_H
#define GT_ENGINE_TREND_PARTS_H

#include "engine/trend.h"

// Cannot be calculated, with nothing but `n` told.
struct trend_result trend_cannot(enum trend_reason reason, size_t n);
size_t trend_present(const struct trend_point *points, size_t count);

#endif
