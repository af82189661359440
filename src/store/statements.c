#include "store/statements.h"

#include "base/buf.h"

enum { SQL_MAX = 1 << 16 };

// Of the audit trail, as store/audit_read.c takes them.
#define EVENT_COLUMNS                                                                              \
    "e.\"seq\", e.\"at\", e.\"actor\", e.\"session\", e.\"action\", e.\"org\", e.\"kind\", "       \
    "e.\"key\", e.\"changes\", e.\"reason\", e.\"rows\", e.\"digest\", e.\"previous\", e.\"hash\""

static void put_name(struct buf *b, const char *name)
{
    buf_char(b, '"');
    buf_text(b, name);
    buf_char(b, '"');
}

static void put_parameter(struct buf *b, int n)
{
    buf_char(b, '$');
    buf_int(b, n);
}

static void put_select(struct buf *b, const struct descriptor *d, const char *before,
                       const char *behind)
{
    buf_text(b, "SELECT ");
    buf_text(b, before);
    for (size_t i = 0; i < d->count; i++) {
        buf_text(b, i == 0 ? "" : ", ");
        put_name(b, d->columns[i].name);
    }
    buf_text(b, d->versioned ? ", \"version\", \"recorded_at\", \"superseded_at\"" : "");
    buf_text(b, d->versioned && behind[0] == '\0' ? ", \"event\"" : "");
    buf_text(b, behind);
    buf_text(b, " FROM ");
    put_name(b, d->table);
    buf_text(b, " WHERE \"org\" = $1");
}

static void put_order(struct buf *b, const struct descriptor *d)
{
    buf_text(b, " ORDER BY \"org\"");
    for (size_t i = 0; i < d->count; i++) {
        if (d->columns[i].key) {
            buf_text(b, ", ");
            put_name(b, d->columns[i].name);
        }
    }
    buf_text(b, d->versioned ? ", \"version\"" : "");
}

static void put_update(struct buf *b, const struct descriptor *d)
{
    buf_text(b, "UPDATE ");
    put_name(b, d->table);
    const char *before = " SET ";
    for (size_t i = 0; i < d->count; i++) {
        if (!d->columns[i].key) {
            buf_text(b, before);
            put_name(b, d->columns[i].name);
            buf_text(b, " = ");
            put_parameter(b, (int)i + 2);
            before = ", ";
        }
    }
    buf_text(b, " WHERE \"org\" = $1");
    for (size_t i = 0; i < d->count; i++) {
        if (d->columns[i].key) {
            buf_text(b, " AND ");
            put_name(b, d->columns[i].name);
            buf_text(b, " = ");
            put_parameter(b, (int)i + 2);
        }
    }
}

static void put_supersede(struct buf *b, const struct descriptor *d)
{
    buf_text(b, "UPDATE ");
    put_name(b, d->table);
    buf_text(b, " SET \"superseded_at\" = $2 WHERE \"org\" = $1 AND \"version\" = $3");
    int n = 4;
    for (size_t i = 0; i < d->count; i++) {
        if (d->columns[i].key) {
            buf_text(b, " AND ");
            put_name(b, d->columns[i].name);
            buf_text(b, " = ");
            put_parameter(b, n++);
        }
    }
}

static void put_key(struct buf *b, const struct descriptor *d)
{
    int n = 2;
    for (size_t i = 0; i < d->count; i++) {
        if (d->columns[i].key) {
            buf_text(b, " AND ");
            put_name(b, d->columns[i].name);
            buf_text(b, " = ");
            put_parameter(b, n++);
        }
    }
}

// Rows are compared as wholes: (a, b) > ($3, $4).
static void put_page(struct buf *b, const struct descriptor *d, bool of_first)
{
    buf_text(b, " AND (");
    int keys = 0;
    for (size_t i = 0; i < d->count; i++) {
        if (d->columns[i].key) {
            buf_text(b, keys++ == 0 ? "" : ", ");
            put_name(b, d->columns[i].name);
        }
    }
    buf_text(b, ") > (");
    for (int k = 0; k < keys; k++) {
        buf_text(b, k == 0 ? "" : ", ");
        put_parameter(b, 3 + k);
    }
    buf_text(b, ")");
    if (of_first) {
        buf_text(b, " AND ");
        put_name(b, d->columns[0].name);
        buf_text(b, " = ");
        put_parameter(b, 3 + keys);
    }
    buf_text(b, d->versioned ? " AND \"superseded_at\" IS NULL" : "");
    put_order(b, d);
    buf_text(b, " LIMIT $2");
}

static const char *sql_of(struct db *db, enum statement which, const struct descriptor *d)
{
    struct buf b = buf_new(db_arena(db), SQL_MAX);
    bool scan = which == STATEMENT_SCAN_CURRENT || which == STATEMENT_SCAN_ALL ||
                which == STATEMENT_SCAN_BETWEEN;
    const char *before = scan ? db_scan_before(db) : "";
    const char *behind = scan ? db_scan_behind(db) : "";
    switch (which) {
    case STATEMENT_CURRENT:
    case STATEMENT_SCAN_CURRENT:
        put_select(&b, d, before, behind);
        buf_text(&b, d->versioned ? " AND \"superseded_at\" IS NULL" : "");
        put_order(&b, d);
        break;
    case STATEMENT_ALL:
    case STATEMENT_SCAN_ALL:
        put_select(&b, d, before, behind);
        put_order(&b, d);
        break;
    case STATEMENT_OF_FIRST:
    case STATEMENT_SCAN_BETWEEN:
        put_select(&b, d, before, behind);
        buf_text(&b, " AND ");
        put_name(&b, d->columns[0].name);
        buf_text(&b, scan ? " >= $2 AND " : " = $2");
        if (scan) {
            put_name(&b, d->columns[0].name);
            buf_text(&b, " <= $3");
        }
        put_order(&b, d);
        break;
    case STATEMENT_ROW:
        put_select(&b, d, "", "");
        put_key(&b, d);
        buf_text(&b, d->versioned ? " AND \"superseded_at\" IS NULL" : "");
        break;
    case STATEMENT_OF_KEY:
        put_select(&b, d, "", "");
        put_key(&b, d);
        put_order(&b, d);
        break;
    case STATEMENT_REMOVE:
        buf_text(&b, "DELETE FROM ");
        put_name(&b, d->table);
        buf_text(&b, " WHERE \"org\" = $1");
        put_key(&b, d);
        break;
    case STATEMENT_UPDATE: put_update(&b, d); break;
    case STATEMENT_SUPERSEDE: put_supersede(&b, d); break;
    case STATEMENT_PAGE:
    case STATEMENT_PAGE_OF_FIRST:
        put_select(&b, d, "", "");
        put_page(&b, d, which == STATEMENT_PAGE_OF_FIRST);
        break;
    }
    return buf_cstr(&b);
}

bool statement_prepare(struct db *db, enum statement which, const struct descriptor *d,
                       struct db_statement **out, struct err *e)
{
    static const char *const verbs[] = {
        [STATEMENT_CURRENT] = "current",
        [STATEMENT_ALL] = "all",
        [STATEMENT_OF_FIRST] = "of",
        [STATEMENT_OF_KEY] = "of_key",
        [STATEMENT_UPDATE] = "update",
        [STATEMENT_SUPERSEDE] = "supersede",
        [STATEMENT_SCAN_CURRENT] = "scan_current",
        [STATEMENT_ROW] = "row",
        [STATEMENT_REMOVE] = "remove",
        [STATEMENT_SCAN_ALL] = "scan_all",
        [STATEMENT_SCAN_BETWEEN] = "scan_between",
        [STATEMENT_PAGE] = "page",
        [STATEMENT_PAGE_OF_FIRST] = "page_of",
    };
    // The name is made anew each time, the statement once a connection.
    struct buf name = buf_new(e->arena, SQL_MAX);
    buf_text(&name, d->table);
    buf_char(&name, '.');
    buf_text(&name, verbs[which]);
    *out = db_prepared(db, buf_cstr(&name));
    if (*out != NULL) {
        return true;
    }
    return db_prepare(db, arena_text(db_arena(db), buf_cstr(&name)), sql_of(db, which, d), out, e);
}

bool statement_prepare_plain(struct db *db, enum plain_statement which, struct db_statement **out,
                             struct err *e)
{
    static const struct {
        const char *name, *sql;
    } plain[] = {
        [PLAIN_ORGANISATIONS] =
            {"organisations.list",
             "SELECT o.\"code\", o.\"name\", o.\"kind\", r.\"number\", r.\"changed_at\" "
             "FROM \"organisations\" o JOIN \"revisions\" r ON r.\"org\" = o.\"org\" "
             "WHERE r.\"number\" = (SELECT max(l.\"number\") FROM \"revisions\" l "
             "WHERE l.\"org\" = o.\"org\") ORDER BY o.\"org\""},
        [PLAIN_REVISION] = {"revisions.last",
                            "SELECT max(\"number\") FROM \"revisions\" WHERE \"org\" = $1"},
        [PLAIN_REVISE] =
            {"revisions.add",
             "INSERT INTO \"revisions\" (\"org\", \"number\", \"changed_at\", \"what\")"
             " SELECT CAST($1 AS TEXT), COALESCE(max(\"number\"), 0) + 1, CAST($2 AS TEXT),"
             " CAST($3 AS TEXT) FROM \"revisions\" WHERE \"org\" = $1"},
        [PLAIN_TARGETED] = {"targets.measures",
                            "SELECT DISTINCT \"measure\" FROM \"targets\" WHERE \"org\" = $1 "
                            "AND \"superseded_at\" IS NULL ORDER BY \"measure\""},
        [PLAIN_MEASURE_COUNT] = {"measures.count",
                                 "SELECT count(*) FROM \"measures\" WHERE \"org\" = $1"},
        [PLAIN_AUDIT_HEAD] = {"audit.head", "SELECT \"seq\", \"hash\" FROM \"events\" "
                                            "ORDER BY \"seq\" DESC LIMIT 1"},
        [PLAIN_AUDIT_FROM] = {"audit.from", "SELECT " EVENT_COLUMNS " FROM \"events\" e "
                                            "WHERE e.\"seq\" >= $1 ORDER BY e.\"seq\""},
        [PLAIN_AUDIT_ONE] = {"audit.one", "SELECT " EVENT_COLUMNS " FROM \"events\" e "
                                          "WHERE e.\"seq\" = $1 ORDER BY e.\"seq\""},
        [PLAIN_AUDIT_OF] = {"audit.of", "SELECT " EVENT_COLUMNS " FROM \"events\" e "
                                        "WHERE e.\"org\" = $1 AND e.\"kind\" = $2 "
                                        "AND e.\"key\" = $3 ORDER BY e.\"seq\""},
        [PLAIN_AUDIT_LAST] = {"audit.last",
                              "SELECT " EVENT_COLUMNS " FROM \"events\" e JOIN "
                              "(SELECT max(\"seq\") AS \"last\" FROM \"events\" "
                              "WHERE \"org\" = $1 AND \"kind\" = $2 GROUP BY \"key\") l "
                              "ON e.\"seq\" = l.\"last\" ORDER BY e.\"seq\""},
        [PLAIN_AUDIT_SALT] = {"audit.salt",
                              "SELECT \"salt\" FROM \"audit_salt\" WHERE \"number\" = 1"},
        [PLAIN_AUDIT_SALT_ADD] =
            {"audit.salt_add", "INSERT INTO \"audit_salt\" (\"number\", \"salt\") VALUES (1, $1)"},
        [PLAIN_ANSWER] = {"idempotency.find",
                          "SELECT \"request\", \"status\", \"location\", \"etag\", "
                          "\"content_type\", \"body\" FROM \"idempotency\" "
                          "WHERE \"key\" = $1 AND \"expires_at\" > $2"},
        [PLAIN_ANSWER_KEEP] = {"idempotency.keep",
                               "INSERT INTO \"idempotency\" (\"key\", \"request\", "
                               "\"status\", \"location\", \"etag\", \"content_type\", "
                               "\"body\", \"expires_at\") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"},
        [PLAIN_ANSWERS_FORGET] = {"idempotency.forget",
                                  "DELETE FROM \"idempotency\" WHERE \"expires_at\" <= $1"},
    };
    return db_prepare(db, plain[which].name, plain[which].sql, out, e);
}
