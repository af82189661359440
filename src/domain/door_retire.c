#include "domain/door_retire.h"

#include <string.h>

static const char *const *copy_of(struct door *door, const struct descriptor *d,
                                  const char *const *now, const char ***ret)
{
    const char **cells = ARENA_ARRAY(door->run.arena, d->count, const char *);
    for (size_t c = 0; c < d->count; c++) {
        cells[c] = now == NULL ? NULL : now[c];
    }
    *ret = cells;
    return cells;
}

static void blank_but_key(const struct descriptor *d, const char **cells)
{
    for (size_t c = 0; c < d->count; c++) {
        cells[c] = d->columns[c].key ? cells[c] : NULL;
    }
}

bool door_retired(struct door *door, enum kind kind, const char *const *now,
                  const char *const **out)
{
    const struct descriptor *d = descriptor_of(kind);
    const char **cells = NULL;
    const char *const *made = copy_of(door, d, now, &cells);
    const char *day_text_ = arena_textn(door->run.arena, door->options->at, 10);
    switch (kind) {
    case KIND_MEASURE:
        cells[MEASURE_STATE] = "retired";
        cells[MEASURE_RETIRED_ON] = day_text_;
        break;
    case KIND_PERSON: cells[PERSON_LEFT_ON] = day_text_; break;
    case KIND_REBASE: cells[REBASE_WITHDRAWN_ON] = day_text_; break;
    case KIND_FORECAST: cells[FORECAST_WITHDRAWN_ON] = day_text_; break;
    case KIND_OBSERVATION:
        blank_but_key(d, cells);
        cells[OBSERVATION_MARKER] = "missing";
        break;
    case KIND_TARGET:
        blank_but_key(d, cells);
        cells[TARGET_MARK] = "withdrawn";
        break;
    case KIND_COMMENTARY: blank_but_key(d, cells); break;
    default: return false;
    }
    *out = made;
    return true;
}

static bool names(const struct store_row *row, const struct descriptor *d, enum kind kind,
                  const char *code, const char **ret_column)
{
    for (size_t c = 0; c < d->count; c++) {
        if (d->columns[c].refers == kind && !d->columns[c].soft && row->cells[c] != NULL &&
            strcmp(row->cells[c], code) == 0) {
            *ret_column = d->columns[c].label;
            return true;
        }
    }
    return false;
}

static bool refers_to(const struct descriptor *d, enum kind kind)
{
    for (size_t c = 0; c < d->count; c++) {
        if (d->columns[c].refers == kind && !d->columns[c].soft) {
            return true;
        }
    }
    return false;
}

// Something that names the row would point at nothing.
static bool check_unnamed(struct door *door, const struct descriptor *gone, const char *code)
{
    struct import_run *run = &door->run;
    for (int k = KIND_NONE + 1; k < KIND_COUNT && gone->columns[0].type == COLUMN_CODE; k++) {
        const struct descriptor *d = descriptor_of((enum kind)k);
        struct store_rows rows = {0};
        if (!refers_to(d, gone->kind)) {
            continue;
        }
        if (!store_rows(run->db, run->arena, d->kind, door->options->organisation, STORE_CURRENT,
                        &rows, run->err)) {
            return false;
        }
        for (size_t i = 0; i < rows.count; i++) {
            const char *column = NULL;
            if (names(&rows.rows[i], d, gone->kind, code, &column)) {
                return err_set(run->err, ERR_INPUT,
                               "The %s %s is still named by the %s %s (%s); change that first.",
                               gone->name, code, d->name, rows.rows[i].cells[0], column);
            }
        }
    }
    return true;
}

bool door_remove(struct door *door, size_t number, const struct door_row *now)
{
    const struct door_change *change = &door->changes[number];
    const struct descriptor *d = descriptor_of(change->kind);
    struct import_run *run = &door->run;
    if (d->versioned || change->kind == KIND_ORGANISATION) {
        return err_set(run->err, ERR_INPUT, "The %s %s cannot be retired: change what it says.",
                       d->name, now->cells[0]);
    }
    if (!check_unnamed(door, d, now->cells[0]) ||
        !store_remove_row(run->db, change->kind, door->options->organisation, change->cells,
                          run->err)) {
        return false;
    }
    struct slice *before = ARENA_ARRAY(run->arena, d->count, struct slice);
    for (size_t c = 0; c < d->count; c++) {
        before[c] =
            (struct slice){now->cells[c], now->cells[c] == NULL ? 0 : strlen(now->cells[c])};
    }
    trail_row(&run->trail,
              &(struct trail_row){
                  .action = WHO_RETIRES, .kind = d, .before = before, .reason = change->reason});
    run->changed = run->removed[change->kind] = true;
    return true;
}
