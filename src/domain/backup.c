#include "domain/backup.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/metrics.h"
#include "domain/backup_parts.h"
#include "domain/lease.h"

// A backup holds what the record holds: nobody else may read it.
enum { MODE = 0600 };

static void remove_draft(void *what)
{
    struct backup_draft *draft = what;
    if (draft->name != NULL) {
        unlink(draft->name);
    }
}

struct backup_draft *backup_draft(struct arena *a, const char *path, struct err *e)
{
    struct backup_draft *draft = ARENA_NEW(a, struct backup_draft);
    arena_defer(a, remove_draft, draft);
    char *name = NULL;
    int fd = file_open_beside(a, path, MODE, &name);
    if (fd < 0) {
        (void)err_set(e, ERR_SYSTEM,
                      "%s cannot be written; check that its folder exists and may be written to.",
                      path);
        return NULL;
    }
    draft->name = name;
    close(fd); // before a database has it open: closing a second descriptor would drop its locks
    return draft;
}

bool backup_settle(struct backup_draft *draft, const char *path, struct err *e)
{
    if (!file_sync(draft->name, e) || !file_move_over(draft->name, path, e)) {
        return false;
    }
    draft->name = NULL;
    return true;
}

static bool copy_rows(struct arena *a, struct db *from, const char *file, struct err *e)
{
    const struct store_copied *tables = NULL;
    size_t count = 0;
    struct db *to = NULL;
    if (!store_open(a, file, DB_CREATE, &to, e) || !db_begin_read(from, e) || !db_begin(to, e)) {
        return false;
    }
    bool good = store_copy(from, to, a, &tables, &count, e) && db_commit(to, e);
    db_close(to);
    db_rollback(from);
    return good;
}

bool backup_copy(struct arena *a, const char *url, const char *file, struct err *e)
{
    struct db *from = NULL;
    // An SQLite record is copied as it is, of whatever release: only rows need the tables to match.
    if (!db_open(a, url, DB_READ, &from, e)) {
        return false;
    }
    if (db_schema_number(from) == 0) {
        db_close(from);
        return err_set(e, ERR_INPUT, "%s holds no record yet.", db_url_shown(a, url));
    }
    bool good = db_is_file(from) ? db_copy_file(from, file, e) : copy_rows(a, from, file, e);
    db_close(from);
    return good;
}

static bool is_same_file(const char *a, const char *b)
{
    struct stat one, two;
    return stat(a, &one) == 0 && stat(b, &two) == 0 && one.st_dev == two.st_dev &&
           one.st_ino == two.st_ino;
}

// Before the long work: the name is one that may be given.
static bool check_name(struct arena *a, const char *url, const char *file, struct err *e)
{
    if (strstr(file, "://") != NULL) {
        return err_set(e, ERR_USAGE,
                       "A backup is a file, and %s is none; to move the record to another database "
                       "use goldthread copy.",
                       db_url_shown(a, file));
    }
    if (file[0] == '\0' || file_is_folder(file)) {
        return err_set(e, ERR_USAGE, "\"%s\" is not the name of a file; say which file to make.",
                       file);
    }
    return !is_same_file(url, file) ||
           err_set(e, ERR_USAGE, "%s is the record itself; give the backup another name.", file);
}

// A file of the backup's name that is no earlier backup of this record is somebody's: it stays.
static bool check_place(struct arena *a, const char *file, const char *copy, struct err *e)
{
    struct backup_found found = {0};
    backup_look(a, file, copy, &found);
    return !found.exists || found.empty || found.earlier ||
           err_set(e, ERR_INPUT,
                   "%s is there already and is not an earlier backup of this record; give another "
                   "name. Nothing was written.",
                   file);
}

// Restored as it would be in need, into a fresh place, and every table compared.
static bool rehearse(struct arena *a, const char *file, const char *copy,
                     struct backup_report *report, struct err *e)
{
    struct backup_report again = {0};
    struct backup_draft *fresh = backup_draft(a, file, e);
    if (fresh == NULL || !backup_copy(a, copy, fresh->name, e) ||
        !backup_check(a, fresh->name, &again, e) || !backup_same_tables(report, &again, e)) {
        return false;
    }
    report->rehearsed = true;
    return true;
}

bool backup_make(struct arena *a, const char *url, const char *file, bool rehearsed,
                 struct backup_report *out, struct err *e)
{
    uint64_t started = metrics_clock();
    struct backup_report report = {.record = db_url_shown(a, url), .file = file};
    if (!check_name(a, url, file, e)) {
        return false;
    }
    struct backup_draft *draft = backup_draft(a, file, e);
    if (draft == NULL || !backup_copy(a, url, draft->name, e) ||
        !backup_check(a, draft->name, &report, e) || !check_place(a, file, draft->name, e) ||
        (rehearsed && !rehearse(a, file, draft->name, &report, e)) ||
        !backup_settle(draft, file, e)) {
        return false;
    }
    report.milliseconds = (metrics_clock() - started) / 1000000;
    *out = report;
    return true;
}

void backup_note(struct arena *a, const char *url)
{
    struct err ignored = {.arena = a};
    struct db *db = NULL;
    if (db_open(a, url, DB_WRITE, &db, &ignored)) {
        bool noted = db_begin(db, &ignored) && lease_note(db, "backup", "command line", &ignored) &&
                     db_commit(db, &ignored);
        (void)noted;
        db_close(db);
    }
}
