// Rows of CSV from a file or a pipe, a block at a time: memory does not grow with the input.
//
// base/csv.h walks bytes in memory; here whole rows are handed to it (a line end inside quotes ends
// no row), and what is left of a block waits for the next.
#ifndef GT_CLI_ROW_READER_H
#define GT_CLI_ROW_READER_H

#include "base/csv.h"

enum { ROW_BYTES_MAX = 8 << 20 };

// What the last byte looked at was, for finding the end of a row.
enum row_state { ROW_CELL_START, ROW_PLAIN, ROW_QUOTED, ROW_QUOTE_IN_QUOTED, ROW_AFTER_CR };

struct row_reader {
    struct csv csv; // the row just read: cells, count, line
    int fd;
    const char *name;
    char *block;
    size_t room, used;
    size_t ready;   // whole rows end here
    size_t scanned; // looked at for ends of rows up to here
    enum row_state state;
    bool started, ended;
    size_t fault_line; // where a fault is, for the message
    struct arena *arena;
};

// Opens `path`, or standard input for NULL and "-". The file is closed with the arena.
bool row_reader_open(struct row_reader *r, struct arena *a, const char *path,
                     struct err *e) MUST_CHECK;

// The next row into r->csv, valid until the next call. On CSV_FAULT `e` says what is wrong (bad
// quoting, not UTF-8, a row over ROW_BYTES_MAX, the file cannot be read) and `fault_line` where.
enum csv_result row_reader_next(struct row_reader *r, struct err *e) MUST_CHECK;

#endif
