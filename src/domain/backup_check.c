// What a copy of a record must pass before it may be called a backup, and what stands where one
// shall go.
#include <string.h>
#include <sys/stat.h>

#include "domain/backup_parts.h"

static bool count_tables(struct db *db, struct arena *a, struct backup_report *out, struct err *e)
{
    if (!db_begin_read(db, e)) {
        return false;
    }
    bool good = store_digests(db, a, &out->tables, &out->table_count, e);
    db_rollback(db);
    for (size_t i = 0; good && i < out->table_count; i++) {
        out->rows += out->tables[i].rows;
    }
    return good;
}

bool backup_check(struct arena *a, const char *file, struct backup_report *out, struct err *e)
{
    struct db *db = NULL;
    struct stat facts;
    // store_open also brings a copy of an earlier release up to this program's schema.
    if (!store_open(a, file, DB_WRITE, &db, e)) {
        return false;
    }
    out->rows = 0;
    bool good = db_check(db, e) && audit_verify(db, a, NULL, 0, &out->audit, e) &&
                count_tables(db, a, out, e);
    db_close(db);
    if (good && stat(file, &facts) != 0) {
        return err_set(e, ERR_SYSTEM, "%s cannot be looked at.", file);
    }
    out->bytes = good ? (uint64_t)facts.st_size : 0;
    return good;
}

bool backup_same_tables(const struct backup_report *a, const struct backup_report *b, struct err *e)
{
    bool same = a->table_count == b->table_count;
    for (size_t i = 0; same && i < a->table_count; i++) {
        const struct store_copied *one = &a->tables[i], *two = &b->tables[i];
        same = strcmp(one->table, two->table) == 0 && one->rows == two->rows &&
               strcmp(one->digest, two->digest) == 0;
        if (!same) {
            return err_set(e, ERR_SYSTEM,
                           "The backup of %s does not restore to what it holds: the table %s "
                           "differs. Nothing was kept.",
                           a->record, one->table);
        }
    }
    return same ||
           err_set(e, ERR_SYSTEM, "The backup of %s lacks tables. Nothing was kept.", a->record);
}

// ---- what stands there already ----

static bool has_event(struct db *db, const struct audit_head *head, struct err *e)
{
    struct audit_reader r;
    if (!store_audit_start_one(&r, db, head->seq, e)) {
        return false;
    }
    bool same = store_audit_next(&r, e) == DB_ROW && strcmp(r.event.hash, head->hash) == 0;
    store_audit_end(&r);
    return same;
}

// A file that cannot be read as a record is a finding, not a failure of ours.
static void look_into(struct arena *a, struct db *db, const char *other, struct backup_found *out)
{
    struct err ignored = {.arena = a};
    struct db *held = NULL;
    out->empty = db_schema_number(db) == 0;
    out->readable = out->empty || (store_audit_head(db, &out->head, &ignored) &&
                                   store_organisations(db, a, &out->organisations,
                                                       &out->organisation_count, &ignored));
    if (!out->readable || out->empty) {
        return;
    }
    out->empty = out->head.seq == 0 && out->organisation_count == 0;
    if (out->head.seq > 0 && db_open(a, other, DB_READ, &held, &ignored)) {
        out->earlier = has_event(held, &out->head, &ignored);
        db_close(held);
    }
}

void backup_look(struct arena *a, const char *file, const char *other, struct backup_found *out)
{
    struct stat facts;
    struct err why = {.arena = a};
    struct db *db = NULL;
    *out = (struct backup_found){.exists = lstat(file, &facts) == 0};
    if (out->exists && db_open(a, file, DB_READ, &db, &why)) {
        look_into(a, db, other, out);
        db_close(db);
    }
}
