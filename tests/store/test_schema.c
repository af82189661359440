// Drift: what the migrations add up to is what the descriptors describe.
#include "place.h"

#include <string.h>

#include "store/schema.h"

static const char of_sqlite[] =
    "SELECT 'column ' || m.name || '.' || c.name || ' ' || c.type || ' null:' || "
    "(1 - c.\"notnull\") || ' key:' || c.pk AS line "
    "FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' "
    "UNION ALL "
    "SELECT 'reference ' || m.name || '.' || f.\"from\" || ' to ' || f.\"table\" || '.' || "
    "f.\"to\" "
    "FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' "
    "UNION ALL "
    "SELECT 'table ' || m.name || CASE WHEN l.strict THEN ' strict' ELSE '' END || "
    "CASE WHEN l.wr THEN ' by key' ELSE '' END "
    "FROM sqlite_schema m JOIN pragma_table_list(m.name) l WHERE m.type = 'table' "
    "ORDER BY line";

static const char of_postgres[] =
    "SELECT 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, NULL) || "
    "' ' || COALESCE(o.collname, '-') || CASE WHEN a.attnotnull THEN ' filled' ELSE '' END || "
    "CASE WHEN a.atthasdef THEN ' default' ELSE '' END COLLATE \"C\" AS line "
    "FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 "
    "AND NOT a.attisdropped LEFT JOIN pg_collation o ON o.oid = a.attcollation "
    "WHERE c.relkind = 'r' AND c.relname <> 'goldthread' "
    "AND c.relnamespace = current_schema()::regnamespace "
    "UNION ALL "
    "SELECT 'constraint ' || c.relname || ' ' || pg_get_constraintdef(k.oid) "
    "FROM pg_class c JOIN pg_constraint k ON k.conrelid = c.oid "
    "WHERE c.relkind = 'r' AND c.relname <> 'goldthread' "
    "AND c.relnamespace = current_schema()::regnamespace "
    "ORDER BY line";

// One line a column or reference, in an order of its own.
static const char *schema_of(struct here *h, struct db *db)
{
    const char *sql = h->server == NULL ? of_sqlite : of_postgres;
    struct buf b = buf_new(h->arena, 1 << 20);
    struct db_statement *s = NULL;
    size_t length = 0;
    if (!db_prepare(db, "schema", sql, &s, &h->err)) {
        fail_msg("%s", h->err.cause);
    }
    while (db_step(s, &h->err) == DB_ROW) {
        buf_text(&b, db_text(s, 0, &length));
        buf_char(&b, '\n');
    }
    return buf_cstr(&b);
}

static void migrations_add_up(void **state)
{
    struct here *h = *state;
    struct db *applied = NULL;
    struct db *described = NULL;
    const struct schema_dialect *dialect = h->server == NULL ? &schema_sqlite : &schema_postgres;
    assert_true(store_open(h->arena, here_url(h, "applied"), DB_CREATE, &applied, &h->err));
    assert_true(db_open(h->arena, here_url(h, "described"), DB_CREATE, &described, &h->err));
    if (!db_script(described, schema_sql(h->arena, dialect), &h->err)) {
        fail_msg("%s", h->err.cause);
    }
    const char *wanted = schema_of(h, described);
    static const char *const expected[2][3] = {
        {"column observations.value TEXT null:1 key:0",
         "reference observations.measure to measures.code", "table targets strict by key"},
        {"column observations.value text C\n",
         "constraint forecasts FOREIGN KEY (org, measure) REFERENCES measures(org, code) "
         "DEFERRABLE INITIALLY DEFERRED",
         "constraint targets PRIMARY KEY (org, measure, part, period, version)"},
    };
    for (size_t i = 0; i < COUNT_OF(expected[0]); i++) {
        assert_non_null(strstr(wanted, expected[h->server == NULL ? 0 : 1][i]));
    }
    assert_string_equal(schema_of(h, applied), wanted);
}

// The test itself can fail: a column more is seen.
static void drift_is_seen(void **state)
{
    struct here *h = *state;
    struct db *applied = NULL;
    assert_true(store_open(h->arena, here_url(h, "applied"), DB_CREATE, &applied, &h->err));
    const char *before = arena_text(h->arena, schema_of(h, applied));
    assert_true(db_script(applied, "ALTER TABLE measures ADD COLUMN colour TEXT", &h->err));
    assert_string_not_equal(schema_of(h, applied), before);
}

// The engine itself holds figures and targets to their measures, whatever the program does.
static void figures_hang_on_their_measure(void **state)
{
    struct here *h = *state;
    struct db *db = NULL;
    static const char *const refused[] = {
        "INSERT INTO observations (org, measure, part, period, version, recorded_at) "
        "VALUES ('town', 'M1', '', '2014-04', 2, 'now'), ('town', 'M9', '', '2014-04', 1, 'now')",
        "INSERT INTO targets (org, measure, part, period, version, recorded_at) "
        "VALUES ('city', 'M1', '', '2014-04', 1, 'now')",
        "DELETE FROM measures",
        "UPDATE measures SET code = 'M2' WHERE code = 'M1'",
        "UPDATE observations SET measure = 'M9'",
    };
    assert_true(store_open(h->arena, here_url(h, "r"), DB_CREATE, &db, &h->err));
    assert_true(db_script(db,
                          "INSERT INTO organisations (org, code, name) VALUES ('town', 'town', "
                          "'Town Council');"
                          "INSERT INTO measures (org, code, title, value_type, polarity, frequency)"
                          " VALUES ('town', 'M1', 'First', 'number', 'higher', 'month');"
                          "INSERT INTO observations (org, measure, part, period, version, "
                          "recorded_at) VALUES ('town', 'M1', '', '2014-04', 1, 'now')",
                          &h->err));
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        assert_true(db_begin(db, &h->err));
        bool taken = db_script(db, refused[i], &h->err) && db_commit(db, &h->err);
        db_rollback(db);
        if (taken) {
            fail_msg("taken: %s", refused[i]);
        }
        here_expect(h, ERR_SYSTEM, "would break a rule of the record");
    }
    assert_true(db_script(db, "DELETE FROM observations; DELETE FROM measures", &h->err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(migrations_add_up, here_setup, here_teardown),
        cmocka_unit_test_setup_teardown(drift_is_seen, here_setup, here_teardown),
        cmocka_unit_test_setup_teardown(figures_hang_on_their_measure, here_setup, here_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
