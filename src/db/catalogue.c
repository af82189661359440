// What tables there are, asked of the engine itself.
#include <string.h>

#include "base/grow.h"
#include "db/driver.h"

struct column {
    const char *table, *name;
    int64_t place; // in the primary key, from 1; 0: not in it
};

static bool read_columns(struct db *db, struct arena *a, struct grow *columns, struct err *e)
{
    struct db_statement *s = NULL;
    if (!db_prepare(db, "catalogue", db->driver->catalogue, &s, e)) {
        return false;
    }
    enum db_step step = DB_DONE;
    while ((step = db_step(s, e)) == DB_ROW) {
        size_t length = 0;
        struct column *c = grow_add(columns);
        c->table = arena_text(a, db_text(s, 0, &length));
        c->name = arena_text(a, db_text(s, 1, &length));
        c->place = db_int(s, 2);
    }
    db_reset(s);
    return step == DB_DONE;
}

static void take_table(struct arena *a, const struct column *columns, size_t count,
                       struct db_table *out)
{
    const char **names = ARENA_ARRAY(a, count, const char *);
    const char **key = ARENA_ARRAY(a, count, const char *);
    *out = (struct db_table){columns[0].table, names, count, key, 0};
    for (size_t i = 0; i < count; i++) {
        names[i] = columns[i].name;
        if (columns[i].place > 0 && (size_t)columns[i].place <= count) {
            key[columns[i].place - 1] = columns[i].name;
            out->key_count++;
        }
    }
}

bool db_tables(struct db *db, struct arena *a, const struct db_table **ret, size_t *ret_count,
               struct err *e)
{
    struct grow columns = grow_new(a, sizeof(struct column));
    struct grow tables = grow_new(a, sizeof(struct db_table));
    if (!read_columns(db, a, &columns, e)) {
        return false;
    }
    const struct column *all = columns.items;
    for (size_t from = 0, to = 0; from < columns.count; from = to) {
        while (to < columns.count && strcmp(all[to].table, all[from].table) == 0) {
            to++;
        }
        take_table(a, all + from, to - from, grow_add(&tables));
    }
    *ret = tables.items;
    *ret_count = tables.count;
    return true;
}
