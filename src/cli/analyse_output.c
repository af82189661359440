#include "cli/analyse_output.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

bool analyse_flush(struct analyse_output *o, struct err *e)
{
    const char *at = o->buf.text;
    size_t left = o->buf.length;
    if (o->buf.full) {
        return err_set(e, ERR_INPUT, "a row of the result is longer than %d MB.",
                       ANALYSE_OUTPUT_MAX >> 20);
    }
    while (left > 0 && !o->gone) {
        ssize_t written = write(STDOUT_FILENO, at, left);
        if (written >= 0) {
            at += written;
            left -= (size_t)written;
        } else if (errno == EPIPE) {
            o->gone = true;
        } else if (errno != EINTR) {
            return err_set(e, ERR_SYSTEM, "standard output cannot be written: %s.",
                           strerror(errno));
        }
    }
    o->buf.length = 0;
    return true;
}

void analyse_put_carried(struct analyse_output *o, const struct csv *row)
{
    for (size_t i = 0; i < o->input_columns; i++) {
        if (o->carried[i]) {
            struct slice cell = i < row->count ? row->cells[i] : (struct slice){"", 0};
            csv_textn(&o->writer, cell.text, cell.length);
        }
    }
}

void analyse_put_results(struct analyse *j, const char *fault)
{
    struct analyse_output *o = j->output;
    for (size_t i = 0; i < o->result_columns; i++) {
        csv_text(&o->writer, fault == NULL ? j->results[i] : NULL);
    }
    if (o->has_error) {
        csv_text(&o->writer, fault);
    }
    csv_end_row(&o->writer);
}

void analyse_put(struct analyse *j)
{
    analyse_put_results(j, NULL);
}

bool analyse_refuse(struct analyse *j, size_t line, const char *fault, struct err *e)
{
    struct analyse_output *o = j->output;
    o->faults++;
    if (j->options->keep_going) {
        analyse_put_results(j, arena_printf(j->arena, "line %zu: %s", line, fault));
        return true;
    }
    return err_set(e, ERR_INPUT, "line %zu: %s", line, fault);
}
