#include "domain/import_merge.h"

#include <string.h>

bool merge_says_the_same(const struct import_row *r, const struct slice *cells)
{
    for (size_t i = 0; i < r->source->cell_count; i++) {
        struct slice cell = r->cells[i];
        if (cell.text != import_silent &&
            merge_compare_slices(cell, cells[r->source->cell_column[i]]) != 0) {
            return false;
        }
    }
    return true;
}

int merge_compare_to_record(const struct import_row *r, const struct slice *cells)
{
    const struct descriptor *d = r->source->kind;
    for (size_t c = 0; c < d->count; c++) {
        if (d->columns[c].key) {
            int order = merge_compare_slices(import_cell(r, (int)c), cells[c]);
            if (order != 0) {
                return order;
            }
        }
    }
    return 0;
}

// ---- kinds without versions: the record's rows and the file's, side by side in key order ----

struct plain {
    struct import_run *run;
    const struct descriptor *kind;
    const struct store_rows *old;
    size_t at; // in `old`
    struct slice before[COLUMNS_MAX];
};

static void look_at(struct plain *p)
{
    for (size_t c = 0; c < p->kind->count && p->at < p->old->count; c++) {
        const char *text = p->old->rows[p->at].cells[c];
        p->before[c] = (struct slice){text, text == NULL ? 0 : strlen(text)};
    }
}

// Steps to the record's row with this key, if there is one.
static bool find_before(struct plain *p, const struct import_row *r)
{
    while (p->at < p->old->count) {
        int order = merge_compare_to_record(r, p->before);
        if (order <= 0) {
            return order == 0;
        }
        p->at++;
        look_at(p);
    }
    return false;
}

static bool write_row(struct plain *p, const struct import_row *r, bool known,
                      struct store_add *adding)
{
    struct import_run *run = p->run;
    struct slice after[COLUMNS_MAX];
    struct db_cell cells[COLUMNS_MAX];
    for (size_t c = 0; c < p->kind->count; c++) {
        bool told = !known || import_has(r, (int)c);
        after[c] = told ? import_cell(r, (int)c) : p->before[c];
        cells[c] = (struct db_cell){after[c].text, after[c].length};
    }
    const struct slice *before = known ? p->before : NULL;
    if (!import_may(run, r, before, 0, after)) {
        return true;
    }
    run->changed = true;
    uint64_t event = import_note(run, r, before, after, 0);
    return known ? store_update_row(run->db, p->kind->kind, run->organisation, cells, run->err)
                 : store_add_row(adding, cells, 1, event, run->err);
}

static bool write_plain(struct import_run *run, enum kind kind, struct store_add *adding)
{
    const struct import_table *t = &run->tables[kind];
    struct plain p = {.run = run, .kind = descriptor_of(kind), .old = &run->existing[kind]};
    look_at(&p);
    for (size_t i = 0; i < t->rows.count; i++) {
        const struct import_row *r = &((const struct import_row *)t->rows.items)[i];
        struct import_file *file = import_file_of(run, r->source);
        bool known = find_before(&p, r);
        if (known && merge_says_the_same(r, p.before)) {
            file->unchanged++;
            continue;
        }
        file->created += !known;
        file->updated += known;
        if (!write_row(&p, r, known, adding)) {
            return false;
        }
    }
    return true;
}

bool import_write(struct import_run *run, enum kind kind)
{
    struct store_add *adding = NULL;
    if (run->tables[kind].rows.count == 0) {
        return true;
    }
    if (!store_add_open(run->db, run->arena, kind, run->organisation, run->options->now, &adding,
                        run->err)) {
        return false;
    }
    bool good = descriptor_of(kind)->versioned
                    ? merge_versions(run, kind, adding)
                    : import_existing(run, kind) && write_plain(run, kind, adding);
    return good && store_add_close(adding, run->err);
}
