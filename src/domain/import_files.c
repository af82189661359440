#include <string.h>

#include "domain/import_run.h"

enum { PROGRESS_ROWS = 1 << 14 };

static const struct slice NOTHING = {NULL, 0};

static bool is_blank(const struct csv *csv)
{
    for (size_t i = 0; i < csv->count; i++) {
        if (csv->cells[i].length > 0 && slice_trim(csv->cells[i]).length > 0) {
            return false;
        }
    }
    return true;
}

// The reader's sentence without what import_refusal_text says already.
static const char *csv_why(const struct csv *csv, struct arena *a, const char *message)
{
    size_t length = strlen(csv->name);
    const char *at = message;
    if (strncmp(at, csv->name, length) == 0 && strncmp(at + length, ", row ", 6) == 0) {
        at += length + 6;
        at += strspn(at, "0123456789");
        at += *at == ':';
        at += *at == ' ';
    }
    size_t rest = strlen(at);
    return arena_textn(a, at, rest > 0 && at[rest - 1] == '.' ? rest - 1 : rest);
}

// A row told through the door stands under the descriptor's own columns.
static bool read_told(struct import_run *run, struct import_source *s)
{
    const struct descriptor *d = s->kind;
    struct slice *header = ARENA_ARRAY(run->arena, d->count, struct slice);
    for (size_t c = 0; c < d->count; c++) {
        header[c] = (struct slice){d->columns[c].name, strlen(d->columns[c].name)};
    }
    s->header = header;
    s->header_count = d->count;
    struct csv row = {
        .name = s->name, .arena = run->arena, .cells = s->told->cells, .count = d->count, .row = 1};
    if (import_resolve_header(s)) {
        import_read_row(s, &row);
    }
    return run->err->kind == ERR_NONE;
}

static bool read_file(struct import_run *run, struct import_source *s)
{
    if (s->told != NULL) {
        return read_told(run, s);
    }
    struct csv csv;
    if (!import_open(s, &csv)) {
        run->tables[s->kind->kind].unreadable = true;
        return run->err->kind == ERR_NONE;
    }
    const char *reported = csv.at;
    for (;;) {
        struct err why = {.arena = run->arena};
        enum csv_result result = csv_next(&csv, &why);
        if (result == CSV_END || import_is_full(run)) {
            break;
        }
        if (result == CSV_FAULT) {
            import_refuse(run, s, csv.row, NULL, NOTHING, csv_why(&csv, run->arena, why.message));
        } else if (!is_blank(&csv)) {
            import_read_row(s, &csv);
        }
        if (run->tables[s->kind->kind].rows.count > IMPORT_ROWS_MAX) {
            return err_set(run->err, ERR_INPUT,
                           "%s has more than %d rows; split it into several files.", s->path,
                           IMPORT_ROWS_MAX);
        }
        if (csv.row % PROGRESS_ROWS == 0) {
            import_progress(run, "reading", (size_t)(csv.at - reported));
            reported = csv.at;
        }
    }
    return true;
}

bool import_read(struct import_run *run, enum kind kind)
{
    struct import_table *t = &run->tables[kind];
    if (t->sources.count > 0 && !import_know_codes(run, kind)) {
        return false;
    }
    for (size_t i = 0; i < t->sources.count; i++) {
        if (!read_file(run, ((struct import_source **)t->sources.items)[i])) {
            return false;
        }
    }
    return true;
}
