// CSV, as people keep it (RFC 4180 with CRLF or LF, a BOM, quotes) and as we write it.
//
// The reader walks bytes in memory (a mapped file or a body) and never copies a cell that has no
// doubled quotes in it: cells are slices that live as long as the bytes, or the arena.
#ifndef GT_BASE_CSV_H
#define GT_BASE_CSV_H

#include "base/buf.h"
#include "base/err.h"

struct slice {
    const char *text; // not NUL-ended
    size_t length;
};

enum { CSV_COLUMNS_MAX = 2000, CSV_CELL_MAX = 1 << 20 };

struct csv {
    const char *name; // for messages
    const char *at, *end;
    struct arena *arena; // for unquoted cells and the row's slices
    struct slice *cells; // the row just read
    bool *quoted;        // whether each cell was quoted
    size_t count;
    size_t room;
    size_t row;  // 1 is the header, as a spreadsheet numbers rows (a row, not a line)
    size_t line; // first line of the row
    size_t next_line;
    char *scratch; // reused for cells with doubled quotes
    size_t scratch_room;
    size_t scratch_used;
};

// Starts reading; skips a UTF-8 BOM. Does not check the encoding (see utf8_guess).
struct csv csv_reader(struct arena *a, const char *name, const char *bytes, size_t length);

enum csv_result { CSV_ROW, CSV_END, CSV_FAULT };
// The next row into cells/count; rows that are wholly empty lines are skipped. On CSV_FAULT `e`
// says in one sentence what is wrong (an unclosed quote and where it opened, text after a closing
// quote, a cell or row over its limit), and the next call goes on with the line after the faulty
// one (after an unclosed quote: CSV_END). A lone CR counts as a line end. A quote inside a cell
// that does not start with one is an ordinary character. Cells of the row stay valid until the next
// call. Empty lines are skipped but counted in `row`.
enum csv_result csv_next(struct csv *c, struct err *e) MUST_CHECK;

// The cell as a NUL-ended copy in the arena, blanks (no-break spaces too) at both ends removed.
const char *csv_cell_text(struct arena *a, struct slice cell);
struct slice slice_trim(struct slice s);
bool slice_is(struct slice s, const char *text);

// Writing: minimal quoting (cells with , " CR LF or blanks at an end), `\n` line ends for the
// council folder, "\r\n" for downloads (RPT-34).
struct csv_writer {
    struct buf *out;
    const char *newline;
    bool started;    // a cell stands on this line
    bool lone_empty; // and it is the only one, and empty: written as "" or the row would be lost
    bool guard;      // RPT-34: text cells that start with = + - @ TAB get a leading '
};
struct csv_writer csv_writer(struct buf *out, const char *newline, bool guard);
void csv_text(struct csv_writer *w, const char *text); // NULL is an empty cell
void csv_textn(struct csv_writer *w, const char *text, size_t length);
void csv_number(struct csv_writer *w, const char *canonical); // a figure: never guarded or quoted
void csv_end_row(struct csv_writer *w);

#endif
