#include "base/csv.h"

#include <string.h>

// What ends the run of plain bytes in a cell.
static const bool ENDS_CELL[256] = {[','] = true, ['\n'] = true, ['\r'] = true};

enum { FIRST_ROOM = 64, FIRST_SCRATCH = 1024 };

struct csv csv_reader(struct arena *a, const char *name, const char *bytes, size_t length)
{
    if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        bytes += 3;
        length -= 3;
    }
    return (struct csv){
        .name = name, .at = bytes, .end = bytes + length, .arena = a, .next_line = 1};
}

// Past one line end: LF, CR LF or a lone CR.
static void skip_line_end(struct csv *c)
{
    if (*c->at == '\r' && c->at + 1 < c->end && c->at[1] == '\n') {
        c->at++;
    }
    c->at++;
    c->next_line++;
}

static void skip_rest_of_line(struct csv *c)
{
    while (c->at < c->end && *c->at != '\n' && *c->at != '\r') {
        c->at++;
    }
    if (c->at < c->end) {
        skip_line_end(c);
    }
}

static void count_lines(struct csv *c, const char *from, const char *to)
{
    for (const char *at = from; at < to; at++) {
        bool lone_cr = *at == '\r' && (at + 1 == c->end || at[1] != '\n');
        c->next_line += *at == '\n' || lone_cr;
    }
}

// Room for one more cell; the old slices stay readable, for the arena frees nothing.
static void make_room(struct csv *c)
{
    if (c->count < c->room) {
        return;
    }
    size_t room = c->room == 0 ? FIRST_ROOM : c->room * 2;
    c->cells = arena_grow(c->arena, c->cells, c->count, room, sizeof *c->cells);
    c->quoted = arena_grow(c->arena, c->quoted, c->count, room, sizeof *c->quoted);
    c->room = room;
}

static char *scratch_for(struct csv *c, size_t length)
{
    if (c->scratch_room - c->scratch_used < length) {
        // Cells already read from this row point into the old block, which therefore stays.
        size_t room = c->scratch_room == 0 ? FIRST_SCRATCH : c->scratch_room * 2;
        c->scratch_room = room < length ? length : room;
        c->scratch = arena_alloc(c->arena, c->scratch_room);
        c->scratch_used = 0;
    }
    char *at = c->scratch + c->scratch_used;
    c->scratch_used += length;
    return at;
}

// The text between `from` and `to` with each doubled quote made one.
static struct slice undouble(struct csv *c, const char *from, const char *to)
{
    char *out = scratch_for(c, (size_t)(to - from));
    size_t length = 0;
    while (from < to) {
        const char *quote = memchr(from, '"', (size_t)(to - from));
        size_t run = quote == NULL ? (size_t)(to - from) : (size_t)(quote + 1 - from);
        memcpy(out + length, from, run);
        length += run;
        from += run + (quote != NULL); // past the second quote of the pair
    }
    return (struct slice){out, length};
}

static enum csv_result too_long(struct csv *c, struct err *e)
{
    err_set(e, ERR_INPUT,
            "%s, row %zu: the cell in column %zu is longer than %d bytes; shorten it or check "
            "for a missing closing quote.",
            c->name, c->row, c->count + 1, CSV_CELL_MAX);
    return CSV_FAULT;
}

// A cell that starts with a quote; `at` stands on it. Leaves `at` on what ends the cell.
static enum csv_result read_quoted(struct csv *c, struct slice *out, struct err *e)
{
    const char *from = c->at + 1;
    const char *at = from;
    bool doubled = false;
    for (;;) {
        const char *quote = memchr(at, '"', (size_t)(c->end - at));
        if (quote == NULL) {
            size_t line = c->next_line;
            c->at = c->end;
            err_set(e, ERR_INPUT,
                    "%s, row %zu: the quote that opens in column %zu on line %zu is never closed; "
                    "add the closing quote.",
                    c->name, c->row, c->count + 1, line);
            return CSV_FAULT;
        }
        if (quote + 1 == c->end || quote[1] != '"') {
            at = quote;
            break;
        }
        doubled = true;
        at = quote + 2;
    }
    size_t line = c->next_line;
    count_lines(c, from, at);
    c->at = at + 1;
    if (c->at < c->end && !ENDS_CELL[(unsigned char)*c->at]) {
        err_set(e, ERR_INPUT,
                "%s, row %zu: text follows the closing quote in column %zu (line %zu); put the "
                "whole cell in quotes and double the quotes inside it.",
                c->name, c->row, c->count + 1, line);
        skip_rest_of_line(c);
        return CSV_FAULT;
    }
    if (at - from > CSV_CELL_MAX) {
        skip_rest_of_line(c);
        return too_long(c, e);
    }
    *out = doubled ? undouble(c, from, at) : (struct slice){from, (size_t)(at - from)};
    return CSV_ROW;
}

// Stands at the first byte of a row that is not an empty line, or false at the end.
static bool find_row(struct csv *c)
{
    c->row++;
    while (c->at < c->end && (*c->at == '\n' || *c->at == '\r')) {
        skip_line_end(c);
        c->row++; // a spreadsheet shows an empty line as a row
    }
    return c->at < c->end;
}

static enum csv_result too_many(struct csv *c, struct err *e)
{
    err_set(e, ERR_INPUT, "%s, row %zu has more than %d columns; take out the ones not needed.",
            c->name, c->row, CSV_COLUMNS_MAX);
    skip_rest_of_line(c);
    return CSV_FAULT;
}

enum csv_result csv_next(struct csv *c, struct err *e)
{
    c->count = 0;
    c->scratch_used = 0;
    if (!find_row(c)) {
        return CSV_END;
    }
    c->line = c->next_line;
    for (;;) {
        if (c->count == CSV_COLUMNS_MAX) {
            return too_many(c, e);
        }
        make_room(c);
        struct slice *cell = &c->cells[c->count];
        bool quoted = c->at < c->end && *c->at == '"';
        if (quoted) {
            enum csv_result result = read_quoted(c, cell, e);
            if (result != CSV_ROW) {
                return result;
            }
        } else {
            const char *at = c->at;
            const char *end = c->end;
            while (at < end && !ENDS_CELL[(unsigned char)*at]) {
                at++;
            }
            *cell = (struct slice){c->at, (size_t)(at - c->at)};
            c->at = at;
            if (cell->length > CSV_CELL_MAX) {
                skip_rest_of_line(c);
                return too_long(c, e);
            }
        }
        c->quoted[c->count++] = quoted;
        if (c->at == c->end) {
            return CSV_ROW;
        }
        if (*c->at != ',') {
            skip_line_end(c);
            return CSV_ROW;
        }
        c->at++;
    }
}

// Bytes of the blank that starts at `at` (a space, a control blank, a no-break space), or 0.
static size_t blank_at(const char *at, const char *end)
{
    if (*at == ' ' || (*at >= '\t' && *at <= '\r')) {
        return 1;
    }
    return end - at >= 2 && memcmp(at, "\xc2\xa0", 2) == 0 ? 2 : 0;
}

struct slice slice_trim(struct slice s)
{
    const char *from = s.text;
    const char *to = s.text + s.length;
    while (from < to && blank_at(from, to) > 0) {
        from += blank_at(from, to);
    }
    for (;;) {
        if (to - from >= 1 && blank_at(to - 1, to) == 1) {
            to--;
        } else if (to - from >= 2 && blank_at(to - 2, to) == 2) {
            to -= 2;
        } else {
            return (struct slice){from, (size_t)(to - from)};
        }
    }
}

const char *csv_cell_text(struct arena *a, struct slice cell)
{
    cell = slice_trim(cell);
    return arena_textn(a, cell.text, cell.length);
}

bool slice_is(struct slice s, const char *text)
{
    return strlen(text) == s.length && memcmp(s.text, text, s.length) == 0;
}
