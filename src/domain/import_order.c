#include <stdlib.h>
#include <string.h>

#include "domain/import_merge.h"

int merge_compare_slices(struct slice a, struct slice b)
{
    size_t length = a.length < b.length ? a.length : b.length;
    int order = length == 0 ? 0 : memcmp(a.text, b.text, length);
    if (order != 0) {
        return order;
    }
    return a.length < b.length ? -1 : a.length > b.length;
}

static int compare_keys(const struct import_row *a, const struct import_row *b)
{
    const struct descriptor *d = a->source->kind;
    for (size_t c = 0; c < d->count; c++) {
        bool same_measure = a->measure != TEXT_TABLE_NONE && a->measure == b->measure &&
                            d->columns[c].refers == KIND_MEASURE;
        if (d->columns[c].key && !same_measure) {
            int order = merge_compare_slices(import_cell(a, (int)c), import_cell(b, (int)c));
            if (order != 0) {
                return order;
            }
        }
    }
    return 0;
}

static int compare_rows(const void *a, const void *b)
{
    const struct import_row *x = a;
    const struct import_row *y = b;
    int order = compare_keys(x, y);
    // Equal keys keep the order of the file, so that the message names the later row.
    return order != 0 ? order : x->row < y->row ? -1 : x->row > y->row;
}

static void sort_rows(struct import_row *rows, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (compare_rows(&rows[i - 1], &rows[i]) > 0) {
            qsort(rows, count, sizeof *rows, compare_rows);
            return;
        }
    }
}

// ---- rows of measures: first into heaps by measure, then each heap ----
//
// A file of a million figures is mostly in the order of time within each measure, so the heaps are
// sorted as they come; a plain sort would compare the measures' codes twenty times a row.

static int compare_texts(const void *a, const void *b, void *codes)
{
    return merge_compare_slices(text_table_text(codes, *(const uint32_t *)a),
                                text_table_text(codes, *(const uint32_t *)b));
}

// Where the heap of each measure ends up, in the order of their codes.
static size_t *heap_starts(struct import_run *run, const struct import_row *rows, size_t count)
{
    struct text_table *codes = &run->codes[KIND_MEASURE];
    size_t measures = text_table_count(codes);
    uint32_t *by_code = ARENA_ARRAY(run->arena, measures, uint32_t);
    size_t *sizes = ARENA_ARRAY(run->arena, measures, size_t);
    size_t *starts = ARENA_ARRAY(run->arena, measures, size_t);
    for (size_t i = 0; i < measures; i++) {
        by_code[i] = (uint32_t)i;
    }
    qsort_r(by_code, measures, sizeof *by_code, compare_texts, codes);
    for (size_t i = 0; i < count; i++) {
        sizes[rows[i].measure]++;
    }
    size_t at = 0;
    for (size_t i = 0; i < measures; i++) {
        starts[by_code[i]] = at;
        at += sizes[by_code[i]];
    }
    return starts;
}

static void sort_by_measure(struct import_run *run, struct grow *table)
{
    const struct import_row *rows = table->items;
    size_t count = table->count;
    size_t *next = heap_starts(run, rows, count);
    struct grow sorted = grow_new(run->arena, sizeof(struct import_row));
    struct import_row *to = grow_add_many(&sorted, count);
    for (size_t i = 0; i < count; i++) {
        to[next[rows[i].measure]++] = rows[i];
    }
    *table = sorted;
    for (size_t from = 0; from < count;) {
        size_t end = next[to[from].measure];
        sort_rows(to + from, end - from);
        from = end;
    }
}

// ---- rows given twice ----

static const char *key_text(struct import_run *run, const struct import_row *r)
{
    const struct descriptor *d = r->source->kind;
    struct buf b = buf_new(run->arena, 1 << 16);
    for (size_t c = 0; c < d->count; c++) {
        struct slice cell = import_cell(r, (int)c);
        if (d->columns[c].key && cell.text != NULL) {
            buf_text(&b, b.length == 0 ? "" : ", ");
            buf_text(&b, d->columns[c].name);
            buf_char(&b, ' ');
            buf_put(&b, cell.text, cell.length);
        }
    }
    return buf_cstr(&b);
}

static void refuse_twice(struct import_run *run, const struct import_row *first,
                         const struct import_row *again)
{
    const char *file = first->source == again->source ? "" : first->source->path;
    const char *why = arena_printf(
        run->arena, "gives a second %s for %s, which row %u%s%s gives already: keep one of them",
        again->source->kind->name, key_text(run, again), first->row, file[0] == '\0' ? "" : " of ",
        file);
    import_refuse(run, again->source, again->row, NULL, (struct slice){NULL, 0}, why);
}

void import_sort(struct import_run *run, enum kind kind)
{
    struct import_table *t = &run->tables[kind];
    const struct descriptor *d = descriptor_of(kind);
    if (t->rows.count > 0 && d->columns[0].refers == KIND_MEASURE) {
        sort_by_measure(run, &t->rows);
    } else {
        sort_rows(t->rows.items, t->rows.count);
    }
    struct import_row *rows = t->rows.items;
    for (size_t i = 1; i < t->rows.count && !import_is_full(run); i++) {
        if (compare_keys(&rows[i - 1], &rows[i]) == 0) {
            refuse_twice(run, &rows[i - 1], &rows[i]);
        }
    }
}
