// One run of `analyse`: what the methods share. Rows come one by one, results go out one by one;
// the texts of a batch of rows live in the batch's arena.
//
// A method is one of three: it answers each row by itself (`row`), it keeps rows and answers at the
// end (`row` and `finish`), or it answers a group of rows at a time (`row_size` and `group`).
#ifndef GT_CLI_ANALYSE_JOB_H
#define GT_CLI_ANALYSE_JOB_H

#include "base/csv.h"
#include "base/decimal.h"
#include "engine/aggregate.h"
#include "model/value_cell.h"

enum { ANALYSE_COLUMNS_MAX = 24, ANALYSE_RESULTS_MAX = 48, ANALYSE_OPTIONS_MAX = 32 };

enum analyse_to { TO_QUARTER, TO_HALF, TO_YEAR, TO_YTD, TO_ROLLING3, TO_ROLLING12, TO_COUNT };

struct analyse_given {
    const char *name, *value; // value NULL: an option that takes none
};

struct analyse_options {
    const struct analyse_method *method;
    const char *file; // NULL: standard input
    bool help, keep_going;
    struct analyse_given given[ANALYSE_OPTIONS_MAX]; // those of the method, as they came
    size_t given_count;
    int decimals; // -1: as they come
    int year_start;
    int64_t multiplier; // of aggregate; 0: not given
    enum analyse_to to[TO_COUNT];
    size_t to_count;
    enum aggregation as[AGGREGATE_RATIO];
    size_t as_count;
};

struct analyse;
struct analyse_held;

// The rows that have the same text in the method's first column, in the order of the file.
struct analyse_group {
    const char *name;
    const void *rows; // count x row_size, as `row` filled them
    size_t count;
    const size_t *lines;
    struct analyse_held *const *held; // the frame's
};

struct analyse_method {
    const char *name;
    const char *summary; // one line of `analyse --help`
    const char *help;    // the whole of `analyse METHOD --help`
    // Columns it reads by name, NULL-ended; the first `required` must be there.
    const char *const *columns;
    size_t required;
    const char *const *results; // columns it adds, NULL-ended
    const char *const *options; // options beside those of every method, NULL-ended
    const char *const *flags;   // options without a value, NULL-ended; may be NULL
    bool one_to_one;            // a result row for each row; else finish writes them
    bool always_error;          // the column `error` is part of the result; a fault stops nothing
    size_t row_size;            // bytes of j->parsed; not nought for a method with `group`
    // After the header was read, before one is written: checks what the columns that are there
    // allow, reads the method's options; may set j->names and j->one_to_one. May be NULL.
    bool (*start)(struct analyse *j, struct err *e);
    // One row: fills j->results (with `group`: j->parsed) and returns true, or returns false with
    // j->fault, one sentence.
    bool (*row)(struct analyse *j);
    // After the last row of a group (what `row` left in j->arena still stands): one-to-one methods
    // answer each row by analyse_group_put, others give any number of rows by analyse_put.
    bool (*group)(struct analyse *j, const struct analyse_group *g, struct err *e);
    // After the last row, as long as it sets `more`: each call has a batch to itself. May be NULL.
    bool (*finish)(struct analyse *j, bool *more, struct err *e);
};

extern const struct analyse_method analyse_method_period, analyse_method_status,
    analyse_method_travel, analyse_method_aggregate;
extern const struct analyse_method analyse_method_spc, analyse_method_shift;
extern const struct analyse_method analyse_method_trend, analyse_method_forecast;
extern const struct analyse_method analyse_method_interval, analyse_method_standardise,
    analyse_method_mean;
extern const struct analyse_method analyse_method_compare, analyse_method_against,
    analyse_method_score;
extern const struct analyse_method analyse_method_run_chart, analyse_method_proportion_chart,
    analyse_method_funnel, analyse_method_turning, analyse_method_suppress,
    analyse_method_timeliness;

struct analyse {
    const struct analyse_options *options;
    struct arena *kept;                      // lives as long as the run
    struct arena *arena;                     // lives as long as the batch
    size_t line;                             // of the row
    struct slice cells[ANALYSE_COLUMNS_MAX]; // of the method's columns, trimmed
    bool has[ANALYSE_COLUMNS_MAX];           // whether the input has the column
    const char *const *names;                // of the results, NULL-ended
    bool one_to_one;
    const char *results[ANALYSE_RESULTS_MAX];
    void *parsed;      // of a grouped method: row_size zeroed bytes for the row
    const char *fault; // why the row is refused
    void *state;       // the method's own
    struct analyse_output *output;
    struct buf *digits; // where a number is written before its text is kept
};

// --- Cells. Each returns false with j->fault naming the column, what stood there, what would do.
// A number, as people keep them (model/value_cell.h; £ and % are taken) or as programs write
// doubles; absent when the cell is blank, holds a mark of FORMAT.md 4 or the column is not there.
bool analyse_number(struct analyse *j, size_t column, struct dec *out) MUST_CHECK;
// The same as a double: to the last digit as written; NaN when absent.
bool analyse_double(struct analyse *j, size_t column, double *out) MUST_CHECK;
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
// So that it reads back as the same double, or rounded to --decimals; "" for NaN and infinity.
const char *analyse_double_text(const struct analyse *j, double value);

// --- Rows, for `finish` and `group`: writes j->results as one row of output.
void analyse_put(struct analyse *j);
// For `group` of a one-to-one method: j->results stand beside row `i` of the group. A row that was
// not answered has blanks.
void analyse_group_put(struct analyse *j, const struct analyse_group *g, size_t i);
// For `group`: refuses row `i`, as analyse_refuse below; what it says lives as long as the run's
// arena or is copied.
bool analyse_group_refuse(struct analyse *j, const struct analyse_group *g, size_t i,
                          const char *fault, struct err *e) MUST_CHECK;
// Refuses what stands on `line`: a row of output with the fault in `error` under --keep-going; else
// fills `e` and returns false.
bool analyse_refuse(struct analyse *j, size_t line, const char *fault, struct err *e) MUST_CHECK;

// Reads the input, writes the output; what went wrong is in `e`, with its line in the message.
bool analyse_run(const struct analyse_options *o, struct arena *kept, struct err *e) MUST_CHECK;

// --- Options.
// Texts live in e->arena or argv.
bool analyse_options_parse(struct analyse_options *o, int argc, char **argv,
                           struct err *e) MUST_CHECK;
// The value of an option as given, the last one where it was given twice; NULL when it was not.
const char *analyse_option(const struct analyse_options *o, const char *name);
bool analyse_flag(const struct analyse_options *o, const char *name);
// The words of a list "a,b": their places in `words` (NULL-ended) in the order given, none twice.
// `chosen` has room for all; *ret_count is 0 when the option was not given.
bool analyse_option_words(const struct analyse_options *o, const char *name,
                          const char *const *words, size_t *chosen, size_t *ret_count,
                          struct err *e) MUST_CHECK;
// One word: its place in `words`, `fallback` when the option was not given.
bool analyse_option_word(const struct analyse_options *o, const char *name,
                         const char *const *words, size_t fallback, size_t *out,
                         struct err *e) MUST_CHECK;
const char *analyse_to_text(enum analyse_to to);
const struct analyse_method *const *analyse_methods(void); // NULL-ended

#endif
