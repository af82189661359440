// The trail under tampering: each way of it is named with the event it begins at.
#include "place.h"

#include <string.h>
#include <unistd.h>

#include "domain/audit.h"
#include "domain/audit_export.h"

// Somebody who holds the database itself and knows how to get round its triggers.
static const char OPEN[] = "DROP TRIGGER events_stay; DROP TRIGGER events_remain;";

static struct db *record(struct here *h)
{
    struct db *db = NULL;
    assert_true(store_open(h->arena, ":memory:", DB_CREATE, &db, &h->err));
    here_write(h, "organisation.csv", "code,name\ntown,Town Council\n");
    here_write(h, "rules.csv", "code,title,kind,amber_within\nT,Within 5,tolerance,5\n");
    here_write(h, "plans.csv", "code,title,kind\nP,Corporate plan,corporate\n");
    here_write(h, "measures.csv",
               "code,title,value_type,polarity,frequency,rule\n"
               "M1,Waste recycled,percent,higher,month,T\n");
    unlink(here_path(h, "observations.csv")); // of the case before
    // Events 1 to 4: organisation, rule, plan, measure.
    assert_int_equal(here_import(h, db, "2015-01-05T09:00:00Z", "").refused, 0);
    here_write(h, "observations.csv", "measure,period,value\nM1,2014-04,68.0\nM1,2014-05,69.0\n");
    // 5 and 6: a figure each; then 7: one of them corrected.
    assert_int_equal(here_import(h, db, "2015-01-05T10:00:00Z", "observations.csv").refused, 0);
    here_write(h, "observations.csv", "measure,period,value\nM1,2014-04,68.5\n");
    assert_int_equal(here_import(h, db, "2015-01-05T11:00:00Z", "observations.csv").refused, 0);
    // 8: a thousand and a hundred parts, one event for the file.
    struct buf b = buf_new(h->arena, 1 << 20);
    buf_text(&b, "measure,part,period,value\n");
    for (int i = 0; i < 1100; i++) {
        buf_printf(&b, "M1,Ward %04d,2014-04,%d\n", i, i % 100);
    }
    here_write(h, "observations.csv", buf_cstr(&b));
    assert_int_equal(here_import(h, db, "2015-01-05T12:00:00Z", "observations.csv").refused, 0);
    here_write(h, "measures.csv",
               "code,title,value_type,polarity,frequency,rule\n"
               "M1,Waste recycled or composted,percent,higher,month,T\n");
    // 9: the measure's title.
    assert_int_equal(here_import(h, db, "2015-01-05T13:00:00Z", "measures.csv").refused, 0);
    return db;
}

static struct audit_verdict verify(struct here *h, struct db *db, const struct audit_anchor *anchor)
{
    struct audit_verdict v = {0};
    if (!audit_verify(db, h->arena, anchor, anchor == NULL ? 0 : 1, &v, &h->err)) {
        fail_msg("%s (%s)", h->err.message, h->err.cause);
    }
    return v;
}

static void untouched(void **state)
{
    struct here *h = *state;
    struct db *db = record(h);
    struct audit_verdict v = verify(h, db, NULL);
    assert_true(v.whole);
    assert_int_equal(v.events, 9);
    assert_int_equal(v.rows, 4 + 3 + 1100);
    assert_int_equal(v.before, 0);
    struct audit_anchor anchor = {v.head.seq, v.head.hash};
    assert_true(verify(h, db, &anchor).whole);
}

// The engine itself refuses whoever goes at the events by the ordinary way.
static void triggers(void **state)
{
    struct here *h = *state;
    struct db *db = record(h);
    assert_false(db_script(db, "UPDATE events SET reason = 'x' WHERE seq = 3", &h->err));
    here_forget(h);
    assert_false(db_script(db, "DELETE FROM events WHERE seq = 9", &h->err));
    here_forget(h);
    assert_true(verify(h, db, NULL).whole);
}

static void tampered(void **state)
{
    static const struct {
        const char *sql;
        uint64_t seq;
        const char *words;
    } cases[] = {
        // a field of an event
        {"UPDATE events SET changes = replace(changes, '68.5', '86.5') WHERE seq = 7", 7,
         "event 7 was changed: its hash is"},
        {"UPDATE events SET actor = 'somebody else' WHERE seq = 2", 2, "event 2 was changed"},
        {"UPDATE events SET at = '2014-12-31T09:00:00Z' WHERE seq = 9", 9, "event 9 was changed"},
        {"UPDATE events SET hash = replace(hash, '0', '1') WHERE seq = 4", 4,
         "event 4 was changed"},
        {"UPDATE events SET previous = replace(previous, '0', '1') WHERE seq = 4", 4,
         "event 4 does not follow the one before it"},
        // an event gone, from the middle and from the start
        {"DELETE FROM events WHERE seq = 5", 5, "event 5 is not there: 6 follows event 4"},
        {"DELETE FROM events WHERE seq = 1", 1, "event 1 is not there: 2 follows event 0"},
        {"DELETE FROM events WHERE seq = 5; UPDATE events SET seq = seq - 1 WHERE seq > 5", 5,
         "event 5 does not follow the one before it"},
        // two that changed places
        {"UPDATE events SET seq = 1000 WHERE seq = 5; UPDATE events SET seq = 5 WHERE seq = 6;"
         "UPDATE events SET seq = 6 WHERE seq = 1000",
         5, "event 5 does not follow the one before it"},
        // one put in between
        {"UPDATE events SET seq = -seq WHERE seq > 5; UPDATE events SET seq = 1 - seq WHERE seq < "
         "0;"
         "INSERT INTO events SELECT 6, at, actor, session, action, org, kind, key, changes, reason,"
         " rows, digest, previous, hash FROM events WHERE seq = 5",
         6, "event 6 does not follow the one before it"},
        // the record itself
        {"UPDATE observations SET value = '86.5' WHERE version = 2", 7,
         "the observation [\"M1\",\"\",\"2014-04\"], version 2, says something else than this "
         "event"},
        {"UPDATE observations SET value = '99' WHERE part = 'Ward 0500'", 8,
         "the versions of observations that event 8 recorded say something else now"},
        {"DELETE FROM observations WHERE part = 'Ward 0500'", 8,
         "event 8 recorded 1100 versions of observations, and the record holds 1099"},
        {"UPDATE observations SET event = 5 WHERE part = 'Ward 0500'", 5,
         "the observation [\"M1\",\"Ward 0500\",\"2014-04\"], version 1, says something else"},
        {"UPDATE observations SET superseded_at = '2015-02-01T09:00:00Z' WHERE period = '2014-05'",
         6, "was superseded by a version that is not there"},
        {"UPDATE measures SET title = 'Waste recycled'", 9,
         "the measure [\"M1\"] says something else than this event recorded"},
        {"DELETE FROM plans", 3, "the plan [\"P\"] is no longer in the record"},
    };
    struct here *h = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct db *db = record(h);
        if (!db_script(db, OPEN, &h->err) || !db_script(db, cases[i].sql, &h->err)) {
            fail_msg("case %zu: %s (%s)", i, h->err.message, h->err.cause);
        }
        struct audit_verdict v = verify(h, db, NULL);
        if (v.whole || v.seq != cases[i].seq || strstr(v.what, cases[i].words) == NULL) {
            fail_msg("case %zu: event %llu: %s", i, (unsigned long long)v.seq,
                     v.whole ? "nothing found" : v.what);
        }
        db_close(db);
    }
}

// A trail cut short is whole in itself, and so is one written anew: only a head shows them.
static void against_a_head(void **state)
{
    struct here *h = *state;
    struct db *db = record(h);
    struct audit_head head;
    assert_true(audit_head(db, &head, &h->err));
    struct audit_anchor anchor = {head.seq, head.hash};
    struct audit_anchor other = {3, head.hash};
    assert_true(db_script(db, OPEN, &h->err));
    assert_true(db_script(db,
                          "DELETE FROM events WHERE seq > 8;"
                          "UPDATE measures SET title = 'Waste recycled'",
                          &h->err));
    assert_true(verify(h, db, NULL).whole);
    struct audit_verdict v = verify(h, db, &anchor);
    assert_false(v.whole);
    assert_int_equal(v.seq, 9);
    assert_non_null(strstr(v.what, "the trail ends at 8, but a head of event 9 was written down"));
    v = verify(h, db, &other);
    assert_int_equal(v.seq, 3);
    assert_non_null(strstr(v.what, "is not the one whose head was written down"));
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, here_setup, here_teardown)
    const struct CMUnitTest tests[] = {
        CASE(untouched),
        CASE(triggers),
        CASE(tampered),
        CASE(against_a_head),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
