#include "store/write.h"

#include <string.h>

#include "store/statements.h"

enum { SYSTEM_BEFORE = 1, SYSTEM_BEHIND = 3 }; // org; version, recorded_at, event

struct store_add {
    const struct descriptor *kind;
    struct db_bulk *bulk;
    struct arena *arena;
    struct db_cell cells[SYSTEM_BEFORE + COLUMNS_MAX + SYSTEM_BEHIND];
    int last_version;
    struct db_cell last_version_text;
    uint64_t last_event;
    struct db_cell last_event_text;
};

static struct db_cell cell_of(const char *text)
{
    return (struct db_cell){text, text == NULL ? 0 : strlen(text)};
}

bool store_add_open(struct db *db, struct arena *a, enum kind kind, const char *organisation,
                    const char *recorded_at, struct store_add **out, struct err *e)
{
    struct store_add *w = ARENA_NEW(a, struct store_add);
    const struct descriptor *d = descriptor_of(kind);
    size_t count = SYSTEM_BEFORE + d->count + (d->versioned ? SYSTEM_BEHIND : 0);
    const char **columns = ARENA_ARRAY(a, count, const char *);
    columns[0] = "org";
    for (size_t i = 0; i < d->count; i++) {
        columns[SYSTEM_BEFORE + i] = d->columns[i].name;
    }
    if (d->versioned) {
        columns[count - 3] = "version";
        columns[count - 2] = "recorded_at";
        columns[count - 1] = "event";
        w->cells[count - 2] = cell_of(recorded_at);
    }
    w->kind = d;
    w->arena = a;
    w->cells[0] = cell_of(organisation);
    *out = w;
    return db_bulk_open(db, a, d->table, columns, count, &w->bulk, e);
}

bool store_add_row(struct store_add *w, const struct db_cell *cells, int version, uint64_t event,
                   struct err *e)
{
    const struct descriptor *d = w->kind;
    struct db_cell *to = w->cells + SYSTEM_BEFORE;
    for (size_t i = 0; i < d->count; i++) {
        bool blank_key = d->columns[i].key && cells[i].text == NULL;
        to[i] = blank_key ? (struct db_cell){"", 0} : cells[i];
    }
    if (d->versioned) {
        if (version != w->last_version) {
            w->last_version = version;
            w->last_version_text = cell_of(arena_printf(w->arena, "%d", version));
        }
        if (event != w->last_event) {
            w->last_event = event;
            w->last_event_text = cell_of(arena_printf(w->arena, "%llu", (unsigned long long)event));
        }
        to[d->count] = w->last_version_text;
        to[d->count + 2] = w->last_event_text;
    }
    return db_bulk_row(w->bulk, w->cells, e);
}

bool store_add_close(struct store_add *w, struct err *e)
{
    return db_bulk_close(w->bulk, e);
}

// A blank key cell is '' in the record.
static void bind_cell(struct db_statement *s, int n, const struct column *c,
                      const struct db_cell *cell)
{
    if (c->key && cell->text == NULL) {
        db_bind_textn(s, n, "", 0);
    } else {
        db_bind_textn(s, n, cell->text, cell->length);
    }
}

// Runs a statement that must change exactly one row.
static bool run_on_one(struct db *db, struct db_statement *s, const struct descriptor *d,
                       struct err *e)
{
    if (!db_run(s, e)) {
        return false;
    }
    return db_changes(db) == 1 ||
           err_set(e, ERR_SYSTEM, "A %s to be changed is no longer in the record; run it again.",
                   d->name);
}

bool store_update_row(struct db *db, enum kind kind, const char *organisation,
                      const struct db_cell *cells, struct err *e)
{
    const struct descriptor *d = descriptor_of(kind);
    struct db_statement *s = NULL;
    if (!statement_prepare(db, STATEMENT_UPDATE, d, &s, e)) {
        return false;
    }
    db_bind_text(s, 1, organisation);
    for (size_t i = 0; i < d->count; i++) {
        bind_cell(s, (int)i + 2, &d->columns[i], &cells[i]);
    }
    return run_on_one(db, s, d, e);
}

bool store_remove_row(struct db *db, enum kind kind, const char *organisation,
                      const char *const *cells, struct err *e)
{
    const struct descriptor *d = descriptor_of(kind);
    struct db_statement *s = NULL;
    if (!statement_prepare(db, STATEMENT_REMOVE, d, &s, e)) {
        return false;
    }
    db_bind_text(s, 1, organisation);
    int n = 2;
    for (size_t i = 0; i < d->count; i++) {
        if (d->columns[i].key) {
            db_bind_text(s, n++, cells[i] == NULL ? "" : cells[i]);
        }
    }
    return run_on_one(db, s, d, e);
}

bool store_supersede(struct db *db, enum kind kind, const char *organisation,
                     const struct db_cell *cells, int version, const char *at, struct err *e)
{
    const struct descriptor *d = descriptor_of(kind);
    struct db_statement *s = NULL;
    if (!statement_prepare(db, STATEMENT_SUPERSEDE, d, &s, e)) {
        return false;
    }
    db_bind_text(s, 1, organisation);
    db_bind_text(s, 2, at);
    db_bind_int(s, 3, version);
    int n = 4;
    for (size_t i = 0; i < d->count; i++) {
        if (d->columns[i].key) {
            bind_cell(s, n++, &d->columns[i], &cells[i]);
        }
    }
    return run_on_one(db, s, d, e);
}

bool store_revise(struct db *db, const char *organisation, const char *at, const char *what,
                  struct err *e)
{
    struct db_statement *s = NULL;
    if (!statement_prepare_plain(db, PLAIN_REVISE, &s, e)) {
        return false;
    }
    db_bind_text(s, 1, organisation);
    db_bind_text(s, 2, at);
    db_bind_text(s, 3, what);
    return db_run(s, e);
}
