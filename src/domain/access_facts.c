#include "domain/access_facts.h"

#include <string.h>

#include "store/store.h"

enum { UNITS_DEEP = 64, AIMS_OF_A_MEASURE = 1000 };

static struct slice slice_of(const char *text)
{
    return (struct slice){text, strlen(text)};
}

void facts_start(struct facts *f, struct db *db, struct arena *a, const char *organisation)
{
    *f = (struct facts){.db = db, .arena = a, .organisation = organisation};
    for (int k = 0; k < KIND_COUNT; k++) {
        f->codes[k] = text_table_new(a);
        f->rows[k] = grow_new(a, sizeof(const char *const *));
    }
    f->measures = text_table_new(a);
    f->boards = grow_new(a, sizeof(struct facts_boards));
}

// ---- rows by code ----

static const char *const *read_row(struct facts *f, enum kind kind, const char *code)
{
    const char *key[COLUMNS_MAX] = {code};
    struct store_row row = {0};
    bool found = false;
    struct err ignored = {.arena = f->arena};
    if (!store_row(f->db, f->arena, kind, f->organisation, key, &row, &found, &ignored)) {
        f->failed = true;
        return NULL;
    }
    return found ? row.cells : NULL;
}

static const char *const **slot_of(struct facts *f, enum kind kind, const char *code, bool *ret_new)
{
    size_t before = text_table_count(&f->codes[kind]);
    uint32_t number = text_table_add(&f->codes[kind], slice_of(arena_text(f->arena, code)));
    *ret_new = number == before;
    if (*ret_new) {
        (void)grow_add(&f->rows[kind]);
    }
    return (const char *const **)f->rows[kind].items + number;
}

const char *const *facts_row(struct facts *f, enum kind kind, const char *code)
{
    bool is_new = false;
    if (code == NULL || code[0] == '\0') {
        return NULL;
    }
    uint32_t known = text_table_find(&f->codes[kind], slice_of(code));
    if (known != TEXT_TABLE_NONE) {
        return ((const char *const **)f->rows[kind].items)[known];
    }
    const char *const *cells = read_row(f, kind, code);
    *slot_of(f, kind, code, &is_new) = cells;
    return cells;
}

const char *facts_cell(struct facts *f, enum kind kind, const char *code, int column)
{
    const char *const *cells = facts_row(f, kind, code);
    return cells == NULL ? NULL : cells[column];
}

void facts_allowed(struct facts *f, enum kind kind, const char *const *cells)
{
    bool is_new = false;
    *slot_of(f, kind, cells[0], &is_new) = cells;
}

// ---- where things are ----

bool facts_unit_under(struct facts *f, const char *unit, const char *top)
{
    for (int i = 0; unit != NULL && i < UNITS_DEEP; i++) {
        const char *const *cells = facts_row(f, KIND_UNIT, unit);
        if (cells == NULL) {
            return false; // no such unit: nobody's
        }
        if (strcmp(unit, top) == 0) {
            return true;
        }
        unit = cells[UNIT_PARENT];
    }
    return false;
}

static struct facts_boards read_boards(struct facts *f, const char *measure)
{
    struct store_rows rows = {0};
    struct err ignored = {.arena = f->arena};
    if (!store_rows_page(f->db, f->arena, KIND_MEASURE_AIM, f->organisation, NULL, measure,
                         AIMS_OF_A_MEASURE, &rows, &ignored)) {
        f->failed = true;
        return (struct facts_boards){NULL, 0};
    }
    const char **codes = ARENA_ARRAY(f->arena, rows.count, const char *);
    size_t count = 0;
    for (size_t i = 0; i < rows.count; i++) {
        const char *plan = facts_cell(f, KIND_AIM, rows.rows[i].cells[MEASURE_AIM_AIM], AIM_PLAN);
        const char *board = facts_cell(f, KIND_PLAN, plan, PLAN_BOARD);
        if (board != NULL) {
            codes[count++] = board;
        }
    }
    return (struct facts_boards){codes, count};
}

bool facts_measure_on_board(struct facts *f, const char *measure, const char *board)
{
    uint32_t number = text_table_find(&f->measures, slice_of(measure));
    if (number == TEXT_TABLE_NONE) {
        struct facts_boards read = read_boards(f, measure);
        number = text_table_add(&f->measures, slice_of(arena_text(f->arena, measure)));
        *(struct facts_boards *)grow_add(&f->boards) = read;
    }
    const struct facts_boards *b = (const struct facts_boards *)f->boards.items + number;
    for (size_t i = 0; i < b->count; i++) {
        if (strcmp(b->codes[i], board) == 0) {
            return true;
        }
    }
    return false;
}
