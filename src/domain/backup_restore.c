#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/metrics.h"
#include "domain/backup_parts.h"
#include "domain/copy.h"

struct restoring {
    struct arena *arena;
    const char *url; // where to
    const char *confirm;
    struct backup_found found;
    struct backup_report report;
    struct err *err;
};

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

// The name that confirms: the one organisation's code, else the file's own.
static const char *name_of(const struct restoring *r)
{
    return r->found.organisation_count == 1 ? r->found.organisations[0].code : base_name(r->url);
}

static bool is_confirmed(const struct restoring *r)
{
    const struct store_organisation *only =
        r->found.organisation_count == 1 ? &r->found.organisations[0] : NULL;
    const char *said = r->confirm;
    return said != NULL &&
           (strcmp(said, base_name(r->url)) == 0 ||
            (only != NULL && (strcmp(said, only->code) == 0 || strcmp(said, only->name) == 0)));
}

static const char *what_is_lost(const struct restoring *r)
{
    unsigned long long here = r->found.head.seq, there = r->report.audit.head.seq;
    if (!r->found.readable) {
        return "cannot be read as a record";
    }
    if (r->found.earlier) {
        return "holds a record, all of which the backup has";
    }
    if (here > there) {
        return arena_printf(r->arena, "is newer: its last change is number %llu, the backup's %llu",
                            here, there);
    }
    return "holds a record of its own, which the backup does not have";
}

static bool check_confirmed(struct restoring *r)
{
    if (!r->found.exists || r->found.empty || is_confirmed(r)) {
        return true;
    }
    return err_set(r->err, ERR_INPUT,
                   "%s %s. To put the backup in its place say --confirm \"%s\"%s. Nothing was "
                   "changed.",
                   r->url, what_is_lost(r), name_of(r),
                   r->confirm == NULL ? "" : ", not what was given");
}

// The new file belongs to whom the old one did, or to whom the folder does: root restores for a
// server that is not root. Without the right to give it away it stays ours.
static void give_to_owner(const struct restoring *r, const char *file)
{
    struct stat facts;
    const char *slash = strrchr(r->url, '/');
    const char *folder =
        slash == NULL ? "." : arena_textn(r->arena, r->url, (size_t)(slash - r->url) + 1);
    bool known = stat(r->url, &facts) == 0;
    if (known && S_ISREG(facts.st_mode)) {
        (void)!chmod(file, facts.st_mode & 0777);
    }
    if (known || stat(folder, &facts) == 0) {
        (void)!chown(file, facts.st_uid, facts.st_gid);
    }
}

// "goldthread.db.before-20250401T093000Z", and with a number where that is taken.
static const char *kept_name(const struct restoring *r, int number)
{
    char stamp[32];
    struct tm utc;
    time_t now = time(NULL);
    gmtime_r(&now, &utc);
    strftime(stamp, sizeof stamp, "%Y%m%dT%H%M%SZ", &utc);
    return number == 0 ? arena_printf(r->arena, "%s.before-%s", r->url, stamp)
                       : arena_printf(r->arena, "%s.before-%s-%d", r->url, stamp, number);
}

// What stood there is kept under a second name, its unfinished journal with it: SQLite must never
// find the journal of one file beside another.
static bool keep_old(struct restoring *r)
{
    enum { TRIES = 100 };
    const char *kept = kept_name(r, 0);
    const char *journal = arena_printf(r->arena, "%s-journal", r->url);
    int linked = link(r->url, kept);
    for (int i = 1; linked != 0 && errno == EEXIST && i < TRIES; i++) {
        kept = kept_name(r, i);
        linked = link(r->url, kept);
    }
    if (linked != 0) {
        return err_set(r->err, ERR_SYSTEM, "%s could not be kept as %s: %s. Nothing was changed.",
                       r->url, kept, strerror(errno));
    }
    if (rename(journal, arena_printf(r->arena, "%s-journal", kept)) != 0 && errno != ENOENT) {
        return err_set(r->err, ERR_SYSTEM, "%s could not be set aside: %s. Nothing was changed.",
                       journal, strerror(errno));
    }
    r->report.kept = kept;
    return true;
}

// With the write lock of the record that stood there: nobody is in the middle of a change of it,
// and who waits to begin one finds that the file is no longer the one it had opened.
static bool replace(struct restoring *r, struct backup_draft *draft)
{
    struct db *old = NULL;
    if (!file_sync(draft->name, r->err)) {
        return false;
    }
    give_to_owner(r, draft->name);
    if (!r->found.exists) {
        return backup_settle(draft, r->url, r->err);
    }
    if (r->found.readable &&
        (!db_open(r->arena, r->url, DB_WRITE, &old, r->err) || !db_begin(old, r->err))) {
        return false;
    }
    bool good = (r->found.empty || keep_old(r)) && backup_settle(draft, r->url, r->err);
    db_close(old);
    return good;
}

static bool to_file(struct restoring *r, const char *file)
{
    struct stat one, two;
    if (stat(file, &one) == 0 && stat(r->url, &two) == 0 && one.st_dev == two.st_dev &&
        one.st_ino == two.st_ino) {
        return err_set(r->err, ERR_USAGE, "%s is the record itself; give the file of a backup.",
                       file);
    }
    struct backup_draft *draft = backup_draft(r->arena, r->url, r->err);
    if (draft == NULL || !backup_copy(r->arena, file, draft->name, r->err) ||
        !backup_check(r->arena, draft->name, &r->report, r->err)) {
        return false;
    }
    backup_look(r->arena, r->url, draft->name, &r->found);
    return check_confirmed(r) && replace(r, draft);
}

// Into a server's database: brought up to date in a file of its own first, then row by row.
static bool to_server(struct restoring *r, const char *file)
{
    const char *folder = getenv("TMPDIR");
    const char *place =
        arena_printf(r->arena, "%s/goldthread-restore", folder == NULL ? "/tmp" : folder);
    struct backup_draft *draft = backup_draft(r->arena, place, r->err);
    return draft != NULL && backup_copy(r->arena, file, draft->name, r->err) &&
           backup_check(r->arena, draft->name, &r->report, r->err) &&
           copy_record(r->arena, draft->name, r->url, &r->report.tables, &r->report.table_count,
                       r->err);
}

bool backup_restore(struct arena *a, const char *file, const char *url, const char *confirm,
                    struct backup_report *out, struct err *e)
{
    uint64_t started = metrics_clock();
    struct restoring r = {.arena = a, .url = url, .confirm = confirm, .err = e};
    r.report = (struct backup_report){.record = db_url_shown(a, url), .file = file};
    bool server = strstr(url, "://") != NULL;
    if (strstr(file, "://") != NULL) {
        return err_set(e, ERR_USAGE, "A backup is a file, and %s is none; give the file of one.",
                       db_url_shown(a, file));
    }
    if (!(server ? to_server(&r, file) : to_file(&r, file))) {
        return false;
    }
    r.report.milliseconds = (metrics_clock() - started) / 1000000;
    *out = r.report;
    return true;
}
