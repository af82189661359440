#include <string.h>

#include "base/grow.h"
#include "store/series.h"

// Behind the descriptor's columns.
enum { VERSION = TARGET_COLUMNS, RECORDED_AT, SUPERSEDED_AT };

// A target of a yes_no measure stands as its word.
static bool read_value(struct series *s, int column, struct dec *out)
{
    size_t length = 0;
    const char *text = db_text(s->statement, column, &length);
    if (text != NULL && (strcmp(text, "yes") == 0 || strcmp(text, "no") == 0)) {
        *out = dec_int(text[0] == 'y');
        return true;
    }
    return series_dec(s, column, out);
}

static bool read_target(struct series *s, struct store_target *t)
{
    size_t length = 0;
    t->measure = series_text(s, TARGET_MEASURE, &s->measure);
    t->part = series_text(s, TARGET_PART, &s->part);
    t->rationale = series_text(s, TARGET_RATIONALE, &s->note);
    t->agreed_by = series_text(s, TARGET_AGREED_BY, &s->by);
    t->agreed_on = series_day(s, TARGET_AGREED_ON);
    t->known_from = series_known_from(s, RECORDED_AT, t->agreed_on);
    t->version = (int32_t)db_int(s->statement, VERSION);
    t->current = db_text(s->statement, SUPERSEDED_AT, &length) == NULL;
    return series_period(s, TARGET_PERIOD, &t->period) &&
           read_value(s, TARGET_TARGET, &t->target) && read_value(s, TARGET_LOWER, &t->lower) &&
           read_value(s, TARGET_UPPER, &t->upper) && read_value(s, TARGET_AMBER, &t->amber) &&
           series_dec(s, TARGET_GREEN_WITHIN, &t->green_within) &&
           series_dec(s, TARGET_AMBER_WITHIN, &t->amber_within);
}

bool store_targets(struct db *db, struct arena *a, const char *organisation, int year_start,
                   enum store_versions versions, struct store_targets *out, struct err *e)
{
    struct series s;
    if (!series_start(&s, db, a, KIND_TARGET, versions, organisation, year_start, e)) {
        return false;
    }
    struct grow targets = grow_new(a, sizeof(struct store_target));
    enum db_step step = DB_DONE;
    while ((step = db_step(s.statement, e)) == DB_ROW) {
        if (!read_target(&s, grow_add(&targets))) {
            db_reset(s.statement);
            return series_damaged(&s, "target", e);
        }
    }
    db_reset(s.statement);
    if (step == DB_FAULT) {
        return false;
    }
    *out = (struct store_targets){targets.items, targets.count};
    return true;
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
