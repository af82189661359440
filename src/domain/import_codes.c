#include <string.h>

#include "domain/import_run.h"
#include "model/nearest.h"

enum { NEAREST_TOLD = 50 }; // looking for the nearest of many codes is slow: not for ever

bool import_existing(struct import_run *run, enum kind kind)
{
    if (!run->existing_loaded[kind]) {
        bool enough = false;
        run->existing_loaded[kind] = true;
        if (run->told && kind != KIND_ORGANISATION && !import_narrow(run, kind, &enough)) {
            return false;
        }
        return enough || store_rows(run->db, run->arena, kind, run->organisation, STORE_CURRENT,
                                    &run->existing[kind], run->err);
    }
    return true;
}

static struct slice slice_of(const char *text)
{
    return (struct slice){text, strlen(text)};
}

bool import_know_codes(struct import_run *run, enum kind kind)
{
    if (run->codes_loaded[kind]) {
        return true;
    }
    run->codes_loaded[kind] = true;
    run->codes[kind] = text_table_new(run->arena);
    if (descriptor_of(kind)->columns[0].type != COLUMN_CODE) {
        return true; // nothing refers to this kind
    }
    if (!import_existing(run, kind)) {
        return false;
    }
    const struct store_rows *rows = &run->existing[kind];
    for (size_t i = 0; i < rows->count; i++) {
        text_table_add(&run->codes[kind], slice_of(rows->rows[i].cells[0]));
    }
    return true;
}

const char *import_nearest_code(struct import_run *run, enum kind kind, struct slice code)
{
    if (code.length == 0 || run->nearest_told >= NEAREST_TOLD || run->who->in_part) {
        return NULL;
    }
    run->nearest_told++;
    struct nearest n = nearest_start(csv_cell_text(run->arena, code));
    const struct text_table *codes = &run->codes[kind];
    for (size_t i = 0; i < text_table_count(codes); i++) {
        nearest_offer(&n, csv_cell_text(run->arena, text_table_text(codes, (uint32_t)i)));
    }
    return nearest_found(&n);
}

static void refuse_reference(struct import_run *run, const struct import_row *r, int column,
                             const struct descriptor *to)
{
    const char *near = import_nearest_code(run, to->kind, import_cell(r, column));
    import_refuse_cell(
        run, r, column,
        near == NULL
            ? arena_printf(run->arena, "is not a code of %s: add it there, or mend it", to->file)
            : arena_printf(run->arena,
                           "is not a code of %s; the nearest is %s: mend it, or add "
                           "it there",
                           to->file, near));
}

static bool check_column(struct import_run *run, const struct import_table *t, int column,
                         const struct descriptor *to)
{
    if (run->tables[to->kind].unreadable) {
        return true; // said already: the file they would stand in was refused
    }
    if (!import_know_codes(run, to->kind)) {
        return false;
    }
    const struct import_row *rows = t->rows.items;
    for (size_t i = 0; i < t->rows.count && !import_is_full(run); i++) {
        struct slice code = import_cell(&rows[i], column);
        if (code.text != NULL && text_table_find(&run->codes[to->kind], code) == TEXT_TABLE_NONE) {
            refuse_reference(run, &rows[i], column, to);
        }
    }
    return true;
}

bool import_check_references(struct import_run *run)
{
    for (int k = KIND_NONE + 1; k < KIND_COUNT; k++) {
        const struct import_table *t = &run->tables[k];
        const struct descriptor *d = descriptor_of((enum kind)k);
        for (size_t c = 0; c < d->count && t->rows.count > 0; c++) {
            const struct descriptor *to = descriptor_of(d->columns[c].refers);
            // The measure a row hangs on was looked up when the row was read.
            bool looked_up = d->columns[c].refers == KIND_MEASURE && d->columns[c].required;
            if (to != NULL && !d->columns[c].soft && !looked_up &&
                !check_column(run, t, (int)c, to)) {
                return false;
            }
        }
    }
    return true;
}
