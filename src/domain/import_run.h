// Inside an import: what its parts share. Only src/domain/import_*.c include this.
//
//   import.c          the run: order of things, the transaction, counts
//   import_source.c   which files, and their encoding
//   import_header.c   what their columns are: which cell makes which column of ours
//   import_files.c    the files of a kind, row by row
//   import_read.c     a row to canonical cells
//   import_figure.c   cells whose meaning hangs on the measure: figures and periods
//   import_measures.c what is known of each measure; new ones for mapped files
//   import_codes.c    what references may point at
//   import_narrow.c   of a change: only the rows it hangs on
//   import_order.c    rows in the order of the record's keys; rows given twice
//   import_merge.c    rows against the record: created, updated, unchanged; writing
//   import_versions.c the same for kinds with versions
//   import_trail.c    whether a row may be written, and its event in the audit trail
//   import_report.c   refusals and counts
//   framework.c       what must hold of the whole record afterwards
#ifndef GT_DOMAIN_IMPORT_RUN_H
#define GT_DOMAIN_IMPORT_RUN_H

#include "base/csv.h"
#include "base/decimal.h"
#include "base/grow.h"
#include "domain/import.h"
#include "domain/text_table.h"
#include "domain/trail.h"
#include "engine/aggregate.h"
#include "model/value_cell.h"
#include "store/write.h"

enum { IMPORT_FILE_MAX = 1 << 30, IMPORT_ROWS_MAX = 20000000 };

// How one of our columns is made from a row of the file.
struct given {
    int column; // position in the descriptor
    size_t from[MAPPING_PARTS_MAX];
    size_t from_count;
    struct slice constant; // text NULL: none
    bool numbered;         // the number of the row among those taken
};

struct period_column { // of a wide file
    size_t from;
    struct slice label;
};

struct row_filter {
    size_t from;
    struct slice value;
};

// A row that was not read from a file but told through the door.
struct import_told {
    enum who_action action;
    struct slice *cells; // every column in the descriptor's order, as typed
    const char *seen;    // what the row was when it was looked at; NULL: nothing stood there
    const char *reason;
};

struct import_source {
    struct import_run *run;
    const struct import_told *told; // NULL: a file
    const char *path, *name;
    size_t file; // index in the run's files
    const struct descriptor *kind;
    const struct import_mapping *mapping;
    const char *bytes; // the file in memory
    size_t length;
    const struct slice *header;
    size_t header_count;
    struct given given[COLUMNS_MAX]; // in the descriptor's order
    size_t given_count;
    int place[COLUMNS_MAX];       // of a column among a row's cells; -1: the file has none
    size_t cell_count;            // cells a row holds: the given ones and those made with them
    int cell_column[COLUMNS_MAX]; // column of each cell
    struct import_source *made;   // where measures made for this file stand; NULL: none yet
    const struct given *extra;    // columns of new measures
    size_t extra_count;
    const struct period_column *periods; // wide
    size_t period_count;
    const struct row_filter *filters;
    size_t filter_count;
};

// A cell that the file says nothing of, in a row that could hold it: a marker beside a figure when
// the file has no such column. The record's own cell stands.
extern const char import_silent[];

struct import_row {
    struct slice *cells; // by import_source.place; text NULL: blank
    const struct import_source *source;
    uint32_t row;     // in the file
    uint32_t measure; // number in run->measures; TEXT_TABLE_NONE where the kind has none
};

struct import_table {
    struct grow rows;    // struct import_row
    struct grow sources; // struct import_source *
    bool unreadable;     // a file of this kind was refused as a whole: its codes are not known
};

// What a figure's cells are read by.
struct import_measure {
    struct value_how how;
    enum period_kind frequency; // PERIOD_NONE for term and other
    enum aggregation aggregation;
    const char *frequency_word;
    bool computed; // by a formula: no figure of it is taken
    bool retired;
    day retired_on;
    bool broken; // its own row was refused: what hangs on it is not judged
};

struct import_run {
    struct db *db;
    struct arena *arena;
    const struct import_options *options;
    struct err *err;
    struct grow files;    // struct import_file
    struct grow refusals; // struct import_refusal, those listed
    size_t refused;
    const char *organisation;
    bool new_organisation;
    bool told; // through the door: every row is of an import_told
    int year_start;
    struct import_table tables[KIND_COUNT];
    struct store_rows existing[KIND_COUNT]; // what stands in the record, once loaded
    bool existing_loaded[KIND_COUNT];
    struct text_table codes[KIND_COUNT]; // of the record and of this run
    bool codes_loaded[KIND_COUNT];
    struct grow measures;      // struct import_measure, by number in codes[KIND_MEASURE]
    struct text_table titles;  // of measures, for mapped files
    struct grow title_measure; // uint32_t: number of the measure, by number of the title
    struct text_table period_labels[PERIOD_SPAN + 1]; // by hint
    struct grow period_found[PERIOD_SPAN + 1];        // struct import_period, by number of label
    size_t work_done, work_all;                       // bytes and rows, for the progress
    size_t nearest_told;
    bool changed;
    struct db *open;          // the connection while its transaction is; else NULL
    bool removed[KIND_COUNT]; // rows of these kinds went
    const struct who *who;
    const char *denied; // why `who` may not; NULL: they may
    // The first row that is no longer what was seen; before NULL where it is gone.
    const struct import_source *conflict;
    const struct slice *conflict_before, *conflict_after;
    struct trail trail; // of the audit: what this run leaves there
};

// ---- import_report.c ----
// Refuses; returns false. `column` NULL: the row; row 0: the file. Texts are copied.
bool import_refuse(struct import_run *run, const struct import_source *s, size_t row,
                   const char *column, struct slice found, const char *why);
// For a refusal of a row already read: names our column as the file's header has it.
bool import_refuse_cell(struct import_run *run, const struct import_row *r, int column,
                        const char *why);
bool import_is_full(const struct import_run *run); // too many refusals: stop reading
struct import_file *import_file_of(struct import_run *run, const struct import_source *s);
void import_progress(struct import_run *run, const char *doing, size_t done);

// ---- import_source.c ----
// Every file the paths name, sorted into run->tables. False on failures of the run itself.
bool import_find(struct import_run *run, const char *const *paths, size_t count) MUST_CHECK;
// Maps the file, checks its encoding and resolves its header. False: refused, or failed (run->err).
bool import_open(struct import_source *s, struct csv *csv) MUST_CHECK;

// ---- import_header.c ----
// Says which of our columns each row fills, from s->header and the mapping. False: refused.
bool import_resolve_header(struct import_source *s) MUST_CHECK;
// The header of the file that gives this column, for messages; our own name when there is none.
const char *import_header_of(const struct import_source *s, int column);

// ---- import_files.c ----
// Every file of this kind, row by row.
bool import_read(struct import_run *run, enum kind kind) MUST_CHECK;

// ---- import_read.c ----
// The row the reader stands on, into the table of its kind; what is wrong with it is refused.
void import_read_row(struct import_source *s, struct csv *csv);
// The cell of a column; text NULL where blank, or where the file has no such column.
struct slice import_cell(const struct import_row *r, int column);
bool import_has(const struct import_row *r, int column); // the file has the column
struct import_row *import_add_row(struct import_run *run, const struct import_source *s,
                                  struct slice *cells, size_t row, uint32_t measure);
struct slice import_keep(struct import_source *s, struct slice cell);

// ---- import_figure.c ----
// Reads the raw cell of a period column; the canonical id into `out`. `marker` gets a marker that
// stood in brackets behind the label (text NULL: none).
bool import_read_period(struct import_run *run, const struct import_source *s, size_t row,
                        const char *header, struct slice raw, const struct import_measure *m,
                        struct slice *out, struct slice *marker) MUST_CHECK;
bool import_read_value(struct import_run *run, const struct import_source *s, size_t row,
                       const char *header, int column, struct slice raw,
                       const struct import_measure *m, struct slice *cells) MUST_CHECK;
// What must hold between the cells of one row; each fault is refused.
bool import_check_row(struct import_run *run, const struct import_row *r) MUST_CHECK;

// ---- import_measures.c ----
bool import_know_measures(struct import_run *run) MUST_CHECK;
const struct import_measure *import_measure(const struct import_run *run, uint32_t number);
// The measure a mapped file means by this text: its code, its title, or (make_measures) a new one.
uint32_t import_mapped_measure(struct import_source *s, const struct csv *csv, struct slice text);

// ---- import_codes.c ----
bool import_existing(struct import_run *run, enum kind kind) MUST_CHECK; // loads run->existing
bool import_know_codes(struct import_run *run, enum kind kind) MUST_CHECK;
// Every reference of the rows read points at something.
bool import_check_references(struct import_run *run) MUST_CHECK;
const char *import_nearest_code(struct import_run *run, enum kind kind, struct slice code);

// ---- import_narrow.c ----
// Of a run that is told: run->existing of the kind with only the rows that its changes name or
// refer to, where all of them are there.
bool import_narrow(struct import_run *run, enum kind kind, bool *ret_enough) MUST_CHECK;

// ---- import_merge.c ----
void import_sort(struct import_run *run, enum kind kind); // refuses rows given twice
bool import_write(struct import_run *run, enum kind kind) MUST_CHECK;

// ---- import.c ----
void import_start(struct import_run *run, struct db *db, struct arena *a,
                  const struct import_options *options, struct err *e);
// The run's transaction. When memory runs out in between, it is rolled back as the arena is freed:
// the connection may belong to somebody who lives longer.
bool import_begin(struct import_run *run) MUST_CHECK;
bool import_end(struct import_run *run, bool keep) MUST_CHECK;
// Inside the transaction, once the sources stand in run->tables: reads, checks and writes all of
// them. False: the run itself failed; refusals are counted in run->refused.
bool import_work(struct import_run *run) MUST_CHECK;

// ---- import_trail.c ----
// A row about to be written: `before` (its version, of kinds with versions) NULL where nothing
// stood there. False: refused.
bool import_may(struct import_run *run, const struct import_row *r, const struct slice *before,
                int version, const struct slice *after) MUST_CHECK;
// Its event; returns the sequence.
uint64_t import_note(struct import_run *run, const struct import_row *r, const struct slice *before,
                     const struct slice *after, int version);

#endif
