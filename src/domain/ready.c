#include "domain/ready.h"

#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "domain/connections.h"
#include "domain/lease.h"
#include "store/audit.h"
#include "store/runs.h"

static bool is_file(const char *url)
{
    return strstr(url, "://") == NULL && strcmp(url, ":memory:") != 0;
}

static bool read_probe(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct audit_head head;
    int *schema = context;
    (void)a;
    *schema = db_schema_number(db);
    return store_audit_head(db, &head, e);
}

// A row that is written and taken back: false by intention, with `e` left alone when all went well.
static bool write_probe(void *context, struct db *db, struct arena *a, struct err *e)
{
    (void)context;
    (void)a;
    bool written = store_lease_put(db, "(probe)", "probe", 0, e);
    (void)written; // whether it was is in `e`
    return false;
}

static const char *why(const struct err *e, const char *otherwise)
{
    return e->message == NULL ? otherwise : e->message;
}

static int64_t free_percent(struct arena *a, const char *url)
{
    struct statvfs disc;
    const char *slash = strrchr(url, '/');
    const char *folder = slash == NULL ? "." : arena_textn(a, url, (size_t)(slash - url) + 1);
    if (!is_file(url) || statvfs(folder, &disc) != 0 || disc.f_blocks == 0) {
        return -1;
    }
    return (int64_t)(disc.f_bavail * 100 / disc.f_blocks);
}

void ready_look(struct connections *c, struct arena *a, const char *url, struct ready *out)
{
    struct err reading = {.arena = a}, writing = {.arena = a};
    int schema = 0;
    *out = (struct ready){.disc_free = free_percent(a, url)};
    if (!connections_read(c, a, read_probe, &schema, &reading)) {
        out->reading = why(&reading, "The record cannot be read.");
    } else if (schema > store_schema_newest(a, is_file(url) ? "sqlite" : "postgres")) {
        out->schema = "The record is of a newer release than this program; upgrade this server.";
    }
    bool kept = connections_write(c, a, write_probe, NULL, &writing);
    if (kept || writing.kind != ERR_NONE) {
        out->writing = why(&writing, "The record cannot be written to.");
    }
}

struct asked {
    struct ready_figures *out;
};

static bool read_figures(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct asked *asked = context;
    struct audit_head head;
    (void)a;
    if (!store_audit_head(db, &head, e) ||
        !lease_last_done(db, "backup", &asked->out->backup_at, e)) {
        return false;
    }
    asked->out->audit_head = (int64_t)head.seq;
    return true;
}

bool ready_figures(struct connections *c, struct arena *a, const char *url,
                   struct ready_figures *out, struct err *e)
{
    struct stat log;
    struct asked asked = {out};
    *out = (struct ready_figures){.wal_bytes = is_file(url) ? 0 : -1};
    if (is_file(url) && stat(arena_printf(a, "%s-wal", url), &log) == 0) {
        out->wal_bytes = (int64_t)log.st_size;
    }
    return connections_read(c, a, read_figures, &asked, e);
}
