// One run of `analyse`: what the four methods share. Rows come one by one, results go out one by
// one; the texts of a batch of rows live in the batch's arena.
#ifndef GT_CLI_ANALYSE_JOB_H
#define GT_CLI_ANALYSE_JOB_H

#include "base/csv.h"
#include "base/decimal.h"
#include "engine/aggregate.h"
#include "model/value_cell.h"

enum { ANALYSE_COLUMNS_MAX = 24 };

enum analyse_to { TO_QUARTER, TO_HALF, TO_YEAR, TO_YTD, TO_ROLLING3, TO_ROLLING12, TO_COUNT };

struct analyse_options {
    const struct analyse_method *method;
    const char *file; // NULL: standard input
    bool help, keep_going;
    int decimals; // -1: as they come
    int year_start;
    int64_t multiplier;
    enum analyse_to to[TO_COUNT];
    size_t to_count;
    enum aggregation as[AGGREGATE_RATIO];
    size_t as_count;
};

struct analyse;

struct analyse_method {
    const char *name;
    const char *summary; // one line of `analyse --help`
    const char *help;    // the whole of `analyse METHOD --help`
    // Columns it reads by name, NULL-ended; the first `required` must be there.
    const char *const *columns;
    size_t required;
    const char *const *results; // columns it adds, NULL-ended
    const char *const *options; // options beside those of every method, NULL-ended
    bool one_to_one;            // a result row for each row; else finish writes them
    bool always_error;          // the column `error` is part of the result; a fault stops nothing
    // Checks what the columns that are there allow; may be NULL.
    bool (*start)(struct analyse *j, struct err *e);
    // One row: fills j->results and returns true, or returns false with j->fault, one sentence.
    bool (*row)(struct analyse *j);
    // After the last row, as long as it sets `more`: each call has a batch to itself. May be NULL.
    bool (*finish)(struct analyse *j, bool *more, struct err *e);
};

extern const struct analyse_method analyse_method_period, analyse_method_status,
    analyse_method_travel, analyse_method_aggregate;

struct analyse {
    const struct analyse_options *options;
    struct arena *kept;                      // lives as long as the run
    struct arena *arena;                     // lives as long as the batch
    size_t line;                             // of the row
    struct slice cells[ANALYSE_COLUMNS_MAX]; // of the method's columns, trimmed
    bool has[ANALYSE_COLUMNS_MAX];           // whether the input has the column
    const char *results[ANALYSE_COLUMNS_MAX];
    const char *fault; // why the row is refused
    void *state;       // the method's own
    struct analyse_output *output;
};

// --- Cells. Each returns false with j->fault naming the column, what stood there, what would do.
// A number, as people keep them (model/value_cell.h; £ and % are taken) or as programs write
// doubles; absent when the cell is blank, holds a mark of FORMAT.md 4 or the column is not there.
bool analyse_number(struct analyse *j, size_t column, struct dec *out) MUST_CHECK;
// What the mark in the cell says; none for figures and blanks.
enum marker analyse_marker(const struct analyse *j, size_t column);
// A whole number from `least` to `most`; `fallback` when blank.
bool analyse_whole(struct analyse *j, size_t column, int least, int most, int fallback,
                   int *out) MUST_CHECK;
bool analyse_is_blank(const struct analyse *j, size_t column);
const char *analyse_text(const struct analyse *j, size_t column); // NUL-ended, in the batch
bool analyse_fault(struct analyse *j, const char *format, ...) PRINTF_LIKE(2, 3); // false

// "value "abc"", shortened, for messages.
const char *analyse_shown(const struct analyse *j, size_t column);
// A number so that it reads back as the same double, or rounded to --decimals; "" when absent.
const char *analyse_figure(const struct analyse *j, struct dec value, bool is_exact);

// --- Rows, for `finish`: writes j->results as one row of output.
void analyse_put(struct analyse *j);
// Refuses what stands on `line`: a row of output with the fault in `error` under --keep-going; else
// fills `e` and returns false.
bool analyse_refuse(struct analyse *j, size_t line, const char *fault, struct err *e) MUST_CHECK;

// Reads the input, writes the output; what went wrong is in `e`, with its line in the message.
bool analyse_run(const struct analyse_options *o, struct arena *kept, struct err *e) MUST_CHECK;

// --- Options.
// Texts live in e->arena or argv.
bool analyse_options_parse(struct analyse_options *o, int argc, char **argv,
                           struct err *e) MUST_CHECK;
const char *analyse_to_text(enum analyse_to to);
const struct analyse_method *const *analyse_methods(void); // NULL-ended

#endif
