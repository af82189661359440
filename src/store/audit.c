#include "store/audit.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "store/statements.h"

enum { LINE_MAX_BYTES = 64 << 20, EVENT_COLUMNS = 14 };

static const char *const columns[EVENT_COLUMNS] = {
    "seq", "at",      "actor",  "session", "action", "org",      "kind",
    "key", "changes", "reason", "rows",    "digest", "previous", "hash"};

static void put_member(struct buf *b, const char *name, const char *text)
{
    buf_text(b, ",\"");
    buf_text(b, name);
    buf_text(b, "\":");
    json_put_text(b, text);
}

static void put_raw(struct buf *b, const char *name, const char *json)
{
    buf_text(b, ",\"");
    buf_text(b, name);
    buf_text(b, "\":");
    buf_text(b, json);
}

void audit_line(struct buf *b, const struct audit_event *event, bool with_hash)
{
    buf_text(b, "{\"seq\":");
    buf_int(b, (int64_t)event->seq);
    put_member(b, "at", event->at);
    put_member(b, "actor", event->actor);
    put_member(b, "session", event->session);
    put_member(b, "action", event->action);
    put_member(b, "organisation", event->organisation);
    put_member(b, "kind", event->kind);
    put_raw(b, "key", event->key);
    put_raw(b, "changes", event->changes);
    put_member(b, "reason", event->reason);
    buf_text(b, ",\"rows\":");
    buf_int(b, (int64_t)event->rows);
    put_member(b, "digest", event->digest);
    put_member(b, "previous", event->previous);
    if (with_hash) {
        put_member(b, "hash", event->hash);
    }
    buf_char(b, '}');
}

bool store_audit_head(struct db *db, struct audit_head *out, struct err *e)
{
    struct db_statement *s = NULL;
    if (!statement_prepare_plain(db, PLAIN_AUDIT_HEAD, &s, e)) {
        return false;
    }
    struct audit_head head = {0};
    memset(head.hash, '0', DIGEST_HEX);
    enum db_step step = db_step(s, e);
    if (step == DB_ROW) {
        size_t length = 0;
        const char *hash = db_text(s, 1, &length);
        head.seq = (uint64_t)db_int(s, 0);
        snprintf(head.hash, sizeof head.hash, "%s", hash);
    }
    db_reset(s);
    if (step == DB_FAULT) {
        return false;
    }
    *out = head;
    return true;
}

static struct db_cell cell_of(const char *text)
{
    return (struct db_cell){text, strlen(text)};
}

static void fill_cells(struct arena *a, const struct audit_event *event, struct db_cell *cells)
{
    const char *const texts[EVENT_COLUMNS] = {
        arena_printf(a, "%llu", (unsigned long long)event->seq),
        event->at,
        event->actor,
        event->session,
        event->action,
        event->organisation,
        event->kind,
        event->key,
        event->changes,
        event->reason,
        arena_printf(a, "%llu", (unsigned long long)event->rows),
        event->digest,
        event->previous,
        event->hash,
    };
    for (size_t i = 0; i < EVENT_COLUMNS; i++) {
        cells[i] = cell_of(texts[i]);
    }
}

bool store_audit_append(struct db *db, struct arena *a, struct audit_event *events, size_t count,
                        struct err *e)
{
    struct audit_head head;
    struct db_bulk *bulk = NULL;
    if (count == 0) {
        return true;
    }
    if (!store_audit_head(db, &head, e) ||
        !db_bulk_open(db, a, "events", columns, EVENT_COLUMNS, &bulk, e)) {
        return false;
    }
    struct digest *digest = digest_new(a);
    struct buf line = buf_new(a, LINE_MAX_BYTES);
    for (size_t i = 0; i < count; i++) {
        struct audit_event *event = &events[i];
        event->seq = head.seq + 1;
        event->previous = arena_textn(a, head.hash, DIGEST_HEX);
        line.length = 0;
        audit_line(&line, event, false);
        if (line.full) {
            return err_set(e, ERR_INPUT,
                           "One change is too large for the audit trail; make it in parts.");
        }
        digest_put(digest, line.text, line.length);
        digest_end(digest, head.hash);
        head.seq++;
        event->hash = arena_textn(a, head.hash, DIGEST_HEX);
        struct db_cell cells[EVENT_COLUMNS];
        fill_cells(a, event, cells);
        if (!db_bulk_row(bulk, cells, e)) {
            return false;
        }
    }
    return db_bulk_close(bulk, e);
}

bool store_audit_salt(struct db *db, struct arena *a, bool make, const char **out, struct err *e)
{
    struct db_statement *s = NULL;
    const char *kept = db_kept(db, "audit.salt");
    if (kept != NULL) {
        *out = arena_text(a, kept);
        return true;
    }
    if (!statement_prepare_plain(db, PLAIN_AUDIT_SALT, &s, e)) {
        return false;
    }
    size_t length = 0;
    enum db_step step = db_step(s, e);
    const char *salt = step == DB_ROW ? arena_text(a, db_text(s, 0, &length)) : "";
    db_reset(s);
    if (step == DB_ROW) {
        db_keep(db, "audit.salt", salt);
    }
    if (step == DB_DONE && make) {
        char *made = arena_alloc(a, DIGEST_HEX + 1);
        digest_random(a, made);
        if (!statement_prepare_plain(db, PLAIN_AUDIT_SALT_ADD, &s, e)) {
            return false;
        }
        db_bind_text(s, 1, made);
        if (!db_run(s, e)) {
            return false;
        }
        salt = made;
    }
    *out = salt;
    return step != DB_FAULT;
}
