#include <string.h>

#include "base/csv.h"

struct csv_writer csv_writer(struct buf *out, const char *newline, bool guard)
{
    return (struct csv_writer){.out = out, .newline = newline, .guard = guard};
}

static void begin_cell(struct csv_writer *w, bool empty)
{
    if (w->started) {
        buf_char(w->out, ',');
    }
    w->lone_empty = empty && !w->started;
    w->started = true;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool needs_quotes(const char *text, size_t length)
{
    static const bool special[256] = {[','] = true, ['"'] = true, ['\n'] = true, ['\r'] = true};
    bool starts_like_bom = text[0] == '\xef'; // or the reader would skip it at the start of a file
    if (is_blank(text[0]) || is_blank(text[length - 1]) || starts_like_bom) {
        return true;
    }
    for (size_t i = 0; i < length; i++) {
        if (special[(unsigned char)text[i]]) {
            return true;
        }
    }
    return false;
}

// A spreadsheet would take such a cell for a formula.
static bool reads_as_formula(char first)
{
    return first == '=' || first == '+' || first == '-' || first == '@' || first == '\t' ||
           first == '\0';
}

void csv_textn(struct csv_writer *w, const char *text, size_t length)
{
    begin_cell(w, length == 0);
    if (length == 0) {
        return;
    }
    bool guarded = w->guard && reads_as_formula(text[0]);
    if (!needs_quotes(text, length)) {
        buf_put(w->out, "'", guarded);
        buf_put(w->out, text, length);
        return;
    }
    buf_char(w->out, '"');
    buf_put(w->out, "'", guarded);
    const char *end = text + length;
    while (text < end) {
        const char *quote = memchr(text, '"', (size_t)(end - text));
        size_t run = quote == NULL ? (size_t)(end - text) : (size_t)(quote + 1 - text);
        buf_put(w->out, text, run);
        buf_put(w->out, "\"", quote != NULL);
        text += run;
    }
    buf_char(w->out, '"');
}

void csv_text(struct csv_writer *w, const char *text)
{
    csv_textn(w, text, text == NULL ? 0 : strlen(text));
}

void csv_number(struct csv_writer *w, const char *canonical)
{
    begin_cell(w, canonical == NULL || canonical[0] == '\0');
    buf_text(w->out, canonical);
}

void csv_end_row(struct csv_writer *w)
{
    if (w->lone_empty) {
        buf_put(w->out, "\"\"", 2); // else the row would read back as an empty line and be lost
    }
    buf_text(w->out, w->newline);
    w->started = false;
    w->lone_empty = false;
}
