// A change through the door hangs on few rows: those it changes and those it refers to. Only they
// are looked up, by key, where a file would have all of a kind loaded: one figure must not cost the
// reading of a thousand measures.
#include <stdlib.h>
#include <string.h>

#include "domain/import_run.h"

struct narrow {
    struct import_run *run;
    const struct descriptor *kind;
    struct grow rows; // struct store_row
    bool enough;      // every row asked for is there
};

static const char *key_text(const char *text)
{
    return text == NULL ? "" : text;
}

static int compare_keys(const struct descriptor *d, const char *const *a, const char *const *b)
{
    int order = 0;
    for (size_t c = 0; c < d->count && order == 0; c++) {
        order = d->columns[c].key ? strcmp(key_text(a[c]), key_text(b[c])) : 0;
    }
    return order;
}

// In its place by key, where it does not stand yet.
static void keep_row(struct narrow *n, const struct store_row *row)
{
    struct store_row *rows = n->rows.items;
    size_t at = 0;
    while (at < n->rows.count && compare_keys(n->kind, rows[at].cells, row->cells) < 0) {
        at++;
    }
    if (at < n->rows.count && compare_keys(n->kind, rows[at].cells, row->cells) == 0) {
        return;
    }
    size_t after = n->rows.count - at;
    grow_add(&n->rows);
    rows = n->rows.items;
    memmove(&rows[at + 1], &rows[at], after * sizeof *rows);
    rows[at] = *row;
}

static bool look_up(struct narrow *n, const char *const *cells)
{
    struct import_run *run = n->run;
    struct store_row row = {0};
    bool found = false;
    if (!store_row(run->db, run->arena, n->kind->kind, run->organisation, cells, &row, &found,
                   run->err)) {
        return false;
    }
    n->enough = n->enough && found;
    if (found) {
        keep_row(n, &row);
    }
    return true;
}

static bool look_up_told(struct narrow *n, const struct import_source *s)
{
    struct arena *a = n->run->arena;
    const struct descriptor *d = s->kind;
    if (d == n->kind) {
        const char *cells[COLUMNS_MAX] = {NULL};
        for (size_t c = 0; c < d->count; c++) {
            cells[c] = d->columns[c].key ? csv_cell_text(a, s->told->cells[c]) : NULL;
        }
        if (!look_up(n, cells)) {
            return false;
        }
    }
    for (size_t c = 0; c < d->count && n->enough; c++) {
        if (d->columns[c].refers == n->kind->kind && s->told->cells[c].length > 0) {
            const char *cells[COLUMNS_MAX] = {csv_cell_text(a, s->told->cells[c])};
            if (!look_up(n, cells)) {
                return false;
            }
        }
    }
    return true;
}

bool import_narrow(struct import_run *run, enum kind kind, bool *ret_enough)
{
    struct narrow n = {.run = run, .kind = descriptor_of(kind), .enough = true};
    n.rows = grow_new(run->arena, sizeof(struct store_row));
    *ret_enough = false;
    // What stands in the record under another spelling than the one typed, what is new, and what
    // nobody knows: then all of the kind is loaded, and looked at as for a file.
    for (int k = KIND_NONE + 1; k < KIND_COUNT && n.enough; k++) {
        const struct import_table *t = &run->tables[k];
        for (size_t i = 0; i < t->sources.count && n.enough; i++) {
            if (!look_up_told(&n, ((struct import_source **)t->sources.items)[i])) {
                return false;
            }
        }
    }
    if (n.enough) {
        run->existing[kind] = (struct store_rows){n.kind, n.rows.items, n.rows.count};
    }
    *ret_enough = n.enough;
    return true;
}
