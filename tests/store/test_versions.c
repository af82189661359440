// Nothing is overwritten: what was known on any day can be told.
#include "place.h"

#include <string.h>

static const char MEASURES[] = "code,title,value_type,polarity,frequency,rule\n"
                               "M1,Waste recycled,percent,higher,quarter,T\n"
                               "M2,Days lost,days,lower,quarter,T\n";

static struct db *record(struct here *h)
{
    struct db *db = NULL;
    assert_true(store_open(h->arena, here_url(h, "r.db"), DB_CREATE, &db, &h->err));
    here_write(h, "organisation.csv", "code,name\ntown,Town Council\n");
    here_write(h, "rules.csv", "code,title,kind,amber_within\nT,Within 5,tolerance,5\n");
    here_write(h, "measures.csv", MEASURES);
    assert_int_equal(here_import(h, db, "2014-04-01T09:00:00Z", "").refused, 0);
    return db;
}

static void import_text(struct here *h, struct db *db, const char *now, const char *name,
                        const char *text)
{
    here_write(h, name, text);
    struct import_report r = here_import(h, db, now, name);
    if (r.refused > 0) {
        fail_msg("%s", import_refusal_text(h->arena, &r.refusals[0]));
    }
}

// "68.2 v2" of the one observation known on a day; "" where there is none.
static const char *known(struct here *h, struct db *db, enum kind kind, int column,
                         const char *day_)
{
    struct store_rows rows = {0};
    day at = DAY_NONE;
    assert_true(day_parse(day_, 10, &at));
    assert_true(store_rows_at(db, h->arena, kind, "town", at, &rows, &h->err));
    if (rows.count == 0) {
        return "";
    }
    assert_int_equal(rows.count, 1);
    return arena_printf(h->arena, "%s v%d", rows.rows[0].cells[column], rows.rows[0].version);
}

static void figures_by_their_own_date(void **state)
{
    struct here *h = *state;
    struct db *db = record(h);
    import_text(h, db, "2014-08-01T09:00:00Z", "observations.csv",
                "measure,period,value,marker,entered_on\n"
                "M1,2014-15-Q1,68.0,provisional,2014-07-10\n");
    import_text(h, db, "2014-11-01T09:00:00Z", "observations.csv",
                "measure,period,value,marker,entered_on\n"
                "M1,2014-15-Q1,68.2,revised,2014-10-15\n");
    static const struct {
        const char *day, *known;
    } cases[] = {
        {"2014-07-09", ""},        {"2014-07-10", "68.0 v1"}, {"2014-10-14", "68.0 v1"},
        {"2014-10-15", "68.2 v2"}, {"2020-01-01", "68.2 v2"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_string_equal(known(h, db, KIND_OBSERVATION, OBSERVATION_VALUE, cases[i].day),
                            cases[i].known);
    }
}

static void figures_by_the_day_they_were_recorded(void **state)
{
    struct here *h = *state;
    struct db *db = record(h);
    import_text(h, db, "2014-08-01T09:00:00Z", "observations.csv",
                "measure,period,value\nM1,2014-15-Q1,68.0\n");
    import_text(h, db, "2014-11-01T23:59:59Z", "observations.csv",
                "measure,period,value\nM1,2014-15-Q1,68.2\n");
    assert_string_equal(known(h, db, KIND_OBSERVATION, OBSERVATION_VALUE, "2014-07-31"), "");
    assert_string_equal(known(h, db, KIND_OBSERVATION, OBSERVATION_VALUE, "2014-10-31"), "68.0 v1");
    assert_string_equal(known(h, db, KIND_OBSERVATION, OBSERVATION_VALUE, "2014-11-01"), "68.2 v2");
}

static void targets_too(void **state)
{
    struct here *h = *state;
    struct db *db = record(h);
    import_text(
        h, db, "2014-04-02T09:00:00Z", "targets.csv",
        "measure,period,target,agreed_by,agreed_on\nM1,2014-15-FY,75,Executive,2014-03-10\n");
    import_text(
        h, db, "2014-09-02T09:00:00Z", "targets.csv",
        "measure,period,target,agreed_by,agreed_on\nM1,2014-15-FY,70,Executive,2014-09-01\n");
    assert_string_equal(known(h, db, KIND_TARGET, TARGET_TARGET, "2014-08-31"), "75 v1");
    assert_string_equal(known(h, db, KIND_TARGET, TARGET_TARGET, "2014-09-01"), "70 v2");
}

// The same again is no version, in whatever form it is written.
static void the_same_is_no_version(void **state)
{
    struct here *h = *state;
    struct db *db = record(h);
    import_text(h, db, "2014-08-01T09:00:00Z", "observations.csv",
                "measure,period,value,numerator,denominator\nM1,2014-15-Q1,1234.5,1,2\n");
    const char *before = here_dump(h, db);
    import_text(h, db, "2014-09-01T09:00:00Z", "observations.csv",
                "\xef\xbb\xbfvalue,Measure,PERIOD\r\n\"1,234.5%\",M1,2014/15 Q1\r\n\r\n");
    assert_string_equal(here_dump(h, db), before);
}

// A new version is what the file says and nothing else: a numerator of the old figure is not its.
static void a_version_is_whole(void **state)
{
    struct here *h = *state;
    struct db *db = record(h);
    struct store_rows rows = {0};
    import_text(h, db, "2014-08-01T09:00:00Z", "observations.csv",
                "measure,period,value,numerator,denominator\nM1,2014-15-Q1,50,1,2\n");
    import_text(h, db, "2014-09-01T09:00:00Z", "observations.csv",
                "measure,period,value\nM1,2014-15-Q1,60\n");
    assert_true(store_rows(db, h->arena, KIND_OBSERVATION, "town", STORE_ALL, &rows, &h->err));
    assert_int_equal(rows.count, 2);
    assert_false(rows.rows[0].current);
    assert_string_equal(rows.rows[0].cells[OBSERVATION_NUMERATOR], "1");
    assert_true(rows.rows[1].current);
    assert_null(rows.rows[1].cells[OBSERVATION_NUMERATOR]);
}

// Things without versions keep what the file does not speak of.
static void columns_that_are_not_there(void **state)
{
    struct here *h = *state;
    struct db *db = record(h);
    struct store_rows rows = {0};
    import_text(h, db, "2014-08-01T09:00:00Z", "people.csv",
                "code,name,job\np1,Head of Waste,Head of service\n");
    import_text(h, db, "2014-09-01T09:00:00Z", "people.csv", "code,name\np1,Head of Streets\n");
    assert_true(store_rows(db, h->arena, KIND_PERSON, "town", STORE_CURRENT, &rows, &h->err));
    assert_string_equal(rows.rows[0].cells[PERSON_NAME], "Head of Streets");
    assert_string_equal(rows.rows[0].cells[PERSON_JOB], "Head of service");
    import_text(h, db, "2014-10-01T09:00:00Z", "people.csv",
                "code,name,job\np1,Head of Streets,\n"); // there and blank: emptied
    assert_true(store_rows(db, h->arena, KIND_PERSON, "town", STORE_CURRENT, &rows, &h->err));
    assert_null(rows.rows[0].cells[PERSON_JOB]);
}

// A rule of a later `from` is a row of its own; a correction supersedes within it.
static void rules_by_the_day_they_start(void **state)
{
    struct here *h = *state;
    struct db *db = record(h);
    struct store_rows rows = {0};
    import_text(h, db, "2014-08-01T09:00:00Z", "rules.csv",
                "code,title,kind,amber_within,from\nT,Within 5,tolerance,5,\n"
                "T,Within 3,tolerance,3,2014-10-01\n");
    import_text(h, db, "2014-09-01T09:00:00Z", "rules.csv",
                "code,title,kind,amber_within,from\nT,Within 2,tolerance,2,2014-10-01\n");
    assert_true(store_rows(db, h->arena, KIND_RULE, "town", STORE_ALL, &rows, &h->err));
    assert_int_equal(rows.count, 3);
    assert_null(rows.rows[0].cells[RULE_FROM]);
    assert_true(rows.rows[0].current);
    assert_string_equal(rows.rows[1].cells[RULE_AMBER_WITHIN], "3");
    assert_false(rows.rows[1].current);
    assert_string_equal(rows.rows[2].cells[RULE_AMBER_WITHIN], "2");
    assert_int_equal(rows.rows[2].version, 2);
}

// The organisation's revision rises with what changes, and with nothing else.
static void revisions(void **state)
{
    struct here *h = *state;
    struct db *db = record(h);
    uint64_t first = 0, second = 0;
    assert_true(store_revision(db, "town", &first, &h->err));
    assert_int_equal(first, 1);
    import_text(h, db, "2014-08-01T09:00:00Z", "measures.csv", MEASURES);
    assert_true(store_revision(db, "town", &second, &h->err));
    assert_int_equal(second, 1);
    import_text(h, db, "2014-08-01T09:00:00Z", "observations.csv",
                "measure,period,value\nM2,2014-15-Q1,3 days\n");
    assert_true(store_revision(db, "town", &second, &h->err));
    assert_int_equal(second, 2);
    assert_true(store_revision(db, "nowhere", &second, &h->err));
    assert_int_equal(second, 0);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, here_setup, here_teardown)
    const struct CMUnitTest tests[] = {
        CASE(figures_by_their_own_date),
        CASE(figures_by_the_day_they_were_recorded),
        CASE(targets_too),
        CASE(the_same_is_no_version),
        CASE(a_version_is_whole),
        CASE(columns_that_are_not_there),
        CASE(rules_by_the_day_they_start),
        CASE(revisions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
