#include <stdio.h>
#include <string.h>

#include "cli/analyse_run.h"
#include "model/nearest.h"

enum { FAULTS_TOLD = 10, DIGITS_MAX = 512 };

static const struct analyse_method *method_of(const struct run *r)
{
    return r->job.options->method;
}

// --- Header

static size_t find_column(const struct csv *header, const char *name)
{
    for (size_t i = 0; i < header->count; i++) {
        if (slice_is(slice_trim(header->cells[i]), name)) {
            return i;
        }
    }
    return SIZE_MAX;
}

static bool no_column(struct run *r, const char *name)
{
    struct arena *a = r->job.kept;
    struct nearest near = nearest_start(name);
    for (size_t i = 0; i < r->reader.csv.count; i++) {
        nearest_offer(&near, csv_cell_text(a, r->reader.csv.cells[i]));
    }
    const char *hint = nearest_found(&near);
    return err_set(
        r->e, ERR_INPUT, "line %zu: no column \"%s\"%s; analyse %s needs it.", r->reader.csv.line,
        name, hint == NULL ? "" : arena_printf(a, " (there is \"%s\")", hint), method_of(r)->name);
}

static bool find_columns(struct run *r)
{
    const struct csv *header = &r->reader.csv;
    const struct analyse_method *m = method_of(r);
    for (size_t c = 0; m->columns[c] != NULL; c++) {
        r->at[c] = find_column(header, m->columns[c]);
        r->job.has[c] = r->at[c] != SIZE_MAX;
        if (!r->job.has[c] && c < m->required) {
            return no_column(r, m->columns[c]);
        }
        for (size_t i = r->job.has[c] ? r->at[c] + 1 : header->count; i < header->count; i++) {
            if (slice_is(slice_trim(header->cells[i]), m->columns[c])) {
                return err_set(r->e, ERR_INPUT,
                               "line %zu: the column \"%s\" stands there twice; take one out.",
                               header->line, m->columns[c]);
            }
        }
    }
    return true;
}

// A column of the input that has the name of a result gives way to it: so a result may be analysed
// once more.
static bool is_result(const struct run *r, struct slice name)
{
    const char *const *names = r->job.names;
    for (size_t i = 0; names[i] != NULL; i++) {
        if (slice_is(name, names[i])) {
            return true;
        }
    }
    return r->output.has_error && slice_is(name, "error");
}

static void put_header(struct run *r)
{
    struct analyse_output *o = &r->output;
    const struct csv *header = &r->reader.csv;
    o->has_error = method_of(r)->always_error || r->job.options->keep_going;
    o->input_columns = header->count;
    o->carried = ARENA_ARRAY(r->job.kept, header->count, bool);
    for (size_t i = 0; i < header->count; i++) {
        o->carried[i] = r->job.one_to_one && !is_result(r, slice_trim(header->cells[i]));
        o->carries = o->carries || o->carried[i];
    }
    analyse_put_carried(&r->output, &r->reader.csv);
    for (; r->job.names[o->result_columns] != NULL; o->result_columns++) {
        csv_text(&o->writer, r->job.names[o->result_columns]);
    }
    if (o->has_error) {
        csv_text(&o->writer, "error");
    }
    csv_end_row(&o->writer);
}

static enum csv_result next_row(struct run *r)
{
    enum csv_result result = row_reader_next(&r->reader, r->e);
    if (result == CSV_FAULT) {
        r->e->message =
            arena_printf(r->job.kept, "line %zu: %s", r->reader.fault_line, r->e->message);
    }
    return result;
}

static bool read_header(struct run *r)
{
    switch (next_row(r)) {
    case CSV_ROW: break;
    case CSV_FAULT: return false;
    case CSV_END:
        return err_set(r->e, ERR_INPUT,
                       "line 1: the input is empty; it needs a header row with the columns of "
                       "analyse %s.",
                       method_of(r)->name);
    }
    if (!find_columns(r)) {
        return false;
    }
    const struct analyse_method *m = method_of(r);
    r->job.names = m->results;
    r->job.one_to_one = m->one_to_one;
    if (m->start != NULL && !m->start(&r->job, r->e)) {
        return false;
    }
    put_header(r);
    return true;
}

// --- Rows

static bool is_blank_row(const struct csv *c)
{
    for (size_t i = 0; i < c->count; i++) {
        if (slice_trim(c->cells[i]).length > 0) {
            return false;
        }
    }
    return true;
}

bool run_take(struct run *r)
{
    struct analyse *j = &r->job;
    const struct csv *c = &r->reader.csv;
    if (c->count != r->output.input_columns) {
        return analyse_fault(j,
                             "%zu cells where the header has %zu; check for a missing quote or "
                             "comma.",
                             c->count, r->output.input_columns);
    }
    return method_of(r)->row(j);
}

static void find_cells(struct run *r)
{
    struct analyse *j = &r->job;
    const struct csv *c = &r->reader.csv;
    const struct analyse_method *m = method_of(r);
    for (size_t i = 0; m->columns[i] != NULL; i++) {
        bool there = j->has[i] && r->at[i] < c->count;
        j->cells[i] = there ? slice_trim(c->cells[r->at[i]]) : (struct slice){"", 0};
    }
    for (size_t i = 0; i < r->output.result_columns; i++) {
        j->results[i] = NULL;
    }
    j->line = c->line;
    j->fault = NULL;
    r->output.rows++;
}

bool run_next(struct run *r)
{
    do {
        switch (next_row(r)) {
        case CSV_ROW: break;
        case CSV_END: r->more = false; return false;
        case CSV_FAULT: return false;
        }
    } while (is_blank_row(&r->reader.csv));
    find_cells(r);
    return true;
}

// A refused row: in its column, on standard error, or the end of the run.
static bool refuse_row(struct run *r)
{
    struct analyse *j = &r->job;
    const struct analyse_method *m = method_of(r);
    if (!j->one_to_one) {
        return analyse_refuse(j, j->line, j->fault, r->e);
    }
    r->output.faults++;
    if (!j->options->keep_going) {
        if (!m->always_error) {
            return err_set(r->e, ERR_INPUT, "line %zu: %s", j->line, j->fault);
        }
        if (r->output.faults <= FAULTS_TOLD) {
            fprintf(stderr, "line %zu: %s\n", j->line, j->fault);
        }
    }
    analyse_put_carried(&r->output, &r->reader.csv);
    analyse_put_results(j, j->fault);
    return true;
}

static bool one_row(struct run *r)
{
    if (!run_next(r)) {
        return !r->more;
    }
    if (!run_take(r)) {
        return refuse_row(r);
    }
    if (r->job.one_to_one) {
        analyse_put_carried(&r->output, &r->reader.csv);
        analyse_put_results(&r->job, NULL);
    }
    return true;
}

static bool some_rows(struct run *r)
{
    while (r->more && !r->output.gone && arena_used(r->job.arena) < BATCH_ENOUGH) {
        if (!one_row(r)) {
            return false;
        }
        if (r->output.buf.length > OUTPUT_ENOUGH && !analyse_flush(&r->output, r->e)) {
            return false;
        }
    }
    return true;
}

static bool some_results(struct run *r)
{
    return method_of(r)->finish(&r->job, &r->more, r->e);
}

// Runs one batch in an arena of its own, so that memory does not grow with the input.
static bool batch(struct run *r, bool (*work)(struct run *r))
{
    struct arena *a = arena_new(BATCH_LIMIT);
    if (a == NULL || ARENA_TRAP(a)) {
        arena_free(a);
        return err_set(r->e, ERR_SYSTEM, "line %zu: not enough memory for this row.", r->job.line);
    }
    r->job.arena = a;
    r->output.buf = buf_new(a, ANALYSE_OUTPUT_MAX);
    r->output.writer = csv_writer(&r->output.buf, "\n", false);
    bool done = work(r);
    // What was found before a fault is given all the same.
    bool flushed = analyse_flush(&r->output, r->e);
    arena_free(a);
    return done && flushed;
}

static bool tell_faults(const struct run *r)
{
    const struct analyse_output *o = &r->output;
    if (o->faults == 0 || r->job.options->keep_going) {
        return true;
    }
    return err_set(r->e, ERR_INPUT, "%zu of %zu rows could not be read: see the column error.",
                   o->faults, o->rows);
}

bool analyse_run(const struct analyse_options *o, struct arena *kept, struct err *e)
{
    struct run *r = ARENA_NEW(kept, struct run);
    r->job.options = o;
    r->job.kept = kept;
    r->job.digits = ARENA_NEW(kept, struct buf);
    *r->job.digits = buf_new(kept, DIGITS_MAX);
    r->job.output = &r->output;
    r->e = e;
    r->more = true;
    if (!row_reader_open(&r->reader, kept, o->file, e) || !batch(r, read_header)) {
        return false;
    }
    if (o->method->group != NULL) {
        return run_groups(r) && (r->output.gone || tell_faults(r));
    }
    while (r->more && !r->output.gone) {
        if (!batch(r, some_rows)) {
            return false;
        }
    }
    r->more = o->method->finish != NULL;
    while (r->more && !r->output.gone) {
        if (!batch(r, some_results)) {
            return false;
        }
    }
    return r->output.gone || tell_faults(r);
}
