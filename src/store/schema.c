#include "store/schema.h"

#include "base/buf.h"
#include "model/descriptor.h"
#include "store/schema_people.h"

enum { SCHEMA_MAX = 1 << 20 };

const struct schema_dialect schema_sqlite = {
    .text = "TEXT",
    .integer = "INTEGER",
    .suffix = " STRICT, WITHOUT ROWID",
};

const struct schema_dialect schema_postgres = {
    .text = "TEXT COLLATE \"C\"", // ordered by bytes, whatever the database's own order
    .integer = "BIGINT",
    .suffix = "",
    .references_after = true,
    .figures_by_set = true,
};

static void put_name(struct buf *b, const char *name)
{
    buf_char(b, '"');
    buf_text(b, name);
    buf_char(b, '"');
}

static void put_column(struct buf *b, const char *name, const char *type, const char *rest)
{
    buf_text(b, "    ");
    put_name(b, name);
    buf_char(b, ' ');
    buf_text(b, type);
    buf_text(b, rest);
    buf_text(b, ",\n");
}

// Can the engine itself hold the reference? Not to kinds with versions (their key is not unique),
// nor from a key cell that may be blank ('' in the record), nor where plain words are allowed: the
// import checks those.
static const struct descriptor *foreign(const struct column *c)
{
    const struct descriptor *to = descriptor_of(c->refers);
    bool held = to != NULL && !to->versioned && !c->soft && (!c->key || c->required);
    return held ? to : NULL;
}

// Figures and targets, which come by the million: where the engine looks up row by row, triggers of
// the migration look up a statement's rows together (sql/migrations/postgres/0005_sets.sql).
static bool held_by_set(const struct descriptor *d, const struct schema_dialect *dialect)
{
    return dialect->figures_by_set && (d->kind == KIND_OBSERVATION || d->kind == KIND_TARGET);
}

static void put_primary_key(struct buf *b, const struct descriptor *d)
{
    buf_text(b, "    PRIMARY KEY (\"org\"");
    for (size_t i = 0; i < d->count; i++) {
        if (d->columns[i].key) {
            buf_text(b, ", ");
            put_name(b, d->columns[i].name);
        }
    }
    buf_text(b, d->versioned ? ", \"version\"" : "");
    buf_char(b, ')');
}

static void put_foreign_key(struct buf *b, const struct column *c, const struct descriptor *to)
{
    buf_text(b, "FOREIGN KEY (\"org\", ");
    put_name(b, c->name);
    buf_text(b, ") REFERENCES ");
    put_name(b, to->table);
    buf_text(b, " (\"org\", ");
    put_name(b, to->columns[0].name);
    buf_text(b, ") DEFERRABLE INITIALLY DEFERRED");
}

static void put_table(struct buf *b, const struct descriptor *d,
                      const struct schema_dialect *dialect)
{
    buf_text(b, "CREATE TABLE ");
    put_name(b, d->table);
    buf_text(b, " (\n");
    put_column(b, "org", dialect->text, " NOT NULL");
    for (size_t i = 0; i < d->count; i++) {
        const struct column *c = &d->columns[i];
        bool filled = c->required || c->key;
        put_column(b, c->name, dialect->text, filled ? " NOT NULL" : "");
    }
    if (d->versioned) {
        put_column(b, "version", dialect->integer, " NOT NULL");
        put_column(b, "recorded_at", dialect->text, " NOT NULL");
        put_column(b, "superseded_at", dialect->text, "");
        put_column(b, "event", dialect->integer, "");
    }
    put_primary_key(b, d);
    if (d->kind != KIND_ORGANISATION && !held_by_set(d, dialect)) {
        buf_text(b, ",\n    FOREIGN KEY (\"org\") REFERENCES \"organisations\" (\"org\")");
    } else if (d->kind == KIND_ORGANISATION) {
        buf_text(b, ",\n    UNIQUE (\"org\")");
    }
    for (size_t i = 0; i < d->count; i++) {
        const struct descriptor *to = foreign(&d->columns[i]);
        if (to != NULL && !dialect->references_after) {
            buf_text(b, ",\n    ");
            put_foreign_key(b, &d->columns[i], to);
        }
    }
    buf_text(b, "\n)");
    buf_text(b, dialect->suffix);
    buf_text(b, ";\n\n");
}

static void put_references(struct buf *b, const struct descriptor *d)
{
    for (size_t i = 0; i < d->count; i++) {
        const struct descriptor *to = foreign(&d->columns[i]);
        if (to != NULL) {
            buf_text(b, "ALTER TABLE ");
            put_name(b, d->table);
            buf_text(b, " ADD ");
            put_foreign_key(b, &d->columns[i], to);
            buf_text(b, ";\n");
        }
    }
}

// One row for each transaction that changed an organisation.
static void put_revisions(struct buf *b, const struct schema_dialect *dialect)
{
    buf_text(b, "CREATE TABLE \"revisions\" (\n");
    put_column(b, "org", dialect->text, " NOT NULL");
    put_column(b, "number", dialect->integer, " NOT NULL");
    put_column(b, "changed_at", dialect->text, " NOT NULL");
    put_column(b, "what", dialect->text, " NOT NULL");
    buf_text(b, "    PRIMARY KEY (\"org\", \"number\"),\n"
                "    FOREIGN KEY (\"org\") REFERENCES \"organisations\" (\"org\")\n)");
    buf_text(b, dialect->suffix);
    buf_text(b, ";\n");
}

// The audit trail, and the salt of digests of private texts. Its index and the triggers that keep
// events from being changed stand in the migration alone: they are said differently by each engine.
static void put_audit(struct buf *b, const struct schema_dialect *dialect)
{
    static const char *const before[] = {"at",   "actor", "session", "action", "org",
                                         "kind", "key",   "changes", "reason"};
    static const char *const behind[] = {"digest", "previous", "hash"};
    buf_text(b, "\nCREATE TABLE \"events\" (\n");
    put_column(b, "seq", dialect->integer, " NOT NULL");
    for (size_t i = 0; i < COUNT_OF(before); i++) {
        put_column(b, before[i], dialect->text, " NOT NULL");
    }
    put_column(b, "rows", dialect->integer, " NOT NULL");
    for (size_t i = 0; i < COUNT_OF(behind); i++) {
        put_column(b, behind[i], dialect->text, " NOT NULL");
    }
    buf_text(b, "    PRIMARY KEY (\"seq\")\n)");
    buf_text(b, dialect->suffix);
    buf_text(b, ";\n\nCREATE TABLE \"audit_salt\" (\n");
    put_column(b, "number", dialect->integer, " NOT NULL");
    put_column(b, "salt", dialect->text, " NOT NULL");
    buf_text(b, "    PRIMARY KEY (\"number\")\n)");
    buf_text(b, dialect->suffix);
    buf_text(b, ";\n");
}

const char *schema_sql(struct arena *a, const struct schema_dialect *dialect)
{
    struct buf b = buf_new(a, SCHEMA_MAX);
    for (int k = KIND_NONE + 1; k < KIND_COUNT; k++) {
        put_table(&b, descriptor_of((enum kind)k), dialect);
    }
    put_revisions(&b, dialect);
    put_audit(&b, dialect);
    buf_char(&b, '\n');
    schema_put_people(&b, dialect);
    for (int k = KIND_NONE + 1; k < KIND_COUNT && dialect->references_after; k++) {
        if (!held_by_set(descriptor_of((enum kind)k), dialect)) {
            put_references(&b, descriptor_of((enum kind)k));
        }
    }
    return buf_cstr(&b);
}
