#include <string.h>

#include "base/grow.h"
#include "store/series.h"

// A target of a yes_no measure stands as its word.
static bool read_value(const struct db_value *cell, struct dec *out)
{
    if (series_dec(cell, out)) {
        return true;
    }
    *out = dec_int(cell->text[0] == 'y');
    return strcmp(cell->text, "yes") == 0 || strcmp(cell->text, "no") == 0;
}

static bool read_target(struct series *s, const struct db_value *cells, void *row)
{
    struct store_target *t = row;
    t->agreed_on = series_day(s, &cells[TARGET_AGREED_ON]);
    struct series_version version = series_version(s, cells, t->agreed_on);
    t->rationale = series_text(s, &cells[TARGET_RATIONALE], &s->note);
    t->agreed_by = series_text(s, &cells[TARGET_AGREED_BY], &s->by);
    t->known_from = version.known_from;
    t->version = version.number;
    t->current = version.current;
    return series_period(s, &cells[TARGET_PERIOD], &t->period) &&
           read_value(&cells[TARGET_TARGET], &t->target) &&
           read_value(&cells[TARGET_LOWER], &t->lower) &&
           read_value(&cells[TARGET_UPPER], &t->upper) &&
           read_value(&cells[TARGET_AMBER], &t->amber) &&
           series_dec(&cells[TARGET_GREEN_WITHIN], &t->green_within) &&
           series_dec(&cells[TARGET_AMBER_WITHIN], &t->amber_within);
}

static void take(const struct series *s, const void *rows, size_t count)
{
    s->take_targets(s->context, s->measure, s->part, rows, count);
}

bool store_targets(struct db *db, struct arena *a, const struct store_scope *scope,
                   store_take_targets taker, void *context, struct err *e)
{
    static const struct series_kind targets = {.kind = KIND_TARGET,
                                               .what = "target",
                                               .row = sizeof(struct store_target),
                                               .columns = TARGET_COLUMNS,
                                               .read = read_target,
                                               .take = take};
    struct series s = {.kind = &targets, .take_targets = taker, .context = context};
    return series_scan(&s, db, a, scope, e);
}

bool store_measures_with_targets(struct db *db, struct arena *a, const char *organisation,
                                 const char *const **ret, size_t *ret_count, struct err *e)
{
    struct db_statement *s = NULL;
    if (!statement_prepare_plain(db, PLAIN_TARGETED, &s, e)) {
        return false;
    }
    db_bind_text(s, 1, organisation);
    struct grow found = grow_new(a, sizeof(const char *));
    enum db_step step = DB_DONE;
    while ((step = db_step(s, e)) == DB_ROW) {
        size_t length = 0;
        const char *code = db_text(s, 0, &length);
        *(const char **)grow_add(&found) = arena_textn(a, code, length);
    }
    db_reset(s);
    *ret = found.items;
    *ret_count = found.count;
    return step == DB_DONE;
}
