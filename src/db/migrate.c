#include "db/db.h"
#include "db/driver.h"

// One migration and the new schema number, or neither.
static bool apply(struct db *db, const struct db_migration *m, struct err *e)
{
    if (!db_begin(db, e)) {
        return false;
    }
    int now = 0;
    // Another process may have been first while we waited for the lock.
    if (!db->driver->read_schema_number(db, &now, e)) {
        db_rollback(db);
        return false;
    }
    if (now >= m->number) {
        db_rollback(db);
        return true;
    }
    if (!db_script(db, m->sql, e) || !db->driver->write_schema_number(db, m->number, e)) {
        err_cause(e, "migration %s", m->name);
        db_rollback(db);
        return false;
    }
    return db_commit(db, e);
}

bool db_migrate(struct db *db, const struct db_migration *migrations, size_t count, struct err *e)
{
    int now = 0;
    if (!db->driver->read_schema_number(db, &now, e)) {
        return false;
    }
    int ours = count == 0 ? 0 : migrations[count - 1].number;
    if (now > ours) {
        return err_set(e, ERR_SYSTEM,
                       "The record %s was written by a newer Goldthread (schema %d, this program "
                       "knows %d); install that version.",
                       db->shown, now, ours);
    }
    for (size_t i = 0; i < count; i++) {
        if (migrations[i].number <= now) {
            continue;
        }
        if (!db->driver->can_write(db)) {
            return err_set(e, ERR_SYSTEM,
                           "The record %s is of an older schema (%d, this program needs %d) and "
                           "cannot be written to here; run any command that may write to it once.",
                           db->shown, now, ours);
        }
        if (!apply(db, &migrations[i], e)) {
            return false;
        }
    }
    return true;
}

int db_schema_number(struct db *db)
{
    int number = 0;
    struct err ignored = {.arena = db->arena};
    return db->driver->read_schema_number(db, &number, &ignored) ? number : 0;
}
