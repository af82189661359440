// Where the results of `analyse` go: a bounded buffer in front of standard output.
#ifndef GT_CLI_ANALYSE_OUTPUT_H
#define GT_CLI_ANALYSE_OUTPUT_H

#include "cli/analyse_job.h"

enum { ANALYSE_OUTPUT_MAX = 64 << 20 };

struct grouping;

struct analyse_output {
    struct buf buf; // of the batch
    struct csv_writer writer;
    bool *carried; // by column of the input: whether it stands in front of the results
    bool carries;  // any
    size_t input_columns;
    size_t result_columns;
    bool has_error; // the column `error` is written
    bool gone;      // nobody reads any more
    size_t faults;  // rows refused
    size_t rows;
    struct grouping *grouping; // of a method that answers groups (analyse_group.c)
};

// Writes out what the buffer holds and empties it. A reader that went away sets `gone`.
bool analyse_flush(struct analyse_output *o, struct err *e) MUST_CHECK;
// The row of the input, unchanged, in front of its results. A row shorter than the header is filled
// up, so that the results stand under their heads.
void analyse_put_carried(struct analyse_output *o, const struct csv *row);
// The results, or with a fault blanks and the fault, to the end of the row.
void analyse_put_results(struct analyse *j, const char *fault);

#endif
