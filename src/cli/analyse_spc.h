// `analyse spc` and `analyse shift`: one series as rows of a group, ready for the engine.
#ifndef GT_CLI_ANALYSE_SPC_H
#define GT_CLI_ANALYSE_SPC_H

#include "cli/analyse_job.h"
#include "engine/spc.h"

// One row. Texts live in the batch.
struct spc_row {
    const char *period;
    double value;                              // NaN: a gap
    double target, target_lower, target_upper; // NaN: blank
    int fix_after;                             // 0: blank
    bool starts;                               // a segment starts here
    bool has_improvement;
    enum improvement improvement;
};

// A series without the rows that were refused; all in the batch's arena.
struct spc_series {
    const char *name;
    size_t count;
    size_t *places; // of each row in the group
    const char **periods;
    double *values;
    bool *starts;
    struct spc_how how;
    struct spc_target target; // in force at the latest row that has one
};

// The columns series, period and value, which stand first in both methods.
enum { SPC_SERIES, SPC_PERIOD, SPC_VALUE };
// Reads period and value of a row.
bool spc_row_read(struct analyse *j, struct spc_row *row) MUST_CHECK;
// The rows of a group, but for those whose period stood before: they are refused here. `how` is
// what the options say; the series' own columns go before.
bool spc_series_gather(struct analyse *j, const struct analyse_group *g, const struct spc_how *how,
                       struct spc_series *out, struct err *e) MUST_CHECK;

// Of methods that read nothing else (run_chart, shift): their columns, a row, a group.
extern const char *const SPC_COLUMNS_PLAIN[];
bool spc_row_read_plain(struct analyse *j) MUST_CHECK;
bool spc_series_gather_plain(struct analyse *j, const struct analyse_group *g,
                             struct spc_series *out, struct err *e) MUST_CHECK;

// `analyse spc --summary`: names of its columns, and the row of one series.
extern const char *const ANALYSE_SPC_SUMMARY[];
void spc_put_summary(struct analyse *j, const struct spc_series *s,
                     const struct spc_segment *segments, size_t segment_count,
                     const struct spc_point *points);

#endif
