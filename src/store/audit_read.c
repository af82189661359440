#include "store/audit.h"
#include "store/statements.h"

bool store_audit_start(struct audit_reader *r, struct db *db, uint64_t from, struct err *e)
{
    if (!statement_prepare_plain(db, PLAIN_AUDIT_FROM, &r->statement, e)) {
        return false;
    }
    db_bind_int(r->statement, 1, (int64_t)from);
    return true;
}

bool store_audit_start_one(struct audit_reader *r, struct db *db, uint64_t seq, struct err *e)
{
    if (!statement_prepare_plain(db, PLAIN_AUDIT_ONE, &r->statement, e)) {
        return false;
    }
    db_bind_int(r->statement, 1, (int64_t)seq);
    return true;
}

static bool start_of_kind(struct audit_reader *r, struct db *db, enum plain_statement which,
                          const char *organisation, const char *kind, struct err *e)
{
    if (!statement_prepare_plain(db, which, &r->statement, e)) {
        return false;
    }
    db_bind_text(r->statement, 1, organisation);
    db_bind_text(r->statement, 2, kind);
    return true;
}

bool store_audit_start_of(struct audit_reader *r, struct db *db, const char *organisation,
                          const char *kind, const char *key, struct err *e)
{
    if (!start_of_kind(r, db, PLAIN_AUDIT_OF, organisation, kind, e)) {
        return false;
    }
    db_bind_text(r->statement, 3, key);
    return true;
}

bool store_audit_start_last(struct audit_reader *r, struct db *db, const char *organisation,
                            const char *kind, struct err *e)
{
    return start_of_kind(r, db, PLAIN_AUDIT_LAST, organisation, kind, e);
}

static const char *text_of(const struct audit_reader *r, int column)
{
    size_t length = 0;
    const char *text = db_text(r->statement, column, &length);
    return text == NULL ? "" : text;
}

enum db_step store_audit_next(struct audit_reader *r, struct err *e)
{
    enum db_step step = db_step(r->statement, e);
    if (step == DB_ROW) {
        r->event = (struct audit_event){
            .seq = (uint64_t)db_int(r->statement, 0),
            .at = text_of(r, 1),
            .actor = text_of(r, 2),
            .session = text_of(r, 3),
            .action = text_of(r, 4),
            .organisation = text_of(r, 5),
            .kind = text_of(r, 6),
            .key = text_of(r, 7),
            .changes = text_of(r, 8),
            .reason = text_of(r, 9),
            .rows = (uint64_t)db_int(r->statement, 10),
            .digest = text_of(r, 11),
            .previous = text_of(r, 12),
            .hash = text_of(r, 13),
        };
    }
    return step;
}

void store_audit_end(struct audit_reader *r)
{
    db_reset(r->statement);
}
