#include "domain/export.h"

#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "domain/measure_hint.h"
#include "store/store.h"

enum { EXPORT_FILE_MAX = 1 << 30 };

struct exporting {
    struct db *db;
    struct arena *arena; // of the whole export
    const char *organisation;
    const char *folder;
    struct store_rows measures; // by code
    int year_start;
    struct err *err;
};

static bool is_used(const struct store_rows *rows, size_t column)
{
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->rows[i].cells[column] != NULL) {
            return true;
        }
    }
    return false;
}

// How an import will read the periods of this row: by the frequency of its measure.
static enum period_kind hint_of(const struct exporting *x, const struct descriptor *d,
                                const struct store_row *row)
{
    int column = descriptor_column(d, "measure");
    if (d->kind == KIND_BUDGET || d->kind == KIND_SAVING) {
        return PERIOD_YEAR;
    }
    if (column < 0 || !d->columns[column].required) {
        return PERIOD_NONE;
    }
    size_t low = 0;
    size_t high = x->measures.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct store_row *m = &x->measures.rows[middle];
        int order = strcmp(m->cells[MEASURE_CODE], row->cells[column]);
        if (order == 0) {
            enum period_kind own = measure_hint(m->cells[MEASURE_FREQUENCY]);
            return d->kind == KIND_FORECAST ? measure_year_hint(own) : own;
        }
        *(order < 0 ? &low : &high) = order < 0 ? middle + 1 : middle;
    }
    return PERIOD_NONE;
}

static void put_period(const struct exporting *x, struct csv_writer *w, const struct descriptor *d,
                       const struct store_row *row, const char *id)
{
    struct period p;
    if (!period_parse_id(id, strlen(id), x->year_start, &p)) {
        csv_text(w, id);
        return;
    }
    csv_text(w, period_plain_id(w->out->arena, p, hint_of(x, d, row), x->year_start));
}

static void put_row(const struct exporting *x, struct csv_writer *w, const struct descriptor *d,
                    const struct store_row *row, const bool *wanted)
{
    for (size_t c = 0; c < d->count; c++) {
        const char *cell = row->cells[c];
        if (!wanted[c]) {
            continue;
        }
        if (cell != NULL && d->columns[c].type == COLUMN_PERIOD) {
            put_period(x, w, d, row, cell);
        } else {
            csv_text(w, cell);
        }
    }
    csv_end_row(w);
}

static bool write_rows(const struct exporting *x, const struct store_rows *rows, struct arena *a)
{
    const struct descriptor *d = rows->kind;
    struct buf out = buf_new(a, EXPORT_FILE_MAX);
    struct csv_writer w = csv_writer(&out, "\n", false);
    bool wanted[COLUMNS_MAX];
    for (size_t c = 0; c < d->count; c++) {
        wanted[c] = !d->columns[c].extension || is_used(rows, c);
        if (wanted[c]) {
            csv_text(&w, d->columns[c].name);
        }
    }
    csv_end_row(&w);
    for (size_t i = 0; i < rows->count; i++) {
        put_row(x, &w, d, &rows->rows[i], wanted);
    }
    if (out.full) {
        return err_set(x->err, ERR_SYSTEM,
                       "%s would be larger than %d bytes; nothing of it was "
                       "written.",
                       d->file, EXPORT_FILE_MAX);
    }
    const char *path = arena_printf(a, "%s/%s", x->folder, d->file);
    return file_write(path, buf_cstr(&out), out.length, x->err);
}

// One kind, in memory of its own that goes when it is written.
static bool export_kind(const struct exporting *x, enum kind kind, size_t *ret_rows)
{
    struct arena *volatile own = arena_new(0);
    if (own == NULL || ARENA_TRAP(own)) {
        arena_free(own);
        return err_set(x->err, ERR_SYSTEM, "There is not enough memory to write %s.",
                       descriptor_of(kind)->file);
    }
    struct store_rows rows = {0};
    bool good = store_rows(x->db, own, kind, x->organisation, STORE_CURRENT, &rows, x->err);
    *ret_rows = rows.count;
    good = good && (rows.count == 0 || write_rows(x, &rows, own));
    arena_free(own);
    return good;
}

static bool prepare(struct exporting *x)
{
    struct store_rows organisation = {0};
    if (!store_rows(x->db, x->arena, KIND_MEASURE, x->organisation, STORE_CURRENT, &x->measures,
                    x->err) ||
        !store_rows(x->db, x->arena, KIND_ORGANISATION, x->organisation, STORE_CURRENT,
                    &organisation, x->err)) {
        return false;
    }
    const char *start = organisation.count == 0
                            ? NULL
                            : organisation.rows[0].cells[ORGANISATION_FINANCIAL_YEAR_START];
    x->year_start = start == NULL ? 4 : (start[0] - '0') * 10 + (start[1] - '0');
    return true;
}

bool export_folder(struct db *db, struct arena *a, const char *organisation, const char *folder,
                   const struct export_file **ret_files, size_t *ret_count, struct err *e)
{
    struct exporting x = {
        .db = db, .arena = a, .organisation = organisation, .folder = folder, .err = e};
    struct export_file *files = ARENA_ARRAY(a, KIND_COUNT, struct export_file);
    size_t count = 0;
    if (!file_make_folder(folder, e) || !db_begin_read(db, e)) {
        return false;
    }
    bool good = prepare(&x);
    for (int k = KIND_NONE + 1; k < KIND_COUNT && good; k++) {
        size_t rows = 0;
        good = export_kind(&x, (enum kind)k, &rows);
        if (good && rows > 0) {
            files[count++] = (struct export_file){descriptor_of((enum kind)k)->file, rows};
        }
    }
    db_rollback(db);
    *ret_files = files;
    *ret_count = count;
    return good;
}
