#include <string.h>

#include "base/grow.h"
#include "store/statements.h"
#include "store/store.h"

struct reading_rows {
    struct arena *arena;
    struct db_statement *statement;
    const struct descriptor *kind;
    const char *last_time; // recorded_at of the row before: most rows of a run share it
};

static const char *read_text(const struct reading_rows *r, int column)
{
    size_t length = 0;
    const char *text = db_text(r->statement, column, &length);
    return text == NULL || length == 0 ? NULL : arena_textn(r->arena, text, length);
}

// Since when the version is known: its own date, or the day it was recorded. Of what has no such
// date (rules, commentary) nobody can say since when its first version was known: since ever, or
// a record made today could judge no figure of the past.
static day known_from(const struct descriptor *d, const char *const *cells, int version,
                      const char *recorded_at)
{
    day date = DAY_NONE;
    if (d->known_from < 0 && version == 1) {
        return DAY_NONE;
    }
    const char *own = d->known_from < 0 ? NULL : cells[d->known_from];
    if (own != NULL && day_parse(own, strlen(own), &date)) {
        return date;
    }
    if (strlen(recorded_at) >= 10 && day_parse(recorded_at, 10, &date)) {
        return date;
    }
    return DAY_NONE;
}

static void read_version(struct reading_rows *r, struct store_row *row)
{
    int at = (int)r->kind->count;
    size_t length = 0;
    const char *time = db_text(r->statement, at + 1, &length);
    if (r->last_time == NULL || strcmp(r->last_time, time) != 0) {
        r->last_time = arena_textn(r->arena, time, length);
    }
    row->version = (int)db_int(r->statement, at);
    row->recorded_at = r->last_time;
    row->current = db_text(r->statement, at + 2, &length) == NULL;
    row->event = (uint64_t)db_int(r->statement, at + 3);
    row->known_from = known_from(r->kind, row->cells, row->version, row->recorded_at);
}

static void read_row(struct reading_rows *r, struct store_row *row)
{
    const char **cells = ARENA_ARRAY(r->arena, r->kind->count, const char *);
    for (size_t i = 0; i < r->kind->count; i++) {
        cells[i] = read_text(r, (int)i);
    }
    row->cells = cells;
    if (r->kind->versioned) {
        read_version(r, row);
    } else {
        row->version = 1;
        row->current = true;
        row->known_from = DAY_NONE;
    }
}

bool store_rows(struct db *db, struct arena *a, enum kind kind, const char *organisation,
                enum store_versions versions, struct store_rows *out, struct err *e)
{
    struct reading_rows r = {.arena = a, .kind = descriptor_of(kind)};
    enum statement which = versions == STORE_ALL ? STATEMENT_ALL : STATEMENT_CURRENT;
    if (!statement_prepare(db, which, r.kind, &r.statement, e)) {
        return false;
    }
    db_bind_text(r.statement, 1, organisation);
    struct grow rows = grow_new(a, sizeof(struct store_row));
    enum db_step step = DB_DONE;
    while ((step = db_step(r.statement, e)) == DB_ROW) {
        read_row(&r, grow_add(&rows));
    }
    db_reset(r.statement);
    if (step == DB_FAULT) {
        return false;
    }
    *out = (struct store_rows){r.kind, rows.items, rows.count};
    return true;
}

bool store_rows_page(struct db *db, struct arena *a, enum kind kind, const char *organisation,
                     const char *const *after, const char *first, size_t limit,
                     struct store_rows *out, struct err *e)
{
    struct reading_rows r = {.arena = a, .kind = descriptor_of(kind)};
    enum statement which = first == NULL ? STATEMENT_PAGE : STATEMENT_PAGE_OF_FIRST;
    if (!statement_prepare(db, which, r.kind, &r.statement, e)) {
        return false;
    }
    db_bind_text(r.statement, 1, organisation);
    db_bind_int(r.statement, 2, (int64_t)limit);
    int n = 3;
    for (size_t c = 0; c < r.kind->count; c++) {
        if (r.kind->columns[c].key) {
            db_bind_text(r.statement, n++, after == NULL || after[c] == NULL ? "" : after[c]);
        }
    }
    if (first != NULL) {
        db_bind_text(r.statement, n, first);
    }
    struct grow rows = grow_new(a, sizeof(struct store_row));
    enum db_step step = DB_DONE;
    while ((step = db_step(r.statement, e)) == DB_ROW) {
        read_row(&r, grow_add(&rows));
    }
    db_reset(r.statement);
    *out = (struct store_rows){r.kind, rows.items, rows.count};
    return step != DB_FAULT;
}

bool store_row(struct db *db, struct arena *a, enum kind kind, const char *organisation,
               const char *const *cells, struct store_row *out, bool *ret_found, struct err *e)
{
    struct reading_rows r = {.arena = a, .kind = descriptor_of(kind)};
    if (!statement_prepare(db, STATEMENT_ROW, r.kind, &r.statement, e)) {
        return false;
    }
    db_bind_text(r.statement, 1, organisation);
    int n = 2;
    for (size_t c = 0; c < r.kind->count; c++) {
        if (r.kind->columns[c].key) {
            db_bind_text(r.statement, n++, cells[c] == NULL ? "" : cells[c]);
        }
    }
    enum db_step step = db_step(r.statement, e);
    if (step == DB_ROW) {
        read_row(&r, out);
    }
    db_reset(r.statement);
    *ret_found = step == DB_ROW;
    return step != DB_FAULT;
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool same_key(const struct descriptor *d, const struct store_row *a,
                     const struct store_row *b)
{
    for (size_t i = 0; i < d->count; i++) {
        if (d->columns[i].key && !same_text(a->cells[i], b->cells[i])) {
            return false;
        }
    }
    return true;
}

bool store_rows_at(struct db *db, struct arena *a, enum kind kind, const char *organisation, day at,
                   struct store_rows *out, struct err *e)
{
    struct store_rows all = {0};
    if (!store_rows(db, a, kind, organisation, STORE_ALL, &all, e)) {
        return false;
    }
    if (!all.kind->versioned) {
        *out = all;
        return true;
    }
    struct store_row *kept = ARENA_ARRAY(a, all.count, struct store_row);
    size_t count = 0;
    for (size_t i = 0; i < all.count; i++) {
        const struct store_row *row = &all.rows[i];
        if (row->known_from > at) {
            continue;
        }
        // Versions of a key follow one another: the last that was known stands.
        if (count > 0 && same_key(all.kind, &kept[count - 1], row)) {
            count--;
        }
        kept[count++] = *row;
    }
    *out = (struct store_rows){all.kind, kept, count};
    return true;
}
