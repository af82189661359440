#include "cli/row_reader.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"

enum { FIRST_BLOCK = 1 << 16, BOM_BYTES = 3 };

static void close_file(void *reader)
{
    struct row_reader *r = reader;
    if (r->fd > STDERR_FILENO) {
        close(r->fd);
        r->fd = -1;
    }
}

bool row_reader_open(struct row_reader *r, struct arena *a, const char *path, struct err *e)
{
    *r = (struct row_reader){.fd = STDIN_FILENO, .name = "standard input", .arena = a};
    if (path != NULL && strcmp(path, "-") != 0) {
        r->name = path;
        r->fd = open(path, O_RDONLY | O_CLOEXEC);
        if (r->fd < 0) {
            return err_set(e, ERR_INPUT, "%s cannot be read: %s.", path, strerror(errno));
        }
        arena_defer(a, close_file, r);
    }
    r->room = FIRST_BLOCK;
    r->block = arena_alloc(a, r->room);
    return true;
}

// Moves `ready` up to the end of the last whole row among the bytes not yet looked at.
static void find_row_ends(struct row_reader *r)
{
    enum row_state state = r->state;
    if (!r->started && r->scanned == 0) {
        if (r->used < BOM_BYTES && !r->ended) {
            return;
        }
        if (r->used >= BOM_BYTES && memcmp(r->block, "\xef\xbb\xbf", BOM_BYTES) == 0) {
            r->scanned = BOM_BYTES; // a quote after it opens the first cell
        }
    }
    for (; r->scanned < r->used; r->scanned++) {
        char c = r->block[r->scanned];
        if (state == ROW_AFTER_CR) {
            if (c == '\n') {
                r->ready = r->scanned + 1;
                state = ROW_CELL_START;
                continue;
            }
            r->ready = r->scanned; // a lone CR ended the row
            state = ROW_CELL_START;
        }
        if (state == ROW_QUOTED) {
            state = c == '"' ? ROW_QUOTE_IN_QUOTED : ROW_QUOTED;
        } else if (c == '\n') {
            r->ready = r->scanned + 1;
            state = ROW_CELL_START;
        } else if (c == '\r') {
            state = ROW_AFTER_CR;
        } else if (c == ',') {
            state = ROW_CELL_START;
        } else if (c == '"' && state != ROW_PLAIN) {
            state = ROW_QUOTED; // opens a cell, or is the second of a doubled quote
        } else {
            state = ROW_PLAIN;
        }
    }
    r->state = state;
}

static bool grow(struct row_reader *r, struct err *e)
{
    if (r->room >= ROW_BYTES_MAX) {
        r->fault_line = r->csv.next_line;
        return err_set(e, ERR_INPUT,
                       "the row is longer than %d MB; check for a missing closing quote.",
                       ROW_BYTES_MAX >> 20);
    }
    r->block = arena_grow(r->arena, r->block, r->used, r->room * 2, 1);
    r->room *= 2;
    return true;
}

static bool read_more(struct row_reader *r, struct err *e)
{
    ssize_t got = 0;
    do {
        got = read(r->fd, r->block + r->used, r->room - r->used);
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
        r->fault_line = r->csv.next_line;
        return err_set(e, errno == EISDIR ? ERR_INPUT : ERR_SYSTEM, "%s cannot be read: %s.",
                       r->name, strerror(errno));
    }
    r->ended = got == 0;
    r->used += (size_t)got;
    return true;
}

static size_t lines_before(const char *bytes, size_t length)
{
    size_t lines = 0;
    for (size_t i = 0; i < length; i++) {
        lines += bytes[i] == '\n';
    }
    return lines;
}

static bool check_text(struct row_reader *r, struct err *e)
{
    size_t bad = 0;
    if (utf8_valid(r->block, r->ready, &bad)) {
        return true;
    }
    size_t line = r->started ? r->csv.next_line : 1;
    r->fault_line = line + lines_before(r->block, bad);
    const char *what = "is not text";
    switch (utf8_guess(r->block, r->ready, NULL)) {
    case TEXT_LATIN1: what = "is Latin-1 (Windows-1252) text, not UTF-8"; break;
    case TEXT_UTF16: what = "is UTF-16 text, not UTF-8"; break;
    case TEXT_UTF8:
    case TEXT_BINARY: break;
    }
    return err_set(e, ERR_INPUT, "%s %s; save it as \"CSV UTF-8\".", r->name, what);
}

// At least one whole row more, or the end of the file.
static bool fill(struct row_reader *r, struct err *e)
{
    memmove(r->block, r->block + r->ready, r->used - r->ready);
    r->used -= r->ready;
    r->scanned -= r->ready;
    r->ready = 0;
    while (r->ready == 0 && !r->ended) {
        if ((r->used == r->room && !grow(r, e)) || !read_more(r, e)) {
            return false;
        }
        find_row_ends(r);
    }
    if (r->ended) {
        r->ready = r->used; // the last row may lack its line end
    }
    if (!check_text(r, e)) {
        return false;
    }
    if (r->started) {
        r->csv.at = r->block;
        r->csv.end = r->block + r->ready;
        return true;
    }
    r->started = true;
    r->csv = csv_reader(r->arena, r->name, r->block, r->ready);
    return true;
}

enum csv_result row_reader_next(struct row_reader *r, struct err *e)
{
    for (;;) {
        if (r->started) {
            enum csv_result result = csv_next(&r->csv, e);
            if (result != CSV_END) {
                r->fault_line = r->csv.line;
                return result;
            }
            if (r->ended) {
                return CSV_END;
            }
            r->csv.row--; // this end was only that of a block
        }
        if (!fill(r, e)) {
            return CSV_FAULT;
        }
    }
}
