// The frame of a run, for its own files: reading rows, and answering them one by one
// (analyse_run.c) or a group at a time (analyse_group.c).
#ifndef GT_CLI_ANALYSE_RUN_H
#define GT_CLI_ANALYSE_RUN_H

#include "cli/analyse_output.h"
#include "cli/row_reader.h"

enum {
    BATCH_LIMIT = 256 << 20, // one row may need much; a batch ends long before
    BATCH_ENOUGH = 1 << 20,
    OUTPUT_ENOUGH = 1 << 16,
};

struct run {
    struct analyse job;
    struct analyse_output output;
    struct row_reader reader;
    size_t at[ANALYSE_COLUMNS_MAX]; // where each column of the method stands in the input
    struct err *e;
    bool more;
};

// The next row that is not blank: its cells in r->job, results and fault empty. False at the end
// (`more` false) and at what no method can read (`more` true, r->e set).
bool run_next(struct run *r) MUST_CHECK;
// Hands the row to the method; false with r->job.fault.
bool run_take(struct run *r) MUST_CHECK;

// Runs a method that answers groups, from the first row to the last.
bool run_groups(struct run *r) MUST_CHECK;

#endif
