// A record of the first release is brought up to date when it is opened, and loses nothing.
#include "place.h"

#include <stdio.h>
#include <string.h>

#include "base/embed.h"

// What the first release wrote, as it wrote it.
static const char CONTENTS[] =
    "INSERT INTO organisations (org, code, name) VALUES ('town', 'town', 'Town Council');"
    "INSERT INTO measures (org, code, title, value_type, polarity, frequency, note)"
    " VALUES ('town', 'M1', 'Waste recycled', 'percent', 'higher', 'quarter', 'As counted');"
    "INSERT INTO observations (org, measure, part, period, value, marker, version, recorded_at,"
    " superseded_at) VALUES"
    " ('town', 'M1', '', '2014-15-Q1', '68.0', 'provisional', 1, '2014-07-10T09:00:00Z',"
    "  '2014-10-15T09:00:00Z'),"
    " ('town', 'M1', '', '2014-15-Q1', '68.2', 'revised', 2, '2014-10-15T09:00:00Z', NULL),"
    " ('town', 'M1', 'North', '2014-15-Q2', '70.5', NULL, 1, '2014-10-15T09:00:00Z', NULL);"
    "INSERT INTO comparators (org, \"group\", organisation, name) VALUES"
    " ('town', 'near', 'E07000001', 'Other Town'), ('town', 'near', 'E07000002', NULL);"
    "INSERT INTO comparator_values (org, measure, organisation, period, value)"
    " VALUES ('town', 'M1', 'E07000001', '2014-15-Q1', '61.0');"
    "INSERT INTO revisions (org, number, changed_at, what)"
    " VALUES ('town', 1, '2014-10-15T09:00:00Z', 'import');";

static const char *first_release_sql(const char *engine)
{
    char first[64];
    snprintf(first, sizeof first, "sql/migrations/%s/0001_record.sql", engine);
    size_t count = 0;
    const struct embedded *files = embed_all(&count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(files[i].name, first) == 0) {
            return (const char *)files[i].bytes;
        }
    }
    fail_msg("%s is not in the program", first);
    return NULL;
}

static void make_old_record(struct here *h, const char *name)
{
    const char *engine = h->server == NULL ? "sqlite" : "postgres";
    const struct db_migration first = {1, "0001_record.sql", first_release_sql(engine)};
    struct db *db = NULL;
    if (!db_open(h->arena, here_url(h, name), DB_CREATE, &db, &h->err) ||
        !db_migrate(db, &first, 1, &h->err) || !db_script(db, CONTENTS, &h->err)) {
        fail_msg("%s (%s)", h->err.message, h->err.cause);
    }
    assert_int_equal(db_schema_number(db), 1);
    db_close(db);
}

static const char EXPECTED[] =
    "town 1\n"
    "organisation.csv 1 1 |town|Town Council|||||\n"
    "measures.csv 1 1 |M1|Waste recycled|||||percent|||higher|quarter||||||||||||||||||||As "
    "counted\n"
    "observations.csv 1 0 2014-07-10T09:00:00Z|M1||2014-15-Q1|68.0|||provisional||||\n"
    "observations.csv 2 1 2014-10-15T09:00:00Z|M1||2014-15-Q1|68.2|||revised||||\n"
    "observations.csv 1 1 2014-10-15T09:00:00Z|M1|North|2014-15-Q2|70.5|||||||\n"
    "comparators.csv 1 1 |near|E07000001|Other Town|||\n"
    "comparators.csv 1 1 |near|E07000002||||\n"
    "comparator_values.csv 1 1 |M1|E07000001|2014-15-Q1|61.0|||\n";

// A reader opens it first, as `goldthread status` and `goldthread serve` do.
static void opened_to_read(void **state)
{
    struct here *h = *state;
    struct db *db = NULL;
    make_old_record(h, "r.db");
    if (!store_open(h->arena, here_url(h, "r.db"), DB_READ, &db, &h->err)) {
        fail_msg("%s", h->err.message);
    }
    assert_true(db_schema_number(db) >= 2);
    assert_string_equal(here_dump(h, db), EXPECTED);
    assert_false(db_script(db, "DELETE FROM comparators", &h->err)); // still a reader
}

static void opened_to_write(void **state)
{
    struct here *h = *state;
    struct db *db = NULL;
    make_old_record(h, "r.db");
    assert_true(store_open(h->arena, here_url(h, "r.db"), DB_WRITE, &db, &h->err));
    assert_string_equal(here_dump(h, db), EXPECTED);
    db_close(db);
    assert_true(store_open(h->arena, here_url(h, "r.db"), DB_WRITE, &db, &h->err)); // once only
    assert_string_equal(here_dump(h, db), EXPECTED);
}

// What is new can be told of what was there.
static void takes_what_is_new(void **state)
{
    static const struct {
        const char *file, *text;
    } files[] = {
        {"measures.csv", "code,title,value_type,polarity,frequency,limits,small_number\n"
                         "M1,Waste recycled,percent,higher,quarter,plotthedots,5\n"},
        {"rebases.csv", "measure,period,reason\nM1,2014-15-Q1,New contract\n"},
        {"forecasts.csv", "measure,period,forecast\nM1,2014/15,69.5\n"},
        {"referral_rules.csv", "code,title,kind,n\nR3,Three running,off_target_running,3\n"},
        {"comparators.csv", "group,organisation,version,order\nnear,E07000002,2018,1\n"},
    };
    struct here *h = *state;
    struct db *db = NULL;
    make_old_record(h, "r.db");
    assert_true(store_open(h->arena, here_url(h, "r.db"), DB_WRITE, &db, &h->err));
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        here_write(h, files[i].file, files[i].text);
        struct import_report r = here_import(h, db, "2015-01-01T09:00:00Z", files[i].file);
        if (r.refused > 0) {
            fail_msg("%s", import_refusal_text(h->arena, &r.refusals[0]));
        }
        assert_true(r.changed);
    }
    const char *now = here_dump(h, db);
    static const char *const lines[] = {
        "|plotthedots|5|||As counted\n",
        "rebases.csv 1 1 2015-01-01T09:00:00Z|M1||2014-15-Q1|New contract|||\n",
        "forecasts.csv 1 1 2015-01-01T09:00:00Z|M1||2014-15-FY|69.5||||\n",
        "referral_rules.csv 1 1 2015-01-01T09:00:00Z|R3|Three running|off_target_running|3||||\n",
        "comparators.csv 1 1 |near|E07000002||||\n",
        "comparators.csv 1 1 |near|E07000002|||2018|1\n",
    };
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        if (strstr(now, lines[i]) == NULL) {
            fail_msg("not there: %sin\n%s", lines[i], now);
        }
    }
}

// A migration that has been released never changes: records were made by it.
static void the_first_is_frozen(void **state)
{
    static const struct {
        const char *engine;
        uint64_t hash;
    } frozen[] = {{"sqlite", 0xd92789917d384ca3u}, {"postgres", 0x377600aa13f5f118u}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(frozen); i++) {
        uint64_t hash = 14695981039346656037u;
        for (const char *c = first_release_sql(frozen[i].engine); *c != '\0'; c++) {
            hash = (hash ^ (unsigned char)*c) * 1099511628211u;
        }
        assert_int_equal(hash, frozen[i].hash);
    }
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, here_setup, here_teardown)
    const struct CMUnitTest tests[] = {
        CASE(opened_to_read),
        CASE(opened_to_write),
        CASE(takes_what_is_new),
        cmocka_unit_test(the_first_is_frozen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
